"""Who answers in an interview that labels its turns: *Q:* and *A:*, *LANTERN:* and *ODO:*, initials."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import msgspec

from foreshock.model.statement import Source, Statement
from foreshock.model.vocabulary import SourceKind
from foreshock.read.decode import CharSpan

TURNS: Final = 2
"""Turns of each that make an interview, at the least."""

_label = re.compile(
    r"^[ \t]*(?:\[[^\]\n]{1,20}\][ \t]+)?"
    r"(?:(?P<letter>[QA])[.:]|(?P<name>[A-ZÀ-Þ][\w.’'-]*(?: [\w.’'-]+){0,3})(?: \([^)\n]{1,60}\))?:)[ \t]+",
    re.MULTILINE,
)
_behind_rank = re.compile(
    r"(?: \([^)\n]{1,20}\))? "
    r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?: (?:(?:al|el|bin|de|da|van|von|ould|ag) )?[A-ZÀ-Þ][\w’'-]+){1,3})"
)
"""The name behind a rank, what is said of the rank in brackets aside: *Colonel (ret.) Ada Writer*."""
_asks = re.compile(r"\?[”\"’')\]]*\s*$")


@dataclass(frozen=True)
class _Turn:
    """What one says: `label` names who, at `named`; the words go from `start` to `end`, their first line to `line`."""

    label: str
    named: CharSpan
    start: int
    line: int
    end: int


def attributed(text: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those of answers that have no source of their own with who answers.

    That is the label, for initials the full label, and for *A:* the person above the first question to whom the network
    lays most other answers.
    """
    answers = _answers(text)
    if not answers:
        return tuple(statements)
    interviewed = _interviewed(text, answers, statements)
    return tuple(
        msgspec.structs.replace(statement, sources=(source,))
        if not statement.sources and (source := _speaker(text, statement, answers, interviewed))
        else statement
        for statement in statements
    )


def _answers(text: str) -> list[_Turn]:
    """The turns of those who answer; none where nobody asks twice, or nobody answers twice."""
    turns = _turns(text)
    number = Counter(turn.label for turn in turns)
    asked = Counter(turn.label for turn in turns if _asks.search(text, turn.start, turn.line))
    asking = {label for label, times in asked.items() if times >= TURNS and 2 * times >= number[label]}
    answered = Counter(
        turn.label for before, turn in pairwise(turns)
        if before.label in asking and turn.label not in asking
    )  # fmt: skip
    return [turn for turn in turns if answered[turn.label] >= TURNS]


def _turns(text: str) -> list[_Turn]:
    found = list(_label.finditer(text))
    lines = [text.find("\n", label.end()) for label in found]
    lines = [len(text) if line < 0 else line for line in lines]
    ends = [label.start() for label in found[1:]] + lines[-1:]  # nothing tells where the last answer ends
    return [
        _Turn(label["letter"] or label["name"], label.span(label.lastgroup or 0), label.end(), line, end)
        for label, line, end in zip(found, lines, ends, strict=True)
    ]


def _speaker(text: str, told: Statement, answers: list[_Turn], interviewed: Source | None) -> Source | None:
    """Who says what stands in an answer; null outside of answers, and where nobody is named."""
    turn = next((turn for turn in answers if turn.start <= told.trigger.start < turn.end), None)
    if turn is None:
        return None
    if turn.label == "A":
        return interviewed
    start, end = _full(text, turn)
    return Source(start=start, end=end, text=text[start:end], source_kind=SourceKind.PERSON, name=None)


def _interviewed(text: str, answers: list[_Turn], statements: Sequence[Statement]) -> Source | None:
    """The person named above the first answer whom the network takes for the source of two answers or more; where it
    points at a rank alone, by the name behind it."""
    named = Counter(
        statement.sources[0]
        for statement in statements
        if any(turn.start <= statement.trigger.start < turn.end for turn in answers)
        and statement.sources
        and statement.sources[0].source_kind is SourceKind.PERSON
        and statement.sources[0].end < answers[0].named[0]
    )
    source, times = max(named.items(), key=lambda one: one[1], default=(None, 0))
    if source is None or times < TURNS:
        return None
    name = None if " " in source.text else _behind_rank.match(text, source.end)
    return source if name is None else _at(text, source, name.span("name"))


def _at(text: str, source: Source, span: CharSpan) -> Source:
    start, end = span
    return msgspec.structs.replace(source, start=start, end=end, text=text[start:end])


def _full(text: str, turn: _Turn) -> CharSpan:
    """Where who speaks is named: the turn's label, or for initials the first label that has them."""
    if len(turn.label) in (2, 3) and turn.label.isupper():
        for label in _label.finditer(text):
            if label["name"] and "".join(word[0] for word in label["name"].split()) == turn.label:
                return label.span("name")
    return turn.named
