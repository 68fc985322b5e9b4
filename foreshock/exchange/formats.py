"""The list of formats: what writes each, what reads it, what it cannot hold."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from foreshock.errors import ItemError, UsageError
from foreshock.exchange import acled, ftm, gdelt, geo, own, polecat, ucdp
from foreshock.exchange.names import READ, WRITTEN
from foreshock.model.occurrence import Occurrence

Write = Callable[[Iterable[Occurrence], BinaryIO], int]
Read = Callable[[Path], Iterator[Occurrence | ItemError]]


@dataclass(frozen=True)
class Format:
    """One format; null where it goes one way only.

    `only_events`: it has no field for what kind of statement a row is, nor for a denial, so that whoever reads it takes
    every row for something that happened. `only_typed`: it leaves out rows without a PLOVER type.
    """

    write: Write | None
    read: Read | None
    not_held: tuple[str, ...] = ()
    only_events: bool = False
    only_typed: bool = False


FORMATS: Final[dict[str, Format]] = {
    "jsonl": Format(own.write_jsonl, own.read_jsonl),
    "parquet": Format(own.write_parquet, own.read_parquet),
    "polecat": Format(polecat.write, polecat.read, polecat.NOT_HELD, only_events=True, only_typed=True),
    "acled": Format(acled.write, acled.read, acled.NOT_HELD, only_events=True),
    "geojson": Format(geo.write_geojson, geo.read_geojson, geo.NOT_HELD),
    "geoparquet": Format(geo.write_geoparquet, own.read_parquet, geo.NOT_HELD),
    "ftm": Format(ftm.write, ftm.read, ftm.NOT_HELD, only_events=True),
    "ucdp": Format(None, ucdp.read),
    "gdelt": Format(None, gdelt.read),
}
"""By the names in `exchange/names.py`, where a new one is entered, too."""


def writer(name: str) -> Write:
    """What writes a format. Raises `UsageError` where nothing does."""
    found = FORMATS[name].write if name in FORMATS else None
    if found is None:
        raise UsageError(f"{name!r} is not written; one of: {', '.join(WRITTEN)}")
    return found


def reader(name: str) -> Read:
    """What reads a format. Raises `UsageError` where nothing does."""
    found = FORMATS[name].read if name in FORMATS else None
    if found is None:
        raise UsageError(f"{name!r} is not read; one of: {', '.join(READ)}")
    return found
