"""Below the country: first-level regions' series out of UCDP event files, and country draws parted among them.

Each draw of a country is parted among its regions, so that in every draw they add up. The shares come from the pool's
memories run on the regions' own series. No accuracy is claimed: the files at hand cover months, not years.
"""

import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foreshock.errors import MalformedItem, OversizedItem, UnreadableItem, UsageError
from foreshock.forecast.countries import known_countries
from foreshock.forecast.files import Sample
from foreshock.forecast.memories import PRIOR_MEAN, moments
from foreshock.forecast.months import month_id, month_name
from foreshock.forecast.panel import Array

STATE_BASED = "1"
"""UCDP's `type_of_violence` for conflicts in which a state takes part."""

NEEDED = ("country_id", "adm_1", "type_of_violence", "date_end", "best")
UNPLACED = "(region not known)"
MOST_BYTES = 2 * 1024**3
MEMORIES = (6, 12, 24)


@dataclass(frozen=True)
class Regions:
    """Monthly counts of first-level regions: `names` are (country id, region), `counts` (regions, months)."""

    names: tuple[tuple[int, str], ...]
    first_month: int
    counts: Array
    notes: tuple[str, ...]


def read_ged(path: Path) -> Regions:
    """Regions' monthly state-based deaths (`best`) of a UCDP GED file, .csv or .csv.gz, by the month an event ended in.

    Columns are found by their names. UCDP's Gleditsch–Ward country numbers become the key's ids; rows that cannot be
    used are counted in the notes. Raises `ItemError` children where the file cannot be.
    """
    found: Counter[tuple[int, str, int]] = Counter()
    ids = {country.gwcode: country.id for country in known_countries().values() if country.current}
    wrong, elsewhere, total = 0, 0, 0
    with _opened(path) as file:
        reader = csv.DictReader(file)
        missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise MalformedItem(path.name, f"has no column {', '.join(missing)}: UCDP GED files carry a header")
        for row in _rows(path, reader):
            total += 1
            if row["type_of_violence"] != STATE_BASED:
                continue
            try:
                year, month = row["date_end"][:10].replace("/", "-").split("-")[:2]
                number, deaths = month_id(int(year), int(month)), int(float(row["best"]))
                code = int(float(row["country_id"]))
            except (ValueError, TypeError, AttributeError):
                wrong += 1
                continue
            if code not in ids or deaths < 0 or not 1 <= number <= 2400:
                elsewhere += 1
                continue
            found[(ids[code], (row["adm_1"] or "").strip() or UNPLACED, number)] += deaths
    if not found:
        raise MalformedItem(path.name, f"holds no state-based deaths in known countries among {total:,} rows")
    notes = [f"{path.name}: {wrong:,} rows without a usable date, count or country"] if wrong else []
    notes += [f"{path.name}: {elsewhere:,} rows of countries that the key does not have"] if elsewhere else []
    names = tuple(sorted({(country, region) for country, region, _ in found}))
    first, last = min(month for *_, month in found), max(month for *_, month in found)
    counts = np.zeros((len(names), last - first + 1))
    places = {name: place for place, name in enumerate(names)}
    for (identity, region, number), deaths in found.items():
        counts[places[identity, region], number - first] = deaths
    return Regions(names, first, counts, tuple(notes))


@contextmanager
def _opened(path: Path) -> Iterator[io.TextIOBase]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise OversizedItem(path.name, f"larger than {MOST_BYTES // 2**30} GB")
        with path.open("rb") as raw:
            binary = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
            with io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as file:
                yield file
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file") from error


def _rows(path: Path, reader: "csv.DictReader[str]") -> Iterator[dict[str, str]]:
    try:
        yield from reader
    except (csv.Error, OSError, EOFError, UnicodeDecodeError) as error:
        raise UnreadableItem(path.name, f"cannot be read as CSV: {error}") from error


def part_among(sample: Sample, regions: Regions, seed: int) -> tuple[tuple[tuple[int, str], ...], Array]:
    """Each country's draws parted among its regions: names, and draws (regions, months, draws).

    In every draw and month the regions of a country sum to its own draw. A country with no region in the file keeps
    its draws whole, under `UNPLACED`. Raises `UsageError` where the events are none of the months before the forecast.
    """
    regions = _before(regions, sample.months[0])
    rng = np.random.default_rng(seed)
    names: list[tuple[int, str]] = []
    parts: list[Array] = []
    for place, country in enumerate(sample.countries):
        rows = [row for row, name in enumerate(regions.names) if name[0] == country]
        whole = sample.outcome[place]
        if not rows:
            names.append((country, UNPLACED))
            parts.append(whole[None])
            continue
        names += [regions.names[row] for row in rows]
        parts.append(_parted(whole, regions.counts[rows], rng))
    return tuple(names), np.concatenate(parts)


def _before(regions: Regions, month: int) -> Regions:
    """The regions as they stood before a month: a forecast is not parted by what came after it."""
    known = min(month - regions.first_month, regions.counts.shape[1])
    if known < 1:
        raise UsageError(
            f"the events begin in {month_name(regions.first_month)}, the forecast in {month_name(month)}: "
            "part a forecast by events from before it"
        )
    return Regions(regions.names, regions.first_month, regions.counts[:, :known], regions.notes)


def _parted(whole: Array, counts: Array, rng: np.random.Generator) -> Array:
    """A country's draws (months, draws) parted by rates drawn for each region: (regions, months, draws)."""
    months, draws = whole.shape
    size = (months, draws)
    memory = rng.integers(0, len(MEMORIES), size)
    rates = np.zeros((len(counts), *size))
    for number, length in enumerate(MEMORIES):
        mean, dispersion = moments(counts, length)
        shape = np.broadcast_to(dispersion[:, None, None], rates.shape)
        drawn = rng.gamma(shape, (mean / dispersion)[:, None, None])
        rates = np.where(memory == number, drawn, rates)
    rates = np.moveaxis(rates + PRIOR_MEAN, 0, -1)
    shares = rates / rates.sum(axis=-1, keepdims=True)
    parted = rng.multinomial(whole.astype(np.int64), shares)
    return np.asarray(np.moveaxis(parted, -1, 0), dtype=np.float64)
