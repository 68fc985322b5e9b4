"""Erasing a document everywhere it went, and leaving a tombstone of digests in the log."""

import datetime
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Select, Table, delete, insert, or_, select, update

from foreshock.errors import UsageError
from foreshock.record import custody
from foreshock.record.custody_tables import erasures, fetches
from foreshock.record.decisions_tables import decided_statements, decisions
from foreshock.record.events_tables import (
    event_act_pairs,
    event_digests,
    event_document_pairs,
    event_keys,
    event_statements,
    event_stories,
    events,
)
from foreshock.record.evidence import take_back
from foreshock.record.ledger_tables import (
    prediction_answers,
    prediction_documents,
    prediction_evidence,
    prediction_proposals,
    prediction_rulings,
    predictions,
    report_meanings,
)
from foreshock.record.store import Record
from foreshock.record.syndication_tables import syndication_captures, syndication_pairs, syndication_texts
from foreshock.record.tables import (
    captures,
    documents,
    gaps,
    originals,
    statement_contexts,
    statement_participants,
    statement_sources,
    statements,
)


@dataclass(frozen=True)
class Hanging:
    """A column that names what an erased document takes with it, so that its row goes, too.

    `of` says what it names: a capture, a document, a statement; a text by its number in `syndication_texts`;
    an event that one of its statements belongs to; a decision about nothing else. `derived` rows also go with
    a statement that a newer model no longer finds; a person's decision stays then, in case that the statement
    comes back, so its column may be no foreign key.
    """

    table: Table
    column: str
    of: Literal["statement", "document", "capture", "text", "event", "decision"]
    derived: bool = True


HANGING: tuple[Hanging, ...] = (
    Hanging(syndication_pairs, "first", "text"),
    Hanging(syndication_pairs, "second", "text"),
    Hanging(syndication_texts, "document", "document"),
    Hanging(syndication_captures, "document", "document"),
    Hanging(syndication_captures, "capture", "capture"),
    Hanging(events, "id", "event"),
    Hanging(event_act_pairs, "first", "statement"),
    Hanging(event_act_pairs, "second", "statement"),
    Hanging(event_document_pairs, "first", "document"),
    Hanging(event_document_pairs, "second", "document"),
    Hanging(event_statements, "statement", "statement"),
    Hanging(event_statements, "document", "document"),
    Hanging(event_stories, "document", "document"),
    Hanging(event_digests, "document", "document"),
    Hanging(event_keys, "document", "document"),
    Hanging(decided_statements, "statement", "statement", derived=False),
    Hanging(decided_statements, "document", "document"),
    Hanging(decisions, "number", "decision"),
    Hanging(prediction_answers, "statement", "statement"),
    Hanging(prediction_answers, "document", "document"),
    Hanging(prediction_answers, "of_document", "document"),
    Hanging(prediction_evidence, "statement", "statement"),
    Hanging(prediction_evidence, "document", "document"),
    Hanging(prediction_evidence, "of_document", "document"),
    Hanging(prediction_proposals, "document", "document"),
    Hanging(prediction_rulings, "document", "document"),
    Hanging(prediction_documents, "document", "document"),
    Hanging(predictions, "document", "document"),
    Hanging(report_meanings, "document", "document"),
    Hanging(statement_contexts, "statement", "statement"),
    Hanging(statement_sources, "statement", "statement"),
    Hanging(statement_participants, "statement", "statement"),
    Hanging(gaps, "document", "document"),
    Hanging(statements, "document", "document"),
    Hanging(fetches, "capture", "capture"),
    Hanging(originals, "sha256", "capture"),
    Hanging(captures, "capture", "capture"),
    Hanging(documents, "id", "document"),
)
"""Everything that hangs on a document, in the order in which it goes. A new table with such a column belongs
here, before what it refers to; `tests/record/test_erasure.py` fails until it does."""

SHORTEST = 8
"""Hex digits that name a document or capture, where only one begins so."""
_hash = re.compile(r"(sha256:)?([0-9a-f]{8,64})")


@dataclass(frozen=True)
class Erased:
    """What an erasure took: the document's id, null for a capture that was never read, and its captures.

    `removed` are the rows that went, by table; `taken_back` counts the ledger's proposals that rested on it.
    `scrubbed` is false where the database keeps their bytes for now in space it will use again: another program was
    reading, or it is no SQLite (there: VACUUM).
    """

    document: str | None
    captures: tuple[str, ...]
    removed: dict[str, int]
    scrubbed: bool
    taken_back: int = 0


def erase(record: Record, name: str, reason: str, who: str, then: Callable[[Connection], None] | None = None) -> Erased:
    """Erase the document or capture called `name`, its id or the first digits of it, in one transaction.

    `then` is done in it, too, when its rows are gone: to let go of what no table names it by.
    Raises `UsageError` where the record has none, or several, of that name, or no reason is given.
    """
    if not reason.strip():
        raise UsageError("an erasure needs a reason; it stays in the log")
    now = datetime.datetime.now(datetime.UTC)
    with record.begin(writing=True) as connection:
        sqlite = connection.dialect.name == "sqlite"
        document, taken = _named(connection, name)
        taken_back = take_back(connection, [document] if document else [])
        removed = _remove(connection, document, taken)
        if then is not None:
            then(connection)
        hashes = [*taken, *([document] if document else [])]
        there = set(connection.scalars(select(erasures.c.hash).where(erasures.c.hash.in_(hashes))))
        rows = [{"hash": each, "erased_at": now} for each in hashes if each not in there]
        if rows:
            connection.execute(insert(erasures), rows)
        details = {"reason": reason.strip(), "who": who, "captures": taken, "removed": removed}
        notes = [custody.Note(custody.ERASED, capture, {"document": document}) for capture in taken]
        custody.append(connection, [*notes, custody.Note(custody.ERASED, document or taken[0], details)], now)
        if sqlite:
            for index in ("document_words", "clause_words"):
                # What is deleted from a full-text index stays in it until its segments are merged.
                connection.exec_driver_sql(f"INSERT INTO {index}({index}) VALUES ('optimize')")
    return Erased(document, tuple(taken), removed, sqlite and _scrubbed(record), taken_back)


def _scrubbed(record: Record) -> bool:
    """Whether the write-ahead log, which holds pages as they were, could be emptied."""
    with closing(record.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        answer = cursor.fetchone()  # whether it was busy, and two counts of pages
    return answer is not None and not answer[0]


def _named(connection: Connection, name: str) -> tuple[str | None, list[str]]:
    """The document of that name, null where a capture has none, and its captures."""
    found = _hash.fullmatch(name.strip().lower())
    if found is None:
        raise UsageError(f"{name!r} is not a document's id; give sha256:… or its first {SHORTEST} digits or more")
    digits = found.group(2)
    prefix = f"sha256:{digits}"
    query = select(documents.c.id).where(documents.c.id >= prefix, documents.c.id < prefix + "g").limit(2)
    ids = set(connection.scalars(query))
    alone: list[str] = []
    if not found.group(1):
        taken = captures.c.capture
        of_captures = select(taken, captures.c.document).where(taken >= digits, taken < digits + "g").limit(3)
        for capture, document in connection.execute(of_captures):
            if document:
                ids.add(document)
            else:
                alone.append(capture)
    if len(ids) + len(alone) != 1:
        problem = "the record holds no document of this id" if not ids and not alone else "several begin so; give more"
        raise UsageError(f"{name}: {problem}")
    if alone:
        return None, alone
    document = ids.pop()
    # A capture of the same text that was skipped tells its title and author as well.
    skipped = select(syndication_captures.c.capture).where(syndication_captures.c.document == document)
    own = captures.c
    query = select(own.capture).where(or_(own.document == document, own.capture.in_(skipped)))
    return document, sorted(connection.scalars(query))


def _remove(connection: Connection, document: str | None, taken: list[str]) -> dict[str, int]:
    texts = [document] if document else _texts_only_in(connection, taken)
    about = select(decided_statements.c.decision).where(decided_statements.c.document.in_(texts))
    others = select(decided_statements.c.decision).where(decided_statements.c.document.not_in(texts))
    named: dict[str, Select[tuple[Any]] | Sequence[Any]] = {
        "capture": taken,
        "document": texts,
        "statement": select(statements.c.id).where(statements.c.document.in_(texts)),
        "text": select(syndication_texts.c.number).where(syndication_texts.c.document.in_(texts)),
        "event": select(event_statements.c.event).where(event_statements.c.document.in_(texts)),
        "decision": connection.scalars(about.where(decided_statements.c.decision.not_in(others))).all(),
    }
    for members, group in ((syndication_texts, "copies_of"), (event_stories, "story")):
        _part(connection, members, group, texts)
    removed: dict[str, int] = {}
    for hanging in HANGING:
        condition = hanging.table.c[hanging.column].in_(named[hanging.of])
        number = connection.execute(delete(hanging.table).where(condition)).rowcount
        if number:
            removed[hanging.table.name] = removed.get(hanging.table.name, 0) + number
    return removed


def _part(connection: Connection, members: Table, column: str, gone: Sequence[str]) -> None:
    """Name the groups that these texts were in, which `column` of their `members` names, after them: a group of no
    member's name is formed anew.

    What held a group together may go with one of its texts, and nothing else would tell of it afterwards.
    """
    own, name = members.c, members.c[column]
    for document in gone:
        group = connection.scalar(select(name).where(own.document == document))
        if group is not None:
            connection.execute(update(members).where(name == group).values({column: document}))


def _texts_only_in(connection: Connection, taken: list[str]) -> list[str]:
    """The texts of captures that were not read: what no other capture holds of what syndication knows them by."""
    held = syndication_captures.c
    mine = select(held.document).where(held.capture.in_(taken))
    others = select(held.document).where(held.document.in_(mine), held.capture.not_in(taken))
    return list(set(connection.scalars(mine)) - set(connection.scalars(others)))
