"""The command line is the contract: exit codes, one-line errors, help with an example, JSON lines."""

import datetime
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest
from rich.console import Console

from foreshock.cli import main
from foreshock.gather.supplied import AUTHOR_GIVEN, DATE_GIVEN, OUTLET_GIVEN
from foreshock.model.document import Document, text_id
from foreshock.model.statement import Reading, from_json
from foreshock.record.store import Record
from foreshock.record.verify import verify
from foreshock.terminal.reading import Printer
from tests.terminal.conftest import run

TEXT = (
    "Deserters will sell their rifles to the rebels, according to Ann Moro. The Kremlin sent troops to Belarus on "
    "Monday. The terrorist regime is collapsing. Protesters blocked the road to the parliament in Minsk, and police "
    "arrested dozens of them, the interior ministry said. The European Union should impose sanctions on the government."
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT)
    return path


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = main.commands[name]
    assert isinstance(command, click.Command)
    code, out, _ = run(name, "--help")
    assert code == 0
    assert f"Example:  foreshock {name}" in out


def test_jsonl_is_the_codebooks_section_10(article: Path) -> None:
    code, out, _ = run("read", article, "--format", "jsonl")
    assert code == 0
    statements = [from_json(line) for line in out.splitlines()]
    assert statements
    for statement in statements:
        assert TEXT[statement.start : statement.end] == statement.text
    assert list(json.loads(out.splitlines()[0]))[:5] == ["document", "id", "start", "end", "text"]


def test_the_screen_shows_who_says_what_and_closes_with_the_share_of_report(article: Path) -> None:
    code, out, _ = run("read", article, "--published", "2023-06-28")
    assert code == 0
    assert "Ann Moro" in out
    assert "the author" in out
    assert "Belarus" in out
    assert "Monday (26 June 2023)" in " ".join(out.split())
    assert "of this text is not report." in " ".join(out.split())[-80:]


def test_what_did_not_happen_is_shown_as_negative_and_what_did_is_not(tmp_path: Path) -> None:
    path = tmp_path / "quiet.txt"
    path.write_text("No shots were fired in Nyala on Monday, the governor said.")
    _, out, _ = run("read", path, "--published", "2023-06-28")
    assert re.search(r"^  negative\b", out, re.MULTILINE)
    path.write_text("Police fired shots in Nyala on Monday, the governor said.")
    _, out, _ = run("read", path, "--published", "2023-06-28")
    assert "negative" not in out


def test_a_text_of_which_the_month_is_known_is_told_as_of_the_month(article: Path) -> None:
    _, out, _ = run("read", article, "--published", "2023-06")
    assert re.search(r"\b2023-06\b(?!-)", out) and "2023-06-30" not in out


def test_broken_utf8_is_said_and_read(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes(b"The governor of C\xf3rdoba resigned on Friday, and rebels attacked the city, officials said.")
    code, out, err = run("read", path, "--format", "jsonl")
    assert code == 0
    assert "C\ufffdrdoba" in out
    assert f"{path}: some bytes were not UTF-8" in err


@pytest.mark.parametrize("days", [0, 1, 40])
def test_no_text_was_published_on_a_day_to_come(article: Path, days: int) -> None:
    day = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days)
    code, _, err = run("read", article, "--published", day, "--format", "jsonl")
    assert (code, f"--published: {day} is yet to come" in err) == ((2, True) if days == 40 else (0, False))
    assert run("read", article, "--published", f"{day:%Y-%m}", "--format", "jsonl")[0] == (2 if days == 40 else 0)


def test_what_is_added_in_another_encoding_is_named(tmp_path: Path, article: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes(b"The governor of C\xf3rdoba resigned on Friday, and rebels attacked the city, officials said.")
    code, _, err = run("add", path, article, "--record", tmp_path / "record.sqlite")
    assert code == 0
    told = [line for line in err.splitlines() if "not UTF-8" in line]
    assert len(told) == 1 and told[0].startswith(f"foreshock: {path}: not UTF-8. What could not be read stands there")


def test_reading_is_the_same_twice(article: Path) -> None:
    assert run("read", article, "--format", "jsonl") == run("read", article, "--format", "jsonl")


def test_some_inputs_failed(tmp_path: Path, article: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    code, out, err = run("read", empty, article, "--format", "jsonl")
    assert code == 1
    assert err.strip() == f"foreshock: {empty}: the file is empty"
    assert out


def test_a_document_that_fails_unforeseen_is_named_and_the_next_is_read(tmp_path: Path, article: Path) -> None:
    odd = tmp_path / "odd.md"
    odd.write_text("---\npublished: 2023-13-45\n---\n" + TEXT)
    code, out, err = run("read", odd, article, "--format", "jsonl")
    assert code == 1
    assert str(odd) in err
    assert out


def test_the_date_that_the_user_gives_wins(tmp_path: Path) -> None:
    row = tmp_path / "row.jsonl"
    row.write_text(json.dumps({"text": TEXT, "published": "2020-01-31"}))
    _, out, _ = run("read", row, "--published", "2023-06-28")
    assert "2023-06-28" in out
    assert "2020" not in out


def test_nothing_that_a_text_holds_steers_the_terminal(tmp_path: Path) -> None:
    evil = tmp_path / "evil.jsonl"
    text = TEXT.replace("Deserters", "De\x07serters\x1b[31m").replace("Ann Moro", "Ann\x9b2J Moro")
    author = "[/nonsense] \x1b[2J \u202ereversed"
    evil.write_text(json.dumps({"text": text, "title": "A \x1b]0;title\x07", "author": author}))
    code, out, _ = run("read", evil)
    assert code == 0
    assert "De␇serters␛[31m" in " ".join(out.split())
    assert "[/nonsense] ␛[2J �reversed" in out
    code, _, err = run("read", tmp_path / "no\x1b[2Jfile.txt")
    assert code == 1
    assert "no␛[2Jfile.txt" in err
    code, _, table = run("add", evil, "--record", tmp_path / "record.sqlite", "--workers", 1)
    _, hits, _ = run("search", "rifles", "--record", tmp_path / "record.sqlite")
    assert "␛" in hits
    for shown in (out, err, table, hits):
        assert not any((ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160 for char in shown)


def test_control_characters_do_not_shift_the_trigger() -> None:
    text = "\x07\x08\x0b\r\nThey fled."
    fled = text.index("fled")
    statement = from_json(
        json.dumps(
            {
                "document": "d", "id": "i", "start": 0, "end": len(text), "text": text, "kind": "report",
                "trigger": {"start": fled, "end": fled + 4, "text": "fled"},
            }
        )
    )  # fmt: skip
    out = io.StringIO()
    printer = Printer("table", out)
    printer.console = Console(file=out, force_terminal=True, color_system="truecolor", width=100)
    printer.show(
        Reading(document=Document(id="d", text=text, origin="x", capture=""), statements=(statement,), model="m")
    )
    assert "\x1b[1mfled\x1b[0m" in out.getvalue()


def test_square_brackets_are_no_markup(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    text = "Troops entered [/red] Belarus."
    row = {"id": "[/bold] a", "text": text, "mentions": [{"start": 15, "end": 29}]}
    rows.write_text(json.dumps(row))
    code, out, _ = run("locate", "--mentions", rows, "--format", "table")
    assert code == 0
    assert "[/bold] a" in out
    assert "[/red]" in out
    code, out, _ = run("add", rows, "--record", tmp_path / "[/a].sqlite", "--workers", 1)
    assert code == 0
    assert "[/a].sqlite" in "".join(out.split())


def test_every_failed_input_is_named(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(f"{{broken {number}\n" for number in range(30)))
    code, _, err = run("add", rows, "--record", tmp_path / "record.sqlite", "--workers", 1)
    assert code == 1
    assert all(f"row {number}:" in err for number in range(1, 31))


def test_files_of_no_kind_that_is_read_are_counted(article: Path, tmp_path: Path) -> None:
    for name in ("a.odt", "b.odt", "c.rtf"):
        (tmp_path / name).write_bytes(b"x")
    code, out, _ = run("add", tmp_path, "--record", tmp_path / "record" / "r.sqlite", "--workers", 1)
    assert code == 0
    counted = {line.rsplit(maxsplit=1)[0].strip(" │"): line.split()[-1] for line in out.splitlines() if ": ." in line}
    assert counted == {"not a kind that can be read: .rtf": "1", "not a kind that can be read: .odt": "2"}


FRENCH = (
    "Des soldats ont pris la caserne de la ville lundi et tué au moins douze hommes de la garde, ont déclaré deux "
    "sources de sécurité. Le gouvernement a promis de payer les soldes avant la fin du mois de juin et de juger les "
    "officiers qui ont commandé cette attaque, a dit le porte-parole de la présidence."
)


def test_reading_ends_with_what_is_missing_and_which_language_is_not_english(article: Path, tmp_path: Path) -> None:
    french = tmp_path / "fr.txt"
    french.write_text(FRENCH)
    _, _, err = run("read", article, "--published", "2023-06-28")
    assert err == ""
    _, _, err = run("read", article, french)
    language, date = err.splitlines()
    assert language.startswith(f"foreshock: {french}: not in English, it seems (fr)")
    assert date.startswith(f"foreshock: {article}, {french}: no date of publication")
    assert "--published" in date
    _, _, err = run("read", article, french, "--format", "jsonl")
    assert err == ""


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
        err.strip()
        == "foreshock: 1 skipped in folders and archives; --verbose names each, with the reason; --anyway reads them"
    )
    _, _, err = run("add", folder, "--record", tmp_path / "asked.sqlite", "--workers", 1, "--verbose")
    assert f"skipped {spam}: spam (" in err


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


@pytest.mark.parametrize("workers", [1, 2])
def test_reading_with_several_workers_says_the_same(tmp_path: Path, workers: int) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("\n".join(json.dumps({"text": f"{TEXT} Part {number}."}) for number in range(12)))
    code, out, _ = run("read", rows, "--format", "jsonl", "--workers", workers)
    documents = list(dict.fromkeys(from_json(line).document for line in out.splitlines()))
    assert code == 0
    assert documents == [text_id(f"{TEXT} Part {number}.") for number in range(12)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "x.txt", "--published", "31.12.2023"),
        ("read", "x.txt", "--format", "xml"),
        ("nonsense",),
        ("search", "x", "--kind", "rumour"),
    ],
)
def test_wrong_use_exits_with_2(arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORESHOCK_RECORD", str(tmp_path / "record.sqlite"))
    code, _, err = run(*arguments)
    assert code == 2
    assert err


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


def test_a_record_that_is_none_stops_the_run_in_one_line(article: Path, tmp_path: Path) -> None:
    record = tmp_path / "record.sqlite"
    record.write_text("my notes " * 500)
    code, _, err = run("add", article, "--record", record)
    assert code == 1
    assert "not a Foreshock record" in err
    assert len(err.strip().splitlines()) == 1


def test_the_record_can_be_named_in_the_environment(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORESHOCK_RECORD", str(tmp_path / "named.sqlite"))
    assert run("add", article, "--workers", 1)[0] == 0
    with Record(str(tmp_path / "named.sqlite")) as record:
        assert record.sizes()["documents"] == 1


def test_locate_on_a_screen_is_a_table(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Troops entered Belarus.")
    screen, end = os.openpty()
    subprocess.run([sys.executable, "-m", "foreshock", "locate", article], stdout=end, check=True)
    os.close(end)
    shown = os.read(screen, 10_000).decode()
    os.close(screen)
    assert "BLR" in shown and "article.txt" in shown and not shown.startswith("{")


def test_locate_finds_places_and_keeps_given_mentions(article: Path, tmp_path: Path) -> None:
    code, out, _ = run("locate", article)
    assert code == 0
    found = {mention["text"]: mention for mention in json.loads(out)["mentions"]}
    assert found["Belarus"]["country"] == "BLR"
    assert found["The Kremlin" if "The Kremlin" in found else "Kremlin"]["role"] == "actor"
    mentions = tmp_path / "mentions.jsonl"
    start = TEXT.index("Belarus")
    row = {"id": "a", "text": TEXT, "mentions": [{"start": start, "end": start + 7}]}
    mentions.write_bytes(json.dumps(row).encode() + b'\n{broken\n{"id": "caf\xe9"}\n')
    code, out, err = run("locate", "--mentions", mentions)
    assert code == 1
    assert "row 2" in err
    assert "row 3" in err
    (mention,) = json.loads(out)["mentions"]
    assert set(mention) >= {
        "geonameid",
        "name",
        "admin1",
        "country",
        "lat",
        "lon",
        "precision",
        "role",
        "score",
        "reason",
    }


def test_standard_input_and_no_slow_imports(article: Path) -> None:
    program = (
        "import sys; from foreshock.cli import main\n"
        "try: main(['read', '-', '--format', 'jsonl'])\n"
        "except SystemExit: pass\n"
        "slow = {'sqlalchemy', 'trafilatura', 'fastapi', 'py3langid', 'torch'} & set(sys.modules)\n"
        "print('SLOW', slow)"
    )
    done = subprocess.run([sys.executable, "-c", program], input=TEXT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "SLOW set()"
    assert from_json(done.stdout.splitlines()[0]).document.startswith("sha256:")
