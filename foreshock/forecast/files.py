"""Forecast files as the VIEWS challenge has them: Parquet, `country_id, month_id, draw, outcome`.

A path that ends in `.parquet` is one file; any other is a folder with Hive partitions `window=Y2018/`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from foreshock.errors import MalformedItem, OversizedItem, UnreadableItem, UsageError
from foreshock.forecast.months import month_name, parse_month, year_of
from foreshock.forecast.panel import Array
from foreshock.model.whole import whole_file

COLUMNS = ("country_id", "month_id", "draw", "outcome")
MOST_ROWS = 50_000_000


@dataclass(frozen=True)
class Sample:
    """Draws (countries, months, draws) with what they are of: what a forecast file holds."""

    countries: tuple[int, ...]
    months: tuple[int, ...]
    outcome: Array


def window_name(months: Sequence[int]) -> str:
    """The challenge's name of a window, by the year of its first month: `Y2018`."""
    return f"Y{year_of(months[0])}"


def table_of(sample: Sample) -> pa.Table:
    """The draws as rows: by month, country, draw (from 0)."""
    countries, months, draws = sample.outcome.shape
    return pa.table(
        {
            "country_id": np.tile(np.repeat(np.asarray(sample.countries, dtype=np.int32), draws), months),
            "month_id": np.repeat(np.asarray(sample.months, dtype=np.int32), countries * draws),
            "draw": np.tile(np.arange(draws, dtype=np.int32), countries * months),
            "outcome": sample.outcome.transpose(1, 0, 2).ravel().astype(np.float32),
        }
    )


def about_run(series: str, origin: int, history: str, seed: int, model: str) -> dict[str, str]:
    """What a file of a run's draws says of itself, when it is made and when it is written out again: what is counted,
    the last month that was known, the digest of the history."""
    return {"series": series, "origin": month_name(origin), "history": history, "seed": str(seed), "model": model}


def write_sample(sample: Sample, out: Path, about: Mapping[str, str]) -> Path:
    """Writes the draws, whole or not at all, `about` going into the file's metadata; returns the file's path.

    Raises `UsageError` where the place cannot be written.
    """
    table = table_of(sample).replace_schema_metadata({f"foreshock.{key}": value for key, value in about.items()})
    path = out if out.suffix == ".parquet" else out / f"window={window_name(sample.months)}" / "draws.parquet"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            pq.write_table(table, file, compression="zstd")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error
    return path


def read_sample(path: Path) -> Sample:
    """The draws of a file, or of a partition's folder. Every country and month must have the same number of draws.

    Raises `ItemError` children where it is no such file.
    """
    table = _table(path)
    columns = []
    for name in COLUMNS:
        if not pa.types.is_integer(table.column(name).type) and not pa.types.is_floating(table.column(name).type):
            raise MalformedItem(str(path), f"column {name} holds {table.column(name).type}, not numbers")
        floats = pc.cast(table.column(name), pa.float64(), safe=False)
        columns.append(np.asarray(floats.to_numpy(), dtype=np.float64))
    if len(columns[0]) == 0:
        raise MalformedItem(str(path), "holds no draws")
    if not all(np.isfinite(column).all() for column in columns) or (columns[3] < 0).any():
        raise MalformedItem(str(path), "holds empty, infinite or negative values")
    country, month, draw = (column.astype(np.int64) for column in columns[:3])
    return _shaped(str(path), country, month, draw, columns[3])


def origin_of(path: Path) -> int | None:
    """The last month that was known when a file of draws was made, or null where it does not say."""
    found = _metadata(path).get(b"foreshock.origin", b"").decode(errors="replace")
    try:
        return parse_month(found)
    except UsageError:
        return None


def _metadata(path: Path) -> dict[bytes, bytes]:
    files = _partitions(path)
    return pq.read_schema(files[0]).metadata or {} if files else {}


def _partitions(path: Path) -> list[Path]:
    """The Parquet files under a folder, those being written left out; a file by itself."""
    return sorted(one for one in path.rglob("*.parquet") if not one.name.startswith(".")) if path.is_dir() else [path]


def _table(path: Path) -> pa.Table:
    partitions = _partitions(path)
    if not partitions:
        raise UsageError(f"{path} holds no Parquet file")
    try:
        tables, rows = [], 0
        for one in partitions:
            with pq.ParquetFile(one) as file:
                rows += file.metadata.num_rows
                if rows > MOST_ROWS:
                    raise OversizedItem(str(path), f"more than {MOST_ROWS:,} rows")
                missing = [name for name in COLUMNS if name not in file.schema_arrow.names]
                if missing:
                    raise MalformedItem(str(one), f"has no column {', '.join(missing)}")
                tables.append(file.read(columns=list(COLUMNS)).replace_schema_metadata(None))
        return pa.concat_tables(tables, promote_options="permissive")
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file") from error
    except (OSError, pa.ArrowException) as error:
        raise UnreadableItem(str(path), f"is no readable Parquet file: {str(error).splitlines()[0][:200]}") from error


def _shaped(
    name: str, country: NDArray[np.int64], month: NDArray[np.int64], draw: NDArray[np.int64], outcome: Array
) -> Sample:
    countries, months = np.unique(country), np.unique(month)
    cells = len(countries) * len(months)
    draws = len(outcome) // cells
    order = np.lexsort((draw, month, country))
    expected = np.repeat(np.arange(cells), draws) if draws * cells == len(outcome) else None
    cell = np.searchsorted(countries, country) * len(months) + np.searchsorted(months, month)
    if expected is None or not (cell[order] == expected).all():
        raise MalformedItem(name, "does not have the same number of draws for every country and month")
    shaped = outcome[order].reshape(len(countries), len(months), draws)
    return Sample(tuple(countries.tolist()), tuple(months.tolist()), shaped)


def months_shown(months: Sequence[int]) -> str:
    """The months of a sample, first to last."""
    return f"{month_name(months[0])} to {month_name(months[-1])}"
