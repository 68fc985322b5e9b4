"""Every page's twins: the same as JSON and as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from fastapi import Response
from fastapi.responses import StreamingResponse

from foreshock.desk.filters import Asked
from foreshock.exchange.rows import Cell, defused
from foreshock.record.query import Hit, count_statements, find_statements
from foreshock.record.store import Record

_CHUNK = 64 * 1024
"""Characters or bytes sent at a time; a thread is changed for each."""


def json_twin(content: object) -> Response:
    """`content` as JSON, dates in ISO form."""
    return Response(msgspec.json.encode(content), media_type="application/json")


def json_list(name: str, about: dict[str, object], items: Iterable[object]) -> Response:
    """The object `about` with all `items` in a list under `name`, last in it, sent as they come."""
    return StreamingResponse(_object(name, about, items), media_type="application/json")


def _object(name: str, about: dict[str, object], items: Iterable[object]) -> Iterator[bytes]:
    buffer = bytearray(msgspec.json.encode({**about, name: []}).removesuffix(b"]}"))
    for number, item in enumerate(items):
        buffer += (b"," if number else b"") + msgspec.json.encode(item)
        if len(buffer) > _CHUNK:
            yield bytes(buffer)
            buffer.clear()
    yield bytes(buffer) + b"]}"


def page_of_hits(record: Record, page_asked: Asked) -> tuple[dict[str, object], list[Hit]]:
    """What the JSON twin of a list says of the page at hand, and the page's statements."""
    about: dict[str, object] = {
        "filters": page_asked.given,
        "total": count_statements(record, page_asked.wanted),
        "page": page_asked.page,
        "size": page_asked.size,
    }
    return about, find_statements(record, page_asked.wanted, page_asked.size, page_asked.offset)


def csv_twin(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Rows as CSV under the file name `name.csv`, sent as they come; cells never start a formula."""
    return StreamingResponse(
        _lines(columns, rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    yield _emptied(buffer)  # the rows may take their time to be found
    for row in rows:
        writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in row])
        if buffer.tell() > _CHUNK:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> str:
    """What a buffer holds, which is empty thereafter."""
    held = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return held
