"""How a search in a large record is narrowed down: the rarest filter found first, or the newest statements.

A page of results is all that is wanted, newest day first. Where a filter lets few statements through, those are
taken and put in order. Where all let many through, an index that is in order is walked from the newest day on,
and each statement is held against the other filters, until the page is full. SQLite keeps no statistics of
full-text indexes and would choose by rule of thumb, so each filter's matches are counted here, up to a limit,
and SQLite is told.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, UnaryExpression, and_, func, or_, select, union_all
from sqlalchemy.sql import operators
from sqlalchemy.sql.selectable import CompoundSelect

from foreshock.record.tables import statements

MANY = 60_000
"""Matches that are counted at most: more are never put in order."""
LOOK_UP, ROW = 1.5, 5.0
"""Microseconds to learn the day of a statement by its number, and to fetch it whole; measured, as all of these, on
the record that `bench.search` makes. Only their ratios matter, and only where every way is slow."""
PROBE, WORD_PROBE, ID_LOOK_UP = 4.0, 30.0, 4.0
"""Microseconds to hold a statement against a column or side table, to ask a full-text index about it, and to learn
its number by its id."""

Numbers = Select[tuple[Any]] | CompoundSelect[tuple[Any]]


@dataclass(frozen=True)
class Clause:
    """One filter: how to find what it lets through, and how to test a statement at hand.

    `matches` selects statements' numbers; `counted` as many rows, where that is quicker. `test` must lead
    SQLite to no index of its own. `walk` is the same test for a column whose index is in the order of results.
    `finding` and `probing` are microseconds for one match and one test.
    """

    matches: Numbers
    test: ColumnElement[bool]
    walk: ColumnElement[bool] | None = None
    counted: Numbers | None = None
    finding: float = LOOK_UP
    probing: float = PROBE


@dataclass(frozen=True)
class Phase:
    """Filters that all must hold; `bounds` are conditions on the day, `tests` those that have no index."""

    clauses: Sequence[Clause] = ()
    bounds: Sequence[ColumnElement[bool]] = ()
    tests: Sequence[ColumnElement[bool]] = field(default_factory=tuple)

    def every(self) -> ColumnElement[bool]:
        """All of them as one condition."""
        return and_(True, *(clause.test for clause in self.clauses), *self.bounds, *self.tests)


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column, such that no index of it is used (SQLite's query planner on unary plus); PostgreSQL ignores it."""
    return UnaryExpression(column, operator=operators.custom_op("+"), type_=column.type)


def equal(column: ColumnElement[Any], value: str) -> Clause:
    """A column of statements that is indexed together with the day."""
    matches = select(statements.c.number).where(column == value)
    return Clause(matches, unindexed(column) == value, column == value)


def through(named: Numbers, mine: Select[tuple[Any]]) -> Clause:
    """A filter on a side table: the ids of the statements that it names, and its row of the statement at hand."""
    matches = select(statements.c.number).where(statements.c.id.in_(named))
    return Clause(matches, mine.exists(), counted=named, finding=LOOK_UP + ID_LOOK_UP)


def since(day: datetime.date) -> tuple[Sequence[ColumnElement[bool]], Sequence[ColumnElement[bool]]]:
    """Bounds for statements of that day or later, and for those whose document has no day.

    A document of which only the month is known counts where its month is not over before the day.
    """
    full = day.isoformat()
    month = full[:7]
    column = statements.c.day
    return (column >= month, or_(unindexed(column) >= full, unindexed(column) == month)), (column == "",)


def pages(connection: Connection, phases: Sequence[Phase], limit: int, offset: int) -> list[int]:
    """The numbers of one page of statements: those of the first phase, newest first, then of the next."""
    found: list[int] = []
    for phase in phases:
        more = _page(connection, phase, limit - len(found), offset)
        found += more
        if len(found) >= limit:
            break
        if offset:
            offset = 0 if more else offset - count(connection, phase)
    return found


def count(connection: Connection, phase: Phase) -> int:
    """How many statements all filters of `phase` let through."""
    query = select(func.count()).select_from(statements).where(phase.every())
    return connection.scalar(query) or 0


def _page(connection: Connection, phase: Phase, limit: int, offset: int) -> list[int]:
    sizes = [_size(connection, clause.counted if clause.counted is not None else clause.matches)
             for clause in phase.clauses]  # fmt: skip
    least = min(range(len(sizes)), key=sizes.__getitem__, default=None)
    ordered = [at for at, clause in enumerate(phase.clauses) if clause.walk is not None]
    walked = min(ordered, key=sizes.__getitem__, default=None)
    query = select(statements.c.number)
    if least is not None and sizes[least] < MANY:
        taking = sizes[least] * (phase.clauses[least].finding + (ROW if len(sizes) > 1 or phase.tests else 0))
        if taking <= _walking(connection, phase, sizes, walked, limit + offset):
            query = query.with_hint(statements, "INDEXED BY statements_number", "sqlite")
            query = query.where(statements.c.number.in_(phase.clauses[least].matches), *phase.bounds)
            query = query.where(*_tests(phase, least))
            # The day is all that an order needs, and that index is small: the statement is fetched for tests only.
            query = query.order_by(unindexed(statements.c.day).desc(), statements.c.number)
            return list(connection.scalars(query.limit(limit).offset(offset)))
    query = query.where(*_walked(phase, walked), *phase.bounds, *_tests(phase, walked))
    query = query.order_by(statements.c.day.desc(), statements.c.number)
    return list(connection.scalars(query.limit(limit).offset(offset)))


def _walked(phase: Phase, at: int | None) -> list[ColumnElement[bool]]:
    condition = None if at is None else phase.clauses[at].walk
    return [] if condition is None else [condition]


def _tests(phase: Phase, but: int | None) -> Iterator[ColumnElement[bool]]:
    yield from phase.tests
    yield from (clause.test for at, clause in enumerate(phase.clauses) if at != but)


def _size(connection: Connection, matches: Numbers) -> int:
    """How many statements are let through, counted up to `MANY`."""
    return connection.scalar(select(func.count()).select_from(matches.limit(MANY).subquery())) or 0


def _walking(connection: Connection, phase: Phase, sizes: Sequence[int], walked: int | None, wanted: int) -> float:
    """Microseconds that walking would take, were the filters independent of each other."""
    total = connection.scalar(select(func.max(statements.c.number))) or 1
    share = 1.0
    for at, size in enumerate(sizes):
        if at != walked:
            share *= min(1.0, max(size, 0.1) / total)
    length = total
    if phase.bounds or walked is not None:
        counted = _size(connection, select(statements.c.number).where(*_walked(phase, walked), *phase.bounds))
        length = counted if counted < MANY else total
    probing = sum(clause.probing for at, clause in enumerate(phase.clauses) if at != walked)
    return (PROBE + probing) * min(wanted / share, length)


def any_of(*selects: Select[tuple[Any]]) -> Numbers:
    """What any of the selects gives; the same may come twice."""
    return union_all(*selects) if len(selects) > 1 else selects[0]
