"""Boards over a record, period by period: signs, scenarios, states, and changes by mechanism and place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import msgspec
import numpy as np

from foreshock.model.board import STATE_AT, Board, Coverage, Indicator, Sign, Standing, State, Where
from foreshock.model.words import counted
from foreshock.watch.baselines import Baseline, Bunches, Counts, Floats, baseline
from foreshock.watch.chances import discoveries
from foreshock.watch.columns import NONE, Flags, Numbers, Sightings
from foreshock.watch.counting import Series, Then
from foreshock.watch.coverage import Heard, coverage, coverage_within, heard
from foreshock.watch.evidence import Evidence, evidence_of
from foreshock.watch.fingerprint import CHANGE, fingerprints
from foreshock.watch.outcomes import Outcomes, outcomes
from foreshock.watch.periods import A_YEAR, first_day_of
from foreshock.watch.rules import WatchRules, rules
from foreshock.watch.scenarios import outlooks_of
from foreshock.watch.series import Cells, Span, reports_read, units_of
from foreshock.watch.states import highest, state_reached, why_reached
from foreshock.watch.wars import Wars

_SHOWN_PAST = 24
_TOO_LITTLE = "too little was read to hold this against the past"


@dataclass(frozen=True)
class Evaluation:
    """One period: what every board says of every place, and the mechanisms that stand out."""

    period: int
    standings: tuple[Standing, ...]
    changes: tuple[tuple[Where, Sign], ...]
    series: int
    """How many series were looked at together."""


class Watch:
    """The record's series, counted once; `at` evaluates any period as it was known when the period ended."""

    def __init__(
        self, seen: Sightings, boards: Sequence[Board], documents: int | None = None, known: Outcomes | None = None
    ) -> None:
        """Count every indicator's series. `documents` are those that are enough in a period, the rules' by default;
        `known` is what came to pass, by default as shipped: it tells of wars already running."""
        if not len(seen):
            raise ValueError("nothing in the record bears on a country and a period")
        self.rules: WatchRules = rules()
        if documents is not None:
            enough = msgspec.structs.replace(self.rules.coverage, documents=documents)
            self.rules = msgspec.structs.replace(self.rules, coverage=enough)
        self.seen = seen
        self.boards = tuple(board for board in boards if board.every == seen.every)
        self.span = Span(int(seen.period.min()), int(seen.period.max()))
        self.read = reports_read(seen, self.span)
        self.regions = np.array([one.admin1 is not None for one in seen.places], dtype=bool)
        self.heard: Heard = heard(seen, self.span)
        self.wars = Wars(seen, self.span, self.read, outcomes() if known is None else known, self.rules)
        self.series = Series(seen, self.boards, self.span, self.read)
        self.numbers = self.series.numbers
        self.by_todays_grades = self.series.by_todays_grades
        self.in_countries = Cells(seen.place, seen.period, self.span)
        self.in_regions = Cells(seen.region, seen.period, self.span)
        self.row_of = {where: row for row, where in enumerate(seen.places)}
        self.under = fingerprints(self.boards, self.rules, seen.every, seen.by)
        self._told: dict[int, _Told] = {}
        self._evaluations: dict[int, Evaluation] = {}

    def at(self, period: int) -> Evaluation:
        """The evaluation of one period, from nothing that was published after it; which texts are copies of one is as
        today. Raises `ValueError` outside."""
        if not self.span.first <= period <= self.span.last:
            raise ValueError("nothing was read in that period")
        if period not in self._evaluations:
            self._evaluations[period] = self._evaluated(period - self.span.first)
        return self._evaluations[period]

    def enough_read(self, where: Where, period: int) -> bool:
        """Whether there are documents enough on a place's country to say anything; more may be lacking."""
        row = self.row_of.get(Where(where.country))
        return row is not None and bool(self.read[row, period - self.span.first] >= self.rules.coverage.documents)

    def sign_at(self, rule: str, where: Where, period: int) -> Sign:
        """What one rule says of one place in one period."""
        self.at(period)
        return self._sign(rule, self.row_of.get(where), self._told[period - self.span.first])

    def _evaluated(self, at: int) -> Evaluation:
        covered = self._coverages(at)
        self._told[at] = told = self._statistics(at, covered)
        places = len(self.seen.places)
        standings = tuple(standing for board in self.boards for standing in self._standings(board, told, covered))
        changes = tuple(
            (self.seen.places[row], sign)
            for rule in self.numbers if rule.startswith(f"{CHANGE}/")
            for row in range(places)
            if told.seen[self.series.row(rule, row)]
            and (sign := self._sign(rule, row, told)).state.height >= State.WARNING.height
        )  # fmt: skip
        return Evaluation(self.span.first + at, standings, changes, told.tried)

    def _statistics(self, at: int, covered: dict[int | None, Coverage]) -> "_Told":
        series, number = self.series, len(self.numbers)
        places, then = series.places, series.as_known(self.span.first + at)
        read = np.array([covered[row].enough for row in range(places)], dtype=bool)
        # A place first read of later is none as yet: it has no part in what all series have in common.
        heard_of = np.tile(self.read[:, : at + 1].any(axis=1), number)
        begin = max(0, at - self.rules.baseline.window)
        exposure = np.where(heard_of[:, None], series.exposure[:, begin : at + 1], 0.0)
        table = series.table_with(then)
        # Of what an indicator can be reckoned over it takes as many documents as of what was read at all.
        reckoned = (exposure[:, -1] >= self.rules.coverage.documents) | ~series.judged
        year = A_YEAR[self.seen.every]
        season = np.arange(self.span.first, self.span.first + at + 1) % year if year == 12 else None
        known = baseline(table[:, begin:at], exposure[:, :-1], exposure[:, -1], self.rules.baseline, season)
        seen = table[:, at]
        bunches = Bunches.of(table[:, :at], np.tile(self.regions, number), self.rules.baseline)
        chance = bunches.chance(seen, known)
        # What was never collected, or is of a place never read of, is no hypothesis that luck could have met. What
        # could have shown something is one, whether it did or not: left out for showing nothing, be it a sign never
        # seen before or a region not read of where its country was, it would favour the rest.
        tried = known.known & reckoned & np.tile(read[series.countries], number) & heard_of
        discovery = np.ones(len(seen))
        discovery[tried] = discoveries(chance[tried])
        enough = np.tile(read, number) & reckoned
        return _Told(at, seen, known, bunches, chance, discovery, read, enough, int(tried.sum()), then)

    def _coverages(self, at: int) -> dict[int | None, Coverage]:
        """By the row of each place, and under null that of a country never read of."""
        limits = self.rules.coverage
        rows: dict[int | None, Counts] = {int(row): self.read[row] for row in np.unique(self.series.countries)}
        rows[None] = np.zeros(self.span.size, dtype=np.int64)
        nobody = np.array([], dtype=np.int64)
        usual: dict[int | None, Numbers] = dict(self.heard.usual(at, limits).items())
        found = {
            row: coverage(self.seen, read, self.heard, usual.get(row, nobody), at, limits) for row, read in rows.items()
        }
        for row, country in enumerate(self.series.countries.tolist()):
            if row != country:
                found[row] = coverage_within(found[country], self.read[row], at, limits)
        return found

    def _places_of(self, board: Board, at: int) -> Iterator[tuple[int | None, Where]]:
        """Where a board stands, with the row of each place: where anything was read in the twelve periods up to `at`,
        and in the countries that it names, whether they were read of or not."""
        for row, where in enumerate(self.seen.places):
            if (board.places and where.country not in board.places) or (where.admin1 and not board.regions):
                continue
            named = where.admin1 is None and where.country in board.places
            if named or self.read[row, max(0, at - 11) : at + 1].any():
                yield row, where
        for where in map(Where, dict.fromkeys(board.places)):
            if where not in self.row_of:
                yield None, where

    def _standings(self, board: Board, told: "_Told", covered: dict[int | None, Coverage]) -> list[Standing]:
        found = []
        for row, where in self._places_of(board, told.at):
            signs = {one.id: self._sign(f"{board.id}/{one.id}", row, told) for one in board.indicators}
            looks = tuple(
                msgspec.structs.replace(look, under=self.under[look.rule])
                for look in outlooks_of(board, signs, self.rules.scenario, partial(self._readings, row=row, told=told))
            )
            found.append(
                Standing(
                    board=board.id, where=where, period=first_day_of(self.span.first + told.at, self.seen.every),
                    every=self.seen.every, state=highest(looks), before=None, coverage=covered[row],
                    war=self.wars.running(where.country, self.span.first + told.at), outlooks=looks, name=board.name,
                    war_last_known=self.wars.last_known(where.country, self.span.first + told.at),
                )
            )  # fmt: skip
        return found

    def _sign(self, rule: str, row: int | None, told: "_Told") -> Sign:
        indicator = self.series.rules[rule].indicator
        if row is None:
            return Sign(
                rule=rule, indicator=indicator.id, name=indicator.name, state=State.NOT_COLLECTED, seen=0, usual=None,
                expected=None, chance=None, discovery=None, why=_TOO_LITTLE, past=(0,) * min(told.at + 1, _SHOWN_PAST),
                under=self.under[rule],
            )  # fmt: skip
        at, past = self.series.row(rule, row), self.series.at_place(rule, row, told.then)[: told.at + 1]
        seen, chance = int(told.seen[at]), float(told.chance[at])
        known = bool(told.known.known[at]) and bool(told.enough[at])
        usual, expected = float(told.known.usual[at]), float(told.known.expected[at])
        discovery = float(told.discovery[at])
        state = self._state(indicator, seen, chance, usual, discovery) if known else State.NOT_COLLECTED
        return Sign(
            rule=rule, indicator=indicator.id, name=indicator.name, state=state, seen=seen,
            usual=usual if known else None, expected=expected if known else None, chance=chance if known else None,
            discovery=discovery if known else None,
            why=why_reached(indicator, seen, expected, chance) if known else self._why_unknown(rule, row, told),
            past=tuple(past[-_SHOWN_PAST:].tolist()), under=self.under[rule],
        )  # fmt: skip

    def _why_unknown(self, rule: str, row: int, told: "_Told") -> str:
        only, at = self.series.rules[rule].known, self.series.row(rule, row)
        exposure = self.series.exposure[at]
        if not told.read[row] or (only is None and not exposure[told.at]):
            return _TOO_LITTLE
        if only is not None and not told.enough[at]:
            documents = counted(int(exposure[told.at]), "document")
            return f"{documents} {only.what}; {self.rules.coverage.documents} are needed"
        needed = self.rules.baseline
        periods = int((exposure[max(0, told.at - needed.window) : told.at] > 0).sum())
        earlier = counted(periods, f"earlier {self.seen.every}")
        had = f"documents {only.what} in {earlier}" if only is not None else f"read of in {earlier}"
        return f"{had}; {needed.history} are needed to know what is usual"

    def _readings(self, signs: Sequence[Sign], row: int | None, told: "_Told") -> list[Sequence[Sign]]:
        """A scenario's signs as each counts beside the others: no higher than *watch* where it is above that only by
        statements which count for another. The same words cannot confirm themselves.

        Statements count for the strongest of the signs that they light, or else for the one that has the fewest: of
        two signs one of which holds the other, the wider may well stand by what the narrower does not have. What is
        left to a sign is held against the baseline of all that it counts, which is at least as high as its own.
        """
        lit = [at for at, sign in enumerate(signs) if sign.state.height >= State.WATCH.height]
        if row is None or len(lit) < 2:
            return [signs]
        inside = self._inside(row, self.span.first + told.at)
        matching = {at: self.series.mask(signs[at].rule, told.then)[inside] for at in lit}
        strongest = sorted(lit, key=lambda at: (-signs[at].state.height, signs[at].chance or 0.0))
        fewest = sorted(strongest, key=lambda at: int(matching[at].sum()))
        return [self._shared_out(signs, order, matching, inside, told, row) for order in (strongest, fewest)]

    def _shared_out(
        self, signs: Sequence[Sign], order: Sequence[int], matching: dict[int, Flags], inside: Numbers,
        told: "_Told", row: int,
    ) -> list[Sign]:  # fmt: skip
        """The signs when the statements `inside` count for those that they light in this order."""
        own, taken = list(signs), np.zeros(len(inside), dtype=bool)
        for at in order:
            if (matching[at] & taken).any():
                own[at] = self._fewer(signs[at], inside[matching[at] & ~taken], row, told)
            taken |= matching[at]
        return own

    def _fewer(self, sign: Sign, rows: Numbers, row: int, told: "_Told") -> Sign:
        """The sign as it stands by these of its statements alone, but at least in *watch*."""
        indicator, at = self.series.rules[sign.rule].indicator, self.series.row(sign.rule, row)
        found = np.unique(units_of(self.seen, indicator.count)[rows])
        seen = int((found != NONE).sum())
        [chance] = told.bunches.chance(np.array([seen]), told.known, slice(at, at + 1))
        usual, discovery = float(told.known.usual[at]), float(told.discovery[at])
        alone = self._state(indicator, seen, float(chance), usual, discovery)
        least = min(sign.state.height, State.WATCH.height)
        return msgspec.structs.replace(sign, state=STATE_AT[max(alone.height, least)])

    def _inside(self, row: int, period: int) -> Numbers:
        """The statements of a place in a period."""
        cells = self.in_regions if self.seen.places[row].admin1 else self.in_countries
        return cells.rows(row, period)

    def _state(self, indicator: Indicator, seen: int, chance: float, usual: float, discovery: float) -> State:
        return state_reached(self.rules, indicator.levels, seen, chance, usual, discovery)

    def evidence(self, rule: str, where: Where, period: int) -> Evidence:
        """What is behind a count, as it was known then."""
        self.at(period)
        rows = self._inside(self.row_of[where], period)
        counted_ones = self.series.mask(rule, self._told[period - self.span.first].then)[rows]
        return evidence_of(self.seen, rows[counted_ones], period)


@dataclass(frozen=True)
class _Told:
    """What the statistics say of all series in one period."""

    at: int
    seen: Counts
    known: Baseline
    bunches: Bunches
    chance: Floats
    discovery: Floats
    read: Flags
    """Of each place whether enough was read of it."""
    enough: Flags
    """Of each series whether there is enough to say anything."""
    tried: int
    then: Mapping[str, Then]
    """By rule the series that are not those of today."""
