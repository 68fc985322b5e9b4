"""Do no harm: what leaves the record does not point at people who left their unit.

Rows about `defection` are told by first-level region, without coordinates and without the text's own words; where a
region has fewer than five of them in a month, they are left out. An analyst with the right to may lift this for one
export; who, why and what goes into the custody log.
"""

import datetime
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import msgspec

from foreshock.errors import UsageError
from foreshock.model.occurrence import Occurrence, Site
from foreshock.model.vocabulary import Precision
from foreshock.record import custody
from foreshock.record.store import Record

GUARDED: Final = "defection"
SMALLEST_CELL: Final = 5
"""Rows of a region and month below which they are left out."""
RIGHT: Final = "FORESHOCK_MAY_LIFT"
"""Environment variable with the names of those who may lift the protection, by comma."""
LIFTED: Final = "lifted"
FINE: Final = (Precision.POINT, Precision.ADMIN2)


@dataclass
class Protection:
    """What was done to an export: rows generalised, and left out in small cells."""

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
        elif done.cells[_cell(row)] < SMALLEST_CELL:
            done.left_out += 1
        else:
            done.generalised += 1
            yield generalised(row)


def generalised(row: Occurrence) -> Occurrence:
    """A row told by first-level region: no coordinates, no settlement, none of the text's words."""
    site = row.site
    if site is not None and site.precision in FINE:
        site = Site(name=site.admin1, admin1=site.admin1, country=site.country, precision=Precision.ADMIN1)
    elif site is not None:
        site = msgspec.structs.replace(site, lat=None, lon=None)
    return msgspec.structs.replace(row, site=site, text=None, title=None, url=None, own={})


def _cell(row: Occurrence) -> tuple[str, str, str]:
    day = row.since or row.published
    site = row.site or Site()
    return site.country or "", site.admin1 or "", day.isoformat()[:7] if day else ""
