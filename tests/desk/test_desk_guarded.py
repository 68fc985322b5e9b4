"""The desk finds nobody who left a unit: what it gathers by place, or makes to be passed on, tells them by region."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient

from foreshock.desk.app import create_app
from foreshock.model.countries import country_name
from foreshock.model.entry import Entry
from foreshock.model.statement import Participant, Place, Reading
from foreshock.model.vocabulary import Precision
from foreshock.record.erasure import erase
from foreshock.record.store import Record
from tests.corroborate.made import taken
from tests.record.samples import entry
from tests.terminal.conftest import run

SAID = "Ann said Aru Belo fled Oluko hamlet with his rifle, and will go to Uvira, soldier {}."
WORDS = ("Aru Belo", "Belo", "Oluko", "Uvira", "rifle", "hamlet", "-1.5")
LISTS = ("/map", "/statements", "/documents", "/events", "/predictions", "/ledger", "/places/COD/Nord%20Kivu")


def told(number: int, admin1: str | None = "Nord Kivu", contexts: tuple[str, ...] | None = None) -> Entry:
    """A text in which Aru Belo leaves his unit at a hamlet, and a forecast of the same text at another place."""
    made = entry(SAID.format(number), number, title=f"Deserters at Oluko, {number}")
    assert made.reading is not None
    text = made.reading.document.text
    at = text.index("Aru Belo")
    who = (Participant(start=at, end=at + 8, text="Aru Belo", sector="MIL"),)
    changed = []
    for one, name in zip(made.reading.statements, ("Oluko", "Uvira"), strict=True):
        begin = text.index(name)
        place = Place(start=begin, end=begin + 5, text=name, name=name, country="COD", admin1=admin1, lat=-1.53,
                      lon=29.1, precision=Precision.POINT)  # fmt: skip
        found = one.contexts if contexts is None else contexts
        changed.append(msgspec.structs.replace(one, place=place, actors=who, contexts=found))
    reading = Reading(document=made.reading.document, statements=tuple(changed), model="m")
    return Entry(made.capture, made.document, made.verdict, reading)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """A record of nothing else."""
    with Record(str(tmp_path / "guarded.sqlite")) as made:
        yield made


@pytest.fixture
def guarded(record: Record) -> Iterator[TestClient]:
    """The desk over two texts about deserters, and one that tells of Oluko and of none."""
    record.keep([told(0), told(1), told(2, contexts=())])
    with TestClient(create_app(record)) as client:
        yield client


@pytest.fixture
def alone(record: Record) -> Iterator[TestClient]:
    """The desk over two texts about deserters alone, compared for events, with a third of no known region."""
    taken(record, [told(0), told(1), told(2, admin1=None)])
    with TestClient(create_app(record)) as client:
        yield client


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.slow
def test_the_map_draws_them_as_their_regions_ring(guarded: TestClient) -> None:
    found = {one["properties"]["name"]: one for one in guarded.get("/map.json").json()["features"]}
    ring = next(one["properties"] for name, one in found.items() if name.startswith("Nord Kivu"))
    assert (ring["shape"], ring["statements"], ring["told_by_region"]) == ("ring", 4, 4)
    # The one text that tells of no deserters keeps its places, and they have its statements alone.
    villages = [one["properties"] for one in found.values() if one["properties"]["shape"] == "point"]
    assert [(one["statements"], one["told_by_region"]) for one in villages] == [(1, 0), (1, 0)]
    assert "4 told by region: they bear on people who left their unit" in guarded.get("/map").text
    for feature in found.values():
        path, query = feature["properties"]["link"].split("?")
        assert guarded.get(f"{path}.json?{query}").json()["total"] == feature["properties"]["statements"]


@pytest.mark.parametrize("query", ["words=Oluko", "mechanism=defection", "kind=forecast", "words=Deserters"])
def test_no_filter_of_the_map_is_a_way_to_the_village(alone: TestClient, query: str) -> None:
    for address in (f"/map.json?{query}", f"/map.csv?{query}"):
        answer = alone.get(address).text.replace(f'"{query.split("=")[1]}"', "").replace(query, "")
        assert not [word for word in WORDS if word in answer]
        assert "Nord Kivu" in answer


def test_no_filter_by_place_counts_them_in_a_village(guarded: TestClient) -> None:
    def total(query: str) -> int:
        found = guarded.get(f"/statements.json?{query}").json()["total"]
        assert isinstance(found, int)
        return found

    assert total("place=Oluko") == 1  # that of the text without deserters
    assert total("place=Oluko&mechanism=defection") == 0
    assert total("precision=point") == 2
    assert total("place=Nord+Kivu&precision=admin1") == 4
    assert total("admin1=Nord+Kivu") == 6


def test_a_place_has_only_what_is_told_of_it(alone: TestClient) -> None:
    assert alone.get("/places/COD/Oluko").status_code == 404
    page = alone.get("/places/COD/Nord%20Kivu")
    assert page.status_code == 200 and "Called in the texts" not in page.text
    assert "Who says so" not in page.text and "Who acts here" not in page.text
    country = alone.get("/map.json").json()["features"]
    assert {one["properties"]["shape"] for one in country} == {"ring", "country"}


@pytest.mark.slow
@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("form", ["json", "csv"])
def test_no_twin_of_a_list_names_a_village_or_a_soldier(alone: TestClient, path: str, form: str) -> None:
    answer = alone.get(f"{path}.{form}")
    assert answer.status_code == 200
    assert not [word for word in WORDS if word in answer.text]
    assert "Ann" not in answer.text.replace("Announced", "")


def test_a_row_keeps_what_leads_to_nobody(alone: TestClient) -> None:
    row = next(one for one in rows_of(alone.get("/statements.csv").text) if one["kind"] == "report" and one["admin1"])
    assert (row["place"], row["precision"], row["actors"], row["type"]) == ("Nord Kivu", "admin1", "MIL", "RETREAT")
    listed = alone.get("/statements.json").json()["statements"]
    assert {one["statement"]["place"]["name"] for one in listed} == {"Nord Kivu", country_name("COD")}
    assert json.dumps(listed).count("defection") == 3


def test_events_are_listed_by_region_and_without_titles(alone: TestClient) -> None:
    rows = rows_of(alone.get("/events.csv").text)
    assert rows and {row["title"] for row in rows} == {""}
    assert {row["place"] for row in rows} <= {"Nord Kivu", country_name("COD")}


def test_the_pages_of_a_text_quote_it(alone: TestClient) -> None:
    listed = alone.get("/documents.json").json()["documents"]
    page = alone.get(f"/documents/{listed[0]['id']}").text
    assert "Oluko hamlet with his rifle" in page
    assert "/places/COD/Oluko" not in page  # its place leads to the region
    assert "Oluko hamlet with his rifle" in alone.get("/statements").text
    assert "Oluko" in alone.get(f"/documents/{listed[0]['id']}.csv").text


@pytest.mark.parametrize(
    ("verb", "twin"), [(("search",), "/statements"), (("events",), "/events"), (("ledger", "list"), "/ledger")]
)
def test_lists_that_commands_write_for_programs_tell_as_the_twins_do(
    record: Record, tmp_path: Path, verb: tuple[str, ...], twin: str
) -> None:
    taken(record, [told(0), told(1)])
    with TestClient(create_app(record)) as desk:
        seen = desk.get(f"{twin}.json").text
    code, out, err = run(*verb, "--record", tmp_path / "guarded.sqlite", "--format", "json")
    assert code == 0 and "Nord Kivu" in out and not any(word in out or word in seen for word in WORDS)
    assert "told by region and without words" in err
    code, out, err = run(*verb, "--record", tmp_path / "guarded.sqlite")
    assert code == 0 and any(word in out for word in WORDS) and "told by region" not in err


def test_a_text_about_deserters_that_comes_after_others_were_looked_at_is_told_by_region_at_once(
    record: Record, guarded: TestClient
) -> None:
    """Which texts tell of deserters is kept between looks, while nothing comes into the record."""

    def named() -> int:
        return sum("Oluko" in (one["title"] or "") for one in guarded.get("/documents.json").json()["documents"])

    assert named() == 1  # the text that tells of none
    record.keep([told(3), told(4, contexts=())])
    assert named() == 2
    assert "hamlet" not in guarded.get("/statements.json?kind=report&document=" + told(3).document.id).text
    erase(record, told(4, contexts=()).document.id, "a test", "A. Analyst")
    assert named() == 1
