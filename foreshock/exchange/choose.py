"""What an export holds: statements or events of the record that match, as occurrences, one at a time."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from foreshock.corroborate.views.build import events_with
from foreshock.corroborate.views.lists import EventRow, Wanted, events_named, names_of_events
from foreshock.exchange.unnamed import unnamed, without_words
from foreshock.model.day import earliest_day
from foreshock.model.event import Event
from foreshock.model.occurrence import Occurrence, Party, Site
from foreshock.model.statement import Count, Participant, Place, Statement, from_json
from foreshock.model.vocabulary import CONTEXTS, EventType, Granularity, Kind, Polarity, Precision, check_one_of
from foreshock.record.events_tables import event_statements
from foreshock.record.guarded import GUARDED, guarded_among
from foreshock.record.named import private_in
from foreshock.record.narrow import since, until
from foreshock.record.parts import parted
from foreshock.record.query import check_span
from foreshock.record.store import Record
from foreshock.record.tables import documents, statement_contexts, statement_participants, statements

PAGE: Final = 500
TOGETHER: Final = 50
"""Events that are read together."""


@dataclass(frozen=True)
class Choice:
    """Which rows; what is null does not restrict. `since` and `until` are days of publication, and go as in a search by
    the month where only that is known; what has no known day is left out by either."""

    country: str | None = None
    type: str | None = None
    kind: str | None = None
    mechanism: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None

    def __post_init__(self) -> None:
        for value, allowed, what in (
            (self.type, tuple(EventType), "type"),
            (self.kind, tuple(Kind), "kind"),
            (self.mechanism, CONTEXTS, "mechanism or context"),
        ):
            check_one_of(value, allowed, what)
        check_span(self.since, self.until)

    def told(self) -> dict[str, str]:
        """The restrictions that are set, as a citation tells them."""
        return {name: str(value) for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Row:
    """A row of an export; `guarded`: it comes from texts that tell of deserters, here or elsewhere."""

    occurrence: Occurrence
    guarded: bool


@dataclass(frozen=True)
class Told:
    """A statement with what its document says of itself, and whether that tells of deserters anywhere."""

    statement: Statement
    guarded: bool
    title: str | None
    outlet: str | None
    url: str | None
    published: datetime.date | None
    published_granularity: Granularity | None = None


def statements_in(record: Record, wanted: Choice) -> Iterator[Told]:
    """Matching statements in the order in which they were recorded."""
    last = 0
    with record.begin() as connection:
        while rows := connection.execute(_query(wanted).where(statements.c.number > last).limit(PAGE)).all():
            guarded = guarded_among(connection, {row.document for row in rows})
            for row in rows:
                last = row.number
                known = Granularity(row.published_granularity) if row.published_granularity else None
                yield Told(
                    from_json(row.body), row.document in guarded, row.title, row.outlet, row.url, row.published, known
                )


def _query(wanted: Choice) -> "Select[Any]":
    of = documents.c
    query = (
        select(
            statements.c.number, statements.c.document, statements.c.body, of.title, of.outlet, of.url, of.published,
            of.published_granularity,
        )
        .join(documents, of.id == statements.c.document)
        .order_by(statements.c.number)
    )  # fmt: skip
    for name in ("country", "type", "kind"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(statements.c[name] == value)
    if wanted.mechanism is not None:
        held = select(statement_contexts.c.statement).where(statement_contexts.c.context == wanted.mechanism)
        query = query.where(statements.c.id.in_(held))
    if wanted.since is not None:
        known, _ = since(wanted.since)
        query = query.where(*known)
    if wanted.until is not None:
        query = query.where(*until(wanted.until))
    return query


def events_in(record: Record, wanted: Choice, of_deserters: bool = False) -> Iterator[Row]:
    """Matching events that no analyst dismissed, those with most independent reports first; no private person named.

    With `of_deserters` those alone of which some statement tells of deserters.
    """
    listed = Wanted(country=wanted.country, type=wanted.type)
    with record.begin() as connection:
        telling = private_in(connection)
        for part in parted(names_of_events(connection, listed)):
            printed = [row.id for row in events_named(connection, part) if _may_be_printed(row, wanted)]
            if of_deserters:
                printed = _of_deserters(connection, printed)
            for at in range(0, len(printed), TOGETHER):
                for event in events_with(connection, printed[at : at + TOGETHER]):
                    if not _begun_by(event, wanted.until):
                        continue
                    denied = _only_denied(connection, event.statements)
                    found = of_event(event, _parties(connection, event.statements), denied)
                    if wanted.mechanism is None or wanted.mechanism in found.contexts:
                        yield _row_of(connection, event, unnamed(found, telling))


def _of_deserters(connection: Connection, identities: Sequence[str]) -> list[str]:
    """Those of these events of which some statement tells of deserters, in their order."""
    own, told = event_statements.c, statement_contexts.c
    query = select(own.event).join(statement_contexts, told.statement == own.statement)
    found = set(connection.scalars(query.where(own.event.in_(identities), told.context == GUARDED)))
    return [one for one in identities if one in found]


def _row_of(connection: Connection, event: Event, found: Occurrence) -> Row:
    """An event's row: guarded where only texts that tell of deserters report it, else without what only those say."""
    guarded = guarded_among(connection, {report.document for report in event.reports})
    free = [one for report in event.reports if report.document not in guarded for one in report.statements]
    if not guarded or not free:
        return Row(found, bool(guarded))
    if event.place is None or not event.place.name:
        placed = False
    else:
        query = select(statements.c.id).where(statements.c.id.in_(free), statements.c.place == event.place.name)
        placed = connection.execute(query.limit(1)).first() is not None
    return Row(without_words(found, placed, free), False)


def _may_be_printed(row: EventRow, wanted: Choice) -> bool:
    """Whether an event's reports may be of the days that are wanted: a row does not say of which of them only the month
    is known, which may have begun by a day before its last."""
    if wanted.since is not None and (row.last_report is None or row.last_report < wanted.since):
        return False
    first = row.first_report
    return wanted.until is None or (first is not None and earliest_day(first, Granularity.MONTH) <= wanted.until)


def _begun_by(event: Event, day: datetime.date | None) -> bool:
    """Whether some report of an event was published by a day, or in a month that had begun by then; null restricts
    nothing."""
    known = ((one.published, one.published_granularity) for one in event.reports)
    return day is None or any(at is not None and earliest_day(at, granularity) <= day for at, granularity in known)


def row_of(told: Told) -> Row:
    """A statement as a row of an export."""
    return Row(of_statement(told), told.guarded)


def of_statement(told: Told) -> Occurrence:
    """A statement as an occurrence."""
    one = told.statement
    return Occurrence(
        id=one.id,
        kind=one.kind,
        type=one.type,
        mode=one.mode,
        polarity=one.polarity,
        contexts=one.contexts,
        since=one.time.from_ if one.time else None,
        until=one.time.to if one.time else None,
        granularity=one.time.granularity if one.time else None,
        actors=_named(one.actors),
        recipients=_named(one.recipients),
        site=_site(one.place),
        counts=one.counts,
        sources=tuple(source.name or source.text for source in one.sources),
        outlets=(told.outlet,) if told.outlet else (),
        url=told.url,
        published=told.published,
        published_granularity=told.published_granularity,
        title=told.title,
        text=one.text,
        own={"document": one.document, "start": str(one.start), "end": str(one.end), "trigger": one.trigger.text},
        statement=one,
    )


def of_event(event: Event, parties: dict[str, Party], denied: bool) -> Occurrence:
    """An event as an occurrence; `parties` describes its participants by name, `denied`: nobody says it happened."""
    outlets = dict.fromkeys(report.outlet for report in event.reports if report.outlet)
    return Occurrence(
        id=event.id,
        type=event.type,
        mode=event.mode,
        polarity=Polarity.NEGATIVE if denied else Polarity.POSITIVE,
        contexts=event.contexts,
        since=event.from_,
        until=event.to,
        granularity=event.granularity,
        actors=tuple(parties.get(name, Party(name)) for name, _ in event.actors),
        recipients=tuple(parties.get(name, Party(name)) for name, _ in event.recipients),
        site=_site(event.place),
        counts={name: Count(low=one.low, best=one.best, high=one.high) for name, one in event.counts.items()},
        sources=tuple(name for name, _ in event.speakers),
        outlets=tuple(outlets),
        published=event.first_report,
        published_granularity=event.first_report_granularity,
        title=event.title,
        reports=len(event.reports),
        independent=event.independent,
        credibility=event.credibility.digit,
        own={"statements": " ".join(event.statements)},
    )


def _only_denied(connection: Connection, identities: Sequence[str]) -> bool:
    """Whether all of these statements say that it did not happen."""
    told = select(statements.c.id).where(statements.c.id.in_(identities), statements.c.polarity == Polarity.POSITIVE)
    return connection.execute(told.limit(1)).first() is None


def _parties(connection: Connection, identities: Sequence[str]) -> dict[str, Party]:
    """The participants of statements by the name they go by, those with an entity before those without."""
    who = statement_participants.c
    query = select(who.text, who.name, who.country, who.sector, who.entity).where(who.statement.in_(identities))
    found: dict[str, Party] = {}
    for text, name, country, sector, entity in connection.execute(query.order_by(who.statement, who.position)):
        party = Party(name or text, country, sector, entity)
        if party.name not in found or (entity and not found[party.name].id):
            found[party.name] = party
    return found


def _named(people: Sequence[Participant]) -> tuple[Party, ...]:
    return tuple(Party(one.name or one.text, one.country, one.sector, one.id) for one in people)


def _site(place: Place | None) -> Site | None:
    if place is None:
        return None
    return Site(
        name=place.name or place.text,
        admin1=place.admin1,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        precision=Precision(place.precision) if place.precision else None,
        geonameid=place.geonameid,
    )
