"""The tables of custody: the log of what happened to the record, where captures were fetched, what was erased."""

from sqlalchemy import JSON, Column, DateTime, ForeignKey, Index, Integer, String, Table, Text

from foreshock.record.tables import metadata

custody_log = Table(
    "custody_log",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 … without a gap"),
    Column("at", String(32), nullable=False, comment="UTC, ISO 8601: text, for it is hashed as it stands"),
    Column("event", String(24), nullable=False, comment="taken, read, erased, … "),
    Column("subject", String(80), nullable=False, comment="the capture, document or other item it is about"),
    Column("details", Text, nullable=False, comment="JSON; digests and labels, never a word of a document"),
    Column("previous", String(64), nullable=False, comment="hash of the entry before; 64 zeros in the first"),
    Column("hash", String(64), nullable=False, comment="SHA-256 over all of the above"),
    Index("custody_log_subject", "subject", "number"),
)
"""Append-only, each entry hashing the one before; SQLite refuses to change or remove one (a trigger)."""

custody_head = Table(
    "custody_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
"""One row, the log's last entry: locked by whoever appends, so that two writers make one chain."""

fetches = Table(
    "fetches",
    metadata,
    Column("capture", String(64), ForeignKey("captures.capture"), primary_key=True),
    Column("url", Text, nullable=False, comment="the address that answered, after redirects"),
    Column("fetched_at", DateTime(timezone=True), nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", JSON, nullable=False, comment="of the answer, in order, as pairs"),
)
"""Where and when a capture came over the net, one row for each that did: a page fetched, a WARC record."""

erasures = Table(
    "erasures",
    metadata,
    Column("hash", String(71), primary_key=True, comment="of a capture, or a document's id"),
    Column("erased_at", DateTime(timezone=True), nullable=False),
)
"""What was erased and is not to come back by itself."""
