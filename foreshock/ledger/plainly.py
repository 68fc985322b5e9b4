"""Sentences that foretell by a bare *will* and say by when: the parcels will be there before Christmas.

The reader finds statements by the acts they tell; a verb that tells none is easily passed over.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from foreshock.ledger.conditions import condition_of
from foreshock.ledger.lexicon import any_of, lexicon
from foreshock.ledger.outright import Outright, asks, looks_back, odds_in, untaken
from foreshock.ledger.parts import Odds
from foreshock.ledger.speakers.bulletin import plans_in
from foreshock.ledger.speakers.phrases import any_word
from foreshock.ledger.yardsticks import of_criterion
from foreshock.model.letters import UPPER
from foreshock.read.likelihood import interval_of
from foreshock.read.negation import NOBODY, NONE, NOT

_PLAINLY = "will"
"""The word by whose yardstick all of them stand."""
_NO_SAYING = (
    r"(?! (?:not |ever |never )?(?:(?:say|tell|ask|know|be named)\b|see (?:that|what|how|who|if|whether)\b"
    r"|have (?:been|to|had|\w+(?:ed|en|wn|ght))\b))"
)
"""Behind a *will* of what is to come, not of what will be said or known of it, nor of what will be done by then."""
_WILL = re.compile(
    r"(?:\b(?:will|won['’]t)|(?:(?<=\b[Ii]t)|(?<=\b[Hh]e)|(?<=\b[Ss]he)|(?<=\b[Tt]hey)|(?<=\b[Tt]here))['’]ll"
    rf"|\b(?:is|are) going to(?! (?:(?:the|an?)\b|[A-Z])))\b{_NO_SAYING}"
)
_WOULD = re.compile(rf"\bwould\b{_NO_SAYING}")
_APART = re.compile(
    r"\b(?:who|which|what|that|I|you|we|the|an?|his|her|their|its|my|our|free|good|ill|last|political)\s+$",
    re.IGNORECASE,
)
"""Before a *will* that foretells nothing: *who will win*, *a will*, *we will be back*."""
_LEAD = 20
"""Characters before a *will* in which that stands."""
_WONT = re.compile(r"won['’]t", re.IGNORECASE)
_NOBODY = re.compile(rf"\b(?:{NOBODY}|{NONE})\b", re.IGNORECASE)
_NOT = re.compile(
    r"(?:\s+(?:still|therefore|probably|certainly|surely|also|almost|however|now|then|in all likelihood)){0,2}\s+"
    rf"(?:{NOT}|no longer)\b",
    re.IGNORECASE,
)
_SAID_PLAINLY = re.compile(
    r"(?P<said>(?:[Tt]he |[Aa]n? )?(?:(?!(?:who|which|that|what)\b)[\w’'-]+ ){1,6}?(?:said|says|announced|insists) )"
    rf"(?:the|its|his|her|their|an?|all|every|most|no|it|he|she|they|[{UPPER}][\w-]+|\d[\d,]*) "
    r"(?:(?!(?:is|was|were|are|has|have|had|did|does|last|and|but)\b)[\w’'-]+ ){0,8}?(?P<will>will|won['’]t|would)\b"
)
"""Who says it and, without *that*, what will be: *The railway said the first of the engines will …*."""
_PAST_TIME = re.compile(r"\b(?:last (?:\w+)|ago|in (?:19|20)\d\d|once|earlier)\b", re.IGNORECASE)
"""In who says it, what tells that it was said long since."""


def plainly_in(
    text: str,
    spans: Sequence[tuple[int, int]],
    read: Sequence[tuple[int, int]],
    taken: Sequence[tuple[int, int]],
) -> Iterator[Outright]:
    """What the sentences at `spans` foretell by a bare *will*, in text order, outside the stretches that are `taken`
    and where no stretch that was `read` holds it: a verb that tells no act (*it will be under that before Christmas*)
    is easily passed over. A sentence whose speaker can't be told from what is said is left out."""
    told = interval_of(_PLAINLY)
    for first, last in untaken(text, spans, taken):
        words = text[first:last]
        if told is None or _foretells_nothing(words) or odds_in(words) is not None:
            continue
        ahead = next((one for one in _aheads(words) if not _within(first + one.start(), read)), None)
        if ahead is None:
            continue
        start, end = _unattributed(words, ahead)
        if _speech().search(words, start, end) or (start and _PAST_TIME.search(words, 0, start)):
            continue
        subject, behind = words[start : ahead.start()], words[ahead.end() : end]
        negated = _denied(ahead.group(0), re.split(r"[,;:]", subject)[-1], behind)
        low, high = of_criterion(*told, negated, _PLAINLY)
        condition = condition_of(words, ahead.start(), end)
        yield Outright(first + start, first + end, Odds(ahead.group(0), low, high, negated), condition)


def plans_in_text(
    text: str,
    spans: Sequence[tuple[int, int]],
    read: Sequence[tuple[int, int]],
    taken: Sequence[tuple[int, int]],
) -> Iterator[Outright]:
    """What bodies tell of their own plans in sentences at `spans` that the reader passed over, in text order: *the
    town hall undertakes to have the roof mended*. An intention has no odds."""
    for first, last in untaken(text, spans, taken):
        words = text[first:last]
        found = plans_in(words)
        if found is None or _foretells_nothing(words) or _speech().search(words):
            continue
        if not _within(first + found.start("verb"), read):
            condition = condition_of(words, found.start("verb"), len(words))
            yield Outright(first, last, Odds(None, None, None, False), condition)


def _foretells_nothing(words: str) -> bool:
    """Whether words ask, or look back on an earlier forecast."""
    return asks(words) or looks_back(words)


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _denied(ahead: str, subject: str, behind: str) -> bool:
    """Whether a *will* is denied: by itself, by its subject (*nobody will*), or right behind it (*will still not*)."""
    return _WONT.match(ahead) is not None or _NOBODY.search(subject) is not None or _NOT.match(behind) is not None


def _unattributed(words: str, ahead: re.Match[str]) -> tuple[int, int]:
    """The `[start, end)` of what is foretold in a sentence, without who says it before or behind."""
    before = [one.end() for one in _said_before().finditer(words, 0, ahead.start())]
    plainly = _SAID_PLAINLY.match(words)
    if plainly is not None and plainly.end("will") == ahead.end():
        before.append(plainly.end("said"))
    behind = _said_behind().search(words, ahead.end())
    return (before[-1] if before else 0, behind.start() if behind else len(words))


def _aheads(words: str) -> list[re.Match[str]]:
    """Each bare *will* of a sentence, and in what somebody is said to have said each *would*, which is the speaker's
    *will*: of what is to come, not of who it is that will, nor of a last will, nor of the writer's own doings."""
    found = list(_WILL.finditer(words))
    found = found or (list(_WOULD.finditer(words)) if _speech().search(words) else [])
    return [one for one in found if not _APART.search(words, max(0, one.start() - _LEAD), one.start())]


@cache
def _said_before() -> re.Pattern[str]:
    """*The president pledged in Addis Ababa that*."""
    return re.compile(rf"\b(?:{any_word(lexicon().speech)})\b[^,.;:“”\"]{{0,60}}?\bthat\s", re.IGNORECASE)


@cache
def _said_behind() -> re.Pattern[str]:
    """*…, the board announced instead.* and *…," said the judge.*"""
    speech = any_word(lexicon().speech)
    return re.compile(
        rf",[”\"]?\s[^,.;:]{{2,60}}\s(?:{speech})\b[^,.;:]{{0,30}}[.”\"]*$|,[”\"]\s(?:{speech})\s[^,.;:]{{2,80}}[.”\"]*$"
    )


@cache
def _speech() -> re.Pattern[str]:
    return any_of(lexicon().speech)
