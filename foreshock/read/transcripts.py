"""Who has the floor in a transcript of a sitting: *Mr. McKENDRY.*, *Alison Threlfall (Marlow East) (Con):*.

A speech runs over paragraphs until another's name begins one. The network sees so much of it as fits its window, and so
loses who speaks, or takes the name that follows.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import msgspec

from foreshock.model.statement import Source, Statement
from foreshock.model.vocabulary import SourceKind
from foreshock.read.decode import CharSpan
from foreshock.read.segment import in_capitals

SPEECHES: Final = 3
"""Speeches that make a transcript, at the least."""
AGREED: Final = 2
"""Statements of a speech that the network lays to who holds it, at the least, where capitals alone tell a name from a
heading."""

_BEFORE_NAME = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Hon|Rep|Sen|Adv|MR|MRS|MS|DR|HON|REP|SEN|MP|Senator|SENATOR|Deputy|DEPUTY"
    r"|Minister|MINISTER)\b"
)
_TITLE = rf"(?:{_BEFORE_NAME}\.? [\w.’'-]+|(?:THE|The) (?:[A-Z]{{4,}}|Minister|President|Speaker|Chair|Deputy)\b)"
_BRACKETS = r"(?: ?[(\[][^)\]\n]{1,60}[)\]]){0,2}"
_label = re.compile(
    rf"^[ \t]*(?:(?P<titled>{_TITLE}(?: [\w.’'-]+){{0,8}}?)"
    rf"|(?P<loud>(?!{_BEFORE_NAME})[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.’'-]+){{0,4}})"
    rf"|(?P<member>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w.’'-]+){{1,3}})(?= \())"
    rf"{_BRACKETS}(?::|(?<=[A-ZÀ-Þ]{{2}})\.)[ \t]+",
    re.MULTILINE,
)
"""A title with a name, a name in capitals, or a name with a seat or a party in brackets, at the beginning of a line."""
_another = re.compile(r"^[ \t]*(?:[A-ZÀ-Þ][^\n:?!]{2,90}:[ \t]|\d{1,2}\. |[^\na-zß-ÿ]{6,}$)", re.MULTILINE)
"""How a line begins with which a speech is over: what stands before a colon, a number, a heading in capitals."""
_stage = re.compile(r"[ \t]*[(\[]")
_quotation = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
_first_person = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|[Mm]adam|(?:Mr\.?|MR) (?:Speaker|SPEAKER|President|Chair\w*))\b"
)


@dataclass(frozen=True)
class _Speech:
    """What one says, from `start` to `end`: who is named at `named`, by a title or seat where `titled`."""

    named: CharSpan
    titled: bool
    start: int
    end: int


def attributed(text: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those of a speech that have no source, or another speaker for one, with who holds it.

    In a text all in capitals a full stop behind some of them tells no name: *THE LAWMAKERS. I UNDERSTAND THEM.*
    What stands in square brackets, or on a line in brackets, is nobody's: *[Members withdrew.]*
    """
    loud = in_capitals(text)
    labels = [label for label in _label.finditer(text) if not loud or label[0].rstrip().endswith(":")]
    names = [label.span(label.lastgroup or 0) for label in labels]
    if len(names) < SPEECHES or len({text[slice(*name)] for name in names}) < 2:
        return tuple(statements)
    speeches = _speeches(text, labels)
    own = [speech for speech in speeches if _is_own(text, speech, statements)]
    return tuple(_held(text, statement, own, names) for statement in statements)


def _speeches(text: str, labels: list[re.Match[str]]) -> list[_Speech]:
    """The speeches that another's follows; nothing tells where the last ends."""
    others = sorted(
        {*(label.start() for label in labels), *(mark.start() for mark in _another.finditer(text)), len(text)}
    )
    return [
        _Speech(
            label.span(label.lastgroup or 0),
            not label["loud"],
            label.end(),
            others[bisect_right(others, label.start())],
        )
        for label, _ in pairwise(labels)
    ]


def _is_own(text: str, speech: _Speech, statements: Sequence[Statement]) -> bool:
    """Whether a speech is in its speaker's words: in the first person, and the speaker has a title, or the network lays
    to him what is said."""
    agreed = sum(
        speech.start <= told.trigger.start < speech.end and _named_at(told.sources, speech.named) for told in statements
    )
    told = speech.titled or agreed >= AGREED
    unquoted = _quotation.sub("", text[speech.start : speech.end])
    return told and _first_person.search(unquoted) is not None


def _named_at(sources: Sequence[Source], name: CharSpan) -> bool:
    return bool(sources) and sources[0].start < name[1] and name[0] < sources[0].end


def _in_brackets(text: str, at: int) -> bool:
    line = text.rfind("\n", 0, at) + 1
    return text.count("[", line, at) > text.count("]", line, at) or _stage.match(text, line) is not None


def _held(text: str, told: Statement, speeches: list[_Speech], names: list[CharSpan]) -> Statement:
    """A statement with the speaker as its outermost source; where it is the clerk's, without."""
    speech = next((speech for speech in speeches if speech.start <= told.trigger.start < speech.end), None)
    if speech is None or (told.sources and not any(_named_at(told.sources, name) for name in names)):
        return told
    if _in_brackets(text, told.trigger.start):
        return msgspec.structs.replace(told, sources=(), cue=None)
    if _named_at(told.sources, speech.named):
        return told
    start, end = speech.named
    speaker = Source(start=start, end=end, text=text[start:end], source_kind=SourceKind.PERSON, name=None)
    return msgspec.structs.replace(told, sources=(speaker, *told.sources[1:]))
