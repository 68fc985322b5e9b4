"""Words of likelihood by the yardstick an analyst chooses: ICD 203, PHIA or NATO."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec

from foreshock.errors import UsageError
from foreshock.model.shipped import shipped_table
from foreshock.read.likelihood import denies_itself
from foreshock.read.likelihood_grades import before_noun
from foreshock.read.negation import NONE, denial

DEFAULT = "icd203"
_NEGATION = denial(r"not(?! (?:more|less|fewer|better) than\b)|never|no[ -]one|nobody|doubts?", NONE)
_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine)\b.*\b(?:in|of|chances?)\b|\bper ?cent\b|\bodds\b.*\bto\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:may|might|maybe|perhaps|possibly)(?: not)?|could|(?:an? )?(?:realistic|real) possibility"
    r"|(?:an? )?(?:(?:roughly|about|perhaps) )?even(?: chance| odds)?"
    r"|(?:an? )?(?:very )?(?:low|small|slim|slight|minimal|negligible|remote|moderate|medium)"
    r" (?:chances?|risk|probability|likelihood|possibility)",
    re.IGNORECASE,
)
"""Words that leave a thing open, or grade low what follows (*a low risk that it will not hold*): beside a *not* they
speak of the denial, however low they stand. *Little prospect* does not: the reader at times takes it for the *not*."""

_OWN_DENIAL = re.compile(r"(?:may|might|will|would|shall|['’]ll)\s+(?:not|never)|(?:wo|would)n['’]t", re.IGNORECASE)
"""Words that deny by themselves, though they may stand above a half: the 40-80 of *may not* are odds of the act, and so
are the 40-85 of what one hopes *will not* come."""


_WORD = re.compile(r"[\w'-]+")
_PHRASES = 10_000
"""Phrases whose words and odds are remembered: a ledger of many predictions has few."""


class _Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A yardstick as written: its full name, and phrases by their interval, low-high in per cent."""

    name: str
    terms: dict[str, list[str]]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/yardsticks.yaml` as written."""

    neutral: list[str]
    yardsticks: dict[str, _Named]


@dataclass(frozen=True)
class _Yardstick:
    """A yardstick ready to look up: its full name, and the interval of each phrase that it names."""

    name: str
    intervals: dict[str, tuple[float, float]]


@cache
def _file() -> _File:
    return shipped_table("data/yardsticks.yaml", _File)


@cache
def _neutral() -> frozenset[str]:
    return frozenset(_file().neutral)


@cache
def _tables() -> dict[str, _Yardstick]:
    found = {}
    for key, body in _file().yardsticks.items():
        intervals: dict[str, tuple[float, float]] = {}
        for bounds, phrases in body.terms.items():
            low, high = (int(part) / 100 for part in bounds.split("-"))
            intervals.update(dict.fromkeys(phrases, (low, high)))
        found[key] = _Yardstick(body.name, intervals)
    return found


def names() -> dict[str, str]:
    """The yardsticks by key, with their full names."""
    return {key: table.name for key, table in _tables().items()}


def named(phrase: str, yardstick: str) -> tuple[float, float] | None:
    """The probabilities that `yardstick` names for `phrase`; null where it does not name it.

    The whole phrase must be named, but for words that change no odds (*it will very likely* is *very likely*). A word
    within it that it does not know may turn it: *less likely*, *extremely unlikely* and *do not think it likely* are
    none of *likely* and *unlikely*, and figures stand for themselves by any yardstick.
    Raises `UsageError` for a yardstick that is none.
    """
    tables = _tables()
    if yardstick not in tables:
        raise UsageError(f"{yardstick!r} is not a yardstick; one of: {', '.join(tables)}")
    return tables[yardstick].intervals.get(_core(phrase))


@lru_cache(maxsize=_PHRASES)
def _core(phrase: str) -> str:
    """The words of a phrase that may change its odds, in small letters."""
    words = _WORD.findall(phrase.casefold().replace("’", "'"))
    return " ".join(word for word in words if word not in _neutral())


@lru_cache(maxsize=_PHRASES)
def of_criterion(low: float, high: float, negated: bool, phrase: str = "") -> tuple[float, float]:
    """The interval for the positive occurrence: that of a denial is turned round, unless `phrase` denies by itself.

    *Will not* stands at 0–9 per cent and *very unlikely* at 5–20: those speak of the occurrence itself, and so does
    *not unlikely* at 55–80, whose *not* is in it. *Likely* beside a *not* stands at 55–80 and speaks of the denial, as
    do figures (*one in four that it will not hold*) and words that leave it open (*may* beside a *not*), high or low.
    *Could not* says that nobody is able to, and speaks of the occurrence.
    *May not*, and a *will not* that is hoped or doubted, deny by themselves where they stand above a half, as the
    reader puts them; in records of earlier readings *may not* stands as *may*.
    """
    if low + high > 1 and (_OWN_DENIAL.fullmatch(phrase.strip()) or denies_itself(phrase)):
        return low, high
    if negated and (low + high > 1 or _speaks_of_denial(phrase)):
        return round(1 - high, 4), round(1 - low, 4)
    return low, high


def _speaks_of_denial(phrase: str) -> bool:
    """Whether low odds in these words are odds on a denial that stands beside them, or between a noun for odds and its
    grade: *the risk that it will not hold is low*."""
    denied = _NEGATION.search(phrase) is not None
    figure = _FIGURE.search(phrase) is not None and not denied
    graded = denied and bool(before_noun(phrase))
    return figure or graded or _OPEN.fullmatch(_core(phrase)) is not None
