"""What was said before: the same prediction again or reprinted, and one forecaster's line on one thing.

Two predictions are the same where they ask the same and answer it alike. They ask the same where they foretell one
thing, in like words and the same figures, in the same place, on the same condition, to the same horizon; they answer
alike with the same odds, or, where no odds are told, on the same side.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from foreshock.actors.names import key
from foreshock.corroborate.events.words import weighed
from foreshock.ledger.conditions import unconditioned
from foreshock.ledger.outcomes.amounts import amounts, without_times
from foreshock.ledger.outcomes.figures import bound_in
from foreshock.ledger.outcomes.senses import names_of
from foreshock.ledger.outcomes.sought import Sought
from foreshock.ledger.speakers.identity import identity
from foreshock.ledger.words import stems
from foreshock.model.prediction import ForecasterKind, Prediction
from foreshock.read.negation import NOBODY, NONE, NOT, UNABLE, denial

SAME = 0.8
"""Least likeness of two wordings for them to be one prediction said twice."""
LINE = 0.4
"""Least likeness for them to be one forecaster's predictions of one thing."""
_MOST_WORDS = 30
_REPRINTED = datetime.timedelta(days=6)
"""Within which papers print one text. In a like one that comes later it is foretold anew: weekly notes are alike."""
_MOVED = datetime.timedelta(days=3)
"""By how much the horizon of a reprint may move otherwise than its day does: months are of unlike length."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DENIAL = denial(NOT, UNABLE, NOBODY, NONE, "without|unless")
"""Words of which two cancel out; *neither … nor* is one denial, so its *nor* is none of them."""

_ANYTHING = frozenset(stems("either neither nobody anybody everybody"))

_Moment = tuple[datetime.date, bool, str, int]
"""When something was said: the day, then whether a paper stands over it, then the text and the place in it."""


def grouped(new: Sequence[Prediction], known: Iterable[Prediction], copies: Mapping[str, str]) -> list[Prediction]:
    """`new` with their groups and lines, given those `known` before, oldest first.

    One group: the same prediction by the same forecaster, or in a copy of the same text, whoever stands over it there.
    Only what the forecaster said last of a question is said again: who goes back to an earlier opinion has changed
    their mind once more, and that counts, in lines and in scores, as every change of mind does. One line: the same
    forecaster, like words, no other country; whatever the figures, the odds and the horizon.
    """
    said = _Said(copies)
    for one in known:
        said.keep(_Told(one), one.group, one.line)
    found = []
    for one in sorted(new, key=_moment):
        told = _Told(one)
        same = said.reprinted(told) or said.repeated(told)
        group, line = (same.id, same.line) if same else (one.id, said.line_of(told))
        said.keep(told, group, line)
        found.append(msgspec.structs.replace(one, group=group, line=line))
    return found


class _Told:
    """A prediction with what it is told apart by from others."""

    def __init__(self, prediction: Prediction) -> None:
        self.prediction = prediction
        self.moment = _moment(prediction)

    @cached_property
    def _sought(self) -> Sought:
        return Sought(self.prediction)

    @cached_property
    def words(self) -> dict[str, float]:
        """The stems of what is foretold, weighed."""
        return _weighed(self._sought.words)

    @cached_property
    def clause(self) -> str:
        """What is foretold, without its condition."""
        return unconditioned(self.prediction.criterion.words, self.prediction.condition)

    @cached_property
    def figures(self) -> tuple[frozenset[float], bool | None]:
        """The figures foretold, and whether from one of them upwards or downwards; null for neither.

        Those of its odds and of its condition are not foretold.
        """
        clause = self.clause.replace(self.prediction.likelihood or " ", " ")
        bound = bound_in(clause)
        return _figures(clause), bound.upwards if bound else None

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of what the clause calls by name; its first word is capitalised whatever it is."""
        return names_of(self.clause.partition(" ")[2]) | names_of(self._sought.place or "")

    @cached_property
    def telling(self) -> frozenset[str]:
        """The stems that tell what is foretold: not *another*, *nobody* or *they’ll*, which hold of anything."""
        return frozenset(one for one in self._sought.own - _ANYTHING if "'" not in one and "’" not in one)

    def likeness(self, other: "_Told") -> float:
        """How like the words are (0–1). The program's own are made by rule: others of them are of another thing."""
        if ForecasterKind.PROGRAM in (self.prediction.forecaster_kind, other.prediction.forecaster_kind):
            return float(self.prediction.text == other.prediction.text)
        return _likeness(self.words, other.words)

    def goes_on(self, other: "_Told") -> bool:
        """Whether it is of the same thing as `other`: in like words, of which more is shared than names."""
        if self.likeness(other) < LINE:
            return False
        own = ForecasterKind.PROGRAM is self.prediction.forecaster_kind
        return own or bool((self.telling & other.telling) - self.names - other.names)

    def elsewhere(self, other: "_Told") -> bool:
        """Whether it names a place that `other` does not name. One that was read without being named is a guess."""
        place = key(self._sought.place or "")
        return place in key(self.clause) and place not in key(other.clause)


@dataclass
class _Group:
    """One prediction, however often it was said."""

    id: str
    line: str
    first: _Told
    said: dict[str, _Moment] = field(default_factory=dict)
    """When each text said it first, whose copies say it no second time."""

    def keep(self, told: _Told, text: str) -> None:
        """Take in that `text` says it, too."""
        self.first = min(self.first, told, key=lambda one: one.moment)
        self.said[text] = min(self.said.get(text, told.moment), told.moment)


class _Said:
    """All that was said so far, by who said it and by the text in which it stands."""

    def __init__(self, copies: Mapping[str, str]) -> None:
        self._copies = copies
        self._groups: dict[str, _Group] = {}
        self._by_forecaster: dict[str, dict[str, _Group]] = {}
        self._by_text: dict[str, list[tuple[_Told, _Group]]] = {}

    def keep(self, told: _Told, group: str, line: str) -> None:
        """Take in a prediction under its group and line."""
        text = self._text(told)
        kept = self._groups.setdefault(group, _Group(group, line, told))
        kept.keep(told, text)
        self._by_forecaster.setdefault(identity(told.prediction.forecaster), {})[group] = kept
        self._by_text.setdefault(text, []).append((told, kept))

    def reprinted(self, told: _Told) -> _Group | None:
        """The group of the same prediction in another copy of its text, the likest where there are several."""
        document = told.prediction.document
        same = [
            (old, group) for old, group in self._by_text.get(self._text(told), ())
            if old.prediction.document != document and _same_time(old, told, copied=True)
            and _same_thing(old, told) and _same_answer(old.prediction, told.prediction)
        ]  # fmt: skip
        likest = max(same, key=lambda one: one[0].likeness(told), default=None)
        return likest[1] if likest else None

    def repeated(self, told: _Told) -> _Group | None:
        """The group that its forecaster says again: what was last answered to its question, or else is next.

        What is next is looked at because texts are not always taken in the order in which they were written.
        """
        asked = [
            (moment, group) for group in self._mine(told)
            if _same_time(group.first, told) and _same_thing(group.first, told) for moment in group.said.values()
        ]  # fmt: skip
        before = max((one for one in asked if one[0] <= told.moment), key=lambda one: one[0], default=None)
        after = min((one for one in asked if one[0] > told.moment), key=lambda one: one[0], default=None)
        near = [group for _, group in (one for one in (before, after) if one)]
        return next((group for group in near if _same_answer(group.first.prediction, told.prediction)), None)

    def line_of(self, told: _Told) -> str:
        """The line of its forecaster that it goes on with; its own where there is none. Nobody changes their mind
        within one text."""
        held = {group.line for _, group in self._by_text.get(self._text(told), ())}
        before = [
            group for group in self._mine(told)
            if group.line not in held and not _other_country(group.first.prediction, told.prediction)
            and told.goes_on(group.first)
        ]  # fmt: skip
        likest = max(before, key=lambda group: group.first.likeness(told), default=None)
        return likest.line if likest else told.prediction.line

    def _mine(self, told: _Told) -> Iterable[_Group]:
        """What its forecaster said; nothing of those who are not scored, for whoever stands unnamed may be anybody."""
        one = told.prediction
        return self._by_forecaster.get(identity(one.forecaster), {}).values() if one.forecaster_kind.scored else ()

    def _text(self, told: _Told) -> str:
        return self._copies.get(told.prediction.document, told.prediction.document)


def _moment(one: Prediction) -> _Moment:
    """When something was said; of one day, what somebody named said goes before what a paper prints under its own
    name, for it is theirs, and so is its line."""
    return one.made, one.forecaster == one.outlet, one.document, one.start


def _same_thing(one: _Told, other: _Told) -> bool:
    """Whether two foretell one thing, on one condition; whatever the odds and by when."""
    return (
        _same_country(one.prediction, other.prediction)
        and one.likeness(other) >= SAME
        and not (one.elsewhere(other) and other.elsewhere(one))
        and one.figures == other.figures
        and _same_condition(one.prediction.condition, other.prediction.condition)
    )


def _same_answer(one: Prediction, other: Prediction) -> bool:
    """Whether two put the same odds on what would count, or take the same side of it where they tell none."""
    told = one.low is not None
    return (one.low, one.high) == (other.low, other.high) and (told or one.negated == other.negated)


def _same_time(one: _Told, other: _Told, copied: bool = False) -> bool:
    """Whether the later of two is to come by the same day as the earlier.

    One that tells no horizon goes by the earlier's, but what is over is not said again: it is foretold anew. A reprint
    (`copied`, and soon) is of the same day, even where its horizon was counted from its own.
    """
    earlier, later = sorted((one, other), key=lambda told: told.moment)
    first, again = earlier.prediction, later.prediction
    same, after = again.by == first.by or again.default_horizon, again.made - first.made
    if copied and after <= _REPRINTED:
        return same or abs(again.by - first.by - after) <= _MOVED
    return same and again.made <= first.by


def _same_country(one: Prediction, other: Prediction) -> bool:
    """Whether two are of one country; where one names none, whether both bear on one."""
    if one.criterion.country and other.criterion.country:
        return not _other_country(one, other)
    return not one.countries or not other.countries or not set(one.countries).isdisjoint(other.countries)


def _other_country(one: Prediction, other: Prediction) -> bool:
    """Whether two name different countries. What a text mostly speaks of is a guess, and parts no line."""
    here, there = one.criterion.country, other.criterion.country
    return here is not None and there is not None and here != there


def _same_condition(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    if key(one) == key(other):
        return True
    denials = len(_DENIAL.findall(one)) + len(_DENIAL.findall(other))
    return _likeness(_weighed(one), _weighed(other)) >= SAME and _figures(one) == _figures(other) and denials % 2 == 0


def _figures(words: str) -> frozenset[float]:
    """The figures that words tell, and their other numbers (*F-16*, *10-15 men*), without days and times."""
    told = amounts(words)
    bare = without_times(words)
    for one in reversed(told):
        bare = f"{bare[: one.start]} {bare[one.end :]}"
    others = (float(re.sub(r"[.,]", "", number)) for number in _NUMBER.findall(bare))
    return frozenset((*(one.value for one in told), *others))


def _weighed(words: str) -> dict[str, float]:
    return weighed(stems(words), _MOST_WORDS)


def _likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())
