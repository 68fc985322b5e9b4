"""Resolve the places of a reading's statements."""

from typing import Final

import msgspec

from foreshock.model.statement import Reading, Statement
from foreshock.places.event_place import Chosen, EventPlaces, candidates_of, pointed_at
from foreshock.places.locate import Locator
from foreshock.places.resolution import Located
from foreshock.places.spans import Taken, within_sentence

UNSURE: Final = 0.5
"""The chance of there being no place where what the reader points at is none: nothing speaks for or against it."""


def placed(reading: Reading, locator: Locator) -> Reading:
    """The reading with every statement's place resolved, or with the reason why it could not be.

    A statement for which the reader points at no place, or at an unlikely one, takes another place of the text where
    that is likelier; `scores["place"]` is then the chance of that choice.
    """
    reading = _with_whole_names(reading, locator)
    chooser = event_places(reading, locator)
    chosen = chooser.choose(reading.statements)
    statements = tuple(_placed(statement, one) for statement, one in zip(reading.statements, chosen, strict=True))
    return msgspec.structs.replace(reading, statements=statements)


def _with_whole_names(reading: Reading, locator: Locator) -> Reading:
    """The reading with every place that the reader points at in one sentence, no name in it cut, and no storm's."""
    text = reading.document.text
    named = locator.named(text)

    def mended(statement: Statement) -> Statement:
        span = pointed_at(statement)
        if span is None or statement.place is None:
            return statement
        start, end = locator.whole(text, *within_sentence(text, span, statement, named))
        if locator.christened(text, start, end):
            return msgspec.structs.replace(statement, place=None, scores={**statement.scores, "place": UNSURE})
        if (start, end) == span:
            return statement
        place = msgspec.structs.replace(statement.place, start=start, end=end, text=text[start:end])
        return msgspec.structs.replace(statement, place=place)

    return msgspec.structs.replace(reading, statements=tuple(map(mended, reading.statements)))


def event_places(reading: Reading, locator: Locator) -> EventPlaces:
    """The places of a reading's text: those that the reader points at, and those named elsewhere in it."""
    text = reading.document.text
    pointed = {span for statement in reading.statements if (span := pointed_at(statement)) is not None}
    taken = Taken(pointed)
    spans = sorted(pointed | {span for span in locator.named(text) if not taken.overlaps(*span)})
    located = dict(zip(spans, locator.locate(text, spans, explain=False), strict=True))
    candidates = candidates_of(locator.gazetteer, located, frozenset(pointed))
    return EventPlaces(text, candidates, locator.models)


def _placed(statement: Statement, chosen: Chosen) -> Statement:
    if chosen.candidate is None:
        return statement
    found: Located = chosen.candidate.located
    scores = {**statement.scores, "place_resolution": round(found.score, 4)}
    if pointed_at(statement) != (chosen.candidate.start, chosen.candidate.end):
        scores["place"] = round(chosen.chance, 4)
    return msgspec.structs.replace(statement, place=found.place, scores=scores)
