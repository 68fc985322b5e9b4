"""How a name sounds, whoever wrote it down: the consonants that are left when romanisations agree."""

from functools import lru_cache
from typing import Final

SOUNDS: Final = (
    ("oua", "va"), ("oue", "ve"), ("oui", "vi"),
    ("tsch", "s"), ("shch", "s"), ("tsh", "s"), ("tch", "s"), ("dzh", "s"), ("sch", "s"), ("cz", "s"), ("dj", "s"),
    ("kh", "k"), ("gh", "k"), ("ch", "s"), ("sh", "s"), ("zh", "s"), ("ts", "s"), ("tz", "s"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("ce", "s"), ("ci", "s"), ("x", "ks"), ("q", "k"), ("g", "k"), ("c", "k"), ("z", "s"),
    ("j", "s"), ("w", "v"),
)  # fmt: skip
"""Letters that transliterations swap for one another, longest first. What follows them is a consonant skeleton."""


@lru_cache(maxsize=131_072)
def skeleton(word: str) -> str:
    """The consonants of one word of a key as they sound, doubled ones once: *prigozhin* and *prigojyn* → *prksn*.

    Empty for a word of vowels.
    """
    for letters, sound in SOUNDS:
        word = word.replace(letters, sound)
    found: list[str] = []
    for letter in word:
        if letter not in "aeiouyh" and (not found or found[-1] != letter):
            found.append(letter)
    return "".join(found)
