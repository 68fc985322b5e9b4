"""What a statement's grammar says of its kind, where that is surer than the network."""

import re

from foreshock.model.vocabulary import Kind

WILL = 0.98
"""How often a predicate that *will* governs is a forecast or a commitment: 749 of 754 in the training corpus. It is
never a judgement; by whom it is said decides between the two, which is left to the network."""
LONGEST_REACH = 40
"""Characters before the trigger in which its auxiliary and its adverbs stand."""

_will = re.compile(
    r"(?:\bwill|\bwon[’']t|[’']ll)"
    r"(?:\s+(?:not|never|also|soon|then|only|simply|sooner or later|have to|be|\w+ly))*\s+$",
    re.IGNORECASE,
)


def looks_ahead(text: str, trigger: int) -> bool:
    """Whether the predicate that begins at `trigger` stands after *will*, adverbs between them passed over."""
    return _will.search(text[max(0, trigger - LONGEST_REACH) : trigger]) is not None


def settled(text: str, trigger: int, kind: Kind, score: float) -> tuple[Kind, float]:
    """The kind of the statement whose trigger begins at `trigger`, and its probability."""
    if kind in (Kind.REPORT, Kind.JUDGEMENT) and looks_ahead(text, trigger):
        return Kind.FORECAST, WILL
    return kind, score
