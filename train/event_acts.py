"""Fit the weights by which two statements are taken for one act: `python -m train.event_acts --data ../shared/data`

Logistic regression as in `train/events.py`, on the pairs of `train/events/acts.jsonl`: pairs of statements of the
written reports and of MUC-3/4 that could be one act, drawn evenly over what the weights before gave them and judged by
eye; each stands for as many as it was drawn from. Pairs of two texts and pairs of one text have weights of their own.
Prints how well the weights do on parts (texts) that they were not fitted on, beside those that ship; with `--write`
puts them into `foreshock/data/events.yaml`.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from foreshock.corroborate.events.acts import ACT_FEATURES, near, story_of
from foreshock.corroborate.events.digest import single_acts
from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.events.score import probability, score
from foreshock.model.event import Act, Digest
from foreshock.model.statement import Statement
from train.event_material import ROOT, Told, material
from train.event_readings import digests, readings
from train.events import FOLDS, fitted_to, fold_of, write

LABELS: Final = ROOT / "train" / "events" / "acts.jsonl"
RIDGE: Final = 0.05
AGAINST: Final = frozenset({"other_place", "other_days", "other_counts", "wide"})
BY_HAND: Final = {
    "story": 4.5, "type": 1.0, "place": 1.2, "other_place": -1.2, "days": 1.5, "other_days": -3.0,
    "other_counts": -0.5, "actors": 0.8,
}  # fmt: skip
"""The weights from before there were labels, which the ridge draws towards where the labels say little."""
HELD: Final = {"other_days": 100.0}
"""Ridges that leave a weight as it was set by hand. Where days told exclude each other half of MUC's pairs are one act
all the same, and none of the written reports': its texts of the radio say *today* without a day, which the reader gets
wrong, and what is told right must be able to part."""
MANY: Final = -3.0
"""What is told as many is no one act in two texts: of 36 such pairs 33 are two."""
EVEN: Final = 0.5
REAL: Final = 0.6
"""What the pairs of MUC's texts weigh of all: they are more like what a crawl brings."""


class Labelled(msgspec.Struct, frozen=True):
    """Two statements, each by the name of its text and where its trigger begins, whether they tell of one act, and of
    how many such pairs they were drawn."""

    source: str
    first: tuple[str, int]
    second: tuple[str, int]
    same: bool
    of: float

    @property
    def within(self) -> bool:
        """Whether one text tells both."""
        return self.first[0] == self.second[0]


@dataclass(frozen=True)
class ActPair:
    """A labelled pair as it is fitted on."""

    labelled: Labelled
    values: tuple[float, ...]


def labelled() -> list[Labelled]:
    """The judged pairs."""
    return [msgspec.json.decode(line, type=Labelled) for line in LABELS.read_bytes().splitlines()]


def names(within: bool) -> list[str]:
    """The features in order, what is special to pairs of two texts, or of one, first."""
    return ["near" if within else "story", *(feature.name for feature in ACT_FEATURES)]


def pairs(wanted: Sequence[Labelled], data: Path) -> list[ActPair]:
    """The labelled pairs whose statements the reader still finds."""
    named = {(one.source, where[0]) for one in wanted for where in (one.first, one.second)}
    texts = {(one.source, one.name): one for one in material(data) if (one.source, one.name) in named}
    told = list(texts.values())
    read, known = readings(told), digests(told)
    found = []
    for one in wanted:
        first, second = (texts.get((one.source, name)) for name, _ in (one.first, one.second))
        if first is None or second is None:
            continue
        values = _within(one, first, read) if one.within else _between(one, first, second, read, known)
        if values is not None:
            found.append(ActPair(one, values))
    return found


def _within(one: Labelled, text: Told, read: Mapping[str, Sequence[Statement]]) -> tuple[float, ...] | None:
    statements = read[text.document.id]
    acts = {act.statement: act for act in single_acts(text.document, statements)}
    a, b = (acts.get(_at(statements, where[1]) or "") for where in (one.first, one.second))
    return None if a is None or b is None else (near(a, b), *_common(a, b))


def _between(
    one: Labelled, first: Told, second: Told, read: Mapping[str, Sequence[Statement]], known: Mapping[str, Digest]
) -> tuple[float, ...] | None:
    one_digest, other = known[first.document.id], known[second.document.id]
    a = _act_with(one_digest, _at(read[first.document.id], one.first[1]))
    b = _act_with(other, _at(read[second.document.id], one.second[1]))
    if a is None or b is None:
        return None
    return story_of(a, b, probability(score(one_digest, other))), *_common(a, b)


def _common(a: Act, b: Act) -> tuple[float, ...]:
    return tuple(feature.value(a, b) for feature in ACT_FEATURES)


def _at(statements: Sequence[Statement], trigger: int) -> str | None:
    return next((one.id for one in statements if one.trigger.start == trigger), None)


def _act_with(digest: Digest, statement: str | None) -> Act | None:
    return next((act for act in digest.acts if statement in act.statements), None)


def share_of(found: Sequence[ActPair]) -> np.ndarray:
    """What each pair weighs: what it stands for, the real texts `REAL` of all where there are both."""
    share = np.array([pair.labelled.of for pair in found])
    real = np.array([pair.labelled.source == "muc" for pair in found])
    if real.any() and not real.all():
        share[real] *= REAL / share[real].sum()
        share[~real] *= (1 - REAL) / share[~real].sum()
    return share


def matrix(found: Sequence[ActPair]) -> tuple[np.ndarray, np.ndarray]:
    """Values and labels, a row a pair."""
    return np.array([pair.values for pair in found]), np.array([float(pair.labelled.same) for pair in found])


def weights(found: Sequence[ActPair], within: bool) -> np.ndarray:
    """The fitted weights, the intercept last."""
    values, labels = matrix(found)
    own = names(within)
    by_hand = BY_HAND if within else {**BY_HAND, "wide": MANY}
    towards = [by_hand.get(name, 0.0) for name in own]
    ridges = np.array([HELD.get(name, RIDGE) for name in own])
    return fitted_to(values, labels, share_of(found), [name in AGAINST for name in own], ridges, towards)


def across(found: Sequence[ActPair], within: bool) -> np.ndarray:
    """What each pair scores by weights that were fitted on other texts."""
    values, _ = matrix(found)
    folds = np.array([fold_of(block_of(pair)) for pair in found])
    scores = np.zeros(len(found))
    for fold in range(FOLDS):
        inside = folds == fold
        fitted = weights([pair for pair, held in zip(found, inside, strict=True) if not held], within)
        scores[inside] = values[inside] @ fitted[:-1] + fitted[-1]
    return scores


def block_of(pair: ActPair) -> str:
    """What is not parted between fitting and measuring: a country of the written reports, a text of MUC's."""
    first = min(pair.labelled.first[0], pair.labelled.second[0])
    return first.partition("-")[0] if pair.labelled.source == "reports" else first


def told(found: Sequence[ActPair], scores: np.ndarray, bar: float) -> Iterator[str]:
    """A line a source: precision, recall and F1 at a probability, each pair weighing what it stands for."""
    for source in dict.fromkeys(pair.labelled.source for pair in found):
        inside = [at for at, pair in enumerate(found) if pair.labelled.source == source]
        of = np.array([found[at].labelled.of for at in inside])
        same = np.array([found[at].labelled.same for at in inside])
        joined = scores[inside] >= np.log(bar / (1 - bar))
        hits = float((of * (joined & same)).sum())
        precision, recall = hits / max(1e-9, (of * joined).sum()), hits / max(1e-9, (of * same).sum())
        balance = 2 * hits / (of * joined + of * same).sum()
        yield (f"  {source:8} at {bar}  P {precision:.3f}  R {recall:.3f}  F1 {balance:.3f}  "
               f"({same.sum()} one act, {len(inside) - same.sum()} two)")  # fmt: skip


def main() -> None:
    """Read, fit, tell, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="put the weights into the shipped table")
    given = parser.parse_args()
    everything = pairs(labelled(), given.data)
    for table, within in (("acts", False), ("in_text", True)):
        found = [pair for pair in everything if pair.labelled.within is within]
        fitted, shipped = weights(found, within), getattr(rules(), table)
        values, _ = matrix(found)
        ours = values @ np.array([shipped[name] for name in names(within)]) + shipped["intercept"]
        bars = (EVEN, rules().joined)
        lines = [f"{table}, fitted on other texts:"]
        lines += [line for bar in bars for line in told(found, across(found, within), bar)]
        lines += ["weights that ship:", *(line for bar in bars for line in told(found, ours, bar))]
        weighed = zip([*names(within), "intercept"], fitted, strict=True)
        lines += [f"{name:12} {weight:6.2f}" for name, weight in weighed]
        sys.stdout.write("\n".join(lines) + "\n")
        if given.write:
            write(table, names(within), fitted)


if __name__ == "__main__":
    main()
