"""Months as VIEWS numbers them: 1 is January 1980."""

import re

from foreshock.errors import UsageError

FIRST_YEAR = 1980
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def month_id(year: int, month: int) -> int:
    """The number of a month, 1 for January 1980."""
    return (year - FIRST_YEAR) * 12 + month


def year_of(number: int) -> int:
    """The year of a month's number."""
    return FIRST_YEAR + (number - 1) // 12


def month_name(number: int) -> str:
    """A month's number as `YYYY-MM`."""
    return f"{year_of(number):04d}-{(number - 1) % 12 + 1:02d}"


def parse_month(text: str) -> int:
    """The number of a month given as `YYYY-MM`. Raises `UsageError` for anything else."""
    match = _MONTH.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"{text!r} is no month: write it as YYYY-MM, for instance 2020-10")
    return month_id(int(match[1]), int(match[2]))


def parse_steps(text: str) -> tuple[int, ...]:
    """Steps ahead given as `3:14` (both ends) or `3`; 1 is the month after the origin. Raises `UsageError`."""
    match = re.fullmatch(r"(\d{1,2})(?::(\d{1,2}))?", text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last <= MOST_STEPS:
        raise UsageError(f"{text!r} are no steps: write FIRST:LAST between 1 and {MOST_STEPS}, for instance 3:14")
    return tuple(range(first, last + 1))


MOST_STEPS = 36
"""The furthest month ahead that is forecast: skill is measured to 14 only, three years is a mere extrapolation."""
