"""Later reports as they are held against a prediction: words, acts, names, and the day on which they say it was."""

import datetime
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

import msgspec

from foreshock.corroborate.events.words import weighed
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.outcomes.senses import MONTH_NAMES, senses_of, states_in, undone
from foreshock.ledger.words import countries_named, stems
from foreshock.model.day import earliest_day
from foreshock.model.document import Document
from foreshock.model.letters import UPPER
from foreshock.model.statement import Statement, Time
from foreshock.model.vocabulary import Granularity, Kind, Polarity
from foreshock.read.negation import NOBODY, NONE, NOT, UNABLE, denial
from foreshock.read.segment import sentences
from foreshock.read.time_spans import Reference
from foreshock.read.times import resolve

BESIDE = "told beside it: "
"""Before the words of a sentence without a statement, where evidence stands at the statement before it."""

_DENIAL = denial(NOT, UNABLE, NOBODY, NONE, "nor|without|failed|missed|stopped|still|far from|instead")
"""Words by which a sentence may tell that something did not come, or not yet."""
_UNTOLD = re.compile(
    r"\b(?:will|would|shall|may|might|could|should|likely|unlikely|probably|perhaps|chance|if|denied|denies|rumours?|"
    r"expects?|feared|warned|promised|threatened|announced plans|probability|likelihood|"
    r"odds (?:of|on|that)|set itself)\b|’ll\b|'ll\b",
    re.IGNORECASE,
)
"""Words by which a clause does not tell that something was: hedges, plans, conditions, denials of claims."""
_NUMBER = re.compile(
    r"\d|\b(?:half|third|quarter|dozen|hundred|thousand|million|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b",
    re.IGNORECASE,
)
DATELINE = re.compile(rf"^\s*[{UPPER}][{UPPER}’' .-]{{2,30}}(?:,[^—–:\n]{{2,40}})?(?:\s*\([^)\n]{{2,40}}\))?\s+[—–]\s+")
"""Where and when a report was written, and for whom: not what it tells."""
_SINCE_STRETCH = re.compile(
    r"\bsince\s+(?P<stretch>(?:the\s+|last\s+)(?:spring|summer|autumn|winter|year))\b", re.IGNORECASE
)
_LEAD = 400
"""Characters at the head of a document whose words stand around each of its reports."""
_STORY_WORDS = 60
"""Words of a document by which its story is known again."""
_AT_HOME = 0.3
"""Least share of a document's placed mentions for it to be about a country."""


@dataclass(frozen=True)
class Told:
    """The event that a statement was merged into, and the days the record gives it; null where it gives none."""

    event: str
    first: datetime.date | None
    last: datetime.date | None


_NO_EVENT = Told("", None, None)


@dataclass(frozen=True, slots=True)
class Report:
    """A statement of fact in its document, ready to be compared: without what nothing is compared by, for all of a
    record are in memory at once.

    `home` are the countries its document is about, `whose` those of its actors; `story` weighs the document's words,
    length 1. `before` is the sentence before its own, empty for none, `beside` its stems; `lead` are the stems of the
    document's head, `undone` the senses whose opposite it tells, `places` names in lower case. `denies` says that its
    sentence denies something; `since` from when on it speaks, where it says so. `event` is the merged event it belongs
    to, null for none; `of_event` are the stems of all of that event's reports. `published` is the last day of a month
    of which no day is known; `granularity` says how exactly it is.
    """

    statement: Statement
    document: str
    title: str | None
    outlet: str | None
    published: datetime.date
    happened: datetime.date
    sentence: str
    before: str
    stems: frozenset[str]
    beside: frozenset[str]
    lead: frozenset[str]
    senses: frozenset[str]
    undone: frozenset[str]
    country: str | None
    countries: frozenset[str]
    places: frozenset[str]
    home: frozenset[str]
    whose: frozenset[str]
    since: datetime.date | None
    denies: bool
    story: Mapping[str, float]
    event: str | None = None
    of_event: frozenset[str] = frozenset()
    granularity: Granularity = Granularity.DAY

    @property
    def around(self) -> frozenset[str]:
        """The stems of the sentence before it and of its document's head."""
        return self.beside | self.lead

    @property
    def others(self) -> frozenset[str]:
        """What the further reports of its event tell, and it does not."""
        return self.of_event - self.stems

    @property
    def earliest(self) -> datetime.date:
        """The first day on which it can have been published."""
        return earliest_day(self.published, self.granularity)

    @property
    def reference(self) -> Reference:
        """What its *today* is."""
        return Reference(self.published, self.granularity)


def countries_told(statements: Sequence[Statement]) -> Counter[str]:
    """How often statements name each country, as that of a place or of a participant."""
    counted = Counter(one.place.country for one in statements if one.place is not None and one.place.country)
    counted.update(person.country for one in statements for person in (*one.actors, *one.recipients) if person.country)
    return counted


def home_of(statements: Sequence[Statement], share: float = _AT_HOME) -> frozenset[str]:
    """The countries that a document is about: those of at least this share of its places and actors."""
    counted = countries_told(statements)
    return frozenset(code for code, number in counted.items() if number >= share * counted.total())


def story_of(document: Document) -> dict[str, float]:
    """The words of a document, the rarest and commonest in it first, scaled to length 1."""
    return weighed(stems(f"{document.title or ''} {document.text}"), _STORY_WORDS)


def _told(words: str) -> bool:
    """Whether a clause tells what was: *in May* is a month, and no hedge."""
    return _UNTOLD.search(MONTH_NAMES.sub(" ", words)) is None


class Page:
    """A document with what all its reports share: its sentences, its head, what it is about, its words."""

    def __init__(
        self, document: Document, dated: tuple[datetime.date, Granularity], statements: Sequence[Statement]
    ) -> None:
        """`dated`: when the document was published, and how exactly that is known."""
        self.document, self.statements = document, statements
        self.published, self.granularity = dated
        self.spans = sentences(document.text)
        self.lead = frozenset(stems(f"{document.title or ''} {document.text[:_LEAD]}"))
        self.home, self.story = home_of(statements), story_of(document)
        self._told: dict[str, frozenset[str]] = {}

    def reports(self, events: Mapping[str, Told | None]) -> list[Report]:
        """The statements that tell what was.

        `events` gives the event that a statement was merged into; null for one that a person dismissed or that is
        graded improbable, which is left out.
        """
        return [
            self.report(one, events.get(one.id))
            for one in self.statements
            if one.kind is Kind.REPORT and _told(one.text) and events.get(one.id, _NO_EVENT) is not None
        ]

    def figures(self, subjects: Set[str]) -> list[Report]:
        """The sentences that hold a number and one of the stems of `subjects`, and in which the reader found no
        statement: *output is 92,000 barrels a day*.

        Each stands as a report at the statement that is told before it, of the day of publication; a document without
        statements has none.
        """
        if not subjects or not self.statements:
            return []
        return [self.beside(number, at) for number, at in self._untold() if self._counts(number, subjects)]

    def _counts(self, number: int, subjects: Set[str]) -> bool:
        words = self.sentence(number)
        return _NUMBER.search(words) is not None and not subjects.isdisjoint(stems(words))

    def report(self, statement: Statement, told: Told | None) -> Report:
        """A statement of it as a report, of the event `told` where it was merged into one."""
        return self._report(statement, told, *self._sentences_at(statement))

    def _report(self, statement: Statement, told: Told | None, sentence: str, before: str) -> Report:
        time = statement.time
        return Report(
            statement=_compared(statement),
            document=self.document.id,
            title=self.document.title,
            outlet=self.document.outlet,
            published=self.published,
            happened=_day(statement, self.published, told),
            sentence=sentence,
            before=before,
            stems=self._stems(DATELINE.sub("", sentence)),
            beside=self._stems(before),
            lead=self.lead,
            senses=_held_once(senses_of(statement) | states_in(sentence)),
            undone=_held_once(undone(lexicon().senses, sentence, statement)),
            country=statement.place.country if statement.place else None,
            countries=_held_once(_countries(statement)),
            places=_held_once(_places(statement)),
            home=self.home,
            whose=_held_once(_whose(statement)),
            since=_since(time, Reference(self.published, self.granularity)),
            denies=_DENIAL.search(sentence) is not None,
            story=self.story,
            event=told.event if told is not None else None,
            granularity=self.granularity,
        )

    def sentence(self, number: int) -> str:
        """The words of one sentence."""
        return self._sentences[number]

    @cached_property
    def _sentences(self) -> list[str]:
        """The words of each sentence, the same for all that is told in it."""
        return [self.document.text[start:end] for start, end in self.spans]

    def _stems(self, sentence: str) -> frozenset[str]:
        """The stems of a sentence, the same for all that is told in it and behind it."""
        if sentence not in self._told:
            self._told[sentence] = frozenset(stems(sentence))
        return self._told[sentence]

    def _untold(self) -> Iterator[tuple[int, Statement]]:
        """The numbers of the sentences in which no statement begins, each with the last statement before it, or the
        first of all."""
        told = sorted(self.statements, key=lambda one: one.start)
        starts = [one.start for one in told]
        for number, (start, end) in enumerate(self.spans):
            before = bisect_left(starts, start)
            if bisect_left(starts, end) == before:
                yield number, told[max(0, before - 1)]

    def beside(self, number: int, at: Statement) -> Report:
        """A sentence without a statement, as a report at one beside it."""
        words = self.sentence(number)
        bare = msgspec.structs.replace(
            at, text=words, kind=Kind.REPORT, polarity=Polarity.POSITIVE, type=None, mode=None, contexts=(),
            actors=(), recipients=(), place=None, time=None,
        )  # fmt: skip
        return self._report(bare, None, words, self.sentence(number - 1) if number else "")

    def _sentences_at(self, statement: Statement) -> tuple[str, str]:
        """The sentence in which a statement begins, and the one before it; the statement's words where none holds."""
        number = next((n for n, (start, end) in enumerate(self.spans) if start <= statement.start < end), None)
        if number is None:
            return statement.text, ""
        return self.sentence(number), self.sentence(number - 1) if number else ""


@lru_cache(maxsize=16_384)
def _held_once(words: frozenset[str]) -> frozenset[str]:
    """The same words, the same object for all reports that have them."""
    return words


def _compared(statement: Statement) -> Statement:
    """A statement with what reports are compared by, and nothing else."""
    place = statement.place
    return msgspec.structs.replace(
        statement, sources=(), cue=None, actors=(), recipients=(), condition=None, likelihood=None, counts={},
        loaded=(), scores={}, place=None if place is None else msgspec.structs.replace(place, members=()),
    )  # fmt: skip


def _since(time: Time | None, published: Reference) -> datetime.date | None:
    """From when on a report speaks, where it says so; *since last summer* is since that was over."""
    if time is None or time.text is None:
        return None
    stretch = _SINCE_STRETCH.search(time.text)
    if stretch is None:
        return time.from_
    return resolve(stretch["stretch"], published).end or time.from_


def _countries(statement: Statement) -> frozenset[str]:
    """The countries of a statement's place and participants."""
    people = (*statement.actors, *statement.recipients)
    told = (statement.place.country if statement.place else None, *(person.country for person in people))
    return frozenset(code for code in told if code)


def _places(statement: Statement) -> frozenset[str]:
    """The names of a statement's place and first-level unit, and its words for them, in lower case."""
    place = statement.place
    told = (place.name, place.admin1, place.text) if place else ()
    return frozenset(name.casefold() for name in told if name)


def _whose(statement: Statement) -> frozenset[str]:
    """The countries of a statement's actors, from the registry or their own words."""
    found = {person.country for person in statement.actors if person.country}
    for person in statement.actors:
        found |= countries_named(person.text)
    return frozenset(found)


def _day(statement: Statement, published: datetime.date, told: Told | None) -> datetime.date:
    """When it happened: the time told, where that is a past day or month; else the day that the event's other reports
    give it; else the day of publication."""
    time = statement.time
    if time is not None and time.granularity is not Granularity.OPEN and time.to is not None and time.to <= published:
        return time.to
    if told is not None and told.last is not None and told.first is not None and told.last <= published:
        return told.last
    return published
