"""Places told by others: capitals, frontiers, *provinces bordering Ukraine*."""

import re
from collections.abc import Sequence

import msgspec

from foreshock.places.filled import Resolved
from foreshock.places.gazetteer import Entry, Gazetteer, PlaceKind
from foreshock.places.phrase import Phrase
from foreshock.places.trail import Trail

NATIONS = re.compile(r"\b(?:countries|nations)\b")
"""Nouns by which what borders a country is its neighbours, not units of one of them."""


class Side(msgspec.Struct, frozen=True):
    """One side of a frontier: its country, the units along it, or the examples that the phrase names itself."""

    country: str | None
    units: Sequence[Entry] = ()
    examples: Sequence[Resolved] = ()
    admin1: str | None = None
    reason: str | None = None


def capital_of(gazetteer: Gazetteer, entry: Entry) -> Entry | None:
    """The capital of a country: of an entry's own country where it is none; null where none is known."""
    return gazetteer.capital(entry.country) if entry.country is not None else None


def side_of_border(gazetteer: Gazetteer, phrase: Phrase, names: Sequence[Resolved], trail: Trail) -> Side:
    """Which side of a frontier a phrase means.

    *Russian provinces bordering Ukraine* is Russia's, *the Ukrainian side of the border* Ukraine's; *the border with
    Chad* is that of the country spoken of, *the Sudan-Chad border* both; *provinces bordering Ukraine* are
    never Ukraine's.
    """
    examples = [one for one in names if phrase.examples is not None and one.start > phrase.examples]
    named = [one for one in names if one not in examples]
    countries = list(dict.fromkeys(one.entry.country for one in named if one.entry.country))
    text = phrase.text.lower()
    if len(countries) >= 2:
        first, second = countries[0], countries[1]
        sided = (
            "bordering" in text
            or " side " in text
            or "with" in text
            or named[0].end < phrase.start + text.find("border")
        )
        joint = _joined(phrase, named)
        if joint:
            units = [*gazetteer.border_units(first, second), *gazetteer.border_units(second, first)]
            return Side(None, units, reason="a border of two countries")
        if sided:
            return Side(first, gazetteer.border_units(first, second), examples)
        return Side(None, gazetteer.border_units(first, second), examples, reason="a border of two countries")
    if not countries:
        return Side(None, reason="the border of no country that could be told")
    only = countries[0]
    local = next((one.entry for one in named if one.entry.kind is not PlaceKind.COUNTRY and not one.people), None)
    if local is not None:
        return Side(only, [local], examples)
    neighbours = gazetteer.neighbours(only)
    home = trail.foremost(phrase.start, neighbours)
    if examples:
        theirs = {one.entry.country for one in examples}
        return Side(theirs.pop() if len(theirs) == 1 else None, (), examples)
    if "bordering" in text and NATIONS.search(text):
        around = [entry for iso3 in sorted(neighbours) if (entry := gazetteer.country(iso3)) is not None]
        return Side(None, around, reason="several countries")
    if home is None and "bordering" in text:
        home = next((iso3 for iso3 in trail.countries_after(phrase.end) if iso3 in neighbours), None)
        if home is None:
            return Side(None, reason="the country on this side of the border is not named")
    if home is None:
        return Side(only, reason="the neighbour is not named")
    return Side(home, gazetteer.border_units(home, only))


def _joined(phrase: Phrase, named: Sequence[Resolved]) -> bool:
    """Whether the first two names are one pair: *the Sudan-Chad border*, *the border between Sudan and Chad*."""
    gap = phrase.text[named[0].end - phrase.start : named[1].start - phrase.start]
    return gap.strip() in {"-", "–", "‑", "and", "/"}
