"""Run the reader's two networks over a document's windows: the shipped ONNX files, or any other backend."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from foreshock.errors import ModelError
from foreshock.read.labels import CONDITIONED_SPANS, PARTICIPANT_ROLES
from foreshock.read.windows import Pieces, Window, windows_of

CLS, SEP = 101, 102
BATCH = 4
"""Windows encoded together; on two cores larger batches gain nothing and cost memory."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Backend(Protocol):
    """What runs the networks."""

    def encode(
        self, ids: Ints, shape: Ints, boundary: Ints, quoted: Ints, mask: Ints
    ) -> tuple[Floats, Floats]:
        """`[batch, pieces]` inputs → hidden `[batch, pieces, 384]`, token logits `[batch, pieces, 13]`."""
        ...

    def statements(
        self, hidden: Floats, mask: Ints, sentence: Ints, row: Ints, first: Ints, last: Ints
    ) -> tuple[Floats, Floats]:
        """Hidden states and triggers → pair logits `[triggers, pieces, 22]`, class logits `[triggers, n]`."""
        ...


class OnnxBackend:
    """The shipped model, one thread a process."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._encoder = onnxruntime.InferenceSession(
                str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._statements = onnxruntime.InferenceSession(
                str(folder / "statements.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise ModelError(f"the reader's model in {folder} cannot be loaded: {error}") from error

    def encode(
        self, ids: Ints, shape: Ints, boundary: Ints, quoted: Ints, mask: Ints
    ) -> tuple[Floats, Floats]:
        """See `Backend`."""
        hidden, tokens = self._encoder.run(
            None, {"ids": ids, "shape": shape, "boundary": boundary, "quoted": quoted, "mask": mask}
        )
        return hidden, tokens

    def statements(
        self, hidden: Floats, mask: Ints, sentence: Ints, row: Ints, first: Ints, last: Ints
    ) -> tuple[Floats, Floats]:
        """See `Backend`."""
        pair, classes = self._statements.run(
            None,
            {"hidden": hidden, "mask": mask, "sentence": sentence, "row": row, "first": first, "last": last},
        )
        return pair, classes


@dataclass(frozen=True)
class Found:
    """One trigger and everything the heads say of it; piece numbers are the document's.

    `spans` and `participants` are logits over the window's pieces; position 0 is `[CLS]`, *none*.
    """

    first: int
    last: int
    score: float
    window: Window
    classes: Floats
    spans: Floats  # [window pieces, 2 × roles]
    participants: Floats  # [roles, window pieces, 3]


@dataclass(frozen=True)
class Outputs:
    """The networks' outputs for a document: token logits `[pieces, 13]` and the triggers found."""

    tokens: Floats
    found: list[Found]


def softmax(values: Floats, axis: int = -1) -> Floats:
    """Softmax, computed safely."""
    shifted = np.exp(values - values.max(axis=axis, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=axis, keepdims=True)
    return result


def trigger_spans(logits: Floats, boundary: Ints, bias: float) -> list[tuple[int, int, float]]:
    """Triggers in a core from outside / begin / inside logits: first piece, last piece, probability.

    `bias` is added to the begin logit: above 0 finds more, below 0 fewer. A trigger never crosses a
    sentence boundary and is at most six words long, as the codebook allows no longer one.
    """
    shifted = logits.copy()
    shifted[:, 1] += bias
    probabilities = softmax(shifted)
    label = shifted.argmax(axis=-1)
    found: list[tuple[int, int, float]] = []
    position = 0
    while position < len(label):
        if label[position] == 0:
            position += 1
            continue
        end = position + 1
        while end < len(label) and label[end] == 2 and boundary[end] == 0:
            end += 1
        found.append((position, end - 1, float(1 - probabilities[position, 0])))
        position = end
    return found


def _stack(pieces: Pieces, windows: Sequence[Window]) -> tuple[list[Ints], Ints, Ints]:
    longest = max(window.end - window.start for window in windows) + 2
    inputs = [np.zeros((len(windows), longest), dtype=np.int64) for _ in range(4)]
    mask = np.zeros((len(windows), longest), dtype=np.int64)
    sentence = np.full((len(windows), longest), -1, dtype=np.int64)
    for number, window in enumerate(windows):
        n = window.end - window.start
        part = slice(window.start, window.end)
        inputs[0][number, 0], inputs[0][number, n + 1] = CLS, SEP
        for target, values in zip(
            inputs, (pieces.ids, pieces.shape, pieces.boundary, pieces.quoted), strict=True
        ):
            target[number, 1 : n + 1] = values[part]
        mask[number, : n + 2] = 1
        sentence[number, 1 : n + 1] = pieces.sentence[part]
    return inputs, mask, sentence


def run(pieces: Pieces, backend: Backend, bias: float = 0.0) -> Outputs:
    """Encode every window of `pieces` and ask the heads about every trigger found in its core."""
    windows = windows_of(pieces)
    tokens = np.zeros((len(pieces), 13), dtype=np.float32)
    found: list[Found] = []
    for at in range(0, len(windows), BATCH):
        part = windows[at : at + BATCH]
        inputs, mask, sentence = _stack(pieces, part)
        hidden, logits = backend.encode(inputs[0], inputs[1], inputs[2], inputs[3], mask)
        triggers: list[tuple[int, int, int, float]] = []
        for number, window in enumerate(part):
            core = logits[number, window.core_start - window.start + 1 : window.core_end - window.start + 1]
            tokens[window.core_start : window.core_end] = core
            boundary = pieces.boundary[window.core_start : window.core_end]
            triggers += [
                (number, window.core_start + first, window.core_start + last, score)
                for first, last, score in trigger_spans(core[:, :3], boundary, bias)
            ]
        if triggers:
            found += _ask(backend, part, triggers, hidden, mask, sentence)
    return Outputs(tokens=tokens, found=found)


def _ask(
    backend: Backend,
    windows: Sequence[Window],
    triggers: Sequence[tuple[int, int, int, float]],
    hidden: Floats,
    mask: Ints,
    sentence: Ints,
) -> list[Found]:
    rows = np.array([row for row, *_ in triggers], dtype=np.int64)
    offsets = np.array([1 - windows[row].start for row, *_ in triggers], dtype=np.int64)
    firsts = np.array([first for _, first, _, _ in triggers], dtype=np.int64) + offsets
    lasts = np.array([last for _, _, last, _ in triggers], dtype=np.int64) + offsets
    pair, classes = backend.statements(hidden, mask, sentence, rows, firsts, lasts)
    spans = 2 * len(CONDITIONED_SPANS)
    found = []
    for number, (row, first, last, score) in enumerate(triggers):
        n = windows[row].end - windows[row].start + 1
        roles = pair[number, :n, spans:].reshape(n, len(PARTICIPANT_ROLES), 3).transpose(1, 0, 2)
        found.append(
            Found(
                first=first,
                last=last,
                score=score,
                window=windows[row],
                classes=classes[number],
                spans=pair[number, :n, :spans],
                participants=roles,
            )
        )
    return found
