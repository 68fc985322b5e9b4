"""Our own formats: JSON lines and Parquet, which hold everything that an occurrence has."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from foreshock.errors import ItemError, MalformedItem, UnreadableItem
from foreshock.gather.delimited import opened
from foreshock.model.occurrence import Occurrence

GROUP: Final = 5000
"""Rows of a Parquet row group."""
LONGEST_ROW: Final = 5_000_000

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Occurrence)


def write_jsonl(rows: Iterable[Occurrence], out: BinaryIO) -> int:
    """One occurrence a line; how many."""
    number = 0
    for row in rows:
        number += 1
        out.write(_encoder.encode(row) + b"\n")
    return number


def read_jsonl(path: Path) -> Iterator[Occurrence | ItemError]:
    """The occurrences of a file, packed or not."""
    with opened(path) as text:
        number = 0
        while line := text.readline(LONGEST_ROW):
            number += 1
            if line.strip():
                yield _decoded(f"{path}: row {number}", line)


def _decoded(name: str, line: str) -> Occurrence | ItemError:
    try:
        return _decoder.decode(line)
    except (msgspec.DecodeError, RecursionError, MalformedItem) as error:
        return MalformedItem(name, f"not an occurrence ({error})")


def write_parquet(rows: Iterable[Occurrence], out: BinaryIO) -> int:
    """A Parquet file, one column a field, what is nested as JSON; how many rows."""
    import pyarrow.parquet as pq

    schema = parquet_schema()
    number = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in groups(rows):
            writer.write_table(parquet_table(group, schema))
            number += len(group)
    return number


def groups(rows: Iterable[Occurrence]) -> Iterator[list[Occurrence]]:
    """Rows by row group."""
    rest = iter(rows)
    while group := list(islice(rest, GROUP)):
        yield group


SCALARS: Final = {
    "id": "string", "dataset": "string", "kind": "string", "type": "string", "mode": "string", "label": "string",
    "polarity": "string", "since": "date32", "until": "date32", "granularity": "string", "url": "string",
    "published": "date32", "published_granularity": "string", "title": "string", "text": "string", "reports": "int32",
    "independent": "int32", "credibility": "int32", "deleted": "bool_",
}  # fmt: skip
NESTED: Final = ("contexts", "actors", "recipients", "counts", "sources", "outlets", "own", "statement")
OPTIONAL: Final = ("statement", "published_granularity")
"""Columns that our files did not have from the first."""
SITE: Final = {
    "name": "string", "admin1": "string", "admin2": "string", "country": "string", "lat": "float64", "lon": "float64",
    "precision": "string", "geonameid": "int64",
}  # fmt: skip


def parquet_schema() -> Any:  # noqa: ANN401 - pyarrow has no types
    """The columns: scalars, the site's as `site_…`, what is nested as JSON."""
    import pyarrow as pa

    fields = [(name, getattr(pa, kind)()) for name, kind in SCALARS.items()]
    fields += [(f"site_{name}", getattr(pa, kind)()) for name, kind in SITE.items()]
    fields += [(name, pa.string()) for name in NESTED]
    return pa.schema(fields)


def parquet_table(group: list[Occurrence], schema: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Occurrences as a table of that schema."""
    import pyarrow as pa

    columns: dict[str, list[Any]] = {name: [getattr(row, name) for row in group] for name in SCALARS}
    for name in SITE:
        columns[f"site_{name}"] = [getattr(row.site, name) if row.site else None for row in group]
    for name in NESTED:
        columns[name] = [_encoder.encode(getattr(row, name)).decode() for row in group]
    return pa.table({name: columns[name] for name in schema.names if name in columns}, schema=_only(schema, columns))


def _only(schema: Any, columns: dict[str, list[Any]]) -> Any:  # noqa: ANN401 - pyarrow has no types
    import pyarrow as pa

    return pa.schema([field for field in schema if field.name in columns])


def read_parquet(path: Path) -> Iterator[Occurrence | ItemError]:
    """The occurrences of a Parquet file of ours."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            wanted = (name for name in parquet_schema().names if name not in OPTIONAL)
            if missing := [name for name in wanted if name not in file.schema_arrow.names]:
                raise MalformedItem(str(path), f"not an export of ours: it lacks {', '.join(missing[:5])}")
            number = 0
            for batch in file.iter_batches(GROUP):
                for row in batch.to_pylist():
                    number += 1
                    yield _of_columns(f"{path}: row {number}", row)
    except (pa.ArrowInvalid, pa.ArrowException, OSError) as error:
        raise UnreadableItem(str(path), f"not a Parquet file that can be read ({error})") from error


def _of_columns(name: str, row: dict[str, Any]) -> Occurrence | ItemError:
    try:
        fields = {key: row.get(key) for key in SCALARS}
        fields |= {key: msgspec.json.decode(row[key]) for key in NESTED if row.get(key) is not None}
        site = {key: row[f"site_{key}"] for key in SITE}
        fields["site"] = site if any(value is not None for value in site.values()) else None
        return msgspec.convert(fields, Occurrence)
    except (msgspec.DecodeError, RecursionError, MalformedItem, TypeError) as error:
        return MalformedItem(name, f"not an occurrence ({error})")
