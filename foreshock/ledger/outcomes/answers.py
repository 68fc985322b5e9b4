"""Whether a later report answers a prediction, by a small trained model: it shows the thing, denies it, or neither.

A cross-encoder reads the two together, as models of natural language inference do. It knows nothing of dates, sources
and horizons: those are weighed around it (`ledger/outcomes/asking.py`). `python -m train.answers` trains it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from foreshock.errors import ModelError
from foreshock.ledger.outcomes.networks import load

LABELS = ("happened", "not", "neither")
"""What a report says of the thing foretold: that it came about, that it did not, or nothing that settles it."""
_NOTHING = 0.03
"""Chance below which a pair that is read bare tells nothing either way, and is not read a second time."""
_READ = "bare first"
"""How a pair is read: what was answered otherwise is asked again."""
LONGEST = 208
"""Word pieces of a pair, those that frame it counted; the longer side is cut at its end."""
_THING, _SAID, _TOLD, _BEFORE, _TITLE = 260, 620, 420, 240, 100
"""Characters that are looked at: of the clause, of its passage from the end, of a report, of what stands before it, of
its document's title."""


@dataclass(frozen=True)
class Question:
    """A prediction and a report as the model is asked about them.

    `thing` is the clause that foretells, `said` its sentence with those before; `told` is the report's sentence,
    `before` the one before that and `title` what stands over its document, empty where there is none.
    """

    thing: str
    said: str
    told: str
    before: str
    title: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two texts that the encoder joins."""
        foretold = f"{self.thing[:_THING]} | {self.said[-_SAID:]}"
        title = self.title[:_TITLE] if self.title not in (self.told, self.before) else ""
        return foretold, f"{self.told[:_TOLD]} | {self.before[-_BEFORE:]} | {title}".rstrip(" |")

    @property
    def bare(self) -> "Question":
        """The clause and the report's sentence alone: what stands around them may be of another matter."""
        return Question(self.thing, self.thing, self.told, "")


@dataclass(frozen=True)
class Answer:
    """The probabilities that a report shows the thing, and that it tells that it did not come; the rest is neither."""

    happened: float
    failed: float


class Answerer(Protocol):
    """What answers questions: the model, or the readers of a chronicle in a bench."""

    version: str
    """What was asked of another version is asked again."""

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """What the reports say, one for one."""


class Answering:
    """The model: `answers.onnx`, its vocabulary `answers-tokenizer.json`, and its card `answers-card.json`."""

    def __init__(self, folder: Path) -> None:
        """Load it from `folder`. Raises `ModelError` where that fails."""
        self._network = load(folder, "answers", "answers-tokenizer.json", "model")
        self.tokenizer = self._network.tokenizer
        self.version = f"{self._network.version}, {_READ}"

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """What the reports say, one for one; each pair is read alone, so that no answer depends on its neighbours.

        It is read bare; and, unless that tells nothing, with what stands around it, and the logits of both are
        averaged.
        """
        return [self._answer(question) for question in questions]

    def _answer(self, question: Question) -> Answer:
        bare = self._read(question.bare)
        alone = _answer_of(bare)
        if max(alone.happened, alone.failed) < _NOTHING:
            return alone
        return _answer_of((bare + self._read(question)) / 2)

    def _read(self, question: Question) -> NDArray[np.float64]:
        """The model's logits, by `LABELS`."""
        ids = np.array([joined(self.tokenizer, question)], dtype=np.int64)
        told: NDArray[np.float64] = self._network.run(ids)[0].astype(np.float64)
        return told


def _answer_of(logits: NDArray[np.float64]) -> Answer:
    """The chances that logits, by `LABELS`, come to."""
    powers = np.exp(logits - logits.max())
    happened, failed, _ = (round(float(value), 4) for value in powers / powers.sum())
    return Answer(happened, failed)


def joined(tokenizer: Tokenizer, question: Question) -> list[int]:
    """The word pieces of a question, framed as the base model was taught: `<s> a </s></s> b </s>`."""
    first, second = (tokenizer.encode(text, add_special_tokens=False).ids for text in question.pair)
    room = LONGEST - 4
    if len(first) + len(second) > room:
        # Word by word from the longer side, until both fit.
        of_second = min(len(second), max(room // 2, room - len(first)))
        first, second = first[: room - of_second], second[:of_second]
    opening, closing = _frames(tokenizer)
    return [opening, *first, closing, closing, *second, closing]


def _frames(tokenizer: Tokenizer) -> tuple[int, int]:
    """What opens a pair and what closes each side. Raises `ModelError` where the vocabulary has no such pieces."""
    opening, closing = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if opening is None or closing is None:
        raise ModelError("the ledger's vocabulary has no pieces that frame a text; reinstall Foreshock")
    return opening, closing


@cache
def shipped() -> Answering:
    """The model that ships, loaded once. Raises `ModelError` where it is damaged."""
    return Answering(Path(str(files("foreshock") / "data" / "model")))
