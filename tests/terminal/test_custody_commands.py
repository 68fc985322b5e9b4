"""`verify`, `erase`, `reread` and the wider door on the command line: exit codes, words, JSON."""

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.terminal.conftest import run

REPORT = (
    "Rebels of the M23 movement attacked an army position near Goma in North Kivu on Monday, killing at least {} "
    "soldiers, the governor of the province said. The army denied that the town had fallen. Thousands of civilians "
    "fled towards the border with Rwanda, according to the United Nations."
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two rows and the record of them."""
    folder = tmp_path_factory.mktemp("made")
    rows = [{"id": n, "text": REPORT.format(n + 10), "published": "2023-06-28"} for n in range(2)]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    code, _, _ = run("add", folder / "a.jsonl", "--record", folder / "record.sqlite", "--workers", 1)
    assert code == 0
    return folder


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Path:
    """A copy of that record."""
    with (
        closing(sqlite3.connect(made / "record.sqlite")) as one,
        closing(sqlite3.connect(tmp_path / "r.sqlite")) as two,
    ):
        one.backup(two)
    return tmp_path / "r.sqlite"


def document_of(record: Path) -> str:
    with closing(sqlite3.connect(record)) as connection:
        return str(connection.execute("SELECT id FROM documents ORDER BY number").fetchone()[0])


def test_a_sound_record_verifies_and_gives_the_hash_to_note_down(record: Path) -> None:
    code, out, _ = run("verify", "--record", record)
    assert code == 0
    assert "2 captures, 2 documents" in out
    assert "all as logged" in out
    head = out.split()[-1]
    assert run("verify", "--record", record, "--head", head)[0] == 0
    code, out, _ = run("verify", "--record", record, "--head", "0" * 64)
    assert code == 1
    assert "nowhere in the log" in out
    told = json.loads(run("verify", "--record", record, "--format", "json")[1])
    assert (told["sound"], told["head"], told["documents"]) == (True, head, 2)


def test_what_was_changed_is_named_and_the_exit_code_says_so(record: Path) -> None:
    with closing(sqlite3.connect(record)) as connection:
        connection.execute("UPDATE documents SET outlet = 'Another\x1b[2J' WHERE number = 1")
        connection.commit()
    code, out, _ = run("verify", "--record", record)
    assert code == 1
    assert f"changed document {document_of(record)}" in out
    assert "1 changed" in out
    told = json.loads(run("verify", "--record", record, "--format", "json")[1])
    assert told["findings"][0]["verdict"] == "changed"


def test_an_erased_document_stays_erased_until_asked_for(record: Path, made: Path) -> None:
    document = document_of(record)
    assert run("erase", document, "--record", record)[0] == 2, "a reason must be given"
    code, out, _ = run("erase", document[:20], "--record", record, "--reason", "order of a court", "--who", "A. Moro")
    assert code == 0
    assert f"Erased {document}" in out
    code, out, _ = run("add", made / "a.jsonl", "--record", record, "--workers", 1)
    assert code == 0
    assert "erased before, not taken again" in out
    assert "The record now holds 1 document and" in " ".join(out.split())
    code, out, _ = run("add", made / "a.jsonl", "--record", record, "--workers", 1, "--take-erased")
    assert "The record now holds 2 documents" in " ".join(out.split())
    assert run("verify", "--record", record)[0] == 0
    code, _, err = run("erase", "sha256:" + "0" * 64, "--record", record, "--reason", "x")
    assert code == 2
    assert "no document of this id" in err


def reread(record: Path, *more: str) -> str:
    code, out, _ = run("reread", "--record", record, "--workers", 1, *more)
    assert code == 0
    return " ".join(out.replace("│", " ").split())


def test_rereading_brings_up_what_an_older_version_read_and_nothing_else(record: Path) -> None:
    assert "documents read again 0" in reread(record)
    with closing(sqlite3.connect(record)) as connection:
        before = connection.execute("SELECT number, id, body FROM statements ORDER BY 1").fetchall()
        current = connection.execute("SELECT model FROM documents").fetchone()
        connection.execute("UPDATE documents SET model = 'older' WHERE number = 1")
        connection.commit()
    assert "documents read again 1" in reread(record)
    with closing(sqlite3.connect(record)) as connection:
        assert connection.execute("SELECT number, id, body FROM statements ORDER BY 1").fetchall() == before
        assert connection.execute("SELECT DISTINCT model FROM documents").fetchall() == [current]
    assert run("verify", "--record", record)[0] == 0
    assert "documents read again 2" in reread(record, "--all")


def test_what_an_archive_holds_besides_is_counted(tmp_path: Path) -> None:
    content = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:a>\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(content))
    code, out, _ = run("add", tmp_path / "a.warc.gz", "--record", tmp_path / "r.sqlite", "--workers", 1)
    assert code == 0
    assert "passed over: WARC record: warcinfo" in out


def test_an_address_that_leads_into_the_house_is_refused_in_one_line(tmp_path: Path) -> None:
    code, _, err = run("read", "http://127.0.0.1:9/")
    assert code == 1
    assert err.strip() == (
        "foreshock: http://127.0.0.1:9/: leads to 127.0.0.1, which is not a public address; it is not fetched"
    )


def test_a_search_by_time_place_actor_and_type(record: Path) -> None:
    def found(*arguments: str) -> int:
        code, out, _ = run("search", *arguments, "--record", record, "--format", "json", "--limit", 100)
        assert code == 0
        return len(json.loads(out))

    everything = found()
    assert everything > 4
    assert 0 < found("attacked", "--type", "ASSAULT", "--since", "2023-06-01", "--until", "2023-06-28") < everything
    assert found("--until", "2023-06-27") == 0
    assert 0 < found("--country", "COD", "--source", "the governor of the province") < everything
    assert found("--place", "Goma") > 0
    assert found("--actor", "no such actor") == 0
    code, _, err = run("search", "--since", "2023", "--record", record)
    assert code == 2 and "--since: '2023' is not a date; write it as 2024-06-30" in err
