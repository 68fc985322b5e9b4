"""Words as events are compared by: stems, how rare each is in news, names, and days told in a text's head."""

import datetime
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

import msgspec

from foreshock.model.shipped import shipped_table

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]{2,}")
_LOWER = re.compile(r"\b[a-z][\w’'-]{2,}")
_ENDINGS: Final = (("ings", ""), ("ing", ""), ("ers", ""), ("ies", "y"), ("ed", ""), ("es", ""), ("s", ""))
_SHORTEST_STEM: Final = 4

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}  # fmt: skip
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|(?-i:M(?:ar(?:ch)?|AR(?:CH)?|ay|AY))|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\w)"
)
"""A month, whole or short: not *12 marines*, *10 separatists*, nor *12 may die*, *10 march organisers*."""
_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[ \-/.](?:of )?{_MONTH}\.?(?:[ ,\-/]+(20\d\d))?\b"
    rf"|\b{_MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? +(20\d\d)\b)?"
    r"|\b(20\d\d)[-/.](\d\d)[-/.](\d\d)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b", re.IGNORECASE)

_NUMBERS = re.compile(r"\b(?!20\d\d\b)\d+")
_LASTS = re.compile(
    r"\b(?:since|until|till|through|from|between|before|after|by|for|prior|following|ago|later|earlier)\b",
    re.IGNORECASE,
)
_DAYS_OF_MONTH: Final = 31

FUNCTION_WORDS: Final = frozenset(
    "the a an of in on at to for by with from and or but is are was were be been has have had he she it they his her "
    "its their this that these those who which said says as not also after before more than new one two three".split()
)


@cache
def stem(word: str) -> str:
    """A lower-case word without its possessive and one common ending; never shorter than four letters."""
    bare = re.sub(r"['’]s?$", "", word)
    for ending, instead in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _SHORTEST_STEM:
            return bare[: -len(ending)] + instead
    return bare


def stems(text: str) -> list[str]:
    """The stems of a text's words in order, function words left out."""
    return [stem(word) for word in _TOKEN.findall(text.lower()) if word not in FUNCTION_WORDS]


def spelt(text: str) -> dict[str, str]:
    """The words of a text by their stems, each as the text first has it, function words left out."""
    found: dict[str, str] = {}
    for word in _TOKEN.findall(text):
        if word.lower() not in FUNCTION_WORDS:
            found.setdefault(stem(word.lower()), word)
    return found


class _Shares(msgspec.Struct, frozen=True):
    """In how many of so many documents each stem was seen."""

    documents: int
    words: dict[str, int]


@cache
def _document_shares() -> tuple[int, dict[str, int]]:
    table = shipped_table("data/word-rarity.json", _Shares)
    return table.documents, table.words


@cache
def rarity(word: str) -> float:
    """How rare a stem is: the logarithm of one over its share of newswire documents, 0 and up.

    A fixed table, not the record's own counts, so that what a pair of texts scores never depends on what else is
    in the record. Made by `train/word_rarity.py`; a stem that is not in it counts as never seen.
    """
    documents, words = _document_shares()
    return math.log((documents + 1) / (words.get(word, 0) + 0.5))


def weighed(found: Iterable[str], most: int) -> dict[str, float]:
    """Stems weighted by (1 + log count) · rarity, the `most` heaviest kept, scaled to length 1."""
    return scaled({word: (1 + math.log(number)) * rarity(word) for word, number in Counter(found).items()}, most)


def scaled(weights: Mapping[str, float], most: int) -> dict[str, float]:
    """The `most` heaviest words, scaled to length 1."""
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most]
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {word: round(weight / length, 4) for word, weight in kept}


def names_in(head: str, text: str) -> frozenset[str]:
    """Stems of words that `head` capitalises and `text` never writes small: names, without gazetteer or list."""
    small = {stem(word) for word in _LOWER.findall(text)}
    found = {stem(word.lower()) for word in _CAPITALISED.findall(head)}
    return frozenset(found - small - FUNCTION_WORDS - _MONTHS.keys() - {stem(day) for day in WEEKDAYS})


def weekdays_in(text: str) -> list[int]:
    """The days of the week that a text names, in order: 0 for Monday."""
    return [WEEKDAYS.index(word.lower()) for word in _WEEKDAY.findall(text)]


def first_date_in(text: str, month: int) -> int | None:
    """The first day written out in `text` within a month of `month`, as an ordinal; null where there is none.

    `month` counts from year 0 (12 · year + month); a day without a year takes the year that lies nearest.
    """
    for match in _DATE.finditer(text):
        day = _day_of(match, month)
        if day is not None and abs(12 * day.year + day.month - month) <= 1:
            return day.toordinal()
    return None


def day_named(expression: str, first: int, last: int) -> int | None:
    """The one day that an expression of time names within a month, `first` to `last` as ordinals; null where it names
    none, or tells how long something lasted: *on the evening of 19 May*, not *since 19 May* or *19 to 21 May*."""
    begins = datetime.date.fromordinal(first)
    if last - first >= _DAYS_OF_MONTH or _LASTS.search(expression) or len(_NUMBERS.findall(expression)) > 1:
        return None
    day = first_date_in(expression, 12 * begins.year + begins.month)
    return day if day is not None and first <= day <= last else None


def _day_of(match: re.Match[str], month: int) -> datetime.date | None:
    day, name, year, other_name, other_day, other_year, iso_year, iso_month, iso_day = match.groups()
    if iso_year:
        numbers = int(iso_year), int(iso_month), int(iso_day)
    else:
        number = _MONTHS[(name or other_name)[:3].lower()]
        told = year or other_year
        numbers = int(told) if told else _nearest_year(number, month), number, int(day or other_day)
    try:
        return datetime.date(*numbers)
    except ValueError:
        return None


def _nearest_year(number: int, month: int) -> int:
    year = (month - 1) // 12
    return min((year - 1, year, year + 1), key=lambda one: abs(12 * one + number - month))
