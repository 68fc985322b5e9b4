"""The record: what was taken, what was read in it, and how to get it back.

SQLite by default, through SQLAlchemy Core. Everything that belongs to one document is written in one
transaction, so that a run killed at any moment leaves whole documents or none.
"""

import datetime
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, ColumnElement, Connection, func, select
from sqlalchemy.exc import DBAPIError

from foreshock.errors import BusyRecord, RecordError, UnwritableRecord
from foreshock.model.day import in_utc
from foreshock.model.document import Document
from foreshock.model.entry import Entry
from foreshock.record.address import (
    GONE,
    NO_RECORD,
    PATIENCE,
    READ_ONLY,
    WRITES,
    FileGone,
    Writing,
    engine_of,
    is_locked,
    shown,
    why_not_opened,
    write_ahead,
)
from foreshock.record.custody_tables import erasures
from foreshock.record.keeping import Kept as Kept  # what `keep` answers
from foreshock.record.keeping import keep
from foreshock.record.parts import parted
from foreshock.record.rows import document_in
from foreshock.record.tables import captures, documents, originals, statements


def migration_config() -> Config:
    """Alembic's configuration for the record's migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


class Record:
    """An open record. Use as a context manager, or call `close`."""

    def __init__(self, url: str, create: bool = True, patience: float = PATIENCE) -> None:
        """Open the record at `url` (or a file's path), making or migrating its tables as needed.

        Without `create` nothing is made where no record is. `name` is its address as it may be shown. Whoever writes
        waits `patience` seconds for another who does.
        Raises `RecordError` where it is locked, of a newer version of Foreshock, no record at all, or absent.
        """
        self.name = shown(url)
        self.patience = patience
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
        except FileGone as error:
            raise RecordError(f"{self.name}: {GONE}") from error
        except (DBAPIError, sqlite3.Error) as error:
            cause = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())
            if is_locked(cause):
                problem = "the record is locked by another program; close it or wait, then try again"
                raise BusyRecord(f"{self.name}: {problem}") from error
            if "readonly database" in cause or "read-only transaction" in cause:
                raise UnwritableRecord(f"{self.name}: {READ_ONLY}") from error
            if "unable to open database file" in cause:
                problem = why_not_opened(self.engine.url)
            elif "disk is full" in cause or "disk I/O error" in cause:
                problem = f"its disk has no room, or fails ({cause}); make room or see that it is sound, then try again"
            elif isinstance(error, DBAPIError) and error.connection_invalidated:
                problem = f"the connection to the database ended ({cause}); try again when it answers"
            elif any(sign in cause for sign in ("not a database", "malformed", "Could not decode")):
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
                write_ahead(self.engine, Writing(self.patience, self.name))

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
    def begin(self, writing: bool = False, patience: float | None = None) -> Iterator[Connection]:
        """A transaction, one that may write with `writing`; database errors come out as `RecordError`.

        `patience` is that of this transaction, in seconds; by default the record's.
        """
        how = Writing(self.patience if patience is None else patience, self.name) if writing else None
        with self._guarded(), self.engine.connect() as connection:
            connection.execution_options(**{WRITES: how})
            with connection.begin():
                yield connection

    def known_captures(self, hashes: Sequence[str]) -> set[str]:
        """Which of these captures the record already holds."""
        return self._found(captures.c.capture, hashes)

    def skipped_captures(self, hashes: Sequence[str]) -> set[str]:
        """Which of these captures the record holds as skipped."""
        return self._found(captures.c.capture, hashes, captures.c.document.is_(None))

    def erased_captures(self, hashes: Sequence[str]) -> set[str]:
        """Which of these captures were in the record once and were erased."""
        return self._found(erasures.c.hash, hashes)

    def erased_at(self, identity: str) -> datetime.datetime | None:
        """When a document or capture was erased, in UTC; null where it was not, or was taken in again since."""
        with self.begin() as connection:
            at = connection.scalar(select(erasures.c.erased_at).where(erasures.c.hash == identity))
        return in_utc(at) if at else None

    def _found(self, column: "Column[str]", values: Sequence[str], *besides: "ColumnElement[bool]") -> set[str]:
        found: set[str] = set()
        with self.begin() as connection:
            for part in parted(values):
                found |= set(connection.scalars(select(column).where(column.in_(part), *besides)))
        return found

    def keep(
        self,
        entries: Sequence[Entry],
        take_erased: bool = False,
        then: Callable[[Connection, Kept], None] | None = None,
    ) -> Kept:
        """Write captures with their verdicts and, where one was made, their readings, in one transaction.

        A capture or a text that is already there is not written again, nor, without `take_erased`, one that
        was erased; the answer says which were. `then` is done with it in the same transaction.
        """
        with self.begin(writing=True) as connection:
            kept = keep(connection, entries, take_erased)
            if then is not None:
                then(connection, kept)
            return kept

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
        return None if row is None else document_in(dict(row), capture)

    def sizes(self) -> dict[str, int]:
        """How many captures, documents and statements the record holds."""
        with self.begin() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in (captures, documents, statements)
            }
