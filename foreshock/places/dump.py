"""Reads a GeoNames dump (`allCountries.zip`, or one country's): a zip with one tab-separated file of 19 columns.

The archive is an outsider's: names, sizes, the ratio of packed to unpacked, every row's shape and the checksum are
checked, and nothing is unpacked to disk. Format: https://download.geonames.org/export/dump/readme.txt
"""

import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO

import msgspec

from foreshock.errors import UnreadableItem
from foreshock.model.shipped import Words, shipped_table
from foreshock.places.gazetteer import PlaceKind

COLUMNS = 19
LARGEST = 8 * 1024**3
"""Bytes of the unpacked file: five times the whole world's in 2026."""
TIGHTEST = 60
"""Unpacked to packed: place rows pack about four to one; more than this is no text of places."""
LONGEST_LINE = 65_536
"""Bytes of one row; the longest list of alternate names has some ten thousand."""
MOST_WRONG = 0.001
"""The share of rows of a wrong shape above which the file is taken for something else."""
JUDGED = 2_000
"""Rows after which that share is first asked for."""


class Row(msgspec.Struct, frozen=True):
    """One place of a dump. `country` is ISO 3166-1 alpha-2, the codes of units are GeoNames' (`SD.47`)."""

    geonameid: int
    name: str
    others: tuple[str, ...]
    lat: float
    lon: float
    kind: PlaceKind
    country: str
    admin1: str
    admin2: str
    population: int


class Dump:
    """One dump file, opened and found fit to be read.

    `size` is the number of bytes unpacked, `read` how many were read so far, `wrong` the rows that were left out for
    their shape. Raises `UnreadableItem` where the archive is none, is encrypted, damaged, too large or packed too
    tightly.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._archive = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise UnreadableItem(path.name, f"is no zip archive that can be read ({error})") from error
        members = [one for one in self._archive.infolist() if one.filename.endswith(".txt")]
        members = [one for one in members if Path(one.filename).name.lower() != "readme.txt"]
        if len(members) != 1:
            raise UnreadableItem(path.name, f"holds {len(members)} text files, where a GeoNames dump holds one")
        self._member = members[0]
        if self._member.flag_bits & 1:
            raise UnreadableItem(path.name, "is encrypted")
        if self._member.file_size > LARGEST:
            raise UnreadableItem(path.name, f"unpacks to {self._member.file_size:,} bytes, the limit is {LARGEST:,}")
        if self._member.file_size > TIGHTEST * max(self._member.compress_size, 1):
            raise UnreadableItem(path.name, "is packed more tightly than any list of places: a zip bomb")
        self.size, self.read, self.wrong, self.lines = self._member.file_size, 0, 0, 0

    @property
    def fingerprint(self) -> str:
        """What tells this file from another: its member's name, size and checksum."""
        return f"{self._member.filename} {self._member.file_size} {self._member.CRC:08x}"

    def rows(self, skip: int = 0) -> Iterator[Row | None]:
        """The rows after the first `skip` lines, null for one that is of no use here.

        Raises `UnreadableItem` where the file turns out damaged, longer than it says, or not a list of places.
        """
        try:
            with self._archive.open(self._member) as file:
                for line in self._lines(file):
                    if self.lines > skip:
                        yield self._row(line)
            if 2 * self.wrong > self.lines:
                raise UnreadableItem(self.path.name, f"most lines are not {COLUMNS} columns of a GeoNames dump")
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
            raise UnreadableItem(self.path.name, f"is damaged ({error}); fetch it again") from error

    def _lines(self, file: IO[bytes]) -> Iterator[bytes]:
        while line := file.readline(LONGEST_LINE + 1):
            self.lines += 1
            self.read += len(line)
            if self.read > self.size:
                raise UnreadableItem(self.path.name, "unpacks to more than it says")
            if len(line) > LONGEST_LINE:
                raise UnreadableItem(self.path.name, f"line {self.lines} is longer than {LONGEST_LINE:,} bytes")
            yield line
        if self.read != self.size:
            raise UnreadableItem(self.path.name, "ends early")

    def _row(self, line: bytes) -> Row | None:
        try:
            return parse_row(line.decode("utf-8").rstrip("\r\n"))
        except (ValueError, UnicodeDecodeError):
            self.wrong += 1
            if self.lines >= JUDGED and self.wrong > MOST_WRONG * self.lines:
                raise UnreadableItem(
                    self.path.name, f"{self.wrong} of {self.lines} lines are not {COLUMNS} columns of a GeoNames dump"
                ) from None
            return None


def parse_row(line: str) -> Row | None:
    """One line as a place, null for a kind that is left out. Raises `ValueError` for a line of another shape."""
    cells = line.split("\t")
    if len(cells) != COLUMNS:
        raise ValueError(f"{len(cells)} columns")
    identity, name, plain, others, lat, lon, kind_class, code, country, _, first, second = cells[:12]
    latitude, longitude, population = float(lat), float(lon), int(cells[14] or 0)
    if not (int(identity) > 0 and name and abs(latitude) <= 90 and abs(longitude) <= 180 and population >= 0):
        raise ValueError("out of bounds")
    kind = kind_of(kind_class, code)
    if kind is None or len(country) != 2:
        return None
    return Row(
        geonameid=int(identity),
        name=name,
        others=tuple(dict.fromkeys(filter(None, (plain, *others.split(","))))),
        lat=latitude,
        lon=longitude,
        kind=kind,
        country=country,
        admin1=f"{country}.{first}" if first not in {"", "00"} else "",
        admin2=f"{country}.{first}.{second}" if second and first not in {"", "00"} else "",
        population=population,
    )


@lru_cache(maxsize=1024)
def kind_of(kind_class: str, code: str) -> PlaceKind | None:
    """The kind of place that a GeoNames class and code name; null for what is left out."""
    listed, full = _codes(), f"{kind_class}.{code}"
    if full in listed["without"]:
        return None
    named = (name for name, codes in listed.items() if name != "without" and (full in codes or kind_class in codes))
    found = next(named, None)
    return PlaceKind[found.upper()] if found else None


@lru_cache(maxsize=1)
def _codes() -> dict[str, frozenset[str]]:
    return dict(shipped_table("data/places/feature-codes.yaml", dict[str, Words]))
