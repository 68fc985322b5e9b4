"""Opening a record: made whole or not at all, by one or by many at once, and only where one was meant to be."""

import concurrent.futures
import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from foreshock.errors import RecordError, UnwritableRecord, UsageError
from foreshock.gather.captures import capture_of
from foreshock.ledger.book import Book
from foreshock.model.capture import Medium
from foreshock.model.document import Document, Verdict, text_id
from foreshock.model.entry import Entry
from foreshock.record.store import Record
from foreshock.record.verify import verify

KILLED_AFTER = """
import os, signal, sys
from sqlalchemy import Engine, event
from foreshock.record.store import Record
left = int(sys.argv[2])

@event.listens_for(Engine, "after_cursor_execute")
def count(connection, cursor, statement, *_):
    global left
    left -= statement.lstrip().startswith("CREATE")
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

Record(sys.argv[1])
"""

OPENS_WHAT_IT_IS_TOLD = """
import sys
from foreshock.record.store import Record
for line in sys.stdin:
    Record(line.strip()).close()
    print("open", flush=True)
"""


def skipped(text: str) -> Entry:
    capture = capture_of("test", text.encode(), Medium.TEXT)
    document = Document(id=text_id(text), text=text, origin=capture.origin, capture=capture.sha256)
    return Entry(capture, document, Verdict(label="spam", reason="test"), None)


@pytest.mark.parametrize("creations", [1, 2, 9, 18])
def test_killed_while_the_tables_are_made_it_opens_well_afterwards(tmp_path: Path, creations: int) -> None:
    path = str(tmp_path / "record.sqlite")
    killed = subprocess.run([sys.executable, "-c", KILLED_AFTER, path, str(creations)], capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with Record(path) as record:
        record.keep([skipped("Casino bonus.")])
        assert record.sizes() == {"captures": 1, "documents": 0, "statements": 0}


@pytest.mark.slow
def test_two_programs_that_open_one_fresh_file_at_once(tmp_path: Path) -> None:
    paths = [str(tmp_path / f"record-{number}.sqlite") for number in range(6)]

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", OPENS_WHAT_IT_IS_TOLD]
        return subprocess.run(command, input="\n".join(paths), capture_output=True, text=True, timeout=300)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for program in [pool.submit(run) for _ in range(2)]:
            assert program.result().stdout.split() == ["open"] * len(paths), program.result().stderr
    for path in paths:
        with Record(path, create=False) as record:
            assert record.sizes()["documents"] == 0


def test_a_file_that_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_text("these are my notes, and there are many of them " * 50)
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


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="not a Foreshock record"):
        Record(str(path))
    assert path.read_bytes() == before


def test_a_locked_record(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    Record(str(path)).close()
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    with Record(str(path), patience=0) as record, pytest.raises(RecordError, match="locked"):
        record.keep([skipped("Casino bonus.")])
    holder.close()


class LetsGo(logging.Handler):
    """Another program that has the record's lock until somebody says that they wait for it."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.holder = sqlite3.connect(path)
        self.holder.execute("BEGIN IMMEDIATE")

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())
        self.holder.close()


def test_a_writer_waits_for_another_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foreshock.record.address.IMPATIENCE", 0.01)
    path = str(tmp_path / "record.sqlite")
    Record(path).close()
    other, log = LetsGo(path), logging.getLogger("foreshock.record.address")
    log.addHandler(other)
    try:
        with Record(path) as record:
            record.keep([skipped("Casino bonus.")])
            assert record.sizes()["captures"] == 1
    finally:
        log.removeHandler(other)
    assert other.said == [f"foreshock: {path}: another program writes to the record; waiting for it"]


def test_who_opens_a_record_that_another_holds_says_what_it_waits_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foreshock.record.address.IMPATIENCE", 0.01)
    path = str(tmp_path / "record.sqlite")
    Record(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # as a copy made by another program may be
    other, log = LetsGo(path), logging.getLogger("foreshock.record.address")
    log.addHandler(other)
    try:
        Record(path).close()
    finally:
        log.removeHandler(other)
    assert other.said == [f"foreshock: {path}: another program writes to the record; waiting for it"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("url", ["nosuchdb://x", "postgresql+nodriver://x/y", "postgresql://x:port/y"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(UsageError, match="not a record's address"):
        Record(url)


@pytest.mark.parametrize(
    "url",
    [
        "nosuchdb://ann:hunter2@x/y",
        "nosuchdb://ann@x/y?password=hunter2",
        "nosuchdb://ann:hunter2@x:port/y",
        "postgresql://ann:p@ss:hunter2@x:port/y",
        "post gres://ann:hunter2@x/y",
    ],
)
def test_no_password_is_ever_shown(url: str) -> None:
    with pytest.raises(UsageError, match="not a record's address") as told:
        Record(url)
    assert "hunter2" not in str(told.value)
    assert "y" in str(told.value)


def test_a_path_under_a_file_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(RecordError, match=r"notes\.txt/deeper/x\.sqlite: ") as told:
        Record(str(tmp_path / "notes.txt" / "deeper" / "x.sqlite"))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["what?.sqlite", "a#b%20c.sqlite", "récord?mode=ro.sqlite"])
def test_a_files_name_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    Record(str(tmp_path / name)).close()
    assert os.listdir(tmp_path) == [name]


def test_the_home_folder_may_be_abbreviated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    Record("~/records/a.sqlite").close()
    Record("sqlite:///~/records/b.sqlite").close()
    assert sorted(path.name for path in (tmp_path / "records").iterdir()) == ["a.sqlite", "b.sqlite"]


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}"])
def test_a_reader_makes_no_record_at_a_mistyped_path(tmp_path: Path, form: str) -> None:
    path = tmp_path / "folder" / "mistyped.sqlite"
    with pytest.raises(RecordError, match="no record there; make one with foreshock add"):
        Record(form.format(path), create=False)
    assert not path.parent.exists()


def test_a_reader_takes_an_empty_file_for_no_record(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    path.touch()
    with pytest.raises(RecordError, match="no record there"):
        Record(str(path), create=False)
    assert path.read_bytes() == b""


def test_a_reader_goes_on_while_another_writes(tmp_path: Path) -> None:
    path = str(tmp_path / "record.sqlite")
    with Record(path) as writer, writer.begin(writing=True), Record(path, create=False) as reader:
        assert reader.sizes()["captures"] == 0


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A record that was made so that nobody can write to it, seen by one whom that keeps from it: not by root."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a record?.sqlite"
        with Record(str(path)) as record:
            record.keep([skipped("Casino bonus.")])
        path.chmod(0o444)
        path.parent.chmod(0o555)
        before = os.geteuid()
        if before == 0:
            os.seteuid(65534)
        try:
            yield path
        finally:
            os.seteuid(before)
            path.parent.chmod(0o755)


def test_a_record_that_nobody_can_write_to_is_read(sealed: Path) -> None:
    with Record(str(sealed), create=False) as record:
        assert record.sizes()["captures"] == 1 and list(verify(record)) == []
        with pytest.raises(UnwritableRecord, match="cannot be written to where it lies"):
            record.keep([skipped("Casino bonus twice.")])
        assert Book(record).update_where_writable().documents == 0
    assert os.listdir(sealed.parent) == [sealed.name]


@contextmanager
def _as_the_owner(folder: Path) -> Iterator[None]:
    """Where something is done to a sealed folder."""
    before = os.geteuid()
    os.seteuid(os.getuid())
    folder.chmod(0o755)
    yield
    folder.chmod(0o555)
    os.seteuid(before)


def test_what_another_program_left_beside_a_record_is_not_passed_over(sealed: Path) -> None:
    with _as_the_owner(sealed.parent):
        sealed.with_name(f"{sealed.name}-wal").write_bytes(b"pages that were written last")
    with pytest.raises(RecordError, match="cannot be written to where it lies; copy it, with its -wal"):
        Record(str(sealed), create=False)


def test_what_its_owner_may_write_to_counts_as_open(sealed: Path) -> None:
    with _as_the_owner(sealed.parent):
        sealed.chmod(0o644)
    if os.geteuid() == sealed.stat().st_uid:
        pytest.skip("needs to be run by root, who can be another than the owner")
    with pytest.raises(RecordError, match="cannot be written to where it lies; copy it"):
        Record(str(sealed), create=False)


def test_a_folder_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="it is a folder"):
        Record(str(tmp_path), create=False)


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("meanwhile", ["moved", "deleted", "replaced"])
def test_a_record_whose_file_is_another_meanwhile_is_neither_read_nor_written(
    tmp_path: Path, empty: Path, fresh: bool, meanwhile: str
) -> None:
    path, elsewhere = tmp_path / "record.sqlite", tmp_path / "elsewhere.sqlite"
    if not fresh:
        shutil.copy(empty, path)
    with Record(str(path)) as record:
        record.keep([skipped("before")])
        path.rename(elsewhere)
        if meanwhile == "replaced":
            shutil.copy(empty, path)
        if meanwhile == "deleted":
            elsewhere.unlink()
        with pytest.raises(RecordError, match=r"record\.sqlite: its file was moved, deleted or replaced"):
            record.sizes()
        with pytest.raises(RecordError, match="put the file back"):
            record.keep([skipped("after")])
        if meanwhile == "moved":
            elsewhere.rename(path)
            record.keep([skipped("after")])
            assert record.sizes()["captures"] == 2
