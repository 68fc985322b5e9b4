"""Deciding about events, actors, places and sources: each writes a decision and makes anew what it moves."""

import re
from collections.abc import Sequence

from sqlalchemy import Connection, select

from foreshock.corroborate.credibility.grades import DIGITS, UNGRADED
from foreshock.corroborate.credibility.sources import SOURCE, grade_source, letters, log
from foreshock.corroborate.decisions import decisions
from foreshock.corroborate.decisions.amend import amended, checked
from foreshock.corroborate.events.events import regroup_statements
from foreshock.corroborate.views.build import SHORTEST_PREFIX, describe, entities_in, group_with
from foreshock.errors import UsageError
from foreshock.model.decision import LONGEST_WORDS, Decision, DecisionKind
from foreshock.model.event import Event
from foreshock.model.statement import Statement, from_json
from foreshock.record.events_tables import event_statements
from foreshock.record.parts import rows
from foreshock.record.store import Record
from foreshock.record.tables import documents, statement_participants, statements

_REGROUPING = (DecisionKind.MERGE, DecisionKind.SPLIT)
PLACE = "place:"
"""What the subject of a decision on a place begins with, before its GeoNames id."""
_PLACE_NAMED = re.compile(f"{PLACE}[1-9][0-9]{{0,9}}")


def merge(record: Record, one: str, other: str, who: str, why: str) -> int:
    """Say that two events are one, each named by any of its statements; the decision's number."""
    with record.begin(writing=True) as connection:
        a, b = _event(connection, one), _event(connection, other)
        if a.id == b.id:
            raise UsageError(f"{one} and {other} are in one event already")
        anchors, others = _said(connection, a.statements), _said(connection, b.statements)
        number = decisions.keep(connection, DecisionKind.MERGE, a.id, {}, who, why, anchors, others)
        regroup_statements(connection, (*a.statements, *b.statements))
    return number


def split(record: Record, event: str, out: Sequence[str], who: str, why: str) -> int:
    """Say that some statements of an event tell of another one; the decision's number."""
    with record.begin(writing=True) as connection:
        whole = _event(connection, event)
        leave = {_named_in(whole, one) for one in out}
        if not leave or len(leave) == len(whole.statements):
            raise UsageError("name some of the event's statements, not none and not all")
        stay = [one for one in whole.statements if one not in leave]
        anchors, others = _said(connection, stay), _said(connection, sorted(leave))
        number = decisions.keep(connection, DecisionKind.SPLIT, whole.id, {}, who, why, anchors, others)
        regroup_statements(connection, whole.statements)
    return number


def grade_event(record: Record, event: str, digit: int, who: str, why: str) -> int:
    """Set an event's credibility, 1–6; the rules do not touch it while the decision stands."""
    if digit not in DIGITS:
        raise UsageError(f"{digit} is not a credibility; one of: 1 (confirmed) to 6 (cannot be judged)")
    return _about_event(record, DecisionKind.GRADE, event, {"digit": digit}, who, why)


def dismiss(record: Record, event: str, who: str, why: str) -> int:
    """Take an event out of lists: no event at all, or none that matters. It stays in the record."""
    return _about_event(record, DecisionKind.DISMISS, event, {}, who, why)


def correct(record: Record, event: str, field: str, value: str, who: str, why: str) -> int:
    """Correct what an event shows in one field; its statements stay as they were read."""
    with record.begin() as connection:
        kept = checked(field, value, _event(connection, event))
    return _about_event(record, DecisionKind.CORRECT, event, kept, who, why)


def same(record: Record, entity: str, other: str, who: str, why: str) -> int:
    """Say that two actors, or two places, are one, which from now on goes by the first one's name."""
    _alike(entity, other)
    with record.begin(writing=True) as connection:
        body: decisions.Body = {"other": other, "name": _name_of(connection, entity)}
        number = decisions.keep(connection, DecisionKind.SAME, entity, body, who, why)
        _describe_with(connection, (entity, other))
    return number


def different(record: Record, statement: str, entity: str, who: str, why: str) -> int:
    """Say that what a statement, named by its id or how that begins, names is not this actor or place."""
    _no_other_place(entity)
    with record.begin(writing=True) as connection:
        said = _statement(connection, statement)
        _check_named(connection, said, entity)
        body: decisions.Body = {"statement": said.id}
        number = decisions.keep(connection, DecisionKind.DIFFERENT, entity, body, who, why, [said])
        _describe_again(connection, [said.id])
    return number


def rename(record: Record, entity: str, name: str, who: str, why: str) -> int:
    """Give an actor or a place another name in what is shown."""
    if not name.strip() or len(name) > LONGEST_WORDS:
        raise UsageError("a name must not be empty, nor longer than a paragraph")
    _no_other_place(entity)
    with record.begin(writing=True) as connection:
        number = decisions.keep(connection, DecisionKind.RENAME, entity, {"name": name.strip()}, who, why)
        _describe_with(connection, (entity,))
    return number


def stranger(record: Record, entity: str) -> bool:
    """Whether nothing in the record goes by this actor's or place's id, so that a decision on it moves nothing yet."""
    with record.begin() as connection:
        called = decisions.same_as(connection, [entity])
        people = statement_participants.c
        told = select(people.statement).where(people.entity.in_(sorted(called))).limit(1)
        places = (one for one in called if one.startswith(PLACE))
        return connection.scalar(told) is None and all(_name_of(connection, one) is None for one in places)


def grade(record: Record, source: str, letter: str, who: str, why: str) -> int:
    """Set a source's reliability, A–F; events that rest on it are graded anew."""
    with record.begin(writing=True) as connection:
        number = grade_source(connection, source, letter, who, why)
        _describe_of(connection, source)
    return number


def undo(record: Record, number: int, who: str, why: str) -> Decision:
    """Undo a decision; what it moved goes back to where it would be without it.

    Raises `UsageError` where none of that number stands, or where an event that another correction moved would then
    end before it begins.
    """
    with record.begin(writing=True) as connection:
        known = decisions.read(connection, numbers=[number])
        source = known[0].subject.removeprefix(SOURCE) if known and known[0].subject.startswith(SOURCE) else None
        before = letters(connection, [source]).get(source, UNGRADED) if source else None
        undone = decisions.undo(connection, number, who, why)
        named = list(decisions.current(connection, [undone]).values())
        if undone.kind in _REGROUPING:
            regroup_statements(connection, named)
        elif source is not None:
            after = letters(connection, [source]).get(source, UNGRADED)
            log(connection, [("source", source, before, after, who, why)])
            _describe_of(connection, source)
        elif undone.kind in (DecisionKind.SAME, DecisionKind.RENAME):
            _describe_with(connection, (undone.subject, str(undone.body.get("other"))))
        else:
            _describe_again(connection, named)
            if undone.kind == DecisionKind.CORRECT:
                _check_order(connection, undone, named)
    return undone


def _check_order(connection: Connection, undone: Decision, named: Sequence[str]) -> None:
    """Raise `UsageError` where, without a correction, a correction of the other end puts one day after the other."""
    other = {"from": "to", "to": "from"}.get(str(undone.body["field"]))
    for event in (group_with(connection, one) for one in named if other is not None):
        if event is None or event.from_ is None or event.to is None or event.from_ <= event.to:
            continue
        made = decisions.read(connection, numbers=event.decisions, kinds=[DecisionKind.CORRECT])
        if standing := [one.number for one in made if one.stands and one.body["field"] == other]:
            raise UsageError(
                f"without decision {undone.number} the event would begin on {event.from_}, after it ends on "
                f"{event.to}; undo decision {standing[-1]} on its {other!r} first"
            )


def _about_event(record: Record, kind: DecisionKind, event: str, body: decisions.Body, who: str, why: str) -> int:
    with record.begin(writing=True) as connection:
        whole = _event(connection, event)
        number = decisions.keep(connection, kind, whole.id, body, who, why, _said(connection, [whole.id]))
        _describe_again(connection, [whole.id])
    return number


def _event(connection: Connection, identity: str) -> Event:
    found = group_with(connection, identity)
    if found is None:
        raise UsageError(f"no event has a statement {identity!r}; `foreshock events` lists events")
    return found


def _statement(connection: Connection, identity: str) -> Statement:
    """The statement of this id, or that alone begins so. Raises `UsageError` where none or several do."""
    found = _said(connection, [identity])
    if not found and len(identity) >= SHORTEST_PREFIX and identity.isalnum():
        begins = select(statements.c.body).where(statements.c.id.startswith(identity, autoescape=True)).limit(2)
        found = [from_json(body) for body in connection.scalars(begins)]
    if len(found) != 1:
        problem = "holds several statements" if found else "holds no statement"
        raise UsageError(f"the record {problem} {identity}; `foreshock search --format json` tells ids")
    return found[0]


def _check_named(connection: Connection, said: Statement, entity: str) -> None:
    """Raise `UsageError` where neither the reading nor people's decisions have the statement name this entity."""
    read = entities_in([said])
    named = read | entities_in([amended(said, decisions.about_entities(connection, read))])
    if entity not in named:
        instead = f"it names {', '.join(sorted(named))}" if named else "it names none that has an id"
        raise UsageError(f"statement {said.id} does not name {entity[:80]!r}; {instead}")


def _named_in(event: Event, identity: str) -> str:
    """The event's statement of this id, or that alone begins so. Raises `UsageError` where none or several do."""
    whole = len(identity) < SHORTEST_PREFIX or identity in event.statements
    found = [one for one in event.statements if one == identity or (not whole and one.startswith(identity))]
    if len(found) != 1:
        raise UsageError(f"{identity}: {'several statements' if found else 'not'} in the event {event.id}")
    return found[0]


def _said(connection: Connection, identities: Sequence[str]) -> list[Statement]:
    return [from_json(row[0]) for row in rows(connection, select(statements.c.body), statements.c.id, identities)]


def _alike(entity: str, other: str) -> None:
    if entity == other:
        raise UsageError(f"{entity} is itself")
    if entity.startswith(PLACE) != other.startswith(PLACE):
        raise UsageError("an actor and a place cannot be the same; places are named place: and their GeoNames id")
    for one in (entity, other):
        _no_other_place(one)


def _no_other_place(entity: str) -> None:
    """Raise `UsageError` for what begins as a place and does not go on with a GeoNames id."""
    if entity.startswith(PLACE) and _PLACE_NAMED.fullmatch(entity) is None:
        raise UsageError(f"{entity[:40]!r} is not a place; write it as place:378493, with its GeoNames id")


def _name_of(connection: Connection, entity: str) -> str | None:
    people = statement_participants.c
    if not entity.startswith(PLACE):
        return connection.scalar(select(people.name).where(people.entity == entity).limit(1))
    wanted = int(entity.removeprefix(PLACE))
    for (body,) in connection.execute(select(statements.c.body).where(statements.c.body.contains(f":{wanted},"))):
        place = from_json(body).place
        if place is not None and place.geonameid == wanted:
            return place.name
    return None


def _describe_again(connection: Connection, named: Sequence[str]) -> None:
    """Make anew the rows of the events that these statements are in, their members as they are."""
    own = event_statements.c
    which = {row[0] for row in rows(connection, select(own.event), own.statement, named)}
    groups: dict[str, list[str]] = {}
    for statement, event in rows(connection, select(own.statement, own.event), own.event, which):
        groups.setdefault(event, []).append(statement)
    describe(connection, [sorted(group) for group in groups.values()], which)


def _describe_with(connection: Connection, said_of: Sequence[str]) -> None:
    people, entities = statement_participants.c, decisions.same_as(connection, said_of)
    named = [row[0] for row in rows(connection, select(people.statement), people.entity, entities)]
    for place in (one.removeprefix(PLACE) for one in entities if one.startswith(PLACE)):
        holding = select(statements.c.id).where(statements.c.body.contains(f'"geonameid":{int(place)}'))
        named += connection.scalars(holding)
    _describe_again(connection, named)


def _describe_of(connection: Connection, outlet: str) -> None:
    own = event_statements.c
    query = select(own.statement).join(documents, documents.c.id == own.document).where(documents.c.outlet == outlet)
    _describe_again(connection, list(connection.scalars(query)))
