"""Texts as syndication keeps them: rows of the record's table, in and out."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from foreshock.corroborate.copies.fingerprints import Fingerprint, title_hash
from foreshock.record.parts import parted
from foreshock.record.syndication_tables import syndication_texts as texts


def row_of(number: int, each: Fingerprint) -> dict[str, Any]:
    """A text as a row of its table, a group of its own so far."""
    return {
        "number": number,
        "document": each.document,
        "title": each.title,
        "month": each.month,
        "site": each.site,
        "credits": " ".join(sorted(each.credits)),
        "words": each.words.tobytes(),
        "paragraphs": each.paragraphs.tobytes() + each.lengths.tobytes(),
        "copies_of": each.document,
    }


def redated_to(each: Fingerprint, month: int) -> Fingerprint:
    """The same text, printed earlier."""
    return Fingerprint(
        each.document, each.title, month, each.site, each.credits, each.words, each.lengths, each.paragraphs
    )


def fetched(connection: Connection, numbers: Iterable[int]) -> dict[int, Fingerprint]:
    """The texts with these numbers, as far as the record has them."""
    found: dict[int, Fingerprint] = {}
    for part in parted(sorted(numbers)):
        for row in connection.execute(select(texts).where(texts.c.number.in_(part))):
            size = len(row.paragraphs) // 12
            found[row.number] = Fingerprint(
                document=row.document,
                title=row.title,
                month=row.month,
                site=row.site,
                credits=frozenset(row.credits.split()),
                words=np.frombuffer(row.words, np.uint16),
                lengths=np.frombuffer(row.paragraphs, np.int32, size, 8 * size),
                paragraphs=np.frombuffer(row.paragraphs, np.int64, size),
            )
    return found


def postings(rows: dict[int, Fingerprint]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Every paragraph of texts, and their titles, with the number of the text."""
    hashes: list[int] = []
    numbers: list[int] = []
    for number, row in rows.items():
        held = set(row.paragraphs.tolist())
        if row.title:
            held.add(title_hash(row.title))
        hashes += held
        numbers += [number] * len(held)
    return np.array(hashes, np.int64), np.array(numbers, np.int32)


def numbers_and_months(connection: Connection, documents: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Number and month of each of these documents that is known."""
    found: dict[str, tuple[int, int]] = {}
    query = select(texts.c.document, texts.c.number, texts.c.month)
    for part in parted(documents):
        for document, number, month in connection.execute(query.where(texts.c.document.in_(part))):
            found[document] = (number, month)
    return found


def names_of(connection: Connection, numbers: Iterable[int]) -> tuple[dict[int, str], dict[int, str]]:
    """The documents of texts, by number, and the groups that they are in."""
    names: dict[int, str] = {}
    groups: dict[int, str] = {}
    for part in parted(sorted(numbers)):
        query = select(texts.c.number, texts.c.document, texts.c.copies_of).where(texts.c.number.in_(part))
        for row in connection.execute(query):
            names[row.number], groups[row.number] = row.document, row.copies_of
    return names, groups
