"""Figures foretold, and those that reports tell: *below 100,000 barrels a day* is shown by *output is 92,000*.

A model of language reads figures by their look and can't say which is the greater. So they are compared here: where a
clause foretells one figure as a bound, and a report tells another of the same thing, in the same unit.
"""

import re
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass

from foreshock.ledger.outcomes.amounts import LONGEST, PER_CENT, Amount, amounts, without_times
from foreshock.ledger.outcomes.figure_words import signs
from foreshock.ledger.outcomes.senses import MONTH_NAMES
from foreshock.ledger.words import countries_named, rarity, stems
from foreshock.read.negation import NOT, UNABLE, denial
from foreshock.read.numerals import number_of

_DOUBLE = re.compile(r"\b(?:no|not) (?:more|fewer|less|higher|greater) than\b|\bat most\b", re.IGNORECASE)
"""Bounds of which one can't say what their *not* denies."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FAR, _FAR_OF_UNIT = 4.0, 8.0
"""By what factor two figures without a common unit, and with one, may differ and still be of one thing."""
_OFFICIAL = re.compile(r"\bofficial", re.IGNORECASE)
_NOT = denial(NOT, UNABLE, "nobody|nor|without|short of")
_BREAK = re.compile(r"[;:,—–]|\bwho\b|\bwhich\b|\band\b")
_OF = re.compile(r"\s*(?:%|per\s?cent)\s+of\s+(?:the\s+|its\s+|all\s+|a\s+)?(?P<of>[\w’'-]+)", re.IGNORECASE)
_WINDOW, _MOST = 60, 6
"""Characters beside a figure that are looked at, and figures of a sentence that is no table."""
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

    clause: str
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
    clause, told = _CHANCE.sub("", clause[:LONGEST]), signs()
    found = []
    for one in amounts(clause):
        before, behind = clause[max(0, one.start - _WINDOW) : one.start], clause[one.end : one.end + _WINDOW]
        if told.changes.search(before) or _DOUBLE.search(before):
            continue
        if told.below.search(before) or told.or_below.match(behind.strip()) or told.comes_down.search(before):
            found.append((one, False))
        elif told.above.search(before) or told.or_above.match(behind.strip()):
            found.append((one, True))
    if len(found) != 1:
        return None
    [(amount, upwards)] = found
    if amount.per in told.currencies:
        upwards = False if told.stronger.search(clause) else True if told.weaker.search(clause) else upwards
    left = without_times(f"{clause[: amount.start]} {clause[amount.end :]}")
    return Bound(clause, amount, upwards, _naming(left) - amount.unit, on_street=_OFFICIAL.search(clause) is None)


def _naming(words: str) -> frozenset[str]:
    """The stems that may name what a figure is of: a number's own words and those of its rise and fall do not."""
    return frozenset(word for word in stems(words) if not word.isdigit() and number_of(word) is None) - signs().cues


def told_of(
    bound: Bound, sentence: str, around: str = "", years: Collection[int] = (), countries: Set[str] = frozenset()
) -> bool | None:
    """Whether a report's sentence tells a figure of the same thing on the side of the bound (true), or on the other
    (false); null where it tells none.

    `around` are the sentence before and the title; `years` and `countries` (ISO 3166-1 alpha-3), where they are given,
    those of which it may be: another's figure says nothing.
    """
    here = frozenset(stems(sentence))
    if not bound.subject & here or _elsewhere(bound, sentence):
        return None
    shared = bound.subject & (here | frozenset(stems(around)))
    exchange = signs().exchange.search(sentence) is not None
    comparable = [
        one
        for one in amounts(sentence)
        if _comparable(bound, one, shared, exchange)
        and not signs().no_level.search(sentence[max(0, one.start - _WINDOW) : one.start])
    ]
    if not comparable or len(comparable) > _MOST:
        return None
    places = [found.start() for found in _WORD.finditer(sentence) if shared & frozenset(stems(found.group(0)))] or [0]
    nearest = min(comparable, key=lambda one: min(abs(one.start - place) for place in places))
    near = sentence[max(0, nearest.start - _BESIDE) : nearest.end + _BESIDE]
    if years and any(int(found.group(0)) not in years for found in _YEAR.finditer(near)):
        return None
    if countries and countries_named(near) - countries - countries_named(bound.clause):
        return None
    return _side(bound, nearest, sentence, places)


def _elsewhere(bound: Bound, sentence: str) -> bool:
    """Whether a sentence tells of what is still to come, of a part, or of another time or market."""
    ahead = signs().ahead.search(MONTH_NAMES.sub(" ", sentence)) is not None
    if ahead or (signs().street.search(sentence) and not bound.on_street):
        return True
    return any(
        found.group(0).casefold() not in bound.clause.casefold() for found in signs().of_a_part.finditer(sentence)
    )


def _side(bound: Bound, told: Amount, sentence: str, places: Sequence[int]) -> bool | None:
    """On which side of the bound a figure is, unless what stands beside it leaves that open: *at least 120* may be more
    than 200."""
    before = sentence[max(0, told.start - _WINDOW) : told.start]
    if PER_CENT in told.unit:
        # A share is of what stands before it in its own clause; any other share of anything is not meant.
        last = max((place for place in places if place < told.start), default=None)
        if last is None or _BREAK.search(sentence[last : told.start]) or _of_another(bound, told, sentence):
            return None
    if _NOT.search(sentence[max(0, told.start - _BESIDE) : told.end + _BESIDE]):
        return None
    holds = bound.holds(told.value)
    open_ended = signs().at_least if holds != bound.upwards else signs().at_most
    return None if open_ended.search(before) else holds


def _of_another(bound: Bound, told: Amount, sentence: str) -> bool:
    """Whether a share is told *of* something that the clause does not name."""
    whole = _OF.match(sentence, told.end)
    return whole is not None and not frozenset(stems(whole["of"])) & frozenset(stems(bound.clause))


def _comparable(bound: Bound, told: Amount, shared: frozenset[str], exchange: bool) -> bool:
    """Whether a figure is of the same thing as the bound, by its unit and by the words that both share."""
    unit, weight = bound.amount.unit, sum(min(rarity(word), _RAREST) for word in shared)
    if (PER_CENT in unit) != (PER_CENT in told.unit) or weight < _TELLING:
        return False
    if told.per and bound.amount.per and told.per != bound.amount.per:
        return False
    apart = max(told.value / bound.amount.value, bound.amount.value / told.value)
    if unit & told.unit:
        return PER_CENT in unit or apart <= _FAR_OF_UNIT
    if (unit and told.unit) or (not unit and bound.amount.value <= _SMALLEST):
        return False
    if told.unit and not (told.unit <= bound.subject and (exchange or len(shared) > 1)):
        return False
    return apart <= _FAR
