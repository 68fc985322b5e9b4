"""Groups of documents by their external ids: copies of one text, reports of one event, and the verdict on each."""

from collections import defaultdict

import msgspec
from sqlalchemy import func, select

from foreshock.corroborate.events.events import same_event_groups
from foreshock.record.store import Record
from foreshock.record.syndication_tables import syndication_captures, syndication_texts
from foreshock.record.tables import captures

FEWEST_WORDS = 20
"""Words of prose below which two equal texts are two empty pages and no copies."""


class Labelled(msgspec.Struct, frozen=True):
    """A document by its external id, with the verdict on it."""

    id: str
    label: str


class Groups(msgspec.Struct, frozen=True):
    """What `export groups` writes. Ids are external ids; a capture without one goes by its document's, else its own."""

    syndicated: tuple[tuple[str, ...], ...]
    same_event: tuple[tuple[str, ...], ...]
    documents: tuple[Labelled, ...]


def groups_in(record: Record) -> Groups:
    """All groups of a record, skipped documents included; groups of one are left out."""
    return Groups(
        syndicated=_syndicated(record),
        same_event=tuple(tuple(group) for group in same_event_groups(record)),
        documents=_documents(record),
    )


def to_json(groups: Groups) -> bytes:
    """The groups as the contract has them."""
    return msgspec.json.encode(groups)


def _syndicated(record: Record) -> tuple[tuple[str, ...], ...]:
    held, text = syndication_captures.c, syndication_texts.c
    query = (
        select(captures.c.external_id, held.document, text.copies_of)
        .join(syndication_captures, held.capture == captures.c.capture)
        .join(syndication_texts, text.document == held.document)
        .where(func.length(text.words) >= 2 * FEWEST_WORDS)
    )
    found: dict[str, set[str]] = defaultdict(set)
    with record.begin() as connection:
        for external, document, group in connection.execute(query):
            found[group].add(external if external is not None else document)
    return tuple(sorted(tuple(sorted(group)) for group in found.values() if len(group) > 1))


def _documents(record: Record) -> tuple[Labelled, ...]:
    columns = (captures.c.external_id, captures.c.document, captures.c.capture, captures.c.verdict)
    labels: dict[str, str] = {}
    with record.begin() as connection:
        for external, document, capture, label in connection.execute(select(*columns).order_by(captures.c.capture)):
            name = external if external is not None else document or capture
            # An id that several captures carry is usable where one of them is.
            if labels.get(name) != "usable":
                labels[name] = label
    return tuple(Labelled(name, label) for name, label in sorted(labels.items()))
