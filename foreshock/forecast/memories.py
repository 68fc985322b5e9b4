"""Negative binomials over several memories: next year is drawn around the mean of the last so many months."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from foreshock.forecast.panel import Array, Model, Panel

LEAST_DISPERSION, MOST_DISPERSION = 0.05, 20.0
"""Bounds of the negative binomial's shape: below, one month holds everything; above, it is Poisson."""

PRIOR_MONTHS = 0.5
"""How many months of `PRIOR_MEAN` a series is given beside its own: zeros never mean that nothing can happen."""

PRIOR_MEAN = 0.02


def negative_binomial(mean: Array, dispersion: Array, size: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Draws with the given mean and variance mean + mean² / dispersion, as a Poisson of a gamma."""
    rate = rng.gamma(np.broadcast_to(dispersion, size), np.broadcast_to(mean / dispersion, size))
    return rng.poisson(rate).astype(float)


def moments(counts: Array, months: int) -> tuple[Array, Array]:
    """Mean and dispersion of the last `months` columns of each series, by moments, within the bounds above."""
    window = counts[:, -months:]
    known = np.maximum((~np.isnan(window)).sum(axis=1), 1)
    values = np.nan_to_num(window)
    mean = (values.sum(axis=1) + PRIOR_MEAN * PRIOR_MONTHS) / (known + PRIOR_MONTHS)
    spread = np.where(np.isnan(window), 0.0, (values - mean[:, None]) ** 2).sum(axis=1) / np.maximum(known - 1, 1)
    dispersion = mean**2 / np.maximum(spread - mean, 1e-9)
    return mean, np.clip(dispersion, LEAST_DISPERSION, MOST_DISPERSION)


def memory(months: int) -> Model:
    """The model that remembers `months` months."""
    return partial(_draw, months)


def _draw(months: int, panel: Panel, steps: Sequence[int], draws: int, rng: np.random.Generator) -> Array:
    mean, dispersion = moments(panel.counts, months)
    size = (len(mean), len(steps), draws)
    return negative_binomial(mean[:, None, None], dispersion[:, None, None], size, rng)


def own_months(panel: Panel, steps: Sequence[int], draws: int, rng: np.random.Generator) -> Array:
    """The series' own last 12 months, each as likely: *conflictology*, the benchmark hardest to beat."""
    window = panel.counts[:, -12:]
    columns = rng.integers(0, window.shape[1], (len(window), len(steps), draws))
    return np.nan_to_num(window)[np.arange(len(window))[:, None, None], columns]
