"""Terms that begin with the act that sets them: *jailed for 24 years*, *extended the mandate by a month*.

What is told of as news runs from its publication on, though the act is past: so the corpus's training split has all
seven, give or take two days.
"""

import re

from foreshock.read.decode import CharSpan
from foreshock.read.time_rules import MEASURE

_term = re.compile(rf"(?:for(?: up to)?|(?P<by>by))\s+(?!an?\s+\w+(?:nd|rd|th)\b)(?:{MEASURE})", re.IGNORECASE)
_sets = re.compile(
    r"(?:(?P<prolongs>extend(?:ed|s|ing)?|extension|prolong(?:ed|s|ing)?|renew(?:ed|s|ing)?$)"
    r"|(?P<bars>bann(?:ed|ing)|bans|barr(?:ed|ing)|bars|suspend(?:ed|s|ing)?|froze|frozen|freez(?:es|ing)|disqualif\w+)"
    r"|jail(?:ed|s|ing)|sentenc(?:ed|es|ing)|imprison(?:ed|s|ing)|impos(?:ed|es|ing)"
    r"|(?:declar|proclaim)(?:ed|es|ing|s)?\s.*\bemergency)\b",
    re.IGNORECASE | re.DOTALL,
)
_lasts = re.compile(r"\b(?:has|have|had)\s+(?:\w+\s+)?been\s+$", re.IGNORECASE)
_apposition = re.compile(r",[^,]*,\s*$")
_other_clause = re.compile(
    r"[.;:,\n]|\b(?:who|which|that|after|when|and\s+(?:\w+ed|then|ha[sd]|have|w(?:as|ere)|fought|held|kept))\b",
    re.IGNORECASE,
)
_REACH_BEFORE = 20


def begins_with_act(text: str, span: CharSpan, trigger: CharSpan) -> bool:
    """Whether the time at `span` is a term that the act at `trigger` sets, and that runs from it on.

    It stands behind the act, in its clause. What *has been banned for two years* is so since then.
    """
    term, act = _term.fullmatch(text, *span), _sets.match(text, *trigger)
    if term is None or act is None or span[0] < trigger[1] or (term["by"] and not act["prolongs"]):
        return False
    if act["bars"] and _lasts.search(text, max(0, trigger[0] - _REACH_BEFORE), trigger[0]):
        return False
    return _other_clause.search(_apposition.sub(" ", text[trigger[1] : span[0]])) is None
