"""The resolved mentions of a text in order: what *the city* points back to, what country a passage speaks of."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import msgspec

from foreshock.places.gazetteer import Entry, PlaceKind

FIRM = 0.5
"""The weight of evidence from which a text speaks of a country: one mention of it, or two of small places in it."""

WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.WATER})
REACH = 350
"""Characters within which places told near each other are taken to lie near each other."""

BESIDE = re.compile(r"\W{0,2}(?: ?[a-z-]+){0,4} ?(?:in|of|near|outside|from)(?: the)?(?: [a-z-]+){0,2} $|, $| \($")
"""What stands between a place and one told to hold it or lie beside it, within one clause."""


class Step(msgspec.Struct, frozen=True):
    """A mention `[start, end)`, the place it was resolved to, and how much it weighs as evidence, at most 1."""

    start: int
    end: int
    entry: Entry
    people: bool
    weight: float


class Guess(msgspec.Struct, frozen=True):
    """Where a place that the index does not hold is likely to lie; both null where the text does not tell."""

    country: str | None
    unit: str | None


class Trail:
    """The steps of a text, in order."""

    def __init__(self, text: str, steps: Iterable[Step]) -> None:
        self.text = text
        self.steps = sorted(steps, key=lambda step: step.start)
        self._weights: dict[str, float] = defaultdict(float)
        for step in self.steps:
            if step.entry.country is not None:
                self._weights[step.entry.country] += step.weight

    def speaks_of(self, iso3: str | None) -> bool:
        """Whether the text gives firm evidence that it speaks of a country."""
        return iso3 is not None and self._weights.get(iso3, 0.0) >= FIRM

    def speaks_of_unit(self, entry: Entry) -> bool:
        """Whether the text names a place in the first-level unit of an entry."""
        return any(
            not step.people and step.entry.admin1 == entry.admin1 and step.entry.country == entry.country
            for step in self.steps
            if step.entry.admin1 is not None
        )

    def latest(self, before: int, fits: Callable[[Entry], bool], reach: int | None = None) -> Entry | None:
        """The nearest place before an offset that fits, within `reach` characters; without one, the first after it."""
        earlier = [step for step in self.steps if step.start < before and not step.people and fits(step.entry)]
        if earlier:
            near = reach is None or before - earlier[-1].start <= reach
            return earlier[-1].entry if near else None
        later = (step.entry for step in self.steps if step.start >= before and not step.people and fits(step.entry))
        return next(later, None) if reach is None else None

    def latest_of(self, before: int, kinds: frozenset[PlaceKind], reach: int | None = None) -> Entry | None:
        """The nearest place of some kinds."""
        return self.latest(before, lambda entry: entry.kind in kinds, reach)

    def countries(self, before: int) -> list[str]:
        """The countries spoken of before an offset, the latest first, each once."""
        earlier = [step.entry.country for step in self.steps if step.start < before]
        return list(dict.fromkeys(iso3 for iso3 in reversed(earlier) if iso3 is not None))

    def country_around(self, at: int) -> str | None:
        """The country that the text around an offset speaks of: near mentions count more, places more than peoples."""
        weights: dict[str, float] = defaultdict(float)
        for step in self.steps:
            if step.entry.country is not None and self.speaks_of(step.entry.country):
                gap = abs(step.start - at) + (200 if step.start > at else 0)
                weights[step.entry.country] += step.weight / (300.0 + gap)
        return max(weights, key=lambda iso3: (weights[iso3], iso3), default=None)

    def guess(self, name: str, at: int) -> Guess:
        """Where an unknown place lies, from every passage that names it: told to be in or near one, or beside it."""
        spots = [match.start() for match in re.finditer(rf"\b{re.escape(name)}\b", self.text)] if name else []
        spots = spots or [at]
        told = [entry for spot in spots for entry in self._told(spot, spot + len(name))]
        for entry in told:
            if entry.admin1 is not None:
                return Guess(entry.country, entry.admin1)
        weights: dict[str, float] = defaultdict(float)
        for spot in spots:
            if (country := self.country_around(spot)) is not None:
                weights[country] += 1.0
        country = told[0].country if told else max(weights, key=lambda iso3: (weights[iso3], iso3), default=None)
        return Guess(country, self._unit(spots, country) if country is not None else None)

    def _told(self, start: int, end: int) -> Iterable[Entry]:
        """The entries that the clause puts the place at `[start, end)` into or beside."""
        for step in self.steps:
            if end <= step.start <= end + 60 and not step.people:
                if BESIDE.fullmatch(self.text[end : step.start]):
                    yield step.entry
                return

    def _unit(self, spots: Sequence[int], country: str) -> str | None:
        """The first-level unit of most places near some offsets; a capital is often only a dateline."""
        weights: dict[str, float] = defaultdict(float)
        for step in self.steps:
            entry = step.entry
            if step.people or entry.kind in WIDE or entry.capital or entry.country != country or entry.admin1 is None:
                continue
            gap = min(abs(step.start - spot) for spot in spots)
            if gap <= REACH:
                weights[entry.admin1] += step.weight / (60.0 + gap)
        best = max(weights, key=lambda code: (weights[code], code), default=None)
        return best if best is not None and weights[best] >= 0.6 * sum(weights.values()) else None
