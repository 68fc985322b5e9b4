"""How the network of answers comes about: two teachers, and a student of half their depth that learns from both."""

from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import MPNetModel

from foreshock.ledger.answers import Question, joined
from foreshock.read.windows import load_tokenizer
from train.annotated import CORPUS
from train.answers_export import export
from train.answers_material import Material
from train.answers_network import CrossEncoder, Lessons, Plan, fit, logits_of
from train.answers_pairs import ANSWERS
from train.examples import IGNORED
from train.large import LARGE_SHA256
from train.train import checked

TEACHERS = (
    Plan(epochs=4, batch=48, rate=3e-5, decay=0.92, seed=7),
    Plan(epochs=4, batch=48, rate=4e-5, decay=0.92, seed=8),
)
STUDENT = Plan(epochs=5, batch=64, rate=5e-5, decay=0.95, seed=11)
"""It starts from layers of the last teacher."""


def rows_of(questions: Sequence[Question], tokenizer: Tokenizer) -> list[list[int]]:
    """The word pieces of each, as the program puts them together."""
    return [joined(tokenizer, question) for question in questions]


def trained(
    base: Path, learned: Material, tokenizer: Tokenizer, device: torch.device, log: Callable[[str], None]
) -> CrossEncoder:
    """The student, taught on labelled and on open pairs; `base` holds the teachers' base model."""
    labels = torch.tensor([pair.label for pair in learned.labelled])
    labelled = rows_of([pair.question for pair in learned.labelled], tokenizer)
    every = [*labelled, *rows_of(learned.open, tokenizer)]
    teachers = []
    for plan in TEACHERS:
        torch.manual_seed(plan.seed)
        teacher = CrossEncoder(MPNetModel.from_pretrained(base, add_pooling_layer=False)).to(device)
        fit(teacher, Lessons(labelled, labels), plan, log)
        teachers.append(teacher)
    taught = torch.stack([logits_of(teacher, every) for teacher in teachers]).mean(dim=0)
    torch.manual_seed(STUDENT.seed)
    student = teachers[-1].student()
    unlabelled = torch.full((len(learned.open),), IGNORED)
    fit(student, Lessons(every, torch.cat([labels, unlabelled]), taught), STUDENT, log)
    return student


def own_texts() -> list[str]:
    """What the project wrote itself: the word pieces in it are kept."""
    paths = [*sorted((CORPUS / "documents").glob("*.txt")), *sorted(ANSWERS.glob("*.jsonl"))]
    return [path.read_text(encoding="utf-8") for path in paths]


def train(base: Path, learned: Material, folder: Path, device: str | None, log: Callable[[str], None]) -> None:
    """Train on `learned` and export into `folder`; `base` is checked against its hash. `device` null: a GPU if any."""
    chosen = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
    tokenizer = Path(__file__).parent.parent / "foreshock" / "data" / "model" / "tokenizer.json"
    student = trained(checked(base, LARGE_SHA256), learned, load_tokenizer(tokenizer), chosen, log)
    export(student, tokenizer, own_texts(), folder)
