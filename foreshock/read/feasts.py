"""Feasts and their days: Easter by the rules of the churches, and days of the tabular Islamic calendar."""

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Literal

import msgspec

from foreshock.model.shipped import shipped_table

_HIJRI_EPOCH = 227015
"""16 July 622 (Julian) as a proleptic Gregorian ordinal: 1 Muharram of the year 1, civil reckoning."""
_DAYS_OF_RAMADAN = 30


def easter(year: int, orthodox: bool = False) -> datetime.date:
    """Easter Sunday of a year, 1900–2099: Gauss's rule in Meeus's form (Astronomical Algorithms, 1991, chapter 8)."""
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return datetime.date(year, month, day + 1) + datetime.timedelta(13)
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    month, day = divmod(d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114, 31)
    return datetime.date(year, month, day + 1)


def hijri(year: int, month: int, day: int) -> datetime.date:
    """The first occurrence in a Gregorian year of a day of the tabular Islamic calendar (civil epoch, leap years 2, 5,
    7, 10, 13, 16, 18, 21, 24, 26 and 29 of 30; Reingold and Dershowitz, Calendrical Calculations, chapter 7)."""
    first = datetime.date(year, 1, 1).toordinal()
    hijri_year = int((first - _HIJRI_EPOCH) / 354.367) - 1
    while (found := _hijri_ordinal(hijri_year, month, day)) < first:
        hijri_year += 1
    return datetime.date.fromordinal(found)


def _hijri_ordinal(year: int, month: int, day: int) -> int:
    return _HIJRI_EPOCH - 1 + (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day


def ramadan(year: int) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of the Ramadan that begins in a Gregorian year; the sighted moon may differ by one."""
    first = hijri(year, 9, 1)
    return first, first + datetime.timedelta(_DAYS_OF_RAMADAN - 1)


class Feast(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A feast of one day: its names, and the rule for its day, as the head of `data/feasts.yaml` tells."""

    words: tuple[str, ...]
    day: tuple[int, int] | None = None
    easter: Literal["western", "orthodox"] | None = None
    after: int = 0
    hijri: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for a feast without exactly one rule, or of a day that no year has."""
        if sum(rule is not None for rule in (self.day, self.easter, self.hijri)) != 1:
            raise ValueError(f"{', '.join(self.words)}: it needs one of day, easter and hijri")
        self.in_year(2024)

    def in_year(self, year: int) -> datetime.date:
        """Its first day in a Gregorian year."""
        if self.day is not None:
            return datetime.date(year, *self.day)
        if self.hijri is not None:
            return hijri(year, *self.hijri)
        return easter(year, orthodox=self.easter == "orthodox") + datetime.timedelta(self.after)


@cache
def feasts() -> tuple[Feast, ...]:
    """The feasts that are known. Raises `ModelError` where their table is missing or does not fit."""
    return shipped_table("data/feasts.yaml", tuple[Feast, ...])


@cache
def feasts_by_name() -> Mapping[str, tuple[Feast, ...]]:
    """The feasts that each name may mean, under its spellings with either apostrophe."""
    found: dict[str, tuple[Feast, ...]] = {}
    for feast in feasts():
        for name in spellings(feast):
            found[name] = (*found.get(name, ()), feast)
    return found


def spellings(feast: Feast) -> tuple[str, ...]:
    """A feast's names, with either apostrophe."""
    return tuple(dict.fromkeys(form for name in feast.words for form in (name, name.replace("'", "’"))))
