"""Fit which reports a closer look reads: `python -m bench.ledger_nearest`.

On the chronicles of `train/answers/chronicles`: in their keys every sentence is marked that tells what became of a
forecast. A sum of features (`foreshock/ledger/nearest.py`) is fitted on sixteen countries so that the marked ones come
first, and checked on the sixteen others, written later. Prints how many settled forecasts of either have a marked
sentence among so many first, and how many where the words alone put them in order, and the table `nearest` of
`data/ledger-weights.yaml`. `--records` names a folder in which the chronicles' records are kept.
"""

import argparse
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from bench.descent import Floats, descended
from bench.ledger import entries_by_name
from bench.ledger_further import as_of_last, entry_for
from foreshock.ledger.book import Book
from foreshock.ledger.matching import NEAREST, Match
from foreshock.ledger.nearest import Nearest
from foreshock.ledger.sought import Sought
from foreshock.line import add
from foreshock.record.store import Record
from foreshock.record.tables import captures

CHRONICLES = Path(__file__).resolve().parent.parent / "train" / "answers" / "chronicles"
FITTED = tuple("afg bfa bgd cod ecu irq kgz mda ner nga pak srb ssd tcd tun zwe".split())
FIRST = (4, 8, 12, 16)
"""So many reports are looked at."""
PENALTY = 0.002
STEPS, RATE = 400, 0.03
SHORTEST = 24
"""Letters of the shortest part of a marked sentence that stands for it."""


@dataclass(frozen=True)
class Case:
    """A settled forecast: its country, and of each sentence that speaks in time its features `[sentences, features]`,
    whether it is marked, and how near it is by its words."""

    country: str
    features: Floats
    marked: NDArray[np.bool_]
    nearness: Floats


def cases(folder: Path, record: Record) -> Iterator[Case]:
    """The settled forecasts of one chronicle of which a marked sentence is among those to choose from."""
    book = Book(record, as_of_last(folder))
    resolver, by_name = book.resolver(), entries_by_name(record, book)
    with record.begin() as connection:
        names = {row.document: Path(row.origin).name for row in connection.execute(select(captures))}
    for line in (folder / "key.jsonl").read_text(encoding="utf-8").splitlines():
        key: dict[str, Any] = msgspec.json.decode(line)
        mine = entry_for(key, by_name.get(key["document"], []))[0]
        if mine is None or key["outcome"] not in ("true", "false"):
            continue
        prediction = mine.sharpened
        near = Nearest(prediction, Sought(prediction, source=resolver.sources.get(prediction.document)))
        told: dict[tuple[str, str], list[Match]] = {}
        for one in resolver.candidates(prediction):
            told.setdefault((names[one.report.document], one.report.sentence), []).append(one)
        marked = np.array([_is_marked(key, *place) for place in told])
        if marked.any():
            features = [[near.features(one) for one in matches] for matches in told.values()]
            yield Case(
                folder.name,
                np.array([[max(one[name] for one in rows) for name in NEAREST] for rows in features]),
                marked,
                np.array([max(one.nearness for one in matches) for matches in told.values()]),
            )


def _is_marked(key: Mapping[str, Any], document: str, sentence: str) -> bool:
    """Whether a sentence is one that the key marks, or a good part of one."""
    held = _plain(sentence)
    wanted = [_plain(one["sentence"]) for one in key["evidence"] if one["document"] == document]
    return any(one in held or (len(held) > SHORTEST and held in one) for one in wanted)


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().lower()


def fit(every: Sequence[Case]) -> Floats:
    """Adam on the logarithm of the share of the marked among all of a forecast, by a softmax of their sums."""
    whole = np.concatenate([one.features for one in every])
    scale: Floats = whole.std(axis=0) + 1e-6
    scaled = [one.features / scale for one in every]

    def slope(at: Floats) -> Floats:
        pull = 2 * PENALTY * at
        for features, case in zip(scaled, every, strict=True):
            sums = features @ at
            share = np.exp(sums - sums.max())
            share /= share.sum()
            wanted = share * case.marked
            pull = pull + features.T @ (share - wanted / wanted.sum()) / len(every)
        return pull

    weights: Floats = descended(np.zeros(len(NEAREST)), slope, STEPS, RATE) / scale
    return weights


def found(every: Sequence[Case], sums: Sequence[Floats]) -> NDArray[np.int_]:
    """Of how many forecasts a marked sentence is among the first, for each of `FIRST`."""
    right = np.zeros(len(FIRST), dtype=int)
    for case, one in zip(every, sums, strict=True):
        best = int(np.flatnonzero(case.marked[np.argsort(-one, kind="stable")])[0])
        right += np.array([best < first for first in FIRST])
    return right


def main() -> None:
    """Fit, check and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=Path, help="a folder for the chronicles' records")
    given = parser.parse_args()
    every: list[Case] = []
    with tempfile.TemporaryDirectory() as scratch:
        for folder in sorted(path for path in CHRONICLES.iterdir() if path.is_dir()):
            path = (given.records or Path(scratch)) / f"{folder.name}.sqlite"
            new = not path.exists()
            with Record(str(path)) as record:
                if new:
                    add([str(text) for text in sorted(folder.glob("*.md"))], record)
                every += cases(folder, record)
    weights = fit([one for one in every if one.country in FITTED])
    lines = [f"a sentence that tells the outcome is among the first {', '.join(map(str, FIRST))}:"]
    for name, part in (
        ("fitted on", [one for one in every if one.country in FITTED]),
        ("held out", [one for one in every if one.country not in FITTED]),
    ):
        lines += [
            f"{name}, {how}: {', '.join(f'{100 * one / len(part):.1f}%' for one in found(part, sums))} of {len(part)}"
            for how, sums in (
                ("by words", [one.nearness for one in part]),
                ("fitted", [one.features @ weights for one in part]),
            )
        ]
    lines.append(f"nearest: {{{', '.join(f'{name}: {one:.2f}' for name, one in zip(NEAREST, weights, strict=True))}}}")
    print("\n".join(lines))  # noqa: T201 - a benchmark's output


if __name__ == "__main__":
    main()
