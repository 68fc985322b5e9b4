"""The figures that a text tells, with what they count: *92,000 barrels*, *four fifths*, *one in five*, *$3 million*."""

import re
from dataclasses import dataclass
from typing import Final

from foreshock.ledger.horizons.horizon import DATE, EXPRESSION
from foreshock.ledger.horizons.rephrasing import STRETCH
from foreshock.ledger.outcomes.figure_words import signs
from foreshock.ledger.words import stem, stems
from foreshock.model.letters import UPPER
from foreshock.read.numerals import number_of

PER_CENT: Final = "%"
"""The unit of shares: per cent, fractions, *one in five*."""
_SMALL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?)"
)
_SCALE = r"(?:hundred|thousand|million|billion|trillion|lakh|crore|[mbt]n)"
_NUMBER = (
    rf"(?:(?P<digits>\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})++(?!\d)|\d++(?:,\d{{3}}(?!\d))*+(?:\.\d++)?+(?!,\d))"
    rf"(?:\s?(?P<scale>{_SCALE})\b)?|"
    rf"(?P<words>half\s+a\s+million|(?:an?|{_SMALL})(?:\s+and\s+a\s+half)?(?:\s+{_SCALE})+(?:\s+and\s+{_SMALL})?|"
    rf"{_SMALL}(?:\s+and\s+a\s+half)?))"
)
_PARTS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_FRACTION = (
    r"(?:(?P<times>an?|one|two|three|four|five|six|seven|eight|nine)[\s-]+)?(?P<part>half|third|quarter|fifth|tenth)s?"
    r"(?=\s+(?:of|the|its|their|those|were|was|had|have)\b)(?!\s+of\s+(?:a|one)\s+per\b)"
)
_IN = (
    r"(?:(?P<some>one|two|three|four|five|six|seven|eight|nine|\d{1,2})\s+(?:[\w-]+\s+){0,2}?in\s+"
    r"(?P<all>two|three|four|five|ten|a hundred|100)(?!\s+(?:thousand|million)))"
)
"""*Seven in ten*, *one voter in four*."""
_AMOUNT = re.compile(
    rf"(?<![\w.,/–-])(?:{_IN}|{_FRACTION}|(?P<money>(?:US|A)?[$€£])?{_NUMBER})(?![\w/–-])"
    r"(?=(?P<behind>(?:\s?(?:%|[\w’'-]+)){0,4}))",
    re.IGNORECASE,
)
"""A figure; one that is part of a range, a score, a date or a name (*9-11*, *3–1*, *F-16*) is none, nor is one whose
decimals can't be told from its thousands (*9,5*)."""
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7,
    "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
_YEARS = range(1900, 2101)
_TIMES = re.compile(rf"{EXPRESSION.pattern}|\b(?:{DATE})|\b{STRETCH}|\b\d{{1,2}}:\d\d\b", re.IGNORECASE)
_ODDS = re.compile(
    r"\s*(?:per\s+cent|percent|%)?\s*(?:in\s+\w+\s+)?(?:the\s+)?(?:chance|probabilit|likelihood|odds|that\b)",
    re.IGNORECASE,
)
_PER = re.compile(
    r"(?:\s+(?!(?:by|in|at|on|from|for|of|and|or|to|before|until|till|after|than|when|since)\b)[\w’'-]+){0,2}?\s+(?:to\s+)?(?:a|an|per|the|each)\s+(?P<per>[a-z]+)",
    re.IGNORECASE,
)
"""What a figure is one of: *barrels a day*, *400 the kilo*, *30 to the dollar*."""
LONGEST = 2_000
"""Characters of the longest sentence in which figures are read: a longer one is a table."""
_NEAR = 40
_NAMED = re.compile(rf"(?:\b[{UPPER}][\w’'-]+|\b(?:no|number|nos)\.?)\s+$")
"""Before a figure that is a name: *Mile 17*, *Brief 26*."""
_NOUN = re.compile(
    r"(?:\s+(?!(?:a|an|the|to|in|at|by|on|of|and|or|for|from|before|with|per|will|would|is|are|was|were|had|have|has)\b)"
    r"[\w’'-]+){1,2}"
)
"""What a figure counts, right behind it."""
_DIGITS = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\w)")
_DATED = re.compile(DATE, re.IGNORECASE)
_MONEY = {"$": "dollars", "€": "euros", "£": "pounds"}


@dataclass(frozen=True)
class Amount:
    """A figure in a text: its value, the stems of its unit (empty for none), of what it is one (empty for none told),
    and where it stands."""

    value: float
    unit: frozenset[str]
    per: str
    start: int
    end: int


def without_times(words: str) -> str:
    """The words with blanks for their days, years and stretches of time."""
    return _TIMES.sub(lambda found: " " * len(found.group(0)), words)


def in_digits(words: str) -> list[float]:
    """The bare numbers that words tell in digits, whatever they count, days and years left out."""
    found = (float(match.group(0).replace(",", "")) for match in _DIGITS.finditer(_DATED.sub(" ", words)))
    return [number for number in found if number not in _YEARS]


def amounts(words: str) -> list[Amount]:
    """The figures in `words` that are no days, years, times or odds, in order; none of what is too long to be a
    sentence."""
    if len(words) > LONGEST:
        return []
    bare = without_times(words)
    return [one for found in _AMOUNT.finditer(bare) if (one := _amount(words, bare, found)) is not None]


def _amount(words: str, bare: str, found: re.Match[str]) -> Amount | None:
    value, unit, end = _value(found), _unit(found), found.start("behind")
    if value is None or value <= 0 or _ODDS.match(bare, end):
        return None
    if found["digits"] and found["digits"].isdigit() and not found["scale"]:
        year = not unit and value in _YEARS
        if year or _NAMED.search(bare[max(0, found.start() - _NEAR) : found.start()]):
            return None
    per = _PER.match(words, end)
    return Amount(value, unit, stem(per["per"].casefold()) if per else "", found.start(), end)


def _value(found: re.Match[str]) -> float | None:
    if found["all"]:
        whole, some = _number(found["all"]), _number(found["some"])
        return None if not whole or some is None or some > whole else 100 * some / whole
    if found["part"]:
        times = _number(found["times"] or "one")
        return None if times is None else min(100.0, times * _PARTS[found["part"].casefold()])
    if found["digits"]:
        return float(re.sub(r"[^\d.]", "", found["digits"])) * _SCALES.get((found["scale"] or "").casefold(), 1)
    return _number(found["words"])


def _number(words: str) -> float | None:
    folded = re.sub(r"\s+", " ", words.casefold())
    if folded.isdigit():
        return float(folded)
    half = re.sub(r"\s+and a half\b", "", folded)
    scale = next((value for name, value in _SCALES.items() if folded.endswith(name)), 1.0)
    big = re.fullmatch(r"(.+?) (billion|trillion)", half)
    whole = number_of(big[1]) if big else number_of(half)
    if whole is None:
        return None
    value = float(whole) * (_SCALES[big[2]] if big else 1.0)
    return value + scale / 2 if half != folded else value


def _unit(found: re.Match[str]) -> frozenset[str]:
    behind = found["behind"] or ""
    if found["all"] or found["part"] or re.match(r"\s*(?:%|per\s?cent\b)", behind, re.IGNORECASE):
        return frozenset({PER_CENT})
    noun = _NOUN.match(behind)
    words = _MONEY[found["money"][-1]] if found["money"] else noun.group(0) if noun else ""
    return frozenset(stems(words)) - signs().cues
