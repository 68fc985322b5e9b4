"""When: a time expression and the publication date → the days it stands for.

Two-ended expressions (*between 5 May and 10 June*) are tried first, then the rules of `time_rules` one by one; a word
such as *since* or *before* then opens or bounds what they found. Where only the publication month is known, nothing
that rests on it is more precise than the month, and expressions that need the day stay null.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache

from foreshock.read.numerals import number_of
from foreshock.read.time_rules import MEASURE, MONTH_NAME, RULES
from foreshock.read.time_spans import (
    COARSENESS,
    DAY,
    MONTH,
    OPEN,
    WEEK,
    YEAR,
    Date,
    Interval,
    Reference,
    days_after,
    widened,
)

__all__ = ["Interval", "Reference", "in_whole_units", "measures", "resolve"]

_measure = re.compile(MEASURE, re.IGNORECASE)
_fraction = re.compile(
    r"\b(?:(?P<count>[\w-]+)\s+(?:and\s+a\s+half\s+(?P<units>decade|year|month|week)s|(?P<unit>decade|year|month|week)\s+and\s+a"
    r"\s+half)|half\s+a\s+(?P<half>century|decade|year))\b",
    re.IGNORECASE,
)
_FINER = {
    "century": (100.0, "years"),
    "decade": (10.0, "years"),
    "year": (12.0, "months"),
    "month": (4.35, "weeks"),
    "week": (7.0, "days"),
}
"""How many of the next finer unit each is."""
_last_part = re.compile(
    r"(?:in|over|during|for|within)\s+the\s+last\s+(?:\w+\s+)?(?:hour|day|night|week|month|year)s?", re.IGNORECASE
)
_time_of_day = re.compile(
    r"\b(?:shortly |just |long )?(?:before|after|until|till|by)\s+(?:the\s+)?(?:dawn|daybreak|sunrise|noon|midday|dusk|"
    r"sunset|dark|nightfall|midnight|morning|afternoon|evening)\b",
    re.IGNORECASE,
)
_CLOCK = r"(?:[01]\d|2[0-4])[0-5]\d"
_hours_of_day = re.compile(
    rf"\b(?:(?P<lead>[a-z]+)\s+)?\b{_CLOCK}(?P<span>\s*(?:\b(?:and|to|until|till)\b|[-–—])\s*{_CLOCK})?"
    r"\s*(?:hours|hrs?|h)\b",
    re.IGNORECASE,
)
_at_clock = re.compile(
    rf"\bat\s+(?:(?:about|around|approximately|exactly|precisely|some|or\s+(?:about|around))\s+)?{_CLOCK}\b"
    rf"(?:\s*\(?\s*{_CLOCK})?(?:\s*(?:GMT|UTC|Z|Zulu|local(?:\s+time)?)\b\s*\)?)?",
    re.IGNORECASE,
)
"""Nothing happens *at* a year: four figures there are a clock's, with or without the word *hours*."""
_LEADS_TO_CLOCK = frozenset("at between from since after before by until till to and".split())
_LEADS_TO_LENGTH = frozenset("within for in over during past last next coming lasting".split())
_since_day = re.compile(r"\bsince\b", re.IGNORECASE)
_since = re.compile(r"\b(?:since|from|after|starting|following|post|beyond|beginning(?! of))\b", re.IGNORECASE)
_until = re.compile(
    r"\b(?:until|till|by|before|prior to|through|no later than|ahead of|up to|pending)\b", re.IGNORECASE
)
_before = re.compile(r"\b(?:before|prior to|ahead of)\s*(?:the\s*)?$", re.IGNORECASE)
_two_ended = re.compile(
    r"^(?P<lead>.*\b(?:between|from|of|on|in)\s+)?(?P<first>\S.*?)(?P<join>\s+(?:and|or|to|until|till|through)\s+|\s*[-–—]\s*)"
    r"(?P<last>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_day_alone = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,\s+\d{1,2}(?:st|nd|rd|th)?)*(?P<rest>,?\s+\d{4})?", re.IGNORECASE
)
"""A day, or the first of several: *3, 5* of *3, 5 and 7 June*."""
_slashed_days = re.compile(rf"(?<=\d)/(?=[0-3]?\d\s+{MONTH_NAME})", re.IGNORECASE)
"""The mark of *28/29 December*."""
_month_name = re.compile(rf"\b{MONTH_NAME}", re.IGNORECASE)
_full_month = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_two_months = re.compile(
    rf"\b{_full_month}(?:\s*[-–/]\s*|\s+(?:and|or|to|until|till|through)\s+){_full_month}\b", re.IGNORECASE
)
_stretch_of_month = re.compile(
    rf"^(?:for|in|over|during)\s+{MEASURE}\s+(?=(?:in|of)\s+(?:the\s+)?"
    rf"(?:(?:early|mid|late|middle|end|beginning|start)[\s-]+(?:of\s+)?)?{MONTH_NAME}|(?:last|this)\s+(?:week|month|year)\b)",
    re.IGNORECASE,
)
"""A stretch that lies in a month or week told behind it: *for four days in early November*."""
_may_or_march = re.compile(r"\b(?:may|march)\b")
_of_calendar = re.compile(
    rf"(?:\d{{1,2}}\s+)?{MONTH_NAME}(?:\s+\d{{1,2}})?(?:,?\s+\d{{4}})?|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)
"""What two ends that *or* joins must be: *in July or August*; *this week or next* is no stretch."""
_noun_behind = re.compile(r"(?:[’']s?)?\s+(?!(?:and|or|at|when)\b)\w", re.IGNORECASE)
_the_year = re.compile(r"the\s+\d{4}", re.IGNORECASE)
_year_named = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_one_date = re.compile(r"\d{4}-\d\d-\d\d|\b\d{1,2}-(?:\d{1,2}|[a-z]{3,9})-\d{4}", re.IGNORECASE)
_now = re.compile(r"now|today", re.IGNORECASE)
_eve_of = re.compile(r"\beve of\s*(?:the\s*)?$", re.IGNORECASE)
_night_of = re.compile(r"\b(?:night of|overnight)\b", re.IGNORECASE)
_night_to = re.compile(r"\b(?:night to|overnight (?:in)?to)\b", re.IGNORECASE)
_opening = re.compile(r"\b(?:beginning|start)\b", re.IGNORECASE)
_middle = re.compile(r"mid|the mid", re.IGNORECASE)
_end = re.compile(r"\bends?\b|\bclose of\b|\bis (?:out|over)\b", re.IGNORECASE)
_by = re.compile(r"\bby\b", re.IGNORECASE)
_until_coming = re.compile(r"\b(?:until|till)\b(?!.*\blast\b)", re.IGNORECASE)

UNTIL_AHEAD = 183
"""Days: *until* a time without its year looks ahead of a past statement when it ends at most so far ahead, else back
(in the corpus the longest such ended 169 days ahead; those that had ended lay 196 days ahead and more, if taken so)."""
LONGEST = 160
"""Characters of an expression that are read; longer ones are a mistake of the reader's, and would only cost time."""


@lru_cache(maxsize=5_000)
def resolve(expression: str, reference: Reference | None) -> Interval:
    """The interval that `expression` stands for; open and null where nothing can be said. It never raises.

    Without a reference only what names its own year is resolved.
    """
    words = _at_clock.sub(" ", _hours_of_day.sub(_without_hours, expression[:LONGEST]))
    words = _time_of_day.sub(" ", words)
    words = in_whole_units(_slashed_days.sub("-", words))
    words = _stretch_of_month.sub("", _two_months.sub(_with_capitals, words))
    try:
        return _both_ends(words, reference) or _bounded(words, reference)
    except (ValueError, OverflowError, KeyError):
        return Interval(None, None, OPEN)


def measures(expression: str, behind: str, ahead: bool = False) -> bool:
    """Whether a stretch belongs to what stands `behind` it and is no time by itself: *three decades* of war, and,
    looking ahead, *in the last week* of a campaign, which doesn't end today."""
    words = in_whole_units(expression[:LONGEST])
    if not behind.startswith(" of "):
        return False
    return _measure.fullmatch(words) is not None or (ahead and _last_part.fullmatch(words) is not None)


def in_whole_units(words: str) -> str:
    """*A year and a half* as *18 months*, *half a century* as *50 years*: stretches in units of which they are whole.

    What no number tells stays as it is.
    """
    return _fraction.sub(_whole_units, words)


def _whole_units(match: re.Match[str]) -> str:
    count = 0 if match["half"] else number_of(match["count"])
    if count is None:
        return match.group(0)
    times, finer = _FINER[(match["units"] or match["unit"] or match["half"]).casefold()]
    return f"{round(times * (count + 0.5))} {finer}"


def _with_capitals(match: re.Match[str]) -> str:
    """*March and April* of *march and april*: beside another month it is one, and no walk."""
    return _may_or_march.sub(lambda found: found.group(0).capitalize(), match.group(0))


def _without_hours(match: re.Match[str]) -> str:
    """What is left of hours of a day in four figures: the word that opens or bounds the day which they are hours of.

    Nothing of *between 1800 and 2000 hours*, *by* of *by 2000 hours*; *within 2000 hours* tells how long, and stays.
    """
    lead, between = (match["lead"] or "").casefold(), match["span"] is not None
    if lead not in _LEADS_TO_CLOCK and (not between or lead in _LEADS_TO_LENGTH):
        return match.group(0)
    return " " if lead == "between" or (between and lead == "from") else f" {match['lead'] or ''} "


@cache
def _compiled(pattern: str | Callable[[], str]) -> re.Pattern[str]:
    """A rule's pattern, made when first it is tried: most texts need the fewest."""
    return re.compile(pattern if isinstance(pattern, str) else pattern(), re.IGNORECASE)


def _found(words: str, reference: Reference | None) -> tuple[Interval, re.Match[str]] | None:
    """What the first rule that fits makes of `words`, and its match."""
    usable = reference or Reference(Date(1, 1, 2), YEAR)
    for pattern, rule in RULES:
        match = _compiled(pattern).search(words)
        named = match is not None and bool(match.groupdict().get("year"))
        if match is None or (reference is None and not named):
            continue
        found = rule(match, usable)
        if found is not None:
            coarse = not usable.day_known and not named
            return (widened(found) if coarse else found), match
    return None


def _both_ends(words: str, reference: Reference | None) -> Interval | None:
    """*From 5 to 10 June*, *1991 and 1992*: the later end is read first and the earlier one looking back from it."""
    match = _two_ended.match(words)
    if match is None or _one_date.search(words):
        return None
    first, last = match["first"], match["last"]
    if match["join"].strip().casefold() == "or" and not all(map(_of_calendar.fullmatch, (first, last))):
        return None
    if (match["lead"] or "").strip().casefold() == "between" and _now.fullmatch(first):
        return _from_now(last, reference)
    first, last = _completed(first, last), _completed(last, first)
    if _year_named.search(first) and not _year_named.search(last) and _month_name.search(last):
        start = _found(first, reference)
        end = start and _found(last, Reference(start[0].end or Date.min, DAY, ahead=True))
    else:
        end = _found(last, reference)
        granularity = DAY if reference is None or _year_named.search(last) else reference.granularity
        start = end and _found(first, Reference(end[0].end or Date.min, granularity))
    if start is None or end is None:
        return None
    (begins, _), (ends, _) = start, end
    if begins.start is None or ends.end is None or begins.start >= ends.end:
        return None
    return Interval(begins.start, ends.end, max(begins.granularity, ends.granularity, key=COARSENESS.index))


def _from_now(last: str, reference: Reference | None) -> Interval | None:
    """*Between now and October*: from today to its end."""
    found = _found(last, replace(reference, ahead=True)) if reference else None
    if reference is None or found is None or found[0].end is None or found[0].end < reference.first:
        return None
    return Interval(reference.first, found[0].end, found[0].granularity)


def _completed(end: str, other: str) -> str:
    """A day without its month, with the month of the other end: *5* of *5 to 10 June*."""
    alone, month = _day_alone.fullmatch(end.strip()), _month_name.search(other)
    if alone is None or month is None:
        return end
    return f"{alone['day']} {month['month']}{alone['rest'] or ''}"


def _bounded(words: str, reference: Reference | None) -> Interval:
    """What the rules find, opened by *since* and its like, or ended by *until* and its like."""
    back = reference and replace(reference, ahead=False)
    answer = _found(words, back if _since_day.search(words) else reference)
    if reference is not None and not reference.ahead and _until_coming.search(words):
        coming = _found(words, replace(reference, ahead=True))
        end = coming and coming[0].end
        if end is None or (end - reference.last).days <= UNTIL_AHEAD:
            answer = coming or answer
    if answer is None:
        return _unresolved(words, reference)
    found, match = answer
    before = words[: match.start()]
    if _eve_of.search(before) and found.start is not None and not _during_a_stretch(found, match, words):
        return Interval(days_after(found.start, -1), days_after(found.start, -1), DAY)
    if _night_to.search(before) and found.start is not None and found.start == found.end:
        return Interval(days_after(found.start, -1), found.start, DAY)
    if _night_of.search(before) and found.start is not None and found.start == found.end:
        return Interval(found.start, days_after(found.start, 1), DAY)
    if _until.search(before):
        return _ended(found, match, words, reference)
    if _since.search(before):
        return _begun(found, match, words, reference)
    return found


def _during_a_stretch(found: Interval, match: re.Match[str], words: str) -> bool:
    """Whether a month, a year or a week only tells which event is meant: *the eve of the 2022 elections*."""
    return found.start != found.end and _of_a_noun(match, words)


def _ended(found: Interval, match: re.Match[str], words: str, reference: Reference | None) -> Interval:
    """*By*, *until*, *before*: looking ahead it begins today; *before 2025* and *before early 2025* end with the day
    before, *before mid-June* with the middle day, and *before the end of June* with June.

    *Before* a day keeps the day, as the corpus does by majority, and so does *before the vote in May*.
    """
    end, granularity = found.end, found.granularity
    if end is None:
        return found
    at_end = _end.search(match.group(0)) is not None
    part = match.groupdict().get("part")
    bounds = not at_end and (part or granularity in (MONTH, YEAR)) and not _of_a_noun(match, words)
    if bounds and found.start is not None and _before.search(words[: match.start()]):
        end = _middle_day(found, match) if part and _middle.match(part) else days_after(found.start, -1)
    if match.groupdict().get("season") and _by.search(words) and not _to_its_end(found, match, words, reference):
        end = found.start or end
    if (part or at_end) and match.groupdict().get("unit") not in ("week", "fortnight"):
        granularity = {WEEK: MONTH, MONTH: YEAR}.get(granularity, granularity)
    if reference is None:
        return Interval(None, end, granularity)
    if end >= reference.first and (reference.ahead or _until_coming.search(words)):
        return Interval(reference.first, end, granularity)
    if granularity is DAY and _by.search(words):
        return Interval(found.start, end, granularity)
    return Interval(None, end, granularity)


def _middle_day(found: Interval, match: re.Match[str]) -> Date:
    """The middle day of a middle part: the 15th of *mid-June*, 30 June of *mid-2025*."""
    assert found.start is not None
    assert found.end is not None
    if found.granularity is WEEK and match.groupdict().get("unit") not in ("week", "fortnight"):
        return found.start.replace(day=15)
    return days_after(found.start, ((found.end - found.start).days - 1) // 2)


def _to_its_end(found: Interval, match: re.Match[str], words: str, reference: Reference | None) -> bool:
    """Whether *by* a season means its end: *by the end of*, *by last summer*, and *by this summer* while it runs."""
    if _end.search(words, 0, match.start()):
        return True
    which = (match["which"] or "").casefold()
    if which in ("last", "past"):
        return True
    return which == "this" and reference is not None and found.start is not None and found.start <= reference.date


def _of_a_noun(match: re.Match[str], words: str) -> bool:
    """Whether a time only tells which thing is meant: *the 2021 coup*, and *the 2021* where the noun is cut off."""
    return _noun_behind.match(words, match.end()) is not None or _the_year.fullmatch(match.group(0)) is not None


def _begun(found: Interval, match: re.Match[str], words: str, reference: Reference | None) -> Interval:
    """*Since* lasts until today, *from* and *after* stay open; *after 2023* and *after late June* begin with the day
    after it.

    *After the 2021 coup* begins with that year, and *after the start of June* with June.
    """
    before = words[: match.start()]
    if _since_day.search(before):
        if reference is None or found.start is None or found.start > reference.last:
            return Interval(found.start, None, OPEN)
        return Interval(found.start, reference.last, found.granularity)
    passed = re.search(r"\b(?:after|post|beyond|following)\W*(?:the\s+)?$", before, re.IGNORECASE)
    part = match.groupdict().get("part") or ""
    told_whole = found.granularity in (MONTH, YEAR) or part or _end.search(match.group(0))
    if passed and told_whole and not _opening.search(part) and not _of_a_noun(match, words) and found.end is not None:
        return Interval(days_after(found.end, 1), None, OPEN)
    return Interval(found.start, None, OPEN)


def _unresolved(words: str, reference: Reference | None) -> Interval:
    """What *since* and *until* alone say of an event that is no date: it lasts until today, or from today."""
    if reference is None:
        return Interval(None, None, OPEN)
    if _since_day.search(words):
        return Interval(None, reference.last, OPEN)
    if reference.ahead and _until.search(words):
        return Interval(reference.first, None, OPEN)
    return Interval(None, None, OPEN)
