"""The first tables: originals, captures, documents, statements and what hangs on them, and full-text search."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _originals_and_documents() -> None:
    op.create_table(
        "originals",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(71), nullable=False, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("published_granularity", sa.String(8)),
        sa.Column("crawl_month", sa.String(7)),
        sa.Column("notes", sa.JSON, nullable=False),
        sa.Column("model", sa.String(80), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("documents_published", "documents", ["published"])
    op.create_table(
        "captures",
        sa.Column("capture", sa.String(64), primary_key=True),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tool", sa.String(40), nullable=False),
        sa.Column("document", sa.String(71), sa.ForeignKey("documents.id")),
        sa.Column("verdict", sa.String(24), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("published_granularity", sa.String(8)),
        sa.Column("crawl_month", sa.String(7)),
    )
    op.create_index("captures_document", "captures", ["document"])


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(16), nullable=False, unique=True),
        sa.Column("document", sa.String(71), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("polarity", sa.String(8), nullable=False),
        sa.Column("type", sa.String(12)),
        sa.Column("mode", sa.String(20)),
        sa.Column("country", sa.String(3)),
        sa.Column("admin1", sa.Text),
        sa.Column("precision", sa.String(8)),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        sa.Column("time_from", sa.Date),
        sa.Column("time_to", sa.Date),
        sa.Column("likelihood_low", sa.Float),
        sa.Column("likelihood_high", sa.Float),
        sa.Column("score", sa.Float),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("statements_document", "statements", ["document", "start"])
    op.create_index("statements_kind", "statements", ["kind"])
    op.create_index("statements_country", "statements", ["country", "admin1"])
    op.create_index("statements_type", "statements", ["type"])
    statement = sa.String(16)
    op.create_table(
        "statement_contexts",
        sa.Column("statement", statement, sa.ForeignKey("statements.id"), primary_key=True),
        sa.Column("context", sa.String(24), primary_key=True),
    )
    op.create_index("statement_contexts_context", "statement_contexts", ["context"])
    op.create_table(
        "statement_sources",
        sa.Column("statement", statement, sa.ForeignKey("statements.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("source_kind", sa.String(12), nullable=False),
    )
    op.create_table(
        "statement_participants",
        sa.Column("statement", statement, sa.ForeignKey("statements.id"), primary_key=True),
        sa.Column("role", sa.String(10), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("entity", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("country", sa.String(3)),
        sa.Column("sector", sa.String(3)),
    )
    op.create_index("statement_participants_entity", "statement_participants", ["entity"])
    op.create_table(
        "gaps",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document", sa.String(71), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("stage", sa.String(24), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
    )
    op.create_index("gaps_document", "gaps", ["document"])


def _words() -> None:
    """SQLite's full-text indexes over documents and over statements' own words, kept in step by triggers."""
    op.execute(
        "CREATE VIRTUAL TABLE document_words USING fts5("
        "title, text, content='documents', content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute(
        "CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN "
        "INSERT INTO document_words(rowid, title, text) VALUES (new.number, new.title, new.text); END"
    )
    op.execute(
        "CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN "
        "INSERT INTO document_words(document_words, rowid, title, text) "
        "VALUES ('delete', old.number, old.title, old.text); END"
    )
    op.execute(
        "CREATE VIRTUAL TABLE clause_words USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute(
        "CREATE TRIGGER statements_added AFTER INSERT ON statements BEGIN "
        "INSERT INTO clause_words(rowid, text) VALUES (new.number, json_extract(new.body, '$.text')); END"
    )
    op.execute(
        "CREATE TRIGGER statements_removed AFTER DELETE ON statements BEGIN "
        "INSERT INTO clause_words(clause_words, rowid, text) "
        "VALUES ('delete', old.number, json_extract(old.body, '$.text')); END"
    )


def upgrade() -> None:
    """Make the tables; on SQLite also the full-text indexes."""
    _originals_and_documents()
    _statements()
    if op.get_bind().dialect.name == "sqlite":
        _words()


def downgrade() -> None:
    """Drop everything."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE document_words")
        op.execute("DROP TABLE clause_words")
    for table in ("gaps", "statement_participants", "statement_sources", "statement_contexts", "statements",
                  "captures", "documents", "originals"):  # fmt: skip
        op.drop_table(table)
