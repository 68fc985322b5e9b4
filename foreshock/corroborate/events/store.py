"""Events' own tables, read and written: digests, keys, pairs and groups."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Table, delete, func, insert, or_, select

from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.events.stance import did_not_happen
from foreshock.model.event import Digest
from foreshock.model.statement import from_json
from foreshock.model.vocabulary import Polarity
from foreshock.record.events_tables import (
    event_act_pairs,
    event_common_keys,
    event_digests,
    event_document_pairs,
    event_keys,
    event_statements,
    event_stories,
    events,
)
from foreshock.record.parts import parted, rows
from foreshock.record.syndication_tables import syndication_texts
from foreshock.record.tables import statements

_decoder = msgspec.msgpack.Decoder(Digest)

Digests = dict[str, Digest]


def put(connection: Connection, table: Table, values: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, where there are any."""
    if values:
        connection.execute(insert(table), values)


def digests(connection: Connection, identities: Iterable[str]) -> Digests:
    """The digests of these documents, by id."""
    query = select(event_digests.c.digest)
    found = (_decoder.decode(row[0]) for row in rows(connection, query, event_digests.c.document, identities))
    return {digest.document: digest for digest in found}


def keep_digests(connection: Connection, new: Digests, copies: Mapping[str, str]) -> None:
    """Write digests; `copies` tells the syndication group of each document."""
    put(connection, event_digests, [
        {"document": document, "copies_of": copies[document], "digest": msgspec.msgpack.encode(digest)}
        for document, digest in new.items()
    ])  # fmt: skip


def copies_of(connection: Connection, documents: Collection[str]) -> dict[str, str]:
    """The syndication group of each document, named by its least text; the document itself where it has none."""
    query = select(syndication_texts.c.document, syndication_texts.c.copies_of)
    found = {document: document for document in documents}
    found.update((row[0], row[1]) for row in rows(connection, query, syndication_texts.c.document, documents))
    return found


def regrouped(connection: Connection, groups: Iterable[str] | None = None) -> set[str]:
    """The documents of these syndication groups, or of all, last seen in another group; the change is noted."""
    own = event_digests.c
    query = select(own.document, own.copies_of, syndication_texts.c.copies_of).join(
        syndication_texts, syndication_texts.c.document == own.document
    )
    changed = query.where(own.copies_of != syndication_texts.c.copies_of)
    found = (
        connection.execute(changed).all()
        if groups is None
        else rows(connection, changed, syndication_texts.c.copies_of, groups)
    )
    now = {document: after for document, _, after in found}
    for document, group in now.items():
        connection.execute(event_digests.update().where(own.document == document).values(copies_of=group))
    return set(now)


def fellows(connection: Connection, identities: Iterable[str]) -> dict[str, str]:
    """Every document of the syndication groups of these, with its group."""
    own = event_digests.c
    groups = {row[0] for row in rows(connection, select(own.copies_of), own.document, identities)}
    return {row[0]: row[1] for row in rows(connection, select(own.document, own.copies_of), own.copies_of, groups)}


def keep_keys(connection: Connection, keys: Mapping[str, set[int]]) -> set[int]:
    """File documents under their keys; the keys that became too common by it come back."""
    wanted = {key for own in keys.values() for key in own}
    common = common_of(connection, wanted)
    put(connection, event_keys, [
        {"key": key, "document": document} for document, own in keys.items() for key in sorted(own - common)
    ])  # fmt: skip
    counted = select(event_keys.c.key).group_by(event_keys.c.key).having(func.count() > rules().commonest_key)
    return {row[0] for row in rows(connection, counted, event_keys.c.key, wanted - common)}


def common_of(connection: Connection, keys: Iterable[int]) -> set[int]:
    """Which of these keys are too common to compare by."""
    return {row[0] for row in rows(connection, select(event_common_keys.c.key), event_common_keys.c.key, keys)}


def holders(connection: Connection, keys: Iterable[int]) -> dict[int, set[str]]:
    """The documents filed under each of these keys."""
    found: dict[int, set[str]] = {}
    query = select(event_keys.c.key, event_keys.c.document)
    for key, document in rows(connection, query, event_keys.c.key, keys):
        found.setdefault(key, set()).add(document)
    return found


def make_common(connection: Connection, keys: Iterable[int]) -> None:
    """Drop keys for good."""
    for part in parted(sorted(set(keys))):
        connection.execute(delete(event_keys).where(event_keys.c.key.in_(part)))
        put(connection, event_common_keys, [{"key": key} for key in part])


def pairs_of(connection: Connection, identities: Collection[str]) -> set[tuple[str, str]]:
    """Every pair of documents kept that one of these is in."""
    pairs = event_document_pairs.c
    query = select(pairs.first, pairs.second)
    return {
        (first, second)
        for column in (pairs.first, pairs.second)
        for first, second in rows(connection, query, column, identities)
    }


def unlink_acts(connection: Connection, mine: Collection[str], theirs: Collection[str]) -> None:
    """Take out the pairs of acts between two documents."""
    pair = event_act_pairs.c
    for one, other in ((mine, theirs), (theirs, mine)):
        for part in parted(sorted(set(one))):
            connection.execute(delete(event_act_pairs).where(pair.first.in_(part), pair.second.in_(sorted(other))))


def linked(connection: Connection, table: Table, start: Iterable[str], least: float) -> dict[tuple[str, str], float]:
    """Every pair of `table` whose two ends can both be reached from `start` over pairs of at least `least`.

    Weaker pairs between what is reached come too: they count in the means.
    """
    first, second, weight = table.c.first, table.c.second, table.c.probability
    query = select(first, second, weight)
    reached: set[str] = set()
    found: dict[tuple[str, str], float] = {}
    edge = set(start)
    while edge:
        reached |= edge
        ahead: set[str] = set()
        for column in (first, second):
            for one, other, probability in rows(connection, query, column, edge):
                found[one, other] = probability
                if probability >= least:
                    ahead |= {one, other}
        edge = ahead - reached
    return {pair: probability for pair, probability in found.items() if pair[0] in reached and pair[1] in reached}


class Member(NamedTuple):
    """A statement of an event: its document, the act of the document that it tells of, and the event."""

    statement: str
    document: str
    act: str
    event: str


def members(connection: Connection, column: str, values: Iterable[str]) -> list[Member]:
    """The statements whose `column` (`statement`, `act` or `event`) is one of `values`."""
    own = event_statements.c
    query = select(own.statement, own.document, own.act, own.event)
    return [Member(*row) for row in rows(connection, query, own[column], values)]


def keep_members(connection: Connection, new: Digests) -> None:
    """Write the statements of new documents, each act an event of its own for now."""
    put(connection, event_statements, [
        {"statement": one, "document": document, "act": act.statement, "event": act.statement}
        for document, digest in new.items() for act in digest.acts for one in act.statements
    ])  # fmt: skip


def forget(connection: Connection, digest: Digest, keys: Collection[int]) -> set[str]:
    """Take a document out of every table here; the acts that it had in events with others come back."""
    document, acts = digest.document, {act.statement for act in digest.acts}
    own = event_statements.c
    named = set(connection.scalars(select(own.event).where(own.document == document)))
    others = {one.act for one in members(connection, "event", named)} - acts
    pairs = event_document_pairs.c
    connection.execute(delete(event_document_pairs).where(or_(pairs.first == document, pairs.second == document)))
    for part in parted(sorted(acts)):
        for column in (event_act_pairs.c.first, event_act_pairs.c.second):
            connection.execute(delete(event_act_pairs).where(column.in_(part)))
    for keys_part in parted(sorted(set(keys))):
        connection.execute(delete(event_keys).where(event_keys.c.key.in_(keys_part), event_keys.c.document == document))
    for table in (event_stories, event_statements, event_digests):
        connection.execute(delete(table).where(table.c.document == document))
    for part in parted(sorted(named)):
        connection.execute(delete(events).where(events.c.id.in_(part)))
    return others


def left_over(connection: Connection) -> tuple[set[str], set[str]]:
    """Documents whose group, and acts whose event, lost what it is named after."""
    story, own = event_stories.c, event_statements.c
    named = select(story.document)
    listed = select(events.c.id)
    lost = select(story.document).where(story.story.not_in(named))
    orphans = members(connection, "event", set(connection.scalars(select(own.event).where(own.event.not_in(listed)))))
    nothing = _nothing_happened(connection, orphans)
    return set(connection.scalars(lost)), {one.act for one in orphans if one.event not in nothing}


def _nothing_happened(connection: Connection, orphans: Sequence[Member]) -> set[str]:
    """The names of groups that are rightly in no list, as all they tell is that no violence was done."""
    tells = {one.statement: one.event for one in orphans}
    query = select(statements.c.id, statements.c.body).where(statements.c.polarity == Polarity.NEGATIVE)
    told = rows(connection, query, statements.c.id, tells)
    denied = {identity for identity, body in told if did_not_happen(from_json(body))}
    happened = {event for identity, event in tells.items() if identity not in denied}
    return {one.event for one in orphans if one.event in tells} - happened


def forget_all(connection: Connection) -> None:
    """Empty every table here."""
    for table in (
        events, event_statements, event_stories, event_act_pairs, event_document_pairs, event_common_keys, event_keys,
        event_digests,
    ):  # fmt: skip
        connection.execute(delete(table))


def replace(
    connection: Connection, table: Table, column: str, old: Iterable[Any], new: Sequence[Mapping[str, Any]]
) -> None:
    """Put `new` rows in the place of those whose `column` is one of `old`."""
    for part in parted(sorted(set(old))):
        connection.execute(delete(table).where(table.c[column].in_(part)))
    put(connection, table, new)
