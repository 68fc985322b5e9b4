"""Ranks the bearers of a name: a readable list of features, and weights fitted on annotated text.

A candidate's score is the weighted sum of its features; the softmax over a name's candidates is its chance. The
first round uses what the name and its neighbours say; the second adds what all names of the text say together.
"""

import math
from functools import lru_cache

import msgspec

from foreshock.places import linear
from foreshock.places.context import Context, Name, contains
from foreshock.places.gazetteer import Candidate, Entry, PlaceKind


class Ranked(msgspec.Struct, frozen=True):
    """A candidate with its chance among the bearers of the name, by what `model` makes of its features' `values`.

    `beside` is what else decided for it.
    """

    entry: Entry
    chance: float
    values: dict[str, float]
    model: linear.Linear
    beside: dict[str, float] = {}

    @property
    def features(self) -> dict[str, float]:
        """What made its score: what each feature added; told when asked for, as it is for few."""
        weights = self.model.weights
        return {name: round(weights.get(name, 0.0) * value, 3) for name, value in self.values.items()} | self.beside


UNITS = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2})
ABSENT, PRESENT = 0.02, 0.15
"""The share of the votes below which a country counts as absent from a text, and above which a unit as present."""


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


def features(context: Context, name: Name, *, second: bool) -> list[dict[str, float]]:
    """The features of each candidate of a name, those of the second round only where asked for."""
    if name.key not in context.first_round:
        with_town = _units_with_town(name)
        context.first_round[name.key] = [
            own_features(candidate, rank) | _first_round(context, name, candidate, with_town)
            for rank, candidate in enumerate(name.candidates)
        ]
    first = context.first_round[name.key]
    if not second:
        return first
    return [
        row | _second_round(context, name, candidate.entry)
        for candidate, row in zip(name.candidates, first, strict=True)
    ]


def _first_round(
    context: Context, name: Name, candidate: Candidate, with_town: dict[PlaceKind, set[str | None]]
) -> dict[str, float]:
    """What the name and its neighbours say for or against a candidate; `with_town` as `_units_with_town` tells."""
    entry, found = candidate.entry, dict[str, float]()
    if name.containers:
        held = any(contains(outer, entry) for outer in name.containers)
        found["held_by_named_container" if held else "not_held_by_named_container"] = 1.0
    if name.heads:
        found["head_fits" if entry.kind in name.heads else "head_differs"] = 1.0
    if entry.kind is not PlaceKind.COUNTRY and (times := context.named.get(entry.country or "", 0.0)):
        found["country_named"] = math.log1p(times) / 3
    if name.text == entry.name:
        found["spelled_alike"] = 1.0
    if entry.kind in UNITS and not name.heads:
        if candidate.grade < 3:  # a county whose name needs its *County*: called without it, it is seldom meant
            found["unit_without_head"] = 1.0
        if (entry.admin1 if entry.kind is PlaceKind.ADMIN1 else entry.admin2) in with_town[entry.kind]:
            found["town_of_unit"] = 1.0  # mostly the town is meant
    if entry.country == context.country is not None:
        found["country_wanted"] = 1.0
    if name.dateline and entry.kind is PlaceKind.SETTLEMENT:
        found["dateline_settlement"] = 1.0
    return found


def _units_with_town(name: Name) -> dict[PlaceKind, set[str | None]]:
    """For each kind of unit the codes of those in which a town bears the name too."""
    towns = [one.entry for one in name.candidates if one.entry.kind is PlaceKind.SETTLEMENT]
    first = {town.admin1 for town in towns}
    return {PlaceKind.ADMIN1: first, PlaceKind.ADMIN2: first | {town.admin2 for town in towns}}


def _second_round(context: Context, name: Name, entry: Entry) -> dict[str, float]:
    """What all names of the text together say for or against a place."""
    found: dict[str, float] = {}
    if country := context.country_share(name, entry.country):
        found["country_share"] = country
    if country < ABSENT:
        found["country_absent"] = 1.0
    unit = context.unit_share(name, entry.admin1)
    if entry.kind is PlaceKind.ADMIN1:
        if unit:
            found["unit_share_of_unit"] = unit
    else:
        if unit:
            found["unit_share"] = unit
        if unit > PRESENT:
            found["unit_present"] = 1.0
    if nearness := context.nearness(name, entry):
        found["nearness"] = nearness
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
        Ranked(candidate.entry, chance, values, model)
        for candidate, values, chance in zip(name.candidates, rows, shares, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.chance, one.entry.id))
