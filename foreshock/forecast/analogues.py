"""Nearest analogues of history: months, of any series, that looked like this one, and what followed them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foreshock.forecast.change import carried, levels
from foreshock.forecast.features import NAMES
from foreshock.forecast.panel import Array, Panel, Places, past_cases

COMPARED = {
    "mean of 1 months": 0.5,
    "mean of 3 months": 1.0,
    "mean of 12 months": 1.0,
    "mean of 60 months": 0.7,
    "typical month of 12": 0.7,
    "share of violent months in 12": 1.0,
    "share of violent months in 60": 1.0,
    "months since the last deaths": 0.7,
    "neighbours, 6 months": 0.3,
}
"""What makes two months alike, with the weight of each difference (features are on log scales or shares)."""

SPACING = 2
"""Only every second month is a candidate: neighbouring months tell the same story."""


@dataclass(frozen=True)
class Analogues:
    """For each series its nearest past cases, nearest first: series, month (column) and distance, (series, count)."""

    series: Places
    month: Places
    distance: Array


def nearest(panel: Panel, furthest: int, count: int) -> Analogues:
    """The `count` nearest past cases of each series, with at least `furthest` months known after them."""
    series, month = past_cases(panel, furthest)
    kept = (panel.counts.shape[1] - 1 - month) % SPACING == 0
    series, month = series[kept], month[kept]
    columns = [NAMES.index(name) for name in COMPARED]
    weights = np.asarray(list(COMPARED.values()))
    cases, now = panel.features[series, month][:, columns], panel.now[:, columns]
    weights = weights / np.maximum(panel.features[..., columns].reshape(-1, len(columns)).std(axis=0), 1e-6)
    cases, now = cases * weights, now * weights
    squares = (now**2).sum(axis=1)[:, None] + (cases**2).sum(axis=1)[None] - 2 * now @ cases.T
    count = min(count, len(cases))
    # Many quiet months are equally near: a little that depends on the case alone decides between them.
    squares += 1e-9 * np.random.default_rng(0).random(len(cases))
    best = np.argpartition(squares, count - 1, axis=1)[:, :count]
    order = np.argsort(np.take_along_axis(squares, best, axis=1), axis=1)
    best = np.take_along_axis(best, order, axis=1)
    distance = np.sqrt(np.maximum(np.take_along_axis(squares, best, axis=1), 0.0))
    return Analogues(series[best], month[best], distance)


def analogues(panel: Panel, steps: Sequence[int], draws: int, rng: np.random.Generator, count: int = 80) -> Array:
    """Draws from what followed the nearest analogues, moved to the level at hand."""
    found = nearest(panel, max(steps), count)
    level = levels(panel)
    picks = rng.integers(0, found.series.shape[1], (len(panel.counts), len(steps), draws))
    rows = np.arange(len(panel.counts))[:, None, None]
    series, month = found.series[rows, picks], found.month[rows, picks]
    then = panel.counts[series, month + np.asarray(steps)[None, :, None]]
    return carried(level[:, -1][:, None, None], level[series, month], then)
