"""Dates as people give them at the door: a day or a month, nothing else, nothing guessed."""

import datetime
import re

from foreshock.gather.wording import one_line
from foreshock.model.day import last_day
from foreshock.model.vocabulary import Granularity

Published = tuple[datetime.date, Granularity]
"""When something was published, and how precisely that is known."""

_day = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_time = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:", re.ASCII)
_month = re.compile(r"\d{4}-\d{2}", re.ASCII)


def publication_date(value: str) -> tuple[datetime.date, Granularity]:
    """`YYYY-MM-DD` as that day, `YYYY-MM` as the month's last day. Raises `ValueError` for anything else."""
    try:
        if _day.fullmatch(value):
            return datetime.date.fromisoformat(value), Granularity.DAY
        if _month.fullmatch(value):
            return last_day(value), Granularity.MONTH
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{value!r} is not in the calendar") from error
    raise ValueError(f"{one_line(repr(value))} is not a date; write YYYY-MM-DD or YYYY-MM")


def stated_date(value: str) -> tuple[datetime.date, Granularity]:
    """As `publication_date`; of a time in ISO 8601 the day that it names, wherever that was. Raises `ValueError`."""
    if _time.match(value):
        try:
            return datetime.datetime.fromisoformat(value).date(), Granularity.DAY
        except (ValueError, OverflowError) as error:
            raise ValueError(f"{one_line(repr(value))} is not in the calendar") from error
    return publication_date(value)


def written_day(value: str) -> str | None:
    """The day or month in what programs write as a date, a time of day after it left out; null where there is none."""
    date = re.split(r"[T ]", value.strip(), maxsplit=1)[0]
    try:
        publication_date(date)
    except ValueError:
        return None
    return date
