"""The actors of a reading: every participant's entry, name, country and sector, and the names of known sources."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from foreshock.actors import compiled
from foreshock.actors.context import context_of
from foreshock.actors.fresh import NEW
from foreshock.actors.identify import Identity, Match, Registry
from foreshock.actors.referents import Antecedent, Referents, sort_of
from foreshock.actors.registry import extended
from foreshock.model.statement import Participant, Reading, Source, Statement
from foreshock.model.vocabulary import SourceKind

__all__ = ["Match", "Registry", "load", "resolved", "shipped"]


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
    document = reading.document
    dated = document.reference_date
    places = [statement.place.country for statement in reading.statements if statement.place is not None]
    context = context_of(document.text, dated[0] if dated else None, registry.sought, filter(None, places))
    known: dict[str, Identity] = {}

    def identity(text: str) -> Identity:
        if text not in known:
            known[text] = registry.identify(text, context)
        return known[text]

    statements = [_with_actors(statement, identity) for statement in reading.statements]
    referents = Referents(document.text, list(_antecedents(statements, identity)))
    return msgspec.structs.replace(reading, statements=tuple(_pointed(one, referents, identity) for one in statements))


def _antecedents(statements: Sequence[Statement], identity: Callable[[str], Identity]) -> Iterator[Antecedent]:
    """Every source and participant that is no pronoun or description itself, each span once."""
    seen: set[tuple[int, int]] = set()
    for statement in statements:
        sources = [one for one in statement.sources if one.source_kind is not SourceKind.HEARSAY]
        mentions: tuple[Source | Participant, ...] = (*sources, *statement.actors, *statement.recipients)
        for one in mentions:
            if (one.start, one.end) in seen or sort_of(one.text) is not None:
                continue
            seen.add((one.start, one.end))
            who = identity(one.text)
            match = None if who.joint else who.match
            yield Antecedent(
                one.start, one.end, one.text, one.name or (match.actor.name if match else one.text),
                match.actor.kind if match else None, isinstance(one, Source),
            )  # fmt: skip


def _pointed(statement: Statement, referents: Referents, identity: Callable[[str], Identity]) -> Statement:
    """A statement whose pronouns and descriptions carry what they stand for: sources its name, participants its entry.

    `scores["referents"]` is the least sure of them. A private person is nobody's entry, and so lends a participant
    none.
    """
    speaker: Antecedent | None = None
    sure: list[float] = []
    sources = []
    for source in statement.sources:
        answer = referents.of(source.text, source.start, speaks=True)
        if answer is not None:
            sure.append(answer.score)
            source, speaker = msgspec.structs.replace(source, name=answer.antecedent.name), answer.antecedent
        elif source.source_kind is not SourceKind.HEARSAY:
            name = source.name or source.text
            speaker = Antecedent(source.start, source.end, source.text, name, speaks=True)
        sources.append(source)

    def filled(person: Participant) -> Participant:
        if person.id is not None or (answer := referents.of(person.text, person.start, False, speaker)) is None:
            return person
        who = identity(answer.antecedent.text)
        if who.match is None:
            return person
        sure.append(answer.score)
        return _filled(person, who)

    actors, recipients = tuple(map(filled, statement.actors)), tuple(map(filled, statement.recipients))
    if not sure:
        return statement
    scores = {**statement.scores, "referents": round(min(sure), 4)}
    return msgspec.structs.replace(
        statement, sources=tuple(sources), actors=actors, recipients=recipients, scores=scores
    )


def _with_actors(statement: Statement, identity: Callable[[str], Identity]) -> Statement:
    found = [identity(person.text) for person in (*statement.actors, *statement.recipients)]
    people = [
        _filled(person, who) for person, who in zip((*statement.actors, *statement.recipients), found, strict=True)
    ]
    matches = [who.match.score for who in found if who.match is not None]
    scores = dict(statement.scores)
    if matches:
        scores["actors"] = round(sum(matches) / len(matches), 4)
    return msgspec.structs.replace(
        statement,
        actors=tuple(people[: len(statement.actors)]),
        recipients=tuple(people[len(statement.actors) :]),
        sources=tuple(_named_source(source, identity) for source in statement.sources),
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


def _named_source(source: Source, identity: Callable[[str], Identity]) -> Source:
    if source.name is not None or source.source_kind is SourceKind.HEARSAY:
        return source
    who = identity(source.text)
    if who.match is None or who.joint or who.match.actor.id.startswith(NEW):
        return source
    return msgspec.structs.replace(source, name=who.match.actor.name)
