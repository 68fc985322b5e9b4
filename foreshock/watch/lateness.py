"""How late what is told comes: an alert against the time that it is about, a board's standing against today."""

import datetime
from typing import Final

from foreshock.model.alert import Alert
from foreshock.model.board import Every
from foreshock.watch.periods import last_day_of, period_of
from foreshock.watch.store import Handled

HORIZON: Final[dict[Every, int]] = {"month": 6, "week": 26}
"""Periods for which an alarm stands: an outcome within them was warned of."""
_A_WEEK: Final = 7


def every_of(alert: Alert) -> Every:
    """Whether an alert is of a month or of a week."""
    return "week" if (alert.known - alert.period).days < _A_WEEK else "month"


def stands_until(alert: Alert) -> datetime.date:
    """The last day of the time that an alert warns of, as a replay counts it."""
    every = every_of(alert)
    return last_day_of(period_of(alert.period.isoformat(), every) + HORIZON[every], every)


def days_late(one: Handled) -> int:
    """How many days after its period had ended an alert was raised; 0 where it was raised within it."""
    return max((one.raised_at.date() - one.alert.known).days, 0)


def periods_since(first: datetime.date, every: Every, today: datetime.date) -> int:
    """How many whole periods are over since the one that begins on a day; 0 while it or the next one runs."""
    return max(period_of(today.isoformat(), every) - period_of(first.isoformat(), every) - 1, 0)


def since_in_words(first: datetime.date, every: Every, today: datetime.date) -> str:
    """That periods are over of which a standing for the one from `first` says nothing; nothing where none is."""
    if not (number := periods_since(first, every, today)):
        return ""
    return f"old: {number:,} whole {every}{' is' if number == 1 else 's are'} over since"


def in_hindsight(one: Handled) -> bool:
    """Whether all the time that an alert warns of was over when it was raised: history told again, and no warning."""
    return one.raised_at.date() > stands_until(one.alert)
