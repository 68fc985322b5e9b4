"""Counts by place and period: distinct reports, events or statements, each once in a place and period."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from foreshock.watch.baselines import Counts
from foreshock.watch.columns import NONE, Flags, Numbers, Sightings

Unit = Literal["reports", "events", "statements"]


@dataclass(frozen=True)
class Span:
    """The periods that are counted, first to last inclusive."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many periods."""
        return self.last - self.first + 1


def counts(seen: Sightings, which: Flags, unit: Unit, span: Span) -> Counts:
    """How many units match in each place (row, as in `seen.places`) and period (column).

    A country's row holds what lies in its regions too.
    """
    units = units_of(seen, unit)
    rows = np.flatnonzero(which & (seen.period >= span.first) & (seen.period <= span.last) & (units != NONE))
    table = np.zeros((len(seen.places), span.size), dtype=np.int64)
    for places in (seen.place, seen.region):
        inside = rows[places[rows] != NONE]
        _add(table, places[inside], seen.period[inside] - span.first, units[inside])
    return table


def _add(table: Counts, places: Numbers, periods: Numbers, units: Numbers) -> None:
    """Count each unit once in its cell."""
    cells = places * table.shape[1] + periods
    number = int(units.max()) + 1 if len(units) else 1
    once = np.unique(cells * number + units) // number
    found, many = np.unique(once, return_counts=True)
    table.reshape(-1)[found] += many


class Cells:
    """The statements of each place and period, found without going through all of them."""

    def __init__(self, places: Numbers, periods: Numbers, span: Span) -> None:
        """`places` are rows, as in `seen.places`, or −1."""
        self.span = span
        keys = places * span.size + (periods - span.first)
        self.order = np.argsort(keys, kind="stable")
        self.keys = keys[self.order]

    def rows(self, place: int, period: int) -> Numbers:
        """The numbers of the statements, in order."""
        key = place * self.span.size + (period - self.span.first)
        begin, end = np.searchsorted(self.keys, [key, key + 1])
        return self.order[begin:end]


def units_of(seen: Sightings, unit: Unit) -> Numbers:
    """What each statement counts as, where each is counted once: −1 where as nothing."""
    return {"reports": seen.report, "events": seen.event, "statements": np.arange(len(seen))}[unit]


def reports_read(seen: Sightings, span: Span) -> Counts:
    """How many reports say anything of each place in each period: what a sign is held against."""
    return counts(seen, np.ones(len(seen), dtype=bool), "reports", span)


def country_rows(seen: Sightings) -> Numbers:
    """For each place the row of its country; its own for a country."""
    rows = {one.country: at for at, one in enumerate(seen.places) if one.admin1 is None}
    return np.array([rows[one.country] for one in seen.places], dtype=np.int64)
