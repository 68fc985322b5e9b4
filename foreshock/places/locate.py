"""Geoparsing in one process: finds the places of a text, resolves them, and says what each is there for."""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from foreshock.errors import MalformedItem
from foreshock.places import linear
from foreshock.places.bearers import Named
from foreshock.places.gazetteer import Gazetteer
from foreshock.places.loading import in_use
from foreshock.places.phrase import parse
from foreshock.places.quiet import as_written, is_quiet, with_capitals
from foreshock.places.recognise import Found, Reading, christens, recognise
from foreshock.places.resolution import Located, Resolution
from foreshock.places.roles import Role
from foreshock.places.spans import whole


class Mention(msgspec.Struct, frozen=True):
    """A place, or a people, named at `[start, end)`, with its role and the probability that it is one."""

    start: int
    end: int
    text: str
    role: Role
    score: float


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
            if is_quiet(reading):
                reading = Reading(with_capitals(text, self.gazetteer, self.models.recognise))
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
        resolution = Resolution(self.gazetteer, self.models, Named(reading, found))
        model = self.models.recognise
        return [
            Mention(
                start=one.start,
                end=one.end,
                text=text[one.start : one.end],
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
        named = Named(reading, mentions, phrases, country)
        resolution = Resolution(self.gazetteer, self.models, named, explain=explain)
        found = [resolution.located(phrase) for phrase in phrases]
        if reading.text == text:
            return found
        return [msgspec.structs.replace(one, place=as_written(one.place, text)) for one in found]


@lru_cache(maxsize=1)
def shipped() -> Locator:
    """A locator over the index in use. Raises `ModelError` at its first use where that is missing."""
    return Locator(Gazetteer(in_use()))
