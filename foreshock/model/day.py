"""Days as people write them on the command line and in the desk's forms and addresses."""

import datetime

from foreshock.errors import UsageError

_MOST_SHOWN = 40
"""Characters of a wrong date that its error repeats."""


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
