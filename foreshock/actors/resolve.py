"""The actors of a reading: every participant's entry, name, country and sector, and the names of known sources."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from foreshock.actors import compiled
from foreshock.actors.chosen import Identity, Match
from foreshock.actors.context import context_of
from foreshock.actors.corrected import is_place, names_place, of_police, of_war
from foreshock.actors.fallen import before_the_fall, falls
from foreshock.actors.identify import Registry
from foreshock.actors.referents import BODIES, Antecedent, Referents, sort_of
from foreshock.actors.registry import extended
from foreshock.actors.schema import Actor, Kind
from foreshock.actors.signs import signs
from foreshock.actors.surroundings import TALKS, Surroundings
from foreshock.actors.whole import AMPERSAND, parted, with_names
from foreshock.model.statement import Participant, Reading, Source, Statement
from foreshock.model.vocabulary import SourceKind

__all__ = ["Match", "Registry", "load", "resolved", "shipped"]

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
BEHIND_SAID = re.compile(r"\s(?:(?:late\s|early\s)?(?:on|in|at)\s(?:[\w’'-]+\s){1,3}|yesterday\s|today\s)?(?:that\s)?")
"""What may stand between a verb of speech and what is said: *said on Monday that it …*."""
BEHIND_TOLD = re.compile(r"\s(?:(?:the|state|local)\s)?[\w’'-]+\s(?:that\s)?")
"""The same with whom it is said to: *told reporters it …*."""
GOES_ON_ALONE = re.compile(r"\s(?!(?:on|in|at|for|as|with|to|from|by|last|and|but|when|after|before)\b)[a-z]")
"""What may stand behind *it* there: *claimed it killed ten*, unlike *claimed it on Monday*."""
THAT = re.compile(r"\bthat\s$")
GOES_ON = re.compile(
    r"['’](?:s|d|ll|ve|re)\b|\s(?:(?:never|no|also|now|still|only)\s)?(?:had|has|have|was|were|is|are|will|would|can|cannot|could"
    r"|may|might|must|shall|should|did|does|do|knew|knows)\b"
)
"""What shows that *it* acts in what is said: *claimed it had*, unlike *called it a breach*."""
OBJECTS = frozenset({"it", "him", "them"})
"""Pronouns for what something is done to, which nobody means himself by."""
Identify = Callable[[str, int, Statement | None], Identity]
"""What is known of words at a place of the text, given their statement."""


@cache
def _as_place() -> re.Pattern[str]:
    """What stands before a capital that is a place and not a government: *will return to Doha*."""
    return re.compile(rf"\b(?:in|at|near|into|inside|outside|around|towards?|(?:{signs().moves})\s(?:back\s)?to)\s$")


@cache
def _followers() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{signs().follows})\s(?:to|with)\s")


@cache
def _following() -> re.Pattern[str]:
    """What stands before one who only has the followers that act: *fighters loyal to General …*."""
    return re.compile(_followers().pattern + r"(?:[^\W\d_a-z][\w’'-]*\s)*$")


@lru_cache(maxsize=1)
def shipped() -> Registry:
    """The shipped registry, read once. Raises `ModelError` where it is missing or damaged."""
    return Registry(compiled.read())


def load(extra: Path | None = None) -> Registry:
    """The shipped registry, with a user's own file of the same schema where one is given.

    Raises `ItemError`, naming file and entry, where the file breaks the schema.
    """
    return shipped() if extra is None else Registry(extended(compiled.read(), extra))


def resolved(reading: Reading, registry: Registry) -> Reading:
    """The reading with every participant's id, name, country and sector filled where they are known.

    A source gets a name where it is a known actor or public person. `scores["actors"]` is the mean score of the
    statement's participants that have an id.
    """
    if not reading.statements:
        return reading
    text, meaning = reading.document.text, _Meaning(reading, registry)
    read: Iterable[Statement] = reading.statements
    if meaning.context.names:
        read = [with_names(statement, text, meaning.context.names, meaning.is_known_name) for statement in read]
    if AMPERSAND in text:
        read = [parted(one, text, lambda words: registry.parties(words, meaning.context)) for one in read]
    read = [meaning.surroundings.unlabelled(one) for one in read]
    if _followers().search(text):
        read = [_without_leaders(statement, text, meaning.of) for statement in read]
    statements = [_with_actors(statement, text, meaning.of) for statement in read]
    referents = Referents(text, list(_antecedents(statements, meaning.of)))
    return msgspec.structs.replace(
        reading, statements=tuple(_pointed(one, text, referents, meaning.of) for one in statements)
    )


class _Meaning:
    """Whom the words of one text mean, by the registry and by what the text is about; each words are looked up once."""

    def __init__(self, reading: Reading, registry: Registry) -> None:
        self._registry, self._text = registry, reading.document.text
        dated = reading.document.reference_date
        date = dated[0] if dated else _dated_by_itself(self._text, registry.present)
        self._places = cache(lambda: names_place(reading.statements))
        self.context = context_of(self._text, date, registry.sought, _countries(reading), self._places)
        self.surroundings = Surroundings(self._text, self.context, registry.countries.territories)
        self._known: dict[tuple[str, str | None], Identity] = {}

    def of(self, words: str, start: int, told: Statement | None) -> Identity:
        """Whom words at `start` mean, in the statement `told` of them: *the president* who has just fallen is the one
        who held the office before."""
        who = self._as_they_stand(words, start, told)
        holder = _by_office(who)
        if told is None or holder is None or not falls(start, told):
            return who
        before = self._registry.identify(words, before_the_fall(self.context.of(holder.country)))
        return before if _by_office(before) not in (None, holder) else who

    def is_known_name(self, words: str) -> bool:
        """Whether words are the name of one whom the registry has."""
        match = self._in_country(words, self.context.country).match
        return match is not None and not match.is_new

    def _in_country(self, words: str, country: str | None) -> Identity:
        if (words, country) not in self._known:
            self._known[words, country] = self._registry.identify(words, self.context.of(country))
        return self._known[words, country]

    def _as_they_stand(self, words: str, start: int, told: Statement | None) -> Identity:
        """Whom words mean where they stand: nobody where they name a place, and for a bare *the army* the army of the
        state or the territory that is spoken of there."""
        who, headlines = self._in_country(words, self.context.country), self.context.headlines
        if is_place(words, who, self._places):
            return Identity()
        new = who.match is not None and who.match.is_new
        if new and headlines.hold(start) and headlines.hold_every(words):
            return self._in_country(words.lower(), self.context.country)
        if who.seat and _as_place().search(self._text, max(0, start - 24), start):
            return Identity()
        if not who.bare:
            return who
        if (territory := self.surroundings.breakaway(words, start)) is not None:
            return Identity(None, territory.country, who.sector)
        return self._in_country(words, self.surroundings.country(words, start, told))


def _dated_by_itself(text: str, present: datetime.date) -> datetime.date:
    """The day as of which an undated text tells who is who: the end of the latest year it names, but no later than the
    present, which it is without any."""
    years = [int(year) for year in YEAR.findall(text)]
    return min(present, datetime.date(max(years), 12, 31)) if years else present


def _countries(reading: Reading) -> list[str]:
    """The countries of the statements' places, each place once, but of where something is talked about or agreed on."""
    places = {
        (statement.place.start, statement.place.country): statement.place.country
        for statement in reading.statements
        if statement.place is not None and statement.place.country is not None and statement.type not in TALKS
    }
    return list(places.values())


def _antecedents(statements: Sequence[Statement], identity: Identify) -> Iterator[Antecedent]:
    """Every source and participant that is no pronoun or description itself, each span once; but a source that is an
    organ which its noun alone tells."""
    seen: set[tuple[int, int]] = set()
    for statement in statements:
        sources = [one for one in statement.sources if one.source_kind is not SourceKind.HEARSAY]
        mentions: tuple[Source | Participant, ...] = (*sources, *statement.actors, *statement.recipients)
        for one in mentions:
            if (one.start, one.end) in seen:
                continue
            described = sort_of(one.text) is not None
            if described and not (isinstance(one, Source) and _is_known_body(one, identity, statement)):
                continue
            seen.add((one.start, one.end))
            yield _antecedent(one, identity(one.text, one.start, statement), bare=described)


def _antecedent(one: Source | Participant, who: Identity, bare: bool = False) -> Antecedent:
    """A mention as what something later may stand for."""
    match = None if who.joint else who.match
    speaks = isinstance(one, Source)
    body = isinstance(one, Source) and one.source_kind in BODIES
    name = one.name or (match.actor.name if match else one.text)
    return Antecedent(one.start, one.end, one.text, name, match.actor.kind if match else None, speaks, body, bare)


def _pointed(statement: Statement, text: str, referents: Referents, identity: Identify) -> Statement:
    """A statement whose pronouns and descriptions carry what they stand for: sources its name, participants its entry.

    `scores["referents"]` is the least sure of them. A private person is nobody's entry, and so lends a participant
    none. Nobody acts on himself: *the army bombed it* has no army for *it*, and *the minister* whom a
    president dismisses is another.
    """
    speaker: Antecedent | None = None
    sure: list[float] = []
    sources = []
    for source in statement.sources:
        named = _is_known_body(source, identity, statement)
        answer = None if named else referents.of(source.text, source.start, speaks=True)
        if answer is not None:
            sure.append(answer.score)
            source, speaker = msgspec.structs.replace(source, name=answer.antecedent.name), answer.antecedent
        elif source.source_kind is not SourceKind.HEARSAY:
            speaker = _antecedent(source, identity(source.text, source.start, statement))
        sources.append(source)

    def filled(person: Participant, acting: frozenset[str] = frozenset()) -> Participant:
        if person.id is not None:
            return person
        own = _follows_saying(person, statement, text)
        if (answer := referents.of(person.text, person.start, False, speaker, own)) is None:
            return person
        told = statement if answer.antecedent is speaker else None
        who = identity(answer.antecedent.text, answer.antecedent.start, told)
        if who.match is None or len({person.country, who.country} - {None}) > 1:
            return person
        if who.match.actor.id in acting and (person.text.casefold() in OBJECTS or _is_noun(person.text)):
            return person
        sure.append(answer.score)
        return _filled(person, who)

    actors = tuple(filled(one) for one in statement.actors)
    acting = frozenset(one.id for one in actors if one.id is not None)
    recipients = tuple(filled(one, acting) for one in statement.recipients)
    if not sure:
        return statement
    scores = {**statement.scores, "referents": round(min(sure), 4)}
    return msgspec.structs.replace(
        statement, sources=tuple(sources), actors=actors, recipients=recipients, scores=scores
    )


def _follows_saying(person: Participant, statement: Statement, text: str) -> bool:
    """Whether a participant is the first word of what a statement's innermost source says: *the army said it had*.

    An official who says so means no body as which he could be taken.
    """
    source, cue = next(reversed(statement.sources), None), statement.cue
    if source is None or cue is None or not source.end <= cue.start < cue.end <= person.start:
        return False
    several = sort_of(person.text) == ("several", "")
    if source.source_kind is SourceKind.HEARSAY or not (several or source.source_kind in BODIES):
        return False
    verb, verbs = cue.text.casefold(), signs()
    if (BEHIND_TOLD if verb in verbs.told else BEHIND_SAID).fullmatch(text, cue.end, person.start) is None:
        return False
    if verb in verbs.said | verbs.told or THAT.search(text, cue.end, person.start) is not None:
        return True
    return (GOES_ON_ALONE if verb in verbs.claimed else GOES_ON).match(text, person.end) is not None


def _by_office(who: Identity) -> Actor | None:
    """The person whom a mention may name by an office: *Iran's president*, *the president*; null for a surname."""
    match = who.match
    return match.actor if match and match.actor.kind is Kind.PERSON and "lone_surname" not in match.features else None


def _is_noun(mention: str) -> bool:
    """Whether a mention is the bare noun for a person or body: *the minister*, *the group*."""
    sort = sort_of(mention)
    return sort is not None and sort[0] == "noun"


def _is_known_body(source: Source, identity: Identify, told: Statement) -> bool:
    """Whether a source is an organ that its noun alone tells: *the army* is the state's, not a group named before."""
    return _is_noun(source.text) and identity(source.text, source.start, told).match is not None


def _without_leaders(statement: Statement, text: str, identity: Identify) -> Statement:
    """A statement without those who only lead who acts in it: *fighters loyal to …* are not the person himself."""

    def acting(people: tuple[Participant, ...]) -> tuple[Participant, ...]:
        return tuple(one for one in people if not leads(one))

    def leads(one: Participant) -> bool:
        if _following().search(text, max(0, one.start - 60), one.start) is None:
            return False
        match = identity(one.text, one.start, statement).match
        return match is None or match.actor.kind is Kind.PERSON

    actors, recipients = acting(statement.actors), acting(statement.recipients)
    if (actors, recipients) == (statement.actors, statement.recipients):
        return statement
    return msgspec.structs.replace(statement, actors=actors, recipients=recipients)


def _with_actors(statement: Statement, text: str, identity: Identify) -> Statement:
    parties = (*statement.actors, *statement.recipients)
    found = [of_war(person.text, identity(person.text, person.start, statement), statement) for person in parties]
    found = [of_police(one.text, one.start, who, text) for one, who in zip(parties, found, strict=True)]
    people = [_filled(person, who) for person, who in zip(parties, found, strict=True)]
    matches = [who.match.score for who in found if who.match is not None]
    scores = dict(statement.scores)
    if matches:
        scores["actors"] = round(sum(matches) / len(matches), 4)
    return msgspec.structs.replace(
        statement,
        actors=tuple(people[: len(statement.actors)]),
        recipients=tuple(people[len(statement.actors) :]),
        sources=tuple(_named_source(source, identity, statement) for source in statement.sources),
        scores=scores,
    )


def _filled(person: Participant, who: Identity) -> Participant:
    if who.match is None and who.country is None and who.sector is None:
        return person
    actor = who.match.actor if who.match is not None else None
    return msgspec.structs.replace(
        person,
        id=person.id or (actor.id if actor else None),
        name=person.name or (actor.name if actor else None),
        country=person.country or who.country,
        sector=person.sector or who.sector,
    )


def _named_source(source: Source, identity: Identify, told: Statement) -> Source:
    if source.name is not None or source.source_kind is SourceKind.HEARSAY:
        return source
    who = identity(source.text, source.start, told)
    if who.match is None or who.joint or who.match.is_new:
        return source
    return msgspec.structs.replace(source, name=who.match.actor.name)
