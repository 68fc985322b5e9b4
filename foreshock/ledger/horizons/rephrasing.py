"""Times that a forecast tells in other words than the rules of time know: *by the fifteenth*, *before mid-June*."""

import datetime
import re
from collections.abc import Callable
from functools import partial
from typing import Final

from foreshock.read.time_rules import NO_SEASON
from foreshock.read.time_spans import MONTHS, SEASONS, month_end, month_number

MONTH: Final = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|"
    r"oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?!\w)"
)
MODIFIES: Final = (
    r"\s+(?!(?:and|or|but|if|when|while|because|as|in|at|to|is|are|was|of|with|by|on|for|ends?|unless|from|than)\b)"
    r"[a-z]"
)
"""A noun behind a time, which is then that noun's: *before the May inauguration*, *by the second reading*."""
_COUNT: Final = (
    r"(?:an?\s+hundred|an?|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"sixty|ninety|several|a few|some|a further|another)"
)
STRETCH: Final = rf"{_COUNT}(?:\s+more|\s+full|\s+whole)?\s+(?:hour|day|week|fortnight|month|year)s?\b"
_ONES = ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
         "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth").split()  # fmt: skip
_ORDINALS: Final = {
    **{word: day for day, word in enumerate(_ONES, 1)},
    **{f"twenty-{word}": 20 + day for day, word in enumerate(_ONES[:9], 1)},
    "thirtieth": 30, "thirty-first": 31,
}  # fmt: skip
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_MAYBE_COUNTED: Final = 10
_DAYS_BACK: Final = 6
"""From the last day of a week to its first."""
_BY = r"(?:by|before|until|till|ahead of|prior to)"
WET: Final = r"(?:rains|rainy season|monsoons?|snows?|frosts?|cold|floods)"

_OF_MONTH: Final = re.compile(
    rf"\bthe\s+(?P<day>{_ORDINAL})\s+(?:day\s+)?of\s+(?:the\s+)?(?P<month>{MONTH})", re.IGNORECASE
)
_WEEK_OF_MONTH: Final = re.compile(
    rf"\b(?P<lead>{_BY}|in|on|during|within|since)\s+(?P<end>the\s+end\s+of\s+)?the\s+(?P<week>first|second|third|last)\s+"
    rf"(?:full\s+)?week\s+(?:of|in)\s+(?P<month>{MONTH})(?!\s+(?:of\s+)?last\s+year)"
    r"(?P<over>(?:\s+20\d\d)?\s+(?:is|was)\s+(?:over|out))?",
    re.IGNORECASE,
)

_MADE_THEN: Final = re.compile(
    rf"\b(?P<made>\w{{3,}}ed|made|held|begun|taken|seen|told)\s+in\s+the\s+(?:first|second|third|last)\s+(?:few\s+)?"
    rf"(?:weeks?|days)\s+of\s+{MONTH}",
    re.IGNORECASE,
)
"""*The cuts made in the second week of June* are past."""

_MONTH_OR_VERB = rf"(?!(?-i:may|march)\b){MONTH}"
"""A month, and not *20 may die*, *troops march*."""
_YEAR_TOLD: Final = re.compile(
    rf"\b(?:(?:in|during|{MONTH})\s+(?:(?:early|mid|late)[\s-]+)?(?P<year>20\d\d)(?![\w-])|next\s+year\b(?!['’]))",
    re.IGNORECASE,
)
_MONTH_FORETOLD: Final = re.compile(
    rf"\b(?:will|would|could|should|may|might|likely\s+to|expected\s+to|due\s+to)\b[^.;]*\b(?P<month>{_MONTH_OR_VERB})",
    re.IGNORECASE,
)
"""*Will be signed in March*, where that is next year's; *after the protests in March it will* looks back."""
_BEFORE_LATER: Final = 200
"""Characters before *later in the year* in which that year may be told."""

_Told = Callable[[datetime.date, re.Match[str]], str]


def _fixed(words: str) -> _Told:
    return lambda made, match: match.expand(words)


def _written(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _coming(made: datetime.date, match: re.Match[str]) -> str:
    """*By the fifteenth* → by the next fifteenth of a month. *By the second* may be by a second man, so a word up to
    the tenth is a day only *of the month*."""
    number = int(match["figures"]) if match["figures"] else _ORDINALS[match["word"].casefold()]
    if match["word"] and number <= _MAYBE_COUNTED and not match["month"]:
        return match.group(0)
    first = month_end(made) + datetime.timedelta(1) if match["next"] else made.replace(day=1)
    for _ in range(3):
        if number <= month_end(first).day and first.replace(day=number) > made:
            return f"{match['lead']} {_written(first.replace(day=number))}"
        first = month_end(first) + datetime.timedelta(1)
    return match.group(0)


def _quarter(made: datetime.date, match: re.Match[str]) -> str:
    """*This quarter* → *by its last day*."""
    end = month_end(made.replace(day=1, month=(made.month - 1) // 3 * 3 + 3))
    return f"by {_written(end)}"


def _later_in_year(made: datetime.date, match: re.Match[str]) -> str:
    """*Later in the year* → *by the end of* that which is told before it (*in March 2027 … and later in the year*)."""
    before = match.string[max(0, match.start() - _BEFORE_LATER) : match.start()]
    years = [int(told["year"] or made.year + 1) for told in _YEAR_TOLD.finditer(before)]
    month = _MONTH_FORETOLD.search(before)
    if not years and month and month_number(month["month"]) < made.month:
        years = [made.year + 1]
    return f"by the end of {years[-1]}" if years and years[-1] > made.year else "by the end of the year"


def _that_month(made: datetime.date, match: re.Match[str]) -> str:
    """*September's wages by the end of that month* → *by the end of September*."""
    return f"{match['month']}{match['between']}by the end of {match['month']}"


def _one_after_next(made: datetime.date, match: re.Match[str]) -> str:
    """*The week after next* → *by its last day*; of a year, the year itself (*the spring of the year after next*)."""
    unit, lead = match["unit"].casefold(), match["lead"] or "in "
    if unit == "year":
        return f"{lead}{made.year + 2}"
    if unit == "month":
        first = month_end(month_end(made) + datetime.timedelta(1)) + datetime.timedelta(1)
        return f"{lead}{_written(month_end(first))}"
    return f"{lead}{_written(made + datetime.timedelta(20 - made.weekday()))}"


def _later_of_two(made: datetime.date, match: re.Match[str]) -> str:
    """*In June or July 2025*, *between July and December* → the later of the two.

    One without a year has that of the first, or the one after.
    """
    lead = match["lead"].casefold()
    told = f"{'in' if lead in ('between', 'from', 'through') else lead} {match['later']}"
    if match["year"] is None or match["its"] is not None or match["last"].isdigit():
        return told
    return f"{told} {int(match['year']) + (_begins(match['last']) < _begins(match['first']))}"


def _last_day(made: datetime.date, match: re.Match[str]) -> str:
    """*From 5 June to 10 July*, *between 5 and 10 July 2025* → *by* the last, of the first's year where it has none."""
    year = match["its"] or ""
    if match["year"] and not year:
        first, last = _month_in(match["first"]), _month_in(match["last"])
        year = f" {int(match['year']) + (first is not None and last is not None and last < first)}"
    return f"by {match['last']}{year}"


def _month_in(words: str) -> int | None:
    """The number of the month that `words` name; null for none."""
    found = re.search(rf"\b{MONTH}", words, re.IGNORECASE)
    return month_number(found.group(0)) if found else None


def _begins(name: str) -> int:
    """The number of the month with which a month or a season begins; 0 for a year."""
    return 0 if name.isdigit() else SEASONS.get(name.casefold()) or month_number(name)


def _rule(pattern: str, told: str | _Told) -> tuple[re.Pattern[str], _Told]:
    return re.compile(pattern, re.IGNORECASE), _fixed(told) if isinstance(told, str) else told


_DAY_TOLD = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH_OR_VERB}|{_MONTH_OR_VERB}\s+\d{{1,2}}(?:st|nd|rd|th)?)"
_NAMED = rf"(?:{MONTH}|(?:spring|summer|autumn|winter)\b|20\d\d(?!\w))"
_PART = r"(?:(?:early|late|mid|(?:the\s+)?(?:end|middle|beginning|start)\s+of)[\s-]+)?(?:the\s+)?"

_RULES: Final = (
    _rule(
        rf"\b(?P<lead>in|by|before|during|between|from|until|till|through)\s+{_PART}(?P<first>{_NAMED})"
        r"(?:\s+(?:of\s+)?(?P<year>20\d\d))?(?:\s+(?:or|and|to|through|until|till)\s+|\s*[-–]\s*)"
        rf"(?P<later>{_PART}(?P<last>(?!(?-i:may|march)\b){_NAMED})(?P<its>\s+(?:of\s+)?20\d\d)?)(?!\w|['’]s|\s*\d)",
        _later_of_two,
    ),
    _rule(r"\b(?:an?|one)\s+year\s+and\s+a\s+half\b", "18 months"),
    _rule(
        r"\b(?:an?|one|(?<=next\s)|(?<=coming\s))\s*(?P<unit>hour|day|week|month|year|decade)\s+or\s+two\b",
        r"2 \g<unit>s",
    ),
    _rule(
        r"\b(?P<lead>(?:of|in|by|before|during|until|till)\s+)?the\s+(?P<unit>week|month|year)\s+after\s+next\b",
        _one_after_next,
    ),
    _rule(r"\blater\s+in\s+the\s+year\b", _later_in_year),
    _rule(r"\blater\s+in\s+the\s+(?P<unit>month|week)\b", r"by the end of the \g<unit>"),
    _rule(
        rf"\b(?P<lead>by|in(?:\s+the)?|this(?:\s+coming)?|next)\s+fall\b{NO_SEASON}",
        r"\g<lead> autumn",
    ),
    _rule(r"(?:\ban?\s+|(?<=\bfirst\s))hundred(?=\s+(?:day|week)s?\b)", "100"),
    _rule(
        rf"\b(?P<lead>{_BY}|on|from)\s+the\s+(?:(?P<word>{_ORDINAL})|(?P<figures>\d{{1,2}})(?:st|nd|rd|th))"
        rf"(?P<month>\s+of\s+(?:the|this|that|(?P<next>next))\s+month)?(?![\w-]|\s+of\b|,?\s+(?:and|or)\s|{MODIFIES})",
        _coming,
    ),
    _rule(
        rf"\b(?:from|between)\s+(?:the\s+)?(?P<first>{_DAY_TOLD}|\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s+(?P<year>20\d\d))?\s+"
        rf"(?:to|until|till|and)\s+(?:the\s+)?(?P<last>{_DAY_TOLD})(?!\w)(?P<its>,?\s+20\d\d)?",
        _last_day,
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
    _rule(
        rf"(?:\bthis\s+side\s+of|\b(?:not|never|n['’]t)\s+(?:live\s+to\s+)?see)\s+(?P<month>{MONTH})"
        rf"(?!['’]s|\s*\d|\s+as\b|{MODIFIES})",
        r"before 1 \g<month>",
    ),
    _rule(
        rf"\b(?:before|ahead\s+of|until)\s+(?:the|this|next)\s+(?P<month>{MONTH})(?:['’]s)?\s+{WET}\b|"
        rf"\b(?:before|ahead\s+of|until)\s+(?:the\s+)?{WET}\s+(?:returns?|comes?|begins?|starts?|sets?\s+in|breaks?)\s+in\s+(?P<then>{MONTH})",
        lambda made, match: f"before 1 {match['month'] or match['then']}",
    ),
    _rule(rf"\b(?:no|not)\s+later\s+than\s+(?=(?:the\s+)?(?:end\s+of\s+)?(?:{MONTH}|\d))", "by "),
    _rule(rf"\b(?:beyond|past)\s+(?:the\s+end\s+of\s+)?(?={MONTH})", "by the end of "),
    _rule(rf"\b(?:inside|in\s+under|in\s+less\s+than|in\s+no\s+more\s+than)\s+(?={STRETCH}(?!-))", "within "),
    _rule(rf"\bbeyond\s+(?={STRETCH}(?!-))", "within "),
    _rule(
        rf"\b(?:until|till|(?<=last\s)into|(?<=drag\son\s)into|(?<=go\son\s)into)\s+(?P<month>{MONTH})(?P<year>\s+20\d\d\b)?"
        rf"(?!['’]s|\s*\d|{MODIFIES})",
        r"before 1 \g<month>\g<year>",
    ),
    _rule(
        rf"\b(?:(?:in|within|during)\s+(?:its|his|her|their|the)\s+first|"
        rf"(?:for|through|throughout)\s+the\s+whole\s+of\s+(?:the|its|those|these))\s+(?={STRETCH}(?!-))",
        "within ",
    ),
    _rule(r"\bthe\s+year\s+(?=(?:will|would|may|is\s+likely\s+to)\s+(?:close|end)\b)", "by the end of the year "),
    _rule(
        r"\b(?P<verb>(?:will|would|to|not|never|n['’]t|may|could|should)\s+(?:\w+\s+)?"
        r"(?:last|hold|outlast|survive|stand|stay|endure|continue|go\s+on))\s+"
        rf"(?:(?:for\s+)?(?:longer|more)\s+than\s+)?(?={STRETCH}(?!-|\s+(?:behind|ahead)\b))",
        r"\g<verb> for ",
    ),
    _rule(
        rf"\b(?:before|until|when|beyond)\s+(?:the|its|their|those|these)\s+(?P<told>{STRETCH})(?!-)"
        r"(?:\s+(?:(?:is|are)\s+(?:up|over|out)|ends?|runs?\s+out))?",
        r"within \g<told>",
    ),
    _rule(r"\b(?:by|before|at|until)\s+(?:the\s+)?week['’]?s['’]?\s+end\b", "by the end of the week"),
    _rule(
        r"(?:\b(?:in|during|within|(?:by|before)\s+the\s+end\s+of)\s+|(?<=ed\s)|(?<=en\s))(?:this|the\s+current)\s+quarter"
        r"(?!\s+(?:of|and)\b)",
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
    """*In the second week of June* → *in 14 June*, its end; *before* it, its beginning."""
    lead, month, week = match["lead"], match["month"], match["week"].casefold()
    ahead = lead.casefold() in ("before", "ahead of", "prior to") and not match["end"] and not match["over"]
    if week == "last":
        return f"{lead} 24 {month}" if ahead else f"by the end of {month}"
    return f"{lead} {7 * _ORDINALS[week] - (_DAYS_BACK if ahead else 0)} {month}"


def rephrased(words: str, made: datetime.date) -> str:
    """The words with their times as the rules of time know them, looking ahead from `made`."""
    words = spelled(_MADE_THEN.sub(r"\g<made> then", words))
    for pattern, told in _RULES:
        words = pattern.sub(partial(told, made), words)
    return words
