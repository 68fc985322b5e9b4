"""From rows to an export on the command line: groups by external id; deserters protected, unless one has the right."""

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from foreshock.exchange.choose import Choice
from foreshock.exchange.formats import reader
from foreshock.exchange.groups import groups_in
from foreshock.exchange.protect import Protection
from foreshock.exchange.send_out import send_out
from foreshock.model.occurrence import Occurrence
from foreshock.model.span import Span
from foreshock.model.statement import Likelihood
from foreshock.model.vocabulary import Kind, Polarity
from foreshock.record.custody_tables import custody_log
from foreshock.record.store import Record
from foreshock.record.verify import verify
from tests.exchange.conftest import HAPPENED, exported, run, typed
from tests.record.samples import entry

REPORT = (
    "Rebels of the M23 movement attacked an army position near Goma in North Kivu on Monday, killing at least ten "
    "soldiers, the governor of the province said. The army denied that the town had fallen. Thousands of civilians "
    "fled towards the border with Rwanda, according to the United Nations."
)
MORE = (
    "The president of the republic met the prime minister in Kinshasa on Tuesday and asked parliament to extend the "
    "state of siege, his spokesman said. Opposition leaders refused to vote and called for protests against the "
    "government in every province. Police arrested two of them in the night, the party's lawyers said."
)

OTHER = (
    "Soldiers and police carried families out of flooded quarters of Uvira after the river broke its banks, and the "
    "ministry of defence sent two companies of engineers. The mayor warned that militia fighters were looting houses "
    "that had been left, and a curfew was ordered by the provincial government until the water falls."
)


@pytest.mark.slow
def test_rows_in_groups_out(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "title": "Attack near Goma", "text": f"{REPORT}\n{MORE}", "month": "2023-06"},
        {"id": "b", "title": "Rebels attack - The Reprint", "text": REPORT, "month": "2023-06"},
        {"id": "c", "title": "Attack near Goma", "text": f"{REPORT}\n{MORE}", "outlet": "Other", "month": "2023-06"},
        {"id": "d", "title": "Floods reach Uvira", "text": OTHER, "month": "2023-07"},
        {"id": "e", "text": "Casino bonus slot jackpot. " * 20},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    record = str(tmp_path / "record.sqlite")
    assert run("add", str(tmp_path / "rows.jsonl"), "--record", record, "--workers", "1").exit_code == 0
    result = run("export", "groups", "--format", "json", "--record", record)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["syndicated"] == [["a", "b", "c"]]
    assert {one["id"]: one["label"] for one in found["documents"]} == dict.fromkeys("abcd", "usable") | {"e": "spam"}
    assert isinstance(found["same_event"], list)
    with Record(record) as opened:
        assert list(verify(opened)) == []
    out = tmp_path / "events.csv"
    assert run("export", "events", "--format", "acled", "--record", record, "--out", str(out)).exit_code == 0
    about = json.loads((tmp_path / "events.csv.about.json").read_text())
    assert about["rows"] == len(out.read_text().splitlines()) - 1
    assert "Foreshock" in about["citation"]
    assert any("direction" in one for one in about["not_held"])


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_our_own_formats_carry_the_whole_statement_and_give_it_back(tmp_path: Path, form: str) -> None:
    path, out = str(tmp_path / "record.sqlite"), tmp_path / "out"
    text = "Rebels will probably attack the airport unless the so-called envoy comes, analysts said."
    likely, unless = text.index("probably"), text.index("unless")
    made = typed(
        text, 1, kind=Kind.FORECAST,
        likelihood=Likelihood(start=likely, end=likely + 8, text="probably", low=0.55, high=0.8),
        condition=Span.of(text, unless, text.index(",")), loaded=(Span.of(text, unless + 11, unless + 20),),
        score=0.5, scores={"kind": 0.9},
    )  # fmt: skip
    assert made.reading is not None
    with Record(path) as record:
        record.keep([made])
    result = run("export", "statements", "--record", path, "--format", form, "--out", str(out))
    assert result.exit_code == 0, result.stderr
    rows = list(reader(form)(out))
    assert [row.statement for row in rows if isinstance(row, Occurrence)] == [made.reading.statements[0]]


def test_a_file_that_cannot_be_written_is_named_before_anything_is_logged(deserters: str, tmp_path: Path) -> None:
    env = {"FORESHOCK_MAY_LIFT": "A. Moro"}
    precise = ("--precise", "--who", "A. Moro", "--why", "a court asks")
    (tmp_path / "taken.jsonl.about.json").mkdir()
    for out, blamed in (
        (tmp_path / "none" / "x.jsonl", tmp_path / "none" / "x.jsonl"),
        (tmp_path / "taken.jsonl", tmp_path / "taken.jsonl.about.json"),
    ):
        result = run("export", "statements", "--record", deserters, "--out", str(out), *precise, env=env)
        assert result.exit_code == 2
        assert f"{blamed}: cannot be written (" in result.stderr
        assert "name another file" in result.stderr
        assert not out.exists()
    nowhere = str(tmp_path / "none" / "x.json")
    result = run("export", "groups", "--record", deserters, "--out", nowhere)
    assert result.exit_code == 2
    assert f"{nowhere}: cannot be written (No such file or directory); name another file" in result.stderr
    with Record(deserters) as record, record.begin() as connection:
        assert connection.scalars(select(custody_log.c.details).where(custody_log.c.event == "lifted")).all() == []


def test_an_export_that_is_refused_leaves_the_file_of_an_earlier_one(deserters: str, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("earlier")
    words = ("--out", str(tmp_path / "x.jsonl"), "--precise", "--who", "A. Moro", "--why", "a court asks")
    assert run("export", "statements", "--record", deserters, *words).exit_code == 2
    assert (tmp_path / "x.jsonl").read_text() == "earlier"
    assert not (tmp_path / "x.jsonl.about.json").exists()


@pytest.fixture
def foretold(tmp_path: Path) -> str:
    """A record with a forecast, beside which nothing is made to read it."""
    path = str(tmp_path / "record.sqlite")
    with Record(path) as record:
        record.keep([entry("Ann said that war will come to the coast.")])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("words", [("statements",), ("statements", "--format", "parquet"), ("groups",)])
def test_an_export_for_which_there_is_no_room_leaves_the_file_of_an_earlier_one(
    foretold: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    resource = pytest.importorskip("resource")
    out = tmp_path / "out" / "x.data"
    out.parent.mkdir()
    call = [sys.executable, "-m", "foreshock", "export", *words, "--record", foretold, "--out", str(out)]
    assert subprocess.run(call, capture_output=True, check=False).returncode == 0
    earlier = {path: path.read_bytes() for path in out.parent.iterdir()}
    little = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (len(earlier[out]) - 1, resource.RLIM_INFINITY))
    full = subprocess.run(call, stderr=subprocess.PIPE, preexec_fn=little, text=True, check=False)
    assert full.returncode == 1
    assert full.stderr == f"foreshock: {out}: cannot be written (File too large); make room, or write it elsewhere\n"
    assert {path: path.read_bytes() for path in out.parent.iterdir()} == earlier


def test_an_export_to_a_link_or_into_a_pipe_goes_where_that_leads(foretold: str, tmp_path: Path) -> None:
    pipe, link, whole = tmp_path / "pipe", tmp_path / "link.jsonl", tmp_path / "whole.jsonl"
    os.mkfifo(pipe)
    whole.touch(0o600)
    link.symlink_to(whole)
    assert run("export", "statements", "--record", foretold, "--out", str(link)).exit_code == 0
    assert link.is_symlink() and whole.read_bytes() and whole.stat().st_mode & 0o777 == 0o600
    with ThreadPoolExecutor(1) as threads:
        read = threads.submit(pipe.read_bytes)
        assert run("export", "statements", "--record", foretold, "--out", str(pipe)).exit_code == 0
        assert read.result() == whole.read_bytes()


DENIED = "The governor said that nobody at all had fled a single barracks at the lake, as had been claimed."
FORETOLD = "Rebels will attack the airport within a week, analysts said."


@pytest.fixture
def told_three_ways(tmp_path: Path) -> str:
    """A record in which one attack is reported, one denied and one foretold."""
    path = str(tmp_path / "record.sqlite")
    with Record(path) as record:
        record.keep([
            typed(HAPPENED, 1),
            typed(DENIED, 2, polarity=Polarity.NEGATIVE),
            typed(FORETOLD, 3, kind=Kind.FORECAST),
        ])  # fmt: skip
    assert run("regroup", "--record", path).exit_code == 0
    return path


@pytest.mark.parametrize("form", ["acled", "polecat", "ftm"])
def test_a_format_of_events_has_no_forecast_and_no_denial(told_three_ways: str, form: str) -> None:
    for what in ("statements", "events"):
        result = run("export", what, "--format", form, "--record", told_three_ways)
        assert result.exit_code == 0
        assert "2023-06-01" in result.stdout
        assert "before the gunmen" in result.stdout or form == "polecat"
        for words in ("single barracks", "will attack"):
            assert words not in result.stdout
        assert "1 rows that only deny" in result.stderr
        assert f"(everything), 1 rows, {form}" in result.stderr
        assert ("1 judgements, forecasts" in result.stderr) == (what == "statements")


def test_what_an_event_format_leaves_out_stands_in_the_others(told_three_ways: str) -> None:
    rows = exported(told_three_ways)
    assert sorted((row["kind"], row["polarity"]) for row in rows) == [
        ("forecast", "positive"), ("report", "negative"), ("report", "positive"),
    ]  # fmt: skip
    events = run("export", "events", "--record", told_three_ways).stdout.splitlines()
    assert sorted(json.loads(line)["polarity"] for line in events) == ["negative", "positive"]


def test_forecasts_alone_are_refused_as_events(told_three_ways: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    words = ("--format", "acled", "--kind", "forecast", "--out", str(out))
    result = run("export", "statements", "--record", told_three_ways, *words)
    assert result.exit_code == 2
    assert "jsonl" in result.stderr
    assert not out.exists()


def test_what_is_asked_for_wrongly_is_said(deserters: str) -> None:
    assert run("export", "statements", "--record", deserters, "--since", "June").exit_code == 2
    assert run("export", "statements", "--record", deserters, "--type", "WAR").exit_code == 2
    assert run("export", "groups", "--record", f"{deserters}.none").exit_code == 1


def test_filters_stand_in_the_sidecar(deserters: str, tmp_path: Path) -> None:
    with Record(deserters) as record, (tmp_path / "out").open("wb") as out:
        about = send_out(record, "statements", Choice(country="COD"), "jsonl", Protection(), out)
    assert about.filters == {"country": "COD"}
    assert "country COD" in about.citation
    assert msgspec.json.decode(msgspec.json.encode(about))["rows"] == 0


def test_a_record_from_before_there_were_groups_is_grouped(tmp_path: Path) -> None:
    path = str(tmp_path / "record.sqlite")
    with Record(path) as record:
        record.keep([entry(f"{REPORT} {OTHER}", 1, title="Near Goma"), entry(REPORT + OTHER, 2, title="At Goma")])
        assert groups_in(record).syndicated == ()
    assert run("regroup", "--record", path).exit_code == 0
    with Record(path) as record:
        assert groups_in(record).syndicated == (("1", "2"),)


MENAKA = "Rebels attacked Menaka and killed 20 people, residents said. The fighters burned the market of Menaka."


def test_what_is_known_of_a_month_leaves_as_of_a_month(tmp_path: Path) -> None:
    """No export tells the month's last day for when a text came out, nor for when what it tells of was."""
    rows = [{"id": "a", "title": "Rebels attack Menaka", "text": MENAKA, "published": "2023-05", "outlet": "Azawad"}]
    (tmp_path / "rows.jsonl").write_text(json.dumps(rows[0]))
    record = str(tmp_path / "record.sqlite")
    assert run("add", str(tmp_path / "rows.jsonl"), "--record", record, "--workers", "1").exit_code == 0
    for what in ("events", "statements"):
        ours, acled, polecat, ftm = (
            run("export", what, "--record", record, "--format", form, "--until", "2023-05-15").stdout
            for form in ("jsonl", "acled", "polecat", "ftm")
        )
        for row in map(json.loads, ours.splitlines()):
            assert (row["published"], row["published_granularity"]) == ("2023-05-31", "month")
            assert (row["since"], row["until"], row["granularity"]) == ("2023-05-01", "2023-05-31", "open")
        assert [line["time_precision"] for line in csv.DictReader(io.StringIO(acled))] == ["3"] * len(ours.splitlines())
        assert {line["Publication Date"] for line in csv.DictReader(io.StringIO(polecat), delimiter="\t")} == {""}
        events = [json.loads(line)["properties"] for line in ftm.splitlines()]
        assert {one["date"][0] for one in events if "date" in one} == {"2023-05"}
    assert "31 May" not in run("events", "--record", record).stdout
