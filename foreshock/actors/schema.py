"""An entry of the actor registry, as its YAML files hold it, checked on the way in."""

import datetime
import re
from enum import StrEnum
from typing import Final

import msgspec

from foreshock.errors import MalformedItem
from foreshock.model.day import first_day, last_day
from foreshock.model.vocabulary import SECTORS

IDENTITY: Final = re.compile(r"([a-z]{3}|int)(-[a-z0-9]+)*")


class Kind(StrEnum):
    """What sort of thing an entry is."""

    STATE = "state"
    ORGAN = "organ"
    ARMED_FORCE = "armed_force"
    ARMED_GROUP = "armed_group"
    PARTY = "party"
    MOVEMENT = "movement"
    COMPANY = "company"
    ORGANISATION = "organisation"
    OFFICE = "office"
    PERSON = "person"


class Certainty(StrEnum):
    """How sure the registry is of an entry."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Holder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One who held an office, from `since` until `until` (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; null is open)."""

    name: str
    aliases: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


class Dependence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """That an actor lives by another's means or orders, when, and how."""

    on: str
    how: str
    since: str | None = None
    until: str | None = None


class Tenure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That a person held an office: the other side of `Holder`, filled when the registry is built."""

    office: str
    sector: str
    since: str | None = None
    until: str | None = None


class Actor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One entry: a state, an organ, a group, an office or a public person.

    `id` begins with the lower-case ISO 3166-1 alpha-3 code or `int`. `aliases` name it anywhere, `generic` only in a
    text that names it otherwise too. `country` is null for what is international. `tenures` are the offices that a
    person held.
    """

    id: str
    name: str
    kind: Kind
    sector: str
    basis: str
    country: str | None = None
    certainty: Certainty = Certainty.HIGH
    aliases: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    parent: str | None = None
    depends_on: tuple[Dependence, ...] = ()
    opposes: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()
    tenures: tuple[Tenure, ...] = ()

    def references(self) -> list[tuple[str, str]]:
        """Every id that the entry refers to, as `(field, id)`."""
        found = [("depends_on", dependence.on) for dependence in self.depends_on]
        found += [("opposes", other) for other in self.opposes]
        if self.parent is not None:
            found.append(("parent", self.parent))
        return found

    def sector_at(self, date: datetime.date | None) -> str:
        """The sector at a date: that of the office held then, before the first the entry's own, ELI after the last."""
        if not self.tenures:
            return self.sector
        for tenure in self.tenures:
            if date is not None and covers(tenure.since, tenure.until, date):
                return tenure.sector
        if date is not None and all(one.since and date < first_day(one.since) for one in self.tenures):
            return self.sector
        last = max(self.tenures, key=lambda tenure: tenure.until or "9999")
        over = date is not None and last.until is not None and last_day(last.until) < date
        return "ELI" if over else last.sector


def covers(since: str | None, until: str | None, date: datetime.date) -> bool:
    """Whether `date` lies in the time from `since` until `until`, both included; null is open."""
    if since is not None and date < first_day(since):
        return False
    return until is None or date <= last_day(until)


def checked(row: object, where: str) -> Actor:
    """One row of a registry file as an entry. Raises `MalformedItem`, naming file and entry, where it breaks the
    schema."""
    identity = row.get("id", "an entry without id") if isinstance(row, dict) else row
    item = f"{where}, {identity}"
    if isinstance(row, dict):
        row = {name: value for name, value in row.items() if value is not None}
    try:
        actor = msgspec.convert(_dates_as_text(row), Actor)
        _check(actor)
    except (msgspec.ValidationError, ValueError) as error:
        raise MalformedItem(item, str(error)) from error
    return actor


def _check(actor: Actor) -> None:
    """Raise `ValueError` where a well-formed entry says something that cannot be."""
    if IDENTITY.fullmatch(actor.id) is None:
        raise ValueError("the id is not an ISO 3166-1 alpha-3 code or `int` and a slug, in lower case")
    if actor.sector not in SECTORS:
        raise ValueError(f"{actor.sector!r} is no PLOVER sector")
    if actor.country is not None and not re.fullmatch("[A-Z]{3}", actor.country):
        raise ValueError(f"{actor.country!r} is no ISO 3166-1 alpha-3 code")
    if actor.holders and actor.kind is not Kind.OFFICE:
        raise ValueError("only an office has holders")
    spans = [(actor.since, actor.until)]
    spans += [(part.since, part.until) for part in actor.depends_on]
    spans += [(part.since, part.until) for part in actor.holders]
    for since, until in spans:
        if since is not None and until is not None and first_day(since) > last_day(until):
            raise ValueError(f"it begins ({since}) after it ends ({until})")
        for date in filter(None, (since, until)):
            first_day(date)
    for name in (actor.name, *actor.aliases, *actor.generic, actor.basis):
        if not name.strip():
            raise ValueError("an empty name, alias or basis")


def _dates_as_text(value: object) -> object:
    """YAML reads `2014` as a number and `2014-05-01` as a date; the schema wants the text."""
    if isinstance(value, dict):
        return {
            name: str(part) if name in ("since", "until") and part is not None else _dates_as_text(part)
            for name, part in value.items()
        }
    return [_dates_as_text(part) for part in value] if isinstance(value, list) else value
