"""Comparing new documents with those they could share an event with, and keeping what was found."""

from collections.abc import Collection, Iterable
from itertools import product
from typing import Final

from sqlalchemy import Connection, delete, insert

from foreshock.corroborate.events import store
from foreshock.corroborate.events.acts import act_score, comparable
from foreshock.corroborate.events.keys import Keys, candidates, keys_of, still_candidates
from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.events.score import probability, score
from foreshock.model.event import Act, Digest
from foreshock.record.events_tables import event_act_pairs, event_document_pairs

_DIGITS: Final = 6
"""Decimals that a probability is kept with."""


def compare(connection: Connection, new: store.Digests) -> tuple[set[str], set[str]]:
    """File new documents and compare each with its candidates; what is touched, as documents and as acts."""
    keys = {document: keys_of(digest) for document, digest in new.items()}
    grown = store.keep_keys(connection, {document: own.own for document, own in keys.items()})
    documents, acts = _dropped(connection, grown) if grown else (set(), set())
    asked = {key for own in keys.values() for key in (*own.own, *own.reach)}
    common = store.common_of(connection, asked)
    holders = store.holders(connection, asked - common)
    pairs = {
        (min(document, other), max(document, other))
        for document, own in keys.items()
        for other in candidates(own, holders, common) - {document}
    }
    known = {**store.digests(connection, {one for pair in pairs for one in pair} - new.keys()), **new}
    documents |= new.keys()
    acts |= {act.statement for digest in new.values() for act in digest.acts}
    _keep(connection, [(known[first], known[second]) for first, second in sorted(pairs)])
    return documents, acts


def _keep(connection: Connection, pairs: Iterable[tuple[Digest, Digest]]) -> None:
    found = []
    for a, b in pairs:
        story = probability(score(a, b))
        if _keep_act_pairs(connection, product(a.acts, b.acts), story) or story >= rules().considered:
            found.append({"first": a.document, "second": b.document, "probability": round(story, _DIGITS)})
    store.put(connection, event_document_pairs, found)


def _keep_act_pairs(connection: Connection, pairs: Iterable[tuple[Act, Act]], story: float) -> int:
    """Keep the pairs of acts that may be one; how many there were."""
    least = rules().considered
    found = []
    for a, b in pairs:
        if not comparable(a, b):
            continue
        likely = probability(act_score(a, b, story))
        if likely >= least:
            first, second = sorted((a.statement, b.statement))
            found.append({"first": first, "second": second, "probability": round(likely, _DIGITS)})
    if found:
        connection.execute(insert(event_act_pairs), found)
    return len(found)


def _dropped(connection: Connection, grown: Collection[int]) -> tuple[set[str], set[str]]:
    """Drop keys that became too common, and the pairs that nothing else brings together; what that touches."""
    held = {document for holding in store.holders(connection, grown).values() for document in holding}
    store.make_common(connection, grown)
    pairs = store.pairs_of(connection, held)
    known = store.digests(connection, {one for pair in pairs for one in pair})
    keys: dict[str, Keys] = {document: keys_of(digest) for document, digest in known.items()}
    common = store.common_of(connection, {key for own in keys.values() for key in (*own.own, *own.reach)})
    documents: set[str] = set()
    acts: set[str] = set()
    for first, second in pairs:
        if still_candidates(keys[first], keys[second], common.__contains__):
            continue
        documents |= {first, second}
        mine, theirs = ({act.statement for act in known[one].acts} for one in (first, second))
        acts |= mine | theirs
        pair = event_document_pairs.c
        connection.execute(delete(event_document_pairs).where(pair.first == first, pair.second == second))
        store.unlink_acts(connection, mine, theirs)
    return documents, acts
