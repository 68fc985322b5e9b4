"""A large record, and what each command and page of the desk costs on it.

`python -m bench.large --documents 20000 --record large.sqlite` makes the record where the file is not there: the
bundled chronicle and the corpus's train split are read, and the texts multiplied with other words, outlets and days
over six years, through the record's own ways: kept, held against copies, taken up in events. Then it measures, in
seconds of processor time; the machine may have other work. Each line is written as it is known, so that a run that
is stopped leaves what it measured; what a document costs to keep is told for each stretch of the way, with the record's
size at its end. The predictions of a made record are taken before commands and pages are measured.
"""

import argparse
import datetime
import hashlib
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from foreshock.corroborate.copies.syndication import Syndication
from foreshock.corroborate.events import events
from foreshock.desk.app import create_app
from foreshock.gather.captures import captures
from foreshock.ledger.book import Book
from foreshock.line import read_one
from foreshock.model.capture import Capture, Medium
from foreshock.model.document import Document, Verdict, text_id
from foreshock.model.entry import Entry
from foreshock.model.statement import Place, Reading, Statement, Time, statement_id
from foreshock.model.vocabulary import Granularity
from foreshock.record.events_tables import events as event_rows
from foreshock.record.ledger_tables import predictions
from foreshock.record.store import Record
from foreshock.record.tables import documents as documents_table
from foreshock.record.tables import statements

ROOT = Path(__file__).parent.parent
SIX_YEARS = 6 * 365
LAST_DAY = datetime.date(2025, 12, 31)
OUTLETS = 300
READ = 1400
"""Characters of a base text that are read: some 220 words, a report as the demonstration has them."""
COPIES, RETOLD = 0.08, 0.25
"""Shares of the texts that are a copy of a recent one, and another's report of what a recent one tells."""
RECENT = 200
TOGETHER = 500
"""Texts that are kept in one transaction."""
STRETCH = 2_000
"""Texts after which it is told what each of them cost."""
COMMANDS = (
    ("search", "soldiers"), ("events",), ("ledger", "list", "--limit", "10"), ("ledger", "scores"), ("watch",),
    ("alerts",), ("export", "statements", "--format", "jsonl"),
)  # fmt: skip
PAGES = (
    "/documents", "/documents?page=100", "/documents.csv", "/statements", "/statements?page=100",
    "/statements?country=NGA", "/statements?words=soldiers", "/events", "/events?page=100", "/events.csv", "/map",
    "/map?country=NGA", "/predictions", "/ledger", "/ledger?page=100", "/ledger?country=NGA", "/ledger.json",
    "/ledger/scores", "/watch", "/alerts",
)  # fmt: skip
COUNTED = (documents_table, statements, event_rows, predictions)
USABLE = Verdict(label="usable", reason="made for the benchmark")
_WORD = re.compile(r"[A-Za-z]{4,}")


def base() -> list[Reading]:
    """What the program reads in the first part of the texts that ship with it."""
    folder = ROOT / "train" / "corpus"
    known = json.loads((folder / "documents.json").read_text())
    chronicle = captures([str(ROOT / "foreshock" / "data" / "examples")])
    given = [_document(one.content.decode(), None) for one in chronicle if isinstance(one, Capture)]
    for name in json.loads((folder / "splits.json").read_text())["train"]:
        if published := known[name].get("published"):
            given.append(_document((folder / "documents" / f"{name}.txt").read_text(), published))
    return [reading for reading in map(read_one, given) if reading.statements]


def _document(text: str, published: str | None) -> Document:
    if published is None:
        found = re.search(r"\d{4}-\d\d-\d\d", text)
        published = found[0] if found else "2024-01-01"
    title = next((line for line in re.sub(r"(?s)^---.*?---\n", "", text).splitlines() if line.strip()), "")
    text = re.sub(r"(?s)^---.*?---\n", "", text).strip("\n")
    cut = text.rfind("\n", 0, READ)
    text = text[: cut if cut > READ // 3 else READ]
    day = datetime.date.fromisoformat((published + "-01")[:10])
    return Document(id=text_id(text), text=text, origin="base", capture="", title=title.lstrip("# ")[:120],
                    published=day, published_granularity=Granularity.DAY)  # fmt: skip


class Maker:
    """Texts that differ from those read as reports differ from one another, with the statements found in them."""

    def __init__(self, readings: Sequence[Reading], seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.readings = readings
        self.words: dict[tuple[int, bool, str], list[str]] = defaultdict(list)
        for reading in readings:
            for word in _WORD.findall(reading.document.text):
                self.words[_shape(word)].append(word)
        self.fixed = [_fixed(reading) for reading in readings]
        self.recent: list[tuple[int, str, datetime.date]] = []

    def entry(self, number: int) -> Entry:
        """The next made document with its reading."""
        way = self.random.random()
        if self.recent and way < COPIES + RETOLD:
            at, text, day = self.random.choice(self.recent)
            text = self.varied(at, text, 0.01 if way < COPIES else 0.35)
            day = min(LAST_DAY, day + datetime.timedelta(self.random.randrange(3)))
        else:
            at = self.random.randrange(len(self.readings))
            text = self.varied(at, self.readings[at].document.text, 0.75)
            day = LAST_DAY - datetime.timedelta(self.random.randrange(SIX_YEARS))
        self.recent = [*self.recent[-RECENT:], (at, text, day)]
        return self.made(at, text, day, number)

    def varied(self, at: int, text: str, share: float) -> str:
        """The text with a share of its words, outside what a reading rests on, taken from other texts."""
        fixed, draw = self.fixed[at], self.random

        def other(found: re.Match[str]) -> str:
            word = found[0]
            if fixed[found.start()] or draw.random() > (share if word[0].islower() else share / 4):
                return word
            return draw.choice(self.words.get(_shape(word)) or [word])

        return _WORD.sub(other, text)

    def made(self, at: int, text: str, day: datetime.date, number: int) -> Entry:
        """The document with what was read of its base told of it, its days moved with that of publication."""
        reading = self.readings[at]
        old = reading.document
        moved = day - (old.published or day)
        outlet = int(OUTLETS * self.random.random() ** 2)
        document = Document(
            id=text_id(text), text=text, origin=f"made/{number}.txt",
            capture=hashlib.sha256(f"{number}".encode()).hexdigest(), title=text.partition("\n")[0][:120],
            outlet=f"The {outlet}th Witness", url=f"https://w{outlet}.example/{number}", published=day,
            published_granularity=Granularity.DAY,
        )  # fmt: skip
        said = tuple(_told(one, document, moved) for one in reading.statements)
        content = text.encode()
        capture = Capture(origin=document.origin, content=content, sha256=document.capture, medium=Medium.TEXT)
        return Entry(capture, document, USABLE, Reading(document=document, statements=said, model=reading.model))


def _shape(word: str) -> tuple[int, bool, str]:
    return len(word), word[0].isupper(), word[-1]


def _fixed(reading: Reading) -> bytearray:
    """Which characters must stay, as the reading rests on them."""
    marked = bytearray(len(reading.document.text))
    for one in reading.statements:
        parts: list[Any] = [one.trigger, one.cue, one.condition, one.likelihood, one.place, one.time, *one.sources]
        for part in parts:
            if part is not None and part.start is not None:
                marked[part.start : part.end] = b"\1" * (part.end - part.start)
    return marked


def _told(one: Statement, document: Document, moved: datetime.timedelta) -> Statement:
    text = document.text

    def again(part: Any) -> Any:  # noqa: ANN401 - any kind of span
        if part is None or part.start is None:
            return part
        more: dict[str, Any] = {}
        if isinstance(part, Time):
            more = {"from_": part.from_ and part.from_ + moved, "to": part.to and part.to + moved}
        if isinstance(part, Place):
            more = {"members": tuple(again(each) for each in part.members)}
        return msgspec.structs.replace(part, text=text[part.start : part.end], **more)

    def all_of(parts: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(again(part) for part in parts)

    return msgspec.structs.replace(
        one, document=document.id, id=statement_id(document.id, one.trigger.start, one.trigger.end),
        text=text[one.start : one.end], trigger=again(one.trigger), cue=again(one.cue), condition=again(one.condition),
        likelihood=again(one.likelihood), place=again(one.place), time=again(one.time), sources=all_of(one.sources),
        actors=all_of(one.actors), recipients=all_of(one.recipients), loaded=all_of(one.loaded),
    )  # fmt: skip


def fill(path: Path, documents: int, readings: Sequence[Reading]) -> Iterator[str]:
    """Make the record: so many texts, kept, held against copies, taken up in events and searched for predictions; what
    a text of each stretch costs, and what it costs to find that events are up to date."""
    maker, syndication = Maker(readings), Syndication()
    with Record(str(path)) as record:
        for at in range(0, documents, STRETCH):
            taken: defaultdict[str, float] = defaultdict(float)
            until = min(at + STRETCH, documents)
            for start in range(at, until, TOGETHER):
                entries = [maker.entry(number) for number in range(start, min(start + TOGETHER, until))]
                with _timed(taken, "to keep"):
                    kept = record.keep(entries, then=syndication.take)
                with _timed(taken, "to take up in events"):
                    events.update(record, [entry.document.id for entry in kept.documents])
                with _timed(taken, "to search for predictions"):
                    Book(record).update()
            each = ", ".join(f"{1000 * spent / (until - at):.1f} ms {what}" for what, spent in taken.items())
            events.catch_up(record)
            with _timed(taken, "nothing new"):
                events.catch_up(record)
            yield f"{until} texts: {each}; {taken['nothing new']:.3f} s to find no events to bring up to date"


@contextmanager
def _timed(taken: defaultdict[str, float], what: str) -> Iterator[None]:
    """Add the processor time spent within, in seconds."""
    began = time.process_time()
    yield
    taken[what] += time.process_time() - began


def commands(path: Path) -> Iterator[str]:
    """What each command takes of a processor, and of memory at its height."""
    for command in COMMANDS:
        given = [sys.executable, "-m", "foreshock", *command, "--record", str(path)]
        process = subprocess.Popen(given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(process.pid, 0)
        yield told(" ".join(("foreshock", *command)), used.ru_utime + used.ru_stime, used.ru_maxrss)


def pages(path: Path) -> Iterator[str]:
    """What each page of the desk takes of a processor, the first time and again, and the desk's memory so far."""
    with Record(str(path), create=False) as record, TestClient(create_app(record)) as desk:
        for page in PAGES:
            for when in ("first", "again"):
                began = time.process_time()
                desk.get(page).raise_for_status()
                taken = time.process_time() - began
                yield told(f"{page}, {when}", taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def measured(path: Path, documents: int) -> Iterator[str]:
    """The lines of the whole bench."""
    if not path.exists():
        yield from fill(path, documents, base())
    with Record(str(path), create=False) as record, record.begin() as connection:
        sizes = {table.name: connection.scalar(select(func.count()).select_from(table)) for table in COUNTED}
    yield f"{', '.join(f'{number} {name}' for name, number in sizes.items())}; {path.stat().st_size / 1e9:.2f} GB"
    yield from commands(path)
    yield from pages(path)


def told(name: str, seconds: float, kibibytes: int) -> str:
    """One line of the table."""
    return f"{name:50} {seconds:8.2f} s {kibibytes / 1024:7.0f} MB"


def main() -> None:
    """Make the record where it is not there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000, help="to make; 5,000 at least")
    parser.add_argument("--record", type=Path, required=True, help="where the record is kept, and looked for")
    given = parser.parse_args()
    for line in measured(given.record, given.documents):
        print(line, flush=True)  # noqa: T201 - a benchmark's output


if __name__ == "__main__":
    main()
