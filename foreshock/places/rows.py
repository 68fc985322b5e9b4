"""Geoparsing alone, in rows: what `foreshock locate` prints."""

from collections.abc import Mapping, Sequence
from typing import Any

from foreshock.places import locate
from foreshock.places.resolution import Located


def locate_rows(text: str, mentions: Sequence[Mapping[str, int]] | None = None) -> list[dict[str, Any]]:
    """Resolve the given mentions (`start`, `end`) of a text, or those found in it, one row each, in order.

    A row's `lat` and `lon` are the entry's point in degrees at every precision, countries included: `precision` says
    how far to trust them. `link` is the probability that the entry is the one meant, `no_match` that the index holds
    none that is. Raises `MalformedItem` where a mention lies outside the text.
    """
    locator = locate.shipped()
    if mentions is None:
        spans = [(mention.start, mention.end) for mention in locator.mentions(text)]
    else:
        spans = [(mention["start"], mention["end"]) for mention in mentions]
    return [_row(found) for found in locator.locate(text, spans)]


def _row(found: Located) -> dict[str, Any]:
    place, entry = found.place, found.entry
    return {
        "start": place.start,
        "end": place.end,
        "text": place.text,
        "geonameid": place.geonameid,
        "name": place.name,
        "admin1": place.admin1,
        "country": place.country,
        "lat": entry.lat if entry is not None else place.lat,
        "lon": entry.lon if entry is not None else place.lon,
        "precision": place.precision,
        "role": found.role,
        "score": found.score,
        "reason": place.reason,
    }
