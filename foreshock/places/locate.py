"""Geoparsing in one process: finds the places of a text, resolves them, and says what each is there for."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from foreshock.errors import MalformedItem
from foreshock.model.statement import Place
from foreshock.places import lexicon, linear, rank, roles
from foreshock.places.compose import POINTED, Composer, Resolved, fitting
from foreshock.places.context import NEARBY, SIGN, Context, Name, contains, distance
from foreshock.places.gazetteer import NO_TOWNS, Entry, Gazetteer, PlaceKind
from foreshock.places.loading import in_use
from foreshock.places.names import key
from foreshock.places.namesakes import bears_as_main, called_so, known_afar, of_common_words, of_many_states
from foreshock.places.phrase import Phrase, parse
from foreshock.places.phrase_name import core, with_noun
from foreshock.places.recognise import Found, Reading, christens, recognise
from foreshock.places.spans import Taken, whole
from foreshock.places.trail import Step, Trail
from foreshock.places.trust import trusted
from foreshock.places.variants import find_by_sound, find_otherwise
from foreshock.places.whereabouts import Whereabouts

Role = Literal["place", "actor", "adjective"]

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
LIKELY = 0.6
"""The least chance of a country in which a name that is not held is looked for by its sound."""

SMALL = frozenset({PlaceKind.SETTLEMENT, PlaceKind.ADMIN2, PlaceKind.ADMIN1})
POWERS = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1})
COURTS = frozenset({("NLD", "The Hague")})
"""Cities named for the courts of all nations in them: they tell little of where a text speaks."""
ALONE = 0.9
"""The chance from which a bearer of a name is nearly the only one."""

LOCAL = SMALL | {PlaceKind.SITE}
"""The kinds of place that are seldom named far off."""

DOUBTFUL = 0.45
"""The chance of being the one meant below which a bearer far off is not taken."""

HERE = 0.4
"""The share of its chance with which a bearer where the text speaks goes before one far off."""


class Mention(msgspec.Struct, frozen=True):
    """A place, or a people, named at `[start, end)`, with its role and the probability that it is one."""

    start: int
    end: int
    text: str
    role: Role
    score: float


class Located(msgspec.Struct, frozen=True):
    """A resolved span.

    `score` is the chance of its entry among the bearers of the name, 0 where nothing was resolved; `features` say what
    made it. `link` is the probability that the entry is the one meant, `no_match` that the index does not hold what the
    name means; both are null for a phrase without a name of its own. `entry` is the gazetteer's, coordinates included,
    where one was meant. Without explanations `features` are empty, and `link` and `no_match` null.
    """

    place: Place
    role: Role
    score: float
    features: dict[str, float]
    entry: Entry | None = None
    link: float | None = None
    no_match: float | None = None


class Locator:
    """Finds and resolves places over one index, with the shipped models or, for measurements, others."""

    def __init__(self, gazetteer: Gazetteer, models: linear.Models | None = None) -> None:
        self.gazetteer = gazetteer
        self._models = models
        self._last: tuple[str, Reading, list[Found]] | None = None
        self._longer: frozenset[int] = frozenset()

    def _read(self, text: str) -> tuple[Reading, list[Found]]:
        """A text's words and the names in it; those of the last text are kept, as it is often asked about twice."""
        if self._last is None or self._last[0] != text:
            reading = Reading(text)
            found = recognise(reading, self.gazetteer, self.models.recognise)
            self._last = (text, reading, found)
            self._longer = frozenset(one.first for one in found if one.first != one.last)
        return self._last[1:]

    def christened(self, text: str, start: int, end: int) -> bool:
        """Whether `[start, end)` of a text is the name of a storm or an operation, or its end; not *Storm Lake*."""
        reading, _ = self._read(text)
        inside = reading.inside(start, end)
        if not self._longer.isdisjoint(inside[:2]):
            return False
        return any(christens(reading, at) for at in inside[:2])

    @property
    def models(self) -> linear.Models:
        """The models in use. Raises `ModelError` where the shipped ones are missing."""
        return self._models or linear.shipped()

    def named(self, text: str) -> list[tuple[int, int]]:
        """The spans of every mention of a place or a people in a text, in order: `mentions` without the roles."""
        return [(one.start, one.end) for one in self._read(text)[1]]

    def whole(self, text: str, start: int, end: int) -> tuple[int, int]:
        """`[start, end)` of a text with what an apostrophe or a number has cut from its name."""
        return whole(self._read(text)[0], self.gazetteer, start, end)

    def mentions(self, text: str) -> list[Mention]:
        """Every mention of a place or a people in a text, in order."""
        reading, found = self._read(text)
        resolution = Resolution(self.gazetteer, self.models, reading, found, [], None)
        model = self.models.recognise
        return [
            Mention(
                start=one.start,
                end=one.end,
                text=one.text,
                role=resolution.role(one.start, one.end, one),
                score=1.0 if one.demonym is not None else round(model.probability(one.evidence), 4),
            )
            for one in found
        ]

    def locate(
        self, text: str, spans: Sequence[tuple[int, int]], *, country: str | None = None, explain: bool = True
    ) -> list[Located]:
        """Resolve the given spans in their document, in the order given.

        `country` (ISO 3166-1 alpha-3) is that of the outlet or the reader's interest, where known. `explain` asks
        what made each score and how far to trust it. A span that can't be resolved comes back with the reason. Raises
        `MalformedItem` where a span lies outside the text.
        """
        for start, end in spans:
            if not 0 <= start < end <= len(text):
                raise MalformedItem("span", f"[{start}, {end}) does not lie in a text of {len(text)} characters")
        reading, mentions = self._read(text)
        phrases = [parse(reading, self.gazetteer, start, end) for start, end in spans]
        resolution = Resolution(self.gazetteer, self.models, reading, mentions, phrases, country, explain=explain)
        return [resolution.located(phrase) for phrase in phrases]


class Resolution:
    """The resolution of one text's names: mentions and phrases together, as each helps the other."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        models: linear.Models,
        reading: Reading,
        mentions: Sequence[Found],
        phrases: Sequence[Phrase],
        country: str | None,
        *,
        explain: bool = True,
    ) -> None:
        self.gazetteer, self.models, self.reading, self.phrases = gazetteer, models, reading, phrases
        self.explain = explain
        wanted = [name for phrase in phrases for name in phrase.names]
        merged = {(name.start, name.end): name for name in wanted}
        taken = Taken(merged)
        for mention in mentions:
            if not taken.overlaps(mention.start, mention.end):
                merged[mention.start, mention.end] = mention
        self.merged = [merged[span] for span in sorted(merged)]
        self.context = Context(reading, self.merged, country)
        rank.settle(self.context, models.rank_first)
        self._ranked: dict[str, list[rank.Ranked]] = {}
        self._together: dict[str, list[rank.Ranked]] = {}
        self._kept: dict[tuple[int, int], list[rank.Ranked]] = {}
        trail = Trail(reading.text, self._steps())
        self.composer = Composer(gazetteer, trail, Whereabouts(reading.text, trail.steps, models))

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
        if seat is not None:
            return [seat, *(one for one in ranked if one is not seat)]
        best = ranked[0]
        implausible = self.implausible(name, best)
        home = self.context.home(known) if implausible else self._home_far_from(name, best)
        if home is None or (implausible and name.key in lexicon.shipped().national):
            return [] if implausible else ranked
        near = {home, *self.gazetteer.neighbours(home)}
        here = [one for one in ranked if one.entry.country in near and bears_as_main(known, one.entry)]
        if implausible:
            fits = not known.heads or best.entry.kind in known.heads
            alone = fits and best.chance >= ALONE and best.entry.population >= TOWN
            return [one for one in here if one.entry.country == home or (alone and one is best)]
        if here and here[0].chance >= HERE * best.chance:
            return here
        doubtful = of_common_words(name.key) or trusted(self.models, known, ranked)[0] < DOUBTFUL
        return here if doubtful else ranked

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

    def best(self, name: Found) -> rank.Ranked | None:
        """The likeliest bearer of a name that may be meant; null where there is none."""
        return next(iter(self.plausible(name)), None)

    def _steps(self) -> list[Step]:
        steps = []
        for mention in self.merged:
            if mention.demonym is not None:
                steps.append(Step(mention.start, mention.end, mention.demonym, True, 0.5))
            elif (best := self.best(mention)) is not None:
                entry, chance = best.entry, best.chance
                firm = entry.kind in POWERS or entry.capital or entry.population > LARGE
                firm = firm and (entry.country, entry.name) not in COURTS
                weight = chance if firm else 0.4 * chance
                government = self._government(mention, entry)
                steps.append(Step(mention.start, mention.end, entry, False, weight, government))
        return steps

    def _government(self, name: Found, entry: Entry) -> bool:
        """Whether a seat of power is named for those who rule from it."""
        if entry.capital:
            return roles.is_government(self.reading, self.models.roles, name.start, name.end)
        return entry.seat and self.role(name.start, name.end, name) == "actor"

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

    def _home_far_from(self, name: Found, best: rank.Ranked) -> str | None:
        """The country that most of what the text names lies in, where the likeliest bearer of a name, of whatever
        size, lies neither in it, nor beside it, nor in another that the text gives a sign of; else null.

        A sign is not enough for a village with a name made of common words (*Red Cross*). A dateline in capitals may be
        anywhere.
        """
        entry, known = best.entry, self.context.names[name.key]
        if entry.kind not in LOCAL or entry.capital or entry.seat or entry.country is None:
            return None
        if name.text.isupper() and "\n" in self.reading.between(name.first):
            return None
        village = entry.kind is PlaceKind.SETTLEMENT and entry.population < TOWN and of_common_words(name.key)
        if not village and self.context.country_share(known, entry.country) >= SIGN:
            return None
        home = self.context.home(known)
        if home is None or entry.country == home or entry.country in self.gazetteer.neighbours(home):
            return None
        if any(contains(outer, entry) for outer in known.containers):
            return None
        return home if of_common_words(name.key) or not known_afar(known, entry) else None

    def resolved(self, name: Found, phrase: Phrase) -> Resolved | None:
        """A phrase's name with its place, or null; its common noun chooses among bearers in the likeliest country."""
        if name.demonym is not None:
            return Resolved(name.start, name.end, name.text, name.demonym, 1.0, True, {"people": 1.0})
        ranked = self.plausible(name)
        if not ranked:
            return None
        test = fitting(phrase.heads) if phrase.plural or phrase.equals or not phrase.several else None
        if test is not None and not test(ranked[0].entry):
            likeliest = ranked[0].entry.country
            ranked = [one for one in ranked if test(one.entry) and one.entry.country == likeliest] or ranked
        best = ranked[0]
        features = best.features if self.explain else {}
        return Resolved(name.start, name.end, name.text, best.entry, best.chance, False, features)

    def names_of(self, phrase: Phrase) -> list[Resolved]:
        """The names of a phrase that were resolved."""
        return [one for name in phrase.names if (one := self.resolved(name, phrase)) is not None]

    def located(self, phrase: Phrase) -> Located:
        """A phrase's place, role and score."""
        names = self.names_of(phrase)
        whole = phrase.names[0] if len(phrase.names) == 1 else None
        role = self.role(phrase.start, phrase.end, whole)
        if names:
            place = self.composer.place(phrase, names)
            places = [one for one in names if not one.people]
            best = min(places or names, key=lambda one: one.chance)
            entry = best.entry if place.geonameid == best.entry.geonameid and place.name == best.entry.name else None
            link, no_match = self._trust(phrase, best)
            return Located(place, role, round(best.chance, 4), best.features, entry, link, no_match)
        name = core(self.reading, phrase)
        if name:
            return self._unknown(phrase, name, role)
        place = self.composer.pointing_back(phrase)
        return Located(place, role, 0.5 if place.country else 0.0, {"points_back": 1.0})

    def _trust(self, phrase: Phrase, best: Resolved) -> tuple[float | None, float | None]:
        """How far a phrase's likeliest name may be trusted; nothing of a people, whose country is certain."""
        if not self.explain:
            return None, None
        name = next((name for name in phrase.names if (name.start, name.end) == (best.start, best.end)), None)
        if name is None or name.demonym is not None:
            return None, None
        link, no_match = trusted(self.models, self.context.names[name.key], self.plausible(name))
        return round(link, 4), round(no_match, 4)

    def _unknown(self, phrase: Phrase, name: str, role: Role) -> Located:
        """A name without a known or likely bearer: another spelling of a place spoken of here, or one not held."""
        trail = self.composer.trail
        other = find_otherwise(self.gazetteer, key(name)) if not phrase.names else None
        near = (
            [
                one.entry
                for one in other[1]
                if trail.speaks_of(one.entry.country)
                and one.entry.kind in SMALL
                and self._credible(phrase, name, one.entry)
            ]
            if other
            else []
        )
        if near:
            place = self.composer.of_entry(phrase, near[0], reason=f"taken for another spelling of {near[0].name}")
            return Located(place, role, 0.5, {"other_spelling": 1.0}, near[0])
        entry = self._by_sound(phrase, name) if not phrase.names else None
        if entry is not None:
            place = self.composer.of_entry(phrase, entry, reason=f"taken for another spelling of {entry.name}")
            return Located(place, role, 0.5, {"same_sound": 1.0}, entry)
        reason = "no bearer of the name lies where the text speaks of" if phrase.names else "not in the gazetteer"
        place = self.composer.unknown(phrase, with_noun(self.reading, phrase), reason)
        if not self.explain:
            return Located(place, role, 0.0, {})
        held = phrase.names[0] if phrase.names and phrase.names[0].demonym is None else None
        ranked = self.ranked(held) if held is not None else []
        no_match = trusted(self.models, self.context.names[held.key], ranked)[1] if held and ranked else 1.0
        return Located(place, role, 0.0, {}, link=0.0, no_match=round(no_match, 4))

    def _by_sound(self, phrase: Phrase, name: str) -> Entry | None:
        """The place that a name sounds like, in the country that the text puts the name into."""
        answer = self.composer.ask(phrase, name)
        if answer.country is None or answer.country_chance < LIKELY:
            return None
        found = find_by_sound(self.gazetteer, key(name), answer.country)
        return found if found is not None and self._credible(phrase, name, found) else None

    def _credible(self, phrase: Phrase, name: str, entry: Entry) -> bool:
        """Whether a place that is spelled otherwise may be meant; invented and very small places are like many others.

        It may where the text speaks of its unit, or where it is a unit or a town of the country that the text puts the
        name into.
        """
        if self.composer.trail.speaks_of_unit(entry):
            return True
        town = entry.kind is PlaceKind.SETTLEMENT and entry.population >= TOWN
        return (town or entry.kind is PlaceKind.ADMIN1) and self.composer.ask(phrase, name).country == entry.country

    def role(self, start: int, end: int, name: Found | None) -> Role:
        """The role of a span; only a bare name, with or without *the*, can be an actor or an adjective."""
        if name is None or name.end != end or self.reading.text[start : name.start].strip().lower() not in {"", "the"}:
            return "place"
        if name.demonym is not None:
            return roles.role_at(self.reading, self.models.roles, start, end, people=True, seat=False, power=True)
        entry = (self.best(name) or self.ranked(name)[0]).entry
        power = entry.kind in POWERS or entry.capital
        return roles.role_at(self.reading, self.models.roles, start, end, people=False, seat=entry.seat, power=power)


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


@lru_cache(maxsize=1)
def shipped() -> Locator:
    """A locator over the index in use. Raises `ModelError` at its first use where that is missing."""
    return Locator(Gazetteer(in_use()))
