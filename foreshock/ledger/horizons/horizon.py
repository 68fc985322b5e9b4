"""By when: the horizon a text states, or twelve months where it states none, and marked so."""

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from foreshock.ledger.conditions import without_conditions
from foreshock.ledger.horizons.calendar import (
    NO_NAME,
    SENTENCE_END,
    due,
    ends_vaguely,
    occasion_implied,
    occasion_in,
    occasions_told,
    season_in,
)
from foreshock.ledger.horizons.rephrasing import MODIFIES, MONTH, STRETCH, WET, rephrased
from foreshock.ledger.parts import Horizon
from foreshock.model.document import Document
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Granularity
from foreshock.read.negation import NOBODY, NONE, NOT, UNABLE, denial
from foreshock.read.time_rules import PIECE
from foreshock.read.time_spans import Reference
from foreshock.read.times import resolve

DEFAULT_MONTHS = 12
LONGEST_YEARS = 30
"""A horizon further off than this is a slip: a year read as a day's number, or *in a hundred years*."""

_DEADLINE = r"(?:by|before|until|till|within|ahead of|prior to)"
_PREPOSITION = rf"(?:{_DEADLINE}|in|during|through|at|on|over|for|from)"
_UNIT = (
    r"(?:years?|months?|fortnights?|weeks?|days?|hours?|spring|summer|autumn|winter|january|february|april|june|july|august|"
    r"(?:(?<=by )|(?<=before )|(?<=until )|(?<=end of )|(?<=early ))(?:march|may)|(?-i:March|May)|"
    r"september|october|november|december|"
    rf"(?:christmas|easter){NO_NAME}|"
    r"sunday|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"(?:(?<=the )|(?<=this )|(?<=next )|(?<=coming ))decade|"
    r"20\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]20\d\d|20\d\d(?:s|[-–/]\d\d(?![\d-]))?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    r"(?:(?:sun|mon|tues|wednes|thurs|fri|satur)day,?\s+(?:the\s+)?)?"
    rf"(?:{_DAY}\s+(?:of\s+)?(?!(?-i:may|march)\s+[a-z]){MONTH}(?!\w)|{MONTH}\s+{_DAY}(?!\w))(?:,?\s+20\d\d\b)?"
)
"""A day of a month, written either way round: *August 10*, *Aug. 10*, *10 August*, *the 10th of August 2027*;
not *20 may die*."""
_DAY_OF_WEEK = r"(?:sun|mon|tues|wednes|thurs|fri|satur)day\s+(?:of\s+)?(?:last|this|next)\s+week\b"
_DATED = re.compile(rf"\b{DATE}", re.IGNORECASE)
_CLOSING = r"\s+(?:is|are|was|were)\s+(?:out|over)\b|\s+(?:ends?|ended|does)\b"
"""After a unit: that it is over."""
EXPRESSION = re.compile(
    rf"\b(?:{_PREPOSITION}|this|next)\s+(?:the\s+)?(?:(?!{_PREPOSITION}\b|(?:if|when|that|and|but)\b)[\w’'-]+\s+){{0,5}}?"
    rf"(?:{MONTH}\s+(?:of\s+)?(?:this|next|the)\s+year\b|{DATE}|{_DAY_OF_WEEK}|{PIECE}(?:\s+of)?\s+(?:(?:this|next|the)\s+year\b|20\d\d)|{PIECE}(?!\s+of\b)|{_UNIT}\b(?:\s+of\b)?(?:\s+20\d\d)?(?:{_CLOSING})?)",
    re.IGNORECASE,
)
"""A time in words: from the preposition nearest to its unit: *in Ukraine before next summer* keeps its place.

*From there they may go*, *during the march* name no month: one in small letters stands right behind *by*, *before*,
*until*, *end of* or *early*."""

_CLOSES = re.compile(_CLOSING)
_AT_ITS_END = re.compile(
    rf"\b{_DEADLINE}\s+(?:the|this)\s+(?P<time>year|month|week|spring|summer|autumn|winter)(?:{_CLOSING})",
    re.IGNORECASE,
)
_FIRM = re.compile(rf"^{_DEADLINE}\b(?!\s+(?:an?|one)\b)|{DATE}", re.IGNORECASE)
"""A day, and a time by which something is due, go before one in which something else was: *by 30 June, all fined this
year*. *Put off by a year* is no such time."""
_DUE_BY_MONTH = re.compile(
    rf"^{_DEADLINE}\s+(?:the\s+end\s+of\s+)?(?:{_DAY}\s+(?:of\s+)?)?{MONTH}\s+(?:{_DAY},?\s+)?20\d\d\b", re.IGNORECASE
)
"""A deadline that no vague stretch right before it puts off: *in the coming months, by March 2026*."""
_BESIDE_COUNT = re.compile(
    r"(?<=^within)\s+(?:the|these|those)(?!\s+(?:next|coming|past|last|year|month|week|day|decade))\b|"
    r"\s+(?:as much as|as long as|as little as|up to|no (?:more|less) than|a full|a whole)(?=\s)|^from\s+(?:the\s+)?",
    re.IGNORECASE,
)
"""What stands beside a stretch of time and changes nothing of its end; *from* a day on is by that day."""
_OF_A_NOUN = re.compile(rf"{MODIFIES}|['’]s\s+\w")
_BEFORE_A_NOUN = re.compile(rf"\bthe\s+(?:{MONTH}(?:\s+20\d\d)?|20\d\d)$", re.IGNORECASE)
"""*Before the 2026 World Cup*, *before next year's vote*: at any time of the year in which that is."""
_BEFORE = re.compile(r"\b(?:by|before|until|till|ahead of|prior to)\s+(?:the\s+)?$", re.IGNORECASE)
_RAINS = re.compile(rf"\s+{WET}\b", re.IGNORECASE)
"""*Before the summer rains* is before they begin, not before the summer does."""
_SEASON = re.compile(r"\b(?:spring|summer|autumn|winter)$", re.IGNORECASE)
_OUTLASTS = re.compile(
    r"\b(?:survives?|outlives?|outlasts?|sees? out|lasts?(?: out)?)\s+(?P<time>(?:the|this)\s+"
    r"(?:year|month|week|spring|summer|autumn|winter))\b",
    re.IGNORECASE,
)
"""What is or isn't outlived is due at its end: *he will not survive the year*."""
_NAMED = (
    r"(?:(?:(?:a|an|the|this|its|his|her|their|our)\s+(?:[\w’'-]+\s+)?|(?:state|foreign|local|national|public)\s+)?"
    r"(?!(?:a|an|the|this|that|to|it|they|he|she|we|there|will|would)\b)[\w’'-]+\s+)"
)
"""Whom one tells, or where: *this newspaper*, *reporters*, *state television*, *Bamako*, *a closed session*."""
_TOLD_WHEN = re.compile(
    rf"\b(?:(?:told|warned|warns)\s+{_NAMED}?|(?:said|says|wrote|writes|added|argued|argues|noted|concluded)\s+)"
    rf"(?:(?:in|at|during)\s+(?:a|an|the|its|his|her|their)\s+(?:[\w’'-]+\s+){{0,2}}?|(?:in|at|by|on|from)\s+{_NAMED})?"
    rf"(?=(?:in|at|on|during)\b){EXPRESSION.pattern}",
    re.IGNORECASE,
)
"""*He said on Monday*, *told this newspaper on Saturday*, *said in Paris on Monday*, *said in its January note*, *wrote
in a report in May*: when it was told, not when it is due."""
ASIDE = re.compile(r",\s+(?:who|whom|whose|which)\b[^,;.]*,")
"""What another said or expected (*whom some expected to be gone by the New Year*) sets no horizon here."""
_CALLED_BY_A_DAY = re.compile(
    rf"\b(?P<place>(?-i:Palace|Square|Avenue|Street|Boulevard|Bridge|Stadium|Park|Barracks))\s+of\s+(?:the\s+)?{DATE}",
    re.IGNORECASE,
)
"""A place that bears a day's name: *the Palace of 15 January*."""
_NOT_SINCE = re.compile(
    rf"(?<!will\s)(?<!would\s)(?<!may\s)(?<!might\s)(?<!could\s)\b(?:has|have|had)\s+(?:not|never)\s+"
    rf"(?:[\w’'-]+\s+){{0,4}}?(?:in|for)\s+(?={STRETCH})",
    re.IGNORECASE,
)
"""*Something that has not been seen in thirty years* looks back."""
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
"""*For the first time since 2004 a third will be chosen in districts*: what is told ends today, and sets no horizon."""
_NO_HORIZON = re.compile(rf"\b{WET}\s+of\s+20\d\d$|{_SINCE.pattern}", re.IGNORECASE)
"""Besides: a season with its year is due when it comes in that year, and not at the year's end."""
_CONDITION_S_MONTH = re.compile(
    rf"\b(?:if|should|once|when|unless)\s[^.;:]*?\b(?:in|on|by)\s+(?:{_DAY}\s+(?:of\s+)?)?(?P<month>{MONTH})",
    re.IGNORECASE,
)
_THE_MONTH = re.compile(
    r"\b(?:the|that)\s+month\b(?=\s+(?:is|ends|does))|(?<=\bend of )(?:the|that)\s+month\b", re.IGNORECASE
)
"""*If it hears them in October, it will rule before the month is out*: that month."""
_FOR_SO_LONG = re.compile(rf"\bfor\s+(?:up to\s+|at least\s+)?(?={STRETCH})", re.IGNORECASE)
_LASTING = denial(
    NOT, UNABLE, NOBODY, NONE, "(?:hold|last|stay|remain|keep|survive|stand|continue|go on|endure|lie|rule|govern)s?"
)
"""What lasts, or does not come, for so long is due at its end; a strike of five days, food for two months are not."""
_WHEN_IT_DOES = re.compile(
    r"\W*(?:and\s+)?(?:when|once)\s+(?:it|they|he|she|that|this)\s+(?:do(?:es)?|happens?|comes?)\b", re.IGNORECASE
)
"""*When they do, many will flee within weeks*: a stretch that counts from a day which nobody knows yet."""
_THAT_DAY = re.compile(r"\b(?:on|before|by|until)\s+(?:that\s+(?:day|date)|then)\b|\bthat\s+day\b", re.IGNORECASE)
"""Words for a day that was told before."""
_MONTH_S_DAYS = 3
"""By how many days two stretches of as many months may differ."""
_AHEAD_WITHOUT_YEAR = 10
"""Months ahead up to which a day without its year is meant: one further off has just been."""
_YEAR = re.compile(r"\b20\d\d\b")
_NAMED_YEAR = re.compile(
    r"(?P<after>\b(?:after|beyond|post)[\s-](?:the\s+(?:end\s+of\s+)?)?)?(?<![.,$€£])\b(?P<year>20\d\d)\b(?!,\d|\.\d|\s*%)",
    re.IGNORECASE,
)
"""A year in a clause that no other rule takes for its horizon: *to complete the 2026 census*; *after 2026* is later."""
_AFTER = 120
"""Characters after a clause in which its horizon may still stand: *… is likely, he said, before the summer is out*."""


def later(day: datetime.date, months: int) -> datetime.date:
    """`months` later; the last day of the month where that day is not in it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_in(words: str, made: datetime.date, granularity: Granularity | None = None) -> datetime.date | None:
    """The last day that `words` set ahead of `made`: of the table, or of their last expression; null for none.

    `granularity` says how exactly `made` is known, null to the day: *on Monday* is no day of a month's text.
    """
    reference = Reference(made, granularity or Granularity.DAY, ahead=True)
    return next((day for day in _days(words, reference) if day is not None and _ahead(day, made)), None)


def counted_from(
    words: str, made: datetime.date, then: datetime.date, granularity: Granularity | None = None
) -> datetime.date | None:
    """The last day that `words` set ahead of `then`, where they tell a stretch of time (*within weeks*); null where
    they name a date, which is the same whenever one begins to count. Both days are known as `granularity` says."""
    first, second = day_in(words, made, granularity), day_in(words, then, granularity)
    if first is None or second is None or abs((first - made) - (second - then)).days > _MONTH_S_DAYS:
        return None
    return second


def first_day(words: str, made: datetime.date, granularity: Granularity | None = None) -> datetime.date:
    """The first day that counts: of the last stretch of time that `words` name (*in September*), else the day after
    `made`, which is known as exactly as `granularity` says, null to the day."""
    reference = Reference(made, granularity or Granularity.DAY, ahead=True)
    for match in reversed(list(EXPRESSION.finditer(_TOLD_WHEN.sub(" ", words)))):
        told = resolve(match.group(0), reference)
        if told.start is not None and told.end is not None and made < told.start < told.end:
            return told.start
    return made + datetime.timedelta(1)


def horizon(
    document: Document,
    made: datetime.date,
    statement: Statement | None,
    start: int,
    end: int,
    country: str | None = None,
    granularity: Granularity = Granularity.DAY,
) -> Horizon:
    """The last day on which what `[start, end)` of the text foretells may still come.

    Where no day of `made` is known but the month, as `granularity` says, it is counted from the month's last, and what
    leans on the day (*by Monday*) tells none.

    Taken from the first of these that tells a day ahead: the clause's last expression, the statement's own time, what
    follows the clause within its sentence; a season (*before the rains*) of the `country` that it is about; an occasion
    (*before the vote*) whose day the text tells elsewhere; a day that it refers to (*before then*); an occasion that it
    implies (*turnout will be low*); what stands before it in its sentence; and the years that it names otherwise, where
    they last longer than twelve months.
    """
    text = document.text
    reference = Reference(made, granularity, ahead=True)
    clause = ASIDE.sub(" ", without_conditions(text[start:end]))
    if _WHEN_IT_DOES.match(clause) and counted_from(clause, made, later(made, 2), granularity) is not None:
        return Horizon(later(made, DEFAULT_MONTHS), default=True)
    after = SENTENCE_END.split(text[end : end + _AFTER], maxsplit=1)[0]
    before = SENTENCE_END.split(text[max(0, start - _AFTER) : start])[-1].rpartition(":")[2]
    if (told := _CONDITION_S_MONTH.search(f"{before}{text[start:end]}")) is not None:
        clause = _THE_MONTH.sub(told["month"], clause)
    for day in (*_days(clause, reference), _told(text, statement, reference), *_days(after, reference)):
        if day is not None and _ahead(day, made):
            return Horizon(day, default=False)
    aside = chain(
        [season_in(f"{clause} {after}", made, country)],
        _occasions(text, f"{clause} {after}", reference),
        _referred(text, start, clause, reference),
        _implied(text, clause, reference),
    )
    if (day := next((day for day in aside if day is not None and made < day and _ahead(day, made)), None)) is not None:
        return Horizon(day, default=False)
    joined = re.search(r"\b(?:and|or)\s+$", before) is not None
    for day in _days(before, reference) if joined else ():
        if day is not None and _ahead(day, made):
            return Horizon(day, default=False)
    default = later(made, DEFAULT_MONTHS)
    named = max((day for day in _years_named(clause, reference) if _ahead(day, made)), default=default)
    return Horizon(named, default=False) if named > default else Horizon(default, default=True)


def _years_named(clause: str, reference: Reference) -> Iterator[datetime.date]:
    """The days that `clause` names with their year, and the last days of the years that it names.

    What is told of 2026 is not over in twelve months, however that is told.
    """
    words = _TOLD_WHEN.sub(" ", clause)
    for match in _DATED.finditer(words):
        day = resolve(match.group(0), reference).end
        if day is not None and _YEAR.search(match.group(0)):
            yield day
    for match in _NAMED_YEAR.finditer(_DATED.sub(" ", words)):
        yield datetime.date(int(match["year"]) + (match["after"] is not None), 12, 31)


def _occasions(text: str, words: str, reference: Reference) -> Iterator[datetime.date | None]:
    """The days that a text tells of the occasion that `words` name (*before the vote*)."""
    occasion = occasion_in(words)
    for told in occasions_told(text, occasion) if occasion is not None else ():
        yield from _days(told, reference, anywhere=True)


def _referred(text: str, start: int, clause: str, reference: Reference) -> Iterator[datetime.date | None]:
    """The last days told in the two sentences before a clause that means one of them: *before then*, *on that day*."""
    if _THAT_DAY.search(clause) is None:
        return
    for sentence in reversed(SENTENCE_END.split(text[max(0, start - 3 * _AFTER) : start])[-2:]):
        yield from _dates(sentence, reference)


def _implied(text: str, clause: str, reference: Reference) -> Iterator[datetime.date | None]:
    """The days that a text tells of the occasion at which what a clause foretells happens (*turnout will be low*); else
    the only day ahead that it tells at all."""
    occasion = occasion_implied(clause)
    if occasion is None:
        return
    for told in occasions_told(text, occasion):
        yield from _dates(told, reference)
    if occasion.told.search(text.replace(clause, " ")) is None:
        return
    ahead = {day for day in _dates(text, reference) if day > reference.date}
    if len(ahead) == 1:
        yield from ahead


def _dates(words: str, reference: Reference) -> Iterator[datetime.date]:
    """The days of the dates in `words`, last first, but for one that was lately: *20 December*, the day after."""
    last = later(reference.date, _AHEAD_WITHOUT_YEAR)
    for match in reversed(list(_DATED.finditer(rephrased(words, reference.date)))):
        day = resolve(match.group(0), reference).end
        if day is not None and (day <= last or _YEAR.search(match.group(0))):
            yield day


def _days(words: str, reference: Reference, anywhere: bool = False) -> Iterator[datetime.date | None]:
    """The last days of the expressions in `words`, last first; those due by a month of a year that
    follow a vague stretch go first, then words of the table, then what else the reader's rules tell."""
    words = _rephrased(_TOLD_WHEN.sub(" ", words), reference.date)
    for match in reversed(list(EXPRESSION.finditer(words))):
        if _DUE_BY_MONTH.search(match.group(0)) and ends_vaguely(words[: match.start()]):
            yield _last(match.group(0), words[match.end() :], reference)
    table = due(words, reference.date)
    if table is not None:
        yield table
    for match in reversed(list(_OUTLASTS.finditer(words))):
        yield resolve(f"by the end of {match['time']}", reference).end
    found = sorted(EXPRESSION.finditer(words), key=lambda match: (not _FIRM.search(match.group(0)), -match.start()))
    for match in found:
        if not (_RAINS.match(words, match.end()) or _NO_HORIZON.search(match.group(0))):
            yield _last(match.group(0), words[match.end() :], reference)
    if anywhere:
        yield resolve(words, reference).end


def _rephrased(words: str, made: datetime.date) -> str:
    """The words with their times as the rules know them, and without how long an act is to take."""
    words = rephrased(_NOT_SINCE.sub("after ", _CALLED_BY_A_DAY.sub(r"\g<place>", words)), made)
    return words if _LASTING.search(words) else _FOR_SO_LONG.sub("taking ", words)


def _told(text: str, statement: Statement | None, reference: Reference) -> datetime.date | None:
    """The end of the statement's time, read with the *before* in front of it and the *is out* behind."""
    if statement is None or statement.time is None or statement.time.text is None:
        return statement.time.to if statement is not None and statement.time is not None else None
    time, words = statement.time, statement.time.text
    hangs_on = statement.condition
    if hangs_on is not None and time.start is not None and hangs_on.start <= time.start < hangs_on.end:
        return None
    if _SINCE.search(words) or (time.start is not None and _of_the_telling(text, time.start)):
        return None
    if time.end is not None and (_RAINS.search(words) or _RAINS.match(text, time.end)):
        return None
    if _FOR_SO_LONG.match(words) and not _LASTING.search(text[statement.start : statement.end]):
        return None
    if time.start is not None and (lead := _BEFORE.search(text[max(0, time.start - 20) : time.start])):
        words = lead.group(0) + words
    closed = _CLOSES.match(text, time.end) if time.end is not None else None
    words += closed.group(0) if closed else ""
    behind = "" if closed or time.end is None else text[time.end : time.end + _AFTER]
    return time.to if words == time.text else _last(words, behind, reference)


def _of_the_telling(text: str, at: int) -> bool:
    """Whether the time that begins `at` a character of the text is when something was told."""
    first = max(0, at - _AFTER)
    window = text[first : at + _AFTER]
    return any(match.start() <= at - first < match.end() for match in _TOLD_WHEN.finditer(window))


def _last(expression: str, behind: str, reference: Reference) -> datetime.date | None:
    """The last day of an expression with `behind` following it; a season that is over already is the next one."""
    expression = _BESIDE_COUNT.sub("", _AT_ITS_END.sub(r"by the end of the \g<time>", expression))
    if _OF_A_NOUN.match(behind) or _BEFORE_A_NOUN.search(expression):
        expression = re.sub(rf"^{_PREPOSITION}\s+(?:the\s+)?", "", expression, flags=re.IGNORECASE)
    day = resolve(expression, reference).end
    if day is not None and day < reference.date and _SEASON.search(expression):
        day = resolve(expression, replace(reference, date=later(reference.date, 6))).end
    return day


def _ahead(day: datetime.date, made: datetime.date) -> bool:
    return made <= day <= later(made, 12 * LONGEST_YEARS)
