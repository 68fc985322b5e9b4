"""The record: whole documents or none, nothing twice, and errors that say what to do."""

import datetime
import sqlite3
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import inspect

from foreshock.errors import RecordError, UsageError
from foreshock.gather.captures import capture_of
from foreshock.model.capture import Medium
from foreshock.model.document import Document, Verdict, text_id
from foreshock.model.entry import Entry
from foreshock.model.span import Span
from foreshock.model.statement import Gap, Place, Reading, Source, Statement, Time, statement_id
from foreshock.model.vocabulary import EventType, Kind, Precision, SourceKind
from foreshock.record.query import Filter, count_by, count_statements, find_statements, gaps_of, statements_of
from foreshock.record.store import Record
from foreshock.record.tables import metadata

USABLE = Verdict(label="usable", reason="test")


def entry(text: str, number: int = 0, verdict: Verdict = USABLE) -> Entry:
    """A document with one statement a word *fled* or *will*, made by hand."""
    content = text.encode()
    capture = capture_of(f"test {number}", content, Medium.TEXT)
    document = Document(
        id=text_id(text), text=text, origin=capture.origin, capture=capture.sha256, title=text[:20],
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


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(str(tmp_path / "record.sqlite"))


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
    record.keep([one, one])
    record.keep([one])
    assert record.sizes() == {"captures": 1, "documents": 1, "statements": 1}
    assert record.known_captures([one.capture.sha256, "0" * 64]) == {one.capture.sha256}


def test_a_skipped_capture_is_remembered_with_its_reason_and_without_its_bytes(record: Record) -> None:
    spam = entry("Casino bonus.", verdict=Verdict(label="spam", reason="2 advertising words"))
    record.keep([spam])
    assert record.sizes() == {"captures": 1, "documents": 0, "statements": 0}
    assert record.original(spam.capture.sha256) is None


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
    assert [hit.statement.kind for hit in find_statements(record, Filter(words="barracks"))] == [Kind.REPORT]
    assert [hit.title for hit in find_statements(record, Filter(words='"the front"'))] == ["Bob says the front w"]
    assert find_statements(record, Filter(words='"front the"')) == []
    assert count_statements(record, Filter(mechanism="defection")) == 1
    assert count_statements(record, Filter(kind="forecast", country="COD")) == 1
    assert count_statements(record, Filter(source="Ann")) == 1
    assert count_statements(record, Filter(since=datetime.date(2023, 6, 2))) == 0
    assert count_by(record, Filter(), "kind") == {"forecast": 1, "report": 1}
    assert count_by(record, Filter(), "mechanism") == {"defection": 1}


@pytest.mark.parametrize("words", ['"', "NEAR(", "a AND", "title:x", "*", "'; DROP TABLE documents; --"])
def test_no_words_break_the_search(record: Record, words: str) -> None:
    record.keep([entry("Ann said soldiers fled the barracks.")])
    assert find_statements(record, Filter(words=words)) == []
    assert record.sizes()["documents"] == 1


def test_unknown_filter_values_are_wrong_use() -> None:
    with pytest.raises(UsageError, match="rumour"):
        Filter(kind="rumour")


def test_a_removed_document_leaves_nothing_behind(record: Record) -> None:
    one, two = entry("Ann said soldiers fled the barracks.", 0), entry("Bob says the front will hold.", 1)
    record.keep([one, two])
    record.remove(one.document.id)
    assert record.sizes() == {"captures": 1, "documents": 1, "statements": 1}
    assert find_statements(record, Filter(words="barracks")) == []
    assert record.original(one.capture.sha256) is None


def test_the_migrations_make_the_tables_that_the_code_uses(record: Record) -> None:
    made = inspect(record.engine)
    for table in metadata.sorted_tables:
        assert {column["name"] for column in made.get_columns(table.name)} == {c.name for c in table.columns}
        assert {index["name"] for index in made.get_indexes(table.name)} >= {index.name for index in table.indexes}


def test_a_file_that_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_text("these are my notes, and there are many of them " * 50)
    with pytest.raises(RecordError, match="not a Foreshock record"):
        Record(str(path))


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    with pytest.raises(RecordError, match="not a Foreshock record"):
        Record(str(path))


def test_a_newer_record(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    Record(str(path)).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(RecordError, match="newer Foreshock"):
        Record(str(path))


def test_a_locked_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foreshock.record.store.BUSY_SECONDS", 0)
    path = tmp_path / "record.sqlite"
    Record(str(path)).close()
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    with Record(str(path)) as record, pytest.raises(RecordError, match="locked"):
        record.keep([entry("Ann said soldiers fled.")])
    holder.close()


@pytest.mark.parametrize("url", ["nosuchdb://x", "postgresql+nodriver://x/y"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(UsageError, match="not a record's address"):
        Record(url)
