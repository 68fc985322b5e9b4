"""How the network of answers comes about: teachers, and a student of their size that learns in four bits a weight."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import MPNetModel

from foreshock.ledger.outcomes.answers import Question, joined
from foreshock.read.windows import load_tokenizer
from train.annotated import CORPUS
from train.answers_export import export
from train.answers_network import CrossEncoder, Lessons, Plan, fit, logits_of
from train.answers_pairs import ANSWERS, Pair
from train.examples import IGNORED
from train.large import LARGE_SHA256
from train.train import checked

TEACHERS = (
    Plan(epochs=3, batch=96, rate=4.2e-5, decay=0.92, seed=7),
    Plan(epochs=3, batch=96, rate=5.6e-5, decay=0.92, seed=8),
)
STUDENT = Plan(epochs=2, batch=128, rate=5.6e-5, decay=0.95, seed=11)
"""It starts from the first teacher."""
MOST_OPEN = 30_000
"""Open pairs, by chance, that the student learns from."""
DRAW = 9
"""The seed of that chance."""


@dataclass(frozen=True)
class Rows:
    """Pairs as word pieces: those with a label, by `LABELS`, and open ones."""

    labelled: Sequence[Sequence[int]]
    labels: Sequence[int]
    open: Sequence[Sequence[int]]


def rows_of(labelled: Sequence[Pair], questions: Sequence[Question], tokenizer: Tokenizer) -> Rows:
    """The pieces of labelled pairs and of open questions, as the program puts them together."""
    return Rows(
        [joined(tokenizer, pair.question) for pair in labelled],
        [pair.label for pair in labelled],
        [joined(tokenizer, question) for question in questions],
    )


def trained(
    base: Callable[[], MPNetModel], learned: Rows, device: torch.device, log: Callable[[str], None]
) -> CrossEncoder:
    """The student, taught by labels and by its teachers' answers; `base` makes what the teachers start from."""
    labels = torch.tensor(learned.labels)
    every = [*learned.labelled, *learned.open]
    teachers = []
    for plan in TEACHERS:
        torch.manual_seed(plan.seed)
        teacher = CrossEncoder(base()).to(device)
        fit(teacher, Lessons(learned.labelled, labels), plan, log)
        teachers.append(teacher)
    taught = torch.stack([logits_of(teacher, every) for teacher in teachers]).mean(dim=0)
    torch.manual_seed(STUDENT.seed)
    student = teachers[0].student()
    unlabelled = torch.full((len(learned.open),), IGNORED)
    fit(student, Lessons(every, torch.cat([labels, unlabelled]), taught), STUDENT, log)
    return student


def own_texts() -> list[str]:
    """What the project wrote itself: the word pieces in it are kept."""
    paths = [*sorted((CORPUS / "documents").glob("*.txt")), *sorted(ANSWERS.rglob("*.jsonl"))]
    return [path.read_text(encoding="utf-8") for path in paths]


def train(
    base: Path,
    labelled: Sequence[Pair],
    questions: Sequence[Question],
    folder: Path,
    device: str | None,
    log: Callable[[str], None],
) -> None:
    """Train on labelled pairs and open questions, and export into `folder`.

    `base` is checked against its hash. `device` null: a GPU if any.
    """
    chosen = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
    path = Path(__file__).parent.parent / "foreshock" / "data" / "model" / "tokenizer.json"
    weights = checked(base, LARGE_SHA256)
    drawn = sorted(random.Random(DRAW).sample(range(len(questions)), min(MOST_OPEN, len(questions))))
    rows = rows_of(labelled, [questions[at] for at in drawn], load_tokenizer(path))
    student = trained(lambda: MPNetModel.from_pretrained(weights, add_pooling_layer=False), rows, chosen, log)
    export(student, path, own_texts(), folder)
