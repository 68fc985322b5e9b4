"""The bundled basemap, and where the badges of countries stand on it."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

import foreshock
from foreshock.errors import ModelError

BASEMAP = Path(foreshock.__file__).parent / "data" / "basemap.geojson"


@cache
def _countries() -> dict[str, dict[str, Any]]:
    try:
        content = BASEMAP.read_bytes()
    except OSError as error:
        raise ModelError(f"the bundled basemap cannot be read: {error}") from error
    features = msgspec.json.decode(content)["features"]
    found = (feature["properties"] for feature in features)
    return {properties["country"]: properties for properties in found if "country" in properties}


def badge_position(code: str) -> tuple[float, float] | None:
    """Where the badge of a country stands, longitude and latitude; null where the map has no such country."""
    country = _countries().get(code)
    return (country["label"][0], country["label"][1]) if country else None
