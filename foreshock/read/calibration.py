"""From a network's own confidence to a probability: a logistic curve per field, fitted on the development split.

Platt (1999), *Probabilistic outputs for support vector machines*: `p = sigmoid(slope · logit(raw) + shift)`.
"""

import math
from collections.abc import Mapping

Curve = tuple[float, float]
"""Slope and shift."""

STATEMENT = "statement"
"""The name of the curve for a statement's own score: that the text makes it."""


def logit(probability: float) -> float:
    """The logit, kept finite."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))


def calibrated(raw: float, name: str, curves: Mapping[str, Curve]) -> float:
    """The probability that `raw` stands for; `raw` itself where no curve was fitted for `name`."""
    if name not in curves:
        return raw
    slope, shift = curves[name]
    return 1 / (1 + math.exp(-(slope * logit(raw) + shift)))
