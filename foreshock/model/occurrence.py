"""An event or statement as data sets exchange it: one flat row, whatever the format."""

import datetime

import msgspec

from foreshock.model.statement import Count, Statement
from foreshock.model.vocabulary import EventType, Granularity, Polarity, Precision


class Party(msgspec.Struct, frozen=True):
    """Who acts or is acted upon: name, ISO 3166-1 alpha-3, PLOVER sector, and the registry's id where there is one."""

    name: str
    country: str | None = None
    sector: str | None = None
    id: str | None = None


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Where, as far as data sets tell it. Coordinates are degrees; precision as in the codebook's section 7."""

    name: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    geonameid: int | None = None


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `id` is unique in its `dataset`; `label` is the data set's own word for the type.

    `text` is the clause or the note; `reports` and `independent` count documents and texts that do not copy one
    another; `own` keeps what only its data set has, by column. `statement` is the whole statement of a row of ours, in
    the codebook's form, null for what is none. `deleted` rows tell that the data set took it back. Published in a month
    of which no day is known, it stands as of its last, and `published_granularity` says so; null where that is known to
    the day, or nothing tells.
    """

    id: str
    dataset: str = "foreshock"
    kind: str = "event"
    type: EventType | None = None
    mode: str | None = None
    label: str | None = None
    polarity: Polarity = Polarity.POSITIVE
    contexts: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    granularity: Granularity | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    site: Site | None = None
    counts: dict[str, Count] = {}
    sources: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    url: str | None = None
    published: datetime.date | None = None
    published_granularity: Granularity | None = None
    title: str | None = None
    text: str | None = None
    reports: int | None = None
    independent: int | None = None
    credibility: int | None = None
    own: dict[str, str] = {}
    deleted: bool = False
    statement: Statement | None = None
