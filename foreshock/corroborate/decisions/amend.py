"""What people decided about actors, places and fields, applied to what is shown; the statements stay as read."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from foreshock.corroborate.decisions.decisions import Body
from foreshock.corroborate.decisions.places import asked_place, moved
from foreshock.errors import UsageError
from foreshock.model.day import asked_day
from foreshock.model.decision import Decision, DecisionKind
from foreshock.model.event import Event, Range
from foreshock.model.statement import Participant, Place, Statement
from foreshock.model.vocabulary import COUNT_NAMES, MODES, EventType, Precision, check_one_of
from foreshock.record.countries import asked_country

CORRECTABLE: Final = ("type", "mode", "place", "country", "admin1", "from", "to", *COUNT_NAMES)
"""The fields of an event that a person may correct."""


def amended(statement: Statement, entities: Sequence[Decision]) -> Statement:
    """The statement with its actors and place as people say they are, decisions in the order they were made.

    What is the same as another goes on to what that is the same as, and is called as that is, whichever was said first.
    """
    told = _amended(statement, entities)
    general = [one for one in entities if one.kind != DecisionKind.DIFFERENT]
    for _ in general:  # a chain has no more links than there are decisions
        before, told = told, _amended(told, general)
        if told == before:
            break
    return told


def _amended(statement: Statement, entities: Sequence[Decision]) -> Statement:
    for one in entities:
        if one.kind == DecisionKind.DIFFERENT and one.body.get("statement") != statement.id:
            continue
        change = _participant_change(one)
        statement = msgspec.structs.replace(
            statement,
            actors=tuple(map(change, statement.actors)),
            recipients=tuple(map(change, statement.recipients)),
            place=_place(statement.place, one) if statement.place is not None else None,
        )
    return statement


def _participant_change(one: Decision) -> Callable[[Participant], Participant]:
    def changed(person: Participant) -> Participant:
        if one.kind == DecisionKind.SAME and person.id is not None and person.id == one.body.get("other"):
            return msgspec.structs.replace(person, id=one.subject, name=str(one.body.get("name") or one.subject))
        if person.id is None or person.id != one.subject:
            return person
        if one.kind == DecisionKind.RENAME:
            return msgspec.structs.replace(person, name=str(one.body["name"]))
        if one.kind == DecisionKind.DIFFERENT:
            return msgspec.structs.replace(person, id=None, name=None)
        return person

    return changed


def _place(place: Place, one: Decision) -> Place:
    called = f"place:{place.geonameid}"
    if one.kind == DecisionKind.SAME and one.body.get("other") == called:
        name = str(one.body.get("name") or place.name)
        return msgspec.structs.replace(place, geonameid=int(one.subject.removeprefix("place:")), name=name)
    if one.subject != called:
        return place
    if one.kind == DecisionKind.RENAME:
        return msgspec.structs.replace(place, name=str(one.body["name"]))
    if one.kind == DecisionKind.DIFFERENT:
        return Place(start=place.start, end=place.end, text=place.text, reason=f"not {place.name}, says {one.who}")
    return place


def checked(field: str, value: str, event: Event) -> Body:
    """What is kept of a correction. Raises `UsageError` where the field or the value cannot be."""
    if field == "place":
        return {"field": field, **asked_place(value, event.place.country if event.place else None)}
    return {"field": field, "value": _checked(field, value, event)}


def _checked(field: str, value: str, event: Event) -> str | int | None:
    if field not in CORRECTABLE:
        raise UsageError(f"{field!r} cannot be corrected; one of: {', '.join(CORRECTABLE)}")
    if field == "type":
        check_one_of(value, tuple(EventType), "type")
    if field == "mode":
        check_one_of(value, MODES[event.type], f"mode of {event.type}")
    if field == "country":
        return asked_country(value, field)
    if field in ("from", "to"):
        _check_day(field, value, event)
    if field in COUNT_NAMES:
        if not value.isascii() or not value.isdigit() or len(value) > 9:
            raise UsageError(f"{value!r} is not a number of people")
        return int(value)
    return value


def _check_day(field: str, value: str, event: Event) -> None:
    """Raise `UsageError` where the event would end before it begins."""
    day = asked_day(value, field)
    first, last = (day, event.to) if field == "from" else (event.from_, day)
    if first is not None and last is not None and first > last:
        other = "to" if field == "from" else "from"
        raise UsageError(f"the event would begin on {first}, after it ends on {last}; correct {other!r} first")


def corrected(event: Event, corrections: Sequence[Decision]) -> Event:
    """The event with corrected fields; what its statements give stays beside them."""
    fields: Mapping[str, str | int | None] = {str(one.body["field"]): one.body["value"] for one in corrections}
    changes: dict[str, object] = {}
    if "type" in fields:
        kind = EventType(str(fields["type"]))
        changes["type"] = kind
        changes["mode"] = event.mode if event.mode in MODES[kind] else None
    if "mode" in fields:
        changes["mode"] = fields["mode"]
    for name, field in (("from", "from_"), ("to", "to")):
        if name in fields:
            changes[field] = datetime.date.fromisoformat(str(fields[name]))
    place = event.place
    for one in corrections:
        field = str(one.body["field"])
        empty = Place(start=None, end=None, text=None, precision=Precision.COUNTRY)
        if field == "place":
            place = moved(place or empty, one.body)
        elif field in ("country", "admin1"):
            place = msgspec.structs.replace(place or empty, **{field: str(one.body["value"])})
    counts = dict(event.counts)
    for name in COUNT_NAMES:
        if name in fields:
            best, told = int(str(fields[name])), counts.get(name)
            low, high = (min(told.low, best), max(told.high, best)) if told else (best, best)
            counts[name] = Range(low, best, high, told.told if told else ())
    return msgspec.structs.replace(event, place=place, counts=counts, **changes)
