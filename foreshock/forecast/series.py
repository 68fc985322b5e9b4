"""Counts out of the record: events, or statements of a mechanism, a country and month, as a history to forecast from.

A statement counts in the month in which it became known: that of its document's publication (of its crawl where that is
all there is), never the month it tells of. So a forecast made later never knows more than its reader did.
"""

from collections import Counter
from typing import Any

import numpy as np
from sqlalchemy import Select, func, select

from foreshock.errors import RecordError, UsageError
from foreshock.forecast.countries import ids_by_code
from foreshock.forecast.history import LEAST_MONTHS, History, Note
from foreshock.forecast.months import month_id, month_name
from foreshock.model.vocabulary import CONTEXTS, Kind, Polarity
from foreshock.record.events_tables import events
from foreshock.record.store import Record
from foreshock.record.tables import statement_contexts, statements

COUNTED = ("statements", "events")


def series_of(record: Record, counted: str, mechanism: str | None = None, kind: str | None = None) -> History:
    """The monthly counts of every country that the record tells of, from its first month with anything to its last.

    A month without any is zero within that span: the record was read then and held none. Raises `UsageError` for an
    unknown mechanism or kind, `RecordError` (*insufficient data*) where the span is too short to forecast from.
    """
    if counted not in COUNTED:
        raise UsageError(f"{counted!r} cannot be counted: one of {', '.join(COUNTED)}")
    if mechanism is not None and mechanism not in CONTEXTS:
        raise UsageError(f"{mechanism!r} is no mechanism or context; one of: {', '.join(CONTEXTS)}")
    if kind is not None and kind not in tuple(Kind):
        raise UsageError(f"{kind!r} is no kind; one of: {', '.join(Kind)}")
    if counted == "events" and (mechanism or kind):
        raise UsageError("events have no mechanism and no kind of their own: count statements instead")
    return _history(record, _events() if counted == "events" else _statements(mechanism, kind))


def _statements(mechanism: str | None, kind: str | None) -> Select[Any]:
    month = func.substr(statements.c.day, 1, 7)
    query = select(statements.c.country, month, func.count()).where(
        statements.c.country.is_not(None), statements.c.day != "", statements.c.polarity != Polarity.NEGATIVE
    )
    if mechanism is not None:
        query = query.join(statement_contexts, statement_contexts.c.statement == statements.c.id)
        query = query.where(statement_contexts.c.context == mechanism)
    if kind is not None:
        query = query.where(statements.c.kind == kind)
    return query.group_by(statements.c.country, month)


def _events() -> Select[Any]:
    return (
        select(events.c.country, events.c.first_report, func.count())
        .where(events.c.country.is_not(None), events.c.first_report.is_not(None), events.c.dismissed == 0)
        .group_by(events.c.country, events.c.first_report)
    )


def _history(record: Record, query: Select[Any]) -> History:
    codes = ids_by_code()
    found: Counter[tuple[int, int]] = Counter()
    unknown: set[str] = set()
    with record.begin() as connection:
        rows = [(str(row[0]), str(row[1]), int(row[2])) for row in connection.execute(query)]
    for code, month, count in rows:
        if code in codes:
            year, number = (int(part) for part in month[:7].split("-"))
            found[codes[code], month_id(year, number)] += count
        else:
            unknown.add(code)
    months = sorted({month for _, month in found})
    if not months or months[-1] - months[0] + 1 < LEAST_MONTHS:
        span = f"{month_name(months[0])} to {month_name(months[-1])}" if months else "no month at all"
        raise RecordError(
            f"{record.name}: insufficient data: such counts cover {span}, {LEAST_MONTHS} months are needed"
        )
    countries = sorted({country for country, _ in found})
    counts = np.zeros((len(countries), months[-1] - months[0] + 1))
    for (country, known), count in found.items():
        counts[countries.index(country), known - months[0]] = count
    notes = tuple(Note(None, f"{code} is not in the key of countries; not counted", False) for code in sorted(unknown))
    return History(tuple(countries), months[0], counts, notes)
