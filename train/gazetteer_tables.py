"""The gazetteer's tables, filled in memory in a fixed order and written as one SQLite file."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from foreshock.errors import RunError
from foreshock.places.gazetteer import FILTER_WIDTH, FORMAT, SOUNDING, PlaceKind, bones_of, filter_slots
from foreshock.places.names import key, script, worth_keeping

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, kind INTEGER NOT NULL, country TEXT, admin1 TEXT,
    admin2 TEXT, lat REAL, lon REAL, population INTEGER NOT NULL, capital INTEGER NOT NULL, seat INTEGER NOT NULL);
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, grade INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE unit (code TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE member (
    place INTEGER NOT NULL, position INTEGER NOT NULL, member INTEGER NOT NULL,
    PRIMARY KEY (place, position)) WITHOUT ROWID;
CREATE TABLE border (
    country TEXT NOT NULL, neighbour TEXT NOT NULL, unit TEXT NOT NULL,
    PRIMARY KEY (country, neighbour, unit)) WITHOUT ROWID;
CREATE TABLE neighbour (country TEXT NOT NULL, neighbour TEXT NOT NULL, PRIMARY KEY (country, neighbour)) WITHOUT ROWID;
CREATE TABLE filter (bits BLOB NOT NULL);
CREATE TABLE sound (
    country TEXT NOT NULL, bones TEXT NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (country, bones, place)) WITHOUT ROWID;
"""
COLUMNS = "id geonameid name kind country admin1 admin2 lat lon population capital seat".split()

LARGEST = 55 * 1024 * 1024


class Builder:
    """Collects places and names in memory, in a fixed order, and writes them out."""

    def __init__(self, sources: str) -> None:
        self.sources = sources
        self.places: list[dict[str, Any]] = []
        self.names: dict[tuple[str, int], int] = {}
        self.by_key: dict[str, list[int]] = defaultdict(list)
        self.units: dict[str, int] = {}
        self.countries: dict[str, int] = {}
        self.alpha3: dict[str, str] = {}
        self.demonyms: dict[str, int] = {}
        self.members: list[tuple[int, int, int]] = []
        self.neighbours: set[tuple[str, str]] = set()
        self.borders: set[tuple[str, str, str]] = set()

    def add(self, kind: PlaceKind, name: str, **fields: Any) -> int:  # noqa: ANN401 — columns of the table
        """Add a place under its main name and return its number."""
        row: dict[str, Any] = dict.fromkeys(COLUMNS)
        row |= {"id": len(self.places) + 1, "name": name, "kind": int(kind), "population": 0, "capital": 0, "seat": 0}
        self.places.append(row | fields)
        self.call(len(self.places), [name], 3)
        return len(self.places)

    def call(self, place: int, names: Iterable[str], grade: int) -> None:
        """Give a place further names; the best grade of one key is kept."""
        for name in names:
            if not (name_key := key(name)):
                continue
            known = self.names.get((name_key, place), 0)
            if known == 0:
                self.by_key[name_key].append(place)
            self.names[name_key, place] = max(grade, known)

    def call_otherwise(self, place: int, names: Iterable[str], latin_grade: int = 2) -> None:
        """Give a place the alternate names of a package, less machine transliterations, codes and odd scripts."""
        for name in names:
            if worth_keeping(name):
                self.call(place, [name], latin_grade if script(name) == "LATIN" else 1)


def _sounds(builder: Builder) -> Iterator[tuple[str, str, int]]:
    """The country, skeleton and number of every place that is looked for by sound."""
    for place in builder.places:
        if place["kind"] in SOUNDING and place["country"] and (bones := bones_of(key(place["name"]))):
            yield place["country"], bones, place["id"]


def write(builder: Builder, out: Path) -> None:
    """Write the index, checked, in place of the old one."""
    fresh = out.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    bits = bytearray((1 << FILTER_WIDTH) // 8)
    for name_key in builder.by_key:
        for slot in filter_slots(name_key, FILTER_WIDTH):
            bits[slot >> 3] |= 1 << (slot & 7)
    connection = sqlite3.connect(fresh)
    connection.executescript(SCHEMA)
    rows = (tuple(place[column] for column in COLUMNS) for place in builder.places)
    connection.executemany(f"INSERT INTO place VALUES ({','.join('?' * len(COLUMNS))})", rows)
    names = sorted((name_key, place, grade) for (name_key, place), grade in builder.names.items())
    for table, found in (
        ("name", names),
        ("demonym", sorted(builder.demonyms.items())),
        ("unit", sorted(builder.units.items())),
        ("member", sorted(builder.members)),
        ("border", sorted(builder.borders)),
        ("neighbour", sorted(builder.neighbours)),
        ("sound", sorted(_sounds(builder))),
        ("meta", [("format", str(FORMAT)), ("sources", builder.sources)]),
    ):
        connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(found[0]))})", found)
    connection.execute("INSERT INTO filter VALUES (?)", (bytes(bits),))
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    if fresh.stat().st_size > LARGEST:
        raise RunError(f"the index is {fresh.stat().st_size:,} bytes, over the limit of {LARGEST:,}")
    fresh.replace(out)
