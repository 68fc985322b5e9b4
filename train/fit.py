"""The training loop: optimiser, batches, and what is learned from annotation or from a teacher."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from train.batches import Batch, collate, epoch_batches
from train.distil import Answers, answers, hidden_loss, learned_statement_loss, learned_token_loss
from train.examples import Example, Prepared
from train.losses import rarity_of, statement_loss, token_loss
from train.network import Network

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
    cuts: int | None = None
    """How many epochs cut the documents into windows anew; later ones take the same batches in another order, and the
    teachers' answers to them as they are kept. Null: every epoch does."""


@dataclass
class _Lesson:
    """A batch, and what the teachers answered when they were asked about it."""

    batch: Batch
    taught: Answers | None = None


def lesson_loss(model: Network, batch: Batch, rarity: Tensor, taught: Answers | None = None) -> Tensor:
    """What one batch, annotated or open as a whole, costs by its annotation and by the teachers' answers."""
    hidden, tokens = model.encoder(*batch.inputs)
    loss = token_loss(tokens, batch) if batch.annotated else tokens.new_zeros((), dtype=torch.float32)
    places = (batch.row, batch.first, batch.last)
    trust = BESIDE_ANNOTATION if batch.annotated else 1.0
    if taught:
        places = taught.places
        loss = loss + trust * learned_token_loss(tokens, taught.tokens, batch.mask)
        if taught.hidden is not None:
            loss = loss + hidden_loss(hidden, taught.hidden, batch.mask)
    if not len(places[0]):
        return loss
    mine: tuple[Tensor, Tensor] = model.heads(hidden, batch.sentence, *places, batch.mask)
    if batch.annotated:
        loss = loss + statement_loss(*mine, batch.statements, rarity)
    if taught and taught.statements:
        loss = loss + trust * learned_statement_loss(mine, taught.statements, batch.mask[places[0]])
    return loss


def fit(
    model: Network,
    documents: Sequence[Prepared],
    plan: Plan,
    cls: int,
    sep: int,
    log: Callable[[str], None],
    teachers: Sequence[Network] = (),
    open_documents: Sequence[Prepared] = (),
    precision: torch.dtype = torch.bfloat16,
) -> None:
    """Train `model` in place, where its weights are; the averaged weights of the run's last part are what it ends with.

    The `teachers`' answers are learned beside the annotation, and alone on the `open_documents`, which have none.
    """
    rng = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    device = model.device
    rarity = rarity_of(documents).to(device)
    decayed = model.pretrained()
    known = {id(p) for p in decayed}
    fresh = [p for p in model.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "lr": plan.encoder_rate}, {"params": fresh, "lr": plan.head_rate}],
        weight_decay=0.01,
        fused=True,
    )

    def batches() -> list[list[Example]]:
        drawn = rng.sample(list(open_documents), round(plan.open_share * len(open_documents)))
        return epoch_batches([*documents, *drawn], cls, sep, plan.batch, rng)

    kept = [[_Lesson(collate(examples)) for examples in batches()] for _ in range(plan.cuts or 0)]
    steps = plan.epochs * len(kept[0] if kept else batches())

    def lessons(epoch: int) -> Iterable[_Lesson]:
        if not kept:
            return (_Lesson(collate(examples)) for examples in batches())
        again = kept[epoch % len(kept)]
        return rng.sample(again, len(again))

    def rate(step: int) -> float:
        warm = max(1, int(plan.warmup * steps))
        return (step + 1) / warm if step < warm else max(0.02, (steps - step) / max(1, steps - warm))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    averaged = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99))
    step = 0
    model.train()
    for teacher in teachers:
        teacher.eval()
    for epoch in range(plan.epochs):
        running, seen = torch.zeros((), device=device), 0
        for lesson in lessons(epoch):
            batch = lesson.batch.to(device)
            with torch.autocast(device.type, dtype=precision, enabled=precision is not torch.float32):
                if teachers and lesson.taught is None:
                    lesson.taught = answers(teachers, batch, model.width)
                loss = lesson_loss(model, batch, rarity, lesson.taught)
            loss = loss * batch.weight
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            step += 1
            if step > plan.average_from * steps:
                averaged.update_parameters(model)
            running, seen = running + loss.detach(), seen + 1
        log(f"epoch {epoch + 1}/{plan.epochs} loss {float(running) / max(1, seen):.3f}")
    model.load_state_dict(averaged.module.state_dict())
    model.eval()
