"""The index of places: what it holds, how it answers, and what it says when it is missing."""

import sqlite3
from pathlib import Path

import pytest

from foreshock.errors import ModelError
from foreshock.places.gazetteer import SHIPPED, Gazetteer, PlaceKind
from foreshock.places.names import key
from foreshock.places.variants import find_otherwise


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def test_one_key_for_all_ways_of_writing_a_name() -> None:
    assert key("Nord-Kivu") == key("NORD KIVU") == "nord kivu"
    assert key("Ma’rib") == key("Marib")
    assert key("St. Louis") == key("Saint Louis")
    assert key("أم درمان") == key("ام درمان")


def test_units_of_two_levels_lie_in_their_country(gazetteer: Gazetteer) -> None:
    belgorod = gazetteer.unit("RU.09")
    assert belgorod is not None
    assert (belgorod.name, belgorod.country, belgorod.kind) == ("Belgorod Oblast", "RUS", PlaceKind.ADMIN1)
    county = gazetteer.unit("US.KY.125")
    assert county is not None and gazetteer.admin1_name(county) == "Kentucky"


def test_names_in_three_scripts_find_one_town(gazetteer: Gazetteer) -> None:
    towns = {
        one.entry.geonameid
        for name in ("El Fasher", "Al-Fashir", "الفاشر")
        for one in gazetteer.find(name)
        if one.entry.kind is PlaceKind.SETTLEMENT and one.entry.country == "SDN"
    }
    assert len(towns) == 1


def test_every_country_has_a_name_and_nearly_all_a_capital(gazetteer: Gazetteer) -> None:
    for iso3 in ("UKR", "SDN", "COD", "MMR", "MLI", "SSD"):
        country, capital = gazetteer.country(iso3), gazetteer.capital(iso3)
        assert country is not None and capital is not None and capital.country == iso3


def test_border_units_lie_on_the_asked_side(gazetteer: Gazetteer) -> None:
    units = {unit.name for unit in gazetteer.border_units("RUS", "UKR")}
    assert {"Belgorod Oblast", "Kursk Oblast", "Bryansk Oblast"} <= units
    assert all(unit.country == "UKR" for unit in gazetteer.border_units("UKR", "RUS"))


def test_a_listed_region_has_its_members(gazetteer: Gazetteer) -> None:
    darfur = next(one.entry for one in gazetteer.find("Darfur") if one.entry.kind is PlaceKind.REGION)
    assert len(gazetteer.members(darfur)) == 5


def test_the_filter_never_hides_a_name(gazetteer: Gazetteer) -> None:
    with sqlite3.connect(f"{SHIPPED.as_uri()}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT key FROM name WHERE place % 997 = 0").fetchall()
    connection.close()
    assert len(rows) > 100
    assert all(gazetteer.may_know(row[0]) for row in rows)


def test_another_romanisation_is_found(gazetteer: Gazetteer) -> None:
    found = find_otherwise(gazetteer, key("Kramatorskk"))
    assert found is not None and any(one.entry.name == "Kramatorsk" for one in found[1])


def test_a_missing_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"train\.gazetteer"):
        Gazetteer(tmp_path / "none.sqlite").find("Kyiv")


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    path.write_bytes(b"not a database, and longer than a header of one hundred bytes" * 3)
    with pytest.raises(ModelError, match="not a gazetteer index"):
        Gazetteer(path).find("Kyiv")


def test_the_index_is_small_enough_to_ship() -> None:
    assert SHIPPED.stat().st_size <= 55 * 1024 * 1024
