"""Reading the record: its documents as a list shows them, and what could not be read in one."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, String, cast, func, select

from foreshock.record.paging import LARGEST_PAGE, Order, in_order
from foreshock.record.store import Record
from foreshock.record.tables import documents, gaps, statements

_DAY = func.coalesce(cast(documents.c.published, String), documents.c.crawl_month)
_NEWEST_FIRST: Order = ((_DAY, True), (documents.c.number, False))


@dataclass(frozen=True)
class DocumentRow:
    """A document as a list shows it."""

    id: str
    title: str | None
    outlet: str | None
    published: datetime.date | None
    published_granularity: str | None
    crawl_month: str | None
    origin: str
    statements: int


def list_documents(record: Record, limit: int = 200, offset: int = 0) -> list[DocumentRow]:
    """Documents, newest first, each with its number of statements."""
    page = _newest_first().limit(min(limit, LARGEST_PAGE)).offset(offset)
    with record.begin() as connection:
        return _documents(connection, list(connection.scalars(page)))


def every_document(record: Record, size: int) -> Iterator[list[DocumentRow]]:
    """All documents, newest first, so many at a time.

    Which they are is found once, at the beginning: what is taken in meanwhile is not among them and shifts none, and
    what is erased meanwhile is left out.
    """
    with record.begin() as connection:
        identities = [*connection.scalars(_newest_first())]
    for at in range(0, len(identities), size):
        with record.begin() as connection:
            found = _documents(connection, identities[at : at + size])
        yield found


def _newest_first() -> "Select[Any]":
    return select(documents.c.id).order_by(*in_order(_NEWEST_FIRST))


def _documents(connection: Connection, identities: Sequence[str]) -> list[DocumentRow]:
    """These documents, in their order, without those that are there no more; statements are counted for these alone."""
    of = documents.c
    number = select(func.count()).where(statements.c.document == of.id).scalar_subquery()
    shown = (of.id, of.title, of.outlet, of.published, of.published_granularity, of.crawl_month, of.origin)
    query = select(*shown, number).where(of.id.in_(identities))
    found = {row[0]: DocumentRow(*row) for row in connection.execute(query)}
    return [found[one] for one in identities if one in found]


def kinds_of_documents(record: Record, identities: Sequence[str]) -> dict[str, dict[str, int]]:
    """The statements of each of these documents, counted by kind."""
    query = select(statements.c.document, statements.c.kind, func.count())
    query = query.where(statements.c.document.in_(identities))
    found: dict[str, dict[str, int]] = {identity: {} for identity in identities}
    with record.begin() as connection:
        for document, kind, number in connection.execute(query.group_by(statements.c.document, statements.c.kind)):
            found[document][kind] = number
    return found


def gaps_of(record: Record, document: str) -> Sequence[tuple[str, str]]:
    """What could not be read in a document, as `(stage, reason)`."""
    query = select(gaps.c.stage, gaps.c.reason).where(gaps.c.document == document)
    with record.begin() as connection:
        return [(stage, reason) for stage, reason in connection.execute(query)]
