"""The resolved mentions of a text in order: what *the city* points back to, what country a passage speaks of."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

import msgspec

from foreshock.places.gazetteer import Entry, PlaceKind

FIRM = 0.5
"""The weight of evidence from which a text speaks of a country: one mention of it, or two of small places in it."""

WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.WATER})
BESIDE = re.compile(r"\W{0,2}(?: ?[a-z-]+){0,4} ?(?:in|of|near|outside|from)(?: the)?(?: [a-z-]+){0,2} $|, $| \($")
"""What stands between a place and one told to hold it or lie beside it, within one clause."""


class Step(msgspec.Struct, frozen=True):
    """A mention `[start, end)`, the place it was resolved to, and how much it weighs as evidence, at most 1.

    `government` says that it names those who rule a country by their seat (*Kabul said*, *the Kremlin*): it speaks of
    the country, and of no spot in it.
    """

    start: int
    end: int
    entry: Entry
    people: bool
    weight: float
    government: bool = False

    @property
    def spot(self) -> bool:
        """Whether it names somewhere: neither a people nor a government by its seat."""
        return not (self.people or self.government)


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
            step.spot and step.entry.admin1 == entry.admin1 and step.entry.country == entry.country
            for step in self.steps
            if step.entry.admin1 is not None
        )

    def latest(self, before: int, fits: Callable[[Entry], bool], reach: int | None = None) -> Entry | None:
        """The nearest place before an offset that fits, within `reach` characters; without one, the first after it.

        Null too where a government of another country has been named since, by its seat: of which is spoken is open.
        """
        earlier = [step for step in self.steps if step.start < before and not step.people and fits(step.entry)]
        spots = [step for step in earlier if step.spot]
        if spots:
            near = reach is None or before - spots[-1].start <= reach
            return spots[-1].entry if near and earlier[-1].entry.country == spots[-1].entry.country else None
        later = (step.entry for step in self.steps if step.start >= before and step.spot and fits(step.entry))
        return next(later, None) if reach is None else None

    def countries(self, before: int) -> list[str]:
        """The countries spoken of before an offset, the latest first, each once."""
        earlier = [step.entry.country for step in self.steps if step.start < before]
        return list(dict.fromkeys(iso3 for iso3 in reversed(earlier) if iso3 is not None))

    def foremost(self, before: int, among: Collection[str]) -> str | None:
        """Of some countries the latest named in the paragraph before an offset, else the one that weighs most of those
        named before it; null without any."""
        paragraph = self.text.rfind("\n", 0, before) + 1
        latest = [step for step in self.steps if step.start < before and step.entry.country in among]
        if not latest:
            return None
        if latest[-1].start >= paragraph:
            return latest[-1].entry.country
        return max(
            (step.entry.country for step in reversed(latest)), key=lambda iso3: self._weights.get(iso3 or "", 0.0)
        )

    def countries_after(self, offset: int) -> list[str]:
        """The countries spoken of from an offset on, the nearest first, each once."""
        later = [step.entry.country for step in self.steps if step.start >= offset]
        return list(dict.fromkeys(iso3 for iso3 in later if iso3 is not None))
