"""The record: whole documents or none, nothing twice, and errors that say what to do."""

import concurrent.futures
import datetime
import threading
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import inspect, select

from foreshock.errors import RecordError, UsageError
from foreshock.gather.captures import capture_of
from foreshock.model.capture import Medium
from foreshock.model.document import Verdict
from foreshock.model.entry import Entry
from foreshock.model.vocabulary import Granularity, Kind
from foreshock.record.document_rows import gaps_of
from foreshock.record.erasure import erase
from foreshock.record.query import Filter, count_by, count_statements, find_statements, statements_of
from foreshock.record.store import Kept, Record
from foreshock.record.tables import captures, metadata
from tests.record.samples import USABLE, entry


def test_what_goes_in_comes_out(record: Record) -> None:
    one = entry("Ann said soldiers fled the town.")
    record.keep([one])
    assert one.reading is not None
    assert record.document(one.document.id) == one.document
    assert statements_of(record, one.document.id) == list(one.reading.statements)
    assert record.original(one.capture.sha256) == one.capture.content
    assert list(gaps_of(record, one.document.id)) == [("read", "too long")]


def test_nothing_is_kept_twice(record: Record) -> None:
    one = entry("Ann said soldiers fled the town.")
    assert record.keep([one, one]) == Kept(documents=[one], known=[one])
    assert record.keep([one]) == Kept(known=[one])
    assert record.sizes() == {"captures": 1, "documents": 1, "statements": 1}
    assert record.known_captures([one.capture.sha256, "0" * 64]) == {one.capture.sha256}


def test_a_skipped_capture_is_remembered_with_its_reason_and_without_its_bytes(record: Record) -> None:
    spam = entry("Casino bonus.", verdict=Verdict(label="spam", reason="2 advertising words"))
    assert record.keep([spam]) == Kept(skipped=[spam])
    assert record.sizes() == {"captures": 1, "documents": 0, "statements": 0}
    assert record.original(spam.capture.sha256) is None


def test_one_text_from_two_places_is_one_document_and_both_places_are_remembered(record: Record) -> None:
    first, spam = entry("Ann said soldiers fled.", 0), Verdict(label="spam", reason="2 advertising words")
    capture = capture_of("elsewhere", b"<p>Ann said soldiers fled.</p>", Medium.PAGE)
    reprinted = msgspec.structs.replace(
        first.document, outlet="The Reprint", title="They fled", author="B. Moro", url="https://reprint.example/1",
        published=datetime.date(2023, 7, 1), published_granularity=Granularity.MONTH, crawl_month="2023-08",
    )  # fmt: skip
    second = Entry(capture, reprinted, USABLE, first.reading)
    third = Entry(capture_of("spam", b"x", Medium.TEXT), reprinted, spam, None)
    kept = record.keep([first, second, third])
    assert kept == Kept(documents=[first], same_text=[second], skipped=[third])
    assert kept.statements == record.sizes()["statements"] == 1
    columns = (captures.c.outlet, captures.c.title, captures.c.author, captures.c.url, captures.c.published,
               captures.c.published_granularity, captures.c.crawl_month)  # fmt: skip
    with record.begin() as connection:
        rows = {row[0]: tuple(row[1:]) for row in connection.execute(select(captures.c.capture, *columns))}
    reprint = (
        "The Reprint", "They fled", "B. Moro", "https://reprint.example/1", datetime.date(2023, 7, 1), "month",
        "2023-08",
    )  # fmt: skip
    assert rows[second.capture.sha256] == rows[third.capture.sha256] == reprint
    assert rows[first.capture.sha256][1] == first.document.title
    assert record.document(first.document.id) == first.document


def test_two_runs_over_the_same_input_at_once_write_everything_once(tmp_path: Path) -> None:
    path = str(tmp_path / "record.sqlite")
    Record(path).close()
    entries = [entry(f"Person {number} said soldiers fled.", number) for number in range(25)]
    together = threading.Barrier(2)

    def run() -> int:
        with Record(path) as record:
            written = 0
            for one in entries:
                together.wait(120)
                written += len(record.keep([one]).documents)
            return written

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(run) for _ in range(2)]
        assert sum(one.result() for one in runs) == len(entries)
    with Record(path) as record:
        assert record.sizes() == {"captures": 25, "documents": 25, "statements": 25}


def test_a_batch_that_fails_leaves_nothing(record: Record) -> None:
    first, second, third = (entry(f"Person {n} said soldiers fled.", n) for n in range(3))
    assert first.reading is not None
    assert third.reading is not None
    record.keep([first])
    msgspec.structs.force_setattr(third.reading, "statements", first.reading.statements)
    with pytest.raises(RecordError):
        record.keep([second, third])
    assert record.sizes() == {"captures": 1, "documents": 1, "statements": 1}


def test_search_by_words_and_filters(record: Record) -> None:
    record.keep([entry("Ann said soldiers fled the barracks.", 0), entry("Bob says the front will hold.", 1)])
    assert count_statements(record, Filter()) == 2
    assert [hit.statement.kind for hit in find_statements(record, Filter(clause_words="barracks"))] == [Kind.REPORT]
    assert [hit.title for hit in find_statements(record, Filter(clause_words='"the front"'))] == [
        "Bob says the front w"
    ]
    assert find_statements(record, Filter(clause_words='"front the"')) == []
    assert count_statements(record, Filter(mechanism="defection")) == 1
    assert count_statements(record, Filter(kind="forecast", country="COD")) == 1
    assert count_statements(record, Filter(source="Ann")) == 0, "a private person is not found by name"
    assert count_statements(record, Filter(since=datetime.date(2023, 6, 2))) == 0
    assert count_by(record, Filter(), "kind") == {"forecast": 1, "report": 1}
    assert count_by(record, Filter(), "mechanism") == {"defection": 1}


def test_words_of_a_clause_find_the_statements_that_say_them_then_those_under_such_a_title(record: Record) -> None:
    both = entry("Ann said soldiers fled the barracks, and Bob says the front will hold.", 0, title="Sudan")
    titled = entry("Eve said guards fled at dawn.", 1, title="Barracks empty")
    record.keep([both, titled, entry("Near the barracks nothing stirred; shops will open.", 2, title="Shops")])
    assert both.reading is not None
    fled = both.reading.statements[0]
    found = find_statements(record, Filter(clause_words="barracks"))
    assert [hit.statement.id for hit in found] == [fled.id, titled.reading.statements[0].id]  # type: ignore[union-attr]
    assert count_statements(record, Filter(clause_words="barracks")) == 2
    assert count_by(record, Filter(clause_words="barracks"), "mechanism") == {"defection": 2}
    assert [hit.title for hit in find_statements(record, Filter(clause_words="fled DAWN"))] == ["Barracks empty"]
    assert find_statements(record, Filter(clause_words="stirred")) == []
    assert count_statements(record, Filter(clause_words="barracks", since=datetime.date(2023, 6, 2))) == 0
    erase(record, both.document.id, "test", "test")
    assert count_statements(record, Filter(clause_words="barracks")) == 1


@pytest.mark.parametrize("words", ['"', "NEAR(", "a AND", "title:x", "*", "'; DROP TABLE documents; --"])
def test_no_words_break_the_search(record: Record, words: str) -> None:
    record.keep([entry("Ann said soldiers fled the barracks.")])
    assert find_statements(record, Filter(clause_words=words)) == []
    assert record.sizes()["documents"] == 1


def test_unknown_filter_values_are_wrong_use() -> None:
    with pytest.raises(UsageError, match="rumour"):
        Filter(kind="rumour")


def test_the_migrations_make_the_tables_that_the_code_uses(record: Record) -> None:
    made = inspect(record.engine)
    for table in metadata.sorted_tables:
        assert {column["name"] for column in made.get_columns(table.name)} == {c.name for c in table.columns}
        assert {index["name"] for index in made.get_indexes(table.name)} >= {index.name for index in table.indexes}
