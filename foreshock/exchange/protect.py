"""Do no harm: what leaves the record does not point at people who left their unit.

Rows about `defection` are told by first-level region, without coordinates and without the text's own words: a place has
its region's name, a party that the registry does not have is told by its sector, and speakers are not told. Where a
region has fewer than five of them in a month, and where no region is known, they are left out. An analyst with the
right to may lift this for one export; who, why and what goes into the custody log.
"""

import datetime
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import msgspec

from foreshock.actors.fresh import NEW
from foreshock.errors import UsageError
from foreshock.model.occurrence import Occurrence, Party, Site
from foreshock.model.vocabulary import Precision
from foreshock.record import custody
from foreshock.record.store import Record

GUARDED: Final = "defection"
SMALLEST_CELL: Final = 5
"""Rows of a region and month below which they are left out."""
RIGHT: Final = "FORESHOCK_MAY_LIFT"
"""Environment variable with the names of those who may lift the protection, by comma."""
LIFTED: Final = "lifted"
UNNAMED: Final = "unnamed"
"""What a party is called whose name only the text has, where no sector is known."""


@dataclass
class Protection:
    """What was done to an export: rows generalised, and left out in small cells or without a known region."""

    generalised: int = 0
    left_out: int = 0
    lifted_by: str | None = None
    cells: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def lift(record: Record, who: str, why: str, what: dict[str, str]) -> Protection:
    """Lift the protection for one export, and log it. Raises `UsageError` without the right or a reason."""
    allowed = {name.strip() for name in os.environ.get(RIGHT, "").split(",") if name.strip()}
    if who not in allowed:
        raise UsageError(f"{who} may not export precise places; those who may are named in {RIGHT}")
    if not why.strip():
        raise UsageError("exporting precise places needs a reason; it stays in the log")
    details = {"who": who, "why": why.strip(), **what}
    with record.begin(writing=True) as connection:
        note = custody.Note(LIFTED, "export", details)
        custody.append(connection, [note], datetime.datetime.now(datetime.UTC))
    return Protection(lifted_by=who)


def protected(rows: Iterable[Occurrence], done: Protection, counted: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """The rows as they may leave; `counted` are the same rows once more, to know how many each cell has."""
    if done.lifted_by is None:
        done.cells.update(_cell(row) for row in counted if GUARDED in row.contexts)
    for row in rows:
        if done.lifted_by is not None or GUARDED not in row.contexts:
            yield row
        elif not _admin1(row) or done.cells[_cell(row)] < SMALLEST_CELL:
            done.left_out += 1
        else:
            done.generalised += 1
            yield generalised(row)


def generalised(row: Occurrence) -> Occurrence:
    """A row told by first-level region: no coordinates, no settlement, none of the text's words or names.

    A place's own name may be the text's at any precision, so that the region's name stands for all of them. Speakers
    are known by the text's words alone.
    """
    return msgspec.structs.replace(
        row,
        actors=tuple(map(_party, row.actors)),
        recipients=tuple(map(_party, row.recipients)),
        site=None if row.site is None else _region(row.site),
        sources=(),
        text=None,
        title=None,
        url=None,
        own={},
    )


def _region(site: Site) -> Site:
    known = Precision.ADMIN1 if site.admin1 else Precision.COUNTRY if site.country else None
    return Site(name=site.admin1, admin1=site.admin1, country=site.country, precision=known)


def _party(one: Party) -> Party:
    """One that the registry has as it is; any other without its name, and without the id that is made of its name."""
    if one.id and not one.id.startswith(NEW):
        return one
    return Party(one.sector or UNNAMED, one.country, one.sector)


def _admin1(row: Occurrence) -> str:
    return row.site.admin1 or "" if row.site is not None else ""


def _cell(row: Occurrence) -> tuple[str, str, str]:
    day = row.since or row.published
    country = row.site.country if row.site is not None else None
    return country or "", _admin1(row), day.isoformat()[:7] if day else ""
