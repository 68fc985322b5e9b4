"""Bringing what was read up to a newer model: statements that stay keep their ids and numbers."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from foreshock.model.document import Document
from foreshock.model.statement import Reading
from foreshock.record import custody
from foreshock.record.erasure import HANGING
from foreshock.record.evidence import tell_reread
from foreshock.record.keeping import ORDER, Row, add_statements, gap_rows
from foreshock.record.parts import parted
from foreshock.record.rows import StatementRows, day_of, dicts, document_in
from foreshock.record.store import Record
from foreshock.record.tables import (
    captures,
    documents,
    gaps,
    statement_contexts,
    statement_participants,
    statement_sources,
    statements,
)

PAGE = 100
SIDE_TABLES = (statement_contexts, statement_sources, statement_participants)
"""What a statement's words say over again, for searches."""


@dataclass
class Difference:
    """What a newer reading changed, in statements: `same` word for word, `changed` under the same id, `new`, `gone`."""

    documents: int = 0
    same: int = 0
    changed: int = 0
    new: int = 0
    gone: int = 0

    def add(self, other: "Difference") -> None:
        """Count what another transaction changed, too."""
        for name in ("documents", "same", "changed", "new", "gone"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def outdated(record: Record, model: str, before: datetime.datetime | None = None) -> Iterator[Document]:
    """Documents that another version than `model` has read, oldest row first.

    With `before`, all that were last read before it, whatever the version. The list is asked for page by page,
    so that it may be worked off while it is read.
    """
    last = 0
    wanted = documents.c.model != model if before is None else documents.c.read_at < before
    while True:
        query = select(documents).where(documents.c.number > last, wanted).order_by(documents.c.number).limit(PAGE)
        with record.begin() as connection:
            rows = dicts(connection.execute(query))
            held = select(captures.c.document, func.min(captures.c.capture)).group_by(captures.c.document)
            names = held.where(captures.c.document.in_([row["id"] for row in rows]))
            first = {row.document: row[1] for row in connection.execute(names)}
        if not rows:
            return
        last = rows[-1]["number"]
        yield from (document_in(row, first.get(row["id"])) for row in rows)


def count_outdated(record: Record, model: str, before: datetime.datetime | None = None) -> int:
    """How many documents `outdated` gives."""
    wanted = documents.c.model != model if before is None else documents.c.read_at < before
    with record.begin() as connection:
        return connection.scalar(select(func.count()).select_from(documents).where(wanted)) or 0


def replace_readings(
    record: Record, readings: Sequence[Reading], then: Callable[[Connection, Sequence[str]], None] | None = None
) -> Difference:
    """Put newer readings in the place of those that the record holds, in one transaction.

    A document that was erased meanwhile is passed over. `then` is given the ids of the others in the same transaction.
    """
    now = datetime.datetime.now(datetime.UTC)
    difference = Difference()
    replaced: list[str] = []
    notes: list[custody.Note] = []
    with record.begin(writing=True) as connection:
        for reading in readings:
            change = update(documents).where(documents.c.id == reading.document.id)
            if connection.execute(change.values(model=reading.model, read_at=now)).rowcount:
                notes.append(_replace(connection, reading, difference))
                replaced.append(reading.document.id)
        if then is not None:
            then(connection, replaced)
        custody.append(connection, notes, now)
    return difference


def _replace(connection: Connection, reading: Reading, difference: Difference) -> custody.Note:
    document = reading.document
    held = select(statements.c.id, statements.c.body).where(statements.c.document == document.id)
    old = {row.id: row.body for row in connection.execute(held)}
    new = {statement.id: statement for statement in reading.statements}
    rows = StatementRows(reading.statements, day_of(document))
    bodies = {row["id"]: row["body"] for row in rows.statements}
    gone = [identity for identity in old if identity not in new]
    changed = [identity for identity in old if identity in new and old[identity] != bodies[identity]]
    added = [identity for identity in new if identity not in old]

    _take_away(connection, gone)
    for identity in changed:
        for table in SIDE_TABLES:
            connection.execute(delete(table).where(table.c.statement == identity))
    fields = {row["id"]: row for row in rows.statements}
    for identity in changed:
        connection.execute(update(statements).where(statements.c.id == identity).values(fields[identity]))
    fresh = StatementRows([new[identity] for identity in (*changed, *added)], day_of(document))
    fresh.statements = [row for row in fresh.statements if row["id"] not in old]
    into: dict[Table, list[Row]] = {table: [] for table in ORDER}
    add_statements(into, fresh)
    connection.execute(delete(gaps).where(gaps.c.document == document.id))
    into[gaps] = gap_rows(document.id, reading.gaps)
    for table, values in into.items():
        if values:
            connection.execute(insert(table), values)

    difference.documents += 1
    difference.gone += len(gone)
    difference.changed += len(changed)
    difference.new += len(added)
    difference.same += len(old) - len(gone) - len(changed)
    (row,) = dicts(connection.execute(select(documents).where(documents.c.id == document.id)))
    return custody.read(row, bodies.items(), into[gaps])


def _take_away(connection: Connection, gone: Sequence[str]) -> None:
    """Remove statements that are no longer found, with what was made of them; people's decisions stay."""
    for part in parted(gone):
        tell_reread(connection, part)
        for hanging in HANGING:
            if hanging.of == "statement" and hanging.derived:
                connection.execute(delete(hanging.table).where(hanging.table.c[hanging.column].in_(part)))
        connection.execute(delete(statements).where(statements.c.id.in_(part)))
