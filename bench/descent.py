"""Adam (Kingma and Ba 2015) for the benches' small fits."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_FIRST, _SECOND = 0.9, 0.999
"""How much of either moment is kept at each step."""


def descended(at: Floats, slope: Callable[[Floats], Floats], steps: int, rate: float) -> Floats:
    """Where so many steps against `slope` lead from `at`."""
    first, second = np.zeros_like(at), np.zeros_like(at)
    for step in range(1, steps + 1):
        told = slope(at)
        first, second = _FIRST * first + (1 - _FIRST) * told, _SECOND * second + (1 - _SECOND) * told**2
        at = at - rate * (first / (1 - _FIRST**step)) / (np.sqrt(second / (1 - _SECOND**step)) + 1e-8)
    return at
