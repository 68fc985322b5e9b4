"""How near two sentences are in meaning, by a small trained encoder: which reports may tell what became of a forecast.

Most of what settles a forecast is told in few of its own words: *he was sworn in* of *will win the vote*. The encoder
turns a sentence into a vector; those of a forecast's passage and of a report that tells its outcome point the same way.
It finds reports and says nothing of what they tell: that is asked afterwards (`ledger/outcomes/asking.py`). `python -m
train.meaning` trains it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from foreshock.ledger.outcomes.networks import load
from foreshock.read.encoder import CLS, SEP

LONGEST = 128
"""Word pieces of a sentence, those that frame it counted; the rest is cut."""
WIDTH = 384
"""Figures of a vector."""

Vector = NDArray[np.float32]
Halves = NDArray[np.float16]
"""A vector as it is kept, in half the bytes."""


class Sentence(NamedTuple):
    """A sentence of a document."""

    document: str
    text: str


class Encoder:
    """The model: `meaning.onnx` and its card `meaning-card.json`, with the reader's vocabulary."""

    def __init__(self, folder: Path) -> None:
        """Load it from `folder`. Raises `ModelError` where that fails."""
        self._network = load(folder, "meaning", "tokenizer.json", "encoder")
        self.tokenizer, self.version = self._network.tokenizer, self._network.version

    def vector(self, text: str) -> Vector:
        """The vector `[WIDTH]` of a text, of length 1; each text is read alone, so that none depends on another."""
        ids = np.array([framed(self.tokenizer, text)], dtype=np.int64)
        vector: Vector = self._network.run(ids)[0].astype(np.float32)
        return vector


def framed(tokenizer: Tokenizer, text: str) -> list[int]:
    """The word pieces of a text as the encoder was taught: `[CLS] text [SEP]`."""
    return [CLS, *tokenizer.encode(text, add_special_tokens=False).ids[: LONGEST - 2], SEP]


class Meanings:
    """The vectors of reports' sentences, each made once, and kept."""

    def __init__(self, encoder: Encoder, kept: Mapping[tuple[str, str], Halves]) -> None:
        """`kept` holds what this encoder made before, by document and the sentence's digest."""
        self.version = encoder.version
        self._encoder, self._kept = encoder, dict(kept)
        self._of: dict[str, Vector] = {}
        self._told: dict[Sentence, Halves] = {}
        self.new: dict[tuple[str, str], Halves] = {}
        """What was not made before, likewise."""

    def nearness(self, text: str, told: Sequence[Sentence]) -> NDArray[np.float64]:
        """How near each of the sentences `told` is to `text`, as cosines of −1 to 1, `[told]`."""
        if not told:
            return np.zeros(0)
        near = np.stack([self._vector(one) for one in told]).astype(np.float32) @ self._plain(text)
        return np.asarray(near, dtype=np.float64)

    def _plain(self, text: str) -> Vector:
        if text not in self._of:
            self._of[text] = self._encoder.vector(text)
        return self._of[text]

    def _vector(self, told: Sentence) -> Halves:
        if told not in self._told:
            place = told.document, hashlib.sha256(told.text.encode()).hexdigest()[:16]
            if place not in self._kept:
                # Rounded as it is kept, so that a second run ranks as the first one did.
                vector = self._encoder.vector(told.text).astype(np.float16)
                self._kept[place] = self.new[place] = vector
            self._told[told] = self._kept[place]
        return self._told[told]


@cache
def shipped() -> Encoder:
    """The encoder that ships, loaded once. Raises `ModelError` where it is damaged."""
    return Encoder(Path(str(files("foreshock") / "data" / "model")))
