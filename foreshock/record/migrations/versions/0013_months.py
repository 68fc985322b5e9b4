"""Statements of documents published in a month of which no day is known are listed under the month, as crawls are."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_OF_MONTHS = "document IN (SELECT id FROM documents WHERE published IS NOT NULL AND published_granularity = 'month')"


def upgrade() -> None:
    """They stood under its last day."""
    op.execute(f"UPDATE statements SET day = substr(day, 1, 7) WHERE length(day) = 10 AND {_OF_MONTHS}")


def downgrade() -> None:
    """Put them there again."""
    op.execute(
        "UPDATE statements SET day = (SELECT CAST(d.published AS VARCHAR(10)) FROM documents AS d "
        f"WHERE d.id = statements.document) WHERE {_OF_MONTHS}"
    )
