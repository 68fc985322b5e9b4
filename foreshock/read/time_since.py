"""How long ago that was which stands behind *after* or *since*: *two years after the army seized power*.

Of the main clause nothing is said by that: it leans on another event, and stays null. One counts from the day that the
sentence names for it (*on Tuesday, two days after gunmen killed …*), else from the day of publication.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from foreshock.read.decode import CharSpan
from foreshock.read.time_rules import MEASURE, MONTH_NAME
from foreshock.read.time_spans import MONTH_WRITTEN, WEEKDAYS
from foreshock.read.times import Reference, in_whole_units, resolve

_word = re.compile(r"\b(?:after|since)\s+", re.IGNORECASE)
_stretch = re.compile(rf"(?<![\w-])(?:{MEASURE})\s*$", re.IGNORECASE)
_more_of_it = re.compile(r"\b(?:day|week|month|year)s?,?\s+and\s+$", re.IGNORECASE)
"""Before the rest of a stretch in two units: *four months and* twenty days."""
_SHORT = 15
"""Characters in which those words stand."""
_UNITS = ("day", "week", "fortnight", "month", "year", "decade")
_break = re.compile(r"[,;:.()\n]")
_determiner = re.compile(r"(?:the|an?|its|his|her|their|that|this|those|these)\s+", re.IGNORECASE)
_leads_name = re.compile(
    r"(?:(?:more|less|fewer|than|at|least|some|about|nearly|almost|around|dozens|scores|hundreds|thousands|tens|of"
    r"|\d[\d,.]*|[A-ZÀ-Þ][\w’'-]*)\s+)+"
)
"""Words of a phrase before the span that takes part: *more than 150* villagers, *President* Deby."""
_MOST_WORDS = 4
"""Words between who takes part and the predicate: auxiliaries, adverbs, and the rest of a name."""
_second_predicate = re.compile(r"\band\s+(?:[\w-]+ly\s+|then\s+|also\s+)*$")
"""Right before a predicate that goes on with what the same one did: *scaled the wall and dragged out*."""
_dated = re.compile(rf"\b(?:(?:1[6-9]|20)\d\d|{MONTH_WRITTEN}|last)\b")
_MONTH = MONTH_NAME.replace("(?P<month>", "(?:", 1)
_day = re.compile(
    rf"\b(?:(?:last\s+)?(?:{'|'.join(WEEKDAYS)})|yesterday|on\s+the\s+[0-3]?\d(?:st|nd|rd|th)"
    rf"|(?:[0-3]?\d(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+[0-3]?\d\b(?!\d))(?:,?\s+\d{{4}}\b)?)",
    re.IGNORECASE,
)
"""A day that a sentence names."""
_coming = re.compile(r"\b(?:will|would|shall|due|(?:is|are|was|were)\s+to)\b", re.IGNORECASE)
"""Before a day that lies ahead: *will meet on Thursday, ten days after Venezuelans voted*."""


@dataclass(frozen=True)
class Ago:
    """How long ago something was, as words that `times` reads, and the words of the day to count from, if any."""

    words: str
    day: str | None

    def counted_from(self, today: Reference | None) -> Reference | None:
        """The day to count from, as the day of reference; null where it is none, or no single one."""
        if self.day is None or today is None:
            return today
        found = resolve(self.day, today)
        if found.start is None or found.start != found.end or found.start > today.last:
            return None
        return Reference(found.start, found.granularity)


def time_ago(text: str, span: CharSpan, trigger: CharSpan, participants: Iterable[CharSpan]) -> Ago | None:
    """*Two years ago* for the predicate of *two years after the army seized power*; null where `trigger` is none such.

    Right behind *after* stands who takes part in it, or one word at most: in *two weeks after the vote police fired*
    nothing tells when. Null, too, where the sentence names a month or a year and no day to count from, and of days
    where it names several.
    """
    after = _word.search(text, span[0], trigger[0])
    if after is None or _break.search(text, after.end(), trigger[0]):
        return None
    words = in_whole_units(text[span[0] : after.start()])
    stretch = _stretch.search(words)
    unit = stretch["unit"].casefold() if stretch else ""
    if stretch is None or unit not in _UNITS:
        return None
    if _more_of_it.search(text[max(0, span[0] - _SHORT) : span[0]] + words[: stretch.start()]):
        return None
    if not _is_of_after(text, after.end(), trigger, participants):
        return None
    ago = f"{stretch.group(0).strip()} ago"
    start, end = _around(text, trigger)
    days = [found.group(0) for found in _day.finditer(text, start, span[0])]
    if days:
        return None if _coming.search(text, start, span[0]) else Ago(ago, days[-1])
    if _dated.search(text, start, end) or (unit == "day" and _day.search(text, start, end)):
        return _of_main_clause(text, (start, end), span, trigger, ago)
    return Ago(ago, None)


def _of_main_clause(text: str, sentence: CharSpan, span: CharSpan, trigger: CharSpan, ago: str) -> Ago | None:
    """What begins a sentence, counted from the one day that its main clause names behind a comma."""
    comma = text.find(",", trigger[1], sentence[1])
    if text[sentence[0] : span[0]].strip() or comma < 0:
        return None
    days = [found.group(0) for found in _day.finditer(text, trigger[1], sentence[1])]
    behind = [found.group(0) for found in _day.finditer(text, comma, sentence[1])]
    return Ago(ago, days[0]) if len(days) == 1 and days == behind else None


def _is_of_after(text: str, begins: int, trigger: CharSpan, participants: Iterable[CharSpan]) -> bool:
    """Whether a predicate is that of the clause that begins behind *after*."""
    found = _determiner.match(text, begins)
    first = found.end() if found else begins
    ends = [
        end
        for start, end in participants
        if begins <= start and end <= trigger[0] and (start <= first < end or _leads_name.fullmatch(text, first, start))
    ]
    between = text[max(ends, default=first) : trigger[0]]
    return len(between.split()) <= (_MOST_WORDS if ends else 1) or bool(ends and _second_predicate.search(between))


def _around(text: str, trigger: CharSpan) -> CharSpan:
    """The sentence of a trigger, or a little more or less of it."""
    start = max(text.rfind(mark, 0, trigger[0]) for mark in (". ", "\n"))
    ends = [at for mark in (". ", "\n") if (at := text.find(mark, trigger[1])) >= 0]
    return start + 1, min(ends, default=len(text))
