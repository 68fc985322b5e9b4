"""People whom a text introduces by a private trade: they are not who bears their name in the registry."""

import re
from collections.abc import Collection
from typing import Final

from foreshock.actors.names import key
from foreshock.actors.signs import signs

_CAPITAL: Final = r"[^\W\d_a-z][\w’'-]*\w"
_NAME: Final = rf"(?P<name>{_CAPITAL}(?: (?:(?:al|bin|ben|de|el|la|van) )?{_CAPITAL}){{1,4}})"
_WORDS: Final = r"(?:(?!former\b|ex-|retired\b)[\w-]+ ){0,2}"
_SENTENCE_END: Final = re.compile(r"[.!?\n]")
_GOES_ON: Final = r"(?! (?:and|turned|by|leader|union)\b)(?![\w-])"


def introduced(text: str, trades: Collection[str], offices: Collection[str]) -> list[frozenset[str]]:
    """The words, as keys, of each name that a text introduces by a trade: *Paul Biya, a taxi driver*, *a teacher named
    Paul Biya*.

    Left out is whoever it gives a public part in the same sentence (*a teacher who won the vote*), or names by one of
    the `offices` anywhere.
    """
    trade = _any_of(trades)
    behind = rf"{_NAME}, (?:\d{{1,3}}, )?an? {_WORDS}(?:{trade}){_GOES_ON}"
    before = rf"\b(?i:an?|the) {_WORDS}(?:{trade}),? (?:(?:named|called|identified as) )?{_NAME}"
    found = [
        match["name"]
        for pattern in (behind, before)
        for match in re.finditer(pattern, text)
        if not _is_public(text, match.end())
    ]
    return [frozenset(key(name).split()) for name in found if not _holds_one(name, text, _any_of(offices))]


def _is_public(text: str, start: int) -> bool:
    """Whether the rest of the sentence gives somebody a public part."""
    end = _SENTENCE_END.search(text, start)
    return signs().public.search(text, start, end.start() if end is not None else len(text)) is not None


def _any_of(words: Collection[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))


def _holds_one(name: str, text: str, offices: str) -> bool:
    """Whether an office stands in the text before a part of a name: *President Biya*."""
    return re.search(rf"\b(?i:{offices}) (?:{_CAPITAL} )?(?:{_any_of(name.split())})\b", text) is not None
