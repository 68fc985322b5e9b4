"""Ranks the bearers of a name: a readable list of features, and weights fitted on annotated text.

A candidate's score is the weighted sum of its features; the softmax over a name's candidates is its chance. The
first round uses what the name and its neighbours say; the second adds what all names of the text say together.
"""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec

from foreshock.places import linear
from foreshock.places.context import Context, Name, contains
from foreshock.places.gazetteer import Candidate, Entry, PlaceKind


class Feature(NamedTuple):
    """One thing that speaks for or against a candidate."""

    name: str
    function: Callable[["Case"], float]


class Case(msgspec.Struct, frozen=True):
    """One candidate of one name in one text."""

    context: Context
    name: Name
    candidate: Candidate

    @property
    def entry(self) -> Entry:
        """The candidate's place."""
        return self.candidate.entry


class Ranked(msgspec.Struct, frozen=True):
    """A candidate with its chance among the bearers of the name and what made its score."""

    entry: Entry
    chance: float
    features: dict[str, float]


UNITS = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2})


def own_features(candidate: Candidate, rank: int) -> dict[str, float]:
    """What a candidate brings along whatever the text: kind, size, how it bears the name, its rank by population.

    The answer is shared: copy it to change it.
    """
    entry = candidate.entry
    return _own(entry.kind, entry.population, entry.capital, candidate.grade, min(rank, 2))


@lru_cache(maxsize=50_000)
def _own(kind: PlaceKind, population: int, capital: bool, grade: int, rank: int) -> dict[str, float]:
    size = math.log10(population + 1) / 7
    found = {
        f"kind_{kind.name.lower()}": 1.0,
        "size_of_settlement": size if kind is PlaceKind.SETTLEMENT else 0.0,
        "size_of_unit": size if kind in UNITS else 0.0,
        "size_of_country": size if kind is PlaceKind.COUNTRY else 0.0,
        "capital": float(capital),
        "main_name": float(grade == 3),
        "minor_name": float(grade == 1),
        "largest": float(rank == 0),
        "second": float(rank == 1),
    }
    return {name: value for name, value in found.items() if value}


def _held(case: Case) -> float:
    return float(any(contains(outer, case.entry) for outer in case.name.containers))


def _not_held(case: Case) -> float:
    containers = case.name.containers
    return float(bool(containers) and not any(contains(outer, case.entry) for outer in containers))


def _head_fits(case: Case) -> float:
    return float(case.entry.kind in case.name.heads)


def _head_differs(case: Case) -> float:
    return float(bool(case.name.heads) and case.entry.kind not in case.name.heads)


def _country_named(case: Case) -> float:
    if case.entry.kind is PlaceKind.COUNTRY:
        return 0.0
    return math.log1p(case.context.named.get(case.entry.country or "", 0.0)) / 3


def _spelled_alike(case: Case) -> float:
    return float(case.name.text == case.entry.name)


def _named_for_unit(case: Case) -> float:
    """A county whose name needs its *County*: called without it, it is seldom meant."""
    return float(case.entry.kind in UNITS and not case.name.heads and case.candidate.grade < 3)


def _town_of_unit(case: Case) -> float:
    """A unit called without its common noun where a town in it bears the name too: mostly the town is meant."""
    entry = case.entry
    if entry.kind not in UNITS or case.name.heads:
        return 0.0
    field = "admin1" if entry.kind is PlaceKind.ADMIN1 else "admin2"
    code = getattr(entry, field)
    towns = (one.entry for one in case.name.candidates if one.entry.kind is PlaceKind.SETTLEMENT)
    return float(any(getattr(town, field) == code or town.admin1 == code for town in towns))


FIRST_ROUND = (
    Feature("held_by_named_container", _held),
    Feature("not_held_by_named_container", _not_held),
    Feature("head_fits", _head_fits),
    Feature("head_differs", _head_differs),
    Feature("country_named", _country_named),
    Feature("spelled_alike", _spelled_alike),
    Feature("unit_without_head", _named_for_unit),
    Feature("town_of_unit", _town_of_unit),
    Feature("country_wanted", lambda case: float(case.entry.country == case.context.country is not None)),
    Feature("dateline_settlement", lambda case: float(case.name.dateline and case.entry.kind is PlaceKind.SETTLEMENT)),
)


def _country_share(case: Case) -> float:
    return case.context.country_share(case.name, case.entry.country)


def _unit_share(case: Case) -> float:
    if case.entry.kind is PlaceKind.ADMIN1:
        return 0.0
    return case.context.unit_share(case.name, case.entry.admin1)


def _unit_share_of_unit(case: Case) -> float:
    if case.entry.kind is not PlaceKind.ADMIN1:
        return 0.0
    return case.context.unit_share(case.name, case.entry.admin1)


SECOND_ROUND = (
    Feature("country_share", _country_share),
    Feature("country_absent", lambda case: float(_country_share(case) < 0.02)),
    Feature("unit_share", _unit_share),
    Feature("unit_present", lambda case: float(_unit_share(case) > 0.15)),
    Feature("unit_share_of_unit", _unit_share_of_unit),
    Feature("nearness", lambda case: case.context.nearness(case.name, case.entry)),
)


def features(context: Context, name: Name, *, second: bool) -> list[dict[str, float]]:
    """The features of each candidate of a name, those of the second round only where asked for."""
    if name.key not in context.first_round:
        own = [own_features(candidate, rank) for rank, candidate in enumerate(name.candidates)]
        context.first_round[name.key] = _with(FIRST_ROUND, context, name, own)
    first = context.first_round[name.key]
    return _with(SECOND_ROUND, context, name, first) if second else first


def _with(
    asked: tuple[Feature, ...], context: Context, name: Name, rows: list[dict[str, float]]
) -> list[dict[str, float]]:
    found = []
    for candidate, row in zip(name.candidates, rows, strict=True):
        case = Case(context, name, candidate)
        values = dict(row)
        for feature_name, function in asked:
            if value := function(case):
                values[feature_name] = value
        found.append(values)
    return found


def chances(scores: list[float]) -> list[float]:
    """The softmax of scores."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def settle(context: Context, model: linear.Linear) -> None:
    """Give every name of a text its first chances, and the text's votes from them."""
    context.settle(
        {
            name.key: chances([model.score(values) for values in features(context, name, second=False)])
            for name in context.names.values()
        }
    )


def rank(context: Context, name: Name, model: linear.Linear) -> list[Ranked]:
    """The bearers of a name in a settled text, likeliest first."""
    if not name.candidates:
        return []
    rows = features(context, name, second=True)
    shares = chances([model.score(values) for values in rows])
    ranked = [
        Ranked(candidate.entry, chance, _explained(model, values))
        for candidate, values, chance in zip(name.candidates, rows, shares, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.chance, one.entry.id))


def _explained(model: linear.Linear, values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(model.weights.get(name, 0.0) * value, 3) for name, value in values.items()}
