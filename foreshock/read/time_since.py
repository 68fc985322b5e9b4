"""How long ago that was which stands behind *after* or *since*: *two years after the army seized power*.

Of the main clause nothing is said by that: it leans on another event, and stays null. One counts from the day of
publication: of 29 such predicates in the corpus's training and development splits 27 were then, give or take two days.
"""

import re
from collections.abc import Iterable

from foreshock.read.decode import CharSpan
from foreshock.read.time_rules import MEASURE
from foreshock.read.times import in_whole_units

_word = re.compile(r"\b(?:after|since)\s+", re.IGNORECASE)
_stretch = re.compile(rf"(?<![\w-])(?:{MEASURE})\s*$", re.IGNORECASE)
_UNITS = ("day", "week", "fortnight", "month", "year", "decade")
_break = re.compile(r"[,;:.()\n]")
_determiner = re.compile(r"(?:the|an?|its|his|her|their|that|this|those|these)\s+", re.IGNORECASE)
_MOST_WORDS = 4
"""Words between who takes part and the predicate: auxiliaries, adverbs, and the rest of a name."""
_dated = re.compile(
    r"\b(?:(?:1[6-9]|20)\d\d|January|February|March|April|May|June|July|August|September|October|November|December|last)\b"
)
_on_a_day = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Yy]esterday)\b")


def time_ago(text: str, span: CharSpan, trigger: CharSpan, participants: Iterable[CharSpan]) -> str | None:
    """*Two years ago* for the predicate of *two years after the army seized power*; null where `trigger` is none such.

    Right behind *after* stands who takes part in it, or one word at most: in *two weeks after the vote police fired*
    nothing tells when. Null, too, where the sentence names a month, a year, or for days a day, to count from.
    """
    after = _word.search(text, span[0], trigger[0])
    if after is None or _break.search(text, after.end(), trigger[0]):
        return None
    stretch = _stretch.search(in_whole_units(text[span[0] : after.start()]))
    unit = stretch["unit"].casefold() if stretch else ""
    sentence = _around(text, trigger)
    if stretch is None or unit not in _UNITS or _dated.search(sentence):
        return None
    if unit == "day" and _on_a_day.search(sentence):
        return None
    found = _determiner.match(text, after.end())
    begins = found.end() if found else after.end()
    ends = [end for start, end in participants if after.end() <= start <= begins < end <= trigger[0]]
    between = text[max(ends, default=begins) : trigger[0]].split()
    return f"{stretch.group(0).strip()} ago" if len(between) <= (_MOST_WORDS if ends else 1) else None


def _around(text: str, trigger: CharSpan) -> str:
    """The sentence of a trigger, or a little more or less of it."""
    start = max(text.rfind(mark, 0, trigger[0]) for mark in (". ", "\n"))
    ends = [at for mark in (". ", "\n") if (at := text.find(mark, trigger[1])) >= 0]
    return text[start + 1 : min(ends, default=len(text))]
