"""What is made to be passed on, without what could lead to people who left their unit: rows of lists for programs.

A list as JSON or CSV, a twin at the desk or what a command prints for programs, goes from hand to hand as an export
does, so that it tells no more (`record.guarded`). What quotes one text (a document, a statement, an event or a
prediction) shows it as its page does.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from foreshock.corroborate.views.lists import EventRow
from foreshock.exchange.unnamed import QUOTED
from foreshock.model.prediction import ForecasterKind, LedgerEntry
from foreshock.record.document_rows import DocumentRow
from foreshock.record.events_tables import event_statements
from foreshock.record.guarded import guarded_among, region
from foreshock.record.parts import rows
from foreshock.record.store import Record
from foreshock.record.tables import statements

_ONLY_THE_TEXTS = ("text", "document", "statement", "start", "end", "condition", "likelihood", "context", "topic")
"""Fields of a prediction that hold words of its text, or lead to it."""
_NAMED = frozenset((ForecasterKind.ORGANISATION, ForecasterKind.AUTHOR, ForecasterKind.PROGRAM))


def documents_told(record: Record, found: Sequence[DocumentRow]) -> list[DocumentRow]:
    """The documents of a list; those that tell of deserters without their titles, which may name a village."""
    with record.begin() as connection:
        guarded = guarded_among(connection, [row.id for row in found])
    return [replace(row, title=None) if row.id in guarded else row for row in found]


def events_told(connection: Connection, found: Sequence[EventRow]) -> list[EventRow]:
    """The events of a list: without title and by region where a text about deserters reports them; an event that other
    texts report as well keeps its place where one of those gives it."""
    own, told = event_statements.c, statements.c
    query = select(own.event, told.document, told.place).join(statements, told.id == own.statement)
    texts: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for event, document, place in rows(connection, query, own.event, [row.id for row in found]):
        texts[event].append((document, place))
    guarded = guarded_among(connection, {document for of in texts.values() for document, _ in of})
    return [_event_told(row, texts[row.id], guarded) for row in found]


def _event_told(row: EventRow, texts: Sequence[tuple[str, str | None]], guarded: set[str]) -> EventRow:
    if not any(document in guarded for document, _ in texts):
        return row
    placed = row.place is not None and any(doc not in guarded and place == row.place for doc, place in texts)
    return replace(row, title="", place=row.place if placed else region(row.country, row.admin1).name)


def guarded_predictions(record: Record, entries: Sequence[LedgerEntry]) -> set[str]:
    """The ids of those of these predictions whose texts tell of deserters."""
    with record.begin() as connection:
        guarded = guarded_among(connection, {one.prediction.document for one in entries})
    return {one.prediction.id for one in entries if one.prediction.document in guarded}


def prediction_told(told: Mapping[str, Any]) -> dict[str, Any]:
    """A prediction of a text about deserters as JSON in a list: without the text's words, settlement, and evidence."""
    found = dict(told)
    for part in (found, found.get("as_found")):
        if isinstance(part, dict):
            part |= {name: None for name in _ONLY_THE_TEXTS if name in part}
            part["criterion"] = _criterion(part["criterion"])
            part["forecaster"] = forecaster_told(part["forecaster_kind"], part["forecaster"])
    proposal = found.get("proposal")
    if isinstance(proposal, dict):
        found["proposal"] = {**proposal, "reason": None, "evidence": []}
    return found | {"rulings": [], "would_count": None}


def forecaster_told(kind: str, name: str) -> str:
    """Who foretold it: a body, an author or the program by name; anybody else as a person quoted."""
    return name if kind in _NAMED else QUOTED


def row_told(row: Sequence[Any], columns: Sequence[str]) -> list[Any]:
    """The same as a row of CSV under `columns`."""
    found = dict(zip(columns, row, strict=True))
    found |= {name: None for name in (*_ONLY_THE_TEXTS, "criterion", "reason", "would_count") if name in found}
    found["forecaster"] = forecaster_told(found["forecaster_kind"], found["forecaster"])
    return [found[name] for name in columns]


def _criterion(found: Mapping[str, Any]) -> dict[str, Any]:
    name = region(found["country"], found["admin1"]).name
    return {**found, "words": None, "actors": [], "place": name if found["place"] else None}
