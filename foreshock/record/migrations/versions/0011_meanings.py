"""The vectors of reports' sentences, by which the ledger finds those near to a forecast: made once."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "report_meanings",
        sa.Column("document", sa.String(71), primary_key=True),
        sa.Column("sentence", sa.String(16), primary_key=True),
        sa.Column("encoder", sa.String(24), nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Take it out again."""
    op.drop_table("report_meanings")
