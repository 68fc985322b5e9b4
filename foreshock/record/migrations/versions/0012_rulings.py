"""What a ruling was made on: its day and what was proposed then; and which sharpening a proposal answers."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Of rulings made before nobody knows the day or the proposal: those stay null.

    Which sharpening a proposal answers is told by when each was made.
    """
    op.add_column("prediction_rulings", sa.Column("as_of", sa.Date))
    op.add_column("prediction_rulings", sa.Column("proposed", sa.Text))
    op.add_column("prediction_proposals", sa.Column("sharpening", sa.Integer))
    op.execute(
        "UPDATE prediction_proposals SET sharpening = (SELECT MAX(r.number) FROM prediction_rulings AS r "
        "WHERE r.prediction = prediction_proposals.prediction AND r.action = 'sharpen' "
        "AND r.at <= prediction_proposals.proposed_at)"
    )


def downgrade() -> None:
    """Take them out again."""
    op.drop_column("prediction_proposals", "sharpening")
    op.drop_column("prediction_rulings", "proposed")
    op.drop_column("prediction_rulings", "as_of")
