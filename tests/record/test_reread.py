"""Re-reading: what stays keeps its id and number, and what a person decided outlives what the model thinks."""

import datetime

import msgspec
from sqlalchemy import select

from foreshock.model.entry import Entry
from foreshock.model.statement import Gap, Place, Reading
from foreshock.model.vocabulary import Kind
from foreshock.record.custody_tables import custody_log
from foreshock.record.document_rows import gaps_of
from foreshock.record.erasure import erase
from foreshock.record.query import Filter, count_by, count_statements, find_statements, statements_of
from foreshock.record.reread import Difference, count_outdated, outdated, replace_readings
from foreshock.record.store import Record
from foreshock.record.tables import documents, statements
from foreshock.record.verify import verify
from tests.record.samples import entry

TEXT = "Ann said soldiers fled the barracks, and the front will hold."


def reading_of(one: Entry, **changes: object) -> Reading:
    assert one.reading is not None
    return msgspec.structs.replace(one.reading, model="newer", **changes)


def numbers(record: Record) -> dict[str, int]:
    with record.begin() as connection:
        return {row.id: row.number for row in connection.execute(select(statements.c.id, statements.c.number))}


def test_only_what_another_version_read_is_outdated(record: Record) -> None:
    one, two = entry(TEXT, 0), entry("Bob says the front will hold.", 1)
    record.keep([one, two])
    replace_readings(record, [reading_of(one)])
    assert list(outdated(record, "newer")) == [two.document]
    assert count_outdated(record, "newer") == 1
    assert count_outdated(record, "newer", datetime.datetime.now(datetime.UTC)) == 2
    replace_readings(record, [reading_of(document_entry) for document_entry in (two,)])
    assert list(outdated(record, "newer")) == []


def test_what_did_not_change_keeps_its_number_and_what_did_its_id(record: Record) -> None:
    one, other = entry(TEXT, 0), entry("Bob says soldiers fled.", 1)
    record.keep([one, other])
    assert one.reading is not None
    fled, will = one.reading.statements
    before = numbers(record)
    moved = msgspec.structs.replace(
        will, kind=Kind.COMMITMENT, place=Place(start=0, end=3, text="Ann", name="Beni", country="COD"),
        contexts=("military",), sources=(),
    )  # fmt: skip
    gap = Gap(stage="actors", reason="none found")
    found = replace_readings(record, [reading_of(one, statements=(fled, moved), gaps=(gap,))])
    assert found == Difference(documents=1, same=1, changed=1)
    assert numbers(record) == before
    assert statements_of(record, one.document.id) == [fled, moved]
    assert list(gaps_of(record, one.document.id)) == [("actors", "none found")]
    assert count_statements(record, Filter(kind="commitment")) == 1
    assert count_by(record, Filter(), "mechanism") == {"defection": 2, "military": 1}
    assert count_statements(record, Filter(kind="commitment", clause_words="hold")) == 1
    assert list(verify(record)) == []


def test_statements_that_come_and_go_are_found_and_no_longer_found(record: Record) -> None:
    one = entry(TEXT, 0)
    record.keep([one])
    assert one.reading is not None
    fled, will = one.reading.statements
    kept = numbers(record)
    assert replace_readings(record, [reading_of(one, statements=(will,))]) == Difference(documents=1, same=1, gone=1)
    assert count_statements(record, Filter(clause_words="barracks")) == 0
    assert count_by(record, Filter(), "mechanism") == {}
    assert replace_readings(record, [reading_of(one)]) == Difference(documents=1, same=1, new=1)
    assert numbers(record)[will.id] == kept[will.id]
    assert {hit.statement.id for hit in find_statements(record, Filter(clause_words="hold"))} == {fled.id, will.id}
    assert list(verify(record)) == []


def test_words_that_a_changed_statement_no_longer_says_do_not_find_it(record: Record) -> None:
    one = entry(TEXT, 0, title="A title")
    record.keep([one])
    assert one.reading is not None
    fled, will = one.reading.statements
    shorter = msgspec.structs.replace(fled, end=35, text=TEXT[fled.start : 35])
    replace_readings(record, [reading_of(one, statements=(shorter, will))])
    assert count_statements(record, Filter(clause_words="front")) == 0
    assert [hit.statement.id for hit in find_statements(record, Filter(clause_words="hold"))] == [will.id]
    assert [hit.statement.id for hit in find_statements(record, Filter(clause_words="barracks"))] == [fled.id]


def test_every_reading_says_which_version_made_it(record: Record) -> None:
    one = entry(TEXT, 0)
    record.keep([one])
    replace_readings(record, [reading_of(one)])
    with record.begin() as connection:
        assert connection.scalar(select(documents.c.model)) == "newer"
        log = connection.execute(select(custody_log.c.event, custody_log.c.details)).all()
    assert [("read" in event, '"model":"m"' in details, '"model":"newer"' in details) for event, details in log] == [
        (True, True, False), (False, False, False), (True, False, True),
    ]  # fmt: skip


def test_what_was_erased_meanwhile_is_passed_over(record: Record) -> None:
    one = entry(TEXT, 0)
    record.keep([one])
    erase(record, one.document.id, "test", "test")
    assert replace_readings(record, [reading_of(one)]) == Difference()
    assert record.sizes()["documents"] == 0
    assert list(verify(record)) == []
