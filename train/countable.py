"""Fit what tells clauses that nothing could settle from those that something could: `python -m train.countable`

A ridge logistic regression over the vectors that the encoder of meaning makes
(`foreshock/ledger/outcomes/countable.py`). It learns from `train/countable.jsonl`, 1,800 clauses written for it, 960 of
which say nothing that could be counted; half of the others are in grand or figurative words, too, and mean a definite
thing (*the guns will fall silent by Easter*). Some thousand forecasts of `train/answers`, all of them countable, keep
it from taking any solemn word for an empty one. Half a minute on a laptop. `--measure` fits nothing: it holds the table
that ships against the keys of all chronicles, from none of which it learned.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import numpy as np

from foreshock.forecast.hurdle import logistic
from foreshock.ledger.outcomes.countable import UNCOUNTABLE, Countable, Table, read_table
from foreshock.ledger.outcomes.meaning import Encoder
from train.annotated import read_rows
from train.answers_chronicles import CHRONICLES
from train.answers_pairs import HELD_OUT, forecast_files, read_forecasts

MODEL: Final = Path(__file__).parent.parent / "foreshock" / "data" / "model"
CLAUSES: Final = Path(__file__).parent / "countable.jsonl"
FURTHER: Final = Path(__file__).parent.parent / "tests" / "ledger" / "further"
TABLE: Final = "countable.json"
CLAIMS: Final = 3_000
"""Countable forecasts of `train/answers` that are learned from, by chance."""
DRAW: Final = 1
"""The seed of that chance."""
RIDGE: Final = 300.0
"""Penalty on the coefficients of standardised figures, in cases."""
DIGITS: Final = 4


class Lesson(NamedTuple):
    """A clause, and whether nothing could settle it."""

    clause: str
    void: bool


def lessons() -> list[Lesson]:
    """What is learned from."""
    written = [Lesson(row["clause"], row["label"] == "void") for row in read_rows(CLAUSES)]
    claims = [one.clause for path in forecast_files() if path.stem not in HELD_OUT for one in read_forecasts(path)]
    return [*written, *(Lesson(one, False) for one in random.Random(DRAW).sample(claims, CLAIMS))]


def fitted(encoder: Encoder, learned: list[Lesson]) -> Table:
    """The table that tells the lessons apart."""
    vectors = np.stack([encoder.vector(one.clause) for one in learned]).astype(np.float64)
    coefficients, mean, scale = logistic(vectors, np.array([one.void for one in learned]), RIDGE)
    weights = coefficients[:-1] / scale
    base = float(coefficients[-1] - weights @ mean)
    return Table(encoder.version, [round(float(one), DIGITS) for one in weights], round(base, DIGITS))


class Keyed(NamedTuple):
    """A forecast of a chronicle that states no horizon and no condition, with the outcome that its key has."""

    chronicle: str
    quote: str
    outcome: str


def keyed() -> Iterator[Keyed]:
    """Such forecasts of all chronicles with a key in rows."""
    for folder in sorted(path for of in (CHRONICLES, FURTHER) for path in of.iterdir() if path.is_dir()):
        for row in read_rows(folder / "key.jsonl"):
            if row["default_horizon"] and not row["condition"]:
                yield Keyed(folder.name, row["quote"], row["outcome"])


def measured(countable: Countable) -> str:
    """How many of the keys' void forecasts are told, and how many others are taken for void."""
    every = list(keyed())
    told = [one for one in every if countable.chance(one.quote) >= UNCOUNTABLE]
    void = sum(one.outcome == "void" for one in every)
    right = sum(one.outcome == "void" for one in told)
    return f"of {len(every)} forecasts {void} are void: {right} are told, and {len(told) - right} others"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="only measure the table that ships")
    parser.add_argument("--out", type=Path, default=MODEL)
    given = parser.parse_args()
    encoder = Encoder(MODEL)
    if not given.measure:
        (given.out / TABLE).write_bytes(msgspec.json.format(msgspec.json.encode(fitted(encoder, lessons())), indent=0))
    sys.stdout.write(f"{measured(Countable(encoder, read_table(given.out / TABLE, encoder.version)))}\n")


if __name__ == "__main__":
    main()
