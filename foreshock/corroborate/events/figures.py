"""What a told figure can stand for, and whether two figures can be the same."""

from collections.abc import Sequence

from foreshock.model.statement import Count

Bounds = tuple[int, int | None]
"""The least and the most; null where the figure is open (*at least 12*)."""


def bounds(count: Count) -> Bounds | None:
    """The figures a count can stand for, 0 at least; null where it gives none."""
    low = count.low if count.low is not None else count.best
    high = count.high if count.high is not None else count.best if count.low is None else None
    if low is None and high is None:
        return None
    return low or 0, high


def meet(one: Bounds, other: Bounds) -> bool:
    """Whether some figure is within both."""
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])


def hull(all_told: Sequence[Bounds]) -> Bounds:
    """The bounds within which all of them are."""
    most = [high for _, high in all_told if high is not None]
    return min(low for low, _ in all_told), max(most) if len(most) == len(all_told) else None
