"""Dates as people give them at the door: a day or a month, nothing else, nothing guessed."""

import datetime
import re

from foreshock.model.document import last_day
from foreshock.model.vocabulary import Granularity

_day = re.compile(r"\d{4}-\d{2}-\d{2}")
_month = re.compile(r"\d{4}-\d{2}")


def publication_date(value: str) -> tuple[datetime.date, Granularity]:
    """`YYYY-MM-DD` as that day, `YYYY-MM` as the month's last day. Raises `ValueError` for anything else."""
    if _day.fullmatch(value):
        return datetime.date.fromisoformat(value), Granularity.DAY
    if _month.fullmatch(value):
        return last_day(value), Granularity.MONTH
    raise ValueError(f"{value!r} is not a date; write YYYY-MM-DD or YYYY-MM")
