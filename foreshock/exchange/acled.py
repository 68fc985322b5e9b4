"""ACLED-shaped CSV: thirty-one columns, two actors without direction, one figure of deaths.

PLOVER types are told in ACLED's words (`data/exchange.yaml`), which is a guess at best: violence against civilians is
what a row says struck them, other assaults are battles where their mode does not say more. `tags` carries our own, so
that a file of ours comes back as it went. Rows of ACLED's list of deletions come in as tombstones.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from foreshock.errors import ItemError, MalformedItem
from foreshock.exchange.code_tables import acled_words, country_named, country_numbered, name_of, tables
from foreshock.exchange.rows import write_table
from foreshock.exchange.values import day_of, decimal_of, whole_of, words_of
from foreshock.gather.delimited import Row, table_rows
from foreshock.model.countries import countries
from foreshock.model.occurrence import Occurrence, Party, Site
from foreshock.model.statement import Count
from foreshock.model.vocabulary import MODES, EventType, Granularity, Precision

COLUMNS: Final = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
DELETED: Final = ("event_id_cnty", "deleted_timestamp")
"""The columns of ACLED's list of rows that it took back."""
NOT_HELD: Final = (
    "direction: actor1 did not necessarily do it to actor2; all but the first of each stand as associated",
    "low and high figures: fatalities is the best, else the low figure of those killed",
    "kind, polarity, contexts, mechanisms, sources named in the text, independence and credibility",
    "event and sub-event types are ours put into ACLED's words; tags carries ours",
)
_TIMES: Final = {Granularity.DAY: "1", Granularity.WEEK: "2"}
_PLACES: Final = {Precision.POINT: "1", Precision.ADMIN2: "2"}


def write(rows: Iterable[Occurrence], out: BinaryIO) -> int:
    """Write the rows; how many."""
    return write_table(map(_row, rows), COLUMNS, out)


def _row(one: Occurrence) -> dict[str, str]:
    site, day, kind = one.site or Site(), one.since or one.published, EventType(one.type) if one.type else None
    disorder, event, sub_event = acled_words(kind, one.mode, _strikes_civilians(one))
    known = countries().get(site.country or "")
    tags = [f"plover={one.type or ''}", f"mode={one.mode or ''}", f"dataset={one.dataset}"]
    return {
        "event_id_cnty": one.id,
        "event_date": str(day or ""),
        "year": str(day.year) if day else "",
        # A day that stands in for one that no text tells is that of publication, or the last of its month.
        "time_precision": _TIMES.get(Granularity(one.granularity), "3") if one.granularity and one.since else "3",
        "disorder_type": disorder,
        "event_type": event,
        "sub_event_type": sub_event,
        "actor1": one.actors[0].name if one.actors else "",
        "assoc_actor_1": "; ".join(person.name for person in one.actors[1:]),
        "actor2": one.recipients[0].name if one.recipients else "",
        "assoc_actor_2": "; ".join(person.name for person in one.recipients[1:]),
        "civilian_targeting": "Civilian targeting" if "civilian_harm" in one.contexts else "",
        "iso": str(known.number) if known else "",
        "country": name_of(site.country),
        "admin1": site.admin1 or "",
        "admin2": site.admin2 or "",
        "location": site.name or "",
        "latitude": "" if site.lat is None else f"{site.lat:.5f}",
        "longitude": "" if site.lon is None else f"{site.lon:.5f}",
        "geo_precision": _PLACES.get(Precision(site.precision), "3") if site.precision else "3",
        "source": "; ".join(one.outlets),
        "notes": one.text or one.title or "",
        "fatalities": _deaths(one.counts),
        "tags": "; ".join(tags),
        "timestamp": "",
    }


def _strikes_civilians(one: Occurrence) -> bool:
    """Whether a row tells of civilians struck: a recipient is one by its sector, or there is harm to civilians and no
    recipient that fights."""
    sectors = {person.sector for person in one.recipients} - {None, "UNK"}
    return bool(sectors - tables().fighting) or (not sectors and "civilian_harm" in one.contexts)


def _deaths(counts: dict[str, Count]) -> str:
    killed = counts.get("killed", Count())
    found = killed.best if killed.best is not None else killed.low
    return "" if found is None else str(found)


def read(path: Path) -> Iterator[Occurrence | ItemError]:
    """The rows of an ACLED file, or of its list of deletions, as tombstones."""
    try:
        for found in table_rows(path, COLUMNS):
            yield found if isinstance(found, ItemError) else _guarded(*found)
    except MalformedItem as whole:
        if whole.item != str(path):
            raise
        try:
            for found in table_rows(path, DELETED):
                if isinstance(found, ItemError):
                    yield found
                else:
                    yield Occurrence(id=found[1]["event_id_cnty"], dataset="acled", deleted=True)
        except MalformedItem:
            raise whole from None


def _guarded(name: str, row: Row) -> Occurrence | ItemError:
    try:
        return _occurrence(row)
    except ValueError as error:
        return MalformedItem(name, str(error))


def _occurrence(row: Row) -> Occurrence:
    tags = dict(part.partition("=")[::2] for part in words_of(row["tags"]) if "=" in part)
    kind, mode = _type(row, tags)
    deaths = whole_of(row["fatalities"])
    return Occurrence(
        id=row["event_id_cnty"],
        dataset=tags.get("dataset", "acled"),
        type=kind,
        mode=mode,
        label=row["sub_event_type"] or None,
        since=day_of(row["event_date"]),
        granularity=_granularity(row["time_precision"]),
        contexts=("civilian_harm",) if row["civilian_targeting"] else (),
        actors=_people(row, "actor1", "assoc_actor_1"),
        recipients=_people(row, "actor2", "assoc_actor_2"),
        site=Site(
            name=row["location"] or None,
            admin1=row["admin1"] or None,
            admin2=row["admin2"] or None,
            country=country_numbered(row["iso"]) or country_named(row["country"]),
            lat=decimal_of(row["latitude"]),
            lon=decimal_of(row["longitude"]),
            precision=_precision(row),
        ),
        counts={} if deaths is None else {"killed": Count(best=deaths)},
        outlets=tuple(words_of(row["source"])),
        text=row["notes"] or None,
        own={name: row[name] for name in ("event_type", "interaction", "timestamp") if row[name]},
    )


def _type(row: Row, tags: dict[str, str]) -> tuple[EventType | None, str | None]:
    if "plover" in tags:
        kind = EventType(tags["plover"]) if tags["plover"] else None
        mode = tags.get("mode") or None
        return kind, mode if kind is not None and mode in MODES[kind] else None
    return tables().acled_in.get(row["sub_event_type"], (None, None))


def _granularity(precision: str) -> Granularity:
    return {"1": Granularity.DAY, "2": Granularity.WEEK}.get(precision.strip(), Granularity.MONTH)


def _precision(row: Row) -> Precision | None:
    found = {"1": Precision.POINT, "2": Precision.ADMIN2}.get(row["geo_precision"].strip())
    if found is not None or not row["country"]:
        return found
    return Precision.ADMIN1 if row["admin1"] else Precision.COUNTRY


def _people(row: Row, first: str, others: str) -> tuple[Party, ...]:
    names = [row[first].strip(), *words_of(row[others])]
    return tuple(Party(name) for name in names if name)
