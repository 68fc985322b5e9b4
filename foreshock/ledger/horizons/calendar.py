"""Horizons in words that name no date: feasts, vague spans and occasions, by the tables `data/horizons.yaml` and
`data/feasts.yaml`."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from foreshock.ledger.lexicon import any_of
from foreshock.model.shipped import shipped_table
from foreshock.read.feasts import Feast, feasts, hijri, spellings
from foreshock.read.time_rules import NOT_ANOTHER_S

NO_NAME = r"(?!\s+(?:offensives?|risings?|attacks?|bombings?|massacres?|truce|accords?|agreement|pact)\b)"
"""Behind a feast that names no day but what happened on it: *in the Easter offensive*."""
_LEAD = re.compile(
    r"\b(?:by|before|until|till|at|on|over|ahead of|prior to|through|during|in|when|sees?|outlasts?|outlives?|"
    r"survives?)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\bon\s+$", re.IGNORECASE)
"""*On any day before October* is not *any day now*."""
SENTENCE_END = re.compile(r"\.(?!\s*\d)|[;\n]")
"""What ends a sentence or a clause of its own; not the stop of *Aug. 10*."""
_AGENT = re.compile(r"\b(?:by|on|over|in|at|see|sees|through)\s+(?=(?:the\s+)?\w+)", re.IGNORECASE)
"""*Cut off by the snow* tells no time."""
_UP_TO = re.compile(
    r"\b(?:by|before|until|till|ahead of|prior to|when|at|outlasts?|outlives?|survives?)\s+(?:[\w’'-]+\s+){0,3}$",
    re.IGNORECASE,
)
_NOT_BARE = re.compile(r"(?<=ahead)\s+(?:of|and\s+(?:through|into|until))\b", re.IGNORECASE)
"""*In the weeks ahead of the vote*, *in the weeks ahead and through 2026*: by what follows, and no bare stretch."""
_OR_LONGER = re.compile(
    r"(?:,\s+(?:weeks|months))?,?\s+(?:and|or(?:\s+even)?)\s+(?P<unit>weeks|months|years)\b", re.IGNORECASE
)
"""A longer unit beside a stretch that is vague: *over coming weeks and months*, *in a few days or weeks*."""
_ITS_YEAR = re.compile(
    r",?\s+(?:of\s+)?(?:(?P<year>20\d\d)(?:[-–/](?P<last>\d\d))?(?!\w)|(?P<beside>this|next)\s+year\b)", re.IGNORECASE
)
"""The year behind a feast or a season: *Christmas 2026*, *the end of the winter of 2025-26*, *Easter next year*."""
_DAY_NEAR = 60
"""Characters around an occasion in which the text may tell its day, and before a date in which a stretch may stand."""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the table: its words, the rule for their day, as the head of `data/horizons.yaml` tells, and the
    countries where it holds; none for everywhere. `feast` is of `data/feasts.yaml`."""

    words: re.Pattern[str]
    days: int | None = None
    day: tuple[int, int] | None = None
    hijri: tuple[int, int] | None = None
    half: Literal[1, 2] | None = None
    feast: Feast | None = None
    of: Literal["next"] | None = None
    countries: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Raises ValueError for a row without exactly one rule, or of a day that no year has."""
        rules = (self.days, self.day, self.hijri, self.half, self.feast)
        if sum(rule is not None for rule in rules) != 1:
            raise ValueError("it needs one of days, day, hijri and half")
        self.from_day(datetime.date(2024, 1, 1))

    def from_day(self, made: datetime.date, year: int | None = None) -> datetime.date:
        """The next day on or after `made` by its rule, or that of the year that is told with it."""
        if self.days is not None:
            return made + datetime.timedelta(self.days)
        if year is not None:
            return self._in_year(year)
        first = made.year + (1 if self.of == "next" else 0)
        found = (self._in_year(year) for year in range(first, first + 3))
        return next(day for day in found if day >= made)

    def _in_year(self, year: int) -> datetime.date:
        if self.feast is not None:
            return self.feast.in_year(year)
        if self.hijri is not None:
            return hijri(year, *self.hijri)
        if self.day is not None:
            return datetime.date(year, *self.day)
        return datetime.date(year, 6, 30) if self.half == 1 else datetime.date(year, 12, 31)


class _Occasion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An occasion as the file writes it."""

    words: tuple[str, ...]
    implied: re.Pattern[str] | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Occasion:
    """What comes on a day that a text tells elsewhere: its words, those of what happens at it (null for none), and
    those beside which a text tells the day."""

    named: re.Pattern[str]
    implied: re.Pattern[str] | None
    told: re.Pattern[str]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/horizons.yaml` as written."""

    spans: tuple[_Row, ...]
    seasons: tuple[_Row, ...]
    occasions: tuple[_Occasion, ...]


@cache
def _table() -> _Table:
    return shipped_table("data/horizons.yaml", _Table, any_of)


@cache
def _spans() -> tuple[_Row, ...]:
    """The rows that hold everywhere, feasts behind them."""
    return (*_table().spans, *(_Row(words=_words_of(feast), feast=feast) for feast in feasts()))


@cache
def _occasions() -> tuple[Occasion, ...]:
    rows = _table().occasions
    return tuple(Occasion(any_of(row.words), row.implied, any_of([*row.words, *row.told])) for row in rows)


def _words_of(feast: Feast) -> re.Pattern[str]:
    return re.compile(NOT_ANOTHER_S + any_of(spellings(feast)).pattern + NO_NAME, re.IGNORECASE)


def due(words: str, made: datetime.date) -> datetime.date | None:
    """The day that `words` of the table set, looking ahead from `made`; null where they hold none of them.

    A feast needs a preposition before it: *the Easter offensive* sets no horizon.
    """
    return _longest(_spans(), words, made)


def ends_vaguely(words: str) -> bool:
    """Whether `words` end in a stretch that is vague (*in the coming months*), but for a comma."""
    bare = words.rstrip(" ,")[-_DAY_NEAR:]
    rows = (row for row in _spans() if row.days is not None)
    vague = (match for row in rows for match in row.words.finditer(bare))
    return any((_OR_LONGER.match(bare, match.end()) or match).end() == len(bare) for match in vague)


def season_in(words: str, made: datetime.date, country: str | None) -> datetime.date | None:
    """The day by which rains, snow or harvest come or are over, where `words` tell no date (*before the rains*); null
    for none, and in a `country` (ISO 3166-1 alpha-3) of which the table does not say."""
    rows = [row for row in _table().seasons if not row.countries or country in row.countries]
    return _longest(rows, _AGENT.sub(" ", words), made)


def _longest(rows: Sequence[_Row], words: str, made: datetime.date) -> datetime.date | None:
    best: tuple[int, datetime.date] | None = None
    for row in rows:
        for match in row.words.finditer(words):
            lead, vague = words[max(0, match.start() - 24) : match.start()], row.days is not None
            if _COUNTED.search(lead) if vague else not _LEAD.search(lead + match.group(0)):
                continue
            end, rule = match.end(), row
            if vague:
                if _NOT_BARE.match(words, end):
                    continue
                if longer := _OR_LONGER.match(words, end):
                    end, rule = longer.end(), _stretch_of(rows, longer["unit"])
            length = end - match.start()
            day = rule.from_day(made, _year_told(words, end, made))
            if day >= made and (best is None or (-length, day) < (-best[0], best[1])):
                best = length, day
    return best[1] if best else None


def _stretch_of(rows: Sequence[_Row], unit: str) -> _Row:
    """The row that holds *in the coming weeks*, *months* or *years*."""
    return next(row for row in rows if row.words.fullmatch(f"in the coming {unit}"))


def _year_told(words: str, at: int, made: datetime.date) -> int | None:
    """The year that `words` tell from the character `at` on, of two the later; null where they tell none there."""
    told = _ITS_YEAR.match(words, at)
    if told is None:
        return None
    if told["beside"]:
        return made.year + (told["beside"].casefold() == "next")
    year = int(told["year"])
    return year + (int(told["last"]) - year) % 100 if told["last"] else year


def occasion_in(words: str) -> Occasion | None:
    """The occasion before or by which `words` set their horizon: *before the vote*, *when the exercise is over*."""
    for one in _occasions():
        for match in one.named.finditer(words):
            lead = words[max(0, match.start() - 40) : match.start()]
            if _UP_TO.search(lead):
                return one
    return None


def occasion_implied(words: str) -> Occasion | None:
    """The occasion at which what `words` foretell happens, though they do not name it: *turnout will be low*."""
    return next((one for one in _occasions() if one.implied is not None and one.implied.search(words)), None)


def occasions_told(text: str, occasion: Occasion) -> Iterator[str]:
    """The words around each mention of an occasion in a text, within its sentence: there its day may be told."""
    for match in occasion.told.finditer(text):
        before = SENTENCE_END.split(text[max(0, match.start() - _DAY_NEAR) : match.start()])[-1]
        after = SENTENCE_END.split(text[match.end() : match.end() + _DAY_NEAR], maxsplit=1)[0]
        yield after
        yield before
