"""The places that statements lie in, and how many at each: what could lead to deserters at its region's."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.sql.elements import ColumnElement

from foreshock.model.statement import Place, from_json
from foreshock.record.guarded import region, texts_of_deserters
from foreshock.record.parts import rows
from foreshock.record.query import Filter, counted, joined
from foreshock.record.remembered import remembered
from foreshock.record.store import Record
from foreshock.record.tables import statements


@dataclass(frozen=True)
class PlaceRow:
    """A place with the matching statements that lie in it, counted by kind.

    `place` is as the first of them has it; its span belongs to that statement's document. `guarded` of them are told by
    their region, which it is, as they are of texts that tell of deserters.
    """

    place: Place
    kinds: dict[str, int]
    guarded: int = 0

    @property
    def statements(self) -> int:
        """How many statements lie there, of every kind."""
        return sum(self.kinds.values())


def count_unplaced(record: Record, wanted: Filter) -> int:
    """How many matching statements have no place, or one that could not be resolved."""
    query = select(func.count()).select_from(statements).where(statements.c.precision.is_(None))
    with record.begin() as connection:
        return counted(
            connection, "unplaced", wanted, lambda: connection.scalar(joined(query, connection, wanted)) or 0
        )


def list_places(record: Record, wanted: Filter) -> list[PlaceRow]:
    """The places that matching statements lie in, those with most statements first."""
    with record.begin() as connection:
        if wanted != Filter():
            return _places(connection, wanted)
        return list(remembered(connection, "places", lambda: _places(connection, wanted)))


_Where = tuple[str | None, str | None, str | None, str | None]
_WHERE = (statements.c.place, statements.c.country, statements.c.admin1, statements.c.precision)
"""A place by its name, country, first-level region and precision."""


def _places(connection: Connection, wanted: Filter) -> list[PlaceRow]:
    every, first = _by_place(connection, wanted)
    guarded, _ = _by_place(connection, wanted, statements.c.document.in_(texts_of_deserters()))
    for where, kinds in guarded.items():
        every[where] -= kinds  # what is told by region is no more of its own place
    free = {where: number for where, number in first.items() if every[where].total()}
    bodies = rows(connection, select(statements.c.number, statements.c.body), statements.c.number, free.values())
    places = {number: from_json(body).place for number, body in bodies}
    found = [PlaceRow(place, dict(every[where])) for where, number in free.items() if (place := places[number])]
    found = _with_regions(found, guarded)
    return sorted(found, key=lambda row: (-row.statements, row.place.name or row.place.text or ""))


def _by_place(
    connection: Connection, wanted: Filter, *conditions: ColumnElement[bool]
) -> tuple[dict[_Where, Counter[str]], dict[_Where, int]]:
    """The matching statements of each resolved place by kind, and the number of the first of them."""
    query = select(*_WHERE, statements.c.kind, func.count(), func.min(statements.c.number)).select_from(statements)
    placed = query.where(statements.c.precision.isnot(None), *conditions)
    grouped = joined(placed, connection, wanted).group_by(*_WHERE, statements.c.kind)
    kinds: dict[_Where, Counter[str]] = defaultdict(Counter)
    first: dict[_Where, int] = {}
    for place, country, admin1, precision, kind, many, number in connection.execute(grouped):
        where = (place, country, admin1, precision)
        kinds[where][kind] = many
        first[where] = min(first.get(where, number), number)
    return kinds, first


def _with_regions(found: Sequence[PlaceRow], guarded: Mapping[_Where, Counter[str]]) -> list[PlaceRow]:
    """The places with what is guarded at its region's, which it shares with what the texts themselves place there."""
    by_name = {_told_as(row.place): row for row in found}
    for (_, country, admin1, _), kinds in guarded.items():
        place = region(country, admin1)
        there = by_name.get(_told_as(place), PlaceRow(place, {}))
        together = Counter(there.kinds) + kinds
        by_name[_told_as(place)] = PlaceRow(there.place, dict(together), there.guarded + kinds.total())
    return list(by_name.values())


def _told_as(place: Place) -> tuple[str | None, ...]:
    return place.name or place.text, place.country, place.admin1, place.precision
