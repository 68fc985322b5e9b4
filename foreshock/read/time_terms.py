"""Terms that begin with the act that sets them: *jailed for 24 years*, *extended the mandate by a month*.

What is told of as news runs from its publication on, though the act is past: so the corpus's training split has all
seven, give or take two days. What is told of in passing, or is over, does not (*Kan, who was jailed for two years*).
"""

import re

from foreshock.read.decode import CharSpan
from foreshock.read.time_rules import MEASURE
from foreshock.read.times import in_whole_units

_term = re.compile(rf"(?:for(?: up to)?|(?P<by>by))\s+(?!an?\s+\w+(?:nd|rd|th)\b)(?:{MEASURE})", re.IGNORECASE)
_measured = re.compile(r"for\s+(?:almost|nearly|more\s+than|over|about|around)\b", re.IGNORECASE)
"""A stretch that was measured: a term that is set has its number, but for sentences (*jailed for over a year*)."""
_sets = re.compile(
    r"(?:(?P<prolongs>extend(?:ed|s|ing)?|extension|prolong(?:ed|s|ing)?|renew(?:ed|s|ing)?$)"
    r"|(?P<bars>bann(?:ed|ing)|bans|(?P<keeps_out>barr(?:ed|ing)|bars)|suspend(?:ed|s|ing)?|froze|frozen|freez(?:es|ing)|disqualif\w+)"
    r"|(?P<convicts>jail(?:ed|s|ing)|sentenc(?:ed|es|ing)|imprison(?:ed|s|ing))|(?P<imposes>impos(?:ed|es|ing))"
    r"|(?:declar|proclaim)(?:ed|es|ing|s)?\s.*\bemergency)\b",
    re.IGNORECASE | re.DOTALL,
)
_with_a_term = re.compile(
    r"\b(?:curfews?|bans?|lockdowns?|shutdowns?|blackouts?|restrictions?|moratoriums?|quarantines?|suspensions?|fre+zes?"
    r"|emergency|martial law|measures?|detention)\b",
    re.IGNORECASE,
)
"""What is imposed for a term; taxes, a blockade and harsh rule last until something ends them."""
_in_passing = re.compile(r"\b(?:who|which)\s+(?:[\w’'-]+\s+){0,4}$", re.IGNORECASE)
_begins = re.compile(r"(?:^|[.,;\n])\s*$")
_is_over = re.compile(
    r",?\s+(?:and|but|then|before|until|later)\s+(?:(?:then|later|being|was|it|he|she|they)\s+){0,2}"
    r"(?:resum|releas|freed|reopen|restor|pardon|lift(?:ed|ing)\s+(?:it|them)\b)",
    re.IGNORECASE,
)
"""Behind a term that is served already: *suspended aid for a week, then resumed it*."""
_from_what = re.compile(r"\bfrom\b", re.IGNORECASE)
"""Behind *barred*: who bars a road does so until it is open again."""
_lasts = re.compile(r"\b(?:has|have|had)\s+(?:\w+\s+)?been\s+$", re.IGNORECASE)
_apposition = re.compile(r",[^,]*,\s*$")
_other_clause = re.compile(
    r"[.;:,\n]|\b(?:who|which|that|after|when|and\s+(?:\w+ed|then|ha[sd]|have|w(?:as|ere)|fought|held|kept))\b",
    re.IGNORECASE,
)
_REACH_BEFORE, _REACH_AROUND = 20, 60


def begins_with_act(text: str, span: CharSpan, trigger: CharSpan) -> bool:
    """Whether the time at `span` is a term that the act at `trigger` sets, and that runs from it on.

    It stands behind the act, in its clause. What *has been banned for two years* is so since then.
    """
    term, act = _term.fullmatch(in_whole_units(text[slice(*span)])), _sets.match(text, *trigger)
    if term is None or act is None or span[0] < trigger[1] or (term["by"] and not act["prolongs"]):
        return False
    if act["bars"] and _lasts.search(text, max(0, trigger[0] - _REACH_BEFORE), trigger[0]):
        return False
    if act["keeps_out"] and not _from_what.search(text, trigger[1], span[0]):
        return False
    if act["imposes"] and not _with_a_term.search(text, max(0, trigger[0] - _REACH_AROUND), span[0]):
        return False
    if not term["by"] and _lies_back(text, span, trigger, rounded=act["convicts"] is not None):
        return False
    return _other_clause.search(_apposition.sub(" ", text[trigger[1] : span[0]])) is None


def _lies_back(text: str, span: CharSpan, trigger: CharSpan, rounded: bool) -> bool:
    """Whether a stretch *for* so long is told as what was: in passing (*jailed for two years, Kan led on*), as over, or
    as measured unless terms of the act are `rounded`."""
    alone = text[trigger[1] : span[0]].isspace() and text.startswith(",", span[1])
    if alone and _begins.search(text, max(0, trigger[0] - 2), trigger[0]):
        return True
    if _in_passing.search(text, max(0, trigger[0] - _REACH_AROUND), trigger[0]) or _is_over.match(text, span[1]):
        return True
    return not rounded and _measured.match(text, *span) is not None
