"""Series out of the record, the worth of news, and regions: inputs and parts of forecasts at the command line."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from foreshock import settings
from foreshock.errors import RecordError, UsageError
from foreshock.forecast.backtest import STEPS
from foreshock.forecast.files import read_sample
from foreshock.forecast.history import History, read_news, read_observed
from foreshock.forecast.months import month_name
from foreshock.forecast.news import assess, covered, together
from foreshock.forecast.regions import Regions, country_history, part_among, read_ged, regions_of
from foreshock.forecast.series import COVARIATES, series_of
from foreshock.forecast.skill import DEATHS
from foreshock.record.store import Record
from foreshock.terminal.forecasting import tell
from foreshock.terminal.style import complain


@dataclass(frozen=True)
class Counts:
    """What is to be counted: deaths in a UCDP file, or events or statements of a record."""

    ucdp: Path | None
    record_name: str | None
    counted: str
    mechanism: str | None
    kind: str | None
    covered: bool = False

    @property
    def told(self) -> str:
        """What they are counts of, to a reader."""
        return DEATHS if self.ucdp else self.counted

    def by_country(self) -> History:
        """The counts by country and month."""
        if self.ucdp is not None:
            return country_history(self.by_region())
        with Record(settings.record_url(self.record_name), create=False) as record:
            found = series_of(record, self.counted, self.mechanism, self.kind)
            return covered(found, series_of(record, "statements")) if self.covered else found

    def by_region(self) -> Regions:
        """The counts by first-level region and month, what could not be used named."""
        if self.ucdp is not None:
            if self.mechanism or self.kind or self.covered:
                raise UsageError("--ucdp counts deaths: leave --mechanism, --kind and --covered out")
            found = read_ged(self.ucdp)
        else:
            with Record(settings.record_url(self.record_name), create=False) as record:
                found = regions_of(record, self.counted, self.mechanism, self.kind)
        for note in found.notes:
            complain(note)
        return found


def write_series(counts: Counts, by_region: bool, out: Path) -> None:
    """Writes counts as a history, by country or by region."""
    if by_region and counts.covered:
        raise UsageError("--covered leaves whole countries out: it goes without --regions")
    if by_region:
        regions = counts.by_region()
        names, first, found = regions.names, regions.first_month, regions.counts
        columns = {"adm_1": [name[1] for name in names]}
        what, identities = "regions", [name[0] for name in names]
    else:
        history = counts.by_country()
        tell(history.notes)
        first, found, columns = history.first_month, history.counts, {}
        what, identities = "countries", list(history.countries)
    months = found.shape[1]
    known = ~np.isnan(found.ravel())
    table = {
        "country_id": np.repeat(np.asarray(identities, dtype=np.int32), months)[known],
        **{name: np.repeat(np.asarray(values), months)[known] for name, values in columns.items()},
        "month_id": np.tile(np.arange(months, dtype=np.int32) + first, len(identities))[known],
        "count": found.ravel()[known].astype(np.int64),
    }
    _write(pa.table(table), out)
    complain(
        f"{len(identities)} {what}, {month_name(first)} to {month_name(first + months - 1)}, "
        f"{int(np.nansum(found)):,} {counts.told}: {out}"
    )


def _write(table: pa.Table, out: Path) -> None:
    try:
        pq.write_table(table, out, compression="zstd")
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror or error}") from error


def assess_news(
    history_path: Path, column: str, paths: Sequence[Path], records: Sequence[str], seed: int, form: str, out: TextIO
) -> None:
    """Says what each kind of news was worth, for any deaths and for onsets apart."""
    observed = read_observed(history_path, column)
    tell(observed.notes)
    news: dict[str, History] = {}
    for path in paths:
        alike = sum(one.name == path.name for one in paths) > 1
        news[str(path) if alike else path.name] = read_news(path)
    news |= _offered(records)
    if not news:
        raise UsageError("name the news: --news FILE.parquet or --record URL")
    found = assess(observed, news, STEPS, seed)
    if form == "json":
        whole = {
            name: {"countries": news[name].countries, "any": one.any, "onsets": one.onsets}
            for name, one in found.items()
        }
        out.write(msgspec.json.encode(whole).decode() + "\n")
        return
    told: dict[str, list[str]] = {}
    for place in ("any", "onsets"):
        for name, one in found.items():
            told.setdefault(getattr(one, place).reason, []).append(name)
    for reason, names in told.items():
        out.write(f"{', '.join(names)}: {reason}\n")


def _offered(records: Sequence[str]) -> dict[str, History]:
    """What records offer as news, by name; one that a record has too little of is named and left out."""
    parts: dict[str, list[History]] = {}
    for name in records:
        with Record(settings.record_url(name), create=False) as record:
            everything = series_of(record, "statements")
            for covariate, asked in COVARIATES.items():
                try:
                    counts = covered(series_of(record, *asked), everything)
                except RecordError as error:
                    complain(f"{covariate}: {error}")
                    continue
                parts.setdefault(covariate, []).append(counts)
    return {covariate: together(found) for covariate, found in parts.items() if found}


def part_regions(draws: Path, counts: Counts, seed: int, out: Path) -> None:
    """Parts a sample among regions and writes it."""
    sample, regions = read_sample(draws), counts.by_region()
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
        f"{rows} regions of {len(sample.countries)} countries, parted by {counts.told} "
        f"(no accuracy is claimed below the country): {out}\n"
    )
