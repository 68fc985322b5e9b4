"""The turns of an interview: with labels (*Q:* and *A:*, *LANTERN:* and *ODO:*), behind dashes, or below questions that
stand on lines of their own.

Only the answers are looked for. One that runs over several paragraphs is followed where labels tell the turns, and to
the next question where neither dashes nor quotation marks do; else it ends with its line.
"""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from foreshock.read.decode import CharSpan

TURNS: Final = 2
"""Turns of each that make an interview, at the least."""
LONGEST_QUESTION: Final = 45
"""Words of a question that stands on a line of its own, at the most."""
LONGEST_REMARK: Final = 25
"""Words of what an interviewer holds against who answers, without asking, at the most: *They have threatened you.*"""

LABEL: Final = re.compile(
    r"^[ \t]*(?:\[[^\]\n]{1,20}\][ \t]+)?"
    r"(?:(?P<letter>[QA])[.:]|(?P<name>[A-ZÀ-Þ][\w.’'-]*(?: [\w.’'-]+){0,3})(?: \([^)\n]{1,60}\))?:)[ \t]+",
    re.MULTILINE,
)
_dash = re.compile(r"^[ \t]*[—–-][ \t]+(?=\S)", re.MULTILINE)
_line = re.compile(r"[^\n]*\S[^\n]*")
_asks = re.compile(r"\?[”\"’')\]*_]*\s*$")
_bold = re.compile(r"\s*(?:\*\*|__)")
_quoted = re.compile(r"\s*[“\"«„‘']")
_closing = re.compile(r"[”\"»]|[’'](?=\s*$)")
_addresses = re.compile(r"(?:(?:And|But|So|Yet),? )?[Yy]ou(?:r|[’']ve)?\b")
"""How a remark begins that is held against who answers, however many sentences it has: *You write that they fled.*"""
_sentence_ends = re.compile(r"[.!?][”\"’')]*\s+\S")


@dataclass(frozen=True)
class Turn:
    """What one says: `label` names who, at `named`, or is empty; the words go from `start` to `end`, their first line
    to `line`."""

    label: str
    named: CharSpan
    start: int
    line: int
    end: int


def answers(text: str, flowing: str) -> list[Turn]:
    """The turns of those who answer, in text order; none where nobody asks twice, or nobody answers twice.

    `flowing` is the text with its full lines joined: where no label begins it, a turn goes on over them.
    """
    if text.count("?") < TURNS:
        return []
    return _labelled(text) or _behind_dashes(flowing) or _below_questions(flowing)


def are_marked(text: str, found: list[Turn]) -> bool:
    """Whether labels, dashes or quotation marks around whole lines tell most answers, and not only that each stands
    below a question."""
    marked = sum(
        bool(turn.label) or turn.start > turn.named[0] or (_is_quoted(text, turn) and turn.end + 1 >= turn.line)
        for turn in found
    )
    return 2 * marked > len(found)


def _is_quoted(text: str, turn: Turn) -> bool:
    return _quoted.match(text, turn.start) is not None


def _labelled(text: str) -> list[Turn]:
    turns = _turns(text)
    number = Counter(turn.label for turn in turns)
    asked = Counter(turn.label for turn in turns if _asks.search(text, turn.start, turn.line))
    asking = {label for label, times in asked.items() if times >= TURNS and 2 * times >= number[label]}
    answered = Counter(
        turn.label for before, turn in pairwise(turns)
        if before.label in asking and turn.label not in asking
    )  # fmt: skip
    speaking = asking | answered.keys()
    return [
        turn if after is None or after.label in speaking else replace(turn, end=turn.line)
        for turn, after in pairwise([*turns, None])
        if turn and answered[turn.label] >= TURNS
    ]


def _turns(text: str) -> list[Turn]:
    found = list(LABEL.finditer(text))
    return [
        Turn(label["letter"] or label["name"], label.span(label.lastgroup or 0), label.end(), line, end)
        for label, (line, end) in zip(found, _ends(text, found), strict=True)
    ]


def _ends(text: str, marks: list[re.Match[str]]) -> list[CharSpan]:
    """Where the line of each marked turn ends, and the turn; nothing tells where the last ends, but its line."""
    lines = [text.find("\n", mark.end()) for mark in marks]
    lines = [len(text) if line < 0 else line for line in lines]
    return list(zip(lines, [mark.start() for mark in marks[1:]] + lines[-1:], strict=True))


def _behind_dashes(text: str) -> list[Turn]:
    """The answers where each turn begins with a dash and every other one asks."""
    marks = list(_dash.finditer(text))
    turns = [
        Turn("", mark.span(), mark.end(), line, end)
        for mark, (line, end) in zip(marks, _ends(text, marks), strict=True)
    ]
    first = next((at for at, turn in enumerate(turns) if _asks.search(text, turn.start, turn.line)), len(turns))
    asking, answering = turns[first::2], turns[first + 1 :: 2]
    asked, asked_back = (sum(_asks.search(text, turn.start, turn.line) is not None for turn in part)
                         for part in (asking, answering))  # fmt: skip
    if asked < TURNS or 2 * asked < len(asking) or 2 * asked_back > len(answering) or len(answering) < TURNS:
        return []
    return [replace(turn, end=turn.line) for turn in answering]  # what stands below may be the author's


def _below_questions(text: str) -> list[Turn]:
    """The answers where each question stands on a line of its own and the next line answers it.

    A line that begins as the questions do, in bold type or with a label, goes with them; where they have no such mark,
    a short line of one sentence below an answer does.
    """
    lines = [line.span() for line in _line.finditer(text)]
    asking = [line for line in lines if _is_question(text, line)]
    if len(asking) < TURNS:
        return []
    marks = Counter(_mark(text, line) for line in asking)
    mark, times = max(marks.items(), key=lambda one: one[1])
    found = list(_answering(text, lines, mark if 2 * times > len(asking) else ""))
    if len(found) < TURNS:
        return []
    return found if any(_is_quoted(text, turn) for turn in found) else _gone_on(lines, found)


def _gone_on(lines: list[CharSpan], found: list[Turn]) -> list[Turn]:
    """The answers to the line before the next question; nothing tells where the last ends, but its line.

    Where answers stand in quotation marks, what stands without between two of them is the author's.
    """
    starts = [start for start, _ in lines]
    asked = [bisect(starts, turn.named[0]) - 2 for turn in found]  # each in the line before its answer
    return [
        replace(turn, end=lines[question - 1][1]) for turn, question in zip(found, asked[1:], strict=False)
    ] + found[-1:]


def _mark(text: str, line: CharSpan) -> str:
    """How a line begins that asks: in bold type, with a label, or with neither."""
    label = LABEL.match(text, line[0])
    found = _bold.match(text, *line) or label
    return found.group(0).strip() if found else ""


def _is_question(text: str, line: CharSpan) -> bool:
    return (
        _asks.search(text, *line) is not None
        and len(text[slice(*line)].split()) <= LONGEST_QUESTION
        and _quoted.match(text, *line) is None
    )


def _answering(text: str, lines: list[CharSpan], mark: str) -> Iterator[Turn]:
    """The first lines of answers; `mark` is how those begin that ask, where it tells them."""
    asked, answered = False, 0  # lines of the answer at hand
    for line in lines:
        marked = mark and _mark(text, line) == mark
        if marked or _is_question(text, line) or (answered and not mark and _is_remark(text, line, answered)):
            asked, answered = True, 0
        else:
            if asked:
                yield _answer(text, line)
            asked, answered = False, answered + 1 if asked or answered else 0


def _answer(text: str, line: CharSpan) -> Turn:
    label = LABEL.match(text, line[0])
    if label and label["name"] and _is_name(label["name"]):
        return Turn(label["name"], label.span("name"), label.end(), line[1], line[1])
    return Turn("", (line[0], line[0]), line[0], line[1], _last_word(text, line))


def _is_name(words: str) -> bool:
    """Whether a label that stands alone may name somebody, and is not how an answer begins: *Achieving four goals:*."""
    return " " not in words or not words.rpartition(" ")[2][0].islower()


def _last_word(text: str, line: CharSpan) -> int:
    """Where an answer ends: with its line, or for one in quotation marks with the last of them."""
    if _quoted.match(text, *line) is None:
        return line[1]
    return max((mark.end() for mark in _closing.finditer(text, *line)), default=line[1])


def _is_remark(text: str, line: CharSpan, answered: int) -> bool:
    """Whether a line only holds something against who answers; `answered` lines of the answer stand before it."""
    addressed = _addresses.match(text, *line) is not None
    return (
        (answered == 1 or addressed)
        and len(text[slice(*line)].split()) <= LONGEST_REMARK
        and text[line[1] - 1] in ".!…"
        and (addressed or _sentence_ends.search(text, *line) is None)
        and _quoted.match(text, *line) is None
    )
