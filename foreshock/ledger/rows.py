"""The ledger's rows: predictions, proposals with their evidence, rulings, and documents as it reads them."""

import datetime
from collections.abc import Collection, Mapping, Sequence, Set
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Column, Connection, Row, Select, and_, bindparam, func, or_, select

from foreshock.ledger.outcomes.answers import Answer
from foreshock.ledger.outcomes.asking import Kept
from foreshock.ledger.outcomes.meaning import Halves
from foreshock.ledger.outcomes.reports import BESIDE, Told
from foreshock.ledger.own import path_of
from foreshock.model.document import Document
from foreshock.model.prediction import Coverage, Criterion, Evidence, Outcome, Prediction, Proposal, Proposed, Ruling
from foreshock.model.statement import from_json
from foreshock.model.vocabulary import Granularity
from foreshock.record.events_tables import event_statements, events
from foreshock.record.evidence import EVIDENCE_ERASED, EVIDENCE_REREAD
from foreshock.record.ledger_tables import (
    prediction_answers,
    prediction_evidence,
    prediction_proposals,
    prediction_rulings,
    predictions,
    report_meanings,
)
from foreshock.record.parts import rows as rows_among
from foreshock.record.syndication_tables import syndication_texts
from foreshock.record.tables import documents, statements

_HALVES = "<f2"
"""How the figures of a vector are kept."""


def proposals_of(
    connection: Connection, as_of: datetime.date, wanted: Sequence[str] | Select[tuple[str]]
) -> dict[str, Proposal]:
    """The newest proposal by this day of each prediction whose id is `wanted`, without its evidence."""
    table = prediction_proposals.c
    newest = (
        select(table.prediction, func.max(table.as_of).label("as_of"))
        .where(table.prediction.in_(wanted), table.as_of <= as_of)
        .group_by(table.prediction)
        .subquery()
    )
    query = select(prediction_proposals).join(
        newest, and_(table.prediction == newest.c.prediction, table.as_of == newest.c.as_of)
    )
    return {
        row.prediction: Proposal(
            prediction=row.prediction,
            outcome=Outcome(row.outcome),
            reason=row.reason,
            as_of=row.as_of,
            coverage=msgspec.json.decode(row.coverage, type=Coverage) if row.coverage else None,
            sharpening=row.sharpening,
        )
        for row in connection.execute(query)
    }


def evidence_of(connection: Connection, prediction: str, as_of: datetime.date) -> tuple[Evidence, ...]:
    """What the proposal of this day rests on, what fits best first."""
    table = prediction_evidence.c
    query = (
        select(
            table.statement, table.document, table.score, table.shows, table.why,
            documents.c.title, documents.c.outlet, documents.c.published, documents.c.published_granularity,
            documents.c.crawl_month, statements.c.body, event_statements.c.event,
        )
        .join(statements, statements.c.id == table.statement)
        .join(documents, documents.c.id == table.document)
        .outerjoin(event_statements, event_statements.c.statement == table.statement)
        .where(table.prediction == prediction, table.as_of == as_of)
        .order_by(table.score.desc(), documents.c.published, table.statement)
    )  # fmt: skip
    return tuple(_evidence(row) for row in connection.execute(query))


def _evidence(row: Row[*tuple[Any, ...]]) -> Evidence:
    """One row as evidence; what was told beside its statement is quoted in its place, and is of no event."""
    why = msgspec.json.decode(row.why, type=list[str])
    beside = next((one.removeprefix(BESIDE) for one in why if one.startswith(BESIDE)), None)
    return Evidence(
        statement=row.statement, document=row.document, title=row.title, outlet=row.outlet, published=row.published,
        published_granularity=Granularity(row.published_granularity) if row.published_granularity else None,
        crawl_month=row.crawl_month, text=beside or from_json(row.body).text, score=row.score, shows=bool(row.shows),
        why=tuple(one for one in why if not one.startswith(BESIDE)), event=None if beside else row.event,
    )  # fmt: skip


def keep_proposals(
    connection: Connection, proposals: Sequence[Proposal], stands_in: Mapping[str, str], as_of: datetime.date
) -> list[Proposal]:
    """Write proposals in the place of those of the same day, and give those that are kept: of predictions erased
    meanwhile none, and what rests on a document erased meanwhile is taken back, as an erasure does; what rests on a
    statement that a newer reading lacks says so, as after a reading. `stands_in` names each prediction's document."""
    evidence_of_all = [found for one in proposals for found in one.evidence]
    told = {found.document for found in evidence_of_all}
    there = _still_there(connection, told | {stands_in[one.prediction] for one in proposals})
    there |= _still_told(connection, {found.statement for found in evidence_of_all})
    proposals = [_resting_on(there, one) for one in proposals if stands_in[one.prediction] in there]
    now = datetime.datetime.now(datetime.UTC)
    rows = [
        {
            "prediction": one.prediction, "as_of": one.as_of, "document": stands_in[one.prediction],
            "outcome": one.outcome.value, "reason": one.reason, "proposed_at": now, "sharpening": one.sharpening,
            "coverage": msgspec.json.encode(one.coverage).decode() if one.coverage else None,
        }
        for one in proposals
    ]  # fmt: skip
    evidence = {
        (one.prediction, found.statement): {
            "prediction": one.prediction, "as_of": one.as_of, "statement": found.statement,
            "of_document": stands_in[one.prediction], "document": found.document, "score": found.score,
            "shows": int(found.shows), "why": msgspec.json.encode(found.why).decode(),
        }
        for one in proposals for found in one.evidence
    }  # fmt: skip
    for table in (prediction_proposals, prediction_evidence):
        connection.execute(table.delete().where(table.c.as_of == as_of))
    if rows:
        connection.execute(prediction_proposals.insert(), rows)
    if evidence:
        connection.execute(prediction_evidence.insert(), list(evidence.values()))
    return proposals


def _resting_on(there: Set[str], one: Proposal) -> Proposal:
    """A proposal that rests on the documents and statements that are `there`: pending, where it rested on other
    documents, too; it stands and says so, where on other statements."""
    evidence = tuple(found for found in one.evidence if {found.document, found.statement} <= there)
    if any(found.document not in there for found in one.evidence):
        return msgspec.structs.replace(
            one, outcome=Outcome.PENDING, reason=EVIDENCE_ERASED, coverage=None, evidence=evidence
        )
    lacking = EVIDENCE_REREAD if len(evidence) < len(one.evidence) else ""
    return msgspec.structs.replace(one, reason=f"{one.reason}{lacking}", evidence=evidence)


def answers_kept(connection: Connection) -> dict[tuple[str, str], Kept]:
    """What the model said before, by the ids of prediction and report."""
    return {
        (row.prediction, row.statement): Kept(row.asked, Answer(row.happened, row.failed))
        for row in connection.execute(select(prediction_answers))
    }


def keep_answers(
    connection: Connection, answers: Mapping[tuple[str, str, str], Kept], stands_in: Mapping[str, str]
) -> None:
    """Write what the model said in the place of what it said before of the same pairs, but of what was erased
    meanwhile; `stands_in` as above."""
    table = prediction_answers
    there = _still_there(connection, {text for one, _, document in answers for text in (stands_in[one], document)})
    answers = {place: kept for place, kept in answers.items() if {stands_in[place[0]], place[2]} <= there}
    rows = [
        {
            "prediction": prediction, "statement": statement, "of_document": stands_in[prediction],
            "document": document, "asked": kept.asked, "happened": kept.answer.happened, "failed": kept.answer.failed,
        }
        for (prediction, statement, document), kept in answers.items()
    ]  # fmt: skip
    pair = table.c.prediction == bindparam("of_prediction"), table.c.statement == bindparam("of_statement")
    if rows:
        gone = [{"of_prediction": prediction, "of_statement": statement} for prediction, statement, _ in answers]
        connection.execute(table.delete().where(*pair), gone)
        connection.execute(table.insert(), rows)


def _still_there(connection: Connection, named: Collection[str]) -> set[str]:
    """Those of the documents `named` that nobody has erased meanwhile; what the program says stands in none."""
    own = {one for one in named if path_of(one) is not None}
    return own | _among(connection, documents.c.id, named)


def _still_told(connection: Connection, named: Collection[str]) -> set[str]:
    """Those of the statements `named` that the newest reading of their text has."""
    return _among(connection, statements.c.id, named)


def _among(connection: Connection, column: Column[str], named: Collection[str]) -> set[str]:
    """Those of `named` that a column holds."""
    return {row[0] for row in rows_among(connection, select(column), column, named)}


def meanings_kept(connection: Connection, encoder: str) -> dict[tuple[str, str], Halves]:
    """What this version of the encoder made of reports' sentences before, by document and the sentence's digest."""
    table = report_meanings
    return {
        (row.document, row.sentence): np.frombuffer(row.vector, dtype=_HALVES).astype(np.float16, copy=False)
        for row in connection.execute(select(table).where(table.c.encoder == encoder))
    }


def keep_meanings(connection: Connection, encoder: str, meanings: Mapping[tuple[str, str], Halves]) -> None:
    """Write what this version of the encoder made, but of documents erased meanwhile; what another made goes."""
    table = report_meanings
    there = _still_there(connection, {document for document, _ in meanings})
    meanings = {place: vector for place, vector in meanings.items() if place[0] in there}
    rows = [
        {"document": document, "sentence": sentence, "encoder": encoder, "vector": vector.astype(_HALVES).tobytes()}
        for (document, sentence), vector in meanings.items()
    ]
    connection.execute(table.delete().where(table.c.encoder != encoder))
    if rows:
        place = table.c.document == bindparam("of_document"), table.c.sentence == bindparam("of_sentence")
        gone = [{"of_document": document, "of_sentence": sentence} for document, sentence in meanings]
        connection.execute(table.delete().where(*place), gone)
        connection.execute(table.insert(), rows)


def rulings_of(
    connection: Connection, groups: Sequence[str] | Select[tuple[str]], as_of: datetime.date
) -> dict[str, list[Ruling]]:
    """What people ruled on any prediction of each of these groups, oldest first, as known on a day: without what they
    ruled in views of a later one.

    They stand on the first of a group; where an earlier text came in since, on what is a repeat of it now.
    """
    table, said = prediction_rulings.c, predictions.c
    known = or_(table.as_of.is_(None), table.as_of <= as_of), said.made <= as_of
    query = select(prediction_rulings, said.group).join(predictions, said.id == table.prediction)
    found: dict[str, list[Ruling]] = {}
    for row in connection.execute(query.where(said.group.in_(groups), *known).order_by(table.number)):
        found.setdefault(row.group, []).append(ruling_of(row))
    return found


def ruling_of(row: Row[Any]) -> Ruling:
    """A row of what people ruled."""
    return Ruling(
        number=row.number,
        prediction=row.prediction,
        action=row.action,
        outcome=Outcome(row.outcome) if row.outcome else None,
        criterion=msgspec.json.decode(row.criterion, type=Criterion) if row.criterion else None,
        by=row.by,
        person=row.person,
        reason=row.reason,
        at=row.at,
        as_of=row.as_of,
        proposed=msgspec.json.decode(row.proposed, type=Proposed) if row.proposed else None,
    )


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
