"""Words of likelihood by the yardstick an analyst chooses: ICD 203, PHIA or NATO."""

import re
from functools import cache
from typing import Any

from foreshock.errors import UsageError
from foreshock.ledger.lexicon import any_of
from foreshock.model.shipped import shipped_table

DEFAULT = "icd203"
_NEGATION = re.compile(
    r"\b(?:not|n['’]t|doubt|doubts|never|no[ -]one|nobody|none|neither|nothing)\b|n['’]t\b", re.IGNORECASE
)
_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine)\b.*\b(?:in|of|chances?)\b|\bper ?cent\b|\bodds\b.*\bto\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:may|might|could|maybe|perhaps|possibly)(?: not)?|(?:an? )?(?:realistic|real) possibility"
    r"|(?:an? )?(?:(?:roughly|about) )?even(?: chance| odds)?",
    re.IGNORECASE,
)
"""Words that leave a thing open: beside a *not* they speak of the denial, however low they stand."""

_OWN_DENIAL = re.compile(r"(?:may|might)\s+(?:not|never)", re.IGNORECASE)
"""Words that deny by themselves, though they may stand above a half: the 40-80 of *may not* are odds of the act."""


@cache
def _tables() -> dict[str, tuple[str, dict[str, tuple[float, float]], re.Pattern[str]]]:
    found = {}
    for key, body in shipped_table("data/yardsticks.yaml", dict[str, Any]).items():
        intervals: dict[str, tuple[float, float]] = {}
        for bounds, phrases in body["terms"].items():
            low, high = (int(part) / 100 for part in str(bounds).split("-"))
            intervals.update({str(phrase): (low, high) for phrase in phrases})
        found[key] = (str(body["name"]), intervals, any_of(intervals))
    return found


def names() -> dict[str, str]:
    """The yardsticks by key, with their full names."""
    return {key: table[0] for key, table in _tables().items()}


def interval(phrase: str, told: tuple[float, float], yardstick: str) -> tuple[float, float]:
    """The probabilities that `phrase` stands for by `yardstick`; `told`, the reader's, where it does not name it.

    Figures stand for themselves by any yardstick, and so do negated phrases (*do not think it likely*).
    Raises `UsageError` for a yardstick that is none.
    """
    tables = _tables()
    if yardstick not in tables:
        raise UsageError(f"{yardstick!r} is not a yardstick; one of: {', '.join(tables)}")
    if yardstick == DEFAULT or _FIGURE.search(phrase) or _NEGATION.search(phrase):
        return told
    _, intervals, pattern = tables[yardstick]
    found = [match.group(0).casefold() for match in pattern.finditer(phrase)]
    return intervals[max(found, key=len)] if found else told


def of_criterion(low: float, high: float, negated: bool, phrase: str = "") -> tuple[float, float]:
    """The interval for the positive occurrence: that of a denial is turned round, unless `phrase` denies by itself.

    *Will not* stands at 0–9 per cent and *very unlikely* at 5–20: those speak of the occurrence itself. *Likely*
    beside a *not* stands at 55–80 and speaks of the denial, as do figures (*one in four that it will not hold*) and
    words that leave it open (*may* beside a *not*), high or low. *May not* denies by
    itself where it stands above a half, as the reader puts it; in records of earlier readings it stands as *may*.
    """
    if low + high > 1 and _OWN_DENIAL.fullmatch(phrase.strip()):
        return low, high
    if negated and (low + high > 1 or _speaks_of_denial(phrase)):
        return round(1 - high, 4), round(1 - low, 4)
    return low, high


def _speaks_of_denial(phrase: str) -> bool:
    """Whether low odds in these words are odds on a denial that stands beside them."""
    figure = _FIGURE.search(phrase) is not None and not _NEGATION.search(phrase)
    return figure or _OPEN.fullmatch(phrase.strip()) is not None
