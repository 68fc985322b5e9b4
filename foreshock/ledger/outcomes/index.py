"""The reports of a record by what calls them up: a word of theirs, an act in a country, a country."""

import datetime
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from foreshock.ledger.outcomes.reports import Report
from foreshock.ledger.words import rarity

INFORMATIVE = 1.5
"""Least rarity of a stem that may call up a report: in fewer than about one newswire document of five."""


def _joined(reports: Iterable[Report]) -> list[Report]:
    """Reports with the words of the other reports of their event beside their own."""
    reports = list(reports)
    of: dict[str, set[str]] = defaultdict(set)
    for one in reports:
        if one.event is not None:
            of[one.event] |= one.stems
    told = {event: frozenset(words) for event, words in of.items()}
    return [one if one.event is None else replace(one, of_event=told[one.event]) for one in reports]


def by_stem(reports: Iterable[Report]) -> Mapping[str, Sequence[Report]]:
    """Reports by the informative stems of their sentences."""
    found: dict[str, list[Report]] = defaultdict(list)
    for one in reports:
        for word in one.stems:
            if rarity(word) >= INFORMATIVE:
                found[word].append(one)
    return found


def _numbers() -> "array[int]":
    """Numbers of reports, four bytes each."""
    return array("i")


class Index:
    """Reports by their informative stems, so that a prediction meets only those that share one with it."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self.reports = sorted(_joined(reports), key=lambda one: (one.published, one.document, one.statement.start))
        self._by_stem: dict[str, array[int]] = defaultdict(_numbers)
        self._by_act: dict[tuple[str, str], array[int]] = defaultdict(_numbers)
        self._by_country: dict[str, array[int]] = defaultdict(_numbers)
        for number, report in enumerate(self.reports):
            for word in report.stems | report.around:
                if rarity(word) >= INFORMATIVE:
                    self._by_stem[word].append(number)
            for sense in report.senses | report.undone:
                for country in report.countries:
                    self._by_act[sense, country].append(number)
            for country in report.home | report.countries:
                self._by_country[country].append(number)

    def near(
        self,
        words: Iterable[str],
        acts: Iterable[tuple[str, str]],
        after: datetime.date,
        until: datetime.date,
    ) -> list[Report]:
        """Reports published in `(after, until]` that hold an informative stem of `words` in or around, or tell one of
        `acts`: a sense in a country."""
        numbers = {number for word in set(words) for number in self._by_stem.get(word, ())}
        numbers |= {number for act in set(acts) for number in self._by_act.get(act, ())}
        return self._published(numbers, after, until)

    def about(self, countries: Iterable[str], after: datetime.date, until: datetime.date) -> list[Report]:
        """Reports published in `(after, until]` of one of the countries, or in a document about one."""
        numbers = {number for country in set(countries) for number in self._by_country.get(country, ())}
        return self._published(numbers, after, until)

    def _published(self, numbers: Iterable[int], after: datetime.date, until: datetime.date) -> list[Report]:
        """Those of the reports that were published in `(after, until]`, whatever day of its month one is of."""
        found = [self.reports[number] for number in sorted(numbers)]
        return [one for one in found if after < one.earliest and one.published <= until]
