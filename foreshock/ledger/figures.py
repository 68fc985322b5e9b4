"""Figures foretold, and those that reports tell: *below 100,000 barrels a day* is shown by *output is 92,000*.

A model of language reads figures by their look and can't say which is the greater. So they are compared here: where a
clause foretells one figure as a bound, and a report tells another of the same thing, in the same unit.
"""

import re
from dataclasses import dataclass
from typing import Final

from foreshock.ledger.amounts import CUES, PER_CENT, Amount, amounts, without_times
from foreshock.ledger.words import rarity, stems
from foreshock.read.numerals import number_of

_ABOVE: Final = re.compile(
    r"\b(?:more than|over|above|at least|(?:no|not) (?:fewer|less) than|exceed(?:s|ed|ing)?|pass(?:es|ed|ing)?|"
    r"top(?:s|ped)?|reach(?:es|ed|ing)?|hit(?:s|ting)?|beyond|higher than|greater than|weaker than|past|up to|to|"
    r"cost(?:s|ing)?|fetch(?:es|ing)?|sell(?:s|ing)? for|take(?:s|n)?|win(?:s)?|hold(?:s)?|through)\s+"
    r"(?:[\w’'-]+\s+){0,2}?$",
    re.IGNORECASE,
)
_BELOW: Final = re.compile(
    r"\b(?:less than|fewer than|under|below|at most|(?:no|not) (?:more|higher|greater) than|lower than|stronger than|"
    r"beneath)\s+(?:[\w’'-]+\s+){0,2}?$",
    re.IGNORECASE,
)
_DOWN_TO = re.compile(
    r"\b(?:reduced?|cut|falls?|drops?|sinks?|shrinks?|slips?|come down|down)\b[^.;]{0,50}\bto\s+(?:[\w’'-]+\s+){0,1}?$",
    re.IGNORECASE,
)
_OR_BELOW = re.compile(r"^(?:[\w’'%-]+\s+){0,3}?or\s+(?:less|fewer|lower|below|under|stronger)\b", re.IGNORECASE)
_OR_ABOVE = re.compile(r"^(?:[\w’'%-]+\s+){0,3}?or\s+(?:more|higher|above|over|greater)\b", re.IGNORECASE)
_BASE = re.compile(
    r"\b(?:from|that was|that were|used to be|against|compared with|than|since|down from|up from|for|after|before|"
    r"of last year['’]?s?)\s+(?:some\s+|about\s+|only\s+)?$",
    re.IGNORECASE,
)
"""Before a figure that another is held against: *six, from four*."""
_AHEAD = re.compile(
    r"\b(?:will|would|may|might|could|expects?|plans?|promised|target|aims?|hopes?|should|forecasts?|foresees?|"
    r"going to|is to|are to)\b",
    re.IGNORECASE,
)
"""Words of what is still to come: such a figure shows nothing."""
_FAR = 4.0
"""By what factor two figures without a common unit may differ and still be of one thing."""
_STREET = re.compile(r"\b(?:street|black market|parallel|pavement|bazaar|changers?)\b", re.IGNORECASE)
_OFFICIAL = re.compile(r"\bofficial", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|nobody|nor|without|short of)\b|n['’]t\b", re.IGNORECASE)
_EXCHANGE = re.compile(r"\b(?:for|to|per|buys?|a|the) (?:a |the |one )?(?:dollar|euro)\b", re.IGNORECASE)
"""A rate at which money is changed."""
_BESIDE = 30
"""Characters beside a figure in which a *not* is its own."""
_WORD = re.compile(r"[\w’'-]+")
_RAREST = 6.0
_SMALLEST = 12
"""Up to which a number counts anything: *two* of one thing is not compared with *three* of another."""
_CHANCE = re.compile(
    r"^.*?\b(?:chance|probability|likelihood|odds)\b\s+(?:that|of)\b|^.*?\bchances in (?:ten|a hundred) that\b",
    re.IGNORECASE,
)
_TELLING = 3.0
"""From which rarity on one shared word says that two sentences are of one thing."""


@dataclass(frozen=True)
class Bound:
    """A figure that is foretold as one to pass: from it on upwards, or downwards; and what it is a figure of."""

    amount: Amount
    upwards: bool
    subject: frozenset[str]
    on_street: bool
    """Whether it may be a price of the street: one that is foretold as official is not."""

    def holds(self, value: float) -> bool:
        """Whether a figure is on the side foretold."""
        return value >= self.amount.value if self.upwards else value <= self.amount.value


def bound_in(clause: str) -> Bound | None:
    """The one figure that a clause foretells as a bound; null where it tells none, or several."""
    clause = _CHANCE.sub("", clause)
    found = []
    for one in amounts(clause):
        before, behind = clause[: one.start], clause[one.end :]
        if _BELOW.search(before) or _OR_BELOW.match(behind.strip()) or _DOWN_TO.search(before):
            found.append((one, False))
        elif _ABOVE.search(before) or _OR_ABOVE.match(behind.strip()):
            found.append((one, True))
    if len(found) != 1:
        return None
    [(amount, upwards)] = found
    left = without_times(f"{clause[: amount.start]} {clause[amount.end :]}")
    return Bound(amount, upwards, _naming(left) - amount.unit, on_street=_OFFICIAL.search(clause) is None)


def _naming(words: str) -> frozenset[str]:
    """The stems that may name what a figure is of: a number's own words and those of its rise and fall do not."""
    return frozenset(word for word in stems(words) if not word.isdigit() and number_of(word) is None) - CUES


def told_of(bound: Bound, sentence: str, around: str = "") -> bool | None:
    """Whether a report's sentence tells a figure of the same thing on the side of the bound (true), or on the other
    (false); null where it tells none. `around` are the sentence before and the title."""
    here = frozenset(stems(sentence))
    if not bound.subject & here or _AHEAD.search(sentence):
        return None
    if _STREET.search(sentence) and not bound.on_street:
        return None
    shared = bound.subject & (here | frozenset(stems(around)))
    told = [one for one in amounts(sentence) if not _BASE.search(sentence[: one.start])]
    exchange = _EXCHANGE.search(sentence) is not None
    comparable = [one for one in told if _comparable(bound, one, shared, exchange)]
    if not comparable:
        return None
    places = [found.start() for found in _WORD.finditer(sentence) if shared & frozenset(stems(found.group(0)))] or [0]
    nearest = min(comparable, key=lambda one: min(abs(one.start - place) for place in places))
    holds = bound.holds(nearest.value)
    beside = sentence[max(0, nearest.start - _BESIDE) : nearest.end + _BESIDE]
    return None if holds and _NOT.search(beside) else holds


def _comparable(bound: Bound, told: Amount, shared: frozenset[str], exchange: bool) -> bool:
    """Whether a figure is of the same thing as the bound, by its unit and by the words that both share."""
    unit, weight = bound.amount.unit, sum(min(rarity(word), _RAREST) for word in shared)
    if (PER_CENT in unit) != (PER_CENT in told.unit) or weight < _TELLING:
        return False
    if unit & told.unit:
        return True
    if (unit and told.unit) or (not unit and bound.amount.value <= _SMALLEST):
        return False
    if told.unit and not (told.unit <= bound.subject and (exchange or len(shared) > 1)):
        return False
    return 1 / _FAR <= told.value / bound.amount.value <= _FAR
