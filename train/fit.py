"""The training loop: optimiser, batches, and what is learned from annotation or from a teacher."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from train.distil import found_triggers, hidden_loss, learned_statement_loss, learned_token_loss
from train.examples import IGNORED, Example, Prepared, epoch_batches
from train.losses import rarity_of, statement_loss, token_loss
from train.network import Reader

BESIDE_ANNOTATION = 0.5
"""What the teacher's answers weigh where there is annotation: it knows better."""


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
    open_share: float = 0.3
    """Share of the open documents, those without annotation, that each epoch draws."""


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


def _loss(model: Reader, batch: Sequence[Example], rarity: Tensor, teacher: Reader | None) -> Tensor:
    """What one batch, annotated or open as a whole, costs by its annotation and by the teacher's answers."""
    (ids, shape, boundary, quoted, mask, sentence), targets = collate(batch)
    annotated = batch[0].annotated
    trust = BESIDE_ANNOTATION if annotated else 1.0
    hidden, tokens = model.encoder(ids, shape, boundary, quoted, mask)
    loss = token_loss(tokens, targets) if annotated else tokens.new_zeros(())
    places = [(i, t.first, t.last) for i, e in enumerate(batch) for t in e.targets]
    if teacher:
        with torch.no_grad():
            their_hidden, their_tokens = teacher.encoder(ids, shape, boundary, quoted, mask)
        places = places if annotated else found_triggers(their_tokens, batch)
        loss = loss + hidden_loss(hidden, their_hidden, mask)
        loss = loss + trust * learned_token_loss(tokens, their_tokens, mask)
    if not places:
        return loss
    row, first, last = torch.tensor(places, dtype=torch.long).unbind(dim=1)
    mine = model.heads(hidden, sentence, row, first, last, mask)
    if annotated:
        pair, classes = mine
        loss = loss + statement_loss(pair, classes, batch, rarity)
    if teacher:
        with torch.no_grad():
            theirs = teacher.heads(their_hidden, sentence, row, first, last, mask)
        loss = loss + trust * learned_statement_loss(mine, theirs, mask[row])
    return loss


def fit(
    model: Reader,
    documents: Sequence[Prepared],
    plan: Plan,
    cls: int,
    sep: int,
    log: Callable[[str], None],
    teacher: Reader | None = None,
    open_documents: Sequence[Prepared] = (),
    precision: torch.dtype = torch.bfloat16,
) -> None:
    """Train `model` in place; the averaged weights of the run's last part are what it ends with.

    With a `teacher` its answers are learned beside the annotation, and alone on the `open_documents`, which have none.
    """
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

    def batches() -> list[list[Example]]:
        drawn = rng.sample(list(open_documents), round(plan.open_share * len(open_documents)))
        return epoch_batches([*documents, *drawn], cls, sep, plan.batch, rng)

    steps = plan.epochs * len(batches())

    def rate(step: int) -> float:
        warm = max(1, int(plan.warmup * steps))
        return (step + 1) / warm if step < warm else max(0.02, (steps - step) / max(1, steps - warm))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    averaged = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99))
    step = 0
    model.train()
    if teacher:
        teacher.eval()
    for epoch in range(plan.epochs):
        running, seen = 0.0, 0
        for batch in batches():
            with torch.autocast("cpu", dtype=precision, enabled=precision is not torch.float32):
                loss = _loss(model, batch, rarity, teacher)
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
