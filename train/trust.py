"""The models that say how far a resolved place may be trusted: `python -m train.trust [--data ../shared/data]`.

Rankings are made out of fold, so that the models see mistakes as new text brings them; both are then fitted on all of
those rows and written into the shipped `models.json`. `python -m bench.trust` measures them.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench import geo_corpora
from foreshock.places import linear, trust
from foreshock.places.bearers import Named
from foreshock.places.gazetteer import Gazetteer
from foreshock.places.phrase import parse
from foreshock.places.recognise import Reading, recognise
from foreshock.places.resolution import Resolution
from train import places
from train.fits import fit_yes
from train.whereabouts import write


class Case(NamedTuple):
    """A gold toponym: features, its rank's chance, whether the likeliest is meant, whether the index holds it."""

    features: dict[str, float]
    chance: float
    right: bool
    held: bool


def cases(articles: Sequence[geo_corpora.Article], gazetteer: Gazetteer, models: linear.Models) -> list[Case]:
    """The gold toponyms whose names the index holds, resolved within their texts."""
    found = []
    for article in articles:
        toponyms = [one for one in article.toponyms if one.end <= len(article.text)]
        reading = Reading(article.text)
        phrases = [parse(reading, gazetteer, one.start, one.end) for one in toponyms]
        mentions = recognise(reading, gazetteer, models.recognise)
        resolution = Resolution(gazetteer, models, Named(reading, mentions, phrases))
        for toponym, phrase in zip(toponyms, phrases, strict=True):
            if len(phrase.names) != 1 or phrase.names[0].demonym is not None:
                continue
            name = phrase.names[0]
            ranked = resolution.ranked(name)
            if not ranked:
                continue
            ids = [one.entry.geonameid for one in ranked]
            told = trust.features(resolution.context.names[name.key], ranked)
            found.append(Case(told, ranked[0].chance, ids[0] == toponym.geonameid, toponym.geonameid in ids))
    return found


def folded(articles: Sequence[geo_corpora.Article], gazetteer: Gazetteer, models: linear.Models) -> list[list[Case]]:
    """The cases of each fold of articles, ranked by models fitted on the other folds."""
    found = []
    for train, test in places.folds(articles):
        first, second = places.fit_ranks(train, gazetteer)
        ranks = msgspec.structs.replace(models, rank_first=first, rank_second=second)
        found.append(cases(test, gazetteer, ranks))
    return found


def fit(models: linear.Models, rows: Sequence[Case]) -> linear.Models:
    """The given models with those of trust fitted."""
    told = [case.features for case in rows]
    return msgspec.structs.replace(
        models,
        link=fit_yes(told, [case.right for case in rows], ridge=3.0),
        held=fit_yes(told, [case.held for case in rows], ridge=3.0),
    )


def corpora(data: Path) -> list[geo_corpora.Article]:
    """LGL and GeoWebNews, whose features and ids may be fitted on."""
    return geo_corpora.lgl(data / "geo" / "lgl.xml") + geo_corpora.gwn(data / "geo" / "GWN.xml")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    articles = corpora(parser.parse_args().data)
    models = linear.shipped()
    rows = [case for fold in folded(articles, Gazetteer(), models) for case in fold]
    write(fit(models, rows))
    sys.stdout.write(f"{len(rows)} toponyms; likeliest right {sum(case.right for case in rows) / len(rows):.1%}\n")


if __name__ == "__main__":
    main()
