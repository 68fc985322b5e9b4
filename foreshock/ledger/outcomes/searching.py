"""How a record is searched for reports that may tell what became of a prediction: by its words, and by meaning."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foreshock.ledger.outcomes.asking import bound_of, figures_of, passage_of
from foreshock.ledger.outcomes.closer import could_count
from foreshock.ledger.outcomes.index import Index
from foreshock.ledger.outcomes.matching import Match, match
from foreshock.ledger.outcomes.meaning import Meanings
from foreshock.ledger.outcomes.nearest import Nearest
from foreshock.ledger.outcomes.reports import BESIDE, Report
from foreshock.ledger.outcomes.sought import Sought, Source
from foreshock.ledger.outcomes.timing import LOOKING_BACK
from foreshock.model.prediction import Prediction

MOST_MEANT = 48
"""Reports about a prediction's countries, beside those that share a telling word with it, that are looked at for being
nearest to it in meaning."""


@dataclass(frozen=True)
class Search:
    """The reports of a record as of a day, searched for one prediction after the other.

    `copies` names a document's group of copies; `sources` holds the documents that foretell.
    """

    index: Index
    figures: Mapping[str, Sequence[Report]]
    """Sentences with a number in which the reader found no statement, by their stems."""
    copies: Mapping[str, str]
    sources: Mapping[str, Source]
    meanings: Meanings
    as_of: datetime.date

    def by_words(self, prediction: Prediction, sought: Sought) -> list[Match]:
        """Every later report by another hand that shares a telling word, held against the prediction."""
        return [
            match(sought, report)
            for report in self.index.near(sought.calls, sought.acts_there, prediction.made, self.as_of)
            if self._by_another(prediction, report)
        ]

    def nearest_to(self, prediction: Prediction) -> Nearest:
        """By what the reports that come near a prediction are ranked."""
        source = self.sources.get(prediction.document)
        # What a person made it more exact by goes before the sentence it was drawn from.
        sharper = prediction.criterion.words if prediction.criterion.by_person else ""
        passage = sharper or passage_of(prediction, source) or prediction.text
        return Nearest(prediction, Sought(prediction, source=source), passage, self.meanings)

    def ranked(self, prediction: Prediction, found: Sequence[Match]) -> list[Match]:
        """The reports that speak in time, those that likeliest tell what became of the prediction first: of those
        `found` by its words, and of others about its countries that are near it in meaning."""
        near = self.nearest_to(prediction)
        met = {one.report.statement.id for one in found}
        about = self._about(prediction, min(prediction.by + LOOKING_BACK, self.as_of))
        wider = _first(near, [one for one in about if one.statement.id not in met], MOST_MEANT)
        held = (*found, *(match(near.sought, one) for one in wider), *self._of_figures(near.sought))
        able = [near.akin(one) for one in held if could_count(prediction, one)]
        return sorted(able, key=lambda one: (-near.of(one), one.report.statement.id))

    def _of_figures(self, sought: Sought) -> list[Match]:
        """The sentences without a statement that tell a figure of what a prediction sets a bound to."""
        prediction = sought.prediction
        bound = bound_of(prediction)
        if bound is None:
            return []
        until = min(prediction.by + LOOKING_BACK, self.as_of)
        told = (one for word in sorted(bound.subject) for one in self.figures.get(word, ()))
        near = {(one.document, one.sentence): one for one in told}
        able = [
            (one, figures_of(bound, one, prediction))
            for one in near.values()
            if prediction.made < one.earliest
            and one.published <= until
            and set(prediction.countries) & (one.home | one.countries)
            and self._by_another(prediction, one)
        ]
        return [
            replace(match(sought, one), why=(f"{BESIDE}{one.sentence}",), holds=holds)
            for one, holds in able
            if holds is not None
        ]

    def by_meaning(self, prediction: Prediction, by: datetime.date, until: datetime.date, most: int) -> list[Match]:
        """The reports nearest in meaning to a prediction's own clause, of what happened by a day, published until
        another."""
        sought = Sought(prediction, source=self.sources.get(prediction.document))
        near = Nearest(prediction, sought, prediction.criterion.words, self.meanings)
        able = [one for one in self._about(prediction, min(until, self.as_of)) if one.happened <= by]
        return [match(sought, one) for one in _first(near, able, most)]

    def _about(self, prediction: Prediction, until: datetime.date) -> list[Report]:
        """The reports about a prediction's countries, by another hand, published after it and by a day."""
        found = self.index.about(prediction.countries, prediction.made, until)
        return [one for one in found if self._by_another(prediction, one)]

    def _by_another(self, prediction: Prediction, report: Report) -> bool:
        """Whether a report stands in no copy of the text that foretells."""
        own = self.copies.get(prediction.document, prediction.document)
        return self.copies.get(report.document, report.document) != own


def _first(near: Nearest, reports: Sequence[Report], most: int) -> list[Report]:
    """Those of `reports` that are nearest in meaning; one for each sentence, however often it is told."""
    nearness = near.in_meaning(reports)
    order = sorted(range(len(reports)), key=lambda at: (-nearness[at], reports[at].statement.id))
    first: dict[str, Report] = {}
    for at in order:
        if len(first) == most:
            break
        first.setdefault(reports[at].sentence, reports[at])
    return list(first.values())
