"""A prediction of the ledger as JSON and as a row of CSV: the desk's twins and the command line have them from here."""

import datetime
from collections.abc import Sequence

import msgspec

from foreshock.exchange.rows import Cell
from foreshock.ledger.scores import odds
from foreshock.model.day import as_known
from foreshock.model.prediction import LedgerEntry
from foreshock.telling import standings

COLUMNS = (
    "id", "made", "forecaster", "forecaster_kind", "outlet", "kind", "text", "document", "start", "end", "criterion",
    "country", "topic", "condition", "by", "default_horizon", "likelihood", "low", "high", "yardstick", "outcome",
    "decided_by", "reason", "repeats", "undated", "negated", "would_count", "outcome_means", "why_pending",
)  # fmt: skip


def entry_as_json(entry: LedgerEntry, yardstick: str, as_of: datetime.date) -> dict[str, object]:
    """The prediction as it is resolved, as on its page, and under `as_found` as the text has it; as known on `as_of`.

    `would_count`, `outcome_means` and `why_pending` are the page's words: what counts where the prediction denies, what
    its outcome means of that, and what a pending one waits for; each null where there is nothing of it to say.
    """
    interval = odds(entry.sharpened, yardstick)
    return {
        **msgspec.to_builtins(entry.sharpened),
        "as_found": msgspec.to_builtins(entry.prediction),
        "odds": {"low": interval[0], "high": interval[1], "yardstick": yardstick} if interval else None,
        "outcome": entry.outcome.value,
        "would_count": standings.counts(entry),
        "outcome_means": standings.meaning(entry.prediction, entry.outcome),
        "why_pending": standings.waiting(entry, as_of),
        "decided_by": entry.ruling.person if entry.ruling else None,
        "proposal": msgspec.to_builtins(entry.proposal),
        "rulings": msgspec.to_builtins(entry.rulings),
        "repeats": entry.repeats,
    }


def whole_as_json(
    entry: LedgerEntry, line: Sequence[LedgerEntry], yardstick: str, as_of: datetime.date
) -> dict[str, object]:
    """One prediction in full: also which one it says again, and the ids of its forecaster's on the same thing."""
    return {
        **entry_as_json(entry, yardstick, as_of),
        "says_again": entry.says_again,
        "line_over_time": [one.prediction.id for one in line],
        "as_of": as_of,
    }


def entry_row(entry: LedgerEntry, yardstick: str, as_of: datetime.date) -> list[Cell]:
    """An entry in the order of `COLUMNS`; the reason is that of who decided: the person's, else the proposal's."""
    one, interval = entry.sharpened, odds(entry.sharpened, yardstick)
    decided = entry.ruling or (None if entry.lapsed else entry.proposal)
    return [
        one.id, as_known(one.made, one.made_granularity), one.forecaster, one.forecaster_kind.value, one.outlet,
        one.kind, one.text, one.document, one.start, one.end, one.criterion.words, one.country, one.topic,
        one.condition, one.by.isoformat(), int(one.default_horizon), one.likelihood, interval[0] if interval else None,
        interval[1] if interval else None, yardstick, entry.outcome.value,
        entry.ruling.person if entry.ruling else None, decided.reason if decided else None, entry.repeats,
        int(one.undated), int(one.negated), standings.counts(entry),
        standings.meaning(entry.prediction, entry.outcome), standings.waiting(entry, as_of),
    ]  # fmt: skip
