"""First-level regions by the names that the gazetteer, and so the record, gives them."""

import difflib
from collections.abc import Collection, Sequence

from foreshock.places.gazetteer import Gazetteer, PlaceKind


def is_region(name: str, countries: Collection[str] = ()) -> bool:
    """Whether the gazetteer calls a first-level region so, in one of these countries where any are named."""
    return name in regions_called(name, countries)


def nearest_region(name: str, countries: Sequence[str] = ()) -> str | None:
    """The region that a name is another word for, or else, in these countries, is nearest to; null for none."""
    known = [unit.name for code in countries for unit in Gazetteer().units_of(code)]
    return next(iter([*regions_called(name, countries), *difflib.get_close_matches(name, known, 1)]), None)


def regions_called(name: str, countries: Collection[str]) -> list[str]:
    """The main names of the first-level regions that bear a name, as written or otherwise."""
    entries = (one.entry for one in Gazetteer().find(name))
    return [
        entry.name for entry in entries
        if entry.kind is PlaceKind.ADMIN1 and (not countries or entry.country in countries)
    ]  # fmt: skip
