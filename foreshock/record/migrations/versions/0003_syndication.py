"""Syndication: what texts are compared by, pairs that resemble each other, the index, furniture; and imports."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; what the record already holds is grouped by `foreshock regroup`, or with the next `add`."""
    op.create_table(
        "syndication_texts",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("document", sa.String(71), nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("site", sa.Text, nullable=False),
        sa.Column("credits", sa.Text, nullable=False),
        sa.Column("words", sa.LargeBinary, nullable=False),
        sa.Column("paragraphs", sa.LargeBinary, nullable=False),
        sa.Column("copies_of", sa.String(71), nullable=False),
    )
    op.create_index("syndication_texts_copies_of", "syndication_texts", ["copies_of"])
    op.create_table(
        "syndication_captures",
        sa.Column("capture", sa.String(64), primary_key=True),
        sa.Column("document", sa.String(71), nullable=False),
    )
    op.create_index("syndication_captures_document", "syndication_captures", ["document"])
    op.create_table(
        "syndication_pairs",
        sa.Column("first", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("second", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("features", sa.Text, nullable=False),
    )
    op.create_index("syndication_pairs_second", "syndication_pairs", ["second"])
    op.create_table(
        "syndication_runs",
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("run", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("page", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("least", sa.BigInteger, nullable=False),
        sa.Column("greatest", sa.BigInteger, nullable=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        sa.Column("numbers", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "syndication_furniture",
        sa.Column("paragraph", sa.BigInteger, primary_key=True, autoincrement=False),
    )
    op.create_table(
        "imported",
        sa.Column("dataset", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("country", sa.String(3)),
        sa.Column("since", sa.Date),
        sa.Column("type", sa.String(12)),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("imported_country", "imported", ["dataset", "country", "since"])


def downgrade() -> None:
    """Drop them; they can be made again from what the record holds."""
    op.drop_table("imported")
    for table in ("furniture", "runs", "pairs", "captures", "texts"):
        op.drop_table(f"syndication_{table}")
