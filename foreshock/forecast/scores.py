"""How forecasts are scored, exactly as the VIEWS 2023/24 challenge does, and beyond it.

CRPS, IGN and MIS follow Hegre et al. (2025), *The 2023/24 VIEWS Prediction Challenge*, section on evaluation.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

EDGES = np.array([0.0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5])
"""Lower edges of the challenge's eleven bins."""

SCORED_DRAWS = 1000
"""Shorter samples are brought to so many draws, with replacement, before IGN and MIS."""

MISCOVERAGE = 0.1
"""The intervals hold 90 %."""


def crps(draws: Array, outcome: Array) -> Array:
    """Continuous ranked probability score of an ensemble: E|X − y| − ½ E|X − X′|; draws on the last axis."""
    ordered = np.sort(draws, axis=-1)
    count = ordered.shape[-1]
    ranks = 2 * np.arange(1, count + 1) - count - 1
    error: Array = np.abs(ordered - outcome[..., None]).mean(axis=-1) - (ranks * ordered).sum(axis=-1) / count**2
    return error


def ignorance(draws: Array, outcome: Array) -> Array:
    """Log score in bits over the eleven bins, one pseudo-draw in each."""
    bins = np.digitize(draws, EDGES)
    hits = (bins == np.digitize(outcome, EDGES)[..., None]).sum(axis=-1) + 1
    score: Array = -np.log2(hits / (draws.shape[-1] + len(EDGES)))
    return score


def bounds(draws: Array, miscoverage: float = MISCOVERAGE) -> tuple[Array, Array]:
    """Both ends of the central interval."""
    low, high = np.quantile(draws, [miscoverage / 2, 1 - miscoverage / 2], axis=-1)
    return low, high


def interval_score(draws: Array, outcome: Array, miscoverage: float = MISCOVERAGE) -> Array:
    """Width of the central interval, and 2 / miscoverage for each unit beyond it; the mean is MIS."""
    low, high = bounds(draws, miscoverage)
    outside = np.maximum(low - outcome, 0.0) + np.maximum(outcome - high, 0.0)
    score: Array = high - low + 2 / miscoverage * outside
    return score


def covered(draws: Array, outcome: Array, miscoverage: float = MISCOVERAGE) -> NDArray[np.bool_]:
    """Whether the outcome lies in the central interval, its ends included.

    For counts such an interval holds more than it names, however good the distribution: where nothing is all but
    certain it is 0 to 0, and right almost always. `central` does not have that fault.
    """
    low, high = bounds(draws, miscoverage)
    return (low <= outcome) & (outcome <= high)


def held(draws: Array, miscoverage: float = MISCOVERAGE) -> Array:
    """The share of the draws that lie in their own central interval, its ends included.

    It is what `covered` would come to if outcomes fell exactly as foretold: for counts more than 1 − miscoverage, by
    what the interval's ends themselves weigh.
    """
    low, high = bounds(draws, miscoverage)
    share: Array = ((draws >= low[..., None]) & (draws <= high[..., None])).mean(axis=-1)
    return share


_STEP = 1e-9
"""An outcome that no draw equals is given so small a step, lest it fall out of the histogram."""


def _pit_ends(draws: Array, outcome: Array) -> tuple[Array, Array]:
    """Both ends of the outcome's step in the forecast distribution: P(X < y) and P(X ≤ y)."""
    below = np.minimum((draws < outcome[..., None]).mean(axis=-1), 1 - _STEP)
    upto = np.maximum((draws <= outcome[..., None]).mean(axis=-1), below + _STEP)
    return below, upto


def central(draws: Array, outcome: Array, miscoverage: float = MISCOVERAGE) -> Array:
    """The chance, 0 to 1, that the outcome's randomised PIT lies in the central interval; 0.9 on average if calibrated.

    The PIT of a count is spread evenly over its step from P(X < y) to P(X ≤ y): Czado, Gneiting & Held (2009),
    *Predictive Model Assessment for Count Data*, Biometrics 65. Its mean over the lot is taken, so nothing is drawn.
    """
    below, upto = _pit_ends(draws, outcome)
    inside = np.minimum(upto, 1 - miscoverage / 2) - np.maximum(below, miscoverage / 2)
    share: Array = np.clip(inside / (upto - below), 0.0, 1.0)
    return share


def pit_histogram(draws: Array, outcome: Array, bins: int = 10) -> Array:
    """The non-randomised PIT histogram for counts (Czado et al. 2009): each outcome's step is spread evenly.

    Mean of the densities, 1 everywhere when calibrated.
    """
    below, upto = (end.ravel()[:, None] for end in _pit_ends(draws, outcome))
    edges = np.linspace(0, 1, bins + 1)
    spread = np.clip((edges - below) / (upto - below), 0.0, 1.0)
    density: Array = np.diff(spread, axis=1).mean(axis=0) * bins
    return density


def reliability(chance: Array, happened: NDArray[np.bool_], edges: Array) -> list[tuple[float, float, int]]:
    """For each bin of forecast probability: mean probability, share that happened, cases; empty bins left out."""
    places = np.digitize(chance, edges[1:-1])
    rows = []
    for place in range(len(edges) - 1):
        kept = places == place
        if kept.any():
            rows.append((float(chance[kept].mean()), float(happened[kept].mean()), int(kept.sum())))
    return rows


def auc(chance: Array, happened: NDArray[np.bool_]) -> float:
    """Area under the ROC curve: how often a case that happened was given more than one that did not; NaN if either
    is missing."""
    positives, negatives = int(happened.sum()), int((~happened).sum())
    if positives == 0 or negatives == 0:
        return float("nan")
    _, places, counts = np.unique(chance, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2
    total = ranks[places][happened].sum()
    return float((total - positives * (positives + 1) / 2) / (positives * negatives))


def upsample(draws: Array, rng: np.random.Generator, count: int = SCORED_DRAWS) -> Array:
    """The sample brought to `count` draws with replacement; as it is where it has so many already."""
    if draws.shape[-1] >= count:
        return draws
    picks = rng.integers(0, draws.shape[-1], (*draws.shape[:-1], count))
    return np.take_along_axis(draws, picks, axis=-1)
