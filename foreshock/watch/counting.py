"""What the indicators of boards, and the mechanisms whatever the boards, count: a series for each rule and place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foreshock.model.board import Board, Indicator, Query
from foreshock.model.vocabulary import MECHANISMS
from foreshock.watch.baselines import Counts
from foreshock.watch.columns import Flags, Sightings
from foreshock.watch.fingerprint import change_rule
from foreshock.watch.queries import Judged, asks_digit, judged, matching
from foreshock.watch.series import Span, country_rows, counts


@dataclass(frozen=True)
class Then:
    """A rule as it was known in one period: which statements it counts, and the counts by place and period."""

    mask: Flags
    table: Counts


@dataclass(frozen=True)
class _Rule:
    """A rule's indicator, what it can be reckoned over (null: all that was read), and which statements it counts."""

    indicator: Indicator
    known: Judged | None
    mask: Flags


class Series:
    """All series in one table, a rule's after another's, each with a row for every place and a column for a period.

    `exposure` holds beside it what was read of each place's country that could have shown the rule's sign.
    """

    def __init__(self, seen: Sightings, boards: Sequence[Board], span: Span, read: Counts) -> None:
        """`read` are the reports on each place by period."""
        self.seen, self.span, self.read = seen, span, read
        self.countries = country_rows(seen)
        self.places = len(seen.places)
        self.rules: dict[str, _Rule] = {}
        self.dated: list[str] = []
        tables, exposures = [], []
        for rule, indicator in _indicators(boards, seen):
            known = judged(indicator, seen)
            self.rules[rule] = own = _Rule(indicator, known, _inside(matching(indicator.query, seen), known))
            tables.append(counts(seen, own.mask, indicator.count, span))
            shown = read if known is None else counts(seen, known.inside, "reports", span)
            exposures.append(shown[self.countries].astype(float))
            # What later texts confirm was not confirmed before: such a series is another in each period.
            if asks_digit(indicator) and seen.steps:
                self.dated.append(rule)
        self.table, self.exposure = np.concatenate(tables), np.concatenate(exposures)
        self.numbers = {rule: number for number, rule in enumerate(self.rules)}

    @property
    def by_todays_grades(self) -> tuple[str, ...]:
        """The rules that ask for a grade or count events: of those some is what stands today, whatever the time."""
        return tuple(rule for rule, one in self.rules.items() if one.known is not None)

    @property
    def judged(self) -> Flags:
        """For each series whether it is reckoned over some documents alone."""
        return np.repeat([one.known is not None for one in self.rules.values()], self.places)

    def row(self, rule: str, place: int) -> int:
        """The row of a rule's series at a place."""
        return self.numbers[rule] * self.places + place

    def as_known(self, period: int) -> dict[str, Then]:
        """The series of rules that ask how far events are confirmed, as that was known at the end of a period."""
        if not self.dated:
            return {}
        seen = self.seen.known_by(period)
        found = {}
        for rule in self.dated:
            one = self.rules[rule]
            mask = _inside(matching(one.indicator.query, seen), one.known)
            found[rule] = Then(mask, counts(seen, mask, one.indicator.count, self.span))
        return found

    def table_with(self, then: Mapping[str, Then]) -> Counts:
        """All series, those in `then` in the place of today's."""
        if not then:
            return self.table
        table = self.table.copy()
        for rule, one in then.items():
            table[self.row(rule, 0) :][: self.places] = one.table
        return table

    def at_place(self, rule: str, place: int, then: Mapping[str, Then]) -> Counts:
        """A rule's counts at a place by period, as they were known then."""
        found: Counts = then[rule].table[place] if rule in then else self.table[self.row(rule, place)]
        return found

    def mask(self, rule: str, then: Mapping[str, Then]) -> Flags:
        """Which statements a rule counts, by what was known then."""
        return then[rule].mask if rule in then else self.rules[rule].mask


def _indicators(boards: Sequence[Board], seen: Sightings) -> list[tuple[str, Indicator]]:
    """Every rule with what it counts: the boards' indicators, then each mechanism by itself."""
    found = [(f"{board.id}/{one.id}", one) for board in boards for one in board.indicators]
    for name, label in MECHANISMS.items():
        query = Query(mechanism=(name,))
        found.append((change_rule(name, seen.every), Indicator(name, label, "stands out from its own past", (), query)))
    return found


def _inside(mask: Flags, known: Judged | None) -> Flags:
    return mask if known is None else mask & known.inside
