"""The ledger over a record: predictions taken from what was read, proposals as known on a day, people's rulings."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, func, or_, select

from foreshock.errors import UsageError
from foreshock.ledger.coverage import Seen, Watch, seen_of
from foreshock.ledger.predictions import predictions_of
from foreshock.ledger.repeats import grouped
from foreshock.ledger.reports import Index, Report, home_of, reports_of, story_of
from foreshock.ledger.resolution import Resolver
from foreshock.ledger.rows import (
    copies_of,
    document_of,
    events_told,
    prediction_of,
    proposals_of,
    row_of,
    rulings_of,
)
from foreshock.ledger.sought import Source
from foreshock.model.document import Document
from foreshock.model.prediction import (
    Criterion,
    Entry,
    ForecasterKind,
    Outcome,
    Prediction,
    Proposal,
)
from foreshock.model.statement import Statement, from_json
from foreshock.record.ledger_tables import (
    prediction_documents,
    prediction_evidence,
    prediction_proposals,
    prediction_rulings,
    predictions,
)
from foreshock.record.store import Record
from foreshock.record.tables import documents, statements

_PARTS = 400
"""Ids asked for in one query: SQLite takes 999 parameters at most in older builds."""


@dataclass(frozen=True)
class Wanted:
    """Which predictions; null does not restrict. `words` are looked for in the prediction's own words."""

    forecaster: str | None = None
    outlet: str | None = None
    country: str | None = None
    topic: str | None = None
    kind: str | None = None
    outcome: Outcome | None = None
    words: str | None = None
    line: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    scored_only: bool = False
    repeats: bool = False


class Book:
    """The ledger of one record. Everything it shows is as known on `as_of`, today unless said otherwise."""

    def __init__(self, record: Record, as_of: datetime.date | None = None) -> None:
        self.record = record
        self.as_of = as_of or datetime.datetime.now(datetime.UTC).date()

    def update(self) -> int:
        """Take the predictions of documents not looked at yet, or read anew since; how many are new."""
        with self.record.begin(writing=True) as connection:
            pending = self._unseen(connection)
            if not pending:
                return 0
            copies = copies_of(connection)
            known = [prediction_of(row) for row in connection.scalars(select(predictions.c.body))]
            found: list[Prediction] = []
            for document, model, taken, told in self._read(connection, pending):
                found += predictions_of(document, told, taken)
                self._forget(connection, document.id)
                connection.execute(prediction_documents.insert().values(document=document.id, model=model))
            again = set(pending)
            new = grouped(found, [one for one in known if one.document not in again], copies)
            if new:
                connection.execute(predictions.insert(), [row_of(one) for one in new])
            return len(new)

    def enter(self, own: Sequence[Prediction]) -> int:
        """Enter the program's own forecasts and alerts, under the same rules as everybody's; how many are new.

        Raises `UsageError` for one that stands under another than the program.
        """
        if any(one.forecaster_kind is not ForecasterKind.PROGRAM for one in own):
            raise UsageError("only the program's own forecasts are entered; others are taken from what was read")
        fresh = {one.id: one for one in own}
        with self.record.begin(writing=True) as connection:
            asked = list(fresh)
            for at in range(0, len(asked), _PARTS):
                held = predictions.c.id.in_(asked[at : at + _PARTS])
                for known in connection.scalars(select(predictions.c.id).where(held)):
                    del fresh[known]
            if fresh:
                connection.execute(predictions.insert(), [row_of(one) for one in fresh.values()])
        return len(fresh)

    def resolve(self) -> Counter[Outcome]:
        """Propose outcomes for every prediction made by `as_of`, from what had been published by then."""
        resolver = self.resolver()
        looked_at = self.entries(Wanted(repeats=True))
        proposals = [resolver.propose(one.sharpened) for one in looked_at]
        self._keep(proposals, {one.prediction.id: one.prediction.document for one in looked_at})
        return Counter(one.outcome for one in proposals)

    def resolver(self) -> Resolver:
        """The record's reports as of this day, ready to be held against predictions; takes what is new first."""
        self.update()
        reports: list[Report] = []
        seen: list[Seen] = []
        sources: dict[str, Source] = {}
        with self.record.begin() as connection:
            copies, events = copies_of(connection), events_told(connection)
            foretelling = set(connection.scalars(select(predictions.c.document)))
            for document, _, _, told in self._read(connection, None):
                reference = document.reference_date
                if reference is None or reference[0] > self.as_of:
                    continue
                if document.id in foretelling:
                    sources[document.id] = Source(story_of(document), home_of(told, share=0.0))
                reports += reports_of(document, told, events)
                seen += [one] if (one := seen_of(document, told)) else []
        return Resolver(Index(reports), Watch(seen, copies), copies, sources, self.as_of)

    def _keep(self, proposals: Sequence[Proposal], of: Mapping[str, str]) -> None:
        """Write proposals in the place of those of the same day; `of` names each prediction's document."""
        now = datetime.datetime.now(datetime.UTC)
        rows = [
            {
                "prediction": one.prediction, "as_of": one.as_of, "document": of[one.prediction],
                "outcome": one.outcome.value, "reason": one.reason, "proposed_at": now,
                "coverage": msgspec.json.encode(one.coverage).decode() if one.coverage else None,
            }
            for one in proposals
        ]  # fmt: skip
        evidence = {
            (one.prediction, found.statement): {
                "prediction": one.prediction, "as_of": one.as_of, "statement": found.statement,
                "of_document": of[one.prediction], "document": found.document, "score": found.score,
                "shows": int(found.shows), "why": msgspec.json.encode(found.why).decode(),
            }
            for one in proposals for found in one.evidence
        }  # fmt: skip
        with self.record.begin(writing=True) as connection:
            for table in (prediction_proposals, prediction_evidence):
                connection.execute(table.delete().where(table.c.as_of == self.as_of))
            if rows:
                connection.execute(prediction_proposals.insert(), rows)
            if evidence:
                connection.execute(prediction_evidence.insert(), list(evidence.values()))

    def entries(self, wanted: Wanted | None = None) -> list[Entry]:
        """The predictions asked for, newest first; repeats are folded into the first of them unless asked for."""
        wanted = wanted or Wanted()
        with self.record.begin() as connection:
            query = select(predictions.c.body, predictions.c.group).where(and_(*self._conditions(wanted)))
            rows = connection.execute(
                query.order_by(predictions.c.made, predictions.c.document, predictions.c.start)
            ).all()
            many: Counter[str] = Counter(row.group for row in rows)
            first: set[str] = set()
            found: list[Prediction] = []
            for row in rows:
                if wanted.repeats or row.group not in first:
                    found.append(prediction_of(row.body))
                first.add(row.group)
            proposals = proposals_of(connection, self.as_of)
            rulings = rulings_of(connection)
        entries = [
            Entry(
                prediction=one,
                proposal=proposals.get(one.id),
                rulings=tuple(rulings.get(one.id, ())),
                repeats=many[one.group] - 1,
            )
            for one in found
        ]
        if wanted.outcome is not None:
            entries = [one for one in entries if one.outcome is wanted.outcome]
        return entries[::-1]

    def entry(self, identity: str) -> Entry:
        """The prediction with this id, or that begins so. Raises `UsageError` where none or several do."""
        with self.record.begin() as connection:
            bodies = list(
                connection.scalars(
                    select(predictions.c.body).where(predictions.c.id.startswith(identity, autoescape=True)).limit(2)
                )
            )
            if len(bodies) != 1 or not identity:
                how = "no prediction" if not bodies else "more than one prediction"
                raise UsageError(f"{how} has an id that begins with {identity!r}; see foreshock ledger list")
            one = prediction_of(bodies[0])
            same = connection.scalar(
                select(func.count()).select_from(predictions).where(predictions.c.group == one.group)
            )
            proposals, rulings = proposals_of(connection, self.as_of, one.id), rulings_of(connection, one.id)
        return Entry(
            prediction=one,
            proposal=proposals.get(one.id),
            rulings=tuple(rulings.get(one.id, ())),
            repeats=(same or 1) - 1,
        )

    def line(self, line: str) -> list[Entry]:
        """One forecaster's predictions of one thing, oldest first: a change of mind shows here."""
        return self.entries(Wanted(line=line))[::-1]

    def sharpen(self, identity: str, criterion: Criterion, by: datetime.date | None, person: str, reason: str) -> Entry:
        """Say more exactly what would count, and by when; the text's own words stay beside it."""
        entry = self.entry(identity)
        if by is not None and by < entry.prediction.made:
            raise UsageError(f"a horizon of {by} lies before the prediction was made ({entry.prediction.made})")
        self._rule(entry, "sharpen", None, msgspec.structs.replace(criterion, by_person=person), by, person, reason)
        return self.entry(identity)

    def confirm(self, identity: str, person: str, reason: str = "") -> Entry:
        """Agree with what is proposed. Raises `UsageError` where nothing has been proposed as of this day."""
        entry = self.entry(identity)
        if entry.proposal is None:
            raise UsageError(
                f"nothing is proposed for {entry.prediction.id} as of {self.as_of}; run foreshock ledger resolve"
            )
        self._rule(entry, "confirm", entry.proposal.outcome, None, None, person, reason)
        return self.entry(identity)

    def overrule(self, identity: str, outcome: Outcome, person: str, reason: str) -> Entry:
        """Decide otherwise; the proposal stays beside it. Raises `UsageError` without a reason."""
        if not reason.strip():
            raise UsageError("say why: an overruling needs a reason")
        entry = self.entry(identity)
        self._rule(entry, "overrule", outcome, None, None, person, reason)
        return self.entry(identity)

    def _rule(
        self,
        entry: Entry,
        action: str,
        outcome: Outcome | None,
        criterion: Criterion | None,
        by: datetime.date | None,
        person: str,
        reason: str,
    ) -> None:
        if not person.strip():
            raise UsageError("say who decides: --person")
        with self.record.begin(writing=True) as connection:
            connection.execute(
                prediction_rulings.insert().values(
                    prediction=entry.prediction.id,
                    document=entry.prediction.document,
                    action=action,
                    outcome=outcome.value if outcome else None,
                    criterion=msgspec.json.encode(criterion).decode() if criterion else None,
                    by=by,
                    person=person,
                    reason=reason,
                    at=datetime.datetime.now(datetime.UTC),
                )
            )

    def _conditions(self, wanted: Wanted) -> list[Any]:
        columns = predictions.c
        found: list[Any] = [columns.made <= self.as_of]
        for column, value in (
            (columns.outlet, wanted.outlet), (columns.topic, wanted.topic), (columns.kind, wanted.kind),
            (columns.country, wanted.country), (columns.line, wanted.line),
        ):  # fmt: skip
            if value is not None:
                found.append(column == value)
        if wanted.forecaster is not None:
            found.append(columns.forecaster.icontains(wanted.forecaster, autoescape=True))
        if wanted.words is not None:
            found.append(or_(columns.body.icontains(wanted.words, autoescape=True)))
        if wanted.since is not None:
            found.append(columns.made >= wanted.since)
        if wanted.until is not None:
            found.append(columns.made <= wanted.until)
        if wanted.scored_only:
            found.append(columns.forecaster_kind != ForecasterKind.UNSCORED.value)
        return found

    def _unseen(self, connection: Connection) -> list[str]:
        query = (
            select(documents.c.id)
            .outerjoin(prediction_documents, prediction_documents.c.document == documents.c.id)
            .where(or_(prediction_documents.c.document.is_(None), prediction_documents.c.model != documents.c.model))
            .order_by(documents.c.number)
        )
        return list(connection.scalars(query))

    def _read(
        self, connection: Connection, wanted: Sequence[str] | None
    ) -> Iterable[tuple[Document, str, datetime.date, list[Statement]]]:
        """Documents with their statements, all of them or those wanted."""
        every = (
            list(connection.scalars(select(documents.c.id).order_by(documents.c.number))) if wanted is None else wanted
        )
        for at in range(0, len(every), _PARTS):
            part = every[at : at + _PARTS]
            told: dict[str, list[Statement]] = {}
            query = select(statements.c.document, statements.c.body).where(statements.c.document.in_(part))
            for row in connection.execute(query.order_by(statements.c.document, statements.c.start)):
                told.setdefault(row.document, []).append(from_json(row.body))
            for row in connection.execute(
                select(documents).where(documents.c.id.in_(part)).order_by(documents.c.number)
            ):
                yield document_of(row), row.model, row.read_at.date(), told.get(row.id, [])

    def _forget(self, connection: Connection, document: str) -> None:
        connection.execute(predictions.delete().where(predictions.c.document == document))
        connection.execute(prediction_documents.delete().where(prediction_documents.c.document == document))
