"""The record: what was taken, what was read in it, and how to get it back.

SQLite by default, through SQLAlchemy Core. Everything that belongs to one document is written in one
transaction, so that a run killed at any moment leaves whole documents or none.
"""

import datetime
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.exc import DBAPIError

import foreshock
from foreshock.errors import RecordError
from foreshock.model.capture import Capture
from foreshock.model.document import Document
from foreshock.model.entry import Entry
from foreshock.model.statement import Reading
from foreshock.model.vocabulary import Granularity
from foreshock.record.address import NO_RECORD, WRITES, engine_of, shown, write_ahead
from foreshock.record.rows import StatementRows, provenance
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


@dataclass(frozen=True)
class Kept:
    """What became of entries that were handed to the record, each in one of four lists, in their order.

    `documents` were written with their statements; the text of `same_text` was there already, only their
    captures are new; `skipped` were noted with their verdicts; `known` had been taken before.
    """

    documents: list[Entry] = field(default_factory=list)
    same_text: list[Entry] = field(default_factory=list)
    skipped: list[Entry] = field(default_factory=list)
    known: list[Entry] = field(default_factory=list)

    @property
    def statements(self) -> int:
        """How many statements were written."""
        return sum(len(entry.reading.statements) for entry in self.documents if entry.reading)


def migration_config() -> Config:
    """Alembic's configuration for the record's migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


class Record:
    """An open record. Use as a context manager, or call `close`."""

    def __init__(self, url: str, create: bool = True) -> None:
        """Open the record at `url` (or a file's path), making or migrating its tables as needed.

        Without `create` nothing is made where no record is. `name` is its address as it may be shown.
        Raises `RecordError` where it is locked, of a newer version of Foreshock, no record at all, or absent.
        """
        self.name = shown(url)
        self.engine = engine_of(url, create)
        try:
            self._migrate(create)
        except RecordError:
            self.close()
            raise

    def __enter__(self) -> "Record":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            cause = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())
            if "locked" in cause:
                problem = "the record is locked by another program; close it or wait, then try again"
            elif "not a database" in cause or "malformed" in cause:
                problem = "the file is not a Foreshock record, or it is damaged; name another with --record"
            else:
                problem = cause
            raise RecordError(f"{self.name}: {problem}") from error

    def _migrate(self, create: bool) -> None:
        config = migration_config()
        scripts = ScriptDirectory.from_config(config)
        with self.begin() as connection:
            outdated = self._outdated(connection, scripts, create)
        if outdated:
            with self.begin(writing=True) as connection:
                # Asked again under the lock: another who opened it may have made the tables meanwhile.
                if self._outdated(connection, scripts, create):
                    config.attributes["connection"] = connection
                    command.upgrade(config, "head")
        if create and self.engine.dialect.name == "sqlite":
            with self._guarded():
                write_ahead(self.engine)

    def _outdated(self, connection: Connection, scripts: ScriptDirectory, create: bool) -> bool:
        """Whether tables are to be made or migrated; raises `RecordError` where they must not be."""
        current = MigrationContext.configure(connection).get_current_revision()
        if current == scripts.get_current_head():
            return False
        if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
            raise RecordError(f"{self.name}: the record was made by a newer Foreshock; update the program")
        if current is None and set(connection.dialect.get_table_names(connection)) - {"alembic_version"}:
            raise RecordError(f"{self.name}: a database, but not a Foreshock record; name another with --record")
        if current is None and not create:
            raise RecordError(f"{self.name}: {NO_RECORD}")
        return True

    @contextmanager
    def begin(self, writing: bool = False) -> Iterator[Connection]:
        """A transaction, one that may write with `writing`; database errors come out as `RecordError`."""
        with self._guarded(), self.engine.connect() as connection:
            connection.execution_options(**{WRITES: writing})
            with connection.begin():
                yield connection

    def known_captures(self, hashes: Sequence[str]) -> set[str]:
        """Which of these captures the record already holds."""
        found: set[str] = set()
        with self.begin() as connection:
            for at in range(0, len(hashes), 500):
                part = hashes[at : at + 500]
                found |= set(connection.scalars(select(captures.c.capture).where(captures.c.capture.in_(part))))
        return found

    def keep(self, entries: Sequence[Entry]) -> Kept:
        """Write captures with their verdicts and, where one was made, their readings, in one transaction.

        A capture or a text that is already there is not written again; the answer says which were.
        """
        now = datetime.datetime.now(datetime.UTC)
        kept = Kept()
        with self.begin(writing=True) as connection:
            hashes = [entry.capture.sha256 for entry in entries]
            there = set(connection.scalars(select(captures.c.capture).where(captures.c.capture.in_(hashes))))
            for entry in entries:
                if entry.capture.sha256 in there:
                    kept.known.append(entry)
                    continue
                there.add(entry.capture.sha256)
                if entry.reading is None:
                    kept.skipped.append(entry)
                else:
                    new = self._keep_reading(connection, entry.reading, now)
                    (kept.documents if new else kept.same_text).append(entry)
                    self._keep_original(connection, entry.capture)
                self._keep_capture(connection, entry, now)
        return kept

    def _keep_capture(self, connection: Connection, entry: Entry, now: datetime.datetime) -> None:
        connection.execute(
            insert(captures).values(
                **provenance(entry.document),
                capture=entry.capture.sha256,
                captured_at=now,
                tool=f"foreshock {foreshock.__version__}",
                document=entry.reading.document.id if entry.reading else None,
                verdict=entry.verdict.label,
                reason=entry.verdict.reason,
            )
        )

    def _keep_original(self, connection: Connection, capture: Capture) -> None:
        if connection.scalar(select(originals.c.sha256).where(originals.c.sha256 == capture.sha256)) is None:
            packed = zlib.compress(capture.content, 6)
            values = {"sha256": capture.sha256, "size": len(capture.content), "content": packed}
            connection.execute(insert(originals).values(values))

    def _keep_reading(self, connection: Connection, reading: Reading, now: datetime.datetime) -> bool:
        """Write a document with what was read in it; false, and nothing written, where its text is there."""
        document = reading.document
        if connection.scalar(select(documents.c.id).where(documents.c.id == document.id)) is not None:
            return False
        connection.execute(
            insert(documents).values(
                **provenance(document),
                id=document.id,
                text=document.text,
                notes=list(document.notes),
                model=reading.model,
                read_at=now,
            )
        )
        rows = StatementRows(reading.statements)
        for table, values in (
            (statements, rows.statements),
            (statement_contexts, rows.contexts),
            (statement_sources, rows.sources),
            (statement_participants, rows.participants),
        ):
            if values:
                connection.execute(insert(table), values)
        for gap in reading.gaps:
            connection.execute(
                insert(gaps).values(
                    document=document.id, stage=gap.stage, reason=gap.reason, start=gap.start, end=gap.end
                )
            )
        return True

    def original(self, capture: str) -> bytes | None:
        """The bytes as they were taken, or null where the record does not hold them."""
        with self.begin() as connection:
            packed = connection.scalar(select(originals.c.content).where(originals.c.sha256 == capture))
        return zlib.decompress(packed) if packed is not None else None

    def document(self, identity: str) -> Document | None:
        """The document with this id, or null."""
        with self.begin() as connection:
            row = connection.execute(select(documents).where(documents.c.id == identity)).mappings().first()
            capture = connection.scalar(select(captures.c.capture).where(captures.c.document == identity))
        if row is None:
            return None
        granularity = row["published_granularity"]
        return Document(
            id=row["id"],
            text=row["text"],
            origin=row["origin"],
            capture=capture or "",
            title=row["title"],
            outlet=row["outlet"],
            author=row["author"],
            url=row["url"],
            external_id=row["external_id"],
            published=row["published"],
            published_granularity=Granularity(granularity) if granularity else None,
            crawl_month=row["crawl_month"],
            notes=tuple(row["notes"]),
        )

    def remove(self, identity: str) -> None:
        """Take a document and everything read in it out of the record, in one transaction."""
        of_document = select(statements.c.id).where(statements.c.document == identity)
        with self.begin(writing=True) as connection:
            for table in (statement_contexts, statement_sources, statement_participants):
                connection.execute(delete(table).where(table.c.statement.in_(of_document)))
            connection.execute(delete(statements).where(statements.c.document == identity))
            connection.execute(delete(gaps).where(gaps.c.document == identity))
            taken = select(captures.c.capture).where(captures.c.document == identity)
            connection.execute(delete(originals).where(originals.c.sha256.in_(taken)))
            connection.execute(delete(captures).where(captures.c.document == identity))
            connection.execute(delete(documents).where(documents.c.id == identity))

    def sizes(self) -> dict[str, int]:
        """How many captures, documents and statements the record holds."""
        with self.begin() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in (captures, documents, statements)
            }
