"""Fits the small models of `foreshock.places` on LGL, GeoWebNews and ReLocaR: `python -m train.places`.

Only weights are shipped; no text, name or id of the corpora enters the project. Numbers come from five folds by
document; the shipped weights are fitted on everything.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from bench import geo_corpora
from foreshock.places import linear, rank
from foreshock.places.context import Context
from foreshock.places.gazetteer import Gazetteer
from foreshock.places.phrase import found_at
from foreshock.places.recognise import Found, Reading, possible
from foreshock.places.roles import evidence_at

FOLDS = 5
T = TypeVar("T")
Vector = npt.NDArray[np.float64]


class Choice(NamedTuple):
    """One name of one text: the features of its candidates and how often the gold picks each."""

    rows: list[dict[str, float]]
    wanted: list[float]


def _matrix(rows: Sequence[dict[str, float]], names: list[str]) -> Vector:
    position = {name: at for at, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, value in row.items():
            if name in position:
                matrix[at, position[name]] = value
    return matrix


def _descend(gradient: Callable[[Vector], Vector], size: int, steps: int = 600, rate: float = 0.05) -> Vector:
    """Adam from zero: enough for a few dozen weights."""
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        slope = gradient(weights)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def fit_choice(choices: Sequence[Choice], ridge: float = 0.3) -> linear.Linear:
    """A conditional logit: the weights under which the wanted candidates of each name are likeliest."""
    rows = [row for choice in choices for row in choice.rows]
    names = sorted({name for row in rows for name in row})
    matrix = _matrix(rows, names)
    group = np.repeat(np.arange(len(choices)), [len(choice.rows) for choice in choices])
    starts = np.concatenate([[0], np.cumsum([len(choice.rows) for choice in choices])[:-1]])
    wanted = np.array([value for choice in choices for value in choice.wanted])
    weight = np.add.reduceat(wanted, starts)

    def gradient(weights: Vector) -> Vector:
        scores = matrix @ weights
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        shares = scores / np.add.reduceat(scores, starts)[group]
        slope: Vector = matrix.T @ (shares * weight[group] - wanted) + ridge * weights
        return slope / len(choices)

    return linear.Linear(
        {name: round(float(w), 4) for name, w in zip(names, _descend(gradient, len(names)), strict=True)}
    )


def fit_yes(rows: Sequence[dict[str, float]], labels: Sequence[bool], ridge: float = 1.0) -> linear.Linear:
    """A logistic regression."""
    names = sorted({name for row in rows for name in row})
    matrix = np.hstack([_matrix(rows, names), np.ones((len(rows), 1))])
    wanted = np.array(labels, dtype=float)

    def gradient(weights: Vector) -> Vector:
        shares = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        kept = weights.copy()
        kept[-1] = 0.0
        slope: Vector = matrix.T @ (shares - wanted) + ridge * kept
        return slope / len(rows)

    weights = _descend(gradient, len(names) + 1)
    return linear.Linear(
        {name: round(float(w), 4) for name, w in zip(names, weights, strict=False)}, bias=round(float(weights[-1]), 4)
    )


def gold_mentions(article: geo_corpora.Article, reading: Reading, gazetteer: Gazetteer) -> list[Found]:
    """The gold spans whose names the index holds, as mentions."""
    spans = [(toponym.start, toponym.end) for toponym in article.toponyms]
    return [mention for span in spans if (mention := found_at(reading, gazetteer, *span)) is not None]


def choices_of(
    articles: Sequence[geo_corpora.Article], gazetteer: Gazetteer, first: linear.Linear | None
) -> list[Choice]:
    """The choices that gold toponyms make among the bearers of their names; second round where `first` is given."""
    found = []
    for article in articles:
        reading = Reading(article.text)
        mentions = gold_mentions(article, reading, gazetteer)
        context = Context(reading, mentions, None)
        if first is not None:
            context.settle(
                {
                    name.key: rank.chances([first.score(row) for row in rank.features(context, name, second=False)])
                    for name in context.names.values()
                }
            )
        for mention in {mention.key: mention for mention in mentions if mention.demonym is None}.values():
            wanted_ids = [
                toponym.geonameid
                for other in mentions
                for toponym in article.toponyms
                if other.key == mention.key and (toponym.start, toponym.end) == (other.start, other.end)
            ]
            wanted = [float(wanted_ids.count(one.entry.geonameid or -1)) for one in mention.candidates]
            if sum(wanted) > 0:
                rows = rank.features(context, context.names[mention.key], second=first is not None)
                found.append(Choice(rows, [value / sum(wanted) * min(3.0, sum(wanted)) for value in wanted]))
    return found


def fit_ranks(articles: Sequence[geo_corpora.Article], gazetteer: Gazetteer) -> tuple[linear.Linear, linear.Linear]:
    """Both rounds' weights."""
    first = fit_choice(choices_of(articles, gazetteer, None))
    return first, fit_choice(choices_of(articles, gazetteer, first))


def recognition_rows(
    articles: Sequence[geo_corpora.Article], gazetteer: Gazetteer
) -> tuple[list[dict[str, float]], list[bool]]:
    """Evidence for every possible mention, and whether the gold has it; what overlaps gold in part is left out."""
    rows, labels = [], []
    for article in articles:
        spans = {(toponym.start, toponym.end) for toponym in article.toponyms}
        unsure = article.unsure
        for mention in possible(Reading(article.text), gazetteer):
            if mention.demonym is not None:
                continue
            exact = (mention.start, mention.end) in spans
            if not exact and any(mention.start < end and start < mention.end for start, end in (*spans, *unsure)):
                continue
            rows.append(mention.evidence)
            labels.append(exact)
    return rows, labels


def best_threshold(model: linear.Linear, rows: Sequence[dict[str, float]], labels: Sequence[bool]) -> float:
    """The probability at which F1 is highest."""
    scored = sorted(((model.probability(row), label) for row, label in zip(rows, labels, strict=True)), reverse=True)
    total, right, best = sum(labels), 0, (0.0, 0.5)
    for taken, (probability, label) in enumerate(scored, 1):
        right += label
        best = max(best, (2 * right / (taken + total), probability))
    return round(best[1], 3)


def fit_recognition(articles: Sequence[geo_corpora.Article], gazetteer: Gazetteer) -> linear.Linear:
    """The recogniser's weights and threshold."""
    rows, labels = recognition_rows(articles, gazetteer)
    model = fit_yes(rows, labels)
    return msgspec.structs.replace(model, threshold=best_threshold(model, rows, labels))


def fit_roles(samples: Sequence[geo_corpora.Sample]) -> linear.Linear:
    """The weights that tell an actor from a place."""
    rows = [evidence_at(Reading(sample.text), sample.start, sample.end) for sample in samples]
    return fit_yes(rows, [not sample.literal for sample in samples], ridge=2.0)


def folds(items: Sequence[T], number: int = FOLDS) -> list[tuple[list[T], list[T]]]:
    """`(train, test)` for each fold, item `i` tested in fold `i % number`."""
    return [
        ([item for at, item in enumerate(items) if at % number != fold], list(items[fold::number]))
        for fold in range(number)
    ]


def fit(
    articles: Sequence[geo_corpora.Article], samples: Sequence[geo_corpora.Sample], gazetteer: Gazetteer
) -> linear.Models:
    """All four models."""
    first, second = fit_ranks(articles, gazetteer)
    return linear.Models(fit_recognition(articles, gazetteer), first, second, fit_roles(samples))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/geo"))
    data = parser.parse_args().data
    articles = geo_corpora.lgl(data / "lgl.xml") + geo_corpora.gwn(data / "GWN.xml")
    models = fit(articles, geo_corpora.relocar(data / "ReLocaR_Train.xml"), Gazetteer())
    text = msgspec.json.format(msgspec.json.encode(models), indent=1)
    (linear.FOLDER / linear.FILE).write_bytes(text + b"\n")
    sys.stdout.write(f"{linear.FILE}: {len(text):,} bytes\n")


if __name__ == "__main__":
    main()
