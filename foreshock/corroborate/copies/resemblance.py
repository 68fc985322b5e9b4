"""How alike two texts are: a score in [0, 1] or a little beyond, explained feature by feature.

Copies keep the lead: editors cut from the end, and a story that only reuses another's background opens
differently. So the two leads weigh as much as the whole. Weights were set by reasoning and rounded; the score's
meaning was checked on development pairs by class (docs/syndication.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from foreshock.corroborate.copies.fingerprints import Words

SHINGLE: Final = 4
"""Words in a run; 3, 4 and 5 were tried and differ little, 4 survives light rewriting better than 5."""
FEWEST: Final = 12
"""Shingles below which a share is taken of this number instead: a caption is no copy of a report."""
LEAD: Final = 60
"""Words over which the weight of a lead falls to 1/e."""
_DECAY = np.exp(-np.arange(4 * LEAD) / LEAD)

Shingles = NDArray[np.uint64]


class Body:
    """A text without its furniture: its runs of four words in order, and in sorted order without repetition."""

    def __init__(self, title: str, month: int, credits: frozenset[str], words: Words) -> None:
        self.title = title
        self.month = month
        self.credits = credits
        self.runs = runs_of(words)

    @cached_property
    def distinct(self) -> Shingles:
        """Each run once, ascending; made when it is asked for, as most texts are never compared."""
        return np.unique(self.runs)


@dataclass(frozen=True)
class Likeness:
    """What two texts share: of the smaller one's runs, and of each one's lead, weighted by nearness to its head.

    `title` is null where one has none, `months` where a month is unknown; `credit` is 1 where both credit one
    agency, -1 where they credit different ones, else 0.
    """

    shared: float
    lead: float
    other_lead: float
    title: float | None
    months: int | None
    credit: int
    larger: float


@dataclass(frozen=True)
class Feature:
    """One part of the score: its name, its value on a likeness, and what it weighs."""

    name: str
    value: Callable[[Likeness], float]
    weight: float


FEATURES: Final = (
    Feature("shared", lambda pair: pair.shared, 0.40),
    Feature("worse lead", lambda pair: min(pair.lead, pair.other_lead), 0.35),
    Feature("better lead", lambda pair: max(pair.lead, pair.other_lead), 0.25),
    Feature("title", lambda pair: 0.0 if pair.title is None else 2 * pair.title - 1, 0.10),
    Feature("months apart", lambda pair: float((pair.months or 0) > 1), -0.10),
    Feature("wire credit", lambda pair: float(pair.credit), 0.05),
)


def runs_of(words: Words) -> Shingles:
    """Every run of four words, 16 bits of each word's hash, in text order."""
    if len(words) < SHINGLE:
        return np.empty(0, np.uint64)
    wide = words.astype(np.uint64)
    runs = wide[: len(wide) - SHINGLE + 1].copy()
    for ahead in range(1, SHINGLE):
        runs <<= np.uint64(16)
        runs |= wide[ahead : len(wide) - SHINGLE + 1 + ahead]
    return runs


def likeness(first: Body, second: Body) -> Likeness:
    """What the two share."""
    both = len(np.intersect1d(first.distinct, second.distinct, assume_unique=True))
    sizes = sorted((len(first.distinct), len(second.distinct)))
    return Likeness(
        shared=both / max(FEWEST, sizes[0]),
        lead=_lead(first, second),
        other_lead=_lead(second, first),
        title=fuzz.token_sort_ratio(first.title, second.title) / 100 if first.title and second.title else None,
        months=abs(first.month - second.month) if first.month and second.month else None,
        credit=_credit(first.credits, second.credits),
        larger=sizes[1] / max(1, sizes[0]),
    )


def score_of(pair: Likeness) -> tuple[float, dict[str, float]]:
    """The score, and what each feature adds to it."""
    parts = {feature.name: round(feature.value(pair) * feature.weight, 4) for feature in FEATURES}
    return round(sum(parts.values()), 4), parts


def _lead(one: Body, other: Body) -> float:
    """The share of `one`'s lead that stands anywhere in `other`."""
    runs = one.runs[: len(_DECAY)]
    if not len(runs) or not len(other.distinct):
        return 0.0
    at = np.minimum(np.searchsorted(other.distinct, runs), len(other.distinct) - 1)
    weights = _DECAY[: len(runs)]
    return float(weights[other.distinct[at] == runs].sum() / max(float(FEWEST), weights.sum()))


def _credit(first: frozenset[str], second: frozenset[str]) -> int:
    if not first or not second:
        return 0
    return 1 if first & second else -1
