"""Which statements a query means: each field as a comparison over the columns of sightings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from foreshock.model.board import Alternative, Indicator, Query
from foreshock.model.board import Party as WantedParty
from foreshock.watch.columns import (
    CONTEXT_BITS,
    KIND_NUMBERS,
    MODE_NUMBERS,
    SECTOR_BITS,
    TYPE_NUMBERS,
    Flags,
    Numbers,
    Party,
    Sightings,
)
from foreshock.watch.rules import rules

LETTERS = "ABCDEF"
UNJUDGED = "F"
"""The letter of an outlet whose reliability cannot be judged: nobody graded it, or somebody took the grade back."""


@dataclass(frozen=True)
class Judged:
    """Statements whose documents are known for what an indicator asks beyond the text, and in words what that is."""

    inside: Flags
    what: str


def judged(indicator: Indicator, seen: Sightings) -> Judged | None:
    """What an indicator that counts events, or asks for a grade, can be reckoned over; null where it asks for neither.

    A document over which no event was computed, or whose outlet nobody graded, says nothing either way: to count it as
    one without a sign would make missing evidence calm.
    """
    asked = (indicator.query, *indicator.query.any)
    letters = {one.reliability for one in asked if one.reliability is not None}
    inside, what = np.ones(len(seen), dtype=bool), []
    if indicator.count == "events" or asks_digit(indicator):
        inside &= seen.compared
        what.append("over which events were computed")
    if letters:
        worst = LETTERS.index(UNJUDGED) - (UNJUDGED not in letters)
        inside &= seen.reliability <= worst
        what.append("of a graded outlet")
    return Judged(inside, " and ".join(what)) if what else None


def asks_digit(indicator: Indicator) -> bool:
    """Whether an indicator asks how far an event is confirmed, which later texts change."""
    return any(one.credibility is not None for one in (indicator.query, *indicator.query.any))


def matching(query: Query, seen: Sightings) -> Flags:
    """Which of the statements the query means."""
    found: Flags = _fields(query, seen) & (seen.positive == (query.polarity == "positive"))
    if not query.past:
        found &= seen.fresh
    if query.any:
        found &= np.logical_or.reduce([_fields(one, seen) for one in query.any])
    return found


def _fields(query: Alternative, seen: Sightings) -> Flags:
    found = np.ones(len(seen), dtype=bool)
    if query.kind:
        found &= _one_of(seen.kind, KIND_NUMBERS, query.kind)
    if query.type:
        found &= _one_of(seen.type, TYPE_NUMBERS, query.type)
    if query.mode:
        found &= _one_of(seen.mode, MODE_NUMBERS, query.mode)
    if query.mechanism:
        found &= (seen.contexts & _bits(CONTEXT_BITS, query.mechanism)) != 0
    if query.context:
        found &= (seen.contexts & _bits(CONTEXT_BITS, query.context)) != 0
    if query.actor is not None:
        found &= _party(query.actor, seen.actors)
    if query.recipient is not None:
        found &= _party(query.recipient, seen.recipients)
    if query.country:
        found &= _placed(seen, {at for at, one in enumerate(seen.places) if one.country in query.country}, seen.place)
    if query.admin1:
        found &= _placed(seen, {at for at, one in enumerate(seen.places) if one.admin1 in query.admin1}, seen.region)
    if query.border is not None:
        found &= seen.crosses if query.border == "crosses" else seen.at_border
    if query.credibility is not None:
        found &= seen.credibility <= query.credibility
    if query.reliability is not None:
        found &= seen.reliability <= LETTERS.index(query.reliability)
    if query.killed is not None:
        found &= seen.killed >= query.killed
    return found


def _one_of(column: Numbers, numbers: Mapping[str, int], names: Iterable[str]) -> Flags:
    return np.isin(column, [numbers[name] for name in names])


def _bits(numbers: Mapping[str, int], names: Iterable[str]) -> int:
    total = 0
    for name in names:
        total |= numbers[name]
    return total


def _party(wanted: WantedParty, found: Party) -> Flags:
    flags = np.ones(len(found.foreign), dtype=bool)
    sectors = (*wanted.sector, *(rules().sides[wanted.side] if wanted.side else ()))
    if sectors:
        flags &= (found.sectors & _bits(SECTOR_BITS, sectors)) != 0
    if wanted.foreign is not None:
        flags &= found.foreign == wanted.foreign
    return flags


def _placed(seen: Sightings, numbers: set[int], column: Numbers) -> Flags:
    return np.isin(column, sorted(numbers))
