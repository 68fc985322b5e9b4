"""Countries by ISO 3166-1 alpha-3: the one name of each, and how others write it (`data/countries.yaml`)."""

from functools import cache

import msgspec

from foreshock.model.shipped import shipped_table


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country's codes and names; the first name is GeoNames', by which it is shown."""

    number: int
    alpha2: str | None
    fips: str | None
    names: tuple[str, ...]


class _Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    countries: dict[str, Country]


@cache
def countries() -> dict[str, Country]:
    """Countries by ISO 3166-1 alpha-3. Raises `ModelError` where the shipped table cannot be read."""
    return shipped_table("data/countries.yaml", _Key).countries


def country_name(code: str) -> str:
    """The name under which a country is shown everywhere; the code itself where there is none."""
    known = countries().get(code)
    return known.names[0] if known else code
