"""Odds that are graded behind their noun: *the probability of a coup is low* tells what *low probability* tells."""

import re
from collections.abc import Iterator

from foreshock.read.decode import CharSpan

_lead = (
    r"(?:(?<![\w’'-])(?:the|its|their)\s+(?:[\w-]+\s+)?|^|\n\s*|(?<=[^\w\s])\s*"
    r"|\b(?:and|but|that|while|though|although)\s+)"
)
"""What stands before a noun that is graded itself: not *there is a risk*, of which something else may be low."""
_is = r"(?:is|are|was|were|remains?|stays?|seems?|looks?|appears?)(?:\s+(?:now|still|currently|also|therefore|only))?"
_assessed = r"(?:\s+(?:assessed|judged|rated|considered|deemed|thought|seen|regarded|estimated)(?:\s+(?:as|to\s+be))?)?"
_other_clause = r"(?:while|where|because|whose|since|as(?!\s+of\b))"
"""What begins a clause in which something else may be low: *the risk that it mutinies as morale is low*."""
_graded = re.compile(
    rf"{_lead}(?P<told>(?P<noun>likelihood|probability|chances?|odds|risks?)(?:\s+(?!{_other_clause}\b)[\w’'-]+){{0,12}}?\s+(?:{_is}{_assessed}|as)"
    r"\s+(?:(?P<very>very|extremely|exceptionally)\s+|(?:quite|rather|fairly|relatively|now|still|only)\s+)?"
    r"(?P<grade>low|small|slim|slight|minimal|negligible|remote|moderate|medium|high))"
    r"(?=\s*(?:[^\w\s-]|$)|\s+(?:that|in|for|on|at|to|before|after|until|by|during|across|within|through|this|next|but|and"
    r"|as|if|unless|because|since|given|while)\b)",
    re.IGNORECASE,
)
_NOUNS = {"chances": "chance", "odds": "chance", "risks": "risk"}


def graded(text: str, start: int, end: int) -> Iterator[CharSpan]:
    """The words from each noun for odds to its grade, between `start` and `end`."""
    return (found.span("told") for found in _graded.finditer(text, start, end))


def before_noun(phrase: str) -> list[str]:
    """A grade put before its noun as the yardstick has it, with its *very* first: *very high likelihood*, *high
    likelihood*; empty where `phrase` holds none."""
    found = _graded.search(phrase)
    if found is None:
        return []
    plain = f"{found['grade']} {_NOUNS.get(found['noun'], found['noun'])}"
    return [f"very {plain}", plain] if found["very"] else [plain]
