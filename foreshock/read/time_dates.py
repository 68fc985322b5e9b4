"""Calendar expressions: days, weekdays, months, years, seasons and feasts, each as the interval it stands for."""

import re
from dataclasses import replace

from foreshock.read.feasts import feasts_by_name, ramadan
from foreshock.read.time_spans import (
    DAY,
    GRANULARITY,
    MONTH,
    SEASONS,
    WEEKDAYS,
    YEAR,
    Date,
    Interval,
    Reference,
    after,
    count_of,
    days_after,
    in_year_meant,
    month_interval,
    month_number,
    nearest_day,
    nearest_year,
    neighbour,
    ordinal_number,
    part_of,
    running,
    shifted_month,
    year_interval,
)

NAMED_DAYS = {"today": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1), "tonight": (0, 0), "this morning": (0, 0),
               "this afternoon": (0, 0), "this evening": (0, 0), "last night": (-1, -1), "overnight": (-1, 0),
               "the day before yesterday": (-2, -2), "day after tomorrow": (2, 2),
               "the night before last": (-2, -1), "during the day": (0, 0),
               "throughout the day": (0, 0)}  # fmt: skip
_ORDINALS = {"fi": 1, "1s": 1, "se": 2, "2n": 2, "th": 3, "3r": 3, "fo": 4, "4t": 4}
_NEAR = 31
"""Days from today within which a day in two figures is meant, where only one of its two readings lies so near."""
_MOST_YEARS = 50
"""Years that *1939-45* and its like span at most."""
_week_behind = re.compile(r"\s+week\b", re.IGNORECASE)
"""Behind a day's name: *Tuesday week* is a week after the next Tuesday."""
_closes = re.compile(r"\s+(?:ends?\b|is (?:out|over)\b)", re.IGNORECASE)
_to_season = re.compile(r"\b(?:by|before|ahead of|prior to)\s*(?:the\s*)?$", re.IGNORECASE)


def date_named(match: re.Match[str], reference: Reference) -> Interval | None:
    """A day of a month, with or without its year: *3 May 2023*, *2023-05-03*; null for a 31 June."""
    month = int(match["m"]) if "m" in match.groupdict() else month_number(match["month"])
    day = ordinal_number(match["day"]) or 0
    if match["year"]:
        year = int(match["year"])
    elif match.groupdict().get("of"):
        year = reference.date.year + neighbour(match["of"])
    else:
        year = nearest_year(month, day, reference)
    try:
        date = Date(year, month, day)
    except ValueError:
        return None
    return Interval(date, date, DAY)


def day_in_figures(match: re.Match[str], reference: Reference) -> Interval | None:
    """*8/5*, *05/25/2024*: the day that only one order of day and month allows, or the one near today; else null.

    With a year, looking ahead, it is the later of the two: by then either is past. What is left of *8/5/2024*,
    looking back, is its year.
    """
    first, second = int(match["first"]), int(match["second"])
    year = int(match["year"]) if match["year"] else None
    either = ((first, second), (second, first))
    found = {date for day, month in either if (date := _nearest(month, day, year, reference))}
    if len(found) > 1 and year and reference.ahead:
        found = {max(found)}
    if len(found) > 1:
        near = {date for date in found if abs((date - reference.date).days) <= _NEAR}
        found = near if reference.day_known else set()
    if len(found) != 1:
        return None
    (date,) = found
    return Interval(date, date, DAY)


def _nearest(month: int, day: int, year: int | None, reference: Reference) -> Date | None:
    """The day of a month in a year, or in the one that is meant without; null where no calendar has it."""
    try:
        return Date(year or nearest_year(month, day, reference), month, day)
    except ValueError:
        return None


def month_named(match: re.Match[str], reference: Reference) -> Interval:
    """*March*, *early March 2022*, *last March*."""
    month, which = month_number(match["month"]), (match["which"] or "").casefold()
    if match["year"]:
        year = int(match["year"])
    elif match["of"]:
        year = reference.date.year + neighbour(match["of"])
    elif which == "last":
        year = reference.date.year - (month >= reference.date.month)
    elif which == "next":
        year = reference.date.year + (month <= reference.date.month)
    else:
        year = nearest_year(month, 0, reference)
    return part_of(match["part"], month_interval(year, month))


def year_named(match: re.Match[str], _: Reference) -> Interval:
    """*2022*, *late 2022*, *the early 1990s*."""
    year = int(match["year"])
    if not match["decade"]:
        return part_of(match["part"], year_interval(year))
    word = (match["part"] or "").casefold()
    first, last = (
        (0, 4) if word.startswith("early") else (3, 6) if word.startswith("mid")
        else (6, 9) if word.startswith("late") else (0, 9)
    )  # fmt: skip
    return Interval(Date(year + first, 1, 1), Date(year + last, 12, 31), YEAR)


def years_named(match: re.Match[str], _: Reference) -> Interval | None:
    """*2013-14*, *1999/00*: the years from one to the other; null for *2023-06*, which may be a month."""
    year = int(match["year"])
    years = (int(match["last"]) - year) % 100
    if not 0 < years <= _MOST_YEARS:
        return None
    return Interval(Date(year, 1, 1), Date(year + years, 12, 31), YEAR)


def piece_of_year(match: re.Match[str], reference: Reference) -> Interval | None:
    """*Q3 2024*, *the second half of next year*, *the third quarter*; null for a third half.

    Without its year it is the one that runs, cut at today, else the last one looking back, the next looking ahead.
    """
    word = match["piece"].casefold()
    pieces = 2 if word.startswith("h") or word.endswith("half") else 4
    last = word.startswith(("last", "final", "latter"))
    number = pieces if last else int(word[-1]) if word[0] in "qh" else _ORDINALS[word[:2]]
    if number > pieces or (last and not (match["year"] or match["of"] or match["this"])):
        return None
    if match["year"] or match["of"]:
        year = int(match["year"]) if match["year"] else reference.date.year + neighbour(match["of"])
        return _piece(year, number, pieces)
    return running(in_year_meant(lambda year: _piece(year, number, pieces), reference), reference)


def _piece(year: int, number: int, pieces: int) -> Interval:
    """The `number`th of so many equal pieces of a year."""
    months = 12 // pieces
    first = Date(year, months * (number - 1) + 1, 1)
    return Interval(first, shifted_month(first, months - 1).end, MONTH)


def day_of_month(match: re.Match[str], reference: Reference) -> Interval:
    """*The 15th*, *on the twelfth*, of the month that it is nearest in."""
    day = ordinal_number(match["day"] or match["word"]) or 0
    months = (1 if day < reference.date.day else 0) if reference.ahead else (-1 if day > reference.date.day else 0)
    month = shifted_month(reference.date, months).start or reference.date
    date = month.replace(day=day)
    return Interval(date, date, DAY)


def weekday_named(match: re.Match[str], reference: Reference) -> Interval:
    """*Friday*, *last Friday*, *next Friday*, *Friday of next week*; said on a Friday, the first is that day."""
    if not reference.day_known:
        return Interval(None, None, DAY)
    wanted, today = WEEKDAYS.index(match["weekday"].casefold()), reference.date.weekday()
    if match["of"]:
        date = days_after(reference.date, 7 * neighbour(match["of"]) + wanted - today)
        return Interval(date, date, DAY)
    which = "last" if match["past"] else (match["which"] or "").casefold()
    if "next" in which or "coming" in which or (reference.ahead and which not in ("last", "past")):
        days = (wanted - today) % 7 or (7 if "next" in which or "coming" in which else 0)
        days += 7 if _week_behind.match(match.string, match.end()) else 0
    else:
        days = -((today - wanted) % 7) or (-7 if which == "last" else 0)
    date = days_after(reference.date, days)
    return Interval(date, date, DAY)


def weekday_apart(match: re.Match[str], reference: Reference) -> Interval:
    """*Two Fridays ago*, of which last Friday is one; *a week on Friday*, a week after the next."""
    if not reference.day_known:
        return Interval(None, None, DAY)
    wanted, today, count = (
        WEEKDAYS.index(match["weekday"].casefold()),
        reference.date.weekday(),
        count_of(match["count"]),
    )
    if match.groupdict().get("ago"):
        days = -((today - wanted) % 7 or 7) - 7 * (count - 1)
    else:
        days = ((wanted - today) % 7 or 7) + 7 * count
    date = days_after(reference.date, days)
    return Interval(date, date, DAY)


def day_named(match: re.Match[str], reference: Reference) -> Interval:
    """*Today*, *overnight*, *the day before yesterday*."""
    if not reference.day_known:
        return Interval(None, None, DAY)
    first, last = NAMED_DAYS[re.sub(r"\s+", " ", match["named"].casefold())]
    return Interval(days_after(reference.date, first), days_after(reference.date, last), DAY)


def feast_named(match: re.Match[str], reference: Reference) -> Interval:
    """*Christmas*, *last Eid*, *Easter 2023*: the nearest, where no year is named."""
    name = re.sub(r"\s+", " ", match["holiday"].casefold())
    meant = feasts_by_name()[name]
    days = [feast.in_year(year) for year in _years(match, reference) for feast in meant]
    date = _of_those(days, days, match, reference) or nearest_day(days, reference)
    return Interval(date, date, DAY)


def _years(match: re.Match[str], reference: Reference) -> list[int]:
    """The year that is named, or those around today in which a feast may be meant."""
    if match["year"] or match["of"]:
        return [int(match["year"]) if match["year"] else reference.date.year + neighbour(match["of"])]
    return [reference.date.year + step for step in (-1, 0, 1)]


def _of_those(first: list[Date], last: list[Date], match: re.Match[str], reference: Reference) -> Date | None:
    """Of feasts from their `first` to their `last` day, the first of the *last* that is over or the *next* to begin.

    Null where neither word is said.
    """
    which = (match["which"] or "").casefold()
    if which == "last":
        return max((begins for begins, ends in zip(first, last, strict=True) if ends < reference.date), default=None)
    if "next" in which or "coming" in which:
        return min((begins for begins in first if begins > reference.date), default=None)
    return None


def ramadan_named(match: re.Match[str], reference: Reference) -> Interval:
    """The whole month; looking ahead the one that runs today counts, but not for *before Ramadan*."""
    spans = [ramadan(year) for year in _years(match, reference)]
    first, last = [begins for begins, _ in spans], [ends for _, ends in spans]
    to_begin = _to_season.search(match.string, 0, match.start()) and not _closes.match(match.string, match.end())
    if reference.ahead and to_begin:
        last = first
    meant = _of_those(first, last, match, reference) or nearest_day(last if reference.ahead else first, reference)
    return next(Interval(begins, ends, MONTH) for begins, ends in spans if meant in (begins, ends))


def weekend_named(match: re.Match[str], reference: Reference) -> Interval:
    """*The weekend*, *next weekend*: Saturday and Sunday."""
    if not reference.day_known:
        return Interval(None, None, DAY)
    today = reference.date.weekday()
    which = (match["which"] or "").casefold()
    if reference.ahead or "next" in which or "coming" in which:
        saturday = days_after(reference.date, 5 - today)
    else:
        saturday = days_after(reference.date, 5 - today - (7 if today < 5 or which == "last" else 0))
    return Interval(saturday, days_after(saturday, 1), DAY)


def season_named(match: re.Match[str], reference: Reference) -> Interval:
    """*Summer*, *last winter*, *spring 2022*: its three months; what is foretold for one that runs begins today."""
    first, which = SEASONS[match["season"].casefold()], (match["which"] or "").casefold()
    if match["year"] or match["of"]:
        return _season(int(match["year"]) if match["year"] else reference.date.year + neighbour(match["of"]), first)
    named_next = "next" in which or "coming" in which
    if named_next:
        reference = replace(reference, ahead=True)
    year = nearest_year(first, 0, reference)
    if which == "last" and year == reference.date.year:
        year -= first + 2 >= reference.date.month
    if not reference.ahead:
        return _season(year, first)
    to_begin = _to_season.search(match.string, 0, match.start()) and not _closes.match(match.string, match.end())
    if named_next or (which != "this" and to_begin):
        return _season(year + (Date(year, first, 1) <= reference.date), first)
    last = _season(year - 1, first)
    begun = last if last.end is not None and last.end >= reference.date else _season(year, first)
    return running(begun, reference)


def _season(year: int, first: int) -> Interval:
    """The three months from the `first` of a year."""
    return Interval(Date(year, first, 1), shifted_month(Date(year, first, 1), 2).end, MONTH)


def units_of_year(match: re.Match[str], reference: Reference) -> Interval | None:
    """*The last six months of 2022*, *the first ten days of next year*, *the first five months of the year*."""
    unit, count = match["unit"].casefold(), count_of(match["count"])
    if unit not in ("day", "night", "week", "month"):
        return None

    def of_year(year: int) -> Interval:
        begins, ends = Date(year, 1, 1), Date(year, 12, 31)
        if match["end"].casefold() == "first":
            return Interval(begins, days_after(after(begins, unit, count), -1), GRANULARITY[unit])
        return Interval(after(days_after(ends, 1), unit, -count), ends, GRANULARITY[unit])

    if match["year"] or match["of"]:
        return of_year(int(match["year"]) if match["year"] else reference.date.year + neighbour(match["of"]))
    return in_year_meant(of_year, reference)
