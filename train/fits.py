"""Fitting of small linear models: a conditional logit among choices, and a logistic regression."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from foreshock.places import linear

Vector = npt.NDArray[np.float64]


class Choice(NamedTuple):
    """What can be chosen in one case: the features of each choice, and how often the gold picks it."""

    rows: list[dict[str, float]]
    wanted: list[float]


def _matrix(rows: Sequence[dict[str, float]], names: list[str]) -> Vector:
    position = {name: at for at, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, value in row.items():
            if name in position:
                matrix[at, position[name]] = value
    return matrix


def _descend(gradient: Callable[[Vector], Vector], size: int, steps: int = 600, rate: float = 0.05) -> Vector:
    """Adam from zero: enough for a few dozen weights."""
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        slope = gradient(weights)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def fit_choice(choices: Sequence[Choice], ridge: float = 0.3) -> linear.Linear:
    """A conditional logit: the weights under which the wanted candidates of each name are likeliest."""
    rows = [row for choice in choices for row in choice.rows]
    names = sorted({name for row in rows for name in row})
    matrix = _matrix(rows, names)
    group = np.repeat(np.arange(len(choices)), [len(choice.rows) for choice in choices])
    starts = np.concatenate([[0], np.cumsum([len(choice.rows) for choice in choices])[:-1]])
    wanted = np.array([value for choice in choices for value in choice.wanted])
    weight = np.add.reduceat(wanted, starts)

    def gradient(weights: Vector) -> Vector:
        scores = matrix @ weights
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        shares = scores / np.add.reduceat(scores, starts)[group]
        slope: Vector = matrix.T @ (shares * weight[group] - wanted) + ridge * weights
        return slope / len(choices)

    return linear.Linear(
        {name: round(float(w), 4) for name, w in zip(names, _descend(gradient, len(names)), strict=True)}
    )


def fit_yes(rows: Sequence[dict[str, float]], labels: Sequence[bool], ridge: float = 1.0) -> linear.Linear:
    """A logistic regression."""
    names = sorted({name for row in rows for name in row})
    matrix = np.hstack([_matrix(rows, names), np.ones((len(rows), 1))])
    wanted = np.array(labels, dtype=float)

    def gradient(weights: Vector) -> Vector:
        shares = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        kept = weights.copy()
        kept[-1] = 0.0
        slope: Vector = matrix.T @ (shares - wanted) + ridge * kept
        return slope / len(rows)

    weights = _descend(gradient, len(names) + 1)
    return linear.Linear(
        {name: round(float(w), 4) for name, w in zip(names, weights, strict=False)}, bias=round(float(weights[-1]), 4)
    )
