"""From a network's own confidence to a probability: a logistic curve per field, fitted on the development split.

Platt (1999), *Probabilistic outputs for support vector machines*: `p = sigmoid(slope · logit(raw) + shift)`.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Curve = tuple[float, float]
"""Slope and shift."""

STATEMENT = "statement"
"""The name of the curve for a statement's own score: that the text makes it."""

LEAST = 1e-6
"""Probabilities nearer to 0 or 1 than this are taken as this, to keep logits finite."""
Probabilities = NDArray[np.float64]


def logit(probability: float) -> float:
    """The logit, kept finite."""
    bounded = min(max(probability, LEAST), 1 - LEAST)
    return math.log(bounded / (1 - bounded))


def calibrated(raw: Probabilities, names: Sequence[str], curves: Mapping[str, Curve]) -> Probabilities:
    """The probabilities that `raw` `[n, names]` stand for; those under a name that no curve was fitted for stay."""
    fitted = [column for column, name in enumerate(names) if name in curves]
    slope, shift = np.array([curves[names[column]] for column in fitted]).reshape(-1, 2).T
    bounded = np.clip(raw[:, fitted], LEAST, 1 - LEAST)
    told = raw.copy()
    told[:, fitted] = 1 / (1 + np.exp(-(slope * np.log(bounded / (1 - bounded)) + shift)))
    return told
