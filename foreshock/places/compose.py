"""From a phrase and the places its names were resolved to, the place of the codebook (section 7)."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from foreshock.model.statement import Place
from foreshock.model.vocabulary import Precision
from foreshock.places import relative
from foreshock.places.context import POSSESSOR, contains
from foreshock.places.filled import Resolved
from foreshock.places.gazetteer import POINTED, Entry, PlaceKind
from foreshock.places.phrase import JOINING, Phrase
from foreshock.places.pointing import Pointing

PAIR = 2
"""Names of which a mere comma may put the first into the second; more are a list."""
BOUNDED = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2})
"""The kinds of which the index tells what lies in them."""
LIES_BY = re.compile(r"(?<!\band )(?<!\bor )\b(?:in|of|at|on|by|near|outside|from|around|along|close to|next to)\b")
"""Between two names: that the first lies in or beside the second; not *in Goma and in Bukavu*."""
SET_APART = re.compile(r"(?: [a-z-]+){0,2} ?[,(] ?")
"""Between two names: a comma or bracket, after what the first is: *Karrada, Baghdad*, *Zamzam camp, El Fasher*."""


class Composer(Pointing):
    """Composes the places of one text."""

    def place(self, phrase: Phrase, names: Sequence[Resolved]) -> Place:
        """The place of a phrase whose names are resolved."""
        places, people = [one for one in names if not one.people], [one for one in names if one.people]
        if phrase.border and names:
            return self._border(phrase, places, people)
        if places and people and all(one.entry.country is None for one in places):
            return self._of_people(phrase, people)
        if not places and people:
            return self._of_people(phrase, people)
        if not places:
            return self.pointing_back(phrase)
        inner = self._innermost(phrase, _without_foreign_examples(phrase, places))
        if len(inner) > 1:
            return self._several(phrase, inner)
        if phrase.plural and phrase.examples is not None and inner[0].start > phrase.examples:
            return msgspec.structs.replace(self._several(phrase, inner), admin1=None)
        return self._one(phrase, inner[0].entry)

    def _innermost(self, phrase: Phrase, names: Sequence[Resolved]) -> list[Resolved]:
        """The places of a phrase that hold none of its others: *Kutum* in *Kutum, North Darfur*; each place once.

        Names joined by *and* or a hyphen are equals: neither holds the other.
        """
        equals = {
            frozenset({one.start, other.start})
            for one, other in pairwise(names)
            if (between := _between(phrase, one, other)) in JOINING or between.strip(" ,") in {"and", "or", "&"}
        }
        pair = sum(one.entry.kind not in {PlaceKind.COUNTRY, PlaceKind.ADMIN1} for one in names) == PAIR
        kept: dict[int, Resolved] = {}
        for one in names:
            others = (other for other in names if frozenset({one.start, other.start}) not in equals)
            if not any(self._holds(phrase, one, other, pair=pair) for other in others):
                kept.setdefault(one.entry.id, one)
        return list(kept.values()) or list(names[:1])

    def _holds(self, phrase: Phrase, outer: Resolved, inner: Resolved, *, pair: bool) -> bool:
        """Whether one name of a phrase holds another.

        A unit holds what lies in it. A town holds only what is told to lie in it or by it (*Sake near Goma*, *Honiara's
        Chinatown*, and of a `pair` *Karrada, Baghdad*), and nothing of a list (*Goma, Bukavu and Uvira*).
        """
        if not contains(outer.entry, inner.entry):
            return False
        units = self.gazetteer.members(outer.entry)
        if outer.entry.kind in BOUNDED or any(one.id == inner.entry.id or contains(one, inner.entry) for one in units):
            return True
        if inner.entry.kind in {PlaceKind.ADMIN1, PlaceKind.REGION}:
            return False
        before, after = _between(phrase, inner, outer), _between(phrase, outer, inner)
        told = LIES_BY.search(before) or POSSESSOR.fullmatch(after)
        return told is not None or (pair and SET_APART.fullmatch(before) is not None)

    def _one(self, phrase: Phrase, entry: Entry) -> Place:
        """A phrase about one place: itself, a part of it, a spot beside it, or its capital."""
        if phrase.noun == "capital" and (phrase.possessed or phrase.text.lower().startswith("the capital of")):
            capital = relative.capital_of(self.gazetteer, entry)
            if capital is not None:
                return self.of_entry(phrase, capital)
        part = phrase.compass or phrase.vague or phrase.plural
        if phrase.plural and PlaceKind.ADMIN1 in phrase.heads and entry.kind is PlaceKind.ADMIN1:
            return self._of_units(phrase, entry)
        if phrase.offset or part:
            return self.of_entry(phrase, entry, Precision.REGION)
        if PlaceKind.ADMIN2 in phrase.heads and entry.kind is PlaceKind.SETTLEMENT:
            unit = self.gazetteer.unit(entry.admin2) if entry.admin2 else None
            return self.of_entry(phrase, unit or entry, Precision.ADMIN2)
        if phrase.noun in {"area", "vicinity", "countryside", "outskirts"} and entry.kind in POINTED:
            return self.of_entry(phrase, entry, Precision.REGION)
        if phrase.noun in {"coast", "enclave", "enclaves", "highlands", "borderlands"}:
            return self.of_entry(phrase, entry, Precision.REGION)
        return self.of_entry(phrase, entry)

    def _of_units(self, phrase: Phrase, known: Entry) -> Place:
        """*Hiran and Bakool regions*, of which one alone is known: several units, in the country of that one."""
        place = self.of_entry(phrase, known, Precision.REGION)
        return msgspec.structs.replace(place, name=phrase.text, admin1=None, geonameid=None)

    def _of_people(self, phrase: Phrase, people: Sequence[Resolved]) -> Place:
        """*Russian regions*, *the Ukrainian capital*, *Afghan soil*: never a point for the people itself."""
        entry = people[-1].entry
        if phrase.noun == "capital":
            capital = relative.capital_of(self.gazetteer, entry)
            if capital is not None:
                return self.of_entry(phrase, capital)
        if entry.country is None and phrase.noun == "country":
            return self._country_around(phrase)
        if len({one.entry.id for one in people}) > 1:
            return self._several(phrase, people)
        whole = phrase.noun in {None, "territory", "state", "republic", "country", "nation"}
        if whole and not (phrase.compass or phrase.vague or phrase.plural):
            return self.of_entry(phrase, entry)
        return self.of_entry(phrase, entry, Precision.REGION)

    def _border(self, phrase: Phrase, places: Sequence[Resolved], people: Sequence[Resolved]) -> Place:
        """A frontier: the units on the side the text speaks of, or both countries."""
        names = sorted([*places, *people], key=lambda one: one.start)
        side = relative.side_of_border(self.gazetteer, phrase, names, self.trail)
        if side.examples:
            members = [self._member(one.entry, one) for one in side.examples]
        else:
            members = [self._member(unit) for unit in side.units]
        if side.country is None:
            return self._empty(phrase, side.reason, members)
        home = self.gazetteer.country(side.country)
        units = {member.admin1 for member in members}
        return Place(
            start=phrase.start,
            end=phrase.end,
            text=phrase.text,
            name=phrase.text,
            country=side.country,
            admin1=side.admin1 or (units.pop() if len(units) == 1 else None),
            precision=Precision.REGION,
            geonameid=home.geonameid if home is not None and not members else None,
            members=tuple(members),
            reason=side.reason,
        )

    def _several(self, phrase: Phrase, names: Sequence[Resolved]) -> Place:
        """A list of places: a region with members, in a country or unit where all lie in one."""
        members = [self._member(one.entry, one) for one in names]
        countries, units = {one.country for one in members}, {one.admin1 for one in members}
        return Place(
            start=phrase.start,
            end=phrase.end,
            text=phrase.text,
            name=phrase.text,
            country=countries.pop() if len(countries) == 1 else None,
            admin1=units.pop() if len(units) == 1 else None,
            precision=Precision.REGION,
            members=tuple(members),
            reason=None,
        )


def _without_foreign_examples(phrase: Phrase, names: Sequence[Resolved]) -> Sequence[Resolved]:
    """The names of a phrase without examples that lie in none of the countries and units it is about: the *Ain* of
    *bases in Iraq, including Ain al-Asad* is not that of the Emirates."""
    if phrase.examples is None:
        return names
    about = [one.entry for one in names if one.start < phrase.examples and one.entry.kind in BOUNDED]
    return [
        one
        for one in names
        if one.start < phrase.examples
        or one.entry.kind is PlaceKind.COUNTRY
        or not about
        or any(contains(outer, one.entry) for outer in about)
    ]


def _between(phrase: Phrase, one: Resolved, other: Resolved) -> str:
    """What a phrase has between two of its names; empty where the second stands before the first."""
    return phrase.text[one.end - phrase.start : max(one.end, other.start) - phrase.start]


def fitting(heads: frozenset[PlaceKind]) -> Callable[[Entry], bool] | None:
    """The test that a phrase's common nouns put to the bearers of its name; null where they put none."""
    kinds = heads & {PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.SETTLEMENT, PlaceKind.WATER}
    if not kinds:
        return None
    wider = kinds | {PlaceKind.REGION} if PlaceKind.REGION in heads else kinds
    return lambda entry: entry.kind in wider
