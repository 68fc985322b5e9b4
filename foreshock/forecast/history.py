"""Reads a history of counts and says what was wrong with it: repaired by a stated rule, or refused by name.

The rules, in their order:

- a file without the columns, of other than numbers, or too large, is refused whole;
- a row without a whole country and month number is left out;
- a month given twice with the same count is taken once; with different counts its country is refused;
- a negative, absent or infinite count is a gap; a count that is not whole is rounded;
- up to `GAP_MONTHS` missing months inside a series are filled in a straight line between their neighbours; after a
  longer gap the series begins anew;
- up to `GAP_MONTHS` months missing before the origin repeat the last known one; a series that ends earlier is refused;
- a series shorter than `LEAST_MONTHS` is refused; one shorter than a model's memory is remembered as far as it goes;
- a country that the key does not know is forecast, without neighbours.

Months that a file leaves out are missing, not zero.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from foreshock.errors import MalformedItem, OversizedItem, UnreadableItem, UsageError
from foreshock.forecast.countries import borders, country_name, known_countries
from foreshock.forecast.months import month_name
from foreshock.forecast.panel import Array, Panel

GAP_MONTHS = 3
LEAST_MONTHS = 12
MEMORY_MONTHS = 60
"""The longest memory among the models; a shorter series is named."""

MOST_ROWS = 5_000_000
MOST_BYTES = 512 * 1024 * 1024
LAST_MONTH = 2400
"""Month numbers beyond 200 years from 1980 are mistakes."""

MOST_COUNT = 10_000_000
"""A count above this is a mistake: it is taken as missing."""

Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Note:
    """Something wrong with the input. `refused` tells that the country was left out; `country` is null for the file."""

    country: int | None
    problem: str
    refused: bool

    def __str__(self) -> str:
        where = "history" if self.country is None else f"{country_name(self.country)} ({self.country})"
        return f"{where}: {self.problem}{'; left out' if self.refused else ''}"


@dataclass(frozen=True)
class History:
    """Monthly counts: `counts` (countries, months). Clean ones are NaN only before a series begins, observed ones
    wherever nobody counted.

    `first_month` numbers the first column; `digest` is the SHA-256 of ids, months and counts as used.
    """

    countries: tuple[int, ...]
    first_month: int
    counts: Array
    notes: tuple[Note, ...] = ()

    @property
    def last_month(self) -> int:
        """The number of the last column's month."""
        return self.first_month + int(self.counts.shape[1]) - 1

    @property
    def digest(self) -> str:
        """SHA-256 of what the models see: country ids, first month, counts."""
        told = hashlib.sha256(repr((self.countries, self.first_month, self.counts.shape)).encode())
        told.update(np.ascontiguousarray(self.counts).tobytes())
        return told.hexdigest()

    def through(self, month: int) -> "History":
        """The months up to `month`, as far as there are any; all countries stay."""
        return History(
            self.countries, self.first_month, self.counts[:, : max(month - self.first_month + 1, 0)], self.notes
        )

    def of(self, countries: Sequence[int], months: Sequence[int]) -> Array:
        """The counts of countries in months (countries, months), all of which the history holds."""
        rows = [self.countries.index(identity) for identity in countries]
        found: Array = self.counts[rows][:, np.asarray(months, dtype=np.int64) - self.first_month]
        return found

    def panel(self) -> Panel:
        """The history as the models take it, with borders between its countries."""
        return Panel(self.counts, borders(self.countries))

    def until(self, month: int) -> "History":
        """The history as it stood when `month` was its last. Raises `UsageError` where it does not reach that far."""
        if not self.first_month <= month <= self.last_month:
            span = f"{month_name(self.first_month)} to {month_name(self.last_month)}"
            raise UsageError(f"the history covers {span}, not {month_name(month)}: choose another origin")
        counts = self.counts[:, : month - self.first_month + 1]
        begun = (~np.isnan(counts)).sum(axis=1) >= LEAST_MONTHS
        kept = tuple(identity for identity, good in zip(self.countries, begun, strict=True) if good)
        return History(kept, self.first_month, counts[begun], self.notes)

    def as_known(self, month: int) -> "History":
        """What `read_history` makes of these counts, gaps and all, with `month` as the origin: no gap is filled by what
        came after it. Raises `MalformedItem` where no series could be forecast from there."""
        kept = self.through(month)
        rows, columns = np.nonzero(~np.isnan(kept.counts))
        if len(rows) == 0:
            raise MalformedItem("the history", f"has no count up to {month_name(month)}")
        countries, counts = np.asarray(self.countries)[rows], kept.counts[rows, columns]
        return _cleaned("the history", countries, columns + self.first_month, counts, month, [])


def read_history(path: Path, origin: int | None = None, column: str = "deaths") -> History:
    """The history of a Parquet file with `country_id`, `month_id` and `column`, cleaned, up to `origin`.

    Rows after `origin` (by default: none) are not looked at beyond their month. Raises `ItemError` children where the
    file is refused, `UsageError` where it does not reach the origin.
    """
    table = _read(path, column)
    name = str(path)
    notes: list[Note] = []
    country, month, counts = _keyed(table, name, column, notes)
    if len(month) == 0:
        raise MalformedItem(name, "holds no usable rows")
    last = origin if origin is not None else int(month.max())
    if month.max() < last:
        raise UsageError(
            f"{name} ends in {month_name(int(month.max()))}, before the origin {month_name(last)}: "
            "choose an earlier origin or bring the history up to date"
        )
    kept = month <= last
    country, month = country[kept], month[kept]
    if len(month) == 0:
        raise UsageError(f"{name} begins after the origin {month_name(last)}: choose a later origin")
    counts = _whole(country, month, counts[kept], notes)
    return _cleaned(name, country, month, counts, last, notes)


def read_news(path: Path) -> History:
    """The counts of a Parquet file (its column `count`) as they are, to be used as news.

    No gap is filled: a missing month is NaN wherever it lies. Raises `ItemError` children where the file is refused, or
    gives one month two counts.
    """
    found, twice = _as_given(path, "count")
    if twice:
        raise MalformedItem(str(path), "gives different counts for the same country and month")
    return found


def read_observed(path: Path, column: str = "deaths") -> History:
    """The counts of a Parquet file as they are, to score forecasts by.

    No gap is filled: a month that is missing or has two different counts is NaN wherever it lies. Raises `ItemError`
    children where the file is refused.
    """
    found, twice = _as_given(path, column)
    notes = list(found.notes)
    for identity, months in twice.items():
        found.counts[found.countries.index(identity), months - found.first_month] = np.nan
        _tell(notes, identity, months, "different counts for the same month: a gap")
    return replace(found, notes=tuple(notes))


def _as_given(path: Path, column: str) -> tuple[History, dict[int, Ids]]:
    """The counts of a file without any repair of gaps, and by country the months that it gives two counts."""
    notes: list[Note] = []
    country, month, counts = _keyed(_read(path, column), str(path), column, notes)
    if len(month) == 0:
        raise MalformedItem(str(path), "holds no usable rows")
    counts = _whole(country, month, counts, notes)
    countries, rows = np.unique(country, return_inverse=True)
    first = int(month.min())
    grid = np.full((len(countries), int(month.max()) - first + 1), np.nan)
    grid[rows, month - first] = counts
    kept = grid[rows, month - first]
    differ = (kept != counts) & ~(np.isnan(kept) & np.isnan(counts))
    twice = {int(identity): np.unique(month[differ & (country == identity)]) for identity in np.unique(country[differ])}
    return History(tuple(countries.tolist()), first, grid, tuple(notes)), twice


def _read(path: Path, column: str) -> pa.Table:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise OversizedItem(str(path), f"larger than {MOST_BYTES // 2**20} MB")
        with pq.ParquetFile(path) as file:
            present = file.schema_arrow.names
            missing = [wanted for wanted in ("country_id", "month_id", column) if wanted not in present]
            if missing:
                found = ", ".join(present[:12])
                raise MalformedItem(str(path), f"has no column {', '.join(missing)} (it has {found})")
            twice = [wanted for wanted in ("country_id", "month_id", column) if present.count(wanted) > 1]
            if twice:
                raise MalformedItem(str(path), f"has the column {twice[0]} twice")
            if file.metadata.num_rows > MOST_ROWS:
                raise OversizedItem(str(path), f"more than {MOST_ROWS:,} rows")
            return file.read(columns=["country_id", "month_id", column])
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file") from error
    except (OSError, pa.ArrowException) as error:
        raise UnreadableItem(str(path), f"is no readable Parquet file: {str(error).splitlines()[0][:200]}") from error


def _numbers(table: pa.Table, column: str, name: str) -> Array:
    values = table.column(column)
    kind = values.type
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        raise MalformedItem(name, f"column {column} holds {kind}, not numbers")
    # Not every large whole number is a float: the nearest tells as well that it is too large.
    floats = pc.cast(values, pa.float64(), safe=False)
    return np.asarray(pc.fill_null(floats, float("nan")).to_numpy(), dtype=np.float64)


def _keyed(table: pa.Table, name: str, column: str, notes: list[Note]) -> tuple[Ids, Ids, Array]:
    """Country, month and count, as given, of the rows with a whole country and month number."""
    country, month, counts = (_numbers(table, one, name) for one in ("country_id", "month_id", column))
    with np.errstate(invalid="ignore"):
        good = (country == np.floor(country)) & (month == np.floor(month)) & (month >= 1) & (month <= LAST_MONTH)
        good &= (country >= 0) & (country < 2**31)
    if not good.all():
        notes.append(Note(None, f"{(~good).sum():,} rows without a whole country and month number left out", False))
    return country[good].astype(np.int64), month[good].astype(np.int64), counts[good]


def _whole(ids: Ids, months: Ids, counts: Array, notes: list[Note]) -> Array:
    """Counts rounded where they are not whole, NaN where unusable, with notes of what was changed."""
    with np.errstate(invalid="ignore"):
        unusable = ~np.isfinite(counts) | (counts < 0) | (counts > MOST_COUNT)
        odd = ~unusable & (counts != np.rint(counts))
    for identity in np.unique(ids[unusable]):
        _tell(notes, identity, months[unusable & (ids == identity)], "negative, absent or impossible counts: gaps")
    for identity in np.unique(ids[odd]):
        _tell(notes, identity, months[odd & (ids == identity)], "counts that are not whole: rounded")
    return np.where(unusable, np.nan, np.floor(counts + 0.5))


def _tell(notes: list[Note], country: int, months: Ids, problem: str, refused: bool = False) -> None:
    shown = ", ".join(month_name(int(month)) for month in np.unique(months)[:4])
    more = " …" if len(np.unique(months)) > 4 else ""
    notes.append(Note(int(country), f"{problem} ({shown}{more})", refused))


def _cleaned(name: str, country: Ids, month: Ids, counts: Array, last: int, notes: list[Note]) -> History:
    first = int(month.min())
    rows: dict[int, Array] = {}
    order = np.argsort(country, kind="stable")
    identities, starts = np.unique(country[order], return_index=True)
    for identity, places in zip(identities.tolist(), np.split(order, starts[1:]), strict=True):
        series = _series(identity, month[places] - first, counts[places], last - first + 1, first, notes)
        if series is not None:
            rows[identity] = series
    if not rows:
        reasons = "; ".join(str(note) for note in notes[:3])
        raise MalformedItem(name, f"has no series that can be forecast from {month_name(last)}: {reasons}")
    kept = np.stack(list(rows.values()))
    begun = int(np.flatnonzero((~np.isnan(kept)).any(axis=0))[0])
    return History(tuple(rows), first + begun, kept[:, begun:], tuple(notes))


def _series(identity: int, month: Ids, counts: Array, length: int, first: int, notes: list[Note]) -> Array | None:
    """One country's counts on the common months, or null where it is refused; what was done is added to the notes."""
    unique, begins, times = np.unique(month, return_index=True, return_counts=True)
    if len(unique) < len(month):
        twice = unique[times > 1]
        differ = [one for one in twice if len(np.unique(counts[month == one])) > 1]
        if differ:
            _tell(notes, identity, np.asarray(differ) + first, "different counts for the same month", refused=True)
            return None
        _tell(notes, identity, twice + first, "months given twice with the same count: taken once")
    if identity not in known_countries():
        notes.append(Note(identity, "not in the key of countries: forecast without neighbours", False))
    series = np.full(length, np.nan)
    series[unique] = counts[begins]
    series = _filled(identity, series, first, notes)
    known = int((~np.isnan(series)).sum())
    if np.isnan(series[-1]):
        there = np.flatnonzero(~np.isnan(series))
        ends = f"ends in {month_name(int(there[-1]) + first)}" if len(there) else "has no usable month"
        notes.append(Note(identity, f"{ends}, too long before the origin", True))
        return None
    if known < LEAST_MONTHS:
        notes.append(Note(identity, f"only {known} months in a row, {LEAST_MONTHS} are needed", True))
        return None
    if known < MEMORY_MONTHS:
        notes.append(Note(identity, f"only {known} months: longer memories take what there is", False))
    return series


def _filled(identity: int, series: Array, first: int, notes: list[Note]) -> Array:
    """The series with short gaps filled; what lies before a long gap is dropped."""
    there = np.flatnonzero(~np.isnan(series))
    if len(there) == 0:
        return series
    wide = np.flatnonzero(np.diff(there) > GAP_MONTHS + 1)
    if len(wide):
        begins = int(there[wide[-1] + 1])
        gap = np.arange(there[wide[-1]] + 1, begins)
        _tell(notes, identity, gap + first, f"a gap of {len(gap)} months: the series begins after it")
        series = np.where(np.arange(len(series)) < begins, np.nan, series)
        there = there[there >= begins]
    inside = np.arange(there[0], there[-1] + 1)
    gaps = inside[np.isnan(series[inside])]
    filled = series.copy()
    if len(gaps):
        filled[gaps] = np.floor(np.interp(gaps, there, series[there]) + 0.5)
        _tell(notes, identity, gaps + first, "missing months filled between their neighbours")
    tail = len(series) - 1 - int(there[-1])
    if 0 < tail <= GAP_MONTHS:
        filled[there[-1] + 1 :] = series[there[-1]]
        _tell(notes, identity, np.arange(there[-1] + 1, len(series)) + first, "missing months repeat the last known")
    return filled
