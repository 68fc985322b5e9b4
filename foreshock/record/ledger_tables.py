"""The tables of the ledger: predictions, what is proposed of them, and what people ruled."""

from sqlalchemy import Column, Date, DateTime, Float, Index, Integer, LargeBinary, String, Table, Text

from foreshock.record.tables import metadata

predictions = Table(
    "predictions",
    metadata,
    Column("id", String(12), primary_key=True),
    Column(
        "document", String(71), nullable=False, comment="of the text; the program's own have an address of their own"
    ),
    Column("start", Integer, nullable=False),
    Column("made", Date, nullable=False),
    Column("by", Date, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("forecaster_kind", String(12), nullable=False),
    Column("forecaster", Text, nullable=False),
    Column("outlet", Text),
    Column("country", String(3)),
    Column("topic", String(24)),
    Column("low", Float),
    Column("high", Float),
    Column("group", String(12), nullable=False, comment="the proposition: what counts once"),
    Column("line", String(12), nullable=False, comment="one forecaster on one thing over time"),
    Column("body", Text, nullable=False, comment="the prediction, as JSON"),
    Index("predictions_document", "document"),
    Index("predictions_forecaster", "forecaster"),
    Index("predictions_group", "group"),
    Index("predictions_line", "line"),
    Index("predictions_by", "by"),
)

prediction_documents = Table(
    "prediction_documents",
    metadata,
    Column("document", String(71), primary_key=True, comment="a document whose predictions were taken"),
    Column("model", String(80), nullable=False, comment="version of the reading they were taken from"),
)

prediction_proposals = Table(
    "prediction_proposals",
    metadata,
    Column("prediction", String(12), primary_key=True),
    Column("as_of", Date, primary_key=True),
    Column("document", String(71), nullable=False, comment="the prediction's, with which all this goes"),
    Column("outcome", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("coverage", Text, comment="how closely the record watched, as JSON"),
    Column("proposed_at", DateTime(timezone=True), nullable=False),
    Column("sharpening", Integer, comment="number of the ruling that sharpened what it answers; null for none"),
    Index("prediction_proposals_document", "document"),
)
"""What the program proposed, as known on a day; a later proposal for the same day replaces the earlier."""

prediction_evidence = Table(
    "prediction_evidence",
    metadata,
    Column("prediction", String(12), primary_key=True),
    Column("as_of", Date, primary_key=True),
    Column("statement", String(16), primary_key=True),
    Column("of_document", String(71), nullable=False, comment="the prediction's"),
    Column("document", String(71), nullable=False, comment="the evidence's"),
    Column("score", Float, nullable=False),
    Column("shows", Integer, nullable=False, comment="1 for, 0 against"),
    Column("why", Text, nullable=False, comment="JSON: what the score rests on, in words"),
    Index("prediction_evidence_document", "document"),
    Index("prediction_evidence_of_document", "of_document"),
)
"""The statements a proposal rests on. Their words are looked up, so that what is erased is gone here as well."""

prediction_answers = Table(
    "prediction_answers",
    metadata,
    Column("prediction", String(12), primary_key=True),
    Column("statement", String(16), primary_key=True),
    Column("of_document", String(71), nullable=False, comment="the prediction's"),
    Column("document", String(71), nullable=False, comment="the report's"),
    Column("asked", String(16), nullable=False, comment="digest of the model and of the words it was asked about"),
    Column("happened", Float, nullable=False),
    Column("failed", Float, nullable=False),
    Index("prediction_answers_document", "document"),
    Index("prediction_answers_of_document", "of_document"),
)
"""What the model said of a prediction and a report: kept, so that each pair is asked about once."""

report_meanings = Table(
    "report_meanings",
    metadata,
    Column("document", String(71), primary_key=True, comment="the report's"),
    Column("sentence", String(16), primary_key=True, comment="digest of it"),
    Column("encoder", String(24), nullable=False, comment="its version"),
    Column("vector", LargeBinary, nullable=False, comment="halves of floats, the lowest byte first"),
)
"""What the encoder made of the sentences of reports: kept, so that each is read once."""

prediction_rulings = Table(
    "prediction_rulings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("prediction", String(12), nullable=False),
    Column("document", String(71), nullable=False, comment="the prediction's"),
    Column("action", String(10), nullable=False, comment="confirm, overrule or sharpen"),
    Column("outcome", String(8)),
    Column("criterion", Text, comment="the sharper criterion, as JSON"),
    Column("by", Date, comment="the sharper horizon"),
    Column("person", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("as_of", Date, comment="of the view in which it was made; null where that was not kept yet"),
    Column("proposed", Text, comment="what was proposed when it was made, as JSON"),
    Index("prediction_rulings_prediction", "prediction"),
    Index("prediction_rulings_document", "document"),
)
"""What people ruled: the newest of those known on a day holds. What is said in it is never changed; where a newer
reading of the text knows the prediction by another id, it is put on that."""
