"""The index of places: one read-only SQLite file, opened at the first look-up."""

import enum
import hashlib
import sqlite3
import threading
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypedDict

import msgspec

from foreshock.errors import ModelError
from foreshock.places.inflection import base_forms
from foreshock.places.names import key
from foreshock.places.sounds import skeleton

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "gazetteer.sqlite"
FORMAT = 1
"""The version of the index's tables; an index of another version is refused."""

FILTER_WIDTH = 24
"""The shipped name filter has two to this power of bits."""
ALIKE = 5
"""Letters at the beginning by which two spellings of a unit are taken for one in measurements."""
MOST_CANDIDATES = 80
"""A name with more bearers than this is known by its most populous ones."""
SOUND_LEAST, LETTERS_LEAST = 3, 6
"""Consonants and letters below which too many names sound the same to be kept by sound."""


class PlaceKind(enum.IntEnum):
    """What sort of thing an entry is; the index stores the number."""

    COUNTRY = 1
    ADMIN1 = 2
    ADMIN2 = 3
    SETTLEMENT = 4
    REGION = 5
    WATER = 6
    SITE = 7


NO_TOWNS = frozenset({PlaceKind.SITE, PlaceKind.WATER})
"""The kinds of what may be named after a town, and is none."""
POINTED = frozenset({PlaceKind.SETTLEMENT, PlaceKind.SITE})
"""The kinds of what lies at one spot."""


class Entry(msgspec.Struct, frozen=True):
    """One place of the gazetteer.

    `id` is the index's own number, `geonameid` GeoNames' where it is known. `country` is ISO 3166-1 alpha-3,
    null for what lies in several. `admin1` and `admin2` are GeoNames codes (`RU.09`), `lat` and `lon` degrees
    of a representative point. `capital` marks national capitals, `seat` a building or quarter that stands for a
    government.
    """

    id: int
    geonameid: int | None
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float | None
    lon: float | None
    population: int
    capital: bool
    seat: bool


SOUNDING = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.SETTLEMENT, PlaceKind.SITE})
"""The kinds of place that are looked for by sound too."""


class Candidate(msgspec.Struct, frozen=True):
    """An entry that bears a name; `grade` 3 says it is its main name, 2 another Latin one, 1 any other."""

    entry: Entry
    grade: int


TABLES = ("place", "name")


def bones_of(name_key: str) -> str | None:
    """The skeleton of a whole key, its words run together, as spellings differ in where they part.

    Null for a key that is too short, or not of Latin letters, to be known by its sound.
    """
    if len(name_key) < LETTERS_LEAST or not name_key.isascii():
        return None
    bones = skeleton(name_key.replace(" ", ""))
    return bones if len(bones) >= SOUND_LEAST else None


_FIELDS = (
    "p.id, p.geonameid, p.name, p.kind, p.country, p.admin1, p.admin2, p.lat, p.lon, p.population, p.capital, p.seat"
)


def filter_slots(name_key: str, width: int) -> tuple[int, int, int]:
    """The three bits that a key sets in a name filter of `2 ** width` bits."""
    size = (3 * width + 7) // 8
    digest = int.from_bytes(hashlib.blake2b(name_key.encode("utf-8"), digest_size=size).digest(), "little")
    mask = (1 << width) - 1
    return digest & mask, (digest >> width) & mask, (digest >> 2 * width) & mask


def _entry(row: tuple[object, ...]) -> Entry:
    identity, geonameid, name, kind, country, admin1, admin2, lat, lon, population, capital, seat = row
    return Entry(
        identity,  # type: ignore[arg-type]
        geonameid,  # type: ignore[arg-type]
        name,  # type: ignore[arg-type]
        PlaceKind(kind),  # type: ignore[arg-type]
        country,  # type: ignore[arg-type]
        admin1,  # type: ignore[arg-type]
        admin2,  # type: ignore[arg-type]
        lat,  # type: ignore[arg-type]
        lon,  # type: ignore[arg-type]
        population,  # type: ignore[arg-type]
        bool(capital),
        bool(seat),
    )


class Facts(TypedDict):
    """How much an index holds: places, names, and what was loaded into it, each as `member size checksum`."""

    places: int
    names: int
    loads: list[str]


class Gazetteer:
    """Look-ups in one index file. Raises `ModelError` at the first one where the file is missing or unfit."""

    def __init__(self, path: Path = SHIPPED) -> None:
        self.path = path
        self._local = threading.local()
        self.candidates = lru_cache(maxsize=50_000)(self._candidates)
        self.entry = lru_cache(maxsize=50_000)(self._by_id)

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._open()
            self._local.connection = connection
        return connection

    def _open(self) -> sqlite3.Connection:
        if not self.path.is_file():
            raise ModelError(
                f"{self.path}: the gazetteer index is missing; reinstall Foreshock, "
                "or build it with `python -m train.gazetteer`"
            )
        connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            found = connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
        except sqlite3.DatabaseError as error:
            raise ModelError(f"{self.path}: not a gazetteer index ({error}); rebuild it") from error
        if found is None or found[0] != str(FORMAT):
            raise ModelError(f"{self.path}: a gazetteer index of another version; rebuild it")
        return connection

    @cached_property
    def _filter(self) -> bytes:
        bits: bytes = self._connection.execute("SELECT bits FROM filter").fetchone()[0]
        return bits

    @cached_property
    def _filter_width(self) -> int:
        return len(self._filter).bit_length() + 2

    def may_know(self, name_key: str) -> bool:
        """Whether a key may be a name here: never wrong when it says no, wrong for 1 in 200 when yes."""
        bits = self._filter
        first, second, third = filter_slots(name_key, self._filter_width)
        return bool(
            bits[first >> 3] & (1 << (first & 7))
            and bits[second >> 3] & (1 << (second & 7))
            and bits[third >> 3] & (1 << (third & 7))
        )

    def find(self, name: str) -> tuple[Candidate, ...]:
        """The entries that bear a name as written, however it is accented or cased; most populous first."""
        return self.candidates(key(name))

    def _candidates(self, name_key: str) -> tuple[Candidate, ...]:
        found = self._held(name_key)
        if found or name_key.isascii():
            return found
        return next((held for form in base_forms(name_key) if (held := self._held(form))), ())

    def _held(self, name_key: str) -> tuple[Candidate, ...]:
        if not name_key or not self.may_know(name_key):
            return ()
        rows = self._connection.execute(
            f"SELECT {_FIELDS}, n.grade FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? "
            "ORDER BY p.population DESC, p.id LIMIT ?",
            (name_key, MOST_CANDIDATES),
        )
        return tuple(Candidate(_entry(row[:-1]), row[-1]) for row in rows)

    def _by_id(self, identity: int) -> Entry:
        row = self._connection.execute(f"SELECT {_FIELDS} FROM place p WHERE p.id = ?", (identity,)).fetchone()
        return _entry(row)

    def sounding(self, iso3: str, bones: str) -> list[Entry]:
        """The settlements, units and sites of a country whose main names sound alike, in order of id.

        `bones` is the skeleton of a whole key. None in an index that was loaded before sounds were kept.
        """
        if not self._has_sounds:
            return []
        rows = self._connection.execute(
            "SELECT place FROM sound WHERE country = ? AND bones = ? ORDER BY place", (iso3, bones)
        )
        return [self.entry(row[0]) for row in rows]

    @cached_property
    def _has_sounds(self) -> bool:
        found = self._connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'sound'")
        return found.fetchone() is not None

    @cached_property
    def _demonyms(self) -> dict[str, int]:
        return dict(self._connection.execute("SELECT key, place FROM demonym"))

    def demonym(self, name_key: str) -> Entry | None:
        """The entry whose people or adjective this is (*Russian*, *Chechens*), or null."""
        identity = self._demonyms.get(name_key)
        if identity is None and name_key.endswith("s"):
            identity = self._demonyms.get(name_key[:-1])
        return self.entry(identity) if identity is not None else None

    @cached_property
    def _units(self) -> dict[str, int]:
        return dict(self._connection.execute("SELECT code, place FROM unit WHERE code NOT LIKE '%.%.%'"))

    def unit(self, code: str) -> Entry | None:
        """The unit with this GeoNames code (`RU.09`, `US.KY.125`), or null."""
        identity = self._units.get(code)
        if identity is None:
            row = self._connection.execute("SELECT place FROM unit WHERE code = ?", (code,)).fetchone()
            identity = row[0] if row else None
        return self.entry(identity) if identity is not None else None

    def units_of(self, iso3: str) -> list[Entry]:
        """The first-level units of a country, in order of their codes."""
        found = (self.entry(identity) for _, identity in sorted(self._units.items()))
        return [unit for unit in found if unit.country == iso3]

    def unit_code(self, iso3: str | None, name: str | None) -> str | None:
        """The code of a country's first-level unit by its main name; null where it has none of that name."""
        return self._unit_codes.get((iso3, name))

    @cached_property
    def _unit_codes(self) -> dict[tuple[str | None, str | None], str]:
        units = (self.entry(identity) for identity in self._units.values())
        return {(unit.country, unit.name): unit.admin1 for unit in units if unit.admin1}

    def admin1_name(self, entry: Entry) -> str | None:
        """The name of the first-level unit that an entry lies in or is, as GeoNames has it."""
        unit = self.unit(entry.admin1) if entry.admin1 else None
        return unit.name if unit else None

    def country(self, iso3: str) -> Entry | None:
        """The country with this ISO 3166-1 alpha-3 code, or null."""
        return self._countries.get(iso3)

    @cached_property
    def _countries(self) -> dict[str, Entry]:
        rows = self._connection.execute(f"SELECT {_FIELDS} FROM place p WHERE p.kind = ?", (PlaceKind.COUNTRY,))
        return {entry.country: entry for entry in map(_entry, rows) if entry.country}

    def capital(self, iso3: str) -> Entry | None:
        """The capital of a country, or null."""
        return self._capitals.get(iso3)

    @cached_property
    def _capitals(self) -> dict[str, Entry]:
        rows = self._connection.execute(f"SELECT {_FIELDS} FROM place p WHERE p.capital = 1")
        return {entry.country: entry for entry in map(_entry, rows) if entry.country}

    def members(self, entry: Entry) -> list[Entry]:
        """The units that a region of the project's own list consists of; empty where it lists none."""
        return [self.entry(member) for member in self._members.get(entry.id, ())]

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place, member in self._connection.execute("SELECT place, member FROM member ORDER BY place, position"):
            found.setdefault(place, []).append(member)
        return found

    def neighbours(self, iso3: str) -> frozenset[str]:
        """The countries that share a land border with this one."""
        rows = self._connection.execute("SELECT neighbour FROM neighbour WHERE country = ?", (iso3,))
        return frozenset(row[0] for row in rows)

    def border_units(self, iso3: str, neighbour: str) -> list[Entry]:
        """The first-level units of a country that touch a neighbouring one, in order of their codes."""
        rows = self._connection.execute(
            "SELECT unit FROM border WHERE country = ? AND neighbour = ? ORDER BY unit", (iso3, neighbour)
        )
        return [unit for row in rows if (unit := self.unit(row[0])) is not None]

    def facts(self) -> Facts:
        """How much the index holds; counts, not an index look-up."""
        count = {table: self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}
        loads = self._connection.execute("SELECT value FROM meta WHERE name = 'loads'").fetchone()
        return Facts(places=count["place"], names=count["name"], loads=loads[0].split("\n")[:-1] if loads else [])

    def by_geonameid(self, geonameids: Iterable[int]) -> list[Entry]:
        """Entries by GeoNames id, for measurements; a scan, not an index look-up."""
        wanted = set(geonameids)
        rows = self._connection.execute(f"SELECT {_FIELDS} FROM place p WHERE p.geonameid IS NOT NULL")
        return [entry for entry in map(_entry, rows) if entry.geonameid in wanted]


def unit_named(gazetteer: Gazetteer, country: str | None, name: str | None) -> str | None:
    """The code of a country's first-level unit that bears a name, for measurements.

    Failing that, of one whose main name begins with the same five letters, as the scorer of readings compares them;
    `country name` where the index knows neither, null where there is no name.
    """
    if not name:
        return None
    for one in gazetteer.find(name):
        if one.entry.kind is PlaceKind.ADMIN1 and one.entry.country == country:
            return one.entry.admin1
    start = key(name)[:ALIKE]
    for unit in gazetteer.units_of(country or ""):
        if key(unit.name)[:ALIKE] == start:
            return unit.admin1
    return f"{country} {name}"
