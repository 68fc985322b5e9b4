"""How a place's name is compared, and a text's words: one key for all the ways in which a name may be written."""

import re
import unicodedata
from functools import lru_cache

import msgspec

APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʻʼʾʿʹ′ʺ\".•·ـ"), None)
SEPARATORS = re.compile(r"[\s\-‐‑‒–—_/,&()]+")
SHORTENINGS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك"})
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ё": "е"})

WORD = re.compile(r"[^\W_]+(?:[’'ʼ`‘](?!s\b)[^\W_]+)*(?:\.(?:[^\W\d_]\.)+)?")
"""A word of running text: letters and digits, apostrophes inside but no possessive, and the rest of *U.S.*"""

ELIDED = re.compile(r"(?:[dl]|dell|nell|all|sull)['’][^\W\d_a-z]")
"""How a word begins that an article or *de* without its vowel joins to a name: *Côte d'Ivoire*."""

GAP = re.compile(r"\.?[ \u00a0]{1,2}|[-‐‑–/’'.]|\.?\n|")
"""What may stand between two words of one name."""


class Word(msgspec.Struct, frozen=True):
    """A word as written, its key, and whether it may begin a name."""

    text: str
    key: str
    capital: bool


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """The key of a name: no case, accents, apostrophes, full stops or Arabic vowel marks; single spaces.

    *Nord-Kivu*, *nord kivu* and *Nord Kivu* share one key, as do *Mar’ina* and *Marina*. Empty where the
    name holds nothing but punctuation.
    """
    if name.isascii() and name.isalnum():
        word = name.casefold()
        return SHORTENINGS.get(word, word)
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
        name = "".join(letter for letter in name if not unicodedata.combining(letter)).translate(ARABIC)
    name = name.casefold().translate(APOSTROPHES)
    words = SEPARATORS.sub(" ", name).split()
    return " ".join(SHORTENINGS.get(word, word) for word in words)


def script(name: str) -> str:
    """The script of a name's first letter as Unicode names it: `LATIN`, `CYRILLIC`, `ARABIC`…; else empty."""
    for letter in name:
        if letter.isalpha():
            return unicodedata.name(letter, "").split(" ", 1)[0]
    return ""


SCRIPTS = frozenset({"LATIN", "CYRILLIC", "ARABIC"})
"""The scripts that the program reads names in; the others would double the index."""
LEADING_ARTICLES = ("al ", "al-", "el ", "el-", "ash", "as ", "ad ", "an ", "ar ", "d'", "'", "‘", "’")
"""Beginnings with which a lower-case Latin name is still a name; the others are machine transliterations."""


def worth_keeping(name: str) -> bool:
    """Whether an alternate name belongs into the index: no machine transliteration, code or odd script."""
    writing = script(name)
    if writing != "LATIN":
        return writing in SCRIPTS
    first = next(letter for letter in name if letter.isalpha())
    if first.islower():
        return name.lower().startswith(LEADING_ARTICLES)
    return len(name) > 3 or not name.isupper()


@lru_cache(maxsize=65_536)
def word(text: str) -> Word:
    """What a word of a text is. One without case, as in Arabic script, may begin a name anywhere."""
    first = text[0]
    return Word(text, key(text), first.isalpha() and not first.islower())


def goes_on(word: Word) -> bool:
    """Whether a name that has begun may go on with a word: one with a capital, or *d'Ivoire*."""
    return word.capital or ELIDED.match(word.text) is not None


def joined(so_far: str, gap: str, then: Word) -> str | None:
    """The key of a name that goes on after `gap` with one more word, or null where the gap parts them."""
    if GAP.fullmatch(gap) is None:
        return None
    return so_far + ("" if gap in {".", ""} else " ") + then.key
