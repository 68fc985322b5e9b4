"""People's decisions, kept and read back, and what they bind: statements together, statements apart."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, insert, select, update

from foreshock.errors import UsageError
from foreshock.model.day import in_utc
from foreshock.model.decision import Anchor, Decision, DecisionKind, said_by
from foreshock.model.statement import Statement, from_json
from foreshock.record.decisions_tables import decided_statements, decisions
from foreshock.record.parts import rows
from foreshock.record.tables import statements

Body = dict[str, str | int | None]
OF_ENTITIES: Final = (DecisionKind.SAME, DecisionKind.DIFFERENT, DecisionKind.RENAME)


def keep(
    connection: Connection,
    kind: DecisionKind,
    subject: str,
    body: Body,
    who: str,
    why: str,
    anchors: Iterable[Statement] = (),
    others: Iterable[Statement] = (),
) -> int:
    """Write a decision about `anchors` (and what is merged in or split off, `others`); its number.

    Raises `UsageError` where it does not say who decides, or why.
    """
    who, why = said_by(who, why)
    number = connection.execute(
        insert(decisions).values(
            kind=kind, subject=subject, body=body, who=who, why=why, decided_at=datetime.datetime.now(datetime.UTC)
        )
    ).inserted_primary_key
    assert number is not None
    sides = {one.id: (side, one) for side, named in ((0, anchors), (1, others)) for one in named}
    if sides:
        connection.execute(insert(decided_statements), [
            {"decision": number[0], "statement": identity, "side": side, "document": one.document,
             "start": one.trigger.start, "end": one.trigger.end}
            for identity, (side, one) in sides.items()
        ])  # fmt: skip
    return int(number[0])


def undo(connection: Connection, number: int, who: str, why: str) -> Decision:
    """Undo a decision, saying who does and why. Raises `UsageError` where there is none that stands."""
    found = [one for one in read(connection, numbers=[number]) if one.stands]
    if not found:
        raise UsageError(f"there is no decision {number} that stands; `foreshock decide list` names those that do")
    who, why = said_by(who, why)
    now = datetime.datetime.now(datetime.UTC)
    connection.execute(
        update(decisions).where(decisions.c.number == number).values(undone_by=who, undone_why=why, undone_at=now)
    )
    return found[0]


def read(
    connection: Connection,
    numbers: Collection[int] | None = None,
    subjects: Collection[str] | None = None,
    kinds: Collection[DecisionKind] = tuple(DecisionKind),
) -> list[Decision]:
    """Decisions in the order in which they were made, undone ones too; all of these kinds, or those asked for."""
    query = select(decisions).where(decisions.c.kind.in_(kinds)).order_by(decisions.c.number)
    found: Iterable[Any]
    if numbers is not None:
        found = list(rows(connection, query, decisions.c.number, numbers))
    elif subjects is not None:
        found = list(rows(connection, query, decisions.c.subject, subjects))
    else:
        found = list(connection.execute(query))
    anchors: dict[int, list[Anchor]] = defaultdict(list)
    named = select(decided_statements).order_by(decided_statements.c.statement)
    for row in rows(connection, named, decided_statements.c.decision, [one.number for one in found]):
        anchors[row.decision].append(Anchor(row.statement, row.document, row.start, row.end, row.side))
    return sorted((_decision(row, tuple(anchors[row.number])) for row in found), key=lambda one: one.number)


def _decision(row: Any, anchors: tuple[Anchor, ...]) -> Decision:  # noqa: ANN401 - a row of the decisions' table
    return Decision(
        number=row.number,
        kind=DecisionKind(row.kind),
        subject=row.subject,
        body=row.body,
        who=row.who,
        why=row.why,
        decided_at=in_utc(row.decided_at),
        undone_by=row.undone_by,
        undone_why=row.undone_why,
        undone_at=in_utc(row.undone_at) if row.undone_at is not None else None,
        anchors=anchors,
    )


def about(connection: Connection, identities: Iterable[str], documents: Iterable[str]) -> list[Decision]:
    """Standing decisions that name one of these statements, by id or, after a new reading, by its document."""
    named = decided_statements.c
    numbers = {row[0] for row in rows(connection, select(named.decision), named.statement, identities)}
    numbers |= {row[0] for row in rows(connection, select(named.decision), named.document, documents)}
    return [one for one in read(connection, numbers=numbers) if one.stands] if numbers else []


def current(connection: Connection, found: Sequence[Decision]) -> dict[str, str]:
    """What each statement named by these decisions is called today: itself, or what overlaps its trigger now.

    A newer model may find the same act by another word; a statement that nothing overlaps any more is left out.
    """
    anchors = {anchor.statement: anchor for one in found for anchor in one.anchors}
    query = select(statements.c.id)
    there = {row[0] for row in rows(connection, query, statements.c.id, anchors)}
    names = {identity: identity for identity in there}
    missing = {identity: anchor for identity, anchor in anchors.items() if identity not in there}
    bodies = select(statements.c.document, statements.c.body)
    read_anew: dict[str, list[Statement]] = defaultdict(list)
    for document, body in rows(connection, bodies, statements.c.document, {one.document for one in missing.values()}):
        read_anew[document].append(from_json(body))
    for identity, anchor in missing.items():
        over = [one for one in read_anew[anchor.document] if _overlap(one, anchor) > 0]
        if over:
            names[identity] = min(over, key=lambda one: (-_overlap(one, anchor), one.id)).id
    return names


def _overlap(one: Statement, anchor: Anchor) -> int:
    return min(one.trigger.end, anchor.end) - max(one.trigger.start, anchor.start)


def about_entities(connection: Connection, entities: Iterable[str]) -> list[Decision]:
    """The standing decisions about these actors and places, and about those that they are said to be the same as."""
    every = [one for one in read(connection, kinds=OF_ENTITIES) if one.stands]
    known = _followed(entities, {(str(one.body["other"]), one.subject) for one in every if "other" in one.body})
    return [one for one in every if one.subject in known]


def same_as(connection: Connection, entities: Iterable[str]) -> set[str]:
    """These actors and places, and all that are said to be the same as one of them."""
    every = [one for one in read(connection, kinds=[DecisionKind.SAME]) if one.stands]
    return _followed(entities, {(one.subject, str(one.body["other"])) for one in every})


def _followed(start: Iterable[str], links: Collection[tuple[str, str]]) -> set[str]:
    """What can be reached from `start` over links from one to the other."""
    reached: set[str] = set()
    ahead = set(start)
    while ahead:
        reached |= ahead
        ahead = {other for one, other in links if one in ahead} - reached
    return reached


class Bonds(NamedTuple):
    """Statements that are one event by decision, pairs that must not be, and what splits took out of events."""

    together: list[set[str]]
    apart: set[tuple[str, str]]
    cuts: list[set[str]]


def bonds(found: Sequence[Decision], names: dict[str, str]) -> Bonds:
    """What merges and splits bind, statements by what they are called today; of two that clash, the newer stands."""
    together: list[set[str]] = []
    apart: set[tuple[str, str]] = set()
    cuts: list[set[str]] = []
    for one in sorted(found, key=lambda each: -each.number):
        sides: tuple[set[str], set[str]] = (set(), set())
        for anchor in one.anchors:
            if anchor.statement in names:
                sides[anchor.side].add(names[anchor.statement])
        bound = [sides[0] | sides[1]] if one.kind == DecisionKind.MERGE else [sides[0], sides[1]]
        for cut in cuts:
            bound = [part for whole in bound for part in (whole & cut, whole - cut) if part]
        together += bound
        if one.kind == DecisionKind.SPLIT:
            apart |= {(a, b) for a in sides[0] for b in sides[1]}
            cuts.append(sides[1])
    return Bonds(together, apart, cuts)
