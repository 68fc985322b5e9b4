"""The pool: several simple models, mixed with weights that were learned on earlier windows only.

How much each model counts depends on how violent the series has been of late (its *regime*). Weights ship as data
(`data/forecast/pool.json`), learned by `bench/forecast_pool.py` on windows whose last month lies before 2018; nothing
here reads a month after the origin.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

import foreshock
from foreshock.forecast.analogues import analogues
from foreshock.forecast.features import trailing_mean
from foreshock.forecast.hawkes import hawkes
from foreshock.forecast.hurdle import hurdle
from foreshock.forecast.memories import memory, own_months
from foreshock.forecast.panel import YEAR, Array, Model, Panel, Places
from foreshock.forecast.tree_models import forest
from foreshock.model.shipped import shipped_table

MODEL_VERSION = "pool-2"
"""Changes whenever the same history and seed would give other draws; stored with every run."""

MODELS: Mapping[str, Model] = {
    "memory 3": memory(3),
    "memory 6": memory(6),
    "memory 12": memory(12),
    "memory 24": memory(24),
    "memory 60": memory(60),
    "own months": own_months,
    "analogues": analogues,
    "self-exciting": hawkes,
    "hurdle": hurdle,
    "forest": forest,
}
"""Every model of the pool by the name it has in tables and explanations."""

NEEDS_HISTORY = frozenset({"analogues", "self-exciting", "hurdle", "forest"})
"""Models that learn from all series together."""

LEARNING_MONTHS = 60
"""Months of history below which those models sit out and the memories share their weight."""

REGIME_CUTS = (1.0, 20.0)
"""Mean deaths a month over the last twelve that part *low*, *middle* and *high*; *quiet* had none at all."""

REGIMES = ("quiet", "low", "middle", "high")

ONSET_MODEL = "hurdle"
"""The one model that speaks for quiet series. CRPS hardly sees onsets, so weights learned from it would be arbitrary,
and mixing in models that treat all quiet countries alike only blurs the ranking (AUC on windows 2008–2017: hurdle .88,
months of quiet .79, share of violent months .75)."""

FLOOR_SHARE = 0.001
"""Share of the draws spread evenly on a log scale over 1 to `FLOOR_MOST`: no count has probability zero. Twice as much
cost log score on windows 2008–2017 (onsets .1115 bits a case against .1106) and made peace look deadlier than it is."""

FLOOR_MOST = 3000.0

_FILE = "data/forecast/pool.json"
WEIGHTS = Path(foreshock.__file__).parent / _FILE


class Weights(msgspec.Struct, frozen=True):
    """Mixture weights by regime and model, and the months that they were learned on."""

    version: str
    first_month: int
    last_month: int
    regimes: dict[str, dict[str, float]]

    def table(self, names: Sequence[str]) -> Array:
        """Weights (regimes, models) over `names`, each row summing to one.

        Where a regime gives these models no weight (the onset model needs more history than there is, or was left
        out) all count alike.
        """
        rows = np.array([[self.regimes[regime].get(name, 0.0) for name in names] for regime in REGIMES])
        rows[rows.sum(axis=1) <= 0] = 1.0
        shares: Array = rows / rows.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True)
class Drawn:
    """What the pool drew: `outcome` (series, steps, draws), and from it the parts.

    `means` (models, series, steps) are the mean of each model alone, its largest hundredth of draws left out;
    `weights` (models, series) what share of the draws came from it; `names` the models in that order.
    """

    outcome: Array
    means: Array
    weights: Array
    names: tuple[str, ...]


@cache
def shipped_weights() -> Weights:
    """The weights shipped with the program. Raises `ModelError` where they cannot be read."""
    return shipped_table(_FILE, Weights)


def regimes(panel: Panel) -> Places:
    """The regime of each series at the origin, as a place in `REGIMES`."""
    year = trailing_mean(panel.counts, 12)[:, -1]
    return np.where(panel.quiet_months[:, -1] >= YEAR, 0, 1 + np.digitize(year, REGIME_CUTS)).astype(np.int64)


def usable_models(panel: Panel, steps: Sequence[int]) -> tuple[str, ...]:
    """The models that have enough history for these steps."""
    long = int((~np.isnan(panel.counts)).sum(axis=1).max()) >= LEARNING_MONTHS + max(steps)
    return tuple(name for name in MODELS if long or name not in NEEDS_HISTORY)


def randomness(seed: int, name: str) -> np.random.Generator:
    """Randomness of one model: it does not depend on which others run."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def draw_pool(
    panel: Panel,
    steps: Sequence[int],
    draws: int,
    seed: int,
    weights: Weights,
    without: frozenset[str] = frozenset(),
    report: Callable[[str], None] = lambda name: None,
    shift: Array | None = None,
) -> Drawn:
    """Draws of the mixture for every series and step; `without` leaves models out, `report` hears each one's turn.

    `shift` (series,) is added to the log odds of any deaths in every model that gives them a chance between none and
    all.
    """
    panel = panel.damped
    names = tuple(name for name in usable_models(panel, steps) if name not in without)
    share = weights.table(names)[regimes(panel)]
    parts = []
    for name in names:
        report(name)
        part = np.sort(MODELS[name](panel, steps, draws, randomness(seed, name)), axis=-1)
        parts.append(part if shift is None else shifted(part, shift))
    most = max(1, round(0.99 * draws))
    means = np.stack([part[..., :most].mean(axis=-1) for part in parts])
    outcome = mixed(parts, share, draws)
    randomness(seed, "order").permuted(outcome, axis=-1, out=outcome)
    return Drawn(outcome, means, share.T.copy(), names)


def shifted(part: Array, shift: Array) -> Array:
    """Sorted draws (series, steps, draws) with the log odds of any deaths moved by `shift` (series,), sizes kept."""
    draws = part.shape[-1]
    out = part.copy()
    for row in np.flatnonzero(shift):
        for step, own in enumerate(part[row]):
            violent = own[own > 0]
            if 0 < len(violent) < draws:
                odds = len(violent) / (draws - len(violent)) * np.exp(shift[row])
                count = round(draws * odds / (1 + odds))
                places = ((np.arange(count) + 0.5) / max(count, 1) * len(violent)).astype(np.int64)
                out[row, step] = np.concatenate([np.zeros(draws - count), violent[places]])
    return out


def mixed(parts: Sequence[Array], share: Array, draws: int) -> Array:
    """Draws of a mixture: from each sorted part evenly many quantiles, as many as its share, and the floor's."""
    series, steps = parts[0].shape[:2]
    floor = round(FLOOR_SHARE * draws)
    out = np.empty((series, steps, draws))
    out[..., draws - floor :] = np.rint(FLOOR_MOST ** ((np.arange(floor) + 0.5) / max(floor, 1)))
    for kind in np.unique(share, axis=0):
        rows = np.flatnonzero((share == kind).all(axis=1))
        start = 0
        for part, count in zip(parts, _counts(kind, draws - floor), strict=True):
            places = ((np.arange(count) + 0.5) / max(count, 1) * part.shape[-1]).astype(np.int64)
            out[rows, :, start : start + count] = part[rows][:, :, places]
            start += count
    return out


def _counts(share: Array, total: int) -> Places:
    """Whole numbers that sum to `total` in proportion to `share`, by largest remainder."""
    exact = share * total
    counts = np.floor(exact).astype(np.int64)
    order = np.argsort(counts - exact, kind="stable")
    counts[order[: total - counts.sum()]] += 1
    return counts
