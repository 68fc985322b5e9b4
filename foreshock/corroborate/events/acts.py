"""How likely two statements, or what two documents say of an act, are about one: features and weights."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from foreshock.corroborate.events.figures import Bounds, meet
from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.events.score import dot
from foreshock.corroborate.events.words import rarity
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
_CERTAIN_FIGURE: Final = 50
"""A figure that two texts share from which on it can hardly be so by chance."""
_OPEN_FIGURES: Final = 0.2
"""What figures say that can be the same but are not told alike (*at least 12*, 14)."""
_COMMON: Final = 2.0
"""Rarity (`words.rarity`) up to which a word that two clauses share says nothing: one in seven texts has it."""
_NEAR_CHARACTERS: Final = 200
"""Characters between two clauses of a text at which their nearness says a third of what it says in one place."""


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
    """1 in one settlement or district. That both were in one province says nothing: there much happens in a month."""
    return float(a.place is not None and a.place == b.place)


def _other_place(a: Act, b: Act) -> float:
    """1 in different provinces, 0.5 in different settlements of one: a suburb is the town, and the town its suburb."""
    if a.admin1 is not None and b.admin1 is not None and a.admin1 != b.admin1:
        return 1.0
    return 0.5 if a.place is not None and b.place is not None and a.place != b.place else 0.0


def _days(a: Act, b: Act) -> float:
    """1 where both were told to the day and are a day apart at most, 0.5 where no day is known and both name the same
    day of the week."""
    if a.day and b.day and (gap := _gap(a, b)) is not None:
        return float(gap <= _NEAR_DAYS)
    return 0.5 * bool(a.weekdays & b.weekdays)


def _other_days(a: Act, b: Act) -> float:
    """2 where both were told to days further apart, 1 where the days told exclude each other, 0.5 where one is what
    happened over months and the other is not, or other days of the week are named.

    What is told without a day is taken for news of its text, the less so the further down it stands, where most is
    recalled.
    """
    if a.day and b.day and (gap := _gap(a, b)) is not None:
        return 2.0 * (gap > _NEAR_DAYS)
    if _cannot_meet(a, b):
        return min(one.lead if one.assumed else 1.0 for one in (a, b))
    if _over_months(a) != _over_months(b):
        return 0.5
    return 0.5 * bool(a.weekdays and b.weekdays and not a.weekdays & b.weekdays)


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
    """Up to 1 for one figure in both, by how little it can be so by chance (*two dead* little, *47* much); 0 where
    figures differ, as first reports of one act do."""
    told = [(a.counts[name], b.counts[name]) for name in a.counts if name in b.counts]
    return max((_alike(*pair) for pair in told), default=0.0)


def _alike(one: Bounds, other: Bounds) -> float:
    if one == other and one[0] == one[1]:
        return min(1.0, math.log(max(1, one[0])) / math.log(_CERTAIN_FIGURE))
    return _OPEN_FIGURES if meet(one, other) else 0.0


def _other_counts(a: Act, b: Act) -> float:
    """How far apart the figures are that cannot be the same, 1 from twice as many on: a toll that rises from 9 to 10 is
    no other toll."""
    told = [(a.counts[name], b.counts[name]) for name in a.counts if name in b.counts]
    return min((_apart(*pair) for pair in told), default=0.0)


def _apart(one: Bounds, other: Bounds) -> float:
    if meet(one, other):
        return 0.0
    less, more = sorted((one, other))
    return min(1.0, math.log2(max(1, more[0]) / max(1, less[1] or 1)))


def _actors(a: Act, b: Act) -> float:
    if not a.entities or not b.entities:
        return 0.0
    return 1.0 if a.entities & b.entities else -1.0


def _doer(a: Act, b: Act) -> float:
    """Of all but violence, 1 where one does both and -1 where another does: two who condemn a raid, or who put
    sanctions on one man, are two acts. Who struck is told in too many ways for that (*gunmen*, a group's name)."""
    if _STRUCK in (a.type, b.type) or not a.did or not b.did:
        return 0.0
    shared = len(a.did & b.did) / min(len(a.did), len(b.did))
    return 2 * shared - 1


def _words(a: Act, b: Act) -> float:
    return dot(a.words, b.words)


def _rare(a: Act, b: Act) -> float:
    """Logarithm of how rare the words in both clauses are together: a name says more than a formula has words for."""
    return math.log1p(sum(max(0.0, rarity(word) - _COMMON) for word in a.words.keys() & b.words.keys()))


def _wide(a: Act, b: Act) -> float:
    return float(a.wide or b.wide)


ACT_FEATURES: Final = (
    ActFeature("type", _type),
    ActFeature("place", _place),
    ActFeature("other_place", _other_place),
    ActFeature("days", _days),
    ActFeature("other_days", _other_days),
    ActFeature("counts", _counts),
    ActFeature("other_counts", _other_counts),
    ActFeature("actors", _actors),
    ActFeature("doer", _doer),
    ActFeature("words", _words),
    ActFeature("rare", _rare),
    ActFeature("wide", _wide),
)
"""What is weighed alike between two texts and within one, with weights of their own for each."""


def story_of(a: Act, b: Act, story: float) -> float:
    """How much it says of two acts that their documents report one event: a news text tells that at its top, and of
    what stands further below it says little."""
    return story * min(a.lead, b.lead)


def near(a: Act, b: Act) -> float:
    """1 for two clauses in one place of a text, falling to 0 with the characters between them."""
    return math.exp(-abs(a.start - b.start) / _NEAR_CHARACTERS)


Weighed = tuple[float, float, tuple[tuple[Callable[[Act, Act], float], float], ...]]


@cache
def _between() -> Weighed:
    return _weighed(rules().acts, "story")


@cache
def _within() -> Weighed:
    return _weighed(rules().in_text, "near")


def _weighed(weights: Mapping[str, float], own: str) -> Weighed:
    return weights["intercept"], weights[own], tuple((one.value, weights[one.name]) for one in ACT_FEATURES)


def _total(a: Act, b: Act, own: float, weighed: Weighed) -> float:
    total, of_own, features = weighed
    total += of_own * own
    for value, weight in features:
        total += weight * value(a, b)
    return total


def act_score(a: Act, b: Act, story: float) -> float:
    """Log-odds that statements of two documents are of one act; `story`: the probability that both report one event."""
    return _total(a, b, story_of(a, b, story), _between())


def in_text_score(a: Act, b: Act) -> float:
    """Log-odds that two statements of one document tell of one act."""
    return _total(a, b, near(a, b), _within())


def act_explained(a: Act, b: Act, story: float) -> list[Part]:
    """The parts of `act_score`, the heaviest contribution first, those that add nothing left out."""
    weights = rules().acts
    parts = [Part(one.name, round(one.value(a, b), 4), weights[one.name]) for one in ACT_FEATURES]
    parts.append(Part("story", round(story_of(a, b, story), 4), weights["story"]))
    parts.append(Part("intercept", 1.0, weights["intercept"]))
    return sorted((one for one in parts if one.contribution), key=lambda one: (-abs(one.contribution), one.feature))
