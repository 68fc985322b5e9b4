"""Made reports of made events: towns that do not exist, readings by hand."""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foreshock.corroborate.copies.fingerprints import fingerprint_of
from foreshock.corroborate.copies.syndication import Syndication
from foreshock.corroborate.events import events
from foreshock.corroborate.views.build import event_with
from foreshock.model.capture import Capture, Medium
from foreshock.model.document import Document, Verdict, text_id
from foreshock.model.entry import Entry
from foreshock.model.event import Event
from foreshock.model.span import Span
from foreshock.model.statement import Count, Participant, Place, Reading, Source, Statement, Time, statement_id
from foreshock.model.vocabulary import EventType, Granularity, Kind, Polarity, Precision, SourceKind
from foreshock.record.store import Record

TOWNS = {"Varnost": (1, "Kelm", 10.0, 20.0), "Tarrabad": (2, "Osht", 12.0, 25.0), "Ulmezhin": (3, "Kelm", 10.1, 20.1)}
"""Made settlements: GeoNames id, province, latitude, longitude."""
MAY = datetime.date(2023, 5, 10)


@dataclass(frozen=True)
class Said:
    """One clause of a made report: its words, the word that names the act, and what is read in it."""

    clause: str
    trigger: str
    type: EventType = EventType.ASSAULT
    town: str | None = None
    day: datetime.date | None = None
    killed: int | Count | None = None
    actor: tuple[str, str | None] | None = None
    recipient: tuple[str, str | None] | None = None
    source: str | None = None
    denied: bool = False
    mode: str | None = None
    words_of_time: str | None = None
    since: datetime.date | None = None


def report(
    title: str,
    said: Sequence[Said],
    outlet: str | None = None,
    published: datetime.date | None = MAY,
    tail: str = "",
    crawl_month: str | None = None,
) -> Entry:
    """An entry whose text is the title and the clauses, each a sentence of its own; *, …* is part of the one before."""
    sentences = " ".join(f"{one.clause}." for one in said).replace(". ,", ",")
    text = f"{title}\n\n{sentences}" + (f" {tail}" if tail else "")
    identity = text_id(text)
    document = Document(
        id=identity, text=text, origin="made", capture=hashlib.sha256(text.encode()).hexdigest(), title=title,
        outlet=outlet, published=published, external_id=title, crawl_month=crawl_month,
    )  # fmt: skip
    reading = Reading(document=document, statements=tuple(_statement(text, one) for one in said), model="by hand")
    capture = Capture(origin="made", content=text.encode(), sha256=document.capture, medium=Medium.TEXT)
    return Entry(capture, document, Verdict(label="usable", reason="made"), reading)


def _span(text: str, quote: str, start: int = 0) -> dict[str, int | str]:
    at = text.index(quote, start)
    return {"start": at, "end": at + len(quote), "text": quote}


def _statement(text: str, one: Said) -> Statement:
    begin = text.index(one.clause)
    trigger = Span(**_span(text, one.trigger, begin))
    place = None
    if one.town is not None:
        number, province, lat, lon = TOWNS[one.town]
        place = Place(
            **_span(text, one.town, begin), name=one.town, country="SDN", admin1=province, lat=lat, lon=lon,
            precision=Precision.POINT, geonameid=number,
        )  # fmt: skip
    time = None
    if one.day is not None:
        words = Span(**_span(text, one.words_of_time, begin)) if one.words_of_time is not None else None
        time = Time(
            start=words.start if words else None, end=words.end if words else None, text=words.text if words else None,
            from_=one.since or one.day, to=one.day, granularity=Granularity.MONTH if one.since else Granularity.DAY,
        )  # fmt: skip
    actors, recipients = (
        () if named is None else (Participant(**_span(text, named[0], begin), id=named[1], name=named[0]),)
        for named in (one.actor, one.recipient)
    )
    sources = ()
    if one.source is not None:
        sources = (Source(**_span(text, one.source, begin), source_kind=SourceKind.ORGANISATION),)
    killed = one.killed
    if isinstance(killed, int):
        killed = Count(low=killed, best=killed, high=killed)
    counts = {} if killed is None else {"killed": killed}
    return Statement(
        document=text_id(text), id=statement_id(text_id(text), trigger.start, trigger.end), start=begin,
        end=begin + len(one.clause), text=one.clause, trigger=trigger, kind=Kind.REPORT, type=one.type, mode=one.mode,
        polarity=Polarity.NEGATIVE if one.denied else Polarity.POSITIVE, place=place, time=time, actors=actors,
        recipients=recipients, sources=sources, counts=counts, contexts=("armed_resistance",), score=0.9,
    )  # fmt: skip


def taken(record: Record, entries: Iterable[Entry]) -> list[str]:
    """Keep entries, group their copies and compute their events, as the line does; the documents' ids."""
    found = list(entries)
    record.keep(found)
    with record.begin(writing=True) as connection:
        Syndication().add(connection, [fingerprint_of(entry.document) for entry in found])
    identities = [entry.document.id for entry in found]
    events.update(record, identities)
    return identities


def identity(entry: Entry, at: int = 0) -> str:
    """The id of a statement of an entry."""
    assert entry.reading is not None
    return entry.reading.statements[at].id


def event_of(record: Record, entry: Entry, at: int = 0) -> Event:
    """The event that a statement of an entry is in."""
    with record.begin() as connection:
        found = event_with(connection, identity(entry, at))
    assert found is not None
    return found


RAID_DAY = datetime.date(2023, 5, 9)


def raid_reports() -> list[Entry]:
    """Three independent texts on one raid, told by three sources with three figures."""
    return [
        report(
            "Raiders strike Varnost granary",
            [
                Said("Raiders of the Orvesh Column killed 12 people at the granary of Varnost on Tuesday", "killed",
                     town="Varnost", day=RAID_DAY, killed=12, actor=("Orvesh Column", "sdn-orvesh")),
            ],
            "Morning Sheet", tail="Residents of Varnost said that the granary burned through the night.",
        ),
        report(
            "Twelve dead in Varnost raid",
            [
                Said("Twelve people were killed as the Orvesh Column raided Varnost on Tuesday, Varnost hospital said",
                     "killed", town="Varnost", day=RAID_DAY, killed=12, actor=("Orvesh Column", "sdn-orvesh"),
                     source="Varnost hospital"),
            ],
            "Evening Sheet", tail="The granary, the largest of the Kelm province, was on fire by midnight.",
        ),
        report(
            "Toll of Varnost granary attack rises",
            [
                Said("The attack of the Orvesh Column on Varnost granary on Tuesday killed 15, Kelm governorate said",
                     "attack", town="Varnost", day=RAID_DAY, killed=15, actor=("Orvesh Column", "sdn-orvesh"),
                     source="Kelm governorate"),
            ],
            "Weekly Sheet", datetime.date(2023, 5, 11), tail="Its barns held the harvest of the whole valley.",
        ),
    ]  # fmt: skip


def other_reports() -> list[Entry]:
    """Other acts: the same town a week later, another town the same day, a protest."""
    return [
        report(
            "Drone hits Varnost bridge",
            [Said("A drone destroyed the river bridge of Varnost on Tuesday, injuring two drivers", "destroyed",
                  town="Varnost", day=datetime.date(2023, 5, 16))],
            "Morning Sheet", datetime.date(2023, 5, 17),
        ),
        report(
            "Gunmen kill four in Tarrabad market",
            [Said("Gunmen killed four traders in the cattle market of Tarrabad on Tuesday", "killed", town="Tarrabad",
                  day=RAID_DAY, killed=4)],
            "Evening Sheet",
        ),
        report(
            "Teachers march in Ulmezhin",
            [Said("Thousands of teachers marched through Ulmezhin on Monday over unpaid wages", "marched",
                  type=EventType.PROTEST, town="Ulmezhin", day=datetime.date(2023, 5, 8))],
            "Weekly Sheet", datetime.date(2023, 5, 9),
        ),
    ]  # fmt: skip
