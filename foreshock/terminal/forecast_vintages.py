"""Kept runs on the screen: what there is, what was said as of a day, and what moved since."""

import datetime
from pathlib import Path
from typing import TextIO

import msgspec
import numpy as np
from rich.console import Console
from rich.table import Table

from foreshock import settings
from foreshock.errors import UsageError
from foreshock.forecast.countries import country_name, find_country
from foreshock.forecast.explain import likenesses, movers, now_told, told
from foreshock.forecast.files import about_run, write_sample
from foreshock.forecast.months import month_name
from foreshock.forecast.pool import MODEL_VERSION
from foreshock.forecast.run import NEWS_MARK, forecast
from foreshock.forecast.vintages import (
    Vintage,
    as_of,
    before,
    draws_of,
    history_of,
    list_vintages,
    news_of,
    parts_of,
    revisions,
)
from foreshock.model.day import known_day
from foreshock.record.store import Record
from foreshock.terminal.fitting import print_table
from foreshock.terminal.style import complain, shown

SHOWN_REVISIONS = 5


def show_runs(record_name: str | None, series: str | None, form: str, out: TextIO) -> None:
    """Lists the runs of a record."""
    with Record(settings.record_url(record_name), create=False) as record:
        found = list_vintages(record, series)
    if form == "json":
        out.write(msgspec.json.encode(found).decode() + "\n")
        return
    if not found:
        out.write("No forecast is kept here: foreshock forecast run --record keeps one.\n")
        return
    table = Table(box=None)
    for name in ("made", "series", "origin", "months", "draws", "model", "code", "data", "id"):
        table.add_column(name)
    for one in found:
        table.add_row(
            f"{one.made_at:%Y-%m-%d %H:%M}", shown(one.series), month_name(one.origin),
            f"{month_name(one.first_month)} to {month_name(one.last_month)}", f"{one.draws:,}", one.model, one.code,
            one.history[:10], one.id[:10],
        )  # fmt: skip
    print_table(table, Console(file=out))


def run_as_of(record: Record, day: str | None, series: str | None) -> Vintage:
    """The run that stood at the end of a day, the newest without one. Raises `UsageError` where there is none."""
    found = as_of(record, known_day(day or None, "--as-of") or datetime.date.max, series)
    if found is None:
        raise UsageError(f"{record.name}: no forecast was kept by {day or 'now'}: keep one with forecast run --record")
    return found


def replay_run(record_name: str | None, day: str | None, series: str | None, out: Path, check: bool) -> bool:
    """Writes a kept run's draws; with `check` makes it anew. Whether, if checked, it came out the same."""
    with Record(settings.record_url(record_name), create=False) as record:
        vintage = run_as_of(record, day, series)
        sample = draws_of(record, vintage.id)
        history = history_of(record, vintage.history) if check else None
        news, observed = news_of(record, vintage) if check else (None, None)
    about = about_run(vintage.series, vintage.origin, vintage.history, vintage.seed, vintage.model)
    path = write_sample(sample, out, {"forecast": vintage.id, **about})
    complain(f"{vintage.series} from {month_name(vintage.origin)}, made {vintage.made_at:%Y-%m-%d}: {path}")
    if history is None:
        return True
    if vintage.model.partition(NEWS_MARK)[0] != MODEL_VERSION:
        complain(f"made by {vintage.model}, this program has {MODEL_VERSION}: it cannot be made again here")
        return False
    steps = tuple(range(vintage.first_month - vintage.origin, vintage.last_month - vintage.origin + 1))
    again = forecast(history, steps, vintage.draws, vintage.seed, news=news, observed=observed)
    same = bool(np.array_equal(again.outcome, sample.outcome))
    complain("made again from its kept history: " + ("every draw is the same" if same else "the draws differ"))
    return same


def explain_country(
    country: str, record_name: str | None, day: str | None, series: str | None, form: str, out: TextIO
) -> None:
    """Says what moved a country's forecast, what it resembles, and what the data said before."""
    identity = find_country(country).id
    with Record(settings.record_url(record_name), create=False) as record:
        vintage = run_as_of(record, day, series)
        earlier = before(record, vintage)
        now = parts_of(record, vintage.id, identity)
        if not now:
            raise UsageError(f"{country_name(identity)} is not in the run of {month_name(vintage.origin)}")
        then = parts_of(record, earlier.id, identity) if earlier else []
        earlier = earlier if then else None  # a run that left the country out tells nothing of what moved it
        history = history_of(record, vintage.history)
        older = history_of(record, earlier.history) if earlier else None
    steps = tuple(range(vintage.first_month - vintage.origin, vintage.last_month - vintage.origin + 1))
    alike = likenesses(history, identity, steps)
    changed = [one for one in revisions(older, history) if one.country == identity] if older else []
    found = movers(then, now)
    if form == "json":
        told_all = {
            "country_id": identity, "run": vintage, "before": earlier, "movers": found, "analogues": alike,
            "revisions": changed,
        }  # fmt: skip
        out.write(msgspec.json.encode(told_all).decode() + "\n")
        return
    lines = []
    if earlier is None:
        lines.append(f"{country_name(identity)}: {now_told(found)}; no earlier run of it to compare with")
    else:
        lines.append(told(identity, found))
    lines.append(
        "like " + "; ".join(map(str, alike)) if alike else "no analogue: quiet for ten years, or too little history"
    )
    for one in changed[:SHOWN_REVISIONS]:
        lines.append(f"data revised: {month_name(one.month)} from {one.before:,.0f} to {one.after:,.0f}")
    out.write("\n".join(lines) + "\n")
