"""Whether the record watched closely enough for silence to mean anything."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foreshock.corroborate.copies.fingerprints import publisher_of, site_of
from foreshock.model.document import Document
from foreshock.model.prediction import Coverage, Prediction
from foreshock.model.statement import Statement

COVERED_SHARE = 0.5
"""Of the months that are looked at, so many must have a document about the country."""
A_MONTH = 0.75
"""Documents a month, over all of them, copies counted once."""
OUTLETS = 2
"""Outlets, over all of them: one voice is no watch, and neither are texts of which nobody knows where they came out."""
LEAST_WATCH = datetime.timedelta(days=92)
"""The shortest stretch, up to the last day that counts, by which a watch is judged, as far as the record reaches back:
a week holds few texts however closely a country is watched."""
ON_SUBJECT = 1
"""Documents that speak of the prediction's subject, inside the horizon or telling of it, without which the record's
silence on it says nothing."""


def _month(day: datetime.date) -> int:
    """The month of a day, as 12 · year + month."""
    return day.year * 12 + day.month - 1


def _months(first: datetime.date, last: datetime.date) -> list[int]:
    """The months from the first day's to the last day's."""
    start, end = _month(first), _month(last)
    return list(range(start, max(start, end) + 1))


@dataclass(frozen=True)
class Seen:
    """A document as coverage counts it: when it came out, where, and the countries it speaks of.

    `outlet` is its publisher as far as anything says; empty where nothing does: all of those are one voice.
    """

    document: str
    outlet: str
    published: datetime.date
    countries: frozenset[str]


def seen_of(document: Document, statements: Sequence[Statement]) -> Seen | None:
    """What coverage counts of a document; null where its date is not known."""
    reference = document.reference_date
    if reference is None:
        return None
    told = {one.place.country for one in statements if one.place is not None}
    told |= {person.country for one in statements for person in (*one.actors, *one.recipients)}
    outlet = publisher_of(site_of(document.outlet, document.url, document.title))
    return Seen(document.id, outlet, reference[0], frozenset(code for code in told if code))


class Watch:
    """Documents by country and month, asked for each prediction."""

    def __init__(self, documents: Iterable[Seen], copies: Mapping[str, str]) -> None:
        """`copies` names, for a document, the group of texts it is a copy in; copies count once."""
        self._seen: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
        self._began: dict[str, int] = {}
        for one in documents:
            month = _month(one.published)
            document = copies.get(one.document, one.document)
            for country in one.countries:
                self._seen[country, month].setdefault(document, one.outlet)
                self._began[country] = min(month, self._began.get(country, month))

    def of(self, prediction: Prediction, until: datetime.date, on_subject: int) -> Coverage:
        """The coverage of a prediction's countries from the day it was made, and for a quarter of a year at least,
        until a day: its horizon, or the later one on which a report looks back on it."""
        countries = prediction.countries
        whole = _months(min(prediction.made, until - min(LEAST_WATCH, until - datetime.date.min)), until)
        # A record that began with the forecast can't have a text of each month before, but has to have as many.
        begun = [self._began[country] for country in countries if country in self._began]
        first = min([*begun, _month(prediction.made)])
        months = [month for month in whole if month >= first]
        seen = [
            {name: outlet for country in countries for name, outlet in self._seen.get((country, month), {}).items()}
            for month in months
        ]
        covered = sum(bool(found) for found in seen)
        documents = {name: outlet for found in seen for name, outlet in found.items()}
        outlets = len(set(documents.values()))
        dense = covered >= COVERED_SHARE * len(months) and len(documents) >= A_MONTH * len(whole)
        told = f"{len(documents)} documents from {outlets} outlets in {covered} of {len(months)} months"
        if not countries:
            why = "no country is known for it"
        elif not dense or outlets < OUTLETS:
            why = f"too thin: {told}"
        elif on_subject < ON_SUBJECT:
            why = f"{told}, but only {on_subject} on the subject"
        else:
            why = f"{told}, {on_subject} on the subject"
        return Coverage(
            months=len(months),
            covered=covered,
            documents=len(documents),
            outlets=outlets,
            on_subject=on_subject,
            sufficient=bool(countries) and dense and outlets >= OUTLETS and on_subject >= ON_SUBJECT,
            why=why,
        )
