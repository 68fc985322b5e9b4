"""Fit the curves that make scores probabilities, and measure them: `python -m train.calibrate [FOLDER]`

Fitted on the corpus's development split with the int8 files as they ship, kept in the model's card. `errors` and
`reliability` measure any rows that carry scores.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from foreshock.read.calibration import STATEMENT, Curve, logit, none_of
from foreshock.read.reader import Reader
from train.annotated import CORPUS, read_folder, split
from train.measure import predicted_rows
from train.score import Row, overlap, pair

FIELDS = ("kind", "type", "polarity", "source", "likelihood")
"""Fields whose decision the gold annotation can call right or wrong."""
SPOKEN = ("source", "likelihood")
"""Those of them that are words of the text, or none."""
BINS = 10
Outcomes = dict[str, list[tuple[float, bool]]]


def _right(field: str, gold: Row, predicted: Row) -> bool:
    if field == "source":
        a, b = gold.get("sources") or [], predicted.get("sources") or []
        return bool(overlap(a[-1], b[-1])) if a and b else not a and not b
    if field == "likelihood":
        a, b = gold.get(field), predicted.get(field)
        return bool(overlap(a, b)) if a and b else not a and not b
    default = "positive" if field == "polarity" else None
    return bool(gold.get(field, default) == predicted.get(field, default))


def _told(row: Row, field: str) -> bool:
    return bool(row.get("sources" if field == "source" else field))


def outcomes(gold: Sequence[Row], predicted: Sequence[Row], apart: bool = False) -> Outcomes:
    """For the statement itself and each field: every score with whether it was right.

    With `apart`, the scores of words that were not found stand under a name of their own, as their curve does.
    """
    by_gold: dict[str, list[Row]] = defaultdict(list)
    by_predicted: dict[str, list[Row]] = defaultdict(list)
    for rows, by_document in ((gold, by_gold), (predicted, by_predicted)):
        for row in rows:
            by_document[row["document"]].append(row)
    found: Outcomes = defaultdict(list)
    for document, rows in by_predicted.items():
        matches = {j: i for i, j in pair(by_gold[document], rows)}
        for j, row in enumerate(rows):
            found[STATEMENT].append((row["score"], j in matches))
            if j in matches:
                for field in FIELDS:
                    if field in row["scores"]:
                        right = _right(field, by_gold[document][matches[j]], row)
                        name = none_of(field) if apart and field in SPOKEN and not _told(row, field) else field
                        found[name].append((row["scores"][field], right))
    return found


def fitted(pairs: Sequence[tuple[float, bool]], steps: int = 60) -> Curve:
    """Slope and shift of the logistic curve that fits best, by Newton's method with a little ridge."""
    x = np.array([logit(score) for score, _ in pairs])
    y = np.array([float(right) for _, right in pairs])
    design = np.stack([x, np.ones_like(x)], axis=1)
    weights = np.array([1.0, 0.0])
    prior = np.array([1.0, 0.0])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (p - y) + 0.5 * (weights - prior)
        hessian = (design * (p * (1 - p))[:, None]).T @ design + 0.5 * np.eye(2)
        weights = weights - np.clip(np.linalg.solve(hessian, gradient), -1, 1)
    return round(float(weights[0]), 4), round(float(weights[1]), 4)


def reliability(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Per tenth of the scale: mean score, share right, how many."""
    rows = []
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        inside = [(p, right) for p, right in pairs if low <= p < high or (number == BINS - 1 and p == 1.0)]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            rows.append((mean, sum(right for _, right in inside) / len(inside), len(inside)))
    return rows


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten equal bins, 0 to 1 (Naeini, Cooper and Hauskrecht 2015)."""
    rows = reliability(pairs)
    total = sum(number for *_, number in rows)
    return sum(abs(mean - share) * number for mean, share, number in rows) / max(total, 1)


def calibrate(folder: Path) -> dict[str, Curve]:
    """Fit every curve for the model in `folder` and write them into its card."""
    path = folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8")) | {"calibration": {}}
    path.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    documents = split(read_folder(CORPUS / "documents"), "dev")
    gold = [row for document in documents for row in document.statements]
    found = outcomes(gold, predicted_rows(documents, Reader.load(folder)), apart=True)
    card["calibration"] = {name: fitted(pairs) for name, pairs in found.items()}
    path.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    curves: dict[str, Curve] = msgspec.convert(card["calibration"], dict[str, Curve])
    return curves


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).parent.parent / "foreshock" / "data" / "model"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    sys.stdout.write(json.dumps(calibrate(parser.parse_args().folder)) + "\n")


if __name__ == "__main__":
    main()
