"""The tables of the watch: how boards stand, alerts, what people made of them, how rules fared, what was sent."""

from sqlalchemy import Column, Date, DateTime, Float, Index, Integer, String, Table, Text

from foreshock.record.tables import metadata

watch_standings = Table(
    "watch_standings",
    metadata,
    Column("board", String(40), primary_key=True),
    Column("country", String(3), primary_key=True),
    Column("admin1", String(120), primary_key=True, comment="empty for the country"),
    Column("period", Date, nullable=False, comment="first day of the period"),
    Column("state", String(14), nullable=False),
    Column("height", Integer, nullable=False, comment="-1 not collected, 0 quiet to 3 alarm"),
    Column("war", Integer, nullable=False, comment="1 where a war is already running"),
    Column("at", DateTime(timezone=True), nullable=False, comment="when it was evaluated"),
    Column("body", Text, nullable=False, comment="foreshock.model.board.Standing, as JSON"),
)
"""How each board stands at each place: the last evaluation's, computed and replaced as a whole."""

watch_alerts = Table(
    "watch_alerts",
    metadata,
    Column("id", String(16), primary_key=True, comment="hash of rule, place and period"),
    Column("rule", String(90), nullable=False),
    Column("board", String(40)),
    Column("country", String(3), nullable=False),
    Column("admin1", Text),
    Column("period", Date, nullable=False),
    Column("state", String(14), nullable=False),
    Column("chance", Float),
    Column("raised_at", DateTime(timezone=True), nullable=False),
    Column("body", Text, nullable=False, comment="foreshock.model.alert.Alert, as JSON; no word of a document"),
    Index("watch_alerts_period", "period"),
    Index("watch_alerts_country", "country"),
)
"""Alerts as they were raised; never changed."""

watch_decisions = Table(
    "watch_decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("action", String(12), nullable=False, comment="acknowledge, dismiss, mute, unmute"),
    Column("alert", String(16), comment="what was acknowledged or dismissed"),
    Column("rule", String(90), comment="with board, country and admin1: the scope of a mute"),
    Column("board", String(40)),
    Column("country", String(3)),
    Column("admin1", Text),
    Column("until", Date),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Index("watch_decisions_alert", "alert"),
)
"""What people did with alerts: kept for good, the newest holds."""

watch_rules = Table(
    "watch_rules",
    metadata,
    Column("rule", String(90), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("body", Text, nullable=False, comment="foreshock.model.alert.RuleRecord, as JSON"),
)
"""How each rule fared in the last replay that was kept."""

watch_deliveries = Table(
    "watch_deliveries",
    metadata,
    Column("alert", String(16), primary_key=True),
    Column("channel", String(64), primary_key=True, comment="hash of kind and address"),
    Column("state", String(10), nullable=False, comment="sending, sent, failed, too old; unsure where no answer came"),
    Column("attempts", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("why", Text, nullable=False),
)
"""What went where: written before anything is sent, so that nothing goes twice."""
