"""How the network of answers comes about: two teachers, a student of half their depth, and what it learns on top."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import MPNetModel

from foreshock.ledger.answers import Question, joined
from foreshock.read.windows import load_tokenizer
from train.annotated import CORPUS
from train.answers_export import export, export_with
from train.answers_further import Further, learn_on
from train.answers_material import Material
from train.answers_network import CrossEncoder, Lessons, Plan, fit, logits_of
from train.answers_pairs import ANSWERS, Pair
from train.answers_resumed import resumed
from train.examples import IGNORED
from train.large import LARGE_SHA256
from train.train import checked

TEACHERS = (
    Plan(epochs=4, batch=48, rate=3e-5, decay=0.92, seed=7),
    Plan(epochs=4, batch=48, rate=4e-5, decay=0.92, seed=8),
)
STUDENT = Plan(epochs=5, batch=64, rate=5e-5, decay=0.95, seed=11)
"""It starts from layers of the first teacher."""
PLAIN = Further(layers=3, batch=16, rate=4e-5, kept=0.2, seed=3)
"""On top, on plain answers; the average keeps most of what they cost on the others. Of four shares from before, 0 to
0.6, this one was chosen by pairs of the held-out files."""
BESIDE_PLAIN = 2600
"""Labelled pairs of the other sort, by chance, that are learned from along with the plain ones."""
CHRONICLES = Further(layers=4, batch=16, rate=4e-5, kept=0.0, seed=6, epochs=2, warmup=30)
"""Last, on chronicles; an average with the weights from before gave back what they had taught."""
BESIDE_CHRONICLES, PLAIN_BESIDE_CHRONICLES = 2600, 600
"""Labelled pairs and plain ones, by chance, that are learned from along with the chronicles'."""


def rows_of(questions: Sequence[Question], tokenizer: Tokenizer) -> list[list[int]]:
    """The word pieces of each, as the program puts them together."""
    return [joined(tokenizer, question) for question in questions]


def trained(
    base: Path, learned: Material, tokenizer: Tokenizer, device: torch.device, log: Callable[[str], None]
) -> CrossEncoder:
    """The student before plain answers, taught on labelled and on open pairs; `base` holds the teachers' base model."""
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
    student = teachers[0].student()
    unlabelled = torch.full((len(learned.open),), IGNORED)
    fit(student, Lessons(every, torch.cat([labels, unlabelled]), taught), STUDENT, log)
    return student


def with_plain_answers(
    student: CrossEncoder, learned: Material, plain: Sequence[Pair], tokenizer: Tokenizer, log: Callable[[str], None]
) -> None:
    """Let the student learn plain answers on top, in place, beside some of what it learned from before."""
    rng = random.Random(PLAIN.seed)
    _learn_pairs(student, [*plain, *_some(learned.labelled, BESIDE_PLAIN, rng)], PLAIN, tokenizer, log)


def with_chronicles(
    student: CrossEncoder,
    learned: Material,
    plain: Sequence[Pair],
    chronicles: Sequence[Pair],
    tokenizer: Tokenizer,
    log: Callable[[str], None],
) -> None:
    """Let the student learn on, in place, from what later texts of a chronicle tell of its forecasts."""
    rng = random.Random(CHRONICLES.seed)
    beside = [*_some(learned.labelled, BESIDE_CHRONICLES, rng), *_some(plain, PLAIN_BESIDE_CHRONICLES, rng)]
    _learn_pairs(student, [*chronicles, *beside], CHRONICLES, tokenizer, log)


def _some(pairs: Sequence[Pair], count: int, rng: random.Random) -> list[Pair]:
    """So many of them by chance, or all."""
    return rng.sample(pairs, min(count, len(pairs)))


def _learn_pairs(
    student: CrossEncoder, pairs: Sequence[Pair], plan: Further, tokenizer: Tokenizer, log: Callable[[str], None]
) -> None:
    """Let the student learn labelled pairs on top of what it knows, in place."""
    rows = rows_of([pair.question for pair in pairs], tokenizer)
    torch.manual_seed(plan.seed)
    learn_on(student, Lessons(rows, torch.tensor([pair.label for pair in pairs])), plan, log)


def own_texts() -> list[str]:
    """What the project wrote itself: the word pieces in it are kept."""
    paths = [*sorted((CORPUS / "documents").glob("*.txt")), *sorted(ANSWERS.glob("*.jsonl"))]
    return [path.read_text(encoding="utf-8") for path in paths]


def train(
    base: Path,
    learned: Material,
    plain: Sequence[Pair],
    chronicles: Sequence[Pair],
    folder: Path,
    device: str | None,
    log: Callable[[str], None],
) -> None:
    """Train on `learned`, then on `plain` answers, then on `chronicles`, and export into `folder`.

    `base` is checked against its hash. `device` null: a GPU if any.
    """
    chosen = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
    path = Path(__file__).parent.parent / "foreshock" / "data" / "model" / "tokenizer.json"
    tokenizer = load_tokenizer(path)
    student = trained(checked(base, LARGE_SHA256), learned, tokenizer, chosen, log)
    with_plain_answers(student, learned, plain, tokenizer, log)
    with_chronicles(student, learned, plain, chronicles, tokenizer, log)
    export(student, path, own_texts(), folder)


def learn_on_from_shipped(
    learned: Material, plain: Sequence[Pair], chronicles: Sequence[Pair], folder: Path, log: Callable[[str], None]
) -> None:
    """Let the model in `folder` learn on from `chronicles`, and export it there again; for this a processor will do."""
    student, kept = resumed(folder)
    tokenizer = load_tokenizer(folder / "tokenizer.json")
    with_chronicles(student, learned, plain, chronicles, tokenizer, log)
    export_with(student, folder / "tokenizer.json", kept, folder)
