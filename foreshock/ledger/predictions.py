"""Predictions from readings: every forecast and commitment of a document, with what would count and by when.

Beside the reader's statements, sentences are taken that state a likelihood outright (*a second decree is likely before
the end of May*) and that the reader passed over: a noun that carries the forecast is easily missed.
"""

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from foreshock.ledger.horizon import horizon
from foreshock.ledger.lexicon import any_of
from foreshock.ledger.speakers import Speakers
from foreshock.ledger.yardsticks import of_criterion
from foreshock.model.document import Document
from foreshock.model.prediction import Criterion, ForecasterKind, Prediction
from foreshock.model.statement import Participant, Statement, statement_id
from foreshock.model.vocabulary import MECHANISMS, Kind, Polarity
from foreshock.read.likelihood import interval_of
from foreshock.read.segment import sentences

PREDICTED = (Kind.FORECAST, Kind.COMMITMENT)
STATED = (
    "almost no chance", "very unlikely", "highly unlikely", "unlikely", "realistic possibility", "even chance",
    "roughly even", "more likely than not", "likely", "very likely", "probably", "almost certainly", "almost certain",
    "do not expect", "don't expect", "don’t expect", "expect", "expects", "do not think", "don't think", "doubt",
    "remote chance",
)  # fmt: skip
"""Phrases by which a sentence is a forecast if it also looks ahead."""

_FIGURE = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|\d+)\s+(?:chances?\s+)?(?:in|out of)\s+(?:\w+)\b", re.IGNORECASE
)
_AHEAD = re.compile(
    r"\b(?:is likely to|will|won['’]t|shall|going to|before|by the end|by the close|until|next|this year|within|"
    r"there is|continue|has only|I don['’]t expect|I doubt)\b|’ll\b|'ll\b",
    re.IGNORECASE,
)
_BACKWARD = re.compile(r"\b(?:was|were|had|has been|have been|did)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:If|Unless|if|unless)\b[^,.;]{3,120},")
_REPORTED = re.compile(
    r"\b(?:said|warned|wrote|thought|believed)\b.*\b(?:was|were)\s+(?:now\s+)?(?:very\s+|highly\s+)?"
    r"(?:(?:un)?likely|a realistic possibility)",
    re.DOTALL,
)
_JOINT = re.compile(r"[:;]\s+|,\s+but\s+|,\s+and\s+(?=I\b)")
_PLAIN = frozenset(("will", "would", "shall", "can", "could", "'ll", "’ll", "to"))
_LEAD = 90
"""Characters before a clause in which its odds may stand."""
_RETOLD = re.compile(r"\bI (?:had |once |have )?(?:said|wrote|thought|put|gave)\b")
"""A forecaster who looks back on what was foretold: no prediction of this day."""
_SHORTEST_PART = 25
_DENIES = re.compile(r"\b(?:not|never|no longer|nobody|won['’]t)\b|n['’]t\b", re.IGNORECASE)
_NO_DENIAL = re.compile(r"\b(?:more likely than not|whether or not|not only|no doubt|no later than)\b", re.IGNORECASE)
_ODDS = re.compile(r"\b(?:odds|chances?|probability|likelihood|risk)\b", re.IGNORECASE)
_OWN_PLAN = re.compile(r"^(?:that )?(?:I|you|we)\b", re.IGNORECASE)


@cache
def _stated() -> re.Pattern[str]:
    return any_of(STATED)


def predictions_of(
    document: Document, statements: Sequence[Statement], taken: datetime.date | None = None
) -> list[Prediction]:
    """The predictions of one document in text order.

    A document without a date counts as made on the day it was `taken` in; none are drawn where that is not known
    either, for nothing would ever be due.
    """
    reference = document.reference_date
    made = reference[0] if reference is not None else taken
    if made is None:
        return []
    speakers = Speakers(document, statements)
    country = _main_country(statements)
    spans = sentences(document.text)
    found = [_from_statement(document, one, speakers, made, country, spans) for one in _foretelling(statements)]
    held = [(one.start, one.end) for one in found]
    found += _outright(document, statements, held, speakers, made, country, spans)
    return sorted(found, key=lambda one: one.start)


def _foretelling(statements: Sequence[Statement]) -> list[Statement]:
    """Forecasts and commitments, one a clause: no condition of another, nor the same words under a second trigger."""
    wanted = [one for one in statements if one.kind in PREDICTED and not _private(one) and not _RETOLD.search(one.text)]
    conditions = [one.condition for one in wanted if one.condition is not None]
    kept: list[Statement] = []
    for one in sorted(wanted, key=lambda s: (s.start, -(s.end - s.start), s.trigger.start)):
        if any(c.start <= one.trigger.start < c.end and c is not one.condition for c in conditions):
            continue
        twin = next((k for k in kept if _same_clause(k, one)), None)
        if twin is None:
            kept.append(one)
        elif twin.type is None and one.type is not None:
            kept[kept.index(twin)] = one
    return kept


def _same_clause(one: Statement, other: Statement) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0.6 * min(one.end - one.start, other.end - other.start)


def _private(statement: Statement) -> bool:
    """A speaker's own small doings (*I will eat this column*, *you may meet them*), which bear on nobody's fate."""
    people = [person.text.casefold() for person in (*statement.actors, *statement.recipients)]
    return (
        _OWN_PLAN.match(statement.text) is not None and bool(people) and set(people) <= {"i", "you", "we", "me", "us"}
    )


def _from_statement(
    document: Document,
    statement: Statement,
    speakers: Speakers,
    made: datetime.date,
    country: str | None,
    spans: Sequence[tuple[int, int]],
) -> Prediction:
    start, end = statement.start, statement.end
    negated = statement.polarity is Polarity.NEGATIVE
    phrase, told = _likelihood(document.text, statement)
    low, high = of_criterion(*told, negated, phrase or "") if told is not None else (None, None)
    criterion = _criterion_of(statement)
    by, default = horizon(document, made, statement, start, end)
    kind, who = speakers.of(statement)
    return _prediction(
        document, statement.id, start, end, statement.kind.value, kind, who, made, criterion, by, default, negated,
        phrase, low, high,
        _condition(statement, spans),
        country, _context(document.text, start, spans), statement.type,
        [person.country for person in (*statement.actors, *statement.recipients)],
    )  # fmt: skip


def _criterion_of(statement: Statement) -> Criterion:
    """What has to come true: the statement's words, act and actors, where it places them."""
    place = statement.place
    return Criterion(
        words=statement.text,
        type=statement.type,
        mode=statement.mode,
        mechanisms=tuple(name for name in statement.contexts if name in MECHANISMS),
        actors=tuple(dict.fromkeys(_called(one) for one in (*statement.actors, *statement.recipients))),
        place=(place.name or place.text) if place else None,
        country=(place.country if place else None)
        or next((one.country for one in statement.actors if one.country), None),
        admin1=place.admin1 if place else None,
    )


def _condition(statement: Statement, spans: Sequence[tuple[int, int]]) -> str | None:
    """What it hangs on, where that stands in its own sentence: the next sentence's *if* is another prediction's."""
    condition = statement.condition
    if condition is None:
        return None
    of = [next((n for n, (a, b) in enumerate(spans) if a <= at < b), None) for at in (statement.start, condition.start)]
    return condition.text if of[0] == of[1] else None


def _likelihood(text: str, statement: Statement) -> tuple[str | None, tuple[float, float] | None]:
    """The odds a statement carries, and the words that give them.

    Odds told before the clause (*I put it at two in three that they will …*) go before a mere *will* in it. *Would* in
    reported speech is the speaker's *will*. A pledge that names no odds has none: an intention is no estimate.
    """
    own = statement.likelihood
    if own is not None and own.text.casefold() not in _PLAIN:
        return own.text, (own.low, own.high)
    before = re.split(r"[.;:\n]", text[max(0, statement.start - _LEAD) : statement.start])[-1]
    phrase = _FIGURE.search(before) or _stated().search(before)
    if phrase is not None and before.rstrip().endswith("that") and (told := interval_of(phrase.group(0))):
        return phrase.group(0), told
    if own is None or statement.kind is Kind.COMMITMENT:
        return None, None
    if own.text.casefold() == "would" and statement.sources:
        return own.text, interval_of("will")
    return own.text, (own.low, own.high)


def _foretells(words: str) -> bool:
    """Whether a sentence with a likelihood speaks of what is to come, or reports such words of another."""
    if _RETOLD.search(words):
        return False
    if _REPORTED.search(words):
        return True
    return _AHEAD.search(words) is not None and (not _BACKWARD.search(words) or _FIGURE.search(words) is not None)


def _outright(
    document: Document,
    statements: Sequence[Statement],
    taken: Sequence[tuple[int, int]],
    speakers: Speakers,
    made: datetime.date,
    country: str | None,
    spans: Sequence[tuple[int, int]],
) -> Iterator[Prediction]:
    """Sentences that state a likelihood and look ahead, where no prediction was taken from the reader."""
    for start, end in _parts(document.text, spans):
        words = document.text[start:end]
        phrase = _FIGURE.search(words) or _stated().search(words)
        if phrase is None or any(a < end and start < b for a, b in taken):
            continue
        if not _foretells(words):
            continue
        told = interval_of(phrase.group(0))
        if told is None or any(s.kind in PREDICTED and s.start < end and start < s.end for s in statements):
            continue
        condition = _CONDITION.search(words)
        if told[0] + told[1] > 1:
            negated = _DENIES.search(_NO_DENIAL.sub(" ", words)) is not None
        else:
            negated = _FIGURE.fullmatch(phrase.group(0)) is not None and _denied_beside(words, phrase)
        low, high = of_criterion(*told, negated, phrase.group(0))
        by, default = horizon(document, made, None, start, end)
        source = next((s.sources[-1] for s in statements if s.sources and s.start < end and start < s.end), None)
        kind, who = speakers.at(start, end, source)
        yield _prediction(
            document, statement_id(document.id, start, end), start, end, Kind.FORECAST.value, kind, who, made,
            _criterion_at(words, [s for s in statements if s.start < end and start < s.end]),
            by, default, negated, phrase.group(0), low, high,
            condition.group(0).rstrip(",") if condition else None, country, _context(document.text, start, spans), None,
        )  # fmt: skip


def _denied_beside(words: str, odds: re.Match[str]) -> bool:
    """Whether what low odds are put on is a denial (*one in four that it will not hold*), and not the odds themselves.

    The denial stands behind the odds in their clause, or before them behind a noun for odds (*the chance that it will
    not hold is one in four*); *I do not think it is one in four* denies the odds.
    """
    after = _NO_DENIAL.sub(" ", words[odds.end() :]).split(",")[0]
    noun = _ODDS.search(words, 0, odds.start())
    before = _NO_DENIAL.sub(" ", words[noun.end() : odds.start()]) if noun else ""
    return _DENIES.search(after) is not None or _DENIES.search(before) is not None


def _criterion_at(words: str, beside: Sequence[Statement]) -> Criterion:
    """What would count for words that the reader took for no prediction: with the place and actors it found in them."""
    place = next((one.place for one in beside if one.place is not None and one.place.country), None)
    actors = dict.fromkeys(_called(person) for one in beside for person in one.actors if person.id)
    return Criterion(
        words=words,
        actors=tuple(actors),
        place=(place.name or place.text) if place else None,
        country=place.country if place else None,
        admin1=place.admin1 if place else None,
    )


def _parts(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, cut at colons, semicolons and *but*: each part may foretell something of its own."""
    for start, end in spans:
        cut = start
        for match in _JOINT.finditer(text, start, end):
            if match.start() - cut >= _SHORTEST_PART and end - match.end() >= _SHORTEST_PART:
                yield cut, match.start()
                cut = match.end()
        yield cut, end


def _prediction(
    document: Document,
    statement: str,
    start: int,
    end: int,
    kind: str,
    forecaster_kind: ForecasterKind,
    forecaster: str,
    made: datetime.date,
    criterion: Criterion,
    by: datetime.date,
    default: bool,
    negated: bool,
    likelihood: str | None,
    low: float | None,
    high: float | None,
    condition: str | None,
    country: str | None,
    context: str,
    event_type: str | None,
    others: Sequence[str | None] = (),
) -> Prediction:
    identity = hashlib.sha256(f"{document.id}:{statement}".encode()).hexdigest()[:12]
    return Prediction(
        id=identity, statement=statement, document=document.id, start=start, end=end,
        text=document.text[start:end], kind=kind, forecaster_kind=forecaster_kind, forecaster=forecaster,
        outlet=document.outlet, made=made, criterion=criterion, by=by, default_horizon=default, negated=negated,
        likelihood=likelihood, low=low, high=high, condition=condition,
        topic=next(iter(criterion.mechanisms), event_type), country=criterion.country or country,
        countries=tuple(dict.fromkeys(code for code in (criterion.country, country, *others) if code)),
        group=identity, line=identity, context=context,
    )  # fmt: skip


def _context(text: str, start: int, spans: Sequence[tuple[int, int]]) -> str:
    """The sentence and the one before it: whom *it* and *they* stand for."""
    number = next((n for n, (a, b) in enumerate(spans) if a <= start < b), None)
    if number is None:
        return ""
    return " ".join(text[a:b] for a, b in spans[max(0, number - 1) : number + 1])


def _called(person: Participant) -> str:
    return person.name or person.text


def _main_country(statements: Sequence[Statement]) -> str | None:
    """The country most of a document's statements are about."""
    counted = Counter(one.place.country for one in statements if one.place is not None and one.place.country)
    counted.update(person.country for one in statements for person in (*one.actors, *one.recipients) if person.country)
    return counted.most_common(1)[0][0] if counted else None
