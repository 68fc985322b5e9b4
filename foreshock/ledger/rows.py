"""The ledger's rows: predictions, proposals with their evidence, rulings, and documents as it reads them."""

import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from foreshock.ledger.reports import Told
from foreshock.model.document import Document
from foreshock.model.prediction import Coverage, Criterion, Evidence, Outcome, Prediction, Proposal, Ruling
from foreshock.model.statement import from_json
from foreshock.model.vocabulary import Granularity
from foreshock.record.events_tables import event_statements, events
from foreshock.record.ledger_tables import prediction_evidence, prediction_proposals, prediction_rulings
from foreshock.record.syndication_tables import syndication_texts
from foreshock.record.tables import documents, statements


def proposals_of(connection: Connection, as_of: datetime.date, prediction: str | None = None) -> dict[str, Proposal]:
    """The newest proposal of each prediction by this day; its evidence only where one prediction is asked for."""
    table = prediction_proposals.c
    query = select(prediction_proposals).where(table.as_of <= as_of).order_by(table.as_of)
    if prediction is not None:
        query = query.where(table.prediction == prediction)
    return {
        row.prediction: Proposal(
            prediction=row.prediction,
            outcome=Outcome(row.outcome),
            reason=row.reason,
            as_of=row.as_of,
            evidence=_evidence(connection, row.prediction, row.as_of) if prediction is not None else (),
            coverage=msgspec.json.decode(row.coverage, type=Coverage) if row.coverage else None,
        )
        for row in connection.execute(query)
    }


def _evidence(connection: Connection, prediction: str, as_of: datetime.date) -> tuple[Evidence, ...]:
    table = prediction_evidence.c
    query = (
        select(
            table.statement, table.document, table.score, table.shows, table.why,
            documents.c.title, documents.c.outlet, documents.c.published, statements.c.body, event_statements.c.event,
        )
        .join(statements, statements.c.id == table.statement)
        .join(documents, documents.c.id == table.document)
        .outerjoin(event_statements, event_statements.c.statement == table.statement)
        .where(table.prediction == prediction, table.as_of == as_of)
        .order_by(table.score.desc(), documents.c.published, table.statement)
    )  # fmt: skip
    return tuple(
        Evidence(
            statement=row.statement, document=row.document, title=row.title, outlet=row.outlet,
            published=row.published, text=from_json(row.body).text, score=row.score, shows=bool(row.shows),
            why=tuple(msgspec.json.decode(row.why, type=list[str])), event=row.event,
        )
        for row in connection.execute(query)
    )  # fmt: skip


def rulings_of(connection: Connection, prediction: str | None = None) -> dict[str, list[Ruling]]:
    query = select(prediction_rulings).order_by(prediction_rulings.c.number)
    if prediction is not None:
        query = query.where(prediction_rulings.c.prediction == prediction)
    found: dict[str, list[Ruling]] = {}
    for row in connection.execute(query):
        found.setdefault(row.prediction, []).append(
            Ruling(
                number=row.number,
                prediction=row.prediction,
                action=row.action,
                outcome=Outcome(row.outcome) if row.outcome else None,
                criterion=msgspec.json.decode(row.criterion, type=Criterion) if row.criterion else None,
                by=row.by,
                person=row.person,
                reason=row.reason,
                at=row.at,
            )
        )
    return found


def copies_of(connection: Connection) -> dict[str, str]:
    """The group of copies that each text belongs to, for texts that were fingerprinted."""
    query = select(syndication_texts.c.document, syndication_texts.c.copies_of)
    return {row.document: row.copies_of for row in connection.execute(query)}


IMPROBABLE = 5
"""Credibility (Admiralty code) from which an event shows nothing: improbable; 6, *cannot be judged*, is not worse."""


def events_told(connection: Connection) -> dict[str, Told | None]:
    """The merged event of each statement; null where a person dismissed the event, or it is graded improbable."""
    query = select(
        event_statements.c.statement, event_statements.c.event, events.c.time_from, events.c.time_to,
        events.c.dismissed, events.c.credibility,
    ).join(events, events.c.id == event_statements.c.event)  # fmt: skip
    return {
        row.statement: None
        if row.dismissed or row.credibility == IMPROBABLE
        else Told(row.event, row.time_from, row.time_to)
        for row in connection.execute(query)
    }


def prediction_of(body: str) -> Prediction:
    """The prediction in a row's body."""
    return msgspec.json.decode(body, type=Prediction)


def row_of(one: Prediction) -> dict[str, Any]:
    """A prediction as a row of its table."""
    return {
        "id": one.id, "document": one.document, "start": one.start, "made": one.made, "by": one.by, "kind": one.kind,
        "forecaster_kind": one.forecaster_kind.value, "forecaster": one.forecaster, "outlet": one.outlet,
        "country": one.country, "topic": one.topic, "low": one.low, "high": one.high, "group": one.group,
        "line": one.line, "body": msgspec.json.encode(one).decode(),
    }  # fmt: skip


def document_of(row: Any) -> Document:  # noqa: ANN401 - a row of the documents' table
    """A document from a row of the record, without its capture."""
    return Document(
        id=row.id, text=row.text, origin=row.origin, capture="", title=row.title, outlet=row.outlet, author=row.author,
        url=row.url, external_id=row.external_id, published=row.published,
        published_granularity=Granularity(row.published_granularity) if row.published_granularity else None,
        crawl_month=row.crawl_month, notes=tuple(row.notes),
    )  # fmt: skip
