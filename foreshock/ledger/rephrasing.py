"""Times that a forecast tells in other words than the rules of time know: *by the fifteenth*, *before mid-June*."""

import datetime
import re
from collections.abc import Callable
from typing import Final

from foreshock.read.time_spans import MONTHS, month_end

MONTH: Final = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|"
    r"oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?!\w)"
)
MODIFIES: Final = (
    r"\s+(?!(?:and|or|but|if|when|while|because|as|in|at|to|is|are|was|of|with|by|on|for|ends?|unless|from|than)\b)"
    r"[a-z]"
)
"""A noun behind a time, which is then that noun's: *before the May inauguration*, *by the second reading*."""
COUNT: Final = (
    r"(?:an?\s+hundred|an?|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"sixty|ninety|several|a few|some|a further|another)"
)
STRETCH: Final = rf"{COUNT}(?:\s+more|\s+full|\s+whole)?\s+(?:hour|day|week|fortnight|month|year)s?\b"
_ONES = ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
         "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth").split()  # fmt: skip
_ORDINALS: Final = {
    **{word: day for day, word in enumerate(_ONES, 1)},
    **{f"twenty-{word}": 20 + day for day, word in enumerate(_ONES[:9], 1)},
    "thirtieth": 30, "thirty-first": 31,
}  # fmt: skip
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_BY = r"(?:by|before|until|till|ahead of|prior to)"
WET: Final = r"(?:rains|rainy season|monsoons?|snows?|frosts?|cold|floods)"

_OF_MONTH: Final = re.compile(
    rf"\bthe\s+(?P<day>{_ORDINAL})\s+(?:day\s+)?of\s+(?:the\s+)?(?P<month>{MONTH})", re.IGNORECASE
)
_WEEK_OF_MONTH: Final = re.compile(
    rf"\b(?P<lead>{_BY}|in|on|during|within|since)\s+(?:the\s+end\s+of\s+)?the\s+(?P<week>first|second|third|last)\s+"
    rf"(?:full\s+)?week\s+(?:of|in)\s+(?P<month>{MONTH})",
    re.IGNORECASE,
)

_Told = Callable[[re.Match[str], datetime.date], str]


def _fixed(words: str) -> _Told:
    return lambda match, made: match.expand(words)


def _written(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _coming(match: re.Match[str], made: datetime.date) -> str:
    """*By the fifteenth* → by the next fifteenth of a month."""
    number = int(match["figures"]) if match["figures"] else _ORDINALS[match["word"].casefold()]
    first = made.replace(day=1)
    for _ in range(3):
        if number <= month_end(first).day and first.replace(day=number) > made:
            return f"{match['lead']} {_written(first.replace(day=number))}"
        first = month_end(first) + datetime.timedelta(1)
    return match.group(0)


def _quarter(match: re.Match[str], made: datetime.date) -> str:
    """*This quarter* → *by its last day*."""
    end = month_end(made.replace(day=1, month=(made.month - 1) // 3 * 3 + 3))
    return f"by {_written(end)}"


def _that_month(match: re.Match[str], made: datetime.date) -> str:
    """*September's wages by the end of that month* → *by the end of September*."""
    return f"{match['month']}{match['between']}by the end of {match['month']}"


def _rule(pattern: str, told: str | _Told) -> tuple[re.Pattern[str], _Told]:
    return re.compile(pattern, re.IGNORECASE), _fixed(told) if isinstance(told, str) else told


_RULES: Final = (
    _rule(r"(?:\ban?\s+|(?<=\bfirst\s))hundred(?=\s+(?:day|week)s?\b)", "100"),
    _rule(
        rf"\b(?P<lead>{_BY}|on|from)\s+the\s+(?:(?P<word>{_ORDINAL})|(?P<figures>\d{{1,2}})(?:st|nd|rd|th))"
        rf"(?:\s+of\s+(?:the|this|that)\s+month)?(?![\w-]|\s+of\b|{MODIFIES})",
        _coming,
    ),
    _rule(
        rf"\bfrom\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+(?:of\s+)?{MONTH})?|{MONTH}\s+\d{{1,2}})(?:,?\s+20\d\d)?\s+"
        rf"(?:to|until|till)\s+(?:the\s+)?(?=\d{{1,2}}|{MONTH}\s+\d)",
        "by ",
    ),
    _rule(rf"\b{_BY}\s+(?:the\s+)?mid(?:dle\s+of)?[\s-]*(?P<month>{MONTH})", r"by 15 \g<month>"),
    _rule(rf"\b{_BY}\s+(?:the\s+)?mid(?:dle\s+of)?[\s-]*(?P<year>20\d\d)\b", r"by 30 June \g<year>"),
    _rule(rf"\b(?:in|within|during)\s+the\s+first\s+(?:few\s+)?days\s+of\s+(?P<month>{MONTH})", r"by 10 \g<month>"),
    _rule(
        rf"\b(?:when|before|once|by the time|until|till)\s+(?P<month>{MONTH})\s+"
        r"(?:begins?|comes(?:\s+in)?|starts?|opens?|is\s+here)\b",
        r"by 1 \g<month>",
    ),
    _rule(rf"\b(?:this\s+side\s+of|sees?)\s+(?P<month>{MONTH})", r"before 1 \g<month>"),
    _rule(
        rf"\b(?:before|ahead\s+of|until)\s+the\s+(?P<month>{MONTH})\s+{WET}\b|"
        rf"\b(?:before|ahead\s+of|until)\s+(?:the\s+)?{WET}\s+(?:returns?|comes?|begins?|starts?|sets?\s+in|breaks?)\s+in\s+(?P<then>{MONTH})",
        lambda match, made: f"before 1 {match['month'] or match['then']}",
    ),
    _rule(rf"\b(?:no|not)\s+later\s+than\s+(?=(?:the\s+)?(?:end\s+of\s+)?(?:{MONTH}|\d))", "by "),
    _rule(rf"\b(?:beyond|past)\s+(?:the\s+end\s+of\s+)?(?={MONTH})", "by the end of "),
    _rule(rf"\b(?:inside|in\s+under|in\s+less\s+than|in\s+no\s+more\s+than)\s+(?={STRETCH})", "within "),
    _rule(rf"\bbeyond\s+(?={STRETCH})", "within "),
    _rule(rf"\b(?:until|till|into)\s+(?P<month>{MONTH})(?!\s*\d|{MODIFIES})", r"before 1 \g<month>"),
    _rule(
        rf"\b(?:in|within|during|through|throughout|for)\s+(?:the\s+whole\s+of\s+)?(?:its|his|her|their|the|those|these)\s+"
        rf"(?:first\s+)?(?={STRETCH})",
        "within ",
    ),
    _rule(r"\bthe\s+year\s+(?=(?:will|would|may|is\s+likely\s+to)\s+(?:close|end)\b)", "by the end of the year "),
    _rule(
        r"\b(?P<verb>(?:last|hold|outlast|survive|stand|stay|endure|continue)s?|go(?:es)?\s+on)\s+"
        rf"(?:(?:for\s+)?(?:longer|more)\s+than\s+)?(?={STRETCH})",
        r"\g<verb> within ",
    ),
    _rule(
        rf"\b(?:before|until|when|after|beyond|by)\s+(?:the|its|their|those|these|his|her)\s+(?P<told>{STRETCH})"
        r"(?:\s+(?:(?:is|are)\s+(?:up|over|out)|ends?|runs?\s+out))?",
        r"within \g<told>",
    ),
    _rule(r"\b(?:by|before|at|until)\s+(?:the\s+)?week['’]?s['’]?\s+end\b", "by the end of the week"),
    _rule(
        r"\b(?:(?:in|during|within|(?:by|before)\s+the\s+end\s+of)\s+)?(?:this|the\s+current)\s+quarter\b",
        _quarter,
    ),
    _rule(r"\bthis\s+year\s+(?:or|and)\s+next\b", "by the end of next year"),
    _rule(
        rf"\b(?P<month>{MONTH})(?P<between>\b[^.;]{{1,80}}?)\bby\s+the\s+end\s+of\s+that\s+month\b",
        _that_month,
    ),
)


def spelled(words: str) -> str:
    """The words with days and weeks of a month that are written out as dates, whichever way one looks: *the first of
    February*, *in the last week of March*."""
    words = _OF_MONTH.sub(lambda match: f"{_ORDINALS[match['day'].casefold()]} {match['month']}", words)
    return _WEEK_OF_MONTH.sub(_week_s_end, words)


def _week_s_end(match: re.Match[str]) -> str:
    if match["week"].casefold() == "last":
        return f"{match['lead']} {match['month']}"
    return f"{match['lead']} {7 * _ORDINALS[match['week'].casefold()]} {match['month']}"


def rephrased(words: str, made: datetime.date) -> str:
    """The words with their times as the rules of time know them, looking ahead from `made`."""
    words = spelled(words)
    for pattern, told in _RULES:
        words = pattern.sub(lambda match, told=told: told(match, made), words)  # type: ignore[misc]
    return words
