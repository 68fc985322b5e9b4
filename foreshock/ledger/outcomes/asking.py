"""Which of the matches of a prediction the model is asked about, and how its answer weighs with what the words tell.

The words find and date the reports; the model says what the nearest of them tell of the thing. What it once said of a
pair is kept in the record, so that a ledger resolved every day asks about new reports alone.
"""

import datetime
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec.structs import replace as replace_record

from foreshock.ledger.conditions import unconditioned
from foreshock.ledger.outcomes.answers import Answer, Answerer, Question
from foreshock.ledger.outcomes.figures import Bound, bound_in, told_of
from foreshock.ledger.outcomes.matching import Match
from foreshock.ledger.outcomes.reports import Report
from foreshock.ledger.outcomes.sought import Source
from foreshock.ledger.outcomes.timing import GRACE
from foreshock.model.prediction import Criterion, Prediction

MOST_BEARING = 6
"""Reports bearing on a prediction by their words that the model is asked about; twelve made no outcome better."""
_PRONOUN = re.compile(
    r"(?:^|\bthat )(?P<who>it|he|she|they)\b"
    r"(?!['’]s|\s+(?:is|was|seems?|takes?|(?:will|would) (?:take|be|rain|snow))\b)",
    re.IGNORECASE,
)
"""The subject of a clause that stands for somebody: *it is likely that*, *it will take months* tell of nobody."""


@dataclass(frozen=True)
class Kept:
    """What the model said of a pair; `asked` is a digest of what it was asked, and of the model."""

    asked: str
    answer: Answer


class Asking:
    """The model and what it said before, by the ids of prediction and report."""

    def __init__(self, answering: Answerer, kept: Mapping[tuple[str, str], Kept]) -> None:
        self._answering, self._kept = answering, dict(kept)
        self._said = {one.asked: one.answer for one in kept.values()}
        """By what was asked: statements of one sentence ask the same."""
        self.new: dict[tuple[str, str, str], Kept] = {}
        """What was not asked before: by prediction, report, and the report's document."""

    def answered(self, prediction: Prediction, source: Source | None, found: Sequence[Match], most: int) -> list[Match]:
        """What was `found`, the first `most` of it with the model's answers; statements of one sentence share it.

        What the figures of a report tell is read in all of it, and goes before what the model makes of them.
        """
        clause, bound = clause_of(prediction), bound_of(prediction)
        said = passage_of(prediction, source)
        thing = _named(clause, prediction.criterion)
        answers: dict[Question, Answer] = {}
        done = []
        for one in found:
            report = one.report
            question = Question(thing, said, report.sentence, report.before, report.title or "")
            if question not in answers and len(answers) < most:
                answers[question] = self._answer(prediction, question, one)
            holds = one.holds
            if holds is None and bound is not None:
                holds = figures_of(bound, report, prediction)
            if holds is None:
                answer = answers.get(question)
                done.append(one if answer is None and one.answer is None else replace(one, answer=answer))
            else:
                answer = by_figures(holds, report.earliest, prediction.by, answers.get(question))
                done.append(replace(one, answer=answer, why=(*one.why, _COMPARED)))
        return done

    def _answer(self, prediction: Prediction, question: Question, found: Match) -> Answer:
        report = found.report
        asked = hashlib.sha256("\n".join((self._answering.version, *question.pair)).encode()).hexdigest()[:16]
        pair = prediction.id, report.statement.id
        known = self._kept.get(pair)
        if known is None or known.asked != asked:
            if asked not in self._said:
                [self._said[asked]] = self._answering.answers([question])
            answer = self._said[asked]
            known = self._kept[pair] = self.new[*pair, report.document] = Kept(asked, answer)
        return known.answer


_COMPARED = "by its figure"
SURE, UNLIKELY = 0.95, 0.02
"""Chances of what figures tell, and of what they exclude."""


def clause_of(prediction: Prediction) -> str:
    """The clause of a prediction without its condition."""
    return unconditioned(prediction.criterion.words, prediction.condition).strip()


def bound_of(prediction: Prediction) -> Bound | None:
    """The figure that a prediction sets as a bound; null where it sets none."""
    return bound_in(clause_of(prediction))


def figures_of(bound: Bound, report: Report, prediction: Prediction) -> bool | None:
    """On which side of the bound of a prediction a report's figure is; null where it tells none of it."""
    years = range(prediction.made.year, prediction.by.year + 1)
    around = f"{report.before} {report.title or ''}"
    return told_of(bound, report.sentence, around, years, frozenset(prediction.countries))


def by_figures(holds: bool, published: datetime.date, by: datetime.date, answer: Answer | None) -> Answer | None:
    """An answer with what a report's figure tells, as the bound foretold `holds` or not.

    One on the other side does not show it, and denies it soon after the horizon: one told earlier may change, and one
    told later is of another time.
    """
    if holds:
        return Answer(max(SURE, answer.happened if answer else 0.0), UNLIKELY)
    if published > by + GRACE:
        return None if answer is None else Answer(UNLIKELY, answer.failed)
    return Answer(UNLIKELY, SURE if published >= by else UNLIKELY)


def on_condition(prediction: Prediction, words: str) -> Prediction:
    """What a prediction hangs on as a prediction of its own, under a name of its own: *the judges convict him*."""
    return replace_record(
        prediction,
        id=condition_id(prediction.id),
        criterion=Criterion(words=words),
        condition=None,
    )


def condition_id(prediction: str) -> str:
    """The name under which what is asked of a prediction's condition is kept."""
    return hashlib.sha256(f"condition of {prediction}".encode()).hexdigest()[:12]


def passage_of(prediction: Prediction, source: Source | None) -> str:
    """A prediction's sentence with those before, without its condition; empty where its text is not at hand."""
    passage = source.passage(prediction.start) if source else ""
    return unconditioned(passage, prediction.condition).strip()


def _named(clause: str, criterion: Criterion) -> str:
    """A clause with the name of its first actor for the pronoun that is its subject, where the clause does not name it
    already."""
    pronoun, name = _PRONOUN.search(clause), next(iter(criterion.actors), "")
    if pronoun is None or not name[:1].isupper() or name.casefold() in clause.casefold() or _PRONOUN.fullmatch(name):
        return clause
    return f"{clause[: pronoun.start('who')]}{name}{clause[pronoun.end('who') :]}"
