"""Counts out of the record: events, or statements of a mechanism, a country and month, as a history to forecast from.

A statement counts in the month in which it became known: that of its document's publication (of its crawl where that is
all there is), never the month it tells of; an event in that of its first report. So a forecast made later never knows
more than its reader did. A month of which the record holds no document at all is not known: it is a gap, not zero.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sqlalchemy import Select, func, select

from foreshock.errors import RecordError, UsageError
from foreshock.forecast.countries import ids_by_code
from foreshock.forecast.history import LEAST_MONTHS, History, Note
from foreshock.forecast.months import FIRST_YEAR, month_id, month_name
from foreshock.model.vocabulary import CONTEXTS, MECHANISMS, Kind, Polarity
from foreshock.record.events_tables import event_statements, events
from foreshock.record.store import Record
from foreshock.record.tables import statement_contexts, statements

COUNTED = ("statements", "events")
_MOST_NAMED: Final = 4
"""Months that are named of those left out."""

COVARIATES: dict[str, tuple[str, str | None, str | None]] = {
    "events": ("events", None, None),
    "predictions": ("statements", None, Kind.FORECAST),
    **{mechanism: ("statements", mechanism, None) for mechanism in MECHANISMS},
}
"""What a record offers as news: for each name what `series_of` counts, of which mechanism and kind."""


def series_of(record: Record, counted: str, mechanism: str | None = None, kind: str | None = None) -> History:
    """The monthly counts of every country that the record tells of, over all months of which it holds documents.

    A month of which it holds documents, none of them with such a count, is zero; a month without documents is NaN,
    wherever in the span it lies, and named. Raises `UsageError` for an unknown mechanism or kind, `RecordError`
    (*insufficient data*) where there is nothing to count or fewer than 12 months hold documents.
    """
    found = counts_of(record, counted, mechanism, kind)
    rows = [(code, month, count) for code, _, month, count in found.rows]
    return _history(record, rows, found.months, [Note(None, told, False) for told in found.left_out])


Row = tuple[str, str | None, int, int]
"""Country (ISO 3166-1 alpha-3), first-level region, month, count."""


@dataclass(frozen=True)
class Held:
    """What a record holds of some counts by country, region and month, the months of which it holds documents, in
    order, and in words what was left out."""

    rows: list[Row]
    months: list[int]
    left_out: list[str]


def counts_of(record: Record, counted: str, mechanism: str | None = None, kind: str | None = None) -> Held:
    """What a record holds of such counts; what is dated before 1980, or after the month that runs today, is left out,
    for programs write 0001-01-01 and 9999-12-31 where they know no date."""
    if counted not in COUNTED:
        raise UsageError(f"{counted!r} cannot be counted: one of {', '.join(COUNTED)}")
    if mechanism is not None and mechanism not in CONTEXTS:
        raise UsageError(f"{mechanism!r} is no mechanism or context; one of: {', '.join(CONTEXTS)}")
    if kind is not None and kind not in tuple(Kind):
        raise UsageError(f"{kind!r} is no kind; one of: {', '.join(Kind)}")
    if counted == "events" and (mechanism or kind):
        raise UsageError("events have no mechanism and no kind of their own: count statements instead")
    query = _events() if counted == "events" else _statements(mechanism, kind)
    held = select(func.substr(statements.c.day, 1, 7)).where(statements.c.day != "").distinct()
    with record.begin() as connection:
        rows = [(str(row[0]), row[1], _number(str(row[2])), int(row[3])) for row in connection.execute(query)]
        months = sorted(_number(str(row[0])) for row in connection.execute(held))
    today = datetime.datetime.now(datetime.UTC).date()
    known = range(1, month_id(today.year, today.month) + 1)
    odd = [month_name(month) for month in months if month not in known]
    told = f"documents dated {', '.join(odd[:_MOST_NAMED])}{' …' if len(odd) > _MOST_NAMED else ''} left out"
    return Held(
        [row for row in rows if row[2] in known],
        [month for month in months if month in known],
        [f"{told}: before {FIRST_YEAR}, or later than today"] if odd else [],
    )


def _statements(mechanism: str | None, kind: str | None) -> Select[Any]:
    month = func.substr(statements.c.day, 1, 7)
    query = select(statements.c.country, statements.c.admin1, month, func.count()).where(
        statements.c.country.is_not(None), statements.c.day != "", statements.c.polarity != Polarity.NEGATIVE
    )
    if mechanism is not None:
        query = query.join(statement_contexts, statement_contexts.c.statement == statements.c.id)
        query = query.where(statement_contexts.c.context == mechanism)
    if kind is not None:
        query = query.where(statements.c.kind == kind)
    return query.group_by(statements.c.country, statements.c.admin1, month)


def _events() -> Select[Any]:
    """Events by the month of their first dated statement: publication days alone would leave out what only a crawl
    dates."""
    first = (
        select(events.c.country, events.c.admin1, func.substr(func.min(statements.c.day), 1, 7).label("month"))
        .join(event_statements, event_statements.c.event == events.c.id)
        .join(statements, statements.c.id == event_statements.c.statement)
        .where(events.c.country.is_not(None), events.c.dismissed == 0, statements.c.day != "")
        .group_by(events.c.id, events.c.country, events.c.admin1)
        .subquery()
    )
    where = (first.c.country, first.c.admin1, first.c.month)
    return select(*where, func.count()).group_by(*where)


def _number(month: str) -> int:
    year, number = (int(part) for part in month.split("-"))
    return month_id(year, number)


def _history(
    record: Record, rows: Iterable[tuple[str, int, int]], months: list[int], notes: list[Note]
) -> History:  # fmt: skip
    codes = ids_by_code()
    found: Counter[tuple[int, int]] = Counter()
    unknown: set[str] = set()
    for code, month, count in rows:
        if code in codes:
            found[codes[code], month] += count
        else:
            unknown.add(code)
    if not found or len(months) < LEAST_MONTHS:
        span = f"{len(months)} months hold documents" if found else "there are none"
        raise RecordError(f"{record.name}: insufficient data: of such counts {span}, {LEAST_MONTHS} months are needed")
    countries = sorted({country for country, _ in found})
    counts = np.full((len(countries), months[-1] - months[0] + 1), np.nan)
    counts[:, np.asarray(months) - months[0]] = 0.0
    for (country, known), count in found.items():
        counts[countries.index(country), known - months[0]] = count
    not_in_key = "is not in the key of countries; not counted"
    notes = [*notes, *(Note(None, f"{code} {not_in_key}", False) for code in sorted(unknown))]
    missing = sorted(set(range(months[0], months[-1] + 1)) - set(months))
    if missing:
        notes.append(Note(None, f"no document of {_spans(missing)}: gaps, not zero", False))
    return History(tuple(countries), months[0], counts, tuple(notes))


def _spans(months: list[int]) -> str:
    """Months as spans: `2019-12 to 2021-11, 2022-01`."""
    told, first = [], months[0]
    for month, following in zip(months, [*months[1:], 0], strict=True):
        if following != month + 1:
            told.append(month_name(first) + (f" to {month_name(month)}" if month > first else ""))
            first = following
    return ", ".join(told)
