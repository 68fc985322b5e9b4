"""The encoder of meaning: all-MiniLM-L6-v2, taught to put a forecast's passage beside the sentences that answer it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence
from transformers import BertModel

from foreshock.ledger.outcomes.meaning import LONGEST
from train.export import OPSET
from train.large import PADDING

SHARPNESS: Final = 20.0
"""By what cosines are multiplied before the nearest is chosen among the others."""
OTHERS: Final = 4
"""Sentences that settle nothing, beside each that answers."""


@dataclass(frozen=True)
class Lesson:
    """What one forecast is held against: its clause and its passage, sentences that answer it, and others that tempt;
    each as word pieces."""

    asked: tuple[list[int], list[int]]
    answers: list[list[int]]
    others: list[list[int]]


@dataclass(frozen=True)
class Plan:
    """How long and how hard to train."""

    epochs: int = 6
    batch: int = 64
    rate: float = 4e-5
    warmup: float = 0.1
    seed: int = 4


class Encoder(nn.Module):
    """Word pieces `[texts, pieces]`, padded at the end → vectors `[texts, width]` of length 1: the mean of all."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, ids: Tensor) -> Tensor:
        """The vectors."""
        mask = (ids != PADDING).long()
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        mean = (hidden * mask[:, :, None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
        return F.normalize(mean, dim=1)

    def of(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """The vectors of texts."""
        rows = pad_sequence([torch.tensor(one) for one in texts], batch_first=True, padding_value=PADDING)
        device = next(self.parameters()).device
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
            vectors: Tensor = self(rows.to(device))
        return vectors


def fit(encoder: Encoder, lessons: Sequence[Lesson], plan: Plan, log: Callable[[str], None]) -> None:
    """Train in place: of all sentences of a batch, the one that answers a forecast is to be the nearest to it (InfoNCE,
    van den Oord et al. 2018). By chance the clause or the passage asks."""
    rng = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    optimiser = torch.optim.AdamW(encoder.parameters(), lr=plan.rate, weight_decay=0.01)
    whole = plan.epochs * (len(lessons) // plan.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (plan.warmup * whole)) * max(0.02, 1 - step / whole)
    )
    encoder.train()
    for epoch in range(plan.epochs):
        order, lost = rng.sample(range(len(lessons)), len(lessons)), 0.0
        for start in range(0, len(order) - plan.batch + 1, plan.batch):
            loss = _loss(encoder, [lessons[at] for at in order[start : start + plan.batch]], rng)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            lost += float(loss.detach())
        log(f"epoch {epoch + 1}/{plan.epochs} loss {lost / (len(lessons) // plan.batch):.3f}")
    encoder.eval()


def _loss(encoder: Encoder, batch: Sequence[Lesson], rng: random.Random) -> Tensor:
    asked = encoder.of([one.asked[rng.random() < 0.5] for one in batch])
    told = [rng.choice(one.answers) for one in batch]
    told += [other for one in batch for other in rng.sample(one.others, min(OTHERS, len(one.others)))]
    near = SHARPNESS * asked @ encoder.of(told).T
    # What answers a forecast too is not held against it.
    also = torch.tensor(
        [[at != other and text in one.answers for other, text in enumerate(told)] for at, one in enumerate(batch)]
    )
    return F.cross_entropy(near.masked_fill(also.to(near.device), -1e4), torch.arange(len(batch), device=near.device))


class ExportedEncoder(nn.Module):
    """The encoder for a single text `[1, pieces]`, without a mask → its vector `[1, width]`."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        embeddings = encoder.bert.embeddings
        self.words = nn.Parameter(embeddings.word_embeddings.weight.detach())
        places = embeddings.position_embeddings.weight[:LONGEST] + embeddings.token_type_embeddings.weight[0]
        self.places = nn.Parameter(places.detach())
        self.norm, self.encoder = embeddings.LayerNorm, encoder.bert.encoder

    def forward(self, ids: Tensor) -> Tensor:
        """The vector."""
        embedded = self.norm(self.words[ids] + self.places[: ids.shape[1]])
        hidden = self.encoder(embedded).last_hidden_state
        return F.normalize(hidden.mean(dim=1), dim=1)


def export(encoder: Encoder, folder: Path) -> None:
    """Write `meaning.onnx` into `folder`, its matrices and its words in eight bits."""
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "meaning.fp32.onnx"
    torch.onnx.export(
        ExportedEncoder(encoder.cpu().eval()).eval(), (torch.randint(1000, 2000, (1, 24)),), str(full),
        input_names=["ids"], output_names=["vector"], opset_version=OPSET, dynamic_axes={"ids": {1: "pieces"}},
        dynamo=False,
    )  # fmt: skip
    quantize_dynamic(full, folder / "meaning.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    full.unlink()
