"""Days as people write them: whole dates, and the days that a year, a month or a date covers; moments in UTC."""

import calendar
import datetime
import re
from typing import Final

from foreshock.errors import UsageError
from foreshock.model.vocabulary import Granularity

EARLIEST: Final = datetime.date(1900, 1, 1)
"""Documents dated before are not dated: programs write 0001-01-01 where they know no date."""
_MOST_SHOWN: Final = 40
"""Characters of a wrong date that its error repeats."""
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def asked_day(value: str | None, what: str) -> datetime.date | None:
    """The day that an option or a field named `what` asks for; null where it is not given.

    Raises `UsageError` where `value` is no day in ISO 8601.
    """
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{what}: {value[:_MOST_SHOWN]!r} is not a date; write it as 2024-06-30") from error


def known_day(value: str | None, what: str) -> datetime.date | None:
    """`asked_day` for what is looked at as it was known on that day.

    Raises `UsageError` for a day that is yet to come by UTC, too: nobody knows what will be known then, and what is
    said as of it would stand before all that is said until then.
    """
    day, today = asked_day(value, what), datetime.datetime.now(datetime.UTC).date()
    if day is not None and day > today:
        raise UsageError(f"{what}: {day} is yet to come (today is {today} by UTC); name a day that has come")
    return day


def first_day(date: str) -> datetime.date:
    """The first day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` covers. Raises `ValueError` where it is no date."""
    match = _DATE.fullmatch(date)
    if match is None:
        raise ValueError(f"{date!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    return datetime.date(year, month, day)


def last_day(date: str) -> datetime.date:
    """The last day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` covers. Raises `ValueError` where it is no date."""
    first = first_day(date)
    if len(date) == 4:
        return first.replace(month=12, day=31)
    if len(date) == 7:
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first


def earliest_day(day: datetime.date, granularity: str | None) -> datetime.date:
    """The first day that a date may be, of which `granularity` says how precisely it is known, null to the day: a month
    or a year is kept as its last day."""
    if granularity == Granularity.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if granularity == Granularity.MONTH else day


def as_known(day: datetime.date, granularity: str | None) -> str:
    """The same date in ISO 8601, no more exactly than it is known: `2023-05-31`, `2023-05`, `2023`."""
    known = {Granularity.YEAR: len("2023"), Granularity.MONTH: len("2023-05")}
    return day.isoformat()[: known.get(Granularity(granularity)) if granularity else None]


def in_utc(moment: datetime.datetime) -> datetime.datetime:
    """A moment in UTC; one without a zone is in UTC already, as SQLite gives back what was written with one.

    Raises `OverflowError` where the calendar's first or last day is another one in UTC.
    """
    return moment.astimezone(datetime.UTC) if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
