"""What could lead to people who left their unit: which texts tell of them, and how their statements are told.

Whatever gathers by place or is made to be passed on (exports, the map, pages of places and actors, the desk's twins of
lists, its feeds and what is sent out) tells the statements of such a text by first-level region, without its words, and
names nobody whom the registry does not have. Pages that quote a text show it as it is.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, case, or_, select

from foreshock.actors.fresh import NEW
from foreshock.model.countries import country_name
from foreshock.model.occurrence import Party, Site
from foreshock.model.statement import Participant, Place, Statement
from foreshock.model.vocabulary import Precision
from foreshock.places import locate
from foreshock.record.narrow import unindexed
from foreshock.record.remembered import remembered
from foreshock.record.tables import statement_contexts, statements

GUARDED: Final = "defection"
"""The mechanism whose statements could lead to people who left their unit."""
UNNAMED: Final = "unnamed"
"""What a party is called whose name only the text has, where no sector is known."""


def texts_of_deserters() -> Select[Any]:
    """The documents that tell of deserters anywhere."""
    told, contexts = statements.alias(), statement_contexts.c
    bearing = told.join(statement_contexts, contexts.statement == told.c.id)
    return select(told.c.document).select_from(bearing).where(contexts.context == GUARDED)


def guarded_among(connection: Connection, documents: Iterable[str]) -> set[str]:
    """Which of these documents tell of deserters anywhere.

    All that do are looked for once while nothing comes into the record and nothing goes: a list is asked about a part
    at a time, and each part would look through all of them.
    """
    every = remembered(connection, GUARDED, lambda: _all_guarded(connection))
    return set(every.intersection(documents))


def _all_guarded(connection: Connection) -> frozenset[str]:
    return frozenset(row[0] for row in connection.execute(texts_of_deserters().distinct()))


def any_guarded(connection: Connection) -> bool:
    """Whether the record has a statement about deserters."""
    query = select(statement_contexts.c.statement).where(statement_contexts.c.context == GUARDED)
    return connection.execute(query.limit(1)).first() is not None


def is_guarded() -> ColumnElement[bool]:
    """Whether a statement is of a text that tells of deserters."""
    return unindexed(statements.c.document).in_(texts_of_deserters())


def told_precision() -> ColumnElement[Any]:
    """How precisely a statement's place is told."""
    column = statements.c
    return case(
        (or_(column.precision.is_(None), ~is_guarded()), column.precision),
        (column.admin1.isnot(None), Precision.ADMIN1.value),
        (column.country.isnot(None), Precision.COUNTRY.value),
        else_=None,
    )


def by_region() -> ColumnElement[bool]:
    """Whether a statement has a place, and it is told by region."""
    return and_(statements.c.precision.isnot(None), is_guarded())


def without_settlement(site: Site) -> Site:
    """A place told by its first-level region, else by its country, without coordinates.

    Its own name may be the text's at any precision, so that the region's name stands for all of them.
    """
    known = _precision(site.country, site.admin1)
    return Site(name=site.admin1, admin1=site.admin1, country=site.country, precision=known)


@lru_cache(maxsize=4096)
def region(country: str | None, admin1: str | None) -> Place:
    """The same as the map draws it: a region about the middle that the gazetteer gives it, a country by its name."""
    gazetteer = locate.shipped().gazetteer
    code = gazetteer.unit_code(country, admin1) if admin1 else None
    unit = gazetteer.unit(code) if code else None
    return Place(
        start=None,
        end=None,
        text=None,
        name=admin1 or (country_name(country) if country else None),
        country=country,
        admin1=admin1,
        lat=unit.lat if unit else None,
        lon=unit.lon if unit else None,
        precision=_precision(country, admin1),
        geonameid=unit.geonameid if unit else None,
    )


def _precision(country: str | None, admin1: str | None) -> Precision | None:
    return Precision.ADMIN1 if admin1 else Precision.COUNTRY if country else None


def region_of(place: Place) -> Place:
    """The region that a place is told by; one that was not resolved lies nowhere and has no words."""
    return region(place.country, place.admin1)


def without_name(one: Party) -> Party:
    """One that the registry has as it is; any other without its name, and without the id that is made of its name."""
    if registered(one.id):
        return one
    return Party(one.sector or UNNAMED, one.country, one.sector)


def registered(identity: str | None) -> bool:
    """Whether this is the id of somebody whom the registry has."""
    return bool(identity and not identity.startswith(NEW))


def each_once(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Parties without repeats: of several who go by the same sector and country, one says as much."""
    return tuple(dict.fromkeys(parties))


def parties_of(people: Sequence[Participant]) -> tuple[Party, ...]:
    """Who takes part in a guarded statement, as it is told."""
    named = (Party(one.name or one.text, one.country, one.sector, one.id) for one in people)
    return each_once(map(without_name, named))


def without_words(one: Statement) -> dict[str, object]:
    """A statement in the codebook's form with null, or nothing, for what only its text has: words, spans, speakers,
    settlement, and the names of those whom the registry does not have."""
    found: dict[str, object] = msgspec.to_builtins(one)
    found |= dict.fromkeys(("document", "start", "end", "text", "trigger", "cue", "condition"))
    found |= {"sources": [], "loaded": []}
    for role in ("actors", "recipients"):
        told = parties_of(getattr(one, role))
        found[role] = [{**_NO_SPAN, **msgspec.structs.asdict(party)} for party in told]
    found["place"] = msgspec.to_builtins(region_of(one.place)) if one.place is not None else None
    for name in ("time", "likelihood"):
        part = found[name]
        found[name] = {**part, **_NO_SPAN} if isinstance(part, dict) else None
    return found


_NO_SPAN: Final = {"start": None, "end": None, "text": None}
