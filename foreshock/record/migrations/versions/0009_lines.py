"""An index of predictions by line: one prediction's page then reads its line and not the whole ledger."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("predictions_line", "predictions", ["line"])


def downgrade() -> None:
    """Take it out again."""
    op.drop_index("predictions_line", "predictions")
