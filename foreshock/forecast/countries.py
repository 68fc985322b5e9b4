"""The countries by their UCDP / VIEWS ids: names, ISO codes, land neighbours."""

from collections.abc import Sequence
from functools import cache

import msgspec
import numpy as np

from foreshock.errors import UsageError
from foreshock.forecast.panel import Array
from foreshock.model import countries
from foreshock.model.shipped import shipped_table


class Country(msgspec.Struct, frozen=True):
    """One country of the key.

    `neighbours` are ISO 3166-1 alpha-3 codes of those it has a land border with; `current` tells the id in use today
    where a code has had several.
    """

    id: int
    name: str
    gwcode: int
    iso3: str
    current: bool
    neighbours: tuple[str, ...]

    @property
    def region(self) -> str:
        """The part of the world by its Gleditsch–Ward number."""
        return next(name for most, name in _REGIONS if self.gwcode < most)


_REGIONS = ((200, "Americas"), (400, "Europe"), (627, "Africa"), (700, "Middle East"), (10_000, "Asia and Pacific"))
"""Upper ends of the Gleditsch–Ward numbers of each part of the world; Iran, Turkey, Egypt count as Middle East."""


@cache
def known_countries() -> dict[int, Country]:
    """All countries of the key by id. Raises `ModelError` where the shipped key cannot be read."""
    return {country.id: country for country in shipped_table("data/forecast/countries.json", tuple[Country, ...])}


def country_name(identity: int) -> str:
    """A country's name, that of a state that is no more as UCDP has it; `country 999` where the key lacks it."""
    known = known_countries().get(identity)
    if known is None:
        return f"country {identity}"
    return countries.country_name(known.iso3) if known.current and known.iso3 in countries.countries() else known.name


@cache
def ids_by_code() -> dict[str, int]:
    """Today's id for each ISO 3166-1 alpha-3 code."""
    return {country.iso3: country.id for country in known_countries().values() if country.current}


def find_country(text: str) -> Country:
    """The country by id, code or name, in any case. Raises `UsageError` where there is none."""
    wanted = text.strip().casefold()
    listed = sorted(known_countries().values(), key=lambda country: not country.current)
    for country in listed:
        names = (country.name, country_name(country.id), str(country.id), country.iso3)
        if wanted in (name.casefold() for name in names):
            return country
    raise UsageError(f"{text!r} is no country: give its name, its ISO 3166-1 alpha-3 code or its UCDP id")


def region_name(identity: int) -> str:
    """The part of the world a country lies in; `unknown` where the key does not have it."""
    known = known_countries().get(identity)
    return known.region if known else "unknown"


def borders(identities: Sequence[int]) -> Array:
    """1 where two of the countries share a land border, else 0: (countries, countries)."""
    key = known_countries()
    places: dict[str, int] = {}
    for place, identity in enumerate(identities):
        if identity in key:
            places.setdefault(key[identity].iso3, place)
    found = np.zeros((len(identities), len(identities)))
    for place, identity in enumerate(identities):
        for code in key[identity].neighbours if identity in key else ():
            if code in places:
                found[place, places[code]] = 1.0
    return found
