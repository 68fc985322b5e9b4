"""Which country a text is about, where its own places and people tell it badly: what its outlet mostly writes about.

A local paper names its villages and not its country, and the gazetteer knows a namesake abroad. So what a text's own
statements tell is weighed with the share of its outlet's texts that are about each country, and with the record's where
the outlet has few. A country that the text never names is a namesake's, however often.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from sqlalchemy import Connection, func, select

from foreshock.ledger.outcomes.reports import countries_told
from foreshock.ledger.speakers.known import country_of
from foreshock.ledger.words import countries_named
from foreshock.model.document import Document
from foreshock.model.letters import UPPER
from foreshock.model.statement import Statement
from foreshock.places.gazetteer import Gazetteer, PlaceKind
from foreshock.places.names import key
from foreshock.record.remembered import remembered
from foreshock.record.tables import documents, statements

OUTLET = 5.0
"""Mentions that an outlet's usual country is worth in a text. On 588 texts of fifteen chronicles 85 in 100 are given
their country by their own mentions, 91 with three, 93 with five, 94 with eight."""
RECORD = 2.0
"""Texts of an outlet that the record's usual country is worth."""

MOSTLY = 0.5
"""From which share on a country is the one that an outlet writes about."""
_NAME = re.compile(rf"[{UPPER}][\w.’'-]*(?: (?:of (?:the )?)?[{UPPER}][\w.’'-]*){{0,4}}")
_WORD = re.compile(rf"(?<![\w’'-])[{UPPER}]\w+(?:-\w+)*")
_LATIN_NAME = 2
"""From which grade on the gazetteer's name for a country is one that a text in English may call it by: *Congo*, *the
US*, *the Emirates*, and not *Katari* for Qatar or *Marawi* for Malawi."""


@dataclass(frozen=True)
class Homes:
    """How many texts of each outlet are mostly about each country."""

    by_outlet: Mapping[str | None, Mapping[str, int]]

    @classmethod
    def of(cls, told: Iterable[tuple[str | None, str, str, int]]) -> "Homes":
        """From how often each text mentions each country as a place: its outlet, its id, the country, the number."""
        mentions: dict[tuple[str | None, str], Counter[str]] = defaultdict(Counter)
        for outlet, document, country, number in told:
            mentions[outlet, document][country] += number
        found: dict[str | None, Counter[str]] = defaultdict(Counter)
        for (outlet, _), counted in mentions.items():
            found[outlet][_most(counted)] += 1
        return cls(found)

    @cached_property
    def outlets(self) -> frozenset[str]:
        """The names of the outlets that are known."""
        return frozenset(outlet for outlet in self.by_outlet if outlet is not None)

    def shares(self, outlet: str | None) -> dict[str, float]:
        """The share of each country in what an outlet writes about; the record's for one that is not known."""
        every = self._record
        own = self.by_outlet.get(outlet, {}) if outlet is not None else {}
        whole = sum(own.values()) + RECORD
        return {code: (own.get(code, 0) + RECORD * share) / whole for code, share in every.items()}

    @cached_property
    def _record(self) -> Mapping[str, float]:
        """The share of each country in what all outlets write about."""
        every: Counter[str] = Counter()
        for counted in self.by_outlet.values():
            every.update(counted)
        whole = every.total()
        return {code: number / whole for code, number in every.items()}

    def usual(self, outlet: str | None) -> str | None:
        """The country that most of an outlet's texts are about; null where none is."""
        return next((code for code, share in self.shares(outlet).items() if share > MOSTLY), None)

    def mostly_placed(self, outlet: str | None, told: Sequence[Statement]) -> str | None:
        """The country that these statements of a text of an outlet mostly name, be it a namesake's; null for none."""
        counted = countries_told(told)
        if not counted:
            return None
        weighed = {code: OUTLET * share for code, share in self.shares(outlet).items()}
        for code, number in counted.items():
            weighed[code] = weighed.get(code, 0.0) + number
        return _most(weighed)

    def main_country(self, document: Document, told: Sequence[Statement]) -> str | None:
        """The country that a text with these statements is mostly about; where they name none, the one that its outlet
        usually writes about, null where there is none; where the text itself never names it, that one, or the record's.
        """
        usual, most = self.usual(document.outlet), self.mostly_placed(document.outlet, told)
        if most is None:
            return usual
        expected = usual or self.usual(None)
        return most if expected in (None, most) or is_named(most, document.text, told) else expected


NOWHERE = Homes({})
"""Of a text that stands alone: its own mentions decide."""


def homes_in(connection: Connection) -> Homes:
    """What the outlets of a record write about."""
    query = (
        select(documents.c.outlet, documents.c.id, statements.c.country, func.count())
        .join(documents, documents.c.id == statements.c.document)
        .where(statements.c.country.is_not(None))
        .group_by(documents.c.outlet, documents.c.id, statements.c.country)
    )
    return remembered(
        connection,
        "homes",
        lambda: Homes.of((row[0], row[1], row[2], row[3]) for row in connection.execute(query)),
    )


def is_named(country: str, text: str, told: Sequence[Statement]) -> bool:
    """Whether a text names a country or its people, or its statements a place or somebody by the country's name, its
    capital in a dateline, or one whom the registry knows in that country alone: *the UAE said*, *JUBA, 3 May —*,
    *Zelensky*."""
    if country in countries_named(text):
        return True
    gazetteer = Gazetteer()
    people = (gazetteer.demonym(key(word)) for word in set(_WORD.findall(text)))
    places = [one.place for one in told if one.place is not None]
    capital = gazetteer.capital(country)
    written_in = {one.name for one in places if one.country == country and one.text and one.text.isupper()}
    if capital is not None and capital.name in written_in:
        return True
    called = _names(somebody.text for one in told for somebody in (*one.actors, *one.recipients, *one.sources))
    if any(country_of(name) == country for name in called):
        return True
    names = called | _names(one.text for one in places if one.text)
    found = (one.entry for name in names for one in gazetteer.find(name) if one.grade >= _LATIN_NAME)
    named = (one for one in chain(people, found) if one is not None)
    return any(one.kind is PlaceKind.COUNTRY and one.country == country for one in named)


def _names(words: Iterable[str]) -> set[str]:
    """The names in each of these words, without the *The* at the head of a sentence."""
    return {name for each in words for name in _NAME.findall(each.removeprefix("The "))}


def _most(counted: Mapping[str, float]) -> str:
    """The commonest; of those alike, the first by code."""
    return min(counted, key=lambda code: (-counted[code], code))
