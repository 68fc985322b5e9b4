"""Values as tables write them: days, numbers, lists. Each raises `ValueError` with words fit for a message."""

import datetime
import math


def day_of(value: str) -> datetime.date | None:
    """A day as `YYYY-MM-DD`, with or without a time, or `YYYYMMDD`; null where there is none."""
    value = value.strip()
    if not value:
        return None
    try:
        if len(value) == 8 and value.isdigit():
            return datetime.date(int(value[:4]), int(value[4:6]), int(value[6:]))
        return datetime.date.fromisoformat(value[:10])
    except ValueError:
        pass
    try:
        return datetime.datetime.strptime(value, "%d %B %Y").date()
    except ValueError as error:
        raise ValueError(f"{value[:40]!r} is not a day") from error


def decimal_of(value: str) -> float | None:
    """A finite number, null where there is none."""
    value = value.strip()
    if not value:
        return None
    try:
        found = float(value)
    except ValueError as error:
        raise ValueError(f"{value[:40]!r} is not a number") from error
    if not math.isfinite(found):
        raise ValueError(f"{value[:40]!r} is not a number")
    return found


def whole_of(value: str) -> int | None:
    """A whole number, null where there is none."""
    found = decimal_of(value)
    if found is not None and found != int(found):
        raise ValueError(f"{value[:40]!r} is not a whole number")
    return None if found is None else int(found)


def words_of(value: str) -> list[str]:
    """The parts of a list written with semicolons."""
    return [part.strip() for part in value.split(";") if part.strip()]
