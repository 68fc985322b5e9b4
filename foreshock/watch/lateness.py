"""When an alert was raised against the time that it is about: in its period, after it, or in hindsight."""

import datetime
from typing import Final

from foreshock.model.alert import Alert
from foreshock.model.board import Every
from foreshock.watch.periods import last_day_of, period_of
from foreshock.watch.store import Handled

HORIZON: Final[dict[Every, int]] = {"month": 6, "week": 26}
"""Periods for which an alarm stands: an outcome within them was warned of."""
_A_WEEK: Final = 7


def stands_until(alert: Alert) -> datetime.date:
    """The last day of the time that an alert warns of, as a replay counts it."""
    every: Every = "week" if (alert.known - alert.period).days < _A_WEEK else "month"
    return last_day_of(period_of(alert.period.isoformat(), every) + HORIZON[every], every)


def days_late(one: Handled) -> int:
    """How many days after its period had ended an alert was raised; 0 where it was raised within it."""
    return max((one.raised_at.date() - one.alert.known).days, 0)


def in_hindsight(one: Handled) -> bool:
    """Whether all the time that an alert warns of was over when it was raised: history told again, and no warning."""
    return one.raised_at.date() > stands_until(one.alert)
