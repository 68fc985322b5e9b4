"""Score statements against gold ones: the measure of every figure in `docs/accuracy.md`.

A predicted statement matches a gold one when their triggers overlap, one to one, larger overlap first; a
trigger of more than six words matches nothing. Fields are scored over matched pairs, except what is named
*end to end*, which also pays for what was missed or invented.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from foreshock.model.vocabulary import MECHANISMS, Kind
from train.annotated import read_rows

Row = dict[str, Any]
LONGEST_TRIGGER = 6


def overlap(a: Row | None, b: Row | None) -> int:
    """Characters that two spans share."""
    if not a or not b or a.get("start") is None or b.get("start") is None:
        return 0
    return max(0, min(int(a["end"]), int(b["end"])) - max(int(a["start"]), int(b["start"])))


def pair(gold: Sequence[Row], predicted: Sequence[Row]) -> list[tuple[int, int]]:
    """The one-to-one matches as index pairs."""
    candidates = [
        (shared, -abs(g["start"] - p["start"]), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if (shared := overlap(g["trigger"], p["trigger"])) and len(p["trigger"]["text"].split()) <= LONGEST_TRIGGER
    ]
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for *_, i, j in sorted(candidates, reverse=True):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((i, j))
    return pairs


class Tally:
    """True positives, inventions and misses."""

    def __init__(self) -> None:
        self.true = self.invented = self.missed = 0

    def add(self, true: int, invented: int, missed: int) -> None:
        """Count some more."""
        self.true += true
        self.invented += invented
        self.missed += missed

    @property
    def f1(self) -> float:
        """F1 in per cent."""
        total = 2 * self.true + self.invented + self.missed
        return 200 * self.true / total if total else 0.0

    @property
    def gold(self) -> int:
        """How many there were to find."""
        return self.true + self.missed


def _spans(gold: Sequence[Row], predicted: Sequence[Row]) -> tuple[int, int, int]:
    left, true = list(predicted), 0
    for g in gold:
        hit = next((p for p in left if overlap(g, p)), None)
        if hit is not None:
            left.remove(hit)
            true += 1
    return true, len(left), len(gold) - true


def _region(row: Row) -> tuple[str | None, str]:
    place = row.get("place") or {}
    return place.get("country"), (place.get("admin1") or "").casefold()[:5]


class Score:
    """The figures over any number of documents."""

    def __init__(self) -> None:
        self.detection, self.statement, self.source = Tally(), Tally(), Tally()
        self.actors, self.recipients, self.likelihood = Tally(), Tally(), Tally()
        self.country, self.admin1, self.mechanism = Tally(), Tally(), Tally()
        self.kinds: dict[str, Tally] = defaultdict(Tally)
        self.types: dict[str, Tally] = defaultdict(Tally)
        self.mechanisms: dict[str, Tally] = defaultdict(Tally)
        self.right: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.confusions: Counter[tuple[str, str, str]] = Counter()
        self.examples: dict[tuple[str, str, str], str] = {}

    def _rate(self, name: str, right: bool) -> None:
        self.asked[name] += 1
        self.right[name] += right

    def add(self, gold: Sequence[Row], predicted: Sequence[Row]) -> None:
        """Add one document."""
        pairs = pair(gold, predicted)
        matched_gold, matched = {i for i, _ in pairs}, {j for _, j in pairs}
        self.detection.add(len(pairs), len(predicted) - len(pairs), len(gold) - len(pairs))
        for i, row in enumerate(gold):
            if i not in matched_gold:
                self._unmatched(row, missed=1)
        for j, row in enumerate(predicted):
            if j not in matched:
                self._unmatched(row, invented=1)
        for i, j in pairs:
            self._labels(gold[i], predicted[j])
            self._attribution(gold[i], predicted[j])
            self._roles(gold[i], predicted[j])

    def _unmatched(self, row: Row, invented: int = 0, missed: int = 0) -> None:
        self.statement.add(0, invented, missed)
        self.kinds[row["kind"]].add(0, invented, missed)
        if row.get("type"):
            self.types[row["type"]].add(0, invented, missed)

    def _labels(self, g: Row, p: Row) -> None:
        for tallies, field in ((self.kinds, "kind"), (self.types, "type")):
            a, b = g.get(field), p.get(field)
            if a == b and a:
                tallies[a].add(1, 0, 0)
            else:
                if a:
                    tallies[a].add(0, 0, 1)
                if b:
                    tallies[b].add(0, 1, 0)
                if a != b:
                    self.confusions[field, str(a), str(b)] += 1
                    self.examples.setdefault((field, str(a), str(b)), p["trigger"]["text"])
        same_kind = g["kind"] == p["kind"]
        self.statement.add(same_kind, not same_kind, not same_kind)
        self._rate("kind", same_kind)
        if g.get("type") and g.get("type") == p.get("type") and g.get("mode"):
            self._rate("mode", g["mode"] == p.get("mode"))
        self._rate("polarity", g.get("polarity", "positive") == p.get("polarity", "positive"))
        a, b = set(g.get("contexts") or []) & set(MECHANISMS), set(p.get("contexts") or []) & set(MECHANISMS)
        self.mechanism.add(len(a & b), len(b - a), len(a - b))
        for name in a | b:
            self.mechanisms[name].add(name in a & b, name in b - a, name in a - b)

    def _attribution(self, g: Row, p: Row) -> None:
        a, b = g.get("sources") or [], p.get("sources") or []
        if a:
            chain = len(a) == len(b) and all(overlap(x, y) for x, y in zip(a, b, strict=True))
            self._rate("chain", chain)
        right = bool(a and b and overlap(a[-1], b[-1]))
        self.source.add(right, bool(b) and not right, bool(a) and not right)

    def _roles(self, g: Row, p: Row) -> None:
        self.actors.add(*_spans(g.get("actors") or [], p.get("actors") or []))
        self.recipients.add(*_spans(g.get("recipients") or [], p.get("recipients") or []))
        a, b = _region(g), _region(p)
        for tally, x, y in (
            (self.country, a[0], b[0]),
            (self.admin1, a if a[1] else None, b if b[1] else None),
        ):
            right = bool(x) and x == y
            tally.add(right, bool(y) and not right, bool(x) and not right)
        if (g.get("time") or {}).get("from"):
            self._rate("time from", g["time"]["from"] == (p.get("time") or {}).get("from"))
        x, y = g.get("likelihood"), p.get("likelihood")
        right = bool(x and y and overlap(x, y))
        self.likelihood.add(right, bool(y) and not right, bool(x) and not right)

    def accuracy(self, name: str) -> float:
        """Per cent right of what was asked under `name`."""
        return 100 * self.right[name] / self.asked[name] if self.asked[name] else 0.0

    def figures(self) -> dict[str, float]:
        """Every figure in per cent, by name."""

        def macro(tallies: dict[str, Tally]) -> float:
            known = [tally.f1 for tally in tallies.values() if tally.gold]
            return sum(known) / len(known) if known else 0.0

        micro = Tally()
        for tally in self.types.values():
            micro.add(tally.true, tally.invented, tally.missed)
        figures = {
            "detection F1": self.detection.f1,
            "statement F1": self.statement.f1,
            "kind accuracy": self.accuracy("kind"),
            **{f"{kind} F1": self.kinds[kind].f1 for kind in Kind},
            "type micro-F1": micro.f1,
            "mode accuracy": self.accuracy("mode"),
            "polarity accuracy": self.accuracy("polarity"),
            "mechanisms F1": self.mechanism.f1,
            "mechanisms macro-F1": macro(self.mechanisms),
            "source F1": self.source.f1,
            "chain exact": self.accuracy("chain"),
            "actors F1": self.actors.f1,
            "recipients F1": self.recipients.f1,
            "country F1": self.country.f1,
            "admin1 F1": self.admin1.f1,
            "time from": self.accuracy("time from"),
            "likelihood F1": self.likelihood.f1,
        }
        return {name: round(value, 1) for name, value in figures.items()}


def score(gold: Iterable[Row], predicted: Iterable[Row]) -> Score:
    """Score rows of any number of documents, told apart by `document`."""
    by_gold: dict[str, list[Row]] = defaultdict(list)
    by_predicted: dict[str, list[Row]] = defaultdict(list)
    for row in gold:
        by_gold[row["document"]].append(row)
    for row in predicted:
        by_predicted[row["document"]].append(row)
    result = Score()
    for document, rows in by_gold.items():
        result.add(rows, by_predicted[document])
    return result


def main() -> None:
    """Command line: `python -m train.score GOLD.jsonl PREDICTED.jsonl`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    arguments = parser.parse_args()
    figures = score(read_rows(arguments.gold), read_rows(arguments.predicted)).figures()
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
