"""Who holds an office in the days of its change: *the president* who flees, dies or is arrested is the one before."""

import datetime
import re
from typing import Final

import msgspec

from foreshock.actors.context import Context
from foreshock.model.statement import Statement

LEAVES: Final = re.compile(
    r"\b(?:die[ds]?|dying|death|resign\w*|step(?:s|ped|ping)? down|quit|fle[ed]\w*|abdicat\w+)\b", re.IGNORECASE
)
"""Triggers by which who acts leaves an office, and who has it done to him."""
FELLED: Final = re.compile(
    r"\b(?:kill\w*|assassinat\w+|murder\w*|shot|oust\w*|overthr\w+|toppl\w+|depos\w+|remov\w+|dismiss\w*|sack(?:s|ed|ing)?"
    r"|impeach\w*|arrest\w*|detain\w*|captur\w+|house arrest|coup)\b",
    re.IGNORECASE,
)
"""Triggers by which only he does to whom it is done."""
DAYS: Final = datetime.timedelta(days=7)
"""How long after an office has changed hands reports of such an act are of who held it before."""


def falls(start: int, statement: Statement) -> bool:
    """Whether a statement tells that whoever is named at `start` leaves an office, or is made to."""
    words = statement.trigger.text
    leaves = LEAVES.search(words) is not None
    done_to = leaves or FELLED.search(words) is not None
    acting, hit = ({one.start for one in people} for people in (statement.actors, statement.recipients))
    return (leaves and start in acting) or (done_to and start in hit)


def before_the_fall(context: Context) -> Context:
    """The context of a text as of `DAYS` before its date."""
    return context if context.date is None else msgspec.structs.replace(context, date=context.date - DAYS)
