"""What the ledger would make of perfect answers: `python -m bench.ledger_perfect`.

In the chronicles of `train/answers/chronicles` readers marked every sentence that tells what became of a forecast. Here
the marks answer in the place of the model: what is still wrong is not for the model to mend, but for how reports are
found, and for the rules of time, place and coverage around it. Prints for each chronicle how many outcomes are the
key's, of how many forecasts a marked sentence was read at all, and by what reasons the rest are left. `--records` names
a folder in which the chronicles' records are kept.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from bench.ledger import entries_by_name
from bench.ledger_further import as_of_last, entry_for, record_of
from foreshock.ledger.book import Book
from foreshock.ledger.outcomes.answers import LABELS, Answer, Question
from foreshock.ledger.outcomes.asking import Asking
from foreshock.record.store import Record
from train.answers_chronicles import CHRONICLES, Heard, heard, plain

SURE, UNSURE = 0.96, 0.02
"""Chances of what a sentence is marked with, and of what it is not."""


class Marked:
    """Answers as the readers' marks of one forecast do: what is not marked settles nothing."""

    version = "the readers' marks"

    def __init__(self) -> None:
        self.forecast: Heard | None = None
        self.read: set[str] = set()
        """The sentences that were read, of the forecast at hand."""

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """One for one."""
        return [self._answer(plain(one.told)) for one in questions]

    def _answer(self, told: str) -> Answer:
        self.read.add(told)
        label = None if self.forecast is None else self.forecast.labels.get(told)
        if label is None:
            return Answer(UNSURE, UNSURE)
        return Answer(SURE, UNSURE) if LABELS[label] == "happened" else Answer(UNSURE, SURE)


def measure(folder: Path, record: Record) -> Counter[str]:
    """Counts over one chronicle."""
    book, marked = Book(record, as_of_last(folder)), Marked()
    resolver = book.resolver()
    by_name, forecasts = entries_by_name(record, book), {one.key: one for one in heard(folder)}
    counts: Counter[str] = Counter()
    for line in (folder / "key.jsonl").read_text(encoding="utf-8").splitlines():
        key: dict[str, Any] = msgspec.json.decode(line)
        mine = entry_for(key, by_name.get(key["document"], []))[0]
        if mine is None:
            continue
        resolver.asking = Asking(marked, {})
        marked.forecast, marked.read = forecasts[key["id"]], set()
        proposal = resolver.propose(mine.sharpened)
        told = proposal.outcome.value
        counts.update(extracted=1, right=int(told == key["outcome"]), false=int(told == "false" != key["outcome"]))
        counts.update(answered=int(bool(marked.forecast.labels)))
        counts.update(read=int(bool(marked.read & marked.forecast.labels.keys())))
        if told != key["outcome"]:
            counts[f"{key['outcome']} left {told}"] += 1
    return counts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=Path, help="a folder for the chronicles' records")
    given = parser.parse_args()
    whole: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        for folder in sorted(path for path in CHRONICLES.iterdir() if path.is_dir()):
            with record_of(folder, given.records or Path(scratch)) as record:
                counts = measure(folder, record)
            whole += counts
            print(_line(folder.name.upper(), counts))  # noqa: T201 - a benchmark's output
    print(_line("all", whole))  # noqa: T201 - a benchmark's output


def _line(name: str, counts: Counter[str]) -> str:
    left = ", ".join(f"{reason} {number}" for reason, number in sorted(counts.items()) if " left " in reason)
    return (
        f"{name:4} {counts['extracted']} extracted, outcome as in the key {counts['right']} "
        f"({100 * counts['right'] / counts['extracted']:.1f}%), wrong false {counts['false']}; a marked sentence read "
        f"for {counts['read']} of {counts['answered']}; {left}"
    )


if __name__ == "__main__":
    main()
