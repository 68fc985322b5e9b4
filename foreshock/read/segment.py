"""Cut a text into paragraphs and sentences, with code-point offsets.

nupunkt does the work; what it gets wrong in reports is repaired: ranks and titles before names (*Lt. Gen.
Abdel*), numbered things (*No. 17*), and a sentence that goes on in lower case.
"""

import re
from collections.abc import Iterator
from functools import cache

from nupunkt import sent_spans

ABBREVIATIONS = frozenset(
    "lt gen col maj capt sgt brig adm cmdr cpl pvt mr mrs ms dr prof hon rev sen rep gov pres amb st ste "
    "no nos art arts sec fig vol pp ca cf vs approx est dept gov’t govt min insp supt messrs sheikh eng ing u.s u.n "
    "jan feb mar apr jun jul aug sept sep oct nov dec km sq inc ltd co corp bros al".split()
)
"""Words after whose full stop a sentence rarely ends, lower case and without the stop."""

LONGEST_SENTENCE = 3000
"""Characters after which a run of text without sentence ends is cut: no reporting sentence is longer."""

_last_word = re.compile(r"([\w’.]+)\.[”\"’)]*$")
_line = re.compile(r"[^\n]+")


@cache
def _is_abbreviation(word: str) -> bool:
    bare = word.casefold().lstrip(".")
    return bare in ABBREVIATIONS or (len(bare) == 1 and bare.isalpha())


def _continues(before: str, after: str) -> bool:
    """Whether what was cut after `before` is really the same sentence going on in `after`."""
    if after[:1].islower():
        return True
    words = before.rsplit(None, 1)
    found = _last_word.search(words[-1]) if words else None
    return found is not None and _is_abbreviation(found.group(1))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`[start, end)` cut at white space into pieces of at most `LONGEST_SENTENCE` characters."""
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The text's non-empty lines as `[start, end)`, white space trimmed off."""
    spans = (_trimmed(text, found.start(), found.end()) for found in _line.finditer(text))
    return [(start, end) for start, end in spans if start < end]


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences as `[start, end)` in text order; none crosses a line break or is empty."""
    found: list[tuple[int, int]] = []
    for line_start, line_end in paragraphs(text):
        line = text[line_start:line_end]
        merged: list[tuple[int, int]] = []
        for start, end in sent_spans(line):
            if merged and _continues(line[merged[-1][0] : merged[-1][1]], line[start:end]):
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((start, end))
        for start, end in merged:
            start, end = _trimmed(line, start, end)
            if start < end:
                found += _pieces(text, line_start + start, line_start + end)
    return found
