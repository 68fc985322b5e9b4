"""Pages by key hold every row once, in the order of the whole list, ties and nulls too."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, create_engine, insert, select, true

from foreshock.record.paging import Order, beyond, in_order

ROWS = Table(
    "rows", MetaData(), Column("day", String), Column("size", Integer), Column("id", Integer, primary_key=True)
)
ORDERS: dict[str, Order] = {
    "newest": ((ROWS.c.day, True), (ROWS.c.id, False)),
    "oldest": ((ROWS.c.day, False), (ROWS.c.size, True), (ROWS.c.id, True)),
}


@pytest.fixture
def connection() -> Iterator[Connection]:
    with create_engine("sqlite://").connect() as opened:
        ROWS.metadata.create_all(opened)
        days, sizes = ("2023-01", None, "2023-02", "2023-02"), (3, None, 3)
        opened.execute(insert(ROWS), [{"id": at, "day": days[at % 4], "size": sizes[at % 3]} for at in range(25)])
        yield opened


def pages(connection: Connection, order: Order, size: int) -> Iterator[list[int]]:
    rest, query = true(), select(ROWS.c.id, *(column for column, _ in order)).order_by(*in_order(order))
    while rows := connection.execute(query.where(rest).limit(size)).all():
        yield [row[0] for row in rows]
        rest = beyond(order, rows[-1][1:])


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("size", [1, 4, 25])
def test_pages_are_the_list(connection: Connection, name: str, size: int) -> None:
    whole = list(connection.scalars(select(ROWS.c.id).order_by(*in_order(ORDERS[name]))))
    assert [one for page in pages(connection, ORDERS[name], size) for one in page] == whole
    assert len(whole) == 25


def test_what_comes_in_before_the_page_shifts_none(connection: Connection) -> None:
    order = ORDERS["newest"]
    whole = list(connection.scalars(select(ROWS.c.id).order_by(*in_order(order))))
    read = pages(connection, order, 4)
    seen = next(read)
    connection.execute(insert(ROWS), {"id": 99, "day": "2024-01", "size": 1})
    assert [*seen, *(one for page in read for one in page)] == whole
