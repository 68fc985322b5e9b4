"""Lists of events, and why the statements of one were joined."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, select

from foreshock.corroborate.events import store
from foreshock.corroborate.events.acts import act_explained, act_score, comparable
from foreshock.corroborate.events.score import explained, probability, score
from foreshock.model.event import Event, Part
from foreshock.model.vocabulary import EventType, Granularity, check_one_of
from foreshock.record.events_tables import event_digests, events
from foreshock.record.paging import Order, in_order
from foreshock.record.parts import rows
from foreshock.record.tables import documents

LARGEST_PAGE = 1000
CORROBORATED = 2
"""Independent texts from which an event counts as corroborated in a list."""
MOST_EXPLAINED = 40
"""Statements of one event among which pairs are explained; there are 780 pairs of so many."""


@dataclass(frozen=True)
class Wanted:
    """Which events to list; what is null does not restrict."""

    country: str | None = None
    type: str | None = None
    disputed: bool = False
    dismissed: bool = False
    least_independent: int = 1

    def __post_init__(self) -> None:
        check_one_of(self.type, tuple(EventType), "type")


@dataclass(frozen=True)
class EventRow:
    """An event as a list shows it. `…_granularity` says how exactly the day of its first or last report is known: a
    month stands as its last day."""

    id: str
    type: EventType
    mode: str | None
    title: str
    country: str | None
    admin1: str | None
    place: str | None
    time_from: datetime.date | None
    time_to: datetime.date | None
    first_report: datetime.date | None
    last_report: datetime.date | None
    first_report_granularity: Granularity | None
    last_report_granularity: Granularity | None
    statements: int
    reports: int
    independent: int
    disputes: int
    credibility: int
    dismissed: bool


def _where(query: "Select[Any]", wanted: Wanted) -> "Select[Any]":
    column = events.c
    if wanted.country:
        query = query.where(column.country == wanted.country)
    if wanted.type:
        query = query.where(column.type == wanted.type)
    if wanted.disputed:
        query = query.where(column.disputes > 0)
    if not wanted.dismissed:
        query = query.where(column.dismissed == 0)
    return query.where(column.independent >= wanted.least_independent)


_ORDER: Final[Order] = (
    (events.c.independent, True), (events.c.reports, True), (events.c.statements, True), (events.c.id, False),
)  # fmt: skip


def list_events(connection: Connection, wanted: Wanted, limit: int = 100, offset: int = 0) -> list[EventRow]:
    """Events, those with most independent reports first."""
    query = _where(select(events), wanted).order_by(*in_order(_ORDER))
    return [_row(row) for row in connection.execute(query.limit(min(limit, LARGEST_PAGE)).offset(offset))]


def names_of_events(connection: Connection, wanted: Wanted) -> list[str]:
    """The ids of all events that match, in the order of `list_events`: to go through them a part at a time, for what
    comes in meanwhile is not among them and shifts none."""
    return list(connection.scalars(_where(select(events.c.id), wanted).order_by(*in_order(_ORDER))))


def events_named(connection: Connection, identities: Sequence[str]) -> list[EventRow]:
    """The events of these ids, in their order, without those that are there no more."""
    found = {row.id: _row(row) for row in rows(connection, select(events), events.c.id, identities)}
    return [found[one] for one in identities if one in found]


def _row(row: Row[Any]) -> EventRow:
    known = {
        name: Granularity(value) if (value := row._mapping[name]) else None
        for name in ("first_report_granularity", "last_report_granularity")
    }
    return EventRow(**{**row._mapping, **known, "type": EventType(row.type), "dismissed": bool(row.dismissed)})


def count_events(connection: Connection, wanted: Wanted) -> int:
    """How many events match."""
    return connection.scalar(_where(select(func.count()).select_from(events), wanted)) or 0


def count_pending(connection: Connection) -> int:
    """How many documents are in no event because a run goes on, or was stopped, before it compared them."""
    compared = select(event_digests.c.document).where(event_digests.c.document == documents.c.id)
    return connection.scalar(select(func.count()).select_from(documents).where(~compared.exists())) or 0


def count_countries(connection: Connection) -> dict[str, int]:
    """Events by country, most first."""
    query = select(events.c.country, func.count()).where(events.c.country.isnot(None)).group_by(events.c.country)
    return {row[0]: row[1] for row in connection.execute(query.order_by(func.count().desc(), events.c.country))}


@dataclass(frozen=True)
class Join:
    """Why two things were taken for one: the probability, and what each feature adds in log-odds."""

    first: str
    second: str
    probability: float
    parts: Sequence[Part]


def joins_of(connection: Connection, event: Event) -> tuple[list[Join], list[Join]]:
    """The pairs of an event's documents, and of its statements, with their scores explained, the surest first."""
    digests = store.digests(connection, {report.document for report in event.reports})
    between = [
        Join(a.document, b.document, probability(score(a, b)), explained(a, b))
        for a, b in combinations((digests[one] for one in sorted(digests)), 2)
    ]
    story = {frozenset((one.first, one.second)): one.probability for one in between}
    wanted = set(event.statements[:MOST_EXPLAINED])
    acts = [
        (digest.document, next(one for one in act.statements if one in wanted), act)
        for digest in digests.values()
        for act in digest.acts
        if wanted.intersection(act.statements)
    ]
    acts.sort(key=lambda told: told[1])
    found = []
    for (where, first, a), (other, second, b) in combinations(acts, 2):
        if where != other and comparable(a, b):
            shared = story[frozenset((where, other))]
            found.append(Join(first, second, probability(act_score(a, b, shared)), act_explained(a, b, shared)))
    found.sort(key=lambda one: (-one.probability, one.first, one.second))
    return sorted(between, key=lambda one: (-one.probability, one.first, one.second)), found
