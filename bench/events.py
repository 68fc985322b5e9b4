"""What a new statement costs as the record grows: `python -m bench.events [--statements 10000000]`

Made reports of made events, about three texts to an event, 2,000 texts a month, 20 statements a text, words drawn as
in real text: a few that nobody else uses, most that many use. A record is filled to each size with what new
documents are compared with; then 200 new texts of its last month are read in, and `events.update` is timed.
"""

import argparse
import datetime
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from foreshock.corroborate import events, events_store
from foreshock.corroborate.events_keys import keys_of
from foreshock.corroborate.events_rules import rules
from foreshock.model.capture import Capture, Medium
from foreshock.model.document import Document, Verdict, text_id
from foreshock.model.entry import Entry
from foreshock.model.event import Digest
from foreshock.model.span import Span
from foreshock.model.statement import Place, Reading, Statement, Time, statement_id
from foreshock.model.vocabulary import EventType, Granularity, Kind, Precision
from foreshock.record.events_tables import event_common_keys, event_keys
from foreshock.record.store import Record

A_MONTH, A_TEXT, AN_EVENT = 2_000, 20, 3
"""Texts a month, statements a text, texts an event."""
NEW = 200
OWN_WORDS, SHARED_WORDS, SHARED = 10, 40, 3_000
"""Words of an event that no other has; words that texts share, and of how many they are drawn."""
FIRST = datetime.date(1990, 1, 1)
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)


def month_of(number: int) -> int:
    """The month of a text, as 12 · year + month."""
    return 12 * FIRST.year + FIRST.month + number // A_MONTH


def day_of(number: int) -> datetime.date:
    """The day on which a text was printed."""
    month = month_of(number) - 1
    return datetime.date(month // 12, month % 12 + 1, 1 + number % A_MONTH * 28 // A_MONTH)


def words_of(number: int, seed: int) -> list[str]:
    """The words of a text: its event's, and shared ones, the commonest far more often than the rarest."""
    generator = random.Random(f"{seed} {number}")
    event = number // AN_EVENT
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
        numbers=frozenset(), kinds={"ASSAULT": 1.0}, places=frozenset((number // AN_EVENT,)), counts={}, acts=(),
    )  # fmt: skip


def fill(record: Record, start: int, end: int, seed: int) -> None:
    """Put the texts from `start` to `end` into the tables that new ones are compared with, month by month."""
    for month in range(start // A_MONTH * A_MONTH, end, A_MONTH):
        made = [digest_of(number, seed) for number in range(max(month, start), min(month + A_MONTH, end))]
        keys = {digest.document: sorted(keys_of(digest).own) for digest in made}
        counted = Counter(key for own in keys.values() for key in own)
        common = {key for key, number in counted.items() if number > rules().commonest_key}
        filed = sorted((key, document) for document, own in keys.items() for key in own if key not in common)
        with record.begin(writing=True) as connection:
            events_store.keep_digests(connection, {one.document: one for one in made}, {one.document: one.document
                                                                                        for one in made})  # fmt: skip
            events_store.put(connection, event_keys, [{"key": key, "document": document} for key, document in filed])
            fresh = common - events_store.common_of(connection, common)
            events_store.put(connection, event_common_keys, [{"key": key} for key in fresh])


def entries(start: int, seed: int) -> Iterator[Entry]:
    """New texts of the month in which the record ends."""
    for number in range(start, start + NEW):
        found = words_of(number, seed)
        clauses = [
            f"forces attacked {' '.join(found[at % len(found)] for at in range(3 * one, 3 * one + 6))} part {one}"
            for one in range(A_TEXT)
        ]
        text = ". ".join(clauses)
        place = Place(start=None, end=None, text=None, name="Made", country="SDN", admin1="Made", lat=1.0, lon=1.0,
                      precision=Precision.POINT, geonameid=number // AN_EVENT + 1)  # fmt: skip
        statements = []
        for clause in clauses:
            begin = text.index(clause)
            at = begin + len("forces ")
            time_told = Time(from_=day_of(number), to=day_of(number), granularity=Granularity.DAY)
            statements.append(
                Statement(
                    document=text_id(text), id=statement_id(text_id(text), at, at + 8), start=begin,
                    end=begin + len(clause), text=clause, trigger=Span.of(text, at, at + 8), kind=Kind.REPORT,
                    type=EventType.ASSAULT, place=place, time=time_told,
                )
            )  # fmt: skip
        document = Document(
            id=text_id(text), text=text, origin="made", capture=text_id(text)[7:], published=day_of(number)
        )
        capture = Capture(origin="made", content=text.encode(), sha256=document.capture, medium=Medium.TEXT)
        reading = Reading(document=document, statements=tuple(statements), model="made")
        yield Entry(capture, document, Verdict(label="usable", reason="made"), reading)


def main() -> None:
    """Fill, time, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000, help="the largest record to fill")
    parser.add_argument("--seed", type=int, default=11)
    asked = parser.parse_args()
    sys.stdout.write("statements held   ms a new statement   ms a new text   comparisons kept\n")
    with tempfile.TemporaryDirectory() as folder, Record(str(Path(folder) / "record.sqlite")) as record:
        filled = 0
        for size in (one for one in SIZES if one <= asked.statements):
            # Always to the middle of a month, so that the new texts find as many of their own month each time.
            end = size // A_TEXT // A_MONTH * A_MONTH + A_MONTH // 2
            fill(record, filled, end, asked.seed)
            filled = end
            new = list(entries(filled, asked.seed + size))
            record.keep(new)
            began = time.process_time()
            events.update(record, [entry.document.id for entry in new])
            spent = 1000 * (time.process_time() - began)
            with record.begin() as connection:
                kept = len(events_store.pairs_of(connection, [entry.document.id for entry in new]))
            sys.stdout.write(
                f"{filled * A_TEXT:>15,}   {spent / NEW / A_TEXT:>18.2f}   {spent / NEW:>13.1f}   {kept:>16,}\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
