"""Turn a text into what the encoder takes: word pieces with their shape, packed into windows.

The encoder is uncased and blind to layout, so every word piece carries three features beside its number:
how it is written (`shape`), whether it begins a sentence or a paragraph (`boundary`), and whether it stands
inside quotation marks (`quoted`).
"""

import itertools
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from foreshock.read.segment import flowing_sentences

LONGEST_WINDOW = 190
"""Word pieces read together. Longer windows see more of a quotation that runs on, and cost more a piece."""
SHORTEST_WINDOW = 110
"""A window ends with a paragraph where one ends after so many pieces; else with the last sentence that fits."""

SHAPES = 6
BOUNDARIES = 3
SENTENCE, PARAGRAPH = 1, 2

OPENING, CLOSING = '"“«„', '"”»'
_quotation_mark = re.compile('["“”«»„]')
_ROW = 4 * np.dtype(np.int64).itemsize
"""Bytes of what `_cut` says of one piece."""


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


@lru_cache(maxsize=20_000)
def _cut(tokenizer: Tokenizer, word: str) -> bytes:
    """The pieces of what stands between two spaces, `[pieces, 4]`: number, first and last character, shape.

    A tokenizer of BERT's kind cuts at spaces first and looks at nothing beyond them, so what it makes of a word is
    kept: nine words of ten were seen in a text before. It comes as the bytes of an array: a text's are soonest joined.
    """
    encoding = tokenizer.encode(word, add_special_tokens=False)
    rows: list[tuple[int, int, int, int]] = []
    found = zip(encoding.word_ids, encoding.ids, encoding.offsets, strict=True)
    for _, together in itertools.groupby(found, key=itemgetter(0)):
        parts = [(piece, start, end) for _, piece, (start, end) in together]
        shape = _shape(word[parts[0][1] : parts[-1][2]])
        rows += [(*part, shape) for part in parts]
    return np.array(rows, dtype=np.int64).tobytes()


def _quoted_ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of the paragraph `[start, end)` that stand inside double quotation marks.

    A quotation left open runs to the paragraph's end, as newspapers write a quote over several paragraphs.
    """
    ranges: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _quotation_mark.finditer(text, start, end):
        at, char = mark.start(), mark.group()
        if opened is None:
            opened = at if char in OPENING else None
        elif char in CLOSING:
            ranges.append((opened, at + 1))
            opened = None
    if opened is not None:
        ranges.append((opened, end))
    return ranges


def pieces_of(text: str, tokenizer: Tokenizer) -> Pieces:
    """The word pieces of `text`, as `unwrapped` gives it, with their features, sentence by sentence."""
    spans = flowing_sentences(text)
    cuts: list[bytes] = []  # of each word: its pieces
    begins: list[int] = []  # where it begins
    words_in: list[int] = []  # of each sentence
    for start, end in spans:
        words = text[start:end].split(" ")
        cuts += [_cut(tokenizer, word) for word in words]
        words_in.append(len(words))
        for word in words:
            begins.append(start)
            start += len(word) + 1
    pieces_in = np.array([len(cut) for cut in cuts], dtype=np.int64) // _ROW
    ids, starts, ends, shape = np.frombuffer(b"".join(cuts), dtype=np.int64).reshape(-1, 4).T.copy()
    base = np.repeat(np.array(begins, dtype=np.int64), pieces_in)
    sentence = np.repeat(np.repeat(np.arange(len(spans)), words_in), pieces_in)
    starts += base
    ends += base
    lines = _lines(text, spans)
    first = np.diff(sentence, prepend=-1) > 0
    boundary = np.zeros(len(ids), dtype=np.int64)
    boundary[first] = np.where(_begin(spans, lines)[sentence[first]], PARAGRAPH, SENTENCE)
    quoted = np.zeros(len(ids), dtype=np.int64)
    for line_start, line_end in lines:
        for a, b in _quoted_ranges(text, line_start, line_end):
            quoted[np.searchsorted(starts, a) : np.searchsorted(starts, b)] = 1
    return Pieces(ids, starts, ends, shape, boundary, quoted, sentence, spans)


def _begin(spans: Sequence[tuple[int, int]], lines: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Whether each sentence begins a paragraph."""
    beginnings = {start for start, _ in lines}
    return np.array([start in beginnings for start, _ in spans], dtype=np.bool_)


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
