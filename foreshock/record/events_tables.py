"""The tables of events: what documents are compared by, which pairs report one event, and the groups that come of it.

All of them are computed from documents and statements and can be computed anew; none is edited by hand.
"""

from sqlalchemy import BigInteger, Column, Date, Float, Index, Integer, LargeBinary, String, Table, Text

from foreshock.record.tables import metadata

event_digests = Table(
    "event_digests",
    metadata,
    Column("document", String(71), primary_key=True),
    Column("copies_of", String(71), nullable=False, comment="the syndication group it was last seen in"),
    Column("digest", LargeBinary, nullable=False, comment="foreshock.model.event.Digest, as MessagePack"),
    Index("event_digests_copies_of", "copies_of"),
)

event_keys = Table(
    "event_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("document", String(71), primary_key=True),
    sqlite_with_rowid=False,
)
"""Documents under what they may be found by: only those that share keys are ever compared. One tree, as it is large."""

event_common_keys = Table(
    "event_common_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
)
"""Keys that too many documents share to say anything; they hold no rows in `event_keys`."""

event_document_pairs = Table(
    "event_document_pairs",
    metadata,
    Column("first", String(71), primary_key=True),
    Column("second", String(71), primary_key=True),
    Column("probability", Float, nullable=False),
    Index("event_document_pairs_second", "second"),
)

event_act_pairs = Table(
    "event_act_pairs",
    metadata,
    Column("first", String(16), primary_key=True),
    Column("second", String(16), primary_key=True),
    Column("probability", Float, nullable=False),
    Index("event_act_pairs_second", "second"),
)
"""Acts of two documents, each named by a statement, that may be one; the lesser id first."""

event_stories = Table(
    "event_stories",
    metadata,
    Column("document", String(71), primary_key=True),
    Column("story", String(71), nullable=False, comment="least document id of those that report the same event"),
    Index("event_stories_story", "story"),
)

event_statements = Table(
    "event_statements",
    metadata,
    Column("statement", String(16), primary_key=True),
    Column("document", String(71), nullable=False),
    Column("act", String(16), nullable=False, comment="least id of the statements of its document on the same act"),
    Column("event", String(16), nullable=False),
    Index("event_statements_act", "act"),
    Index("event_statements_event", "event"),
    Index("event_statements_document", "document"),
)

events = Table(
    "events",
    metadata,
    Column("id", String(16), primary_key=True, comment="least id of its statements"),
    Column("type", String(12), nullable=False),
    Column("mode", String(20)),
    Column("title", Text, nullable=False),
    Column("country", String(3)),
    Column("admin1", Text),
    Column("place", Text),
    Column("time_from", Date),
    Column("time_to", Date),
    Column("first_report", Date, comment="of a month of which no day is known, the last"),
    Column("last_report", Date),
    Column("first_report_granularity", String(8), comment="how exactly that is known"),
    Column("last_report_granularity", String(8)),
    Column("statements", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("independent", Integer, nullable=False),
    Column("disputes", Integer, nullable=False),
    Column("credibility", Integer, nullable=False),
    Column("dismissed", Integer, nullable=False, comment="1 where an analyst dismissed it"),
    Index("events_country", "country", "type"),
)
Index(
    "events_listed",
    *(events.c[_name].desc() for _name in ("independent", "reports", "statements")),
    events.c.id,
    events.c.dismissed,
)
"""What a list of events shows of each; the event itself is made of its statements when it is asked for."""
