"""The network that reads a forecast and a report together, and how it is fitted: to labels, to teachers, or to both."""

import copy
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence
from transformers import MPNetModel

from foreshock.ledger.outcomes.answers import LABELS
from train.answers_bits import round_weights
from train.examples import IGNORED
from train.large import PADDING, own_pieces

SMOOTHING = 0.05
BESIDE_TEACHERS = 0.5
"""What a label weighs beside the teachers' answer."""
TOGETHER = 256
"""Pairs answered at once."""


class CrossEncoder(nn.Module):
    """Word pieces of pairs `[pairs, pieces]` → logits `[pairs, 3]`, from the first piece and the mean of all."""

    def __init__(self, bert: MPNetModel) -> None:
        super().__init__()
        self.bert = bert
        width = bert.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.head = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, len(LABELS)))

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return next(self.parameters()).device

    def forward(self, ids: Tensor) -> Tensor:
        """The logits; `ids` are by the reader's vocabulary, padded at the end."""
        mask = (ids != PADDING).long()
        hidden = self.bert(input_ids=own_pieces(ids), attention_mask=mask).last_hidden_state
        weights = mask[:, :, None].to(hidden.dtype)
        mean = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
        logits: Tensor = self.head(self.drop(torch.cat([hidden[:, 0], mean], dim=-1)))
        return logits

    def student(self) -> "CrossEncoder":
        """A copy that learns in four bits a weight."""
        other = copy.deepcopy(self)
        round_weights(other.bert.encoder)
        return other


@dataclass(frozen=True)
class Plan:
    """How long and how hard to train."""

    epochs: int
    batch: int
    rate: float
    """Of the last layer."""
    decay: float
    """What each layer's rate is of that of the layer above it; the embeddings are below the first."""
    seed: int
    head_rate: float = 2e-4
    warmup: float = 0.06
    average_from: float = 0.6
    """Share of the run after which the weights are averaged."""


@dataclass(frozen=True)
class Lessons:
    """Pairs to learn from: their pieces, their labels, and the teachers' logits `[pairs, 3]` if there are teachers."""

    rows: Sequence[Sequence[int]]
    labels: Tensor
    """`[pairs]`, `IGNORED` for open pairs."""
    taught: Tensor | None = None


def lesson_loss(logits: Tensor, labels: Tensor, taught: Tensor | None = None) -> Tensor:
    """What one batch costs by its labels, and by the teachers' answers where they are given."""
    by_label = F.cross_entropy(logits, labels, ignore_index=IGNORED, label_smoothing=SMOOTHING, reduction="sum")
    by_label = by_label / len(labels)
    if taught is None:
        return by_label
    return F.cross_entropy(logits, taught.softmax(dim=-1)) + BESIDE_TEACHERS * by_label


def padded(rows: Sequence[Sequence[int]], device: torch.device) -> Tensor:
    """The rows as one tensor, as long as the longest."""
    pieces = [torch.tensor(row) for row in rows]
    return pad_sequence(pieces, batch_first=True, padding_value=PADDING).to(device)


def batches_of(rows: Sequence[Sequence[int]], size: int, rng: random.Random) -> list[list[int]]:
    """Which rows are learned from together: of about one length, in chance order."""
    order = rng.sample(range(len(rows)), len(rows))
    found = []
    for start in range(0, len(order), 16 * size):
        part = sorted(order[start : start + 16 * size], key=lambda at: len(rows[at]))
        found += [part[at : at + size] for at in range(0, len(part), size)]
    return rng.sample(found, len(found))


def rates(model: CrossEncoder, plan: Plan) -> list[dict[str, object]]:
    """The weights in groups, each with its rate: the layers', the embeddings' and the head's."""
    layers, head = list(model.bert.encoder.layer), list(model.head.parameters())
    inside = {id(weight) for part in (*layers, model.head) for weight in part.parameters()}
    groups: list[dict[str, object]] = [
        {"params": list(layer.parameters()), "lr": plan.rate * plan.decay**above}
        for above, layer in enumerate(reversed(layers))
    ]
    rest = [weight for weight in model.parameters() if id(weight) not in inside]
    return [
        *groups,
        {"params": rest, "lr": plan.rate * plan.decay ** len(layers)},
        {"params": head, "lr": plan.head_rate},
    ]


def fit(model: CrossEncoder, lessons: Lessons, plan: Plan, log: Callable[[str], None]) -> None:
    """Train `model` in place, where its weights are; the averaged weights of the run's last part are what it ends with.

    The rate rises from a fiftieth while it warms up and sinks to a fiftieth again.
    """
    rng = random.Random(plan.seed)
    device = model.device
    optimiser = torch.optim.AdamW(rates(model, plan), weight_decay=0.01, fused=True)
    steps = plan.epochs * len(batches_of(lessons.rows, plan.batch, random.Random(plan.seed)))

    def rate(step: int) -> float:
        done = step / steps
        return min(1.0, done / plan.warmup + 0.02) * max(0.02, min(1.0, (1 - done) / (1 - plan.warmup)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    averaged = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995)
    )
    step = 0
    model.train()
    for epoch in range(plan.epochs):
        running, batches = torch.zeros((), device=device), batches_of(lessons.rows, plan.batch, rng)
        for batch in batches:
            taught = None if lessons.taught is None else lessons.taught[batch].to(device)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                logits = model(padded([lessons.rows[at] for at in batch], device))
            loss = lesson_loss(logits.float(), lessons.labels[batch].to(device), taught)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            step += 1
            if step > plan.average_from * steps:
                averaged.update_parameters(model)
            running = running + loss.detach()
        log(f"epoch {epoch + 1}/{plan.epochs} loss {float(running) / len(batches):.3f}")
    model.load_state_dict(averaged.module.state_dict())
    model.eval()


@torch.no_grad()
def logits_of(model: CrossEncoder, rows: Sequence[Sequence[int]]) -> Tensor:
    """What `model` answers to each row, `[rows, 3]`."""
    model.eval()
    found = torch.zeros(len(rows), len(LABELS))
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    for start in range(0, len(order), TOGETHER):
        part = order[start : start + TOGETHER]
        with torch.autocast(model.device.type, dtype=torch.bfloat16):
            logits = model(padded([rows[at] for at in part], model.device))
        found[part] = logits.float().cpu()
    return found
