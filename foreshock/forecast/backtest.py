"""What forecasts would have been worth: windows of the past, each made from what was known at its origin.

Every window is forecast from the months up to October of the year before and scored on January to December, beside
*conflictology* (the country's last twelve months), *last* and *zero*. A month that nobody counted is not scored.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.errors import UsageError
from foreshock.forecast import scores
from foreshock.forecast.files import Sample
from foreshock.forecast.history import History
from foreshock.forecast.months import month_name, year_of
from foreshock.forecast.panel import Array, Places
from foreshock.forecast.run import DRAWS, SEED, forecast

STEPS = tuple(range(3, 15))
BENCHMARK = "conflictology"
POOL = "pool"
WITH_NEWS = "pool with news"
RESAMPLES = 2000
"""Bootstrap samples of countries."""

ONSET_QUIET = 12
"""An onset is deaths in a country that had none in so many months before the origin."""


@dataclass(frozen=True)
class Judged:
    """The scores of one forecaster in one window, each (cases,).

    `covered` counts both ends of the 90 % interval in, `held` is the share of its own draws that it holds so; `central`
    is coverage by the randomised PIT.
    """

    crps: Array
    ignorance: Array
    interval: Array
    covered: NDArray[np.bool_]
    held: Array
    central: Array
    chance: Array


@dataclass(frozen=True)
class Window:
    """One window: its countries and its cases, which are the country-months that were counted.

    Of each case (cases,) the country, what came, whether the country was quiet at the origin, and everyone's scores.
    `histogram` is the PIT histogram of the pool.
    """

    year: int
    countries: tuple[int, ...]
    country: Places
    outcome: Array
    quiet: NDArray[np.bool_]
    judged: Mapping[str, Judged]
    histogram: Array


def judge(draws: Array, outcome: Array, seed: int = SEED) -> Judged:
    """All scores of a sample (cases, draws); short samples are brought to 1,000 draws as the challenge does
    for all but CRPS."""
    full = scores.upsample(draws, np.random.default_rng(seed))
    return Judged(
        crps=scores.crps(draws, outcome),
        ignorance=scores.ignorance(full, outcome),
        interval=scores.interval_score(full, outcome),
        covered=scores.covered(full, outcome),
        held=scores.held(full),
        central=scores.central(full, outcome),
        chance=(draws > 0).mean(axis=-1),
    )


def benchmarks(counts: Array, steps: int) -> dict[str, Array]:
    """The challenge's simple forecasters from the counts up to the origin: draws (countries, months, draws)."""
    known = np.nan_to_num(counts)
    return {
        BENCHMARK: np.repeat(known[:, None, -12:], steps, axis=1),
        "last": np.repeat(np.repeat(known[:, None, -1:], steps, axis=1), 2, axis=2),
        "zero": np.zeros((len(counts), steps, 2)),
    }


def window(
    then: History,
    observed: History,
    draws: int = DRAWS,
    seed: int = SEED,
    without: frozenset[str] = frozenset(),
    keep: Callable[[Sample], object] | None = None,
    news: History | None = None,
) -> Window:
    """The year that begins three months after `then`, forecast from it, and scored on what was `observed`.

    Models in `without` are left out, `keep` is handed the draws.

    With `news` the pool is scored beside itself with the news of the months to the origin: the same draws where those
    months do not show that news helps.

    Raises `UsageError` where what was observed does not reach the window's December, or holds none of its months.
    """
    months = tuple(then.last_month + step for step in STEPS)
    if months[-1] > observed.last_month:
        raise UsageError(f"the history ends before {month_name(months[-1])}: choose earlier windows")
    made = forecast(then, STEPS, draws, seed, without=without)
    if keep is not None:
        keep(Sample(made.countries, made.months, made.outcome))
    samples = {POOL: made.outcome}
    if news is not None:
        known = news.through(then.last_month)
        told = forecast(then, STEPS, draws, seed, without=without, news=known, observed=observed)
        samples[WITH_NEWS] = told.outcome
    return judged_window(then, observed, samples | benchmarks(then.counts, len(STEPS)), seed)


def judged_window(then: History, observed: History, samples: Mapping[str, Array], seed: int = SEED) -> Window:
    """The scores of samples (countries, months, draws) of the countries of `then`, the pool's among them, by name.

    Raises `UsageError` where nobody counted any of their months.
    """
    months = tuple(then.last_month + step for step in STEPS)
    outcome = observed.of(then.countries, months)
    counted = np.asarray(~np.isnan(outcome))
    if not counted.any():
        raise UsageError(f"the history has no count of {month_name(months[0])} to {month_name(months[-1])}")
    country = np.asarray(then.countries)[np.nonzero(counted)[0]]
    quiet = np.asarray(~(np.nan_to_num(then.counts[:, -ONSET_QUIET:]) > 0).any(axis=1))
    return Window(
        year=year_of(months[0]),
        countries=tuple(np.unique(country).tolist()),
        country=country,
        outcome=outcome[counted],
        quiet=quiet[np.nonzero(counted)[0]],
        judged={name: judge(sample[counted], outcome[counted], seed) for name, sample in samples.items()},
        histogram=scores.pit_histogram(samples[POOL][counted], outcome[counted]),
    )


@dataclass(frozen=True)
class Ratio:
    """A CRPS ratio to the benchmark (below 1 is better) with its 90 % interval from a bootstrap over countries."""

    value: float
    low: float
    high: float


def ratio(windows: Sequence[Window], name: str = POOL, against: str = BENCHMARK, seed: int = SEED) -> Ratio:
    """The geometric mean over windows of mean CRPS against a benchmark's.

    Whole countries are drawn with replacement, the same ones in all windows, as their years belong together.
    """
    countries = sorted({identity for one in windows for identity in one.countries})
    ours, theirs = (
        np.array([_by_country(one, who, countries) for one in windows]) for who in (name, against)
    )  # (windows, countries)
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(countries), (RESAMPLES, len(countries)))
    picked = np.log(np.maximum(ours[:, picks].sum(-1), 1e-12) / np.maximum(theirs[:, picks].sum(-1), 1e-12))
    low, high = np.exp(np.quantile(picked.mean(axis=0), [0.05, 0.95]))
    value = np.exp(np.log(np.maximum(ours.sum(1), 1e-12) / np.maximum(theirs.sum(1), 1e-12)).mean())
    return Ratio(float(value), float(low), float(high))


def _by_country(one: Window, name: str, countries: Sequence[int]) -> list[float]:
    crps = one.judged[name].crps
    return [float(crps[one.country == identity].mean()) if identity in one.countries else 0.0 for identity in countries]


@dataclass(frozen=True)
class Onsets:
    """How well deaths after a year of quiet were ranked and scored: cases (country-months), how many happened, the area
    under the ROC curve, mean Brier score and mean ignorance over those cases."""

    cases: int
    happened: int
    auc: float
    brier: float
    ignorance: float


def onsets(windows: Sequence[Window], name: str = POOL) -> Onsets:
    """Onsets over all windows together."""
    chance = np.concatenate([one.judged[name].chance[one.quiet] for one in windows])
    happened = np.concatenate([one.outcome[one.quiet] > 0 for one in windows])
    ignorance = np.concatenate([one.judged[name].ignorance[one.quiet] for one in windows])
    brier = float(((chance - happened) ** 2).mean()) if len(chance) else float("nan")
    mean = float(ignorance.mean()) if len(chance) else float("nan")
    return Onsets(len(chance), int(happened.sum()), scores.auc(chance, happened), brier, mean)


@dataclass(frozen=True)
class Coverage:
    """How many outcomes the central 90 % intervals held: `closed` with both ends counted in, which is more than 0.9 for
    counts however good the forecast, and `expected` what that would be if every outcome fell as foretold; `central`
    by the randomised PIT, 0.9 when calibrated; `cases` are country-months.
    """

    closed: float
    expected: float
    central: float
    cases: int


def coverage(windows: Sequence[Window], name: str = POOL, active: bool = False) -> Coverage:
    """Coverage over all windows; with `active` only where there were deaths in the year before the origin."""
    closed, expected, central = (
        np.concatenate([getattr(one.judged[name], what)[~one.quiet if active else slice(None)] for one in windows])
        for what in ("covered", "held", "central")
    )
    if len(closed) == 0:
        return Coverage(float("nan"), float("nan"), float("nan"), 0)
    return Coverage(float(closed.mean()), float(expected.mean()), float(central.mean()), len(closed))


def skill(own: float, other: float) -> float:
    """1 − own / other: the share of the benchmark's error that is gone; 0 where neither errs, −∞ where it alone does
    not."""
    if other > 0:
        return 1 - own / other
    return -math.inf if own > 0 else 0.0
