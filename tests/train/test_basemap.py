"""The basemap: shapes cut at the antimeridian, and the shipped file."""

import itertools
import json
from typing import Any

import pytest

from foreshock.desk.countries import BASEMAP, badge_position
from train.basemap_shapes import Point, badge_point, contains, cut, cut_line, ring_area

LARGEST = 3_000_000


def ring(*points: tuple[float, float]) -> list[Point]:
    return [Point(*point) for point in points]


def test_a_shape_over_the_antimeridian_becomes_two() -> None:
    island = ring((178, 0), (-178, 0), (-178, 2), (178, 2))
    pieces = cut([island])
    assert sorted(abs(ring_area(rings[0])) for rings in pieces) == [4, 4]
    assert all(-180 <= point.x <= 180 for rings in pieces for point in rings[0])


def test_a_shape_elsewhere_stays_whole_with_its_hole() -> None:
    land, lake = ring((0, 0), (10, 0), (10, 10), (0, 10)), ring((4, 4), (6, 4), (6, 6), (4, 6))
    assert cut([land, lake]) == [[land, lake]]


def test_a_shape_around_a_pole_is_closed_over_it() -> None:
    cap = ring((-170, -70), (-60, -70), (60, -70), (170, -70), (-170, -70))
    pieces = cut([cap])
    assert sum(abs(ring_area(rings[0])) for rings in pieces) == pytest.approx(360 * 20)


def test_a_line_does_not_jump_across_the_map() -> None:
    assert cut_line(ring((178, 0), (179, 0), (-179, 0), (-178, 0))) == [
        ring((178, 0), (179, 0)),
        ring((-179, 0), (-178, 0)),
    ]


def test_a_badge_stands_inside_its_country_and_not_in_its_lake() -> None:
    land, lake = ring((0, 0), (10, 0), (10, 10), (0, 10)), ring((3, 3), (9, 3), (9, 9), (3, 9))
    badge = badge_point([land, lake])
    assert contains(land, badge) and not contains(lake, badge)


@pytest.fixture(scope="module")
def countries() -> dict[str, dict[str, Any]]:
    """The shipped basemap's countries by code."""
    features = json.loads(BASEMAP.read_text(encoding="utf-8"))["features"]
    found = {one["properties"]["country"]: one for one in features if "country" in one["properties"]}
    assert len(found) == len(features) - 1, "one country twice, or no borders"
    return found


@pytest.mark.slow
def test_the_shipped_map_is_small_and_cut(countries: dict[str, dict[str, Any]]) -> None:
    assert BASEMAP.stat().st_size < LARGEST
    assert len(countries) > 230
    for code, country in countries.items():
        for outline in itertools.chain.from_iterable(country["geometry"]["coordinates"]):
            assert outline[0] == outline[-1] and len(outline) > 3, code
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in outline), code
            if code != "ATA":
                assert all(abs(here[0] - there[0]) < 60 for here, there in itertools.pairwise(outline)), code


@pytest.mark.parametrize(
    ("code", "place"),
    [("RUS", (36.6, 50.6)), ("RUS", (-172.0, 66.3)), ("UKR", (34.1, 44.95)), ("SDN", (32.5, 15.6)),
     ("FJI", (178.0, -17.8)), ("SOM", (44.06, 9.56)), ("XKX", (21.1, 42.6)), ("USA", (-150.0, 64.0))],
)  # fmt: skip
def test_places_lie_in_the_country_the_record_names(
    countries: dict[str, dict[str, Any]], code: str, place: tuple[float, float]
) -> None:
    polygons = countries[code]["geometry"]["coordinates"]
    assert any(contains(ring(*polygon[0]), Point(*place)) for polygon in polygons)


def test_badges_come_from_the_map() -> None:
    assert badge_position("SDN") is not None and badge_position("QQQ") is None
