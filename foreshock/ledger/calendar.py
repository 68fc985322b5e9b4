"""Horizons in words that name no date: feasts, vague spans and occasions, by the table in `data/horizons.yaml`."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from foreshock.errors import RunError
from foreshock.ledger.lexicon import any_of
from foreshock.model.shipped import shipped_table
from foreshock.read.feasts import easter, hijri

_LEAD = re.compile(r"\b(?:by|before|until|till|at|on|over|ahead of|prior to|through|during|in|see)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bon\s+$", re.IGNORECASE)
"""*On any day before October* is not *any day now*."""
SENTENCE_END = re.compile(r"\.(?!\s*\d)|[;\n]")
"""What ends a sentence or a clause of its own; not the stop of *Aug. 10*."""
_DAY_NEAR = 60
"""Characters around an occasion in which the text may tell its day."""


@dataclass(frozen=True)
class _Row:
    """One row of the table: its words, and the rule for their day."""

    pattern: re.Pattern[str]
    rule: Mapping[str, Any]


@cache
def _table() -> tuple[tuple[_Row, ...], tuple[re.Pattern[str], ...]]:
    data = shipped_table("data/horizons.yaml", dict[str, Any])
    try:
        rows = tuple(_Row(any_of(row["words"]), row) for row in data["spans"])
        for row in rows:
            _day(row.rule, datetime.date(2024, 1, 1))
        return rows, tuple(any_of(words) for words in data["occasions"])
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"data/horizons.yaml: not as its head describes ({error}); reinstall Foreshock") from error


def due(words: str, made: datetime.date) -> datetime.date | None:
    """The day that `words` of the table set, looking ahead from `made`; null where they hold none of them.

    A feast needs a preposition before it: *the Easter offensive* sets no horizon.
    """
    best: tuple[int, datetime.date] | None = None
    for row in _table()[0]:
        for match in row.pattern.finditer(words):
            lead = words[max(0, match.start() - 24) : match.start()]
            if _COUNTED.search(lead) if "days" in row.rule else not _LEAD.search(lead + match.group(0)):
                continue
            length = match.end() - match.start()
            if best is None or length > best[0]:
                best = length, _day(row.rule, made)
    return best[1] if best else None


def _day(rule: Mapping[str, Any], made: datetime.date) -> datetime.date:
    """The next day on or after `made` by one row's rule. Raises KeyError, TypeError or ValueError for no rule."""
    if "days" in rule:
        return made + datetime.timedelta(int(rule["days"]))
    first = made.year + (1 if rule.get("of") == "next" else 0)
    found = (_in_year(rule, year) for year in range(first, first + 3))
    return next(day for day in found if day >= made)


def _in_year(rule: Mapping[str, Any], year: int) -> datetime.date:
    if "half" in rule:
        return datetime.date(year, 6, 30) if rule["half"] == 1 else datetime.date(year, 12, 31)
    if "easter" in rule:
        return easter(year, orthodox=rule["easter"] == "orthodox")
    if "hijri" in rule:
        month, day = rule["hijri"]
        return hijri(year, month, day)
    month, day = rule["day"]
    return datetime.date(year, month, day)


def occasion_in(words: str) -> re.Pattern[str] | None:
    """The occasion before or by which `words` set their horizon: *before the vote*, *when the exercise is over*."""
    for pattern in _table()[1]:
        for match in pattern.finditer(words):
            lead = words[max(0, match.start() - 40) : match.start()]
            if re.search(r"\b(?:by|before|until|till|ahead of|prior to|when|at)\s+(?:[\w’'-]+\s+){0,3}$", lead):
                return pattern
    return None


def occasions_told(text: str, occasion: re.Pattern[str]) -> Iterator[str]:
    """The words around each mention of an occasion in a text, within its sentence: there its day may be told."""
    for match in occasion.finditer(text):
        before = SENTENCE_END.split(text[max(0, match.start() - _DAY_NEAR) : match.start()])[-1]
        after = SENTENCE_END.split(text[match.end() : match.end() + _DAY_NEAR], maxsplit=1)[0]
        yield after
        yield before
