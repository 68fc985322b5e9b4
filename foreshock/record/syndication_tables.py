"""The tables of syndication: what texts are compared by, which resemble which, and the groups of copies."""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, String, Table, Text

from foreshock.record.tables import metadata

syndication_texts = Table(
    "syndication_texts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="what the index and the pairs name"),
    Column("document", String(71), nullable=False, unique=True, comment="id of the text, read or skipped"),
    Column("title", Text, nullable=False),
    Column("month", Integer, nullable=False, comment="12 · year + month of its earliest capture, 0 where unknown"),
    Column("site", Text, nullable=False, comment="outlet, else the address's host, else empty"),
    Column("credits", Text, nullable=False, comment="agencies credited, by space"),
    Column("words", LargeBinary, nullable=False, comment="16 bits of each word's hash, paragraph by paragraph"),
    Column("paragraphs", LargeBinary, nullable=False, comment="64-bit hash and number of words of each"),
    Column("copies_of", String(71), nullable=False, comment="the group: least id of the texts in it"),
    Index("syndication_texts_copies_of", "copies_of"),
)
"""One row a text, skipped ones too: off-topic pages are copied as well, and an export names their groups."""

syndication_captures = Table(
    "syndication_captures",
    metadata,
    Column("capture", String(64), primary_key=True),
    Column("document", String(71), nullable=False),
    Index("syndication_captures_document", "document"),
)
"""Which text each capture holds; `captures` says so only where the text was read."""

syndication_pairs = Table(
    "syndication_pairs",
    metadata,
    Column("first", Integer, primary_key=True, autoincrement=False),
    Column("second", Integer, primary_key=True, autoincrement=False),
    Column("score", Float, nullable=False),
    Column("features", Text, nullable=False, comment="JSON: what the score is made of"),
    Index("syndication_pairs_second", "second"),
)
"""Pairs of texts alike enough to matter, `first` < `second`."""

syndication_runs = Table(
    "syndication_runs",
    metadata,
    Column("kind", String(10), primary_key=True, comment="keys or paragraphs"),
    Column("run", Integer, primary_key=True, autoincrement=False),
    Column("page", Integer, primary_key=True, autoincrement=False),
    Column("level", Integer, nullable=False),
    Column("least", BigInteger, nullable=False, comment="least hash of the page"),
    Column("greatest", BigInteger, nullable=False),
    Column("hashes", LargeBinary, nullable=False, comment="64-bit, ascending"),
    Column("numbers", LargeBinary, nullable=False, comment="32-bit, the text of each hash"),
)
"""The index from hashes to texts: sorted runs, merged as they grow in number (a log-structured merge tree)."""

syndication_furniture = Table(
    "syndication_furniture",
    metadata,
    Column("paragraph", BigInteger, primary_key=True, autoincrement=False),
)
"""Hashes of paragraphs that belong to a site and not to its reports."""
