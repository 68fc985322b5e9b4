"""The index by which statements found are put in order also holds what they are often tested by.

A search by a word and a kind, or by an actor and a type, then reads no statement whole that is not on its page.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add kind, type and country to the index by number."""
    op.drop_index("statements_number", "statements")
    op.create_index("statements_number", "statements", ["number", "day", "kind", "type", "country"])


def downgrade() -> None:
    """Take them out again."""
    op.drop_index("statements_number", "statements")
    op.create_index("statements_number", "statements", ["number", "day"])
