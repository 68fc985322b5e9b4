"""Chances of counts: of as many by luck, of false ones among all that are called together, and both in words."""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def chance_of(seen: Counts, mean: Floats, dispersion: Floats) -> Floats:
    """The probability of at least `seen` under negative binomials of these means and dispersions.

    Summed term by term from 0 to `seen` − 1, over the series that still need the term; exact to 1e-14 or so.
    """
    size = 1 / dispersion
    share = mean / (mean + size)
    order = np.argsort(-seen, kind="stable")
    needed, size, share = seen[order], size[order], share[order]
    term = np.exp(size * np.log1p(-share))
    below = np.zeros(len(seen))
    active = int(np.searchsorted(-needed, 0, side="left"))
    for step in range(int(needed[0]) if len(needed) else 0):
        active = int(np.searchsorted(-needed[:active], -step, side="left"))
        below[:active] += term[:active]
        term[:active] *= (size[:active] + step) / (step + 1) * share[:active]
    chance = np.empty(len(seen))
    chance[order] = np.clip(1 - below, 1e-15, 1.0)
    return chance


def discoveries(chances: Floats) -> Floats:
    """Benjamini and Hochberg's q for each chance: the least share of false ones at which it would be called."""
    number = len(chances)
    order = np.argsort(chances, kind="stable")
    scaled = chances[order] * number / np.arange(1, number + 1)
    found = np.empty(number)
    found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return found


def chance_in_words(chance: float) -> str:
    """`1 in 400`, as people read it."""
    if chance >= 0.5:
        return "no unusual number"
    if chance < 1e-6:
        # So far out a model of counts has nothing more to say.
        return "less than 1 in a million"
    return f"1 in {round_number(1 / chance):,}"


def round_number(value: float) -> int:
    """Two figures of a number."""
    if value < 10:
        return round(value)
    scale = int(10 ** (int(math.log10(value)) - 1))
    return round(value / scale) * scale
