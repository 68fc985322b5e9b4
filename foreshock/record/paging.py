"""Reading a long list a page at a time by its key: each page begins after the last row of the one before."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, and_, or_
from sqlalchemy.sql.elements import ColumnElement

LARGEST_PAGE = 1000
"""The most rows that a page of a list has."""
Order = Sequence[tuple[ColumnElement[Any], bool]]
"""What rows are put in order by: each with whether it descends. Nulls come last either way."""


def in_order(order: Order) -> list[ColumnElement[Any]]:
    """The order as a query is given it."""
    told = [(column, column.desc() if descends else column.asc()) for column, descends in order]
    return [one.nulls_last() if _may_be_null(column) else one for column, one in told]


def beyond(order: Order, last: Sequence[Any]) -> ColumnElement[bool]:
    """Which rows come after that which has the values `last`, one for each part of the order.

    Together they must tell rows apart: of two with the same values, the second would be passed over.
    """
    (column, descends), value = order[0], last[0]
    after = [column < value if descends else column > value] if value is not None else []
    if value is not None and _may_be_null(column):
        after.append(column.is_(None))
    if len(order) > 1:
        same = column == value if value is not None else column.is_(None)
        after.append(and_(same, beyond(order[1:], last[1:])))
    return or_(*after)


def _may_be_null(column: ColumnElement[Any]) -> bool:
    """Whether nulls are to be reckoned with; an index serves the order only where it is not told about them."""
    return not isinstance(column, Column) or bool(column.nullable)
