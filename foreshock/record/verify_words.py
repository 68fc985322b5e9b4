"""Verifying SQLite's full-text indexes: whether each holds the words of its texts, and no others.

An index cannot be asked what it holds of one text. So it is made anew beside, in a temporary table, and what the two
say of each word, in which text and at which place, is compared from beginning to end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import Connection, Table, select, text

from foreshock.record.tables import documents, statements


@dataclass(frozen=True)
class Index:
    """A full-text index: what its rows are in words and as a table, and the columns and query it is made from."""

    name: str
    what: str
    table: Table
    columns: str
    source: str


INDEXES: Final = (
    Index("document_words", "document", documents, "title, text", "SELECT number, title, text FROM documents"),
    Index("clause_words", "statement", statements, "text",
          "SELECT number, json_extract(body, '$.text') FROM statements WHERE json_valid(body)"),
)  # fmt: skip
TRIGGERS: Final = (
    "custody_log_no_delete", "custody_log_no_update", "documents_added", "documents_removed", "statements_added",
    "statements_removed", "statements_reread",
)  # fmt: skip
"""What keeps the indexes in step with the texts, and the log from being changed."""


class Fault(NamedTuple):
    """A text that an index is wrong about, by id, and how; the index itself where it has rows of no text."""

    verdict: str
    what: str
    item: str
    how: str


def faults(connection: Connection) -> Iterator[Fault]:
    """Everything that is wrong with the indexes; nothing on databases other than SQLite, which have none."""
    if connection.dialect.name != "sqlite":
        return
    there = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'table')")))
    for name in sorted(set(TRIGGERS) - there):
        yield Fault("missing", "trigger", name, "what it kept in step or forbade is no longer kept so")
    for index in INDEXES:
        if index.name not in there:
            yield Fault("missing", "full-text index", index.name, "searches by words find nothing")
            continue
        yield from _compared(connection, index)


def _compared(connection: Connection, index: Index) -> Iterator[Fault]:
    made = f"{index.name}_anew"
    commands = (
        f"CREATE VIRTUAL TABLE temp.{made} USING fts5({index.columns}, content='', "
        "tokenize='unicode61 remove_diacritics 2')",
        f"INSERT INTO temp.{made}(rowid, {index.columns}) {index.source}",
        f"CREATE VIRTUAL TABLE temp.{index.name}_held USING fts5vocab(main, {index.name}, instance)",
        f"CREATE VIRTUAL TABLE temp.{made}_held USING fts5vocab(temp, {made}, instance)",
    )
    tables = (f"{made}_held", f"{index.name}_held", made)
    try:
        for command in commands:
            connection.exec_driver_sql(command)
        lacking, foreign = _differences(connection, f"{index.name}_held", f"{made}_held")
    finally:
        for table in tables:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{table}")
    yield from _named(connection, index, lacking, foreign)


Place = tuple[bytes, int, str, int]


def _differences(connection: Connection, held: str, wanted: str) -> tuple[set[int], set[int]]:
    """The rows of which words are missing, and those of which the index has words that they do not hold."""
    lacking: set[int] = set()
    foreign: set[int] = set()
    one, other = _places(connection, held), _places(connection, wanted)
    has, should = next(one, None), next(other, None)
    while has is not None or should is not None:
        if has == should:
            has, should = next(one, None), next(other, None)
        elif has is not None and (should is None or has < should):
            foreign.add(has[1])
            has = next(one, None)
        elif should is not None:
            lacking.add(should[1])
            should = next(other, None)
    return lacking, foreign


def _places(connection: Connection, vocabulary: str) -> Iterator[Place]:
    """Where each word stands, in the order in which an index has it: by the word's bytes, then by row."""
    rows = connection.exec_driver_sql(f"SELECT term, doc, col, offset FROM temp.{vocabulary}")
    for term, row, column, offset in rows:
        yield term.encode("utf-8", "surrogateescape"), row, column, offset


def _named(connection: Connection, index: Index, lacking: set[int], foreign: set[int]) -> Iterator[Fault]:
    for number in sorted(lacking | foreign):
        name = connection.scalar(select(index.table.c.id).where(index.table.c.number == number))
        if name is None:
            yield Fault(
                "inserted", "full-text index", f"{index.name} row {number}", "has words of no text in the record"
            )
        elif number not in foreign:
            yield Fault("missing", index.what, name, f"{index.name} lacks words of it: searches may not find it")
        else:
            yield Fault("changed", index.what, name, f"{index.name} has other words of it than it holds")
