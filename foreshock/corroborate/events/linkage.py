"""Putting linked things into groups without chaining different events together.

Average linkage: two groups become one only while the mean probability over all pairs between them, those that were
never compared counting 0, reaches the bar; the surest pair of groups goes first. What comes out is a function of the
set of things, links and bonds, whatever their order.
"""

import heapq
from collections.abc import Iterable, Mapping
from typing import TypeVar

Thing = TypeVar("Thing", int, str)
Pair = tuple[Thing, Thing]


def grouped(
    things: Iterable[Thing],
    links: Mapping[Pair[Thing], float],
    bar: float,
    together: Iterable[Iterable[Thing]] = (),
    apart: Iterable[Pair[Thing]] = (),
) -> list[list[Thing]]:
    """The groups, each in order, those with the least first member first; things alone are groups of one.

    `links` are probabilities of pairs; `together` are things that are one whatever their links say (copies of one
    text, what a person merged), `apart` pairs that must not meet in one group (what a person split). Where both are
    asked for the same things, `together` wins.
    """
    members = _bonded(sorted(set(things)), together)
    home = {thing: group for group, inside in members.items() for thing in inside}
    forbidden: dict[int, set[int]] = {group: set() for group in members}
    for first, second in apart:
        if first in home and second in home and home[first] != home[second]:
            forbidden[home[first]].add(home[second])
            forbidden[home[second]].add(home[first])
    sums: dict[int, dict[int, float]] = {group: {} for group in members}
    for (first, second), link in links.items():
        if first not in home or second not in home or home[first] == home[second]:
            continue
        one, other = home[first], home[second]
        sums[one][other] = sums[other][one] = sums[one].get(other, 0.0) + link
    _merge(members, sums, forbidden, bar)
    return sorted(sorted(inside) for inside in members.values())


def _bonded(things: list[Thing], together: Iterable[Iterable[Thing]]) -> dict[int, list[Thing]]:
    """Groups to begin with, numbered in the order of their least members."""
    parent = {thing: thing for thing in things}

    def root(thing: Thing) -> Thing:
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    for bond in together:
        bonded = sorted(thing for thing in set(bond) if thing in parent)
        for thing in bonded[1:]:
            first, second = sorted((root(bonded[0]), root(thing)))
            parent[second] = first
    inside: dict[Thing, list[Thing]] = {}
    for thing in things:
        inside.setdefault(root(thing), []).append(thing)
    return dict(enumerate(inside[thing] for thing in sorted(inside)))


def _merge(
    members: dict[int, list[Thing]], sums: dict[int, dict[int, float]], forbidden: dict[int, set[int]], bar: float
) -> None:
    """Merge groups in place, the surest first; of equally sure ones, those with the least members."""

    def entry(one: int, other: int) -> tuple[float, int, int]:
        one, other = min(one, other), max(one, other)
        # Rounded, so that the order in which equal links were added up cannot decide.
        mean = round(sums[one][other] / (len(members[one]) * len(members[other])), 9)
        return -mean, one, other

    queue = [entry(one, other) for one, near in sums.items() for other in near if one < other]
    heapq.heapify(queue)
    while queue:
        found = heapq.heappop(queue)
        mean, one, other = found
        if -mean < bar:
            return
        if one not in members or other not in members or other in forbidden[one]:
            continue
        if other not in sums[one] or entry(one, other) != found:
            continue
        members[one] += members.pop(other)
        for near, total in sums.pop(other).items():
            del sums[near][other]
            if near != one:
                sums[one][near] = sums[near][one] = sums[one].get(near, 0.0) + total
        for group in forbidden.pop(other):
            forbidden[group].discard(other)
            forbidden[group].add(one)
            forbidden[one].add(group)
        for near in sums[one]:
            heapq.heappush(queue, entry(one, near))
