"""Verifying a record against its log: every item that was changed, is missing, or was put in beside it."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, func, select

from foreshock.errors import MalformedItem
from foreshock.gather.wording import one_line
from foreshock.model.document import text_id
from foreshock.model.statement import from_json
from foreshock.record import custody
from foreshock.record.custody import LogEntry
from foreshock.record.custody_tables import custody_head, custody_log, erasures, fetches
from foreshock.record.rows import StatementRows, day_known, dicts
from foreshock.record.store import Record
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
from foreshock.record.verify_words import faults

CHANGED, MISSING, INSERTED = "changed", "missing", "inserted"
PAGE = 500
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """One item that is not as the log has it: `changed`, `missing` or `inserted`, what it is, its id, and how."""

    verdict: str
    what: str
    item: str
    how: str


def verify(record: Record, head: str | None = None) -> Iterator[Finding]:
    """Everything in `record` that its log does not bear out; nothing where all is well.

    The log alone cannot show that it was cut short together with all that it told of, or made anew as a
    whole; `head`, a hash noted down earlier, can: it must still be there.
    """
    with record.begin() as connection:
        yield from _log(connection, head)
        yield from _captures(connection)
        named: set[str] = set()
        for finding in chain(_documents(connection), _loose(connection)):
            named.add(finding.item)
            yield finding
        # An index cannot agree with a text that was itself changed: that is said once.
        yield from (Finding(*fault) for fault in faults(connection) if fault.item not in named)


def head_of(record: Record) -> tuple[int, str]:
    """The number and hash of the log's last entry, to note down elsewhere."""
    with record.begin() as connection:
        number, digest = connection.execute(select(custody_head.c.number, custody_head.c.hash)).one()
    return number, digest


def _log(connection: Connection, head: str | None) -> Iterator[Finding]:
    number, previous, seen = 0, custody.FIRST, False
    for entry in _entries(connection):
        name = f"entry {entry.number}"
        if entry.number > number + 1:
            missing = (
                f"entry {number + 1}" if entry.number == number + 2 else f"entries {number + 1}–{entry.number - 1}"
            )
            yield Finding(MISSING, "log entry", missing, "not in the log")
        elif entry.previous != previous:
            yield Finding(CHANGED, "log entry", name, "does not follow from the entry before")
        fields = (entry.number, entry.at, entry.event, entry.subject, entry.details, entry.previous)
        if custody.entry_hash(*fields) != entry.hash:
            yield Finding(CHANGED, "log entry", name, "is not what its hash says")
        number, previous = entry.number, entry.hash
        seen = seen or entry.hash == head
    last = connection.execute(select(custody_head.c.number, custody_head.c.hash)).first()
    if last is None:
        yield Finding(MISSING, "log entry", "the head", "the log does not say where it ends")
    elif last.number > number:
        yield Finding(MISSING, "log entry", f"entries {number + 1}–{last.number}", "cut off at the end of the log")
    elif last.number < number or last.hash != previous:
        yield Finding(CHANGED, "log entry", f"entry {number}", "is not the entry that the log says it ends with")
    if head is not None and not seen:
        yield Finding(MISSING, "log entry", head, "the hash noted down is nowhere in the log")


def _entries(connection: Connection) -> Iterator[LogEntry]:
    last = 0
    while True:
        log = custody_log.c
        query = select(log.number, log.at, log.event, log.subject, log.details, log.previous, log.hash)
        rows = connection.execute(query.where(log.number > last).order_by(log.number).limit(PAGE)).all()
        if not rows:
            return
        for row in rows:
            yield LogEntry(*row)
        last = rows[-1].number


def _rows(connection: Connection, query: "Select[Any]", key: "Column[str]") -> tuple[list[dict[str, Any]], list[str]]:
    """The rows of `query`, and the keys of those that hold what their columns' types cannot be."""
    try:
        return dicts(connection.execute(query)), []
    except (ValueError, TypeError):
        pass
    found: list[dict[str, Any]] = []
    broken: list[str] = []
    for name in connection.scalars(query.with_only_columns(key)).all():
        try:
            found += dicts(connection.execute(query.where(key == name)))
        except (ValueError, TypeError):
            broken.append(name)
    return found, broken


def _pages(
    connection: Connection, table: Table, key: "Column[str]", what: str
) -> Iterator[list[dict[str, Any]] | Finding]:
    """All rows of a table by its key, a page at a time; a finding for each that cannot be read."""
    last = ""
    while True:
        keys = connection.scalars(select(key).where(key > last).order_by(key).limit(PAGE)).all()
        if not keys:
            return
        found, broken = _rows(connection, select(table).where(key > last, key <= keys[-1]).order_by(key), key)
        yield from (_unreadable(what, name) for name in broken)
        yield found
        last = keys[-1]


def _unreadable(what: str, name: str) -> Finding:
    return Finding(CHANGED, what, name, "holds a value that is not of its column's kind")


def _latest(connection: Connection, subjects: Sequence[str]) -> dict[str, LogEntry]:
    """The last entry about each of these, of the kinds that custody itself makes."""
    log = custody_log.c
    query = select(log.number, log.at, log.event, log.subject, log.details, log.previous, log.hash)
    query = query.where(log.subject.in_(subjects), log.event.in_((custody.TAKEN, custody.READ, custody.ERASED)))
    entries = (LogEntry(*row) for row in connection.execute(query.order_by(log.number)))
    return {entry.subject: entry for entry in entries}


def _stated(entries: Mapping[str, LogEntry], subject: str, event: str) -> dict[str, Any] | None:
    """What the log last says of `subject`; null where it has no entry, or one of another event."""
    entry = entries.get(subject)
    if entry is None or entry.event != event:
        return None
    return entry.stated


def _captures(connection: Connection) -> Iterator[Finding]:
    for page in _pages(connection, captures, captures.c.capture, "capture"):
        if isinstance(page, Finding):
            yield page
            continue
        names = [row["capture"] for row in page]
        entries = _latest(connection, names)
        kept = select(originals).where(originals.c.sha256.in_(names))
        content = {row["sha256"]: row for row in dicts(connection.execute(kept))}
        over_the_net, broken = _rows(connection, select(fetches).where(fetches.c.capture.in_(names)), fetches.c.capture)
        fetched = {row["capture"]: row for row in over_the_net}
        yield from (_unreadable("fetch", name) for name in broken)
        for row in page:
            name = row["capture"]
            stated = _stated(entries, name, custody.TAKEN)
            if stated is None:
                yield Finding(INSERTED, "capture", name, "the log does not say that it was taken")
                continue
            if custody.row_digest(row, custody.CAPTURE_COLUMNS) != stated.get("row"):
                yield Finding(CHANGED, "capture", name, "who published it, when, or its verdict, is not as logged")
            if name not in broken:
                yield from _fetch(name, fetched.get(name), stated.get("fetch"))
            if row["document"] is not None:
                yield from _original(name, content.get(name))
    yield from _gone(connection, custody.TAKEN, captures.c.capture, "capture")


def _fetch(name: str, row: Row | None, logged: str | None) -> Iterator[Finding]:
    if row is None and logged is not None:
        yield Finding(MISSING, "fetch", name, "how it came over the net is gone")
    elif row is not None and logged is None:
        yield Finding(INSERTED, "fetch", name, "the log does not say that it came over the net")
    elif row is not None and custody.row_digest(row, custody.FETCH_COLUMNS) != logged:
        yield Finding(CHANGED, "fetch", name, "address, time or headers are not as logged")


def _original(name: str, row: Row | None) -> Iterator[Finding]:
    if row is None:
        yield Finding(MISSING, "original", name, "the bytes as taken are gone")
        return
    try:
        content = zlib.decompressobj().decompress(row["content"], max(1, row["size"] + 1))
    except (zlib.error, TypeError) as error:
        yield Finding(CHANGED, "original", name, f"cannot be unpacked ({one_line(error)})")
        return
    if len(content) != row["size"] or custody.content_digest(content) != name:
        yield Finding(CHANGED, "original", name, "the bytes are not those that were taken")


def _documents(connection: Connection) -> Iterator[Finding]:
    for page in _pages(connection, documents, documents.c.id, "document"):
        if isinstance(page, Finding):
            yield page
            continue
        entries = _latest(connection, [row["id"] for row in page])
        for row in page:
            stated = _stated(entries, row["id"], custody.READ)
            if not isinstance(row["text"], str) or text_id(row["text"]) != row["id"]:
                yield Finding(CHANGED, "document", row["id"], "its working text is not what its id says")
            if stated is None:
                yield Finding(INSERTED, "document", row["id"], "the log does not say that it was read")
                continue
            if custody.row_digest(row, custody.DOCUMENT_COLUMNS) != stated.get("row"):
                yield Finding(CHANGED, "document", row["id"], "its title, source, date or model is not as logged")
            yield from _reading(connection, row, stated)
    yield from _gone(connection, custody.READ, documents.c.id, "document")


def _reading(connection: Connection, document: Row, stated: dict[str, Any]) -> Iterator[Finding]:
    identity = document["id"]
    found, broken = _rows(connection, select(statements).where(statements.c.document == identity), statements.c.id)
    rows = {row["id"]: row for row in found}
    yield from (_unreadable("statement", name) for name in broken)
    digests = {name: custody.statement_digest(name, row["body"]) for name, row in rows.items()}
    logged = {str(pair)[:16]: str(pair)[17:] for pair in stated.get("statements", ())}
    for name in sorted((logged.keys() | digests.keys()).difference(broken)):
        if name not in digests:
            yield Finding(MISSING, "statement", name, f"of {identity}")
        elif name not in logged:
            yield Finding(INSERTED, "statement", name, f"in {identity}")
        elif digests[name][: custody.SHORT] != logged[name]:
            yield Finding(CHANGED, "statement", name, f"of {identity}")
    left_out = select(gaps).where(gaps.c.document == identity)
    if custody.gaps_digest(dicts(connection.execute(left_out))) != stated.get("gaps"):
        yield Finding(CHANGED, "gaps", identity, "what could not be read in it is not as logged")
    day = day_known(document["published"], document["published_granularity"], document["crawl_month"])
    sound = [name for name in digests if digests[name][: custody.SHORT] == logged.get(name)]
    yield from _derived(connection, identity, day, {name: rows[name] for name in sound})


def _derived(connection: Connection, document: str, day: str, rows: Mapping[str, Row]) -> Iterator[Finding]:
    """Whether what searches go by, the columns and side tables, says what the statements say."""
    try:
        should = StatementRows([from_json(row["body"]) for row in rows.values()], day)
    except MalformedItem as error:
        yield Finding(CHANGED, "statement", error.item, error.problem)
        return
    for wanted in should.statements:
        row = rows[wanted["id"]]
        if wrong := [name for name, value in wanted.items() if row[name] != value]:
            yield Finding(CHANGED, "statement", wanted["id"], f"{', '.join(wrong)} differ from its own words")
    for table, expected in (
        (statement_contexts, should.contexts),
        (statement_sources, should.sources),
        (statement_participants, should.participants),
    ):
        names = tuple(column.name for column in table.columns)
        of_document = select(statements.c.id).where(statements.c.document == document)
        held = connection.execute(select(table).where(table.c.statement.in_(of_document))).all()
        differ = {tuple(row) for row in held if row[0] in rows} ^ {
            tuple(row[name] for name in names) for row in expected
        }
        for name in sorted({row[0] for row in differ}):
            yield Finding(CHANGED, "statement", name, f"{table.name.replace('_', ' ')} differ from its own words")


def _gone(connection: Connection, event: str, key: "Column[str]", what: str) -> Iterator[Finding]:
    """What the log says was taken or read, and not erased since, and is not there."""
    later = custody_log.alias()
    since = select(later.c.number).where(
        later.c.subject == custody_log.c.subject, later.c.event == custody.ERASED, later.c.number > custody_log.c.number
    )
    there = select(key).where(key == custody_log.c.subject)
    query = select(custody_log.c.subject).where(custody_log.c.event == event, ~there.exists(), ~since.exists())
    for subject in connection.scalars(query.distinct().order_by(custody_log.c.subject)):
        yield Finding(MISSING, what, subject, "logged, not erased, and not there")


def _loose(connection: Connection) -> Iterator[Finding]:
    """Rows that belong to nothing, and erasures that are not the log's."""
    for table, column, of, what in (
        (originals, originals.c.sha256, captures.c.capture, "original"),
        (fetches, fetches.c.capture, captures.c.capture, "fetch"),
        (statements, statements.c.document, documents.c.id, "statements"),
        (gaps, gaps.c.document, documents.c.id, "gaps"),
        (statement_contexts, statement_contexts.c.statement, statements.c.id, "contexts"),
        (statement_sources, statement_sources.c.statement, statements.c.id, "sources"),
        (statement_participants, statement_participants.c.statement, statements.c.id, "participants"),
    ):
        alone = select(column).select_from(table).where(~select(of).where(of == column).exists()).distinct()
        for name in connection.scalars(alone):
            yield Finding(INSERTED, what, name, "belongs to nothing in the record")
    ends = select(custody_log.c.subject, func.max(custody_log.c.number).label("number"))
    ends = ends.where(custody_log.c.event.in_((custody.TAKEN, custody.READ, custody.ERASED)))
    last = ends.group_by(custody_log.c.subject).subquery()
    query = select(custody_log.c.subject).join(last, last.c.number == custody_log.c.number)
    logged = set(connection.scalars(query.where(custody_log.c.event == custody.ERASED)))
    held = set(connection.scalars(select(erasures.c.hash)))
    for name in sorted(held - logged):
        yield Finding(INSERTED, "erasure", name, "the log does not say that it was erased")
    for name in sorted(logged - held):
        yield Finding(MISSING, "erasure", name, "logged, and nothing keeps it from coming back")
