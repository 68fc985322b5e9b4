"""Where a prediction stands, in plain words: what its outcome means of a denial, and why it is pending."""

import datetime
from enum import StrEnum

from foreshock.model.prediction import CONTRARY, TOO_LATE, Evidence, LedgerEntry, Outcome, Prediction
from foreshock.read.negation import NOBODY, NONE, NOT, UNABLE, denial
from foreshock.record.evidence import EVIDENCE_ERASED

_DENYING = denial(NOT, NOBODY, NONE, UNABLE, "nor|without|doubts?|doubted|impossible|unlikely")
"""Words by which a clause denies by itself; *he will be back* is denied by *I do not think* beside it."""


class Waiting(StrEnum):
    """Why a prediction is pending, as a list says it."""

    OPEN = "open"
    OVERDUE = "horizon passed; a person decides"
    STALE = "horizon passed since it was last looked at"
    UNSEEN = "not looked at yet"
    ERASED = "evidence erased; not looked at since"


def waiting(entry: LedgerEntry, as_of: datetime.date) -> Waiting | None:
    """Why it is pending on that day; null where it is not, or where a person left it so."""
    if entry.outcome is not Outcome.PENDING or entry.ruling is not None:
        return None
    if entry.proposal is None or entry.lapsed:
        return Waiting.UNSEEN
    if entry.proposal.reason == EVIDENCE_ERASED:
        return Waiting.ERASED
    by = entry.sharpened.by
    if by <= entry.proposal.as_of:
        return Waiting.OVERDUE
    return Waiting.STALE if by <= as_of else Waiting.OPEN


def meaning(one: Prediction, outcome: Outcome | None) -> str | None:
    """What `true` and `false` mean of words that deny, for which it is the contrary that counts; null otherwise."""
    if not one.negated or outcome not in (Outcome.TRUE, Outcome.FALSE):
        return None
    came = outcome is Outcome.TRUE
    return f"{'it came about' if came else 'it did not come about'}: {_verdict(one, came)}"


def _verdict(one: Prediction, came: bool) -> str:
    if one.kind == "commitment":
        return "the pledge was broken" if came else "the pledge was kept"
    # A cautious denial (*may not*) may leave what it denies as likely as not: then neither outcome proves it wrong.
    if one.low is not None and one.sides_with is not False:
        return "the forecaster had left it open"
    return "the forecaster was wrong" if came else "the forecaster was right"


def counts(entry: LedgerEntry) -> str | None:
    """What would count where the prediction denies, said of the words it stands beside; null where it does not deny."""
    found = entry.prediction
    if not found.negated:
        return None
    if entry.sharpened.criterion.words != found.criterion.words:
        return "that this comes about; the text’s own words deny it"
    if _DENYING.search(found.text):
        return "the contrary of these words"
    return "that this comes about; the forecaster denies it"


def bearing(one: Prediction, found: Evidence) -> str:
    """Which way a piece of evidence points; beside a denial, for whom as well."""
    if found.of_condition:
        return f"tells {CONTRARY}"
    if found.late:
        return f"tells that {TOO_LATE}"
    if not one.negated:
        return "shows it" if found.shows else "says it did not come"
    what = "pledge" if one.kind == "commitment" else "forecast"
    if found.shows:
        return f"shows that it came about, against the {what}"
    return f"says that it did not come about, as the {what} has it"
