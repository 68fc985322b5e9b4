"""Whether a report bears on a prediction at all: less than this is chance, whatever it weighs."""

import re
from collections.abc import Callable

from foreshock.ledger.outcomes.amounts import in_digits
from foreshock.ledger.outcomes.reports import DATELINE, Report
from foreshock.ledger.outcomes.sought import RAREST, TELLING, Sought
from foreshock.ledger.words import country_stems, rarity, with_kin
from foreshock.model.prediction import ForecasterKind
from foreshock.model.vocabulary import Precision
from foreshock.read.numerals import number_of

LEAST_TELLING = 2
"""Telling words that a report must share where it shares no act."""
MOST_WORDS = 0.6
"""Least share of a prediction's words, by rarity, that a report must hold where they tell no act."""
HALF_TOLD = 0.5
"""Least share of a prediction's words by which a report of its country counts as told there, where none is named."""
ALONE = 4.0
"""Least rarity of the only telling word of a prediction for it to be enough: in fewer than about one text of fifty."""


_WHOLE = re.compile(
    r"(?<!of )(?<!at )\ball\b(?!\s+(?:the\s+same|over|along|together|in\s+all))|\b(?:entire|whole|every)\b"
    r"(?!\s+(?:second|third|other|few|day|week|month|year|night|time)\b)",
    re.IGNORECASE,
)
"""Words by which the whole of a thing is foretold."""
_PART = re.compile(
    r"\b(?:all but(?!\s+(?:certain|complete|finished|over))|almost all|nearly all|most of|half of|two thirds of|"
    r"three quarters of|a (?:third|quarter|fifth|tenth) of)\b(?!\s+(?:a|an)\b)",
    re.IGNORECASE,
)
"""Words for less than the whole; *a quarter of a million* is a number."""
_NUMBER = (
    r"(?:\d[\d,]*(?:\.\d+)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?))"
)
_OUT_OF = re.compile(
    rf"(?<![\w.,])(?P<some>{_NUMBER})(?:\s+[\w’'-]+){{0,2}}?\s+"
    rf"(?:out\s+of\s+(?:(?:the|its|their)\s+)?|of\s+(?:the|its|their)\s+)(?P<all>{_NUMBER})(?!\w)",
    re.IGNORECASE,
)
"""*2.9 billion francs out of 12.7*, *two piles of four*, *600 of the 1,200*."""


def bears(sought: Sought, report: Report, shared: bool, alike: bool, where: float) -> bool:
    """Whether a report tells the same act (`shared`) and one thing more, or enough of the words, of the same people.

    `alike` says that the two documents tell one story, which is one thing more; `where` is the feature *whereabouts*.
    """
    if bars_to(sought, report):
        return False
    telling = {word for word in (sought.own | sought.doers) & report.stems if rarity(word) >= TELLING}
    one_more = alike or _one_more(sought, report, telling, where)
    return (shared and one_more) or _enough(sought, report, telling)


def bars_to(sought: Sought, report: Report) -> tuple[Callable[[Sought, Report], bool], ...]:
    """Why a report can't show a prediction, however near its words are: others did it, less came of it, it tells
    what the prediction hangs on, or of another town or region; empty where it can."""
    wrong = (of_others, _short_of_it, _part_of_it, of_condition, _of_another_place, _of_another_region)
    return tuple(one for one in wrong if one(sought, report))


def of_condition(sought: Sought, report: Report) -> bool:
    """Whether a report shares more words, by rarity, with the condition than with the thing foretold."""
    hangs_on, own = (sum(map(rarity, words & report.stems)) for words in (sought.hangs_on, sought.own))
    return hangs_on > own


def _of_another_place(sought: Sought, report: Report) -> bool:
    """Whether a report tells the act of one town, and another town is the one sought: *took Mellit, north of El Fasher*
    does not show that El Fasher falls."""
    place = report.statement.place
    if place is None or place.precision is not Precision.POINT or not sought.place or sought.place == sought.admin1:
        return False
    return bool(sought.senses & report.senses) and sought.place.casefold() not in report.places


def _of_another_region(sought: Sought, report: Report) -> bool:
    """Whether a report is placed in another first-level region than the one that an alert of the program's own is of.

    An alert is of its region by the figures it was raised on; the region of a text's forecast is a reader's reading.
    """
    place, region = report.statement.place, sought.prediction.criterion.admin1
    if sought.prediction.forecaster_kind is not ForecasterKind.PROGRAM or region is None or place is None:
        return False
    return place.admin1 is not None and place.admin1.casefold() != region.casefold()


def names(sought: Sought, report: Report) -> bool:
    """Whether a report's sentence names anybody or anything that is sought, in one of the words for it; and, where the
    prediction names somebody, whether they are named there or around it: Sidorov's seat is not Orlov's."""
    named, told = sought.particular | sought.anchors, with_kin(report.stems | report.others)
    return (not named or bool(named & told)) and (not sought.whom or bool(sought.whom & (told | report.around)))


def of_others(sought: Sought, report: Report) -> bool:
    """Whether those who act in a report are of other countries than those who were to act: Russia's army is not
    Belarus's."""
    return bool(sought.whose and report.whose and not sought.whose & report.whose)


def _short_of_it(sought: Sought, report: Report) -> bool:
    """Whether every figure of a report lies below the one foretold."""
    told = in_digits(DATELINE.sub("", report.sentence)) if sought.least is not None else []
    return sought.least is not None and bool(told) and max(told) < sought.least


def _part_of_it(sought: Sought, report: Report) -> bool:
    """Whether a report tells so many of so many, or *most of them*, where all are foretold: *2.9 billion out of 12.7*
    is not the whole sum."""
    whole = _WHOLE.search(sought.words) is not None and _PART.search(sought.words) is None
    return whole and told_in_part(report.sentence)


def told_in_part(sentence: str) -> bool:
    """Whether a sentence tells so many of so many, and fewer than all."""
    if _PART.search(sentence) is not None:
        return True
    pairs = ((_number(found["some"]), _number(found["all"])) for found in _OUT_OF.finditer(sentence))
    return any(some is not None and whole is not None and some < whole for some, whole in pairs)


def _number(words: str) -> float | None:
    """The number that one word tells; null where it tells none."""
    return float(words.replace(",", "")) if words[0].isdigit() else number_of(words)


def _enough(sought: Sought, report: Report, telling: set[str]) -> bool:
    """Whether a report shares two telling words. Where the prediction's words tell no act, it has to hold most of them;
    one is then enough where it is rare and the only one that tells."""
    if sought.senses:
        return len(telling) >= LEAST_TELLING
    alone = {word for word in sought.own if rarity(word) >= TELLING} - country_stems()
    only = len(alone) == 1 and alone <= telling and rarity(min(alone)) >= ALONE
    return _held(sought, report) >= MOST_WORDS and (only or len(telling) >= LEAST_TELLING)


def _one_more(sought: Sought, report: Report, telling: set[str], where: float) -> bool:
    """Whether a report of the same act shares a telling word more, or the place or people sought.

    People named only around the report, and not in its sentence, count where it tells the act in the prediction's own
    word: *the president will fall* is not shown by *seized the city*, because he is named elsewhere on the page.
    """
    acts = {word for words in sought.acts.values() for word in words}
    if telling - acts:
        return True
    same_place = where >= 2 or not sought.anchors & (report.stems | report.around | report.others)
    return where >= 1 and (same_place or bool((acts | sought.anchors) & report.stems))


def told_at_home(sought: Sought, report: Report) -> bool:
    """Whether a report tells the act, and half of what is foretold, of the country that the prediction is about."""
    country = sought.prediction.country
    here = report.country == country if report.country else country in report.home
    return here and bool(sought.senses & report.senses) and _held(sought, report) >= HALF_TOLD


def _held(sought: Sought, report: Report) -> float:
    """The share, by rarity, of the clause's words that the report's sentence holds."""
    own = {word: min(rarity(word), RAREST) for word in sought.own}
    whole = sum(own.values())
    return sum(weight for word, weight in own.items() if word in report.stems) / whole if whole else 0.0
