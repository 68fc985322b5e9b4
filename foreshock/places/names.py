"""How a place's name is compared: one key for all the ways in which it may be written."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʻʼʾʿʹ′ʺ\".•·ـ"), None)
SEPARATORS = re.compile(r"[\s\-‐‑‒–—_/,&()]+")
SHORTENINGS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك"})
LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ё": "е"}
)

WORD = re.compile(r"[^\W_]+(?:[’'ʼ`‘][^\W_]+)*(?:\.(?:[^\W\d_]\.)+)?", re.UNICODE)
"""A word of running text: letters and digits, apostrophes inside, and the rest of *U.S.*"""


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """The key of a name: no case, accents, apostrophes, full stops or Arabic vowel marks; single spaces.

    *Nord-Kivu*, *nord kivu* and *Nord Kivu* share one key, as do *Mar’ina* and *Marina*. Empty where the
    name holds nothing but punctuation.
    """
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
