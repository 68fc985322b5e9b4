"""The words beside figures that tell what is foretold of them, or told by them (`data/figures.yaml`)."""

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from foreshock.ledger.words import stems
from foreshock.model.shipped import Expression, Words, shipped_table

Expressions = tuple[Expression, ...]
_UP_TO_TWO = r"\s+(?:[\w’'-]+\s+){0,2}?$"
"""Words that may stand between what tells a bound and its figure: *less than half a million*."""
_OR = r"^(?:[\w’'%-]+\s+){0,3}?or\s+"


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists as the file has them, which says what each is for."""

    above: Expressions
    below: Expressions
    comes_down: Expressions
    or_below: Expressions
    or_above: Expressions
    no_level: Expressions
    changes: Expressions
    ahead: Expressions
    of_a_part: Expressions
    at_least: Expressions
    at_most: Expressions
    weaker: Expressions
    stronger: Expressions
    currencies: tuple[str, ...]
    street: Expressions
    cues: Words


@dataclass(frozen=True)
class Signs:
    """The lists, ready to search: up to `at_most` in the words before a figure, `or_below` and `or_above` in those
    behind it, the others in a whole sentence. `exchange` is a rate at which money is changed; `currencies` and `cues`
    are stems."""

    above: re.Pattern[str]
    below: re.Pattern[str]
    comes_down: re.Pattern[str]
    or_below: re.Pattern[str]
    or_above: re.Pattern[str]
    no_level: re.Pattern[str]
    changes: re.Pattern[str]
    at_least: re.Pattern[str]
    at_most: re.Pattern[str]
    ahead: re.Pattern[str]
    of_a_part: re.Pattern[str]
    weaker: re.Pattern[str]
    stronger: re.Pattern[str]
    street: re.Pattern[str]
    exchange: re.Pattern[str]
    currencies: frozenset[str]
    cues: frozenset[str]


@cache
def signs() -> Signs:
    """The shipped lists. Raises `ModelError` where they are missing or broken."""
    words = shipped_table("data/figures.yaml", _Written)
    return Signs(
        above=_any_of(words.above, behind=_UP_TO_TWO),
        below=_any_of(words.below, behind=_UP_TO_TWO),
        comes_down=_any_of(words.comes_down, behind=r"\b[^.;]{0,50}\bto\s+(?:[\w’'-]+\s+){0,1}?$"),
        or_below=_any_of(words.or_below, before=_OR),
        or_above=_any_of(words.or_above, before=_OR),
        no_level=_any_of(words.no_level, behind=r"\s+(?:some\s+|about\s+|only\s+|nearly\s+|almost\s+)?$"),
        changes=_any_of(
            words.changes, behind=r"s?\s+(?:by\s+)?(?:more than|less than|over|at least|fewer than|up to)?\s*$"
        ),
        at_least=_any_of(words.at_least, behind=r"\s+$"),
        at_most=_any_of(words.at_most, behind=r"\s+$"),
        ahead=_any_of(words.ahead),
        of_a_part=_any_of(words.of_a_part),
        weaker=_any_of(words.weaker),
        stronger=_any_of(words.stronger),
        street=_any_of(words.street),
        exchange=_any_of(words.currencies, before=r"\b(?:for|to|per|buys?|a|the) (?:a |the |one )?"),
        currencies=frozenset(found for word in words.currencies for found in stems(word)),
        cues=frozenset(found for word in words.cues for found in stems(word)),
    )


def _any_of(expressions: tuple[str, ...], before: str = r"\b", behind: str = r"\b") -> re.Pattern[str]:
    """Any of the expressions, between what has to stand before and behind them."""
    return re.compile(rf"{before}(?:{'|'.join(expressions)}){behind}", re.IGNORECASE)
