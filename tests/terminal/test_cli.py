"""The command line is the contract: exit codes, one-line errors, help with an example, JSON lines."""

import datetime
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from rich.console import Console

from foreshock.cli import main
from foreshock.model.document import Document, text_id
from foreshock.model.statement import Reading, from_json
from foreshock.record.store import Record
from foreshock.terminal.reading import Printer
from tests.terminal.conftest import FRENCH, TEXT, run


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


@pytest.mark.slow
def test_files_of_no_kind_that_is_read_are_counted(article: Path, tmp_path: Path) -> None:
    for name in ("a.odt", "b.odt", "c.rtf"):
        (tmp_path / name).write_bytes(b"x")
    code, out, _ = run("add", tmp_path, "--record", tmp_path / "record" / "r.sqlite", "--workers", 1)
    assert code == 0
    counted = {line.rsplit(maxsplit=1)[0].strip(" │"): line.split()[-1] for line in out.splitlines() if ": ." in line}
    assert counted == {"not a kind that can be read: .rtf": "1", "not a kind that can be read: .odt": "2"}


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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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
