"""A reading: one document and the statements found in it (codebook, section 10)."""

import datetime
import hashlib

import msgspec

from foreshock.errors import MalformedItem
from foreshock.model.document import Document
from foreshock.model.span import Span, check_quotes
from foreshock.model.vocabulary import (
    CONTEXTS,
    COUNT_NAMES,
    EventType,
    Granularity,
    Kind,
    Polarity,
    Precision,
    SourceKind,
    is_mode_of,
)


class Source(Span, frozen=True, kw_only=True):
    """One link of an attribution chain. `name` is what a pronoun or description stands for, when known."""

    source_kind: SourceKind
    name: str | None = None


class Participant(Span, frozen=True, kw_only=True):
    """An actor or recipient: a minimal noun phrase, and the registry's entity when it was resolved."""

    id: str | None = None
    name: str | None = None
    country: str | None = None
    sector: str | None = None


class PlaceMember(msgspec.Struct, frozen=True, kw_only=True):
    """One unit that a region names or implies, resolved like a place."""

    name: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: Precision | None
    geonameid: int | None
    start: int | None = None
    end: int | None = None
    text: str | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where the statement's act happens. What was not resolved keeps its span and says why in `reason`."""

    start: int | None
    end: int | None
    text: str | None
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    geonameid: int | None = None
    members: tuple[PlaceMember, ...] = ()
    reason: str | None = None


class Time(msgspec.Struct, frozen=True, kw_only=True):
    """When: the expression's span and the days it stands for; for a forecast, its horizon."""

    start: int | None = None
    end: int | None = None
    text: str | None = None
    from_: datetime.date | None = msgspec.field(default=None, name="from")
    to: datetime.date | None = None
    granularity: Granularity = Granularity.OPEN


class Likelihood(Span, frozen=True, kw_only=True):
    """The text's own likelihood phrase and the interval of probabilities that the yardstick gives it."""

    low: float
    high: float


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A quantity as told: each bound null where the text gives none."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One predication the text makes about the political world, and the characters it rests on."""

    document: str
    id: str
    start: int
    end: int
    text: str
    trigger: Span
    kind: Kind
    polarity: Polarity = Polarity.POSITIVE
    type: EventType | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    cue: Span | None = None
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    place: Place | None = None
    time: Time | None = None
    condition: Span | None = None
    likelihood: Likelihood | None = None
    counts: dict[str, Count] = {}
    loaded: tuple[Span, ...] = ()
    score: float | None = None
    scores: dict[str, float] = {}

    def __post_init__(self) -> None:
        if not self.start <= self.trigger.start < self.trigger.end <= self.end:
            raise MalformedItem(self.id, "the trigger lies outside the statement's clause")
        if self.mode is not None and (self.type is None or not is_mode_of(self.mode, self.type)):
            raise MalformedItem(self.id, f"{self.mode!r} is not a mode of {self.type}")
        if unknown := [name for name in self.contexts if name not in CONTEXTS]:
            raise MalformedItem(self.id, f"unknown contexts {unknown}")
        if unknown := [name for name in self.counts if name not in COUNT_NAMES]:
            raise MalformedItem(self.id, f"unknown counts {unknown}")

    def check_quotes(self, text: str) -> None:
        """Raise `MalformedItem` where a span of the statement is not what it quotes of its document's `text`."""
        members = self.place.members if self.place else ()
        parts = (
            self, self.trigger, self.cue, self.condition, self.likelihood, self.place, self.time,
            *self.sources, *self.actors, *self.recipients, *self.loaded, *members,
        )  # fmt: skip
        check_quotes(text, parts, self.id)


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Where a stage could not do its work on a part of the document, and why."""

    stage: str
    reason: str
    start: int | None = None
    end: int | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One document plus the statements found in it, in text order, and the model version that found them.

    Raises `MalformedItem` when any span is not the text it claims to quote.
    """

    document: Document
    statements: tuple[Statement, ...]
    model: str
    gaps: tuple[Gap, ...] = ()

    def __post_init__(self) -> None:
        text = self.document.text
        for statement in self.statements:
            if statement.document != self.document.id:
                raise MalformedItem(statement.id, f"belongs to {statement.document}, not to this document")
            statement.check_quotes(text)


def statement_id(document: str, start: int, end: int) -> str:
    """The statement's id: 16 hex digits of a hash over the document's id and the trigger's span."""
    return hashlib.sha256(f"{document}:{start}:{end}".encode()).hexdigest()[:16]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Statement)


def to_json(statement: Statement) -> str:
    """One line of JSON, keys and order as in the codebook's section 10."""
    return _encoder.encode(statement).decode("utf-8")


def from_json(line: str | bytes) -> Statement:
    """The statement in one line of JSON. Raises `MalformedItem` where it does not follow the codebook."""
    try:
        return _decoder.decode(line)
    except msgspec.DecodeError as error:
        raise MalformedItem("statement", str(error)) from error
