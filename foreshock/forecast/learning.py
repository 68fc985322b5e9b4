"""Learns the pool's weights: for each regime those that would have scored best on earlier windows.

A mixture's CRPS is quadratic and its log score concave in the weights, so both are minimised together by
exponentiated gradient on the simplex. Errors are scaled by the level of the series to the power `POWER`: on raw counts
the two or three largest wars of a decade would choose alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foreshock.forecast.features import trailing_mean
from foreshock.forecast.panel import Array, Panel, Places
from foreshock.forecast.pool import MODEL_VERSION, MODELS, ONSET_MODEL, REGIMES, Weights, randomness, regimes
from foreshock.forecast.scores import EDGES

POWER = 0.5
"""Scale of an error at level m: (1 + m) ** POWER. On windows 2008–2017, each with weights learned without it and its
neighbours, .75 gave a CRPS ratio of .875, .5 one of .871, 0 one of .863, at IGN .484, .485, .486."""

LOG_SCORE_SHARE = 0.5
"""Weight of the log score beside CRPS, both relative to what equal weights score."""

SPREAD = 0.02
"""Share spread evenly over all models: what ten years did not need, the next may."""

ROUNDS, RATE = 800, 0.5

DRAWS = 240
"""Draws of each model while learning."""

GRID = np.unique(np.concatenate([EDGES[1:], np.round(np.expm1(np.linspace(0, np.log(3e5), 70))) + 0.5]))
"""Counts at which the distributions are compared."""

WIDTHS = np.diff(np.append(GRID, GRID[-1] * 1.2))


@dataclass(frozen=True)
class Lesson:
    """One window: distribution of each model on `GRID` (cases, models, grid), the outcome's own (cases, grid),
    the probability each model gave to the outcome's bin (cases, models), the scale and the regime of each case."""

    distribution: Array
    happened: Array
    likelihood: Array
    scale: Array
    regime: Places


def lesson(counts: Array, borders: Array, known: int, steps: Sequence[int], seed: int) -> Lesson:
    """What the window at `steps` after the first `known` months teaches; later months serve as outcomes only."""
    panel = Panel(counts[:, :known], borders).damped
    outcome = counts[:, known - 1 + np.asarray(steps)].ravel()
    drawn = [model(panel, steps, DRAWS, randomness(seed + known, name)) for name, model in MODELS.items()]
    return lesson_of(panel, steps, drawn, outcome)


def lesson_of(panel: Panel, steps: Sequence[int], drawn: Sequence[Array], outcome: Array) -> Lesson:
    """The lesson of draws already made, one part a model in the order of `MODELS`."""
    distribution = np.stack([_on_grid(part) for part in drawn], axis=1)
    at_edges = distribution[:, :, np.searchsorted(GRID, EDGES[1:])]
    padded = np.concatenate([np.zeros_like(at_edges[..., :1]), at_edges, np.ones_like(at_edges[..., :1])], axis=-1)
    bin_of = (np.digitize(outcome, EDGES) - 1)[:, None, None]
    likelihood = np.take_along_axis(padded, bin_of + 1, -1) - np.take_along_axis(padded, bin_of, -1)
    level = trailing_mean(panel.counts, 24)[:, -1]
    return Lesson(
        distribution,
        (outcome[:, None] <= GRID).astype(np.float64),
        likelihood[..., 0],
        np.repeat((1 + level) ** POWER, len(steps)),
        np.repeat(regimes(panel), len(steps)),
    )


def _on_grid(drawn: Array) -> Array:
    """The distribution function of each case on `GRID`, (cases, grid)."""
    flat = drawn.reshape(-1, drawn.shape[-1])
    width = len(GRID) + 1
    place = np.searchsorted(GRID, flat) + np.arange(len(flat))[:, None] * width
    counts = np.bincount(place.ravel(), minlength=len(flat) * width).reshape(-1, width)
    return np.cumsum(counts[:, :-1], axis=1) / flat.shape[1]


def learn(lessons: Sequence[Lesson], first_month: int, last_month: int) -> Weights:
    """Weights by regime from all lessons together; the months say what history the lessons saw."""
    table = {REGIMES[0]: {name: float(name == ONSET_MODEL) for name in MODELS}}
    for number, regime in list(enumerate(REGIMES))[1:]:
        found = _minimise(lessons, number)
        table[regime] = {name: round(float(share), 4) for name, share in zip(MODELS, found, strict=True)}
    return Weights(MODEL_VERSION, first_month, last_month, table)


def _minimise(lessons: Sequence[Lesson], regime: int) -> Array:
    count = len(MODELS)
    quadratic, linear, constant, cases = np.zeros((count, count)), np.zeros(count), 0.0, 0
    for one in lessons:
        kept = one.regime == regime
        weight = WIDTHS / one.scale[kept][:, None]
        distribution, happened = one.distribution[kept], one.happened[kept]
        weighted = distribution * weight[:, None, :]
        quadratic += np.tensordot(weighted, distribution, axes=([0, 2], [0, 2]))
        linear += np.tensordot(weighted, happened, axes=([0, 2], [0, 1]))
        constant += float((weight * happened).sum())
        cases += int(kept.sum())
    likelihood = np.concatenate([one.likelihood[one.regime == regime] for one in lessons])
    shares = np.full(count, 1.0 / count)
    if cases == 0:
        return shares
    equal = shares @ quadratic @ shares - 2 * linear @ shares + constant
    bits = -np.log2(0.995 * (likelihood @ shares) + 0.0005).mean()
    for _ in range(ROUNDS):
        chance = 0.995 * (likelihood @ shares) + 0.0005
        gradient = (2 * quadratic @ shares - 2 * linear) / equal
        gradient -= LOG_SCORE_SHARE * 0.995 / np.log(2) / bits * (likelihood.T @ (1 / chance)) / cases
        shares = np.maximum(shares * np.exp(-RATE * (gradient - gradient @ shares)), 1e-6)
        shares /= shares.sum()
    mixed: Array = (1 - SPREAD) * shares + SPREAD / count
    return mixed
