"""The record's tables. Changing one means a new migration beside the first; these follow the newest."""

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

originals = Table(
    "originals",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="the bytes as taken, zlib-compressed"),
)

captures = Table(
    "captures",
    metadata,
    Column("capture", String(64), primary_key=True, comment="SHA-256 of the bytes as taken; of the row in JSONL"),
    Column("origin", Text, nullable=False),
    Column("captured_at", DateTime(timezone=True), nullable=False),
    Column("tool", String(40), nullable=False),
    Column("document", String(71), ForeignKey("documents.id"), nullable=True),
    Column("verdict", String(24), nullable=False),
    Column("reason", Text, nullable=False),
    Column("external_id", Text, nullable=True),
    Column("title", Text),
    Column("outlet", Text),
    Column("author", Text),
    Column("url", Text),
    Column("published", Date),
    Column("published_granularity", String(8)),
    Column("crawl_month", String(7)),
    Index("captures_document", "document"),
)
"""One row for every capture that was taken, kept or skipped: what makes adding idempotent.

It says for each who published it and when: two captures may hold the same text, which is one document.
"""

documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True, comment="row of the full-text index"),
    Column("id", String(71), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("author", Text),
    Column("url", Text),
    Column("origin", Text, nullable=False),
    Column("external_id", Text),
    Column("published", Date),
    Column("published_granularity", String(8)),
    Column("crawl_month", String(7)),
    Column("notes", JSON, nullable=False),
    Column("model", String(80), nullable=False, comment="version of the model that read it"),
    Column("read_at", DateTime(timezone=True), nullable=False),
    Index("documents_listed", "published", "crawl_month", "model", "id"),
)
"""The index holds all by which documents are put in order and looked for: the table itself is as long as its texts."""

statements = Table(
    "statements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True, comment="row of the full-text index"),
    Column("id", String(16), nullable=False, unique=True),
    Column("document", String(71), ForeignKey("documents.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("day", String(10), nullable=False, comment="YYYY-MM-DD or YYYY-MM of its document, else empty"),
    Column("kind", String(16), nullable=False),
    Column("polarity", String(8), nullable=False),
    Column("type", String(12)),
    Column("mode", String(20)),
    Column("country", String(3)),
    Column("admin1", Text),
    Column("place", Text, comment="the gazetteer's name; the text's own words where it has none"),
    Column("precision", String(8)),
    Column("lat", Float),
    Column("lon", Float),
    Column("time_from", Date),
    Column("time_to", Date),
    Column("likelihood_low", Float),
    Column("likelihood_high", Float),
    Column("score", Float),
    Column("body", Text, nullable=False, comment="the statement as in the codebook's section 10"),
    Index("statements_document", "document", "start"),
)
"""`day` stands here too, so that a search can walk an index from the newest on and stop when a page is full."""
_IN_ORDER = (
    statements.c.day.desc(),
    statements.c.number,
    statements.c.id,
)  # of results; the id is what side tables know
Index("statements_day", *_IN_ORDER)
Index("statements_number", statements.c.number, *(statements.c[name] for name in ("day", "kind", "type", "country")))
Index("statements_places", *(statements.c[name] for name in ("place", "country", "admin1", "precision", "kind")))
for _name in ("kind", "type", "country", "admin1", "place"):
    Index(f"statements_{_name}", statements.c[_name], *_IN_ORDER)

statement_contexts = Table(
    "statement_contexts",
    metadata,
    Column("statement", String(16), ForeignKey("statements.id"), primary_key=True),
    Column("context", String(24), primary_key=True),
    Index("statement_contexts_context", "context", "statement"),
)

statement_sources = Table(
    "statement_sources",
    metadata,
    Column("statement", String(16), ForeignKey("statements.id"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="0 is outermost"),
    Column("text", Text, nullable=False),
    Column("name", Text),
    Column("source_kind", String(12), nullable=False),
    Index("statement_sources_name", "name", "statement"),
    Index("statement_sources_text", "text", "statement"),
)

statement_participants = Table(
    "statement_participants",
    metadata,
    Column("statement", String(16), ForeignKey("statements.id"), primary_key=True),
    Column("role", String(10), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("entity", Text),
    Column("name", Text),
    Column("country", String(3)),
    Column("sector", String(3)),
    Index("statement_participants_entity", "entity", "statement"),
    Index("statement_participants_name", "name", "statement"),
    Index("statement_participants_text", "text", "statement"),
)

gaps = Table(
    "gaps",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("document", String(71), ForeignKey("documents.id"), nullable=False),
    Column("stage", String(24), nullable=False),
    Column("reason", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Index("gaps_document", "document"),
)
