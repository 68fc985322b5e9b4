"""How far events were confirmed by the texts known at the end of a period, and not by what came since.

Which texts report one event is what it is today: formed anew from the texts of then, period by period, events cost
eighty times as much and gave another digit to 10 of 10,631 statements of the news set on Sudan, where today's digits
are wrong for 56.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from foreshock.corroborate.views.build import views
from foreshock.record.events_tables import event_statements

Steps = dict[str, tuple[tuple[int, int], ...]]
"""By event: from which period on it had which digit, oldest first."""
_AT_ONCE = 500
"""Groups of statements that are looked at together."""


def steps_of(connection: Connection, periods: Mapping[str, int], digits: Mapping[str, int]) -> Steps:
    """The digits that events had before they came to those of today, of those that had others.

    `periods` say when each document was known; one whose date is not known counts from the beginning. `digits` are
    today's. Rules grade the texts of then; what people decided about an event holds for all of its time.
    """
    own = event_statements.c
    told: dict[str, list[tuple[int, str]]] = {}
    for statement, document, event in connection.execute(select(own.statement, own.document, own.event)):
        if event in digits:
            told.setdefault(event, []).append((periods[document], statement))
    found: Steps = {}
    for event, period, digit in _graded(connection, list(_growing(told))):
        found[event] = (*found.get(event, ()), (period, digit))
    return {event: steps for event, steps in found.items() if {digit for _, digit in steps} != {digits[event]}}


def _growing(told: Mapping[str, Sequence[tuple[int, str]]]) -> Iterator[tuple[str, int, list[str]]]:
    """Each event told of in several periods, with the end of each and what had been told by then."""
    for event, parts in told.items():
        periods = sorted({period for period, _ in parts})
        if len(periods) > 1:
            for end in periods:
                yield event, end, [statement for period, statement in parts if period <= end]


def _graded(connection: Connection, groups: Sequence[tuple[str, int, list[str]]]) -> Iterator[tuple[str, int, int]]:
    for at in range(0, len(groups), _AT_ONCE):
        part = groups[at : at + _AT_ONCE]
        for (event, period, _), view in zip(part, views(connection, [group for _, _, group in part]), strict=True):
            yield event, period, view.credibility.digit
