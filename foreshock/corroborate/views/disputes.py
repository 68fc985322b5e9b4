"""Where the statements of one event do not agree: denial, figures, side, place."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Final

from foreshock.corroborate.events.figures import bounds, meet
from foreshock.corroborate.events.stance import contradicts, side_of
from foreshock.corroborate.events.told import roles_of
from foreshock.model.event import Dispute
from foreshock.model.statement import Place, Statement
from foreshock.model.vocabulary import EventType, Polarity, Precision
from foreshock.read.numerals import number_of

_APART_KM: Final = 50.0
"""Settlements nearer than this are one area told by two names."""
_EARTH_KM: Final = 6371.0
_SIDED: Final = (EventType.ASSAULT, EventType.COERCE)
"""Acts that somebody is to blame for."""


def disputes_of(statements: Sequence[Statement], group_of: Callable[[Statement], str]) -> tuple[Dispute, ...]:
    """The disputes, each with the statements on either side; copies of one text cannot dispute with each other."""
    found = [*_denials(statements, group_of), *_figures(statements, group_of), *_sides(statements, group_of)]
    return (*found, *_places(statements, group_of))


def _denials(statements: Sequence[Statement], group_of: Callable[[Statement], str]) -> Iterator[Dispute]:
    told = [one for one in statements if one.polarity == Polarity.POSITIVE]
    denials = (one for one in statements if one.polarity == Polarity.NEGATIVE)
    against = tuple(
        one.id for one in denials if any(contradicts(one, other, group_of(one) == group_of(other)) for other in told)
    )
    if against:
        yield Dispute("denial", "denied", against)


def _figures(statements: Sequence[Statement], group_of: Callable[[Statement], str]) -> Iterator[Dispute]:
    for name in sorted({name for one in statements for name in one.counts}):
        told = [one for one in statements if name in one.counts and one.polarity == Polarity.POSITIVE]
        against = sorted(
            {
                one.id
                for a, b in combinations(told, 2)
                if group_of(a) != group_of(b) and not _can_both_hold(a, b, name)
                for one in (a, b)
            }
        )
        if against:
            yield Dispute("figures", name, tuple(against))


def _can_both_hold(a: Statement, b: Statement, name: str) -> bool:
    """Whether two figures of `name` can both be right: they meet, or are not of the same people.

    *Five soldiers* may be among *ten people*, but not twelve of them; five of the army and ten of the rebels are two
    groups. Other words alone make none: *servicemen* are *soldiers*.
    """
    one, other = bounds(a.counts[name]), bounds(b.counts[name])
    if one is None or other is None or meet(one, other):
        return True
    mine, theirs = ({person.id for person in each.recipients} for each in (a, b))
    if mine and theirs and None not in mine | theirs and not mine & theirs:
        return True
    within, around = _among(_counted_people(a), _counted_people(b)), _among(_counted_people(b), _counted_people(a))
    if within == around:
        return False
    part, whole = (one, other) if within else (other, one)
    return whole[1] is None or part[0] <= whole[1]


def _counted_people(one: Statement) -> list[frozenset[str]]:
    """The groups of people that it counts, each by how its words begin; none where it may be anybody."""
    named = [roles_of([person] if number_of(person.text) is None else []) for person in one.recipients]
    return named if all(named) else []


def _among(few: Sequence[frozenset[str]], many: Sequence[frozenset[str]]) -> bool:
    """Whether each group of the one is a group of the others, who may be anybody where none is named."""
    return not many or (bool(few) and all(any(here & there for there in many) for here in few))


def _sides(statements: Sequence[Statement], group_of: Callable[[Statement], str]) -> Iterator[Dispute]:
    """Independent texts that blame different sides, none in common, for one act.

    A state's government, army, police and courts are one side; who is also told to have suffered it is none.
    """
    suffered = {person.id for one in statements for person in one.recipients if person.id is not None}
    blamed: dict[str, set[str]] = {}
    where: dict[str, list[Statement]] = {}
    for one in statements:
        sides = {side for person in one.actors if person.id not in suffered and (side := side_of(person)) is not None}
        if one.type in _SIDED and one.polarity == Polarity.POSITIVE and sides:
            blamed.setdefault(group_of(one), set()).update(sides)
            where.setdefault(group_of(one), []).append(one)
    apart = sorted({one for a, b in combinations(sorted(blamed), 2) if not blamed[a] & blamed[b] for one in (a, b)})
    if apart:
        told = [one for group in apart for one in where[group]]
        names = {person.name for one in told for person in one.actors if person.name and person.id not in suffered}
        yield Dispute("side", " / ".join(sorted(names)[:4]), tuple(sorted(one.id for one in told)))


def _places(statements: Sequence[Statement], group_of: Callable[[Statement], str]) -> Iterator[Dispute]:
    told = [
        (one, one.place)
        for one in statements
        if one.place is not None and one.place.precision == Precision.POINT and one.place.lat is not None
    ]
    against = {
        (one.id, place.name or place.text or "")
        for (a, at), (b, other) in combinations(told, 2)
        if group_of(a) != group_of(b) and _kilometres(at, other) > _APART_KM
        for one, place in ((a, at), (b, other))
    }
    if against:
        names = sorted({name for _, name in against})
        yield Dispute("place", " / ".join(names[:4]), tuple(sorted({identity for identity, _ in against})))


def _kilometres(a: Place, b: Place) -> float:
    """Along the great circle (haversine)."""
    assert a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None
    lat, other = math.radians(a.lat), math.radians(b.lat)
    half = (
        math.sin((other - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))
