"""How unlikely a count is against its own past: negative binomial baselines for many series at once.

The recipe is that of outbreak surveillance (Farrington and others 1996; Noufaily and others 2013, *An improved
algorithm for outbreak detection in multiple surveillance systems*, Statistics in Medicine 32): a rate from the periods
before, past outbreaks weighted down, a season, over-dispersion, and the tail beyond what is seen. Instead of a
regression for each series, moments in closed form, drawn towards those of all series, so that a hundred thousand
series take seconds.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foreshock.watch.rules import BaselineRules

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

_LEAST_DISPERSION: Final = 0.01
"""Below it a negative binomial is a Poisson for all that counts of reports can show."""
_MANY: Final = 50
"""Series from which their common dispersion is estimated rather than assumed."""
_A_HALF: Final = 0.5
"""Added to what was seen, so that *never yet* is not *impossible* (Jeffreys' prior for a rate)."""


@dataclass(frozen=True)
class Baseline:
    """For each series: the mean expected, its usual (uncorrected) mean, the dispersion, and whether there is one."""

    expected: Floats
    usual: Floats
    dispersion: Floats
    known: NDArray[np.bool_]


def baseline(
    past: Counts, exposure: Floats, now: Floats, rules: BaselineRules, season: NDArray[np.int64] | None = None
) -> Baseline:
    """The baseline of each series for the period after its past.

    `past` counts (series, periods), oldest first; `exposure` (series, periods) is what was read, 0 where nothing
    was: such periods do not count. `now` (series) is what was read in the period at hand. `season` holds, for each
    past period and then the one at hand, its month of the year; null leaves seasons out.
    """
    past, exposure = past[:, -rules.window :], exposure[:, -rules.window :]
    covered = exposure > 0
    weights = covered.astype(float)
    factor = np.ones(past.shape)
    ahead = np.ones(len(past))
    if season is not None and past.shape[1] >= 24:
        factor, ahead = _seasons(past, exposure, season[-past.shape[1] - 1 :], rules.season)
    load = exposure * factor
    for again in (True, False):
        seen = (weights * past).sum(axis=1)
        rate = (seen + _A_HALF) / np.maximum((weights * load).sum(axis=1), 1e-9)
        mean = rate[:, None] * load
        dispersion, told = _dispersion(past, mean, weights, rules)
        if again:
            weights = covered * _outliers(past, mean, dispersion, rules.outlier)
    periods = covered.sum(axis=1)
    known = (periods >= rules.history) & (now > 0)
    usual: Floats = (past * covered).sum(axis=1) / np.maximum(periods, 1)
    # A dispersion that is underestimated makes luck look like news: without this margin a chance of 1 in 1,000 came
    # true 2.5 to 6 times in 1,000 (`python -m bench.watch --calibration`).
    dispersion = dispersion * (1 + rules.margin * np.sqrt(2 / (told + rules.weight)))
    # What is not known of the rate itself widens the prediction: a gamma of shape `seen` has variance rate^2 / seen.
    return Baseline(rate * now * ahead, usual, dispersion + 1 / (seen + _A_HALF), known)


def _dispersion(past: Counts, mean: Floats, weights: Floats, rules: BaselineRules) -> tuple[Floats, Floats]:
    """Moments of each series (Breslow 1984), negative ones as 0, drawn to the common one; and how much each tells.

    The common one is that of all series, where there are many, and no less than the rules'. The second is in periods.
    """
    excess = (weights * ((past - mean) ** 2 - mean)).sum(axis=1)
    squares = (weights * mean**2).sum(axis=1)
    own = np.maximum(excess, 0) / np.maximum(squares, 1e-9)
    # A series says something of its dispersion only as far as its counts could show it.
    told = np.minimum(squares, weights.sum(axis=1))
    common = rules.dispersion
    if len(past) >= _MANY and told.sum() > 0:
        common = max(common, float((told * own).sum() / told.sum()))
    drawn: Floats = (told * own + rules.weight * common) / (told + rules.weight)
    return drawn.clip(_LEAST_DISPERSION), told


def _outliers(past: Counts, mean: Floats, dispersion: Floats, limit: float) -> Floats:
    """1, or less for periods whose count lies far above the mean: residual^-2 (Noufaily and others 2013)."""
    deviation = np.sqrt(np.maximum(mean + dispersion[:, None] * mean**2, 1e-9))
    residual = (past - mean) / deviation
    return np.where(residual > limit, (limit / np.maximum(residual, limit)) ** 2, 1.0)


def _seasons(past: Counts, exposure: Floats, months: NDArray[np.int64], weight: float) -> tuple[Floats, Floats]:
    """Each past period's factor by its month of the year, and that of the period at hand, drawn to 1."""
    flat = past.sum(axis=1) / np.maximum(exposure.sum(axis=1), 1e-9)
    mean = flat[:, None] * exposure
    factors = np.ones((len(past), int(months.max()) + 1))
    for month in np.unique(months):
        here = months[:-1] == month
        seen, expected = past[:, here].sum(axis=1), mean[:, here].sum(axis=1)
        factors[:, month] = (seen + weight) / (expected + weight)
    return factors[:, months[:-1]], factors[:, months[-1]]


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
