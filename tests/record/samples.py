"""Entries made by hand for tests of the record."""

import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from foreshock.gather.captures import capture_of
from foreshock.model.capture import Medium
from foreshock.model.document import Document, Verdict, text_id
from foreshock.model.entry import Entry
from foreshock.model.span import Span
from foreshock.model.statement import Gap, Place, Reading, Source, Statement, Time, statement_id
from foreshock.model.vocabulary import EventType, Kind, Precision, SourceKind
from foreshock.record.store import Record

USABLE = Verdict(label="usable", reason="test")


@cache
def _tables() -> bytes:
    """The file of an empty record, whose tables are made once: a thousand tests begin with a copy of it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "record.sqlite"
        Record(str(path)).close()
        return path.read_bytes()


def new_record(path: Path) -> Record:
    """An empty record in a new file at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_tables())
    return Record(str(path))


def entry(text: str, number: int = 0, verdict: Verdict = USABLE, title: str | None = None) -> Entry:
    """A document with one statement a word *fled* or *will*, made by hand."""
    content = text.encode()
    capture = capture_of(f"test {number}", content, Medium.TEXT)
    document = Document(
        id=text_id(text), text=text, origin=capture.origin, capture=capture.sha256, title=title or text[:20],
        published=datetime.date(2023, 6, 1 + number), external_id=str(number),
    )  # fmt: skip
    statements = []
    for word, kind in (("fled", Kind.REPORT), ("will", Kind.FORECAST)):
        if word in text:
            at = text.index(word)
            statements.append(
                Statement(
                    document=document.id, id=statement_id(document.id, at, at + 4), start=at, end=len(text),
                    text=text[at:], trigger=Span.of(text, at, at + 4), kind=kind,
                    type=EventType.RETREAT if kind is Kind.REPORT else None,
                    contexts=("defection",) if kind is Kind.REPORT else (),
                    sources=(Source(start=0, end=3, text=text[:3], source_kind=SourceKind.PERSON),),
                    place=Place(start=0, end=3, text=text[:3], name="Goma", country="COD", admin1="Nord Kivu",
                                precision=Precision.POINT, lat=-1.67, lon=29.22),
                    time=Time(from_=datetime.date(2023, 6, 1), to=datetime.date(2023, 6, 1)),
                )
            )  # fmt: skip
    gaps = (Gap(stage="read", reason="too long"),)
    reading = Reading(document=document, statements=tuple(statements), model="m", gaps=gaps)
    return Entry(capture, document, verdict, reading if verdict.usable else None)
