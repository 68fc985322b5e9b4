"""What people decided: records of their own, never changed, at most undone; and the grades of sources."""

from sqlalchemy import JSON, Column, DateTime, ForeignKey, Index, Integer, String, Table, Text

from foreshock.record.tables import metadata

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column(
        "kind", String(12), nullable=False, comment="merge, split, grade, dismiss, correct, same, different, rename"
    ),
    Column("subject", Text, nullable=False, comment="what it is about: a statement of the event, an entity, a source"),
    Column("body", JSON, nullable=False, comment="what was decided, with the spans it rests on"),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("undone_by", Text),
    Column("undone_why", Text),
    Column("undone_at", DateTime(timezone=True)),
    Index("decisions_subject", "subject"),
)

decided_statements = Table(
    "decided_statements",
    metadata,
    Column("decision", Integer, ForeignKey("decisions.number"), primary_key=True, autoincrement=False),
    Column("statement", String(16), primary_key=True),
    Column("side", Integer, nullable=False, comment="0 what is decided about; 1 what was merged in, or split off"),
    Column("document", String(71), nullable=False),
    Column("start", Integer, nullable=False, comment="of the trigger"),
    Column("end", Integer, nullable=False),
    Index("decided_statements_statement", "statement"),
    Index("decided_statements_document", "document"),
)
"""The statements that a decision names. A newer reading may know one by another id: its span finds it again."""

grade_changes = Table(
    "grade_changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("what", String(10), nullable=False, comment="source or event"),
    Column("subject", Text, nullable=False, comment="the source's name; the event's id"),
    Column("before", String(2)),
    Column("after", String(2), nullable=False),
    Column("who", Text, nullable=False, comment="an analyst's name, or `rules`"),
    Column("why", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Index("grade_changes_subject", "subject"),
)
"""Every change of a grade, whoever made it."""
