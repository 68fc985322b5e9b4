"""Asking the record for many values, a part of them in each query."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Column, Connection, Select

_IN_ONE_QUERY: Final = 400
"""SQLite takes 999 parameters in older builds, and a query may name its values twice."""
_Value = TypeVar("_Value")


def parted(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    """`values`, in their order, in parts small enough for one query each."""
    for at in range(0, len(values), _IN_ONE_QUERY):
        yield values[at : at + _IN_ONE_QUERY]


def rows(connection: Connection, query: Select[Any], column: Column[Any], values: Iterable[Any]) -> Iterator[Any]:
    """The rows of `query` in which `column` is one of `values`; each value is asked for once, in order."""
    for part in parted(sorted(set(values))):
        yield from connection.execute(query.where(column.in_(part)))
