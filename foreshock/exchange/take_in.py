"""Imports: rows of other data sets kept beside what the record read itself, never mixed into its statements."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, case, delete, func, insert, select

from foreshock.errors import ItemError, MalformedItem, UnreadableItem
from foreshock.model.occurrence import Occurrence
from foreshock.record import custody
from foreshock.record.imports_tables import imported
from foreshock.record.paging import Order, beyond, in_order
from foreshock.record.parts import parted
from foreshock.record.store import Record

BATCH: Final = 1000
LONGEST_ID, LONGEST_DATASET = 120, 40
IMPORTED: Final = "imported"


class Taken(msgspec.Struct):
    """What an import did: rows taken by data set, tombstones among them, and what could not be taken."""

    datasets: Counter[str]
    deleted: int
    errors: list[ItemError]


def take_in(record: Record, rows: Iterable[Occurrence | ItemError], origin: str, form: str) -> Taken:
    """Keep rows; one that was imported before is replaced, one that its data set took back becomes a tombstone.

    Where `rows` breaks off with an `ItemError`, what came before it is kept, and the error is one of those told; that
    there were none is an error, too.
    """
    done = Taken(Counter(), 0, [])
    rest = _until_broken(rows)
    while batch := list(islice(rest, BATCH)):
        good: dict[tuple[str, str], Occurrence] = {}
        for row in batch:
            if isinstance(row, ItemError):
                done.errors.append(row)
            elif not row.id or len(row.id) > LONGEST_ID or len(row.dataset) > LONGEST_DATASET:
                done.errors.append(MalformedItem(f"{origin}: {row.id[:40]!r}", "an id that is empty or too long"))
            else:
                good[row.dataset, row.id] = row
        with record.begin(writing=True) as connection:
            _replace(connection, good)
        done.datasets.update(row.dataset for row in good.values())
        done.deleted += sum(row.deleted for row in good.values())
    if not done.datasets and not done.errors:
        done.errors.append(UnreadableItem(origin, f"it holds no rows of the format {form}; is it the right file?"))
    with record.begin(writing=True) as connection:
        note = custody.Note(IMPORTED, "import", {"format": form, "rows": dict(done.datasets), "deleted": done.deleted})
        custody.append(connection, [note], datetime.datetime.now(datetime.UTC))
    return done


def _until_broken(rows: Iterable[Occurrence | ItemError]) -> Iterator[Occurrence | ItemError]:
    try:
        yield from rows
    except ItemError as error:
        yield error


def _replace(connection: Connection, rows: dict[tuple[str, str], Occurrence]) -> None:
    by_dataset: dict[str, list[str]] = {}
    for dataset, identity in rows:
        by_dataset.setdefault(dataset, []).append(identity)
    for dataset, identities in by_dataset.items():
        for part in parted(identities):
            connection.execute(delete(imported).where(imported.c.dataset == dataset, imported.c.id.in_(part)))
    now = datetime.datetime.now(datetime.UTC)
    if rows:
        connection.execute(insert(imported), [_row(one, now) for one in rows.values()])


def _row(one: Occurrence, now: datetime.datetime) -> dict[str, Any]:
    return {
        "dataset": one.dataset,
        "id": one.id,
        "imported_at": now,
        "deleted": one.deleted,
        "country": one.site.country if one.site else None,
        "since": one.since,
        "type": one.type,
        "body": msgspec.json.encode(one).decode(),
    }


class Dataset(msgspec.Struct, frozen=True):
    """What was imported of one data set: rows that stand, rows that it took back, and when it was last imported."""

    name: str
    rows: int
    taken_back: int
    imported_at: datetime.datetime


def datasets_in(record: Record) -> list[Dataset]:
    """The data sets that rows were imported from, by name."""
    gone = func.sum(case((imported.c.deleted, 1), else_=0))
    query = select(imported.c.dataset, func.count() - gone, gone, func.max(imported.c.imported_at))
    with record.begin() as connection:
        return [Dataset(*row) for row in connection.execute(query.group_by(imported.c.dataset).order_by("dataset"))]


_NEWEST_FIRST: Final[Order] = ((imported.c.since, True), (imported.c.dataset, False), (imported.c.id, False))


def _standing(dataset: str | None, country: str | None) -> ColumnElement[bool]:
    wanted = ~imported.c.deleted
    if dataset:
        wanted &= imported.c.dataset == dataset
    if country:
        wanted &= imported.c.country == country
    return wanted


def list_imports(
    record: Record, dataset: str | None, country: str | None, limit: int, offset: int = 0
) -> tuple[int, list[Occurrence]]:
    """How many rows stand, of a data set or country where one is given, and a page of them, newest first."""
    wanted = _standing(dataset, country)
    query = select(imported.c.body).where(wanted).order_by(*in_order(_NEWEST_FIRST))
    with record.begin() as connection:
        total = connection.scalar(select(func.count()).select_from(imported).where(wanted)) or 0
        bodies = connection.scalars(query.limit(limit).offset(offset)).all()
    return total, [msgspec.json.decode(body, type=Occurrence) for body in bodies]


def every_import(record: Record, dataset: str | None, country: str | None) -> Iterator[Occurrence]:
    """All rows that stand, of a data set or country where one is given, newest first.

    Each page begins after the last row of the one before, so that rows imported meanwhile shift none of them.
    """
    query = select(imported.c.since, imported.c.dataset, imported.c.id, imported.c.body).order_by(
        *in_order(_NEWEST_FIRST)
    )
    wanted = rest = _standing(dataset, country)
    while True:
        with record.begin() as connection:
            rows = connection.execute(query.where(rest).limit(BATCH)).all()
        if not rows:
            return
        yield from (msgspec.json.decode(row.body, type=Occurrence) for row in rows)
        rest = wanted & beyond(_NEWEST_FIRST, rows[-1][:3])
