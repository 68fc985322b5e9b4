"""What a text tells about the names in it: containers, common nouns beside them, countries and units it speaks of."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from foreshock.places import lexicon
from foreshock.places.gazetteer import Candidate, Entry, PlaceKind
from foreshock.places.recognise import Found, Reading

CONTAINED = re.compile(
    r"(?:’s|'s)?(?:,| \()? ?(?:(?:[a-z-]+ )?(?:in|of|near|on)(?: the)?(?: [a-z-]+){0,2} )?$|[.,]{1,2} $"
)
"""What stands between a place and the one it lies in: *X, Y*, *X (Y)*, *X in eastern Y*, *X province of Y*."""

POSSESSOR = re.compile(
    r"(?:’s|'s) (?:[a-z-]+ ){0,2}$| (?:region|province|state|district) (?:city |town |village )?of $"
)
BESIDE = re.compile(r"(?:,? an?)?(?: [a-z-]+){0,3} (?:near|outside)(?: the)? ")
"""What stands between a place and one told to lie nearby: *X near Y*, *X air base near Y*, *X, a village outside Y*."""

NEARBY = 300.0
"""Kilometres within which a place lies that is told to lie near another."""

FARTHEST = 1000.0
"""Kilometres beyond which another place says nothing."""

SPOKEN, SIGN = 4.0, 0.015
"""Votes from which a text plainly speaks of some country, and the share below which it gives no sign of one."""

PART = 0.25
"""The share from which the names of a text are sign enough of a country that it does not name."""

FAMOUS = 300_000
"""People from which a town or unit tells of its country in a text that does not name it."""

CONTAINERS = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION})


class Name(msgspec.Struct):
    """One name with all its occurrences in a text.

    `containers` are the bearers of names that the text puts it into, `beside` those of names that it puts it near, by
    name, `heads` the kinds that a common noun beside it names, `count` how often it occurs, `dateline` whether it opens
    the text.
    """

    key: str
    text: str
    candidates: tuple[Candidate, ...]
    count: int = 0
    containers: list[Entry] = []
    beside: dict[str, Sequence[Entry]] = {}
    heads: set[PlaceKind] = set()
    dateline: bool = False


class Context:
    """All names of one text, and what they say together once each has first chances."""

    def __init__(self, reading: Reading, mentions: Sequence[Found], country: str | None) -> None:
        self.country = country
        self.names: dict[str, Name] = {}
        self.named: dict[str, float] = defaultdict(float)
        for mention in mentions:
            if mention.demonym is not None:
                if mention.demonym.country is not None:
                    self.named[mention.demonym.country] += 0.5
                continue
            self._add(reading, mention)
        for before, after in pairwise(mentions):
            self._contain(reading, before, after)
        self.first_round: dict[str, list[dict[str, float]]] = {}
        """The features of each name's candidates before the text's names speak together, kept for `rank`."""
        self.tops: dict[str, Entry] = {}
        self._own: dict[str, dict[str, float]] = {}
        self._votes: dict[str, float] = {}
        self._countries: frozenset[str] = frozenset()
        self._country_total = self._unit_total = 0.0
        self._spots: list[tuple[str, Entry]] = []

    def _add(self, reading: Reading, mention: Found) -> None:
        name = self.names.get(mention.key)
        if name is None:
            name = self.names[mention.key] = Name(mention.key, mention.text, mention.candidates, heads=set())
            name.containers, name.beside = [], {}
        name.count += 1
        name.heads |= _heads(reading, mention)
        name.dateline = name.dateline or bool(mention.evidence.get("dateline_after"))
        for candidate in mention.candidates:
            if candidate.entry.kind is PlaceKind.COUNTRY and candidate.grade > 1 and candidate.entry.country:
                self.named[candidate.entry.country] += 1.0

    def _contain(self, reading: Reading, before: Found, after: Found) -> None:
        gap = reading.text[before.end : after.start]
        if len(gap) > 40:
            return
        if before.demonym is None and CONTAINED.fullmatch(gap):
            self.names[before.key].containers += _containers(after)
        if before.demonym is None and after.candidates and tells_near(gap):
            self.names[before.key].beside[after.key] = [one.entry for one in after.candidates]
        if after.demonym is None and (
            POSSESSOR.fullmatch(gap) or (before.demonym is not None and gap in {" ", " city of ", " town of "})
        ):
            self.names[after.key].containers += _containers(before)

    def settle(self, chances: Mapping[str, Sequence[float]]) -> None:
        """Take every name's first chances, and sum what they say of countries and first-level units."""
        countries: dict[str, float] = defaultdict(float)
        units: dict[str, float] = defaultdict(float)
        for name in self.names.values():
            shares, weight = chances[name.key], 1.0 + math.log(name.count)
            own: dict[str, float] = {}
            for candidate, share in zip(name.candidates, shares, strict=True):
                entry = candidate.entry
                if entry.country:
                    own[entry.country] = own.get(entry.country, 0.0) + weight * share
                    countries[entry.country] += weight * share
                if entry.admin1:
                    own[entry.admin1] = own.get(entry.admin1, 0.0) + weight * share
                    units[entry.admin1] += weight * share
            self._own[name.key] = own
            self.tops[name.key] = name.candidates[max(range(len(shares)), key=shares.__getitem__)].entry
        for iso3, count in self.named.items():
            countries[iso3] += 0.5 * math.log1p(count)
        self._votes = {**countries, **units}
        self._countries = frozenset(countries)
        self._country_total, self._unit_total = sum(countries.values()), sum(units.values())
        self._spots = [
            (key, top) for key, top in self.tops.items() if top.kind is not PlaceKind.COUNTRY and top.lat is not None
        ]

    def country_share(self, name: Name, iso3: str | None) -> float:
        """The share of the other names' votes that a country has."""
        weight = 1.0 + math.log(name.count)
        return self._others(name, iso3) / max(self._country_total - weight, 1.0)

    def home(self, name: Name) -> str | None:
        """The country that has at least half of the other names' votes, and as many as the name itself; null where
        none has."""
        own = self._own[name.key]
        votes = {iso3: max(0.0, self._votes[iso3] - own.get(iso3, 0.0)) for iso3 in self._countries}
        best = max(votes, key=lambda iso3: (votes[iso3], iso3), default=None)
        if best is None or votes[best] < 1.0 + math.log(name.count) or votes[best] < 0.5 * sum(votes.values()):
            return None
        return best

    def speaks_most_of(self, name: Name, iso3: str | None) -> bool:
        """Whether other names vote for a country, and for none more than twice as much."""
        votes = self._others(name, iso3)
        return votes > 0.0 and all(votes >= 0.5 * self._others(name, other) for other in self._countries)

    def foreign(self, name: Name, entry: Entry) -> bool:
        """Whether a text that plainly speaks of some country gives no sign of an entry's."""
        if entry.country is None or self._country_total - 1.0 - math.log(name.count) < SPOKEN:
            return False
        return self.country_share(name, entry.country) < SIGN

    def told_of(self, name: Name, iso3: str | None) -> bool:
        """Whether a text gives a sign of a country that more than namesakes give: it names it, its people or a place
        there that is known afar, or has a good part of its other names there."""
        share = self.country_share(name, iso3)
        if iso3 is None or share < SIGN or share >= PART:
            return share >= PART
        if self.named.get(iso3):
            return True
        return any(
            key != name.key and top.country == iso3 and (top.capital or top.population > FAMOUS)
            for key, top in self.tops.items()
        )

    def unit_share(self, name: Name, code: str | None) -> float:
        """The other names' votes for a first-level unit, as a share of all votes for units."""
        return self._others(name, code) / max(self._unit_total, 1.0)

    def _others(self, name: Name, value: str | None) -> float:
        if value is None:
            return 0.0
        return max(0.0, self._votes.get(value, 0.0) - self._own[name.key].get(value, 0.0))

    def nearness(self, name: Name, entry: Entry) -> float:
        """1 where another name's likeliest place lies at the same spot, falling to 0 some 500 km away."""
        if entry.lat is None or entry.kind is PlaceKind.COUNTRY:
            return 0.0
        nearest = FARTHEST
        for key, other in self._spots:
            if key == name.key or other.id == entry.id or other.lat is None:
                continue
            if abs(other.lat - entry.lat) * 111.0 < nearest:
                nearest = min(nearest, distance(entry, other))
        return math.exp(-nearest / 150.0) if nearest < FARTHEST else 0.0


def _heads(reading: Reading, mention: Found) -> set[PlaceKind]:
    """The kinds of place that a common noun beside a mention names: *Kursk region*, *the city of Kursk*."""
    lists = lexicon.shipped()
    found: set[PlaceKind] = set()
    if mention.last + 1 < len(reading.words) and reading.between(mention.last + 1) == " ":
        found |= lists.heads.get(reading.keys[mention.last + 1], frozenset())
    if mention.first > 1 and reading.keys[mention.first - 1] == "of" and reading.between(mention.first) == " ":
        found |= lists.heads.get(reading.keys[mention.first - 2], frozenset())
    elif mention.first > 0 and reading.between(mention.first) == " ":
        found |= lists.heads.get(reading.keys[mention.first - 1], frozenset())
    return found


def tells_near(gap: str) -> bool:
    """Whether what stands between two places says that the first lies near the second, and is at most a noun for it."""
    if not BESIDE.fullmatch(gap):
        return False
    between = gap.strip(" ,").removesuffix(" the").split()[:-1]
    return not between or between[-1] in lexicon.shipped().heads


def _containers(mention: Found) -> Iterable[Entry]:
    if mention.demonym is not None:
        return [mention.demonym]
    return [one.entry for one in mention.candidates if one.entry.kind in CONTAINERS and one.grade > 1]


def contains(outer: Entry, inner: Entry) -> bool:
    """Whether a country or unit holds a place; a place never holds itself."""
    if outer.id == inner.id:
        return False
    if outer.kind is PlaceKind.COUNTRY:
        return inner.country == outer.country
    if outer.kind is PlaceKind.ADMIN1:
        return inner.admin1 == outer.admin1
    if outer.kind is PlaceKind.ADMIN2:
        return inner.admin2 == outer.admin2 and inner.kind is not PlaceKind.ADMIN2
    return outer.country is not None and inner.country == outer.country


def distance(one: Entry, other: Entry) -> float:
    """Kilometres between two entries along the sphere; infinite where either has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    dlat, dlon = lat2 - lat1, math.radians(other.lon - one.lon)
    half = math.sin(dlat / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))
