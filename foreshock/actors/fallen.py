"""Who holds an office in the days of its change: *the president* who flees, dies or is arrested is the one before."""

import datetime
from typing import Final

import msgspec

from foreshock.actors.context import Context
from foreshock.actors.signs import signs
from foreshock.model.statement import Statement

DAYS: Final = datetime.timedelta(days=7)
"""How long after an office has changed hands reports of such an act are of who held it before."""


def falls(start: int, statement: Statement) -> bool:
    """Whether a statement tells that whoever is named at `start` leaves an office, or is made to."""
    words = statement.trigger.text
    leaves = signs().leaves.search(words) is not None
    done_to = leaves or signs().felled.search(words) is not None
    acting, hit = ({one.start for one in people} for people in (statement.actors, statement.recipients))
    return (leaves and start in acting) or (done_to and start in hit)


def before_the_fall(context: Context) -> Context:
    """The context of a text as of `DAYS` before its date."""
    return context if context.date is None else msgspec.structs.replace(context, date=context.date - DAYS)
