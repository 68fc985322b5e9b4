"""From a record's address to an open database: what it is called, and how SQLite is made to keep its word."""

import logging
import os
import re
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from foreshock.errors import RecordError, UsageError

PATIENCE = 300.0
"""Seconds that a writer waits for another before the record counts as locked: forming groups anew, or erasing, holds a
large record for a minute, and what waits may have worked for hours."""
IMPATIENCE = 5.0
"""The same for who cannot be kept waiting; after so long, whoever waits longer says so."""

CACHE_KIB = 64_000
"""What a connection may hold of an SQLite file, in KiB: the inner pages of a large record's indexes fit."""

WRITES = "foreshock_writes"
"""Execution option of a connection whose transaction will write: how it does (`Writing`), null where it reads."""

READ_ONLY = "the record cannot be written to where it lies; copy it, with its -wal if it has one, to where it can"
NO_RECORD = "no record there; make one with foreshock add"
GONE = (
    "its file was moved, deleted or replaced while it was open, and what was written last may be lost with it; put the "
    "file back, or name another with --record, and begin again"
)

_FILE = "foreshock_file"
"""Where a connection keeps which file it opened (`_OpenFile`)."""

_WATCHED: Final = {
    "connect_timeout": "30", "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "6",
    "tcp_user_timeout": "90000",
}  # fmt: skip
"""By what a database that is gone from the net is known within a minute and a half, and not in hours: seconds, but the
last, which is in milliseconds. What an address says itself holds."""

_PASSWORD = re.compile("(?<=://).*@", re.DOTALL)
_SECONDS_BETWEEN_TRIES = 0.01
_ANYBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Writing:
    """A transaction that writes: for how many seconds it waits for another writer, and the record's name for that."""

    patience: float
    name: str


class FileGone(Exception):
    """The record's file is not any more where it was opened."""


@dataclass(frozen=True)
class _OpenFile:
    """A file by its path, and by what tells it from another that is put there later: its device and its number."""

    path: str
    device: int
    number: int

    @classmethod
    def at(cls, path: str) -> "_OpenFile | None":
        """What lies there now; null where nothing does."""
        try:
            found = os.stat(path)
        except OSError:
            return None
        return cls(path, found.st_dev, found.st_ino)


def shown(address: str) -> str:
    """`address` fit for a screen or a log: a file's path as it is, a URL without password and options."""
    if "://" not in address:
        return address
    try:
        return make_url(address).set(query={}).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return _PASSWORD.sub("***@", address)


def engine_of(address: str, create: bool) -> Engine:
    """The database at `address`, a URL or a file's path; only with `create` is a folder made for it.

    Who waits long for another writer says so in the log, which goes to standard error.

    Raises `UsageError` for an address that is none and `RecordError` where no file can be, or none is.
    """
    try:
        url = make_url(address) if "://" in address else URL.create("sqlite", database=address)
    except (ArgumentError, ValueError) as error:
        # What the parser says is not passed on: it may quote a part of the password.
        raise UsageError(f"{shown(address)}: not a record's address") from error
    if url.get_backend_name() == "sqlite":
        url = _with_file(url, address, create)
    elif url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")  # the driver that the extra `postgresql` brings
    served = url.get_backend_name() == "postgresql"
    if served:
        url = url.set(query={**_WATCHED, **url.query})
    try:
        # A connection that ended while nothing was asked, as with the server's restart, is made anew.
        engine = create_engine(url, pool_pre_ping=served)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(f"{shown(address)}: not a record's address ({error})") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _with_file(url: URL, address: str, create: bool) -> URL:
    """`url` with its file's path written out, and a folder or a file there."""
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        return url
    path = os.path.expanduser(url.database)
    if not create and not os.path.exists(path):
        raise RecordError(f"{shown(address)}: {NO_RECORD}")
    try:
        if create:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordError(f"{shown(address)}: its folder cannot be made ({error.strerror})") from error
    if not create and _is_sealed(path):
        return url.set(database=f"file:{quote(path)}", query={**url.query, "immutable": "1", "uri": "true"})
    return url.set(database=path)


def _is_sealed(path: str) -> bool:
    """Whether nobody can write to the file or its folder, for they lie on a medium that is read, or were made so for
    all: SQLite then reads the file as it is, and needs no files of its own beside. Where another program left what it
    wrote in a log beside it, that would be passed over, so the file counts as open."""
    beside = f"{path}-wal"
    if os.path.isdir(path) or (os.path.exists(beside) and os.path.getsize(beside)):
        return False
    both = (path, os.path.dirname(os.path.realpath(path)))
    if any(_is_writable(one) for one in both):
        return False
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY) or not any(
        os.stat(one).st_mode & _ANYBODY_WRITES for one in both
    )


def _is_writable(path: str) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def why_not_opened(url: URL) -> str:
    """Why SQLite says that it cannot open the file of a record."""
    path = url.database or ""
    if os.path.isdir(path):
        return "it is a folder; name the record's file, in it or elsewhere"
    if os.path.exists(path) and not _is_writable(os.path.dirname(os.path.realpath(path))):
        return READ_ONLY
    return "the file cannot be opened; see that it, and its folder, can be read and written to"


def _prepare_sqlite(connection: sqlite3.Connection, held: ConnectionPoolEntry) -> None:
    # The driver begins no transaction before DDL and only a reading one elsewhere; with this it begins none
    # at all and `_begin_sqlite` does (SQLAlchemy's documentation of pysqlite, "Serializable isolation /
    # Savepoints / Transactional DDL").
    connection.isolation_level = None
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"PRAGMA busy_timeout={_milliseconds(IMPATIENCE)}")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # What is rewritten leaves no words behind in the file, where an erasure later would not find them.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        path = cursor.execute("PRAGMA database_list").fetchone()[2]
    held.info[_FILE] = _OpenFile.at(path) if path else None


def _begin_sqlite(connection: Connection) -> None:
    # SQLite goes on reading and writing a file that nobody finds any more, and says that all is well.
    opened: _OpenFile | None = connection.info[_FILE]
    if opened is not None and _OpenFile.at(opened.path) != opened:
        raise FileGone
    # A transaction that reads and then writes would fail where another wrote in between; it locks at once.
    writing = connection.get_execution_options().get(WRITES)
    if writing is None:
        connection.exec_driver_sql("BEGIN")
        return

    def lock(seconds: float) -> None:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={_milliseconds(seconds)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    _lock_in_time(writing, lock)


def _begin_postgresql(connection: Connection) -> None:
    # One writer at a time, as in SQLite: what is already there is asked before it is written, and the log is a
    # chain. The lock is the record's own, its schema's in its database, and ends with the transaction.
    writing = connection.get_execution_options().get(WRITES)
    if writing is None:
        return

    def lock(seconds: float) -> None:
        # A time of 0 would be for ever. Where it fails the transaction is rolled back, and the next try begins anew.
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, _milliseconds(seconds))}")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('foreshock ' || current_schema()))")

    _lock_in_time(writing, lock)


def _lock_in_time(writing: Writing, lock: Callable[[float], None]) -> None:
    """Have `lock`, which tries for some seconds, try until it has the lock or patience is at its end; who waits long
    says once why. Raises the error of the last try."""
    until, told = time.monotonic() + writing.patience, False
    while True:
        try:
            lock(max(0.0, min(until - time.monotonic(), IMPATIENCE)))
            return
        except (OperationalError, sqlite3.OperationalError) as error:
            cause = error.orig if isinstance(error, OperationalError) else error
            if not is_locked(str(cause)) or time.monotonic() >= until:
                raise
        if not told:
            _log.warning("foreshock: %s: another program writes to the record; waiting for it", writing.name)
            told = True


def is_locked(problem: str) -> bool:
    """Whether the database says that another has the lock."""
    return "locked" in problem or "lock timeout" in problem


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)


def write_ahead(engine: Engine, writing: Writing) -> None:
    """Let readers of an SQLite record go on while another writes: its write-ahead log, once for all. Who waits long for
    another says so.

    SQLite does not wait for others where it changes this, so the waiting is done here.
    Raises `sqlite3.OperationalError` where the record stays locked.
    """
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:

        def change(seconds: float) -> None:
            until = time.monotonic() + seconds
            while True:
                try:
                    cursor.execute("PRAGMA journal_mode=WAL")
                    return
                except sqlite3.OperationalError as error:
                    if not is_locked(str(error)) or time.monotonic() >= until:
                        raise
                time.sleep(_SECONDS_BETWEEN_TRIES)

        _lock_in_time(writing, change)
