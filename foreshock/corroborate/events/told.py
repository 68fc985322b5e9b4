"""The acts that one document tells of: its typed reports, those of one act joined before other texts are looked at."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final, TypeVar

from foreshock.corroborate.events.acts import act_score, comparable, crossed
from foreshock.corroborate.events.figures import bounds, hull
from foreshock.corroborate.events.linkage import grouped
from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.events.score import probability
from foreshock.corroborate.events.words import scaled, stems, weekdays_in, weighed
from foreshock.model.event import Act
from foreshock.model.statement import Participant, Statement
from foreshock.model.vocabulary import Granularity, Kind, Polarity, Precision

MOST_ACTS: Final = 40
"""Statements of a document that are joined; what comes after is background more often than not."""
MOST_WORDS: Final = 16
_BEGINNING: Final = 5
"""Letters of a word by which those who act and those who suffer are told from each other."""
_ANYONE: Final = frozenset(word[:_BEGINNING] for word in ("members", "people", "others"))
PLACED: Final = (Precision.POINT, Precision.ADMIN2)
Value = TypeVar("Value", int, str)


def acts_of(statements: Iterable[Statement]) -> list[Act]:
    """The acts told, in the order in which the text first tells of each."""
    reported = [one for one in statements if one.kind == Kind.REPORT and one.type is not None][:MOST_ACTS]
    found = {one.id: _act(one) for one in reported}
    links = {
        (a.statement, b.statement): likely
        for a, b in combinations(found.values(), 2)
        if comparable(a, b) and (likely := probability(act_score(a, b, rules().same_text))) >= rules().considered
    }
    apart = [(a.statement, b.statement) for a, b in combinations(found.values(), 2) if crossed(a, b)]
    joined = [_joined([found[one] for one in group]) for group in grouped(found, links, rules().joined, apart=apart)]
    return sorted(joined, key=lambda act: (act.start, act.statement))


def _act(one: Statement) -> Act:
    assert one.type is not None
    place, time = one.place, one.time
    return Act(
        statement=one.id,
        start=one.start,
        type=one.type.value,
        mode=one.mode,
        denied=one.polarity == Polarity.NEGATIVE,
        place=place.geonameid if place is not None and place.precision in PLACED else None,
        admin1=place.admin1 if place is not None else None,
        country=place.country if place is not None else None,
        first=time.from_.toordinal() if time is not None and time.from_ is not None else None,
        last=time.to.toordinal() if time is not None and time.to is not None else None,
        day=time is not None and time.granularity == Granularity.DAY,
        entities=frozenset(person.id for person in (*one.actors, *one.recipients) if person.id is not None),
        counts={name: told for name, count in one.counts.items() if (told := bounds(count)) is not None},
        words=weighed(stems(one.text), MOST_WORDS),
        weekdays=frozenset(weekdays_in(f"{one.text} {time.text if time is not None and time.text else ''}")),
        did=_roles(one.actors),
        suffered=_roles(one.recipients),
    )


def _roles(people: Iterable[Participant]) -> frozenset[str]:
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
    dated = next((act for act in ordered if act.day), next((act for act in ordered if act.first), ordered[0]))
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
    )


def _commonest(values: Iterable[Value | None]) -> Value | None:
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None
