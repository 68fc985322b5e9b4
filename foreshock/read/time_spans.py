"""Spans of days: an interval, what *today* means, and the arithmetic of calendar units."""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foreshock.model.day import last_day
from foreshock.model.vocabulary import Granularity
from foreshock.read.numerals import number_of

Date = datetime.date
DAY, WEEK, MONTH, YEAR, OPEN = (
    Granularity.DAY, Granularity.WEEK, Granularity.MONTH, Granularity.YEAR, Granularity.OPEN,
)  # fmt: skip
COARSENESS = (DAY, WEEK, MONTH, YEAR, OPEN)
"""Granularities, the finest first."""

MONTHS = "january february march april may june july august september october november december".split()
MONTH_WRITTEN = "|".join(name.capitalize() for name in MONTHS)
"""An expression for the name of a month as it is written: *may* is none."""
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which each season begins, as the weather service of the northern hemisphere counts it."""
GRANULARITY = {
    "minute": DAY, "hour": DAY, "day": DAY, "night": DAY, "evening": DAY, "morning": DAY, "afternoon": DAY,
    "weekend": DAY, "week": WEEK, "fortnight": WEEK, "month": MONTH, "quarter": MONTH, "year": YEAR, "decade": YEAR,
}  # fmt: skip
"""How fine the days of each unit are known."""
_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_CALENDAR_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_FEW = {"couple of": 2, "a couple of": 2, "a few": 3, "few": 3, "several": 5, "half a dozen": 6}
_ORDINALS = {word: number for number, word in enumerate(
    ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
     "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
     "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth "
     "thirty-first").split(), 1)}  # fmt: skip
ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
"""The ordinal numbers of a month's days, in words, as a regular expression."""
YEARLESS_AHEAD = 60
"""Days: a past statement's date without a year is taken to lie ahead when it is at most so far ahead (in the corpus all
of 5 such dates did, and none of 239 others lay more than 300 days back)."""


@dataclass(frozen=True)
class Interval:
    """Days `start…end`, either of them null where the text leaves it open."""

    start: Date | None
    end: Date | None
    granularity: Granularity


@dataclass(frozen=True)
class Reference:
    """What *today* means: the publication date, how precisely it is known, and whether to look ahead."""

    date: Date
    granularity: Granularity
    ahead: bool = False

    @property
    def day_known(self) -> bool:
        """Whether the day itself is known."""
        return self.granularity is Granularity.DAY

    @property
    def first(self) -> Date:
        """The first day that *today* may be."""
        return self.date if self.day_known else self.date.replace(day=1)

    @property
    def last(self) -> Date:
        """The last day that *today* may be."""
        return self.date if self.day_known else month_end(self.date)


def month_end(date: Date) -> Date:
    """The last day of the month of `date`."""
    return last_day(f"{date.year:04d}-{date.month:02d}")


def month_number(word: str) -> int:
    """The number of a month from its name or the first three letters of it."""
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word[:3].casefold()))


def month_interval(year: int, month: int) -> Interval:
    """The days of a month."""
    first = Date(year, month, 1)
    return Interval(first, month_end(first), MONTH)


def year_interval(year: int) -> Interval:
    """The days of a year."""
    return Interval(Date(year, 1, 1), Date(year, 12, 31), YEAR)


def shifted_month(date: Date, months: int) -> Interval:
    """The month that lies `months` after that of `date`."""
    number = date.year * 12 + date.month - 1 + months
    return month_interval(number // 12, number % 12 + 1)


def days_after(date: Date, days: int) -> Date:
    """The day `days` after `date`."""
    return date + datetime.timedelta(days)


def count_of(words: str) -> int:
    """The number of units that *three*, *a couple of*, *2,220* tell. Raises ValueError for none."""
    folded = re.sub(r"\s+", " ", words.casefold().strip())
    number = _FEW.get(folded) or (1 if folded in ("a", "an", "the", "") else number_of(folded))
    if number is None:
        raise ValueError(words)
    return number


def ordinal_number(words: str) -> int | None:
    """The number of *third*, *3rd* or *3*; null where it is none up to thirty-first."""
    figures = re.match(r"\d+", words)
    return int(figures.group(0)) if figures else _ORDINALS.get(words.casefold())


def after(date: Date, unit: str, count: int) -> Date:
    """The day `count` units after `date`, before it where `count` is negative. Raises ValueError or OverflowError."""
    if unit in ("hour", "minute"):
        hours = abs(count) if unit == "hour" else 1
        return days_after(date, (hours + 23) // 24 * (1 if count > 0 else -1))
    if unit in _DAYS:
        return days_after(date, _DAYS[unit] * count)
    first = shifted_month(date, count * _CALENDAR_MONTHS[unit])
    assert first.start is not None
    assert first.end is not None
    return first.start.replace(day=min(date.day, first.end.day))


def part_of(word: str | None, whole: Interval) -> Interval:
    """Narrow a month or year by *early*, *mid*, *late*, *the end of*: of a month, days 1–10, 11–20 and 21 on.

    Of one year, they are its first, second and last four months, and *the end* its last month.
    """
    folded = (word or "").casefold().replace("-", " ").strip()
    folded = folded.removeprefix("the ").removesuffix(" in").removesuffix(" of")
    if not folded or whole.start is None or whole.end is None:
        return whole
    finer = MONTH if whole.granularity is YEAR else WEEK
    folded = folded.removesuffix(" part")
    if folded in ("end", "close") and whole.granularity is YEAR:
        return Interval(whole.end.replace(day=1), whole.end, finer)
    if whole.granularity is YEAR and whole.start.year == whole.end.year:
        first = 1 if folded in ("early", "beginning", "start") else 5 if folded.startswith("mid") else 9
        return Interval(Date(whole.start.year, first, 1), month_end(Date(whole.start.year, first + 3, 1)), finer)
    third = ((whole.end - whole.start).days + 1) // 3
    if folded in ("early", "beginning", "start"):
        return Interval(whole.start, days_after(whole.start, third - 1), finer)
    if folded.startswith("mid"):
        return Interval(days_after(whole.start, third), days_after(whole.start, 2 * third - 1), finer)
    return Interval(days_after(whole.start, 2 * third), whole.end, finer)


def running(interval: Interval, reference: Reference) -> Interval:
    """An interval that holds today: it ends today, looking back, and begins today, looking ahead.

    One that doesn't hold today stays as it is.
    """
    if interval.start is None or interval.end is None or not interval.start <= reference.date <= interval.end:
        return interval
    if reference.ahead:
        return Interval(reference.first, interval.end, interval.granularity)
    return Interval(interval.start, reference.last, interval.granularity)


def in_year_meant(of_year: Callable[[int], Interval], reference: Reference) -> Interval:
    """What each year has, in the year that is meant without one: this year's; the next where that is over and one looks
    ahead, the last where it is still to begin and one looks back."""
    year = reference.date.year
    found = of_year(year)
    if reference.ahead and found.end is not None and found.end < reference.date:
        return of_year(year + 1)
    if not reference.ahead and found.start is not None and found.start > reference.date:
        return of_year(year - 1)
    return found


def neighbour(word: str | None) -> int:
    """How many years, months or weeks from this one *last* and *next* lie; 0 for *this*."""
    folded = (word or "").casefold()
    return -1 if folded in ("last", "past", "previous") else 1 if "next" in folded or "coming" in folded else 0


def nearest_year(month: int, day: int, reference: Reference) -> int:
    """The year that a date without one means: looking back the last such date, looking ahead the next.

    `day` 0 stands for the month as a whole.
    """
    today = reference.date
    coming = (month, day) >= (today.month, today.day if day else 0)
    if reference.ahead:
        return today.year if coming else today.year + 1
    if not coming or (month, day) == (today.month, today.day) or (month == today.month and not day):
        return today.year
    try:
        soon = 0 < (Date(today.year, month, day or 1) - today).days <= YEARLESS_AHEAD if day else False
    except ValueError:
        soon = False
    return today.year if soon else today.year - 1


def nearest_day(days: Sequence[Date], reference: Reference) -> Date:
    """Which of `days` (not empty) is meant without its year: looking ahead the next, looking back the last.

    Looking back, one that comes within `YEARLESS_AHEAD` days goes before, as with dates.
    """
    today = reference.date
    coming = sorted(day for day in days if day >= today)
    if coming and (reference.ahead or (coming[0] - today).days <= YEARLESS_AHEAD):
        return coming[0]
    return max((day for day in days if day < today), default=min(days))


def widened(interval: Interval) -> Interval:
    """The whole months of `interval`, which is all that is known where only the month of publication is."""
    start = interval.start and interval.start.replace(day=1)
    end = interval.end and month_end(interval.end)
    return Interval(start, end, MONTH if interval.granularity in (DAY, WEEK) else interval.granularity)
