"""Stretches told by a unit: *three weeks ago*, *within days*, *by the end of the month*, *last year*."""

import re
from dataclasses import replace

from foreshock.read.time_spans import (
    DAY,
    GRANULARITY,
    MONTH,
    OPEN,
    WEEK,
    YEAR,
    Date,
    Interval,
    Reference,
    after,
    count_of,
    days_after,
    neighbour,
    part_of,
    running,
    shifted_month,
    year_interval,
)

HOURS_OF_DAY = 24
_SOME_DAYS = {"day": 7, "week": 42}
"""How far *within days* and *in the coming weeks* reach, as the corpus reads them by majority."""


def relative_unit(match: re.Match[str], reference: Reference) -> Interval:
    """*Last week*, *this month*, *the end of next year*."""
    which, unit, today = (match["which"] or "this").casefold(), match["unit"].casefold(), reference.date
    step = neighbour(which)
    if unit in ("week", "fortnight") and not reference.day_known:
        return Interval(None, None, WEEK)
    whole = _unit_beside(unit, step, today)
    part = match.groupdict().get("part")
    if part:
        return part_of(part, whole)
    return whole if step else running(whole, reference)


def _unit_beside(unit: str, step: int, today: Date) -> Interval:
    """The calendar's week, month, quarter, year or decade that lies `step` of its kind from that of `today`."""
    if unit in ("week", "fortnight"):
        monday = days_after(today, 7 * step - today.weekday())
        return Interval(monday, days_after(monday, 6), WEEK)
    if unit == "month":
        return shifted_month(today, step)
    if unit == "quarter":
        first = Date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        return Interval(shifted_month(first, 3 * step).start, shifted_month(first, 3 * step + 2).end, MONTH)
    if unit == "decade":
        first_year = today.year // 10 * 10 + 10 * step
        return Interval(Date(first_year, 1, 1), Date(first_year + 9, 12, 31), YEAR)
    return year_interval(today.year + step)


def part_of_unit(match: re.Match[str], reference: Reference) -> Interval:
    """*The end of the month*, *the start of the year*, *mid-year*, *year-end*: of the one that runs.

    Looking ahead, a part that is over is the next one's; looking back, one still to begin is the last one's, but an end
    stays this one's.
    """
    unit, part = match["unit"].casefold(), match.groupdict().get("part") or "end"
    if unit == "week" and not reference.day_known:
        return Interval(None, None, WEEK)
    today = reference.date
    found = part_of(part, _unit_beside(unit, 0, today))
    if reference.ahead and found.end is not None and found.end < today:
        return part_of(part, _unit_beside(unit, 1, today))
    at_end = part.casefold().startswith("end")
    if not reference.ahead and not at_end and found.start is not None and found.start > today:
        return part_of(part, _unit_beside(unit, -1, today))
    return found


def beside_today(match: re.Match[str], reference: Reference) -> Interval:
    """*Later this year*, *earlier in the month*; of what was, *later in the year* leans on another event."""
    unit, later = match["unit"].casefold(), match["where"].casefold() == "later"
    if (later and not reference.ahead and not match["this"]) or (unit == "week" and not reference.day_known):
        return Interval(None, None, GRANULARITY[unit])
    return running(_unit_beside(unit, 0, reference.date), replace(reference, ahead=later))


def ago(match: re.Match[str], reference: Reference) -> Interval:
    """*Three weeks ago*, *a year ago today*, *a year ago this month*."""
    unit, anchor = match["unit"].casefold(), (match["anchor"] or "").casefold()
    today = days_after(reference.date, -1) if anchor == "yesterday" else reference.date
    date = after(today, unit, -count_of(match["count"]))
    if anchor in ("today", "yesterday"):
        return Interval(date, date, DAY) if reference.day_known else Interval(None, None, DAY)
    if anchor and (reference.day_known or anchor.endswith("month")):
        return _unit_beside(anchor.split()[-1], 0, date)
    if GRANULARITY[unit] in (DAY, WEEK):
        return Interval(date, date, GRANULARITY[unit]) if reference.day_known else Interval(None, None, DAY)
    return shifted_month(date, 0) if unit == "month" else year_interval(date.year)


def some_units_ago(match: re.Match[str], reference: Reference) -> Interval:
    """*Years ago*: two at the least."""
    unit = match["unit"].casefold()
    if not reference.day_known and GRANULARITY[unit] in (DAY, WEEK):
        return Interval(None, None, GRANULARITY[unit])
    return Interval(None, after(reference.date, unit, -2), GRANULARITY[unit])


def before_last(match: re.Match[str], reference: Reference) -> Interval:
    """*The week before last*."""
    unit = match["unit"].casefold()
    if unit == "week" and not reference.day_known:
        return Interval(None, None, WEEK)
    return _unit_beside(unit, -2, reference.date)


def this_time(match: re.Match[str], reference: Reference) -> Interval:
    """*This time next year*: the very day, a year on."""
    date = after(reference.date, match["unit"].casefold(), neighbour(match["which"]))
    if not reference.day_known and match["unit"].casefold() == "week":
        return Interval(None, None, WEEK)
    return Interval(date, date, DAY)


def away(match: re.Match[str], reference: Reference) -> Interval:
    """*Two days from now*."""
    unit = match["unit"].casefold()
    date = after(reference.date, unit, count_of(match["count"]))
    if GRANULARITY[unit] in (DAY, WEEK):
        return Interval(date, date, DAY) if reference.day_known else Interval(None, None, DAY)
    return shifted_month(date, 0) if unit == "month" else year_interval(date.year)


def during(match: re.Match[str], reference: Reference) -> Interval | None:
    """*In*, *for*, *within three weeks*: from today looking ahead, to today looking back; *in a year's time* ahead.

    Null for what was done *within three weeks*: those run from another event (in all but a few of 56 in the corpus).
    """
    unit, count = match["unit"].casefold(), count_of(match["count"] or "")
    granularity = GRANULARITY[unit]
    if not reference.day_known and granularity in (DAY, WEEK):
        return Interval(None, None, granularity)
    prefix = re.sub(r"\s+", " ", (match["prefix"] or "").casefold())
    back = prefix.endswith(("past", "last"))
    hours = unit in ("hour", "minute")
    ahead = reference.ahead or bool(match.groupdict().get("time"))
    if hours and not back and not ahead and (unit == "minute" or count < HOURS_OF_DAY):
        return Interval(None, None, granularity)
    if not back and (ahead or prefix.endswith(("next", "coming"))):
        return Interval(reference.first, after(reference.date, unit, count), granularity)
    if not back and prefix.startswith("within"):
        return None
    if not prefix or (hours and not back and prefix != "in"):
        return Interval(None, None, granularity)
    return Interval(after(reference.date, unit, -count), reference.last, granularity)


def some_units(match: re.Match[str], reference: Reference) -> Interval | None:
    """*Within days*, *in the coming weeks*, *over the past weeks*, *for months*, *in years*: how many is not said.

    Null for what was done *within days*, as it is of `during`.
    """
    unit, prefix = match["unit"].casefold(), match["prefix"].casefold()
    coming = "coming" in prefix or "next" in prefix
    if prefix.startswith("within") and not (reference.ahead or coming or prefix.endswith(("past", "last"))):
        return None
    if prefix.endswith(("past", "last")) or not (reference.ahead or coming):
        return Interval(None, reference.last if unit not in ("hour", "minute") else None, GRANULARITY[unit])
    if unit == "hour" and coming and reference.day_known:
        return Interval(reference.date, days_after(reference.date, 1), DAY)
    if prefix == "for" or unit not in _SOME_DAYS or not reference.day_known:
        return Interval(reference.first if reference.ahead else None, None, OPEN)
    return Interval(reference.date, days_after(reference.date, _SOME_DAYS[unit]), WEEK)


def at_present(_: re.Match[str], reference: Reference) -> Interval:
    """*Now*, *still*."""
    if reference.ahead:
        return Interval(reference.first, None, OPEN)
    return Interval(reference.first, reference.last, DAY if reference.day_known else MONTH)


def until_now(_: re.Match[str], reference: Reference) -> Interval:
    """*Recently*, *so far*: up to today."""
    return Interval(None, reference.last, OPEN)


def from_now_on(_: re.Match[str], reference: Reference) -> Interval:
    """*Soon*, *from now on*: from today."""
    return Interval(reference.first, None, OPEN)


def some_day(_: re.Match[str], reference: Reference) -> Interval:
    """*Some day*, *eventually*."""
    return Interval(reference.first if reference.ahead else None, None, OPEN)


def repeated(match: re.Match[str], reference: Reference) -> Interval:
    """*Every week*: no day of its own."""
    unit = match["unit"].casefold()
    if reference.ahead:
        return Interval(None, None, OPEN)
    return Interval(None, reference.last, GRANULARITY.get(unit, DAY))


def leaning(match: re.Match[str], _: Reference) -> Interval:
    """Counted from another event of the text, which this layer doesn't know."""
    return Interval(None, None, GRANULARITY[match["unit"].casefold()])
