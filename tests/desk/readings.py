"""Hand-built readings: nested clauses, hostile texts, every precision of place."""

import datetime
import hashlib

from foreshock.model.document import Document, text_id
from foreshock.model.span import Span
from foreshock.model.statement import (
    Count,
    Gap,
    Likelihood,
    Participant,
    Place,
    PlaceMember,
    Reading,
    Source,
    Statement,
    Time,
    statement_id,
)
from foreshock.model.vocabulary import EventType, Granularity, Kind, Polarity, Precision, SourceKind

RAID = (
    "Officials said that the army will withdraw from Kozinka if raids continue.\n\n"
    "A tiny <script>alert(1)</script> force managed to infiltrate provinces bordering Ukraine, such as Belgorod "
    "and Kursk. It was a disaster for the regime & its <b>friends</b>."
)
SUDAN = (
    "Fighting spread across Sudan, O'Brien & <Sons> reported. At least 12 people were not killed in Nowhere.\n"
    "The council should meet. The generals may split by 2024."
)
SHELLS = " ".join(f"Shells fell on quarter {number}." for number in range(60))


class Quoted:
    """A text that gives the spans of its own words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.id = text_id(text)

    def at(self, quote: str) -> dict[str, int | str]:
        """The first occurrence of `quote`, as the fields of a span."""
        start = self.text.index(quote)
        return {"start": start, "end": start + len(quote), "text": quote}

    def statement(self, clause: str, trigger: str, kind: Kind, **fields: object) -> Statement:
        """A statement whose trigger is the first occurrence of `trigger` in the clause."""
        span = self.at(clause)
        start = self.text.index(clause) + clause.index(trigger)
        named = Span(start=start, end=start + len(trigger), text=trigger)
        identity = statement_id(self.id, named.start, named.end)
        return Statement(document=self.id, id=identity, trigger=named, kind=kind, **span, **fields)


def raid_reading() -> Reading:
    """An op-ed: a forecast with a report inside its clause, a region with members, loaded words, a gap."""
    raid = Quoted(RAID)
    region = Place(
        **raid.at("provinces bordering Ukraine, such as Belgorod and Kursk"),
        name=None,
        country="RUS",
        precision=Precision.REGION,
        members=(
            PlaceMember(name="Belgorod Oblast", country="RUS", admin1="Belgorod Oblast", lat=50.77123, lon=37.45678,
                        precision=Precision.ADMIN1, geonameid=578071, **raid.at("Belgorod")),
            PlaceMember(name="Kursk Oblast", country="RUS", admin1="Kursk Oblast", lat=51.75, lon=36.1,
                        precision=Precision.ADMIN1, geonameid=538555, **raid.at("Kursk")),
        ),
    )  # fmt: skip
    kozinka = Place(**raid.at("Kozinka"), name="Kozinka", country="RUS", admin1="Belgorod Oblast", lat=50.123456,
                    lon=35.456789, precision=Precision.POINT, geonameid=1)  # fmt: skip
    statements = (
        raid.statement(
            "the army will withdraw from Kozinka if raids continue", "withdraw", Kind.FORECAST,
            type=EventType.RETREAT, mode="withdraw", contexts=("security_vacuum", "military"), place=kozinka,
            sources=(Source(**raid.at("Officials"), source_kind=SourceKind.ROLE),), cue=Span(**raid.at("said")),
            actors=(Participant(**raid.at("the army"), name="Russian Army", country="RUS", sector="MIL"),),
            likelihood=Likelihood(**raid.at("will"), low=0.91, high=1.0), condition=Span(**raid.at("raids continue")),
            score=0.91,
        ),
        raid.statement("raids continue", "raids", Kind.REPORT, type=EventType.ASSAULT, mode="x-raid",
                       contexts=("armed_resistance",)),
        raid.statement(
            "A tiny <script>alert(1)</script> force managed to infiltrate provinces bordering Ukraine, such as "
            "Belgorod and Kursk",
            "infiltrate", Kind.REPORT, contexts=("spillover", "armed_resistance"), place=region,
            loaded=(Span(**raid.at("tiny")),),
        ),
        raid.statement("It was a disaster for the regime", "disaster", Kind.JUDGEMENT,
                       loaded=(Span(**raid.at("regime")),)),
    )  # fmt: skip
    document = _document(raid, title="A raid", outlet="The Reading Room", published=datetime.date(2023, 5, 24))
    gap = Gap(stage="time", reason="no publication date in <the> text")
    return Reading(document=document, statements=statements, model="by hand", gaps=(gap,))


def sudan_reading() -> Reading:
    """A text with a hostile title, outlet and address, a country, and a place that was not resolved."""
    sudan = Quoted(SUDAN)
    country = Place(**sudan.at("Sudan"), name="Sudan", country="SDN", precision=Precision.COUNTRY, geonameid=366755)
    nowhere = Place(**sudan.at("Nowhere"), reason="two settlements of this name")
    brien = Source(**sudan.at("O'Brien & <Sons>"), source_kind=SourceKind.ORGANISATION)
    horizon = Time(**sudan.at("2024"), from_=datetime.date(2023, 5, 1), to=datetime.date(2023, 12, 31),
                   granularity=Granularity.YEAR)  # fmt: skip
    statements = (
        sudan.statement("Fighting spread across Sudan", "spread", Kind.REPORT, contexts=("spillover",),
                        place=country, sources=(brien,)),
        sudan.statement("At least 12 people were not killed in Nowhere", "killed", Kind.REPORT,
                        type=EventType.ASSAULT, polarity=Polarity.NEGATIVE, contexts=("civilian_harm",),
                        place=nowhere, counts={"killed": Count(low=12)}),
        sudan.statement("The council should meet", "meet", Kind.RECOMMENDATION, type=EventType.CONSULT),
        sudan.statement("The generals may split by 2024", "split", Kind.FORECAST, contexts=("elite_rivalry",),
                        time=horizon, likelihood=Likelihood(**sudan.at("may"), low=0.2, high=0.6)),
    )  # fmt: skip
    document = _document(
        sudan,
        title='=HYPERLINK("http://evil.example")<img src=x onerror=alert(1)>',
        outlet="<i>Nile</i>",
        url="javascript:alert(1)",
        published=datetime.date(2023, 6, 1),
    )
    return Reading(document=document, statements=statements, model="by hand")


def shells_reading() -> Reading:
    """A text without title or date and with more statements than a page of the list holds."""
    shells = Quoted(SHELLS)
    statements = tuple(
        shells.statement(f"Shells fell on quarter {number}.", "fell", Kind.REPORT, type=EventType.ASSAULT)
        for number in range(60)
    )
    return Reading(document=_document(shells), statements=statements, model="by hand")


def _document(quoted: Quoted, **known: object) -> Document:
    capture = hashlib.sha256(quoted.text.encode()).hexdigest()
    return Document(id=quoted.id, text=quoted.text, origin="by hand", capture=capture, **known)
