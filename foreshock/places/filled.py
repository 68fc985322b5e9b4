"""The place of the codebook (section 7) that stands for an entry of the gazetteer."""

from collections.abc import Sequence
from typing import TypedDict

import msgspec

from foreshock.model.statement import Place, PlaceMember
from foreshock.model.vocabulary import Precision
from foreshock.places.gazetteer import Entry, Gazetteer, PlaceKind
from foreshock.places.phrase import Phrase

PRECISIONS = {
    PlaceKind.COUNTRY: Precision.COUNTRY,
    PlaceKind.ADMIN1: Precision.ADMIN1,
    PlaceKind.ADMIN2: Precision.ADMIN2,
    PlaceKind.SETTLEMENT: Precision.POINT,
    PlaceKind.SITE: Precision.POINT,
    PlaceKind.REGION: Precision.REGION,
    PlaceKind.WATER: Precision.REGION,
}
UNPLACED = frozenset({Precision.COUNTRY, Precision.REGION})
"""The precisions that are never drawn as a pin, and so carry no coordinates."""


class Resolved(msgspec.Struct, frozen=True):
    """A name of a phrase, `[start, end)`, with its place and chance; a people gives its country."""

    start: int
    end: int
    text: str
    entry: Entry
    chance: float
    people: bool
    features: dict[str, float]


class _Told(TypedDict):
    """The fields that a place and a member of one share."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: Precision
    geonameid: int | None


class Filler:
    """Fills in what the gazetteer tells of the entries that phrases mean."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def of_entry(
        self, phrase: Phrase, entry: Entry, precision: Precision | None = None, reason: str | None = None
    ) -> Place:
        """The place of a phrase that means an entry, or a part of it where `precision` says region."""
        told = self._told(entry, precision or PRECISIONS[entry.kind])
        members = tuple(self._member(one) for one in self.gazetteer.members(entry)) if precision is None else ()
        return Place(start=phrase.start, end=phrase.end, text=phrase.text, members=members, reason=reason, **told)

    def _member(self, entry: Entry, named: Resolved | None = None) -> PlaceMember:
        told = self._told(entry, PRECISIONS[entry.kind])
        if named is None:
            return PlaceMember(**told)
        return PlaceMember(start=named.start, end=named.end, text=named.text, **told)

    def _told(self, entry: Entry, precision: Precision) -> _Told:
        """What the gazetteer tells of an entry, in the words of a place; coordinates only where it is drawn."""
        drawn = precision not in UNPLACED
        return {
            "name": entry.name,
            "country": entry.country,
            "admin1": self.gazetteer.admin1_name(entry),
            "lat": entry.lat if drawn else None,
            "lon": entry.lon if drawn else None,
            "precision": precision,
            "geonameid": entry.geonameid,
        }

    def _empty(self, phrase: Phrase, reason: str | None, members: Sequence[PlaceMember]) -> Place:
        return Place(
            start=phrase.start,
            end=phrase.end,
            text=phrase.text,
            name=phrase.text if members else None,
            precision=Precision.REGION if members else None,
            members=tuple(members),
            reason=reason,
        )
