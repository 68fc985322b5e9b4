"""Where a phrase lies that the gazetteer does not tell, by what the text says round it."""

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

import msgspec

from foreshock.model.statement import Place
from foreshock.model.vocabulary import Precision
from foreshock.places.context import NEARBY, distance, tells_near
from foreshock.places.filled import Filler
from foreshock.places.gazetteer import POINTED, Entry, Gazetteer, PlaceKind
from foreshock.places.labels import Label, label_over, labels
from foreshock.places.lexicon import shipped
from foreshock.places.phrase import Phrase
from foreshock.places.trail import Trail
from foreshock.places.whereabouts import Answer, Question, Whereabouts

SOMEBODYS = re.compile(
    r"\b(?:his|her|their|my)\b|\bpalace of (?!(?:the )?(?:people|nations?|republic|president|justice)\b)"
)
"""A palace of somebody's, or of a place: *the palace of the fon*, but not *the palace of the nation*."""
OWNING = re.compile(r"(?:'s|’s) (?:[a-z-]+ ){0,2}")
OWNED = re.compile(r"(?: building)? (?:in|of) ")
"""Between a region and what is its own: *Puntland's parliament*, *the parliament of Somaliland*."""
INDEFINITE = re.compile(r"\ban? ([a-z']+)(?: ([a-z']+))?")
"""The words after an article that says that a house is one of many, or is yet to be: *a new parliament*."""


class Unheld(Filler):
    """The text round its phrases, asked where one lies that the gazetteer does not hold."""

    def __init__(self, gazetteer: Gazetteer, trail: Trail, whereabouts: Whereabouts) -> None:
        super().__init__(gazetteer)
        self.trail = trail
        self.whereabouts = whereabouts

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
