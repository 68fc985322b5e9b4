"""A hurdle: first whether there are deaths at all, by a logistic regression on all of history, then how many."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.panel import YEAR, Array, Panel, past_cases

RIDGE = 1.0
"""Penalty on standardised coefficients, in cases."""

ROUNDS = 12
"""Newton steps; the fit has settled after eight."""

OWN_MONTHS = 36
"""Memory of the series' own violent months, from which positive counts are drawn."""

PRIOR_CASES = 4
"""How many positive counts of others stand beside a series' own."""


def _with_step(values: Array, step: Array) -> Array:
    """Features, their squares, the step, and the step's product with each: what is known fades with distance."""
    far = (step / 12.0)[:, None]
    return np.column_stack([values, values**2, far, values * far])


def logistic(inputs: Array, happened: NDArray[np.bool_], ridge: float = RIDGE) -> tuple[Array, Array, Array]:
    """Coefficients (the last is the constant), means and scales of a ridge logistic regression by Newton's method."""
    mean, scale = inputs.mean(axis=0), np.maximum(inputs.std(axis=0), 1e-6)
    design = np.column_stack([(inputs - mean) / scale, np.ones(len(inputs))])
    penalty = np.full(design.shape[1], ridge)
    penalty[-1] = 1e-6
    beta = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        chance = _sigmoid(design @ beta)
        weight = np.maximum(chance * (1 - chance), 1e-6)
        gradient = design.T @ (happened - chance) - penalty * beta
        curvature = (design * weight[:, None]).T @ design + np.diag(penalty)
        beta = beta + np.linalg.solve(curvature, gradient)
    return beta, mean, scale


def _sigmoid(values: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-np.clip(values, -30.0, 30.0)))


def chances(panel: Panel, steps: Sequence[int], rng: np.random.Generator, cases: int = 40_000) -> Array:
    """Probability of any deaths, (series, steps)."""
    series, month = past_cases(panel, max(steps))
    if len(series) == 0:
        return np.full((len(panel.counts), len(steps)), 0.5)
    chosen = rng.integers(0, len(series), min(cases, 4 * len(series)))
    series, month = series[chosen], month[chosen]
    step = rng.choice(np.asarray(steps), len(series))
    happened = panel.counts[series, month + step] > 0
    beta, mean, scale = logistic(_with_step(panel.features[series, month], step.astype(float)), happened)
    asked = _with_step(
        np.repeat(panel.now, len(steps), axis=0), np.tile(np.asarray(steps, dtype=float), len(panel.counts))
    )
    design = np.column_stack([(asked - mean) / scale, np.ones(len(asked))])
    return _sigmoid(design @ beta).reshape(len(panel.counts), len(steps))


def hurdle(panel: Panel, steps: Sequence[int], draws: int, rng: np.random.Generator) -> Array:
    """Draws: zero, or one of the series' own violent months of late, or one of others after as long a quiet.

    Exactly the share of draws that the chance asks for is above zero: drawn by lot, a chance of three in a thousand
    would be one to five draws of a thousand, and rank countries by luck.
    """
    chance = chances(panel, steps, rng)
    size = (len(steps), draws)
    sizes = np.stack([_sizes(panel, row, size, rng) for row in range(len(chance))])
    happens = (np.arange(draws) + 0.5) / draws < chance[..., None]
    return np.where(happens, sizes, 0.0)


def _sizes(panel: Panel, row: int, size: tuple[int, int], rng: np.random.Generator) -> Array:
    own = panel.counts[row, -OWN_MONTHS:]
    own = own[own > 0]
    others = panel.onset_sizes if panel.quiet_months[row, -1] >= YEAR else panel.ordinary
    drawn = rng.choice(others, size)
    if len(own):
        from_own = rng.random(size) < len(own) / (len(own) + PRIOR_CASES)
        drawn = np.where(from_own, rng.choice(own, size), drawn)
    return drawn
