"""The lines of a printed page, with their size of type and where they stand; the columns they stand in."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median

import msgspec


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One line: its words, its size of type, and in points from a corner of the page where it begins and ends and
    how high it stands."""

    text: str
    size: float
    left: float
    right: float
    base: float


Page = Sequence[Line]
WIDE_GAP = 1.25
"""Times the usual way from line to line, from which on a gap parts paragraphs."""
_EDGE_OF_COLUMN = 30.0
"""Points from a column's left edge within which its lines begin, indented ones left out."""


@dataclass(frozen=True)
class Column:
    """Where the lines of a column begin and where the longest of them end, in points; and how many they are."""

    left: float
    right: float
    lines: int


@dataclass(frozen=True)
class Print:
    """What is usual in a document: its size of type, the way from line to line in each size, characters a point, and
    the characters that nine in ten lines stay below."""

    size: float
    pitches: dict[int, float]
    density: float
    width: int


def usual(pages: Sequence[Page]) -> Print:
    """What is usual in these pages."""
    sizes: Counter[int] = Counter()
    for line in chain.from_iterable(pages):
        sizes[round(10 * line.size)] += len(line.text)
    ways: defaultdict[int, list[float]] = defaultdict(list)
    for before, line in chain.from_iterable(map(pairwise, pages)):
        if 0 < before.base - line.base < 3 * line.size and same_size(before, line):
            ways[round(line.size)].append(before.base - line.base)
    lengths = sorted(len(line.text) for line in chain.from_iterable(pages)) or [0]
    return Print(
        size=max(sizes, key=lambda each: sizes[each], default=0) / 10,
        pitches={each: median(found) for each, found in ways.items()},
        density=median([_density(line) for line in chain.from_iterable(pages)] or [0.0]),
        width=lengths[len(lengths) * 9 // 10],
    )


def same_size(one: Line, other: Line) -> bool:
    """Whether two lines are set in one size of type, or nearly."""
    return abs(one.size - other.size) <= 0.1 * max(one.size, other.size)


def spread(line: Line, common: Print) -> bool:
    """Whether a line has far fewer characters for its width than is usual, as the rows of a table have."""
    return _density(line) < 0.6 * common.density * common.size / max(line.size, 1.0)


def _density(line: Line) -> float:
    return len(line.text) / max(line.right - line.left, 1.0)


def columns(page: Page) -> list[Column]:
    """The page's columns from left to right: what begins within one belongs to it."""
    found: list[Column] = []
    waiting = sorted(page, key=lambda line: line.left)
    at = 0
    while at < len(waiting):
        start = waiting[at].left
        first = bisect_right(waiting, start + _EDGE_OF_COLUMN, lo=at, key=lambda line: line.left)
        ends = sorted(line.right for line in waiting[at:first])
        right = ends[len(ends) * 9 // 10]
        found.append(Column(start, right, first - at))
        at = bisect_right(waiting, max(right - 1, start), lo=first, key=lambda line: line.left)
    return found


def column_of(line: Line, among: Sequence[Column]) -> Column:
    """The column that a line begins in."""
    return among[max(bisect_right(among, line.left + 0.01, key=lambda column: column.left) - 1, 0)]
