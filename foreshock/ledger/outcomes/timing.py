"""Whether a report speaks in time for a prediction: of its horizon, of the whole of it, or of a day too late."""

import datetime
import re
from functools import lru_cache

from foreshock.ledger.conditions import unconditioned
from foreshock.ledger.horizons.horizon import DATE, first_day
from foreshock.ledger.horizons.rephrasing import MONTH
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.outcomes.days import days_named
from foreshock.ledger.outcomes.matching import Match
from foreshock.ledger.outcomes.reports import DATELINE, Report
from foreshock.model.prediction import Prediction
from foreshock.model.vocabulary import Granularity
from foreshock.read.time_spans import Reference
from foreshock.read.times import resolve

GRACE = datetime.timedelta(days=45)
"""How long after the horizon a report may still tell of something inside it without saying when it was."""
LOOKING_BACK = datetime.timedelta(days=1100)
"""How long after the horizon a report that it did not come still counts: three years. What it denies has to reach back
to the horizon's first quarter where it says since when (*none has been issued this year*)."""
TOO_LATE = datetime.timedelta(days=75)
"""How long after the horizon a report that shows the thing then tells that it had not come before, and one of what was
to last that it has held."""
BEHIND = datetime.timedelta(days=400)
"""How long after the horizon a report may name a day inside it for what it tells beside."""
AT_ITS_END = datetime.timedelta(days=7)
"""How near the end of a stated horizon a day or stretch has to come for a report of it to tell how it ended; a quarter
of it where that is less."""
_PERFECT = re.compile(
    r"(?<!may )(?<!might )(?<!would )(?<!could )(?<!should )(?<!must )(?<!will )\b(?:has|have)\s+"
    r"(?:now\s+|finally\s+|also\s+)?(?:been\s+)?(?!need|children|women|often|even|seven)"
    r"(?:\w{3,}ed|\w{2,}en|won|begun|lost|left|paid|put|quit|cut|shut|met|held|sent|sold|told|made|gone|come|let|fled)\b",
    re.IGNORECASE,
)
"""A clause in the perfect: what is new."""
_BEFORE = re.compile(
    r"\b(?:since|already|ever|so far|until|still|over the|in the (?:last|past)|"
    r"for (?:\w+ ){0,3}(?:days?|weeks?|months?|years?|decades?))\b",
    re.IGNORECASE,
)
"""Words of a sentence in the perfect that tells of a longer time."""
_NOT_YET = re.compile(
    r"\bstill\s+(?:not|cannot|no|nobody|none|nothing|nowhere|without)\b|\bstill\s+\w+n['’]t\b|(?:\bnot|n['’]t)\s+yet\b|\byet\s+to\b",
    re.IGNORECASE,
)
"""Words of a *no* that reaches back, whatever its day."""
_EARLY = datetime.timedelta(days=8)
"""How long before the first day that counts, of those that it is foretold for, lies the last on which it was another
time."""
_ON_A_DAY = re.compile(
    rf"\b(?:on|for)\s+(?:the\s+(?:morning|afternoon|evening|night)\s+of\s+)?{DATE}|"
    rf"\b(?:in|during)\s+(?:(?:early|late|the\s+(?:first|second)\s+half\s+of)\s+)?{MONTH}(?!\w)(?:\s+20\d\d)?",
    re.IGNORECASE,
)
"""*On 3 May*, *on the evening of 24 November*, *in May*: the time for which a thing is foretold."""
_OTHERWISE_DUE = re.compile(
    r"\b(?:by|before|until|till|ahead of|prior to|up to|since|from|after|within|between|when|once|which|who|"
    r"that was)\b",
    re.IGNORECASE,
)
"""Words by which the day that a clause names may be another thing's, or its last: *before the vote on 3 May*."""
_SINCE = re.compile(r"(?:ever\s+)?since\b", re.IGNORECASE)
_NO_DAY = re.compile(r"(?:ever\s+)?(?:since|now|still|currently|at present|each|every|for)\b", re.IGNORECASE)
"""With what a time begins that names no day."""
_COUNTED = re.compile(r"\b(?:after|since)$", re.IGNORECASE)
"""With what a time ends that is counted from a day which the text does not name: *three days after the president had
launched it* is that day give or take two, and so tells of none."""
_AHEAD = re.compile(
    r"\b(?:will|won['’]t|would|to|['’]ll)\s+(?:(?:not|still|probably|likely|almost certainly|certainly|very|most)\s+)*",
    re.IGNORECASE,
)
"""Before the verb of what is foretold."""
_OF_A_DAY = re.compile(
    r"\bsurvive\s+(?:[\w’'-]+\s+){0,3}(?:votes?|motions?|readings?|ballots?|challenges?|referendums?|attempts?)\b",
    re.IGNORECASE,
)
"""What is survived in a day, however long before the horizon."""
SUREST_LATE = 1.0
"""Log-odds that such a report can weigh at most: it may be the second time."""


def in_time(prediction: Prediction, found: Match) -> bool:
    """Whether a match can tell of it in time; what must last has to last into the horizon's last quarter."""
    report = found.report
    if not opens_after(prediction) < report.happened <= prediction.by:
        return False
    if report.published > prediction.by + GRACE and report.happened >= report.published:
        return False
    return not (found.lasts or _endures(prediction)) or report.earliest >= _last_quarter(prediction)


@lru_cache(maxsize=1_000)
def opens_after(prediction: Prediction) -> datetime.date:
    """The day after which what would count may come; of what is foretold for a day or a month (*will vote on 3
    May*, *in May*), a week before that: what came long before was another time."""
    words = unconditioned(prediction.criterion.words, prediction.condition)
    if prediction.default_horizon or _OTHERWISE_DUE.search(words) is not None:
        return prediction.counts_after
    first = prediction.counts_after
    reference = Reference(prediction.made, prediction.made_granularity or Granularity.DAY, ahead=True)
    for found in _ON_A_DAY.finditer(words):
        told = resolve(found.group(0), reference)
        if told.end == prediction.by and told.start is not None:
            first = max(first, told.start - _EARLY)
    return first


def lasts(prediction: Prediction) -> bool:
    """Whether what is foretold has to last (*the ceasefire will stay in force until September*)."""
    words = prediction.criterion.words
    return any(lexicon().lasting.match(words, found.end()) is not None for found in _AHEAD.finditer(words))


def _endures(prediction: Prediction) -> bool:
    """Whether what is foretold itself has to last until a stated time: not *will vote to keep him*, nor *if told to
    stay, they will go*, nor *will survive the vote*, which is over in a day."""
    words = unconditioned(prediction.criterion.words, prediction.condition)
    if prediction.default_horizon or _OF_A_DAY.search(words) is not None:
        return False
    led = list(_AHEAD.finditer(words))
    led = [one for one in led if not one.group(0).casefold().startswith("to")] or led
    return any(lexicon().lasting.match(words, one.end()) is not None for one in led)


def named_in_time(prediction: Prediction, found: Match) -> bool:
    """Whether a report that comes after the horizon names a day inside it, and none after it, anywhere in its sentence
    (*flew out after he had been told on 3 August to go*), or has what it tells since then (*has been open since the
    middle of June*); what must last is not shown by a day."""
    report = found.report
    if found.lasts or not prediction.by < report.published <= prediction.by + BEHIND:
        return False
    held = report.since if _SINCE.match(_time_told(report)) else None
    days = (*days_named(report.sentence, report.reference), *([held] if held is not None else []))
    inside = any(day > opens_after(prediction) for day in days)
    return inside and all(day <= prediction.by for day in days)


def _time_told(report: Report) -> str:
    """The words in which a report gives its time; empty where it gives none."""
    time = report.statement.time
    return "" if time is None or time.text is None else time.text


def looks_back(prediction: Prediction, found: Match) -> bool:
    """Whether a match can speak for the whole horizon: told near its end or later, and not only of its last part, nor
    of a day long after it (*did not fall by March*, of another year). Before its end a *no* has to share a word of the
    clause: the same story alone may be told of another matter."""
    report, day = found.report, named_day(found)
    part = report.since is not None and report.since > _first_quarter(prediction)
    if part and not _of_its_end(prediction, found):
        return False
    if day is not None and prediction.by + TOO_LATE < day < report.published:
        return False
    if report.published <= prediction.by and not found.shares:
        return False
    return _last_quarter(prediction) <= report.earliest and report.published <= prediction.by + LOOKING_BACK


def _of_its_end(prediction: Prediction, found: Match) -> bool:
    """Whether a match tells, once a stated horizon is over, how things stood when it ended (*on 1 September his family
    still had a foundation and a heap of sand*), or soon after that it has not come yet (*on the 18th the hostages had
    still not been freed*)."""
    end, report = prediction.by, found.report
    if prediction.default_horizon or report.earliest < end:
        return False
    named, days = named_day(found), days_named(report.sentence, report.reference)
    near = min(AT_ITS_END, (end - prediction.counts_after) / 4)
    if any(abs(day - end) <= near for day in (*days, *([named] if named else []))):
        return True
    return report.published <= end + TOO_LATE and _NOT_YET.search(report.sentence) is not None


def too_late(prediction: Prediction, found: Match) -> bool:
    """Whether a match names a day soon after a horizon that was stated: one that names none may look back, and so may
    one whose time reaches into the horizon (*a month ago*), or that tells when what is over began (*the fair, which
    opened on 27 January, closed on Sunday*). What lasts has no such day, and where there is a condition the horizon may
    count from that."""
    report = found.report
    if named_day(found) is None or not told_after(prediction, report) or _began_inside(prediction, report):
        return False
    return found.showing and not (found.lasts or prediction.default_horizon or prediction.condition)


def told_after(prediction: Prediction, report: Report) -> bool:
    """Whether a report comes soon after the horizon and tells of a time after it, none of which reaches back."""
    if report.since is not None and report.since <= prediction.by:
        return False
    return (
        prediction.by < report.happened
        and prediction.by < report.earliest <= report.published <= prediction.by + TOO_LATE
    )


def _began_inside(prediction: Prediction, report: Report) -> bool:
    """Whether a sentence that tells an end names a day inside the horizon, be it in an aside."""
    if lexicon().over.search(report.sentence) is None:
        return False
    days = days_named(report.sentence.replace(",", " "), report.reference)
    return any(prediction.counts_after < day <= prediction.by for day in days)


def named_day(found: Match) -> datetime.date | None:
    """The last day that a report names for what it tells; null where it names none: *since the first of the month*,
    *now* and *each spring* end with the day of writing, and may have begun long before."""
    time = found.report.statement.time
    if time is None or time.text is None:
        return _news_day(found)
    unnamed = _NO_DAY.match(time.text) or _COUNTED.search(time.text)
    return None if time.granularity is Granularity.OPEN or unnamed else time.to


def last_day(found: Match) -> datetime.date | None:
    """The last day of the time that a report gives in words, be it that of writing; null where it gives none."""
    time = found.report.statement.time
    return time.to if time is not None and time.text is not None else _news_day(found)


def _news_day(found: Match) -> datetime.date | None:
    """The day of publication, where a sentence with a dateline tells in the perfect what is new: *RIGA, 13 May — The
    president has removed his minister*; null elsewhere."""
    line = DATELINE.match(found.report.sentence)
    if line is None:
        return None
    new = _PERFECT.search(found.report.statement.text) is not None
    return found.report.published if new and not _BEFORE.search(found.report.sentence, line.end()) else None


def _last_quarter(prediction: Prediction) -> datetime.date:
    return prediction.by - (prediction.by - prediction.counts_after) / 4


def _first_quarter(prediction: Prediction) -> datetime.date:
    first = max(
        first_day(prediction.text, prediction.made, prediction.made_granularity), prediction.first or prediction.made
    )
    return first + max(prediction.by - first, datetime.timedelta()) / 4
