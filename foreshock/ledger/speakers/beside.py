"""The speaker beside words for whom the reader found none: who *said* them, in their sentence or around a quotation."""

import re
from collections.abc import Callable
from functools import cache

from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.speakers.phrases import (
    BODY_NAME,
    CAPITAL,
    NAME,
    ends_in,
    is_phrase,
    is_whatever_they_do,
    stripped,
)

_FAR = 60
"""Characters between words and who says them, where neither *that* nor a colon joins them."""
_OWN_VIEW = re.compile(r"expects?|believes?|thinks?|predicts?|forecasts?|reckons?|foresees|foresaw")
"""What a subject does with what it foretells in its own clause."""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    verbs = "|".join(sorted(lexicon().speech))
    name = (
        rf"(?<![\w’'-])(?:(?:[Tt]he|[Aa]n?) (?:[\w’'-]+ ){{0,4}}?[\w’'-]+|{BODY_NAME}(?= expects?\b)|"
        rf"{NAME}|{CAPITAL}|[Hh]e|[Ss]he|[Ii]t|[Tt]hey)"
    )
    return (
        re.compile(rf"(?P<who>{name})(?:,[^“”\"\n]{{0,90}},)? (?:has |had )?(?P<verb>{verbs})\b"),
        re.compile(rf"[”\"] (?P<verb>said|wrote|added|says) (?P<who>{name})"),
    )


def speaker_beside(
    text: str, room: tuple[int, int], words: tuple[int, int], quoted: Callable[[int], bool]
) -> tuple[int, str] | None:
    """The speaker whose verb is nearest `words`, `[start, end)`, within the `room` of the text: where, and as named.

    `quoted` tells whether a place lies in quotation marks; outside of them a verb counts only where it governs the
    words.
    """
    first, last = room
    start, end = words
    best: tuple[int, int, str] | None = None
    for pattern in _patterns():
        for match in pattern.finditer(text[first:last]):
            at = first + match.start("who")
            if (
                quoted(at)
                or not _is_subject(text, at, match["who"])
                or not (quoted(start + 1) or _governs(text, match, first, words))
            ):
                continue
            distance = min(abs(at - end), abs(at - start))
            if best is None or distance < best[0]:
                best = (distance, at, match["who"])
    return None if best is None else (best[1], best[2])


def _is_subject(text: str, at: int, who: str) -> bool:
    """Whether a noun phrase at a place can be who says: none cut from a clause, nor a part of one (*too many of the
    forty-one have told*)."""
    if is_whatever_they_do(text, at):
        return False
    part = who[:1].islower() and re.search(r"\bof $", text[max(0, at - 4) : at]) is not None
    return is_phrase(who) and not (part and ends_in(stripped(who), lexicon().bodies) is None)


def _governs(text: str, told: re.Match[str], first: int, words: tuple[int, int]) -> bool:
    """Whether a speaker, found from `first` of the text, says the words: before them with *that* or a colon, after them
    behind a comma, or as their own subject (*the bank expects …*)."""
    start, end = words
    who, verb = first + told.start("who"), first + told.end("verb")
    if who >= end:
        return who - end <= _FAR
    if verb <= start:
        between = text[verb:start]
        return re.search(r"\bthat\b|:|,$", between.rstrip()) is not None or len(between) <= _FAR
    if who - start <= len("and the "):
        return _OWN_VIEW.fullmatch(told["verb"]) is not None or text[verb : verb + 6].strip() in (":", "that")
    return not text[verb:end].strip(' .,”"')
