"""The tables by which data sets write countries and types (`data/countries.yaml`, `data/exchange.yaml`)."""

from functools import cache

import msgspec

from foreshock.model.countries import countries, country_name
from foreshock.model.shipped import shipped_table
from foreshock.model.vocabulary import QUADS, EventType


class Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How types read elsewhere: ACLED's three words by type and mode, those where civilians are struck, the sectors
    that fight, and back; GDELT's roots; POLECAT's quads."""

    acled: dict[str, tuple[str, str, str]]
    acled_civilians: dict[str, tuple[str, str, str]]
    fighting: frozenset[str]
    acled_in: dict[str, tuple[EventType, str | None]]
    gdelt: dict[str, EventType]
    quads: dict[str, str]


@cache
def tables() -> Tables:
    """The tables of types."""
    return shipped_table("data/exchange.yaml", Tables)


@cache
def _by_name() -> dict[str, str]:
    return {name.casefold(): code for code, country in countries().items() for name in country.names}


@cache
def _by_fips() -> dict[str, str]:
    return {country.fips: code for code, country in countries().items() if country.fips}


@cache
def _by_alpha2() -> dict[str, str]:
    return {country.alpha2: code for code, country in countries().items() if country.alpha2}


@cache
def _by_number() -> dict[int, str]:
    return {country.number: code for code, country in countries().items() if country.number}


def country_named(name: str) -> str | None:
    """The code of a country by any of its names; UCDP's former name in brackets may be left out."""
    found = _by_name().get(name.strip().casefold())
    return found or _by_name().get(name.partition(" (")[0].strip().casefold())


def country_with_fips(code: str) -> str | None:
    """The code of a country by FIPS 10-4."""
    return _by_fips().get(code.strip().upper())


def country_with_alpha2(code: str) -> str | None:
    """The code of a country by ISO 3166-1 alpha-2."""
    return _by_alpha2().get(code.strip().upper())


def alpha2_of(code: str | None) -> str | None:
    """A country's ISO 3166-1 alpha-2, null where it has none today."""
    return countries()[code].alpha2 if code in countries() else None


def country_numbered(number: str) -> str | None:
    """The code of a country by its ISO number."""
    return _by_number().get(int(number)) if number.strip().isdigit() else None


def name_of(code: str | None) -> str:
    """A country's name, empty where there is none."""
    return country_name(code) if code else ""


def quad_of(kind: EventType) -> str:
    """POLECAT's quad code of a type."""
    return next(tables().quads[quad] for quad, kinds in QUADS.items() if kind in kinds)


def acled_words(kind: EventType | None, mode: str | None, civilians: bool) -> tuple[str, str, str]:
    """ACLED's disorder type, event type and sub-event type; `civilians` are struck, as far as the row says."""
    known = tables()
    for name in (f"{kind}/{mode}", str(kind)):
        if civilians and name in known.acled_civilians:
            return known.acled_civilians[name]
        if name in known.acled:
            return known.acled[name]
    return known.acled["other"]
