"""Scores and backtests on the screen, as JSON, and as plots."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import msgspec
import numpy as np
from rich.console import Console
from rich.table import Table

from foreshock.errors import MalformedItem, UsageError
from foreshock.forecast import scores
from foreshock.forecast.backtest import (
    BENCHMARK,
    POOL,
    STEPS,
    Window,
    coverage,
    judge,
    onsets,
    ratio,
    window,
)
from foreshock.forecast.drawing import write_plots
from foreshock.forecast.files import Sample, read_sample, write_sample
from foreshock.forecast.history import History, Note, read_history, read_news, read_observed
from foreshock.forecast.months import month_id, month_name
from foreshock.forecast.panel import Array
from foreshock.forecast.pool import MODEL_VERSION
from foreshock.forecast.report import CHANCE_EDGES, by_region, summary
from foreshock.terminal.forecasting import tell
from foreshock.terminal.style import complain, shown

MOST_MONTHS = 4
"""Months of a country that are named in a note."""
FILE_WIDTH = 140
"""Columns of a table that goes into a file."""


def score_samples(
    paths: Sequence[Path], history_path: Path, column: str, against: Path | None, form: str, out: TextIO
) -> None:
    """Scores files of draws on the months they forecast; those without a count are left out and named."""
    history = read_observed(history_path, column)
    tell(history.notes)
    other = read_sample(against) if against else None
    rows = []
    for path in paths:
        sample = read_sample(path)
        outcome = _outcome(str(path), sample, history)
        tell(_not_counted(sample.countries, sample.months, outcome))
        row: dict[str, object] = {"sample": str(path), **_scores(sample, outcome)}
        if other is not None:
            if (other.countries, other.months) != (sample.countries, sample.months):
                raise UsageError(f"{against} and {path} are not of the same countries and months")
            theirs = _scores(other, outcome)
            row["crps_ratio"] = float(str(row["crps"])) / max(float(str(theirs["crps"])), 1e-12)
        rows.append(row)
    if form == "json":
        out.write(msgspec.json.encode(rows).decode() + "\n")
        return
    table = Table(box=None)
    for name in rows[0]:
        table.add_column(name, justify="left" if name == "sample" else "right")
    for row in rows:
        table.add_row(*(shown(value) if isinstance(value, str) else _figure(value) for value in row.values()))
    _screen(out).print(table, soft_wrap=True)


def _outcome(name: str, sample: Sample, history: History) -> Array:
    """What came in the months that a sample forecasts, (countries, months), NaN where nobody counted.

    Raises `MalformedItem` or `UsageError` where the history lacks its countries or all of its months.
    """
    missing = sorted(set(sample.countries) - set(history.countries))
    if missing:
        raise MalformedItem(name, f"forecasts countries that the history lacks: {missing[:6]}")
    if sample.months[0] < history.first_month or sample.months[-1] > history.last_month:
        held = f"{month_name(history.first_month)} to {month_name(history.last_month)}"
        asked = f"{month_name(sample.months[0])} to {month_name(sample.months[-1])}"
        raise UsageError(
            f"the history holds {held}, and {name} forecasts {asked}: it is scored by what came in all of it"
        )
    outcome = history.of(sample.countries, sample.months)
    if np.isnan(outcome).all():
        raise MalformedItem(name, "the history has no count of any month that it forecasts")
    return outcome


def _not_counted(countries: Sequence[int], months: Sequence[int], outcome: Array) -> tuple[Note, ...]:
    """The months of each country that cannot be scored."""
    notes = []
    for identity, row in zip(countries, outcome, strict=True):
        gaps = [month_name(month) for month, value in zip(months, row, strict=True) if np.isnan(value)]
        if gaps:
            shown_months = ", ".join(gaps[:MOST_MONTHS]) + (" …" if len(gaps) > MOST_MONTHS else "")
            notes.append(
                Note(identity, f"{len(gaps)} months that have no count are not scored ({shown_months})", False)
            )
    return tuple(notes)


def _scores(sample: Sample, outcome: Array) -> dict[str, object]:
    """The mean scores over the country-months that have a count."""
    known = ~np.isnan(outcome)
    outcome = outcome[known]
    judged = judge(sample.outcome[known], outcome)
    return {
        "cases": int(outcome.size),
        "draws": int(sample.outcome.shape[-1]),
        "crps": float(judged.crps.mean()),
        "ign": float(judged.ignorance.mean()),
        "mis": float(judged.interval.mean()),
        "coverage_90": float(judged.covered.mean()),
        "coverage_90_pit": float(judged.central.mean()),
        "auc_any": scores.auc(judged.chance, outcome > 0),
    }


def _screen(out: TextIO) -> Console:
    """The screen; a file or a pipe gets tables at their full width."""
    return Console(file=out, width=None if out.isatty() else FILE_WIDTH)


def _figure(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def parse_windows(text: str) -> range:
    """Years given as `2018:2021` or `2018`. Raises `UsageError`."""
    match = re.fullmatch(r"(\d{4})(?::(\d{4}))?", text.strip())
    years = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
    if not years:
        raise UsageError(f"{text!r} are no windows: write FIRST:LAST, for instance 2018:2021")
    return years


def run_backtest(
    history_path: Path,
    column: str,
    windows: str,
    draws: int,
    seed: int,
    plots: Path | None,
    out_folder: Path | None,
    form: str,
    out: TextIO,
    news_path: Path | None = None,
) -> None:
    """Forecasts and scores the windows, shows the tables, writes plots and draws where asked.

    Each window is forecast from the history as `foreshock forecast run` reads it at its origin: no gap is filled by
    what came after.
    """
    years = parse_windows(windows)
    observed = read_observed(history_path, column)
    news = read_news(news_path) if news_path is not None else None
    made, notes = [], list(observed.notes)
    with Console(stderr=True).status("forecasting") as status:
        for year in years:
            status.update(f"forecasting {year}")
            then = read_history(history_path, month_id(year - 1, 10), column)
            made.append(window(then, observed, draws, seed, keep=_keeper(out_folder), news=news))
            months = range(month_id(year, 1), month_id(year, 12) + 1)
            notes += (_in_window(note, year) for note in then.notes)
            notes += _not_counted(then.countries, months, observed.of(then.countries, months))
    tell(tuple(dict.fromkeys(notes)))
    if plots is not None:
        for path in write_plots(made, plots):
            complain(f"plot written: {path}")
    if form == "json":
        out.write(msgspec.json.format(msgspec.json.encode(summary(made)), indent=1).decode() + "\n")
        return
    _show(made, _screen(out))


def _in_window(note: Note, year: int) -> Note:
    """The note, with the window that a country is left out of."""
    return replace(note, problem=f"window {year}: {note.problem}") if note.refused else note


def _keeper(folder: Path | None) -> Callable[[Sample], object] | None:
    if folder is None:
        return None
    return lambda sample: write_sample(
        sample, folder, {"origin": month_name(sample.months[0] - STEPS[0]), "model": MODEL_VERSION}
    )


def _show(windows: Sequence[Window], screen: Console) -> None:
    screen.print(_by_window(windows), soft_wrap=True)
    total = ratio(windows)
    screen.print(
        f"CRPS against {BENCHMARK}, geometric mean over windows: {total.value:.3f} "
        f"(90 % interval {total.low:.3f} to {total.high:.3f}, bootstrap over countries)",
        soft_wrap=True,
    )
    screen.print(_coverage(windows), soft_wrap=True)
    screen.print(_onsets(windows), soft_wrap=True)
    screen.print(_regions(windows), soft_wrap=True)
    screen.print(_calibration(windows), soft_wrap=True)


def _table(title: str, columns: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left", box=None)
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if place else "left")
    return table


def _by_window(windows: Sequence[Window]) -> Table:
    table = _table("", ("window", "forecaster", "CRPS", "against", "90 % interval", "IGN", "MIS", "coverage", "skill"))
    for one in windows:
        theirs = float(one.judged[BENCHMARK].crps.mean())
        for name, judged in one.judged.items():
            own = ratio([one], name)
            crps = float(judged.crps.mean())
            table.add_row(
                str(one.year), name, f"{crps:.2f}", f"{own.value:.3f}", f"{own.low:.3f} to {own.high:.3f}",
                f"{judged.ignorance.mean():.3f}", f"{judged.interval.mean():.0f}", f"{judged.covered.mean():.3f}",
                f"{1 - crps / theirs:+.3f}" if theirs > 0 else "–",
            )  # fmt: skip
    for name in windows[0].judged:
        parts = [one.judged[name] for one in windows]
        table.add_row(
            "all", name, f"{np.mean([part.crps.mean() for part in parts]):.2f}", f"{ratio(windows, name).value:.3f}",
            "", f"{np.mean([part.ignorance.mean() for part in parts]):.3f}",
            f"{np.mean([part.interval.mean() for part in parts]):.0f}",
            f"{np.mean([part.covered.mean() for part in parts]):.3f}", "",
        )  # fmt: skip
    return table


def _coverage(windows: Sequence[Window]) -> Table:
    title = (
        "Share of outcomes in the central 90 % interval: ends counted in, what that would be if all came as foretold, "
        "and by randomised PIT"
    )
    table = _table(title, ("forecaster", "all, closed", "foretold", "PIT", "active, closed", "foretold", "PIT"))
    for name in windows[0].judged:
        row = [coverage(windows, name, active) for active in (False, True)]
        table.add_row(name, *(f"{value:.3f}" for one in row for value in (one.closed, one.expected, one.central)))
    return table


def _onsets(windows: Sequence[Window]) -> Table:
    table = _table("Onsets: deaths after a year without", ("forecaster", "cases", "onsets", "AUC", "Brier", "IGN"))
    for name in windows[0].judged:
        found = onsets(windows, name)
        table.add_row(
            name, f"{found.cases:,}", str(found.happened), f"{found.auc:.3f}", f"{found.brier:.5f}",
            f"{found.ignorance:.4f}",
        )  # fmt: skip
    return table


def _regions(windows: Sequence[Window]) -> Table:
    table = _table("By region", ("region", "countries", "CRPS", f"{BENCHMARK}", "ratio", "coverage"))
    for row in by_region(windows):
        table.add_row(
            row.region, str(row.countries), f"{row.crps:.2f}", f"{row.benchmark:.2f}", f"{row.ratio:.3f}",
            f"{row.coverage:.3f}",
        )  # fmt: skip
    return table


def _calibration(windows: Sequence[Window]) -> Table:
    table = _table("Probability of any deaths: forecast, came true", ("forecast", "came true", "cases", "PIT decile"))
    chance = np.concatenate([one.judged[POOL].chance for one in windows])
    happened = np.concatenate([one.outcome > 0 for one in windows])
    histogram = np.mean([one.histogram for one in windows], axis=0)
    rows = scores.reliability(chance, happened, CHANCE_EDGES)
    for place in range(max(len(rows), len(histogram))):
        told = (
            (f"{rows[place][0]:.3f}", f"{rows[place][1]:.3f}", f"{rows[place][2]:,}")
            if place < len(rows)
            else ("",) * 3
        )
        table.add_row(*told, f"{histogram[place]:.2f}" if place < len(histogram) else "")
    return table
