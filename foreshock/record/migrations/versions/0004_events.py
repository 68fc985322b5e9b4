"""Events, what they are computed from, and what people decide about them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _comparing() -> None:
    op.create_table(
        "event_digests",
        sa.Column("document", sa.String(71), primary_key=True),
        sa.Column("copies_of", sa.String(71), nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
    )
    op.create_index("event_digests_copies_of", "event_digests", ["copies_of"])
    op.create_table(
        "event_keys",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("document", sa.String(71), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table("event_common_keys", sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False))
    op.create_table(
        "event_document_pairs",
        sa.Column("first", sa.String(71), primary_key=True),
        sa.Column("second", sa.String(71), primary_key=True),
        sa.Column("probability", sa.Float, nullable=False),
    )
    op.create_index("event_document_pairs_second", "event_document_pairs", ["second"])
    op.create_table(
        "event_act_pairs",
        sa.Column("first", sa.String(16), primary_key=True),
        sa.Column("second", sa.String(16), primary_key=True),
        sa.Column("probability", sa.Float, nullable=False),
    )
    op.create_index("event_act_pairs_second", "event_act_pairs", ["second"])


def _groups() -> None:
    op.create_table(
        "event_stories",
        sa.Column("document", sa.String(71), primary_key=True),
        sa.Column("story", sa.String(71), nullable=False),
    )
    op.create_index("event_stories_story", "event_stories", ["story"])
    op.create_table(
        "event_statements",
        sa.Column("statement", sa.String(16), primary_key=True),
        sa.Column("document", sa.String(71), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("event", sa.String(16), nullable=False),
    )
    op.create_index("event_statements_act", "event_statements", ["act"])
    op.create_index("event_statements_event", "event_statements", ["event"])
    op.create_index("event_statements_document", "event_statements", ["document"])
    op.create_table(
        "events",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("type", sa.String(12), nullable=False),
        sa.Column("mode", sa.String(20)),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("country", sa.String(3)),
        sa.Column("admin1", sa.Text),
        sa.Column("place", sa.Text),
        sa.Column("time_from", sa.Date),
        sa.Column("time_to", sa.Date),
        sa.Column("first_report", sa.Date),
        sa.Column("last_report", sa.Date),
        sa.Column("statements", sa.Integer, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("independent", sa.Integer, nullable=False),
        sa.Column("disputes", sa.Integer, nullable=False),
        sa.Column("credibility", sa.Integer, nullable=False),
        sa.Column("dismissed", sa.Integer, nullable=False),
    )
    op.create_index("events_independent", "events", ["independent"])
    op.create_index("events_country", "events", ["country", "type"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Text),
        sa.Column("undone_why", sa.Text),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
    )
    op.create_index("decisions_subject", "decisions", ["subject"])
    op.create_table(
        "decided_statements",
        sa.Column("decision", sa.Integer, sa.ForeignKey("decisions.number"), primary_key=True, autoincrement=False),
        sa.Column("statement", sa.String(16), primary_key=True),
        sa.Column("side", sa.Integer, nullable=False),
        sa.Column("document", sa.String(71), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_index("decided_statements_statement", "decided_statements", ["statement"])
    op.create_index("decided_statements_document", "decided_statements", ["document"])
    op.create_table(
        "grade_changes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("before", sa.String(2)),
        sa.Column("after", sa.String(2), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("grade_changes_subject", "grade_changes", ["subject"])


def upgrade() -> None:
    """Make the tables."""
    _comparing()
    _groups()
    _decisions()


def downgrade() -> None:
    """Drop them."""
    for table in (
        "grade_changes", "decided_statements", "decisions", "events", "event_statements", "event_stories",
        "event_act_pairs", "event_document_pairs", "event_common_keys", "event_keys", "event_digests",
    ):  # fmt: skip
        op.drop_table(table)
