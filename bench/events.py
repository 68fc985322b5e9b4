"""What a new statement costs as the record grows: `python -m bench.events [--statements 10000000]`

Made reports of made events, three texts to an event in the course of two days, 2,001 texts a month, 20 statements a
text, words drawn as in real text: a few that nobody else uses, most that many use. A record is filled to each size with
what new documents are compared and joined with: digests with their acts, keys, pairs, groups, statements by event. Then
200 new texts of its last month are read in, each on an event that one text held tells of, and `events.update` is timed.
Of each text held the record has one statement's body, by which its event is described, not twenty.
`--record` keeps the record at a path.
"""

import argparse
import datetime
import itertools
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, insert

from foreshock.corroborate.events import events, store
from foreshock.corroborate.events.keys import keys_of
from foreshock.corroborate.events.rules import rules
from foreshock.model.capture import Capture, Medium
from foreshock.model.document import Document, Verdict, text_id
from foreshock.model.entry import Entry
from foreshock.model.event import Act, Digest
from foreshock.model.span import Span
from foreshock.model.statement import Place, Reading, Statement, Time, statement_id
from foreshock.model.vocabulary import EventType, Granularity, Kind, Precision
from foreshock.record.events_tables import (
    event_act_pairs,
    event_common_keys,
    event_document_pairs,
    event_keys,
    event_statements,
    event_stories,
)
from foreshock.record.rows import StatementRows
from foreshock.record.store import Record
from foreshock.record.tables import documents, statements

A_MONTH, A_TEXT, EVENTS_A_MONTH = 2_001, 20, 667
"""Texts a month, statements a text, events a month: three texts tell of each."""
NEW = 200
OWN_WORDS, SHARED_WORDS, SHARED = 10, 40, 3_000
"""Words of an event that no other has; words that texts share, and of how many they are drawn."""
FIRST = datetime.date(1990, 1, 1)
NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)


def month_of(number: int) -> int:
    """The month of a text, as 12 · year + month."""
    return 12 * FIRST.year + FIRST.month + number // A_MONTH


def day_of(number: int) -> datetime.date:
    """The day on which a text was printed."""
    month = month_of(number) - 1
    day = number % A_MONTH % EVENTS_A_MONTH * 27 // EVENTS_A_MONTH
    return datetime.date(month // 12, month % 12 + 1, 1 + day + number % A_MONTH // EVENTS_A_MONTH % 2)


def event_of(number: int) -> int:
    """The event that a text tells of."""
    return number // A_MONTH * EVENTS_A_MONTH + number % A_MONTH % EVENTS_A_MONTH


def words_of(number: int, seed: int) -> list[str]:
    """The words of a text: its event's, and shared ones, the commonest far more often than the rarest."""
    generator = random.Random(f"{seed} {number}")
    event = event_of(number)
    own = [f"zq{event}x{at}" for at in range(OWN_WORDS)]
    shared = [f"vk{int(SHARED * generator.random() ** 3)}" for _ in range(SHARED_WORDS)]
    return own + shared


def digest_of(number: int, seed: int) -> Digest:
    """What a filled text is compared by."""
    found = list(dict.fromkeys(words_of(number, seed)))
    weight = round(len(found) ** -0.5, 4)
    return Digest(
        document=f"sha256:{number:064x}", month=month_of(number), published=day_of(number).toordinal(),
        weekdays=frozenset(), days=frozenset(), words=dict.fromkeys(found, weight), title={}, names=frozenset(),
        numbers=frozenset(), kinds={"ASSAULT": 1.0}, places=frozenset((event_of(number) + 1,)), counts={},
        acts=(_act(number, found),),
    )  # fmt: skip


def _act(number: int, words: list[str]) -> Act:
    """The one act that a filled text's statements tell of."""
    day = day_of(number).toordinal()
    first, *others = (f"{number * A_TEXT + at:016x}" for at in range(A_TEXT))
    return Act(
        statement=first, start=0, type="ASSAULT", mode=None, denied=False, place=event_of(number) + 1, admin1="Made",
        country="SDN", first=day, last=day, day=True, entities=frozenset(), counts={},
        words=dict.fromkeys(words[:16], 0.25), others=tuple(others),
    )  # fmt: skip


def place_of(number: int) -> Place:
    """Where the event of a text was."""
    return Place(start=None, end=None, text=None, name="Made", country="SDN", admin1="Made", lat=1.0, lon=1.0,
                 precision=Precision.POINT, geonameid=event_of(number) + 1)  # fmt: skip


def fill(record: Record, start: int, end: int, seed: int) -> None:
    """Put the texts from `start` to `end` into the tables that new ones are compared with, month by month."""
    for month in range(start // A_MONTH * A_MONTH, end, A_MONTH):
        made = [digest_of(number, seed) for number in range(max(month, start), min(month + A_MONTH, end))]
        keys = {digest.document: sorted(keys_of(digest).own) for digest in made}
        counted = Counter(key for own in keys.values() for key in own)
        common = {key for key, number in counted.items() if number > rules().commonest_key}
        filed = sorted((key, document) for document, own in keys.items() for key in own if key not in common)
        with record.begin(writing=True) as connection:
            store.keep_digests(connection, {one.document: one for one in made}, {one.document: one.document
                                                                                        for one in made})  # fmt: skip
            store.put(connection, event_keys, [{"key": key, "document": document} for key, document in filed])
            fresh = common - store.common_of(connection, common)
            store.put(connection, event_common_keys, [{"key": key} for key in fresh])
            _put_bodies(connection, range(max(month, start), min(month + A_MONTH, end)))
            _put_groups(connection, made)


def _put_bodies(connection: Connection, numbers: range) -> None:
    """The texts held, each with its first statement."""
    held, told = [], []
    for number in numbers:
        document, text = f"sha256:{number:064x}", f"forces attacked Made {event_of(number)}"
        time_told = Time(from_=day_of(number), to=day_of(number), granularity=Granularity.DAY)
        one = Statement(
            document=document, id=f"{number * A_TEXT:016x}", start=0, end=len(text), text=text,
            trigger=Span.of(text, 7, 15), kind=Kind.REPORT, type=EventType.ASSAULT, place=place_of(number),
            time=time_told,
        )  # fmt: skip
        held.append({"id": document, "text": text, "origin": "made", "published": day_of(number),
                     "published_granularity": "day", "notes": [], "model": "made", "read_at": NOW})  # fmt: skip
        told += StatementRows([one], day_of(number).isoformat()).statements
    connection.execute(insert(documents), held)
    connection.execute(insert(statements), told)


def _put_groups(connection: Connection, made: list[Digest]) -> None:
    """The pairs of texts and acts on one event, and the groups that come of them."""
    together: dict[int, list[Digest]] = {}
    for digest in made:
        together.setdefault(min(digest.places), []).append(digest)
    couples = [pair for group in together.values() for pair in itertools.combinations(group, 2)]
    store.put(connection, event_document_pairs, [
        {"first": one.document, "second": other.document, "probability": 0.9} for one, other in couples
    ])  # fmt: skip
    store.put(connection, event_act_pairs, [
        {"first": one.acts[0].statement, "second": other.acts[0].statement, "probability": 0.9}
        for one, other in couples
    ])  # fmt: skip
    store.put(connection, event_stories, [
        {"document": one.document, "story": group[0].document}
        for group in together.values() if len(group) > 1 for one in group
    ])  # fmt: skip
    store.put(connection, event_statements, [
        {"statement": told, "document": one.document, "act": act.statement, "event": group[0].acts[0].statement}
        for group in together.values() for one in group for act in one.acts for told in act.statements
    ])  # fmt: skip


def entries(start: int, seed: int) -> Iterator[Entry]:
    """New texts of the month in which the record ends."""
    for number in range(start, start + NEW):
        found = words_of(number, seed)
        clauses = [
            f"forces attacked {' '.join(found[at % len(found)] for at in range(3 * one, 3 * one + 6))} part {one}"
            for one in range(A_TEXT)
        ]
        text = ". ".join(clauses)
        found_here = []
        for clause in clauses:
            begin = text.index(clause)
            at = begin + len("forces ")
            time_told = Time(from_=day_of(number), to=day_of(number), granularity=Granularity.DAY)
            found_here.append(
                Statement(
                    document=text_id(text), id=statement_id(text_id(text), at, at + 8), start=begin,
                    end=begin + len(clause), text=clause, trigger=Span.of(text, at, at + 8), kind=Kind.REPORT,
                    type=EventType.ASSAULT, place=place_of(number), time=time_told,
                )
            )  # fmt: skip
        document = Document(
            id=text_id(text), text=text, origin="made", capture=text_id(text)[7:], published=day_of(number)
        )
        capture = Capture(origin="made", content=text.encode(), sha256=document.capture, medium=Medium.TEXT)
        reading = Reading(document=document, statements=tuple(found_here), model="made")
        yield Entry(capture, document, Verdict(label="usable", reason="made"), reading)


def main() -> None:
    """Fill, time, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000, help="the largest record to fill")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--record", type=Path, help="where the record is made, and kept; there must be none yet")
    asked = parser.parse_args()
    if asked.record is not None and asked.record.exists():
        parser.error(f"{asked.record}: is there already; name another file")
    sys.stdout.write("statements held   ms a new statement   ms a new text   by the clock   comparisons kept\n")
    with (
        tempfile.TemporaryDirectory() as folder,
        Record(str(asked.record or Path(folder) / "record.sqlite")) as record,
    ):
        filled = 0
        for size in (one for one in SIZES if one <= asked.statements):
            # Always to the middle of a month, so that the new texts find as many of their own month each time.
            end = size // A_TEXT // A_MONTH * A_MONTH + A_MONTH // 2
            fill(record, filled, end, asked.seed)
            filled = end
            new = list(entries(filled, asked.seed + size))
            record.keep(new)
            began, on_clock = time.process_time(), time.monotonic()
            events.update(record, [entry.document.id for entry in new])
            spent, waited = 1000 * (time.process_time() - began), 1000 * (time.monotonic() - on_clock)
            with record.begin() as connection:
                kept = len(store.pairs_of(connection, [entry.document.id for entry in new]))
            sys.stdout.write(
                f"{filled * A_TEXT:>15,}   {spent / NEW / A_TEXT:>18.2f}   {spent / NEW:>13.1f}   "
                f"{waited / NEW:>12.1f}   {kept:>16,}\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
