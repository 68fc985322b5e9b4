"""What became of a prediction, as far as the record shows: a proposal with its evidence, never a verdict.

`true` needs a report that shows it. `false` needs three things together: the horizon has passed, the record watched the
country and the subject closely enough, and a report says that it did not come, or came too late. Silence is `pending`,
however long.
`void` is what nothing could settle. A conditional prediction waits until a report shows its condition, by its words or
as the model reads it.
"""

import dataclasses
import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msgspec.structs import replace

from foreshock.ledger.conditions import bare_condition, hangs_on_absence, is_conditional, unconditioned
from foreshock.ledger.horizons.horizon import DEFAULT_MONTHS, counted_from, day_in, later
from foreshock.ledger.outcomes.asking import MOST_BEARING, Asking, on_condition
from foreshock.ledger.outcomes.closer import MOST_READ, Look, came_late, ended_later, looks, weighed_looks
from foreshock.ledger.outcomes.countable import Countable
from foreshock.ledger.outcomes.coverage import Watch
from foreshock.ledger.outcomes.matching import Match, match, weights
from foreshock.ledger.outcomes.searching import Search
from foreshock.ledger.outcomes.sought import Sought
from foreshock.ledger.outcomes.timing import GRACE, SUREST_LATE, in_time, looks_back, too_late
from foreshock.model.prediction import CONTRARY, TOO_LATE, Coverage, Evidence, Outcome, Prediction, Proposal

MOST_EVIDENCE = 6


@dataclass(frozen=True)
class _Case:
    """What the record holds for and against a prediction, each with its log-odds, all above 0, and how closely the
    record watched. `late` are those of what is against it that show it after its horizon."""

    shows: Mapping[Match, float]
    denies: Mapping[Match, float]
    late: frozenset[Match]
    coverage: Coverage

    @property
    def denied(self) -> bool:
        """Whether what speaks against it weighs more than anything that shows it."""
        return max(self.denies.values(), default=0.0) > max(self.shows.values(), default=0.0)

    @property
    def both(self) -> dict[Match, bool]:
        """What shows it, and what does not."""
        return {one: self.shows.get(one, 0.0) >= self.denies.get(one, 0.0) for one in (*self.shows, *self.denies)}

    @property
    def against(self) -> dict[Match, bool]:
        """What speaks against it."""
        return dict.fromkeys(self.denies, False)


class _Judged(NamedTuple):
    """An outcome to propose, its reason, and the matches it rests on, each with whether it shows the thing."""

    outcome: Outcome
    reason: str
    evidence: Mapping[Match, bool]


class _Read(NamedTuple):
    """What the words of reports come to: what they propose, the prediction with its horizon counted from its condition,
    the matches that may be looked at more closely (null where there is nothing to settle yet), whether any of them
    denies it by its words, and the reports that alone show it and that are `doubted`: by their words they do, and the
    model does not see it in any."""

    proposal: Proposal
    prediction: Prediction
    found: list[Match] | None
    denied: bool = False
    doubted: tuple[Match, ...] = ()


class Resolver:
    """Holds predictions against the reports of the record, as known on one day."""

    def __init__(self, search: Search, watch: Watch, asking: Asking, countable: Countable) -> None:
        self.search, self.watch, self.asking, self.as_of = search, watch, asking, search.as_of
        self.countable = countable

    def propose(self, prediction: Prediction) -> Proposal:
        """What the record shows of a prediction by the day asked for; what it shows nothing of, and nothing could ever
        settle, is void."""
        proposal = self._held_against_reports(prediction)
        if proposal.outcome is not Outcome.PENDING or proposal.evidence or prediction.made > self.as_of:
            return proposal
        chance = self.countable.says_nothing(prediction)
        if chance is None:
            return proposal
        why = f"reads as a figure of speech that nothing could settle ({chance:.0%}); sharpen it to have it resolved"
        return self._proposal(prediction, Outcome.VOID, why, {})

    def _held_against_reports(self, prediction: Prediction) -> Proposal:
        """What reports make of a prediction, by their words and on a closer look."""
        read = self._by_words(prediction)
        counted = read.prediction
        if read.found is None or (read.proposal.outcome is not Outcome.PENDING and not read.doubted):
            return read.proposal
        shows, denies = weighed_looks(self._looks(counted, read.found), denied=read.denied)
        if read.doubted:
            denies = _going_before(read.doubted, shows, denies)
            shows = {}
        if not (shows or denies):
            return read.proposal
        late = frozenset(one for one in denies if came_late(counted, one))
        case = _Case(shows, denies, late, self._coverage(counted, read.found, denies))
        outcome, reason, evidence = self._judged(counted, case)
        if read.doubted and outcome is not Outcome.FALSE:
            return read.proposal
        return self._proposal(counted, outcome, reason, evidence, case.coverage)

    def candidates(self, prediction: Prediction) -> list[Match]:
        """What a closer look chooses from, the likeliest first: for fitting how it chooses."""
        read = self._by_words(prediction)
        return [] if read.found is None else self.search.ranked(read.prediction, read.found)

    def looked_at(self, prediction: Prediction) -> tuple[Proposal, list[Look]]:
        """What the words alone propose, and what a closer look takes in, whatever it weighs: for fitting weights."""
        read = self._by_words(prediction)
        return read.proposal, [] if read.found is None else self._looks(read.prediction, read.found)

    def _by_words(self, prediction: Prediction) -> _Read:
        if prediction.made > self.as_of:
            why = "made after the day asked for"
            return _Read(self._proposal(prediction, Outcome.PENDING, why, {}), prediction, None)
        sought = Sought(prediction, source=self.search.sources.get(prediction.document))
        if not _countable(sought):
            why = "nothing countable: no act, mechanism, place or named actor; sharpen it to have it resolved"
            return _Read(self._proposal(prediction, Outcome.VOID, why, {}), prediction, None)
        if prediction.condition is not None and is_conditional(prediction.condition):
            met, contrary = self._condition_met(prediction, prediction.condition)
            if met is None:
                why = "waits for its condition, which no report shows yet"
                if contrary:
                    why = f"a report tells {CONTRARY}: a person decides"
                told = self._proposal(prediction, Outcome.PENDING, why, dict.fromkeys(contrary, False))
                return _Read(told, prediction, None)
            prediction = _counted_from(prediction, met)
        found = self.search.by_words(prediction, sought)
        case = self._case(prediction, found)
        proposal = self._proposal(prediction, *self._judged(prediction, case), case.coverage)
        doubted = proposal.outcome is Outcome.TRUE and not any(one.sees(weights().seen) for one in case.shows)
        return _Read(proposal, prediction, found, bool(case.denies), tuple(case.shows) if doubted else ())

    def _case(self, prediction: Prediction, found: Sequence[Match]) -> _Case:
        """What the record holds for and against a prediction by its words: what is above 0 by the table of weights."""
        limits = weights()
        worth = [one for one in found if any(can(prediction, one) for can in (_may_show, _may_deny, too_late))]
        worth.sort(key=lambda one: (-one.nearness, one.report.statement.id))
        source = self.search.sources.get(prediction.document)
        bearing = self.asking.answered(prediction, source, worth, MOST_BEARING)
        shows = {one: one.for_it for one in bearing if _may_show(prediction, one) and one.for_it > 0}
        if all(one.rather_denies for one in shows):
            shows = {}  # *set out to enter the town and was turned back* does not show alone that it was entered
        late = {
            one: min(one.for_it - limits.late, SUREST_LATE)
            for one in bearing
            if too_late(prediction, one) and one.for_it > limits.late and one.sees(limits.shown_late)
        }
        # Unless the model hears it, too, *no agreement* on a border village would be none on the accord.
        able = [one for one in bearing if _may_deny(prediction, one) and one.hears(limits.heard)]
        denies = {one: one.against for one in able if one.against > 0}
        against = {one: max(late.get(one, 0.0), denies.get(one, 0.0)) for one in (*late, *denies)}
        return _Case(shows, against, frozenset(late), self._coverage(prediction, found, against))

    def _looks(self, prediction: Prediction, found: Sequence[Match]) -> list[Look]:
        ranked = self.search.ranked(prediction, found)
        answered = self.asking.answered(prediction, self.search.sources.get(prediction.document), ranked, MOST_READ)
        return looks(prediction, answered)

    def _coverage(self, prediction: Prediction, found: Sequence[Match], denies: Collection[Match]) -> Coverage:
        """How closely the record watched, up to the day of what speaks against the prediction."""
        until = max((one.report.published for one in denies), default=prediction.by)
        subject = {self._group(one) for one in found if one.nearness >= weights().subject}
        subject |= {self._group(one) for one in denies}
        return self.watch.of(prediction, min(max(until, prediction.by), self.as_of), len(subject))

    def _judged(self, prediction: Prediction, case: _Case) -> _Judged:
        """The outcome to propose of what a record holds for and against a prediction."""
        over, coverage = prediction.by <= self.as_of, case.coverage
        if case.denied and over and coverage.sufficient:
            told = _told(case.denies, self._group)
            how = "came only after the horizon" if case.late.issuperset(case.denies) else "did not come"
            return _Judged(
                Outcome.FALSE, f"the horizon has passed and {told} that it {how}; {coverage.why}", case.against
            )
        if case.shows and not case.denied:
            dispute = "; others deny it" if case.denies else ""
            return _Judged(Outcome.TRUE, f"{_told(case.shows, self._group)} of it{dispute}", case.both)
        if not over:
            return _Judged(Outcome.PENDING, "still open: the horizon has not passed", case.both)
        if case.shows and case.denies:
            return _Judged(Outcome.PENDING, "reports tell of it and deny it: a person decides", case.both)
        reason = f"nothing shows it, but coverage does not allow a no: {coverage.why}"
        if coverage.sufficient:
            reason = (
                "the horizon has passed and nothing shows it; no report says that it did not come: a person decides"
            )
        return _Judged(Outcome.PENDING, reason, case.against)

    def held_against(self, prediction: Prediction) -> tuple[list[Match], list[Match]]:
        """What may show a prediction, and what may deny it, whatever it weighs: for fitting the weights."""
        sought = Sought(prediction, source=self.search.sources.get(prediction.document))
        found = self.search.by_words(prediction, sought)
        return (
            [one for one in found if _may_show(prediction, one)],
            [one for one in found if _may_deny(prediction, one)],
        )

    def _condition_met(self, prediction: Prediction, condition: str) -> tuple[datetime.date | None, list[Match]]:
        """The first day on which a report shows the condition, null where none does; and what tells its contrary.

        A condition that is itself a *not* is met from the beginning, until a report shows what it says will not come.
        """
        sought = Sought(prediction, condition, self.search.sources.get(prediction.document))
        by = day_in(condition, prediction.made, prediction.made_granularity) or _condition_due(prediction)
        told = [
            match(sought, report)
            for report in self.search.index.near(
                sought.calls, sought.acts_there, prediction.made, min(by + GRACE, self.as_of)
            )
            if report.document != prediction.document
            and prediction.made < report.happened <= by
            and (not sought.particular or sought.particular & report.stems)
        ]
        shown = [one for one in told if _shows_condition(one)]
        if not hangs_on_absence(condition):
            first = min((one.report.happened for one in shown), default=None)
            return first or self._read_as_met(prediction, condition, by), []
        return None if shown else prediction.made, [_contrary(one) for one in shown]

    def _read_as_met(self, prediction: Prediction, condition: str, by: datetime.date) -> datetime.date | None:
        """The first day on which the model sees the condition in one of the reports that are nearest to it in meaning;
        null where it does in none."""
        asked = on_condition(prediction, bare_condition(condition))
        source = self.search.sources.get(prediction.document)
        found = self.search.by_meaning(asked, by, by + GRACE, MOST_READ)
        told = self.asking.answered(asked, source, found, MOST_READ)
        met = (one.report.happened for one in told if one.sees(weights().met))
        return min((day for day in met if day > prediction.made), default=None)

    def _group(self, found: Match) -> str:
        return self.search.copies.get(found.report.document, found.report.document)

    def _proposal(
        self,
        prediction: Prediction,
        outcome: Outcome,
        reason: str,
        found: Mapping[Match, bool],
        coverage: Coverage | None = None,
    ) -> Proposal:
        best: dict[tuple[str, bool], Match] = {}
        for one in sorted(found, key=lambda m: (-m.fit, m.report.published, m.report.statement.id)):
            best.setdefault((one.report.event or one.report.document, found[one]), one)
        evidence = tuple(
            Evidence(
                statement=one.report.statement.id,
                document=one.report.document,
                title=one.report.title,
                outlet=one.report.outlet,
                published=one.report.published,
                text=one.report.sentence,
                score=one.fit,
                shows=found[one],
                why=(TOO_LATE, *one.reasons) if not found[one] and _shown_late(prediction, one) else one.reasons,
                event=one.report.event,
            )
            for one in list(best.values())[:MOST_EVIDENCE]
        )
        return Proposal(
            prediction=prediction.id,
            outcome=outcome,
            reason=reason,
            as_of=self.as_of,
            evidence=evidence,
            coverage=coverage,
        )


def _going_before(
    doubted: Collection[Match], shows: Collection[Match], denies: Mapping[Match, float]
) -> dict[Match, float]:
    """Those of what denies a prediction on a closer look that are read outright and no older than what words alone
    show; none where a closer look shows it, too."""
    limits = weights()
    if any(one.sees(limits.seen) for one in shows):
        return {}
    last = max(one.report.happened for one in doubted)
    return {one: worth for one, worth in denies.items() if one.hears(limits.outright) and one.report.published >= last}


def _shows_condition(found: Match) -> bool:
    """Whether a match shows a condition, by its words alone."""
    return found.shows >= weights().shows and found.of_it and not found.undone


def _contrary(found: Match) -> Match:
    """A match that shows by its words what a condition says will not come, as evidence says it."""
    return dataclasses.replace(found, looked=found.shows, why=(CONTRARY, *found.why))


def _shown_late(prediction: Prediction, found: Match) -> bool:
    """Whether a match that speaks against a prediction does so by showing it after its horizon."""
    answer = found.answer
    return came_late(prediction, found) and answer is not None and answer.happened >= answer.failed


def _condition_due(prediction: Prediction) -> datetime.date:
    """The last day on which a condition that names none can be met: the horizon, or the default one where that is a
    stretch of time, which counts from the condition."""
    year = later(prediction.made, DEFAULT_MONTHS)
    return prediction.by if _counted_from(prediction, year) is prediction else max(prediction.by, year)


def _counted_from(prediction: Prediction, met: datetime.date) -> Prediction:
    """The prediction with its stretch of time (*within weeks*) counted from the day on which its condition was met, as
    long as nobody has set another horizon."""
    words = unconditioned(prediction.text, prediction.condition)
    made, granularity = prediction.made, prediction.made_granularity
    if met <= made or day_in(words, made, granularity) != prediction.by:
        return prediction
    by = counted_from(words, made, met, granularity)
    return prediction if by is None else replace(prediction, by=by)


def _told(found: Collection[Match], group: Callable[[Match], str]) -> str:
    """How many independent documents, and how many merged events among them, tell it."""
    documents = len({group(one) for one in found})
    events = {one.report.event for one in found if one.report.event}
    told = f"{documents} independent {'document tells' if documents == 1 else 'documents tell'}"
    return f"{told} in {len(events)} {'event' if len(events) == 1 else 'events'}" if events else told


def _may_show(prediction: Prediction, found: Match) -> bool:
    """Whether a match tells by its words what may show it, in its time."""
    return found.showing and in_time(prediction, found)


def _may_deny(prediction: Prediction, found: Match) -> bool:
    """Whether a match denies something that bears on it, and can speak for the whole horizon."""
    if not found.denying or ended_later(prediction, found):
        return False
    if found.ends:
        return prediction.counts_after < found.report.happened <= prediction.by
    return looks_back(prediction, found)


def _countable(sought: Sought) -> bool:
    """Whether anything could be held against a report: an act, a mechanism, a place, a name in it or beside it, or a
    telling word."""
    criterion = sought.prediction.criterion
    named = criterion.place or sought.actors or sought.names or sought.anchors
    return bool(sought.senses or criterion.type or criterion.mechanisms or named or sought.particular)
