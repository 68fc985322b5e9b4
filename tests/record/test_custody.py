"""Custody: whatever is changed, taken away or put in behind the program's back is found and named."""

import datetime
import shutil
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from alembic import command
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import IntegrityError

from foreshock.errors import RecordError
from foreshock.gather.captures import capture_of
from foreshock.model.capture import Capture, Fetch, Medium
from foreshock.model.document import Verdict
from foreshock.model.entry import Entry
from foreshock.record import custody
from foreshock.record.store import Record, migration_config
from foreshock.record.verify import Finding, head_of, verify
from tests.record.samples import entry

FETCH = Fetch(
    url="https://example.org/a", at=datetime.datetime(2023, 6, 2, 8, tzinfo=datetime.UTC), status=200,
    headers=(("Content-Type", "text/html"), ("Set-Cookie", "a"), ("Set-Cookie", "b")),
)  # fmt: skip
TEXT = "Ann said soldiers fled the barracks."


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of two documents, the first fetched, and a skipped capture."""
    first = entry(TEXT, 0)
    fetched: Capture = msgspec.structs.replace(first.capture, fetch=FETCH)
    path = tmp_path_factory.mktemp("whole") / "record.sqlite"
    with Record(str(path)) as record:
        record.keep([Entry(fetched, first.document, first.verdict, first.reading)])
        spam = entry("Casino bonus.", 2, Verdict(label="spam", reason="test"))
        record.keep([entry("Bob says the front will hold.", 1), spam])
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    """A copy of that record, to be tampered with."""
    return Path(shutil.copy(whole, tmp_path / "record.sqlite"))


def findings(path: Path, head: str | None = None) -> list[Finding]:
    with Record(str(path), create=False) as record:
        return list(verify(record, head))


def tamper(path: Path, *commands: str) -> None:
    """Change the file as somebody would who knows SQLite and not Foreshock."""
    with closing(sqlite3.connect(path)) as connection:
        for line in commands:
            connection.execute(line)
        connection.commit()


def test_an_untouched_record_bears_itself_out(path: Path) -> None:
    assert findings(path) == []


ONE = entry(TEXT, 0)
CAPTURE, DOCUMENT = ONE.capture.sha256, ONE.document.id
STATEMENT = ONE.reading.statements[0].id if ONE.reading else ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("UPDATE documents SET text = 'All is well.' WHERE title LIKE 'Ann%'", [("changed", "document", DOCUMENT)]),
        ("UPDATE documents SET outlet = 'Another' WHERE title LIKE 'Ann%'", [("changed", "document", DOCUMENT)]),
        ("UPDATE documents SET published = 'soon' WHERE title LIKE 'Ann%'", [("changed", "document", DOCUMENT)]),
        ("UPDATE documents SET model = 'better' WHERE title LIKE 'Ann%'", [("changed", "document", DOCUMENT)]),
        ("UPDATE captures SET captured_at = '2020-01-01 00:00:00' WHERE title LIKE 'Ann%'",
         [("changed", "capture", CAPTURE)]),
        ("UPDATE captures SET verdict = 'spam' WHERE title LIKE 'Ann%'", [("changed", "capture", CAPTURE)]),
        ("UPDATE fetches SET headers = '[]'", [("changed", "fetch", CAPTURE)]),
        ("UPDATE fetches SET fetched_at = 'then'", [("changed", "fetch", CAPTURE)]),
        ("DELETE FROM fetches", [("missing", "fetch", CAPTURE)]),
        ("UPDATE statements SET body = replace(body, 'fled', 'died') WHERE type = 'RETREAT'",
         [("changed", "statement", STATEMENT)]),
        ("UPDATE statements SET country = 'RWA' WHERE type = 'RETREAT'", [("changed", "statement", STATEMENT)]),
        ("UPDATE statements SET time_to = 'x' WHERE type = 'RETREAT'", [("changed", "statement", STATEMENT)]),
        ("UPDATE statement_contexts SET context = 'military'", [("changed", "statement", STATEMENT)]),
        (f"DELETE FROM statement_sources WHERE statement = '{STATEMENT}'", [("changed", "statement", STATEMENT)]),
        (f"INSERT INTO statement_participants VALUES ('{STATEMENT}', 'actor', 0, 'x', '', 'y', '', '')",
         [("changed", "statement", STATEMENT)]),
        (f"UPDATE gaps SET reason = 'none' WHERE document = '{DOCUMENT}'", [("changed", "gaps", DOCUMENT)]),
        (f"DELETE FROM gaps WHERE document = '{DOCUMENT}'", [("changed", "gaps", DOCUMENT)]),
        (f"DELETE FROM originals WHERE sha256 = '{CAPTURE}'", [("missing", "original", CAPTURE)]),
        (f"UPDATE originals SET content = x'00' WHERE sha256 = '{CAPTURE}'", [("changed", "original", CAPTURE)]),
        (f"UPDATE originals SET content = x'{zlib.compress(b'other').hex()}' WHERE sha256 = '{CAPTURE}'",
         [("changed", "original", CAPTURE)]),
        ("INSERT INTO originals VALUES ('00', 1, x'00')", [("inserted", "original", "00")]),
        (f"INSERT INTO erasures VALUES ('{'0' * 64}', '2023-01-01')", [("inserted", "erasure", "0" * 64)]),
        ("DELETE FROM captures WHERE verdict = 'spam'",
         [("missing", "capture", capture_of("x", b"Casino bonus.", Medium.TEXT).sha256)]),
        ("INSERT INTO captures (capture, origin, captured_at, tool, verdict, reason) "
         "VALUES ('ab', 'x', '2023-01-01', 'x', 'spam', 'x')", [("inserted", "capture", "ab")]),
        (f"INSERT INTO statements (id, document, start, day, kind, polarity, body) SELECT 'abcdef', document, start, "
         f"day, kind, polarity, body FROM statements WHERE id = '{STATEMENT}'", [("inserted", "statement", "abcdef")]),
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_named(path: Path, line: str, expected: list[tuple[str, str, str]]) -> None:
    tamper(path, line)
    assert [(found.verdict, found.what, found.item) for found in findings(path)] == expected


def test_a_document_taken_away_with_all_that_hangs_on_it_is_missed(path: Path) -> None:
    hanging = [
        f"DELETE FROM {table} WHERE statement = '{STATEMENT}'"
        for table in ("statement_contexts", "statement_sources", "statement_participants")
    ]
    tamper(
        path, *hanging, f"DELETE FROM statements WHERE document = '{DOCUMENT}'",
        f"DELETE FROM gaps WHERE document = '{DOCUMENT}'", "DELETE FROM fetches",
        f"DELETE FROM originals WHERE sha256 = '{CAPTURE}'", f"DELETE FROM captures WHERE capture = '{CAPTURE}'",
        f"DELETE FROM documents WHERE id = '{DOCUMENT}'",
    )  # fmt: skip
    assert [(found.verdict, found.what, found.item) for found in findings(path)] == [
        ("missing", "capture", CAPTURE), ("missing", "document", DOCUMENT),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("INSERT INTO clause_words(clause_words, rowid, text) SELECT 'delete', number, json_extract(body, '$.text') "
         f"FROM statements WHERE id = '{STATEMENT}'", ("missing", "statement", STATEMENT)),
        ("INSERT INTO clause_words(rowid, text) VALUES (99, 'mutiny')",
         ("inserted", "full-text index", "clause_words row 99")),
        (f"INSERT INTO clause_words(rowid, text) SELECT number, 'mutiny' FROM statements WHERE id = '{STATEMENT}'",
         ("changed", "statement", STATEMENT)),
        ("INSERT INTO document_words(document_words, rowid, title, text) SELECT 'delete', number, title, text "
         f"FROM documents WHERE id = '{DOCUMENT}'", ("missing", "document", DOCUMENT)),
        ("INSERT INTO document_words(rowid, title, text) VALUES (99, 'Mutiny', '')",
         ("inserted", "full-text index", "document_words row 99")),
        ("DROP TRIGGER statements_added", ("missing", "trigger", "statements_added")),
        ("DROP TABLE clause_words", ("missing", "full-text index", "clause_words")),
    ],
)  # fmt: skip
def test_what_searches_by_words_go_by_is_verified_too(path: Path, line: str, expected: tuple[str, str, str]) -> None:
    tamper(path, line)
    assert [(found.verdict, found.what, found.item) for found in findings(path)] == [expected]


def test_a_statement_taken_away_or_moved_is_named(path: Path) -> None:
    other = entry("Bob says the front will hold.", 1).document.id
    tamper(path, f"UPDATE statements SET document = '{other}' WHERE id = '{STATEMENT}'")
    found = {(each.verdict, each.what, each.item) for each in findings(path)}
    assert found == {("missing", "statement", STATEMENT), ("inserted", "statement", STATEMENT)}


@pytest.mark.parametrize("line", ["UPDATE custody_log SET event = 'x'", "DELETE FROM custody_log"])
def test_the_log_refuses_to_be_changed(path: Path, line: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        tamper(path, line)


@pytest.mark.parametrize(
    ("line", "verdict", "item"),
    [
        ("UPDATE custody_log SET details = '{}' WHERE number = 2", "changed", "entry 2"),
        ("UPDATE custody_log SET details = '[' WHERE number = 2", "changed", "entry 2"),
        ("UPDATE custody_log SET at = '2020-01-01T00:00:00+00:00' WHERE number = 3", "changed", "entry 3"),
        ("DELETE FROM custody_log WHERE number = 2", "missing", "entry 2"),
        ("DELETE FROM custody_log WHERE number > 3", "missing", "entries 4–5"),
        ("DELETE FROM custody_head", "missing", "the head"),
        ("UPDATE custody_head SET number = 4", "changed", "entry 5"),
        (f"INSERT INTO custody_log VALUES (6, 'x', 'taken', 'ab', '{{}}', '{'0' * 64}', 'ff')", "changed", "entry 6"),
    ],
)
def test_a_log_changed_by_somebody_who_removed_its_guards(path: Path, line: str, verdict: str, item: str) -> None:
    tamper(path, "DROP TRIGGER custody_log_no_update", "DROP TRIGGER custody_log_no_delete", line)
    found = [each for each in findings(path) if each.what == "log entry"]
    assert (found[0].verdict, found[0].item) == (verdict, item)


def test_a_record_cut_short_as_a_whole_lacks_the_head_that_was_noted_down(path: Path, tmp_path: Path) -> None:
    shorter = tmp_path / "shorter.sqlite"
    with Record(str(shorter)) as record:
        record.keep([entry("Bob says the front will hold.", 1)])
    with Record(str(path)) as record:
        number, head = head_of(record)
    assert number == 5
    assert findings(path, head) == []
    assert findings(shorter) == []
    assert [(each.verdict, each.item) for each in findings(shorter, head)] == [("missing", head)]


def test_an_entry_is_there_only_with_what_it_tells_of(path: Path) -> None:
    before = head_of_file(path)
    with Record(str(path)) as record, pytest.raises(RecordError), record.begin(writing=True) as connection:
        custody.append(connection, [custody.Note("graded", "x", {})], datetime.datetime.now(datetime.UTC))
        _fail(connection)
    assert head_of_file(path) == before


def _fail(connection: Connection) -> None:
    try:
        connection.exec_driver_sql("INSERT INTO captures (capture) VALUES ('ab')")
    except IntegrityError as error:
        raise error


def head_of_file(path: Path) -> tuple[int, str]:
    with Record(str(path)) as record:
        return head_of(record)


def test_a_record_from_before_there_was_a_log_is_taken_into_custody_as_it_stands(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    config = migration_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        assert "custody_log" not in {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert findings(path) == []
    assert head_of_file(path)[0] == 5
    tamper(path, "UPDATE documents SET outlet = 'Another' WHERE title LIKE 'Ann%'")
    assert [(each.verdict, each.item) for each in findings(path)] == [("changed", DOCUMENT)]
