"""Whose the items of a list are: who decides what a communiqué lists, and to whom listed recommendations go."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from foreshock.model.statement import Participant, Source, Statement
from foreshock.model.vocabulary import Kind, SourceKind
from foreshock.read.decode import CharSpan

_item = re.compile(r"[ \t]*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)]|[-–—•*·])[ \t]+")
_WORD = r"[A-ZÀ-Þ(][\w’'()-]*"
_NAME = rf"{_WORD}(?:\s+(?:(?:of|for|and|on|in)\s+(?:the\s+)?)?{_WORD})*"
_body = re.compile(
    rf"(?:^|[,;.]\s+)(?P<name>(?:[Tt]he\s+)?{_NAME})"
    r"(?:\s+(?:hereby\s+)?(?:decides|declares|resolves|announces|agrees)(?:\s+as\s+follows)?)?\s*:\s*$"
)
"""How a line ends that opens a list of what a body does: *Acting under Article 7 of its Protocol, Council:*."""
_act = re.compile(
    r"(?:(?:also|further|\w+ly)\s+)?(?:affirms|appeals|approves|asks|authori[sz]es|calls|commends|condemns|decides|declares"
    r"|demands|denounces|deplores|directs|emphasi[sz]es|encourages|endorses|expresses|insists|instructs|invites|notes|orders"
    r"|pledges|reaffirms|recalls|recommends|regrets|reiterates|rejects|requests|resolves|stresses|supports|suspends"
    r"|takes\s+note|thanks|underlines|undertakes|upholds|urges|warns|welcomes)\b",
    re.IGNORECASE,
)
_to = re.compile(r"[ \t]*To\s+(?P<names>[^\n:]{2,100}):[ \t]*$")
_between = re.compile(r",\s+(?:in\s+particular\s+)?(?:the\s+)?|\s+and\s+(?:the|its|their|all)\s+")
_article = re.compile(r"(?:the|all)\s+(?=[A-ZÀ-Þ])")
_joined = re.compile(r"(?:\b(?:and|or|to)|,)\s+$")
LEAST: Final = 2
"""Items that begin with what a body does, at the least."""


@dataclass(frozen=True)
class _List:
    """The items below a line, each from its first word to its line's end, and the names in that line."""

    names: tuple[CharSpan, ...]
    items: tuple[CharSpan, ...]
    addressed: bool


def attributed(text: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those in items with who the line above their list names.

    Below *Council:* it does what an item begins with (*Condemns …*) and asks what is asked there; below *To ECOWAS:* it
    is ECOWAS that should do what an item asks.
    """
    found = list(_lists(text))
    if not found:
        return tuple(statements)
    return tuple(_of_list(text, statement, found) for statement in statements)


def _lists(text: str) -> Iterator[_List]:
    lines = [(line.start(), line.end()) for line in re.finditer(r"[^\n]*\S[^\n]*", text)]
    for number, (start, end) in enumerate(lines):
        if text[end - 1] not in ": \t":
            continue
        body, to = _body.search(text[start:end]), _to.match(text, start, end)
        if not (body or to):
            continue
        items = []
        for line in lines[number + 1 :]:
            mark = _item.match(text, *line)
            if mark is None:
                break
            items.append((mark.end(), line[1]))
        if to and items:
            yield _List(tuple(_names(text, to.span("names"))), tuple(items), addressed=True)
        elif body and sum(_act.match(text, *item) is not None for item in items) >= LEAST:
            name = (start + body.start("name"), start + body.end("name"))
            yield _List((name,), tuple(items), addressed=False)


def _names(text: str, span: CharSpan) -> Iterator[CharSpan]:
    start = span[0]
    for gap in [*_between.finditer(text, *span), None]:
        end = gap.start() if gap else span[1]
        article = _article.match(text, start, end)
        if (article.end() if article else start) < end:
            yield (article.end() if article else start, end)
        start = gap.end() if gap else end


def _of_list(text: str, told: Statement, lists: Sequence[_List]) -> Statement:
    for one in lists:
        for item in one.items:
            if item[0] <= told.trigger.start < item[1]:
                return _to_be_done(text, told, one, item) if one.addressed else _done(text, told, one, item)
    return told


def _own_actors(told: Statement, item: CharSpan) -> tuple[Participant, ...]:
    """The actors without those of the lines above."""
    return tuple(actor for actor in told.actors if actor.start >= item[0])


def _participants(text: str, one: _List) -> tuple[Participant, ...]:
    return tuple(Participant(start=start, end=end, text=text[start:end]) for start, end in one.names)


def _to_be_done(text: str, told: Statement, one: _List, item: CharSpan) -> Statement:
    """A recommendation whose imperative begins the item, or goes on with it, is for whom the line above names."""
    if told.kind is not Kind.RECOMMENDATION:
        return told
    actors = _own_actors(told, item)
    if not actors and (told.start == item[0] or _joined.search(text, item[0], told.start)):
        actors = _participants(text, one)
    return msgspec.structs.replace(told, actors=actors)


def _done(text: str, told: Statement, one: _List, item: CharSpan) -> Statement:
    """What a body does in an item, with it as actor; what it asks there, with it as source."""
    if _act.match(text, *item) is None:
        return told
    if told.start == item[0] or _act.match(text, told.start, told.end):
        actors = _own_actors(told, item)
        return msgspec.structs.replace(told, actors=actors or _participants(text, one))
    first = one.items[0][0]
    if any(first < source.end <= item[0] or item[1] <= source.start for source in told.sources):
        told = msgspec.structs.replace(told, sources=(), cue=None)  # the act of another item speaks for nobody
    if told.kind in (Kind.RECOMMENDATION, Kind.FORECAST) and not told.sources:
        ((start, end),) = one.names
        source = Source(start=start, end=end, text=text[start:end], source_kind=SourceKind.ORGANISATION, name=None)
        return msgspec.structs.replace(told, sources=(source,))
    return told
