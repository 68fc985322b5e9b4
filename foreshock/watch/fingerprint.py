"""What every rule is evaluated and judged by, as a fingerprint: a rate of false alarms holds for that rule alone."""

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec

from foreshock.model.board import Board, Every
from foreshock.model.vocabulary import MECHANISMS
from foreshock.watch.lateness import HORIZON
from foreshock.watch.outcomes import KINDS_OF_OUTCOMES
from foreshock.watch.rules import WatchRules

CHANGE: Final = "change"
"""What the rule of a mechanism that stands out at a place, whatever the boards, begins with."""
_DIGITS: Final = 16


def change_rule(mechanism: str, every: Every) -> str:
    """The rule of a mechanism that stands out: `change/mechanism` by month, `change/week/mechanism` by week, for what
    stands out in a week need not stand out in its month, and is another alert where both begin on one day."""
    return f"{CHANGE}/{mechanism}" if every == "month" else f"{CHANGE}/{every}/{mechanism}"


def rules_of(boards: Sequence[Board], every: Every) -> dict[str, tuple[str, ...]]:
    """Every rule with the kinds of outcome it should warn of; the boards are all by month or all by week.

    A scenario says so itself, an indicator serves its scenarios, a change does what indicators of its mechanism do.
    """
    found: dict[str, tuple[str, ...]] = {}
    for board in boards:
        for scenario in board.scenarios:
            found[f"{board.id}:{scenario.id}"] = scenario.warns_of
        for one in board.indicators:
            served = [scenario for scenario in board.scenarios if one.id in scenario.indicators]
            kinds = {kind for scenario in served for kind in scenario.warns_of}
            found[f"{board.id}/{one.id}"] = tuple(sorted(kinds))
    for name in MECHANISMS:
        alike = [
            f"{board.id}/{one.id}" for board in boards for one in board.indicators if one.query.mechanism == (name,)
        ]
        kinds = {kind for rule in alike for kind in found[rule]}
        found[change_rule(name, every)] = tuple(sorted(kinds)) or KINDS_OF_OUTCOMES
    return found


def fingerprints(boards: Sequence[Board], rules: WatchRules, every: Every, by: str) -> dict[str, str]:
    """Of every rule 16 hex digits over what it counts, its thresholds, the baseline and what is enough to be read, what
    says when a document was known (`by`), the outcomes it warns of and the periods within which.

    Words do not count, nor does which boards are evaluated beside it, but for a change, which warns of what they do.
    """
    settings = (rules, every, by, HORIZON[every])
    made: dict[str, object] = {}
    for board in boards:
        signs = {one.id: (one.query, one.count, one.levels) for one in board.indicators}
        made |= {f"{board.id}/{name}": sign for name, sign in signs.items()}
        made |= {f"{board.id}:{one.id}": [signs[name] for name in one.indicators] for one in board.scenarios}
    return {rule: _hashed((rule, made.get(rule), kinds, settings)) for rule, kinds in rules_of(boards, every).items()}


def _hashed(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:_DIGITS]
