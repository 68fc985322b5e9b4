"""Forecasts: the histories they were made from, the runs, and what each said."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _forecast_histories() -> None:
    op.create_table(
        "forecast_histories",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_month", sa.Integer, nullable=False),
        sa.Column("last_month", sa.Integer, nullable=False),
        sa.Column("countries", sa.JSON, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _forecasts() -> None:
    op.create_table(
        "forecasts",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("history", sa.String(64), sa.ForeignKey("forecast_histories.digest"), nullable=False),
        sa.Column("origin", sa.Integer, nullable=False),
        sa.Column("first_month", sa.Integer, nullable=False),
        sa.Column("last_month", sa.Integer, nullable=False),
        sa.Column("draws", sa.Integer, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("model", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("countries", sa.JSON, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("forecasts_made_at", "forecasts", ["made_at"])


def _forecast_cells() -> None:
    op.create_table(
        "forecast_cells",
        sa.Column("forecast", sa.String(64), sa.ForeignKey("forecasts.id"), primary_key=True),
        sa.Column("country_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("month_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("mean", sa.Float, nullable=False),
        sa.Column("low90", sa.Float, nullable=False),
        sa.Column("low50", sa.Float, nullable=False),
        sa.Column("median", sa.Float, nullable=False),
        sa.Column("high50", sa.Float, nullable=False),
        sa.Column("high90", sa.Float, nullable=False),
        sa.Column("chance", sa.Float, nullable=False),
    )


def _forecast_parts() -> None:
    op.create_table(
        "forecast_parts",
        sa.Column("forecast", sa.String(64), sa.ForeignKey("forecasts.id"), primary_key=True),
        sa.Column("country_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("part", sa.String(40), primary_key=True),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("mean", sa.Float, nullable=False),
    )


def upgrade() -> None:
    """Make the tables."""
    _forecast_histories()
    _forecasts()
    _forecast_cells()
    _forecast_parts()


def downgrade() -> None:
    """Drop them."""
    for table in ("forecast_parts", "forecast_cells", "forecasts", "forecast_histories"):
        op.drop_table(table)
