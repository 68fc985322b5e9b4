"""Boards' standings, alerts, decisions about them, how rules fared, and deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "watch_standings",
        sa.Column("board", sa.String(40), primary_key=True),
        sa.Column("country", sa.String(3), primary_key=True),
        sa.Column("admin1", sa.String(120), primary_key=True),
        sa.Column("period", sa.Date, nullable=False),
        sa.Column("state", sa.String(14), nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("war", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "watch_alerts",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("rule", sa.String(90), nullable=False),
        sa.Column("board", sa.String(40)),
        sa.Column("country", sa.String(3), nullable=False),
        sa.Column("admin1", sa.Text),
        sa.Column("period", sa.Date, nullable=False),
        sa.Column("state", sa.String(14), nullable=False),
        sa.Column("chance", sa.Float),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("watch_alerts_period", "watch_alerts", ["period"])
    op.create_index("watch_alerts_country", "watch_alerts", ["country"])
    op.create_table(
        "watch_decisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("action", sa.String(12), nullable=False),
        sa.Column("alert", sa.String(16)),
        sa.Column("rule", sa.String(90)),
        sa.Column("board", sa.String(40)),
        sa.Column("country", sa.String(3)),
        sa.Column("admin1", sa.Text),
        sa.Column("until", sa.Date),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("watch_decisions_alert", "watch_decisions", ["alert"])
    op.create_table(
        "watch_rules",
        sa.Column("rule", sa.String(90), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "watch_deliveries",
        sa.Column("alert", sa.String(16), primary_key=True),
        sa.Column("channel", sa.String(64), primary_key=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("watch_deliveries", "watch_rules", "watch_decisions", "watch_alerts", "watch_standings"):
        op.drop_table(table)
