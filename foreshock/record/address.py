"""From a record's address to an open database: what it is called, and how SQLite is made to keep its word."""

import os
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from foreshock.errors import RecordError, UsageError

BUSY_SECONDS = 5
"""How long a writer waits for another before the record counts as locked."""

CACHE_KIB = 64_000
"""What a connection may hold of an SQLite file, in KiB: the inner pages of a large record's indexes fit."""

WRITES = "foreshock_writes"
"""Execution option of a connection whose transaction will write."""

NO_RECORD = "no record there; make one with foreshock add"

_PASSWORD = re.compile("(?<=://).*@", re.DOTALL)
_SECONDS_BETWEEN_TRIES = 0.01


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
    try:
        engine = create_engine(url)
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
    return url.set(database=path)


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # The driver begins no transaction before DDL and only a reading one elsewhere; with this it begins none
    # at all and `_begin_sqlite` does (SQLAlchemy's documentation of pysqlite, "Serializable isolation /
    # Savepoints / Transactional DDL").
    connection.isolation_level = None
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA cache_size=-{CACHE_KIB}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads and then writes would fail where another wrote in between; it locks at once.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    # One writer at a time, as in SQLite: what is already there is asked before it is written, and the log is a
    # chain. The lock is the record's own, its schema's in its database, and ends with the transaction.
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('foreshock ' || current_schema()))")


def write_ahead(engine: Engine) -> None:
    """Let readers of an SQLite record go on while another writes: its write-ahead log, once for all.

    SQLite does not wait for others where it changes this, so the waiting is done here.
    Raises `sqlite3.OperationalError` where the record stays locked.
    """
    patience = time.monotonic() + BUSY_SECONDS
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        while True:
            try:
                cursor.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() >= patience:
                    raise
            time.sleep(_SECONDS_BETWEEN_TRIES)
