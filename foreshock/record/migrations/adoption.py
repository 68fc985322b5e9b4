"""Custody for a record from before there was a log: everything it holds is entered, as it stands today.

Tables are named here as they were when the log came, so that later columns do not get in the way.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, column, select, table

from foreshock.record import custody
from foreshock.record.rows import dicts

PAGE = 500
_types: dict[str, Any] = {
    "captured_at": DateTime(timezone=True), "read_at": DateTime(timezone=True), "published": Date(), "notes": JSON(),
}  # fmt: skip

_captures = table("captures", *(column(name, _types.get(name)) for name in custody.CAPTURE_COLUMNS))
_documents = table("documents", *(column(name, _types.get(name)) for name in custody.DOCUMENT_COLUMNS))
_statements = table("statements", column("id"), column("document"), column("body"))
_gaps = table("gaps", column("document"), *(column(name) for name in custody.GAP_COLUMNS))


def adopt(connection: Connection) -> None:
    """Enter every capture and document of the record in its log."""
    now = datetime.datetime.now(datetime.UTC)
    for notes in (_captures_by_page(connection), _documents_by_page(connection)):
        for page in notes:
            custody.append(connection, page, now)


def _captures_by_page(connection: Connection) -> Iterator[list[custody.Note]]:
    last = ""
    while True:
        query = select(_captures).where(_captures.c.capture > last).order_by(_captures.c.capture).limit(PAGE)
        rows = dicts(connection.execute(query))
        if not rows:
            return
        last = rows[-1]["capture"]
        yield [custody.taken(row, None) for row in rows]


def _documents_by_page(connection: Connection) -> Iterator[list[custody.Note]]:
    last = ""
    while True:
        query = select(_documents).where(_documents.c.id > last).order_by(_documents.c.id).limit(PAGE)
        rows = dicts(connection.execute(query))
        if not rows:
            return
        last = rows[-1]["id"]
        yield [_read(connection, row) for row in rows]


def _read(connection: Connection, document: dict[str, Any]) -> custody.Note:
    of_it = select(_statements.c.id, _statements.c.body).where(_statements.c.document == document["id"])
    left_out = select(_gaps).where(_gaps.c.document == document["id"])
    bodies = [(identity, body) for identity, body in connection.execute(of_it)]
    return custody.read(document, bodies, dicts(connection.execute(left_out)))
