"""One place: how precisely it is known, what the record says happens there, who says so and who acts."""

from collections import Counter

from fastapi import APIRouter, HTTPException, Request, Response

from foreshock.desk.filters import asked
from foreshock.desk.map import DECIMALS, WIDTHS_KM
from foreshock.desk.pages import NOWHERE, OpenRecord, actor_path, page, place_path
from foreshock.desk.profiles import Named, Profile, about_list, most, page_of, people, profile
from foreshock.desk.statements import every_hit
from foreshock.desk.twins import csv_twin, json_twin
from foreshock.model.statement import Place
from foreshock.record.query import Filter
from foreshock.record.store import Record
from foreshock.telling import phrases
from foreshock.telling.statement_rows import STATEMENT_COLUMNS, hit_as_json, statement_row

router = APIRouter()


def _wanted(country: str, name: str) -> Filter:
    return Filter(place=name, country=None if country == NOWHERE else country)


def _found(record: Record, country: str, name: str) -> Profile:
    found = profile(record, _wanted(country, name))
    if not found.hits:
        raise HTTPException(404, "No statement in this record lies at a place of this name.")
    return found


def place_of(found: Profile) -> Place:
    """The place as the statement has it that knows it most precisely."""
    places = [hit.place for hit in found.hits if hit.place is not None]
    return max(places, key=lambda place: (place.lat is not None, place.geonameid is not None, len(place.members)))


def spellings(found: Profile) -> list[Named]:
    """The words by which the texts call it, with how often each comes."""
    counts = Counter(
        " ".join(place.text.split()) for hit in found.hits if (place := hit.place) is not None and place.text
    )
    return most(counts, {})


def position(place: Place) -> tuple[float, float] | None:
    """Latitude and longitude, no finer than a settlement; null for what is drawn as no point."""
    if place.lat is None or place.lon is None:
        return None
    return round(place.lat, DECIMALS), round(place.lon, DECIMALS)


@router.get("/places/{country}/{name:path}.json")
def place_json(country: str, name: str, record: OpenRecord, request: Request) -> Response:
    """A place with its statements, as JSON."""
    found, page_asked = _found(record, country, name), asked(request.query_params)
    place = place_of(found)
    at = position(place)
    return json_twin(
        {
            "name": place.name or place.text,
            "country": place.country,
            "admin1": place.admin1,
            "precision": place.precision,
            "geonameid": place.geonameid,
            "lat": at[0] if at else None,
            "lon": at[1] if at else None,
            "reason": place.reason,
            "called": {one.name: one.statements for one in spellings(found)},
            **about_list(found, page_asked),
            "kinds": found.kinds,
            "mechanisms": found.mechanisms,
            "statements": [hit_as_json(hit) for hit in page_of(record, _wanted(country, name), found, page_asked)],
        }
    )


@router.get("/places/{country}/{name:path}.csv")
def place_csv(country: str, name: str, record: OpenRecord) -> Response:
    """All statements that lie at a place, as CSV."""
    _found(record, country, name)
    return csv_twin(
        "place", STATEMENT_COLUMNS, (statement_row(hit) for hit in every_hit(record, _wanted(country, name)))
    )


@router.get("/places/{country}/{name:path}")
def place_page(country: str, name: str, record: OpenRecord, request: Request) -> Response:
    """A place: where it lies and how surely, and what is said to happen there."""
    found, page_asked = _found(record, country, name), asked(request.query_params)
    counts, ids = people(found.hits)
    place = place_of(found)
    return page(
        "place.html",
        asked=page_asked,
        place=place,
        title=phrases.place_name(place),
        at=position(place),
        ring_km=WIDTHS_KM.get(place.precision) if place.precision else None,
        spellings=spellings(found),
        profile=found,
        people=most(counts, {one: actor_path(identity) for one, identity in ids.items()}),
        hits=page_of(record, _wanted(country, name), found, page_asked),
        path=place_path(place),
    )
