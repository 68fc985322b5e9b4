"""A text cut at the edges of its statements, so that nested and overlapping ones can all be shown.

Each piece knows every statement it belongs to; the innermost, which has the shortest clause, gives it its
colour. Pieces put together again are the text.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from foreshock.model.span import Span
from foreshock.model.statement import Statement
from foreshock.record.words import occurrences

_BLANK_LINES = re.compile(r"\n[ \t\r]*(?:\n[ \t\r]*)+")


@dataclass(frozen=True)
class Numbered:
    """A statement with its number in the text, from 1."""

    number: int
    statement: Statement


@dataclass(frozen=True)
class Piece:
    """Characters that belong to the same statements, `inside` innermost first.

    `begins` are the statements of which nothing was shown before.
    """

    text: str
    inside: tuple[Numbered, ...]
    begins: tuple[Numbered, ...]
    trigger: bool
    loaded: bool
    sought: bool = False
    """Whether it is what was looked for."""


@dataclass(frozen=True)
class Paragraph:
    """A stretch of text between blank lines from `start` on, and the statements that begin in it."""

    start: int
    pieces: tuple[Piece, ...]
    begins: tuple[Numbered, ...]


def numbered(statements: Sequence[Statement]) -> list[Numbered]:
    """Statements in text order with their numbers; of two that start together, the longer comes first."""
    ordered = sorted(statements, key=lambda one: (one.start, -one.end, one.trigger.start))
    return [Numbered(number, statement) for number, statement in enumerate(ordered, 1)]


def paragraphs(text: str, statements: Sequence[Numbered]) -> list[Paragraph]:
    """The text's paragraphs in order, each cut into pieces."""
    begun: set[int] = set()
    return [_paragraph(text, start, end, statements, begun) for start, end in _between_blank_lines(text)]


def paragraph_at(text: str, place: int) -> int:
    """Where the paragraph begins that holds a place of the text, or follows it; 0 where none does."""
    return next((start for start, end in _between_blank_lines(text) if place < end), 0)


def _between_blank_lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in [*(gap.span() for gap in _BLANK_LINES.finditer(text)), (len(text), len(text))]:
        if at < start:
            yield at, start
        at = end


def clause(statement: Statement, words: str = "") -> list[Piece]:
    """The statement's own words, cut at its trigger, its loaded words and the words that were looked for."""
    at = statement.start
    sought = [
        Span(start=at + start, end=at + end, text=statement.text[start:end])
        for start, end in occurrences(words, statement.text)
    ]
    spans = [statement.trigger, *statement.loaded, *sought]
    return [
        Piece(
            text=statement.text[left - statement.start : right - statement.start],
            inside=(),
            begins=(),
            trigger=_covers(statement.trigger, left, right),
            loaded=any(_covers(span, left, right) for span in statement.loaded),
            sought=any(_covers(span, left, right) for span in sought),
        )
        for left, right in itertools.pairwise(_edges(statement.start, statement.end, spans))
    ]


def _edges(start: int, end: int, spans: Iterable[Span | Statement]) -> list[int]:
    """`start`, `end`, and the ends of spans between them, in order."""
    edges = {start, end}
    for span in spans:
        edges |= {edge for edge in (span.start, span.end) if start < edge < end}
    return sorted(edges)


def _paragraph(text: str, start: int, end: int, statements: Sequence[Numbered], begun: set[int]) -> Paragraph:
    here = [one for one in statements if one.statement.start < end and start < one.statement.end]
    spans: list[Span | Statement] = [one.statement for one in here]
    for one in here:
        spans += [one.statement.trigger, *one.statement.loaded]
    pieces = tuple(
        _piece(text, left, right, here, begun) for left, right in itertools.pairwise(_edges(start, end, spans))
    )
    return Paragraph(start, pieces, tuple(one for piece in pieces for one in piece.begins))


def _piece(text: str, start: int, end: int, statements: Sequence[Numbered], begun: set[int]) -> Piece:
    inside = [one for one in statements if one.statement.start <= start and end <= one.statement.end]
    begins = tuple(one for one in inside if one.number not in begun)
    begun |= {one.number for one in begins}
    inside.sort(key=lambda one: (one.statement.end - one.statement.start, -one.number))
    return Piece(
        text=text[start:end],
        inside=tuple(inside),
        begins=begins,
        trigger=bool(inside) and _covers(inside[0].statement.trigger, start, end),
        loaded=any(_covers(span, start, end) for one in statements for span in one.statement.loaded),
    )


def _covers(span: Span, start: int, end: int) -> bool:
    return span.start <= start and end <= span.end
