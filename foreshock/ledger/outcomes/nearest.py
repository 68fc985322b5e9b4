"""How near a report comes to telling what became of a prediction, to choose those that a closer look reads.

The model can't read every report of a country. Most of what settles a forecast is told around its horizon, in a text of
the same story, in few of its own words; so a report is ranked by a sum of these and of how near it is in meaning
(`ledger/outcomes/meaning.py`), fitted on chronicles in which every sentence that tells an outcome is marked: `python -m
bench.ledger_nearest` prints the table `nearest` of `data/ledger-weights.yaml`, and how many outcomes stand among the
reports that are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from foreshock.ledger.outcomes.matching import Match, weights
from foreshock.ledger.outcomes.meaning import Meanings, Sentence
from foreshock.ledger.outcomes.reports import Report
from foreshock.ledger.outcomes.sought import RAREST, Sought
from foreshock.ledger.words import rarity, stems
from foreshock.model.prediction import Prediction

_GAP = 180
"""Days after the horizon that make a gap of 1."""
_WIDEST = 2.0
"""The widest gap that counts, and the longest time since a prediction was made, in its own spans."""
_AROUND = 45
"""Days on either side of the horizon in which its outcome is told most often."""
_SHORTEST = 30
"""Days of the shortest span from a prediction to its horizon that is told apart."""
_MOST_SHARED = 5
_HEAD = 400
"""Characters at the head of a document, where it tells what is new."""
_TELLING = 1.5
"""Least rarity of a stem of a prediction's passage that counts."""


class Nearest:
    """Ranks the reports that were held against one prediction."""

    def __init__(self, prediction: Prediction, sought: Sought, passage: str, meanings: Meanings) -> None:
        """`passage` is the prediction's sentence with those before."""
        self.sought = sought
        self._prediction = prediction
        self._passage, self._meanings = passage, meanings
        self._meant: dict[Sentence, float] = {}

    def in_meaning(self, reports: Sequence[Report]) -> list[float]:
        """How near the prediction's passage each report is in meaning, from −1 to 1."""
        told = [Sentence(one.document, one.sentence) for one in reports]
        return [float(one) for one in self._meanings.nearness(self._passage, told)]

    def of(self, found: Match) -> float:
        """The higher, the likelier a report tells the outcome."""
        table = weights().nearest
        return sum(table[name] * value for name, value in self.features(found).items())

    def akin(self, found: Match) -> Match:
        """The same, of the prediction's matter where it is so near to it in meaning: *none of the kidnapped has come
        home* of *the hostages will be freed*."""
        if found.akin or self._nearness(found.report) < weights().akin:
            return found
        return replace(found, akin=True)

    def features(self, found: Match) -> dict[str, float]:
        """What a report is ranked by."""
        report, by = found.report, self._prediction.by
        gap = (report.published - by).days
        span = max(_SHORTEST, (by - self._prediction.made).days)
        told = found.features
        shared = len(self.sought.own & report.stems)
        passage = sum(weight for word, weight in self._telling.items() if word in report.stems)
        return {
            "words": told["words"],
            "story": told["story"],
            "whereabouts": told["whereabouts"],
            "kind": told["kind"],
            "shared": min(shared, _MOST_SHARED) / _MOST_SHARED,
            "passage": passage,
            "meaning": self._nearness(report),
            "negated": float(found.negated),
            "head": float(report.statement.start < _HEAD),
            "since": min((report.published - self._prediction.made).days / span, _WIDEST) / _WIDEST,
            "around": float(abs(gap) <= _AROUND),
            "after": float(gap > 0),
            "gap": min(max(gap, 0) / _GAP, _WIDEST),
        }

    def _nearness(self, report: Report) -> float:
        """How near the passage one report is in meaning, asked once."""
        told = Sentence(report.document, report.sentence)
        if told not in self._meant:
            [self._meant[told]] = self.in_meaning([report])
        return self._meant[told]

    @cached_property
    def _telling(self) -> Mapping[str, float]:
        """The telling stems of the prediction's sentence and the one before it, by their share of its rarity."""
        found = {
            word: min(rarity(word), RAREST)
            for word in stems(f"{self._prediction.context} {self._prediction.text}")
            if rarity(word) >= _TELLING
        }
        whole = sum(found.values())
        return {word: weight / whole for word, weight in found.items()}
