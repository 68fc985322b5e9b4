"""`foreshock events`, `decide` and `grade` at the command line."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foreshock.cli import main
from foreshock.record.store import Record
from tests.corroborate.made import other_reports, raid_reports, taken


@pytest.fixture
def address(tmp_path: Path) -> str:
    address = str(tmp_path / "record.sqlite")
    with Record(address) as record:
        taken(record, [*raid_reports(), *other_reports()])
    return address


def run(address: str, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--record", address], env={"COLUMNS": "100", "FORESHOCK_ANALYST": "A."})


def listed(address: str) -> list[dict[str, object]]:
    return list(json.loads(run(address, "events", "--format", "json").stdout)["events"])


def test_events_are_listed_and_shown(address: str) -> None:
    table = run(address, "events")
    assert table.exit_code == 0
    assert "3 independent reports" in table.stdout and "4 events in the record" in table.stdout
    shown = run(address, "events", str(listed(address)[0]["id"]), "--explain")
    for words in ("credibility 2", "killed 12 (12–15)", "figures differ", "Why these texts", "Varnost hospital"):
        assert words in shown.stdout
    assert re.search(r"^▌ report  .*\n  \d+ \w+ \d{4}  ", shown.stdout, re.MULTILINE)  # the day stands below the word
    assert run(address, "events", "nothing").exit_code == 2


def test_what_is_of_the_list_or_of_one_event_is_refused_with_the_other(address: str) -> None:
    listing = run(address, "events", "--explain")
    assert listing.exit_code == 2 and "--explain is of one event" in listing.stderr
    one = run(address, "events", str(listed(address)[0]["id"]), "--disputed")
    assert one.exit_code == 2 and "narrow the list" in one.stderr


def test_decisions_and_grades(address: str) -> None:
    raid, other = (str(one["id"]) for one in listed(address)[:2])
    assert run(address, "decide", "merge", raid, other, "--why", "one raid").exit_code == 0
    assert len(listed(address)) == 3
    assert run(address, "decide", "undo", "1", "--why", "two").exit_code == 0
    assert len(listed(address)) == 4
    assert run(address, "grade", "event", raid, "4", "--why", "staged").exit_code == 0
    assert next(one for one in listed(address) if one["id"] == raid)["credibility"] == 4
    assert run(address, "grade", "source", "Morning Sheet", "B", "--why", "its record").exit_code == 0
    sources = json.loads(run(address, "grade", "list", "--format", "json").stdout)
    assert {one["name"]: one["letter"] for one in sources}["Morning Sheet"] == "B"
    log = json.loads(run(address, "grade", "log", "--format", "json").stdout)
    assert {(one["what"], one["after"]) for one in log} >= {("event", "4"), ("source", "B")}
    decisions = json.loads(run(address, "decide", "list", "--format", "json").stdout)
    assert [one["kind"] for one in decisions] == ["merge", "grade", "grade"]
    assert "undone by A." in run(address, "decide", "list").stdout


def test_wrong_use_is_said_in_one_line(address: str) -> None:
    raid = str(listed(address)[0]["id"])
    wrong = run(address, "decide", "correct", raid, "weather", "wet", "--why", "it rained")
    assert wrong.exit_code == 2 and "cannot be corrected" in wrong.stderr
    assert CliRunner().invoke(main, ["decide", "dismiss", raid, "--who", "A.", "--record", address]).exit_code == 2
