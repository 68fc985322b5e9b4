"""Adds the project's own lists (`foreshock/data/places/*.yaml`) to the gazetteer; a wrong line stops the build."""

from collections import defaultdict
from difflib import SequenceMatcher
from typing import Any

import yaml

from foreshock.errors import RunError
from foreshock.places.gazetteer import SHIPPED, PlaceKind
from foreshock.places.names import key
from train.gazetteer_tables import Builder

LISTS = SHIPPED.parent / "places"
BORDER_DEGREES = 0.45
"""Settlements of two countries within some 50 km make their units border units where no list says."""

SAME_DEGREES, SAME_NAME = 0.1, 0.7
"""How near and how like in name, by difflib's ratio, a listed settlement is to the one that it repeats."""

PLACE_FIELDS = {
    "name",
    "kind",
    "country",
    "admin1",
    "lat",
    "lon",
    "geonameid",
    "also",
    "members",
    "population",
    "seat",
}


def _rows(name: str) -> Any:  # noqa: ANN401 — a parsed file
    return yaml.safe_load((LISTS / name).read_text(encoding="utf-8"))


def add_own(builder: Builder) -> None:
    """Every list, in an order in which each finds what it refers to. Raises `RunError` naming every wrong line."""
    finder, problems = _Finder(builder), []
    for row in _rows("variants.yaml"):
        try:
            place = finder.one(row["of"], row["country"], row.get("kind"), row.get("admin1"))
            builder.call(place, row["also"], 2)
        except RunError as problem:
            problems.append(f"variants.yaml: {problem}")
    for path in sorted(LISTS.glob("own-*.yaml")):
        for row in _rows(path.name):
            try:
                _add_place(builder, finder, row)
            except RunError as problem:
                problems.append(f"{path.name}: {row.get('name')}: {problem}")
    for name, forms in sorted(_rows("demonyms.yaml").items()):
        try:
            place = finder.country(name) if len(name) == 3 and name.isupper() else finder.one(name)
            builder.demonyms |= {key(form): place for form in forms}
        except RunError as problem:
            problems.append(f"demonyms.yaml: {problem}")
    problems += _add_borders(builder, _rows("borders.yaml"))
    if problems:
        raise RunError("\n".join(problems))


class _Finder:
    """Finds places already added by name, the largest of several."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.settlements: dict[tuple[str, int, int], list[dict[str, Any]]] = defaultdict(list)

    def country(self, iso3: str) -> int:
        if iso3 not in self.builder.countries:
            raise RunError(f"no country {iso3!r}")
        return self.builder.countries[iso3]

    def one(self, name: str, country: str | None = None, kind: str | None = None, admin1: str | None = None) -> int:
        """The number of the place so named. Raises `RunError` where there is none."""
        fits = [
            row
            for row in (self.builder.places[place - 1] for place in self.builder.by_key.get(key(name), []))
            if country in (None, row["country"])
            and kind in (None, PlaceKind(row["kind"]).name.lower())
            and admin1 in (None, row["admin1"])
        ]
        if not fits:
            raise RunError(f"no place {name!r} ({country} {kind or ''} {admin1 or ''})")
        best = max(fits, key=lambda row: (self.builder.names[key(name), row["id"]], row["population"], -row["id"]))
        return int(best["id"])

    def beside(self, row: dict[str, Any]) -> int | None:
        """The settlement of a like name within some ten kilometres, which is the same under another spelling."""
        if not self.settlements:
            for place in self.builder.places:
                if place["kind"] == PlaceKind.SETTLEMENT:
                    self.settlements[place["country"], round(place["lat"]), round(place["lon"])].append(place)
        lat, lon = row["lat"], row["lon"]
        near = (
            place
            for north in (-1, 0, 1)
            for east in (-1, 0, 1)
            for place in self.settlements.get((row["country"], round(lat) + north, round(lon) + east), ())
            if abs(place["lat"] - lat) < SAME_DEGREES and abs(place["lon"] - lon) < SAME_DEGREES
        )
        for place in near:
            if SequenceMatcher(None, key(place["name"]), key(row["name"])).ratio() >= SAME_NAME:
                return int(place["id"])
        return None


def _add_place(builder: Builder, finder: _Finder, row: dict[str, Any]) -> None:
    if unknown := set(row) - PLACE_FIELDS:
        raise RunError(f"unknown fields {sorted(unknown)}")
    country, admin1 = row.get("country"), row.get("admin1")
    if country is not None:
        finder.country(country)
    if admin1 is not None and admin1 not in builder.units:
        raise RunError(f"no first-level unit {admin1!r}")
    twin = finder.beside(row) if row["kind"] == "settlement" else None
    if twin is not None:
        builder.call(twin, [row["name"], *row.get("also", ())], 2)
        return
    place = builder.add(
        PlaceKind[row["kind"].upper()], row["name"], geonameid=row.get("geonameid"), country=country, admin1=admin1,
        lat=row.get("lat"), lon=row.get("lon"), population=row.get("population", 0), seat=int(row.get("seat", False)),
    )  # fmt: skip
    builder.call(place, row.get("also", ()), 2)
    for position, member in enumerate(row.get("members", ())):
        number = builder.units.get(member) or builder.countries.get(member)
        if number is None:
            raise RunError(f"no unit or country {member!r}")
        builder.members.append((place, position, number))


def _add_borders(builder: Builder, listed: list[dict[str, Any]]) -> list[str]:
    """The units along each land border: as listed, and elsewhere by how near settlements lie to each other."""
    done: set[tuple[str, str]] = set()
    problems: list[str] = []
    for row in listed:
        done.add((row["country"], row["neighbour"]))
        builder.neighbours.add((row["country"], row["neighbour"]))
        for code in row["units"]:
            if builder.places[builder.units.get(code, 1) - 1]["country"] != row["country"]:
                problems.append(f"borders.yaml: {code!r} is no unit of {row['country']}")
            builder.borders.add((row["country"], row["neighbour"], code))
    cells: dict[tuple[int, int], set[tuple[str, str]]] = defaultdict(set)
    for place in builder.places:
        if place["kind"] == PlaceKind.SETTLEMENT and place["admin1"] and place["country"]:
            cell = round(place["lat"] / BORDER_DEGREES), round(place["lon"] / BORDER_DEGREES)
            cells[cell].add((place["country"], place["admin1"]))
    for (row_at, column_at), units in cells.items():
        around: set[tuple[str, str]] = set()
        for step in (-1, 0, 1):
            for across in (-1, 0, 1):
                around |= cells.get((row_at + step, column_at + across), set())
        for country, code in units:
            near = {other for other, _ in around if (country, other) in builder.neighbours} - {country}
            builder.borders |= {(country, other, code) for other in near if (country, other) not in done}
    return problems
