"""Events: which documents report the same, which statements tell of one act; kept up to date as documents come.

The same set of documents, copies and decisions gives the same events whatever the order in which they came:
what a pair scores depends on the pair alone, which pairs are compared follows from the set, and groups are formed
anew wherever something changed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from foreshock.corroborate.decisions import decisions
from foreshock.corroborate.events import store
from foreshock.corroborate.events.acts import crossed
from foreshock.corroborate.events.compare import compare
from foreshock.corroborate.events.digest import digest_of
from foreshock.corroborate.events.keys import keys_of
from foreshock.corroborate.events.linkage import grouped
from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.views.build import describe
from foreshock.model.decision import Decision, DecisionKind
from foreshock.model.document import Document
from foreshock.model.event import Act
from foreshock.model.statement import Statement, from_json
from foreshock.model.vocabulary import Granularity
from foreshock.record.events_tables import (
    event_act_pairs,
    event_digests,
    event_document_pairs,
    event_statements,
    event_stories,
)
from foreshock.record.parts import rows
from foreshock.record.store import Record
from foreshock.record.tables import captures, documents, statements

AT_A_TIME: Final = 100
"""Documents that are taken up in one transaction."""
_WHOLE: Final = (DecisionKind.MERGE, DecisionKind.SPLIT)


@dataclass(frozen=True)
class Touched:
    """What an update went through: documents taken up, and events made or made anew."""

    documents: int = 0
    events: int = 0


def update(record: Record, identities: Sequence[str]) -> Touched:
    """Take up documents that the record holds, by id, after syndication has grouped them; known ones are passed over.

    Also makes anew what is in their groups of copies and was in others before; what these parted elsewhere is caught
    up with.
    """
    taken = events = 0
    for at in range(0, len(identities), AT_A_TIME):
        with record.begin(writing=True) as connection:
            done = _take_up(connection, identities[at : at + AT_A_TIME])
        taken, events = taken + done.documents, events + done.events
    return Touched(taken, events)


def pending(record: Record) -> list[str]:
    """Documents that no events were computed for: those of a run that was killed, or of an older Foreshock."""
    known = select(event_digests.c.document)
    query = select(documents.c.id).where(documents.c.id.not_in(known)).order_by(documents.c.number)
    with record.begin() as connection:
        return list(connection.scalars(query))


def catch_up(record: Record) -> Touched:
    """Bring events up to what the record holds, after a run that was killed, an erasure or a new reading."""
    with record.begin(writing=True) as connection:
        documents_left, acts_left = store.left_over(connection)
        moved = store.regrouped(connection)
        mended = _regroup(connection, documents_left | moved, acts_left | _acts_of(connection, moved))
    done = update(record, pending(record))
    return Touched(done.documents, done.events + mended)


def recompute(record: Record) -> Touched:
    """All events anew from documents, copies and decisions."""
    with record.begin(writing=True) as connection:
        store.forget_all(connection)
    return update(record, pending(record))


def forget(connection: Connection, identities: Iterable[str]) -> None:
    """Let go of documents whose readings are replaced in this transaction; `catch_up` takes them up again.

    People's decisions find their statements again then.
    """
    for identity, digest in store.digests(connection, identities).items():
        neighbours = {one for pair in store.pairs_of(connection, [identity]) for one in pair}
        neighbours |= store.fellows(connection, [identity]).keys()
        others = store.forget(connection, digest, keys_of(digest).own)
        _regroup(connection, neighbours - {identity}, others)


def regroup_statements(connection: Connection, identities: Iterable[str]) -> int:
    """Form anew the events of these statements, after a decision; how many events were made."""
    return _regroup(connection, set(), {one.act for one in store.members(connection, "statement", identities)})


def same_event_groups(record: Record) -> list[list[str]]:
    """The groups of two or more documents that report the same event, by the ids their sources gave them.

    Copies of one text are all in the group; a text that came without an id of its own is named by the document's.
    """
    story = event_stories.c
    named: dict[str, list[str]] = {}
    taken = select(captures.c.document, captures.c.external_id).where(captures.c.document.isnot(None)).distinct()
    with record.begin() as connection:
        for document, name in connection.execute(taken):
            named.setdefault(document, []).append(name if name is not None else document)
        groups: dict[str, set[str]] = {}
        for document, group in connection.execute(select(story.document, story.story)):
            groups.setdefault(group, set()).update(named.get(document, [document]))
    return sorted(sorted(group) for group in groups.values() if len(group) > 1)


def _take_up(connection: Connection, identities: Sequence[str]) -> Touched:
    new = _digested(connection, identities)
    copies = store.copies_of(connection, identities)
    store.keep_digests(connection, new, copies)
    store.keep_members(connection, new)
    moved = store.regrouped(connection, copies.values())
    touched, acts = compare(connection, new) if new else (set(), set())
    acts |= _acts_of(connection, moved)
    return Touched(len(new), _regroup(connection, touched | moved, acts))


def _acts_of(connection: Connection, identities: Iterable[str]) -> set[str]:
    return {act.statement for digest in store.digests(connection, identities).values() for act in digest.acts}


def _digested(connection: Connection, identities: Iterable[str]) -> store.Digests:
    columns = documents.c
    known = {row[0] for row in rows(connection, select(event_digests.c.document), event_digests.c.document,
                                          identities)}  # fmt: skip
    wanted = set(identities) - known
    said: dict[str, list[Statement]] = {identity: [] for identity in wanted}
    bodies = select(statements.c.document, statements.c.body).order_by(statements.c.start, statements.c.id)
    for document, body in rows(connection, bodies, statements.c.document, wanted):
        said[document].append(from_json(body))
    return {
        row.id: digest_of(_document(row), said[row.id])
        for row in rows(connection, select(documents), columns.id, wanted)
    }


def _document(row: Any) -> Document:  # noqa: ANN401 - a row of the documents' table
    return Document(
        id=row.id,
        text=row.text,
        origin=row.origin,
        capture="",
        title=row.title,
        published=row.published,
        published_granularity=Granularity(row.published_granularity) if row.published_granularity else None,
        crawl_month=row.crawl_month,
    )


def _regroup(connection: Connection, touched: set[str], acts: set[str]) -> int:
    if touched:
        _regroup_documents(connection, touched)
    return _regroup_acts(connection, acts) if acts else 0


def _regroup_documents(connection: Connection, touched: set[str]) -> None:
    """Form anew the groups of documents that these are linked with."""
    reached = set(touched)
    while True:
        fellows = store.fellows(connection, reached)
        links = store.linked(connection, event_document_pairs, reached | fellows.keys(), rules().linked)
        wider = reached | fellows.keys() | {one for pair in links for one in pair}
        if wider == reached:
            break
        reached = wider
    copies: dict[str, list[str]] = {}
    for document, group in fellows.items():
        copies.setdefault(group, []).append(document)
    found = grouped(fellows, links, rules().linked, together=copies.values())
    new = [{"document": document, "story": group[0]} for group in found if len(group) > 1 for document in group]
    store.replace(connection, event_stories, "document", reached, new)


def _regroup_acts(connection: Connection, touched: set[str]) -> int:
    """Form anew the events of these acts and of all they are linked with or bound to; how many changed."""
    reached = set(touched)
    while True:
        links = store.linked(connection, event_act_pairs, reached, rules().joined)
        reached |= {one for pair in links for one in pair}
        members = store.members(connection, "act", reached)
        bound = _bound(connection, members)
        names = decisions.current(connection, bound)
        named = [names[anchor.statement] for one in bound for anchor in one.anchors if anchor.statement in names]
        further = {one.act for one in store.members(connection, "statement", named)}
        further |= {one.act for one in store.members(connection, "event", {one.event for one in members})}
        if further <= reached:
            break
        reached |= further
    found = _events(members, links, decisions.bonds(bound, names), _turned_round(connection, members))
    changed = _write(connection, members, found, touched)
    return len(changed)


def _bound(connection: Connection, members: Sequence[store.Member]) -> list[Decision]:
    """The standing merges and splits of these statements."""
    statements_here = {one.statement for one in members}
    found = decisions.about(connection, statements_here, {one.document for one in members})
    whole = [one for one in found if one.kind in _WHOLE]
    names = decisions.current(connection, whole)
    return [one for one in whole if any(names.get(anchor.statement) in statements_here for anchor in one.anchors)]


def _turned_round(connection: Connection, members: Sequence[store.Member]) -> list[tuple[str, str]]:
    """The pairs of acts in which who struck whom is turned round; no third act may bring them together."""
    wanted = {one.act for one in members}
    digests = store.digests(connection, {one.document for one in members}).values()
    acts = [act for digest in digests for act in digest.acts if act.statement in wanted]
    struck: dict[str, list[Act]] = {}
    for act in acts:
        for who in act.suffered:
            struck.setdefault(who, []).append(act)
    return [(act.statement, other.statement) for act in acts for who in act.did for other in struck.get(who, ())
            if crossed(act, other)]  # fmt: skip


def _events(
    members: Sequence[store.Member],
    links: Mapping[tuple[str, str], float],
    bonds: decisions.Bonds,
    turned_round: Iterable[tuple[str, str]],
) -> list[list[str]]:
    """The events as groups of statements, each in order; an act goes whole, but where a split cuts it."""
    acts: dict[str, set[str]] = {}
    for one in members:
        acts.setdefault(one.act, set()).add(one.statement)
    parts = {act: sorted(min(part) for part in _cut(whole, bonds.cuts)) for act, whole in acts.items()}
    home = {one: min(part) for whole in acts.values() for part in _cut(whole, bonds.cuts) for one in part}
    between = {
        (min(first, second), max(first, second)): probability
        for (act, other), probability in links.items()
        for first in parts.get(act, ())
        for second in parts.get(other, ())
    }
    found = grouped(
        set(home.values()),
        between,
        rules().joined,
        together=[{home[one] for one in bond if one in home} for bond in bonds.together],
        apart={
            (home[one], home[other]) for one, other in (*bonds.apart, *turned_round) if one in home and other in home
        },
    )
    inside: dict[str, list[str]] = {}
    for statement, part in home.items():
        inside.setdefault(part, []).append(statement)
    return sorted(sorted(one for part in group for one in inside[part]) for group in found)


def _cut(whole: set[str], cuts: Iterable[set[str]]) -> list[set[str]]:
    found = [whole]
    for cut in cuts:
        found = [part for one in found for part in (one & cut, one - cut) if part]
    return found


def _write(
    connection: Connection, members: Sequence[store.Member], found: Sequence[Sequence[str]], touched: Collection[str]
) -> list[Sequence[str]]:
    """Write the groups, and what lists show of those that changed; these come back."""
    before = {one.statement: one for one in members}
    had: dict[str, set[str]] = {}
    for one in members:
        had.setdefault(one.event, set()).add(one.statement)
    changed = [
        group for group in found if had.get(group[0]) != set(group) or any(before[one].act in touched for one in group)
    ]
    moved = [
        {"statement": one, "document": before[one].document, "act": before[one].act, "event": group[0]}
        for group in changed
        for one in group
        if before[one].event != group[0]
    ]
    store.replace(connection, event_statements, "statement", [row["statement"] for row in moved], moved)
    kept = {group[0] for group in found} - {group[0] for group in changed}
    describe(connection, changed, {one.event for one in members} - kept)
    return changed
