"""Who is interviewed, by how the words above the first answer introduce somebody."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import msgspec

from foreshock.model.shipped import shipped_table
from foreshock.model.vocabulary import SourceKind
from foreshock.read.decode import CharSpan
from foreshock.read.segment import in_capitals
from foreshock.read.time_spans import MONTHS, WEEKDAYS
from foreshock.read.turns import TURNS, Turn, are_marked

_MONTH = rf"(?i:{'|'.join(MONTHS)})"
_DATE = rf"(?i:{'|'.join(WEEKDAYS)}),? (?:{_MONTH}\b|\d)|{_MONTH} \d"
_WORD = rf"(?!\w+[’']s\b|{_DATE})[A-ZÀ-Þ][\w’'-]*\w"
_PARTICLE = r"(?:al|el|bin|ibn|de|da|di|van|von|ould|ag)"
PERSON: Final = rf"{_WORD}(?: (?:[A-ZÀ-Þ]\. )?(?:{_PARTICLE} )?{_WORD}){{1,3}}"
"""A name of two to four words, without the date behind it: *Hugh McGuire Sunday, May 28*."""
_WITH = (
    r"\b(?<![Ii]n an )(?<!gave an )(?<!in a \d{4} )"
    r"(?i:interview with|conversation with|(?:talking|speaking) (?:to|with)|q ?& ?a with|questions (?:for|to))"
)
"""What stands before who is interviewed; *he said in an interview with Le Monde* names the outlet."""
_HEADED = r"^(?i:interview|q ?& ?a|in conversation)(?: ?[:|–—-]+ )"
"""How a title names who is interviewed behind it: *Q&A: Sarah Yerkes on the vote*."""


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
    name = _name()
    few_words = r"(?:(?!by\b)(?:[\w’'-]+|\([\w.]+\)) ){0,7}?"
    opened = rf"(?:^|[.!?—–] |, ){few_words}{name}"
    said_of = r"(?:\s*\([^)\n]{1,40}\))?(?:, \d\d)?"
    calling = rf"(?i:{_any_of(told.callings)})"
    patterns = (
        rf"{_WITH} {few_words}{name}",
        rf"{_HEADED}{few_words}{name} on\b",
        r"\b(?i:interview(?:ed|s)|(?:spoke|talked|sat down) (?:to|with)|met(?: with)?|ask(?:ed|s))"
        rf" {few_words}{name}{said_of}, (?:who |an? |the |[a-z])",
        rf"{opened}{said_of}(?:, [^.\n]{{3,150}})?,? (?:(?:spoke|talked|sat down) (?:to|with)"
        r" (?:us|our|(?:the )?[A-ZÀ-Þ])|(?:receive[sd]|met|told|answer(?:s|ed)) (?:us|our)|tells (?:us|our|[A-ZÀ-Þ])"
        r"|(?:discuss|explain|assess)(?:es|s|ed)|reflects|answers)\b",
        rf"\b(?:spoke (?:to|with)|ask(?:ed|s)) (?:the )?{calling} {name}",
        rf"\b{calling} {name} (?:on\b|in conversation\b|(?:speak|talk|explain|tell|answer)s\b)",
        rf"{opened}{said_of},? who\b",
        rf"{opened}{said_of} (?:is|was) (?:[a-z-]+ ){{0,4}}(?:{_any_of(told.callings)})\b",
        rf"{opened}[^.\n]{{0,80}} (?:{_any_of(told.callings_told)}|was born|grew up)\b",
        rf"{opened}{said_of}, (?:(?!by\b)[a-z’'-]+ ){{0,5}}(?:{_any_of(told.callings)})\b",
    )
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in patterns)


def _name() -> str:
    """The pattern of a person's name, as `name`, which is no body's."""
    capitalised = r"(?:[A-ZÀ-Þ][\w’'.-]* ){0,3}"
    return rf"(?!The |{capitalised}(?:{_any_of(_table().bodies)})\b)(?P<name>{PERSON})"


@cache
def _subject() -> re.Pattern[str]:
    """A name that is no place's, for it stands behind no *in* or *from*, nor the author's."""
    return re.compile(rf"(?<!\w)(?<!\b(?:in|of|at|to|by|By) )(?<!\bthe )(?<!\b(?:from|near) ){_name()}")


_spoke = re.compile(
    r"\b(?:[Hh]e|[Ss]he) (?:(?:has |had )?(?:spoken?|talked|sat down) (?:to|with) (?:us|our|(?:the )?[A-ZÀ-Þ])"
    r"|(?:agreed to|gave|granted)(?: us)? (?:an|this) interview|(?:received|met) (?:us|our))"
)
"""How it is told that somebody was interviewed who has been named before: *She spoke to our editor*."""


def _spoken_of(text: str, end: int) -> CharSpan | None:
    """Who is meant by the *she* of *she spoke to us*: whom the same paragraph names first, else the one before."""
    found = _spoke.search(text, 0, end)
    at = found.start() if found else 0
    for _ in range(2):
        start = text.rfind("\n", 0, max(at, 0)) + 1
        if named := _subject().search(text, start, max(at, 0)):
            return named.span("name")
        at = len(text[:start].rstrip())
    return None


_told_us = (
    r"(?:receive[sd] us|(?:spoke|talked) (?:to|with) (?:us|our|(?:the )?[A-ZÀ-Þ])|met us"
    r"|ask(?:s|ed) (?:us )?(?:not to be (?:named|identified)|that (?:his|her|their) (?:real )?name))"
)
_unnamed = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<name>(?:[Tt]he|[Aa]n?) (?:[a-z-]+ ){{0,3}}[a-z-]+),? who {_told_us}",
        rf"{_WITH} (?P<name>(?:the|an?) (?:(?!who\b|on\b|about\b)[a-z-]+ ){{0,3}}[a-z-]+"
        r"(?: (?:in|from|of) (?:the )?[A-ZÀ-Þ][\w-]+)?)",
    )
)
"""How somebody is introduced who is not named: *the doctor who receives us*, *an interview with a mayor from Bor*."""
_is_interview = re.compile(
    r"\b(?:interview(?:s|ed|ing)?|q ?& ?a|in conversation|conversation with|excerpts"
    r"|(?:spoke|talked|speaks|talks|sat down) (?:to|with)|receive[sd] (?:us|our)|answer(?:s|ed) (?:us|our|questions)"
    r"|questions (?:to|for))\b",
    re.IGNORECASE,
)
_first_person = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")


def is_interview(text: str, answers: list[Turn]) -> bool:
    """Whether these are answers, and not what an author writes below questions of his own: labels, dashes or quotation
    marks tell them apart, or the words above them tell of an interview and those who answer speak of themselves."""
    if are_marked(text, answers):
        return True
    of_themselves = sum(_first_person.search(text, turn.start, turn.line) is not None for turn in answers)
    return of_themselves >= TURNS and _is_interview.search(text, 0, answers[0].start) is not None


def introduced(text: str, end: int) -> tuple[CharSpan, SourceKind] | None:
    """Where the words before `end` introduce who is interviewed, by name or else by role; null where by neither.

    What is said below the title goes before the title itself, which may only quote. Where all is in capitals, they
    tell no name from other words.
    """
    if in_capitals(text[:end]):
        return None
    if spoke := _spoken_of(text, end):
        return spoke, SourceKind.PERSON
    title = max(text.find("\n", 0, end), 0)
    parts = (title, end), (0, title)
    named = next((span for part in parts for span in _found(_introductions(), text, *part)), None)
    if named:
        return named, SourceKind.PERSON
    role = next((span for part in parts for span in _found(_unnamed, text, *part)), None)
    return (role, SourceKind.ROLE) if role else None


def _found(patterns: Sequence[re.Pattern[str]], text: str, start: int, end: int) -> Iterator[CharSpan]:
    for pattern in patterns:
        if found := pattern.search(text, start, end):
            yield found.span("name")
