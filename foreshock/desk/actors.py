"""One actor: what the registry knows of it, and what the record says it does, suffers and says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from fastapi import APIRouter, HTTPException, Request, Response

from foreshock.actors.resolve import shipped
from foreshock.actors.schema import Actor
from foreshock.desk.filters import asked
from foreshock.desk.pages import OpenRecord, actor_path, page
from foreshock.desk.profiles import Named, Profile, about_list, most, page_of, people, profile
from foreshock.desk.statements import every_hit
from foreshock.desk.twins import csv_twin, json_twin
from foreshock.model.statement import Participant
from foreshock.record.query import Filter, Hit, count_statements
from foreshock.record.store import Record
from foreshock.telling.statement_rows import STATEMENT_COLUMNS, hit_as_json, statement_row

router = APIRouter()

ROLES = ("acts in", "is acted upon in")


@dataclass(frozen=True)
class Relation:
    """What ties one actor to another: in words, to whom, when, and how."""

    what: str
    name: str
    address: str
    since: str | None = None
    until: str | None = None
    how: str | None = None


@dataclass(frozen=True)
class Found:
    """An actor with its statements. `entry` is null for one that no registry has, and `name` then the texts' own."""

    identity: str
    name: str
    entry: Actor | None
    profile: Profile
    said: int


def _found(record: Record, identity: str) -> Found:
    entry = shipped().by_id.get(identity)
    found = profile(record, Filter(actor=identity))
    if entry is None and not found.hits:
        raise HTTPException(404, "Neither the registry nor this record knows an actor of this name.")
    called = next((person.name or person.text for hit in found.hits for person in _parts(hit, identity)), identity)
    name = entry.name if entry else called
    return Found(identity, name, entry, found, count_statements(record, Filter(source=name)))


def _parts(hit: Hit, identity: str) -> list[Participant]:
    return [one for one in (*hit.statement.actors, *hit.statement.recipients) if one.id == identity]


def spellings(found: Found) -> list[Named]:
    """The words by which the texts call it, with how often each comes."""
    parts = (person for hit in found.profile.hits for person in _parts(hit, found.identity) if not hit.guarded)
    return most(Counter(" ".join(person.text.split()) for person in parts), {})


def roles(found: Found) -> dict[str, int]:
    """In how many statements it acts, and in how many it is acted upon."""
    hits = [hit.statement for hit in found.profile.hits]
    acts = sum(any(one.id == found.identity for one in statement.actors) for statement in hits)
    suffers = sum(any(one.id == found.identity for one in statement.recipients) for statement in hits)
    return dict(zip(ROLES, (acts, suffers), strict=True))


def places(found: Found) -> list[Named]:
    """Where its statements lie."""
    counts: Counter[str] = Counter()
    for hit in found.profile.hits:
        place = hit.place
        if place is not None and place.name:
            counts[place.name] += 1
    return most(counts, {})


def relations(entry: Actor) -> list[Relation]:
    """What the registry ties an entry to, each with its dates."""
    known = shipped().by_id

    def related(what: str, identity: str, **facts: str | None) -> Relation:
        return Relation(what, known[identity].name if identity in known else identity, actor_path(identity), **facts)

    found = [related("part of", entry.parent)] if entry.parent else []
    found += [related("depends on", one.on, since=one.since, until=one.until, how=one.how) for one in entry.depends_on]
    found += [related("against", other) for other in entry.opposes]
    found += [related("held", one.office, since=one.since, until=one.until) for one in entry.tenures]
    found += [related("includes", one.id) for one in known.values() if one.parent == entry.id]
    return found


def holders(entry: Actor) -> Sequence[Relation]:
    """Who held an office, the latest first."""
    registry = shipped()
    people_of = registry.names.people.get(entry.id, [])
    return [
        Relation("held by", one.name, actor_path(registry.actors[at].id), one.since, one.until)
        for at, one in reversed(list(zip(people_of, entry.holders, strict=True)))
    ]


@router.get("/actors/{identity}.json")
def actor_json(identity: str, record: OpenRecord, request: Request) -> Response:
    """An actor's entry and its statements, as JSON."""
    found, page_asked = _found(record, identity), asked(request.query_params)
    hits = page_of(record, Filter(actor=identity), found.profile, page_asked)
    return json_twin(
        {
            "id": identity,
            "name": found.name,
            "entry": msgspec.to_builtins(found.entry) if found.entry else None,
            "called": {one.name: one.statements for one in spellings(found)},
            "roles": roles(found),
            "says": found.said,
            **about_list(found.profile, page_asked),
            "kinds": found.profile.kinds,
            "mechanisms": found.profile.mechanisms,
            "statements": [hit_as_json(hit) for hit in hits],
        }
    )


@router.get("/actors/{identity}.csv")
def actor_csv(identity: str, record: OpenRecord) -> Response:
    """All statements in which an actor takes part, as CSV."""
    _found(record, identity)
    hits = every_hit(record, Filter(actor=identity))
    return csv_twin("actor", STATEMENT_COLUMNS, (statement_row(hit) for hit in hits))


@router.get("/actors/{identity}")
def actor_page(identity: str, record: OpenRecord, request: Request) -> Response:
    """An actor: who it is, what it belongs to and lives by, and what is said of it."""
    found, page_asked = _found(record, identity), asked(request.query_params)
    counts, ids = people(found.profile.hits, besides=identity)
    return page(
        "actor.html",
        asked=page_asked,
        found=found,
        profile=found.profile,
        entry=found.entry,
        relations=relations(found.entry) if found.entry else [],
        holders=holders(found.entry) if found.entry else [],
        spellings=spellings(found),
        roles=roles(found),
        places=places(found),
        people=most(counts, {one: actor_path(other) for one, other in ids.items()}),
        hits=page_of(record, Filter(actor=identity), found.profile, page_asked),
        path=actor_path(identity),
    )
