"""One text's names and phrases resolved together, as each helps the other."""

import msgspec

from foreshock.model.statement import Place
from foreshock.places import linear, roles
from foreshock.places.bearers import LARGE, SMALL, TOWN, Bearers, Named
from foreshock.places.compose import Composer, fitting
from foreshock.places.filled import Resolved
from foreshock.places.gazetteer import Entry, Gazetteer, PlaceKind
from foreshock.places.names import key
from foreshock.places.phrase import Phrase
from foreshock.places.phrase_name import core, with_noun
from foreshock.places.recognise import Found
from foreshock.places.roles import Role
from foreshock.places.trail import Step, Trail
from foreshock.places.trust import trusted
from foreshock.places.variants import find_by_sound, find_otherwise
from foreshock.places.whereabouts import Whereabouts

LIKELY = 0.6
"""The least chance of a country in which a name that is not held is looked for by its sound."""
POWERS = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1})
COURTS = frozenset({("NLD", "The Hague")})
"""Cities named for the courts of all nations in them: they tell little of where a text speaks."""


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


class Resolution(Bearers):
    """The resolution of one text's names: mentions and phrases together, as each helps the other."""

    def __init__(self, gazetteer: Gazetteer, models: linear.Models, named: Named, *, explain: bool = True) -> None:
        super().__init__(gazetteer, models, named)
        self.explain = explain
        text = named.reading.text
        trail = Trail(text, self._steps())
        self.composer = Composer(gazetteer, trail, Whereabouts(text, trail.steps, models))

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
