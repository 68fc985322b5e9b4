"""Forecasting on the screen: what was wrong with the history, how far it is, and what came of it."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from foreshock import settings
from foreshock.errors import UsageError, asked_by
from foreshock.forecast.countries import country_name
from foreshock.forecast.files import Sample, about_run, months_shown, write_sample
from foreshock.forecast.history import History, Note, read_history, read_news, read_observed
from foreshock.forecast.months import month_name, parse_month, parse_steps
from foreshock.forecast.run import Forecast, forecast
from foreshock.forecast.skill import DEATHS
from foreshock.forecast.spans import share_of_draws
from foreshock.terminal.style import complain, shown

MOST_NOTES = 40
"""Notes on a history that are named one by one; the rest is counted."""

SHOWN_COUNTRIES = 10


@dataclass(frozen=True)
class Asked:
    """What `foreshock forecast run` was asked."""

    history: Path
    column: str
    origin: str
    steps: str
    draws: int
    seed: int
    out: Path
    record_name: str | None
    series: str
    news: Path | None = None


def counted_in(column: str) -> str:
    """What is counted where nobody says: deaths in the column that a history has them in, else what its column is
    called, lest a record's counts pass for deaths and have the skill and the entries in the ledger that those have."""
    return DEATHS if column == "deaths" else column


def tell(notes: tuple[Note, ...]) -> bool:
    """Names on standard error what was wrong with a history, refusals first; whether nothing was refused."""
    ordered = sorted(notes, key=lambda note: not note.refused)
    for note in ordered[:MOST_NOTES]:
        complain(note)
    if len(ordered) > MOST_NOTES:
        complain(f"history: and {len(ordered) - MOST_NOTES} more such notes")
    return not any(note.refused for note in notes)


def run_forecast(asked: Asked) -> bool:
    """Makes the forecast, writes it, shows the countries with most to expect; whether every country was forecast."""
    with asked_by("--steps"):
        steps = parse_steps(asked.steps)
    with asked_by("--origin"):
        origin = parse_month(asked.origin)
    if asked.out.suffix == ".parquet" and asked.out.resolve() == asked.history.resolve():
        raise UsageError(f"{asked.out} is the history: name another file for the draws")
    screen = Console(stderr=True)
    began = time.monotonic()
    history = read_history(asked.history, origin, asked.column)
    complete = tell(history.notes)
    news = read_news(asked.news).through(origin) if asked.news else None
    observed = read_observed(asked.history, asked.column).through(origin) if asked.news else None
    with screen.status("forecasting") as status:
        made = forecast(
            history,
            steps,
            asked.draws,
            asked.seed,
            report=lambda name: status.update(f"forecasting: {name}"),
            news=news,
            observed=observed,
        )
    if made.worth is not None:
        for verdict in (made.worth.any, made.worth.onsets):
            complain(verdict.reason)
    sample = Sample(made.countries, made.months, made.outcome)
    path = write_sample(sample, asked.out, about_run(asked.series, made.origin, made.digest, made.seed, made.model))
    if asked.record_name is not None:
        keep(made, history, asked, news, observed)
    screen.print(_table(made), soft_wrap=True)
    screen.print(
        shown(
            f"{len(made.countries)} countries, {months_shown(made.months)}, {asked.draws:,} draws each, from "
            f"{month_name(made.origin)}, in {time.monotonic() - began:.1f} s: {path}"
        ),
        soft_wrap=True,
    )
    return complete


def keep(
    made: Forecast, history: History, asked: Asked, news: History | None = None, observed: History | None = None
) -> None:
    """Keeps the run as a vintage in the record, with the news, and the counts it was judged by, if it was used."""
    from foreshock.forecast.vintages import keep_vintage
    from foreshock.record.store import Record

    with Record(settings.record_url(asked.record_name)) as record:
        vintage = keep_vintage(record, made, history, asked.series, news=news, observed=observed)
    sys.stderr.write(f"kept as {vintage}\n")


def _table(made: Forecast) -> Table:
    table = Table(title=f"A month of {months_shown(made.months)}, most expected first", title_justify="left", box=None)
    table.add_column("country")
    for name in ("mean", "median", "90 % within", "any in a month"):
        table.add_column(name, justify="right")
    flat = made.outcome.reshape(len(made.countries), -1)
    for place in (-flat.mean(axis=1)).argsort(kind="stable")[:SHOWN_COUNTRIES]:
        low, middle, high = (int(value) for value in _quantiles(flat[place]))
        table.add_row(
            shown(country_name(made.countries[place])),
            f"{flat[place].mean():,.1f}",
            f"{middle:,}",
            f"{low:,} to {high:,}",
            share_of_draws(float((flat[place] > 0).mean()), flat[place].size),
        )
    return table


def _quantiles(draws: object) -> tuple[float, float, float]:
    import numpy as np

    low, middle, high = np.quantile(np.asarray(draws), [0.05, 0.5, 0.95])
    return float(low), float(middle), float(high)
