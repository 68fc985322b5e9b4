"""The days that a sentence names, wherever in it: a report may tell more than one thing, each of its own day."""

import datetime
import re
from functools import lru_cache

from foreshock.ledger.horizons.horizon import ASIDE, DATE, EXPRESSION
from foreshock.ledger.horizons.rephrasing import spelled
from foreshock.ledger.outcomes.reports import DATELINE
from foreshock.ledger.outcomes.senses import MONTH_NAMES
from foreshock.model.vocabulary import Granularity
from foreshock.read.time_spans import Reference
from foreshock.read.times import resolve

_NAMED = re.compile(
    rf"{EXPRESSION.pattern}|\bsince\s+(?:the\s+)?{DATE}|"
    rf"\b(?:last|on|since)\s+(?:the\s+)?(?!\d|the\b)\w+(?:\s+(?:of\s+)?(?:last|this)\s+(?:month|year))?|{DATE}|"
    r"\byesterday\b|\b(?:(?:on|since|by)\s+)?the\s+\d{1,2}(?:st|nd|rd|th)\b(?=\s*(?:[,.;:)]|$|and\b|to\b))",
    re.IGNORECASE,
)
_SINCE = re.compile(r"since\b", re.IGNORECASE)
_MAYBE_MONTH = re.compile(r"\b(?:may|march)\b", re.IGNORECASE)
_ITS_YEAR = re.compile(r",?\s+(?:of\s+)?\d{4}\b")
"""A year behind a day or month, left over: one that the rules for horizons do not know, of another century."""
_PART_OF = re.compile(r"\d(?:st|nd|rd|th)\s+of\s+$")
_BEHIND = 8
"""Characters behind a month's name that tell that it is one."""
_EXACT = (Granularity.DAY, Granularity.WEEK, Granularity.MONTH)
"""A year says too little of when in it something was."""


@lru_cache(maxsize=5_000)
def days_named(sentence: str, published: Reference) -> tuple[datetime.date, ...]:
    """The last day of each time that a sentence names in words outside its asides (*, who had come in May, *), as of
    when it was published; of *since* a day, that day. What is still to come is left out."""
    told = spelled(ASIDE.sub(" , ", DATELINE.sub("", sentence)))
    days = (_day(told, found, published) for found in _NAMED.finditer(told))
    return tuple(day for day in days if day is not None and day <= published.date)


def _day(told: str, found: re.Match[str], published: Reference) -> datetime.date | None:
    """The day that one expression stands for; null where it names none."""
    words, start, end = found.group(0), found.start(), found.end()
    if _MAYBE_MONTH.search(words) and not MONTH_NAMES.search(told[start : end + _BEHIND]):
        return None
    if _ITS_YEAR.match(told, end) or _PART_OF.search(told[:start]):
        return None
    time = resolve(words, published)
    if time.granularity not in _EXACT:
        return None
    return time.start if _SINCE.match(words) else time.end
