"""History again: which rules called alarm, before what, and how often for nothing.

As it was known then, the digits of events too; but grades of outlets, decisions of people, which reports tell of one
event and which texts are copies of one are those of today.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.errors import UsageError
from foreshock.model.alert import RuleRecord
from foreshock.model.board import Every, State, Where
from foreshock.watch.before import alarms_of
from foreshock.watch.evaluate import Watch
from foreshock.watch.fingerprint import CHANGE, rules_of
from foreshock.watch.lateness import HORIZON
from foreshock.watch.outcomes import Outcome, Outcomes
from foreshock.watch.periods import first_day_of, last_day_of, period_of, shown_period


@dataclass(frozen=True)
class Episode:
    """An alarm of a rule in a country: from when to when it stood, and what came of it."""

    rule: str
    country: str
    first: int
    last: int
    verdict: str
    """ahead, at onset, during, nothing, or not known"""
    outcome: Outcome | None


@dataclass(frozen=True)
class Warned:
    """An outcome, and by each rule that should warn of it how many periods ahead its first alarm came; null: none."""

    outcome: Outcome
    leads: dict[str, int | None]


@dataclass(frozen=True)
class Replay:
    """What a replay found: the record of each rule, every alarm, every outcome."""

    records: tuple[RuleRecord, ...]
    episodes: tuple[Episode, ...]
    warned: tuple[Warned, ...]
    countries: tuple[str, ...]
    set_apart: tuple[str, ...]
    """Countries read of that were not judged: no outcome is known of them."""
    known_until: datetime.date | None
    """The last day of which the outcomes are known; alarms that stand for longer cannot have come to nothing."""
    by_todays_grades: tuple[str, ...]
    """Rules that ask for a grade or count events: some of what they go by stands today and did not stand then."""


def replay(
    watch: Watch, first: int, last: int, known: Outcomes, level: State = State.ALARM,
    horizon: int | None = None,
) -> Replay:  # fmt: skip
    """Evaluate every period from `first` to `last` and judge each rule by the outcomes known of its country.

    Only countries of which an outcome is known are judged: of others nobody said that nothing happened. Nor is an alarm
    held for false, or a period for one without an outcome, where its time reaches past the day until which the outcomes
    are known. Raises `UsageError` where the record has nothing of that time.
    """
    every = watch.seen.every
    if first > last:
        raise UsageError(f"the replay would end, {shown_period(last, every)}, before it begins; turn FROM and TO round")
    ahead = HORIZON[every] if horizon is None else horizon
    begin, end = max(first, watch.span.first), min(last, watch.span.last)
    if begin > end:
        raise UsageError(
            f"the record has documents from {shown_period(watch.span.first, every)} to "
            f"{shown_period(watch.span.last, every)}, none in the time asked for"
        )
    heights = _heights(watch, begin, end)
    judged = {one.country for one in known.outcomes}
    read = sorted({country for _, country in heights if Where(country) in watch.row_of})
    rules = rules_of(watch.boards, every)
    records, episodes = [], []
    leads: dict[Outcome, dict[str, int | None]] = {}
    for rule, kinds in rules.items():
        tally = _Tally(rule, kinds, ahead, level, begin, every, known)
        for country in read:
            if country in judged and (rule, country) in heights:
                tally.add(country, heights[rule, country])
        records.append(tally.record(begin, end, watch.under[rule]))
        episodes += tally.episodes
        for outcome, lead in tally.leads.items():
            leads.setdefault(outcome, {})[rule] = lead
    return Replay(
        tuple(records), tuple(sorted(episodes, key=lambda one: (one.first, one.rule))),
        tuple(Warned(outcome, leads[outcome]) for outcome in sorted(leads, key=lambda one: (one.began, one.kind))),
        tuple(country for country in read if country in judged),
        tuple(country for country in read if country not in judged), known.known_until, watch.by_todays_grades,
    )  # fmt: skip


def todays_grades(rules: Sequence[str]) -> str:
    """What of these rules is not as it was known then, in words."""
    return (
        "Events are graded by the texts known then, but by today's grades of outlets, decisions of people, and groups "
        f"of reports on one event: {', '.join(rules)}"
    )


def _heights(watch: Watch, begin: int, end: int) -> dict[tuple[str, str], list[int]]:
    """The height of each rule in each country, a period after another."""
    found: dict[tuple[str, str], list[int]] = {}
    for period in range(begin, end + 1):
        here: dict[tuple[str, str], int] = {}
        evaluation = watch.at(period)
        for standing in evaluation.standings:
            if standing.where.admin1 is None:
                for look in standing.outlooks:
                    here[look.rule, standing.where.country] = look.state.height
                    here.update({(sign.rule, standing.where.country): sign.state.height for sign in look.signs})
        countries = {country for _, country in here}
        for name in (rule for rule in watch.numbers if rule.startswith(f"{CHANGE}/")):
            for country in countries:
                here[name, country] = watch.sign_at(name, Where(country), period).state.height
        for key, height in here.items():
            row = found.setdefault(key, [State.NOT_COLLECTED.height] * (end - begin + 1))
            row[period - begin] = height
    return found


class _Tally:
    """One rule over all countries."""

    def __init__(
        self, rule: str, kinds: Sequence[str], ahead: int, level: State, begin: int, every: Every, known: Outcomes
    ) -> None:  # fmt: skip
        self.rule, self.kinds, self.ahead, self.level, self.begin = rule, set(kinds), ahead, level.height, begin
        self.every, self.known = every, known
        self.episodes: list[Episode] = []
        self.leads: dict[Outcome, int | None] = {}
        self.months = 0
        self.alarmed = 0
        self.followed = 0

    def add(self, country: str, heights: Sequence[int]) -> None:
        """Take in a country: its heights period by period, against what happened there."""
        mine = [
            (one, *self._periods(one)) for one in self.known.outcomes
            if one.country == country and one.kind in self.kinds
        ]  # fmt: skip
        alarms = [self.begin + at for at, height in enumerate(heights) if height >= self.level]
        for one, end in alarms_of(heights, self.level, self.ahead):
            first, last = self.begin + one, self.begin + end
            self.episodes.append(Episode(self.rule, country, first, last, *self._verdict(first, last, mine)))
            self.followed += any(first < began <= first + self.ahead for _, began, _ in mine)
        for outcome, began, _ in mine:
            window = range(max(self.begin, began - self.ahead), min(began, self.begin + len(heights)))
            if any(heights[period - self.begin] >= 0 for period in window):
                before = [period for period in alarms if began - self.ahead <= period < began]
                # What began after the replay was not missed: an alarm may have come in between.
                if before:
                    self.leads[outcome] = began - before[0]
                elif began < self.begin + len(heights):
                    self.leads[outcome] = 0 if began in alarms else None
        for at, height in enumerate(heights):
            period = self.begin + at
            near = any(period < began <= period + self.ahead or began <= period <= ended for _, began, ended in mine)
            if height >= 0 and not near and self._is_known(period + self.ahead):
                self.months += 1
                self.alarmed += height >= self.level

    def _is_known(self, period: int) -> bool:
        """Whether what happened is known to the end of a period."""
        until = self.known.known_until
        return until is None or last_day_of(period, self.every) <= until

    def _periods(self, one: Outcome) -> tuple[int, int]:
        ended = (self.known.known_until if one.ongoing else one.ended) or one.began
        return period_of(one.began.isoformat(), self.every), period_of(ended.isoformat(), self.every)

    def _verdict(self, first: int, last: int, mine: Sequence[tuple[Outcome, int, int]]) -> tuple[str, Outcome | None]:
        for outcome, began, _ in mine:
            if first < began <= last + self.ahead:
                return "ahead", outcome
        for outcome, began, _ in mine:
            if first == began:
                return "at onset", outcome
        for outcome, began, ended in mine:
            if began < first <= ended:
                return "during", outcome
        if not self._is_known(last + self.ahead):
            return "not known", next((outcome for outcome, _, _ in mine if outcome.ongoing), None)
        return "nothing", None

    def record(self, begin: int, end: int, under: str) -> RuleRecord:
        """The rule's record; `under` is the rule's fingerprint."""
        verdicts = [one.verdict for one in self.episodes]
        return RuleRecord(
            rule=self.rule, first=first_day_of(begin, self.every), last=last_day_of(end, self.every),
            alarms=len(verdicts), ahead=verdicts.count("ahead"), at_onset=verdicts.count("at onset"),
            during=verdicts.count("during"), nothing=verdicts.count("nothing"), unknown=verdicts.count("not known"),
            misses=sum(lead is None for lead in self.leads.values()), months=self.months,
            leads=tuple(float(lead) for lead in self.leads.values() if lead), under=under, every=self.every,
            alarmed=self.alarmed, followed=self.followed,
        )  # fmt: skip
