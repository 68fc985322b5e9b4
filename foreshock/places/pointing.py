"""Phrases without a name of their own: *the city*, *both countries*, *the east*, by what the text says before them."""

from collections.abc import Callable

from foreshock.model.statement import Place
from foreshock.model.vocabulary import Precision
from foreshock.places import relative
from foreshock.places.gazetteer import Entry, PlaceKind
from foreshock.places.lexicon import shipped
from foreshock.places.phrase import Phrase
from foreshock.places.trail import WIDE
from foreshock.places.unheld import Unheld

AREA_REACH = 800
"""Characters back to the place that *the area* surrounds."""
MOST_PEOPLE = {"village": 100_000, "town": 500_000}
"""People up to which a settlement is called so."""
EVERYWHERE = frozenset({"nationwide", "countrywide"})
"""Words that mean all of the country spoken of."""
BACK = frozenset({PlaceKind.SETTLEMENT, PlaceKind.ADMIN1, PlaceKind.ADMIN2})


class Pointing(Unheld):
    """What the phrases of one text that name nothing point back to."""

    def pointing_back(self, phrase: Phrase) -> Place:
        """A phrase without a name: *the city*, *both countries*, *the east*, resolved by what came before."""
        words = phrase.text.lower().split()
        if {"both", "either", "two"} & set(words) and any(word.startswith("countr") for word in words):
            pair = [entry for iso3 in self.trail.countries(phrase.start)[:2] if (entry := self.gazetteer.country(iso3))]
            members = [self._member(entry) for entry in pair]
            return self._empty(phrase, None if len(pair) == 2 else "no two countries are named before it", members)
        kind = shipped().anaphors.get(phrase.noun or "")
        own = phrase.noun in {"territory", "soil"} and (words[0] in {"its", "their", "his"} or "national" in words)
        own = own or not EVERYWHERE.isdisjoint(words)
        if own or (kind is PlaceKind.COUNTRY and not phrase.compass):
            state = self._state_around(phrase) if phrase.noun == "state" else None
            return self.of_entry(phrase, state) if state is not None else self._country_around(phrase)
        if phrase.noun == "capital":
            of_unit = not shipped().seats.isdisjoint(words)
            return self._seat_around(phrase) if of_unit else self._capital_around(phrase)
        if kind in BACK and not phrase.plural:
            entry = self._latest(phrase, lambda one: one.kind is kind)
            return self.of_entry(phrase, entry) if entry is not None else self._around(phrase)
        if kind is PlaceKind.REGION and not phrase.plural and not phrase.border:
            entry = self.trail.latest(phrase.start, lambda one: one.kind not in WIDE, AREA_REACH)
            return self.of_entry(phrase, entry, Precision.REGION) if entry is not None else self._around(phrase)
        return self._around(phrase)

    def _latest(self, phrase: Phrase, fits: Callable[[Entry], bool], reach: int | None = None) -> Entry | None:
        """The place named last of those that fit, lie where the text speaks of there and are no larger than the noun
        allows: *the town* is none abroad from which somebody only spoke, and no city of millions, as a bare *town* may
        be."""
        answer, most = self.ask(phrase), MOST_PEOPLE.get(phrase.noun or "") if " " in phrase.text else None

        def here(entry: Entry) -> bool:
            elsewhere = answer.country not in (None, entry.country) or answer.unit not in (None, entry.admin1)
            return fits(entry) and not elsewhere and (most is None or entry.population <= most)

        return self.trail.latest(phrase.start, here, reach)

    def _seat_around(self, phrase: Phrase) -> Place:
        """*The provincial capital*: its unit, as the index does not tell which town rules from where."""
        named = self._latest(phrase, lambda one: one.admin1 is not None)
        unit = self.gazetteer.unit(named.admin1) if named is not None and named.admin1 is not None else None
        return (
            self.of_entry(phrase, unit, reason="the seat of this unit, of which the index tells no town")
            if unit is not None
            else self._around(phrase)
        )

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
