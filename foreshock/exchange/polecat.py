"""POLECAT: tab-separated, forty columns, PLOVER types, actors with direction.

It has no place for statements' kinds, polarity, extension modes, mechanisms, counts, loaded words or grades.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from foreshock.errors import ItemError, MalformedItem
from foreshock.exchange.code_tables import country_named, name_of, quad_of
from foreshock.exchange.rows import write_table
from foreshock.exchange.values import day_of, decimal_of, whole_of, words_of
from foreshock.gather.delimited import Row, table_rows
from foreshock.model.occurrence import Occurrence, Party, Site
from foreshock.model.vocabulary import CONTEXTS, MECHANISMS, MODES, EventType, Granularity, Precision

COLUMNS: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
NOT_HELD: Final = (
    "statements without a PLOVER type are left out",
    "extension modes (x-…) are left out, their PLOVER parent stands",
    "mechanisms of destabilisation, kind, polarity, counts, independence, credibility and the text's words",
    "the last day of a span, and whether a time is known to the day",
    "a month of publication of which no day is known",
)


def write(rows: Iterable[Occurrence], out: BinaryIO) -> int:
    """Write the rows that have a type; how many."""
    return write_table((_row(one) for one in rows if one.type is not None), COLUMNS, out, "\t")


def _row(one: Occurrence) -> dict[str, str]:
    site = one.site or Site()
    kind = EventType(one.type) if one.type else EventType.ASSAULT
    named = site.name if site.precision in (Precision.POINT, Precision.ADMIN2) else None
    row = {
        "Event ID": one.id,
        "Event Date": str(one.since or one.published or ""),
        "Event Type": str(kind),
        "Event Mode": "" if (one.mode or "x-").startswith("x-") else str(one.mode),
        "Quad Code": quad_of(kind),
        "Contexts": ";".join(name for name in one.contexts if name not in MECHANISMS),
        "Placename": site.name or "",
        "City": named or "",
        "District": site.admin2 or "",
        "Province": site.admin1 or "",
        "Country": name_of(site.country),
        "Latitude": "" if site.lat is None else f"{site.lat:.5f}",
        "Longitude": "" if site.lon is None else f"{site.lon:.5f}",
        "GeoNames ID": str(site.geonameid or ""),
        "Feature Type": str(site.precision or ""),
        "Source": "; ".join(one.outlets),
        "Publication Date": str(one.published or "") if one.published_granularity in (None, Granularity.DAY) else "",
        "Language": "en",
        "Version": one.dataset,
    }
    for role, people in (("Actor", one.actors), ("Recipient", one.recipients)):
        sectors = [person.sector for person in people if person.sector]
        row |= {
            f"{role} Name": "; ".join(person.name for person in people),
            f"{role} Country": "; ".join(person.country or "" for person in people) if people else "",
            f"Primary {role} Sector": sectors[0] if sectors else "",
            f"{role} Sectors": "; ".join(person.sector or "" for person in people) if people else "",
        }
    return row


def read(path: Path) -> Iterator[Occurrence | ItemError]:
    """The rows of a POLECAT file; one with an unknown type comes out as the error that says so."""
    for found in table_rows(path, COLUMNS, "\t"):
        yield found if isinstance(found, ItemError) else _occurrence(*found)


def _occurrence(name: str, row: Row) -> Occurrence | ItemError:
    try:
        kind = EventType(row["Event Type"].strip().upper())
        mode = row["Event Mode"].strip() or None
        lat, lon = decimal_of(row["Latitude"]), decimal_of(row["Longitude"])
        return Occurrence(
            id=row["Event ID"],
            dataset="foreshock" if row["Version"] == "foreshock" else "polecat",
            type=kind,
            mode=mode if mode in MODES[kind] else None,
            label=mode if mode not in MODES[kind] else None,
            contexts=tuple(word for word in words_of(row["Contexts"]) if word in CONTEXTS),
            since=day_of(row["Event Date"]),
            actors=_people(row, "Actor"),
            recipients=_people(row, "Recipient"),
            site=Site(
                name=row["Placename"] or None,
                admin1=row["Province"] or None,
                admin2=row["District"] or None,
                country=country_named(row["Country"]),
                lat=lat,
                lon=lon,
                precision=_precision(row),
                geonameid=whole_of(row["GeoNames ID"]),
            ),
            outlets=tuple(words_of(row["Source"])),
            published=day_of(row["Publication Date"]),
        )
    except ValueError as error:
        return MalformedItem(name, str(error))


def _precision(row: Row) -> Precision | None:
    if row["Feature Type"] in tuple(Precision):
        return Precision(row["Feature Type"])
    for column, found in (("City", Precision.POINT), ("District", Precision.ADMIN2), ("Province", Precision.ADMIN1)):
        if row[column]:
            return found
    return Precision.COUNTRY if row["Country"] else None


def _people(row: Row, role: str) -> tuple[Party, ...]:
    names = [name.strip() for name in row[f"{role} Name"].split(";")]
    countries = [code.strip() or None for code in row[f"{role} Country"].split(";")]
    sectors = [sector.strip() or None for sector in row[f"{role} Sectors"].split(";")]
    return tuple(
        Party(name, countries[at] if at < len(countries) else None, sectors[at] if at < len(sectors) else None)
        for at, name in enumerate(names)
        if name
    )
