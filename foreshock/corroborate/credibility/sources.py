"""Grades of sources, and the log of every grade's changes."""

import datetime
import difflib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select

from foreshock.corroborate.credibility.grades import LETTERS, UNGRADED, rules
from foreshock.corroborate.decisions import decisions
from foreshock.errors import UsageError
from foreshock.model.decision import DecisionKind
from foreshock.model.vocabulary import Polarity, check_one_of
from foreshock.record.decisions_tables import grade_changes
from foreshock.record.events_tables import event_digests, event_statements, events
from foreshock.record.tables import documents, statements

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
    """Set a source's reliability; the number of the decision.

    Raises `UsageError` for a letter that is none, and for an outlet that no document of the record is from.
    """
    check_one_of(letter, LETTERS, "reliability")
    if not name.strip():
        raise UsageError("a grade needs the name of a source")
    before = letters(connection, [name]).get(name, UNGRADED)
    if before == UNGRADED:
        _check_outlet(connection, name)
    number = decisions.keep(connection, DecisionKind.GRADE, SOURCE + name, {"letter": letter}, who, why)
    log(connection, [("source", name, before, letter, who, why)])
    return number


def _check_outlet(connection: Connection, name: str) -> None:
    """Raise `UsageError`, naming the outlets nearest to it, where no document of the record is from `name`."""
    outlets = documents.c.outlet
    if connection.scalar(select(outlets).where(outlets == name).limit(1)) is not None:
        return
    known = {one.casefold(): one for one in connection.scalars(select(outlets).where(outlets.isnot(None)).distinct())}
    near = [known[one] for one in difflib.get_close_matches(name.casefold(), known, 3)]
    hint = f"near it: {', '.join(near)}" if near else "`foreshock grade list` names those that there are"
    raise UsageError(f"no document in this record is from {name[:80]!r}; {hint}")


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
    """Every outlet of the record with its letter and what its record suggests, those with most items first.

    An event that a person dismissed speaks neither for nor against who told it.
    """
    given = {
        one.subject.removeprefix(SOURCE): one
        for one in decisions.read(connection)
        if one.kind == DecisionKind.GRADE and one.stands and one.subject.startswith(SOURCE)
    }
    confirmed, contradicted = _confirmed(connection), _contradicted(connection)
    named = set(connection.scalars(select(documents.c.outlet).where(documents.c.outlet.isnot(None)).distinct()))
    found = []
    for name in named | given.keys():
        bearing, against = confirmed.get(name, 0), contradicted[name]
        decision = given.get(name)
        found.append(
            SourceGrade(
                name=name,
                letter=str(decision.body["letter"]) if decision else UNGRADED,
                who=decision.who if decision else None,
                why=decision.why if decision else None,
                items=bearing + against,
                confirmed=bearing,
                contradicted=against,
                suggested=suggested(bearing, against),
            )
        )
    return sorted(found, key=lambda one: (-one.items, one.name))


def _confirmed(connection: Connection) -> dict[str, int]:
    """By outlet, the events it tells that were confirmed; an event that it only quotes a denial of is not its own."""
    query = (
        select(documents.c.outlet, func.count(events.c.id.distinct()))
        .select_from(events)
        .join(event_statements, event_statements.c.event == events.c.id)
        .join(statements, statements.c.id == event_statements.c.statement)
        .join(documents, documents.c.id == event_statements.c.document)
        .where(
            events.c.dismissed == 0,
            events.c.credibility.in_(rules().sources.confirmed),
            statements.c.polarity == Polarity.POSITIVE,
        )
        .group_by(documents.c.outlet)
    )
    return {name: number for name, number in connection.execute(query) if name is not None}


def _contradicted(connection: Connection) -> Counter[str]:
    """By outlet, the events it tells that others' texts contradict, or an analyst's grade.

    A denial is its source's: the outlet that only quotes it is not charged, nor is one that tells both sides itself.
    """
    column = event_statements.c
    query = (
        select(column.event, documents.c.outlet, event_digests.c.copies_of, statements.c.polarity)
        .select_from(events)
        .join(event_statements, column.event == events.c.id)
        .join(statements, statements.c.id == column.statement)
        .join(documents, documents.c.id == column.document)
        .join(event_digests, event_digests.c.document == column.document)
        .where(events.c.dismissed == 0, events.c.credibility.in_(rules().sources.contradicted))
    )
    told: dict[str, set[_Told]] = {}
    for event, outlet, copies, polarity in connection.execute(query):
        told.setdefault(event, set()).add(_Told(outlet, copies, polarity == Polarity.POSITIVE))
    graded = {
        one.subject
        for one in decisions.read(connection, kinds=[DecisionKind.GRADE])
        if one.stands and not one.subject.startswith(SOURCE)
    }
    charged = (name for event, found in told.items() for name in _charged(found, by_analyst=event in graded))
    return Counter(charged)


class _Told(NamedTuple):
    """That a text of an outlet tells of an event, or denies it; `copies` names its syndication group."""

    outlet: str | None
    copies: str
    happened: bool


def _charged(found: set[_Told], by_analyst: bool) -> set[str]:
    """The outlets that tell an event which other texts deny or, where none denies it, tell otherwise."""
    denied = any(not one.happened for one in found)
    return {
        one.outlet
        for one in found
        if one.outlet is not None and one.happened
        and (by_analyst or any(other.copies != one.copies and other.outlet != one.outlet
                               and not (denied and other.happened) for other in found))
    }  # fmt: skip


def suggested(confirmed: int, contradicted: int) -> str | None:
    """The letter that a source's record suggests; null while too few of its items were confirmed or contradicted."""
    table = rules().sources
    items = confirmed + contradicted
    if items < table.items:
        return None
    return next(letter for letter, least in table.letters.items() if confirmed / items >= least)
