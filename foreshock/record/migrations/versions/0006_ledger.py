"""The ledger: predictions, the documents they were taken from, proposals, rulings."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; what the record already holds is taken with the next `foreshock ledger` command."""
    op.create_table(
        "predictions",
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("document", sa.String(71), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("made", sa.Date, nullable=False),
        sa.Column("by", sa.Date, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("forecaster_kind", sa.String(12), nullable=False),
        sa.Column("forecaster", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("country", sa.String(3)),
        sa.Column("topic", sa.String(24)),
        sa.Column("low", sa.Float),
        sa.Column("high", sa.Float),
        sa.Column("group", sa.String(12), nullable=False),
        sa.Column("line", sa.String(12), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    for column in ("document", "forecaster", "group", "by"):
        op.create_index(f"predictions_{column}", "predictions", [column])
    op.create_table(
        "prediction_documents",
        sa.Column("document", sa.String(71), primary_key=True),
        sa.Column("model", sa.String(80), nullable=False),
    )
    op.create_table(
        "prediction_proposals",
        sa.Column("prediction", sa.String(12), primary_key=True),
        sa.Column("as_of", sa.Date, primary_key=True),
        sa.Column("document", sa.String(71), nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("coverage", sa.Text),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("prediction_proposals_document", "prediction_proposals", ["document"])
    op.create_table(
        "prediction_evidence",
        sa.Column("prediction", sa.String(12), primary_key=True),
        sa.Column("as_of", sa.Date, primary_key=True),
        sa.Column("statement", sa.String(16), primary_key=True),
        sa.Column("of_document", sa.String(71), nullable=False),
        sa.Column("document", sa.String(71), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("shows", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_index("prediction_evidence_document", "prediction_evidence", ["document"])
    op.create_index("prediction_evidence_of_document", "prediction_evidence", ["of_document"])
    op.create_table(
        "prediction_rulings",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("prediction", sa.String(12), nullable=False),
        sa.Column("document", sa.String(71), nullable=False),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("outcome", sa.String(8)),
        sa.Column("criterion", sa.Text),
        sa.Column("by", sa.Date),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("prediction_rulings_prediction", "prediction_rulings", ["prediction"])
    op.create_index("prediction_rulings_document", "prediction_rulings", ["document"])


def downgrade() -> None:
    """Drop them."""
    for table in (
        "prediction_rulings", "prediction_evidence", "prediction_proposals", "prediction_documents", "predictions",
    ):  # fmt: skip
        op.drop_table(table)
