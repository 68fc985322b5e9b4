"""UCDP GED, in: organised violence coded by people, one row an event, deaths with low, best and high.

Read by header name; one candidate release came without a header and is read in the order of the columns.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from foreshock.errors import ItemError, MalformedItem
from foreshock.exchange.code_tables import country_named
from foreshock.exchange.values import day_of, decimal_of, whole_of, words_of
from foreshock.gather.delimited import Row, table_rows
from foreshock.model.occurrence import Occurrence, Party, Site
from foreshock.model.statement import Count
from foreshock.model.ucdp import COLUMNS, VIOLENCE
from foreshock.model.vocabulary import EventType, Granularity, Precision

_PLACES: Final = {
    "1": Precision.POINT, "2": Precision.POINT, "3": Precision.ADMIN2, "4": Precision.ADMIN1, "5": Precision.REGION,
    "6": Precision.COUNTRY, "7": Precision.REGION,
}  # fmt: skip
_TIMES: Final = {
    "1": Granularity.DAY, "2": Granularity.WEEK, "3": Granularity.WEEK, "4": Granularity.MONTH, "5": Granularity.YEAR,
}  # fmt: skip
OWN: Final = (
    "conflict_new_id", "conflict_name", "dyad_new_id", "dyad_name", "priogrid_gid", "country_id", "code_status",
    "event_clarity", "where_prec", "date_prec", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "relid",
)  # fmt: skip


def read(path: Path) -> Iterator[Occurrence | ItemError]:
    """The events of a UCDP GED file, packed or not."""
    for found in table_rows(path, COLUMNS, bare=COLUMNS):
        if isinstance(found, ItemError):
            yield found
            continue
        try:
            yield _occurrence(found[1])
        except ValueError as error:
            yield MalformedItem(found[0], str(error))


def _occurrence(row: Row) -> Occurrence:
    precision = _PLACES.get(row["where_prec"].strip())
    headlines = words_of(row["source_headline"])
    return Occurrence(
        id=row["id"],
        dataset="ucdp-ged",
        type=EventType.ASSAULT,
        mode="x-clash" if row["type_of_violence"] in ("1", "2") else None,
        label=VIOLENCE.get(row["type_of_violence"].strip()),
        contexts=("civilian_harm",) if row["type_of_violence"].strip() == "3" else ("armed_resistance",),
        since=day_of(row["date_start"]),
        until=day_of(row["date_end"]),
        granularity=_TIMES.get(row["date_prec"].strip()),
        actors=(Party(row["side_a"]),) if row["side_a"] else (),
        recipients=(Party(row["side_b"]),) if row["side_b"] else (),
        site=Site(
            name=row["where_coordinates"] or None,
            admin1=row["adm_1"] or None,
            admin2=row["adm_2"] or None,
            country=country_named(row["country"]),
            lat=decimal_of(row["latitude"]),
            lon=decimal_of(row["longitude"]),
            precision=precision,
        ),
        counts={"killed": Count(low=whole_of(row["low"]), best=whole_of(row["best"]), high=whole_of(row["high"]))},
        sources=tuple(words_of(row["source_original"])),
        outlets=tuple(dict.fromkeys(words_of(row["source_office"]))),
        title=headlines[0] if headlines else None,
        text=row["where_description"] or None,
        reports=max(0, whole_of(row["number_of_sources"]) or 0) or None,
        own={name: row[name] for name in OWN if row[name]},
    )
