"""Measures geoparsing: `python -m bench.places [--data FOLDER] [--quick]`.

On gold spans a toponym counts as right where its GeoNames id is the gold's; one without a candidate is wrong. @161 is
the share within 161 km, *country* that in the right country. End to end, a mention found counts as right where its
span overlaps a gold one and lies within 161 km. Figures and limits stand in `docs/places.md`.
"""

import argparse
import math
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from bench import geo_corpora
from bench.geo_corpora import Article, Sample, Toponym
from foreshock.places.gazetteer import Entry, Gazetteer
from foreshock.places.locate import Locator
from foreshock.places.recognise import Reading
from foreshock.places.resolution import Located
from foreshock.places.roles import evidence_at
from train import places as training

NEAR = 161.0
"""Kilometres, a hundred miles: the distance that geoparsers are compared at."""


class Tally(msgspec.Struct):
    """Counts over toponyms, and over mentions end to end."""

    toponyms: int = 0
    exact: int = 0
    near: int = 0
    country: int = 0
    countries: int = 0
    found: int = 0
    found_right: int = 0
    gold_right: int = 0

    def add(self, other: "Tally") -> None:
        """Add another's counts."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self, name: str) -> str:
        """One row of the table, in per cent."""
        precision = self.found_right / max(1, self.found)
        recall = self.gold_right / max(1, self.toponyms)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        shares = self.exact / self.toponyms, self.near / self.toponyms, self.country / max(1, self.countries)
        cells = [*shares, precision, recall, f1]
        return f"{name:34}{self.toponyms:6}" + "".join(f"{100 * cell:9.1f}" for cell in cells)


def kilometres(entry: Entry | None, toponym: Toponym) -> float:
    """How far a resolved entry lies from the gold's coordinates; infinite where there is none."""
    if entry is None or entry.lat is None or entry.lon is None or math.isnan(toponym.lat):
        return math.inf
    lat1, lat2 = math.radians(entry.lat), math.radians(toponym.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(toponym.lon - entry.lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))


def right(located: Located, toponym: Toponym) -> bool:
    """Whether a span lies within reach of the gold, by id or by distance."""
    return located.place.geonameid == toponym.geonameid or kilometres(located.entry, toponym) <= NEAR


def measure(locator: Locator, articles: Sequence[Article], countries: dict[int, str]) -> Tally:
    """Counts over some articles; `countries` gives the country of a gold id that the index holds."""
    tally = Tally()
    for article in articles:
        toponyms = [toponym for toponym in article.toponyms if toponym.end <= len(article.text)]
        spans = [(toponym.start, toponym.end) for toponym in toponyms]
        for toponym, located in zip(toponyms, locator.locate(article.text, spans), strict=True):
            tally.toponyms += 1
            tally.exact += located.place.geonameid == toponym.geonameid
            tally.near += right(located, toponym)
            if (gold := countries.get(toponym.geonameid)) is not None:
                tally.countries += 1
                tally.country += located.place.country == gold
        tally.add(end_to_end(locator, article, toponyms))
    return tally


def end_to_end(locator: Locator, article: Article, toponyms: Sequence[Toponym]) -> Tally:
    """Recognition and resolution together; what overlaps a toponym without an id counts neither way."""
    spans = [(mention.start, mention.end) for mention in locator.mentions(article.text)]
    tally, reached = Tally(), set()
    for (start, end), located in zip(spans, locator.locate(article.text, spans), strict=True):
        over = [toponym for toponym in toponyms if start < toponym.end and toponym.start < end]
        if not over and any(start < last and first < end for first, last in article.unsure):
            continue
        good = [toponym for toponym in over if right(located, toponym)]
        tally.found += 1
        tally.found_right += bool(good)
        reached |= {(toponym.start, toponym.end) for toponym in good}
    tally.gold_right = len(reached)
    return tally


def speed(articles: Sequence[Article]) -> float:
    """Articles a second of one core's time, found and resolved, over an index not yet read."""
    locator = Locator(Gazetteer())
    locator.mentions("Reading the models counts as starting up.")
    started = time.process_time()
    for article in articles:
        locator.mentions(article.text)
    return len(articles) / (time.process_time() - started)


def role_accuracy(samples: Sequence[Sample]) -> float:
    """Literal against metonymic, five folds."""
    shuffled = list(samples)
    random.Random(1).shuffle(shuffled)
    good = 0
    for train, test in training.folds(shuffled):
        model = training.fit_roles(train)
        for sample in test:
            metonymic = model.probability(evidence_at(Reading(sample.text), sample.start, sample.end)) >= 0.5
            good += metonymic != sample.literal
    return good / len(shuffled)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--quick", action="store_true", help="the shipped models only, no folds")
    options = parser.parse_args()
    gazetteer = Gazetteer()
    sets = {
        "LGL": geo_corpora.lgl(options.data / "geo" / "lgl.xml"),
        "GeoWebNews": geo_corpora.gwn(options.data / "geo" / "GWN.xml"),
    }
    samples = geo_corpora.relocar(options.data / "geo" / "ReLocaR_Train.xml")
    ids = {toponym.geonameid for articles in sets.values() for article in articles for toponym in article.toponyms}
    countries = {
        entry.geonameid: entry.country
        for entry in gazetteer.by_geonameid(ids)
        if entry.geonameid is not None and entry.country is not None
    }
    out = sys.stdout
    heading = "exact @161 country e2e-P e2e-R e2e-F1".split()
    out.write(f"{'':34}{'n':>6}" + "".join(f"{name:>9}" for name in heading) + "\n")
    for name, articles in sets.items():
        out.write(measure(Locator(gazetteer), articles, countries).line(f"{name}, shipped") + "\n")
        out.write(f"{name}: {speed(articles):.0f} articles a second of processor time\n")
    if options.quick:
        return
    folded = {name: training.folds(articles) for name, articles in sets.items()}
    tallies = {name: Tally() for name in sets}
    for fold in range(training.FOLDS):
        train = [article for name in sets for article in folded[name][fold][0]]
        models = training.fit(train, samples, gazetteer)
        for name in sets:
            tallies[name].add(measure(Locator(gazetteer, models), folded[name][fold][1], countries))
    for name, tally in tallies.items():
        out.write(tally.line(f"{name}, five folds by document") + "\n")
    for name, articles in sets.items():
        others = [article for other, listed in sets.items() if other != name for article in listed]
        models = training.fit(others, samples, gazetteer)
        out.write(measure(Locator(gazetteer, models), articles, countries).line(f"{name}, trained on the other") + "\n")
    out.write(f"ReLocaR train, literal against metonymic, five folds: {100 * role_accuracy(samples):.1f}\n")


if __name__ == "__main__":
    main()
