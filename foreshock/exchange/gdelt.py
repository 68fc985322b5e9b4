"""GDELT 2.0 events, in: tab-separated, sixty-one columns, without a header, coded by machine from headlines.

GDELT counts reports, not events: two rows of one shooting are two rows. `reports` is its NumArticles; nothing is made
of its NumSources, which does not say that sources are independent.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from foreshock.errors import ItemError, MalformedItem
from foreshock.exchange.code_tables import country_with_fips, tables
from foreshock.exchange.values import day_of, decimal_of, whole_of
from foreshock.gather.delimited import Row, table_rows
from foreshock.model.countries import countries
from foreshock.model.occurrence import Occurrence, Party, Site
from foreshock.model.vocabulary import Granularity, Precision

_ACTOR: Final = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS: Final = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor{number}{name}" for number in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{where}Geo_{name}" for where in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
_PLACES: Final = {
    "1": Precision.COUNTRY, "2": Precision.ADMIN1, "3": Precision.POINT, "4": Precision.POINT, "5": Precision.ADMIN1,
}  # fmt: skip
_SECTORS: Final = {
    "GOV": "GOV", "MIL": "MIL", "REB": "REB", "OPP": "OPP", "COP": "COP", "CVL": "CVL", "ELI": "ELI", "IGO": "IGO",
    "NGO": "NGO", "JUD": "JUD", "LEG": "LEG", "SPY": "SPY", "BUS": "BUS", "MED": "MED", "CRM": "CRM", "UAF": "PAR",
}  # fmt: skip
OWN: Final = (
    "EventCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "AvgTone", "IsRootEvent",
    "ActionGeo_FeatureID",
)  # fmt: skip
"""What is kept as GDELT has it. Its FeatureID is one of GNS or GNIS, whose numbers are no GeoNames ids."""


def read(path: Path) -> Iterator[Occurrence | ItemError]:
    """The rows of a GDELT 2.0 export, packed or not. Ethnic and religious codes of actors are not taken in."""
    for found in table_rows(path, COLUMNS, "\t", bare=COLUMNS):
        if isinstance(found, ItemError):
            yield found
            continue
        try:
            yield _occurrence(found[1])
        except ValueError as error:
            yield MalformedItem(found[0], str(error))


def _occurrence(row: Row) -> Occurrence:
    place = row["ActionGeo_FullName"].split(",")
    precision = _PLACES.get(row["ActionGeo_Type"].strip())
    return Occurrence(
        id=row["GlobalEventID"],
        dataset="gdelt",
        type=tables().gdelt.get(row["EventRootCode"].strip().zfill(2)),
        label=row["EventCode"] or None,
        since=day_of(row["Day"]),
        until=day_of(row["Day"]),
        granularity=Granularity.DAY,
        actors=_person(row, 1),
        recipients=_person(row, 2),
        site=Site(
            name=place[0].strip() or None,
            admin1=place[-2].strip() if len(place) > 2 else None,
            country=country_with_fips(row["ActionGeo_CountryCode"]),
            lat=decimal_of(row["ActionGeo_Lat"]),
            lon=decimal_of(row["ActionGeo_Long"]),
            precision=precision,
        )
        if precision
        else None,
        url=row["SOURCEURL"] or None,
        published=day_of(row["DATEADDED"][:8]),
        reports=whole_of(row["NumArticles"]),
        own={name: row[name] for name in OWN if row[name]},
    )


def _person(row: Row, number: int) -> tuple[Party, ...]:
    name = row[f"Actor{number}Name"].strip()
    if not name:
        return ()
    code = row[f"Actor{number}CountryCode"].strip()
    sector = _SECTORS.get(row[f"Actor{number}Type1Code"].strip())
    return (Party(name, code if code in countries() else None, sector),)
