"""GeoJSON (RFC 7946) and GeoParquet 1.1: points where a settlement or district is known, no geometry elsewhere.

A country's middle is no place: rows known by region or country keep a null geometry and say so in `precision`.
"""

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from foreshock.errors import ItemError, MalformedItem, OversizedItem, UnreadableItem
from foreshock.exchange import own
from foreshock.model.occurrence import Occurrence, Site
from foreshock.model.vocabulary import Precision

NOT_HELD: Final = ("places that are no point have no geometry; precision says what is known",)
LARGEST: Final = 500_000_000
_PLACED: Final = (Precision.POINT, Precision.ADMIN2)
_encoder = msgspec.json.Encoder()


def point_of(site: Site | None) -> tuple[float, float] | None:
    """Longitude and latitude, where a settlement or district is known."""
    if site is None or site.lat is None or site.lon is None or site.precision not in _PLACED:
        return None
    return site.lon, site.lat


def write_geojson(rows: Iterable[Occurrence], out: BinaryIO) -> int:
    """A FeatureCollection, feature by feature; how many. `note` says what the format does not hold."""
    out.write(b'{"type":"FeatureCollection","note":' + _encoder.encode(" ".join(NOT_HELD)) + b',"features":[')
    number = 0
    for row in rows:
        point = point_of(row.site)
        feature = {
            "type": "Feature",
            "id": row.id,
            "geometry": None if point is None else {"type": "Point", "coordinates": point},
            "properties": row,
        }
        out.write((b",\n" if number else b"\n") + _encoder.encode(feature))
        number += 1
    out.write(b"\n]}\n")
    return number


class _Feature(msgspec.Struct):
    properties: msgspec.Raw
    geometry: dict[str, Any] | None = None


class _Collection(msgspec.Struct):
    features: list[_Feature]
    type: str


def read_geojson(path: Path) -> Iterator[Occurrence | ItemError]:
    """The features of a collection of ours."""
    try:
        if path.stat().st_size > LARGEST:
            raise OversizedItem(str(path), f"larger than {LARGEST // 10**6} MB; import JSON lines instead")
        collection = msgspec.json.decode(path.read_bytes(), type=_Collection)
    except OSError as error:
        raise UnreadableItem(str(path), error.strerror or str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedItem(str(path), f"not a collection of features ({error})") from error
    for number, feature in enumerate(collection.features, 1):
        try:
            yield msgspec.json.decode(feature.properties, type=Occurrence)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, MalformedItem) as error:
            yield MalformedItem(f"{path}: feature {number}", f"not an occurrence ({error})")


def write_geoparquet(rows: Iterable[Occurrence], out: BinaryIO) -> int:
    """Our Parquet with a column `geometry` in WKB and the metadata of GeoParquet 1.1; how many rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    column = {"encoding": "WKB", "geometry_types": ["Point"]}
    about = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    plain = own.parquet_schema()
    schema = plain.append(pa.field("geometry", pa.binary())).with_metadata({"geo": _encoder.encode(about)})
    number = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in own.groups(rows):
            points = pa.array([_wkb(point_of(row.site)) for row in group], pa.binary())
            table = own.parquet_table(group, plain).append_column("geometry", points)
            writer.write_table(table.replace_schema_metadata(schema.metadata))
            number += len(group)
    return number


def _wkb(point: tuple[float, float] | None) -> bytes | None:
    """A point as well-known binary: byte order, type, longitude, latitude."""
    return None if point is None else struct.pack("<BIdd", 1, 1, *point)
