"""One forecast: history and origin in, draws out, with all that it takes to make it again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foreshock.forecast.history import History
from foreshock.forecast.panel import Array
from foreshock.forecast.pool import MODEL_VERSION, Drawn, Weights, draw_pool, shipped_weights

DRAWS = 1000
SEED = 20231


@dataclass(frozen=True)
class Forecast:
    """A predictive distribution for every country and month.

    `outcome` are draws (countries, months, draws) of whole counts ≥ 0; `months` are month numbers; `digest` is the
    SHA-256 of the history that was used, `seed`, `model` and it make the same draws again.
    """

    countries: tuple[int, ...]
    origin: int
    months: tuple[int, ...]
    outcome: Array
    drawn: Drawn
    digest: str
    seed: int
    model: str = MODEL_VERSION


def forecast(
    history: History,
    steps: Sequence[int],
    draws: int = DRAWS,
    seed: int = SEED,
    weights: Weights | None = None,
    without: frozenset[str] = frozenset(),
    report: Callable[[str], None] = lambda name: None,
) -> Forecast:
    """The pool's forecast from the last month of a history; step 1 is the month after it."""
    panel = history.panel()
    drawn = draw_pool(panel, steps, draws, seed, weights or shipped_weights(), without, report)
    months = tuple(history.last_month + step for step in steps)
    return Forecast(history.countries, history.last_month, months, drawn.outcome, drawn, history.digest, seed)
