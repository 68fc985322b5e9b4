"""Fit the weights by which the ledger holds reports against predictions: `python -m bench.ledger_fit`.

Two logistic regressions with L2, each on the best-fitting report of a prediction (for one that the key calls so, the
best of the documents that the key names): that it shows the thing, and that it denies it. They are fitted on the
predictions of one country of the bundled chronicle (`--on`, RUS as shipped) and checked on the other's; ten-fold
cross-validation over predictions says what the fit itself is worth. Prints the table of `data/ledger-weights.yaml`.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from sqlalchemy import select

from bench.descent import Floats, descended
from bench.ledger import AS_OF, KEY, entries_by_name, entry_at
from foreshock.ledger.book import Book
from foreshock.ledger.outcomes.matching import DENYING, SHOWING, Match
from foreshock.line import add
from foreshock.record.store import Record
from foreshock.record.tables import captures

PENALTY = 0.01
FOLDS = 10
STEPS, RATE = 1500, 0.05


@dataclass(frozen=True)
class Case:
    """A prediction of the key: its country, its group, its outcome, and its reports' features on either side."""

    country: str
    group: str
    outcome: str
    sides: dict[str, tuple[Floats, NDArray[np.bool_]]]


def _side(matches: Sequence[Match], names: Sequence[str], shown_by: set[str]) -> tuple[Floats, NDArray[np.bool_]]:
    table = np.array([[one.features[name] for name in names] for one in matches]).reshape(-1, len(names))
    return table, np.array([one.report.document in shown_by for one in matches], dtype=bool)


def cases(record: Record) -> list[Case]:
    """The key's predictions with what the record holds for and against them."""
    book = Book(record, AS_OF)
    resolver, by_name = book.resolver(), entries_by_name(record, book)
    with record.begin() as connection:
        rows = connection.execute(select(captures.c.origin, captures.c.document))
        documents = {Path(row.origin).name: row.document for row in rows}
    found = []
    for key in yaml.safe_load(KEY.read_text(encoding="utf-8")):
        entry, _ = entry_at(key, by_name.get(key["document"], []))
        if entry is None:
            continue
        shown_by = {documents[name] for name in key.get("shown_by", [])}
        for_it, against = resolver.held_against(entry.sharpened)
        sides = {"true": _side(for_it, SHOWING, shown_by), "false": _side(against, DENYING, shown_by)}
        found.append(Case(key["country"], key.get("same_as", key["id"]), key["outcome"], sides))
    return found


def fit(of: Sequence[Case], outcome: str) -> Floats:
    """The weights, base last: Adam on the loss of the best report of each prediction."""
    tables = []
    for case in of:
        table, named = case.sides[outcome]
        answer = case.outcome == outcome
        table = table[named] if answer and named.any() else table
        if len(table):
            tables.append((np.hstack([table, np.ones((len(table), 1))]), float(answer)))
    answers = np.array([answer for _, answer in tables])
    at = np.ones(tables[0][0].shape[1])
    at[-1] = -3.0

    def slope(at: Floats) -> Floats:
        best = np.stack([table[(table @ at).argmax()] for table, _ in tables])
        told: Floats = best.T @ (1 / (1 + np.exp(-best @ at)) - answers) / len(answers)
        told[:-1] += PENALTY * at[:-1]
        return told

    return descended(at, slope, STEPS, RATE)


def scores(of: Sequence[Case], outcome: str, at: Floats) -> Floats:
    """The best log-odds of each prediction."""
    return np.array(
        [(case.sides[outcome][0] @ at[:-1] + at[-1]).max() if len(case.sides[outcome][0]) else -9.0 for case in of]
    )


def area(told: Floats, answers: NDArray[np.bool_]) -> float:
    """The area under the ROC curve."""
    return float((told[answers][:, None] > told[~answers][None]).mean())


def crossed(of: Sequence[Case], outcome: str) -> Floats:
    """Scores of each prediction by weights fitted without its group's fold."""
    groups = sorted({case.group for case in of})
    np.random.default_rng(0).shuffle(groups)
    told = np.zeros(len(of))
    for fold in range(FOLDS):
        held = set(groups[fold::FOLDS])
        at = fit([case for case in of if case.group not in held], outcome)
        inside = [number for number, case in enumerate(of) if case.group in held]
        told[inside] = scores([of[number] for number in inside], outcome, at)
    return told


def main() -> None:
    """Print the weights and what they are worth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--on", default="RUS", choices=["RUS", "SDN"])
    parser.add_argument("--record", help="a record that holds the chronicle")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Record(arguments.record or f"{folder}/record.sqlite") as record:
        if not arguments.record:
            add([str(files("foreshock") / "data" / "examples")], record)
        every = cases(record)
    mine = [case for case in every if case.country == arguments.on]
    others = [case for case in every if case.country != arguments.on]
    lines = []
    for outcome, name, names in (("true", "showing", SHOWING), ("false", "denying", DENYING)):
        at = fit(mine, outcome)
        table = ", ".join(f"{word}: {weight:.2f}" for word, weight in zip((*names, "base"), at, strict=True))
        inside, outside = (np.array([case.outcome == outcome for case in part]) for part in (mine, others))
        lines += [
            f"{name}: {{{table}}}",
            f"  area under the curve: {area(crossed(mine, outcome), inside):.3f} cross-validated on {arguments.on}, "
            f"{area(scores(others, outcome, at), outside):.3f} on the other country",
        ]
    print("\n".join(lines))  # noqa: T201 - a benchmark's output


if __name__ == "__main__":
    main()
