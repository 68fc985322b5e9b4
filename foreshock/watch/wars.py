"""Whether a war was already running at a place: an early warning of one comes too late there."""

import datetime
from collections.abc import Iterable

import numpy as np

from foreshock.model.board import Query, Standing, Where
from foreshock.model.vocabulary import EventType
from foreshock.watch.baselines import Counts
from foreshock.watch.columns import Sightings
from foreshock.watch.outcomes import Outcomes
from foreshock.watch.periods import A_YEAR, first_day_of
from foreshock.watch.queries import matching
from foreshock.watch.rules import WatchRules
from foreshock.watch.series import Span, counts

_ARMED = Query(type=(EventType.ASSAULT,), mechanism=("armed_resistance",))


class Wars:
    """Wars by what was reported of armed violence, and by what is known to have come to pass."""

    def __init__(self, seen: Sightings, span: Span, read: Counts, known: Outcomes, rules: WatchRules) -> None:
        """`read` are the reports on each place (row, as in `seen.places`) by period, all that was read of it."""
        self.every, self.span, self.read, self.known, self.rules = seen.every, span, read, known, rules
        self.violence = counts(seen, matching(_ARMED, seen), "reports", span)
        self.row_of = {where: row for row, where in enumerate(seen.places)}

    def running(self, country: str, period: int) -> bool:
        """Whether a war was already running when a period began: by what was reported, or by what is known."""
        return self._violent(country, period) or self.known.at_war(country, first_day_of(period, self.every))

    def last_known(self, country: str, period: int) -> datetime.date | None:
        """The day on which that war was last known to go on; null where reports show it or outcomes reach so far."""
        known = self.known.last_known(country, first_day_of(period, self.every))
        return None if self._violent(country, period) else known

    def _violent(self, country: str, period: int) -> bool:
        """Whether armed violence ran through the twelve months up to a period. Weeks are taken together to months."""
        limit, at = self.rules.war, period - self.span.first
        row = self.row_of.get(Where(country))
        if row is None:
            return False
        number = A_YEAR[self.every] * limit.of // A_YEAR["month"]
        back = np.arange(min(number, at + 1))
        months = back * limit.of // number
        read, violent = (np.bincount(months, table[row, at - back]) for table in (self.read, self.violence))
        covered = read >= self.rules.coverage.documents
        return int((covered & (violent >= limit.share * read)).sum()) >= limit.months


def set_apart(standings: Iterable[Standing]) -> list[dict[str, object]]:
    """The places at which a war was already running, each once, as JSON names what is set apart for prevention."""
    wars = {one.where: one.war_last_known for one in standings if one.war}
    return [
        {"country": where.country, "admin1": where.admin1, "war_last_known": wars[where]}
        for where in sorted(wars, key=lambda where: where.order)
    ]  # fmt: skip
