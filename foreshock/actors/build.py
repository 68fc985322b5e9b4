"""Registry files to entries and indexes: reading, checking, and what is made from them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import yaml

from foreshock.actors.compiled import (
    Countries,
    Names,
    bracketed_names,
    index_generic,
    index_names,
    listed_names,
)
from foreshock.actors.lexicon import Lexicon
from foreshock.actors.names import key, slug
from foreshock.actors.phrase import GEOGRAPHIC, Part, Reader
from foreshock.actors.schema import Actor, Kind, Tenure, checked
from foreshock.errors import ItemError, MalformedItem, UnreadableItem

GENERATED = "every state has one"
"""The basis of an organ that is made for every state."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_file(path: Path) -> tuple[list[Actor], list[ItemError]]:
    """The entries of one registry file, and what is wrong with the rest of it."""
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), LOADER)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        return [], [UnreadableItem(path.name, " ".join(str(error).split()))]
    if not isinstance(rows, list):
        return [], [MalformedItem(path.name, "is not a list of entries")]
    actors: list[Actor] = []
    problems: list[ItemError] = []
    for row in rows:
        try:
            actors.append(checked(row, path.name))
        except MalformedItem as error:
            problems.append(error)
    return actors, problems


def read_files(paths: Iterable[Path]) -> tuple[list[tuple[str, Actor]], list[ItemError]]:
    """The entries of many files, each with its file's name, ids unique, and all problems found."""
    found: dict[str, tuple[str, Actor]] = {}
    problems: list[ItemError] = []
    for path in paths:
        actors, wrong = read_file(path)
        problems += wrong
        for actor in actors:
            if actor.id in found:
                problems.append(MalformedItem(f"{path.name}, {actor.id}", f"is in {found[actor.id][0]} too"))
            else:
                found[actor.id] = (path.name, actor)
    return list(found.values()), problems


def broken_references(entries: Sequence[tuple[str, Actor]], known: Iterable[str]) -> list[ItemError]:
    """An error for each reference of an entry to an id that neither the entries nor `known` have."""
    ids = {actor.id for _, actor in entries} | set(known)
    return [
        MalformedItem(f"{file}, {actor.id}", f"{field} names {other}, which is in no file")
        for file, actor in entries
        for field, other in actor.references()
        if other not in ids
    ]


def with_people(actors: Sequence[Actor]) -> list[Actor]:
    """The entries, and one for every holder of an office that has none yet.

    One who held several offices of one country, or of one and of an international organisation, is one person.
    A person who has an entry keeps it, tenures added.
    """
    found = {actor.id: actor for actor in actors}
    persons = {
        (actor.country, key(name)): actor.id
        for actor in actors
        if actor.kind is Kind.PERSON
        for name in (actor.name, *actor.aliases)
        if " " in key(name)
    }
    for office in sorted(actors, key=lambda actor: actor.country is None):
        for holder in office.holders:
            tenure = Tenure(office=office.id, sector=office.sector, since=holder.since, until=holder.until)
            names = [key(name) for name in (holder.name, *holder.aliases) if " " in key(name)] or [key(holder.name)]
            identity = next(
                (persons[office.country, name] for name in names if (office.country, name) in persons), None
            )
            if identity is None and office.country is None:
                known = {found for name in names for (_, other), found in persons.items() if other == name}
                identity = known.pop() if len(known) == 1 else None
            if identity is None:
                identity = f"{office.id.split('-', 1)[0]}-{slug(holder.name)}"
            for name in names:
                persons.setdefault((office.country, name), identity)
            found[identity] = _with_tenure(found.get(identity), identity, office, holder.name, holder.aliases, tenure)
    return list(found.values())


def _with_tenure(
    person: Actor | None, identity: str, office: Actor, name: str, aliases: tuple[str, ...], tenure: Tenure
) -> Actor:
    if person is None:
        person = Actor(
            id=identity, name=name, kind=Kind.PERSON, sector=office.sector, basis=f"held the office {office.id}",
            country=office.country, certainty=office.certainty,
        )  # fmt: skip
    more = tuple(dict.fromkeys((*person.aliases, *(alias for alias in (name, *aliases) if alias != person.name))))
    return msgspec.structs.replace(person, aliases=more, tenures=(*person.tenures, tenure))


def names_over(actors: list[Actor], lexicon: Lexicon, countries: Countries) -> Names:
    """The indexes over entries. An organ of a country is stood for by the entry that bears its own name."""
    position = {actor.id: at for at, actor in enumerate(actors)}
    organs = {
        f"{actor.country} {organ}": position[actor.id]
        for actor in actors
        if actor.country is not None
        for organ in lexicon.organ_entries
        if actor.id == f"{actor.country.lower()}-{organ}"
    }
    reader = Reader(lexicon, countries, Names({}, {}, {}, {}, {}))
    for at, actor in enumerate(actors):
        slot = _organ_named(actor, reader) if actor.kind in (Kind.ARMED_FORCE, Kind.ORGAN) else None
        if slot is not None and actor.parent in (slot[:3].lower(), slot.lower().replace(" ", "-", 1)):
            organs[slot] = at
    return Names(index_names(actors), _local(actors, reader), index_generic(actors), organs, _holders(actors))


def _local(actors: Sequence[Actor], reader: Reader) -> dict[str, list[int]]:
    """The names that entries bear only within their country: those that are listed with it in brackets and never
    alone."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, actor in enumerate(actors):
        listed = listed_names(actor)
        for bare, inside in bracketed_names(actor):
            if bare not in listed and actor.country is not None and actor.country in reader.phrase(inside).countries:
                found[bare].append(at)
    return dict(found)


def _holders(actors: Sequence[Actor]) -> dict[str, list[int]]:
    """The positions of the people who held each office, in the order of its `holders`."""
    serving: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for at, actor in enumerate(actors):
        for tenure in actor.tenures:
            serving[tenure.office, tenure.since].append(at)
    return {
        office.id: [
            next(
                at
                for at in serving[office.id, holder.since]
                if key(holder.name) in map(key, (actors[at].name, *actors[at].aliases))
            )
            for holder in office.holders
        ]
        for office in actors
        if office.holders
    }


def _organ_named(actor: Actor, reader: Reader) -> str | None:
    """`SDN armed-forces` for *Sudanese Armed Forces*, whose name says no more than that; else null."""
    if actor.country is None or actor.until is not None or actor.basis == GENERATED:
        return None
    phrase = reader.phrase(actor.name)
    organs = [piece for piece in phrase.pieces if piece.part is Part.ORGAN]
    known = (Part.ORGAN, Part.FILLER, Part.PREPOSITION, *GEOGRAPHIC)
    whole = len(organs) == 1 and organs[0].key in reader.lexicon.whole_organs
    if not whole or phrase.countries != (actor.country,) or any(p.part not in known for p in phrase.pieces):
        return None
    return f"{actor.country} {organs[0].value}"
