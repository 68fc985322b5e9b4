"""Labelled pairs of texts, of those that Foreshock would compare, as the values of the features of events."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from foreshock.corroborate.copies.fingerprints import fingerprint_of
from foreshock.corroborate.copies.resemblance import Body, likeness, score_of
from foreshock.corroborate.events.keys import candidates, keys_of
from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.events.score import FEATURES
from foreshock.model.event import Digest
from train.event_material import Told

SAME_DAYS: Final = 14
"""Days between two texts up to which sharing an incident makes them reports of one event."""
OTHER_DAYS: Final = 45
"""Days up to which two texts make a pair at all."""
COPIES: Final = 0.5
"""Score from which two texts are copies, which are never compared as events."""


@dataclass(frozen=True)
class Pair:
    """Two texts, the values of their features, and whether they report one event."""

    first: Told
    second: Told
    values: tuple[float, ...]
    same: bool

    @property
    def source(self) -> str:
        """The source of both."""
        return self.first.source

    @property
    def block(self) -> str:
        """What must not be parted between fitting and measuring."""
        return min(self.first.block, self.second.block)


def label(one: Told, other: Told) -> bool | None:
    """Whether two texts report one event; null where their source does not say."""
    if one.events is None or other.events is None:
        return None
    apart = abs((one.day - other.day).days) if one.day and other.day else 0
    if apart > OTHER_DAYS:
        return None
    shared = one.events & other.events
    if not shared:
        return None if _could_meet(one, other) else False
    # A text that tells of the incident among many others is not a report of it.
    told = len(shared) / max(len(one.events), len(other.events))
    return True if apart <= SAME_DAYS and told >= 0.5 else None


def _could_meet(one: Told, other: Told) -> bool:
    """Whether an act of one, known by its country and perhaps its day, could be one of the other's."""
    return any(
        land == other_land and (day is None or other_day is None or abs(day - other_day) <= 1)
        for land, day in one.loose
        for other_land, other_day in other.loose
    )


def pairs(told: Sequence[Told], digests: Mapping[str, Digest]) -> list[Pair]:
    """The labelled pairs inside each source that the blocking lets through, copies left out, in a fixed order."""
    found = []
    for _, group in itertools.groupby(told, key=lambda one: one.source):
        inside = {one.document.id: one for one in group if one.events is not None}
        for first, second in sorted(_compared({name: digests[name] for name in inside})):
            one, other = inside[first], inside[second]
            same = label(one, other)
            if same is None or (same and _copies(one, other)):
                continue
            values = tuple(feature.value(digests[first], digests[second]) for feature in FEATURES)
            found.append(Pair(one, other, values, same))
    return found


def _compared(digests: Mapping[str, Digest]) -> Iterator[tuple[str, str]]:
    keys = {name: keys_of(digest) for name, digest in digests.items()}
    holders: dict[int, set[str]] = defaultdict(set)
    for name, own in keys.items():
        for key in own.own:
            holders[key].add(name)
    common = {key for key, names in holders.items() if len(names) > rules().commonest_key}
    for name, own in keys.items():
        yield from ((name, other) for other in candidates(own, holders, common) if name < other)


def _copies(one: Told, other: Told) -> bool:
    prints = [fingerprint_of(told.document) for told in (one, other)]
    first, second = (Body(kept.title, kept.month, kept.credits, kept.words) for kept in prints)
    return score_of(likeness(first, second))[0] >= COPIES


def matrix(found: Sequence[Pair]) -> tuple[np.ndarray, np.ndarray]:
    """The features' values, one row a pair, and the labels, 1 for the same event."""
    return np.array([pair.values for pair in found]), np.array([float(pair.same) for pair in found])
