"""The tables by which events are joined and graded, read from data and checked."""

from functools import cache
from typing import Final

import msgspec

from foreshock.model.shipped import shipped_table

_FILE: Final = "data/events.yaml"


class Joining(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of the features, thresholds of the linkage (probabilities, 0 to 1), and limits of the blocking."""

    documents: dict[str, float]
    acts: dict[str, float]
    linked: float
    considered: float
    same_text: float
    joined: float
    words_a_key: int
    keys_shared: int
    commonest_key: int


@cache
def rules() -> Joining:
    """The shipped table. Raises `ModelError` where it is missing or broken."""
    return shipped_table(_FILE, Joining)
