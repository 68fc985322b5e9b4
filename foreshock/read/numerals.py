"""Whole numbers, written in digits or in English words."""

import re

_ONES = {word: number for number, word in enumerate(
    ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
     "eighteen nineteen").split(), 1)}  # fmt: skip
_TENS = {word: 10 * number for number, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12, "lakh": 100_000, "lakhs": 100_000,
           "crore": 10_000_000, "crores": 10_000_000}  # fmt: skip
_WORDS = {"a": 1, "an": 1, **_ONES, **_TENS}
LARGEST_DIGITS = 9
"""More digits than this are a telephone number or a mistake, not a count."""

_ones, _tens, _scales = ("|".join(words) for words in (_ONES, _TENS, _SCALES))
_below_hundred = rf"(?:(?:{_tens})(?:[-\s](?:{_ones}))?|(?:{_ones}))(?!\w)"
_halved = r"(?:thousand|million|lakhs?|crores?)"
_and_a_half = (
    rf"(?:(?:{_below_hundred}|\d{{1,3}})\s+and\s+a\s+half\s+{_halved}|(?:an?|one)\s+{_halved}\s+and\s+a\s+half)(?!\w)"
)
_in_words = (
    rf"(?:an?\s+|{_below_hundred}[-\s])(?:{_scales})\b"
    rf"(?:(?:[-\s](?:and\s+)?{_below_hundred})?[-\s](?:{_scales})\b)*(?:\s+(?:and\s+)?{_below_hundred})?"
)
NUMBER = (
    rf"(?:{_and_a_half}"
    r"|(?:\d{1,3}(?:[,.\u00a0\u2009\u202f ]\d{3})+(?!\d)|\d{1,2}(?:,\d\d){1,3},\d{3}(?!\d)"
    r"|\d+[.,]\d{1,2}(?=(?:(?:\s+(?:to|or|and)\s+|\s?[-–]\s?)\d+(?:[.,]\d{1,2})?)?"
    r"\s+(?:thousand|million|lakhs?|crores?)\b)"
    r"|\d{1,3}(?:\.\d{1,2})?k(?!\w)"
    rf"|\d+)(?:\s+(?:{_scales})\b)?"
    r"|half\s+an?\s+(?:million|dozen)\b|(?:an?\s+)?quarter\s+of\s+a\s+million\b"
    rf"|{_in_words}|{_below_hundred}|dozen\b)"
)
"""A regular expression for one number: *2,500*, *2.5 million*, *a dozen*, *three hundred and fifty thousand*, *two and
a half million*, *seven lakh*, *1.2k*."""

_digits = re.compile(rf"(?P<bare>\d[\d,.\u00a0\u2009\u202f ]*?)(?P<decimal>[.,]\d{{1,2}})?(?:\s+(?P<scale>{_scales}))?")

_thousands = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,2})?)k")
_quarter = re.compile(r"(?:an?\s+)?quarter\s+of\s+a\s+million")
_half_more = re.compile(r"(?P<whole>.+?)\s+and\s+a\s+half(?:\s+(?P<scale>\w+))?")
_scale_at_end = re.compile(rf"\b(?:{_scales})(?:\s(?:{_scales}))*$")


def lower_end(words: str, upper: str) -> int | None:
    """The number that begins a range: *5* of *5 to 6 thousand* and *5-6k* tells thousands too, as does *sixty* of
    *sixty to a hundred thousand*, unless that passes the end."""
    if upper.casefold().endswith("k") and words.isdigit():
        return lower_end(words, f"{upper[:-1]} thousand")
    scale = _scale_at_end.search(upper.casefold().strip())
    alone, last = number_of(words), number_of(upper)
    if scale is None or alone is None or last is None or _scale_at_end.search(words.casefold().strip()):
        return alone
    scales = scale.group(0).split()
    scaled = (number_of(" ".join([words, *scales[at:]])) for at in range(len(scales)))
    return next((number for number in scaled if number is not None and number <= last), alone)


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
    thousands = _thousands.fullmatch(folded)
    if thousands:
        return round(float(thousands["number"]) * _SCALES["thousand"])
    if _quarter.fullmatch(folded):
        return _SCALES["million"] // 4
    half_more = _half_more.fullmatch(folded)
    if half_more:
        return _and_half(f"{half_more['whole']} {half_more['scale'] or ''}".strip())
    half = re.fullmatch(r"half\s+an?\s+(million|dozen)", folded)
    return _SCALES[half.group(1)] // 2 if half else _number_of_words(folded)


def _and_half(words: str) -> int | None:
    """The number that `words` tell and half of the scale that ends them; null where none does."""
    whole, scale = number_of(words), _SCALES.get(words.split()[-1])
    return None if whole is None or scale is None else whole + scale // 2


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
