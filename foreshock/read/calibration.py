"""From a network's own confidence to a probability: a logistic curve per field, fitted on the development split.

Platt (1999), *Probabilistic outputs for support vector machines*: `p = sigmoid(slope · logit(raw) + shift)`.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Curve = tuple[float, float]
"""Slope and shift."""

AS_IT_IS: Curve = (1.0, 0.0)

STATEMENT = "statement"
"""The name of the curve for a statement's own score: that the text makes it."""

LEAST = 1e-6
"""Probabilities nearer to 0 or 1 than this are taken as this, to keep logits finite."""
Probabilities = NDArray[np.float64]


def logit(probability: float) -> float:
    """The logit, kept finite."""
    bounded = min(max(probability, LEAST), 1 - LEAST)
    return math.log(bounded / (1 - bounded))


def none_of(name: str) -> str:
    """The name of the curve for a field that was left empty: to find nothing is another decision than where it is."""
    return f"no {name}"


class Curves:
    """The curves of some fields, in arrays."""

    def __init__(self, names: Sequence[str], curves: Mapping[str, Curve]) -> None:
        filled = np.array([curves.get(name, AS_IT_IS) for name in names])
        without = np.array([curves.get(none_of(name), curves.get(name, AS_IT_IS)) for name in names])
        self._slope, self._shift = np.stack([filled, without]).transpose(2, 0, 1)
        self._fitted = np.array([name in curves for name in names])

    def calibrated(self, raw: Probabilities, empty: NDArray[np.bool_]) -> Probabilities:
        """The probabilities that `raw` `[n, names]` stand for; those under a name that no curve was fitted for stay.

        `empty` `[n, names]` says where a field was left empty: there the curve is that of `none_of(name)`, if there is
        one.
        """
        slope, shift = (np.where(empty, without, filled) for filled, without in (self._slope, self._shift))
        bounded = np.minimum(np.maximum(raw, LEAST), 1 - LEAST)
        told = 1 / (1 + np.exp(-(slope * np.log(bounded / (1 - bounded)) + shift)))
        return np.where(self._fitted, told, raw)
