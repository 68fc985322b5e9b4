"""The parts that a prediction is put together of: who speaks, with which odds, by when; and what it is known by."""

import datetime
import hashlib
from dataclasses import dataclass

from foreshock.model.prediction import ForecasterKind


@dataclass(frozen=True)
class Forecaster:
    """Whom a prediction stands under, by the name it stands under."""

    kind: ForecasterKind
    name: str


@dataclass(frozen=True)
class Odds:
    """The probability of what would count, between `low` and `high` (0–1), and the words that tell it.

    Both bounds are null where the text puts none on it. `negated`: the words take the side of its not happening.
    """

    words: str | None = None
    low: float | None = None
    high: float | None = None
    negated: bool = False


@dataclass(frozen=True)
class Horizon:
    """The last day on which what is foretold may still come; `default` where the text tells none."""

    by: datetime.date
    default: bool


def digest(words: str) -> str:
    """Twelve hexadecimal digits of the SHA-256 of `words`: what a prediction or a line of them is known by."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def prediction_id(document: str, statement: str) -> str:
    """The id of the prediction that a statement of a document is, if it is one."""
    return digest(f"{document}:{statement}")
