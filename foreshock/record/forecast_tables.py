"""The tables of forecasts: the histories they were made from, the runs, and what each said of every country-month.

Rows are only ever added: a run that was made stays as it was made.
"""

from sqlalchemy import JSON, Column, DateTime, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from foreshock.record.tables import metadata

forecast_histories = Table(
    "forecast_histories",
    metadata,
    Column("digest", String(64), primary_key=True, comment="SHA-256 of ids, months and counts as used"),
    Column("series", Text, nullable=False, comment="what is counted"),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("first_month", Integer, nullable=False),
    Column("last_month", Integer, nullable=False),
    Column("countries", JSON, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="counts as float64, country by country, zlib-compressed"),
)

forecasts = Table(
    "forecasts",
    metadata,
    Column("id", String(64), primary_key=True, comment="SHA-256 of history, origin, months, draws, seed, model, code"),
    Column("series", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("history", String(64), ForeignKey("forecast_histories.digest"), nullable=False),
    Column("origin", Integer, nullable=False),
    Column("first_month", Integer, nullable=False),
    Column("last_month", Integer, nullable=False),
    Column("draws", Integer, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("model", String(40), nullable=False),
    Column("code", String(40), nullable=False, comment="version of Foreshock that made it"),
    Column("countries", JSON, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="draws as int32 (country, month, draw), zlib-compressed"),
    Index("forecasts_made_at", "made_at"),
)

forecast_cells = Table(
    "forecast_cells",
    metadata,
    Column("forecast", String(64), ForeignKey("forecasts.id"), primary_key=True),
    Column("country_id", Integer, primary_key=True, autoincrement=False),
    Column("month_id", Integer, primary_key=True, autoincrement=False),
    Column("mean", Float, nullable=False),
    Column("low90", Float, nullable=False, comment="5 % quantile"),
    Column("low50", Float, nullable=False, comment="25 % quantile"),
    Column("median", Float, nullable=False),
    Column("high50", Float, nullable=False, comment="75 % quantile"),
    Column("high90", Float, nullable=False, comment="95 % quantile"),
    Column("chance", Float, nullable=False, comment="probability of any"),
)

forecast_parts = Table(
    "forecast_parts",
    metadata,
    Column("forecast", String(64), ForeignKey("forecasts.id"), primary_key=True),
    Column("country_id", Integer, primary_key=True, autoincrement=False),
    Column("part", String(40), primary_key=True, comment="a model of the pool"),
    Column("weight", Float, nullable=False),
    Column("mean", Float, nullable=False, comment="its mean over the months, its largest hundredth left out"),
)
"""What each model of the pool said: explanations compare these between runs."""
