"""The pages of events: what they show, their twins, and that nothing of a text becomes markup."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from foreshock.cli import main
from foreshock.corroborate.decisions import deciding
from foreshock.corroborate.events.rules import rules
from foreshock.desk.app import create_app
from foreshock.model.day import last_day
from foreshock.model.vocabulary import Granularity
from foreshock.record.store import Record
from foreshock.telling import event_phrases
from foreshock.telling.phrases import day_name
from tests.corroborate.made import other_reports, raid_reports, taken


@pytest.fixture
def record(empty: Path, tmp_path: Path) -> Iterator[Record]:
    with Record(str(shutil.copy(empty, tmp_path / "record.sqlite"))) as kept:
        hostile = raid_reports()
        document = msgspec.structs.replace(hostile[0].document, outlet="<i>Sheet</i>")
        assert hostile[0].reading is not None
        reading = msgspec.structs.replace(hostile[0].reading, document=document)
        hostile[0] = type(hostile[0])(hostile[0].capture, document, hostile[0].verdict, reading)
        taken(kept, [*hostile, *other_reports()])
        yield kept


def test_there_are_words_for_whatever_two_reports_are_compared_by() -> None:
    assert event_phrases.FEATURES.keys() >= rules().documents.keys() | rules().acts.keys()


def raid(desk: TestClient) -> str:
    return str(desk.get("/events.json?corroborated=yes").json()["events"][0]["id"])


def test_the_list_and_its_twins(desk: TestClient) -> None:
    page = desk.get("/events")
    assert page.status_code == 200
    assert "4 events, 1 of them told by two independent texts or more" in page.text
    assert "credibility </span>2" in page.text and "<dd>probably true</dd>" in page.text
    assert "told by two" not in desk.get("/events?corroborated=yes").text.split("results")[-1]
    assert "<b>3</b> independent" in page.text and "1 dispute" in page.text
    assert desk.get("/events.json?disputed=yes").json()["total"] == 1
    assert "1 event</p>" in desk.get("/events?disputed=yes").text
    rows = list(csv.DictReader(io.StringIO(desk.get("/events.csv").text)))
    assert [row["independent"] for row in rows] == ["3", "1", "1", "1"]
    assert desk.get("/events?type=RAID").status_code == 400
    assert "No event in this record" in desk.get("/events?country=UKR").text


def test_one_event_shows_who_said_what_and_where_they_differ(desk: TestClient) -> None:
    page = desk.get(f"/events/{raid(desk)}").text
    for shown in ("Varnost hospital", "Kelm governorate", "figures differ: killed", "<b>15</b> high", "Orvesh Column"):
        assert shown in page
    assert "<i>Sheet</i>" not in page and "&lt;i&gt;Sheet&lt;/i&gt;" in page
    assert "Why these were taken for one" in page


def test_any_statement_leads_to_its_event(desk: TestClient) -> None:
    event = desk.get(f"/events/{raid(desk)}.json").json()
    for statement in event["event"]["statements"]:
        assert desk.get(f"/events/{statement}.json").json()["event"]["id"] == event["event"]["id"]
    rows = list(csv.DictReader(io.StringIO(desk.get(f"/events/{raid(desk)}.csv").text)))
    assert {row["credibility"] for row in rows} == {"2"} and {row["reliability"] for row in rows} == {"F"}
    assert desk.get("/events/0000000000000000").status_code == 404


def test_decisions_are_shown_with_who_and_why(desk: TestClient, record: Record) -> None:
    identity = raid(desk)
    deciding.grade_event(record, identity, 2, "A. Analyst", "seen <b>before</b>")
    deciding.dismiss(record, identity, "A. Analyst", "a film")
    page = desk.get(f"/events/{identity}").text
    assert "A. Analyst" in page and "seen &lt;b&gt;before&lt;/b&gt;" in page and "dismissed by" in page
    assert desk.get("/events.json").json()["total"] == 3
    assert desk.get("/events.json?dismissed=yes").json()["total"] == 4


def test_a_report_of_a_month_is_not_told_as_of_a_day(desk: TestClient, empty: Path, tmp_path: Path) -> None:
    """Of three texts on one raid one bears a month alone: its last day, by which it is reckoned, is no day it bears."""
    texts = raid_reports()
    old = texts[0].document
    assert old.published is not None and texts[0].reading is not None
    month = last_day(f"{old.published:%Y-%m}")
    document = msgspec.structs.replace(old, published=month, published_granularity=Granularity.MONTH)
    reading = msgspec.structs.replace(texts[0].reading, document=document)
    texts[0] = type(texts[0])(texts[0].capture, document, texts[0].verdict, reading)
    url = str(shutil.copy(empty, tmp_path / "months.sqlite"))
    with Record(url) as record:
        taken(record, texts)
        with TestClient(create_app(record)) as client:
            identity = client.get("/events.json").json()["events"][0]["id"]
            page, rows = client.get(f"/events/{identity}").text, client.get(f"/events/{identity}.csv").text
    shown = CliRunner().invoke(main, ["events", identity, "--record", url]).output
    assert f"last {month:%B %Y}</span>" in page and f"{month:%B %Y}" in " ".join(shown.split())
    for told in (page, shown, rows):
        assert day_name(month) not in told and month.isoformat() not in told
    assert {f"{month:%Y-%m}"} < {row["published"] for row in csv.DictReader(io.StringIO(rows))}


def test_the_list_s_filters_are_the_command_line_s(desk: TestClient, tmp_path: Path) -> None:
    for address, words in (
        ("corroborated=yes", ["--corroborated"]),
        ("disputed=1", ["--disputed"]),
        ("disputed=no&corroborated=0&dismissed=false", []),
    ):
        asked = ["events", *words, "--format", "json", "--record", str(tmp_path / "record.sqlite")]
        listed, page = json.loads(CliRunner().invoke(main, asked).stdout), desk.get(f"/events.json?{address}").json()
        assert listed["events"] == page["events"] and listed["total"] == page["total"] > 0
