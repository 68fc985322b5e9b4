"""`foreshock decide` with words that cannot be meant: said in one line, and nothing is kept."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foreshock.cli import main
from foreshock.record.store import Record
from tests.corroborate.made import raid_reports, taken


@pytest.fixture
def address(tmp_path: Path) -> str:
    address = str(tmp_path / "record.sqlite")
    with Record(address) as record:
        taken(record, raid_reports())
    return address


def run(address: str, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--record", address], env={"COLUMNS": "200", "FORESHOCK_ANALYST": "A."})


def test_what_cannot_be_meant_is_refused_in_words(address: str) -> None:
    raid = json.loads(run(address, "events", "--format", "json").stdout)["events"][0]["id"]
    for words, told in (
        (("rename", "place:goma", "Goma"), "write it as place:378493"),
        (("undo", "99999999999999999999"), "is not in the range"),
        (("undo", "0"), "is not in the range"),
        (("undo", "9223372036854775807"), "no decision 9223372036854775807"),
        (("correct", raid, "country", "Sudan"), "Sudan is SDN"),
        (("correct", raid, "from", "2023-06-01"), "correct 'to' first"),
    ):
        result = run(address, "decide", *words, "--why", "w")
        assert result.exit_code == 2 and told in result.stderr, (words, result.stderr, result.exception)
    assert json.loads(run(address, "decide", "list", "--format", "json").stdout) == []


def test_a_country_and_a_type_are_taken_in_any_case(address: str) -> None:
    def found(*words: str) -> list[str]:
        return [one["id"] for one in json.loads(run(address, "events", "--format", "json", *words).stdout)["events"]]

    written = found("--type", "ASSAULT")
    assert written and found("--type", "assault") == written
    assert found("--country", "sdn") == found("--country", "SDN") == written
    refused = run(address, "events", "--country", "Russia")
    assert refused.exit_code == 2 and "Russia is RUS" in refused.stderr


def test_a_reason_left_out_is_asked_for_by_the_name_that_the_help_shows(address: str) -> None:
    refused = run(address, "decide", "undo", "1")
    assert refused.exit_code == 2 and "Missing option '--why'." in refused.stderr


def test_what_a_statement_names_is_said_not_to_be_by_how_its_id_begins(address: str) -> None:
    raid = json.loads(run(address, "events", "--format", "json").stdout)["events"][0]["id"]
    kept = run(address, "decide", "different", raid[:8], "sdn-orvesh", "--why", "their rivals")
    assert kept.exit_code == 0, kept.stderr
    decided = json.loads(run(address, "decide", "list", "--format", "json").stdout)[0]
    assert decided["body"]["statement"] == raid
    for words, told in (
        ((raid[:8], "sdn-orvehs"), "does not name 'sdn-orvehs'; it names place:1, sdn-orvesh"),
        (("00000000", "sdn-orvesh"), "holds no statement 00000000; `foreshock search --format json` tells ids"),
    ):
        refused = run(address, "decide", "different", *words, "--why", "w")
        assert refused.exit_code == 2 and told in refused.stderr


def test_a_decision_that_moves_nothing_as_yet_says_so(address: str) -> None:
    for words, named in (
        (("rename", "Orvesh Column", "OC"), "Orvesh Column"),
        (("same", "sdn-oc", "sdn-orvehs"), "sdn-orvehs"),
        (("rename", "place:7", "Goma"), "place:7"),
    ):
        idle = run(address, "decide", *words, "--why", "w")
        assert idle.exit_code == 0 and f"goes by {named!r} as yet" in idle.stderr
    for words in (
        ("rename", "sdn-orvesh", "OC"),
        ("same", "sdn-oc", "sdn-orvesh"),
        ("rename", "sdn-oc", "OC"),
        ("rename", "place:1", "Varnost"),
    ):
        kept = run(address, "decide", *words, "--why", "w")
        assert kept.exit_code == 0 and kept.stderr == "", (words, kept.stderr)
