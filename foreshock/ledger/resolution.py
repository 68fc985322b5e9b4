"""What became of a prediction, as far as the record shows: a proposal with its evidence, never a verdict.

`true` needs a report that shows it. `false` needs three things together: the horizon has passed, the record watched the
country and the subject closely enough, and a report says that it did not come. Silence is `pending`, however long.
`void` is what nothing could settle. A conditional prediction waits until a report shows its condition.
"""

import datetime
import re
from collections.abc import Mapping

from foreshock.corroborate.events_words import rarity
from foreshock.ledger.coverage import Watch
from foreshock.ledger.matching import HINTS, SHOWS, Match, Sought, match, timely
from foreshock.ledger.reports import INFORMATIVE, Index
from foreshock.model.prediction import Coverage, Evidence, Outcome, Prediction, Proposal

GRACE = datetime.timedelta(days=45)
"""How long after the horizon a report may still tell of something inside it without saying when it was."""
LOOKING_BACK = datetime.timedelta(days=210)
"""How long after the horizon a report that it did not come still counts."""
MOST_EVIDENCE = 6
LEAST_WORDS, LEAST_SUBSTANCE = 0.3, 2.0
"""Least share of the prediction's words, and least rarity together of its own, in a report that is to show it; the same
place stands for the rarity."""
DENIAL_WORDS, DENIAL_SUBSTANCE = 0.4, 3.4
"""The same of a report that is to deny it, place or not: a country's name alone (about 2.5) is not enough."""
_CONDITIONAL = re.compile(
    r"^\W*(?:and\s+)?(?:if|unless|should|provided|as long as|in case|were|had|only if|even if)\b", re.IGNORECASE
)
"""*If the pay stops* is a condition; *before he signs*, *when the exercise is over* are times."""
_NEGATED = re.compile(r"\b(?:not|unless|never|nobody|no)\b|n['’]t\b", re.IGNORECASE)


class Resolver:
    """Holds predictions against the reports of the record, as known on one day."""

    def __init__(self, index: Index, watch: Watch, copies: Mapping[str, str], as_of: datetime.date) -> None:
        """`copies` names, for a document, the group of texts it is a copy in."""
        self.index, self.watch, self.copies, self.as_of = index, watch, copies, as_of

    def propose(self, prediction: Prediction) -> Proposal:
        """What the record shows of a prediction by the day asked for."""
        if prediction.made > self.as_of:
            return self._pending(prediction, "made after the day asked for", None, ())
        sought = Sought(prediction)
        if not _countable(sought):
            return Proposal(
                prediction=prediction.id,
                outcome=Outcome.VOID,
                reason="nothing countable: no act, mechanism, place or named actor; sharpen it to have it resolved",
                as_of=self.as_of,
            )
        found = self._matches(prediction, sought)
        subject = {self._group(one) for one in found if one.score >= HINTS}
        coverage = self.watch.of(prediction, self.as_of, len(subject))
        shows = [one for one in found if _answers(one) and self._shows(prediction, one)]
        denies = [one for one in found if _answers(one) and one.denies and self._settles(prediction, one)]
        conditional = prediction.condition is not None and _CONDITIONAL.match(prediction.condition)
        if conditional and not self._condition_shown(prediction):
            return self._pending(
                prediction, "waits for its condition, which no report shows yet", coverage, shows or denies
            )
        return self._weighed(prediction, coverage, shows, denies)

    def _weighed(self, prediction: Prediction, coverage: Coverage, shows: list[Match], denies: list[Match]) -> Proposal:
        over = prediction.by <= self.as_of
        for_it, against = max((m.score for m in shows), default=0.0), max((m.score for m in denies), default=0.0)
        if shows and (for_it >= against or not over):
            told = len({self._group(one) for one in shows})
            dispute = "; others deny it" if denies else ""
            reason = f"{told} independent {'document tells' if told == 1 else 'documents tell'} of it{dispute}"
            return self._proposal(prediction, Outcome.TRUE, reason, coverage, [*shows, *denies])
        if denies and over and coverage.sufficient:
            return self._proposal(
                prediction, Outcome.FALSE,
                f"the horizon has passed and reports say that it did not come; {coverage.why}",
                coverage, denies,
            )  # fmt: skip
        if not over:
            return self._pending(prediction, f"open until {prediction.by.isoformat()}", coverage, denies)
        reason = f"nothing shows it, but coverage does not allow a no: {coverage.why}"
        if coverage.sufficient:
            reason = (
                "the horizon has passed and nothing shows it; no report says that it did not come: a person decides"
            )
        return self._pending(prediction, reason, coverage, denies)

    def _matches(self, prediction: Prediction, sought: Sought) -> list[Match]:
        """The best match of every later document by another hand, best first."""
        own = self.copies.get(prediction.document, prediction.document)
        best: dict[str, Match] = {}
        for report in self.index.near(sought.weights, prediction.made, self.as_of):
            if self.copies.get(report.document, report.document) == own:
                continue
            found = match(sought, report)
            key = f"{report.document} {found.denies}"
            if found.score >= HINTS and (key not in best or found.score > best[key].score):
                best[key] = found
        return sorted(best.values(), key=lambda one: (-one.score, one.report.published, one.report.statement.id))

    def _shows(self, prediction: Prediction, found: Match) -> bool:
        """Whether a match tells of it in time; what must last has to last into the horizon's last quarter."""
        if found.denies or not timely(prediction, found.report, GRACE):
            return False
        return not found.lasts or found.report.published >= _last_quarter(prediction)

    def _settles(self, prediction: Prediction, denial: Match) -> bool:
        """Whether a denial can speak for the whole horizon: told near its end or after it."""
        if denial.ends and denial.report.happened > prediction.by:
            return False
        return _last_quarter(prediction) <= denial.report.published <= prediction.by + LOOKING_BACK

    def _condition_shown(self, prediction: Prediction) -> bool:
        """Whether a report shows the condition; one that is itself a *not* holds until a report shows the contrary."""
        assert prediction.condition is not None
        sought = Sought(prediction, words=prediction.condition)
        shown = any(
            _answers(one) and not one.denies
            for report in self.index.near(sought.weights, prediction.made, min(prediction.by + GRACE, self.as_of))
            if report.document != prediction.document and (one := match(sought, report))
        )
        return not shown if _NEGATED.search(prediction.condition) else shown

    def _group(self, found: Match) -> str:
        return self.copies.get(found.report.document, found.report.document)

    def _pending(
        self, prediction: Prediction, reason: str, coverage: Coverage | None, near: "list[Match] | tuple[()]"
    ) -> Proposal:
        return self._proposal(prediction, Outcome.PENDING, reason, coverage, near)

    def _proposal(
        self,
        prediction: Prediction,
        outcome: Outcome,
        reason: str,
        coverage: Coverage | None,
        found: "list[Match] | tuple[()]",
    ) -> Proposal:
        evidence = tuple(
            Evidence(
                statement=one.report.statement.id,
                document=one.report.document,
                title=one.report.title,
                outlet=one.report.outlet,
                published=one.report.published,
                text=one.report.sentence,
                score=one.score,
                shows=not one.denies,
                why=one.why,
            )
            for one in found[:MOST_EVIDENCE]
        )
        return Proposal(
            prediction=prediction.id,
            outcome=outcome,
            reason=reason,
            as_of=self.as_of,
            evidence=evidence,
            coverage=coverage,
        )


def _last_quarter(prediction: Prediction) -> datetime.date:
    return prediction.by - (prediction.by - prediction.made) / 4


def _countable(sought: Sought) -> bool:
    """Whether anything could be held against a report: an act, a mechanism, a place, a name, or two telling words."""
    criterion = sought.prediction.criterion
    telling = [word for word in sought.own if rarity(word) >= INFORMATIVE]
    named = criterion.place or criterion.actors or sought.names
    return bool(sought.senses or criterion.type or criterion.mechanisms or named or len(telling) > 1)


def _answers(found: Match) -> bool:
    """Whether a match is close enough to speak for or against: of the same act, and about the same thing."""
    if found.score < SHOWS or not found.same_act:
        return False
    if found.denies:
        return found.words >= DENIAL_WORDS and found.substance >= DENIAL_SUBSTANCE
    if not found.particular and not found.at_place:
        return False
    return found.words >= LEAST_WORDS and (found.at_place or found.substance >= LEAST_SUBSTANCE)
