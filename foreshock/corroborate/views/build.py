"""Views of events out of the record: one, many, and the rows that lists are made of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, delete, select

from foreshock.corroborate.copies.fingerprints import site_of
from foreshock.corroborate.credibility.grades import credibility_of
from foreshock.corroborate.credibility.sources import letters, log
from foreshock.corroborate.decisions import decisions
from foreshock.corroborate.decisions.amend import amended, corrected
from foreshock.corroborate.events import store
from foreshock.corroborate.views.passages import told_alike
from foreshock.corroborate.views.view import About, Gathered, event_of
from foreshock.errors import UsageError
from foreshock.model.decision import Decision, DecisionKind
from foreshock.model.event import Event, Grade
from foreshock.model.statement import Statement, from_json
from foreshock.model.vocabulary import Granularity
from foreshock.record.events_tables import event_statements, events
from foreshock.record.parts import parted, rows
from foreshock.record.tables import documents, statements

SHORTEST_PREFIX: Final = 8
"""Digits of a statement's id by which an event may be named."""


def gathered(connection: Connection, groups: Sequence[Sequence[str]]) -> list[Gathered]:
    """The statements of each group with their documents, as people say their actors and places are."""
    wanted = {one for group in groups for one in group}
    bodies = rows(connection, select(statements.c.body), statements.c.id, wanted)
    said = {one.id: one for one in (from_json(row[0]) for row in bodies)}
    about = _about(connection, {one.document for one in said.values()})
    entities = decisions.about_entities(connection, entities_in(said.values()))
    if entities:
        said = {identity: amended(one, entities) for identity, one in said.items()}
    found = []
    for group in groups:
        here = [said[one] for one in group if one in said]
        found.append(Gathered(here, {one.document: about[one.document] for one in here}))
    return _counted_once(connection, found)


def _counted_once(connection: Connection, found: Sequence[Gathered]) -> list[Gathered]:
    """The same, with texts that tell an event in one another's words as copies in that event."""
    query = select(documents.c.id, documents.c.text)
    named = {document for one in found if _groups(one) > 1 for document in one.documents}
    texts = {row.id: row.text for row in rows(connection, query, documents.c.id, named)}
    return [_with_passages(one, texts) if _groups(one) > 1 else one for one in found]


def _groups(one: Gathered) -> int:
    return len({about.copies_of for about in one.documents.values()})


def _with_passages(one: Gathered, texts: Mapping[str, str]) -> Gathered:
    copies = {document: about.copies_of for document, about in one.documents.items()}
    counts_with = told_alike(one.standing, texts, copies)
    about = {name: replace(known, copies_of=counts_with[known.copies_of]) for name, known in one.documents.items()}
    return Gathered(one.statements, about)


def _about(connection: Connection, identities: Collection[str]) -> dict[str, About]:
    column = documents.c
    copies = store.copies_of(connection, identities)
    query = select(
        column.id, column.title, column.outlet, column.url, column.published, column.published_granularity,
        column.crawl_month,
    )  # fmt: skip
    return {
        row.id: About(
            copies_of=copies[row.id],
            document=row.id,
            title=row.title,
            outlet=row.outlet,
            site=site_of(row.outlet, row.url, row.title),
            published=row.published,
            published_granularity=Granularity(row.published_granularity) if row.published_granularity else None,
            crawl_month=row.crawl_month,
        )
        for row in rows(connection, query, column.id, identities)
    }


def entities_in(said: Iterable[Statement]) -> set[str]:
    """The actors and places of statements, as decisions name them."""
    found = set()
    for one in said:
        found |= {person.id for person in (*one.actors, *one.recipients) if person.id is not None}
        if one.place is not None and one.place.geonameid is not None:
            found.add(f"place:{one.place.geonameid}")
    return found


def views(connection: Connection, groups: Sequence[Sequence[str]]) -> list[Event]:
    """The event that each group of statements makes, people's decisions applied."""
    return _views(connection, groups, gathered(connection, groups))


def _views(connection: Connection, groups: Sequence[Sequence[str]], found: Sequence[Gathered]) -> list[Event]:
    """The same of what was gathered of the groups."""
    outlets = {about.outlet for one in found for about in one.documents.values() if about.outlet is not None}
    graded = letters(connection, outlets) if outlets else {}
    members = {one for group in groups for one in group}
    named = {row for one in found for row in one.documents} if members else set()
    bound = decisions.about(connection, members, named)
    names = decisions.current(connection, bound)
    seen = []
    for one in found:
        own = {statement.id for statement in one.statements}
        here = [each for each in bound if any(names.get(anchor.statement) in own for anchor in each.anchors)]
        seen.append(_view(one, here, graded))
    return seen


def _view(one: Gathered, here: Sequence[Decision], graded: dict[str, str]) -> Event:
    grade = credibility_of(one, graded)
    dismissed = None
    for decision in here:
        if decision.kind == DecisionKind.GRADE:
            grade = Grade(int(str(decision.body["digit"])), decision.why, decision.who)
        elif decision.kind == DecisionKind.DISMISS:
            dismissed = f"{decision.who}: {decision.why}"
    event = event_of(one, grade, dismissed, tuple(decision.number for decision in here))
    return corrected(event, [decision for decision in here if decision.kind == DecisionKind.CORRECT])


def _that_happened(connection: Connection, groups: Sequence[Sequence[str]]) -> list[Event]:
    """The events of the groups, without those of which nothing happened and nobody decided anything.

    Their statements stay together under the name that the event would have, so that a later report can join them.
    """
    found = gathered(connection, groups)
    made = zip(_views(connection, groups, found), found, strict=True)
    return [event for event, here in made if not here.nothing_happened or event.decisions]


def describe(connection: Connection, groups: Sequence[Sequence[str]], gone: Collection[str]) -> None:
    """Write the rows that lists show for these events, in the place of the rows of events that are `gone`."""
    before = {row[0]: row[1] for row in rows(connection, select(events.c.id, events.c.credibility), events.c.id, gone)}
    for part in parted(sorted(set(gone))):
        connection.execute(delete(events).where(events.c.id.in_(part)))
    made = _that_happened(connection, groups)
    store.put(connection, events, [_row(event) for event in made])
    log(connection, [
        ("event", event.id, str(before[event.id]), str(event.credibility.digit), event.credibility.by,
         event.credibility.why)
        for event in made
        if event.id in before
    ])  # fmt: skip


def _row(event: Event) -> dict[str, Any]:
    place = event.place
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "title": event.title,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "place": (place.name or place.text) if place else None,
        "time_from": event.from_,
        "time_to": event.to,
        "first_report": event.first_report,
        "last_report": event.last_report,
        "first_report_granularity": event.first_report_granularity,
        "last_report_granularity": event.last_report_granularity,
        "statements": len(event.statements),
        "reports": event.independent + event.copies,
        "independent": event.independent,
        "disputes": len(event.disputes),
        "credibility": event.credibility.digit,
        "dismissed": int(event.dismissed is not None),
    }


def event_with(connection: Connection, identity: str) -> Event | None:
    """The event that a statement is in: any of an event's statements leads to it, by its id or the first eight digits.

    Null where it is in none. Raises `UsageError` where the digits fit statements of several events.
    """
    members = _members(connection, identity)
    return next(iter(_that_happened(connection, [members])), None) if members else None


def events_with(connection: Connection, identities: Sequence[str]) -> list[Event]:
    """The events of these ids in that order, without those of which nothing happened and nobody decided anything."""
    own = event_statements.c
    members: dict[str, list[str]] = {}
    query = select(own.event, own.statement).order_by(own.event, own.statement)
    for row in rows(connection, query, own.event, identities):
        members.setdefault(row.event, []).append(row.statement)
    return _that_happened(connection, [members[one] for one in identities if one in members])


def group_with(connection: Connection, identity: str) -> Event | None:
    """The view of a statement's group, about which people may decide, whether or not anything happened."""
    members = _members(connection, identity)
    return views(connection, [members])[0] if members else None


def _members(connection: Connection, identity: str) -> list[str]:
    """The statements in one event with that which is named by its id or the first eight digits; none where it has none.

    Raises `UsageError` where the digits fit statements of several events.
    """
    own = event_statements.c
    named = connection.scalar(select(own.event).where(own.statement == identity))
    if named is None and len(identity) >= SHORTEST_PREFIX and identity.isalnum():
        begins = own.statement.startswith(identity, autoescape=True)
        found = list(connection.scalars(select(own.event).where(begins).distinct().limit(2)))
        if len(found) > 1:
            raise UsageError(f"{identity!r} fits several events; give more of the id")
        named = found[0] if found else None
    if named is None:
        return []
    return list(connection.scalars(select(own.statement).where(own.event == named).order_by(own.statement)))
