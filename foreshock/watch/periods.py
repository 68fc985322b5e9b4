"""Periods as whole numbers: months counted from January of year 0, weeks (Monday to Sunday) from day 1."""

import datetime
from typing import Final

from foreshock.errors import UsageError
from foreshock.model.board import Every
from foreshock.model.day import first_day, last_day

UNDATED: Final = -1
"""What stands for a period where a document's date is not known precisely enough."""
A_YEAR: Final[dict[Every, int]] = {"month": 12, "week": 52}


def period_of(day: str, every: Every) -> int:
    """The period that `YYYY-MM-DD` or `YYYY-MM` lies in; `UNDATED` for a month where weeks are counted, or none."""
    try:
        if every == "month":
            year, month = int(day[:4]), int(day[5:7])
            return year * 12 + month - 1 if 1 <= month <= 12 else UNDATED
        return (datetime.date.fromisoformat(day).toordinal() - 1) // 7 if len(day) == 10 else UNDATED
    except ValueError:
        return UNDATED


def first_day_of(period: int, every: Every) -> datetime.date:
    """The first day of a period."""
    if every == "month":
        return datetime.date(period // 12, period % 12 + 1, 1)
    return datetime.date.fromordinal(period * 7 + 1)


def last_day_of(period: int, every: Every) -> datetime.date:
    """The last day of a period."""
    return first_day_of(period + 1, every) - datetime.timedelta(days=1)


def named_period(text: str, every: Every, begins: bool = False) -> int:
    """The period that a user's date lies in. Raises `UsageError` where it is none, or the calendar ends in it.

    Of a month where weeks are counted it is the last week that ends in it, for what came after the month was not known
    then, or the first one where the time asked for `begins` with that month.
    """
    try:
        if len(text) == len("2023"):
            raise ValueError("a year is no period")
        day = first_day(text) if begins else last_day(text)
        period = period_of(day.isoformat(), every)
        if last_day_of(period, every) > day and len(text) == len("2023-05") and not begins:
            period -= 1
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{text!r} is not a date; write it as 2023-05 or 2023-05-22") from error
    return period


def shown_period(period: int, every: Every) -> str:
    """`2018-12`, or a week by its Monday, `2018-12-17`."""
    return shown_first(first_day_of(period, every), every)


def shown_first(first: datetime.date, every: Every) -> str:
    """The same of a period's first day."""
    return first.isoformat()[: 7 if every == "month" else 10]


def now_utc() -> datetime.datetime:
    """The time it is, UTC, as the inbox keeps times: to the second."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)
