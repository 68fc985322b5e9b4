"""From a phrase and the places its names were resolved to, the place of the codebook (section 7)."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TypedDict

import msgspec

from foreshock.model.statement import Place, PlaceMember
from foreshock.model.vocabulary import Precision
from foreshock.places import relative
from foreshock.places.context import NEARBY, POSSESSOR, contains, distance, tells_near
from foreshock.places.gazetteer import Entry, Gazetteer, PlaceKind
from foreshock.places.labels import Label, label_over, labels
from foreshock.places.lexicon import shipped
from foreshock.places.phrase import JOINING, Phrase
from foreshock.places.trail import WIDE, Trail
from foreshock.places.whereabouts import Answer, Question, Whereabouts

PRECISIONS = {
    PlaceKind.COUNTRY: Precision.COUNTRY,
    PlaceKind.ADMIN1: Precision.ADMIN1,
    PlaceKind.ADMIN2: Precision.ADMIN2,
    PlaceKind.SETTLEMENT: Precision.POINT,
    PlaceKind.SITE: Precision.POINT,
    PlaceKind.REGION: Precision.REGION,
    PlaceKind.WATER: Precision.REGION,
}
UNPLACED = frozenset({Precision.COUNTRY, Precision.REGION})
"""The precisions that are never drawn as a pin, and so carry no coordinates."""

PAIR = 2
"""Names of which a mere comma may put the first into the second; more are a list."""

AREA_REACH = 800
"""Characters back to the place that *the area* surrounds."""

BACK = frozenset({PlaceKind.SETTLEMENT, PlaceKind.ADMIN1, PlaceKind.ADMIN2})
POINTED = frozenset({PlaceKind.SETTLEMENT, PlaceKind.SITE})
BOUNDED = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2})
"""The kinds of which the index tells what lies in them."""
LIES_BY = re.compile(r"(?<!\band )(?<!\bor )\b(?:in|of|at|on|by|near|outside|from|around|along|close to|next to)\b")
"""Between two names: that the first lies in or beside the second; not *in Goma and in Bukavu*."""
SOMEBODYS = re.compile(
    r"\b(?:his|her|their|my)\b|\bpalace of (?!(?:the )?(?:people|nations?|republic|president|justice)\b)"
)
"""A palace of somebody's, or of a place: *the palace of the fon*, but not *the palace of the nation*."""
OWNING = re.compile(r"(?:'s|’s) (?:[a-z-]+ ){0,2}")
OWNED = re.compile(r"(?: building)? (?:in|of) ")
"""Between a region and what is its own: *Puntland's parliament*, *the parliament of Somaliland*."""
INDEFINITE = re.compile(r"\ban? ([a-z']+)(?: ([a-z']+))?")
"""The words after an article that says that a house is one of many, or is yet to be: *a new parliament*."""
SET_APART = re.compile(r"(?: [a-z-]+){0,2} ?[,(] ?")
"""Between two names: a comma or bracket, after what the first is: *Karrada, Baghdad*, *Zamzam camp, El Fasher*."""


class Resolved(msgspec.Struct, frozen=True):
    """A name of a phrase, `[start, end)`, with its place and chance; a people gives its country."""

    start: int
    end: int
    text: str
    entry: Entry
    chance: float
    people: bool
    features: dict[str, float]


class _Told(TypedDict):
    """The fields that a place and a member of one share."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: Precision
    geonameid: int | None


class Composer:
    """Composes the places of one text."""

    def __init__(self, gazetteer: Gazetteer, trail: Trail, whereabouts: Whereabouts) -> None:
        self.gazetteer = gazetteer
        self.trail = trail
        self.whereabouts = whereabouts

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

    def pointing_back(self, phrase: Phrase) -> Place:
        """A phrase without a name: *the city*, *both countries*, *the east*, resolved by what came before."""
        words = phrase.text.lower().split()
        if {"both", "either", "two"} & set(words) and any(word.startswith("countr") for word in words):
            pair = [entry for iso3 in self.trail.countries(phrase.start)[:2] if (entry := self.gazetteer.country(iso3))]
            members = [self._member(entry) for entry in pair]
            return self._empty(phrase, None if len(pair) == 2 else "no two countries are named before it", members)
        kind = shipped().anaphors.get(phrase.noun or "")
        own = phrase.noun in {"territory", "soil"} and words[0] in {"its", "their", "his"}
        if own or (kind is PlaceKind.COUNTRY and not phrase.compass):
            state = self._state_around(phrase) if phrase.noun == "state" else None
            return self.of_entry(phrase, state) if state is not None else self._country_around(phrase)
        if phrase.noun == "capital":
            return self._capital_around(phrase)
        if kind in BACK and not phrase.plural:
            entry = self.trail.latest_of(phrase.start, frozenset({kind}) if kind is not None else frozenset())
            return self.of_entry(phrase, entry) if entry is not None else self._around(phrase)
        if kind is PlaceKind.REGION and not phrase.plural and not phrase.border:
            entry = self.trail.latest(phrase.start, lambda one: one.kind not in WIDE, AREA_REACH)
            return self.of_entry(phrase, entry, Precision.REGION) if entry is not None else self._around(phrase)
        return self._around(phrase)

    def unknown(self, phrase: Phrase, name: str, reason: str) -> Place:
        """A name that the gazetteer does not hold: the country and unit that the text puts it into."""
        answer = self.ask(phrase, name)
        unit = self.gazetteer.unit(answer.unit) if answer.unit else None
        known = Precision.ADMIN1 if unit is not None else Precision.COUNTRY if answer.country else None
        part = phrase.compass or phrase.vague or phrase.plural or phrase.offset
        return Place(
            start=phrase.start,
            end=phrase.end,
            text=phrase.text,
            name=name or phrase.text,
            country=answer.country,
            admin1=unit.name if unit else None,
            precision=Precision.REGION if known is not None and part else known,
            reason=f"{reason}; its country is the one the text speaks of" if answer.country else reason,
        )

    def ask(self, phrase: Phrase, name: str = "") -> Answer:
        """Where a phrase lies that the gazetteer does not tell, by all that the text says of its name."""
        asked = question(self.trail.text, phrase, name)
        if name and (_is_unit(phrase) or self._told_in_unknown_unit(asked.spots)):
            asked = msgspec.structs.replace(asked, unit=True)
        answer = self.whereabouts.ask(asked)
        beside = self._told_near(asked.spots) if name else None
        if beside is not None and not self._lies_near(answer.country, beside):
            return Answer(beside.country, beside.admin1, 1.0, 1.0)
        label = label_over(self._labels, phrase.start)
        if name and label is not None and not self._names(answer.country, label):
            return Answer(label.country, None, 1.0, 1.0)
        if answer.country is None or answer.country in shipped().scattered:
            return answer
        if answer.unit is not None or asked.unit:
            return answer
        if _is_national(phrase, answer.country) and not self._is_of_region(phrase):
            capital = self.gazetteer.capital(answer.country)
            return answer._replace(unit=capital.admin1 if capital is not None else None)
        return answer

    def _is_of_region(self, phrase: Phrase) -> bool:
        """Whether a phrase is told to be that of a part of a country which is no unit: *Puntland's parliament*."""
        text = self.trail.text
        regions = (step for step in self.trail.steps if step.spot and step.entry.kind is PlaceKind.REGION)
        return any(
            OWNING.fullmatch(text, step.end, phrase.start) or OWNED.fullmatch(text, phrase.end, step.start)
            for step in regions
        )

    @cached_property
    def _labels(self) -> list[Label]:
        """The countries that label the entries of a round-up each."""
        countries = (step for step in self.trail.steps if step.spot and step.entry.kind is PlaceKind.COUNTRY)
        return labels(self.trail.text, [(step.start, step.end, step.entry.country or "") for step in countries])

    def _names(self, iso3: str | None, label: Label) -> bool:
        """Whether what stands under a label names a country or something in it."""
        return any(label.start <= step.start < label.until and step.entry.country == iso3 for step in self.trail.steps)

    def _told_near(self, spots: Sequence[tuple[int, int]]) -> Entry | None:
        """The town or site that a name is told to lie near, wherever else the text speaks of: *Hindon near Delhi*."""
        text = self.trail.text
        for _, end in spots:
            after = next((step for step in self.trail.steps if step.start >= end), None)
            if after is not None and after.spot and after.entry.kind in POINTED and tells_near(text[end : after.start]):
                return after.entry
        return None

    def _lies_near(self, iso3: str | None, entry: Entry) -> bool:
        """Whether a town or site lies in a country, or near a place there that the text names."""
        theirs = (step.entry for step in self.trail.steps if step.spot and step.entry.country == iso3)
        return entry.country == iso3 or any(distance(entry, one) <= NEARBY for one in theirs if one.kind in POINTED)

    def _told_in_unknown_unit(self, spots: Sequence[tuple[int, int]]) -> bool:
        """Whether a name is told to lie in a unit that the index does not hold: *X, a village in Kunjar province*."""
        for _, end in spots:
            told = _in_unit().match(self.trail.text, end)
            if told and not any(told.start("unit") <= step.start < told.end() for step in self.trail.steps):
                return True
        return False

    def _capital_around(self, phrase: Phrase) -> Place:
        country = self.ask(phrase).country
        home = self.gazetteer.country(country) if country else None
        capital = relative.capital_of(self.gazetteer, home) if home else None
        return self.of_entry(phrase, capital) if capital is not None else self._around(phrase)

    def _state_around(self, phrase: Phrase) -> Entry | None:
        """The first-level unit that a phrase lies in, where the country spoken of consists of states."""
        answer = self.ask(phrase)
        return self.gazetteer.unit(answer.unit) if answer.unit and answer.country in shipped().states else None

    def _country_around(self, phrase: Phrase) -> Place:
        country = self.ask(phrase).country
        home = self.gazetteer.country(country) if country else None
        if home is None:
            return self._empty(phrase, "no country is spoken of around it", ())
        return self.of_entry(phrase, home, Precision.COUNTRY)

    def _around(self, phrase: Phrase) -> Place:
        """A phrase that names nothing: the country spoken of around it, and the unit where it is one spot."""
        answer = self.ask(phrase)
        if answer.country is None:
            return self._empty(phrase, "it names no place, and no country is spoken of around it", ())
        unit = self.gazetteer.unit(answer.unit) if answer.unit else None
        return Place(
            start=phrase.start,
            end=phrase.end,
            text=phrase.text,
            name=phrase.text,
            country=answer.country,
            admin1=unit.name if unit else None,
            precision=Precision.REGION,
            reason="it names no place; the country is the one spoken of around it",
        )

    def of_entry(
        self, phrase: Phrase, entry: Entry, precision: Precision | None = None, reason: str | None = None
    ) -> Place:
        """The place of a phrase that means an entry, or a part of it where `precision` says region."""
        told = self._told(entry, precision or PRECISIONS[entry.kind])
        members = tuple(self._member(one) for one in self.gazetteer.members(entry)) if precision is None else ()
        return Place(start=phrase.start, end=phrase.end, text=phrase.text, members=members, reason=reason, **told)

    def _member(self, entry: Entry, named: Resolved | None = None) -> PlaceMember:
        told = self._told(entry, PRECISIONS[entry.kind])
        if named is None:
            return PlaceMember(**told)
        return PlaceMember(start=named.start, end=named.end, text=named.text, **told)

    def _told(self, entry: Entry, precision: Precision) -> _Told:
        """What the gazetteer tells of an entry, in the words of a place; coordinates only where it is drawn."""
        drawn = precision not in UNPLACED
        return {
            "name": entry.name,
            "country": entry.country,
            "admin1": self.gazetteer.admin1_name(entry),
            "lat": entry.lat if drawn else None,
            "lon": entry.lon if drawn else None,
            "precision": precision,
            "geonameid": entry.geonameid,
        }

    def _empty(self, phrase: Phrase, reason: str | None, members: Sequence[PlaceMember]) -> Place:
        return Place(
            start=phrase.start,
            end=phrase.end,
            text=phrase.text,
            name=phrase.text if members else None,
            precision=Precision.REGION if members else None,
            members=tuple(members),
            reason=reason,
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


def _is_unit(phrase: Phrase) -> bool:
    """Whether a phrase's common nouns call it a first-level unit, and nothing smaller."""
    return PlaceKind.ADMIN1 in phrase.heads and _only_unit(phrase.heads)


def _is_national(phrase: Phrase, iso3: str) -> bool:
    """Whether a phrase names one house of what a state has one of, which stands in the capital: *the parliament*.

    Not *a congress*, nor *the congress* where parties and unions hold one, nor *the assembly* where each state has its
    own.
    """
    if phrase.plural or phrase.vague or phrase.line or phrase.border:
        return False
    lists, text = shipped(), phrase.text.replace("’", "'").lower()
    words = set(text.split())
    if "palace" in words and (SOMEBODYS.search(text) or any(word.endswith("'s") for word in words - lists.owners)):
        return False
    houses = words & lists.national
    if houses == {"congress"} and iso3 not in lists.congresses:
        return False
    if houses == {"assembly"} and "national" not in words and iso3 in lists.assemblies:
        return False
    if any(not lists.national.isdisjoint(found) for found in INDEFINITE.findall(text)):
        return False
    return bool(houses) and words.isdisjoint(lists.subnational)


def _only_unit(kinds: frozenset[PlaceKind]) -> bool:
    return kinds <= {PlaceKind.ADMIN1, PlaceKind.REGION}


@lru_cache(maxsize=1)
def _in_unit() -> re.Pattern[str]:
    """After a name: that it lies in a unit, with the unit's name."""
    heads = shipped().heads
    nouns = "|".join(sorted(word for word, kinds in heads.items() if PlaceKind.ADMIN1 in kinds and _only_unit(kinds)))
    between = r"(?:,? (?:an? )?(?:[a-z-]+ ){0,3})?(?:in|of)(?: the)? "
    return re.compile(rf"{between}(?P<unit>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){{0,2}}) (?i:{nouns})\b")


def question(text: str, phrase: Phrase, name: str = "") -> Question:
    """What to ask about a phrase: with a name, of every passage that has it."""
    spots = (
        tuple((match.start(), match.end()) for match in re.finditer(rf"\b{re.escape(name)}\b", text)) if name else ()
    )
    return Question(
        spots=spots or ((phrase.start, phrase.end),),
        named=bool(name),
        wide=phrase.compass or phrase.vague or phrase.plural,
        line=phrase.line,
    )


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
