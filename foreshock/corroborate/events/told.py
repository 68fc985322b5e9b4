"""The acts that one document tells of: its typed reports, those of one act joined before other texts are looked at."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final, TypeVar

from foreshock.corroborate.events.acts import comparable, crossed, in_text_score
from foreshock.corroborate.events.figures import bounds, hull
from foreshock.corroborate.events.linkage import grouped
from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.events.score import probability
from foreshock.corroborate.events.words import day_named, scaled, stems, weekdays_in, weighed
from foreshock.model.event import Act
from foreshock.model.statement import Participant, Statement, Time
from foreshock.model.vocabulary import EventType, Granularity, Kind, Polarity, Precision

MOST_ACTS: Final = 40
"""Statements of a document that are joined; what comes after is background more often than not."""
MOST_WORDS: Final = 16
_BEGINNING: Final = 5
"""Letters of a word by which those who act and those who suffer are told from each other."""
_ANYONE: Final = frozenset(word[:_BEGINNING] for word in ("members", "people", "others", "persons", "victims"))
PLACED: Final = (Precision.POINT, Precision.ADMIN2)
Value = TypeVar("Value", int, str)
Days = tuple[int, int]
_TOP: Final = 1000
"""Characters from where the report begins at which an act is a third as much of its story as one at the top."""
_NEWS: Final = 0.5
"""How near to the top of its text an act has to be told to be its news rather than what is recalled."""
_YEAR: Final = 400
"""Days over which no one act is told: a sum (*since 2014*)."""
_WORD: Final = re.compile(r"[a-z]+")
_SENTENCE_ENDS: Final = re.compile(r"[.!?][\"”’')\]]*\s|\n")


def acts_of(
    statements: Iterable[Statement], text: str = "", came_out: Days | None = None, begins: int = 0
) -> list[Act]:
    """The acts told in `text`, in the order in which it first tells of each.

    `came_out`: the first and the last day on which it can have come out, as ordinals; null where unknown. `begins`:
    where its report does, past what a site puts before it.
    """
    found = {act.statement: act for act in singly(statements, text, came_out, begins)}
    links = {
        (a.statement, b.statement): likely
        for a, b in combinations(found.values(), 2)
        if comparable(a, b) and (likely := probability(in_text_score(a, b))) >= rules().considered
    }
    apart = [(a.statement, b.statement) for a, b in combinations(found.values(), 2) if crossed(a, b)]
    joined = [_joined([found[one] for one in group]) for group in grouped(found, links, rules().joined, apart=apart)]
    return sorted(joined, key=lambda act: (act.start, act.statement))


def singly(statements: Iterable[Statement], text: str, came_out: Days | None, begins: int) -> list[Act]:
    """Each statement that tells of an act as an act of its own, in the order of the text."""
    reported = [one for one in statements if one.kind == Kind.REPORT and one.type is not None][:MOST_ACTS]
    times = _times(reported, text)
    return [_act(one, times[one.id], came_out, begins) for one in reported]


def _times(reported: Sequence[Statement], text: str) -> dict[str, Time | None]:
    """When each was: in one sentence what is told without a time of its own has that of what was told before it
    (*who in May was the target of an attack, in which he was not wounded*)."""
    found: dict[str, Time | None] = {}
    dated: Statement | None = None
    for one in reported:
        if not _untold(one.time):
            dated = one
        elif dated is not None and _SENTENCE_ENDS.search(text, min(dated.end, one.start), one.start) is None:
            found[one.id] = dated.time
            continue
        found[one.id] = one.time
    return found


def _untold(time: Time | None) -> bool:
    """Whether the text has no words for when it was."""
    return time is None or (time.text is None and time.granularity == Granularity.OPEN)


def _near(time: Time | None, came_out: Days) -> bool:
    """Whether it was when the text came out or shortly before: nothing else is told, or a day of which that is not
    known (*on Friday*, where only the month of the text is)."""
    if time is None or _untold(time):
        return True
    no_day = time.granularity == Granularity.MONTH and time.from_ is None and time.to is None
    return no_day and came_out[0] != came_out[1]


def _first_and_last(time: Time | None) -> tuple[int | None, int | None]:
    """The days told, as ordinals. *On 19 May* is kept as its month where only the month of the text is known, yet the
    text names the day."""
    if time is None:
        return None, None
    first = time.from_.toordinal() if time.from_ is not None else None
    last = time.to.toordinal() if time.to is not None else None
    if time.text is None or first is None or last is None:
        return first, last
    named = day_named(time.text, first, last)
    return (first, last) if named is None else (named, named)


def _act(one: Statement, time: Time | None, came_out: Days | None, begins: int) -> Act:
    assert one.type is not None
    place = one.place
    assumed = came_out is not None and _near(time, came_out)
    first, last = came_out if assumed and came_out is not None else _first_and_last(time)
    lead = round(math.exp(-max(0, one.start - begins) / _TOP), 4)
    return Act(
        statement=one.id,
        start=one.start,
        type=one.type.value,
        mode=one.mode,
        denied=one.polarity == Polarity.NEGATIVE,
        place=place.geonameid if place is not None and place.precision in PLACED else None,
        admin1=place.admin1 if place is not None else None,
        country=place.country if place is not None else None,
        first=first,
        last=last,
        day=time is not None and (time.granularity == Granularity.DAY or (not assumed and first == last is not None)),
        entities=frozenset(person.id for person in (*one.actors, *one.recipients) if person.id is not None),
        counts={name: told for name, count in one.counts.items() if (told := bounds(count)) is not None},
        words=weighed(_own_words(one), MOST_WORDS),
        weekdays=frozenset(weekdays_in(f"{one.text} {time.text if time is not None and time.text else ''}")),
        did=roles_of(one.actors),
        suffered=roles_of(one.recipients),
        assumed=assumed,
        lead=lead,
        wide=_is_wide(one, lead) or (not assumed and first is not None and last is not None and last - first > _YEAR),
    )


def _own_words(one: Statement) -> list[str]:
    """The stems of its words but for those that name who did it, which are weighed as actors: an envoy travels often,
    and a group attacks often, where a victim is killed once."""
    who = {word for person in one.actors for text in (person.text, person.name) if text for word in stems(text)}
    return [word for word in stems(one.text) if word not in who]


def _is_wide(one: Statement, lead: float) -> bool:
    """Whether it is told as many acts or a state (*clashes*), as a habit (*often attacked*), or blames, further down
    than the news, for many (*a group blamed for massacres*)."""
    words = set(_WORD.findall(one.text.lower()))
    blamed = one.type == EventType.ACCUSE and lead < _NEWS
    named = words if blamed else _WORD.findall(one.trigger.text.lower())
    return not rules().told_as_habit.isdisjoint(words) or not rules().told_as_many.isdisjoint(named)


def roles_of(people: Iterable[Participant]) -> frozenset[str]:
    """Who is meant, by entity and by how their words begin: *mutineers* are *mutinous soldiers*."""
    found = set()
    for person in people:
        if person.id is not None:
            found.add(person.id)
        found |= {word[:_BEGINNING] for word in stems(person.text) if len(word) >= _BEGINNING}
    return frozenset(found - _ANYONE)


def _joined(told: Sequence[Act]) -> Act:
    """One act out of several statements: what most of them give; of equally common things the first in the text."""
    if len(told) == 1:
        return told[0]
    ordered = sorted(told, key=lambda act: (act.start, act.statement))
    kind = _commonest(act.type for act in ordered) or ordered[0].type
    dated = min(ordered, key=lambda act: (not act.day, act.assumed, act.first is None))
    names = {name for act in ordered for name in act.counts}
    words: Counter[str] = Counter()
    for act in ordered:
        words.update(act.words)
    identities = sorted(act.statement for act in ordered)
    return Act(
        statement=identities[0],
        start=ordered[0].start,
        type=kind,
        mode=_commonest(act.mode for act in ordered if act.type == kind),
        denied=all(act.denied for act in ordered),
        place=_commonest(act.place for act in ordered),
        admin1=_commonest(act.admin1 for act in ordered),
        country=_commonest(act.country for act in ordered),
        first=dated.first,
        last=dated.last,
        day=dated.day,
        entities=frozenset().union(*(act.entities for act in ordered)),
        counts={name: hull([act.counts[name] for act in ordered if name in act.counts]) for name in sorted(names)},
        words=scaled(words, MOST_WORDS),
        weekdays=frozenset().union(*(act.weekdays for act in ordered)),
        others=tuple(identities[1:]),
        did=frozenset().union(*(act.did for act in ordered)),
        suffered=frozenset().union(*(act.suffered for act in ordered)),
        assumed=dated.assumed,
        lead=max(act.lead for act in ordered),
        wide=all(act.wide for act in ordered),
    )


def _commonest(values: Iterable[Value | None]) -> Value | None:
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None
