"""The lists of documents, events and places are read from indexes, whatever the length of texts and statements.

Documents are put in order, and those not looked at yet found, without their texts; events stand in their index as they
are listed; places are counted without the statements that lie in them.
"""

from alembic import op
from sqlalchemy import text

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ORDER = ["independent DESC", "reports DESC", "statements DESC", "id", "dismissed"]


def upgrade() -> None:
    """Put indexes that hold all a list asks for in the place of those that hold a part."""
    op.drop_index("documents_published", "documents")
    op.create_index("documents_listed", "documents", ["published", "crawl_month", "model", "id"])
    op.drop_index("events_independent", "events")
    op.create_index("events_listed", "events", [text(one) for one in _ORDER])
    op.create_index("statements_places", "statements", ["place", "country", "admin1", "precision", "kind"])


def downgrade() -> None:
    """Put the former back."""
    op.drop_index("statements_places", "statements")
    op.drop_index("events_listed", "events")
    op.create_index("events_independent", "events", ["independent"])
    op.drop_index("documents_listed", "documents")
    op.create_index("documents_published", "documents", ["published"])
