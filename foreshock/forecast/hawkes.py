"""Self-exciting counts: this month's deaths raise next month's, the excitement fading (a discrete Hawkes process)."""

from collections.abc import Sequence

import numpy as np

from foreshock.forecast.features import trailing_mean
from foreshock.forecast.memories import negative_binomial
from foreshock.forecast.panel import Array, Panel

FADING = (0.3, 0.5, 0.7, 0.8)
BRANCHING = (0.5, 0.65, 0.8, 0.9, 0.95)
"""Values tried for the share of excitement left after a month, and for the offspring of each death; below 1, so that
no path explodes."""

BASE_MONTHS = 60
"""Memory of the rate that does not depend on the last months: a typical month (mean of logs), not their mean."""

LEAST_RATE = 0.002
"""Deaths a month expected where there never were any."""


def excitement(counts: Array, fading: float) -> Array:
    """Exponentially fading mean of each series up to each month."""
    values = np.nan_to_num(counts)
    out = np.empty_like(values)
    state = np.zeros(len(values))
    for column in range(values.shape[1]):
        state = fading * state + (1 - fading) * values[:, column]
        out[:, column] = state
    return out


def _fit(counts: Array, base: Array) -> tuple[float, float, float]:
    """Fading, branching and dispersion by the pooled likelihood of one month ahead.

    With the dispersion fixed by moments on the log scale the best pair is found on a grid; a gamma approximation of
    the negative binomial's likelihood is enough to rank the pairs. Where no month is excited the first pair stands.
    """
    best = (-np.inf, FADING[0], BRANCHING[0], 1.0)
    outcome = np.nan_to_num(counts[:, 25:])
    for fading in FADING:
        excited = excitement(counts, fading)
        for branching in BRANCHING:
            rate = (branching * excited + (1 - branching) * base)[:, 24:-1] + LEAST_RATE
            active = rate > 0.5
            if not active.any():
                continue
            ratio = outcome[active] / rate[active]
            dispersion = float(np.clip(1.0 / max(np.mean((np.minimum(ratio, 20) - 1) ** 2), 0.05), 0.2, 10.0))
            score = float(_log_likelihood(outcome[active], rate[active], dispersion).mean())
            if score > best[0]:
                best = (score, fading, branching, dispersion)
    return best[1:]


def _log_likelihood(outcome: Array, rate: Array, dispersion: float) -> Array:
    """Negative binomial log likelihood, without the term that depends on the outcome and dispersion alone."""
    return outcome * np.log(rate / (rate + dispersion)) - dispersion * np.log1p(rate / dispersion)


def hawkes(panel: Panel, steps: Sequence[int], draws: int, rng: np.random.Generator) -> Array:
    """Draws of simulated paths, each month's counts feeding the next month's rate."""
    base = np.expm1(trailing_mean(np.log1p(panel.counts), BASE_MONTHS))
    fading, branching, dispersion = _fit(panel.counts, base)
    state = np.repeat(excitement(panel.counts, fading)[:, -1:], draws, axis=1)
    level = base[:, -1:]
    out = np.empty((len(panel.counts), len(steps), draws))
    wanted = {step: place for place, step in enumerate(steps)}
    for step in range(1, max(steps) + 1):
        rate = branching * state + (1 - branching) * level + LEAST_RATE
        drawn = negative_binomial(rate, np.asarray(dispersion), rate.shape, rng)
        state = fading * state + (1 - fading) * drawn
        if step in wanted:
            out[:, wanted[step]] = drawn
    return out
