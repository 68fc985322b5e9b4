"""How the reader grows with the corpus: `python -m train.curve --data ../shared/data`

The student's size trained on nested parts of the corpus, by the same plan and without a teacher, measured on gold_dev
in full precision. Every part is spread over countries, because documents are drawn in the order of a hash of
their names. Prints a row of Markdown as each part is done, and draws `docs/pictures/growth.svg`; on two cores the whole
takes about half an hour, on a GPU about three minutes.
"""

import argparse
import hashlib
import sys
from pathlib import Path

import torch

from foreshock.read.encoder import CLS, SEP
from foreshock.read.windows import load_tokenizer
from train.annotated import CORPUS, read_folder, split
from train.backend import TorchBackend
from train.evaluate import gold_dev
from train.examples import Prepared
from train.fit import Plan, fit
from train.measure import measured
from train.network import Reader
from train.plots import PICTURES, growth_plot
from train.standoff import standoff_documents
from train.train import base_folder, best_settings, log, warmed_up

PARTS = (0.125, 0.25, 0.5, 1.0)
PLAN = Plan(epochs=10, encoder_rate=2e-4)
PLOTTED = ("detection F1", "statement F1", "type micro-F1", "mechanisms F1", "source F1", "actors F1")
FIGURES = ("detection F1", "statement F1", "type micro-F1", "mechanisms F1", "mechanisms macro-F1", "source F1",
           "chain exact", "actors F1", "recipients F1", "likelihood F1")  # fmt: skip


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the development data")
    parser.add_argument("--base", type=Path, help="folder of the base model; else the installed package")
    parser.add_argument("--work", type=Path, default=Path("train/work"), help="checkpoints")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    device = torch.device(arguments.device)
    base = base_folder(arguments.base)
    tokenizer = load_tokenizer(base / "tokenizer.json")
    corpus = read_folder(CORPUS / "documents")
    training = [*split(corpus, "train"), *standoff_documents(arguments.data)]
    training.sort(key=lambda document: hashlib.sha256(document.name.encode()).hexdigest())
    development, gold = split(corpus, "dev"), gold_dev(arguments.data)["gold_dev"]
    out = sys.stdout
    out.write("| documents | statements | " + " | ".join(FIGURES) + " |\n" + "|---" * (len(FIGURES) + 2) + "|\n")
    rows = []
    for part in PARTS:
        documents = training[: round(part * len(training))]
        whole = Reader(base).to(device)
        warmed_up(whole, tokenizer, arguments.data, arguments.work)
        model = whole.student().to(device)
        fit(model, [Prepared(document, tokenizer) for document in documents], PLAN, CLS, SEP, log)
        settings = best_settings(TorchBackend(model), tokenizer, development)
        figures = measured(gold, TorchBackend(model), tokenizer, settings).figures()
        count = sum(len(document.statements) for document in documents)
        out.write(f"| {len(documents)} | {count} | " + " | ".join(f"{figures[name]:.1f}" for name in FIGURES) + " |\n")
        out.flush()
        rows.append((count, figures))
    title = "F1 on gold_dev by the number of training statements, no teacher"
    (PICTURES / "growth.svg").write_text(growth_plot(rows, PLOTTED, title), encoding="utf-8")


if __name__ == "__main__":
    main()
