"""From one series' past to another's future: changes are carried over on a log scale, extremes damped."""

import numpy as np

from foreshock.forecast.features import trailing_mean
from foreshock.forecast.panel import Array, Panel, Places


def levels(panel: Panel, months: int = 6) -> Array:
    """The level of each series at each month: the mean of log(1 + count) over `months`."""
    return trailing_mean(np.log1p(panel.counts), months)


def carried(level: Array, cases_level: Array, outcome: Array) -> Array:
    """Outcomes of past cases, moved from the level of their case to the level at hand; none stays none."""
    moved = np.expm1(np.log1p(outcome) - cases_level + level)
    return np.where(outcome > 0, np.maximum(np.rint(moved), 1.0), 0.0)


def outcomes(panel: Panel, series: Places, month: Places, step: Places) -> Array:
    """Counts `step` months after each case."""
    found: Array = panel.counts[series, month + step]
    return found
