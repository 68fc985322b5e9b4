"""How names of actors are compared: one key for the ways in which a name is written, one skeleton for the ways in
which it is heard, and a similarity that forgives slips of the pen."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from foreshock.places.sounds import skeleton

CYRILLIC: Final = dict(
    zip(
        "абвгґдеєёжзиіїйклмнопрстуўфхцчшщъыьэюя",
        "a b v g g d e ye yo zh z i i yi y k l m n o p r s t u u f kh ts ch sh shch _ y _ e yu ya".split(),
        strict=True,
    )
)
ARABIC: Final = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئپچگڤک",
        "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a _ a i a w y p ch g v k".split(),
        strict=True,
    )
)
LETTERS: Final = {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"}
TABLE: Final = str.maketrans({k: v.replace("_", "") for k, v in (CYRILLIC | ARABIC | LETTERS).items()})
"""Cyrillic as English-language media write it, Arabic letter by letter without vowels (ALA-LC without its marks)."""

AMERICAN: Final = re.compile(r"\bU\.?S(?:\.|\b)(?!\.?A)")
"""*US* and *U.S.*, which must not share a key with the pronoun."""
SILENT: Final = dict.fromkeys(map(ord, '‘`´ʻʼʾʿʹ′ʺ"“”«».•·ـ!?*'), None)
POSSESSIVE: Final = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’])(?=$|[\s,;:)(])")
COLLECTIVE: Final = re.compile(r"\b(people|women|children|men)['’]s\b", re.IGNORECASE)
"""A possessive inside a name that is as often written without its apostrophe: *People's Army*, *Peoples Army*."""
SEPARATORS: Final = re.compile(r"[\s\-‐‑‒–—_/,;:&()\[\]]+")

J_AS_Y: Final = 0.02
"""What it costs to read a *j* as a *y*."""
WORD_ALIKE: Final = 0.72
"""Words less alike than this are different words."""


@lru_cache(maxsize=131_072)
def key(name: str) -> str:
    """The key of a name: no case, accents, apostrophes, full stops or possessive; Latin letters; single spaces.

    *Kastuś Kalinoŭski*, *kastus kalinouski* share one key; *ЧВК Вагнер* becomes *chvk vagner*.
    """
    if name.isascii() and name.isalnum():
        return "usa" if name == "US" else name.casefold()
    name = name.strip()
    if "U" in name:
        name = AMERICAN.sub("USA", name)
    if "'" in name or "’" in name:
        name = POSSESSIVE.sub("", COLLECTIVE.sub(r"\1s", name))
    name = name.casefold()
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.translate(TABLE))
        name = "".join(letter for letter in name if not unicodedata.combining(letter)).translate(TABLE)
    name = name.translate(SILENT).replace("'", "").replace("’", "")
    return " ".join(SEPARATORS.sub(" ", name).split())


def similarity(one: str, other: str) -> float:
    """How alike two keys are, 0 to 1: one less the share of letters to change, swap, add or drop."""
    return float(OSA.normalized_similarity(one, other))


def alike(one: str, other: str) -> float:
    """How alike two keys are as written and as heard, 0 to 1, words in either order.

    Names of as many words are only as alike as their least alike words leave them: *Ahmed Burhan* is not *Abdel
    Burhan*, however long the rest.
    """
    ordered = _alike(one, other)
    words, others = one.split(), other.split()
    if len(words) != len(others) and _alike(words[-1], others[-1]) < WORD_ALIKE:
        return min(ordered, WORD_ALIKE)  # *Hassan Sheikh Idris* is not *Hassan Sheikh*
    if len(words) == len(others) > 1:
        straight = _least(words, others)
        turned = _least(sorted(words), sorted(others))
        if max(straight, turned) < WORD_ALIKE:
            return min(ordered, WORD_ALIKE)
        if turned > straight:
            return _alike(" ".join(sorted(words)), " ".join(sorted(others))) - 0.02
    return ordered


def _least(words: list[str], others: list[str]) -> float:
    """How alike the least alike words are; articles and particles (*al*, *ash*, *bin*) do not count."""
    pairs = zip(words, others, strict=True)
    return min((_alike(word, other) for word, other in pairs if max(len(word), len(other)) > 3), default=1.0)


@lru_cache(maxsize=16_384)
def _alike(one: str, other: str) -> float:
    written, heard = similarity(one, other), _heard(one, other)
    if "j" in one + other:  # *Alijev*, *Netanjahu*: a German or Slavic j is an English y
        spoken, told = one.replace("j", "y"), other.replace("j", "y")
        heard = max(heard, _heard(spoken, told))
        written = max(written, similarity(spoken, told) - J_AS_Y)
    return (written + heard) / 2


def _heard(one: str, other: str) -> float:
    return similarity(" ".join(map(skeleton, one.split())), " ".join(map(skeleton, other.split())))


def near(word: str) -> list[str]:
    """The blocks that a word of a key falls into: its skeleton, and the skeleton less any one consonant.

    Two words with skeletons at most one slip apart share a block, so nothing is compared with everything.
    """
    bones = skeleton(word)
    if len(bones) < 2:
        return [bones] if bones else []
    blocks = [bones]
    if len(bones) >= 3:
        blocks += [bones[:at] + bones[at + 1 :] for at in range(len(bones))]
    return list(dict.fromkeys(blocks))


def slug(name: str) -> str:
    """A name as the end of an id: its key with hyphens, ASCII letters and digits only."""
    return re.sub(r"[^a-z0-9]+", "-", key(name)).strip("-")


def initials(name: str) -> str:
    """The first letters of a name's words as an acronym would use them: *Russian Volunteer Corps* → *rvc*."""
    return "".join(word[0] for word in key(name).split() if word not in {"of", "the", "for", "and", "in", "on"})
