"""Grades of sources, and the log of every grade's changes."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, func, insert, select

from foreshock.corroborate import events_decisions as decisions
from foreshock.corroborate.credibility import LETTERS, UNGRADED, rules
from foreshock.errors import UsageError
from foreshock.model.decision import DecisionKind
from foreshock.record.decisions_tables import grade_changes
from foreshock.record.events_tables import event_statements, events
from foreshock.record.tables import documents

SOURCE = "source:"
"""What the subject of a decision on a source begins with."""


@dataclass(frozen=True)
class SourceGrade:
    """A source's reliability as set, and what its record suggests; null until it has items enough."""

    name: str
    letter: str
    who: str | None
    why: str | None
    items: int
    confirmed: int
    contradicted: int
    suggested: str | None


@dataclass(frozen=True)
class GradeChange:
    """One change of a grade: of a `source` or an `event`, from what to what, by whom and why."""

    what: str
    subject: str
    before: str | None
    after: str
    who: str
    why: str
    at: datetime.datetime


def letters(connection: Connection, names: Collection[str] | None = None) -> dict[str, str]:
    """The letters that analysts gave to sources, by name; sources never graded are left out."""
    subjects = None if names is None else [SOURCE + name for name in names]
    found: dict[str, str] = {}
    for one in decisions.read(connection, subjects=subjects):
        if one.kind == DecisionKind.GRADE and one.stands and one.subject.startswith(SOURCE):
            found[one.subject.removeprefix(SOURCE)] = str(one.body["letter"])
    return found


def grade_source(connection: Connection, name: str, letter: str, who: str, why: str) -> int:
    """Set a source's reliability; the number of the decision. Raises `UsageError` for a letter that is none."""
    if letter not in LETTERS:
        raise UsageError(f"{letter!r} is not a reliability; one of: {', '.join(LETTERS)}")
    if not name.strip():
        raise UsageError("a grade needs the name of a source")
    before = letters(connection, [name]).get(name, UNGRADED)
    number = decisions.keep(connection, DecisionKind.GRADE, SOURCE + name, {"letter": letter}, who, why)
    log(connection, [("source", name, before, letter, who, why)])
    return number


def log(connection: Connection, changes: Iterable[tuple[str, str, str | None, str, str, str]]) -> None:
    """Note changes as (what, subject, before, after, who, why); those that change nothing are left out."""
    now = datetime.datetime.now(datetime.UTC)
    new = [
        {"what": what, "subject": subject, "before": before, "after": after, "who": who, "why": why, "at": now}
        for what, subject, before, after, who, why in changes
        if before != after
    ]
    if new:
        connection.execute(insert(grade_changes), new)


def changes_of(connection: Connection, subject: str | None = None, limit: int = 200) -> list[GradeChange]:
    """The log, newest first; of one source or event, or all."""
    query = select(grade_changes).order_by(grade_changes.c.number.desc()).limit(limit)
    if subject is not None:
        query = query.where(grade_changes.c.subject == subject)
    return [
        GradeChange(row.what, row.subject, row.before, row.after, row.who, row.why, row.at)
        for row in connection.execute(query)
    ]


def sources(connection: Connection) -> list[SourceGrade]:
    """Every outlet of the record with its letter and what its record suggests, those with most items first."""
    table = rules().sources

    def number(digits: tuple[int, ...]) -> Any:  # noqa: ANN401 - a column
        return func.count(case((events.c.credibility.in_(digits), events.c.id)).distinct())

    query = (
        select(documents.c.outlet, number(table.confirmed), number(table.contradicted))
        .select_from(documents)
        .outerjoin(event_statements, event_statements.c.document == documents.c.id)
        .outerjoin(events, events.c.id == event_statements.c.event)
        .where(documents.c.outlet.isnot(None))
        .group_by(documents.c.outlet)
    )
    given = {
        one.subject.removeprefix(SOURCE): one
        for one in decisions.read(connection)
        if one.kind == DecisionKind.GRADE and one.stands and one.subject.startswith(SOURCE)
    }
    counted = {name: (confirmed, against) for name, confirmed, against in connection.execute(query)}
    found = []
    for name in counted.keys() | given.keys():
        confirmed, against = counted.get(name, (0, 0))
        decision = given.get(name)
        found.append(
            SourceGrade(
                name=name,
                letter=str(decision.body["letter"]) if decision else UNGRADED,
                who=decision.who if decision else None,
                why=decision.why if decision else None,
                items=confirmed + against,
                confirmed=confirmed,
                contradicted=against,
                suggested=suggested(confirmed, against),
            )
        )
    return sorted(found, key=lambda one: (-one.items, one.name))


def suggested(confirmed: int, contradicted: int) -> str | None:
    """The letter that a source's record suggests; null while too few of its items were confirmed or contradicted."""
    table = rules().sources
    items = confirmed + contradicted
    if items < table.items:
        return None
    return next(letter for letter, least in table.letters.items() if confirmed / items >= least)
