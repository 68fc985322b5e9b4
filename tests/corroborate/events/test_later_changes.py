"""Copies and events follow what happens to a record later: a document is erased, or read by a newer model."""

import datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from foreshock.cli import main
from foreshock.corroborate.copies.syndication import Syndication
from foreshock.corroborate.events import events
from foreshock.exchange.groups import groups_in
from foreshock.model.entry import Entry
from foreshock.model.statement import Count, Reading
from foreshock.record.events_tables import event_statements, event_stories
from foreshock.record.events_tables import events as events_table
from foreshock.record.reread import replace_readings
from foreshock.record.store import Record
from foreshock.record.syndication_tables import syndication_runs, syndication_texts
from foreshock.record.verify import verify
from tests.corroborate.made import RAID_DAY, Said, event_of, raid_reports, report


def copies() -> list[Entry]:
    """One wire story on the raid in three papers, one of them without its end."""
    tail = [f"Witness number {number} told of smoke over the mill quarter." for number in range(24)]
    said = Said("Raiders of the Orvesh Column killed 12 people at the granary of Varnost on Tuesday", "killed",
                town="Varnost", day=RAID_DAY, killed=12, actor=("Orvesh Column", "sdn-orvesh"))  # fmt: skip
    return [
        report(title, [said], outlet, tail=" ".join(tail[:length]))
        for title, outlet, length in (("Raid", "One", 24), ("The raid", "Two", 24), ("Raid on Varnost", "Three", 20))
    ]


def take_in(record: Record, entries: list[Entry]) -> None:
    """Keep entries with their copies and events, as the line does."""
    record.keep(entries, then=Syndication().take)
    events.update(record, [entry.document.id for entry in entries])


def state(record: Record) -> list[list[tuple[object, ...]]]:
    """Groups of copies, groups of documents, events and what lists show of them."""
    queries = (
        select(syndication_texts.c.document, syndication_texts.c.copies_of), select(event_stories),
        select(event_statements), select(events_table),
    )  # fmt: skip
    with record.begin() as connection:
        return [sorted(map(tuple, connection.execute(query)), key=str) for query in queries]


def erase(record: Record, entry: Entry) -> None:
    """Erase a document as a user does."""
    arguments = ["erase", entry.document.id, "--record", record.name, "--reason", "asked for", "--who", "tester"]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize("which", [0, 1, 2])
def test_an_erased_copy_leaves_its_group_its_event_and_their_counts(record: Record, tmp_path: Path, which: int) -> None:
    wire, other = copies(), raid_reports()[1]
    take_in(record, [*wire, other])
    event = event_of(record, wire[0])
    assert (event.independent, event.copies) == (2, 2)
    assert [sorted(group) for group in groups_in(record).syndicated] == [["Raid", "Raid on Varnost", "The raid"]]
    erase(record, wire.pop(which))
    event = event_of(record, wire[0])
    assert (event.independent, event.copies, len(event.reports)) == (2, 1, 3)
    assert [len(group) for group in groups_in(record).syndicated] == [2]
    with Record(str(tmp_path / "without.sqlite")) as without:
        take_in(without, [*wire, other])
        assert state(record) == state(without)
    erase(record, wire.pop())
    event = event_of(record, other)
    assert (event.independent, event.copies) == (2, 0)
    assert not groups_in(record).syndicated
    erase(record, wire.pop())
    event = event_of(record, other)
    assert (event.independent, len(event.reports)) == (1, 1)
    assert list(verify(record)) == []


def chain() -> list[Entry]:
    """Two reports that only a third, the last, holds together."""
    told = (
        ("Granary of Varnost burns after raid",
         "Raiders of the Orvesh Column burned the granary beside the chapel of Varnost", "burned", 9),
        ("Ferryman of Ulmezhin buried",
         "The ferryman and the miller were buried beside the chapel of Ulmezhin after raiders killed them in Varnost",
         "killed", 12),
        ("Varnost counts its dead after the granary raid",
         "Raiders of the Orvesh Column killed the miller and the ferryman at the granary of Varnost", "killed", 10),
    )  # fmt: skip
    tails = ("", "", "The ferryman was buried beside the chapel of Ulmezhin.")
    return [
        report(title, [Said(clause, trigger, town="Varnost")], title, datetime.date(2023, 5, day), tail)
        for (title, clause, trigger, day), tail in zip(told, tails, strict=True)
    ]


def test_reports_that_an_erased_one_alone_held_together_part(record: Record, tmp_path: Path) -> None:
    first, second, middle = chain()
    take_in(record, [first, second, middle])
    assert [len(group) for group in groups_in(record).same_event] == [3]
    assert middle.document.id > min(first.document.id, second.document.id), "else the group had lost its name"
    erase(record, middle)
    assert not groups_in(record).same_event
    with Record(str(tmp_path / "without.sqlite")) as without:
        take_in(without, [first, second])
        assert state(record) == state(without)


def test_no_run_of_words_of_an_erased_text_stays_in_the_index_of_copies(record: Record) -> None:
    """A run's hash is made of its words' and can be turned back into them."""
    wire, other = copies()[0], raid_reports()[1]
    take_in(record, [other, wire])
    erase(record, wire)
    later = copies()[1]
    take_in(record, [later])  # which is given the number that the erased text had
    rows: dict[str, int] = {"keys": 0, "paragraphs": 0}
    with record.begin() as connection:
        for row in connection.execute(select(syndication_runs)):
            rows[row.kind] += len(row.numbers) // 4
    with Record(str(Path(record.name).with_name("anew.sqlite"))) as anew:
        take_in(anew, [other, later])
        with anew.begin() as connection:
            for row in connection.execute(select(syndication_runs)):
                rows[row.kind] -= len(row.numbers) // 4
    assert rows == {"keys": 0, "paragraphs": 0}


def test_a_newer_reading_keeps_the_ids_of_statements_whose_span_is_the_same_and_their_event(record: Record) -> None:
    raid = raid_reports()
    take_in(record, raid)
    before = event_of(record, raid[0])
    newer = [read_anew(entry, killed=20 + at) for at, entry in enumerate(raid)]
    replace_readings(record, newer, events.forget)
    events.catch_up(record)
    after = event_of(record, raid[0])
    assert (after.id, after.statements) == (before.id, before.statements)
    assert (after.counts["killed"].low, after.counts["killed"].high) == (20, 22)
    assert after.independent == 3
    whole = state(record)
    events.recompute(record)
    assert state(record) == whole
    assert list(verify(record)) == []


def test_an_event_goes_on_under_the_statements_that_a_newer_reading_still_finds(record: Record) -> None:
    raid = raid_reports()
    take_in(record, raid)
    gone = next(
        entry for entry in raid if entry.reading and entry.reading.statements[0].id == event_of(record, entry).id
    )
    replace_readings(record, [read_anew(gone, found=False)], events.forget)
    events.catch_up(record)
    left = [entry for entry in raid if entry is not gone]
    event = event_of(record, left[0])
    assert event.independent == 2
    assert event.id == min(entry.reading.statements[0].id for entry in left if entry.reading)


def read_anew(entry: Entry, killed: int = 0, found: bool = True) -> Reading:
    """The entry's reading as another version might have it: other figures, or nothing found."""
    assert entry.reading is not None
    counts = {"killed": Count(low=killed, best=killed, high=killed)}
    statements = tuple(msgspec.structs.replace(one, counts=counts) for one in entry.reading.statements)
    return msgspec.structs.replace(entry.reading, model="newer", statements=statements if found else ())
