"""What all pages share: the record of the running app, the templates, and how a page is answered."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

import foreshock
from foreshock.desk.text import clause
from foreshock.model.countries import country_name
from foreshock.model.statement import Place, PlaceMember
from foreshock.model.vocabulary import MECHANISMS, EventType, Kind
from foreshock.record.guarded import region_of
from foreshock.record.store import Record
from foreshock.telling import event_phrases, phrases

HERE = Path(__file__).parent
STATIC = HERE / "static"


def _record_of(request: Request) -> Record:
    record = request.app.state.record
    assert isinstance(record, Record)
    return record


OpenRecord = Annotated[Record, Depends(_record_of)]
"""The record that the app was created over."""


def safe_link(address: str | None) -> str | None:
    """A document's address where a browser may follow it: http and https only."""
    if address is None:
        return None
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return None
    return address if scheme in ("http", "https") else None


def document_path(identity: str) -> str:
    """The permanent path of a document."""
    return f"/documents/{quote(identity, safe=':')}"


def statement_path(document: str, statement: str) -> str:
    """Where a statement stands in its document."""
    return f"{document_path(document)}#s-{statement}"


NOWHERE = "-"
"""Stands in an address for the country of a place that lies in several, or in none that is known."""


def place_path(place: Place | PlaceMember) -> str | None:
    """The permanent path of a place; null for one without a name."""
    name = place.name or place.text
    return f"/places/{place.country or NOWHERE}/{quote(name, safe='')}" if name else None


def actor_path(identity: str) -> str:
    """The permanent path of an actor."""
    return f"/actors/{quote(identity, safe=':')}"


def _country_options(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes with their countries' names, by name."""
    return sorted(((code, country_name(code)) for code in codes), key=lambda option: option[1])


def unbroken(told: str) -> str:
    """A sentence of the program's own, its per cents not parted from their figures at the end of a line."""
    return re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", told)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    environment.globals.update(
        version=foreshock.__version__,
        phrases=phrases,
        told=event_phrases,
        marks=phrases.MARKS,
        kinds=tuple(Kind),
        kind_options=[(kind.value, kind.value) for kind in Kind],
        type_options=[(name.value, name.lower()) for name in sorted(EventType)],
        country_options=_country_options,
        mechanisms=MECHANISMS,
        country_name=country_name,
        clause=clause,
        safe_link=safe_link,
        document_path=document_path,
        statement_path=statement_path,
        place_path=place_path,
        region_of=region_of,
        actor_path=actor_path,
    )
    return environment


_TEMPLATES = _environment()


def page(template: str, status: int = 200, **values: object) -> Response:
    """An HTML page made of a template, everything in it escaped."""
    return HTMLResponse(_TEMPLATES.get_template(template).render(**values), status_code=status)
