"""How far the networks' answers are from the annotation."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from foreshock.model.vocabulary import CONTEXTS, MECHANISMS
from foreshock.read.encoder import SPAN_OUTPUTS
from foreshock.read.labels import CONDITIONED_SPANS, PARTICIPANT_ROLES
from train.batches import Batch, StatementTargets
from train.examples import IGNORED, Prepared
from train.network import CLASS_SIZES, TOKEN_SIZES

TOKEN_SCALES = (1.5, 0.4, 0.4, 0.4)
"""What trigger, source kind, loaded and likelihood weigh."""
TOKEN_WEIGHTS = ((1.0, 2.0, 2.0), (0.5, *[1.0] * 5), (1.0, 3.0), (1.0, 3.0))
"""What each of their classes weighs."""
PARTICIPANT_SCALE = 0.12
PARTICIPANT_WEIGHTS = (1.0, 2.5, 2.5)
SPAN_WEIGHTS = {"clause": 1.0, "source": 1.5, "outer_source": 0.7, "cue": 0.7, "place": 1.0, "time": 0.7,
                "condition": 0.5, "likelihood": 1.0}  # fmt: skip


def token_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Trigger, source kind, loaded and likelihood, piece by piece."""
    parts = logits.float().split(TOKEN_SIZES, dim=-1)
    total = logits.new_zeros((), dtype=torch.float32)
    for part, weight, scale, wanted in zip(parts, TOKEN_WEIGHTS, TOKEN_SCALES, batch.token_targets, strict=True):
        total = total + scale * F.cross_entropy(
            part.transpose(1, 2), wanted, weight=part.new_tensor(weight), ignore_index=IGNORED
        )
    return total


def rarity_of(documents: Sequence[Prepared]) -> Tensor:
    """How much heavier a context's presence weighs than its absence: 1 for common ones, up to 3 for rare ones."""
    rows = [row for document in documents for row in document.document.statements if row["kind"] is not None]
    present = [sum(name in (row.get("contexts") or []) for row in rows) for name in CONTEXTS]
    return torch.tensor([min(3.0, max(1.0, math.sqrt(len(rows) / max(1, n)) / 3)) for n in present])


def _context_loss(logits: Tensor, wanted: Tensor, rarity: Tensor) -> Tensor:
    """Mean over the contexts that the annotation knows; the twelve mechanisms count twice."""
    weight = torch.ones(len(CONTEXTS), device=logits.device)
    weight[-len(MECHANISMS) :] = 2.0
    weights = weight.expand_as(logits) * (wanted != IGNORED)
    return F.binary_cross_entropy_with_logits(logits, wanted.clamp(min=0), weight=weights, pos_weight=rarity)


def _known(logits: Tensor, wanted: Tensor, smoothing: float = 0.0) -> Tensor:
    """Mean cross-entropy over the targets that the annotation knows; 0 where it knows none."""
    losses = F.cross_entropy(logits, wanted, ignore_index=IGNORED, label_smoothing=smoothing, reduction="sum")
    return losses / (wanted != IGNORED).sum().clamp(min=1)


def statement_loss(pair: Tensor, classes: Tensor, targets: StatementTargets, rarity: Tensor) -> Tensor:
    """Kind, polarity, type, mode, contexts and every role, trigger by trigger."""
    kind, polarity, event_type, mode, contexts = classes.float().split(CLASS_SIZES, dim=-1)
    total = 0.6 * F.cross_entropy(polarity, targets.negative)
    total = total + _known(kind, targets.kind, 0.05) + _known(event_type, targets.type, 0.05)
    has_mode = (targets.type > 0).float()
    mode_losses = F.cross_entropy(mode, targets.mode, reduction="none")
    total = total + 0.6 * (mode_losses * has_mode).sum() / has_mode.sum().clamp(min=1)
    total = total + 30.0 * _context_loss(contexts, targets.contexts, rarity)
    for number, role in enumerate(CONDITIONED_SPANS):
        for side in (0, 1):
            loss = _known(pair[:, :, 2 * number + side].float(), targets.spans[:, number, side])
            total = total + SPAN_WEIGHTS[role] * 0.5 * loss
    for number in range(len(PARTICIPANT_ROLES)):
        logits = pair[:, :, SPAN_OUTPUTS + 3 * number : SPAN_OUTPUTS + 3 * number + 3].float()
        losses = F.cross_entropy(
            logits.transpose(1, 2),
            targets.participants[:, number],
            ignore_index=IGNORED,
            weight=logits.new_tensor(PARTICIPANT_WEIGHTS),
            reduction="none",
        )
        total = total + PARTICIPANT_SCALE * losses.sum() / len(pair)
    return total
