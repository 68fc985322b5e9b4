"""What the reader takes for a prediction and the ledger does not enter, and why.

A heading, a question, what was foretold long since, what is only allowed, what is of today, and a speaker's own small
doings.
"""

import re
from collections.abc import Sequence
from functools import cache

from foreshock.ledger.horizons.horizon import EXPRESSION
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.outright import looks_back, odds_in
from foreshock.ledger.speakers.phrases import any_word
from foreshock.model.prediction import Prediction
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Kind
from foreshock.read.segment import unwrapped
from foreshock.read.time_spans import MONTH_WRITTEN

PREDICTED = (Kind.FORECAST, Kind.COMMITMENT)

_HEADING = re.compile(
    r"^(?:(?:what|how|whom?|where|when|why|whether|which (?!(?:is|are)\b)\w+)|(?:\w+ )?things?) to \w+", re.IGNORECASE
)
"""What a text is about and no forecast: *what to expect of Mali this year*, and not *which is to open in May*."""
_WAS_TO = re.compile(r"^(?:which|who) (?:was|were) to\b", re.IGNORECASE)
"""How one tells of a plan of before: *the airport, which was to open in September*."""
_OWN_PLAN = re.compile(r"^(?:that )?(?:I|you|we)\b", re.IGNORECASE)
_OWN_VIEW = re.compile(
    r"(?:that )?(?:I|we)(?:\s(?:still|therefore|now))?\s(?:do not|don['’]t)\s(?:expect|foresee)\s(?!to\b)",
    re.IGNORECASE,
)
"""What is foretold as one's own view is more than one's own doings: *we still do not expect fighting*."""
_OF_US = re.compile(r"^(?:that )?we\b", re.IGNORECASE)
_TWICE = "one clause found twice"
_STOP = re.compile(r"[.?!;\n]")
"""What ends a sentence, or a part of one that is asked or told by itself."""
_ASKS = re.compile(
    r"\W*(?:(?:and|but|so|or|then)\s+)?(?:will|won['’]t|would|shall|should|can|could|may|might|is|isn['’]t|are|aren['’]t|"
    r"do|does|did|has|have|had|was|were|who|whom|whose|what|which|when|where|why|how)\b",
    re.IGNORECASE,
)
"""How a question begins."""
_BESIDE = re.compile(r"[,:—–(]|\s(?:and|but|or)\s", re.IGNORECASE)
"""Behind what is told, before what is asked: *they will go, won't they?*, *they will go, but when?*."""
_WHETHER = re.compile(
    r"(?<!\bdoubt)(?<!\bdoubts)(?<!\bdoubted)(?<!\bdoubtful)\swhether\s+"
    r"(?!to\s(?:[\w’'-]+\s+){0,9}(?:will|would|is|are|has|have|may|might|could)\s)(?:(?!or\b)[\w’'-]+\s+){0,10}$",
    re.IGNORECASE,
)
"""Before an act that is asked for indirectly; *it is doubtful whether they will go* foretells, and so does *a decision
on whether to go will be taken in May*."""
_UNKNOWN = re.compile(
    r"\b(?:asks?|asked|knows?|knew|wonders?|wondered|unclear|question\s+is|remains\s+to\s+be\s+seen|"
    r"(?:not|n['’]t|never|nobody|no one)\s+(?:(?:has|had|been|yet)\s+){0,2}"
    r"(?:say|said|tell|told|disclosed?|explain(?:ed)?))"
    r"\s+(?:who|whom|whose|which|what|when|where|why|how)\s+(?:[\w’'-]+\s+){0,10}$",
    re.IGNORECASE,
)
"""Before an act of which the rest is asked or not told: *has not said when it will go*."""
_ONCE_SAID = re.compile(
    r"\b(?:(?:I|we|this\s+(?:column|newspaper|paper|journal|institute))\s+(?:\w+\s+)?|(?P<another>had)\s+(?:once\s+|also\s+)?)"
    r"(?:said|wrote|written|thought|gave|given|put|predicted|expected|foretold|warned)\b"
    r"|\b(?:I|we|few|nobody|no\s?one|hardly\s+any(?:one|body)|most\s+(?:people|of\s+us)|many)\s+(?:(?:once|ever)\s+)?"
    r"(?:thought|believed|expected|foresaw|imagined|did(?:\s+not|n['’]t)\s+(?:think|believe|expect|foresee|imagine))\b",
    re.IGNORECASE,
)
"""What its speaker, or nobody in particular, once foretold or did not. A pledge that another *had* made stays one,
however late it is told."""
_LONG_SINCE = re.compile(
    rf"\b(?:last|in|of|since)\s+(?:(?:early|late|mid)[\s-]+)?(?-i:{MONTH_WRITTEN})\b"
    r"|\bin\s+(?:the\s+)?(?:spring|summer|autumn|winter|20\d\d)\b"
    r"|\blast\s+(?:spring|summer|autumn|winter|year|month)\b|\b(?:months?|years?)\s+ago\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(?:now|still|again|today|repeat\w*|and\s+(?:I|we)\s+(?:think|say|believe|expect))\b", re.IGNORECASE
)
_STANDS = re.compile(
    r"[^.?!\n]*?\b(?:still\s+(?:think|say|believe|expect|hold)|stand\s+by|(?:have|see)\s+no\s+(?:reason|cause)|"
    r"nothing\s+has\s+(?:(?:happened|come)\s+(?:since\s+)?to\s+)?(?:alter|change)\w*)\b",
    re.IGNORECASE,
)
"""Behind what was told long since and is meant today: *and nothing has happened to alter that view*."""
_TURNS = re.compile(r",\s+(?:but|yet)\s", re.IGNORECASE)
"""Before what is told of today: *a year ago nobody thought of a coup, but one could come*."""
_AHEAD_OF_TODAY = re.compile(r"\b(?:will|shall|won['’]t|is|are|has|have)\b|['’]ll\b", re.IGNORECASE)
_BARE = frozenset(("can", "may", "could", "might"))
_SO_THAT = re.compile(r"\bso\s+that\s+(?:[\w’'-]+\s+){0,8}$", re.IGNORECASE)
"""Before what is done for the sake of it: *so that the dead could be fetched*."""
_TO_NOBODY = re.compile(
    r"(?:^|[,:“\"]|\b(?:and|but|that))\s*"
    r"(?:one|(?:no\s?one|nobody|none|neither|any(?:one|body)|no)(?:\s[\w’'-]+){0,8}?)\smay\s(?:\w+\s)?$",
    re.IGNORECASE,
)
"""Before what is forbidden or free to all: *nobody may take out more*, *anyone may put forward a name*."""
_UNBIDDEN = re.compile(r"(?:survive|win|lose|die|fall|collapse|prevail|emerge)\b", re.IGNORECASE)
"""What no rule allows or forbids: *neither side may survive the year*."""
_NO_LONGER = re.compile(r"\bmay\s+no\s+longer\s+$", re.IGNORECASE)
_BY_WHEN = re.compile(
    r"\b(?:before|until|till|within|by\s+(?:the\s+end|\d|(?-i:[A-Z]))|this\s+year|"
    r"(?:next|coming)\s+(?:\w+\s+)?(?:day|week|month|year)|any\s+(?:moment|time|day|hour)\b)",
    re.IGNORECASE,
)
"""With which a *can* looks ahead: *this can last until 2026*, *the front can fall in the coming weeks*."""
_LOOKS_AHEAD = re.compile(
    r"\b(?:will|won['’]t|shall|would|going|to be|(?:is|are|was|were) (?:still )?to|may|might|could|can|should|must|if|"
    r"unless|until|till|before|by|next|tomorrow|tonight|soon|later|never|no longer|coming|ahead|future|due|bound|"
    r"(?:set|about) to|likely|unlikely|chances?|odds|risks?|prospect\w*|expect\w*|plan\w*|intend\w*|forecast\w*|"
    r"predict\w*|foresee\w*|agree\w*|promis\w*|pledg\w*|vow\w*|threat\w*|doubt\w*|surpris\w*|fear(?:s|ed)?|hope(?:s|d)?|bets?|"
    r"think\w*|believ\w*|awaits?|loom\w*|brink|verge|poised|head(?:s|ed|ing)?\s+(?:for|into|towards?))\b|"
    r"['’](?:ll|d|s to|re to)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words of a sentence that speaks of what is to come, however faintly."""
_TO_DO = re.compile(r"\bto\s+$", re.IGNORECASE)
"""Before an act that is still to be done: *Angola to send a battalion*."""
_LONGEST = 600
"""Characters of a sentence before a word that are looked at."""


def foretelling(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The forecasts and commitments of a text that are entered, one a clause."""
    return [one for one, reason in _sifted(text, statements) if reason is None]


def left_out(text: str, statements: Sequence[Statement]) -> dict[str, str]:
    """Why a text's forecasts and commitments that are not entered are left out, by the statement's id."""
    return {one.id: reason for one, reason in _sifted(text, statements) if reason is not None}


def _sifted(text: str, statements: Sequence[Statement]) -> list[tuple[Statement, str | None]]:
    """Each forecast and commitment of a text with why it is left out; null for one that is entered.

    No condition of another is entered, nor the same words under a second trigger.
    """
    text = unwrapped(text)
    wanted = [one for one in statements if one.kind in PREDICTED]
    reasons = {one.id: _unfit(text, one) for one in wanted}
    conditions = [one.condition for one in wanted if one.condition is not None and reasons[one.id] is None]
    sifted: dict[str, tuple[Statement, str | None]] = {}
    kept: list[Statement] = []
    for one in sorted(wanted, key=lambda s: (s.start, -(s.end - s.start), s.trigger.start)):
        reason = reasons[one.id]
        if any(c.start <= one.trigger.start < c.end and c is not one.condition for c in conditions):
            reason = reason or "the condition of another"
        twin = next((k for k in kept if same_clause(k, one)), None) if reason is None else None
        if twin is not None and twin.type is None and one.type is not None:
            kept[kept.index(twin)] = one
            sifted[twin.id] = twin, _TWICE
        elif twin is not None:
            reason = _TWICE
        elif reason is None:
            kept.append(one)
        sifted[one.id] = one, reason
    return list(sifted.values())


def same_clause(one: Statement | Prediction, other: Statement | Prediction) -> bool:
    """Whether two of one document stand in one clause: they share most of the shorter."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0.6 * min(one.end - one.start, other.end - other.start)


def _unfit(text: str, statement: Statement) -> str | None:
    """Why a statement taken for a prediction is none to hold anybody to; null for one that is."""
    if _private(statement):
        return "a speaker's own small doings"
    if looks_back(statement.text) or _told_before(text, statement):
        return "looks back on an earlier forecast"
    if _HEADING.match(statement.text):
        return "a heading, not a forecast"
    if _asked(text, statement):
        return "a question"
    if _allowed(text, statement):
        return "a permission, an ability or a purpose"
    return "tells nothing of what is to come" if _of_today(text, statement) else None


def _private(statement: Statement) -> bool:
    """A speaker's own small doings (*I will eat this column*, *you may meet them*), which bear on nobody's fate.

    What somebody quoted foretells of *us* is more than that, and so is what is given odds in a figure (*I would put it
    at one in four*).
    """
    odds = statement.likelihood
    if _OWN_VIEW.match(statement.text) and statement.type is not None:
        return False
    if (statement.sources and _OF_US.match(statement.text)) or (odds is not None and odds.low == odds.high):
        return False
    people = [person.text.casefold() for person in (*statement.actors, *statement.recipients)]
    return (
        _OWN_PLAN.match(statement.text) is not None and bool(people) and set(people) <= {"i", "you", "we", "me", "us"}
    )


def _asked(text: str, statement: Statement) -> bool:
    """Whether a clause is asked, outright or indirectly, and foretold by nobody.

    What somebody is asked to have said stays theirs: *did he not say that it would open in May?*.
    """
    before = text[_part_start(text, statement.trigger.start) : statement.trigger.start]
    if _WHETHER.search(before) or _UNKNOWN.search(before):
        return True
    mark = _STOP.search(text, statement.trigger.end)
    if mark is None or mark.group(0) != "?" or _said_that().search(before):
        return False
    return _ASKS.match(before) is not None or _BESIDE.search(text, statement.trigger.end, mark.start()) is None


def _told_before(text: str, statement: Statement) -> bool:
    """Whether the words before a clause in the past say that it was told long since, by its speaker or by nobody: *in
    January we wrote that it would be open*, *he had said in May that they would go*, *a year ago few thought that they
    would go*; *we wrote in May, and still think* is of this day."""
    before = text[_part_start(text, statement.trigger.start) : statement.trigger.start]
    said = _ONCE_SAID.search(before)
    if said is None or (said["another"] and statement.kind is Kind.COMMITMENT) or _STILL.search(before):
        return _WAS_TO.match(statement.text) is not None
    if not said["another"] and _STANDS.match(text, statement.end) is not None:
        return False
    if _TURNS.search(before, said.end()) is not None:
        return False
    when = before[: said.start()] + before[said.start() :].split(" that ")[0]
    told = text[max(statement.start, _part_start(text, statement.start)) : statement.end]
    return _LONG_SINCE.search(when) is not None and _AHEAD_OF_TODAY.search(told) is None


def _allowed(text: str, statement: Statement) -> bool:
    """Whether a bare *can*, *may*, *could* or *might* tells what somebody is able or allowed to do, or to what end."""
    odds = statement.likelihood.text.casefold() if statement.likelihood is not None else ""
    if statement.kind is not Kind.FORECAST or odds not in _BARE:
        return False
    before = text[_part_start(text, statement.trigger.start) : statement.trigger.start]
    allowed = any(one.search(before) for one in (_SO_THAT, _NO_LONGER)) or (
        _TO_NOBODY.search(before) is not None and _UNBIDDEN.match(text, statement.trigger.start) is None
    )
    return allowed or (odds == "can" and _BY_WHEN.search(statement.text) is None)


def _of_today(text: str, statement: Statement) -> bool:
    """Whether neither the odds, nor a time, nor any word of a forecast's sentence looks ahead: *he follows elections*,
    *candidates are picked*."""
    timed = statement.time is not None and statement.time.text
    ahead = timed or statement.likelihood is not None or _TO_DO.search(text, 0, statement.trigger.start)
    if statement.kind is not Kind.FORECAST or ahead:
        return False
    end = _STOP.search(text, statement.end)
    whole = text[_part_start(text, statement.start) : end.start() if end is not None else len(text)]
    return not (_LOOKS_AHEAD.search(whole) or EXPRESSION.search(whole) or odds_in(whole))


def _part_start(text: str, place: int) -> int:
    """Where the part of a sentence begins in which `place` stands."""
    return max((found.end() for found in _STOP.finditer(text, max(0, place - _LONGEST), place)), default=0)


@cache
def _said_that() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_word(lexicon().speech)})\s+that\b[^,:“”\"]*$", re.IGNORECASE)
