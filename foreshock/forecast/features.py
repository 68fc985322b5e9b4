"""What the models know of each series at each month: levels over several memories, quiet, trend, neighbours.

All features look back only: column t of a feature uses columns ≤ t of the counts. Counts enter as log(1 + x), so
that an extreme month moves them by its order of magnitude, not by its size.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MEMORIES = (1, 3, 6, 12, 24, 60, 120)
"""Months over which means are taken."""

NAMES = (
    *(f"mean of {months} months" for months in MEMORIES),
    "typical month of 12",
    "share of violent months in 12",
    "share of violent months in 60",
    "months since the last deaths",
    "worst month of 12",
    "worst month ever",
    "short against long",
    "neighbours, 6 months",
    "neighbours, 24 months",
    "months of history",
)
"""The last axis of `features`."""

QUIET_CAP = 240
"""Months of quiet beyond which more quiet says nothing new."""


def trailing_mean(counts: Array, months: int) -> Array:
    """Mean of the `months` columns up to each column, of as many as there are; NaN columns count as absent."""
    known = ~np.isnan(counts)
    sums = _trailing_sum(np.where(known, counts, 0.0), months)
    return sums / np.maximum(_trailing_sum(known.astype(float), months), 1.0)


def _trailing_sum(values: Array, months: int) -> Array:
    total = np.cumsum(values, axis=1)
    total[:, months:] = total[:, months:] - total[:, :-months]
    return total


def trailing_max(counts: Array, months: int) -> Array:
    """Largest of the `months` columns up to each column."""
    values = np.nan_to_num(counts)
    best = values.copy()
    for back in range(1, min(months, values.shape[1])):
        best[:, back:] = np.maximum(best[:, back:], values[:, :-back])
    return best


def months_since(counts: Array) -> Array:
    """Months since the last column above zero, at most `QUIET_CAP`, which also stands for never."""
    positions = np.arange(counts.shape[1])
    last = np.maximum.accumulate(np.where(counts > 0, positions, -QUIET_CAP), axis=1)
    return np.minimum(positions - last, QUIET_CAP).astype(float)


def features(counts: Array, borders: Array) -> Array:
    """Features of every series at every month, shape (series, months, len(NAMES)).

    `counts` are (series, months) with NaN before a series begins; `borders` (series, series), 1 for neighbours.
    """
    logs = np.log1p(counts)
    means = {months: np.log1p(trailing_mean(counts, months)) for months in MEMORIES}
    violent = np.where(np.isnan(counts), np.nan, (counts > 0).astype(float))
    known = np.nan_to_num(counts)
    ever = np.maximum.accumulate(known, axis=1)
    return np.stack(
        [
            *means.values(),
            trailing_mean(logs, 12),
            trailing_mean(violent, 12),
            trailing_mean(violent, 60),
            np.log1p(months_since(known)),
            np.log1p(trailing_max(counts, 12)),
            np.log1p(ever),
            means[3] - means[12],
            np.log1p(borders @ trailing_mean(counts, 6)),
            np.log1p(borders @ trailing_mean(counts, 24)),
            np.log1p(np.minimum(np.cumsum(~np.isnan(counts), axis=1), QUIET_CAP)),
        ],
        axis=-1,
    )
