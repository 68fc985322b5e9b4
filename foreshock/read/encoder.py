"""Run the reader's two networks over a document's windows: the shipped ONNX files, or any other backend."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from foreshock.errors import ModelError
from foreshock.model.vocabulary import CONTEXTS, Kind
from foreshock.read.labels import CONDITIONED_SPANS, MODE_LABELS, PARTICIPANT_ROLES, TYPE_LABELS
from foreshock.read.memory import memory_told
from foreshock.read.windows import Pieces, Window, windows_of

CLS, SEP = 101, 102
NO_SENTENCE = -1
OUTSIDE, INSIDE = 0, 2
"""The first and the last of the labels outside / begin / inside."""
SPAN_OUTPUTS = 2 * len(CONDITIONED_SPANS)
PAIR_OUTPUTS = SPAN_OUTPUTS + 3 * len(PARTICIPANT_ROLES)
CLASS_OUTPUTS = len(Kind) + 2 + len(TYPE_LABELS) + len(MODE_LABELS) + len(CONTEXTS)
SLOWER = ["SkipLayerNormFusion"]
"""What ONNX Runtime fuses to its loss on CPUs: that layer norm is not vectorised, a tenth of the encoder's time."""
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Backend(Protocol):
    """What runs the networks, one window at a time: batches pad, and their padding moves int8 figures."""

    def encode(self, ids: Ints, shape: Ints, boundary: Ints, quoted: Ints) -> tuple[Floats, Floats]:
        """`[1, pieces]` inputs → hidden `[1, pieces, 384]`, token logits `[1, pieces, 13]`."""
        ...

    def statements(self, hidden: Floats, sentence: Ints, first: Ints, last: Ints) -> tuple[Floats, Floats]:
        """Hidden states and triggers → pair logits `[triggers, pieces, 22]`, class logits `[triggers, n]`."""
        ...


class OnnxBackend:
    """The shipped model, one thread a process."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3

        def session(name: str) -> onnxruntime.InferenceSession:
            return onnxruntime.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
            )

        try:
            with memory_told():
                self._encoder, self._statements = session("encoder.onnx"), session("statements.onnx")
        except MemoryError:
            raise
        except Exception as error:
            raise ModelError(f"the reader's model in {folder} cannot be loaded: {error}") from error

    def encode(self, ids: Ints, shape: Ints, boundary: Ints, quoted: Ints) -> tuple[Floats, Floats]:
        """See `Backend`."""
        given = {"ids": ids, "shape": shape, "boundary": boundary, "quoted": quoted}
        with memory_told():
            hidden, tokens = self._encoder.run(None, given)
        return hidden, tokens

    def statements(self, hidden: Floats, sentence: Ints, first: Ints, last: Ints) -> tuple[Floats, Floats]:
        """See `Backend`."""
        given = {"hidden": hidden, "sentence": sentence, "first": first, "last": last}
        with memory_told():
            pair, classes = self._statements.run(None, given)
        return pair, classes


@dataclass(frozen=True)
class WindowOutputs:
    """What the networks say of one window. Positions in `spans` and `participants` count from `[CLS]`, *none*."""

    window: Window
    tokens: Floats  # [pieces, 13]
    first: Ints  # [triggers] pieces, counted from the window's first
    last: Ints
    scores: Floats  # [triggers] probability that the trigger is one
    classes: Floats  # [triggers, classes]
    spans: Floats  # [triggers, 2 × roles, 1 + pieces]
    participants: Floats  # [triggers, roles, 3, 1 + pieces]


def softmax(values: Floats, out: Floats | None = None) -> Floats:
    """Softmax along the last axis, into `out` where given, which may be `values`.

    The greatest is taken from all first, so that no power overflows.
    """
    result: Floats = np.subtract(values, np.maximum.reduce(values, axis=-1, keepdims=True), out=out)
    np.exp(result, out=result)
    result /= np.add.reduce(result, axis=-1, keepdims=True)
    return result


def trigger_spans(logits: Floats, boundary: Ints, bias: float) -> list[tuple[int, int, float]]:
    """Triggers in a core from outside / begin / inside logits: first piece, last piece, probability.

    `bias` is taken from the outside logit: above 0 finds more, below 0 fewer. A trigger never crosses a
    sentence boundary and is at most six words long, as the codebook allows no longer one. One plain loop does what
    small arrays would: right after the encoder, which empties the processor's caches, each step over one costs dearly.
    """
    shifted = logits.copy()
    shifted[:, 0] -= bias
    first: list[int] = []
    last: list[int] = []
    for at, (label, begins) in enumerate(zip(shifted.argmax(axis=-1).tolist(), boundary.tolist(), strict=True)):
        if label == INSIDE and not begins and last and last[-1] == at - 1:
            last[-1] = at
        elif label != OUTSIDE:
            first.append(at)
            last.append(at)
    scores = 1 - softmax(shifted[first])[:, 0] if first else np.zeros(0, dtype=np.float32)
    return list(zip(first, last, scores.tolist(), strict=True))


def _framed(features: Ints, window: Window) -> Ints:
    """What `features` `[5, pieces]` say of a window, as `[5, 1, pieces]` with `[CLS]` before and `[SEP]` after."""
    framed = np.zeros((len(features), 1, window.end - window.start + 2), dtype=np.int64)
    framed[:, 0, 1:-1] = features[:, window.start : window.end]
    framed[0, 0, 0], framed[0, 0, -1] = CLS, SEP
    framed[-1, 0, 0] = framed[-1, 0, -1] = NO_SENTENCE
    return framed


def run(pieces: Pieces, backend: Backend, bias: float = 0.0) -> Iterator[WindowOutputs]:
    """Encode one window of `pieces` after the other and ask the heads about every trigger found in it."""
    features = np.stack([pieces.ids, pieces.shape, pieces.boundary, pieces.quoted, pieces.sentence])
    for window in windows_of(pieces):
        *inputs, sentence = _framed(features, window)
        hidden, tokens = backend.encode(*inputs)
        tokens = tokens[0, 1:-1]
        triggers = trigger_spans(tokens[:, :3], pieces.boundary[window.start : window.end], bias)
        first = np.array([first for first, _, _ in triggers], dtype=np.int64)
        last = np.array([last for _, last, _ in triggers], dtype=np.int64)
        if len(triggers):
            pair, classes = backend.statements(hidden, sentence, first + 1, last + 1)
        else:
            pair = np.zeros((0, len(tokens) + 2, PAIR_OUTPUTS), dtype=np.float32)
            classes = np.zeros((0, CLASS_OUTPUTS), dtype=np.float32)
        pair = pair[:, :-1].transpose(0, 2, 1).copy()  # what follows goes along the pieces
        yield WindowOutputs(
            window=window,
            tokens=tokens,
            first=first,
            last=last,
            scores=np.array([score for *_, score in triggers], dtype=np.float32),
            classes=classes,
            spans=pair[:, :SPAN_OUTPUTS],
            participants=pair[:, SPAN_OUTPUTS:].reshape(len(pair), len(PARTICIPANT_ROLES), 3, pair.shape[2]),
        )
