"""Cut a text into paragraphs and sentences, with code-point offsets.

nupunkt does the work; what it gets wrong in reports is repaired: ranks and titles before names (*Lt. Gen.
Abdel*), numbered things (*No. 17*), and a sentence that goes on in lower case.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import msgspec
from nupunkt import sent_spans

from foreshock.model.shipped import Words, shipped_table

LONGEST_SENTENCE = 3000
"""Characters after which a run of text without sentence ends is cut: no reporting sentence is longer."""

WRAPPED = range(40, 101)
"""Characters of the longest line of a stretch of text that was broken for want of room."""

_last_word = re.compile(r"([\w’.]+)\.[”\"’)]*$")
_line = re.compile(r"[^\n]+")
_block = re.compile(r"^[^\S\n]*\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)+", re.MULTILINE)
"""Lines without an empty one between them."""
_closed = re.compile(r"[.!?:;…|][”\"’)\]]*$")
_item = re.compile(r"[-–—*•·>#|]|\(?(?:\d{1,3}|\w)[.)]\s|\w+:\s")
"""How an item of a list, a quoted line of mail or a line of a chat begins."""
_word = re.compile(r"\S+")
_columns = re.compile(r"\t|\S {3,}\S|\|")


def in_capitals(text: str) -> bool:
    """Whether most letters of a text are capitals, which then tell no names, as in old wires."""
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/abbreviations.yaml` as written."""

    abbreviations: Words


@cache
def _abbreviations() -> Words:
    return shipped_table("data/abbreviations.yaml", _Table).abbreviations


@cache
def _is_abbreviation(word: str) -> bool:
    bare = word.casefold().lstrip(".")
    return bare in _abbreviations() or (len(bare) == 1 and bare.isalpha())


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


def unwrapped(text: str) -> str:
    """The text with a space for each line break at which a line was only full; as long as the text, so offsets hold.

    A line was full where the next word had no room in the longest line of its stretch, of 40 to 100 characters, where
    all lines are full or end a sentence, and one such line at least goes on in lower case. Lists and tables are left as
    they are, and so is what may be a headline: a stretch's first line, where the next begins with a capital.
    """
    if "\n" not in text:
        return text
    found = list(text)
    for block in _block.finditer(text):
        lines = [(line.start(), line.end()) for line in _line.finditer(text, block.start(), block.end())]
        spans = [_trimmed(text, *line) for line in lines]
        width = max(end - start for start, end in spans)
        if width not in WRAPPED or any(_columns.search(text, *span) or _item.match(text, *span) for span in spans):
            continue
        pairs = list(pairwise(spans))
        full = [_is_full(text, *pair, width) for pair in pairs]
        short = any(
            not one and not _is_closed(text[slice(*line)]) for one, (line, _) in list(zip(full, pairs, strict=True))[1:]
        )
        gaps = [(end, start) for one, ((_, end), (start, _)) in zip(full, pairs, strict=True) if one]
        if short or not any(text[start].islower() for _, start in gaps):
            continue
        for end, start in gaps:
            if text[start].islower() or start != spans[1][0] or ". " in text[spans[0][0] : end]:
                found[end:start] = " " * (start - end)
    return "".join(found)


def _is_full(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the first word of the line that follows had no room in a line, and no sentence ends with it."""
    start, end = line
    word = _word.match(text, following[0])
    return word is not None and len(word.group(0)) > width - (end - start) - 1 and not _is_closed(text[start:end])


def _is_closed(line: str) -> bool:
    """Whether a line ends with a stop that is not an abbreviation's."""
    last = _last_word.search(line)
    return _closed.search(line) is not None and not (last is not None and _is_abbreviation(last.group(1)))


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The text's non-empty lines as `[start, end)`, white space trimmed off."""
    spans = (_trimmed(text, found.start(), found.end()) for found in _line.finditer(text))
    return [(start, end) for start, end in spans if start < end]


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences as `[start, end)` in text order, none empty; they cross no line breaks but those of full lines."""
    return flowing_sentences(unwrapped(text))


def flowing_sentences(text: str) -> list[tuple[int, int]]:
    """The same of a text that `unwrapped` gave, and so by the lines that it has left."""
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
