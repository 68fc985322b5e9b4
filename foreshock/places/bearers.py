"""Which of the bearers of a name may be meant in a text, and which are only called so."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from foreshock.places import lexicon, linear, rank, roles
from foreshock.places.context import NEARBY, SIGN, Context, Name, contains, distance
from foreshock.places.gazetteer import NO_TOWNS, POINTED, Entry, Gazetteer, PlaceKind
from foreshock.places.names import key
from foreshock.places.namesakes import bears_as_main, called_so, known_afar, of_common_words, of_many_states
from foreshock.places.phrase import Phrase
from foreshock.places.recognise import Found, Reading
from foreshock.places.spans import Taken
from foreshock.places.trust import trusted

LARGE = 300_000
"""People from which a unit is known far from its own country."""
TOWN_SHARE = 0.05
"""The least share of a unit's people in the town that the bare name means."""
TOWN = 10_000
"""People from which a town that is spelled otherwise may be meant in a text that does not speak of its unit."""
UNLIKELY = 0.5
"""The chance that the index does not hold what a name means, from which no far-fetched bearer is taken."""
OTHERWISE = 25_000
"""People from which a town is known by more names than its main one: *Ypres*, *Kobani*, *Zalingei*."""
SMALL = frozenset({PlaceKind.SETTLEMENT, PlaceKind.ADMIN2, PlaceKind.ADMIN1})
"""The kinds of which one may be little known."""
ALONE = 0.9
"""The chance from which a bearer of a name is nearly the only one."""
LOCAL = SMALL | {PlaceKind.SITE}
"""The kinds of place that are seldom named far off."""
DOUBTFUL = 0.45
"""The chance of being the one meant below which a bearer far off is not taken."""
HERE = 0.4
"""The share of its chance with which a bearer where the text speaks goes before one far off."""


@dataclass(frozen=True)
class Named:
    """What one text names: its words, the mentions that were recognised among them, and the phrases asked about.

    `country` (ISO 3166-1 alpha-3) is that of the outlet or the reader's interest, where known.
    """

    reading: Reading
    mentions: Sequence[Found]
    phrases: Sequence[Phrase] = ()
    country: str | None = None

    def names(self) -> list[Found]:
        """The names in the phrases and the mentions beside them, in text order."""
        merged = {(name.start, name.end): name for phrase in self.phrases for name in phrase.names}
        taken = Taken(merged)
        for mention in self.mentions:
            if not taken.overlaps(mention.start, mention.end):
                merged[mention.start, mention.end] = mention
        return [merged[span] for span in sorted(merged)]


class Bearers:
    """The names of one text with all who bear them."""

    def __init__(self, gazetteer: Gazetteer, models: linear.Models, named: Named) -> None:
        self.gazetteer, self.models, self.reading, self.phrases = gazetteer, models, named.reading, named.phrases
        self.merged = named.names()
        self.context = Context(named.reading, self.merged, named.country)
        rank.settle(self.context, models.rank_first)
        self._ranked: dict[str, list[rank.Ranked]] = {}
        self._together: dict[str, list[rank.Ranked]] = {}
        self._kept: dict[tuple[int, int], list[rank.Ranked]] = {}

    def ranked(self, name: Found) -> list[rank.Ranked]:
        """The bearers of a name, likeliest first."""
        if name.key not in self._ranked:
            known = self.context.names[name.key]
            found = rank.rank(self.context, known, self.models.rank_second)
            self._ranked[name.key] = found if known.heads else town_before_unit(found)
        return self._ranked[name.key]

    def plausible(self, name: Found) -> list[rank.Ranked]:
        """The bearers of a name that may be meant, likeliest first.

        Where the likeliest is implausible or far off, they are those that it is the main name of in the country that
        the text speaks of or beside it; beside it, an implausible one must be a town that nearly alone is called so.
        """
        span = name.start, name.end
        if span not in self._kept:
            self._kept[span] = self._plausible(name)
        return self._kept[span]

    def _plausible(self, name: Found) -> list[rank.Ranked]:
        known = self.context.names[name.key]
        ranked = self._not_apart(name)
        if not ranked:
            return []
        seat = self._seat(known, ranked)
        if seat is not None and self._is_anothers(name, seat.entry):
            return []
        if seat is not None:
            return [seat, *(one for one in ranked if one is not seat)]
        best = ranked[0]
        implausible = self.implausible(name, best)
        home = self.context.home(known) if implausible else self._home_far_from(name, best)
        if home is None or (implausible and name.key in lexicon.shipped().national):
            return [] if implausible else ranked
        near = {home, *self.gazetteer.neighbours(home)}
        here = [one for one in ranked if one.entry.country in near and self._is_of(known, one.entry, home)]
        if implausible:
            fits = not known.heads or best.entry.kind in known.heads
            alone = fits and best.chance >= ALONE and best.entry.population >= TOWN
            return [one for one in here if one.entry.country == home or (alone and one is best)]
        if here and here[0].chance >= HERE * best.chance:
            return here
        here = [one for one in here if one.entry.country == home or self.context.told_of(known, one.entry.country)]
        doubtful = of_common_words(name.key) or trusted(self.models, known, ranked)[0] < DOUBTFUL
        return here if doubtful else ranked

    def _is_of(self, known: Name, entry: Entry, home: str) -> bool:
        """Whether a name is a place's main one, or the beginning of a town's at home: *Santa Cruz*, in Bolivia."""
        if bears_as_main(known, entry):
            return True
        town = entry.kind is PlaceKind.SETTLEMENT and entry.population >= OTHERWISE
        return town and entry.country == home and key(entry.name).startswith(f"{known.key} ")

    def _not_apart(self, name: Found) -> list[rank.Ranked]:
        """The bearers of a name, likeliest first, without those far from what it is told to lie near."""
        if name.key not in self._together:
            known = self.context.names[name.key]
            self._together[name.key] = [one for one in self.ranked(name) if not self._apart(known, one.entry)]
        return self._together[name.key]

    def _apart(self, known: Name, entry: Entry) -> bool:
        """Whether a small place lies nowhere near what a name is told to lie near: *Hindon air base near Delhi*.

        Near are `NEARBY` kilometres, and of what has no spot of its own the same country or one beside it.
        """
        if not known.beside or entry.kind not in SMALL or entry.population > LARGE or entry.capital:
            return False
        return not all(any(self._near(entry, other) for other in others) for others in known.beside.values())

    def _near(self, entry: Entry, other: Entry) -> bool:
        if entry.country is None or other.country is None or entry.country == other.country:
            return True
        spot = other.kind in POINTED and other.lat is not None
        return distance(entry, other) <= NEARBY if spot else entry.country in self.gazetteer.neighbours(other.country)

    def _seat(self, known: Name, ranked: list[rank.Ranked]) -> rank.Ranked | None:
        """The seat of government that a name is the main name of: *the White House* is no town called so.

        Not where another bearer lies in what the text puts the name into, or in the country that it speaks of.
        """
        seat = next((one for one in ranked if one.entry.seat and bears_as_main(known, one.entry)), None)
        if seat is None:
            return None
        home = self.context.home(known)
        for other in ranked:
            held = any(contains(outer, other.entry) for outer in known.containers)
            if other is not seat and (held or other.entry.country == home != seat.entry.country):
                return None
        return seat

    def _is_anothers(self, name: Found, seat: Entry) -> bool:
        """Whether a house called as another state's seat is that of the country spoken of: *the White House*, in a text
        that plainly speaks of Kyrgyzstan and gives no sign of America, unless it speaks."""
        if not lexicon.shipped().houses.issuperset(name.key.split()):
            return False
        speaks = "speech_after" in roles.evidence_at(self.reading, name.start, name.end)
        return not speaks and self.context.foreign(self.context.names[name.key], seat)

    def best(self, name: Found) -> rank.Ranked | None:
        """The likeliest bearer of a name that may be meant; null where there is none."""
        return next(iter(self.plausible(name)), None)

    def implausible(self, name: Found, best: rank.Ranked) -> bool:
        """Whether the likeliest bearer is a small place in a country of which the text gives no sign.

        *Independence Square* and *the Green Zone* are those of the country that the text speaks of most, or not held;
        *Congress* is no town called so, unless it is told to lie in its state.
        """
        entry, known = best.entry, self.context.names[name.key]
        if any(contains(outer, entry) for outer in known.containers):
            return False
        if name.key in lexicon.shipped().national and entry.kind in SMALL:
            return True
        if entry.kind is PlaceKind.SITE and not entry.seat and of_many_states(name.key):
            return not self.context.speaks_most_of(known, entry.country)
        if entry.kind not in SMALL or entry.population > LARGE or entry.capital or known_afar(known, entry):
            return False
        return self.context.foreign(known, entry) or self._far_fetched(name, known, entry)

    def _far_fetched(self, name: Found, known: Name, entry: Entry) -> bool:
        """Whether a text names countries but none at or beside the entry's, which is small, called otherwise and likely
        not meant: *Bolan*, in a report on Pakistan, is not *Bolands* of Antigua.

        No palace or river is called after such a one (*Quemado Palace*), unless the text speaks most of its country or
        of one beside it: *the Stepanakert market*, in a text on Armenia.
        """
        if entry.population >= OTHERWISE or called_so(known, entry) or entry.country is None:
            return False
        near = (entry.country, *self.gazetteer.neighbours(entry.country))
        for_site = known.heads and known.heads <= NO_TOWNS
        if for_site and not any(self.context.speaks_most_of(known, iso3) for iso3 in near):
            return True
        if not self.context.named or any(self.context.country_share(known, iso3) >= SIGN for iso3 in near):
            return False
        return trusted(self.models, known, self.ranked(name))[1] > UNLIKELY

    def _names_a_pact(self, name: Found) -> bool:
        """Whether a pact is called after a place: *the Dayton accords*, *the peace of Dayton*."""
        keys, pacts, after = self.reading.keys, lexicon.shipped().concluded, name.last + 1
        if after < len(keys) and keys[after] in pacts and self.reading.between(after) == " ":
            return True
        return name.first > 1 and keys[name.first - 1] == "of" and keys[name.first - 2] in pacts

    def _home_far_from(self, name: Found, best: rank.Ranked) -> str | None:
        """The country that most of what the text names lies in, where the likeliest bearer of a name, of whatever
        size, lies neither in it, nor beside it, nor in another that the text gives a sign of; else null.

        A sign is not enough for a village with a name made of common words (*Red Cross*). A dateline in capitals may be
        anywhere, and so may what a pact is called after.
        """
        entry, known = best.entry, self.context.names[name.key]
        if entry.kind not in LOCAL or entry.capital or entry.seat or entry.country is None:
            return None
        if (name.text.isupper() and "\n" in self.reading.between(name.first)) or self._names_a_pact(name):
            return None
        village = entry.kind is PlaceKind.SETTLEMENT and entry.population < TOWN and of_common_words(name.key)
        if not village and self.context.told_of(known, entry.country):
            return None
        home = self.context.home(known)
        if home is None or entry.country == home or entry.country in self.gazetteer.neighbours(home):
            return None
        if any(contains(outer, entry) for outer in known.containers):
            return None
        common = of_common_words(name.key) and entry.population <= LARGE
        return home if common or not known_afar(known, entry) else None


def town_before_unit(ranked: list[rank.Ranked]) -> list[rank.Ranked]:
    """A bare name that a unit shares with a town in it means the town, as *Kidal*; American states do not."""
    if not ranked or ranked[0].entry.kind not in rank.UNITS or ranked[0].entry.country == "USA":
        return ranked
    unit = ranked[0].entry
    for place, one in enumerate(ranked):
        town = one.entry
        large = town.population >= TOWN_SHARE * unit.population
        if town.kind is PlaceKind.SETTLEMENT and large and contains(unit, town):
            chance = ranked[0].chance + one.chance
            first = msgspec.structs.replace(one, chance=chance, beside={"town_before_unit": 1.0})
            return [first, *(other for at, other in enumerate(ranked) if at != place)]
    return ranked
