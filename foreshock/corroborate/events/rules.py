"""The tables by which events are joined and graded, read from data and checked."""

from functools import cache
from typing import Final

import msgspec

from foreshock.model.shipped import shipped_table
from foreshock.model.vocabulary import EventType

_FILE: Final = "data/events.yaml"


class Joining(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of the features, thresholds of the linkage (probabilities, 0 to 1), limits of the blocking, of which
    types nothing has happened where all that is told is that it did not, and words for many acts or a state."""

    documents: dict[str, float]
    acts: dict[str, float]
    in_text: dict[str, float]
    linked: float
    considered: float
    joined: float
    words_a_key: int
    keys_shared: int
    commonest_key: int
    nothing_where_negated: frozenset[EventType]
    told_as_many: frozenset[str]
    told_as_habit: frozenset[str]


@cache
def rules() -> Joining:
    """The shipped table. Raises `ModelError` where it is missing or broken."""
    return shipped_table(_FILE, Joining)
