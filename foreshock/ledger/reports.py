"""Later reports as they are held against a prediction: words, acts, names, and the day on which they say it was."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foreshock.corroborate.events_words import FUNCTION_WORDS, rarity, stem, stems
from foreshock.ledger.lexicon import Sense, lexicon
from foreshock.model.document import Document
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Granularity, Kind, Polarity
from foreshock.read.segment import sentences

INFORMATIVE = 1.5
"""Least rarity of a stem that may call up a report: in fewer than about one newswire document of five."""

_CAPITALISED = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]{2,}")


_MONTH_NAMES = re.compile(
    r"(?:\b(?:in|by|of|since|until|till|before|after|last|this|next|on|during|early|late|to|and|from)|\d)\s+(?:March|May)\b|"
    r"\b(?:March|May)\s+\d"
)
"""*March* and *May* where they are months."""
_NOT = re.compile(r"\b(?:not|never|no|nobody|none|neither|nor)\b|n['’]t\b", re.IGNORECASE)
_NEAR = 34
"""Characters before a word of an act in which a negation denies it."""
_UNTOLD = re.compile(
    r"\b(?:will|would|shall|may|might|could|should|likely|unlikely|probably|perhaps|chance|if|denied|denies|rumours?|"
    r"expects?|feared|warned|promised|threatened|announced plans)\b|’ll\b|'ll\b",
    re.IGNORECASE,
)
"""Words by which a clause does not tell that something was: hedges, plans, conditions, denials of claims."""


@dataclass(frozen=True)
class Report:
    """A statement of fact in its document, ready to be compared."""

    statement: Statement
    document: str
    title: str | None
    outlet: str | None
    published: datetime.date
    happened: datetime.date
    sentence: str
    stems: frozenset[str]
    around: frozenset[str]
    senses: frozenset[str]
    undone: frozenset[str]
    country: str | None
    countries: frozenset[str]
    places: frozenset[str]


def senses_in(words: str, acts: Iterable[str] = ()) -> frozenset[str]:
    """The senses that words or PLOVER acts (`COERCE seize`, `ASSAULT`) carry."""
    told, words = set(acts), _MONTH_NAMES.sub(" ", words)
    return frozenset(one.name for one in lexicon().senses if one.acts & told or one.words.search(words))


def acts_of(event_type: str | None, mode: str | None) -> tuple[str, ...]:
    """An act's names as senses list them: the type with its mode, and the type alone."""
    if event_type is None:
        return ()
    return (event_type, f"{event_type} {mode}") if mode else (event_type,)


def names_of(words: str) -> frozenset[str]:
    """Stems of the capitalised words that are no mere openers."""
    found = (match.group(0) for match in _CAPITALISED.finditer(words))
    return frozenset(stem(word.casefold()) for word in found if word.casefold() not in FUNCTION_WORDS)


def _undone(senses: Sequence[Sense], sentence: str, statement: Statement) -> frozenset[str]:
    """The senses whose opposite the sentence tells: in so many words, or by denying the act."""
    told = {one.name for one in senses if one.undone is not None and one.undone.search(sentence)}
    clause = _MONTH_NAMES.sub(" ", statement.text)
    for one in senses:
        if any(
            _NOT.search(clause[max(0, found.start() - _NEAR) : found.start()]) for found in one.words.finditer(clause)
        ):
            told.add(one.name)
    if statement.polarity is Polarity.NEGATIVE:
        told |= senses_in(statement.text, acts_of(statement.type, statement.mode))
    return frozenset(told)


def reports_of(document: Document, statements: Sequence[Statement]) -> list[Report]:
    """The statements of a document that tell what was."""
    reference = document.reference_date
    if reference is None:
        return []
    published = reference[0]
    spans = sentences(document.text)
    lead = frozenset(stems(f"{document.title or ''} {document.text[:400]}"))
    found = []
    for one in statements:
        if one.kind is not Kind.REPORT or _UNTOLD.search(one.text):
            continue
        number = next((n for n, (a, b) in enumerate(spans) if a <= one.start < b), None)
        sentence = document.text[slice(*spans[number])] if number is not None else one.text
        before = document.text[slice(*spans[number - 1])] if number else ""
        place = one.place
        found.append(
            Report(
                statement=one,
                document=document.id,
                title=document.title,
                outlet=document.outlet,
                published=published,
                happened=_day(one, published),
                sentence=sentence,
                stems=frozenset(stems(sentence)),
                around=frozenset(stems(before)) | lead,
                senses=senses_in(one.text, acts_of(one.type, one.mode)),
                undone=_undone(lexicon().senses, sentence, one),
                country=place.country if place else None,
                countries=frozenset(
                    code
                    for code in (
                        place.country if place else None,
                        *(person.country for person in (*one.actors, *one.recipients)),
                    )
                    if code
                ),
                places=frozenset(
                    name.casefold() for name in ((place.name, place.admin1, place.text) if place else ()) if name
                ),
            )
        )
    return found


def _day(statement: Statement, published: datetime.date) -> datetime.date:
    """When it happened: the time told, where that is a past day or month, else the day of publication."""
    time = statement.time
    if time is None or time.granularity is Granularity.OPEN or time.to is None or time.to > published:
        return published
    return time.to


class Index:
    """Reports by their informative stems, so that a prediction meets only those that share one with it."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self.reports = sorted(reports, key=lambda one: (one.published, one.document, one.statement.start))
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for number, report in enumerate(self.reports):
            for word in report.stems:
                if rarity(word) >= INFORMATIVE:
                    self._by_stem[word].append(number)

    def near(self, words: Iterable[str], after: datetime.date, until: datetime.date) -> list[Report]:
        """Reports published in `(after, until]` that share an informative stem with `words`."""
        numbers = {number for word in set(words) for number in self._by_stem.get(word, ())}
        return [self.reports[number] for number in sorted(numbers) if after < self.reports[number].published <= until]
