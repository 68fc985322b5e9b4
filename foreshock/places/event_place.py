"""Where a statement's act happens, when the reader points at no place or at an unlikely one.

The candidates are the places that the text names and those that the reader points at elsewhere in it, grouped by
country and first-level unit, and none. Two small conditional logits choose: `event_text` by what the text says
(fitted on the corpus's `train` split), `event` weighs that against the reader's own choice (fitted on `dev` and
`test`, which the reader was not trained on). The reader's place may be changed for another, never dropped: both
splits say that dropping costs more than it saves.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from foreshock.model.statement import Statement
from foreshock.model.vocabulary import EventType, Kind, Precision
from foreshock.places import linear
from foreshock.places.event_rows import (
    BIT,
    FLAGS,
    NUMBERS,
    Candidate,
    Floats,
    Region,
    Rows,
    Whole,
    spread,
    weights_of,
)
from foreshock.places.gazetteer import Gazetteer
from foreshock.places.labels import labels, under
from foreshock.places.names import key
from foreshock.places.namesakes import of_common_words
from foreshock.places.resolution import Located

LEAST, MOST = 0.02, 0.98
"""Between these a chance of the reader's is taken, so that its log odds stay small."""
NOWHERE: Final = (-1, -1)
"""A span before all others."""
AT_A_TIME: Final = 64
"""Statements weighed together: what they need at once stays small however long the text."""
EVENT: Final = (
    *("likely_by_text", "none", "reader_none", "reader_none_sure", "pointed_at", "reader_here", "reader_here_sure"),
)
"""The features of `event`."""


class Choice(NamedTuple):
    """One region, or none, with its features: those of the text, and those that weigh it against the reader."""

    region: Region | None
    features: dict[str, float]
    weighed: dict[str, float]


class Chosen(NamedTuple):
    """The candidate chosen for a statement, null for none, and its chance."""

    candidate: Candidate | None
    chance: float


class _Block(NamedTuple):
    """Some statements against all regions and none: `distance` and `flags` by candidate, the rest by region."""

    distance: Floats
    flags: Whole
    far: Floats
    any_flag: Whole
    event: Floats


def log_odds(chance: float) -> float:
    """The log odds of a chance, kept away from certainty."""
    kept = min(MOST, max(LEAST, chance))
    return math.log(kept / (1 - kept))


class EventPlaces:
    """The places of one text, weighed for its statements."""

    def __init__(self, text: str, candidates: Sequence[Candidate], models: linear.Models) -> None:
        in_order = sorted(candidates, key=lambda one: one.start)
        first: dict[Region, int] = {}
        for one in in_order:
            first.setdefault(one.region, len(first))
        self.regions = list(first)
        self.candidates = sorted(in_order, key=lambda one: first[one.region])
        """By region, each region's in order of place."""
        self.models = models
        self._by_span = {(one.start, one.end): one for one in in_order}
        self._rows = Rows(text, in_order)
        place = {(one.start, one.end): at for at, one in enumerate(in_order)}
        self._order = np.array([place[one.start, one.end] for one in self.candidates], dtype=np.int64)
        numbers = [first[one.region] for one in self.candidates]
        self._begins = np.array([numbers.index(number) for number in range(len(first))], dtype=np.int64)
        self._numbers = self._rows.numbers[self._order]
        self._pointed = self._most(np.array([one.pointed for one in self.candidates], dtype=np.float64)[None])[0]
        self._start = self._rows.start[self._order]
        self._end = self._rows.end[self._order]
        self._labels = labels(
            text,
            [
                (one.start, one.end, code)
                for one in in_order
                if (code := one.region[0]) is not None and one.located.place.precision is Precision.COUNTRY
            ],
        )

    def _most(self, values: Floats) -> Floats:
        """The greatest value of each region's candidates along the second axis."""
        if not self.regions:
            return values[:, :0]
        found: Floats = np.maximum.reduceat(values, self._begins, axis=1)
        return found

    def choose(self, statements: Sequence[Statement]) -> list[Chosen]:
        """The place of each statement: the reader's, unless another or any at all is likelier."""
        found: list[Chosen] = []
        for at in range(0, len(statements), AT_A_TIME):
            found += self._choose(statements[at : at + AT_A_TIME])
        return found

    def _choose(self, statements: Sequence[Statement]) -> list[Chosen]:
        block = self._weigh(statements)
        scores = block.event @ weights_of(self.models.event, EVENT) + self.models.event.bias
        if self._labels and self.regions:
            barred = self._barred(statements)
            # who is pointed at a place of another entry has some place of his own, if only the label
            astray = (barred & (self._pointed_at(statements) > 0.0)).any(axis=1) & ~barred.all(axis=1)
            scores[np.column_stack([barred, astray])] = -np.inf
        shares = _softmax(scores)
        found = []
        for at, (statement, best) in enumerate(zip(statements, shares.argmax(axis=1), strict=True)):
            span = pointed_at(statement)
            own = self._by_span.get(span) if span is not None else None
            chance = float(shares[at, best])
            if best == len(self.regions) or (own is not None and own.region == self.regions[best]):
                found.append(Chosen(own, chance))
            else:
                found.append(Chosen(self._likeliest(block, at, int(best)), chance))
        return found

    def _barred(self, statements: Sequence[Statement]) -> npt.NDArray[np.bool_]:
        """Whether each region is named but in other entries of a round-up by country than the one of each statement."""
        stretches = [under(self._labels, one.start) for one in self.candidates]
        labelled = [under(self._labels, statement.trigger.start) for statement in statements]
        elsewhere = np.array(
            [
                [
                    label is not None and stretch not in (None, label) and one.region[0] != label
                    for stretch, one in zip(stretches, self.candidates, strict=True)
                ]
                for label in labelled
            ]
        )
        barred: npt.NDArray[np.bool_] = np.logical_and.reduceat(elsewhere, self._begins, axis=1)
        return barred

    def _likeliest(self, block: _Block, at: int, region: int) -> Candidate:
        """The likeliest candidate of a region by the text."""
        model = self.models.event_text
        end = self._begins[region + 1] if region + 1 < len(self._begins) else len(self.candidates)
        ours = slice(self._begins[region], end)
        scores = (
            self._numbers[ours] @ weights_of(model, NUMBERS)
            + block.distance[at, ours] * model.weights.get("distance", 0.0)
            + spread(block.flags[at, ours]) @ weights_of(model, FLAGS)
        )
        return self.candidates[int(self._begins[region] + scores.argmax())]

    def _weigh(self, statements: Sequence[Statement]) -> _Block:
        """The features of `event` for each statement and region, none last, and what they were made from."""
        distance, flags = self._rows.of(statements)
        distance, flags = distance[:, self._order], flags[:, self._order]
        far = self._most(np.where(distance == 0.0, -np.inf, distance))  # nothing to tell, where it stands at the spot
        far = np.where(np.isneginf(far), 0.0, far)
        any_flag = np.bitwise_or.reduceat(flags, self._begins, axis=1) if self.regions else flags
        model = self.models.event_text
        by_text = (
            self._most(self._numbers.T).T @ weights_of(model, NUMBERS)
            + far * model.weights.get("distance", 0.0)
            + spread(any_flag) @ weights_of(model, FLAGS)
        )
        none = [
            [model.score(_none(statement, inside))]
            for statement, inside in zip(statements, _with_place_inside(flags), strict=True)
        ]
        likely = _softmax(np.hstack([by_text + model.bias, np.array(none)]))
        event = np.zeros((*likely.shape, len(EVENT)))
        event[:, :, 0] = np.log(np.maximum(likely, 1e-4))
        event[:, -1, 1] = 1.0
        event[:, :-1, 4] = self._pointed
        sure = np.array([log_odds(statement.scores.get("place", 0.5)) for statement in statements])
        unplaced = np.array([statement.place is None for statement in statements], dtype=np.float64)
        event[:, -1, 2], event[:, -1, 3] = unplaced, unplaced * sure
        here = self._pointed_at(statements)
        event[:, :-1, 5], event[:, :-1, 6] = here, here * sure[:, None]
        return _Block(distance, flags, far, any_flag, event)

    def _pointed_at(self, statements: Sequence[Statement]) -> Floats:
        """1 for each region in which the reader points at a place of a statement, else 0."""
        spans = np.array([pointed_at(statement) or NOWHERE for statement in statements]).reshape(-1, 2)
        over = (self._start < spans[:, 1:]) & (spans[:, :1] < self._end)
        return self._most(over.astype(np.float64))

    def choices(self, statement: Statement) -> list[Choice]:
        """The regions that the text names and none, with the features by which they are weighed, zeros left out.

        A region's features of the text are the strongest of its candidates'.
        """
        block = self._weigh([statement])
        numbers = self._most(self._numbers.T).T
        inside = _with_place_inside(block.flags)[0]
        found = []
        for at, region in enumerate([*self.regions, None]):
            if region is None:
                features = _none(statement, inside)
            else:
                values = [*numbers[at], block.far[0, at], *spread(block.any_flag[0, at])]
                features = _named((*NUMBERS, "distance", *FLAGS), values)
            found.append(Choice(region, features, _named(EVENT, block.event[0, at])))
        return found


def _none(statement: Statement, inside: bool) -> dict[str, float]:
    """The features of a statement's having no place; `inside` says that one is named in its clause."""
    kind, event_type = _none_of(statement.kind, statement.type)
    return {"none": 1.0, kind: 1.0, event_type: 1.0, "none_in_clause": float(not inside)}


@lru_cache(maxsize=256)
def _none_of(kind: Kind, event_type: EventType | None) -> tuple[str, str]:
    return f"none_{kind}", f"none_{event_type or 'untyped'}"


def _with_place_inside(flags: Whole) -> list[bool]:
    """Whether any candidate lies in the clause of each statement."""
    return [bool(row) for row in ((flags & BIT["in_clause"]) != 0).any(axis=1)]


def _named(names: Sequence[str], values: Sequence[float] | Floats) -> dict[str, float]:
    return {name: float(value) for name, value in zip(names, values, strict=True) if value}


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def pointed_at(statement: Statement) -> tuple[int, int] | None:
    """The span of the place that the reader points at for a statement; null for none."""
    place = statement.place
    return (place.start, place.end) if place is not None and place.start is not None and place.end is not None else None


def candidates_of(
    gazetteer: Gazetteer, located: Mapping[tuple[int, int], Located], pointed: frozenset[tuple[int, int]]
) -> list[Candidate]:
    """The candidates in the resolved spans of a text; adjectives are none, unless the reader points at them.

    Nor is a name of common words that no place here bears: the *Red Cross* is not somewhere.
    """
    found = []
    for (start, end), one in located.items():
        place = one.place
        nowhere = one.role == "adjective" or (one.entry is None and of_common_words(key(place.text or "")))
        if nowhere and (start, end) not in pointed:
            continue
        unit = gazetteer.unit_code(place.country, place.admin1)
        found.append(Candidate(start, end, one, (place.country, unit), (start, end) in pointed))
    return found
