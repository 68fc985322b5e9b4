"""A place as a person corrects an event's: looked up in the gazetteer, so that its coordinates move with its name."""

from collections.abc import Iterator
from string import ascii_lowercase

import msgspec

from foreshock.corroborate.decisions.decisions import Body
from foreshock.errors import UsageError
from foreshock.model.statement import Place
from foreshock.model.vocabulary import Precision
from foreshock.places.filled import PRECISIONS, UNPLACED
from foreshock.places.gazetteer import Entry, Gazetteer, PlaceKind
from foreshock.places.loading import in_use
from foreshock.places.names import key
from foreshock.places.variants import find_by_sound, find_otherwise

_MOST_SHOWN = 60
"""Characters of a wrong name that its error repeats."""
_MOST_NEAR = 3


def asked_place(value: str, country: str | None) -> Body:
    """What a correction keeps of the place `value` in a country (alpha-3, or any): its name, and where it lies.

    Of several of one name a settlement is meant, the most populous. Raises `UsageError` where the gazetteer knows none
    there; the error names places that are spelt or sound alike, or the countries that have one of the name.
    """
    gazetteer = Gazetteer(in_use())
    named = [one.entry for one in gazetteer.find(value)]
    here = [one for one in named if country is None or one.country == country]
    if not here:
        raise UsageError(f"place: {_unknown(gazetteer, value, country, named)}")
    entry = min(here, key=lambda one: one.kind is not PlaceKind.SETTLEMENT)
    precision = PRECISIONS[entry.kind]
    drawn = precision not in UNPLACED
    return {
        "value": value.strip(),
        "geonameid": entry.geonameid,
        "country": entry.country,
        "admin1": gazetteer.admin1_name(entry),
        "precision": precision.value,
        "lat": str(entry.lat) if drawn and entry.lat is not None else None,
        "lon": str(entry.lon) if drawn and entry.lon is not None else None,
    }


def _unknown(gazetteer: Gazetteer, value: str, country: str | None, elsewhere: list[Entry]) -> str:
    """Why a name is no place there, and what may be meant."""
    where = f" in {country}" if country else ""
    told = f"the gazetteer knows no {value[:_MOST_SHOWN]!r}{where}"
    if elsewhere:
        countries = sorted({one.country for one in elsewhere if one.country})
        return f"{told}, but in {', '.join(countries[:_MOST_NEAR])}; correct the event's country first"
    near = _near(gazetteer, value, country)
    return f"{told}; near it: {', '.join(near)}" if near else f"{told}, nor a name near it"


def _near(gazetteer: Gazetteer, value: str, country: str | None) -> list[str]:
    """Names of places there that are romanised otherwise, sound alike or are a letter away."""
    wrong = key(value)
    other = find_otherwise(gazetteer, wrong)
    sounding = find_by_sound(gazetteer, wrong, country) if country else None
    alike = [one for name in _a_letter_away(wrong) for one in gazetteer.candidates(name)]
    found = [one.entry for one in (*(other[1] if other else ()), *alike)]
    there = [one for one in (*filter(None, [sounding]), *found) if country in (None, one.country)]
    return list(dict.fromkeys(one.name for one in there))[:_MOST_NEAR]


def _a_letter_away(name: str) -> Iterator[str]:
    """Names with a letter less, another or one more, those with one less first."""
    parts = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    yield from (head + tail[1:] for head, tail in parts if tail)
    yield from (head + letter + tail[1:] for head, tail in parts if tail for letter in ascii_lowercase)
    yield from (head + letter + tail for head, tail in parts for letter in ascii_lowercase)


def moved(place: Place, body: Body) -> Place:
    """The place with what a correction kept; one of before places were looked up gives its name alone."""
    name = str(body["value"])
    if "precision" not in body:
        return msgspec.structs.replace(place, name=name)
    lat, lon = body["lat"], body["lon"]
    return msgspec.structs.replace(
        place,
        name=name,
        geonameid=body["geonameid"],
        country=body["country"],
        admin1=body["admin1"],
        precision=Precision(str(body["precision"])),
        lat=float(lat) if lat is not None else None,
        lon=float(lon) if lon is not None else None,
        members=(),
        reason=None,
    )
