"""Whole numbers, written in digits or in English words."""

import re

_ONES = {word: number for number, word in enumerate(
    ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
     "eighteen nineteen").split(), 1)}  # fmt: skip
_TENS = {word: 10 * number for number, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
_WORDS = {"a": 1, "an": 1, **_ONES, **_TENS}
LARGEST_DIGITS = 9
"""More digits than this are a telephone number or a mistake, not a count."""

_ones, _tens, _scales = ("|".join(words) for words in (_ONES, _TENS, _SCALES))
_below_hundred = rf"(?:(?:{_tens})(?:[-\s](?:{_ones}))?|(?:{_ones}))(?!\w)"
NUMBER = (
    r"(?:\d{1,3}(?:[,.\u00a0\u2009\u202f ]\d{3})+(?!\d)|\d+[.,]\d{1,2}(?=\s+(?:thousand|million)\b)|\d+)"
    r"(?:\s+(?:hundred|thousand|million|dozen)\b)?"
    rf"|half\s+an?\s+(?:million|dozen)\b|(?:an?\s+|{_below_hundred}[-\s])(?:{_scales})\b(?:\s+thousand\b)?"
    rf"(?:\s+(?:and\s+)?{_below_hundred})?|{_below_hundred}|dozen\b"
)
"""A regular expression for one number: *2,500*, *2.5 million*, *a dozen*, *two hundred and forty*, *thirty-one*."""

_digits = re.compile(
    r"(?P<bare>\d[\d,.\u00a0\u2009\u202f ]*?)(?P<decimal>[.,]\d{1,2})?(?:\s+(?P<scale>hundred|thousand|million|dozen))?"
)


def number_of(words: str) -> int | None:
    """The whole number that digits or English words stand for; null where they stand for none."""
    folded = words.casefold().strip()
    digits = _digits.fullmatch(folded)
    if digits:
        bare = re.sub(r"\D", "", digits["bare"])
        if not bare or len(bare) > LARGEST_DIGITS:
            return None
        share = float("0." + digits["decimal"][1:]) if digits["decimal"] else 0.0
        return round((int(bare) + share) * _SCALES.get(digits["scale"] or "", 1))
    half = re.fullmatch(r"half\s+an?\s+(million|dozen)", folded)
    return _SCALES[half.group(1)] // 2 if half else _number_of_words(folded)


def _number_of_words(folded: str) -> int | None:
    total, current = 0, 0
    for word in folded.replace("-", " ").split():
        if word in _WORDS:
            current += _WORDS[word]
        elif word in ("hundred", "dozen"):
            current = max(current, 1) * _SCALES[word]
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
        elif word != "and":
            return None
    return total + current or None
