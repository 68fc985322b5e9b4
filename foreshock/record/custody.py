"""Custody: an append-only, hash-chained log of what was taken, read and erased.

An entry is written in the transaction of the thing it tells of, so that neither is ever there without the
other. Entries hold digests and labels only: what is erased from the record is not kept alive by its log.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from foreshock.model.day import in_utc
from foreshock.record.custody_tables import custody_head, custody_log

FIRST = "0" * 64
"""What stands for the entry before the first."""
TAKEN, READ, ERASED = "taken", "read", "erased"

CAPTURE_COLUMNS = (
    "capture", "origin", "captured_at", "tool", "document", "verdict", "reason", "external_id", "title", "outlet",
    "author", "url", "published", "published_granularity", "crawl_month",
)  # fmt: skip
FETCH_COLUMNS = ("capture", "url", "fetched_at", "status", "headers")
DOCUMENT_COLUMNS = (
    "id", "title", "outlet", "author", "url", "origin", "external_id", "published", "published_granularity",
    "crawl_month", "notes", "model", "read_at",
)  # fmt: skip
GAP_COLUMNS = ("stage", "reason", "start", "end")
"""What digests are made over, in this order. Written out, so that a column added later leaves old digests true."""

SHORT = 24
"""Hex digits of a statement's digest in the log; the digest of the whole reading is kept in full."""


@dataclass(frozen=True)
class Note:
    """One thing to enter in the log: what happened, to what, and digests of how it then was."""

    event: str
    subject: str
    details: Mapping[str, Any]


@dataclass(frozen=True)
class LogEntry:
    """An entry of the log as it stands in the record."""

    number: int
    at: str
    event: str
    subject: str
    details: str
    previous: str
    hash: str

    @property
    def stated(self) -> dict[str, Any]:
        """The details, read; empty where somebody made them unreadable."""
        try:
            found = json.loads(self.details)
        except (ValueError, TypeError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def entry_hash(number: int, at: str, event: str, subject: str, details: str, previous: str) -> str:
    """The SHA-256 that an entry with these fields must bear."""
    return _digest([number, at, event, subject, details, previous])


def append(connection: Connection, notes: Sequence[Note], now: datetime.datetime) -> None:
    """Enter `notes` at the log's end, in `connection`'s transaction, which must have been begun for writing."""
    if not notes:
        return
    locked = select(custody_head.c.number, custody_head.c.hash).with_for_update()
    number, previous = connection.execute(locked).one()
    at = now.astimezone(datetime.UTC).isoformat()
    rows = []
    for note in notes:
        number += 1
        details = json.dumps(note.details, separators=(",", ":"))
        digest = entry_hash(number, at, note.event, note.subject, details, previous)
        rows.append(
            {"number": number, "at": at, "event": note.event, "subject": note.subject, "details": details,
             "previous": previous, "hash": digest}
        )  # fmt: skip
        previous = digest
    connection.execute(insert(custody_log), rows)
    connection.execute(update(custody_head).values(number=number, hash=previous))


def content_digest(content: bytes) -> str:
    """SHA-256 of a capture's bytes: its name."""
    return hashlib.sha256(content).hexdigest()


def row_digest(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    """SHA-256 over a row's values in `columns`, the same whichever database holds it."""
    return _digest([_plain(row[column]) for column in columns])


def _digest(values: object) -> str:
    # What JSON cannot hold stands in no row that was written here; whoever put it there gets a digest, too.
    return hashlib.sha256(json.dumps(values, separators=(",", ":"), default=repr).encode()).hexdigest()


def _plain(value: object) -> object:
    """A value as JSON can hold it; times in UTC, whether or not the database keeps the zone."""
    if isinstance(value, datetime.datetime):
        return in_utc(value).replace(tzinfo=None).isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else value


def taken(capture: Mapping[str, Any], fetch: Mapping[str, Any] | None) -> Note:
    """That a capture was taken: the digest of its row and, where it came over the net, of how."""
    details = {"row": row_digest(capture, CAPTURE_COLUMNS), "document": capture["document"]}
    if fetch is not None:
        details["fetch"] = row_digest(fetch, FETCH_COLUMNS)
    return Note(TAKEN, capture["capture"], details)


def read(document: Mapping[str, Any], bodies: Iterable[tuple[str, str]], gaps: Iterable[Mapping[str, Any]]) -> Note:
    """That a document was read: by which model, and digests of its row, each statement, and the gaps.

    `bodies` are `(id, body)` of its statements. The working text needs no digest: it is the document's id.
    """
    statements = {identity: statement_digest(identity, body) for identity, body in bodies}
    return Note(
        READ,
        document["id"],
        {
            "model": document["model"],
            "row": row_digest(document, DOCUMENT_COLUMNS),
            "statements": [f"{identity} {digest[:SHORT]}" for identity, digest in sorted(statements.items())],
            "reading": reading_digest(statements),
            "gaps": gaps_digest(gaps),
        },
    )


def statement_digest(identity: str, body: str) -> str:
    """SHA-256 over one statement."""
    return _digest([identity, body])


def reading_digest(statements: Mapping[str, str]) -> str:
    """SHA-256 over the digests of all statements of a document, whatever their order."""
    return _digest(sorted(statements.items()))


def gaps_digest(gaps: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over a document's gaps, whatever their order."""
    return _digest(sorted(row_digest(gap, GAP_COLUMNS) for gap in gaps))
