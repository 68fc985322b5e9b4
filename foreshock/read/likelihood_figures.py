"""Likelihoods in figures: *one in ten*, *a 60 to 70 per cent chance*, *odds are two to one*, *will fall (80%)*."""

import re

from foreshock.read.decode import CharSpan
from foreshock.read.numerals import NUMBER, number_of

_percentage = rf"(?:\d{{1,3}}[.,]\d{{1,2}}(?!\d)|{NUMBER})"
_percent = r"\s*(?:%|per\s?cent\b)"
_figures = re.compile(
    rf"(?:(?<![\w.,])(?P<low>{_percentage})(?:{_percent})?(?:\s*[-–—]\s*|\s+(?:to|or|and)\s+))?"
    rf"(?<![\w.,])(?P<percent>{_percentage}){_percent}"
    rf"|(?P<part>{NUMBER})[-\s]+(?:chances?\s+)?(?:in|out of|from)[-\s]+(?P<whole>{NUMBER})"
)
_at_least = re.compile(
    r"\b(?:(?:no|not) (?:less|fewer) than|(?<!no )(?<!not )(?:more|better) than|at least|over|above|upwards of)\b|>"
)
_at_most = re.compile(r"\b(?:less than|fewer than|at most|under|below|up to|(?:no|not) (?:more|better) than)\b|<")
PERCENTAGE = (
    rf"(?:(?:{_percentage}(?:{_percent})?(?:\s*[-–—]\s*|\s+to\s+)|between\s+{_percentage}(?:{_percent})?\s+and\s+)?"
    rf"{_percentage}{_percent})"
)
"""A share in per cent, or the range that it lies in: *60%*, *60 to 70 per cent*, *between 60 and 70 per cent*."""
_figure = rf"{PERCENTAGE}|(?:{NUMBER})[-\s]+(?:chances?\s+)?(?:in|out of)[-\s]+(?:{NUMBER})"
_against = rf"(?:{NUMBER})[-\s]+to[-\s]+(?:{NUMBER})(?!\w)(?:\s+against\b)?"
_roughly = r"(?:(?:perhaps|maybe|about|around|some|roughly|at|say)\s+)?"
BOUND = (
    r"(?:(?:(?:(?:no|not)\s+)?(?:more|less|fewer|better)\s+than|at\s+(?:least|most)|over|above|under|below|up\s+to"
    r"|upwards\s+of)\s+(?:an?\s+)?)?"
)
"""What says of a figure that it is the least or the most, if anything does: *at least*, *no more than a*."""
_chance = r"(?:chances?|probability|likelihood|odds)"
ODDS = re.compile(
    rf"(?<![\w.,]){BOUND}(?:{_figure})[-\s]+(?:chances?|probability|likelihood)\b"
    rf"|\b{_chance}\s+(?:are|is|of|at|stands?\s+at)\s+{_roughly}{BOUND}(?:{_figure})"
    rf"|\bodds\s+(?:are|of|at|stand\s+at)\s+{_roughly}{_against}"
    rf"|(?<![\w.,]){BOUND}(?:{NUMBER})\s+chances?\s+(?:in|out\s+of)\s+(?:{NUMBER})(?![-\w]|\s+(?!that\b|than\b)\w+s\b)",
    re.IGNORECASE,
)
"""Odds in figures that a word for odds stands beside or within, their bound with them: *a one-in-three chance*, *less
than a 20 per cent chance*, *odds are two to one*, *one chance in five* (but not *two chances in three games*)."""
FIGURE_AFTER = re.compile(rf"\s*[,(—–]\s*{_roughly}(?:{_figure})", re.IGNORECASE)
"""A figure that says closer what a phrase before it tells: *a good chance, perhaps 60-70%*."""
_bracketed = re.compile(
    rf"\(\s*(?P<told>(?:[~<>]|{_roughly}{BOUND})(?:{_figure})\+?(?:\s+(?P<sure>{_chance}|confidence|likely|sure|certain))?)!?"
    r"\s*\)(?=\s*(?:[^\w\s(]|$|\n))",
    re.IGNORECASE,
)
"""Odds that a forecaster puts behind a forecast: *will blame Kyiv (80%)*."""
_amount = re.compile(
    r"\b(?:inflation|turnout|rates?|prices?|shares?|growth|output|production|tax(?:es)?|tariffs?|budgets?|debts?|deficits?"
    r"|exports?|imports?|currency|votes?|voters?|polls?\s+(?:show|suggest|find)|surveys?|respondents|seats?|majority"
    r"|most(?!\s+(?:likely|probabl[ey]|certain(?:ly)?)\b)|rations?|harvests?|crops?|salaries|wages|stakes?|ris(?:e|es|ing)"
    r"|gr[eo]w(?:s|ing)?|drops?|shrinks?|halv(?:e|es|ing)|devalu\w+|increas\w+|decreas\w+|declin\w+|reduc\w+)\b",
    re.IGNORECASE,
)
"""Words of a sentence by which a figure in it may tell how much: *turnout will drop (40%)*, *(54%), a survey shows*."""
_rest = re.compile(r"[^.;\n]*")
REACH_AFTER = 40
"""Characters after a clause in which odds in brackets end."""
_betting = re.compile(
    rf"\bodds\b.*?(?<!\w)(?P<first>{NUMBER})[-\s]+to[-\s]+(?P<second>{NUMBER})(?!\w)(?P<against> against)?"
)
OF_NUMBER = re.compile(
    r"(?:perhaps|maybe|possibly|probably|likely|(?:an\s+)?estimated)\s+"
    r"(?:(?:as many as|about|around|some|more than|over)\s+)?"
    rf"(?!(?:{_figure})|{_against}|one\b|50[-–]50|fifty[-\s]fifty)(?:{NUMBER})(?!\w)",
    re.IGNORECASE,
)
"""A hedge that is a number's: *perhaps 70*. *Perhaps 60-70%* and *perhaps two in three* tell odds."""
_decimal = re.compile(r"\d+[.,]\d{1,2}")


def _share(words: str, whole: int) -> float | None:
    """Which share of `whole` a number tells, *0.5* of a hundred included; null where it tells more than all."""
    number = float(words.replace(",", ".")) if _decimal.fullmatch(words) else number_of(words)
    return None if number is None or number > whole else number / whole


def in_figures(phrase: str) -> tuple[float, float] | None:
    """The probability that figures tell: *one in ten*, *a 60 to 70 per cent probability*, *below 5%*."""
    match = _figures.search(phrase)
    if match is None:
        return _betted(phrase)
    whole = 100 if match["percent"] else number_of(match["whole"])
    share = _share(match["percent"] or match["part"], whole) if whole else None
    if whole is None or share is None:
        return None
    low = _share(match["low"], whole) if match["low"] else None
    if low is not None and low <= share:
        return low, share
    if _at_least.search(phrase) or phrase.startswith("+", match.end()):
        return share, 1.0
    return (0.0, share) if _at_most.search(phrase) else (share, share)


def _betted(phrase: str) -> tuple[float, float] | None:
    """The probability that odds tell as they are betted: *odds are two to one* is two thirds, *against* one third."""
    match = _betting.search(phrase)
    if match is None:
        return None
    first, second = number_of(match["first"]), number_of(match["second"])
    if first is None or second is None:
        return None
    share = (second if match["against"] else first) / (first + second)
    return share, share


def in_brackets(text: str, clause: CharSpan) -> CharSpan | None:
    """The odds in brackets at the end of a forecast's clause; null where they may tell how much, not how likely."""
    for found in _bracketed.finditer(text, clause[0], clause[1] + REACH_AFTER):
        at_end = found.start() - 1 <= clause[1] <= found.end() + 1
        ends = _rest.match(text, found.end())
        if at_end and (found["sure"] or not _amount.search(text, clause[0], ends.end() if ends else clause[1])):
            return found.span("told")
    return None
