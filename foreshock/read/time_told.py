"""The time of a statement: what its words, its kind, and the day on which they were written come to."""

import datetime
import re

from foreshock.model.day import earliest_day
from foreshock.model.statement import Time
from foreshock.model.vocabulary import Granularity, Kind
from foreshock.read import time_since, time_terms, time_ways, times
from foreshock.read.decode import CharSpan, Draft
from foreshock.read.time_rules import MEASURE
from foreshock.read.time_spans import Interval

Day = tuple[datetime.date, Granularity]
"""The day on which words were written, and how precisely it is known: a month by its last day."""

_leans_on_today = re.compile(r"\b(?:now|today|already|so\s+far|since)\b", re.IGNORECASE)
"""Words by which a recommendation's time begins or ends today (*now* is the publication date), as in the corpus."""
_by_so_much = re.compile(
    rf"by\s+(?!an?\s+\w+(?:nd|rd|th)\b)(?:{MEASURE})(?:\s+(?=(?:in|on|at|during|last|this|next)\b)|$)", re.IGNORECASE
)
"""How far something is moved, and not when: *put off by two years*, *extended by a year in May*. What else stands there
for so long is a term (`time_terms`)."""
_BEHIND = 8
"""Characters behind a time that are looked at: *three decades* is another thing before *of war*."""


def untold(kind: Kind, written: Day | None) -> Time:
    """The time of a statement that tells none: a report's is that of writing; nobody knows that of the others."""
    if kind is not Kind.REPORT or written is None:
        return Time(from_=None, to=None, granularity=Granularity.OPEN)
    return Time(from_=earliest_day(*written), to=written[0], granularity=Granularity.OPEN)


def told(text: str, flowing: str, draft: Draft, span: CharSpan, reference: Day | None) -> Time:
    """The time at `span`, quoted from `text` and looked up in `flowing`; `reference` is what *today* means there."""
    found = _interval(flowing, draft, span, reference)
    start, end = _ordered(found.start, found.end)
    return Time(
        start=span[0],
        end=span[1],
        text=text[span[0] : span[1]],
        from_=start,
        to=end,
        granularity=found.granularity,
    )


def _interval(flowing: str, draft: Draft, span: CharSpan, reference: Day | None) -> Interval:
    words = flowing[span[0] : span[1]]
    reported = draft.kind is Kind.REPORT
    ago = time_since.time_ago(flowing, span, draft.trigger, (*draft.actors, *draft.recipients)) if reported else None
    term = reported and time_terms.begins_with_act(flowing, span, draft.trigger)
    ahead = term or _looks_ahead(draft.kind, words)
    words = _without_how_far(words) if reported and not term else words
    if not words or times.measures(words, flowing[span[1] : span[1] + _BEHIND], ahead):
        return Interval(None, None, Granularity.OPEN)
    today = times.Reference(*reference, ahead) if reference else None
    if today and not term:
        today = time_ways.turned(flowing, span, draft.trigger, words, today)
    counted = ago.counted_from(today) if ago else None
    return times.resolve(ago.words, counted) if ago and counted else times.resolve(words, today)


def _without_how_far(words: str) -> str:
    """What is left of a time's words without how far something is moved; nothing where they tell no more."""
    whole = times.in_whole_units(words)
    moved = _by_so_much.match(whole)
    return whole[moved.end() :] if moved else words


def _looks_ahead(kind: Kind, expression: str) -> bool:
    """Whether a time lies ahead: of what is foretold and promised, and of what is urged unless it leans on today."""
    if kind is Kind.RECOMMENDATION:
        return not _leans_on_today.search(expression)
    return kind in (Kind.FORECAST, Kind.COMMITMENT)


def _ordered(
    start: datetime.date | None, end: datetime.date | None
) -> tuple[datetime.date | None, datetime.date | None]:
    """The two dates, the earlier first."""
    return (end, start) if start and end and end < start else (start, end)
