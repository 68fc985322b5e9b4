"""The whole of a place's name where the reader has cut it, and less where it has run on into the next sentence."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from foreshock.model.statement import Statement
from foreshock.places import lexicon
from foreshock.places.gazetteer import Gazetteer
from foreshock.places.names import key
from foreshock.places.recognise import Reading

BREAK: Final = re.compile(r"\s*\n\s*\n\s*|(?<=[^\W\d_]{4})[.!?][\"”’')]*\s+(?=[^\W\d_a-z])")
"""The end of a paragraph, or of a sentence where no shortened word (*St.*) stands there."""
LEADING: Final = re.compile(r"([^\W\d_]+) (?=\S)")
OWNER: Final = re.compile(r"[^\W\d_]+['’]s $")
"""What a name was cut from at its apostrophe: *Cox's* before *Bazar*."""
LOOK_BACK: Final = 40
ELIDED: Final = re.compile(r" (?:[dl]|dell|nell|all|sull)['’][^\W\d_a-z][^\W_]*")
"""What a name goes on with after an article cut short: *d'Accueil* after *Villa*."""
NUMBER: Final = re.compile(r" \d{1,4}\b(?![.,]\d)")


class Taken:
    """Spans of a text, asked what overlaps with any of them; in a long text there are thousands."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        found = sorted(spans)
        self._starts = [start for start, _ in found]
        self._reached = list(accumulate((end for _, end in found), max))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether `[start, end)` shares a character with any of them."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reached[before - 1] > start


def within_sentence(
    text: str, span: tuple[int, int], statement: Statement, named: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The part of a place's span that the end of a sentence leaves: in the sentence of the statement's trigger, and no
    earlier than its clause, where one of the `named` places stands there, else the first."""
    (start, end), near = span, statement.trigger.start
    breaks = list(BREAK.finditer(text, start, end))
    if not breaks:
        return start, end
    starts, ends = [start, *(one.end() for one in breaks)], [*(one.start() for one in breaks), end]
    parts = [(first, last) for first, last in zip(starts, ends, strict=True) if first < last]
    own = [
        (first, last)
        for first, last in parts
        if BREAK.search(text, min(near, first), max(near, last)) is None
        and any(first <= place < last for place, _ in named)
    ]
    first, last = (own or parts)[0]
    if first < statement.start < last:
        first = statement.start
    if (word := LEADING.match(text, first, last)) is not None and word[1].lower() in lexicon.shipped().locative:
        first = word.end()
    return first, last


def whole(reading: Reading, gazetteer: Gazetteer, start: int, end: int) -> tuple[int, int]:
    """`[start, end)` with what an apostrophe or a number has cut from its name."""
    return _begin(reading, gazetteer, start, end), _end(reading, start, end)


def _begin(reading: Reading, gazetteer: Gazetteer, start: int, end: int) -> int:
    before = OWNER.search(reading.text, max(0, start - LOOK_BACK), start)
    if before is None or not gazetteer.candidates(key(reading.text[before.start() : end])):
        return start
    return before.start()


def _end(reading: Reading, start: int, end: int) -> int:
    inside = reading.inside(start, end)
    if not inside or not reading.words[inside[-1]].capital:
        return end
    on = ELIDED.match(reading.text, end)
    if on is None and reading.keys[inside[-1]] in lexicon.shipped().lines:
        on = NUMBER.match(reading.text, end)
    return on.end() if on is not None else end
