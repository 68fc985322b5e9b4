"""What docs/json.md tells of every JSON answer is what comes, key by key."""

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from foreshock.actors.resolve import shipped
from foreshock.cli import main
from foreshock.corroborate.events.events import catch_up
from foreshock.desk.app import create_app
from foreshock.exchange.take_in import take_in
from foreshock.forecast.history import History
from foreshock.forecast.run import forecast
from foreshock.forecast.vintages import keep_vintage
from foreshock.ledger.book import Book
from foreshock.model.alert import RuleRecord
from foreshock.record.store import Record
from foreshock.watch.alerts import alerts_of
from foreshock.watch.boards import named_boards
from foreshock.watch.evaluate import Watch
from foreshock.watch.sightings import sightings
from foreshock.watch.store import alerts, keep_alerts, keep_rules, keep_standings
from tests.desk.test_desk_imported import ROWS
from tests.forecast.conftest import COUNTRIES, FIRST, made_counts
from tests.ledger.conftest import forecast as foretold
from tests.watch.samples import months, steady, surge

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "json.md"
_HEAD = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
_LINE = re.compile(r"^- ((?:`[^`]+`(?:, )?)+):", re.MULTILINE)
_FOUND = re.compile(r"^In `([^`]+)` under `([^`]+)`\.$", re.MULTILINE)


def _told() -> dict[str, tuple[str, set[str]]]:
    """By heading of the page the words below it and the keys that its lines begin with."""
    parts = _HEAD.split(PAGE.read_text(encoding="utf-8"))
    return {
        name.strip("`"): (words, {key for line in _LINE.findall(words) for key in re.findall(r"`([^`]+)`", line)})
        for name, words in zip(parts[1::2], parts[2::2], strict=True)
    }


TOLD = _told()
TWINS = [name for name in TOLD if name.startswith("/")]
OBJECTS = [name for name, (words, _) in TOLD.items() if _FOUND.search(words)]
COMMANDS = [name for name in TOLD if name.startswith("foreshock ")]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record with something of everything."""
    with Record(str(tmp_path_factory.mktemp("json") / "record.sqlite")) as made:
        calm = steady(months("2022-01", 12))
        surged = surge(datetime.date(2023, 1, 10), ["mutinied"] * 9 + ["protested"] * 9)
        made.keep([*calm, *surged])
        watch = Watch(sightings(made), named_boards(["coup"]))
        keep_standings(made, watch.at(watch.span.last).standings, ["coup"])
        keep_alerts(made, alerts_of(watch, watch.span.last))
        made.keep([foretold().entry()])
        catch_up(made)
        Book(made).update()
        rule = alerts(made)[0].alert
        fared = RuleRecord(
            rule=rule.rule, first=datetime.date(2022, 7, 1), last=datetime.date(2022, 12, 31), alarms=4, ahead=1,
            at_onset=0, during=0, nothing=3, misses=0, months=60, leads=(2.0,), under=rule.under,
        )  # fmt: skip
        keep_rules(made, [fared])
        world = History(COUNTRIES, FIRST, made_counts())
        keep_vintage(made, forecast(world, (3, 4), 60), world, "state-based deaths")
        take_in(made, ROWS, "test", "ucdp")
        yield made


@pytest.fixture(scope="module")
def desk(record: Record) -> Iterator[TestClient]:
    with TestClient(create_app(record)) as client:
        yield client


def _fetched(desk: TestClient, address: str) -> Json:
    """The answer of a twin; what stands in braces is the first of its list."""
    firsts = {
        "{document}": lambda: desk.get("/documents.json").json()["documents"][0]["id"],
        "{statement}": lambda: desk.get("/statements.json").json()["statements"][0]["statement"]["id"],
        "{event}": lambda: desk.get("/events.json").json()["events"][0]["id"],
        "{prediction}": lambda: desk.get("/ledger.json").json()["predictions"][0]["id"],
        "{alert}": lambda: desk.get("/alerts.json").json()["alerts"][0]["alert"]["id"],
        "{board}": lambda: "coup",
        "{code}": lambda: desk.get("/forecasts.json").json()["cells"][0]["iso3"],
        "{actor}": lambda: shipped().actors[0].id,
        "{country}": lambda: "RUS",
        "{place}": lambda: "Shebekino",
    }
    for name, first in firsts.items():
        if name in address:
            address = address.replace(name, first())
    answer = desk.get(address)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def _keys(found: Json) -> set[str]:
    """The keys of an object, or of the first of a list."""
    one = found[0] if isinstance(found, list) else found
    assert isinstance(one, dict)
    return set(one)


@pytest.mark.slow
@pytest.mark.parametrize("address", TWINS)
def test_a_twin_has_the_keys_that_are_told_of_it(desk: TestClient, address: str) -> None:
    assert _keys(_fetched(desk, address)) == TOLD[address][1]


@pytest.mark.parametrize("name", OBJECTS)
def test_what_answers_are_made_of_has_the_keys_that_are_told_of_it(desk: TestClient, name: str) -> None:
    words, keys = TOLD[name]
    ((address, path),) = _FOUND.findall(words)
    found = _fetched(desk, address)
    for key in path.split("."):
        one = found[0] if isinstance(found, list) else found
        assert isinstance(one, dict)
        found = one[key]
    assert _keys(found) == keys


def test_every_twin_of_the_desk_is_told_of() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "foreshock" / "desk").glob("*.py"))
    routed = {re.sub(r"\{.*?\}", "{}", one) for one in re.findall(r'@router\.get\("(/[^"]*\.json)"', text)}
    assert routed == {re.sub(r"\{.*?\}", "{}", one) for one in TWINS}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_writes_what_is_told_of_it(record: Record, command: str) -> None:
    asked = {
        "search": ["mutinied"],
        "alerts show": [alerts(record)[0].alert.id],
        "watch --replay": ["2022-06", "2022-12"],
    }
    words = [*command.split()[1:], *asked.get(command.removeprefix("foreshock "), [])]
    result = CliRunner().invoke(main, [*words, "--record", record.name, "--format", "json"])
    assert result.exit_code == 0, result.output
    found, keys = json.loads(result.stdout), TOLD[command][1]
    if isinstance(found, dict):
        assert set(found) == keys
    else:
        assert keys == {"[]"}
        [told] = re.findall(r"\(#([a-z-]+)\)", TOLD[command][0]) or [None]
        named = next((name for name in OBJECTS if name.lower().replace(" ", "-") == told), None)
        assert named is None or set(found[0]) - TOLD[named][1] == set()
