"""The days that a sentence names, wherever in it: a report may tell more than one thing, each of its own day."""

import datetime
import re
from functools import lru_cache

from foreshock.ledger.horizon import DATE, EXPRESSION
from foreshock.ledger.reports import DATELINE
from foreshock.model.vocabulary import Granularity
from foreshock.read.time_spans import Reference
from foreshock.read.times import resolve

_NAMED = re.compile(
    rf"{EXPRESSION.pattern}|\bsince\s+(?:the\s+)?{DATE}|"
    rf"\b(?:last|on|since)\s+(?:the\s+)?\w+(?:\s+(?:of\s+)?(?:last|this)\s+(?:month|year))?|{DATE}|"
    r"\byesterday\b|\bthe\s+\d{1,2}(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"since\b", re.IGNORECASE)
_EXACT = (Granularity.DAY, Granularity.WEEK, Granularity.MONTH)
"""A year says too little of when in it something was."""


@lru_cache(maxsize=5_000)
def days_named(sentence: str, published: datetime.date) -> tuple[datetime.date, ...]:
    """The last day of each time that a sentence names in words, as of its day of publication; of *since* a day, that
    day. What begins only later is left out."""
    line = DATELINE.match(sentence)
    reference = Reference(published, Granularity.DAY)
    days = []
    for found in _NAMED.finditer(sentence, line.end() if line else 0):
        told = resolve(found.group(0), reference)
        first = told.start or told.end
        if first is None or told.end is None or first > published or told.granularity not in _EXACT:
            continue
        days.append(first if _SINCE.match(found.group(0)) else told.end)
    return tuple(days)
