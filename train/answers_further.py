"""What a network that is taught learns on top: its upper layers and its head only, and not with its whole weight.

Few pairs of a new sort, learned by all layers, would push out what the network knew. So the lower layers stay as they
are, and in the end the weights are averaged with those from before (Wortsman et al. 2022, WiSE-FT).
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn

from train.answers_network import CrossEncoder, Lessons, batches_of, lesson_loss, padded


@dataclass(frozen=True)
class Further:
    """How much of a network learns on, how long and how hard."""

    layers: int
    """The upper ones, that learn; the head does too."""
    batch: int
    rate: float
    kept: float
    """What the weights from before count in the average, from 0 to 1."""
    seed: int
    epochs: int = 1
    warmup: int = 20
    """Steps over which the rate rises; then it sinks."""
    lowest: float = 0.05
    """Share of the rate below which it does not sink."""


def upper_weights(model: CrossEncoder, layers: int) -> list[nn.Parameter]:
    """Those of the last `layers` layers and of the head."""
    parts = [*model.bert.encoder.layer[-layers:], model.head]
    return [weight for part in parts for weight in part.parameters()]


def learn_on(model: CrossEncoder, lessons: Lessons, plan: Further, log: Callable[[str], None]) -> None:
    """Train the upper part of `model` in place on labelled `lessons`, and average it with what it was."""
    weights = upper_weights(model, plan.layers)
    before = [weight.detach().clone() for weight in weights]
    model.requires_grad_(False)
    for weight in weights:
        weight.requires_grad_(True)
    optimiser = torch.optim.AdamW(weights, lr=plan.rate, weight_decay=0.01)
    rng = random.Random(plan.seed)
    batches = [batch for _ in range(plan.epochs) for batch in batches_of(lessons.rows, plan.batch, rng)]

    def rate(step: int) -> float:
        return min(1.0, (step + 1) / plan.warmup) * max(plan.lowest, 1 - step / len(batches))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    device = model.device
    running = torch.zeros((), device=device)
    model.train()
    for batch in batches:
        with torch.autocast(device.type, dtype=torch.bfloat16):
            logits = model(padded([lessons.rows[at] for at in batch], device))
        loss = lesson_loss(logits.float(), lessons.labels[batch].to(device))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        schedule.step()
        running = running + loss.detach()
    log(f"further {len(batches)} steps loss {float(running) / len(batches):.3f}")
    with torch.no_grad():
        for weight, old in zip(weights, before, strict=True):
            weight.lerp_(old, plan.kept)
    model.requires_grad_(True)
    model.eval()
