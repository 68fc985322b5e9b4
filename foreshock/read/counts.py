"""Quantities told in a statement: killed, injured, captured, displaced, deserted, with their bounds.

Numbers are read by code, not learned: digits, words, *dozens*, *at least*, *between … and …*. Which count
a number belongs to follows from the trigger's word (`data/counts.yaml`).
"""

import re
from functools import cache
from importlib.resources import files

import yaml

from foreshock.model.statement import Count
from foreshock.read.decode import CharSpan

UNITS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
VAGUE = {"dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2000, 9999),
         "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999)}  # fmt: skip
LEAST = ("at least", "more than", "over", "no fewer than", "not less than", "upwards of", "as many as least")
MOST = ("up to", "at most", "as many as", "fewer than", "less than", "no more than")
ROUGHLY = ("around", "about", "some", "nearly", "almost", "roughly", "approximately")
MEASURES = frozenset(
    "km kilometre kilometres kilometer kilometers mile miles metre metres percent per % year years month months week "
    "weeks day days hour hours minute minutes am pm o’clock o'clock dollars euros $ tonnes tons shells rounds rifles "
    "vehicles villages houses homes schools camps families tanks trucks times".split()
)
"""Words after a number that say it counts no people."""

_number = (
    r"(?:\d{1,3}(?:[,.   ]\d{3})+|\d+)(?:\s+(?:hundred|thousand|million))?"
    r"|(?:(?:" + "|".join(UNITS) + r")(?:[-\s](?:" + "|".join(UNITS) + r"))?"
    r"(?:[-\s](?:hundred|thousand|million|dozen))?)|dozen"
)
_vague = "|".join(sorted(VAGUE, key=len, reverse=True))
_pattern = re.compile(
    rf"(?P<bound>{'|'.join((*LEAST, *MOST, *ROUGHLY))})?\s*"
    rf"(?:(?P<range>between\s+|from\s+)?(?P<low>(?<![\w.-])(?:{_number})(?![\w-]))"
    rf"(?:\s*(?:and|to|-|–)\s*(?P<high>(?:{_number})(?![\w-])))?|(?P<vague>(?<!\w)(?:{_vague})(?!\w)))"
    r"(?P<after>\s+[\w%$’'-]+)?",
    re.IGNORECASE,
)


@cache
def _verbs() -> dict[str, re.Pattern[str]]:
    data = yaml.safe_load((files("foreshock") / "data" / "counts.yaml").read_text(encoding="utf-8"))
    return {
        name: re.compile(r"(?<!\w)(?:" + "|".join(map(str, words)) + r")(?!\w)", re.IGNORECASE)
        for name, words in data.items()
    }


def number_of(words: str) -> int | None:
    """The whole number that digits or English words stand for; null where they stand for none."""
    folded = words.casefold().replace("-", " ").strip()
    digits = re.fullmatch(r"([\d,.   ]+)(?:\s+(hundred|thousand|million))?", folded)
    if digits:
        bare = re.sub(r"\D", "", digits.group(1))
        return int(bare) * SCALES.get(digits.group(2) or "", 1) if bare and len(bare) < 10 else None
    total, current = 0, 0
    for word in folded.split():
        if word == "dozen":
            current = max(current, 1) * 12
        elif word in UNITS:
            current += UNITS[word]
        elif word in SCALES:
            total, current = total + max(current, 1) * SCALES[word], 0
        elif word != "and":
            return None
    return total + current or None


def _count(match: re.Match[str]) -> Count | None:
    bound = (match["bound"] or "").casefold()
    if match["vague"]:
        low, high = VAGUE[match["vague"].casefold()]
        return Count(low=low, high=high)
    low_value = number_of(match["low"])
    high_value = number_of(match["high"]) if match["high"] else None
    if low_value is None:
        return None
    if high_value is not None and high_value > low_value:
        return Count(low=low_value, high=high_value)
    if bound in LEAST:
        return Count(low=low_value)
    if bound in MOST:
        return Count(high=low_value)
    if bound in ROUGHLY:
        return Count(best=low_value)
    return Count(low=low_value, best=low_value, high=low_value)


def _counts_people(match: re.Match[str]) -> bool:
    if (match["low"] or "").casefold() in ("a", "an", "one") and not match["high"]:
        return False
    after = (match["after"] or "").strip().casefold()
    year = match["low"] and re.fullmatch(r"(?:19|20)\d\d", match["low"])
    return after not in MEASURES and not year


def find(text: str, clause: CharSpan, trigger: CharSpan) -> dict[str, Count]:
    """The counts of the statement, by name; empty where its trigger counts nobody or no number is told.

    Of several numbers in the clause the first is meant: what follows breaks it down.
    """
    word = text[trigger[0] : trigger[1]]
    names = [name for name, pattern in _verbs().items() if pattern.search(word)]
    if not names:
        return {}
    for match in _pattern.finditer(text, clause[0], clause[1]):
        count = _count(match) if _counts_people(match) else None
        if count is not None:
            return {names[0]: count}
    return {}
