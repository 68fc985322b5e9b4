"""Fit which reports a closer look reads: `python -m bench.ledger_nearest`.

On those sixteen of the chronicles of `train/answers/chronicles` from which the encoder of meaning did not learn
(`train/meaning.py`): every sentence that tells what became of a forecast is marked there. A sum of features
(`foreshock/ledger/outcomes/nearest.py`) is fitted so that the marked ones come first, on either half of the countries,
and checked on the other. Prints how many settled forecasts have a marked sentence among so many first, and how many
where the words alone or the meaning alone put them in order, and the table `nearest` of `data/ledger-weights.yaml`,
fitted on all sixteen. `--records` names a folder in which the chronicles' records are kept.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from bench.descent import Floats, descended
from bench.ledger import entries_by_name
from bench.ledger_further import as_of_last, entry_for, record_of
from foreshock.ledger.book import Book
from foreshock.ledger.outcomes.matching import NEAREST, Match
from foreshock.record.store import Record
from train.answers_chronicles import CHRONICLES, heard, plain
from train.meaning import LEARNED

FIRST = (4, 8, 12, 16)
"""So many reports are looked at."""
PENALTY = 0.002
STEPS, RATE = 400, 0.03


@dataclass(frozen=True)
class Case:
    """A settled forecast: its country, and of each sentence that may be chosen its features `[sentences, features]`,
    whether it is marked, and how near it is by its words."""

    country: str
    features: Floats
    marked: NDArray[np.bool_]
    nearness: Floats


def cases(folder: Path, record: Record) -> Iterator[Case]:
    """The settled forecasts of one chronicle that a marked sentence answers, be it to choose from or not."""
    book = Book(record, as_of_last(folder))
    resolver, by_name = book.resolver(), entries_by_name(record, book)
    answered = {one.key: one.labels for one in heard(folder)}
    for line in (folder / "key.jsonl").read_text(encoding="utf-8").splitlines():
        key: dict[str, Any] = msgspec.json.decode(line)
        mine = entry_for(key, by_name.get(key["document"], []))[0]
        if mine is None or key["outcome"] not in ("true", "false") or not answered[key["id"]]:
            continue
        near = resolver.search.nearest_to(mine.sharpened)
        told: dict[tuple[str, str], list[Match]] = {}
        for one in resolver.candidates(mine.sharpened):
            told.setdefault((one.report.document, one.report.sentence), []).append(one)
        features = [[near.features(one) for one in matches] for matches in told.values()]
        yield Case(
            folder.name,
            np.array([[max(one[name] for one in rows) for name in NEAREST] for rows in features]).reshape(
                -1, len(NEAREST)
            ),
            np.array([plain(sentence) in answered[key["id"]] for _, sentence in told], dtype=bool),
            np.array([max(one.nearness for one in matches) for matches in told.values()]),
        )


def fit(every: Sequence[Case]) -> Floats:
    """Adam on the logarithm of the share of the marked among all of a forecast, by a softmax of their sums; without
    those of which none may be chosen."""
    every = [one for one in every if one.marked.any()]
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
        ranked = case.marked[np.argsort(-one, kind="stable")]
        right += np.array([ranked[:first].any() for first in FIRST])
    return right


def main() -> None:
    """Fit, check and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=Path, help="a folder for the chronicles' records")
    given = parser.parse_args()
    every: list[Case] = []
    with tempfile.TemporaryDirectory() as scratch:
        for folder in sorted(path for path in CHRONICLES.iterdir() if path.is_dir() and path.name not in LEARNED):
            with record_of(folder, given.records or Path(scratch)) as record:
                every += cases(folder, record)
    weights, meaning = fit(every), NEAREST.index("meaning")
    countries = sorted({one.country for one in every})
    halves = [[one for one in every if (countries.index(one.country) % 2 == 0) is even] for even in (True, False)]
    parts = [(part, fit(other)) for part, other in zip(halves, reversed(halves), strict=True)]
    lines = [f"a sentence that tells the outcome is among the first {', '.join(map(str, FIRST))}:"]
    lines += [
        f"{how}: {', '.join(f'{100 * one / len(every):.1f}%' for one in right)} of {len(every)}"
        for how, right in (
            ("by words", found(every, [one.nearness for one in every])),
            ("by meaning", found(every, [one.features[:, meaning] for one in every])),
            (
                "fitted on the other half",
                np.sum([found(p, [one.features @ at for one in p]) for p, at in parts], axis=0),
            ),
        )
    ]
    lines.append(f"nearest: {{{', '.join(f'{name}: {one:.2f}' for name, one in zip(NEAREST, weights, strict=True))}}}")
    print("\n".join(lines))  # noqa: T201 - a benchmark's output


if __name__ == "__main__":
    main()
