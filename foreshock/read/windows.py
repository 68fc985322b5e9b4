"""Turn a text into what the encoder takes: word pieces with their shape, packed into windows.

The encoder is uncased and blind to layout, so every word piece carries three features beside its number:
how it is written (`shape`), whether it begins a sentence or a paragraph (`boundary`), and whether it stands
inside quotation marks (`quoted`).
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from foreshock.read.segment import sentences

LONGEST_WINDOW = 190
"""Word pieces read together. Longer windows see more of a quotation that runs on, and cost more a piece."""
SHORTEST_WINDOW = 110
"""A window ends with a paragraph where one ends after so many pieces; else with the last sentence that fits."""

SHAPES = 6
BOUNDARIES = 3
SENTENCE, PARAGRAPH = 1, 2


@dataclass(frozen=True)
class Pieces:
    """A text's word pieces: `ids`, code-point `starts` and `ends`, and the three features, each `[n]`.

    `sentence` gives each piece's sentence number; `sentences` their code-point spans.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    shape: NDArray[np.int64]
    boundary: NDArray[np.int64]
    quoted: NDArray[np.int64]
    sentence: NDArray[np.int64]
    sentences: list[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Window:
    """Pieces `[start, end)` to encode together."""

    start: int
    end: int


def load_tokenizer(path: Path) -> Tokenizer:
    """The encoder's tokenizer, padding and truncation off (its file pads to 128).

    It gets no threads of its own: a process a core reads, and its pool cost more than it gave.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@lru_cache(maxsize=50_000)
def _shape(word: str) -> int:
    """0 lower case, 1 capitalised, 2 all capitals, 3 mixed case, 4 with digits, 5 punctuation."""
    if any(char.isdigit() for char in word):
        return 4
    if not any(char.isalpha() for char in word):
        return 5
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    return 1 if word[0].isupper() and word[1:].islower() else 3


def _quoted_ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of the paragraph `[start, end)` that stand inside double quotation marks.

    A quotation left open runs to the paragraph's end, as newspapers write a quote over several paragraphs.
    """
    ranges: list[tuple[int, int]] = []
    opened: int | None = None
    for at in range(start, end):
        char = text[at]
        if char == '"':
            if opened is None:
                opened = at
            else:
                ranges.append((opened, at + 1))
                opened = None
        elif char in "“«„" and opened is None:
            opened = at
        elif char in "”»" and opened is not None:
            ranges.append((opened, at + 1))
            opened = None
    if opened is not None:
        ranges.append((opened, end))
    return ranges


def pieces_of(text: str, tokenizer: Tokenizer) -> Pieces:
    """The word pieces of `text` with their features, sentence by sentence."""
    spans = sentences(text)
    encoded = tokenizer.encode_batch([text[start:end] for start, end in spans], add_special_tokens=False)
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    shape: list[int] = []
    boundary: list[int] = []
    sentence: list[int] = []
    previous_end = 0
    for number, ((base, end), encoding) in enumerate(zip(spans, encoded, strict=True)):
        new_paragraph = number == 0 or "\n" in text[previous_end:base]
        previous_end = end
        offsets, word_ids = encoding.offsets, encoding.word_ids
        at = 0
        while at < len(word_ids):
            after = at + 1
            while after < len(word_ids) and word_ids[after] == word_ids[at]:
                after += 1
            shape += [_shape(text[base + offsets[at][0] : base + offsets[after - 1][1]])] * (after - at)
            at = after
        ids += encoding.ids
        starts += [base + a for a, _ in offsets]
        ends += [base + b for _, b in offsets]
        boundary += [PARAGRAPH if new_paragraph else SENTENCE] + [0] * (len(offsets) - 1) if offsets else []
        sentence += [number] * len(offsets)
    start_array = np.array(starts, dtype=np.int64)
    quoted = np.zeros(len(ids), dtype=np.int64)
    for line_start, line_end in _lines(text, spans):
        for a, b in _quoted_ranges(text, line_start, line_end):
            quoted[np.searchsorted(start_array, a) : np.searchsorted(start_array, b)] = 1
    return Pieces(
        ids=np.array(ids, dtype=np.int64),
        starts=start_array,
        ends=np.array(ends, dtype=np.int64),
        shape=np.array(shape, dtype=np.int64),
        boundary=np.array(boundary, dtype=np.int64),
        quoted=quoted,
        sentence=np.array(sentence, dtype=np.int64),
        sentences=spans,
    )


def _lines(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences' spans joined where no line break parts them: paragraphs."""
    lines: list[tuple[int, int]] = []
    for start, end in spans:
        if lines and "\n" not in text[lines[-1][1] : start]:
            lines[-1] = (lines[-1][0], end)
        else:
            lines.append((start, end))
    return lines


def windows_of(pieces: Pieces, shift: int = 0) -> list[Window]:
    """Windows that tile the pieces, each of whole paragraphs or at least whole sentences where they fit.

    `shift` makes the first one that many pieces shorter: training cuts elsewhere in every epoch.
    """
    n = len(pieces)
    windows: list[Window] = []
    start = 0
    while start < n:
        longest = LONGEST_WINDOW - (0 if windows else shift)
        end = min(start + longest, n)
        if end < n:
            boundary = pieces.boundary[start + 1 : end + 1]
            sentences_end = np.flatnonzero(boundary) + start + 1
            paragraphs_end = np.flatnonzero(boundary == PARAGRAPH) + start + 1
            late = paragraphs_end[paragraphs_end >= start + min(SHORTEST_WINDOW, longest)]
            if len(late):
                end = int(late[-1])
            elif len(sentences_end):
                end = int(sentences_end[-1])
        windows.append(Window(start, end))
        start = end
    return windows
