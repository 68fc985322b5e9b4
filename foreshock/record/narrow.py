"""How a search in a large record is narrowed down: the rarest filter found first, or the newest statements.

A page of results is all that is wanted, newest day first. Where a filter lets few statements through, those are
taken and put in order. Where all let many through, an index that is in order is walked from the newest day on,
and each statement is held against the other filters, until the page is full: against a list of what a filter lets
through, made once, or by asking for each statement anew. SQLite keeps no statistics of full-text indexes and would
choose by rule of thumb, so each filter's matches are counted here, up to a limit, and SQLite is told.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, UnaryExpression, and_, func, or_, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import operators
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import CompoundSelect

from foreshock.record.tables import statements

MANY = 150_000
"""Matches that are counted, listed or put in order at most."""
FEW = 20_000
"""Statements between two days up to which walking from one to the other is worth a count."""
WALK, ROW = 0.5, 5.0
"""Microseconds to step to the next statement of an index, and to fetch a statement whole. These and the following
were measured on the record that `bench.search` makes; only their ratios matter, and only where all ways are slow."""
SORT = 2.6
"""Microseconds to find a match, learn its day, and keep it in order; `BY_ID` more where it is known by its id."""
BY_ID = 4.0
LIST, LIST_OF_IDS, LISTED = 0.35, 0.8, 0.6
"""Microseconds to list one match by its number or by its id, and to look a statement up in a list."""
PROBE, WORD_PROBE = 6.0, 40.0
"""Microseconds to ask a side table, or a full-text index, about one statement."""

Numbers = Select[tuple[Any]] | CompoundSelect[tuple[Any]]
Way = tuple[float, Select[tuple[int]]]
"""Microseconds that a way to find a page is expected to take, and its query."""


@dataclass(frozen=True)
class Clause:
    """One filter: how to find what it lets through, and how to test a statement at hand.

    `matches` selects statements' numbers. `test` asks about one statement, and `listed` looks it up in a list
    of what `counted` selects; neither may lead SQLite to an index of its own. `walk` is the test for a column
    whose index is in the order of results. `sorting`, `probing` and `listing` are microseconds for one match
    put in order, one test, and one match listed.
    """

    matches: Numbers
    counted: Numbers
    test: ColumnElement[bool]
    listed: ColumnElement[bool]
    walk: ColumnElement[bool] | None = None
    sorting: float = SORT
    probing: float = ROW
    listing: float = LIST


def by_number(
    matches: Numbers,
    test: ColumnElement[bool],
    walk: ColumnElement[bool] | None = None,
    probing: float = ROW,
) -> Clause:
    """A filter that knows statements by their numbers."""
    listed = unindexed(statements.c.number).in_(matches)
    return Clause(matches, matches, test, listed, walk, probing=probing)


def by_id(named: Numbers, mine: Select[tuple[Any]]) -> Clause:
    """A filter on a side table: the ids of the statements that it names, and its row of the statement at hand."""
    matches = select(statements.c.number).where(statements.c.id.in_(named))
    listed = unindexed(statements.c.id).in_(named)
    return Clause(matches, named, mine.exists(), listed, sorting=SORT + BY_ID, probing=PROBE, listing=LIST_OF_IDS)


@dataclass(frozen=True)
class Phase:
    """Filters that all must hold; `bounds` are conditions on the day, `tests` those that have no index."""

    clauses: Sequence[Clause] = ()
    bounds: Sequence[ColumnElement[bool]] = ()
    tests: Sequence[ColumnElement[bool]] = field(default_factory=tuple)

    def every(self) -> ColumnElement[bool]:
        """All of them as one condition."""
        return and_(True, *(clause.test for clause in self.clauses), *self.bounds, *self.tests)


class _Unindexed(UnaryExpression[Any]):
    """A column with SQLite's unary plus before it; nothing on other databases, where text takes none."""

    inherit_cache = True


@compiles(_Unindexed)
def _plain_column(element: _Unindexed, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return str(compiler.process(element.element, **options))


@compiles(_Unindexed, "sqlite")
def _plus_column(element: _Unindexed, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"(+ {compiler.process(element.element, **options)})"


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column, such that SQLite uses no index of it (its query planner on unary plus)."""
    return _Unindexed(column, operator=operators.custom_op("+"), type_=column.type)


def equal(column: ColumnElement[Any], value: str) -> Clause:
    """A column of statements that is indexed together with the day."""
    matches = select(statements.c.number).where(column == value)
    return by_number(matches, unindexed(column) == value, column == value)


def since(day: datetime.date) -> tuple[Sequence[ColumnElement[bool]], Sequence[ColumnElement[bool]]]:
    """Bounds for statements of that day or later, and for those whose document has no day.

    A document of which only the month is known counts where its month is not over before the day.
    """
    full = day.isoformat()
    month = full[:7]
    column = statements.c.day
    return (column >= month, or_(unindexed(column) >= full, unindexed(column) == month)), (column == "",)


def until(day: datetime.date) -> list[ColumnElement[bool]]:
    """Bounds for statements of that day or earlier. A month that began by then counts; a document of no known day,
    whose day is empty, was not known by then."""
    return [statements.c.day <= day.isoformat(), statements.c.day != ""]


def pages(connection: Connection, phases: Sequence[Phase], limit: int, offset: int) -> list[int]:
    """The numbers of one page of statements: those of the first phase, newest first, then of the next."""
    found: list[int] = []
    counted: dict[int, int] = {}  # by clause: phases share them
    for phase in phases:
        for clause in phase.clauses:
            if id(clause) not in counted:
                counted[id(clause)] = _size(connection, clause.counted, MANY)
        sizes = [counted[id(clause)] for clause in phase.clauses]
        more = _page(connection, phase, sizes, limit - len(found), offset)
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


def _page(connection: Connection, phase: Phase, sizes: Sequence[int], limit: int, offset: int) -> list[int]:
    ways = [_sorting(phase, sizes)] if sizes and min(sizes) < MANY else []
    # To count what lies between two days takes about a microsecond each: not worth it where sorting is soon done.
    counting = not ways or ways[0][0] > FEW
    ways.append(_walking(connection, phase, sizes, limit + offset, counting))
    query = min(ways, key=lambda way: way[0])[1]
    return list(connection.scalars(query.limit(limit).offset(offset)))


def _sorting(phase: Phase, sizes: Sequence[int]) -> Way:
    """Take what the rarest filter lets through, and put it in order."""
    least = min(range(len(sizes)), key=sizes.__getitem__)
    clause = phase.clauses[least]
    cost, tests = _testing(phase, sizes, least, sizes[least])
    query = select(statements.c.number).where(statements.c.number.in_(clause.matches), *phase.bounds, *tests)
    # The day is all that an order needs, and that index is small: the statement is fetched for tests only.
    query = query.with_hint(statements, "INDEXED BY statements_number", "sqlite")
    return cost + clause.sorting * sizes[least], query.order_by(unindexed(statements.c.day).desc(), statements.c.number)


def _walking(connection: Connection, phase: Phase, sizes: Sequence[int], wanted: int, counting: bool) -> Way:
    """Walk an index in the order of results until the page is full; costs as if filters were independent."""
    ordered = [at for at, clause in enumerate(phase.clauses) if clause.walk is not None]
    walked = min(ordered, key=sizes.__getitem__, default=None)
    condition = None if walked is None else phase.clauses[walked].walk
    within = [*phase.bounds, *([] if condition is None else [condition])]
    total = connection.scalar(select(func.max(statements.c.number))) or 1
    share = 1.0
    for at, size in enumerate(sizes):
        if at != walked:
            share *= min(1.0, max(size, 0.1) / total)
    length = sizes[walked] if walked is not None and sizes[walked] < MANY else total
    rows = min(wanted / share, float(length))
    if counting and phase.bounds and rows > FEW:
        counted = _size(connection, select(statements.c.number).where(*within), FEW)
        rows = counted if counted < FEW else rows
    cost, tests = _testing(phase, sizes, walked, rows)
    query = select(statements.c.number).where(*within, *tests)
    return cost + WALK * rows, query.order_by(statements.c.day.desc(), statements.c.number)


def _testing(
    phase: Phase, sizes: Sequence[int], but: int | None, rows: float
) -> tuple[float, list[ColumnElement[bool]]]:
    """How to hold so many statements against the filters other than `but`, and the microseconds it takes."""
    cost = ROW * rows if phase.tests else 0.0
    tests = list(phase.tests)
    for at, clause in enumerate(phase.clauses):
        if at == but:
            continue
        probing, listing = clause.probing * rows, clause.listing * sizes[at] + LISTED * rows
        list_it = sizes[at] < MANY and listing < probing
        tests.append(clause.listed if list_it else clause.test)
        cost += listing if list_it else probing
    return cost, tests


def _size(connection: Connection, matches: Numbers, most: int) -> int:
    """How many are let through, counted up to `most`."""
    return connection.scalar(select(func.count()).select_from(matches.limit(most).subquery())) or 0


def any_of(*selects: Select[tuple[Any]]) -> Numbers:
    """What any of the selects gives; the same may come twice."""
    return union_all(*selects) if len(selects) > 1 else selects[0]
