"""Syndication at scale on made text: how many documents a second are grouped against a record of a million.

    python -m bench.syndication [--size 1000000] [--batch 1000] [--documents 5000]

Made texts have 200 to 900 words drawn by Zipf's law under the furniture of one of 2,000 sites; a fifth are copies of
others, cut short or with words exchanged. They are fingerprinted from their text and grouped, first against an empty
record, then against one whose index holds as many texts as `--size` says: those are filler, as many random hashes a
text as made texts have, without the words. Processor time of this process is counted, writing to disk included.
"""

import argparse
import datetime
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.random import Generator
from sqlalchemy import func, insert, select

from foreshock.corroborate.copies.fingerprints import fingerprint_of
from foreshock.corroborate.copies.syndication import Syndication
from foreshock.model.document import Document, text_id
from foreshock.record.store import Record
from foreshock.record.syndication_tables import syndication_texts

WORDS = 30_000
SITES = 2_000
COPIES = 0.2
KEYS, PARAGRAPHS = 32, 20
"""Hashes of a made text: sampled runs, and paragraphs."""
FILLED_AT_ONCE = 50_000
say = sys.stdout.write


class Maker:
    """Makes texts from a seed; the same seed makes the same texts."""

    def __init__(self, seed: int) -> None:
        self.random: Generator = np.random.default_rng(seed)
        syllables = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
        drawn = self.random.integers(0, len(syllables), (WORDS, 3))
        self.words = ["the", "of", "and", "to", "in", "said", "was", "for"]
        self.words += ["".join(syllables[at] for at in row) for row in drawn]
        ranks = np.arange(1, len(self.words) + 1)
        self.chances = np.cumsum((1 / ranks) / (1 / ranks).sum())
        self.sites = [self.paragraphs(60) for _ in range(SITES)]
        self.stories: list[list[str]] = []

    def paragraphs(self, words: int) -> list[str]:
        """Lines of about thirty words."""
        drawn = np.searchsorted(self.chances, self.random.random(words))
        found = [self.words[min(at, len(self.words) - 1)] for at in drawn]
        return [" ".join(found[at : at + 30]) + "." for at in range(0, words, 30)]

    def story(self) -> list[str]:
        """A new story, or a copy of one of the last thousand, cut short and with words exchanged."""
        if self.stories and self.random.random() < COPIES:
            told = self.stories[int(self.random.integers(0, len(self.stories)))]
            kept = told[: max(2, int(len(told) * self.random.uniform(0.4, 1)))]
            return [line.replace(" the ", " a ") if self.random.random() < 0.3 else line for line in kept]
        made = self.paragraphs(int(self.random.integers(200, 900)))
        self.stories.append(made)
        if len(self.stories) > 1000:
            self.stories.pop(int(self.random.integers(0, 1000)))
        return made

    def documents(self, number: int, first: int) -> Iterator[Document]:
        """`number` documents, printed over five years."""
        for at in range(first, first + number):
            site = int(self.random.integers(0, SITES))
            lines = self.story()
            text = "\n".join([lines[0][:80], *lines, *self.sites[site]])
            day = datetime.date(2018, 1, 1) + datetime.timedelta(days=at * 1800 // 1_000_000 % 1800)
            yield Document(
                id=text_id(f"{at} {text}"), text=text, origin="made", capture="", title=lines[0][:80],
                outlet=f"site {site}", published=day,
            )  # fmt: skip


def fill(record: Record, syndication: Syndication, number: int, random: Generator) -> None:
    """Put `number` texts of filler into the index and the table of texts."""
    with record.begin(writing=True) as connection:
        first = (connection.scalar(select(func.max(syndication_texts.c.number))) or 0) + 1
        for at in range(first, first + number, FILLED_AT_ONCE):
            numbers = np.arange(at, min(at + FILLED_AT_ONCE, first + number), dtype=np.int32)
            rows = [
                {
                    "number": text, "document": f"filler {text}", "title": "", "month": 0, "site": "", "credits": "",
                    "words": b"", "paragraphs": b"", "copies_of": f"filler {text}",
                }
                for text in numbers.tolist()
            ]  # fmt: skip
            connection.execute(insert(syndication_texts), rows)
            for index, hashes in ((syndication.keys, KEYS), (syndication.paragraphs, PARAGRAPHS)):
                drawn = random.integers(-(2**63), 2**63 - 1, len(numbers) * hashes)
                index.add(connection, drawn, np.repeat(numbers, hashes))


def timed(record: Record, syndication: Syndication, documents: list[Document], batch: int) -> tuple[float, float]:
    """Seconds of processor time for fingerprints and for grouping."""
    began = time.process_time()
    found = [fingerprint_of(document) for document in documents]
    between = time.process_time()
    for at in range(0, len(found), batch):
        with record.begin(writing=True) as connection:
            syndication.add(connection, found[at : at + batch])
    return between - began, time.process_time() - between


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=1000)
    parser.add_argument("--documents", type=int, default=5000)
    given = parser.parse_args()
    maker, syndication = Maker(1), Syndication()
    with tempfile.TemporaryDirectory() as folder, Record(str(Path(folder) / "record.sqlite")) as record:
        there = made = 0
        for size in (0, given.size // 10, given.size):
            fill(record, syndication, max(0, size - there), maker.random)
            there = max(there, size)
            # The first of them settle what is furniture, which a record of that size would have settled long ago.
            timed(record, syndication, list(maker.documents(given.documents, made)), given.batch)
            made += given.documents
            documents = list(maker.documents(given.documents, made))
            made += given.documents
            reading, grouping = timed(record, syndication, documents, given.batch)
            there += 2 * given.documents
            say(
                f"record of {there:>9,}: {given.documents / (reading + grouping):,.0f} documents a second "
                f"({1e6 * reading / given.documents:.0f} µs to fingerprint, "
                f"{1e6 * grouping / given.documents:.0f} µs to group)\n"
            )
            sys.stdout.flush()
        with record.begin() as connection:
            groups = connection.scalar(select(func.count(syndication_texts.c.copies_of.distinct())))
            texts = connection.scalar(select(func.count()).select_from(syndication_texts))
        say(f"{texts} texts in {groups} groups\n")


if __name__ == "__main__":
    main()
