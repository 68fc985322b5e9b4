"""The record: what was taken, what was read in it, and how to get it back.

SQLite by default, through SQLAlchemy Core. Everything that belongs to one document is written in one
transaction, so that a run killed at any moment leaves whole documents or none.
"""

import datetime
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

import foreshock
from alembic import command
from foreshock.errors import RecordError, UsageError
from foreshock.model.capture import Capture
from foreshock.model.document import Document
from foreshock.model.entry import Entry
from foreshock.model.statement import Reading, Statement, to_json
from foreshock.model.vocabulary import Granularity
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

BUSY_SECONDS = 5
"""How long a writer waits for another before the record counts as locked."""


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.close()


def _engine(url: str) -> Engine:
    if "://" not in url:
        url = f"sqlite:///{url}"
    try:
        parsed = make_url(url)
        engine = create_engine(parsed)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(f"{url}: not a record's address ({error})") from error
    if engine.dialect.name == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).expanduser().parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def migration_config() -> Config:
    """Alembic's configuration for the record's migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


class Record:
    """An open record. Use as a context manager, or call `close`."""

    def __init__(self, url: str) -> None:
        """Open the record at `url` (or a file's path), making or migrating its tables as needed.

        Raises `RecordError` where it is locked, of a newer version of Foreshock, or no record at all.
        """
        self.url = url
        self.engine = _engine(url)
        with self._guarded(), self.engine.connect() as connection:
            self._migrate(connection)

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
        except DatabaseError as error:
            cause = str(error.orig)
            if "locked" in cause:
                problem = "the record is locked by another program; close it or wait, then try again"
            elif "not a database" in cause or "malformed" in cause:
                problem = "the file is not a Foreshock record, or it is damaged; name another with --record"
            else:
                problem = cause
            raise RecordError(f"{self.url}: {problem}") from error

    def _migrate(self, connection: Connection) -> None:
        config = migration_config()
        scripts = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(connection).get_current_revision()
        if current == scripts.get_current_head():
            return
        if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
            raise RecordError(f"{self.url}: the record was made by a newer Foreshock; update the program")
        names = set(connection.dialect.get_table_names(connection))
        if current is None and names - {"alembic_version"}:
            raise RecordError(f"{self.url}: a database, but not a Foreshock record; name another with --record")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction; database errors come out as `RecordError`."""
        with self._guarded(), self.engine.begin() as connection:
            yield connection

    def known_captures(self, hashes: Sequence[str]) -> set[str]:
        """Which of these captures the record already holds."""
        found: set[str] = set()
        with self.begin() as connection:
            for at in range(0, len(hashes), 500):
                part = hashes[at : at + 500]
                found |= set(connection.scalars(select(captures.c.capture).where(captures.c.capture.in_(part))))
        return found

    def keep(self, entries: Sequence[Entry]) -> None:
        """Write captures with their verdicts and, where one was made, their readings, in one transaction.

        A capture or a text that is already there is not written again.
        """
        now = datetime.datetime.now(datetime.UTC)
        with self.begin() as connection:
            hashes = [entry.capture.sha256 for entry in entries]
            there = set(connection.scalars(select(captures.c.capture).where(captures.c.capture.in_(hashes))))
            for entry in entries:
                if entry.capture.sha256 in there:
                    continue
                there.add(entry.capture.sha256)
                if entry.reading is not None:
                    self._keep_reading(connection, entry.reading, now)
                    self._keep_original(connection, entry.capture)
                self._keep_capture(connection, entry, now)

    def _keep_capture(self, connection: Connection, entry: Entry, now: datetime.datetime) -> None:
        connection.execute(
            insert(captures).values(
                capture=entry.capture.sha256,
                origin=entry.capture.origin,
                captured_at=now,
                tool=f"foreshock {foreshock.__version__}",
                document=entry.reading.document.id if entry.reading else None,
                verdict=entry.verdict.label,
                reason=entry.verdict.reason,
                external_id=entry.document.external_id,
            )
        )

    def _keep_original(self, connection: Connection, capture: Capture) -> None:
        if connection.scalar(select(originals.c.sha256).where(originals.c.sha256 == capture.sha256)) is None:
            packed = zlib.compress(capture.content, 6)
            values = {"sha256": capture.sha256, "size": len(capture.content), "content": packed}
            connection.execute(insert(originals).values(values))

    def _keep_reading(self, connection: Connection, reading: Reading, now: datetime.datetime) -> None:
        document = reading.document
        if connection.scalar(select(documents.c.id).where(documents.c.id == document.id)) is not None:
            return
        connection.execute(
            insert(documents).values(
                id=document.id,
                text=document.text,
                title=document.title,
                outlet=document.outlet,
                author=document.author,
                url=document.url,
                origin=document.origin,
                external_id=document.external_id,
                published=document.published,
                published_granularity=document.published_granularity,
                crawl_month=document.crawl_month,
                notes=list(document.notes),
                model=reading.model,
                read_at=now,
            )
        )
        rows = _Rows(reading.statements)
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
        with self.begin() as connection:
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


class _Rows:
    """Statements as rows of the four statement tables."""

    def __init__(self, found: Sequence[Statement]) -> None:
        self.statements: list[dict[str, Any]] = []
        self.contexts: list[dict[str, Any]] = []
        self.sources: list[dict[str, Any]] = []
        self.participants: list[dict[str, Any]] = []
        for statement in found:
            self._add(statement)

    def _add(self, statement: Statement) -> None:
        place, time, likelihood = statement.place, statement.time, statement.likelihood
        self.statements.append(
            {
                "id": statement.id,
                "document": statement.document,
                "start": statement.start,
                "kind": statement.kind,
                "polarity": statement.polarity,
                "type": statement.type,
                "mode": statement.mode,
                "country": place.country if place else None,
                "admin1": place.admin1 if place else None,
                "precision": place.precision if place else None,
                "lat": place.lat if place else None,
                "lon": place.lon if place else None,
                "time_from": time.from_ if time else None,
                "time_to": time.to if time else None,
                "likelihood_low": likelihood.low if likelihood else None,
                "likelihood_high": likelihood.high if likelihood else None,
                "score": statement.score,
                "body": to_json(statement),
            }
        )
        self.contexts += [{"statement": statement.id, "context": name} for name in statement.contexts]
        self.sources += [
            {
                "statement": statement.id,
                "position": position,
                "text": source.text,
                "name": source.name,
                "source_kind": source.source_kind,
            }
            for position, source in enumerate(statement.sources)
        ]
        for role, people in (("actor", statement.actors), ("recipient", statement.recipients)):
            self.participants += [
                {
                    "statement": statement.id,
                    "role": role,
                    "position": position,
                    "text": person.text,
                    "entity": person.id,
                    "name": person.name,
                    "country": person.country,
                    "sector": person.sector,
                }
                for position, person in enumerate(people)
            ]
