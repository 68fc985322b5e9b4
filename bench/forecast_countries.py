"""Builds `foreshock/data/forecast/countries.json`: UCDP/VIEWS country ids with ISO codes and land neighbours.

Two countries are neighbours where their shapes on the bundled basemap (Natural Earth, public domain) share a
corner. Run from the checkout:

    python -m bench.forecast_countries --key ../shared/data/forecasting/country_key.csv \\
        --history ../shared/data/forecasting/country_month.parquet
"""

import argparse
import csv
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq

SHIPPED = Path("foreshock/data/forecast/countries.json")
BASEMAP = Path("foreshock/data/basemap.geojson")
KOSOVO = ("XKX", ("ALB", "MKD", "MNE", "SRB"))
"""The basemap draws Kosovo without a code of its own; its neighbours are named here."""


def corners(coordinates: list[Any]) -> set[tuple[float, float]]:
    """All corners of a shape, however deep its lists go."""
    if isinstance(coordinates[0], int | float):
        return {(coordinates[0], coordinates[1])}
    return set().union(*(corners(part) for part in coordinates))


def neighbours(basemap: Path) -> dict[str, set[str]]:
    """For each ISO 3166-1 alpha-3 code, the codes that share a corner with it."""
    owners: dict[tuple[float, float], set[str]] = defaultdict(set)
    for feature in msgspec.json.decode(basemap.read_bytes())["features"]:
        if "country" in feature["properties"]:
            for corner in corners(feature["geometry"]["coordinates"]):
                owners[corner].add(feature["properties"]["country"])
    found: dict[str, set[str]] = defaultdict(set)
    for codes in owners.values():
        for code in codes:
            found[code] |= codes - {code}
    code, others = KOSOVO
    for other in others:
        found[code].add(other)
        found[other].add(code)
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--key", type=Path, required=True, help="CSV with id, name, gwcode, isoab")
    parser.add_argument("--history", type=Path, required=True, help="Parquet whose country_id are those in use today")
    options = parser.parse_args()
    current = set(pq.read_table(options.history, columns=["country_id"]).column("country_id").unique().to_pylist())
    borders = neighbours(BASEMAP)
    with options.key.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {row["isoab"] or KOSOVO[0] for row in rows}
    kept = []
    for row in rows:
        code = row["isoab"] or KOSOVO[0]
        kept.append(
            {
                "id": int(row["id"]),
                "name": row["name"],
                "gwcode": int(row["gwcode"]),
                "iso3": code,
                "current": int(row["id"]) in current,
                "neighbours": sorted(borders[code] & known),
            }
        )
    SHIPPED.write_bytes(b"[\n" + b",\n".join(msgspec.json.encode(row) for row in kept) + b"\n]\n")
    sys.stdout.write(f"{len(kept)} countries to {SHIPPED}\n")


if __name__ == "__main__":
    main()
