"""Do no harm: what leaves the record does not point at people who left their unit.

Rows about `defection` are told by first-level region, without coordinates and without the text's own words: a place has
its region's name, a party that the registry does not have is told by its sector, and speakers are not told. Where a
region has fewer than five of them in a month, and where no region is known, they are left out. Other rows of the same
text would give away what these leave out, so that they are told in the same way. An analyst with the
right to may lift this for one export; who, why and what goes into the custody log.
"""

import datetime
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from foreshock.errors import UsageError
from foreshock.exchange.choose import Row
from foreshock.exchange.unnamed import generalised
from foreshock.model.occurrence import Occurrence
from foreshock.record import custody
from foreshock.record.guarded import GUARDED
from foreshock.record.store import Record

SMALLEST_CELL: Final = 5
"""Rows of a region and month below which they are left out."""
RIGHT: Final = "FORESHOCK_MAY_LIFT"
"""Environment variable with the names of those who may lift the protection, by comma."""
LIFTED: Final = "lifted"


@dataclass
class Protection:
    """What was done to an export: rows generalised, and left out in small cells or without a known region.

    `beside` counts the rows about other things that were generalised as their text tells of deserters too.
    """

    generalised: int = 0
    beside: int = 0
    left_out: int = 0
    lifted_by: str | None = None
    cells: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def lift(record: Record, who: str, why: str, what: dict[str, str]) -> Protection:
    """Lift the protection for one export, and log it. Raises `UsageError` without the right or a reason."""
    if not who.strip():
        raise UsageError("say who exports precise places, and why: --who and --why")
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


def protected(rows: Iterable[Row], done: Protection, counted: Iterable[Row]) -> Iterator[Occurrence]:
    """The rows as they may leave; `counted` are the same rows once more, at least
    those that tell of deserters, to know how many of these each cell has."""
    if done.lifted_by is None:
        done.cells.update(_cell(one.occurrence) for one in counted if GUARDED in one.occurrence.contexts)
    for one in rows:
        row = one.occurrence
        if done.lifted_by is not None:
            yield row
        elif GUARDED not in row.contexts:
            done.beside += one.guarded
            yield generalised(row) if one.guarded else row
        elif not _admin1(row) or done.cells[_cell(row)] < SMALLEST_CELL:
            done.left_out += 1
        else:
            done.generalised += 1
            yield generalised(row)


def _admin1(row: Occurrence) -> str:
    return row.site.admin1 or "" if row.site is not None else ""


def _cell(row: Occurrence) -> tuple[str, str, str]:
    day = row.since or row.published
    country = row.site.country if row.site is not None else None
    return country or "", _admin1(row), day.isoformat()[:7] if day else ""
