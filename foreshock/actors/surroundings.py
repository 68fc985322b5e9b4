"""Which state a bare *the army* or *the government* is of, by the sentence and the paragraph that it stands in."""

import re
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from typing import Final

import msgspec

from foreshock.actors.context import Context
from foreshock.actors.namings import SENTENCE, Naming
from foreshock.actors.signs import signs
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import EventType
from foreshock.places.labels import Label, labels, under

OPENING: Final = re.compile(r"(?:In|At|Near|Around|Across|Outside)\s+(?:[\w’'-]+\s+){0,3}")
"""What stands before the place that a sentence opens with: *In Khartoum, the army …*."""
TALKS: Final = (EventType.AGREE, EventType.CONSULT)
"""The types of statements whose place says little of whose those are who act there."""
STANDING: Final = re.compile(r"\s(?:in|at|near)\s(?:the\s)?")
"""What stands between an organ and the place that tells which it is: *the army in Khartoum*."""
LIKELY: Final = 0.5
"""The chance of being the one meant from which a place is hardly a namesake."""
GONE_TO: Final = 24
"""Characters before a place within which such words begin."""
OPENED: Final = 200
"""Characters back within which a sentence's opening is looked for."""
REACH: Final = 1_500
"""Characters back beyond which nothing counts as the same paragraph."""


@cache
def _breakaway() -> str:
    """An expression for what may stand before the name of a territory: *Moldova's breakaway region of*."""
    return rf"(?<![\w-])(?:(?:[^\W\d_a-z][\w-]*['’]s\s)?(?:{signs().breakaway})\s(?:[\w-]+\s){{0,3}})?"


@cache
def _journey() -> re.Pattern[str]:
    """What stands before a place where somebody goes who need not be of it: *will fly to Budapest*."""
    return re.compile(rf"\b(?:visit(?:s|ed|ing)?|(?:{signs().journeys})\s(?:back\s)?(?:to|for|in|at))\s(?:the\s)?$")


class Surroundings:
    """The countries named round each place of one text.

    `territories` maps the names of parts of countries with organs of their own to the country's ISO code.
    """

    def __init__(self, text: str, context: Context, territories: Mapping[str, str]) -> None:
        self._text = text
        self._context = context
        self._territories = territories

    @cached_property
    def _named(self) -> frozenset[str | None]:
        """The countries that the text names anywhere."""
        return frozenset(one.country for one in self._context.namings)

    @cached_property
    def _breaking_away(self) -> list[Naming]:
        """Where the text names such territories, with the words before that say so: *Moldova's breakaway region of*."""
        names = "|".join(re.escape(one) for one in self._territories)
        found = re.finditer(rf"{_breakaway()}(?P<name>{names})(?![\w-])", self._text)
        return [Naming(one.start(), one.end(), self._territories[one["name"]]) for one in found]

    def breakaway(self, mention: str, start: int) -> Naming | None:
        """The territory that the paragraph of what stands at `start` is about, as it names it before any country; where
        it names nothing, what the text is about in the same way. None where a state stands nearer: its capital right
        behind (*the government in Tbilisi*), a state named since in the same sentence, or the one it broke away from.
        """
        behind = STANDING.match(self._text, start + len(mention))
        if behind is not None and any(one.start == behind.end() for one in self._context.namings):
            return None
        paragraph = self._paragraph(start)
        for since, until in ((paragraph, start), (0, paragraph)):
            named = [one for one in (*self._breaking_away, *self._context.namings) if since <= one.start < until]
            if named:
                first = min(named, key=lambda one: (one.start, -one.end))
                stays = first in self._breaking_away and not (until == start and self._left(first, named, start))
                return first if stays else None
        return None

    def _left(self, territory: Naming, named: list[Naming], start: int) -> bool:
        """Whether what is named before `start` has gone over from a territory to a state."""
        last = max((one for one in named if one in self._breaking_away), key=lambda one: one.end)
        sentence = max((one.end() for one in SENTENCE.finditer(self._text, last.end, start + 1)), default=0)
        return any(
            one.start >= last.end and (one.country == territory.country or one.start >= sentence) for one in named
        )

    def _paragraph(self, start: int) -> int:
        """Where the paragraph of what stands at `start` begins, as far as it reaches."""
        return max(self._text.rfind("\n\n", 0, start), start - REACH, 0)

    def country(self, mention: str, start: int, told: Statement | None) -> str | None:
        """The ISO code of the state that a bare noun for an organ or office, at `start`, is of; null where unknown.

        It is the last one before it in its paragraph to which the same noun is given (*Chad's government*), else that
        of the place of the statement `told` of it where the sentence opens with it, or where the paragraph does not
        name the country that the text is about and nobody only goes or talks there; else that country. A place in a
        country that the text nowhere names is as often a namesake: *In Santa Cruz, the army* of Bolivia; not where the
        place is likely and the noun stands in it: *In El Geneina, the army*, *Police in Lakki Marwat*. In a round-up by
        country, what stands under a label is about that one.
        """
        place = told.place if told is not None else None
        label = under(self._labels, start)
        main = label or self._context.country
        paragraph = self._paragraph(start)
        near = [one for one in self._context.namings if paragraph <= one.start < start]
        owned = _owned(mention.rsplit(maxsplit=1)[-1].casefold())
        for one in reversed(near):
            if owned[0].match(self._text, one.end) or owned[1].search(self._text, max(0, one.start - 40), one.start):
                return one.country
        if told is None or place is None or place.country in (None, main) or place.start is None:
            return main
        opens = self._opens(place.start, start)
        stands = STANDING.fullmatch(self._text, start + len(mention), place.start) is not None
        if main in self._named and place.country not in self._named:
            likely = told.scores.get("place_resolution", 0.0) >= LIKELY
            return place.country if likely and (opens or stands) else main
        if opens:
            return place.country
        if label is not None or self._names(main, paragraph, start):
            return main
        theirs = stands or any(one.country == place.country and not one.seat for one in near)
        visited = told.type in TALKS or _journey().search(self._text, max(0, place.start - GONE_TO), place.start)
        return main if main is not None and visited and not theirs else place.country

    @cached_property
    def _labels(self) -> list[Label]:
        """The labels of a round-up by country."""
        return labels(self._text, [(one.start, one.end, one.country) for one in self._context.namings if not one.seat])

    def unlabelled(self, statement: Statement) -> Statement:
        """A statement without the label that it stands under among those who act, beside another: in *UGANDA - Police
        arrested …* the police do."""
        acting = tuple(
            one for one in statement.actors if not any(label.start <= one.start < label.end for label in self._labels)
        )
        if not acting or acting == statement.actors:
            return statement
        return msgspec.structs.replace(statement, actors=acting)

    def _opens(self, place: int, start: int) -> bool:
        """Whether the sentence of what stands at `start` opens with a place at `place`."""
        window = max(0, start - OPENED)
        sentence = max([self._text.rfind("\n", window, start) + 1, window]
                       + [match.end() for match in SENTENCE.finditer(self._text, window, start)])  # fmt: skip
        return sentence < place < start and OPENING.fullmatch(self._text, sentence, place) is not None

    def _names(self, country: str | None, paragraph: int, start: int) -> bool:
        """Whether the paragraph of what stands at `start` names a country."""
        end = self._text.find("\n\n", start)
        end = min(end if end >= 0 else len(self._text), start + REACH)
        return any(one.country == country and paragraph <= one.start < end for one in self._context.namings)


@lru_cache(maxsize=1024)
def _owned(noun: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows, and what stands before, the country whose the noun is: *Chad's government*, *the army of Sudan*."""
    own = re.escape(noun)
    return re.compile(rf"(?:['’]s?)?\s(?:[a-z]+\s)?{own}\b"), re.compile(rf"\b{own} of (?:the )?$")
