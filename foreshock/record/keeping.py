"""Writing entries into the record: rows gathered first, then one insertion a table, then the log."""

import datetime
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, insert, select

import foreshock
from foreshock.model.entry import Entry
from foreshock.model.statement import Gap, Reading
from foreshock.record import custody
from foreshock.record.custody_tables import erasures, fetches
from foreshock.record.rows import StatementRows, day_of, provenance
from foreshock.record.syndication_tables import syndication_captures
from foreshock.record.tables import (
    captures,
    documents,
    gaps,
    originals,
    statement_contexts,
    statement_participants,
    statement_sources,
    statements,
)

Row = dict[str, Any]
ORDER: tuple[Table, ...] = (
    documents, statements, statement_contexts, statement_sources, statement_participants, gaps, originals, captures,
    fetches,
)  # fmt: skip
"""Tables in the order in which one may refer to the other."""


@dataclass(frozen=True)
class Kept:
    """What became of entries that were handed to the record, each in one of five lists, in their order.

    `documents` were written with their statements; the text of `same_text` was there already, only their
    captures are new; `skipped` were noted with their verdicts; `known` had been taken before (one that was skipped then
    and is usable now is in the first list); `erased` were erased once and are not taken in again.
    """

    documents: list[Entry] = field(default_factory=list)
    same_text: list[Entry] = field(default_factory=list)
    skipped: list[Entry] = field(default_factory=list)
    known: list[Entry] = field(default_factory=list)
    erased: list[Entry] = field(default_factory=list)

    @property
    def statements(self) -> int:
        """How many statements were written."""
        return sum(len(entry.reading.statements) for entry in self.documents if entry.reading)


def keep(connection: Connection, entries: Sequence[Entry], take_erased: bool) -> Kept:
    """Write `entries` in `connection`'s transaction; with `take_erased` also what was erased before.

    What is taken so is no longer erased: a capture, and its text where that is read. A text that is skipped stays so.
    """
    now = datetime.datetime.now(datetime.UTC)
    hashes = [entry.capture.sha256 for entry in entries]
    texts = [entry.document.id for entry in entries]
    read = _found(connection, documents.c.id, texts)
    erased = set() if take_erased else _found(connection, erasures.c.hash, hashes + texts)
    _make_way(connection, [one for one in entries if not erased & {one.capture.sha256, one.document.id}])
    there = _found(connection, captures.c.capture, hashes)
    kept, batch = Kept(), _Batch(now)
    for entry in entries:
        if entry.capture.sha256 in there:
            kept.known.append(entry)
            continue
        if erased & {entry.capture.sha256, entry.document.id}:
            kept.erased.append(entry)
            continue
        there.add(entry.capture.sha256)
        if entry.reading is None:
            kept.skipped.append(entry)
        elif entry.document.id in read:
            kept.same_text.append(entry)
        else:
            read.add(entry.document.id)
            kept.documents.append(entry)
            batch.add_reading(entry.reading)
        batch.add_capture(entry)
    if take_erased:
        usable = (*kept.documents, *kept.same_text)
        taken = {one.capture.sha256 for one in (*usable, *kept.skipped)} | {one.document.id for one in usable}
        connection.execute(delete(erasures).where(erasures.c.hash.in_(taken)))
    batch.write(connection)
    return kept


def _make_way(connection: Connection, entries: Sequence[Entry]) -> None:
    """Remove the rows of captures that were skipped once and are worth reading now; the log keeps both verdicts."""
    usable = [entry.capture.sha256 for entry in entries if entry.reading is not None]
    own = captures.c
    again = connection.scalars(select(own.capture).where(own.capture.in_(usable), own.document.is_(None))).all()
    if again:
        for table in (fetches, syndication_captures):
            connection.execute(delete(table).where(table.c.capture.in_(again)))
        connection.execute(delete(captures).where(own.capture.in_(again)))


def _found(connection: Connection, column: "Column[str]", values: Sequence[str]) -> set[str]:
    return set(connection.scalars(select(column).where(column.in_(values))))


def gap_rows(document: str, found: Iterable[Gap]) -> list[Row]:
    """The gaps of a document's reading as rows."""
    return [
        {"document": document, "stage": gap.stage, "reason": gap.reason, "start": gap.start, "end": gap.end}
        for gap in found
    ]


def add_statements(rows: dict[Table, list[Row]], found: StatementRows) -> None:
    """Add the rows of statements to those of their tables."""
    for table, more in (
        (statements, found.statements),
        (statement_contexts, found.contexts),
        (statement_sources, found.sources),
        (statement_participants, found.participants),
    ):
        rows[table] += more


class _Batch:
    """The rows of several entries, and the notes for the log."""

    def __init__(self, now: datetime.datetime) -> None:
        self.now = now
        self.rows: dict[Table, list[Row]] = {table: [] for table in ORDER}
        self.notes: list[custody.Note] = []

    def add_reading(self, reading: Reading) -> None:
        document = reading.document
        row = {
            **provenance(document), "id": document.id, "text": document.text, "notes": list(document.notes),
            "model": reading.model, "read_at": self.now,
        }  # fmt: skip
        found = StatementRows(reading.statements, day_of(document))
        left_out = gap_rows(document.id, reading.gaps)
        self.rows[documents].append(row)
        self.rows[gaps] += left_out
        add_statements(self.rows, found)
        bodies = [(statement["id"], statement["body"]) for statement in found.statements]
        self.notes.append(custody.read(row, bodies, left_out))

    def add_capture(self, entry: Entry) -> None:
        capture, fetch = entry.capture, entry.capture.fetch
        row = {
            **provenance(entry.document), "capture": capture.sha256, "captured_at": self.now,
            "tool": f"foreshock {foreshock.__version__}",
            "document": entry.document.id if entry.reading else None,
            "verdict": entry.verdict.label, "reason": entry.verdict.reason,
        }  # fmt: skip
        fetched: Row | None = None
        if fetch is not None:
            fetched = {
                "capture": capture.sha256, "url": fetch.url, "fetched_at": fetch.at, "status": fetch.status,
                "headers": [list(pair) for pair in fetch.headers],
            }  # fmt: skip
            self.rows[fetches].append(fetched)
        self.rows[captures].append(row)
        if entry.reading is not None:
            packed = zlib.compress(capture.content, 6)
            original = {"sha256": capture.sha256, "size": len(capture.content), "content": packed}
            self.rows[originals].append(original)
        self.notes.append(custody.taken(row, fetched))

    def write(self, connection: Connection) -> None:
        for table, rows in self.rows.items():
            if rows:
                connection.execute(insert(table), rows)
        custody.append(connection, self.notes, self.now)
