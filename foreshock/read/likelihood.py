"""The text's own likelihood: which phrase, and the interval of probabilities it stands for.

The phrases are data (`data/likelihood.yaml`): ICD 203 first, then the CAPphrase survey of readers. The
interval is the *text's* likelihood, never the program's trust in its own extraction.
"""

import re
from functools import cache
from importlib.resources import files

import yaml

from foreshock.model.vocabulary import Kind
from foreshock.read.decode import CharSpan


@cache
def _phrases() -> tuple[dict[str, tuple[float, float]], re.Pattern[str]]:
    """Every phrase with its interval, and the pattern that finds the longest of them."""
    data = yaml.safe_load((files("foreshock") / "data" / "likelihood.yaml").read_text(encoding="utf-8"))
    intervals: dict[str, tuple[float, float]] = {}
    for part in ("hedges", "survey", "icd203"):
        for bounds, phrases in data[part].items():
            low, high = (int(bound) / 100 for bound in str(bounds).split("-"))
            intervals.update({str(phrase): (low, high) for phrase in phrases})
    longest_first = sorted(intervals, key=len, reverse=True)
    alternatives = (
        re.escape(phrase).replace(r"…", r"(?:[\w’'-]+ ){0,2}").replace(r"\ ", r"\s+")
        for phrase in longest_first
    )
    return intervals, re.compile(r"(?<![\w’'-])(?:" + "|".join(alternatives) + r")(?![\w-])", re.IGNORECASE)


def interval_of(phrase: str) -> tuple[float, float] | None:
    """The interval of probabilities that the yardstick gives a phrase; null where it knows none of its words.

    A phrase around a known one (*is very likely to*) takes the longest known one in it.
    """
    intervals, pattern = _phrases()
    folded = re.sub(r"\s+", " ", phrase.casefold().strip())
    if folded in intervals:
        return intervals[folded]
    found = [re.sub(r"\s+", " ", match.group(0).casefold()) for match in pattern.finditer(folded)]
    known = [phrase for phrase in found if phrase in intervals]
    return intervals[max(known, key=len)] if known else None


def find(text: str, clause: CharSpan, trigger: CharSpan, kind: Kind) -> CharSpan | None:
    """The likelihood phrase of a statement's clause: the nearest before its trigger, else the nearest after.

    Only forecasts are searched; in other kinds these words mean permission, ability or obligation.
    """
    if kind is not Kind.FORECAST:
        return None
    _, pattern = _phrases()
    hits = [(m.start(), m.end()) for m in pattern.finditer(text, clause[0], clause[1])]
    before = [hit for hit in hits if hit[0] < trigger[1]]
    if before:
        return before[-1]
    return hits[0] if hits else None


def widest(text: str, span: CharSpan, clause: CharSpan) -> CharSpan:
    """The longest known phrase in the clause that overlaps `span`, else `span` itself."""
    _, pattern = _phrases()
    for match in pattern.finditer(text, clause[0], clause[1]):
        if match.start() < span[1] and span[0] < match.end():
            return min(span[0], match.start()), max(span[1], match.end())
    return span
