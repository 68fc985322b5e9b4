"""Fit the weights by which two reports are taken for one event: `python -m train.events --data ../shared/data`

Logistic regression with a small ridge and the signs that the features' meanings give, on labelled pairs of
`train/event_material.py`: the real texts together weigh as much as those written for the project.
Prints how well the weights do on blocks (a country, a month) that they were not fitted on, beside those that ship,
and with `--write` puts them into `foreshock/data/events.yaml`. Nothing is drawn at random.
"""

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.events.score import FEATURES
from train.event_material import ROOT, material
from train.event_pairs import Pair, matrix, pairs
from train.event_readings import digests

TABLE: Final = ROOT / "foreshock" / "data" / "events.yaml"
FOLDS: Final = 5
STEPS: Final = 20_000
RIDGE: Final = 0.005
"""Weight of the squares of what features add; with a fifth of it or four times as much the figures hardly differ."""
PRIOR: Final = 0.25
"""The share of pairs of one event that is taken for granted among those compared. Of 867 pairs of MUC's texts that
the blocking lets through, its keys say it of 153, deny it of 129, and leave the others open."""
AGAINST: Final = frozenset({"other_numbers", "month"})
"""Features that speak against one event: their weights are not above 0; all others' are not below."""
NAMES: Final = [feature.name for feature in FEATURES]


def weights_of(found: Sequence[Pair]) -> np.ndarray:
    """What each pair weighs: real texts as much as written ones, in each the pairs of one event `PRIOR` of all."""
    kinds = [(pair.source == "muc", pair.same) for pair in found]
    counted = Counter(kinds)
    return np.array([(PRIOR if kind[1] else 1 - PRIOR) / counted[kind] for kind in kinds])


def fitted(found: Sequence[Pair]) -> np.ndarray:
    """The weights in the order of the features, the intercept last."""
    values, labels = matrix(found)
    return fitted_to(values, labels, weights_of(found), [name in AGAINST for name in NAMES])


def fitted_to(
    values: np.ndarray,
    labels: np.ndarray,
    share: np.ndarray,
    against: Sequence[bool],
    ridge: float | np.ndarray = RIDGE,
    towards: Sequence[float] = (),
) -> np.ndarray:
    """The weights of each column of `values`, the intercept last, where each row weighs its `share`; those of columns
    that speak `against` are not above 0, all others' not below. The ridge, one for all or one a column, draws them
    `towards` weights, 0 if not given.

    Steepest descent with Nesterov's momentum on features of spread 1, each step put back within the signs; the loss
    is convex, so where it begins does not matter.
    """
    spread = np.where(values.std(axis=0) > 0, values.std(axis=0), 1.0)
    rows = np.hstack([values / spread, np.ones((len(values), 1))])
    share = share / share.sum()
    signs = 2 * labels - 1
    drawn = np.append(np.array(towards or [0.0] * len(against)) * spread, 0.0)
    held = np.append(np.full(len(against), ridge), 0.0)  # the ridge holds what features add, not the intercept
    step = 1 / (np.linalg.eigvalsh((rows * share[:, None]).T @ rows)[-1] / 4 + held.max())
    least = np.array([-np.inf if one else 0.0 for one in against] + [-np.inf])
    most = np.array([0.0 if one else np.inf for one in against] + [np.inf])
    weights = ahead = np.zeros(rows.shape[1])
    for number in range(STEPS):
        gradient = -(share * signs / (1 + np.exp(signs * (rows @ ahead)))) @ rows + held * (ahead - drawn)
        after = np.clip(ahead - step * gradient, least, most)
        ahead = after + number / (number + 3) * (after - weights)
        weights = after
    return np.append(weights[:-1] / spread, weights[-1])


def shipped() -> np.ndarray:
    """The weights that ship."""
    return np.array([rules().documents[name] for name in [*NAMES, "intercept"]])


def fold_of(block: str) -> int:
    """The part that a block is measured in."""
    return int(hashlib.sha256(block.encode()).hexdigest(), 16) % FOLDS


def log_odds(found: Sequence[Pair], weights: np.ndarray) -> np.ndarray:
    """What each pair scores."""
    return np.asarray(matrix(found)[0] @ weights[:-1] + weights[-1])


def across(found: Sequence[Pair]) -> np.ndarray:
    """What each pair scores by weights that were fitted on other blocks."""
    scores = np.zeros(len(found))
    folds = np.array([fold_of(pair.block) for pair in found])
    for fold in range(FOLDS):
        inside = folds == fold
        weights = fitted([pair for pair, held in zip(found, inside, strict=True) if not held])
        scores[inside] = log_odds(found, weights)[inside]
    return scores


def told(found: Sequence[Pair], scores: np.ndarray) -> Iterator[str]:
    """A line for each source: precision, recall and F1 of pairs at even odds."""
    for source in dict.fromkeys(pair.source for pair in found):
        inside = [at for at, pair in enumerate(found) if pair.source == source]
        same = np.array([found[at].same for at in inside])
        joined = scores[inside] >= 0
        hits = int((joined & same).sum())
        precision, recall = hits / max(1, joined.sum()), hits / max(1, same.sum())
        balance = 2 * precision * recall / max(1e-9, precision + recall)
        yield (f"  {source:9} P {precision:.3f}  R {recall:.3f}  F1 {balance:.3f}  "
               f"({same.sum()} same, {len(inside) - same.sum()} different)")  # fmt: skip


def write(table: str, names: Sequence[str], weights: np.ndarray) -> None:
    """Put weights, the intercept last, into a part of the shipped table; its words stay as and where they are."""
    text = TABLE.read_text(encoding="utf-8")
    head, body = text.split(f"\n{table}:\n", 1)
    part, rest = body.split("\n\n", 1)
    for name, weight in zip([*names, "intercept"], weights, strict=True):
        put = partial(_in_place_of, f"{weight:.2f}")
        part = re.sub(rf"(?<=^  {name}: )\S+(?: +(?=#)|$)", put, part, flags=re.M)
    TABLE.write_text(f"{head}\n{table}:\n{part}\n\n{rest}", encoding="utf-8")


def _in_place_of(number: str, old: re.Match[str]) -> str:
    """A number as wide as what it replaces, where words stand behind that."""
    return f"{number} ".ljust(len(old[0])) if old[0].endswith(" ") else number


def main() -> None:
    """Read, fit, tell, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="put the weights into the shipped table")
    given = parser.parse_args()
    texts = [one for one in material(given.data) if one.events is not None]
    found = pairs(texts, digests(texts))
    weights = fitted(found)
    lines = [
        "fitted on other blocks:",
        *told(found, across(found)),
        "weights that ship:",
        *told(found, log_odds(found, shipped())),
    ]
    lines += [f"{name:14} {weight:6.2f}" for name, weight in zip([*NAMES, "intercept"], weights, strict=True)]
    sys.stdout.write("\n".join(lines) + "\n")
    if given.write:
        write("documents", NAMES, weights)


if __name__ == "__main__":
    main()
