"""By when: the horizon a text states, or twelve months where it states none, and marked so."""

import datetime
import re

from foreshock.model.document import Document
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Granularity
from foreshock.read.time_spans import Reference
from foreshock.read.times import resolve

DEFAULT_MONTHS = 12
LONGEST_YEARS = 30
"""A horizon further off than this is a slip: a year read as a day's number, or *in a hundred years*."""

_EXPRESSION = re.compile(
    r"\b(?:by|before|until|till|within|in|during|through|at|on|over|this|next|for)\s+(?:the\s+)?"
    r"(?:[\w’'-]+\s+){0,5}?(?:\d{1,2}\s+)?"
    r"(?:years?|months?|weeks?|days?|spring|summer|autumn|winter|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|christmas|easter|sunday|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"20\d\d)\b(?:\s+20\d\d)?(?:\s+(?:is|are)\s+(?:out|over)|\s+ends?)?",
    re.IGNORECASE,
)

_CLOSES = re.compile(r"\s+(?:is|are)\s+(?:out|over)\b|\s+ends?\b")
_AFTER = 120
"""Characters after a clause in which its horizon may still stand: *… is likely, he said, before the summer is out*."""


def later(day: datetime.date, months: int) -> datetime.date:
    """`months` later; the last day of the month where that day is not in it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"{day} and {months} months later is no day")


def horizon(
    document: Document, made: datetime.date, statement: Statement | None, end: int, words: str
) -> tuple[datetime.date, bool]:
    """The last day on which it may still come, and whether that is only the default.

    The statement's own time is taken where it lies ahead; failing that, the last expression in `words`, the clause,
    that does, and at last one in what follows the clause at `end` within its line.
    """
    granularity = document.published_granularity or Granularity.DAY
    reference = Reference(made, granularity, ahead=True)
    told = _told(document.text, statement, reference)
    if told is not None and _ahead(told, made):
        return told, False
    after = re.split(r"[.;\n]", document.text[end : end + _AFTER], maxsplit=1)[0]
    for part in (words, after):
        for match in reversed(list(_EXPRESSION.finditer(part))):
            last = resolve(match.group(0), reference).end
            if last is not None and _ahead(last, made):
                return last, False
    return later(made, DEFAULT_MONTHS), True


def _told(text: str, statement: Statement | None, reference: Reference) -> datetime.date | None:
    """The end of the statement's time; *before 2024* is read on where the text says *is out*."""
    if statement is None or statement.time is None or statement.time.end is None or statement.time.text is None:
        return None
    more = _CLOSES.match(text, statement.time.end)
    return resolve(statement.time.text + more.group(0), reference).end if more else statement.time.to


def _ahead(day: datetime.date, made: datetime.date) -> bool:
    return made <= day <= later(made, 12 * LONGEST_YEARS)
