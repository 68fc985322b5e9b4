"""From pairs that resemble each other to groups of copies, whatever the order in which they came.

Texts linked by a strong pair hang together; within what hangs together, average linkage parts what only a few
pairs hold: two write-ups of one event that a third text draws on stay two.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

import numpy as np

JOINED: Final = 0.5
"""Score from which two texts are copies."""
MEAN: Final = 0.05
"""How far below that the mean score of two groups may lie that are one: texts cut short pull it down."""
LARGEST: Final = 400
"""Texts that average linkage is worked out over; more that hang together are first parted by stronger pairs."""
_STRONGER: Final = 0.1
_WHOLE, _TIMES_LARGER = 0.8, 1.5
"""A part: this share of the smaller text stands in the other, which is so many times as long; else as good as equal."""

Pair = tuple[int, int]


def components(nodes: Iterable[int], links: Iterable[Pair]) -> list[list[int]]:
    """What hangs together, each in order."""
    parent = {node: node for node in nodes}

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for first, second in links:
        one, other = root(first), root(second)
        if one != other:
            parent[max(one, other)] = min(one, other)
    found: dict[int, list[int]] = defaultdict(list)
    for node in sorted(parent):
        found[root(node)].append(node)
    return list(found.values())


def groups_of(names: Mapping[int, str], scores: Mapping[Pair, float], least: float = JOINED) -> list[list[int]]:
    """The groups among texts. `names` gives each number a name that does not depend on the order of arrival.

    Pairs are `(smaller, larger)`; those that are missing count as 0.
    """
    groups: list[list[int]] = []
    parts = components(names, [pair for pair, score in scores.items() if score >= least])
    for found, inside in zip(parts, _inside(parts, scores), strict=True):
        if len(found) <= 2:
            groups.append(found)
        elif len(found) > LARGEST and least < 1:
            groups += groups_of({number: names[number] for number in found}, inside, least + _STRONGER)
        else:
            groups += _linked(sorted(found, key=lambda number: names[number]), inside, least - MEAN)
    return groups


def _inside(parts: Sequence[Sequence[int]], scores: Mapping[Pair, float]) -> list[dict[Pair, float]]:
    """The scores of the pairs inside each part; the pairs are gone through once, however many parts there are."""
    part_of = {number: at for at, part in enumerate(parts) for number in part}
    found: list[dict[Pair, float]] = [{} for _ in parts]
    for pair, score in scores.items():
        at = part_of.get(pair[0])
        if at is not None and at == part_of.get(pair[1]):
            found[at][pair] = score
    return found


def _linked(found: Sequence[int], scores: Mapping[Pair, float], least: float) -> list[list[int]]:
    """Average linkage: the two groups with the highest mean score become one, while it reaches `least`."""
    size = len(found)
    position = {number: at for at, number in enumerate(found)}
    means = np.zeros((size, size))
    for (first, second), score in scores.items():
        one, other = position[first], position[second]
        means[one, other] = means[other, one] = score
    np.fill_diagonal(means, -1)
    sizes = np.ones(size)
    groups = [[number] for number in found]
    for _ in range(size - 1):
        # Rounded, so that the order in which a mean was summed cannot decide between two that are equal.
        best = int(np.argmax(np.round(means, 9)))
        one, other = sorted(divmod(best, size))
        if means[one, other] < least:
            break
        merged = (sizes[one] * means[one] + sizes[other] * means[other]) / (sizes[one] + sizes[other])
        means[one], means[:, one] = merged, merged
        means[other], means[:, other] = -1, -1
        means[one, one] = -1
        means[one, sizes == 0] = means[sizes == 0, one] = -1
        sizes[one] += sizes[other]
        sizes[other] = 0
        groups[one] += groups[other]
        groups[other] = []
    return [group for group in groups if group]


def digests(held: Iterable[tuple[int, int, float, float]]) -> set[int]:
    """Texts that are made of several others: they hold two whole texts that have nothing in common.

    `held` are all pairs that resemble each other at all, as `(smaller text, larger text, share of the smaller that
    stands in the larger, times larger)`. Two scraps of one story have nothing in common either; so a text of
    which there is a copy of about its length is taken for a story.
    """
    alike: set[frozenset[int]] = set()
    parts: dict[int, list[int]] = defaultdict(list)
    copied: set[int] = set()
    for small, large, share, times in held:
        alike.add(frozenset((small, large)))
        if share >= _WHOLE and times >= _TIMES_LARGER:
            parts[large].append(small)
        elif share >= _WHOLE:
            copied |= {small, large}
    return {
        large
        for large, small in parts.items()
        if large not in copied and any(frozenset(pair) not in alike for pair in combinations(small, 2))
    }
