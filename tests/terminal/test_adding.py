"""Documents added to a record: what is given with them, what is skipped, and what is said of it."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from foreshock.gather.supplied import AUTHOR_GIVEN, DATE_GIVEN, OUTLET_GIVEN
from foreshock.record.store import Record
from foreshock.record.verify import verify
from tests.terminal.conftest import FRENCH, TEXT, run


@pytest.mark.slow
def test_what_is_added_in_another_encoding_is_named(tmp_path: Path, article: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes(b"The governor of C\xf3rdoba resigned on Friday, and rebels attacked the city, officials said.")
    code, _, err = run("add", path, article, "--record", tmp_path / "record.sqlite")
    assert code == 0
    told = [line for line in err.splitlines() if "not UTF-8" in line]
    assert len(told) == 1 and told[0].startswith(f"foreshock: {path}: not UTF-8. What could not be read stands there")


def test_what_is_told_of_an_add_names_the_language_and_no_rate_where_nothing_was_new(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text(FRENCH)
    (tmp_path / "broken.pdf").write_text("no print")
    inputs = (tmp_path / "fr.txt", tmp_path / "broken.pdf")
    command = ("add", *inputs, "--record", tmp_path / "record.sqlite", "--workers", 1, "--verbose")
    _, first, err = run(*command)
    assert "skipped: another language, fr" in first
    assert "documents a second" in " ".join(first.split())
    assert "fr.txt: another language, fr (not in English)" in err
    _, again, _ = run(*command)
    assert "documents a second" not in " ".join(again.split())


def recorded(record: Path) -> dict[str, tuple[str | None, str | None, tuple[str, ...]]]:
    """Date, outlet and notes of the documents in a record, by the end of their origin."""
    with sqlite3.connect(record) as connection:
        found = connection.execute("SELECT origin, published, outlet, notes FROM documents").fetchall()
    connection.close()
    return {Path(row[0]).name: (row[1], row[2], tuple(json.loads(row[3]))) for row in found}


def test_a_date_and_an_outlet_given_complete_what_documents_lack(article: Path, tmp_path: Path) -> None:
    dated, record = tmp_path / "dated.md", tmp_path / "record.sqlite"
    dated.write_text(f"---\ndate: 2023-05-01T08:30:00Z\noutlet: The Lantern\n---\n{TEXT} And more.")
    command = ("add", article, dated, "--record", record, "--workers", 1, "--published", "2023-06-28", "--outlet")
    code, _, _ = run(*command, "Radio Garada")
    assert code == 0
    found = recorded(record)
    assert found["dated.md"] == ("2023-05-01", "The Lantern", ())
    assert found["article.txt"][:2] == ("2023-06-28", "Radio Garada")
    assert found["article.txt"][2] == (DATE_GIVEN, OUTLET_GIVEN)
    with Record(str(record)) as opened:
        assert list(verify(opened)) == []
    _, _, err = run(*command, "Another")
    assert "already in the record keeps the date, outlet and author it has" in err
    assert recorded(record) == found


def test_a_wrong_date_or_no_name_is_wrong_use_before_a_record_is_made(article: Path, tmp_path: Path) -> None:
    record = tmp_path / "record.sqlite"
    for option, value in (("--published", "31.12.2023"), ("--outlet", " "), ("--author", " ")):
        code, _, err = run("add", article, "--record", record, option, value)
        assert code == 2
        assert err.startswith(f"foreshock: {option}: ")
    assert not record.exists()


def test_an_author_given_completes_what_names_none(article: Path, tmp_path: Path) -> None:
    signed, record = tmp_path / "signed.md", tmp_path / "record.sqlite"
    signed.write_text(f"---\nauthor: B. Moro\n---\n{TEXT} And more.")
    code, _, _ = run("add", article, signed, "--record", record, "--workers", 1, "--author", "A. Analyst")
    assert code == 0
    with sqlite3.connect(record) as connection:
        authors = dict(connection.execute("SELECT origin, author FROM documents").fetchall())
    connection.close()
    assert authors == {str(article): "A. Analyst", str(signed): "B. Moro"}
    notes = recorded(record)
    assert notes["article.txt"][2] == (AUTHOR_GIVEN,) and notes["signed.md"][2] == ()


def test_an_add_says_which_texts_have_no_date_and_what_follows(article: Path, tmp_path: Path) -> None:
    code, _, err = run("add", article, "--record", tmp_path / "one.sqlite", "--workers", 1)
    assert code == 0
    assert err.strip().startswith(f"foreshock: {article}: no date of publication.")
    assert "`watch` and `ledger` count it from today" in err and "--published DATE" in err
    _, _, err = run("add", article, "--record", tmp_path / "two.sqlite", "--workers", 1, "--published", "2023-06-28")
    assert err.strip() == ""


def test_what_an_add_says_of_a_text_without_a_date_leads_to_one(article: Path, tmp_path: Path) -> None:
    command = ("add", article, "--record", tmp_path / "record.sqlite", "--workers", 1)
    _, _, err = run(*command)
    named = re.search(r"`foreshock erase (sha256:\w+) --why …`, and add it with --take-erased --published DATE", err)
    assert named is not None
    code, _, _ = run("erase", named[1], "--why", "to date it", "--record", tmp_path / "record.sqlite")
    assert code == 0
    _, _, err = run(*command, "--take-erased", "--published", "2023-06-28")
    assert err.strip() == ""
    assert recorded(tmp_path / "record.sqlite")[article.name][0] == "2023-06-28"


def test_skipped_inputs_are_named_and_documents_of_folders_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    spam = folder / "spam.txt"
    spam.write_text("Casino bonus slot jackpot. " * 20)
    _, _, err = run("add", spam, "--record", tmp_path / "named.sqlite", "--workers", 1)
    assert f"skipped {spam}: spam (" in err
    code, _, err = run("add", folder, "--record", tmp_path / "quiet.sqlite", "--workers", 1)
    assert code == 0
    assert (
        err.strip() == "foreshock: 1 skipped in folders and archives; --verbose names each, with the reason; "
        "--anyway reads what is in English"
    )
    _, _, err = run("add", folder, "--record", tmp_path / "asked.sqlite", "--workers", 1, "--verbose")
    assert f"skipped {spam}: spam (" in err
    spam.write_text(FRENCH)
    _, _, err = run("add", folder, "--record", tmp_path / "foreign.sqlite", "--workers", 1)
    assert err.strip() == "foreshock: 1 skipped in folders and archives; --verbose names each, with the reason"


def test_a_note_that_was_skipped_for_want_of_a_date_is_read_once_it_is_given(tmp_path: Path) -> None:
    note, record = tmp_path / "note.txt", tmp_path / "record.sqlite"
    note.write_text("Gunmen killed four soldiers at Garada. The army says nothing.")
    command = ("add", note, "--record", record, "--workers", 1)
    _, _, err = run(*command)
    assert f"skipped {note}: boilerplate (" in err and "--published DATE" in err
    _, _, err = run(*command, "--published", "2024-05-03")
    assert err.strip() == ""
    assert recorded(record)["note.txt"][0] == "2024-05-03"
    with Record(str(record)) as opened:
        assert list(verify(opened)) == []
    _, _, err = run(*command, "--published", "2024-06-01")
    assert "already in the record" in err
    assert recorded(record)["note.txt"][0] == "2024-05-03"


def test_who_insists_has_read_what_was_skipped_but_for_another_language(tmp_path: Path) -> None:
    record = tmp_path / "record.sqlite"
    headlines, french = tmp_path / "headlines.txt", tmp_path / "french.txt"
    headlines.write_text("\n".join(f"Rebels seize town of Garada {part}, army flees" for part in "ABCDEFGHIJ"))
    french.write_text("Le gouvernement a annoncé lundi que les troupes avaient quitté la ville de Garada. " * 6)
    command = ("add", headlines, french, "--record", record, "--workers", 1)
    _, _, err = run(*command)
    assert f"skipped {headlines}: boilerplate (" in err
    _, _, err = run(*command, "--anyway")
    assert "headlines.txt: boilerplate" not in err and f"skipped {french}: another language, fr" in err
    assert list(recorded(record)) == ["headlines.txt"]
    with sqlite3.connect(record) as connection:
        (reason,) = connection.execute("SELECT reason FROM captures WHERE verdict = 'usable'").fetchone()
    connection.close()
    assert reason.startswith("read because that was asked for; else boilerplate: ")
    with Record(str(record)) as opened:
        assert list(verify(opened)) == []


def test_add_then_search(article: Path, tmp_path: Path) -> None:
    record = tmp_path / "record.sqlite"
    code, out, _ = run("add", article, "--record", record, "--workers", 1)
    assert code == 0
    assert "read and recorded" in out
    code, out, _ = run("search", "Belarus", "--record", record)
    assert code == 0 and "troops" in out
    assert f"Untitled ({article.name}) · undated" in " ".join(out.split())
    code, out, _ = run("search", "Belarus", "--record", record, "--format", "json")
    assert code == 0 and any(hit["statement"]["place"]["country"] == "BLR" for hit in json.loads(out))
    for form in ("table", "json"):
        _, out, err = run("search", "--record", record, "--limit", 1, "--format", form)
        assert "the first 1; more match" in (err if form == "json" else out)
        assert "more match" not in "".join(run("search", "--record", record, "--format", form)[1:])
