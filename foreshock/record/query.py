"""Reading the record: statements by words, kind, mechanism, place, time, source."""

import datetime
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from foreshock.errors import UsageError
from foreshock.model.document import Document
from foreshock.model.statement import Place, Statement, from_json
from foreshock.model.vocabulary import CONTEXTS, EventType, Kind, Precision, SourceKind, check_one_of
from foreshock.record.guarded import guarded_among, region_of, told_precision
from foreshock.record.ledger_tables import predictions
from foreshock.record.named import named_actor, named_place, named_place_as_told, named_source, private_in
from foreshock.record.narrow import Clause, Phase, by_id, by_number, equal, pages, since, unindexed, until
from foreshock.record.paging import LARGEST_PAGE
from foreshock.record.remembered import remembered
from foreshock.record.store import Record
from foreshock.record.tables import (
    documents,
    statement_contexts,
    statement_participants,
    statement_sources,
    statements,
)
from foreshock.record.words import in_clause, in_clause_or_title, in_title

Answer = TypeVar("Answer")

AT_A_TIME = 200
"""Statements of a whole list that are in memory at a time: more of them is no faster."""
_MOST = 2**31 - 1
"""More statements than any record holds."""


@dataclass(frozen=True)
class Filter:
    """What to look for; fields that are null do not restrict.

    `clause_words` are looked for in the statement's own words and in its document's title. `country` is that of the
    statement's place, `foretold_of` the one that the ledger says a prediction is about; what is no prediction in the
    ledger is about none. `place` and `precision` are those that a statement is told by: of a text that tells of
    deserters its first-level region's (`record.guarded`).
    """

    clause_words: str | None = None
    kind: str | None = None
    mechanism: str | None = None
    type: str | None = None
    country: str | None = None
    admin1: str | None = None
    actor: str | None = None
    source: str | None = None
    document: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    kinds: tuple[str, ...] | None = None
    place: str | None = None
    precision: str | None = None
    foretold_of: str | None = None

    def __post_init__(self) -> None:
        for value, allowed, what in (
            (self.kind, tuple(Kind), "kind"),
            *((kind, tuple(Kind), "kind") for kind in self.kinds or ()),
            (self.precision, tuple(Precision), "precision"),
            (self.type, tuple(EventType), "type"),
            (self.mechanism, CONTEXTS, "mechanism or context"),
        ):
            check_one_of(value, allowed, what)
        check_span(self.since, self.until)


def check_span(since: datetime.date | None, until: datetime.date | None) -> None:
    """Raise `UsageError` where a span ends before it begins."""
    if since is not None and until is not None and until < since:
        raise UsageError(f"since {since} lies after until {until}: no day is between them; exchange the two")


@dataclass(frozen=True)
class Hit:
    """A statement with what a list shows of its document; `guarded`: that tells of deserters, here or elsewhere."""

    statement: Statement
    title: str | None
    outlet: str | None
    published: datetime.date | None
    published_granularity: str | None
    crawl_month: str | None
    origin: str
    guarded: bool = False

    @staticmethod
    def of(statement: Statement, document: Document) -> "Hit":
        """A statement of this document, for a page that quotes it."""
        one = document
        return Hit(
            statement, one.title, one.outlet, one.published, one.published_granularity, one.crawl_month, one.origin
        )

    @property
    def place(self) -> Place | None:
        """The statement's place as it is told: of what is guarded its region, where it was resolved."""
        place = self.statement.place
        return region_of(place) if self.guarded and place is not None else place


EQUAL = ("kind", "type", "country")
"""Filters on an indexed column of statements, by its value."""


def _clauses(connection: Connection, wanted: Filter) -> list[Clause]:
    """The filters that are neither words nor days."""
    found = [equal(statements.c[name], value) for name in EQUAL if (value := getattr(wanted, name))]
    if wanted.admin1:
        found.append(named_place(connection, statements.c.admin1, wanted.admin1))
    if wanted.place:
        found.append(named_place_as_told(connection, wanted.place))
    if wanted.document:
        of_it = select(statements.c.number).where(statements.c.document == wanted.document)
        found.append(by_number(of_it, unindexed(statements.c.document) == wanted.document))
    if wanted.mechanism:
        contexts = statement_contexts.c
        bearing = select(contexts.statement).where(contexts.context == wanted.mechanism)
        found.append(by_id(bearing, bearing.where(contexts.statement == statements.c.id)))
    if wanted.actor:
        found.append(named_actor(connection, wanted.actor))
    if wanted.source:
        found.append(named_source(connection, wanted.source))
    if wanted.foretold_of:
        found.append(_foretold_of(wanted.foretold_of))
    return found


def _foretold_of(country: str) -> Clause:
    """Statements that the ledger has as predictions about a country, known by where they begin in their document."""
    entry = predictions.c
    there = and_(entry.document == statements.c.document, entry.start == statements.c.start, entry.country == country)
    matches = select(statements.c.number).join(predictions, there).distinct()
    return by_number(matches, select(entry.id).where(there).exists())


def _tests(wanted: Filter) -> list[ColumnElement[bool]]:
    """The filters that no index serves."""
    found: list[ColumnElement[bool]] = []
    if wanted.precision is not None:
        found.append(told_precision() == wanted.precision)
    if wanted.kinds is not None:
        found.append(unindexed(statements.c.kind).in_(wanted.kinds))
    if wanted.since:
        found.append(or_(statements.c.time_to.is_(None), statements.c.time_to >= wanted.since))
    return found


def _until(wanted: Filter) -> list[ColumnElement[bool]]:
    return until(wanted.until) if wanted.until else []


def _phases(connection: Connection, wanted: Filter) -> list[Phase]:
    """The filters in the order in which they are to be met: own words before titles, known days before unknown."""
    clauses, tests, before = _clauses(connection, wanted), _tests(wanted), _until(wanted)
    days: list[Sequence[ColumnElement[bool]]] = list(since(wanted.since)) if wanted.since else [()]
    spoken: list[tuple[list[Clause], list[ColumnElement[bool]]]] = [([], [])]
    if wanted.clause_words:
        said = in_clause(connection, wanted.clause_words)
        spoken = [([said], []), ([in_title(connection, wanted.clause_words)], [~said.test])]
    return [
        Phase((*clauses, *words), (*before, *bounds), (*tests, *others)) for words, others in spoken for bounds in days
    ]


def joined(query: "Select[Any]", connection: Connection, wanted: Filter) -> "Select[Any]":
    """`query` over statements, restricted; SQLite chooses how, for all that match are wanted."""
    conditions = [*_tests(wanted), *_until(wanted)]
    for clause in _clauses(connection, wanted):
        conditions.append(clause.walk if clause.walk is not None else statements.c.number.in_(clause.matches))
    if wanted.clause_words:
        conditions.append(in_clause_or_title(connection, wanted.clause_words))
    if wanted.since:
        conditions.append(or_(*(and_(*bounds) for bounds in since(wanted.since))))
    return query.where(and_(*conditions)) if conditions else query


def find_statements(record: Record, wanted: Filter, limit: int = 100, offset: int = 0) -> list[Hit]:
    """Statements that match, newest document first, then as they were found.

    Those that hold the `clause_words` themselves come before those whose document's title does. With `since`,
    those of documents of no known day come last.
    """
    with record.begin() as connection:
        numbers = pages(connection, _phases(connection, wanted), min(limit, LARGEST_PAGE), offset)
        return _hits(connection, numbers)


def every_statement(record: Record, wanted: Filter, size: int = AT_A_TIME) -> Iterator[list[Hit]]:
    """All statements that match, in the order of `find_statements`, so many at a time.

    Which they are is found once, at the beginning: what is taken in meanwhile is not among them and shifts none, and
    what is erased meanwhile is left out.
    """
    with record.begin() as connection:
        # Eight bytes each, for whoever reads slowly holds them long.
        numbers = array("q", pages(connection, _phases(connection, wanted), _MOST, 0))
    for at in range(0, len(numbers), size):
        with record.begin() as connection:
            found = _hits(connection, numbers[at : at + size].tolist())
        yield found


def _hits(connection: Connection, numbers: Sequence[int]) -> list[Hit]:
    """The statements of these numbers, in their order, without those that are there no more."""
    query = select(
        statements.c.number,
        statements.c.body,
        documents.c.title,
        documents.c.outlet,
        documents.c.published,
        documents.c.published_granularity,
        documents.c.crawl_month,
        documents.c.origin,
    ).join(documents, documents.c.id == statements.c.document)
    rows = {row[0]: row[1:] for row in connection.execute(query.where(statements.c.number.in_(numbers)))}
    said = {number: from_json(row[0]) for number, row in rows.items()}
    guarded = guarded_among(connection, {one.document for one in said.values()})
    return [
        Hit(said[number], *rows[number][1:], said[number].document in guarded) for number in numbers if number in rows
    ]


def counted(connection: Connection, what: str, wanted: Filter, work: Callable[[], Answer]) -> Answer:
    """What `work` counts of the statements that match, once while the record stays as it is. What the ledger has
    changes without it: that is counted anew."""
    return work() if wanted.foretold_of else remembered(connection, (what, wanted), work)


def count_statements(record: Record, wanted: Filter) -> int:
    """How many statements match."""
    query = select(func.count()).select_from(statements)
    with record.begin() as connection:
        return counted(
            connection, "statements", wanted, lambda: connection.scalar(joined(query, connection, wanted)) or 0
        )


def count_by(record: Record, wanted: Filter, what: str) -> dict[str, int]:
    """Matching statements counted by `kind`, `type`, `country` or `mechanism`, most first."""
    with record.begin() as connection:
        return dict(counted(connection, f"by {what}", wanted, lambda: _counted_by(connection, wanted, what)))


def _counted_by(connection: Connection, wanted: Filter, what: str) -> dict[str, int]:
    if what == "mechanism":
        column = statement_contexts.c.context
        query = select(column, func.count()).select_from(statement_contexts)
        if wanted != Filter():
            query = query.join(statements, statements.c.id == statement_contexts.c.statement)
    else:
        column = statements.c[what]
        query = select(column, func.count()).select_from(statements)
    grouped = joined(query, connection, wanted).where(column.isnot(None)).group_by(column)
    rows = connection.execute(grouped.order_by(func.count().desc(), column)).all()
    return {row[0]: row[1] for row in rows}


def count_names(record: Record, what: str, limit: int = 200) -> dict[str, int]:
    """The names that `source` or `actor` may be filtered by, with their statements, most first; no private person's."""
    with record.begin() as connection:
        return dict(remembered(connection, ("names", what, limit), lambda: _counted_names(connection, what, limit)))


def _counted_names(connection: Connection, what: str, limit: int) -> dict[str, int]:
    table = statement_sources if what == "source" else statement_participants
    name = func.coalesce(table.c.name, table.c.text)
    number = func.count(table.c.statement.distinct())
    query = select(name, number).group_by(name).order_by(number.desc(), name)
    if what == "actor":
        query = query.where(table.c.role == "actor")
    telling = private_in(connection)
    kind = SourceKind.PERSON if what == "source" else None
    public = ((one, times) for one, times in connection.execute(query) if not telling.names_one(one, kind))
    return dict(islice(public, limit))


def statements_of(record: Record, document: str) -> list[Statement]:
    """A document's statements in text order."""
    query = select(statements.c.body).where(statements.c.document == document).order_by(statements.c.start)
    with record.begin() as connection:
        return [from_json(body) for body in connection.scalars(query)]


def statement_with(record: Record, identity: str) -> Statement | None:
    """The statement with this id, or null."""
    with record.begin() as connection:
        body = connection.scalar(select(statements.c.body).where(statements.c.id == identity))
    return from_json(body) if body is not None else None


def hits_with(record: Record, identities: Sequence[str]) -> list[Hit]:
    """The statements with these ids, in their order, without those that are not in the record."""
    query = select(statements.c.id, statements.c.number).where(statements.c.id.in_(identities))
    with record.begin() as connection:
        numbers = {row[0]: row[1] for row in connection.execute(query)}
        return _hits(connection, [numbers[one] for one in identities if one in numbers])
