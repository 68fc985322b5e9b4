"""Examples put together as the networks take them: padded tensors of one batch, on one device."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from foreshock.read.labels import CONDITIONED_SPANS, PARTICIPANT_ROLES
from train.examples import IGNORED, Example, Prepared, TriggerTarget


@dataclass(frozen=True)
class _Moved:
    """Tensors that travel together."""

    def to(self, device: torch.device) -> Self:
        """The same on `device`."""

        def moved(value: Any) -> Any:  # noqa: ANN401 - tensors move, the rest stays
            return value.to(device) if isinstance(value, Tensor | _Moved) else value

        return type(self)(**{field.name: moved(getattr(self, field.name)) for field in fields(self)})


@dataclass(frozen=True)
class StatementTargets(_Moved):
    """What the heads should say of each trigger, as `TriggerTarget` has it; `[triggers, …]` each."""

    kind: Tensor
    negative: Tensor
    type: Tensor
    mode: Tensor
    contexts: Tensor  # [triggers, contexts]
    spans: Tensor  # [triggers, roles, 2]
    participants: Tensor  # [triggers, roles, pieces], IGNORED beyond the window


@dataclass(frozen=True)
class Batch(_Moved):
    """Windows of like length: inputs and token targets `[windows, pieces]`, and where their triggers stand."""

    ids: Tensor
    shape: Tensor
    boundary: Tensor
    quoted: Tensor
    mask: Tensor
    sentence: Tensor
    trigger: Tensor
    source: Tensor
    loaded: Tensor
    likelihood: Tensor
    row: Tensor
    first: Tensor
    last: Tensor
    statements: StatementTargets
    annotated: bool
    weight: float

    @property
    def inputs(self) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """What the encoder takes."""
        return self.ids, self.shape, self.boundary, self.quoted, self.mask

    @property
    def token_targets(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """In the order of the token heads."""
        return self.trigger, self.source, self.loaded, self.likelihood


def _whole(values: Sequence[int]) -> Tensor:
    return torch.tensor(values, dtype=torch.long)


def _statement_targets(found: Sequence[TriggerTarget], longest: int) -> StatementTargets:
    participants = np.full((len(found), len(PARTICIPANT_ROLES), longest), IGNORED, dtype=np.int64)
    for number, target in enumerate(found):
        participants[number, :, : target.participants.shape[1]] = target.participants
    spans = [target.spans for target in found] or [np.zeros((0, len(CONDITIONED_SPANS), 2), dtype=np.int64)]
    return StatementTargets(
        kind=_whole([target.kind for target in found]),
        negative=_whole([target.negative for target in found]),
        type=_whole([target.type for target in found]),
        mode=_whole([target.mode for target in found]),
        contexts=torch.from_numpy(np.array([target.contexts for target in found], dtype=np.float32)),
        spans=torch.from_numpy(np.stack(spans) if found else spans[0]),
        participants=torch.from_numpy(participants),
    )


def collate(examples: Sequence[Example]) -> Batch:
    """One batch, padded to its longest window; all annotated or none."""
    longest = max(example.inputs.shape[1] for example in examples)

    def padded(rows: Sequence[NDArray[np.int64]], value: int) -> Tensor:
        out = np.full((len(rows), longest), value, dtype=np.int64)
        for number, row in enumerate(rows):
            out[number, : len(row)] = row
        return torch.from_numpy(out)

    def inputs(part: int) -> Tensor:
        return padded([example.inputs[part] for example in examples], 0)

    places = [(i, target.first, target.last) for i, example in enumerate(examples) for target in example.targets]
    return Batch(
        ids=inputs(0),
        shape=inputs(1),
        boundary=inputs(2),
        quoted=inputs(3),
        mask=padded([np.ones(example.inputs.shape[1], dtype=np.int64) for example in examples], 0),
        sentence=padded([example.sentence for example in examples], -1),
        trigger=padded([example.trigger for example in examples], IGNORED),
        source=padded([example.source for example in examples], IGNORED),
        loaded=padded([example.loaded for example in examples], IGNORED),
        likelihood=padded([example.likelihood for example in examples], IGNORED),
        row=_whole([place[0] for place in places]),
        first=_whole([place[1] for place in places]),
        last=_whole([place[2] for place in places]),
        statements=_statement_targets([target for example in examples for target in example.targets], longest),
        annotated=examples[0].annotated,
        weight=sum(example.weight for example in examples) / len(examples),
    )


def epoch_batches(
    documents: Sequence[Prepared], cls: int, sep: int, batch: int, rng: random.Random
) -> list[list[Example]]:
    """One epoch: windows cut at random places, grouped by length, annotated and open ones apart, in random order."""
    examples = [example for document in documents for example in document.examples(cls, sep, rng.randrange(0, 120))]
    rng.shuffle(examples)
    batches = []
    for annotated in (True, False):
        alike = [example for example in examples if example.annotated == annotated]
        alike.sort(key=lambda example: example.inputs.shape[1] // 32)
        batches += [alike[i : i + batch] for i in range(0, len(alike), batch)]
    rng.shuffle(batches)
    return batches
