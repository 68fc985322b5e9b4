"""One forecast: history and origin in, draws out, with all that it takes to make it again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foreshock.forecast.history import History
from foreshock.forecast.news import Worth, assess, shift_of
from foreshock.forecast.panel import Array
from foreshock.forecast.pool import MODEL_VERSION, Drawn, draw_pool, shipped_weights

DRAWS = 1000
SEED = 20231

NEWS_MARK = " news "
"""What parts the pool's version from the digests that its news is kept under in the model of a run."""
NEWS_DIGITS = 12
"""Digits of a digest that stand in the version of a run with news: of the news, then of the counts that judged it. Both
fit into the 40 characters that are kept, and are enough to find them by."""


@dataclass(frozen=True)
class Forecast:
    """A predictive distribution for every country and month.

    `outcome` are draws (countries, months, draws) of whole counts ≥ 0; `months` are month numbers; `digest` is the
    SHA-256 of the history that was used, `seed`, `model` and it make the same draws again. `worth` says what the news
    was worth, null where none was given; the news itself is in `model` by its digest, if any of it was used.
    """

    countries: tuple[int, ...]
    origin: int
    months: tuple[int, ...]
    outcome: Array
    drawn: Drawn
    digest: str
    seed: int
    model: str = MODEL_VERSION
    worth: Worth | None = None


def forecast(
    history: History,
    steps: Sequence[int],
    draws: int = DRAWS,
    seed: int = SEED,
    without: frozenset[str] = frozenset(),
    report: Callable[[str], None] = lambda name: None,
    news: History | None = None,
    observed: History | None = None,
) -> Forecast:
    """The pool's forecast from the last month of a history; step 1 is the month after it.

    `news` enters where months before the origin show that it helps, and is dropped where they don't. They are judged
    by the counts as `observed`, with their gaps; by the history where there are none.
    """
    worth, shift, model = None, None, MODEL_VERSION
    if news is not None:
        report("news")
        judged_by = history if observed is None else observed.through(history.last_month)
        worth = assess(judged_by, {"news": news}, steps, seed)["news"]
        found = shift_of(history, news, worth)
        if found.any():
            shift, model = found, model_with(news, judged_by)
    panel = history.panel()
    drawn = draw_pool(panel, steps, draws, seed, shipped_weights(), without, report, shift)
    months = tuple(history.last_month + step for step in steps)
    return Forecast(
        history.countries, history.last_month, months, drawn.outcome, drawn, history.digest, seed, model, worth
    )


def model_with(news: History, observed: History) -> str:
    """The version of the pool with this news, judged by these counts, as kept with a run: `pool-2 news 3fa8… 91c0…`."""
    return f"{MODEL_VERSION}{NEWS_MARK}{news.digest[:NEWS_DIGITS]} {observed.digest[:NEWS_DIGITS]}"
