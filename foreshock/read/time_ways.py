"""Times that lie the other way than their statement's kind: *promised in March to send troops*, *put off to April*.

What is promised lies ahead, but not the day of the promise; what is reported lies back, but not the day for which a
vote is set. Only times without their year can lie either way.
"""

import re
from dataclasses import replace

from foreshock.read.decode import CharSpan
from foreshock.read.time_spans import MONTH_WRITTEN
from foreshock.read.times import Reference, resolve

_decided = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeen )(?<!\bwas )(?<!\bwere )\b"
    r"(?:(?!need|expect)[a-z]+ed|swore|told|left|undertook|met|went|came|said|took|flew|chose|wrote)\b"
)
"""A verb in the past that governs an infinitive: *decided*, *flew*; not *is expected*."""
_would = re.compile(r"\b(?:will|would|shall|should|must|may|might|could|can|to)\b", re.IGNORECASE)
_infinitive = re.compile(r"[^.;:,\n]*?\bto\s+(?:\w+\s+)?$")
_for_a_day = re.compile(
    r"(?:for|until|till|by|from|within|in time|after|before(?!\s+(?:dawn|noon|dark)))\b", re.IGNORECASE
)
_clause = re.compile(r"[.;:,\n]")
_sets = re.compile(
    r"(?:postpon|put\w*\s(?:\w+\s){0,3}off|push\w*\s(?:\w+\s){0,3}back|mov(?:ed|es|ing)\b|delay|defer|reschedul|adjourn"
    r"|sets?\b|schedul|slated|fix(?:ed|es|ing)\b|planned|call(?:ed|s|ing)\b|promised|summon)",
    re.IGNORECASE,
)
_to_a_day = re.compile(r"\b(?:to|until|till|for)\s+(?:the\s+)?$", re.IGNORECASE)
_leads = re.compile(r"(?:to|until|till|for)\s", re.IGNORECASE)
_of_a_thing = re.compile(r"[’']s?\b")
_calendar = re.compile(rf"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{MONTH_WRITTEN})\b")


def turned(text: str, span: CharSpan, trigger: CharSpan, words: str, today: Reference) -> Reference:
    """`today`, looking the other way where the time at `span`, whose `words` are read, lies there."""
    if today.ahead:
        return replace(today, ahead=not _told_before(text, span, trigger))
    return replace(today, ahead=_set_for(text, span, trigger) and _nearer_ahead(words, today))


def _told_before(text: str, span: CharSpan, trigger: CharSpan) -> bool:
    """Whether the time at `span` is that of a verb in the past on which the act at `trigger` hangs with *to*.

    *The House on Tuesday resolved to summon him*, *flew out on Thursday to sign the accord*.
    """
    if span[1] > trigger[0] or _for_a_day.match(text, *span) or not _calendar.search(text, *span):
        return False
    between = text[span[1] : trigger[0]]
    if not _infinitive.match(between):
        return False
    start = max((match.end() for match in _clause.finditer(text, max(0, span[0] - 200), span[0])), default=0)
    governing = text[start : span[0]] + " " + between[: between.rindex("to")]
    return _decided.search(governing) is not None and _would.search(governing) is None


def _set_for(text: str, span: CharSpan, trigger: CharSpan) -> bool:
    """Whether the time at `span` is the one for or to which the act at `trigger` sets something.

    *Local elections were postponed to April*, *called a march for Friday*.
    """
    if _sets.match(text, *trigger) is None or span[0] < trigger[1] or _of_a_thing.match(text, span[1]):
        return False
    if _calendar.search(text, *span) is None:
        return False
    lead = text[trigger[1] : span[0]]
    led = _leads.match(text, *span) is not None or _to_a_day.search(lead) is not None
    return led and _clause.search(lead) is None


def _nearer_ahead(words: str, reference: Reference) -> bool:
    """Whether a time without its year is nearer looking ahead than looking back."""
    back, ahead = (resolve(words, replace(reference, ahead=way)).start for way in (False, True))
    return back is not None and ahead is not None and ahead - reference.date < reference.date - back
