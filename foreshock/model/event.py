"""What several texts report as one act: acts as they are compared, and the event as it is shown."""

import datetime

import msgspec

from foreshock.model.statement import Place
from foreshock.model.vocabulary import EventType, Granularity


class Act(msgspec.Struct, frozen=True, array_like=True):
    """What a document says of one act, as far as acts are compared by it: one statement, or several joined.

    `statement` is the least id of its statements, `others` are the rest. `first` and `last` are the days told, as
    ordinals, null where none is told; `day` says that they were told to the day. `counts` are name → (low, high), high
    null where it is open; `weekdays` are those named, 0 for Monday. `did` and `suffered` are those who act and who are
    acted on, by entity and by the beginnings of their words. `assumed`: no day is told that can be resolved, and
    `first` and `last` are those between which the document came out. `lead` says how near to the top it is told, 1
    there and falling to 0; `wide`, that it is told as many or as a state (*clashes*, *attacks*, *fighting*).
    """

    statement: str
    start: int
    type: str
    mode: str | None
    denied: bool
    place: int | None
    admin1: str | None
    country: str | None
    first: int | None
    last: int | None
    day: bool
    entities: frozenset[str]
    counts: dict[str, tuple[int, int | None]]
    words: dict[str, float]
    weekdays: frozenset[int] = frozenset()
    others: tuple[str, ...] = ()
    did: frozenset[str] = frozenset()
    suffered: frozenset[str] = frozenset()
    assumed: bool = False
    lead: float = 1.0
    wide: bool = False

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of all its statements."""
        return (self.statement, *self.others)


class Digest(msgspec.Struct, frozen=True, array_like=True):
    """A document as reports are compared by it.

    `month` is 12 · year + month of publication or, failing that, of the crawl, 0 where unknown; `published` the
    day, as an ordinal, told by the source or written in the text's head. Word weights have length 1 together.
    """

    document: str
    month: int
    published: int | None
    weekdays: frozenset[int]
    days: frozenset[int]
    words: dict[str, float]
    title: dict[str, float]
    names: frozenset[str]
    numbers: frozenset[int]
    kinds: dict[str, float]
    places: frozenset[int]
    counts: dict[str, frozenset[int]]
    acts: tuple[Act, ...]


class Part(msgspec.Struct, frozen=True):
    """What one feature adds to a pair's score: its value, the weight it has, and in words what was found."""

    feature: str
    value: float
    weight: float
    found: str = ""

    @property
    def contribution(self) -> float:
        """Value times weight, in log-odds."""
        return self.value * self.weight


class Told(msgspec.Struct, frozen=True):
    """One figure as one statement gives it."""

    statement: str
    document: str
    speaker: str
    low: int | None
    best: int | None
    high: int | None


class Range(msgspec.Struct, frozen=True):
    """A quantity over all statements of an event: lowest, commonest and highest told, and who told what."""

    low: int
    best: int
    high: int
    told: tuple[Told, ...]


class Dispute(msgspec.Struct, frozen=True):
    """Where statements of one event do not agree: `denial`, `figures`, `side` or `place`, who on either side."""

    about: str
    words: str
    statements: tuple[str, ...]


class Report(msgspec.Struct, frozen=True):
    """A document that reports the event, with those of its statements that do.

    `copy_of` is the document of the same event that it copies, null where it is counted as a source of its own.
    """

    document: str
    title: str | None
    outlet: str | None
    published: datetime.date | None
    crawl_month: str | None
    statements: tuple[str, ...]
    copy_of: str | None
    published_granularity: Granularity | None = None


class Grade(msgspec.Struct, frozen=True):
    """Credibility 1–6 (Admiralty code), why in words, and who set it: `rules` or an analyst."""

    digit: int
    why: str
    by: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One act as the record's statements report it: a view, never edited; what people decided is named in it.

    `granularity` says how exactly the days from `from_` to `to` are known: `open` where no text tells any, and they are
    those of publication. A first or last report of a month of which no day is known stands as of its last.
    """

    id: str
    type: EventType
    mode: str | None
    title: str
    statements: tuple[str, ...]
    reports: tuple[Report, ...]
    independent: int
    copies: int
    first_report: datetime.date | None
    last_report: datetime.date | None
    first_report_granularity: Granularity | None
    last_report_granularity: Granularity | None
    from_: datetime.date | None = msgspec.field(name="from")
    to: datetime.date | None
    granularity: Granularity | None
    place: Place | None
    actors: tuple[tuple[str, int], ...]
    recipients: tuple[tuple[str, int], ...]
    speakers: tuple[tuple[str, int], ...]
    contexts: tuple[str, ...]
    counts: dict[str, Range]
    disputes: tuple[Dispute, ...]
    credibility: Grade
    dismissed: str | None
    decisions: tuple[int, ...]
