"""Fits the small models of `foreshock.places` on LGL, GeoWebNews and ReLocaR: `python -m train.places`.

Only weights are shipped; no text, name or id of the corpora enters the project. Numbers come from five folds by
document; the shipped weights are fitted on everything.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from bench import geo_corpora
from foreshock.places import linear, rank
from foreshock.places.context import Context
from foreshock.places.gazetteer import Gazetteer
from foreshock.places.phrase import found_at
from foreshock.places.recognise import Found, Reading, possible
from foreshock.places.roles import evidence_at
from train import whereabouts
from train.fits import Choice, fit_choice, fit_yes

FOLDS = 5
T = TypeVar("T")


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
    """The models of recognition, ranks and roles; those of whereabouts are the shipped ones."""
    first, second = fit_ranks(articles, gazetteer)
    return msgspec.structs.replace(
        linear.shipped(),
        recognise=fit_recognition(articles, gazetteer),
        rank_first=first,
        rank_second=second,
        roles=fit_roles(samples),
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    articles = geo_corpora.lgl(data / "geo" / "lgl.xml") + geo_corpora.gwn(data / "geo" / "GWN.xml")
    gazetteer = Gazetteer()
    models = fit(articles, geo_corpora.relocar(data / "geo" / "ReLocaR_Train.xml"), gazetteer)
    train, dev = whereabouts.corpus(data)
    models = whereabouts.fit(train + dev, gazetteer, models)
    whereabouts.write(models)


if __name__ == "__main__":
    main()
