"""Events: the list of them, and one with its reports, who says what, and where they do not agree."""

import dataclasses
from collections.abc import Iterator, Mapping

from fastapi import APIRouter, HTTPException, Request, Response
from sqlalchemy import Connection, select

from foreshock.corroborate.credibility.grades import claim_credibility
from foreshock.corroborate.credibility.sources import changes_of, letters
from foreshock.corroborate.decisions import decisions
from foreshock.corroborate.views.build import event_with, gathered
from foreshock.corroborate.views.lists import (
    CORROBORATED,
    EventRow,
    Wanted,
    count_countries,
    count_events,
    count_pending,
    events_named,
    joins_of,
    list_events,
    names_of_events,
)
from foreshock.desk.filters import Asked, asked, switched_on
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.twins import csv_twin, json_twin
from foreshock.exchange.rows import Cell
from foreshock.model.event import Event, Grade
from foreshock.model.statement import Statement, from_json
from foreshock.record.guarded import guarded_among
from foreshock.record.parts import parted, rows
from foreshock.record.store import Record
from foreshock.record.tables import statements
from foreshock.telling.passed_on import events_told
from foreshock.telling.phrases import published_iso

router = APIRouter()

SWITCHES = ("disputed", "dismissed", "corroborated")
"""What a list may be narrowed or widened by, beside type and country; 0, no and false do not set it."""
COLUMNS = tuple(field.name for field in dataclasses.fields(EventRow))
REPORT_COLUMNS = (
    "event", "statement", "document", "title", "outlet", "published", "copy_of", "says", "polarity", "text",
    "credibility", "reliability",
)  # fmt: skip


def _asked(parameters: Mapping[str, str]) -> tuple[Asked, Wanted]:
    page_asked = asked(parameters)
    given = {name: value for name, value in page_asked.given.items() if name in ("type", "country")}
    given |= {name: "yes" for name in SWITCHES if switched_on(parameters, name)}
    wanted = Wanted(
        country=given.get("country"),
        type=given.get("type"),
        disputed="disputed" in given,
        dismissed="dismissed" in given,
        least_independent=CORROBORATED if "corroborated" in given else 1,
    )
    return dataclasses.replace(page_asked, given=given), wanted


@router.get("/events")
def events_page(request: Request, record: OpenRecord) -> Response:
    """The events that match, those with most independent reports first."""
    page_asked, wanted = _asked(request.query_params)
    with record.begin() as connection:
        found = list_events(connection, wanted, page_asked.size, page_asked.offset)
        total = count_events(connection, wanted)
        together = count_events(connection, dataclasses.replace(wanted, least_independent=CORROBORATED))
        pending = count_pending(connection)
        countries = count_countries(connection)
    page_asked.within(total)
    return page(
        "events.html", asked=page_asked, rows=found, total=total, pending=pending, countries=countries,
        together=together if total > 1 and wanted.least_independent == 1 else None, path="/events",
    )  # fmt: skip


@router.get("/events.json")
def events_json(request: Request, record: OpenRecord) -> Response:
    """One page of the events that match, as JSON."""
    page_asked, wanted = _asked(request.query_params)
    with record.begin() as connection:
        found = events_told(connection, list_events(connection, wanted, page_asked.size, page_asked.offset))
        total = count_events(connection, wanted)
        pending = count_pending(connection)
    about = {
        "filters": page_asked.given, "total": total, "page": page_asked.page, "size": page_asked.size,
        "documents_not_compared": pending,
    }  # fmt: skip
    return json_twin({**about, "events": found})


@router.get("/events.csv")
def events_csv(request: Request, record: OpenRecord) -> Response:
    """All events that match, as CSV."""
    _, wanted = _asked(request.query_params)
    return csv_twin("events", COLUMNS, ([_cell(getattr(row, name)) for name in COLUMNS]
                                        for row in _every_one(record, wanted)))  # fmt: skip


def _every_one(record: Record, wanted: Wanted) -> Iterator[EventRow]:
    with record.begin() as connection:
        names = names_of_events(connection, wanted)
    for part in parted(names):
        with record.begin() as connection:
            found = events_told(connection, events_named(connection, part))
        yield from found


def _cell(value: object) -> Cell:
    return value if isinstance(value, str | int | float) or value is None else str(value)


def _known(connection: Connection, identity: str) -> tuple[Event, dict[str, Statement], dict[str, Grade]]:
    """The event, its statements by id, and how credible what each of them says is."""
    event = event_with(connection, identity)
    if event is None:
        raise HTTPException(404, "No event in this record has a statement of this name.")
    found = rows(connection, select(statements.c.body), statements.c.id, event.statements)
    said = {one.id: one for one in (from_json(row[0]) for row in found)}
    together = gathered(connection, [event.statements])[0]
    graded = letters(connection)
    return event, said, {one.id: claim_credibility(one, together, graded) for one in said.values()}


@router.get("/events/{identity}.json")
def event_json(identity: str, record: OpenRecord) -> Response:
    """One event: what its statements say together, the statements, the decisions and changes of grade."""
    with record.begin() as connection:
        event, said, claims = _known(connection, identity)
        between, joins = joins_of(connection, event)
        decided = decisions.read(connection, numbers=event.decisions)
        changes = changes_of(connection, event.id)
    return json_twin({
        "event": event, "statements": list(said.values()), "claims": claims, "decisions": decided,
        "grades": changes, "why": {"documents": between, "statements": joins},
    })  # fmt: skip


@router.get("/events/{identity}.csv")
def event_csv(identity: str, record: OpenRecord) -> Response:
    """The statements of an event with their documents, as CSV."""
    with record.begin() as connection:
        event, said, claims = _known(connection, identity)
        graded = letters(connection)
    lines: list[list[Cell]] = [
        [
            event.id, one, report.document, report.title, report.outlet,
            published_iso(report.published, report.published_granularity) or report.crawl_month, report.copy_of,
            "; ".join(source.name or source.text for source in said[one].sources), said[one].polarity,
            said[one].text, claims[one].digit, graded.get(report.outlet or "", "F"),
        ]
        for report in event.reports
        for one in report.statements
    ]  # fmt: skip
    return csv_twin("event", REPORT_COLUMNS, lines)


@router.get("/events/{identity}")
def event_page(identity: str, record: OpenRecord) -> Response:
    """An event with its reports, highlighted, its figures and who gave them, disputes, grades and history."""
    with record.begin() as connection:
        event, said, claims = _known(connection, identity)
        between, joins = joins_of(connection, event)
        decided = decisions.read(connection, numbers=event.decisions)
        changes = changes_of(connection, event.id)
        graded = letters(connection)
        guarded = guarded_among(connection, {one.document for one in said.values()})
    titles = {report.document: report.title or "Untitled text" for report in event.reports}
    return page(
        "event.html", event=event, said=said, claims=claims, between=between, joins=joins, decided=decided,
        changes=changes, graded=graded, titles=titles, guarded=guarded, path="/events",
    )  # fmt: skip
