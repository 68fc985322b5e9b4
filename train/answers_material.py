"""What the model of answers learns from: pairs with a label, and open ones, of `train/answers` and of the corpus.

A pair has a label where a report was written for a forecast, and where it belongs to another forecast or document: such
a report is taken to settle nothing, however alike it is. Open pairs have none, as they may well be answers: a forecast
with the reports and sentences of its country that share most rare words with it. Teachers say what those answer.
"""

import bisect
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from foreshock.ledger.outcomes.answers import LABELS, Question
from foreshock.read.segment import sentences
from train.annotated import Annotated
from train.answers_pairs import ANSWERS, HELD_OUT, Foretold, Pair, Told, forecast_files, read_forecasts, written_pairs

SEED: Final = 7
NEITHER: Final = LABELS.index("neither")
FORETOLD: Final = ("forecast", "commitment")
"""Kinds of statement in the corpus that foretell something."""
SHORTEST, LONGEST = 50, 450
"""Characters of a sentence of the corpus, both excluded, that can stand for a report."""
NEAR_REPORTS: Final = 4
"""Most alike reports of the country's other forecasts, for an open pair each."""
NEAR_SENTENCES: Final = 5
"""Most alike sentences of the country, for an open pair each."""
DRAWN: Final = 2500
"""Sentences of any country, drawn by chance, of which the two most alike are taken to settle nothing."""
ELSEWHERE: Final = 400
"""Sentences of any country that stand for a country of which the corpus has none."""
FEWEST: Final = 50
"""Sentences of other documents on a country, below which `ELSEWHERE_OF_CORPUS` of any country take their place."""
ELSEWHERE_OF_CORPUS: Final = 800
NEAR_OF_CORPUS, ANY_OF_CORPUS = 12, 3
"""Sentences for an open pair each with a forecast of the corpus: the most alike, and some drawn by chance."""


@dataclass(frozen=True)
class Material:
    """What is learned from: pairs that were written as such, pairs of what does not belong together, and open ones."""

    written: list[Pair]
    apart: list[Pair]
    open: list[Question]

    @property
    def labelled(self) -> list[Pair]:
        """All that have a label."""
        return self.written + self.apart


class Sentences:
    """The sentences of documents that can stand for reports, by country, and how rare their words are."""

    def __init__(self, documents: Sequence[Annotated]) -> None:
        self.all: list[Told] = []
        self.by_country: dict[str, list[Told]] = defaultdict(list)
        self.forecasts: list[Foretold] = []
        for document in documents:
            spans = sentences(document.text)
            texts = [document.text[start:end].strip() for start, end in spans]
            told = [Told(text, before, document.name) for text, before in zip(texts, ["", *texts], strict=False)]
            fitting = [one for one in told if SHORTEST < len(one.text) < LONGEST]
            self.all += fitting
            self.by_country[country_of(document)] += fitting
            self.forecasts += _forecasts_of(document, [start for start, _ in spans], told)
        self.holders = Counter(stem for one in self.all for stem in one.stems)

    def drawn(self, count: int, rng: random.Random) -> list[Told]:
        """Some of any country, by chance."""
        return rng.sample(self.all, min(count, len(self.all)))

    def most_alike(self, pool: Sequence[Told], wanted: frozenset[str], count: int) -> list[Told]:
        """Those of `pool` that share most rare words with `wanted`, for their own number of words."""

        def likeness(told: Told) -> float:
            shared = math.fsum(self._rarity(stem) for stem in wanted & told.stems)
            return shared / math.sqrt(4 + len(told.stems))

        order = sorted(range(len(pool)), key=lambda at: (likeness(pool[at]), at), reverse=True)
        return [pool[at] for at in order[:count]]

    def _rarity(self, stem: str) -> float:
        """The logarithm of one sentence in how many holds it."""
        return math.log(len(self.all) / self.holders[stem]) if stem in self.holders else 8.0


def country_of(document: Annotated) -> str:
    """A document of the corpus is named by its country first."""
    return document.name[:3].upper()


def _forecasts_of(document: Annotated, starts: Sequence[int], told: Sequence[Told]) -> Iterator[Foretold]:
    """What a document foretells, each with the sentence it begins in."""
    for row in document.statements:
        at = bisect.bisect_right(starts, row["start"]) - 1
        if row["kind"] in FORETOLD and at >= 0:
            clause = document.text[row["start"] : row["end"]]
            yield Foretold(clause, told[at].text, told[at].before, document.name, country_of(document))


def of_file(forecasts: Sequence[Foretold], corpus: Sentences, rng: random.Random) -> Material:
    """The pairs of one file's forecasts."""
    found = Material(written_pairs(forecasts), [], [])
    for one in forecasts:
        others = [other for other in forecasts if other is not one]
        near = [other for other in others if other.country == one.country]
        told = [rng.choice(rng.choice(pool).reports)[0] for pool in (near or others, near or others, others)]
        here = corpus.by_country.get(one.country) or corpus.drawn(ELSEWHERE, rng)
        told.append(rng.choice(here))
        told += corpus.most_alike(corpus.drawn(DRAWN, rng), one.stems, 2)
        found.apart.extend(Pair(one.asked(report), NEITHER) for report in told)
        reports = [report for other in near for report, _ in other.reports]
        alike = corpus.most_alike(reports, one.stems, NEAR_REPORTS)
        alike += corpus.most_alike(here, one.stems, NEAR_SENTENCES)
        found.open.extend(one.asked(report) for report in alike)
    return found


def of_corpus(corpus: Sentences, rng: random.Random) -> list[Question]:
    """Open pairs of the corpus's own forecasts with sentences of other documents."""
    found = []
    for one in corpus.forecasts:
        here = [told for told in corpus.by_country[one.country] if told.source != one.source]
        if len(here) < FEWEST:
            here = corpus.drawn(ELSEWHERE_OF_CORPUS, rng)
        told = corpus.most_alike([each for each in here if each.source != one.source], one.stems, NEAR_OF_CORPUS)
        told += rng.sample(here, min(ANY_OF_CORPUS, len(here)))
        found += [one.asked(report) for report in told]
    return found


def material(documents: Sequence[Annotated], folder: Path = ANSWERS) -> Material:
    """All that is learned from: the files that are not held out, and `documents`, the corpus's training part."""
    rng, corpus = random.Random(SEED), Sentences(documents)
    files = [path for path in forecast_files(folder) if path.stem not in HELD_OUT]
    found = Material([], [], [])
    for path in files:
        part = of_file(read_forecasts(path), corpus, rng)
        found.written.extend(part.written)
        found.apart.extend(part.apart)
        found.open.extend(part.open)
    found.open.extend(of_corpus(corpus, rng))
    return found
