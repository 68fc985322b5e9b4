"""Custody: the hash-chained log, fetches, erasures; and what a search in a large record needs."""

import sqlalchemy as sa
from alembic import op

from foreshock.record.custody import FIRST
from foreshock.record.migrations.adoption import adopt

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ORDERED = ("kind", "type", "country", "admin1", "place")
"""Columns of `statements` that a search walks from the newest day on."""
IN_ORDER = (sa.text("day DESC"), "number", "id")
NAMED = (
    ("statement_contexts", ("context",)),
    ("statement_sources", ("name", "text")),
    ("statement_participants", ("entity", "name", "text")),
)
FIRST_INDEXES = (("statement_contexts", "context"), ("statement_participants", "entity"))
"""Of the first migration; they come back with the statement beside the name."""


def _tables() -> None:
    op.create_table(
        "custody_log",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("event", sa.String(24), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("custody_log_subject", "custody_log", ["subject", "number"])
    head = op.create_table(
        "custody_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": FIRST}])
    op.create_table(
        "fetches",
        sa.Column("capture", sa.String(64), sa.ForeignKey("captures.capture"), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("headers", sa.JSON, nullable=False),
    )
    op.create_table(
        "erasures",
        sa.Column("hash", sa.String(71), primary_key=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
    )


def _columns_for_search() -> None:
    op.add_column("statements", sa.Column("day", sa.String(10), nullable=False, server_default=""))
    op.add_column("statements", sa.Column("place", sa.Text))
    documents = sa.table("documents", sa.column("id"), sa.column("published", sa.Date), sa.column("crawl_month"))
    columns = ("document", "day", "place", "body")
    statements = sa.table("statements", *(sa.column(name) for name in columns))
    day = sa.func.coalesce(sa.cast(documents.c.published, sa.String), documents.c.crawl_month, "")
    if op.get_bind().dialect.name == "sqlite":
        name, words = (sa.func.json_extract(statements.c.body, f"$.place.{key}") for key in ("name", "text"))
    else:
        body = sa.cast(statements.c.body, sa.JSON)
        name, words = (body[("place", key)].as_string() for key in ("name", "text"))
    op.execute(
        sa.update(statements).values(
            day=sa.select(day).where(documents.c.id == statements.c.document).scalar_subquery(),
            place=sa.func.coalesce(sa.func.nullif(name, ""), words),
        )
    )


def _indexes() -> None:
    for name in ("kind", "type", "country"):
        op.drop_index(f"statements_{name}", "statements")
    op.create_index("statements_day", "statements", [*IN_ORDER])
    op.create_index("statements_number", "statements", ["number", "day"])
    for name in ORDERED:
        op.create_index(f"statements_{name}", "statements", [name, *IN_ORDER])
    for table, name in FIRST_INDEXES:
        op.drop_index(f"{table}_{name}", table)
    for table, names in NAMED:
        for name in names:
            op.create_index(f"{table}_{name}", table, [name, "statement"])


def _triggers() -> None:
    """On SQLite: what was logged stays as it is, and the words' index follows a statement that is read anew."""
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER custody_log_no_{event.lower()} BEFORE {event} ON custody_log BEGIN "
            "SELECT RAISE(ABORT, 'the custody log is append-only'); END"
        )
    op.execute(
        "CREATE TRIGGER statements_reread AFTER UPDATE OF body ON statements BEGIN "
        "INSERT INTO clause_words(clause_words, rowid, text) "
        "VALUES ('delete', old.number, json_extract(old.body, '$.text')); "
        "INSERT INTO clause_words(rowid, text) VALUES (new.number, json_extract(new.body, '$.text')); END"
    )


def upgrade() -> None:
    """Make the tables, and enter what the record already holds in the log."""
    _tables()
    _columns_for_search()
    _indexes()
    if op.get_bind().dialect.name == "sqlite":
        _triggers()
    adopt(op.get_bind())


def downgrade() -> None:
    """Back to the first tables; the log is lost."""
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("custody_log_no_update", "custody_log_no_delete", "statements_reread"):
            op.execute(f"DROP TRIGGER {trigger}")
    for table, names in NAMED:
        for name in names:
            op.drop_index(f"{table}_{name}", table)
    for table, name in FIRST_INDEXES:
        op.create_index(f"{table}_{name}", table, [name])
    for name in ("day", "number", *ORDERED):
        op.drop_index(f"statements_{name}", "statements")
    op.drop_column("statements", "day")
    op.drop_column("statements", "place")
    op.create_index("statements_kind", "statements", ["kind"])
    op.create_index("statements_country", "statements", ["country", "admin1"])
    op.create_index("statements_type", "statements", ["type"])
    for table in ("erasures", "fetches", "custody_head", "custody_log"):
        op.drop_table(table)
