"""Feasts that move from year to year: Easter by the rules of the churches, and days of the tabular Islamic calendar."""

import datetime
from collections.abc import Callable

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


def _easter(days: int = 0, orthodox: bool = False) -> Callable[[int], datetime.date]:
    return lambda year: easter(year, orthodox) + datetime.timedelta(days)


def _islamic(month: int, day: int) -> Callable[[int], datetime.date]:
    return lambda year: hijri(year, month, day)


_al_fitr, _al_adha = _islamic(10, 1), _islamic(12, 10)
MOVING: dict[str, tuple[Callable[[int], datetime.date], ...]] = {
    "good friday": (_easter(-2),), "easter": (_easter(),), "easter sunday": (_easter(),),
    "easter monday": (_easter(1),), "pentecost": (_easter(49),), "orthodox easter": (_easter(orthodox=True),),
    "coptic easter": (_easter(orthodox=True),),
    "eid al-fitr": (_al_fitr,), "eid el-fitr": (_al_fitr,), "eid ul-fitr": (_al_fitr,),
    "eid al-adha": (_al_adha,), "eid el-adha": (_al_adha,), "eid ul-adha": (_al_adha,), "tabaski": (_al_adha,),
    "eid": (_al_fitr, _al_adha), "ashura": (_islamic(1, 10),),
}  # fmt: skip
"""The days in a Gregorian year that each name stands for; *Eid* alone may be either."""
