"""Syndication: which texts are copies or light rewrites of one another, kept up as texts come in.

A text is fingerprinted; runs of four words, sampled by their hash and more densely in its lead, find the texts
that may be copies of it; those are compared in full (`resemblance`), without the furniture of their sites
(`furniture`), and what hangs together is parted into groups (`linkage`). Each step's answer depends on the set of
texts in the record and not on their order. When a paragraph turns out to be furniture, or a text to be older
than was known, the texts concerned are compared again.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from foreshock.corroborate.copies.fingerprints import Fingerprint, fingerprint_of, title_hash
from foreshock.corroborate.copies.furniture import Holder, is_furniture, longest_of
from foreshock.corroborate.copies.groups import pair_row, regroup
from foreshock.corroborate.copies.index import Index
from foreshock.corroborate.copies.resemblance import Body, likeness, score_of
from foreshock.corroborate.copies.store import fetched, numbers_and_months, postings, redated_to, row_of
from foreshock.record.keeping import Kept
from foreshock.record.parts import parted
from foreshock.record.rows import document_in
from foreshock.record.syndication_tables import (
    syndication_captures,
    syndication_furniture,
    syndication_pairs,
    syndication_runs,
    syndication_texts,
)
from foreshock.record.tables import captures, documents

AT_A_TIME: Final = 500
"""Texts that are taken up together when everything is grouped anew."""
KEPT: Final = 0.15
"""Score from which a pair is kept: below, nothing hangs on it."""
SHARED_KEYS: Final = 2
"""Sampled runs that two texts must share to be compared."""
COMMON: Final = 200
"""Texts past which a sampled run is a common phrase, and a paragraph needs no more to be judged by."""
LEAD_RUNS, LEAD_SAMPLE, SAMPLE = 96, 4, 64
"""One run in four is sampled among the first 96 of a text, one in 64 after: copies share their leads."""
_MIX = np.uint64(0x9E3779B97F4A7C15)

texts, pairs = syndication_texts, syndication_pairs


class Syndication:
    """Keeps the groups of a record. Holds what it read of the index, so use one for a whole run."""

    def __init__(self) -> None:
        self.keys = Index("keys")
        self.paragraphs = Index("paragraphs")
        self._furniture: set[int] = set()

    def take(self, connection: Connection, kept: Kept) -> None:
        """Group what was recorded, in the transaction that recorded it: texts that were read, and skipped ones."""
        entries = [*kept.documents, *kept.same_text, *kept.skipped]
        if entries:
            taken = [{"capture": entry.capture.sha256, "document": entry.document.id} for entry in entries]
            connection.execute(insert(syndication_captures), taken)
            self.add(connection, [fingerprint_of(entry.document) for entry in entries])

    def add(self, connection: Connection, found: Sequence[Fingerprint]) -> None:
        """Group texts; those that are known only tell when they were printed."""
        new, redated = self._written(connection, found)
        if new or redated:
            self._group(connection, new, redated)

    def _group(self, connection: Connection, new: dict[int, Fingerprint], redated: set[int]) -> None:
        self._load_furniture(connection)
        concerned = redated | self._find_furniture(connection, new, redated)
        touched = self._forget_pairs(connection, concerned - set(new))
        rows = {**new, **fetched(connection, concerned - set(new))}
        bodies = {number: self._body(row) for number, row in rows.items()}
        candidates = self._candidates(connection, bodies)
        others = {number for pair in candidates for number in pair} - set(bodies)
        bodies |= {number: self._body(row) for number, row in fetched(connection, others).items()}
        paired = self._compare(connection, candidates, bodies)
        regroup(connection, paired | concerned | touched)

    def _written(self, connection: Connection, found: Sequence[Fingerprint]) -> tuple[dict[int, Fingerprint], set[int]]:
        """The texts that are new, by number, written down; and the numbers of those that are older than was known."""
        known = numbers_and_months(connection, [each.document for each in found])
        number = connection.scalar(select(func.max(texts.c.number))) or 0
        new: dict[int, Fingerprint] = {}
        months: dict[int, int] = {}
        for each in found:
            there = known.get(each.document)
            if there is None:
                number += 1
                known[each.document] = number, each.month
                new[number] = each
            elif each.month and (not there[1] or each.month < there[1]):
                known[each.document] = there[0], each.month
                months[there[0]] = each.month
        for at in set(months) & set(new):
            new[at] = redated_to(new[at], months.pop(at))
        if new:
            connection.execute(insert(texts), [row_of(at, each) for at, each in new.items()])
        if months:
            changed = [{"at": at, "earlier": month} for at, month in months.items()]
            connection.execute(
                update(texts).where(texts.c.number == bindparam("at")).values(month=bindparam("earlier")), changed
            )
        return new, set(months)

    def _load_furniture(self, connection: Connection) -> None:
        known = connection.scalar(select(func.count()).select_from(syndication_furniture)) or 0
        if known != len(self._furniture):
            self._furniture = set(connection.scalars(select(syndication_furniture.c.paragraph)))

    def _is_furniture(self, paragraphs: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.fromiter(map(self._furniture.__contains__, paragraphs.tolist()), np.bool_, len(paragraphs))

    def _find_furniture(self, connection: Connection, new: dict[int, Fingerprint], redated: Iterable[int]) -> set[int]:
        """Look at what the new texts are made of; the numbers of texts that hold what turned out to be furniture."""
        hashes, numbers = postings(new)
        fresh = ~self._is_furniture(hashes)
        hashes, numbers = hashes[fresh], numbers[fresh]
        again = fetched(connection, redated)
        asked = np.unique(np.concatenate([hashes, postings(again)[0]]))
        old_hashes, old_numbers = self.paragraphs.find(connection, asked[~self._is_furniture(asked)])
        self.paragraphs.add(connection, hashes, numbers)
        holders: dict[int, set[int]] = defaultdict(set)
        all_hashes = np.concatenate([hashes, old_hashes])
        all_numbers = np.concatenate([numbers, old_numbers])
        repeated, counts = np.unique(all_hashes, return_counts=True)
        several = np.isin(all_hashes, repeated[counts > 1])
        for paragraph, number in zip(all_hashes[several].tolist(), all_numbers[several].tolist(), strict=True):
            if len(holders[paragraph]) < COMMON:
                holders[paragraph].add(number)
        wanted = {number for held in holders.values() for number in held}
        old = fetched(connection, wanted - set(new))
        known = {**old, **{at: new[at] for at in wanted & set(new)}}
        described = {
            at: Holder(row.month, row.title, row.site, longest_of(row.lengths, row.paragraphs))
            for at, row in known.items()
        }
        # A number may have been another text's that was erased: what the index says is asked of the text itself.
        sure = set(zip(*(part.tolist() for part in postings(old)), strict=True))
        found = {
            paragraph: held
            for paragraph, held in holders.items()
            if is_furniture(paragraph, [described[at] for at in held if at in new or (paragraph, at) in sure])
        }
        if found:
            connection.execute(insert(syndication_furniture), [{"paragraph": paragraph} for paragraph in found])
            self._furniture |= found.keys()
        return {number for held in found.values() for number in held}

    def _body(self, row: Fingerprint) -> Body:
        furniture = self._is_furniture(row.paragraphs)
        words = row.words
        if furniture.any():
            words = words[np.repeat(~furniture, row.lengths)[: len(words)]]
        title = row.title
        if title and title_hash(title) in self._furniture:
            title = ""
        return Body(title, row.month, row.credits, words)

    def _candidates(self, connection: Connection, bodies: dict[int, Body]) -> set[tuple[int, int]]:
        """Pairs of which one is among `bodies` and that share sampled runs; the index learns the bodies' runs."""
        sampled = {number: keys_of(body) for number, body in bodies.items()}
        hashes = np.concatenate([np.empty(0, np.int64), *sampled.values()])
        numbers = np.repeat(np.array(list(sampled), np.int32), [len(keys) for keys in sampled.values()])
        asked = np.unique(hashes)
        old_hashes, old_numbers = self.keys.find(connection, asked)
        self.keys.add(connection, hashes, numbers)
        sharing: dict[int, set[int]] = defaultdict(set)
        all_hashes = np.concatenate([hashes, old_hashes])
        all_numbers = np.concatenate([numbers, old_numbers])
        repeated, counts = np.unique(all_hashes, return_counts=True)
        some = np.isin(all_hashes, repeated[counts > 1])
        for key, number in zip(all_hashes[some].tolist(), all_numbers[some].tolist(), strict=True):
            sharing[key].add(number)
        shared: dict[tuple[int, int], int] = defaultdict(int)
        for held in sharing.values():
            if 1 < len(held) <= COMMON:
                for pair in itertools.combinations(sorted(held), 2):
                    if pair[0] in bodies or pair[1] in bodies:
                        shared[pair] += 1
        return {pair for pair, number in shared.items() if number >= SHARED_KEYS}

    def _compare(
        self, connection: Connection, candidates: Iterable[tuple[int, int]], bodies: dict[int, Body]
    ) -> set[int]:
        """Compare pairs and keep those that are alike at all; the texts in them."""
        rows = []
        for first, second in sorted(candidates):
            if first in bodies and second in bodies:
                pair = likeness(bodies[first], bodies[second])
                score, parts = score_of(pair)
                if score >= KEPT:
                    swapped = len(bodies[first].distinct) > len(bodies[second].distinct)
                    rows.append(pair_row(first, second, score, parts, pair, swapped))
        if rows:
            connection.execute(insert(pairs), rows)
        return {row[side] for row in rows for side in ("first", "second")}

    def _forget_pairs(self, connection: Connection, concerned: set[int]) -> set[int]:
        """Take out the pairs of texts that are to be compared again; the texts on their other sides."""
        touched: set[int] = set()
        for part in parted(sorted(concerned)):
            either = or_(pairs.c.first.in_(part), pairs.c.second.in_(part))
            for first, second in connection.execute(select(pairs.c.first, pairs.c.second).where(either)):
                touched |= {first, second}
            connection.execute(delete(pairs).where(either))
        return touched - concerned

    def forget(self, connection: Connection) -> None:
        """Let go of texts that no capture holds any more, and group anew what they held together.

        Postings go with their text: a run of four words can be read out of its hash. Where a text was erased, this
        belongs in the same transaction, as the next one that comes is given its number.
        """
        held = select(syndication_captures.c.document)
        gone = set(connection.scalars(select(texts.c.number).where(texts.c.document.not_in(held))))
        listed = select(texts.c.number)
        for column in (pairs.c.first, pairs.c.second):
            gone |= set(connection.scalars(select(column).where(column.not_in(listed)).distinct()))
        # An erasure names the groups that it took a text from after that text.
        bereft = set(
            connection.scalars(select(texts.c.number).where(texts.c.copies_of.not_in(select(texts.c.document))))
        )
        touched = self._forget_pairs(connection, gone) | bereft - gone
        for part in parted(sorted(gone)):
            connection.execute(delete(texts).where(texts.c.number.in_(part)))
        held_now = np.array(sorted(connection.scalars(listed)), np.int32)
        for index in (self.keys, self.paragraphs):
            index.keep_only(connection, held_now)
        regroup(connection, touched)

    def recompute(self, connection: Connection, missing: Iterable[tuple[str, Fingerprint]] = ()) -> None:
        """Group everything anew, and with it the captures in `missing`, which were not grouped when they came."""
        for table in (pairs, syndication_furniture, syndication_runs):
            connection.execute(delete(table))
        connection.execute(update(texts).values(copies_of=texts.c.document))
        self._furniture = set()
        for part in parted(sorted(connection.scalars(select(texts.c.number)).all())):
            self._group(connection, fetched(connection, part), set())
        rest = iter(missing)
        while batch := list(itertools.islice(rest, AT_A_TIME)):
            taken = [{"capture": capture, "document": each.document} for capture, each in batch]
            connection.execute(insert(syndication_captures), taken)
            self.add(connection, [each for _, each in batch])


def not_grouped(connection: Connection) -> list[tuple[str, Fingerprint]]:
    """Captures of texts that were read before syndication was there, with the fingerprints of their texts."""
    held = syndication_captures.c
    query = (
        select(captures.c.capture, documents)
        .join(documents, documents.c.id == captures.c.document)
        .outerjoin(syndication_captures, held.capture == captures.c.capture)
        .where(held.capture.is_(None))
        .order_by(captures.c.capture)
    )
    return [
        (row["capture"], fingerprint_of(document_in(dict(row), row["capture"])))
        for row in connection.execute(query).mappings()
    ]


def keys_of(body: Body) -> NDArray[np.int64]:
    """The sampled runs of a body, mixed so that their order says nothing."""
    mixed = body.runs * _MIX
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    lead = mixed[:LEAD_RUNS]
    picked = (lead[lead % np.uint64(LEAD_SAMPLE) == 0], mixed[mixed % np.uint64(SAMPLE) == 0])
    return np.concatenate(picked).view(np.int64)
