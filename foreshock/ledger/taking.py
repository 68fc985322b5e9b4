"""Predictions taken into the ledger: from documents not looked at yet, or read anew since; and the program's own."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Column, Connection, exists, func, or_, select

from foreshock.ledger.finding import spelled
from foreshock.ledger.repeats import grouped
from foreshock.ledger.rows import document_of, prediction_of, row_of, ruling_of
from foreshock.ledger.sifting import same_clause
from foreshock.model.day import last_day
from foreshock.model.document import Document
from foreshock.model.prediction import Prediction, Ruling
from foreshock.model.statement import Statement, from_json
from foreshock.record.ledger_tables import prediction_documents, prediction_rulings, predictions
from foreshock.record.parts import parted, rows
from foreshock.record.syndication_tables import syndication_texts
from foreshock.record.tables import captures, documents, statements

AT_A_TIME: Final = 100
"""Documents whose predictions are written in one transaction."""
_IN_MEMORY: Final = 25
"""Documents whose statements are in memory at a time while many are read: of long ones each has hundreds."""


_seen = prediction_documents.c
_IS_UNSEEN: Final = ~exists().where(_seen.document == documents.c.id, _seen.model == documents.c.model)


@dataclass(frozen=True)
class Looked:
    """What was found in a document as the model of this version had read it."""

    document: str
    model: str
    found: Sequence[Prediction]


def unseen(connection: Connection) -> list[str]:
    """The documents not looked at yet, or read anew since, in the order in which they were published, so that what is
    said again stands with what was said first whether they are taken all at once or in parts."""
    query = select(documents.c.id, documents.c.published, documents.c.crawl_month).where(_IS_UNSEEN)
    days = {
        row.id: row.published or (last_day(row.crawl_month) if row.crawl_month else datetime.date.max)
        for row in connection.execute(query)
    }
    return sorted(days, key=lambda one: (days[one], one))


def count_unseen(connection: Connection) -> int:
    """How many documents `unseen` gives."""
    return connection.scalar(select(func.count()).select_from(documents).where(_IS_UNSEEN)) or 0


def unseen_of(connection: Connection, wanted: Iterable[str]) -> set[str]:
    """Those of the documents `wanted` that `unseen` gives."""
    return {row.id for row in rows(connection, select(documents.c.id).where(_IS_UNSEEN), documents.c.id, wanted)}


def take(connection: Connection, looked: Sequence[Looked]) -> int:
    """Write what was found in documents in the place of what was found in them before; how many predictions are new.

    What was erased meanwhile, read anew, or taken by another program is left out. What people ruled on what a newer
    reading knows by another id goes along (see `_carry_over`).
    """
    looked = _still_to_take(connection, looked)
    before = _held_of(connection, [one.document for one in looked])
    found = [prediction for one in looked for prediction in one.found]
    for part in parted([one.document for one in looked]):
        for table in (predictions, prediction_documents):
            connection.execute(table.delete().where(table.c.document.in_(part)))
    if looked:
        seen = [{"document": one.document, "model": one.model} for one in looked]
        connection.execute(prediction_documents.insert(), seen)
    known, copies = _beside(connection, found)
    new = grouped(found, known, copies)
    if new:
        connection.execute(predictions.insert(), [row_of(one) for one in new])
    _carry_over(connection, before, new)
    return len(new)


def _still_to_take(connection: Connection, looked: Sequence[Looked]) -> list[Looked]:
    """Those of the documents that stand in the record as they were looked at, and that nobody else has taken."""
    there, taken = documents.c, prediction_documents.c
    read: dict[str, str] = {}
    known: dict[str, str] = {}
    for part in parted([one.document for one in looked]):
        read |= {
            row.id: row.model for row in connection.execute(select(there.id, there.model).where(there.id.in_(part)))
        }
        rows = connection.execute(select(taken.document, taken.model).where(taken.document.in_(part)))
        known |= {row.document: row.model for row in rows}
    return [one for one in looked if read.get(one.document) == one.model != known.get(one.document)]


def _held_of(connection: Connection, of: Sequence[str]) -> dict[str, list[Prediction]]:
    """The predictions held so far of those of the documents `of` on which people ruled, by document."""
    known: list[str] = []
    for part in parted(of):
        ruled = select(prediction_rulings.c.document).where(prediction_rulings.c.document.in_(part)).distinct()
        known += connection.scalars(ruled)
    found: dict[str, list[Prediction]] = defaultdict(list)
    for part in parted(known):
        for body in connection.scalars(select(predictions.c.body).where(predictions.c.document.in_(part))):
            one = prediction_of(body)
            found[one.document].append(one)
    return found


def _carry_over(connection: Connection, before: Mapping[str, list[Prediction]], new: Sequence[Prediction]) -> None:
    """Put what people ruled on predictions that are gone on those that newly stand in the same clause of their text.

    An id comes of the words on which a reading hangs a prediction, and a newer one may hang the same on others. A
    prediction has one heir, which was none before, and an heir one prediction: those that share most go first. Where
    none is left the rulings stay as they are.
    """
    now: dict[str, list[Prediction]] = defaultdict(list)
    for one in new:
        now[one.document].append(one)
    for document, olds in before.items():
        known, there = {one.id for one in olds}, {one.id for one in now[document]}
        pairs = [
            (old, one)
            for old in olds
            if old.id not in there
            for one in now[document]
            if one.id not in known and same_clause(old, one)
        ]
        taken: set[str] = set()
        for old, heir in sorted(pairs, key=lambda pair: -_overlap(*pair)):
            if old.id not in taken and heir.id not in taken:
                taken |= {old.id, heir.id}
                rulings = prediction_rulings.update().where(prediction_rulings.c.prediction == old.id)
                connection.execute(rulings.values(prediction=heir.id))


def _overlap(one: Prediction, other: Prediction) -> float:
    """The characters that two predictions of one document share, of all that either has (0–1)."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start))


def stranded_rulings(connection: Connection, as_of: datetime.date) -> list[tuple[str, Ruling]]:
    """The rulings known on a day that stand on predictions which the newest reading of their text finds nowhere, oldest
    first, each after the id of that text: no entry shows them."""
    ruled = prediction_rulings.c
    known = or_(ruled.as_of.is_(None), ruled.as_of <= as_of), ruled.prediction.not_in(select(predictions.c.id))
    rows = connection.execute(select(prediction_rulings).where(*known).order_by(ruled.number))
    return [(row.document, ruling_of(row)) for row in rows]


def _beside(connection: Connection, found: Sequence[Prediction]) -> tuple[list[Prediction], dict[str, str]]:
    """The predictions held already that any of `found` may repeat, oldest first: of its forecasters, or in a copy of
    its text, with all that say the same as these; and the group of copies that the text of each of all these is in."""
    own = syndication_texts.c
    texts = {one.document for one in found}
    groups = {row.copies_of for row in rows(connection, select(own.copies_of), own.document, texts)}
    copied = {row.document for row in rows(connection, select(own.document), own.copies_of, groups)}
    forecasters = spelled(connection, {one.forecaster for one in found})
    held = _held(connection, predictions.c.forecaster, forecasters) | _held(connection, predictions.c.document, copied)
    held |= _held(connection, predictions.c.group, {one.group for one in held.values()} - held.keys())
    texts |= {one.document for one in held.values()}
    query = select(own.document, own.copies_of)
    copies = {row.document: row.copies_of for row in rows(connection, query, own.document, texts)}
    return sorted(held.values(), key=lambda one: (one.made, one.document, one.start)), copies


def _held(connection: Connection, column: Column[str], wanted: Iterable[str]) -> dict[str, Prediction]:
    """The predictions held of which `column` is one of those wanted, by their id."""
    found: dict[str, Prediction] = {}
    for part in parted(sorted(wanted)):
        rows = connection.execute(select(predictions.c.id, predictions.c.body).where(column.in_(part)))
        found |= {row.id: prediction_of(row.body) for row in rows}
    return found


def add_unknown(connection: Connection, made: Iterable[Prediction]) -> int:
    """Add those of `made` whose id the ledger does not have, with what they say again; how many those were.

    They stand in no text that anybody copies.
    """
    fresh = {one.id: one for one in made}
    for part in parted(list(fresh)):
        for known in connection.scalars(select(predictions.c.id).where(predictions.c.id.in_(part))):
            del fresh[known]
    new = grouped(list(fresh.values()), *_beside(connection, list(fresh.values())))
    if new:
        connection.execute(predictions.insert(), [row_of(one) for one in new])
    return len(new)


def read_documents(
    connection: Connection, wanted: Sequence[str] | None = None
) -> Iterable[tuple[Document, str, datetime.date, list[Statement]]]:
    """Documents with the model they were read by, the day they were first taken in and their statements: all of them,
    or those wanted. To read a document anew moves no day."""
    every = list(connection.scalars(select(documents.c.id).order_by(documents.c.number))) if wanted is None else wanted
    for at in range(0, len(every), _IN_MEMORY):
        part = every[at : at + _IN_MEMORY]
        told: dict[str, list[Statement]] = {}
        query = select(statements.c.document, statements.c.body).where(statements.c.document.in_(part))
        for row in connection.execute(query.order_by(statements.c.document, statements.c.start)):
            told.setdefault(row.document, []).append(from_json(row.body))
        first = select(captures.c.document, func.min(captures.c.captured_at)).where(captures.c.document.in_(part))
        taken = {document: at.date() for document, at in connection.execute(first.group_by(captures.c.document))}
        for row in connection.execute(select(documents).where(documents.c.id.in_(part)).order_by(documents.c.number)):
            yield document_of(row), row.model, taken.get(row.id, row.read_at.date()), told.get(row.id, [])
