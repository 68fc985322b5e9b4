"""A closer look, where the words of reports settle nothing: what the model makes of those that come nearest.

It reads more of them than are weighed by their words (`ledger/outcomes/matching.py`), and a report counts only where
the model says so itself. How much it then weighs, by its words, its place and its time, is fitted on chronicles with a
key: `python -m bench.ledger_closer` prints the tables of `data/ledger-weights.yaml`, and what they are worth on
countries that had no part in the fit.
"""

import datetime
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foreshock.ledger.horizons.horizon import ASIDE
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.outcomes.answers import Answer
from foreshock.ledger.outcomes.days import days_named
from foreshock.ledger.outcomes.matching import Match, log_odds, weighed, weights
from foreshock.ledger.outcomes.timing import (
    TOO_LATE,
    in_time,
    last_day,
    lasts,
    looks_back,
    named_day,
    named_in_time,
    told_after,
    too_late,
)
from foreshock.ledger.words import NEGATED
from foreshock.model.prediction import Prediction

MOST_READ = 8
"""Reports that the model is asked about; sixteen and thirty made no more outcomes right."""
_USUAL = 4.0
"""The logarithm of a usual number of reports that could count, so that `many` is about 0: among many, one that
looks like an answer is there by chance."""
_GAP = 180
"""Days after the horizon that make a gap of 1: what is told a year later may be of another year."""
_WIDEST = 1.5
"""The widest gap that counts."""
_LATER = 60
"""Days after the horizon from which on an end that a report tells may have come after it."""
SOON_AFTER = datetime.timedelta(days=30)
"""How long after a stated horizon a report that looks back and names no day may still show the thing, where the model
sees it without much doubt: *has been paid since the first of the month*."""
AT_ONCE = datetime.timedelta(days=7)
"""How long one may that does not look back: most of what a weekly tells was before (*the call closed with 90,000
names*)."""
_BACK = re.compile(r"\b(?:since\b|had\s+(?!(?:a|an|the|no|to|his|her|its|their)\b)\w)", re.IGNORECASE)
"""Words of a sentence that looks back: what a report tells plainly happened just before it was written."""
_UNTIL = re.compile(r"\b(?:until|till|through|throughout|beyond|past|to the end)\b", re.IGNORECASE)
_NOT_LATE = re.compile(
    r"\s+(?:(?:week|month|year|night|spring|summer|autumn|winter|count)\b|in\b|since\b|this\b)", re.IGNORECASE
)
"""What stands behind words like *at last* and *for the first time* where they do not tell that a thing came late."""
_SAID = re.compile(
    r"(?:\b(?:sa(?:id|ys)|admit(?:s|ted)|confirm(?:s|ed)|acknowledge[sd]?|told|who|which|had)|[.!?])\s+$|^\s*$",
    re.IGNORECASE,
)
"""What stands before them there, or where they open a sentence."""
_CLAIMS = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:calls?|claims?|reports?|appeals?|amendments?|accusations?|allegations?|attempts?|demands?|criticism)\b",
    re.IGNORECASE,
)
"""What is rejected without anything being decided."""
_OUTLIVED = "it ended only after the horizon"
_AT_LAST = "it came only after the horizon"


def could_count(prediction: Prediction, found: Match) -> bool:
    """Whether a report speaks in time for the prediction, either way."""
    return _timely(prediction, found) or _could_deny(prediction, found) or _ends_after(prediction, found)


def _timely(prediction: Prediction, found: Match) -> bool:
    """Whether a report can tell of it in time, by its own day or by another that its sentence names."""
    return in_time(prediction, found) or named_in_time(prediction, found)


@dataclass(frozen=True)
class Look:
    """A report that was read, what it is weighed by, and whether it may count on either side.

    It may where the model says so, where it speaks in time (or looks back soon `after` it), and where it does not show
    what is barred (`bearing.bars_to`), tell the opposite, or deny another matter; and where it tells that what was to
    last ended only after the horizon, which shows that it lasted, or that what was to come came *at last* after it,
    which denies that it came in time. A *no* that is read outright may be told early where no horizon was stated: *the
    truce broke down*, *the bill was withdrawn*.
    """

    found: Match
    features: Mapping[str, float]
    may_show: bool
    may_deny: bool
    after: bool = False
    """Whether it is told only after the horizon, so that any *no* goes before it: it may have come too late, or
    again."""


def looks(prediction: Prediction, found: Sequence[Match]) -> list[Look]:
    """What is looked at of `found`, the reports that could count: those with an answer of the model."""
    many = math.log(1 + len(found)) - _USUAL
    return [_look(prediction, one, one.answer, many) for one in found if one.answer is not None]


def _look(prediction: Prediction, found: Match, answer: Answer, many: float) -> Look:
    outlived = _outlived(prediction, found, answer)
    if outlived or _came_at_last(prediction, found, answer):
        # The end that the model hears came after all of it, or the thing that it sees: it counts the other way round.
        turned = {"many": many, **_features(prediction, found, Answer(answer.failed, answer.happened))}
        why = (*found.why, _OUTLIVED if outlived else _AT_LAST)
        found = replace(found, why=why, at_last=not outlived)
        return Look(found, turned, may_show=outlived, may_deny=not outlived)
    after = _tells_after(prediction, found, answer)
    shown = after or (answer.happened >= weights().said and _timely(prediction, found))
    barred = found.barred and not (found.hung_on and answer.happened >= weights().seen)
    return Look(
        found=found,
        features={"many": many, **_features(prediction, found, answer)},
        may_show=shown and not (barred or found.undone),
        may_deny=found.akin and _denies(prediction, found, answer) and not ended_later(prediction, found),
        after=after,
    )


def _tells_after(prediction: Prediction, found: Match, answer: Answer) -> bool:
    """Whether a report after the horizon may still show the thing: soon after it, or as what has held through it."""
    if answer.happened >= weights().shown_late and _soon_after(prediction, found):
        return True
    return answer.happened >= weights().seen and _held_beyond(prediction, found)


def _soon_after(prediction: Prediction, found: Match) -> bool:
    """Whether a report that names no day is told at once after a stated horizon, or soon after it and looks back, to no
    later day."""
    report = found.report
    if report.since is not None and not prediction.counts_after < report.since <= prediction.by:
        return False
    later = any(day > prediction.by for day in days_named(report.sentence, report.reference))
    dated = later or report.happened < report.published or named_day(found) is not None
    if (
        prediction.default_horizon
        or dated
        or not prediction.by < report.earliest <= report.published <= prediction.by + SOON_AFTER
    ):
        return False
    return report.published <= prediction.by + AT_ONCE or _BACK.search(report.sentence) is not None


def _held_beyond(prediction: Prediction, found: Match) -> bool:
    """Whether a report soon after a stated horizon tells of what was to last until then that it has held until now
    (*still in office after twenty months*), and not that it is there again."""
    report, sentence = found.report, found.report.sentence
    if not _lasts_until(prediction) or NEGATED.search(prediction.criterion.words):
        return False
    begun = report.since is not None and report.since > prediction.made
    soon = prediction.by < report.earliest <= report.published <= prediction.by + TOO_LATE and not begun
    return soon and lexicon().held.search(sentence) is not None and lexicon().anew.search(sentence) is None


def _came_at_last(prediction: Prediction, found: Match, answer: Answer) -> bool:
    """Whether the model sees in a report soon after a stated horizon, and of no day in it, what came *at last* or *for
    the first time*: by then it had not come."""
    report = found.report
    open_ended = prediction.default_horizon or prediction.condition is not None
    if open_ended or found.lasts or lasts(prediction) or found.barred or found.undone or not found.akin:
        return False
    days = days_named(report.sentence, report.reference)
    if not told_after(prediction, report) or any(day <= prediction.by for day in days):
        return False
    return answer.happened >= weights().shown_late and _told_at_last(report.sentence)


def _told_at_last(sentence: str) -> bool:
    """Whether a sentence tells outside its asides that something came late (*finally*), and not *at last week's talks*,
    *for the first time in years* or what somebody *said for the first time*."""
    told = ASIDE.sub(" , ", sentence)
    return any(
        not _NOT_LATE.match(told, found.end()) and not _SAID.search(told[: found.start()])
        for found in lexicon().at_last.finditer(told)
    )


def came_late(prediction: Prediction, found: Match) -> bool:
    """Whether a report was taken to tell that the thing came only after the horizon."""
    return too_late(prediction, found) or found.at_last


def _outlived(prediction: Prediction, found: Match, answer: Answer) -> bool:
    """Whether what was to last through a stated horizon ended on a named day after it (*he was removed in May*)."""
    if not _ends_after(prediction, found):
        return False
    return answer.failed >= weights().shown_late and found.shares and not found.barred


def ended_later(prediction: Prediction, found: Match) -> bool:
    """Whether a report comes so long after what was to last until a stated horizon that an end it tells may be a later
    one: *he was removed*, in May, is no *no* to *he will keep his post through the year*."""
    late = (found.report.happened - prediction.by).days > _LATER
    return late and _lasts_until(prediction)


def _lasts_until(prediction: Prediction) -> bool:
    """Whether what is foretold is to last until a stated horizon."""
    open_ended = prediction.default_horizon or prediction.condition is not None
    return not open_ended and lasts(prediction) and _UNTIL.search(prediction.criterion.words) is not None


def _ends_after(prediction: Prediction, found: Match) -> bool:
    """Whether a report names a day after the horizon of what was to last until then."""
    if not _lasts_until(prediction):
        return False
    day = last_day(found)
    return day is not None and prediction.by < day <= found.report.published


def weighed_looks(taken: Sequence[Look], *, denied: bool = False) -> tuple[dict[Match, float], dict[Match, float]]:
    """The reports that show a prediction, and those that deny it, each with its log-odds, all above 0; `denied` says
    that reports deny it by their words."""
    tables = weights()
    denies = _believed(
        {one.found: weighed(one.features, tables.denied) - tables.denied_over for one in taken if one.may_deny}
    )
    contested = denied or bool(denies) or any(map(_shown_late, taken))
    able = [one for one in taken if one.may_show and not (one.after and contested)]
    shows = _believed({one.found: weighed(one.features, tables.shown) - tables.shown_over for one in able})
    if shows:
        # What was seen in time came again, and not at last.
        denies = {one: worth for one, worth in denies.items() if not one.at_last}
    return shows, denies


def _shown_late(taken: Look) -> bool:
    """Whether the model sees the thing in a report of a day after the horizon."""
    return taken.features["late"] > 0 and taken.found.sees(weights().shown_late)


def _believed(told: Mapping[Match, float]) -> dict[Match, float]:
    return {replace(one, looked=value): value for one, value in told.items() if value > 0}


def _features(prediction: Prediction, found: Match, answer: Answer) -> dict[str, float]:
    """What a report is weighed by: the model's log-odds, its features, and how its day lies to the horizon."""
    happened, failed = log_odds(answer.happened), log_odds(answer.failed)
    return {
        **found.features,
        "happened": happened,
        "failed": failed,
        "bears": float(found.of_it),
        "bears_happened": happened * found.of_it,
        "negated": float(found.negated),
        "denying": float(found.denying),
        "denying_failed": failed * found.denying,
        "early": float(not looks_back(prediction, found)),
        "late": float(too_late(prediction, found)),
        "gap": min(_WIDEST, max(0, (found.report.published - prediction.by).days) / _GAP),
    }


def _denies(prediction: Prediction, found: Match, answer: Answer) -> bool:
    """Whether the model says that a report denies the thing; where that is told early, it has to hear it as it has to
    hear the words' own *no*, or outright where it is of no stated horizon."""
    limits = weights()
    if looks_back(prediction, found) or too_late(prediction, found):
        return answer.failed >= limits.said
    if _could_deny(prediction, found):
        return answer.failed >= limits.heard
    return prediction.default_horizon and answer.failed >= limits.outright


def _could_deny(prediction: Prediction, found: Match) -> bool:
    """Whether a report can speak for the whole horizon, tells of a day after it, or of the end of a state in it, of
    what was to last, or of what had a day."""
    ends = found.ends or (not prediction.default_horizon and _ended(prediction, found))
    ended = ends and prediction.counts_after < found.report.happened <= prediction.by
    return ended or looks_back(prediction, found) or too_late(prediction, found)


def _ended(prediction: Prediction, found: Match) -> bool:
    """Whether a report with a word of the clause, or one that is read outright, may tell that what was to last has
    ended, or that what has a stated horizon is off; whether it was decided against, one that is read outright."""
    outright = found.hears(weights().outright)
    if outright and _decided_against(prediction, found):
        return True
    return (found.shares or outright) and (lasts(prediction) or _called_off(found))


def _called_off(found: Match) -> bool:
    """Whether a report tells that something is put off or given up (*cannot hold the vote of 9 March*)."""
    return lexicon().called_off.search(found.report.sentence) is not None


def _decided_against(prediction: Prediction, found: Match) -> bool:
    """Whether a report tells that something was decided against (*threw out the bill*), unless that was foretold."""
    told = found.report.sentence
    decided = [one for one in lexicon().decided.finditer(told) if _CLAIMS.match(told, one.end()) is None]
    return bool(decided) and lexicon().decided.search(prediction.criterion.words) is None
