"""How likely two documents report one event: a readable list of features, each with its weight.

The score is the sum of value × weight over the features and an intercept, in log-odds; every part can be shown. It
depends on the two documents alone, never on what else the record holds, so the order of adding cannot matter.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.events.words import rarity
from foreshock.model.event import Digest, Part

_MOST_NUMBERS: Final = 3.0
_SMALL: Final = 10
"""A number below this says half as much when two texts share it."""


@dataclass(frozen=True)
class Feature:
    """One piece of evidence: its name in the table of weights, its value for a pair, and the words for what it saw."""

    name: str
    value: Callable[[Digest, Digest], float]
    found: Callable[[Digest, Digest], str] = lambda a, b: ""


def dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two weighted bags of words of length 1."""
    if len(a) > len(b):
        a, b = b, a
    return sum(weight * b[word] for word, weight in a.items() if word in b)


def _words(a: Digest, b: Digest) -> float:
    return dot(a.words, b.words)


def _title(a: Digest, b: Digest) -> float:
    return max(dot(a.title, b.words), dot(b.title, a.words))


def _names(a: Digest, b: Digest) -> float:
    return math.log1p(sum(map(rarity, a.names & b.names)))


def _numbers(a: Digest, b: Digest) -> float:
    return min(sum(0.5 if number < _SMALL else 1.0 for number in a.numbers & b.numbers), _MOST_NUMBERS)


def _other_numbers(a: Digest, b: Digest) -> float:
    return float(bool(a.numbers and b.numbers and not a.numbers & b.numbers))


def _agreement(a: frozenset[int], b: frozenset[int]) -> float:
    """1 where the sets share a member, -1 where both have members and share none, 0 where either is empty."""
    if not a or not b:
        return 0.0
    return 1.0 if a & b else -1.0


def _weekday(a: Digest, b: Digest) -> float:
    return _agreement(a.weekdays, b.weekdays)


def _days_apart(a: Digest, b: Digest) -> int | None:
    if a.published is None or b.published is None:
        return None
    apart = abs(a.published - b.published)
    if a.days & b.days:
        return min(apart, 1)
    return apart


def _date(a: Digest, b: Digest) -> float:
    """1 for publication within a day, falling to -2 from a week on; 0 where a day is unknown."""
    apart = _days_apart(a, b)
    if apart is None:
        return 0.0
    return 1.0 if apart <= 1 else 0.3 if apart == 2 else -1.0 if apart < 7 else -2.0


def _month(a: Digest, b: Digest) -> float:
    """Months between the publications, at most 2; a pair of which both days are known is left to `date`."""
    if not a.month or not b.month or _days_apart(a, b) is not None:
        return 0.0
    return float(min(abs(a.month - b.month), 2))


def _kinds(a: Digest, b: Digest) -> float:
    least = min(sum(a.kinds.values()), sum(b.kinds.values()))
    if not least:
        return 0.3
    return sum(min(weight, b.kinds[name]) for name, weight in a.kinds.items() if name in b.kinds) / least


def _place(a: Digest, b: Digest) -> float:
    return _agreement(a.places, b.places)


def _counts(a: Digest, b: Digest) -> float:
    shared = [name for name in a.counts if name in b.counts]
    if not shared:
        return 0.0
    return 1.0 if any(a.counts[name] & b.counts[name] for name in shared) else -1.0


FEATURES: Final = (
    Feature("words", _words, lambda a, b: _told(_heaviest(a.words, b.words))),
    Feature("title", _title, lambda a, b: _told(_heaviest(a.title, b.words) or _heaviest(b.title, a.words))),
    Feature("names", _names, lambda a, b: _told(sorted(a.names & b.names, key=lambda word: (-rarity(word), word)))),
    Feature("numbers", _numbers, lambda a, b: _told([str(one) for one in sorted(a.numbers & b.numbers)])),
    Feature("other_numbers", _other_numbers),
    Feature("weekday", _weekday),
    Feature("date", _date, lambda a, b: "" if (apart := _days_apart(a, b)) is None else f"{apart} days apart"),
    Feature("month", _month),
    Feature("kinds", _kinds, lambda a, b: _told(sorted(a.kinds.keys() & b.kinds.keys()))),
    Feature("place", _place),
    Feature("counts", _counts, lambda a, b: _told(sorted(a.counts.keys() & b.counts.keys()))),
)
"""Every feature that is weighed, in the order in which it is shown."""


def _heaviest(a: Mapping[str, float], b: Mapping[str, float]) -> list[str]:
    return sorted(a.keys() & b.keys(), key=lambda word: (-a[word] * b[word], word))


def _told(words: list[str], most: int = 6) -> str:
    return ", ".join(words[:most])


def score(a: Digest, b: Digest) -> float:
    """Log-odds that the two documents report one event, from about -8 to 12."""
    weights = rules().documents
    return weights["intercept"] + sum(
        weight * feature.value(a, b) for feature in FEATURES if (weight := weights[feature.name])
    )


def probability(log_odds: float) -> float:
    """The probability that log-odds stand for, 0 to 1."""
    return 1 / (1 + math.exp(-log_odds))


def explained(a: Digest, b: Digest) -> list[Part]:
    """The score's parts, the heaviest contribution first, those that add nothing left out."""
    weights = rules().documents
    parts = [Part(one.name, round(one.value(a, b), 4), weights[one.name], one.found(a, b)) for one in FEATURES]
    parts.append(Part("intercept", 1.0, weights["intercept"]))
    return sorted((one for one in parts if one.contribution), key=lambda one: (-abs(one.contribution), one.feature))
