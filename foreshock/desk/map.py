"""The map: where statements say things happen, drawn no more precisely than the texts tell."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from foreshock.desk.countries import BASEMAP, badge_position
from foreshock.desk.filters import Asked, asked
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.twins import csv_twin, json_twin
from foreshock.exchange.rows import Cell
from foreshock.model.countries import country_name
from foreshock.model.statement import Place, PlaceMember
from foreshock.model.vocabulary import Kind, Precision
from foreshock.record.by_place import PlaceRow, count_unplaced, list_places
from foreshock.record.query import Filter, count_by
from foreshock.record.store import Record
from foreshock.telling import phrases

router = APIRouter()

DECIMALS = 2
"""Hundredths of a degree, about a kilometre: nothing finer than a settlement is ever sent."""

WIDTHS_KM = {Precision.ADMIN2: 25, Precision.ADMIN1: 80, Precision.REGION: 150}
"""Radius of the ring for each precision: the order of size of a district, a province, a region. A ring
says *somewhere about here*; it is no boundary."""


@dataclass(frozen=True)
class Mapped:
    """A place as the list beside the map shows it. `drawn` says how: `point`, `ring`, `country` or `no`.

    `guarded` of its statements are told by region, as they are of texts that tell of people who left their unit.
    """

    name: str
    place: Place
    kinds: dict[str, int]
    statements: int
    drawn: str
    link: str
    guarded: int


def _mapped(row: PlaceRow, page_asked: Asked) -> Mapped:
    place = row.place
    link = page_asked.address(
        "/statements",
        place=place.name or place.text,
        country=place.country,
        admin1=place.admin1,
        precision=place.precision,
    )
    shapes = _shapes(place)
    drawn = str(shapes[0]["shape"]) if shapes else "no"
    return Mapped(phrases.place_name(place), place, row.kinds, row.statements, drawn, link, row.guarded)


def _shapes(place: Place) -> list[dict[str, object]]:
    """How the map draws a place: a point, rings (one for each member of a region), a country, or nothing."""
    if place.precision == Precision.REGION and place.members:
        return [shape for member in place.members for shape in _shape(member)]
    return _shape(place)


def _shape(place: Place | PlaceMember) -> list[dict[str, object]]:
    position = (
        [round(place.lon, DECIMALS), round(place.lat, DECIMALS)]
        if place.lat is not None and place.lon is not None
        else None
    )
    if place.precision == Precision.POINT and position:
        return [{"shape": "point", "at": position, "name": place.name}]
    if place.precision in WIDTHS_KM and position:
        return [{"shape": "ring", "at": position, "km": WIDTHS_KM[place.precision], "name": place.name}]
    if place.country and (badge := badge_position(place.country)):
        return [{"shape": "country", "at": list(badge), "country": place.country, "name": place.name}]
    return []


def _feature(mapped: Mapped, shape: dict[str, object], shared: bool) -> dict[str, object]:
    place = mapped.place
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": shape["at"]},
        "properties": {
            "shape": shape["shape"],
            "km": shape.get("km"),
            "name": mapped.name,
            "member": shape["name"] if shared else None,
            "country": shape.get("country") or place.country,
            "country_name": country_name(place.country) if place.country else None,
            "admin1": place.admin1,
            "precision": place.precision,
            "precision_name": phrases.precision_name(place),
            "statements": mapped.statements,
            "told_by_region": mapped.guarded,
            "kinds": mapped.kinds,
            "link": mapped.link,
        },
    }


def _collection(places: list[Mapped]) -> list[dict[str, object]]:
    features = []
    for mapped in places:
        shapes = _shapes(mapped.place)
        features += [_feature(mapped, shape, shared=bool(mapped.place.members)) for shape in shapes]
    return features


def _places(record: Record, page_asked: Asked) -> list[Mapped]:
    return [_mapped(row, page_asked) for row in list_places(record, page_asked.wanted)]


@router.get("/map")
def map_page(request: Request, record: OpenRecord) -> Response:
    """The map, and beside it the same as a list."""
    page_asked = asked(request.query_params)
    places = _places(record, page_asked)
    return page(
        "map.html",
        asked=page_asked,
        places=places,
        guarded=sum(one.guarded for one in places),
        unplaced=count_unplaced(record, page_asked.wanted),
        by_kind=count_by(record, page_asked.wanted, "kind"),
        countries=count_by(record, Filter(), "country"),
        path="/map",
    )


@router.get("/map.json")
def map_json(request: Request, record: OpenRecord) -> Response:
    """The map as GeoJSON: one feature for every shape drawn; what is not drawn is under `not_drawn`."""
    page_asked = asked(request.query_params)
    places = _places(record, page_asked)
    missing = [{"name": one.name, "statements": one.statements} for one in places if one.drawn == "no"]
    return json_twin(
        {
            "type": "FeatureCollection",
            "features": _collection(places),
            "filters": page_asked.given,
            "not_drawn": missing,
            "unplaced": count_unplaced(record, page_asked.wanted),
        }
    )


@router.get("/map.csv")
def map_csv(request: Request, record: OpenRecord) -> Response:
    """The places as CSV."""
    columns = ("place", "country", "admin1", "precision", "lat", "lon", "drawn", "statements", "told_by_region",
               *(f"{kind}s" for kind in Kind))  # fmt: skip
    return csv_twin("places", columns, (_row(one) for one in _places(record, asked(request.query_params))))


def _row(mapped: Mapped) -> list[Cell]:
    place = mapped.place
    lat, lon = (round(x, DECIMALS) if x is not None else None for x in (place.lat, place.lon))
    described = [place.name or place.text, place.country, place.admin1, place.precision, lat, lon, mapped.drawn]
    return [*described, mapped.statements, mapped.guarded, *(mapped.kinds.get(kind, 0) for kind in Kind)]


@router.get("/basemap.geojson")
def basemap() -> Response:
    """The bundled ground of the map (Natural Earth, public domain)."""
    return FileResponse(BASEMAP, media_type="application/geo+json", headers={"Cache-Control": "max-age=86400"})
