"""Which paragraphs belong to a site and not to its reports.

A paragraph is furniture where texts that hold it have nothing else to do with one another: they are months apart
under different titles, or eight of them each have another longest paragraph, or three do that come from one
outlet. Copies of one story share their longest paragraph and their month. The answer depends on the set of texts
alone, and once furniture stays furniture as texts are added.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from foreshock.corroborate.copies.fingerprints import paragraph_hash

MONTHS_APART: Final = 2
"""A wire story is printed within the month, over a month's end in two."""
TITLES_DIFFER: Final = 60
"""Likeness of titles (0–100) below which they are of different stories."""
STORIES: Final = 8
"""Different longest paragraphs that make a paragraph furniture, whoever printed it."""
STORIES_OF_ONE_SITE: Final = 3
LONGEST_KEPT: Final = 9


@dataclass(frozen=True)
class Holder:
    """A text that holds a paragraph: when, under which title and where it was printed, its longest paragraphs."""

    month: int
    title: str
    site: str
    longest: tuple[int, ...]


def longest_of(lengths: NDArray[np.int32], paragraphs: NDArray[np.int64]) -> tuple[int, ...]:
    """The hashes of a text's longest paragraphs, longest first."""
    longest = sorted(set(zip(lengths.tolist(), paragraphs.tolist(), strict=True)), reverse=True)
    return tuple(paragraph for _, paragraph in longest[:LONGEST_KEPT])


def is_furniture(paragraph: int, holders: Sequence[Holder]) -> bool:
    """Whether the texts that hold a paragraph show it to be the site's."""
    if len(holders) < 2:
        return False
    dated = sorted((holder.month, holder.title) for holder in holders if holder.month)
    if dated and dated[-1][0] - dated[0][0] >= MONTHS_APART:
        first, last = dated[0][1], dated[-1][1]
        if (first or last) and fuzz.token_sort_ratio(first, last) < TITLES_DIFFER:
            return True
    if _stories(paragraph, holders) >= STORIES:
        return True
    sites = {holder.site for holder in holders if holder.site}
    return any(
        _stories(paragraph, [holder for holder in holders if holder.site == site]) >= STORIES_OF_ONE_SITE
        for site in sites
    )


def _stories(paragraph: int, holders: Sequence[Holder]) -> int:
    return len({next((one for one in holder.longest if one != paragraph), 0) for holder in holders})


def without_furniture(text: str, furniture: Collection[int]) -> str:
    """`text` with each paragraph that is furniture blanked out, so that what stands elsewhere keeps its offsets.

    `furniture` holds hashes as `fingerprints.paragraph_hash` makes them.
    """
    if not furniture:
        return text
    lines = text.split("\n")
    return "\n".join(" " * len(line) if line and paragraph_hash(line) in furniture else line for line in lines)
