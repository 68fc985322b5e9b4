"""Records made by hand for tests of the watch: months of reports with known signs."""

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

from foreshock.gather.captures import capture_of
from foreshock.model.capture import Medium
from foreshock.model.document import Document, Verdict, text_id
from foreshock.model.entry import Entry
from foreshock.model.span import Span
from foreshock.model.statement import Participant, Place, Reading, Statement, Time, statement_id
from foreshock.model.vocabulary import EventType, Kind, Precision
from foreshock.record.store import Record
from tests.record.samples import new_record

USABLE = Verdict(label="usable", reason="by hand")
FOREIGN = Verdict(label="other_language:fr", reason="by hand")


def report(
    day: datetime.date, number: int, word: str = "met", country: str = "SDN", outlet: str | None = None,
    verdict: Verdict = USABLE, about: datetime.date | None = None, admin1: str | None = None,
) -> Entry:  # fmt: skip
    """A document of one day with one statement: `protested`, `mutinied`, `seized power`, `attacked`, or `met`."""
    text = f"On {day} in report {number} of {country} {outlet or ''} men {word}."
    at = text.index(f" {word}.") + 1
    kinds: dict[str, tuple[EventType, str | None, tuple[str, ...]]] = {
        "protested": (EventType.PROTEST, "demo", ("instability",)),
        "mutinied": (EventType.COERCE, "x-mutiny", ("defection", "instability")),
        "seized power": (EventType.COERCE, "x-coup", ("elite_rivalry",)),
        "attacked": (EventType.ASSAULT, None, ("armed_resistance",)),
        "met": (EventType.CONSULT, None, ()),
    }
    event, mode, contexts = kinds[word]
    identity = text_id(text)
    men = text.index(" men ") + 1
    statement = Statement(
        document=identity, id=statement_id(identity, at, at + len(word)), start=men, end=at + len(word),
        text=text[men : at + len(word)], trigger=Span.of(text, at, at + len(word)), kind=Kind.REPORT, type=event,
        mode=mode, contexts=contexts,
        actors=(Participant(start=men, end=men + 3, text="men", country=country, sector="MIL"),),
        place=Place(start=None, end=None, text=None, name=country, country=country, admin1=admin1,
                    precision=Precision.ADMIN1 if admin1 else Precision.COUNTRY),
        time=Time(from_=about, to=about) if about else None,
    )  # fmt: skip
    capture = capture_of(f"test {number}", text.encode(), Medium.TEXT)
    document = Document(id=identity, text=text, origin=capture.origin, capture=capture.sha256, title=f"Report {number}",
                        outlet=outlet, published=day)  # fmt: skip
    reading = Reading(document=document, statements=(statement,), model="by hand") if verdict.usable else None
    return Entry(capture, document, verdict, reading)


def months(first: str, number: int) -> list[datetime.date]:
    """The tenth of so many months from `YYYY-MM` on."""
    year, month = int(first[:4]), int(first[5:])
    return [datetime.date(year + (month - 1 + at) // 12, (month - 1 + at) % 12 + 1, 10) for at in range(number)]


def steady(days: Iterable[datetime.date], each: int = 12, country: str = "SDN", start: int = 0) -> list[Entry]:
    """So many reports a month of which one tells of protest."""
    return [
        report(day, start + number, "protested" if number == 0 else "met", country)
        for day in days
        for number in range(each)
    ]  # fmt: skip


def war(days: Iterable[datetime.date], country: str = "SDN") -> list[Entry]:
    """Six reports a month of attacks, and six of nothing."""
    return [
        report(day, number, "attacked" if number < 6 else "met", country)
        for day in days
        for number in range(12)
    ]  # fmt: skip


def surge(day: datetime.date, words: Sequence[str], others: int = 6, country: str = "SDN") -> list[Entry]:
    """A month in which each of `words` is told by its own report, and some reports tell of nothing."""
    told = [report(day, 100 + number, word, country) for number, word in enumerate(words)]
    return told + [report(day, 200 + number, "met", country) for number in range(others)]


def record_of(folder: Path, entries: Sequence[Entry]) -> Record:
    """A record of these."""
    record = new_record(folder / "record.sqlite")
    record.keep(entries)
    return record
