"""How likely two statements, or what two documents say of an act, are about one: features and weights."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from foreshock.corroborate.events.figures import meet
from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.events.score import dot
from foreshock.model.event import Act, Part
from foreshock.model.vocabulary import QUADS, EventType

_QUAD: Final = {name.value: quad for quad, names in QUADS.items() for name in names}
_NEAR_DAYS: Final = 1
_NEWS_DAYS: Final = 31
"""Days before a text within which lies what it tells as news."""
_MONTHS_DAYS: Final = 62
_STRUCK: Final = EventType.ASSAULT.value
_MUTUAL: Final = "x-clash"
_TOLL: Final = "killed"


@dataclass(frozen=True)
class ActFeature:
    """One piece of evidence that two statements tell of one act."""

    name: str
    value: Callable[[Act, Act], float]


def comparable(a: Act, b: Act) -> bool:
    """Whether the two could tell of one act at all: of one PLOVER quad, of one country, not turned round."""
    if _QUAD[a.type] != _QUAD[b.type] or crossed(a, b):
        return False
    return a.country is None or b.country is None or a.country == b.country


def crossed(a: Act, b: Act) -> bool:
    """Whether who struck whom is turned round: *A killed B*, *B killed A*. Such acts never meet in one event.

    Where only one of them is known on both sides (*A killed nine*, *C killed five of A*), both must tell a toll, and
    not one that may be the same of the same people. Those on both sides of one act (a clash) say nothing.
    """
    if a.type != _STRUCK or b.type != _STRUCK or _MUTUAL in (a.mode, b.mode):
        return False
    did, suffered = a.did - a.suffered, a.suffered - a.did
    other_did, other_suffered = b.did - b.suffered, b.suffered - b.did
    one_way, other_way = bool(did & other_suffered), bool(suffered & other_did)
    if one_way and other_way:
        return True
    if (not one_way and not other_way) or did & other_did or _TOLL not in a.counts or _TOLL not in b.counts:
        return False
    return not (a.suffered & b.suffered and meet(a.counts[_TOLL], b.counts[_TOLL]))


def _type(a: Act, b: Act) -> float:
    """1 for the same type and mode, one of which may be missing; 0.5 for another mode; -1 for another type."""
    if a.type != b.type:
        return -1.0
    return 1.0 if a.mode == b.mode or a.mode is None or b.mode is None else 0.5


def _place(a: Act, b: Act) -> float:
    """1 in one settlement or district, 0.5 in one province, -1 in different ones, 0 where either is unknown."""
    if a.place is not None and b.place is not None:
        return 1.0 if a.place == b.place else -1.0
    if a.admin1 is not None and b.admin1 is not None:
        return 0.5 if a.admin1 == b.admin1 else -1.0
    return 0.0


def _days(a: Act, b: Act) -> float:
    """1 where both were told to the day and are a day apart at most; -2 where their days cannot meet, -1 where one is
    what happened over months and the other is not.

    Where no day is known, the day of the week that both name counts: 0.5 for the same, -1 for another.
    """
    if a.day and b.day and (gap := _gap(a, b)) is not None:
        return 1.0 if gap <= _NEAR_DAYS else -2.0
    if _cannot_meet(a, b):
        return -2.0
    if _over_months(a) != _over_months(b):
        return -1.0
    if not a.weekdays or not b.weekdays:
        return 0.0
    return 0.5 if a.weekdays & b.weekdays else -1.0


def _gap(a: Act, b: Act) -> int | None:
    """Days between the two, 0 where they can be of one day; null where the days of either are unknown."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return max(a.first - b.last, b.first - a.last, 0)


def _cannot_meet(a: Act, b: Act) -> bool:
    """Whether the days told exclude each other. Of a text of which only the month is known, what it tells without a day
    is of that month or of the one before: news, and not what was in December two years ago."""
    gap = _gap(a, b)
    if gap is None or gap <= 2 * _NEAR_DAYS:
        return False
    if not _of_some_month(a) and not _of_some_month(b):
        return True
    if a.assumed and b.assumed:
        return False
    news, told = (a, b) if a.assumed else (b, a)
    before = news.first is not None and told.last is not None and told.last < news.first
    return not before or gap > _NEWS_DAYS


def _of_some_month(act: Act) -> bool:
    """Whether no day is told, nor known of the text."""
    return act.assumed and act.first != act.last


def _over_months(act: Act) -> bool:
    """Whether it is told over more than two months: a sum (*since 2014*), or what lasts."""
    told = not act.assumed and act.first is not None and act.last is not None
    return told and (act.last or 0) - (act.first or 0) > _MONTHS_DAYS


def _counts(a: Act, b: Act) -> float:
    shared = [name for name in a.counts if name in b.counts]
    if not shared:
        return 0.0
    return 1.0 if any(meet(a.counts[name], b.counts[name]) for name in shared) else -0.5


def _actors(a: Act, b: Act) -> float:
    if not a.entities or not b.entities:
        return 0.0
    return 1.0 if a.entities & b.entities else -1.0


def _words(a: Act, b: Act) -> float:
    return dot(a.words, b.words)


ACT_FEATURES: Final = (
    ActFeature("type", _type),
    ActFeature("place", _place),
    ActFeature("days", _days),
    ActFeature("counts", _counts),
    ActFeature("actors", _actors),
    ActFeature("words", _words),
)


@cache
def _weighed() -> tuple[float, float, tuple[tuple[Callable[[Act, Act], float], float], ...]]:
    weights = rules().acts
    return weights["intercept"], weights["story"], tuple((one.value, weights[one.name]) for one in ACT_FEATURES)


def act_score(a: Act, b: Act, story: float) -> float:
    """Log-odds that two statements tell of one act; `story`: the probability that their documents share an event."""
    total, of_story, features = _weighed()
    total += of_story * story
    for value, weight in features:
        total += weight * value(a, b)
    return total


def act_explained(a: Act, b: Act, story: float) -> list[Part]:
    """The score's parts, the heaviest contribution first, those that add nothing left out."""
    weights = rules().acts
    parts = [Part(one.name, round(one.value(a, b), 4), weights[one.name]) for one in ACT_FEATURES]
    parts += [Part("story", round(story, 4), weights["story"]), Part("intercept", 1.0, weights["intercept"])]
    return sorted((one for one in parts if one.contribution), key=lambda one: (-abs(one.contribution), one.feature))
