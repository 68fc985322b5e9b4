"""Vintages: each run is kept with its data, code and model version, and never overwritten.

What would have been said on a day is what had been kept by then; the data of each run are kept beside it, so that
a revision of the data shows as a difference between two histories.
"""

import datetime
import hashlib
import zlib
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, insert, select

import foreshock
from foreshock.errors import RecordError
from foreshock.forecast.fan import QUANTILES
from foreshock.forecast.files import Sample
from foreshock.forecast.history import History
from foreshock.forecast.panel import Array
from foreshock.forecast.run import NEWS_MARK, Forecast
from foreshock.model.day import in_utc
from foreshock.record.forecast_tables import forecast_cells, forecast_histories, forecast_parts, forecasts
from foreshock.record.store import Record

LARGEST_CONTENT = 2**31
"""Bytes that kept draws may unpack to."""

_ABOUT = [column for column in forecasts.c if column.name not in ("countries", "content")]


@dataclass(frozen=True)
class Vintage:
    """A kept run, without its draws."""

    id: str
    series: str
    made_at: datetime.datetime
    """In UTC, whatever zone a database speaks."""
    history: str
    origin: int
    first_month: int
    last_month: int
    draws: int
    seed: int
    model: str
    code: str


@dataclass(frozen=True)
class Cell:
    """What a run said of one country and month."""

    country_id: int
    month_id: int
    mean: float
    low90: float
    low50: float
    median: float
    high50: float
    high90: float
    chance: float


@dataclass(frozen=True)
class Part:
    """What one model of the pool said of a country, over all months, and how much it counted."""

    part: str
    weight: float
    mean: float


@dataclass(frozen=True)
class Revision:
    """A count that reads otherwise in a newer history."""

    country: int
    month: int
    before: float
    after: float


def keep_vintage(
    record: Record,
    made: Forecast,
    history: History,
    series: str,
    when: datetime.datetime | None = None,
    news: History | None = None,
    observed: History | None = None,
) -> str:
    """Keeps a run and the history that it was made from, with any news and the counts it was judged by; returns its id.

    The very same run kept again stays the first.
    """
    now = when or datetime.datetime.now(datetime.UTC)
    identity = hashlib.sha256(
        repr((made.digest, series, made.origin, made.months, made.outcome.shape, made.seed, made.model,
              foreshock.__version__, made.drawn.names)).encode()
    ).hexdigest()  # fmt: skip
    with record.begin(writing=True) as connection:
        if connection.scalar(select(forecasts.c.id).where(forecasts.c.id == identity)) is not None:
            return identity
        _keep_history(connection, history, series, now)
        if news is not None and NEWS_MARK in made.model:
            _keep_history(connection, news, f"news for {series}", now)
            if observed is not None:
                _keep_history(connection, observed.through(made.origin), f"as observed, {series}", now)
        connection.execute(
            insert(forecasts).values(
                id=identity, series=series, made_at=now, history=made.digest, origin=made.origin,
                first_month=made.months[0], last_month=made.months[-1], draws=made.outcome.shape[-1], seed=made.seed,
                model=made.model, code=foreshock.__version__, countries=list(made.countries),
                content=zlib.compress(made.outcome.astype("<i4").tobytes(), 6),
            )
        )  # fmt: skip
        connection.execute(insert(forecast_cells), _cells(identity, made))
        connection.execute(insert(forecast_parts), _parts(identity, made))
    return identity


def _keep_history(connection: Connection, history: History, series: str, now: datetime.datetime) -> None:
    known = select(forecast_histories.c.digest).where(forecast_histories.c.digest == history.digest)
    if connection.scalar(known) is None:
        connection.execute(
            insert(forecast_histories).values(
                digest=history.digest, series=series, added_at=now, first_month=history.first_month,
                last_month=history.last_month, countries=list(history.countries),
                content=zlib.compress(history.counts.astype("<f8").tobytes(), 6),
            )
        )  # fmt: skip


def _cells(identity: str, made: Forecast) -> list[dict[str, object]]:
    quantiles = np.quantile(made.outcome, QUANTILES, axis=-1)
    means, chances = made.outcome.mean(axis=-1), (made.outcome > 0).mean(axis=-1)
    names = ("low90", "low50", "median", "high50", "high90")
    return [
        {
            "forecast": identity, "country_id": country, "month_id": month, "mean": float(means[row, column]),
            "chance": float(chances[row, column]),
            **{name: float(quantiles[place, row, column]) for place, name in enumerate(names)},
        }
        for row, country in enumerate(made.countries)
        for column, month in enumerate(made.months)
    ]  # fmt: skip


def _parts(identity: str, made: Forecast) -> list[dict[str, object]]:
    means = made.drawn.means.mean(axis=2)
    return [
        {
            "forecast": identity, "country_id": country, "part": name,
            "weight": float(made.drawn.weights[place, row]), "mean": float(means[place, row]),
        }
        for row, country in enumerate(made.countries)
        for place, name in enumerate(made.drawn.names)
    ]  # fmt: skip


def list_vintages(record: Record, series: str | None = None) -> list[Vintage]:
    """All kept runs, newest first."""
    query = select(*_ABOUT).order_by(forecasts.c.made_at.desc(), forecasts.c.id)
    if series is not None:
        query = query.where(forecasts.c.series == series)
    with record.begin() as connection:
        rows = connection.execute(query).mappings()
        return [Vintage(**{**row, "made_at": in_utc(row["made_at"])}) for row in rows]


def as_of(record: Record, day: datetime.date, series: str | None = None) -> Vintage | None:
    """The newest run that had been kept by the end of a day (UTC), or null where none had."""
    return next((one for one in list_vintages(record, series) if one.made_at <= _end_of(day)), None)


def newest_runs(record: Record, day: datetime.date) -> dict[str, Vintage]:
    """Of each series the newest run that had been kept by the end of a day (UTC), newest first."""
    found: dict[str, Vintage] = {}
    for one in list_vintages(record):
        if one.made_at <= _end_of(day):
            found.setdefault(one.series, one)
    return found


def before(record: Record, vintage: Vintage) -> Vintage | None:
    """The run of the same series kept last before this one."""
    earlier = (one for one in list_vintages(record, vintage.series) if one.made_at < vintage.made_at)
    return next(earlier, None)


def _end_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.max, datetime.UTC)


def cells_of(record: Record, identity: str, country: int | None = None) -> list[Cell]:
    """What a run said, by country and month."""
    query = select(*(column for column in forecast_cells.c if column.name != "forecast"))
    query = query.where(forecast_cells.c.forecast == identity)
    if country is not None:
        query = query.where(forecast_cells.c.country_id == country)
    with record.begin() as connection:
        rows = connection.execute(query.order_by(forecast_cells.c.country_id, forecast_cells.c.month_id))
        return [Cell(**row._mapping) for row in rows]


def chances_of(record: Record, identity: str) -> dict[int, Array]:
    """The chance of any count that a run gave each of its months, in their order, by country."""
    found: dict[int, list[float]] = {}
    for cell in cells_of(record, identity):
        found.setdefault(cell.country_id, []).append(cell.chance)
    return {country: np.array(chances) for country, chances in found.items()}


def parts_of(record: Record, identity: str, country: int) -> list[Part]:
    """What each model of the pool said of a country in a run."""
    query = select(forecast_parts.c.part, forecast_parts.c.weight, forecast_parts.c.mean).where(
        forecast_parts.c.forecast == identity, forecast_parts.c.country_id == country
    )
    with record.begin() as connection:
        return [Part(**row._mapping) for row in connection.execute(query.order_by(forecast_parts.c.part))]


def draws_of(record: Record, identity: str) -> Sample:
    """The draws of a kept run, as they were. Raises `RecordError` where there is no such run or it is damaged."""
    query = select(forecasts.c.countries, forecasts.c.first_month, forecasts.c.last_month, forecasts.c.draws,
                   forecasts.c.content).where(forecasts.c.id == identity)  # fmt: skip
    with record.begin() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise RecordError(f"{record.name}: no forecast {identity}")
    months = tuple(range(row.first_month, row.last_month + 1))
    shape = (len(row.countries), len(months), row.draws)
    flat = np.frombuffer(_unpacked(record, row.content), dtype="<i4")
    if flat.size != shape[0] * shape[1] * shape[2]:
        raise RecordError(f"{record.name}: forecast {identity} is damaged; restore the record from a copy")
    return Sample(tuple(row.countries), months, flat.reshape(shape).astype(np.float64))


def history_of(record: Record, digest: str) -> History:
    """The history that runs were made from. Raises `RecordError` where there is none, or its hash says otherwise."""
    query = select(forecast_histories).where(forecast_histories.c.digest == digest)
    with record.begin() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise RecordError(f"{record.name}: no history {digest}")
    shape = (len(row.countries), row.last_month - row.first_month + 1)
    flat = np.frombuffer(_unpacked(record, row.content), dtype="<f8")
    if flat.size == shape[0] * shape[1]:
        history = History(tuple(row.countries), row.first_month, flat.reshape(shape).astype(np.float64))
        if history.digest == digest:
            return history
    raise RecordError(f"{record.name}: history {digest} is damaged; restore the record from a copy")


def news_of(record: Record, vintage: Vintage) -> tuple[History | None, History | None]:
    """The news that entered a run and the observed counts that it was judged by, null where none did; of runs that were
    kept when news was judged by the history, only the news. Raises `RecordError` where they are not kept."""
    kept = [_news_kept(record, vintage, digits) for digits in vintage.model.partition(NEWS_MARK)[2].split()]
    news, observed = (*kept, None, None)[:2]
    return news, observed


def _news_kept(record: Record, vintage: Vintage, digits: str) -> History:
    query = select(forecast_histories.c.digest).where(forecast_histories.c.digest.startswith(digits, autoescape=True))
    with record.begin() as connection:
        digest = connection.scalar(query)
    if digest is None:
        raise RecordError(f"{record.name}: the news of run {vintage.id[:12]} is not kept")
    return history_of(record, digest)


def _unpacked(record: Record, content: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(content, LARGEST_CONTENT)
    except zlib.error as error:
        raise RecordError(f"{record.name}: a kept forecast is damaged ({error}); restore the record") from error
    return plain


def revisions(older: History, newer: History) -> list[Revision]:
    """Counts that both histories have and that differ, largest change first: how the data were revised."""
    first = max(older.first_month, newer.first_month)
    last = min(older.last_month, newer.last_month)
    found = []
    for identity in sorted(set(older.countries) & set(newer.countries)):
        then, now = (_months(history, identity, first, last) for history in (older, newer))
        for place in np.flatnonzero(~((then == now) | (np.isnan(then) & np.isnan(now)))).tolist():
            found.append(Revision(identity, first + place, float(then[place]), float(now[place])))
    return sorted(found, key=lambda one: -abs(np.nan_to_num(one.after) - np.nan_to_num(one.before)))


def _months(history: History, identity: int, first: int, last: int) -> Array:
    row: Array = history.counts[history.countries.index(identity)]
    return row[first - history.first_month : last - history.first_month + 1]
