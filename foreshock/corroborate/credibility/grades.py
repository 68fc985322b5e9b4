"""Credibility 1–6 of events and claims, by the rules in `data/credibility.yaml`; an analyst's digit goes before."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import msgspec

from foreshock.corroborate.copies.fingerprints import publisher_of
from foreshock.corroborate.events.stance import contradicts
from foreshock.corroborate.views.view import Gathered, origins_of, representative
from foreshock.errors import ModelError
from foreshock.model.event import Grade
from foreshock.model.shipped import shipped_table
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Polarity

LETTERS: Final = ("A", "B", "C", "D", "E", "F")
DIGITS: Final = (1, 2, 3, 4, 5, 6)
UNGRADED: Final = "F"
TRUSTED: Final = ("A", "B")
DISTRUSTED: Final = ("D", "E")
RULES: Final = "rules"
"""Who set a digit that no analyst did."""

_FILE: Final = "data/credibility.yaml"
Bounds = int | tuple[int, int]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A digit, and the numbers within which it is given; a null condition does not restrict."""

    digit: int
    why: str
    independent: Bounds | None = None
    origins: Bounds | None = None
    publishers: Bounds | None = None
    denials: Bounds | None = None
    trusted: Bounds | None = None
    distrusted: Bounds | None = None
    margin: Bounds | None = None
    disputes: Bounds | None = None
    taken_back: Bounds | None = None

    def holds(self, numbers: Mapping[str, int]) -> bool:
        """Whether every condition holds."""
        return all(_within(getattr(self, name), number) for name, number in numbers.items())


class SourceRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a letter is suggested: how many items it needs, what counts, and the least share for each letter."""

    items: int
    confirmed: tuple[int, ...]
    contradicted: tuple[int, ...]
    letters: dict[str, float]


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table."""

    events: tuple[Rule, ...]
    sources: SourceRules


def _within(bounds: Bounds | None, number: int) -> bool:
    if bounds is None:
        return True
    if isinstance(bounds, int):
        return number >= bounds
    return bounds[0] <= number <= bounds[1]


@cache
def rules() -> Rules:
    """The shipped table. Raises `ModelError` where it is missing, broken, or leaves a case without a digit."""
    table = shipped_table(_FILE, Rules)
    conditions = [name for name in Rule.__struct_fields__ if name not in ("digit", "why")]
    if any(rule.digit not in DIGITS for rule in table.events):
        raise ModelError(f"foreshock/{_FILE}: a digit is not one of 1 to 6")
    if not table.events or any(getattr(table.events[-1], name) is not None for name in conditions):
        raise ModelError(f"foreshock/{_FILE}: the last rule must hold for every event")
    return table


def credibility_of(gathered: Gathered, letters: Mapping[str, str]) -> Grade:
    """The digit the rules give an event, and why; `letters` are outlets' grades. What rests on denials is denied."""
    chief = representative(gathered)
    if chief.polarity == Polarity.NEGATIVE:
        return _graded(gathered, letters, [], gathered.standing)
    return _graded_as(chief, gathered, letters)


def claim_credibility(statement: Statement, gathered: Gathered, letters: Mapping[str, str]) -> Grade:
    """The digit of what one statement of an event says: of the event, or, where it denies it, of the denial."""
    return _graded_as(statement, gathered, letters)


def _graded_as(claim: Statement, gathered: Gathered, letters: Mapping[str, str]) -> Grade:
    """The digit of a claim: what says the same goes for it, what cannot be so beside it against."""
    text = gathered.group_of(claim)
    against = [one for one in gathered.standing if contradicts(claim, one, gathered.group_of(one) == text)]
    apart = {one.id for one in against}
    telling = [one for one in gathered.standing if one.polarity == claim.polarity and one.id not in apart]
    return _graded(gathered, letters, telling, against)


def _graded(
    gathered: Gathered, letters: Mapping[str, str], telling: Sequence[Statement], against: Sequence[Statement]
) -> Grade:
    outlets: dict[str, set[str]] = {}
    for one in telling:
        outlet = gathered.documents[one.document].outlet
        outlets.setdefault(gathered.group_of(one), set()).add(letters.get(outlet or "", UNGRADED))
    denials = len({gathered.group_of(one) for one in against})
    about = {one.document: gathered.documents[one.document] for one in telling}
    origins = len(origins_of(Gathered(telling, gathered.documents))) if telling else 0
    numbers = {
        "independent": len(outlets),
        "origins": origins,
        "publishers": len({publisher_of(one.site) if one.site else one.copies_of for one in about.values()}),
        "denials": denials,
        "trusted": sum(bool(found & set(TRUSTED)) for found in outlets.values()),
        "distrusted": sum(bool(found & set(DISTRUSTED)) for found in outlets.values()),
        "margin": origins - denials,
        "disputes": len(gathered.disputes),
        "taken_back": len(gathered.statements) - len(gathered.standing),
    }
    rule = next(rule for rule in rules().events if rule.holds(numbers))
    return Grade(rule.digit, rule.why, RULES)
