"""Series out of the record, the worth of news, and regions: inputs and parts of forecasts at the command line."""

import sys
from pathlib import Path
from typing import TextIO

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from foreshock import settings
from foreshock.errors import UsageError
from foreshock.forecast.backtest import STEPS
from foreshock.forecast.files import read_sample
from foreshock.forecast.history import History, read_history
from foreshock.forecast.months import month_name
from foreshock.forecast.news import assess
from foreshock.forecast.regions import part_among, read_ged
from foreshock.forecast.series import series_of
from foreshock.record.store import Record
from foreshock.terminal.forecasting import tell
from foreshock.terminal.style import complain


def write_series(record_name: str | None, counted: str, mechanism: str | None, kind: str | None, out: Path) -> None:
    """Writes a record's counts as a history."""
    with Record(settings.record_url(record_name), create=False) as record:
        history = series_of(record, counted, mechanism, kind)
    tell(history.notes)
    _write(_table(history), out)
    complain(
        f"{len(history.countries)} countries, {month_name(history.first_month)} to {month_name(history.last_month)}, "
        f"{int(np.nansum(history.counts)):,} {counted}: {out}"
    )


def _table(history: History) -> pa.Table:
    countries, months = history.counts.shape
    return pa.table(
        {
            "country_id": np.repeat(np.asarray(history.countries, dtype=np.int32), months),
            "month_id": np.tile(np.arange(months, dtype=np.int32) + history.first_month, countries),
            "count": history.counts.ravel().astype(np.int64),
        }
    )


def _write(table: pa.Table, out: Path) -> None:
    try:
        pq.write_table(table, out, compression="zstd")
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror or error}") from error


def assess_news(history_path: Path, column: str, news_path: Path, seed: int, form: str, out: TextIO) -> None:
    """Says what news was worth, for any deaths and for onsets apart."""
    history, news = read_history(history_path, None, column), read_history(news_path, None, "count")
    tell((*history.notes, *news.notes))
    found = {
        "any": assess(history, news, STEPS, seed),
        "onsets": assess(history, news, STEPS, seed, onsets_only=True),
    }
    if form == "json":
        out.write(msgspec.json.encode(found).decode() + "\n")
    else:
        out.write("\n".join(verdict.reason for verdict in found.values()) + "\n")


def part_regions(draws: Path, ucdp: Path, seed: int, out: Path) -> None:
    """Parts a sample among regions and writes it."""
    sample, regions = read_sample(draws), read_ged(ucdp)
    for note in regions.notes:
        complain(note)
    names, parted = part_among(sample, regions, seed)
    rows, months, count = parted.shape
    table = pa.table(
        {
            "country_id": np.repeat(np.asarray([name[0] for name in names], dtype=np.int32), months * count),
            "adm_1": pa.array([name[1] for name in names]).take(np.repeat(np.arange(rows), months * count)),
            "month_id": np.tile(np.repeat(np.asarray(sample.months, dtype=np.int32), count), rows),
            "draw": np.tile(np.arange(count, dtype=np.int32), rows * months),
            "outcome": parted.ravel().astype(np.float32),
        }
    )
    _write(table, out)
    sys.stderr.write(
        f"{rows} regions of {len(sample.countries)} countries, parted by events "
        f"(no accuracy is claimed below the country): {out}\n"
    )
