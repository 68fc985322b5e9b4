"""Sentences that state a likelihood outright and look ahead: a second decree is likely before the end of May.

Told by their words alone, without a statement of the reader's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from foreshock.ledger.lexicon import any_of, lexicon
from foreshock.ledger.parts import Odds
from foreshock.ledger.yardsticks import of_criterion
from foreshock.read.likelihood import interval_of
from foreshock.read.likelihood_figures import BOUND, PERCENTAGE
from foreshock.read.negation import NOT, denial
from foreshock.read.numerals import NUMBER
from foreshock.read.time_spans import MONTH_WRITTEN

_NOUN = r"(?:chance|probability|likelihood|odds)"
_FIGURE = re.compile(
    rf"(?<![\w.,])(?P<part>{BOUND}(?:one|two|three|four|five|six|seven|eight|nine|\d+)[-\s]+(?P<chances>chances?\s+)?"
    rf"(?:in|out\s+of)[-\s]+(?!(?:19|20)\d\d\b)(?:{NUMBER})(?!\w))"
    r"|\bodds\b[^.;,]{0,20}?\b\w+[-\s]to[-\s]\w+\b(?:\s+against\b)?"
    rf"|(?<![\w.,]){BOUND}{PERCENTAGE}(?=[^.;]{{0,20}}\b{_NOUN}\b|\s+that\b)"
    rf"|\b{_NOUN}\b[^.;]{{0,90}}?\bat\s+(?:about\s+)?(?P<put>{BOUND}{PERCENTAGE})",
    re.IGNORECASE,
)
"""Odds in figures, with what bounds them; behind a noun for odds (`put`) those that it is put at, however much stands
between: *the chance that they will go at no more than 10 per cent*."""
_TELLS_ODDS = re.compile(
    r"\b(?:odds|chances?|probability|likelihood|likely|risk|put|puts|putting|gives?|gave|given|giving|rates?|rated|rating|"
    r"bets?|wager\w*|reckon\w*|guess\w*|judg\w+|estimate\w*|in\s+(?:my|our)\s+view|stands?\s+at|"
    r"I\s+(?:said|(?:would\s+)?say)|I['’]d\s+say)\b",
    re.IGNORECASE,
)
"""Words of a sentence in which a part of so many is odds: *I put it at one in ten*; *one in ten wanted to drive a bus*
is how many they were."""
_NO_DOUBT = re.compile(r"\b(?:no|little|without(?: a| any)?)\s+doubt\b", re.IGNORECASE)
"""What is sure, and no *doubt*."""
_AHEAD = re.compile(
    r"\b(?:(?:is|are) (?:very |highly |most )?(?:un)?likely to|will|won['’]t|shall|going to|"
    r"before|by the end|by the close|until|next|this year|within|"
    rf"by (?:mid-|early |late )?(?-i:{MONTH_WRITTEN})|"
    r"(?<!\bit )(?<!\bthis )(?<!\bthat )(?:is|are) (?:very |highly )?unlikely(?=\W*$)|"
    r"there is|continue|has only|I don['’]t expect|I doubt|"
    r"(?:I|we) (?:still )?do not expect (?:[\w’'-]+ ){1,12}?to|(?:chance|probability|likelihood|odds) (?:of|that))\b|"
    r"’ll\b|'ll\b",
    re.IGNORECASE,
)
_BACKWARD = re.compile(r"\b(?:was|were|had|has been|have been|did)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:If|Unless|if|unless)\b[^,.;]{3,120},")
_REPORTED = re.compile(
    r"\b(?:said|warned|wrote|thought|believed)\b.*\b(?:was|were)\s+(?:now\s+)?(?:very\s+|highly\s+)?"
    r"(?:(?:un)?likely|a realistic possibility)",
    re.DOTALL,
)
_JOINT = re.compile(r"[:;]\s+|,\s+but\s+|,\s+and\s+(?=I\b)")
_RETOLD = re.compile(
    r"\bI (?:(?:had |once |have )?(?:said|wrote|thought|gave)|(?:had|once|have) put)\b|"
    rf"\b(?:[Ii]n|[Ll]ast) (?:the )?(?:{MONTH_WRITTEN}|"
    r"spring|summer|autumn|winter|month|year|20\d\d),? we (?:had |once )?"
    r"(?:said|wrote|thought|gave|expected)\b"
)
"""A forecaster who looks back on what was foretold: no prediction of this day."""
_HANGING = re.compile(r",\s+(?:which|when|where|whereupon|and then|after which|by which time)\b")
"""How a clause begins that hangs on the one before it."""
_NO_MAIN_CLAUSE = re.compile(r"\W*(?:(?:if|unless|when|should|once|until|whether)\b|I am not sure)", re.IGNORECASE)
"""How a part begins that foretells nothing once what follows it is cut away."""
_HANGS = 24
"""Characters by which what is taken may begin before the end of that word."""
_SHORTEST_PART = 25
_DENIES = denial(NOT, "no longer|nobody")
_NO_DENIAL = re.compile(
    r"\b(?:more likely than not|not unlikely|not improbable|whether or not|not only|no doubt|no later than)\b",
    re.IGNORECASE,
)
_ODDS = re.compile(r"\b(?:odds|chances?|probability|likelihood|risk)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Outright:
    """The words at `[start, end)` of a text that foretell outright, with their odds and what they hang on."""

    start: int
    end: int
    odds: Odds
    condition: str | None


@dataclass(frozen=True)
class Stated:
    """The words at `[start, end)` of others that state a likelihood, in `figures` or not."""

    words: str
    start: int
    end: int
    figures: bool


@cache
def _stated() -> re.Pattern[str]:
    return any_of(lexicon().stated)


def odds_in(words: str) -> Stated | None:
    """The words or figures in `words` that state a likelihood; null for none."""
    figure = next((found for found in _FIGURE.finditer(words) if _is_of_odds(words, found)), None)
    if figure is not None:
        part = "put" if figure["put"] else 0
        return Stated(figure[part], *figure.span(part), figures=True)
    told = _stated().search(_NO_DOUBT.sub(lambda found: " " * len(found.group(0)), words))
    return None if told is None else Stated(told.group(0), *told.span(), figures=False)


def _is_of_odds(words: str, found: re.Match[str]) -> bool:
    """Whether figures tell how likely something is, and not how many of all they are."""
    told = found["part"] is None or found["chances"] is not None or words.startswith(" that", found.end())
    return told or _TELLS_ODDS.search(words) is not None


def looks_back(words: str) -> bool:
    """Whether a forecaster tells in `words` of what was foretold once: no prediction of this day."""
    return _RETOLD.search(words) is not None


def asks(words: str) -> bool:
    """Whether a sentence ends in a question mark."""
    return words.rstrip("”\"’' ").endswith("?")


def outright_in(text: str, spans: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]) -> Iterator[Outright]:
    """What the sentences at `spans` foretell outright, in text order, outside the stretches that are `taken`."""
    for start, end in untaken(text, spans, taken):
        words = text[start:end]
        phrase = odds_in(words)
        if phrase is None or not _foretells(words):
            continue
        told = interval_of(phrase.words)
        if told is None:
            continue
        if told[0] + told[1] > 1:
            beside = f"{words[: phrase.start]} {words[phrase.end :]}"  # *no less than* denies nothing
            negated = _DENIES.search(_NO_DENIAL.sub(" ", beside)) is not None
        else:
            negated = phrase.figures and _denied_beside(words, phrase)
        low, high = of_criterion(*told, negated, phrase.words)
        condition = _CONDITION.search(words)
        odds = Odds(phrase.words, low, high, negated)
        yield Outright(start, end, odds, condition.group(0).rstrip(",") if condition else None)


def untaken(text: str, spans: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of sentences in which nothing is `taken`; one is cut before a clause of its end that is: *it will be
    above 35,000 by May, when the road turns to soup*."""
    for start, end in parts(text, spans):
        inside = [(a, b) for a, b in taken if a < end and start < b]
        if not inside:
            yield start, end
            continue
        first = min(a for a, _ in inside)
        hanging = _HANGING.search(text, start, min(end, first + _HANGS))
        long = hanging is not None and hanging.start() <= first and hanging.start() - start >= _SHORTEST_PART
        if hanging is not None and long and _NO_MAIN_CLAUSE.match(text, start) is None:
            yield start, hanging.start()


def parts(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, cut at colons, semicolons and *but*: each part may foretell something of its own."""
    for start, end in spans:
        cut = start
        for match in _JOINT.finditer(text, start, end):
            if match.start() - cut >= _SHORTEST_PART and end - match.end() >= _SHORTEST_PART:
                yield cut, match.start()
                cut = match.end()
        yield cut, end


def _foretells(words: str) -> bool:
    """Whether a sentence with a likelihood speaks of what is to come, or reports such words of another."""
    if asks(words) or looks_back(words):
        return False
    if _REPORTED.search(words):
        return True
    return _AHEAD.search(words) is not None and (not _BACKWARD.search(words) or _FIGURE.search(words) is not None)


def _denied_beside(words: str, odds: Stated) -> bool:
    """Whether what low odds are put on is a denial (*one in four that it will not hold*), and not the odds themselves.

    The denial stands behind the odds in their clause, or before them behind a noun for odds (*the chance that it will
    not hold is one in four*); *I do not think it is one in four* denies the odds.
    """
    after = _NO_DENIAL.sub(" ", words[odds.end :]).split(",")[0]
    noun = _ODDS.search(words, 0, odds.start)
    before = _NO_DENIAL.sub(" ", words[noun.end() : odds.start]) if noun else ""
    return _DENIES.search(after) is not None or _DENIES.search(before) is not None
