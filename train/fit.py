"""The training loop: losses, optimiser, batches."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from foreshock.model.vocabulary import CONTEXTS, MECHANISMS
from foreshock.read.encoder import SPAN_OUTPUTS
from foreshock.read.labels import CONDITIONED_SPANS, PARTICIPANT_ROLES
from train.examples import IGNORED, Example, Prepared, epoch_batches
from train.network import CLASS_SIZES, TOKEN_SIZES, Reader


@dataclass(frozen=True)
class Plan:
    """How long and how hard to train."""

    epochs: int
    batch: int = 8
    encoder_rate: float = 1e-4
    head_rate: float = 6e-4
    warmup: float = 0.08
    seed: int = 7
    average_from: float = 0.7
    """Share of the run after which the weights are averaged."""


def collate(batch: Sequence[Example]) -> tuple[list[Tensor], dict[str, Tensor]]:
    """Inputs (ids, shape, boundary, quoted, mask, sentence) and padded token targets."""
    longest = max(example.inputs.shape[1] for example in batch)

    def padded(rows: Sequence[np.ndarray], value: int) -> Tensor:
        out = np.full((len(rows), longest), value, dtype=np.int64)
        for number, row in enumerate(rows):
            out[number, : len(row)] = row
        return torch.from_numpy(out)

    inputs = [padded([example.inputs[i] for example in batch], 0) for i in range(4)]
    mask = padded([np.ones(example.inputs.shape[1], dtype=np.int64) for example in batch], 0)
    sentence = padded([example.sentence for example in batch], -1)
    targets = {
        "trigger": padded([example.trigger for example in batch], IGNORED),
        "source": padded([example.source for example in batch], IGNORED),
        "loaded": padded([example.loaded for example in batch], IGNORED),
        "likelihood": padded([example.likelihood for example in batch], IGNORED),
    }
    return [*inputs, mask, sentence], targets


SPAN_WEIGHTS = {"clause": 1.0, "source": 1.5, "outer_source": 0.7, "cue": 0.7, "place": 1.0, "time": 0.7,
                "condition": 0.5, "likelihood": 1.0}  # fmt: skip


def token_loss(logits: Tensor, targets: dict[str, Tensor]) -> Tensor:
    """Trigger, source kind, loaded and likelihood, piece by piece."""
    parts = logits.float().split(TOKEN_SIZES, dim=-1)
    weights = [torch.tensor([1.0, 2.0, 2.0]), torch.tensor([0.5] + [1.0] * 5),
               torch.tensor([1.0, 3.0]), torch.tensor([1.0, 3.0])]  # fmt: skip
    scales = (1.5, 0.4, 0.4, 0.4)
    total = logits.new_zeros(())
    for part, weight, scale, name in zip(parts, weights, scales, targets, strict=True):
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
        total = total + 0.12 * losses.sum() / n
    return total


def fit(
    model: Reader,
    documents: Sequence[Prepared],
    plan: Plan,
    cls: int,
    sep: int,
    log: Callable[[str], None],
    precision: torch.dtype = torch.bfloat16,
) -> None:
    """Train `model` in place; the averaged weights of the run's last part are what it ends with."""
    rng = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    rarity = rarity_of(documents)
    decayed = [p for name, p in model.encoder.bert.named_parameters()]
    known = {id(p) for p in decayed}
    fresh = [p for p in model.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "lr": plan.encoder_rate}, {"params": fresh, "lr": plan.head_rate}],
        weight_decay=0.01,
    )
    steps = plan.epochs * len(epoch_batches(documents, cls, sep, plan.batch, random.Random(plan.seed)))

    def rate(step: int) -> float:
        warm = max(1, int(plan.warmup * steps))
        return (step + 1) / warm if step < warm else max(0.02, (steps - step) / max(1, steps - warm))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    averaged = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99))
    step = 0
    model.train()
    for epoch in range(plan.epochs):
        running, seen = 0.0, 0
        for batch in epoch_batches(documents, cls, sep, plan.batch, rng):
            (ids, shape, boundary, quoted, mask, sentence), targets = collate(batch)
            with torch.autocast("cpu", dtype=precision, enabled=precision is not torch.float32):
                hidden, tokens = model.encoder(ids, shape, boundary, quoted, mask)
                loss = token_loss(tokens, targets)
                places = [(i, t.first, t.last) for i, e in enumerate(batch) for t in e.targets]
                if places:
                    row, first, last = torch.tensor(places, dtype=torch.long).unbind(dim=1)
                    pair, classes = model.heads(hidden, sentence, row, first, last, mask)
                    loss = loss + statement_loss(pair, classes, batch, rarity)
            loss = loss * (sum(example.weight for example in batch) / len(batch))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            step += 1
            if step > plan.average_from * steps:
                averaged.update_parameters(model)
            running, seen = running + float(loss.detach()), seen + 1
        log(f"epoch {epoch + 1}/{plan.epochs} loss {running / max(1, seen):.3f}")
    model.load_state_dict(averaged.module.state_dict())
    model.eval()
