"""The record as the watch sees it: what is counted of it, put together as columns of all statements."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from foreshock.model.board import Every, Where
from foreshock.places.gazetteer import Gazetteer
from foreshock.record.store import Record
from foreshock.watch.columns import (
    KIND_NUMBERS,
    MODE_NUMBERS,
    NONE,
    TYPE_NUMBERS,
    UNGRADED,
    By,
    Flags,
    Numbers,
    Party,
    Sightings,
)
from foreshock.watch.digits import steps_of
from foreshock.watch.gathering import Gathering, Told
from foreshock.watch.periods import UNDATED, first_day_of
from foreshock.watch.rules import rules


@dataclass(frozen=True)
class _Places:
    """Of each statement its place and region, as numbers of `places`, and whether that region lies at a border."""

    places: tuple[Where, ...]
    place: Numbers
    region: Numbers
    at_border: Flags


@dataclass(frozen=True)
class _Texts:
    """Of each statement when its document was known, the text with its copies, the outlet, a number of `outlets`, and
    its letter, and whether events were computed over it."""

    outlets: tuple[str, ...]
    period: Numbers
    report: Numbers
    outlet: Numbers
    reliability: Numbers
    compared: Flags


@dataclass(frozen=True)
class _Events:
    """Of each statement its event and that one's digit, and of events whose digit was another before since when."""

    event: Numbers
    credibility: Numbers
    steps: dict[int, tuple[tuple[int, int], ...]]


def sightings(record: Record, every: Every = "month", by: By = "published", graded: bool = True) -> Sightings:
    """The record as the watch sees it. Not `graded`, it knows of events only today's digits, which is quicker."""
    with record.begin() as connection:
        return _Columns(Gathering(connection, every, by)).made(graded)


class _Columns:
    """Puts the columns together of what was gathered."""

    def __init__(self, gathered: Gathering) -> None:
        self.gathered = gathered

    def made(self, graded: bool) -> Sightings:
        """The columns."""
        keep = [at for at, country in enumerate(self.gathered.where) if country]
        rows = [self.gathered.rows[at] for at in keep]
        where, texts, told = self._places(keep), self._texts(rows), self._events(rows, graded)
        killed, members = self.gathered.bodies()
        return Sightings(
            every=self.gathered.every,
            by=self.gathered.by,
            places=where.places,
            outlets=texts.outlets,
            ids=np.array([row.id for row in rows], dtype="U16"),
            period=texts.period,
            place=where.place,
            region=where.region,
            report=texts.report,
            event=told.event,
            outlet=texts.outlet,
            compared=texts.compared,
            kind=_column(KIND_NUMBERS[row.kind] for row in rows),
            positive=np.array([row.polarity == "positive" for row in rows], dtype=bool),
            type=_column(_or_none(TYPE_NUMBERS, row.type) for row in rows),
            mode=_column(_or_none(MODE_NUMBERS, row.mode) for row in rows),
            contexts=self.gathered.contexts[keep],
            actors=self._party("actor", keep),
            recipients=self._party("recipient", keep),
            crosses=np.array([len(self.gathered.involved(at) | members.get(at, set())) > 1 for at in keep], dtype=bool),
            at_border=where.at_border,
            killed=_column(killed.get(at, 0) for at in keep),
            credibility=told.credibility,
            reliability=texts.reliability,
            fresh=self._fresh(rows, texts.period),
            unread=self.gathered.unread(),
            undated=sum(one.period == UNDATED for one in self.gathered.documents.values()),
            steps=told.steps,
            later=len({one.report for one in self.gathered.documents.values() if one.period > self.gathered.newest}),
        )

    def _places(self, keep: Sequence[int]) -> _Places:
        """Where the statements stand that stand in any country."""
        made: dict[tuple[str, str | None], tuple[Where, Where]] = {}
        wheres = []
        for at in keep:
            row, country = self.gathered.rows[at], self.gathered.where[at] or ""
            named = country, row.admin1 if row.country == country else None
            if named not in made:
                made[named] = Where(country), Where(*named)
            wheres.append(made[named])
        places = tuple(sorted({one for pair in wheres for one in pair}, key=lambda one: one.order))
        number_of = {one: number for number, one in enumerate(places)}
        borders = _borders({one.country for one in places})
        return _Places(
            places=places,
            place=_column(number_of[country] for country, _ in wheres),
            region=_column(number_of[region] if region.admin1 else NONE for _, region in wheres),
            at_border=np.array([(region.country, region.admin1) in borders for _, region in wheres], dtype=bool),
        )

    def _texts(self, rows: Sequence[Told]) -> _Texts:
        """What is known of the documents that the statements stand in."""
        known = [self.gathered.documents[row.document] for row in rows]
        reports, outlets = _numbered(one.report for one in known), _numbered(one.outlet for one in known)
        letters, compared = self.gathered.letters(), self.gathered.compared()
        return _Texts(
            outlets=tuple(outlets),
            period=np.array([one.period for one in known], dtype=np.int64),
            report=_column(reports[one.report] for one in known),
            outlet=_column(_or_none(outlets, one.outlet) for one in known),
            reliability=_column(letters.get(one.outlet or "", UNGRADED) for one in known),
            compared=np.array([row.document in compared for row in rows], dtype=bool),
        )

    def _events(self, rows: Sequence[Told], graded: bool) -> _Events:
        """The events of the statements, as far confirmed as today, and before where they are to be `graded`."""
        events_of, digits = self.gathered.digits()
        numbers = _numbered(events_of.get(row.id) for row in rows)
        periods = {identity: one.period for identity, one in self.gathered.documents.items()}
        steps = steps_of(self.gathered.connection, periods, digits) if graded else {}
        return _Events(
            event=_column(_or_none(numbers, events_of.get(row.id)) for row in rows),
            credibility=_column(digits.get(events_of.get(row.id, ""), UNGRADED) for row in rows),
            steps={numbers[event]: found for event, found in steps.items() if event in numbers},
        )

    def _party(self, role: str, keep: Sequence[int]) -> Party:
        foreign = [bool(self.gathered.countries[role][at] - {self.gathered.where[at]}) for at in keep]
        return Party(self.gathered.sectors[role][keep], np.array(foreign, dtype=bool))

    def _fresh(self, rows: Sequence[Told], periods: Numbers) -> Flags:
        """Whether what a statement tells of is not long over when its document was known."""
        limit = datetime.timedelta(days=rules().background)
        oldest = {int(period): first_day_of(int(period), self.gathered.every) - limit for period in np.unique(periods)}
        pairs = zip(rows, periods, strict=True)
        return np.array([row.time_to is None or row.time_to >= oldest[int(at)] for row, at in pairs], dtype=bool)


def _numbered(names: Iterable[str | None]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(name for name in names if name))}


def _or_none(numbers: dict[str, int], name: str | None) -> int:
    return numbers.get(name, NONE) if name else NONE


def _column(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int64)


def _borders(countries: set[str]) -> set[tuple[str, str | None]]:
    """The first-level regions of these countries that touch another country."""
    gazetteer = Gazetteer()
    return {
        (country, unit.name)
        for country in countries
        for neighbour in gazetteer.neighbours(country)
        for unit in gazetteer.border_units(country, neighbour)
    }
