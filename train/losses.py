"""How far the networks' answers are from the annotation."""

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from foreshock.model.vocabulary import CONTEXTS, MECHANISMS
from foreshock.read.encoder import SPAN_OUTPUTS
from foreshock.read.labels import CONDITIONED_SPANS, PARTICIPANT_ROLES
from train.examples import IGNORED, Example, Prepared
from train.network import CLASS_SIZES, TOKEN_SIZES

TOKEN_SCALES = (1.5, 0.4, 0.4, 0.4)
"""What trigger, source kind, loaded and likelihood weigh."""
PARTICIPANT_SCALE = 0.12
SPAN_WEIGHTS = {"clause": 1.0, "source": 1.5, "outer_source": 0.7, "cue": 0.7, "place": 1.0, "time": 0.7,
                "condition": 0.5, "likelihood": 1.0}  # fmt: skip


def token_loss(logits: Tensor, targets: dict[str, Tensor]) -> Tensor:
    """Trigger, source kind, loaded and likelihood, piece by piece."""
    parts = logits.float().split(TOKEN_SIZES, dim=-1)
    weights = [torch.tensor([1.0, 2.0, 2.0]), torch.tensor([0.5] + [1.0] * 5),
               torch.tensor([1.0, 3.0]), torch.tensor([1.0, 3.0])]  # fmt: skip
    total = logits.new_zeros(())
    for part, weight, scale, name in zip(parts, weights, TOKEN_SCALES, targets, strict=True):
        total = total + scale * F.cross_entropy(
            part.transpose(1, 2), targets[name], weight=weight, ignore_index=IGNORED
        )
    return total


def rarity_of(documents: Sequence[Prepared]) -> Tensor:
    """How much heavier a context's presence weighs than its absence: 1 for common ones, up to 3 for rare ones."""
    rows = [row for document in documents for row in document.document.statements if row["kind"] is not None]
    present = [sum(name in (row.get("contexts") or []) for row in rows) for name in CONTEXTS]
    return torch.tensor([min(3.0, max(1.0, math.sqrt(len(rows) / max(1, n)) / 3)) for n in present])


def _context_loss(logits: Tensor, wanted: Tensor, rarity: Tensor) -> Tensor:
    """Mean over the contexts that the annotation knows; the twelve mechanisms count twice."""
    weight = torch.ones(len(CONTEXTS))
    weight[-len(MECHANISMS) :] = 2.0
    weights = weight.expand_as(logits) * (wanted != IGNORED)
    return F.binary_cross_entropy_with_logits(logits, wanted.clamp(min=0), weight=weights, pos_weight=rarity)


def statement_loss(pair: Tensor, classes: Tensor, batch: Sequence[Example], rarity: Tensor) -> Tensor:
    """Kind, polarity, type, mode, contexts and every role, trigger by trigger."""
    flat = [target for example in batch for target in example.targets]
    kind, polarity, event_type, mode, contexts = classes.float().split(CLASS_SIZES, dim=-1)
    n = len(flat)

    def labels(values: list[int]) -> Tensor:
        return torch.tensor(values, dtype=torch.long)

    total = 0.6 * F.cross_entropy(polarity, labels([t.negative for t in flat]))
    if any(t.kind != IGNORED for t in flat):
        total = total + F.cross_entropy(kind, labels([t.kind for t in flat]), label_smoothing=0.05)
    if any(t.type != IGNORED for t in flat):
        total = total + F.cross_entropy(event_type, labels([t.type for t in flat]), label_smoothing=0.05)
    has_mode = torch.tensor([float(t.type > 0) for t in flat])
    mode_losses = F.cross_entropy(mode, labels([t.mode for t in flat]), reduction="none")
    total = total + 0.6 * (mode_losses * has_mode).sum() / has_mode.sum().clamp(min=1)
    total = total + 30.0 * _context_loss(contexts, torch.from_numpy(np.stack([t.contexts for t in flat])), rarity)
    length = pair.shape[1]
    for number, role in enumerate(CONDITIONED_SPANS):
        for side in (0, 1):
            gold = labels([int(t.spans[number, side]) for t in flat])
            if bool((gold != IGNORED).any()):
                loss = F.cross_entropy(pair[:, :, 2 * number + side].float(), gold, ignore_index=IGNORED)
                total = total + SPAN_WEIGHTS[role] * 0.5 * loss
    for number in range(len(PARTICIPANT_ROLES)):
        logits = pair[:, :, SPAN_OUTPUTS + 3 * number : SPAN_OUTPUTS + 3 * number + 3].float()
        gold = torch.full((n, length), IGNORED)
        for i, target in enumerate(flat):
            row = torch.from_numpy(target.participants[number])
            gold[i, : len(row)] = row
        losses = F.cross_entropy(
            logits.transpose(1, 2),
            gold,
            ignore_index=IGNORED,
            weight=torch.tensor([1.0, 2.5, 2.5]),
            reduction="none",
        )
        total = total + PARTICIPANT_SCALE * losses.sum() / n
    return total
