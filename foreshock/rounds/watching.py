"""A round of the watch: boards evaluated over the record, standings and alerts kept; or history, run again."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from foreshock.corroborate.events import events
from foreshock.errors import UsageError, asked_by
from foreshock.model.board import Board, Every, Standing, State
from foreshock.model.day import EARLIEST
from foreshock.model.words import counted
from foreshock.record.store import Record
from foreshock.rounds.own_predictions import enter_own
from foreshock.watch.alerts import alerts_of
from foreshock.watch.columns import By
from foreshock.watch.coverage import why_dark
from foreshock.watch.evaluate import Watch
from foreshock.watch.lateness import HORIZON, periods_since
from foreshock.watch.outcomes import Outcomes
from foreshock.watch.periods import (
    first_day_of,
    last_day_of,
    named_period,
    now_utc,
    period_of,
    shown_first,
    shown_period,
)
from foreshock.watch.queries import asks_digit
from foreshock.watch.replay import Replay, replay, todays_grades
from foreshock.watch.sightings import sightings
from foreshock.watch.store import keep_alerts, keep_rules, keep_standings, last_evaluated

LOOKED_BACK = 2
"""Periods before the newest that are evaluated again in every run."""
MOST_LOOKED_BACK = 24
"""Periods before the newest that are evaluated at most, where the last run was long ago."""

Tell = Callable[[str], object]
"""What a remark goes to, as it is made: what was left out, what is old."""


@dataclass(frozen=True)
class Asked:
    """What is watched: boards, by what says when a document was known, how many are enough in a period (the rules' by
    default), and what came to pass."""

    boards: Sequence[Board]
    by: By
    documents: int | None
    known: Outcomes


def evaluated(record: Record, asked: Asked, as_of: str | None, tell: Tell) -> list[Standing]:
    """Evaluate the newest period of every board, or that of a day; keep new alerts and what they foretell, and of the
    newest the standings, which come back.

    Raises `UsageError` where nothing was read of that time.
    """
    events.catch_up(record)  # after a run of add that was stopped the newest documents are in no event
    standings: list[Standing] = []
    # All before any is evaluated: a run that is refused for its boards by week has kept nothing of those by month.
    for every, watch in list(_watches(record, asked, tell)):
        with asked_by("--as-of"):
            period = named_period(as_of, every) if as_of else _now(watch, every, tell)
        if not watch.span.first <= period <= watch.span.last:
            raise UsageError(
                f"nothing was read in {shown_period(period, every)}; the record has "
                f"{shown_period(watch.span.first, every)} to {shown_period(watch.span.last, every)}"
            )
        if as_of and watch.by_todays_grades:
            tell(todays_grades(watch.by_todays_grades))
        standings += with_before(watch, period) if as_of else standing_now(watch, period, now_utc().date())
        since = period if as_of else _since(record, watch, every, period)
        keep_alerts(record, [alert for one in range(since, period + 1) for alert in alerts_of(watch, one)])
    enter_own(record, asked.boards)
    if not as_of:
        keep_standings(record, standings, [board.id for board in asked.boards])
    return standings


def replayed(
    record: Record, asked: Asked, first: str, last: str, level: State, horizon: int | None, tell: Tell
) -> Iterator[tuple[Every, Replay]]:
    """Replay from one day's period to another's, boards by month and by week apart; how the rules fared is kept where
    it was measured as their alarms are told."""
    for every, watch in _watches(record, asked, tell):
        with asked_by("--replay"):
            begin, end = named_period(first, every, begins=True), named_period(last, every)
        found = replay(watch, begin, end, asked.known, level, horizon)
        if level is State.ALARM and horizon in (None, HORIZON[every]):
            keep_rules(record, found.records)
        else:
            tell(f"these rates are not kept beside the rules: theirs are of alarms, for {HORIZON[every]} {every}s")
        yield every, found


def _watches(record: Record, asked: Asked, tell: Tell) -> Iterator[tuple[Every, Watch]]:
    """One watch for the boards by month and one for those by week."""
    every: Every
    for every in ("month", "week"):
        mine = [board for board in asked.boards if board.every == every]
        if mine:
            graded = any(asks_digit(one) for board in mine for one in board.indicators)
            seen = sightings(record, every, asked.by, graded)
            if seen.undated:
                left_out = f"{counted(seen.undated, 'document')} left out"
                tell(f"{left_out}: no date known to the {every}, or one before {EARLIEST.year}")
            if seen.later:
                tell(f"{counted(seen.later, 'report')} dated later than today: not counted")
            if not len(seen):
                raise UsageError(f"{record.name}: nothing in the record bears on a country and a {every}")
            yield every, Watch(seen, mine, asked.documents, asked.known)


def _now(watch: Watch, every: Every, tell: Tell) -> int:
    """The newest period that holds anything; that nothing was read since is told, for what stands then is of a time
    that is over."""
    period = watch.span.last
    if since := periods_since(first_day_of(period, every), every, now_utc().date()):
        tell(
            f"nothing on any country was read since {shown_period(period, every)}; over since: "
            f"{counted(since, f'whole {every}')}. Every board stands as it did then, which says nothing of now"
        )
    return period


def _since(record: Record, watch: Watch, every: Every, period: int) -> int:
    """The first period that is held against its past once more: the one up to which all the run's boards were
    evaluated last, and at least two before the newest, for reports of a month still come in when the next has begun."""
    last = last_evaluated(record, [board.id for board in watch.boards])
    since = min(period_of(last.isoformat(), every), period - LOOKED_BACK) if last else period - LOOKED_BACK
    return max(since, period - MOST_LOOKED_BACK, watch.span.first)


def with_before(watch: Watch, period: int) -> list[Standing]:
    """The period's standings, each with the state it had the period before."""
    before: dict[tuple[str, object], State] = {}
    if period > watch.span.first:
        before = {(one.board, one.where): one.state for one in watch.at(period - 1).standings}
    return [
        msgspec.structs.replace(one, before=before.get((one.board, one.where)))
        for one in watch.at(period).standings
    ]  # fmt: skip


def standing_now(watch: Watch, period: int, today: datetime.date) -> list[Standing]:
    """The standings of the newest period. While it runs, a place of which nothing can be said yet stands as it did the
    period before, and says so: a month of three days is not held against whole months, and puts no alarm out."""
    every, found = watch.seen.every, with_before(watch, period)
    if last_day_of(period, every) < today or period == watch.span.first:
        return found
    before = {(one.board, one.where): one for one in with_before(watch, period - 1)}
    return [_or_before(one, before.get((one.board, one.where))) for one in found]


def _or_before(one: Standing, before: Standing | None) -> Standing:
    """The standing, or the one before it where this one says nothing and that does."""
    if one.state is not State.NOT_COLLECTED or before is None or before.state is State.NOT_COLLECTED:
        return one
    return msgspec.structs.replace(before, so_far=f"{shown_first(one.period, one.every)}: {why_dark(one)}")
