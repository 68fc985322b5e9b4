"""Words as predictions and reports are held against each other by: stems, and the countries that words name."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from foreshock.actors.resolve import shipped
from foreshock.actors.schema import Kind
from foreshock.corroborate.events import words as events_words
from foreshock.ledger.lexicon import lexicon
from foreshock.model.letters import UPPER
from foreshock.model.shipped import shipped_table
from foreshock.read.negation import NOBODY, NONE, NOT, UNABLE, denial

_PLACED = re.compile(
    r"\b(?:in|into|at|to|from|on|across|inside|within|near|over|towards?|throughout|of)\s+(?:the\s+)?$", re.IGNORECASE
)
_SHORTEST = 5
NEGATED = denial(NOT, UNABLE, NOBODY, NONE)
"""Words that deny what a clause says."""


@cache
def stem(word: str) -> str:
    """The stem of a lower-case word; *soldier* has that of *soldiers*, which loses an ending more."""
    return _of_its_kind(events_words.stem(word))


def stems(text: str) -> list[str]:
    """The stems of a text's words in order, function words left out."""
    return [_of_its_kind(found) for found in events_words.stems(text)]


@lru_cache(maxsize=4096)
def spelt(text: str) -> Mapping[str, str]:
    """The words of a text by their stems, each as the text has it: what a reader is told instead of a stem."""
    return {_of_its_kind(stem): word for stem, word in reversed(events_words.spelt(text).items())}


def _of_its_kind(found: str) -> str:
    """A stem without the *-er* of one who does it."""
    return found[:-2] if found.endswith("er") and len(found) - 2 >= _SHORTEST else found


@cache
def rarity(word: str) -> float:
    """How rare a stem is in news, with the words in *-er* that share it; see `events_words.rarity`."""
    return min(events_words.rarity(word), events_words.rarity(f"{word}er"))


@cache
def _demonyms() -> tuple[tuple[str, str], ...]:
    """The names of a country's people and things, each after the country's ISO 3166-1 alpha-3 code."""
    table = shipped_table("data/places/demonyms.yaml", dict[str, list[str]])
    return tuple((code, form) for code, forms in table.items() if len(code) == 3 for form in forms)


@cache
def _names() -> Mapping[str, str]:
    """Names of countries and of their people, in lower case, with the ISO 3166-1 code of each."""
    found = {re.sub(r"['’]s$", "", form).casefold(): code for code, form in _demonyms()}
    for actor in shipped().actors:
        if actor.kind is Kind.STATE and actor.country:
            found[actor.name.casefold()] = actor.country
    return found


@cache
def _named() -> re.Pattern[str]:
    """The name of a country or of its people, with the *the* that is part of one; the longest that stands there."""
    names = "|".join(re.escape(name) for name in sorted(_names(), key=lambda name: (-len(name), name)) if len(name) > 2)
    return re.compile(rf"(?<![\w’'-])(?=(?:the\s+)?[{UPPER}])(?i:{names})(?![\w-])")


def countries_named(words: str) -> frozenset[str]:
    """The countries that words name, by their own name or their people's."""
    return frozenset(_names()[match.group(0).casefold()] for match in _named().finditer(words))


def places_and_peoples(words: str) -> tuple[frozenset[str], frozenset[str]]:
    """The countries that words name as a place (*in Belarus*, *into Ukraine*), and those they name otherwise
    (*Russian units*, *Belarus's own army*)."""
    places: set[str] = set()
    others: set[str] = set()
    for match in _named().finditer(words):
        name = match.group(0).casefold()
        placed = _PLACED.search(words[max(0, match.start() - 30) : match.start()]) is not None
        (places if placed and name not in _peoples() else others).add(_names()[name])
    return frozenset(places), frozenset(others)


@cache
def _peoples() -> frozenset[str]:
    return frozenset(form.casefold() for _, form in _demonyms())


@cache
def country_stems() -> frozenset[str]:
    """Stems of the names of countries and of their people."""
    return frozenset(found for name in _names() for found in stems(name))


@cache
def _kin() -> Mapping[str, frozenset[str]]:
    """For each stem, those of words for the same people or things, its own with them."""
    rows = (frozenset(found for word in row for found in stems(word)) for row in lexicon().kin)
    return {found: row for row in rows for found in row}


def with_kin(words: frozenset[str]) -> frozenset[str]:
    """Stems with those of words for the same people or things: *troops* for *soldiers*."""
    table = _kin()
    return words.union(*(table[word] for word in words & table.keys()))
