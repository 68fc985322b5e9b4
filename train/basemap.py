"""Make the map's ground: Natural Earth's countries as GeoJSON, cut at the antimeridian.

    python -m train.basemap [OUT]

reads `countries-50m.json` of the npm package `world-atlas` 2.0.2 (ISC; Natural Earth 4.1, public domain), which it
fetches once (`train/packages.py`), and writes `foreshock/data/basemap.geojson`. Codes and names come from pycountry and
Babel (extra `gazetteer`). The output is the same for the same input.

Every country is one feature with `country` (ISO 3166-1 alpha-3), `name` and `label` (where its badge
stands, longitude and latitude); one last feature, `borders`, holds the lines between countries.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale

from train.basemap_shapes import Point, Ring, badge_point, contains, cut, cut_line, ring_area
from train.packages import npm_file

OUTPUT = Path(__file__).resolve().parent.parent / "foreshock" / "data" / "basemap.geojson"
DECIMALS = 2
"""Hundredths of a degree, about a kilometre: finer than the source's 1:50m is worth."""

SMALLEST_ISLAND = 0.004
"""Square degrees; smaller islands go, unless they are the largest a country has."""

WITHOUT_CODE = {"Somaliland": "SOM", "Kosovo": "XKX", "N. Cyprus": "CYP", "Indian Ocean Ter.": "AUS"}
"""Shapes that ISO 3166 gives no number, and the code that the gazetteer files them under."""

MOVED = ((Point(34.2, 45.2), "RUS", "UKR"),)
"""Natural Earth draws who holds the ground; the gazetteer (GeoNames) files Crimea under Ukraine, as General
Assembly resolution 68/262 does, and a place must lie in the country that its own record names."""


def build(topology: dict[str, Any], out: Path) -> None:
    """Write the basemap made of world-atlas's TopoJSON to `out`."""
    arcs = _decoded_arcs(topology)
    owners: dict[int, set[str]] = {}
    shapes: dict[str, list[list[Ring]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = _code(geometry)
        if code is None:
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            rings = [_joined(arcs, ring) for ring in polygon]
            owner = _owner(code, rings[0])
            shapes.setdefault(owner, []).append(rings)
            for number in (arc for ring in polygon for arc in ring):
                owners.setdefault(number if number >= 0 else ~number, set()).add(owner)
    features = [_country(code, polygons) for code, polygons in sorted(shapes.items())]
    features.append(_borders(arcs, owners))
    collection = {"type": "FeatureCollection", "features": features}
    out.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _decoded_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append(Point(x * scale_x + move_x, y * scale_y + move_y))
        decoded.append(points)
    return decoded


def _joined(arcs: list[list[Point]], numbers: list[int]) -> Ring:
    ring: Ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += points if not ring else points[1:]
    return ring


def _code(geometry: dict[str, Any]) -> str | None:
    number = geometry.get("id")
    if number is None:
        return WITHOUT_CODE.get(geometry["properties"]["name"])
    found = pycountry.countries.get(numeric=number)
    return found.alpha_3 if found else None


def _owner(code: str, outline: Ring) -> str:
    for point, drawn, filed in MOVED:
        if code == drawn and contains(outline, point):
            return filed
    return code


def _country(code: str, polygons: list[list[Ring]]) -> dict[str, Any]:
    pieces = [piece for rings in polygons for piece in cut(rings)]
    largest = max(pieces, key=lambda rings: abs(ring_area(rings[0])))
    kept = [rings for rings in pieces if rings is largest or abs(ring_area(rings[0])) >= SMALLEST_ISLAND]
    return {
        "type": "Feature",
        "properties": {"country": code, "name": _name(code), "label": _rounded([badge_point(largest)])[0]},
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [coordinates for rings in kept if (coordinates := _closed_rings(rings))],
        },
    }


def _name(code: str) -> str:
    found = pycountry.countries.get(alpha_3=code)
    return str(Locale("en").territories[found.alpha_2 if found else code[:2]])


def _borders(arcs: list[list[Point]], owners: dict[int, set[str]]) -> dict[str, Any]:
    lines = [line for number in sorted(owners) if len(owners[number]) > 1 for line in cut_line(arcs[number])]
    return {
        "type": "Feature",
        "properties": {"borders": True},
        "geometry": {"type": "MultiLineString", "coordinates": [_rounded(line) for line in lines]},
    }


def _rounded(points: list[Point]) -> list[list[float]]:
    rounded: list[list[float]] = []
    for point in points:
        pair = [round(point.x, DECIMALS), round(point.y, DECIMALS)]
        if not rounded or pair != rounded[-1]:
            rounded.append(pair)
    return rounded


def _closed_rings(rings: list[Ring]) -> list[list[list[float]]]:
    """The rings closed and rounded; those that rounding leaves without an area go, all with their outline."""
    closed = [_closed(ring) for ring in rings]
    kept = [ring for ring in closed if len({tuple(pair) for pair in ring}) > 2]
    return kept if closed[0] in kept else []


def _closed(ring: Ring) -> list[list[float]]:
    rounded = _rounded(ring)
    return rounded if rounded[0] == rounded[-1] else [*rounded, rounded[0]]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path, default=OUTPUT)
    out = parser.parse_args().out
    build(json.loads(npm_file("world-atlas", "countries-50m.json")), out)
    sys.stdout.write(f"{out.name}: {out.stat().st_size / 1024 / 1024:.1f} MiB\n")


if __name__ == "__main__":
    main()
