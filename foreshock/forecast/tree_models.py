"""The quantile forest on log change: which past months, of any series, look like this one to the trees."""

from collections.abc import Sequence

import numpy as np

from foreshock.forecast.change import carried, levels, outcomes
from foreshock.forecast.forest import grow_forest
from foreshock.forecast.panel import Array, Panel, past_cases

MOST_CASES = 20_000
"""Cases a forest is grown on, drawn at random from all of the past."""

ACTIVE_MONTHS = 60
"""Only cases with deaths within so many months teach the forest; series quiet for longer it leaves to others."""


def forest(panel: Panel, steps: Sequence[int], draws: int, rng: np.random.Generator) -> Array:
    """Draws of a quantile regression forest on the change of log(1 + count) against the level of six months."""
    series, month = past_cases(panel, max(steps))
    active = panel.quiet_months[series, month] < ACTIVE_MONTHS
    series, month = series[active], month[active]
    if len(series) == 0:
        return np.zeros((len(panel.counts), len(steps), draws))
    chosen = rng.integers(0, len(series), min(MOST_CASES, 4 * len(series)))
    series, month = series[chosen], month[chosen]
    step = rng.choice(np.asarray(steps), len(series))
    level = levels(panel)
    then = outcomes(panel, series, month, step)
    change = np.log1p(then) - level[series, month]
    grown = grow_forest(np.column_stack([panel.features[series, month], step]), change, rng, trees=40, tried=5)
    asked = np.column_stack([np.repeat(panel.now, len(steps), axis=0), np.tile(steps, len(panel.counts))])
    rows = grown.neighbours(asked, draws, rng)
    now = np.repeat(level[:, -1], len(steps))[:, None]
    drawn = carried(now, level[series, month][rows], then[rows])
    return drawn.reshape(len(panel.counts), len(steps), draws)
