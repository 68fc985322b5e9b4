"""Builds `foreshock/data/gazetteer.sqlite`: `python -m train.gazetteer [OUT]`. Deterministic; under a minute."""

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from foreshock.places.gazetteer import SHIPPED, PlaceKind
from foreshock.places.names import key
from train import gazetteer_own, gazetteer_sources
from train.gazetteer_tables import Builder, write

NOUNS = set(
    "oblast province region state governorate republic krai kray district territory municipality voblasts raion "
    "rayon county department prefecture division voivodeship canton parish".split()
)


def add_countries(builder: Builder) -> None:
    """Countries with all their names, demonyms and neighbours, and the continents."""
    rows = gazetteer_sources.countries()
    for row, beside in rows:
        lat, lon = beside["latlng"] if beside else (None, None)
        place = builder.add(
            PlaceKind.COUNTRY, row["name"], geonameid=row["geonameid"], country=row["iso3"], lat=lat, lon=lon,
            population=row["population"],
        )  # fmt: skip
        builder.countries[row["iso3"]], builder.alpha3[row["iso"]] = place, row["iso3"]
        if beside is None:
            continue
        names = [beside["name"]["common"], beside["name"]["official"]]
        builder.call(place, names + [name for name in beside["altSpellings"] if len(name) > 3], 2)
        translations = (form for forms in beside["translations"].values() for form in forms.values())
        builder.call_otherwise(place, translations, latin_grade=1)
        for form in sorted(set(beside["demonyms"].get("eng", {}).values()) - {""}):
            builder.demonyms.setdefault(key(form), place)
    for code, name in gazetteer_sources.territory_names():
        if code in builder.alpha3:
            builder.call_otherwise(builder.countries[builder.alpha3[code]], [name], latin_grade=1)
    for row, _ in rows:
        near = filter(None, row["neighbours"].split(","))
        builder.neighbours |= {(row["iso3"], builder.alpha3[code]) for code in near if code in builder.alpha3}
    for row in gazetteer_sources.continents():
        builder.add(
            PlaceKind.REGION, row["name"], geonameid=int(row["geonameId"]), lat=float(row["lat"]),
            lon=float(row["lng"]), population=int(row["population"]),
        )  # fmt: skip


def add_units(builder: Builder, towns: list[dict[str, Any]], second_level: dict[tuple[float, float], str]) -> None:
    """First- and second-level units, each at the mean of its settlements where no package knows its coordinates."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for town in towns:
        lat, lon = town["latitude"], town["longitude"]
        inside = second_level.get((round(lat, 4), round(lon, 4)))
        for code in filter(None, (f"{town['countrycode']}.{town['admin1code']}", inside)):
            for position, value in enumerate((1.0, lat, lon, town["population"])):
                sums[code][position] += value
    iso, translated = gazetteer_sources.iso_units(), gazetteer_sources.translated_units()
    for level, units in zip((PlaceKind.ADMIN1, PlaceKind.ADMIN2), gazetteer_sources.units(), strict=True):
        for unit in units:
            alpha2 = unit.code.split(".", 1)[0]
            if alpha2 not in builder.alpha3:
                continue
            count, lat_sum, lon_sum, population = sums[unit.code]
            lat, lon, more = iso.get(unit.iso, (None, None, ()))
            if lat is None and count:
                lat, lon = round(lat_sum / count, 4), round(lon_sum / count, 4)
            place = builder.add(
                level, unit.name, geonameid=unit.geonameid, country=builder.alpha3[alpha2],
                admin1=".".join(unit.code.split(".")[:2]), admin2=unit.code if level is PlaceKind.ADMIN2 else None,
                lat=lat, lon=lon, population=int(population),
            )  # fmt: skip
            builder.units[unit.code] = place
            builder.call_otherwise(place, [*unit.also, *more, *translated.get(unit.iso, ())])
            if alpha2 != "US":
                builder.call(place, _bare(unit.name), 2)


def _bare(name: str) -> list[str]:
    """A unit's name without its common noun: *Kursk* of *Kursk Oblast*; nothing where it has none."""
    words = name.split()
    kept = [word for word in words if word.casefold().strip(".") not in NOUNS]
    return [" ".join(kept)] if 0 < len(kept) < len(words) else []


def add_settlements(
    builder: Builder, towns: list[dict[str, Any]], second_level: dict[tuple[float, float], str]
) -> None:
    """Settlements with their alternate names; the largest bearer of its capital's name in a country is the capital."""
    capitals = {row["iso"]: key(row["capital"]) for row, _ in gazetteer_sources.countries() if row["capital"]}
    largest: dict[str, tuple[int, int]] = {}
    for town in towns:
        alpha2, code = town["countrycode"], f"{town['countrycode']}.{town['admin1code']}"
        place = builder.add(
            PlaceKind.SETTLEMENT, town["name"], geonameid=town["geonameid"], country=builder.alpha3[alpha2],
            admin1=code if code in builder.units else None,
            admin2=second_level.get((round(town["latitude"], 4), round(town["longitude"], 4))),
            lat=town["latitude"], lon=town["longitude"], population=town["population"],
        )  # fmt: skip
        builder.call_otherwise(place, town.get("alternatenames") or ())
        if (capitals.get(alpha2, ""), place) in builder.names:
            largest[alpha2] = max(largest.get(alpha2, (0, 0)), (town["population"], place))
    for _, place in largest.values():
        builder.places[place - 1]["capital"] = 1


def build(out: Path) -> None:
    """Read every source, add the project's own lists, and write the index to `out`."""
    gazetteer_sources.check_versions()
    builder = Builder(sources=gazetteer_sources.__doc__ or "")
    towns, second_level = gazetteer_sources.settlements(), gazetteer_sources.second_level_of()
    add_countries(builder)
    add_units(builder, towns, second_level)
    add_settlements(builder, towns, second_level)
    gazetteer_own.add_own(builder)
    write(builder, out)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=SHIPPED)
    out = parser.parse_args().out
    started = time.monotonic()
    build(out)
    size = out.stat().st_size / 1024 / 1024
    sys.stdout.write(f"{out.name}: {size:.1f} MiB in {time.monotonic() - started:.0f} s\n")


if __name__ == "__main__":
    main()
