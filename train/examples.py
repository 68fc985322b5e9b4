"""Annotated documents as tensors: one example a window, with the targets of every head."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from foreshock.model.vocabulary import CONTEXTS, MODES, EventType, Kind, SourceKind
from foreshock.read.decode import KINDS, SOURCE_KINDS
from foreshock.read.labels import CONDITIONED_SPANS, MODE_LABELS, PARTICIPANT_ROLES, TYPE_LABELS
from foreshock.read.segment import unwrapped
from foreshock.read.windows import Pieces, Window, pieces_of, windows_of
from train.annotated import Annotated

IGNORED = -100


@dataclass(frozen=True)
class TriggerTarget:
    """What the conditioned heads should say of one trigger; positions count from the window's `[CLS]`.

    Kind, type and contexts are IGNORED where the annotation does not know them (the warm-up task).
    """

    first: int
    last: int
    kind: int
    negative: int
    type: int
    mode: int
    contexts: NDArray[np.float32]
    spans: NDArray[np.int64]  # [roles, 2] first and last piece, 0 for none, IGNORED outside the window
    participants: NDArray[np.int64]  # [roles, pieces] 0 outside, 1 begin, 2 inside


@dataclass(frozen=True)
class Example:
    """One window's inputs and targets, `[CLS]` and `[SEP]` included."""

    inputs: NDArray[np.int64]  # [4, pieces]: ids, shape, boundary, quoted
    sentence: NDArray[np.int64]
    trigger: NDArray[np.int64]  # 0 outside, 1 begin, 2 inside
    source: NDArray[np.int64]  # 0 none, else 1 + source kind
    loaded: NDArray[np.int64]
    likelihood: NDArray[np.int64]
    targets: tuple[TriggerTarget, ...]
    weight: float = 1.0
    annotated: bool = True
    """Whether the targets are known; else only a teacher's answers are learned."""


def piece_span(pieces: Pieces, span: dict[str, Any] | None) -> tuple[int, int] | None:
    """First and last piece that share a character with `span`; null for none."""
    if not span or span.get("start") is None:
        return None
    first = int(np.searchsorted(pieces.ends, span["start"], side="right"))
    last = int(np.searchsorted(pieces.starts, span["end"], side="left")) - 1
    return (first, last) if first <= last else None


def _role_spans(statement: dict[str, Any]) -> list[dict[str, Any] | None]:
    sources = statement.get("sources") or []
    by_role: dict[str, dict[str, Any] | None] = {
        "clause": statement,
        "source": sources[-1] if sources else None,
        "outer_source": sources[-2] if len(sources) > 1 else None,
        "cue": statement.get("cue"),
        "place": statement.get("place"),
        "time": statement.get("time"),
        "condition": statement.get("condition"),
        "likelihood": statement.get("likelihood"),
    }
    return [by_role[role] for role in CONDITIONED_SPANS]


def _target(pieces: Pieces, window: Window, statement: dict[str, Any]) -> TriggerTarget | None:
    trigger = piece_span(pieces, statement["trigger"])
    if trigger is None or not window.start <= trigger[0] < window.end:
        return None
    length = window.end - window.start + 2

    def inside(span: tuple[int, int] | None) -> tuple[int, int] | None:
        if span is None or span[1] < window.start or span[0] >= window.end:
            return None
        return max(span[0], window.start) - window.start + 1, min(span[1], window.end - 1) - window.start + 1

    spans = np.zeros((len(CONDITIONED_SPANS), 2), dtype=np.int64)
    for number, span in enumerate(_role_spans(statement)):
        found = piece_span(pieces, span)
        placed = inside(found)
        spans[number] = placed or ((IGNORED, IGNORED) if found else (0, 0))
    participants = np.zeros((len(PARTICIPANT_ROLES), length), dtype=np.int64)
    for number, role in enumerate(PARTICIPANT_ROLES):
        for span in statement.get(role) or []:
            placed = inside(piece_span(pieces, span))
            if placed:
                participants[number, placed[0] : placed[1] + 1] = 2
                participants[number, placed[0]] = 1
    labelled = statement["kind"] is not None
    event_type = statement.get("type")
    mode = statement.get("mode")
    known_mode = mode and event_type and mode in MODES[EventType(event_type)]
    first, last = inside(trigger) or (1, 1)
    return TriggerTarget(
        first=first,
        last=last,
        kind=KINDS.index(Kind(statement["kind"])) if labelled else IGNORED,
        negative=int(statement.get("polarity") == "negative"),
        type=(TYPE_LABELS.index(event_type) if event_type else 0) if labelled else IGNORED,
        mode=MODE_LABELS.index(f"{event_type} {mode}") if known_mode else 0,
        contexts=np.array(
            [name in (statement.get("contexts") or []) if labelled else IGNORED for name in CONTEXTS],
            dtype=np.float32,
        ),
        spans=spans,
        participants=participants,
    )


class Prepared:
    """A document cut into pieces once, from which windows are drawn anew each epoch."""

    def __init__(self, document: Annotated, tokenizer: Tokenizer, weight: float = 1.0, annotated: bool = True) -> None:
        self.document = document
        self.weight = weight
        self.annotated = annotated
        self.pieces = pieces_of(unwrapped(document.text), tokenizer)
        n = len(self.pieces)
        self.trigger = np.zeros(n, dtype=np.int64)
        self.source = np.zeros(n, dtype=np.int64)
        self.loaded = np.zeros(n, dtype=np.int64)
        self.likelihood = np.zeros(n, dtype=np.int64)
        for statement in document.statements:
            self._mark(statement)

    def _mark(self, statement: dict[str, Any]) -> None:
        found = piece_span(self.pieces, statement["trigger"])
        if found:
            self.trigger[found[0] : found[1] + 1] = 2
            self.trigger[found[0]] = 1
        for source in statement.get("sources") or []:
            found = piece_span(self.pieces, source)
            if found:
                self.source[found[0] : found[1] + 1] = 1 + SOURCE_KINDS.index(SourceKind(source["source_kind"]))
        for span in statement.get("loaded") or []:
            found = piece_span(self.pieces, span)
            if found:
                self.loaded[found[0] : found[1] + 1] = 1
        found = piece_span(self.pieces, statement.get("likelihood"))
        if found:
            self.likelihood[found[0] : found[1] + 1] = 1

    def examples(self, cls: int, sep: int, shift: int = 0) -> list[Example]:
        """The document's windows; `shift` shortens the first so that cuts fall elsewhere."""
        found = []
        for window in windows_of(self.pieces, shift):
            targets = [_target(self.pieces, window, statement) for statement in self.document.statements]
            found.append(self._example(window, tuple(t for t in targets if t is not None), cls, sep))
        return found

    def _example(self, window: Window, targets: tuple[TriggerTarget, ...], cls: int, sep: int) -> Example:
        part = slice(window.start, window.end)
        pieces = self.pieces

        def framed(values: NDArray[np.int64], first: int, last: int) -> NDArray[np.int64]:
            return np.concatenate([[first], values[part], [last]])

        return Example(
            inputs=np.stack(
                [
                    framed(pieces.ids, cls, sep),
                    framed(pieces.shape, 0, 0),
                    framed(pieces.boundary, 0, 0),
                    framed(pieces.quoted, 0, 0),
                ]
            ),
            sentence=framed(pieces.sentence, -1, -1),
            trigger=framed(self.trigger, IGNORED, IGNORED),
            source=framed(self.source, 0, 0),
            loaded=framed(self.loaded, 0, 0),
            likelihood=framed(self.likelihood, 0, 0),
            targets=targets,
            weight=self.weight,
            annotated=self.annotated,
        )
