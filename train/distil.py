"""What a shallow reader learns from deep ones: their answers as probabilities, on annotated and on open text.

Hinton, Vinyals and Dean 2015, with the last hidden states of a teacher of the same width matched as in TinyBERT
(Jiao et al. 2020). Several teachers answer with the mean of their logits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from foreshock.read.encoder import SPAN_OUTPUTS, trigger_spans
from foreshock.read.labels import CONDITIONED_SPANS, PARTICIPANT_ROLES
from train.batches import Batch
from train.losses import PARTICIPANT_SCALE, SPAN_WEIGHTS, TOKEN_SCALES
from train.network import CLASS_SIZES, TOKEN_SIZES, Network

CLASS_SCALES = (1.0, 0.6, 1.0, 0.6, 10.0)
"""What kind, polarity, type, mode and contexts weigh."""


def _apart(student: Tensor, teacher: Tensor, dim: int = -1) -> Tensor:
    """Kullback-Leibler divergence of the student's softmax from the teacher's along `dim`, which it sums out."""
    wanted = F.softmax(teacher.float(), dim=dim)
    return (wanted * (F.log_softmax(teacher.float(), dim=dim) - F.log_softmax(student.float(), dim=dim))).sum(dim=dim)


@dataclass(frozen=True)
class Answers:
    """What the teachers say of a batch, and of the triggers asked about: their own where it has no annotation."""

    tokens: Tensor
    places: tuple[Tensor, Tensor, Tensor]
    statements: tuple[Tensor, Tensor] | None
    hidden: Tensor | None
    """Of the one teacher as wide as the student, if there is one."""


def found_triggers(tokens: Tensor, batch: Batch) -> list[tuple[int, int, int]]:
    """The triggers that token logits `[windows, pieces, 13]` name: window, first and last piece."""
    logits = tokens[:, :, : TOKEN_SIZES[0]].float().cpu().numpy()
    lengths, boundary = batch.mask.sum(dim=1).tolist(), batch.boundary.cpu().numpy()
    found = []
    for number, length in enumerate(lengths):
        inside = slice(1, length - 1)
        spans = trigger_spans(logits[number, inside], boundary[number, inside], 0.0)
        found += [(number, first + 1, last + 1) for first, last, _ in spans]
    return found


@torch.no_grad()
def answers(teachers: Sequence[Network], batch: Batch, width: int) -> Answers:
    """The teachers' mean answers; `width` is the student's hidden size."""
    read = [teacher.encoder(*batch.inputs) for teacher in teachers]
    tokens = torch.stack([tokens.float() for _, tokens in read]).mean(dim=0)
    places = (batch.row, batch.first, batch.last)
    if not batch.annotated:
        triggers = found_triggers(tokens, batch)
        found = torch.tensor(triggers, dtype=torch.long, device=tokens.device).reshape(-1, 3)
        places = (found[:, 0], found[:, 1], found[:, 2])
    hidden = next((hidden for hidden, _ in read if hidden.shape[-1] == width), None)
    if not len(places[0]):
        return Answers(tokens, places, None, hidden)
    said = [
        teacher.heads(states, batch.sentence, *places, batch.mask)
        for teacher, (states, _) in zip(teachers, read, strict=True)
    ]
    pair = torch.stack([pair.float() for pair, _ in said]).mean(dim=0)
    classes = torch.stack([classes.float() for _, classes in said]).mean(dim=0)
    return Answers(tokens, places, (pair, classes), hidden)


def hidden_loss(student: Tensor, teacher: Tensor, mask: Tensor) -> Tensor:
    """Mean squared difference of the last hidden states, padding left out."""
    apart = (student.float() - teacher.float()).square().mean(dim=-1)
    return (apart * mask).sum() / mask.sum()


def learned_token_loss(student: Tensor, teacher: Tensor, mask: Tensor) -> Tensor:
    """Trigger, source kind, loaded and likelihood of every piece."""
    total = student.new_zeros((), dtype=torch.float32)
    for scale, mine, theirs in zip(
        TOKEN_SCALES, student.split(TOKEN_SIZES, dim=-1), teacher.split(TOKEN_SIZES, dim=-1), strict=True
    ):
        total = total + scale * (_apart(mine, theirs) * mask).sum() / mask.sum()
    return total


def learned_statement_loss(student: tuple[Tensor, Tensor], teacher: tuple[Tensor, Tensor], mask: Tensor) -> Tensor:
    """Classes and roles of every trigger; `mask` `[triggers, pieces]` is 1 for real pieces."""
    (my_pair, my_classes), (their_pair, their_classes) = student, teacher
    n = len(my_pair)
    total = my_pair.new_zeros((), dtype=torch.float32)
    parts = zip(
        CLASS_SCALES, my_classes.split(CLASS_SIZES, dim=-1), their_classes.split(CLASS_SIZES, dim=-1), strict=True
    )
    for number, (scale, mine, theirs) in enumerate(parts):
        if number == len(CLASS_SIZES) - 1:
            wanted = torch.sigmoid(theirs.float())
            total = total + scale * F.binary_cross_entropy_with_logits(mine.float(), wanted)
        else:
            total = total + scale * _apart(mine, theirs).mean()
    for number, role in enumerate(CONDITIONED_SPANS):
        both = slice(2 * number, 2 * number + 2)
        total = total + SPAN_WEIGHTS[role] * 0.5 * _apart(my_pair[:, :, both], their_pair[:, :, both], 1).sum() / n
    for number in range(len(PARTICIPANT_ROLES)):
        role_logits = slice(SPAN_OUTPUTS + 3 * number, SPAN_OUTPUTS + 3 * number + 3)
        apart = _apart(my_pair[:, :, role_logits], their_pair[:, :, role_logits]) * mask
        total = total + 2 * PARTICIPANT_SCALE * apart.sum() / n
    return total
