"""Predictions from readings: every forecast and commitment of a document, with what would count and by when.

Beside the reader's statements, sentences are taken that state a likelihood outright (*a second decree is likely before
the end of May*) and that the reader passed over: a noun that carries the forecast is easily missed.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.ledger.conditions import condition_of
from foreshock.ledger.horizons.horizon import day_in, horizon
from foreshock.ledger.outright import Outright, odds_in, outright_in
from foreshock.ledger.parts import Forecaster, Horizon, Odds, prediction_id
from foreshock.ledger.plainly import plainly_in, plans_in_text
from foreshock.ledger.sifting import PREDICTED, foretelling
from foreshock.ledger.speakers.homes import NOWHERE, Homes, is_named
from foreshock.ledger.speakers.phrases import stripped
from foreshock.ledger.speakers.speakers import Speakers
from foreshock.ledger.yardsticks import of_criterion
from foreshock.model.day import EARLIEST, earliest_day
from foreshock.model.document import Document
from foreshock.model.prediction import Criterion, Prediction
from foreshock.model.statement import Participant, Place, Statement, statement_id
from foreshock.model.vocabulary import MECHANISMS, Granularity, Kind, Polarity
from foreshock.read.likelihood import interval_of
from foreshock.read.segment import sentences

_PLAIN = frozenset(("will", "would", "would not", "wouldn't", "wouldn’t", "shall", "can", "could", "'ll", "’ll", "to"))
_INTENDED = re.compile(
    r"(?:(?:nobody|no[\s-]?one|none|neither)\s(?:[\w’'-]+\s){0,4})?"
    r"(?:will|would|shall|(?:is|are|was|were)(?:n['’]t)?|won['’]t|wouldn['’]t|['’]ll)"
    r"(?:\s(?:not|never|no\slonger|also|still|going|to)\b)*",
    re.IGNORECASE,
)
"""What a pledge says of itself, and no odds: *will not*, *nobody will*, *are to*."""
_LEAD = 90
"""Characters before a clause in which its odds may stand."""


@dataclass(frozen=True)
class _Text:
    """A text that foretells: its day, its sentences' `[start, end)`, its speakers, the country it is mostly about, the
    one where most of it is placed, be it a namesake's, and the one that its outlet usually is.

    `undated`: it bears no date, and its day is the one on which it was taken in. `granularity` says how exactly the day
    is known.
    """

    document: Document
    statements: Sequence[Statement]
    made: datetime.date
    granularity: Granularity
    undated: bool
    spans: Sequence[tuple[int, int]]
    speakers: Speakers
    country: str | None
    placed: str | None
    usual: str | None


@dataclass(frozen=True)
class _Clause:
    """The words at `[start, end)` of a text that foretell, what they hang on, and the statement they are."""

    statement: str
    start: int
    end: int
    kind: Kind
    condition: str | None


@dataclass(frozen=True)
class _Subject:
    """What would count, the type of act it is, and the countries of those in it."""

    criterion: Criterion
    type: str | None = None
    countries: Sequence[str | None] = ()


def predictions_of(
    document: Document,
    statements: Sequence[Statement],
    taken: datetime.date | None = None,
    homes: Homes = NOWHERE,
) -> list[Prediction]:
    """The predictions of one document in text order; `homes` says what its outlet writes about.

    A document without a date that can be right counts as made on the day it was `taken` in; none are drawn where that
    is not known either, for nothing would ever be due.
    """
    told = _day_told(document, taken)
    made = told or ((taken, Granularity.DAY) if taken is not None else None)
    if made is None:
        return []
    spans = sentences(document.text)
    country, usual = homes.main_country(document, statements), homes.usual(document.outlet)
    placed = homes.mostly_placed(document.outlet, statements)
    speakers = Speakers(document, statements, usual, homes.outlets)
    text = _Text(document, statements, *made, told is None, spans, speakers, country, placed, usual)
    found = [_from_statement(text, one) for one in foretelling(document.text, statements)]
    held = [(one.start, one.end) for one in found]
    held += [(one.start, one.end) for one in statements if one.kind in PREDICTED]
    outright = [_from_sentence(text, one) for one in outright_in(document.text, spans, held)]
    found += [*outright, *_dated(text, [*held, *((one.start, one.end) for one in outright)])]
    return sorted(found, key=lambda one: one.start)


def _day_told(document: Document, taken: datetime.date | None) -> tuple[datetime.date, Granularity] | None:
    """The day that the document bears, and how exactly that is known; null for none, and for one that cannot be right.

    Nobody can have published a text on a day that had begun nowhere when it was `taken` in: it would come up as
    foretold on that day once that is here.
    """
    if document.reference_date is None:
        return None
    day, granularity = document.reference_date
    begins = earliest_day(day, granularity)
    tomorrow = begins if taken is None else taken + datetime.timedelta(days=1)
    return (day, granularity) if EARLIEST <= begins <= tomorrow else None


def _dated(text: _Text, held: Sequence[tuple[int, int]]) -> list[Prediction]:
    """What a bare *will* foretells, and what a body plans, that the reader passed over, where it says by when; `held`
    are those found."""
    read = [(one.start, one.end) for one in text.statements]
    plain = list(plainly_in(text.document.text, text.spans, read, held))
    plans = plans_in_text(text.document.text, text.spans, read, [*held, *((one.start, one.end) for one in plain)])
    told = [(one, Kind.FORECAST) for one in plain] + [(one, Kind.COMMITMENT) for one in plans]
    due = [
        (one, kind)
        for one, kind in told
        if day_in(text.document.text[one.start : one.end], text.made, text.granularity) is not None
    ]
    return [one for one in (_from_sentence(text, *each) for each in due) if not one.default_horizon]


def _from_statement(text: _Text, statement: Statement) -> Prediction:
    start, end = statement.start, statement.end
    negated = statement.polarity is Polarity.NEGATIVE
    speaker = text.speakers.of(statement)
    phrase, told = _likelihood(
        text.document.text, statement, bool(statement.sources) or speaker != text.speakers.author
    )
    low, high = of_criterion(*told, negated, phrase or "") if told is not None else (None, None)
    countries = [person.country for person in (*statement.actors, *statement.recipients)]
    if statement.place is not None:
        countries.append(statement.place.country)
    return _prediction(
        text,
        _Clause(statement.id, start, end, statement.kind, _condition(text, statement)),
        speaker,
        _Subject(_criterion_of(text, statement), statement.type, countries),
        Odds(phrase, low, high, negated),
        horizon(text.document, text.made, statement, start, end, text.country, text.granularity),
    )


def _from_sentence(text: _Text, told: Outright, kind: Kind = Kind.FORECAST) -> Prediction:
    start, end = told.start, told.end
    beside = [one for one in text.statements if one.start < end and start < one.end]
    source = next((one.sources[-1] for one in beside if one.sources), None)
    return _prediction(
        text,
        _Clause(statement_id(text.document.id, start, end), start, end, kind, told.condition),
        text.speakers.planning(start, end) if kind is Kind.COMMITMENT else text.speakers.at(start, end, source),
        _Subject(_criterion_at(text, text.document.text[start:end], beside)),
        told.odds,
        horizon(text.document, text.made, None, start, end, text.country, text.granularity),
    )


def _criterion_of(text: _Text, statement: Statement) -> Criterion:
    """What has to come true: the statement's words, act and actors, where it places them."""
    place = statement.place
    country, admin1 = _where(text, place, statement.actors)
    return Criterion(
        words=statement.text,
        type=statement.type,
        mode=statement.mode,
        mechanisms=tuple(name for name in statement.contexts if name in MECHANISMS),
        actors=tuple(dict.fromkeys(_called(one) for one in (*statement.actors, *statement.recipients))),
        place=(place.name or place.text) if place else None,
        country=country,
        admin1=admin1,
    )


def _where(text: _Text, place: Place | None, actors: Sequence[Participant] = ()) -> tuple[str | None, str | None]:
    """The country and first-level region that a clause's place tells, else the country of whoever acts.

    None that the text never names, where only a common noun stands for it (*the ministry*, *some office*): that is of
    the country that the text is about. A pronoun stands for whom it means: *Washington said that it will*.
    """
    country = (place.country if place else None) or next((one.country for one in actors if one.country), None)
    admin1 = place.admin1 if place else None
    if text.country is None or country in (None, text.country, text.usual):
        return country, admin1
    words = [place.text] if place is not None and place.text and place.country else []
    doers = {one.name for one in actors if one.country == country and one.name}
    words += [one.text for one in actors if one.country == country]
    for one in text.statements:
        words += [who.text for who in (*one.actors, *one.recipients) if who.name in doers]
        words += [who.text for who in one.sources if who.name in doers]
    named = any(stripped(each) != stripped(each).casefold() for each in words)
    return (country, admin1) if named or is_named(country, text.document.text, text.statements) else (None, None)


def _condition(text: _Text, statement: Statement) -> str | None:
    """What it hangs on, where that stands in its own sentence: the next sentence's *if* is another prediction's.

    Where the reader names none, the sentence's own *if*, *unless* or *should* tells it.
    """
    of = _sentence_of(text.spans, statement.start)
    told = statement.condition
    if told is not None and _sentence_of(text.spans, told.start) == of:
        return told.text
    if of is None:
        return None
    start, end = of
    return condition_of(text.document.text[start:end], statement.trigger.start - start, statement.end - start)


def _sentence_of(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    return next(((start, end) for start, end in spans if start <= at < end), None)


def _likelihood(text: str, statement: Statement, reported: bool) -> tuple[str | None, tuple[float, float] | None]:
    """The odds a statement carries, and the words that give them; `reported` says that another than the author speaks.

    Odds told before the clause (*I put it at two in three that they will …*) go before a mere *will* in it. *Would* in
    reported speech is the speaker's *will*, but where the reader found it feared or hoped. A pledge that names no odds
    has none, whether it promises or refuses: an intention is no estimate.
    """
    own, pledge = statement.likelihood, statement.kind is Kind.COMMITMENT
    words = " ".join(own.text.casefold().split()) if own is not None else ""
    if own is not None and words not in _PLAIN and not (pledge and _INTENDED.fullmatch(words)):
        return own.text, (own.low, own.high)
    before = re.split(r"[.;:\n]", text[max(0, statement.start - _LEAD) : statement.start])[-1]
    phrase = odds_in(before)
    if phrase is not None and before.rstrip().endswith("that") and (told := interval_of(phrase.words)):
        return phrase.words, told
    if own is None or pledge:
        return None, None
    if words == "would" and reported and (own.low, own.high) == interval_of("would"):
        return own.text, interval_of("will")
    return own.text, (own.low, own.high)


def _criterion_at(text: _Text, words: str, beside: Sequence[Statement]) -> Criterion:
    """What would count for words that the reader took for no prediction: with the place and actors it found in them."""
    place = next((one.place for one in beside if one.place is not None and one.place.country), None)
    country, admin1 = _where(text, place)
    actors = dict.fromkeys(_called(person) for one in beside for person in one.actors if person.id)
    return Criterion(
        words=words,
        actors=tuple(actors),
        place=(place.name or place.text) if place else None,
        country=country,
        admin1=admin1,
    )


def _prediction(
    text: _Text, clause: _Clause, speaker: Forecaster, subject: _Subject, odds: Odds, until: Horizon
) -> Prediction:
    document, criterion = text.document, subject.criterion
    identity = prediction_id(document.id, clause.statement)
    # Reports of the same village are placed where its namesake is, too: they are held against it all the same. What the
    # record is mostly about is a guess that adds none.
    countries = (criterion.country, text.placed, *subject.countries, text.usual)
    return Prediction(
        id=identity, statement=clause.statement, document=document.id, start=clause.start, end=clause.end,
        text=document.text[clause.start : clause.end], kind=clause.kind.value, forecaster_kind=speaker.kind,
        forecaster=speaker.name, outlet=document.outlet, made=text.made, criterion=criterion, by=until.by,
        default_horizon=until.default, negated=odds.negated, likelihood=odds.words, low=odds.low, high=odds.high,
        condition=clause.condition, topic=next(iter(criterion.mechanisms), subject.type),
        country=criterion.country or text.country, countries=tuple(dict.fromkeys(code for code in countries if code)),
        group=identity, line=identity, context=_context(document.text, clause.start, text.spans),
        undated=text.undated, made_granularity=None if text.granularity is Granularity.DAY else text.granularity,
    )  # fmt: skip


def _context(text: str, start: int, spans: Sequence[tuple[int, int]]) -> str:
    """The sentence and the one before it: whom *it* and *they* stand for."""
    number = next((n for n, (a, b) in enumerate(spans) if a <= start < b), None)
    if number is None:
        return ""
    return " ".join(text[a:b] for a, b in spans[max(0, number - 1) : number + 1])


def _called(person: Participant) -> str:
    return person.name or person.text
