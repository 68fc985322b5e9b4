"""Below the country: first-level regions' series out of UCDP event files or a record, and draws parted among them.

Each draw of a country is parted among its regions, so that in every draw they add up. The shares come from the same
models run on the regions' own series: the whole pool where there is a year of them, its memories where there is less.
No accuracy is claimed: the files at hand cover months, not years.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from foreshock.errors import ItemError, MalformedItem, RecordError, UsageError
from foreshock.forecast.countries import ids_by_code, known_countries
from foreshock.forecast.files import Sample
from foreshock.forecast.history import LAST_MONTH, LEAST_MONTHS, MOST_COUNT, History
from foreshock.forecast.memories import PRIOR_MEAN, moments
from foreshock.forecast.months import month_id, month_name
from foreshock.forecast.panel import Array, Panel
from foreshock.forecast.pool import draw_pool, shipped_weights
from foreshock.forecast.series import counts_of
from foreshock.gather.delimited import Row, table_rows
from foreshock.model.ucdp import COLUMNS, STATE_BASED
from foreshock.record.store import Record

NEEDED = ("country_id", "adm_1", "type_of_violence", "date_end", "best")
UNPLACED = "(region not known)"
MEMORIES = (6, 12, 24)

USUAL_SHARE = 0.05
"""How much a region's mean counts beside its draw: deaths in a draw in which no region has any go where they usually
fall."""

RATE_DRAWS = 200
"""Draws of the regions' rates, of which each draw of a country takes one: three thousand regions fit in memory."""


@dataclass(frozen=True)
class Regions:
    """Monthly counts of first-level regions: `names` are (country id, region), `counts` (regions, months).

    A month that the source holds nothing of is NaN in all of them.
    """

    names: tuple[tuple[int, str], ...]
    first_month: int
    counts: Array
    notes: tuple[str, ...]


def read_ged(path: Path) -> Regions:
    """Regions' monthly state-based deaths (`best`) of a UCDP GED file, .csv or .csv.gz, by the month an event ended in.

    Columns are found by their names, or in the releases' order where there is no header. UCDP's Gleditsch–Ward country
    numbers become the key's ids; rows that cannot be used are counted in the notes. Raises `ItemError` children where
    the file cannot be, and `UsageError` where there is none.
    """
    if not path.exists():
        raise UsageError(f"{path}: no such file")
    found: Counter[tuple[int, str, int]] = Counter()
    ids = {country.gwcode: country.id for country in known_countries().values() if country.current}
    wrong, elsewhere, total = 0, 0, 0
    for row in table_rows(path, NEEDED, bare=COLUMNS):
        total += 1
        if isinstance(row, ItemError):
            wrong += 1
            continue
        if row[1]["type_of_violence"].strip() != STATE_BASED:
            continue
        event = _event(row[1])
        if event is None:
            wrong += 1
        elif event.country not in ids:
            elsewhere += 1
        else:
            found[ids[event.country], event.region, event.month] += event.deaths
    if not found:
        raise MalformedItem(str(path), f"holds no state-based deaths in known countries among {total:,} rows")
    unusable = "rows of another width, or without a usable date, count or country"
    notes = [f"{path}: {wrong:,} {unusable}"] if wrong else []
    notes += [f"{path}: {elsewhere:,} rows of countries that the key does not have"] if elsewhere else []
    first, last = min(month for *_, month in found), max(month for *_, month in found)
    return _regions(found, range(first, last + 1), notes)


def regions_of(record: Record, counted: str, mechanism: str | None = None, kind: str | None = None) -> Regions:
    """Regions' monthly counts out of a record, as `series_of` counts them for countries.

    Raises `UsageError` for what cannot be counted, `RecordError` where there is none.
    """
    held = counts_of(record, counted, mechanism, kind)
    codes = ids_by_code()
    found: Counter[tuple[int, str, int]] = Counter()
    for code, region, month, count in held.rows:
        if code in codes:
            found[codes[code], region or UNPLACED, month] += count
    if not found:
        raise RecordError(f"{record.name}: insufficient data: of such counts there are none")
    return _regions(found, held.months, held.left_out)


def country_history(regions: Regions) -> History:
    """The countries' own counts: the sum of their regions, and zero for each other country in use today."""
    ids = sorted({country.id for country in known_countries().values() if country.current})
    counts = np.zeros((len(ids), regions.counts.shape[1]))
    for (identity, _), row in zip(regions.names, regions.counts, strict=True):
        counts[ids.index(identity)] += row
    return History(tuple(ids), regions.first_month, counts)


def _regions(found: Counter[tuple[int, str, int]], months: Sequence[int], notes: Sequence[str]) -> Regions:
    """Counts as a table; of the months between the first and the last those not in `months` are NaN."""
    names = tuple(sorted({(country, region) for country, region, _ in found}))
    counts = np.full((len(names), months[-1] - months[0] + 1), np.nan)
    counts[:, np.asarray(months) - months[0]] = 0.0
    places = {name: place for place, name in enumerate(names)}
    for (identity, region, number), count in found.items():
        counts[places[identity, region], number - months[0]] = count
    return Regions(names, months[0], counts, tuple(notes))


class _Event(NamedTuple):
    """A row that can be used: Gleditsch–Ward number, region, month of its end, deaths by UCDP's best estimate."""

    country: int
    region: str
    month: int
    deaths: int


def _event(row: Row) -> _Event | None:
    """A row's event; null where its date, count or country is none, or out of all bounds."""
    try:
        year, month = row["date_end"][:10].replace("/", "-").split("-")[:2]
        number, deaths = month_id(int(year), int(month)), int(float(row["best"]))
        country = int(float(row["country_id"]))
    except (ValueError, OverflowError):
        return None
    if not 0 <= deaths <= MOST_COUNT or not 1 <= number <= LAST_MONTH:
        return None
    return _Event(country, row["adm_1"].strip() or UNPLACED, number, deaths)


def part_among(sample: Sample, regions: Regions, seed: int) -> tuple[tuple[tuple[int, str], ...], Array]:
    """Each country's draws parted among its regions: names, and draws (regions, months, draws).

    In every draw and month the regions of a country sum to its own draw. A country with no region in the file keeps
    its draws whole, under `UNPLACED`. Raises `UsageError` where the counts are none of the months before the forecast,
    or the draws are not whole, for no parts of them would add up.
    """
    if (sample.outcome != np.rint(sample.outcome)).any():
        raise UsageError("the draws are not all whole numbers, and cannot be parted so that they add up")
    regions = _before(regions, sample.months[0])
    rates = _rates(regions, sample.months, RATE_DRAWS, seed)
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
        shares = np.moveaxis(rates[rows][..., rng.integers(0, rates.shape[-1], whole.shape[-1])], 0, -1)
        parted = rng.multinomial(whole.astype(np.int64), shares / shares.sum(axis=-1, keepdims=True))
        parts.append(np.asarray(np.moveaxis(parted, -1, 0), dtype=np.float64))
    return tuple(names), np.concatenate(parts)


def _before(regions: Regions, month: int) -> Regions:
    """The regions as they stood before a month, from their last gap on: nothing that came after parts a forecast."""
    counts = regions.counts[:, : max(month - regions.first_month, 0)]
    missing = np.flatnonzero(np.isnan(counts).all(axis=0))
    counts = counts[:, missing[-1] + 1 :] if len(missing) else counts
    if counts.shape[1] == 0:
        raise UsageError(
            f"there are no counts of regions right before the forecast's {month_name(month)} (they begin in "
            f"{month_name(regions.first_month)}): part a forecast by counts from before it"
        )
    first = regions.first_month + (int(missing[-1]) + 1 if len(missing) else 0)
    return Regions(regions.names, first, counts, regions.notes)


def _rates(regions: Regions, months: Sequence[int], draws: int, seed: int) -> Array:
    """Rates of each region in each draw, above zero: (regions, months, draws)."""
    counts = regions.counts
    last = regions.first_month + counts.shape[1] - 1
    if counts.shape[1] >= LEAST_MONTHS:
        panel = Panel(counts, np.zeros((len(counts), len(counts))))
        drawn = draw_pool(panel, [month - last for month in months], draws, seed, shipped_weights()).outcome
    else:
        drawn = _remembered(counts, (len(counts), len(months), draws), np.random.default_rng([seed, 1]))
    usual = moments(counts, MEMORIES[-1])[0][:, None, None]
    return drawn + USUAL_SHARE * usual + PRIOR_MEAN


def _remembered(counts: Array, size: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Rates drawn from memories of several lengths, one length in each draw of a country."""
    memory = rng.integers(0, len(MEMORIES), size[1:])
    rates = np.zeros(size)
    for number, length in enumerate(MEMORIES):
        mean, dispersion = moments(counts, length)
        shape = np.broadcast_to(dispersion[:, None, None], size)
        rates = np.where(memory == number, rng.gamma(shape, (mean / dispersion)[:, None, None]), rates)
    return rates
