"""FollowTheMoney: Event entities with the organisations and office holders in them, one JSON entity a line.

Participants become entities only where they have an id: the registry holds organisations and public office holders and
no private person, and what a text names and no registry has gets one only as a group. Ethnicity, religion and political
views are never written. Ids are hashes, the same in every export.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from foreshock.errors import ItemError, MalformedItem
from foreshock.exchange.code_tables import alpha2_of, country_with_alpha2, name_of
from foreshock.gather.delimited import opened
from foreshock.model.countries import countries
from foreshock.model.day import as_known, first_day, last_day
from foreshock.model.occurrence import Occurrence, Party, Site
from foreshock.model.vocabulary import Granularity

NOT_HELD: Final = (
    "types, modes, contexts and counts stand as words in the summary",
    "coordinates, precision, polarity, credibility",
    "participants that are neither in the registry nor a named group",
    "countries without an ISO 3166-1 alpha-2 code",
)
LONGEST_ROW: Final = 5_000_000
_TO_THE_DAY: Final = 10
"""Characters of a date from which it names a day."""
_KNOWN: Final = {len("2023"): Granularity.YEAR, len("2023-05"): Granularity.MONTH}
"""How exactly a date of so many characters is known; null for the day."""
_PUBLIC: Final = ("GOV", "MIL", "COP", "JUD", "LEG", "SPY")
_encoder = msgspec.json.Encoder()


class Entity(msgspec.Struct):
    """A FollowTheMoney entity: every value is a list of strings."""

    id: str
    schema: str
    properties: dict[str, list[str]]


def write(rows: Iterable[Occurrence], out: BinaryIO) -> int:
    """Each event, after those of its participants that were not written yet; how many events."""
    written: set[str] = set()
    number = 0
    for row in rows:
        number += 1
        for person in (*row.actors, *row.recipients):
            if person.id and person.id not in written:
                written.add(person.id)
                out.write(_encoder.encode(_party(person)) + b"\n")
        out.write(_encoder.encode(_event(row)) + b"\n")
    return number


def _identity(kind: str, name: str) -> str:
    return f"foreshock-{kind}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _party(person: Party) -> Entity:
    known = {"name": [person.name], "country": _country(person.country)}
    schema = "PublicBody" if person.sector in _PUBLIC else "LegalEntity"
    return Entity(
        _identity("party", person.id or person.name), schema, {key: value for key, value in known.items() if value}
    )


def _country(code: str | None) -> list[str]:
    """A country as FollowTheMoney writes it, in lower-case alpha-2; empty where it has no such code."""
    two = alpha2_of(code)
    return [two.lower()] if two else []


def _event(row: Occurrence) -> Entity:
    site = row.site or Site()
    place = ", ".join(part for part in dict.fromkeys((site.name, site.admin1, name_of(site.country))) if part)
    counts = [f"{name} {count.best if count.best is not None else count.low}" for name, count in row.counts.items()]
    summary = " · ".join(part for part in (row.type, row.mode, *row.contexts, *counts) if part)
    told: dict[str, list[str | None]] = {
        "name": [row.title or summary or row.id],
        "recordId": [row.id],
        "startDate": [row.since.isoformat() if row.since else None],
        "endDate": [row.until.isoformat() if row.until else None],
        "date": [as_known(row.published, row.published_granularity) if row.published else None],
        "location": [place or None],
        "country": [*_country(site.country)],
        "organizer": [_identity("party", person.id) for person in row.actors if person.id],
        "involved": [_identity("party", person.id) for person in row.recipients if person.id],
        "summary": [summary or None],
        "description": [row.text],
        "sourceUrl": [row.url],
        "publisher": list(row.outlets),
    }
    properties = {name: [value for value in values if value] for name, values in told.items()}
    return Entity(
        _identity("event", f"{row.dataset}:{row.id}"),
        "Event",
        {name: kept for name, kept in properties.items() if kept},
    )


def read(path: Path) -> Iterator[Occurrence | ItemError]:
    """The Event entities of a file; participants by the names of the entities that came before them."""
    names: dict[str, Party] = {}
    with opened(path) as text:
        number = 0
        while line := text.readline(LONGEST_ROW):
            number += 1
            if not line.strip():
                continue
            try:
                entity = msgspec.json.decode(line, type=Entity)
                if entity.schema == "Event":
                    yield _occurrence(entity, names)
                elif entity.properties.get("name"):
                    names[entity.id] = Party(_first(entity, "name"), _alpha3(_first(entity, "country")))
            except (msgspec.DecodeError, ValueError, RecursionError) as error:
                yield MalformedItem(f"{path}: row {number}", f"not an entity ({error})")


def _alpha3(code: str) -> str | None:
    """The country by its alpha-2, or by the alpha-3 that exports of ours once had."""
    upper = code.strip().upper()
    return upper if upper in countries() else country_with_alpha2(upper)


def _first(entity: Entity, name: str) -> str:
    """The first value of a property, empty where the entity has none. Raises `ValueError` where its list is empty."""
    values = entity.properties.get(name, [""])
    if not values:
        raise ValueError(f"its {name} is an empty list; leave it out or give it a value")
    return values[0]


def _day(date: str, edge: Callable[[str], datetime.date]) -> datetime.date | None:
    """A date of FollowTheMoney, which may be a year, a month or a moment: the `edge` of the days that it covers."""
    return edge(date.strip()[:_TO_THE_DAY]) if date.strip() else None


def _occurrence(entity: Entity, names: dict[str, Party]) -> Occurrence:
    def first(name: str) -> str:
        return _first(entity, name)

    def people(name: str) -> tuple[Party, ...]:
        return tuple(names[one] for one in entity.properties.get(name, []) if one in names)

    return Occurrence(
        id=first("recordId") or entity.id,
        dataset="followthemoney",
        since=_day(first("startDate"), first_day),
        until=_day(first("endDate"), last_day),
        actors=people("organizer"),
        recipients=people("involved"),
        site=Site(name=first("location"), country=_alpha3(first("country"))) if first("location") else None,
        outlets=tuple(entity.properties.get("publisher", [])),
        url=first("sourceUrl") or None,
        published=_day(first("date"), last_day),
        published_granularity=_KNOWN.get(len(first("date").strip())),
        title=first("name") or None,
        text=first("description") or None,
    )
