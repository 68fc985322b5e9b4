"""Who is interviewed, by how the words above the first answer introduce a person."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import msgspec

from foreshock.model.shipped import shipped_table
from foreshock.read.decode import CharSpan
from foreshock.read.turns import TURNS, Turn, are_marked

_WORD = r"(?!\w+[’']s\b)[A-ZÀ-Þ][\w’'-]+"
_PARTICLE = r"(?:al|el|bin|ibn|de|da|di|van|von|ould|ag)"
PERSON: Final = rf"{_WORD}(?: (?:[A-ZÀ-Þ]\. )?(?:{_PARTICLE} )?{_WORD}){{1,3}}"
"""A name of two to four words."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/interviews.yaml` as written: words parted by spaces."""

    bodies: str
    callings: str
    callings_told: str
    outlet: str


def _any_of(words: str) -> str:
    return "|".join(map(re.escape, words.split()))


@cache
def outlet_labels() -> re.Pattern[str]:
    """The labels of those who speak for the outlet, whose words are its own."""
    return re.compile(rf"\b(?:{_any_of(_table().outlet)})s?\b", re.IGNORECASE)


@cache
def _table() -> _Table:
    return shipped_table("data/interviews.yaml", _Table)


@cache
def _introductions() -> tuple[re.Pattern[str], ...]:
    """How a person is introduced, the surest first; each names him as `name`."""
    told = _table()
    capitalised = r"(?:[A-ZÀ-Þ][\w’'.-]* ){0,3}"
    name = rf"(?!{capitalised}(?:{_any_of(told.bodies)})\b)(?P<name>{PERSON})"
    few_words = r"(?:(?!by\b)(?:[\w’'-]+|\([\w.]+\)) ){0,7}?"
    opened = rf"(?:^|[.!?—–] |, ){few_words}{name}"
    said_of = r"(?:\s*\([^)\n]{1,40}\))?(?:, \d\d)?"
    patterns = (
        rf"\b(?i:interview with|conversation with|q ?& ?a with|questions (?:for|to)) {few_words}{name}",
        rf"\b(?i:interview(?:ed|s)|(?:spoke|talked|sat down) (?:to|with)|met(?: with)?) {few_words}{name}{said_of},"
        r" (?:who |an? |the |[a-z])",
        rf"{opened}{said_of}(?:, [^.\n]{{3,150}})?,? (?:(?:spoke|talked) (?:to|with) (?:us|our|(?:the )?[A-ZÀ-Þ])"
        r"|(?:receive[sd]|met|told|answer(?:s|ed)) (?:us|our))\b",
        rf"{opened}{said_of},? who\b",
        rf"{opened}{said_of} (?:is|was) (?:[a-z-]+ ){{0,4}}(?:{_any_of(told.callings)})\b",
        rf"{opened}[^.\n]{{0,80}} (?:{_any_of(told.callings_told)}|was born|grew up)\b",
    )
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in patterns)


_is_interview = re.compile(
    r"\b(?:interview(?:s|ed|ing)?|q ?& ?a|in conversation|conversation with|excerpts"
    r"|(?:spoke|talked|speaks|talks) (?:to|with)|receive[sd] (?:us|our)|answer(?:s|ed) (?:us|our|questions)"
    r"|questions (?:to|for))\b",
    re.IGNORECASE,
)
_first_person = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")


def is_interview(text: str, answers: list[Turn]) -> bool:
    """Whether these are answers, and not what an author writes below questions of his own: labels, dashes or quotation
    marks tell them apart, or the words above them tell of an interview and those who answer speak of themselves."""
    if are_marked(text, answers):
        return True
    of_themselves = sum(_first_person.search(text, turn.start, turn.end) is not None for turn in answers)
    return of_themselves >= TURNS and _is_interview.search(text, 0, answers[0].start) is not None


def introduced(text: str, end: int) -> CharSpan | None:
    """Where a person is named whom the words before `end` introduce as who is interviewed; null where they name none.

    What is said below the title goes before the title itself, which may only quote.
    """
    title = text.find("\n", 0, end)
    return next(_found(text, max(title, 0), end), None) or next(_found(text, 0, max(title, 0)), None)


def _found(text: str, start: int, end: int) -> Iterator[CharSpan]:
    for introduction in _introductions():
        if found := introduction.search(text, start, end):
            yield found.span("name")
