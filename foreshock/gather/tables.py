"""Parquet: every row of a table as a JSONL row, with the same columns."""

import datetime
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from foreshock.errors import ItemError, MalformedItem, OversizedItem, UnreadableItem
from foreshock.gather.identity import capture_of
from foreshock.gather.wording import named, one_line
from foreshock.model.capture import Capture, Medium

COLUMNS = ("id", "text", "title", "url", "published", "outlet", "author", "month")
"""The columns of a JSONL row; others are not read."""
LARGEST_ROW = 5_000_000
"""Bytes of one row as JSON."""
LARGEST_GROUP = 2_000_000_000
"""Bytes that the columns of one row group may say they unpack to: they are held at once."""
LARGEST_TABLE = 20_000_000_000
"""Bytes that all columns may say they unpack to."""
ROWS_AT_A_TIME = 64
_UNHELD = (ArithmeticError, LookupError, TypeError, ValueError)
"""What is raised for a value that Python or JSON does not have: a day too far off, an unknown time zone, a struct."""

_encoder = msgspec.json.Encoder()


def table_rows(path: Path) -> Iterator[Capture | ItemError]:
    """The rows of a `.parquet` file as captures of JSON rows; what cannot be one comes out as its error."""
    import pyarrow as pa
    from pyarrow import parquet

    name = named(path)
    try:
        with path.open("rb") as handle:
            head = handle.read(4)
        if head == b"PARE":
            yield UnreadableItem(name, "the table is encrypted; save it without a password")
            return
        with pa.OSFile(os.fsencode(path)) as file, parquet.ParquetFile(file) as table:
            problem = _unfit(table, name)
            if problem is not None:
                yield problem
                return
            yield from _rows(table, name)
    except (pa.ArrowException, OSError, ValueError, TypeError, MemoryError) as error:
        yield UnreadableItem(name, f"not a Parquet file, or a damaged one ({one_line(error)})")


def _unfit(table: Any, name: str) -> ItemError | None:  # noqa: ANN401 - pyarrow has no types
    """Why this table is not to be read, or null."""
    names = set(table.schema_arrow.names)
    if "text" not in names:
        return MalformedItem(name, f"the table has no column text; it needs one (others: {', '.join(COLUMNS)})")
    total = 0
    for at in range(table.metadata.num_row_groups):
        group = table.metadata.row_group(at)
        parts = [group.column(number) for number in range(group.num_columns)]
        size = sum(part.total_uncompressed_size for part in parts if part.path_in_schema in COLUMNS)
        total += size
        if size > LARGEST_GROUP:
            return OversizedItem(name, f"a row group of it unpacks to more than {LARGEST_GROUP // 10**9} GB; cut it")
    if total > LARGEST_TABLE:
        return OversizedItem(name, f"unpacks to more than {LARGEST_TABLE // 10**9} GB")
    if table.metadata.num_rows == 0:
        return UnreadableItem(name, "the table is empty")
    return None


def _rows(table: Any, name: str) -> Iterator[Capture | ItemError]:  # noqa: ANN401 - pyarrow has no types
    wanted = [column for column in table.schema_arrow.names if column in COLUMNS]
    number = 0
    for batch in table.iter_batches(ROWS_AT_A_TIME, columns=wanted):
        for row in _parts(batch):
            number += 1
            yield _row(f"{name}: row {number}", row)


def _parts(batch: Any) -> list[Any]:  # noqa: ANN401 - pyarrow has no types
    """The rows as dicts; where Python cannot hold one, such as a date past the year 9999, as batches of one row."""
    try:
        return list(batch.to_pylist())
    except _UNHELD:
        return [batch.slice(at, 1) for at in range(batch.num_rows)]


def _row(origin: str, row: Any) -> Capture | ItemError:  # noqa: ANN401 - a dict, or a batch of pyarrow's
    try:
        values = row if isinstance(row, dict) else row.to_pylist()[0]
        stated = {column: _plain(values[column]) for column in COLUMNS if values.get(column) is not None}
        content = _encoder.encode(stated)
    except _UNHELD as error:
        return MalformedItem(origin, f"not a row with a text ({one_line(error)})")
    if len(content) > LARGEST_ROW:
        return OversizedItem(origin, f"longer than {LARGEST_ROW // 10**6} MB")
    return capture_of(origin, content, Medium.ROW)


def _plain(value: object) -> object:
    """A value as a JSONL row has it: a date or time as its day, bytes as text, whole numbers without a fraction.

    Programs write whole numbers as fractions where one is missing, and *not a number* for that one.
    """
    if isinstance(value, datetime.datetime):
        return (value.astimezone(datetime.UTC) if value.tzinfo else value).date().isoformat()
    if isinstance(value, float):
        return int(value) if value.is_integer() else None if math.isnan(value) else value
    if isinstance(value, bytes):
        return value.decode()
    return value.isoformat() if isinstance(value, datetime.date) else value
