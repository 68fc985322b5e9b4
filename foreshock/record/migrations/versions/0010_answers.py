"""What the ledger's model said of a prediction and a report: asked about once, however often the ledger is resolved."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "prediction_answers",
        sa.Column("prediction", sa.String(12), primary_key=True),
        sa.Column("statement", sa.String(16), primary_key=True),
        sa.Column("of_document", sa.String(71), nullable=False),
        sa.Column("document", sa.String(71), nullable=False),
        sa.Column("asked", sa.String(16), nullable=False),
        sa.Column("happened", sa.Float, nullable=False),
        sa.Column("failed", sa.Float, nullable=False),
    )
    op.create_index("prediction_answers_document", "prediction_answers", ["document"])
    op.create_index("prediction_answers_of_document", "prediction_answers", ["of_document"])


def downgrade() -> None:
    """Take it out again."""
    op.drop_table("prediction_answers")
