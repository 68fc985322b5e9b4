"""Letters: those with which names begin, for patterns (*Šibenik*, *Özel* as *Zagreb*), and those that look alike."""

import re
import unicodedata
from typing import Final

_ALPHABETS: Final = ((0x41, 0x250), (0x370, 0x530), (0x1E00, 0x1F00))
"""Latin with its extensions, Greek and Cyrillic: the first code point of each, and the first behind it."""
UPPER: Final = "".join(chr(code) for first, end in _ALPHABETS for code in range(first, end) if chr(code).isupper())
"""Every capital of these, to stand within the brackets of a pattern."""

_LOOK_ALIKE: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaesijopcyxhABEZHIKMNOPTYXo",
)
"""Cyrillic and Greek letters drawn as a Latin one is, and that one."""
_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_WORD: Final = re.compile(r"[^\W\d_]+")


def as_it_looks(name: str) -> str:
    """A name as a reader sees it: without characters that are not seen, with single blanks, and in Latin letters where
    a word mixes them with others that look the same. A word all of one alphabet stays: *Ада* is a name."""
    seen = "".join(letter for letter in name if unicodedata.category(letter) != "Cf")
    return " ".join((seen if seen.isascii() else _WORD.sub(_in_latin, seen)).split())


def _in_latin(word: re.Match[str]) -> str:
    mixed = any(letter in _LATIN for letter in word[0].casefold())
    return word[0].translate(_LOOK_ALIKE) if mixed else word[0]
