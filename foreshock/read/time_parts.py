"""Parts of months and years, and weeks told by a day: *the first week of June*, *the week ending 25 June*."""

import re

from foreshock.read.time_dates import date_named
from foreshock.read.time_spans import (
    DAY,
    MONTH,
    WEEK,
    Interval,
    Reference,
    count_of,
    days_after,
    in_year_meant,
    month_number,
    nearest_year,
    neighbour,
    ordinal_number,
    part_of,
    shifted_month,
    year_interval,
)

_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}
_SOME_DAYS, _SOME_WEEKS = 7, 14
"""How many *the first days* and *the last weeks* of a month are, as the corpus has the former."""
_HALF = 15
_AT_END = ("last", "final", "closing")


def part_of_month(match: re.Match[str], reference: Reference) -> Interval | None:
    """*The first week of June*, days 1 to 7; *the last three days of May*, *the second half of last month*."""
    month = _month_meant(match, reference)
    if month.start is None or month.end is None:
        return None
    end, unit, count = match["end"].casefold(), match["unit"].casefold(), match["count"]
    if end == "early":
        return part_of(end, month)
    if unit == "half":
        middle = days_after(month.start, _HALF)
        if end == "first":
            return Interval(month.start, days_after(middle, -1), WEEK)
        return Interval(middle, month.end, WEEK) if end in ("second", "latter", *_AT_END) else None
    length = _DAYS_IN[unit] * count_of(count or "")
    if not count and match["plural"]:
        length = _SOME_DAYS if unit == "day" else _SOME_WEEKS
    granularity = DAY if unit == "day" and (count or not match["plural"]) else WEEK
    if end in _AT_END:
        return Interval(max(days_after(month.end, 1 - length), month.start), month.end, granularity)
    first = 1 if end == "opening" else ordinal_number(end)
    if first is None or (first > 1 and (count or match["plural"])):
        return None
    start = days_after(month.start, length * (first - 1))
    return Interval(start, min(days_after(start, length - 1), month.end), granularity) if start <= month.end else None


def _month_meant(match: re.Match[str], reference: Reference) -> Interval:
    """The month of *of June*, *of June 2022*, *of last month*."""
    if match["near"]:
        return shifted_month(reference.date, neighbour(match["near"]))
    month = month_number(match["month"])
    if match["year"]:
        year = int(match["year"])
    elif match["of"]:
        year = reference.date.year + neighbour(match["of"])
    else:
        year = nearest_year(month, 0, reference)
    return shifted_month(year_interval(year).start or reference.date, month - 1)


def part_of_year(match: re.Match[str], reference: Reference) -> Interval | None:
    """*The first weeks of 2022*, its first month; *the closing months of last year*, its last four."""
    at_end = match["end"].casefold() in _AT_END
    in_months = match["unit"].casefold() == "months"

    def of_year(year: int) -> Interval:
        if in_months:
            return part_of("late" if at_end else "early", year_interval(year))
        return shifted_month(year_interval(year).start or reference.date, 11 if at_end else 0)

    if match["year"] or match["of"]:
        return of_year(int(match["year"]) if match["year"] else reference.date.year + neighbour(match["of"]))
    return in_year_meant(of_year, reference)


def week_of_date(match: re.Match[str], reference: Reference) -> Interval | None:
    """*The week of 12 June*, from its Monday; *the week ending 25 June*, *the weekend of 8 July*."""
    date = (date_named(match, reference) or Interval(None, None, WEEK)).start
    if date is None:
        return None
    how = match["how"].casefold()
    if how in ("ending", "to"):
        return Interval(days_after(date, -6), date, WEEK)
    monday = days_after(date, -date.weekday())
    if match["weekend"]:
        return Interval(days_after(monday, 5), days_after(monday, 6), DAY)
    start = monday if how == "of" else date
    return Interval(start, days_after(start, 6), WEEK)


def day_of_month_beside(match: re.Match[str], reference: Reference) -> Interval | None:
    """*The 2nd of this month*, *the fifth of last month*."""
    day = ordinal_number(match["day"])
    month = shifted_month(reference.date, neighbour(match["near"]))
    if day is None or month.start is None or month.end is None or not 1 <= day <= month.end.day:
        return None
    date = month.start.replace(day=day)
    return Interval(date, date, DAY)


def in_a_row(match: re.Match[str], reference: Reference) -> Interval | None:
    """*For a third day*, *a second consecutive week*: so many, up to today, and nights up to the last.

    Null for a first one, which is not one of several, looking ahead, and where the day is not known.
    """
    number, unit = ordinal_number(match["number"]), match["unit"].casefold()
    if number in (None, 1) or reference.ahead or (unit != "month" and not reference.day_known):
        return None
    before = (number or 1) - 1
    if unit == "month":
        return Interval(shifted_month(reference.date, -before).start, reference.last, MONTH)
    last = days_after(reference.date, -1) if unit == "night" else reference.date
    return Interval(days_after(last, -_DAYS_IN.get(unit, 1) * before), last, WEEK if unit == "week" else DAY)
