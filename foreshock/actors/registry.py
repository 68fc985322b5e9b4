"""The registry in use: entries by id, and the candidates that a mention may mean."""

import datetime
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from foreshock.actors import build, compiled
from foreshock.actors.compiled import Blocks, Compiled
from foreshock.actors.context import Context
from foreshock.actors.features import Candidate
from foreshock.actors.names import alike, key, near
from foreshock.actors.phrase import Reader
from foreshock.actors.schema import Actor, covers

ALIKE = 0.8
"""Names less alike than this are not compared further: below it, other names outnumber slips."""
ROUGHLY = 0.55
"""The same by letters alone, before the slower comparison by sound."""
MOST_COMPARED = 400
"""Names found by their blocks after which a mention's other words are not looked up."""
MOST_LIKELY = 8
"""Names that are compared by sound too."""
MOST_KEPT = 20_000
"""Names whose neighbours are remembered."""


class Entries:
    """Entries and the look-ups over them. Nothing here decides; see `resolve.Registry`."""

    def __init__(self, data: Compiled) -> None:
        self.data = data
        self.actors = data.actors
        self.names = data.names
        self.countries = data.countries
        self.lexicon = data.lexicon
        self.reader = Reader(data.lexicon, data.countries, data.names)
        self._nearest: dict[str, list[tuple[str, float]]] = {}

    @cached_property
    def by_id(self) -> dict[str, Actor]:
        """Every entry by its id."""
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def blocks(self) -> Blocks:
        """The blocks for names with slips, decoded when the first such name comes."""
        return msgspec.json.decode(self.data.blocks, type=Blocks)

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of every entry by its id."""
        return {actor.id: at for at, actor in enumerate(self.actors)}

    def called(self, name: str, countries: tuple[str, ...] = (), strange: int = 0) -> list[Candidate]:
        """The bearers of a name, given as a key."""
        name = name.removeprefix("the ")
        found = self.names.exact.get(name, [])
        return [
            Candidate(
                position=at,
                actor=self.actors[at],
                route="name",
                words=name.count(" ") + 1,
                letters=len(name),
                main=key(self.actors[at].name) == name,
                rivals=len(found) - 1,
                countries=countries,
                strange=strange,
            )
            for at in found
        ]

    def nearly_called(self, name: str, countries: tuple[str, ...] = ()) -> list[Candidate]:
        """The entries with a name near `name`, given as a key, but not the same."""
        words = name.count(" ") + 1
        best: dict[int, Candidate] = {}
        for other, closeness in self._near(name):
            for at in self.names.exact[other]:
                if at not in best or best[at].alike < closeness:
                    best[at] = Candidate(
                        at, self.actors[at], "slip", alike=closeness, words=min(words, other.count(" ") + 1),
                        letters=len(name), countries=countries,
                    )  # fmt: skip
        return list(best.values())

    def _near(self, name: str) -> list[tuple[str, float]]:
        """The registry's names near `name` and how alike they are; kept, as texts repeat their names."""
        found = self._nearest.get(name)
        if found is None:
            # A name that has two words more or less is another name.
            words = name.count(" ") + 1
            others = [other for other in self._compared(name) if abs(other.count(" ") + 1 - words) <= 1]
            likely = process.extract(
                name, others, scorer=OSA.normalized_similarity, score_cutoff=ROUGHLY, limit=MOST_LIKELY
            )
            measured = [(other, alike(name, other)) for other, _, _ in likely if other != name]
            found = [(other, closeness) for other, closeness in measured if closeness >= ALIKE]
            if len(self._nearest) >= MOST_KEPT:
                self._nearest.clear()
            self._nearest[name] = found
        return found

    def forget(self) -> None:
        """Drop what was remembered of names with slips, so that a measurement is not of a look-up."""
        self._nearest.clear()

    def _compared(self, name: str) -> list[str]:
        """The names that share a word with `name`, or all but; those by its rarest words, up to a limit."""
        by_word = []
        for word in dict.fromkeys(name.split()):
            if len(word) >= 4:
                others = {other for block in near(word) for other in self.blocks.words.get(block, ())}
                by_word.append({full for other in others for full in self.blocks.names[other]})
        found: set[str] = set()
        for names in sorted(by_word, key=len):
            if found and len(found) + len(names) > MOST_COMPARED:
                break
            found |= names
        return sorted(found)

    def organ(self, country: str, organ: str) -> int | None:
        """The position of the entry that stands for an organ of a country, `state` for the state itself."""
        if organ == "state":
            return self.positions.get(country.lower())
        return self.names.organs.get(f"{country} {organ}")

    def office(self, country: str, ends: Iterable[str], date: datetime.date | None) -> int | None:
        """The holder, on a date, of a country's first office that has one; else the office; null where none."""
        offices = [self.positions[name] for end in ends if (name := f"{country.lower()}-{end}") in self.positions]
        for at in offices:
            if date is not None and (holder := self.holder(at, date)) is not None:
                return holder
        return offices[0] if offices else None

    def holder(self, office: int, date: datetime.date) -> int | None:
        """The position of the person who held an office on a date; on a day of change, of who came last."""
        entry = self.actors[office]
        people = self.names.people.get(entry.id, [])
        found = [
            at for at, holder in zip(people, entry.holders, strict=True) if covers(holder.since, holder.until, date)
        ]
        return found[-1] if found else None

    def described(self, noun: str, context: Context) -> list[int]:
        """The entries named in the text that a description points to."""
        return [at for at in self.names.generic.get(noun, []) if at in context.named]


def extended(data: Compiled, extra: Path) -> Compiled:
    """The registry with a user's own file of the same schema added; an entry with a known id takes its place.

    Raises the first `ItemError` of the file: a wrong entry, or a reference to an id that is nowhere.
    """
    entries, problems = build.read_files([extra])
    problems += build.broken_references(entries, (actor.id for actor in data.actors))
    if problems:
        raise problems[0]
    own = {actor.id: actor for _, actor in entries}
    kept = [actor for actor in data.actors if actor.id not in own]
    tenures = {actor.id: actor for actor in kept if actor.tenures}
    actors = build.with_people([_without_tenures(actor) for actor in kept] + list(own.values()))
    actors = [tenures.get(actor.id, actor) if actor.id not in own else actor for actor in actors]
    names = build.names_over(actors, data.lexicon, data.countries)
    raw = msgspec.Raw(msgspec.json.encode(compiled.blocks_over(names.exact)))
    return msgspec.structs.replace(data, actors=actors, names=names, blocks=raw)


def _without_tenures(actor: Actor) -> Actor:
    return msgspec.structs.replace(actor, tenures=()) if actor.tenures else actor
