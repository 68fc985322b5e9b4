"""How unlikely a count is against its own past: negative binomial baselines for many series at once.

The recipe is that of outbreak surveillance (Farrington and others 1996; Noufaily and others 2013, *An improved
algorithm for outbreak detection in multiple surveillance systems*, Statistics in Medicine 32): a rate from the periods
before, past outbreaks weighted down, a season, over-dispersion, and the tail beyond what is seen. Instead of a
regression for each series, moments in closed form, drawn towards those of all series, so that a hundred thousand
series take seconds.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from foreshock.watch.chances import chance_of
from foreshock.watch.rules import BaselineRules

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

_LEAST_DISPERSION: Final = 0.01
"""Below it a negative binomial is a Poisson for all that counts of reports can show."""
_MANY: Final = 50
"""Series from which their common dispersion is estimated rather than assumed."""
_A_HALF: Final = 0.5
"""Added to what was seen, so that *never yet* is not *impossible* (Jeffreys' prior for a rate)."""
_RESTLESS: Final = 1.0
"""The dispersion beyond which the margin grows no more: sparse series reach hundreds, of which little is known."""
_TWO_YEARS: Final = 24
"""Months from which every month of the year has been seen twice."""
_LEAST_FREEDOM: Final = 10
"""Degrees of freedom within months without which the noise of a season is not known."""
_LEAST_FACTOR: Final = 0.2
"""The least that a month's factor can be."""
_OUTBREAK: Final = 0.001
"""The chance, by the other periods, from which a past period is an outbreak: one unchanged series in forty has one."""
_HIDDEN: Final = 0.00003
"""The same for one that stands behind another."""
_MOST_OUTBREAKS: Final = 3
"""Past outbreaks that are looked for behind one another."""
_A_YEAR: Final = 12
"""Periods with documents from which they are."""
_FEW: Final = 5
"""Sightings below which a past does not tell how many come at a time."""
_FALL: Final = 2.0
"""The power of its size by which a bunch larger than any before is rarer: slower than those of any record fall off."""


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
    past period and then the one at hand, its month of the year; null leaves seasons out. A month gets a factor only
    where the series' season stands out from its noise (`_seasons`): two years show a month twice, no more.
    """
    past, exposure = past[:, -rules.window :], exposure[:, -rules.window :]
    covered = (exposure > 0).astype(float)
    fitted = _Season.none(past.shape)
    if season is not None and past.shape[1] >= _TWO_YEARS:
        fitted = _seasons(past, exposure, season[-past.shape[1] - 1 :], rules.season)
    load = exposure * fitted.factor
    weights = covered * _outliers(past, load, covered, fitted.spent, rules)
    seen, rate = _rate(past, load, weights)
    dispersion, told = _dispersion(past, rate[:, None] * load, weights, fitted.spent, rules)
    periods = covered.sum(axis=1)
    known = (periods >= rules.history) & (now > 0)
    usual: Floats = (past * covered).sum(axis=1) / np.maximum(periods, 1)
    dispersion = _with_margin(dispersion, told, rules)
    # What is not known of the rate itself widens the prediction: relative to rate^2 its variance is 1 / seen, as of a
    # gamma of that shape, and the dispersion's share in a mean of so many periods; likewise that of the month's factor.
    unsure = 1 / (seen + _A_HALF) + dispersion / np.maximum(weights.sum(axis=1), 1) + fitted.unsure
    return Baseline(rate * now * fitted.ahead, usual, dispersion + unsure, known)


def _rate(past: Counts, load: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """What was seen, weighted, and the rate for each unit of load."""
    seen = (weights * past).sum(axis=1)
    return seen, (seen + _A_HALF) / np.maximum((weights * load).sum(axis=1), 1e-9)


def _dispersion(
    past: Counts, mean: Floats, weights: Floats, spent: Floats, rules: BaselineRules
) -> tuple[Floats, Floats]:
    """Moments of each series (Breslow 1984), negative ones as 0, drawn to the common one; and how much each tells.

    The common one is that of all series, where there are many, and no less than the rules'. The second is in periods.
    `spent` are the degrees of freedom that the mean and the season took from the residuals.
    """
    freed = _freed(weights.sum(axis=1), spent)
    excess = (weights * ((past - mean) ** 2 * freed[:, None] - mean)).sum(axis=1)
    squares = (weights * mean**2).sum(axis=1)
    own = np.maximum(excess, 0) / np.maximum(squares, 1e-9)
    # A series says something of its dispersion only as far as its counts could show it.
    told = np.minimum(squares, weights.sum(axis=1))
    common = _common(own, told, rules)
    drawn: Floats = (told * own + rules.weight * common) / (told + rules.weight)
    return drawn.clip(_LEAST_DISPERSION), told


def _with_margin(dispersion: Floats, told: Floats, rules: BaselineRules) -> Floats:
    """So many standard errors more: a dispersion that is underestimated makes luck look like news.

    Without it a chance of 1 in 1,000 came true 2.5 to 6 times in 1,000 (`python -m bench.watch --calibration`).
    The relative variance of a variance is (2 + kurtosis) / n (Cramer 1946, 27.4), and the excess kurtosis of a
    gamma-mixed rate is 6 * dispersion: restless series tell less of their own dispersion than calm ones.
    """
    more: Floats = dispersion * (
        1 + rules.margin * np.sqrt((2 + 6 * dispersion.clip(max=_RESTLESS)) / (told + rules.weight))
    )
    return more


def _freed(periods: Floats, spent: Floats) -> Floats:
    """By how much fitting shrank the squares of the residuals: n / (n - p)."""
    found: Floats = periods / np.maximum(periods - spent, 1)
    return np.maximum(found, 1.0)


def _common(own: Floats, told: Floats, rules: BaselineRules) -> float:
    """The dispersion of all series that tell any, where those are many, and no less than the rules'."""
    if (told > 0).sum() < _MANY:
        return rules.dispersion
    return max(rules.dispersion, float((told * own).sum() / told.sum()))


def _outliers(past: Counts, load: Floats, covered: Floats, spent: Floats, rules: BaselineRules) -> Floats:
    """1, or residual^-2 (Noufaily and others 2013) for periods that the *other* periods call an outbreak.

    Each period is held against the rate and the dispersion of the others: measured by a dispersion that contains it,
    an outbreak is never far out (masking; Rousseeuw and Leroy 1987). A residual beyond the limit is not enough, for
    over-dispersed counts are skewed and such months belong to them: their chance must be below `_OUTBREAK`, too.
    """
    residual, chance = _against_others(past, load, covered, spent, rules)
    outbreak = (covered > 0) & (residual > rules.outlier) & (chance <= _OUTBREAK)
    hidden = _hidden(residual, past, load, covered, spent, rules)
    behind = hidden.any(axis=1)
    calm = np.where(hidden, 0.0, covered)
    residual[behind], _ = _against_others(past[behind], load[behind], calm[behind], spent[behind], rules)
    outbreak |= hidden & (residual > rules.outlier)
    found = np.ones(past.shape)
    found[outbreak] = (rules.outlier / residual[outbreak]) ** 2
    return found


def _hidden(
    residual: Floats, past: Counts, load: Floats, covered: Floats, spent: Floats, rules: BaselineRules
) -> NDArray[np.bool_]:
    """Outbreaks that hide one another: two as large in the same past are neither of them far from what holds the other.

    The farthest period is left out and the next farthest held against the rest, and so on; the last that is called an
    outbreak makes outbreaks of all that were left out before it (the many-outlier procedure of Rosner 1983). As luck is
    looked for there again and again, a chance is called later than where one period stands out by itself, and not
    before there is a year of past: of six months no three can be left out.
    """
    found = np.zeros(past.shape, dtype=bool)
    many = np.flatnonzero(covered.sum(axis=1) >= _A_YEAR)
    if not len(many):
        return found
    rows, left = np.arange(len(many)), covered[many]
    residual, past, load, spent = residual[many], past[many], load[many], spent[many]
    for _ in range(_MOST_OUTBREAKS - 1):
        left[rows, _farthest(residual, left)] = 0
        residual, chance = _against_others(past, load, left, spent, rules)
        next_one = _farthest(residual, left)
        called = (residual[rows, next_one] > rules.outlier) & (chance[rows, next_one] <= _HIDDEN)
        found[many[called]] = (covered[many] > left)[called]
        found[many[called], next_one[called]] = True
    return found


def _farthest(residual: Floats, left: Floats) -> NDArray[np.intp]:
    """The period of each series that is farthest above the others, of those that are left."""
    found: NDArray[np.intp] = np.where(left > 0, residual, -np.inf).argmax(axis=1)
    return found


def _against_others(
    past: Counts, load: Floats, weights: Floats, spent: Floats, rules: BaselineRules
) -> tuple[Floats, Floats]:
    """Each period's residual and, where that is beyond the limit, its chance (else 1), by the others, weighted."""
    seen = (weights * past).sum(axis=1, keepdims=True) - past * weights
    loads = (weights * load).sum(axis=1, keepdims=True) - load * weights
    mean = (seen + _A_HALF) / np.maximum(loads, 1e-9) * load
    dispersion, told = _dispersion_of_others(past, load, seen, loads, weights, spent, rules)
    residual: Floats = (past - mean) / np.sqrt(np.maximum(mean + dispersion * mean**2, 1e-9))
    chance = np.ones(past.shape)
    far = residual > rules.outlier
    wide = _with_margin(dispersion, told, rules) + 1 / (seen + _A_HALF)
    chance[far] = chance_of(past[far], mean[far], wide[far])
    return residual, chance


def _dispersion_of_others(
    past: Counts, load: Floats, seen: Floats, loads: Floats, weights: Floats, spent: Floats, rules: BaselineRules
) -> tuple[Floats, Floats]:
    """For each period the dispersion of the other periods about their own rate, drawn as in `_dispersion`.

    Closed form: the sum of (count - rate * load)^2 over the others is that of three sums less the period's own terms.
    """

    def others(value: Floats) -> Floats:
        weighted = weights * value
        left: Floats = weighted.sum(axis=1, keepdims=True) - weighted
        return left

    rate = (seen + _A_HALF) / np.maximum(loads, 1e-9)
    loaded = others(load**2)
    squared = others(past.astype(float) ** 2) - 2 * rate * others(past * load) + rate**2 * loaded
    number = weights.sum(axis=1, keepdims=True) - weights
    excess = np.maximum(squared * _freed(number, spent[:, None]) - rate * loads, 0)
    squares = np.maximum(rate**2 * loaded, 1e-9)
    told = np.minimum(squares, number)
    drawn: Floats = (told * excess / squares + rules.weight * rules.dispersion) / (told + rules.weight)
    return drawn.clip(_LEAST_DISPERSION), told


@dataclass(frozen=True)
class _Season:
    """Each past period's factor, that of the period at hand, its variance, and the degrees of freedom spent."""

    factor: Floats
    ahead: Floats
    unsure: Floats
    spent: Floats

    @classmethod
    def none(cls, shape: tuple[int, ...]) -> "_Season":
        """No season: only the mean takes a degree of freedom."""
        return cls(np.ones(shape), np.ones(shape[0]), np.zeros(shape[0]), np.ones(shape[0]))


def _seasons(past: Counts, exposure: Floats, months: NDArray[np.int64], stands_out: float) -> _Season:
    """Factors by month of the year, drawn to 1 by how far the season stands out from the noise within months.

    The noise is what the years differ by within a month, so it holds the over-dispersion and counts no fitted residual.
    Its ratio to what the months differ by is the F of a quasi-Poisson fit (McCullagh and Nelder 1989, 9.2); the
    factors are drawn by 1 - F* / F, none below F* (the shape of James and Stein's positive part). F* is the upper 5 %
    point rather than about 1: with 24 months F is itself a draw, and a season fitted to luck makes luck look like news.
    The price: of a month three times the usual in an over-dispersed series, two years correct a quarter or so.
    """
    covered = (exposure > 0).astype(float)
    past = np.where(exposure > 0, past, 0)
    expected = (past.sum(axis=1) / np.maximum(exposure.sum(axis=1), 1e-9))[:, None] * exposure
    belongs = (months[:-1, None] == np.arange(int(months.max()) + 1)).astype(float)
    times, due = covered @ belongs, expected @ belongs
    factors = np.where(times >= 2, (past @ belongs) / np.maximum(due, 1e-9), 1.0)
    between = (due * (factors - 1) ** 2).sum(axis=1)
    within = ((past - expected * factors[:, months[:-1]]) ** 2 / np.maximum(expected, 1e-9) * covered).sum(axis=1)
    freedom = np.maximum((times >= 2).sum(axis=1) - 1, 1)
    left = covered.sum(axis=1) - freedom - 1
    noise = within / np.maximum(left, 1)
    drawn = np.clip(1 - stands_out * noise * freedom / np.maximum(between, 1e-9), 0, 1) * (left >= _LEAST_FREEDOM)
    # No month is impossible because two years had nothing in it.
    factors = (1 + drawn[:, None] * (factors - 1)).clip(_LEAST_FACTOR)
    ahead = factors[:, months[-1]]
    unsure = drawn * noise / np.maximum(due[:, months[-1]], 1e-9) / ahead**2
    return _Season(factors[:, months[:-1]], ahead, np.where(drawn > 0, unsure, 0.0), 1 + drawn * freedom)


@dataclass(frozen=True)
class Bunches:
    """How many reports come at a time where hardly ever any does: one happening is told by several outlets.

    A series of which next to nothing was seen takes its dispersion from those that saw much, and by that four reports
    at once would be all but impossible. `few` are the series that share what was seen of it among them, `sizes` their
    past counts above zero, ascending.
    """

    few: NDArray[np.bool_]
    sizes: Counts

    @classmethod
    def of(cls, past: Counts, which: NDArray[np.bool_], rules: BaselineRules) -> "Bunches":
        """Of the series in `which` those with few sightings in `past` (series, periods), as it stands in `baseline`,
        and what came at a time in any series that had as few without it. Too few of those tell nothing."""
        past = past[:, -rules.window :]
        others = past.sum(axis=1, keepdims=True) - past
        sizes = np.sort(past[which[:, None] & (past > 0) & (others < _FEW)])
        return cls(which & (past.sum(axis=1) < _FEW) & (len(sizes) >= _MANY), sizes)

    def chance(self, seen: Counts, known: Baseline, rows: slice = slice(None)) -> Floats:
        """The probability of at least `seen` by luck in the series in `rows`: by their baselines, but in those of few
        sightings no less than that of any at all times the share of bunches that were as large, with the one at hand
        counted among them. Beyond the largest of them the share falls on: else sixty reports would be as likely as six,
        and with few bunches to go by no outbreak of a region could ever be an alarm."""
        mean, dispersion, few = known.expected[rows], known.dispersion[rows], self.few[rows] & (seen > 1)
        chance = chance_of(seen, mean, dispersion)
        if few.any():
            at_all = chance_of(np.ones(int(few.sum()), dtype=np.int64), mean[few], dispersion[few])
            as_large = (len(self.sizes) - np.searchsorted(self.sizes, seen[few]) + 1) / (len(self.sizes) + 1)
            beyond = np.maximum(seen[few] / self.sizes[-1], 1.0) ** -_FALL
            chance[few] = np.maximum(chance[few], at_all * as_large * beyond)
        return chance
