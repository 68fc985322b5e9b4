"""The pages of events: what they show, their twins, and that nothing of a text becomes markup."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient

from foreshock.corroborate.decisions import deciding
from foreshock.record.store import Record
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
