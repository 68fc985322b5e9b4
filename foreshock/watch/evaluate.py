"""Boards over a record, period by period: signs, scenarios, states, and changes by mechanism and place."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import msgspec
import numpy as np

from foreshock.model.board import (
    STATE_AT,
    Board,
    Coverage,
    Indicator,
    Level,
    Levels,
    Outlook,
    Query,
    Sign,
    Standing,
    State,
    Where,
)
from foreshock.model.vocabulary import MECHANISMS, EventType
from foreshock.watch.baselines import Baseline, Bunches, Counts, Floats, baseline, chance_in_words, discoveries
from foreshock.watch.coverage import Heard, coverage, coverage_within, heard, number_of
from foreshock.watch.fingerprint import CHANGE, change_rule, fingerprints
from foreshock.watch.outcomes import Outcomes, outcomes
from foreshock.watch.periods import A_YEAR, first_day_of
from foreshock.watch.queries import Judged, asks_digit, judged, matching
from foreshock.watch.rules import WatchRules, rules
from foreshock.watch.scenarios import outlooks_of
from foreshock.watch.series import Cells, Span, country_rows, counts, reports_read, units_of
from foreshock.watch.sightings import NONE, Flags, Numbers, Sightings

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


@dataclass
class _Series:
    """All series in one table, a rule's after another's, each with a row for every place."""

    tables: list[Counts] = field(default_factory=list)
    exposures: list[Floats] = field(default_factory=list)
    indicators: list[tuple[str, Indicator, Judged | None]] = field(default_factory=list)

    def add(self, rule: str, indicator: Indicator, known: Judged | None, table: Counts, exposure: Floats) -> None:
        """Take in an indicator's series, with what was read of each place's country that could have shown its sign."""
        self.tables.append(table)
        self.exposures.append(exposure)
        self.indicators.append((rule, indicator, known))


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
        self.known = outcomes() if known is None else known
        self.boards = tuple(board for board in boards if board.every == seen.every)
        self.span = Span(int(seen.period.min()), int(seen.period.max()))
        self.read = reports_read(seen, self.span)
        self.countries = country_rows(seen)
        self.regions = np.array([one.admin1 is not None for one in seen.places], dtype=bool)
        self.heard: Heard = heard(seen, self.span)
        self.violence = self._violence()
        self.masks: dict[str, Flags] = {}
        self.dated: list[str] = []
        self.series = _Series()
        for board in self.boards:
            for indicator in board.indicators:
                self._add(f"{board.id}/{indicator.id}", indicator)
        for name, label in MECHANISMS.items():
            query = Query(mechanism=(name,))
            self._add(change_rule(name, seen.every), Indicator(name, label, "stands out from its own past", (), query))
        self.in_countries = Cells(seen.place, seen.period, self.span)
        self.in_regions = Cells(seen.region, seen.period, self.span)
        self.table = np.concatenate(self.series.tables)
        self.exposure = np.concatenate(self.series.exposures)
        self.numbers = {rule: number for number, (rule, _, _) in enumerate(self.series.indicators)}
        self.row_of = {where: row for row, where in enumerate(seen.places)}
        self.under = fingerprints(self.boards, self.rules, seen.every, seen.by)
        self._told: dict[int, _Told] = {}
        self._evaluations: dict[int, Evaluation] = {}

    def _add(self, rule: str, indicator: Indicator) -> None:
        known, read = judged(indicator, self.seen), self.read
        self.masks[rule] = mask = matching(indicator.query, self.seen)
        if known is not None:
            self.masks[rule] = mask = mask & known.inside
            read = counts(self.seen, known.inside, "reports", self.span)
        table = counts(self.seen, mask, indicator.count, self.span)
        # What later texts confirm was not confirmed before: such a series is another in each period.
        if asks_digit(indicator) and self.seen.steps:
            self.dated.append(rule)
        self.series.add(rule, indicator, known, table, read[self.countries].astype(float))

    def _violence(self) -> Counts:
        """Reports of armed violence by country: what shows a war already running."""
        armed = Query(type=(EventType.ASSAULT,), mechanism=("armed_resistance",))
        return counts(self.seen, matching(armed, self.seen), "reports", self.span)

    @property
    def by_todays_grades(self) -> tuple[str, ...]:
        """The rules that ask for a grade or count events: of those some is what stands today, whatever the time."""
        return tuple(rule for rule, _, known in self.series.indicators if known is not None)

    def at(self, period: int) -> Evaluation:
        """The evaluation of one period, from nothing that was published after it; which texts are copies of one is as
        today. Raises `ValueError` outside."""
        if not self.span.first <= period <= self.span.last:
            raise ValueError("nothing was read in that period")
        if period not in self._evaluations:
            self._evaluations[period] = self._evaluated(period - self.span.first)
        return self._evaluations[period]

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
            if told.seen[self.numbers[rule] * places + row]
            and (sign := self._sign(rule, row, told)).state.height >= State.WARNING.height
        )  # fmt: skip
        return Evaluation(self.span.first + at, standings, changes, told.tried)

    def _statistics(self, at: int, covered: dict[int | None, Coverage]) -> "_Told":
        places, number = len(self.seen.places), len(self.series.indicators)
        read = np.array([covered[row].enough for row in range(places)], dtype=bool)
        exposure, then = self.exposure, self._as_known(at)
        table = self._table(then)
        # Of what an indicator can be reckoned over it takes as many documents as of what was read at all.
        reckoned = (exposure[:, at] >= self.rules.coverage.documents) | ~self._judged()
        year = A_YEAR[self.seen.every]
        season = np.arange(self.span.first, self.span.first + at + 1) % year if year == 12 else None
        known = baseline(table[:, :at], exposure[:, :at], exposure[:, at], self.rules.baseline, season)
        seen = table[:, at]
        bunches = Bunches.of(table[:, :at], np.tile(self.regions, number), self.rules.baseline)
        chance = bunches.chance(seen, known)
        # What was never collected, or is of a place never read of, is no hypothesis that luck could have met. What
        # could have shown something is one, whether it did or not: left out for showing nothing, be it a sign never
        # seen before or a region not read of where its country was, it would favour the rest.
        heard_of = self.read[:, : at + 1].any(axis=1)
        tried = known.known & reckoned & np.tile(read[self.countries] & heard_of, number)
        discovery = np.ones(len(seen))
        discovery[tried] = discoveries(chance[tried])
        enough = np.tile(read, number) & reckoned
        return _Told(at, seen, known, bunches, chance, discovery, read, enough, places, int(tried.sum()), then)

    def _as_known(self, at: int) -> "dict[str, _Then]":
        """The series of rules that ask how far events are confirmed, as that was known in the period at column `at`."""
        if not self.dated:
            return {}
        seen = self.seen.known_by(self.span.first + at)
        found = {}
        for rule in self.dated:
            _, indicator, known = self.series.indicators[self.numbers[rule]]
            mask = matching(indicator.query, seen)
            if known is not None:
                mask &= known.inside
            found[rule] = _Then(mask, counts(seen, mask, indicator.count, self.span))
        return found

    def _table(self, then: "dict[str, _Then]") -> Counts:
        """All series, those in `then` in the place of today's."""
        if not then:
            return self.table
        table, places = self.table.copy(), len(self.seen.places)
        for rule, one in then.items():
            table[self.numbers[rule] * places :][:places] = one.table
        return table

    def _past(self, rule: str, row: int, told: "_Told") -> Counts:
        """A rule's newest counts at a place, the last the period's own, as they were known then."""
        places = slice(self.numbers[rule] * told.places, (self.numbers[rule] + 1) * told.places)
        table = told.then[rule].table if rule in told.then else self.table[places]
        newest: Counts = table[row, max(0, told.at + 1 - _SHOWN_PAST) : told.at + 1]
        return newest

    def _mask(self, rule: str, period: int) -> Flags:
        """Which statements a rule counts, by what was known at the end of an evaluated period."""
        then = self._told[period - self.span.first].then
        return then[rule].mask if rule in then else self.masks[rule]

    def _judged(self) -> Flags:
        """For each series whether it is reckoned over some documents alone."""
        return np.repeat([known is not None for _, _, known in self.series.indicators], len(self.seen.places))

    def _coverages(self, at: int) -> dict[int | None, Coverage]:
        """By the row of each place, and under null that of a country never read of."""
        limits = self.rules.coverage
        rows: dict[int | None, Counts] = {int(row): self.read[row] for row in np.unique(self.countries)}
        rows[None] = np.zeros(self.span.size, dtype=np.int64)
        nobody = np.array([], dtype=np.int64)
        usual: dict[int | None, Numbers] = dict(self.heard.usual(at, limits).items())
        found = {
            row: coverage(self.seen, read, self.heard, usual.get(row, nobody), at, limits) for row, read in rows.items()
        }
        for row, country in enumerate(self.countries.tolist()):
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
                    every=self.seen.every, state=_highest(looks), before=None, coverage=covered[row],
                    war=self.war(where.country, self.span.first + told.at), outlooks=looks, name=board.name,
                    war_last_known=self.war_last_known(where.country, self.span.first + told.at),
                )
            )  # fmt: skip
        return found

    def war(self, country: str, period: int) -> bool:
        """Whether a war was already running when a period began: by what was reported, or by what is known."""
        return self._violent(country, period) or self.known.at_war(country, first_day_of(period, self.seen.every))

    def war_last_known(self, country: str, period: int) -> datetime.date | None:
        """The day on which that war was last known to go on; null where reports show it or outcomes reach so far."""
        known = self.known.last_known(country, first_day_of(period, self.seen.every))
        return None if self._violent(country, period) else known

    def _violent(self, country: str, period: int) -> bool:
        """Whether armed violence ran through the twelve months up to a period. Weeks are taken together to months."""
        limit, at = self.rules.war, period - self.span.first
        row = self.row_of.get(Where(country))
        if row is None:
            return False
        number = A_YEAR[self.seen.every] * limit.of // A_YEAR["month"]
        back = np.arange(min(number, at + 1))
        months = back * limit.of // number
        read, violent = (np.bincount(months, table[row, at - back]) for table in (self.read, self.violence))
        covered = read >= self.rules.coverage.documents
        return int((covered & (violent >= limit.share * read)).sum()) >= limit.months

    def _sign(self, rule: str, row: int | None, told: "_Told") -> Sign:
        number = self.numbers[rule]
        _, indicator, _ = self.series.indicators[number]
        if row is None:
            return Sign(
                rule=rule, indicator=indicator.id, name=indicator.name, state=State.NOT_COLLECTED, seen=0, usual=None,
                expected=None, chance=None, discovery=None, why=_TOO_LITTLE, past=(0,) * min(told.at + 1, _SHOWN_PAST),
                under=self.under[rule],
            )  # fmt: skip
        at = number * told.places + row
        seen, chance = int(told.seen[at]), float(told.chance[at])
        known = bool(told.known.known[at]) and bool(told.enough[at])
        usual, expected = float(told.known.usual[at]), float(told.known.expected[at])
        discovery = float(told.discovery[at])
        state = self._state(indicator.levels, seen, chance, usual, discovery) if known else State.NOT_COLLECTED
        return Sign(
            rule=rule, indicator=indicator.id, name=indicator.name, state=state, seen=seen,
            usual=usual if known else None, expected=expected if known else None, chance=chance if known else None,
            discovery=discovery if known else None,
            why=_why(indicator, seen, expected, chance) if known else self._why_unknown(number, row, told),
            past=tuple(int(one) for one in self._past(rule, row, told)), under=self.under[rule],
        )  # fmt: skip

    def _why_unknown(self, number: int, row: int, told: "_Told") -> str:
        _, _, only = self.series.indicators[number]
        exposure = self.exposure[number * told.places + row]
        if not told.read[row] or (only is None and not exposure[told.at]):
            return _TOO_LITTLE
        if only is not None and not told.enough[number * told.places + row]:
            return f"{number_of(int(exposure[told.at]))} {only.what}; {self.rules.coverage.documents} are needed"
        needed = self.rules.baseline
        periods = int((exposure[max(0, told.at - needed.window) : told.at] > 0).sum())
        earlier = f"{periods} earlier {self.seen.every}{'' if periods == 1 else 's'}"
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
        matching = {at: self._mask(signs[at].rule, self.span.first + told.at)[inside] for at in lit}
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
        number = self.numbers[sign.rule]
        _, indicator, _ = self.series.indicators[number]
        at = number * told.places + row
        found = np.unique(units_of(self.seen, indicator.count)[rows])
        seen = int((found != NONE).sum())
        [chance] = told.bunches.chance(np.array([seen]), told.known, slice(at, at + 1))
        usual, discovery = float(told.known.usual[at]), float(told.discovery[at])
        alone = self._state(indicator.levels, seen, float(chance), usual, discovery)
        least = min(sign.state.height, State.WATCH.height)
        return msgspec.structs.replace(sign, state=STATE_AT[max(alone.height, least)])

    def _inside(self, row: int, period: int) -> Numbers:
        """The statements of a place in a period."""
        cells = self.in_regions if self.seen.places[row].admin1 else self.in_countries
        return cells.rows(row, period)

    def _state(self, given: Levels, seen: int, chance: float, usual: float, discovery: float) -> State:
        """The highest threshold reached: *alarm* by chance only as a discovery, and by the shipped thresholds more than
        *watch* only past the guard."""
        default = self.rules.levels
        levels = given if given != Levels() else default
        reached = State.QUIET
        for state, level in ((State.WATCH, levels.watch), (State.WARNING, levels.warning), (State.ALARM, levels.alarm)):
            by_luck = state is State.ALARM and discovery > self.rules.discovery
            if level is not None and _reached(level, seen, chance) and not (by_luck and level.chance is not None):
                reached = state
        guard = self.rules.guard
        if given == Levels() and usual <= guard.average and seen <= guard.latest:
            reached = STATE_AT[min(reached.height, State.WATCH.height)]
        return reached

    def evidence(self, rule: str, where: Where, period: int, most: int = 50) -> "Evidence":
        """What is behind a count: every report's newest statement before a second of any."""
        self.at(period)
        rows = self._inside(self.row_of[where], period)
        inside = rows[self._mask(rule, period)[rows]]
        turns: dict[int, int] = {}
        order = []
        for at in inside[::-1]:
            report = int(self.seen.report[at])
            turns[report] = turns.get(report, 0) + 1
            order.append((turns[report], -int(at)))
        return Evidence(
            tuple(str(self.seen.ids[-at]) for _, at in sorted(order)[:most]), frozenset(turns),
            frozenset(int(outlet) for outlet in np.unique(self.seen.outlet[inside]) if outlet != NONE),
        )  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """Statements by their ids, and the reports and named outlets (numbers as in the sightings) they come from."""

    statements: tuple[str, ...]
    reports: frozenset[int]
    outlets: frozenset[int]


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
    places: int
    tried: int
    then: "dict[str, _Then]"
    """By rule the series that are not those of today."""


@dataclass(frozen=True)
class _Then:
    """A rule as it was known in one period: which statements it counts, and the counts by place and period."""

    mask: Flags
    table: Counts


def _reached(level: Level, seen: int, chance: float) -> bool:
    return seen >= level.least and (level.chance is None or chance <= level.chance)


def _highest(looks: Sequence[Outlook]) -> State:
    """A board's state at a place: of its highest scenario. Not collected where none could be told, or where nothing
    shows and fewer than half could: those that are dark are not quiet."""
    reached = STATE_AT[max(look.state.height for look in looks)]
    told = sum(look.state is not State.NOT_COLLECTED for look in looks)
    return State.NOT_COLLECTED if reached is State.QUIET and 2 * told < len(looks) else reached


def _why(indicator: Indicator, seen: int, expected: float, chance: float) -> str:
    unit = indicator.count if seen != 1 else indicator.count.removesuffix("s")
    return f"{seen} {unit} where {expected:.1f} would be usual; by luck {chance_in_words(chance)}"
