"""What the tests of actors share: the shipped registry, and statements as a reader would find them."""

import datetime
import re

import msgspec
import pytest

from foreshock.actors.resolve import Registry, resolved, shipped
from foreshock.model.document import Document, text_id
from foreshock.model.span import Span
from foreshock.model.statement import Kind, Participant, Place, Reading, Source, Statement, statement_id
from foreshock.model.vocabulary import EventType, SourceKind


@pytest.fixture(scope="module")
def registry() -> Registry:
    return shipped()


class Told(msgspec.Struct, frozen=True):
    """A statement as a reader would find it, by its words; `place` has those of its place and its country's code,
    `sure` the chance that it is that one, `cue` the verb of speech."""

    trigger: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    source: str | None = None
    place: tuple[str, str] | None = None
    sure: float = 0.0
    type: EventType | None = None
    source_kind: SourceKind = SourceKind.ROLE
    cue: str | None = None


def reading(text: str, *told: Told, date: datetime.date | None = datetime.date(2023, 6, 10)) -> Reading:
    """A reading of a text; words that come more than once are meant where they stand next to the trigger."""
    document = Document(id=text_id(text), text=text, origin="test", capture="0", published=date)

    def start_of(words: str, trigger: int) -> int:
        found = [match.start() for match in re.finditer(rf"\b{re.escape(words)}", text)]
        return min(found, key=lambda start: abs(start - trigger))

    def participants(words: tuple[str, ...], trigger: int) -> tuple[Participant, ...]:
        starts = [start_of(one, trigger) for one in words]
        return tuple(
            Participant(start=start, end=start + len(one), text=one) for start, one in zip(starts, words, strict=True)
        )

    def place(words: str, country: str, trigger: int) -> Place:
        start = start_of(words, trigger)
        return Place(start=start, end=start + len(words), text=words, country=country)

    def statement(one: Told) -> Statement:
        start = text.index(one.trigger)
        end = start + len(one.trigger)
        source = one.source
        said = start_of(source, start) if source else 0
        cue = start_of(one.cue, start) if one.cue else 0
        return Statement(
            document=document.id,
            id=statement_id(document.id, start, end),
            start=0,
            end=len(text),
            text=text,
            trigger=Span(start=start, end=end, text=one.trigger),
            kind=Kind.REPORT,
            type=one.type,
            actors=participants(one.actors, start),
            recipients=participants(one.recipients, start),
            sources=(
                (Source(start=said, end=said + len(source), text=source, source_kind=one.source_kind),)
                if source
                else ()
            ),
            cue=Span(start=cue, end=cue + len(one.cue), text=one.cue) if one.cue else None,
            place=place(*one.place, start) if one.place else None,
            scores={"kind": 0.9, "place_resolution": one.sure},
        )

    return Reading(document=document, statements=tuple(map(statement, told)), model="test")


def statements(
    text: str, registry: Registry, *told: Told, date: datetime.date | None = datetime.date(2023, 6, 10)
) -> tuple[Statement, ...]:
    return resolved(reading(text, *told, date=date), registry).statements
