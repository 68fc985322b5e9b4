"""The table of what was imported from other data sets, apart from what the record read itself."""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, String, Table, Text

from foreshock.record.tables import metadata

imported = Table(
    "imported",
    metadata,
    Column("dataset", String(40), primary_key=True),
    Column("id", String(120), primary_key=True, comment="as the data set has it"),
    Column("imported_at", DateTime(timezone=True), nullable=False),
    Column("deleted", Boolean, nullable=False, comment="the data set took it back"),
    Column("country", String(3)),
    Column("since", Date),
    Column("type", String(12)),
    Column("body", Text, nullable=False, comment="foreshock.model.occurrence.Occurrence, as JSON"),
    Index("imported_country", "dataset", "country", "since"),
)
"""A row imported again takes the place of the one before."""
