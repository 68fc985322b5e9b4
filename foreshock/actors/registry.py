"""The registry in use: entries by id, and the candidates that a mention may mean."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from foreshock.actors import build, compiled
from foreshock.actors.compiled import Blocks, Compiled
from foreshock.actors.context import Context
from foreshock.actors.features import GROUPS, Candidate
from foreshock.actors.names import alike, key, near
from foreshock.actors.phrase import Reader
from foreshock.actors.schema import Actor, Kind, covers
from foreshock.actors.sought import Sought, sought
from foreshock.model.day import first_day

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
LONGEST_ACRONYM = 5
"""Letters of a name in capitals that groups of several countries may share."""
WORDS_KEPT = 512
"""Words of which the names that share one like them are remembered: *Ahmed* is in many a text."""


class Entries:
    """Entries and the look-ups over them. Nothing here decides; see `identify.Registry`."""

    def __init__(self, data: Compiled) -> None:
        self.data = data
        self.actors = data.actors
        self.names = data.names
        self.countries = data.countries
        self.lexicon = data.lexicon
        self.reader = Reader(data.lexicon, data.countries, data.names)
        self._sharing = lru_cache(maxsize=WORDS_KEPT)(self._with_word_near)
        self._nearest: dict[str, list[tuple[str, float]]] = {}

    @cached_property
    def by_id(self) -> dict[str, Actor]:
        """Every entry by its id."""
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def sought(self) -> Sought:
        """What a text is looked through for, to know its context."""
        persons = frozenset(at for at, actor in enumerate(self.actors) if actor.kind is Kind.PERSON)
        local = {at for bearers in self.names.local.values() for at in bearers}
        homes = {at: country for at in local if (country := self.actors[at].country) is not None}
        holders = frozenset(at for at, actor in enumerate(self.actors) if actor.kind is Kind.PERSON and actor.tenures)
        parents = {at: self.positions[actor.parent] for at, actor in enumerate(self.actors) if actor.parent is not None}
        homelands = {at: actor.country for at, actor in enumerate(self.actors) if actor.country is not None}
        organs = frozenset(at for at, actor in enumerate(self.actors) if actor.kind is Kind.ORGAN)
        known = self._acronyms()
        return sought(
            self.countries, self.names, self.lexicon, persons, homes, holders, parents, homelands, known, organs
        )

    def _acronyms(self) -> dict[str, dict[int, frozenset[str]]]:
        """The acronyms of groups and organs of some country, as keys, with the positions of those who bear them as such
        and the countries where each acts: its own, its enemies' for a group, and those of the state's clients for a
        state's force. Organs that are known by theirs everywhere are left out."""
        enemies: dict[str, set[str]] = defaultdict(set)
        clients: dict[str, set[str]] = defaultdict(set)
        for actor in self.actors:
            for other in actor.opposes:
                enemies[actor.id].add(self.actors[self.positions[other]].country or "")
                enemies[other].add(actor.country or "")
            for dependence in actor.depends_on:
                clients[dependence.on.partition("-")[0].upper()].add(actor.country or "")
        found: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
        for at, actor in enumerate(self.actors):
            if (actor.kind not in GROUPS and actor.kind is not Kind.ORGAN) or actor.country is None:
                continue
            lands = {actor.country}
            if actor.kind is not Kind.ORGAN:
                lands |= enemies[actor.id]
            if actor.kind is Kind.ARMED_FORCE:
                lands |= clients[actor.country]
            for name in (actor.name, *actor.aliases):
                acronym = len(name) <= LONGEST_ACRONYM and name.isupper() and " " not in name
                if acronym and not (actor.kind is Kind.ORGAN and key(name) in self.lexicon.worldwide):
                    found[key(name)][at] = frozenset(lands)
        return dict(found)

    @cached_property
    def blocks(self) -> Blocks:
        """The blocks for names with slips, decoded when the first such name comes."""
        return msgspec.json.decode(self.data.blocks, type=Blocks)

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of every entry by its id."""
        return {actor.id: at for at, actor in enumerate(self.actors)}

    @cached_property
    def present(self) -> datetime.date:
        """The day of the last change of an office that is known: whoever holds it then is the present holder."""
        return max(first_day(one.since) for actor in self.actors for one in actor.tenures if one.since is not None)

    def called(self, name: str, countries: tuple[str, ...] = (), strange: int = 0) -> list[Candidate]:
        """The bearers of a name, given as a key."""
        name = name.removeprefix("the ")
        found = self.names.exact.get(name, [])
        local = self.names.local.get(name, ())
        return [
            Candidate(
                position=at,
                actor=self.actors[at],
                route="name",
                words=name.count(" ") + 1,
                letters=len(name),
                main=key(self.actors[at].name) == name,
                rivals=len(found) - 1,
                local=at in local,
                lands=self.sought.lands(at, name),
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
            local = self.names.local.get(other, ())
            for at in self.names.exact[other]:
                if at not in best or best[at].alike < closeness:
                    best[at] = Candidate(
                        at, self.actors[at], "slip", alike=closeness, words=min(words, other.count(" ") + 1),
                        letters=len(name), local=at in local, countries=countries,
                    )  # fmt: skip
        return list(best.values())

    def _near(self, name: str) -> list[tuple[str, float]]:
        """The registry's names near `name` and how alike they are; kept, as texts repeat their names."""
        found = self._nearest.get(name)
        if found is None:
            roughly = process.extract(
                name, list(self._compared(name)), scorer=OSA.normalized_similarity, score_cutoff=ROUGHLY, limit=None
            )
            words = name.count(" ")
            likely = sorted(
                (-score, other)
                for other, score, _ in roughly
                if other != name
                and abs(other.count(" ") - words) <= 1  # with two words more or less it is another name
            )
            measured = [(other, alike(name, other)) for _, other in likely[:MOST_LIKELY]]
            found = [(other, closeness) for other, closeness in measured if closeness >= ALIKE]
            if len(self._nearest) >= MOST_KEPT:
                self._nearest.clear()
            self._nearest[name] = found
        return found

    def forget(self) -> None:
        """Drop what was remembered of names with slips, so that a measurement is not of a look-up."""
        self._nearest.clear()
        self._sharing.cache_clear()

    def _compared(self, name: str) -> set[str]:
        """The names that share a word with `name`, or all but; those by its rarest words, up to a limit."""
        words = dict.fromkeys(name.split())
        exactly = frozenset[str]().union(*(self.blocks.names.get(word, ()) for word in words if len(word) >= 4))
        by_word = []
        for word in words:
            if len(word) >= 4:
                by_word.append(self._sharing(word))
        found: set[str] = set()
        for names in sorted(by_word, key=len):
            if found and len(found) + len(names) > MOST_COMPARED:
                break
            found |= names
        return found | exactly

    def _with_word_near(self, word: str) -> frozenset[str]:
        """The names with a word that shares a block with `word`."""
        blocks = dict.fromkeys((*near(word), *near(word.replace("j", "y"))))
        others = frozenset[str]().union(*(self.blocks.words.get(block, ()) for block in blocks))
        return frozenset[str]().union(*(self.blocks.names[other] for other in others))

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
        """The entries named in the text that a description points to; where the text is about a country, those of it,
        of none, or that fight across borders. *The president* of another country is named with it."""
        found = [at for at in self.names.generic.get(noun, []) if at in context.named]
        if context.country is None:
            return found
        home = (None, context.country)
        return [at for at in found if self.actors[at].country in home or self.actors[at].kind is Kind.ARMED_GROUP]


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
