"""What a model may look at: the counts of every series up to the origin, and nothing after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.features import features, months_since

Array = NDArray[np.float64]
Places = NDArray[np.int64]


CEILING_SHARE = 0.999

YEAR = 12
"""A year without deaths is quiet; what comes after one is an onset."""


@dataclass(frozen=True)
class Panel:
    """Counts (series, months) up to the origin, NaN before a series begins, and who borders whom (series, series)."""

    counts: Array
    borders: Array

    @cached_property
    def damped(self) -> "Panel":
        """The panel with its extremes damped: no month above the `CEILING_SHARE` quantile of all violent ones.

        A month like no other is taken as the worst of the ordinary ones: nothing in history says what follows it, and a
        mean over few months would carry it into every month to come.
        """
        violent = self.counts[self.counts > 0]
        ceiling = np.quantile(violent, CEILING_SHARE, method="lower") if len(violent) else 1.0
        return Panel(np.minimum(self.counts, ceiling), self.borders)

    @cached_property
    def features(self) -> Array:
        """Features of every series at every month, see `features.NAMES`."""
        return features(self.counts, self.borders)

    @cached_property
    def now(self) -> Array:
        """Features at the origin, (series, features)."""
        return self.features[:, -1]

    @cached_property
    def quiet_months(self) -> Array:
        """Months since the last count above zero, (series, months)."""
        return months_since(np.nan_to_num(self.counts))

    @cached_property
    def onset_signs(self) -> Array:
        """What tells of onsets beyond the features, (series, months, 2), each as log(1 + x): neighbours with any deaths
        in the last year, and the series' own onsets so far."""
        violent = np.nan_to_num(self.counts) > 0
        recent = violent.astype(float)
        for back in range(1, YEAR):
            recent[:, back:] = np.maximum(recent[:, back:], violent[:, :-back])
        begun = np.zeros(self.counts.shape)
        begun[:, 1:] = violent[:, 1:] & (self.quiet_months[:, :-1] >= YEAR)
        signs: Array = np.log1p(np.stack([self.borders @ recent, np.cumsum(begun, axis=1)], axis=-1))
        return signs

    @cached_property
    def ordinary(self) -> Array:
        """All counts above zero but the largest tenth; one where there are none."""
        positive = self.counts[self.counts > 0]
        return positive[positive <= np.quantile(positive, 0.9)] if len(positive) else np.ones(1)

    @cached_property
    def onset_sizes(self) -> Array:
        """Counts above zero within a year after a year of quiet; `ordinary` where there are none."""
        quiet = self.quiet_months >= YEAR
        recent = np.zeros_like(quiet)
        for back in range(1, YEAR + 1):
            recent[:, back:] |= quiet[:, :-back]
        found = self.counts[recent & (self.counts > 0)]
        return found if len(found) else self.ordinary


Model = Callable[[Panel, Sequence[int], int, np.random.Generator], Array]
"""A model: panel, steps ahead, draws, randomness → draws (series, steps, draws) of whole counts ≥ 0."""


EARLIEST = 24
"""Months of a series' beginning that nothing is learned from: what is told of a case needs a past."""


def past_cases(panel: Panel, furthest: int) -> tuple[Places, Places]:
    """Series and months (as columns) whose outcome `furthest` months ahead is known, from column `EARLIEST` on."""
    known = ~np.isnan(panel.counts[:, : panel.counts.shape[1] - furthest])
    known[:, :EARLIEST] = False
    series, month = np.nonzero(known)
    return series.astype(np.int64), month.astype(np.int64)
