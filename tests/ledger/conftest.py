"""A record of a few hand-made documents with a forecast, what became of it, and a reprint."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from foreshock.cli import main
from foreshock.corroborate.copies.syndication import Syndication
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.outcomes.reports import Page, Report
from foreshock.ledger.predictions import predictions_of
from foreshock.model.capture import Capture, Medium
from foreshock.model.document import Document, Verdict, text_id
from foreshock.model.entry import Entry
from foreshock.model.prediction import Criterion, ForecasterKind, Outcome
from foreshock.model.span import Span
from foreshock.model.statement import (
    Likelihood,
    Participant,
    Place,
    Reading,
    Source,
    Statement,
    Time,
    statement_id,
)
from foreshock.model.vocabulary import EventType, Granularity, Kind, Polarity, Precision, SourceKind
from foreshock.record.store import Record


class Text:
    """One document and its statements, spans found by their words."""

    def __init__(self, text: str, published: str, outlet: str, author: str | None = None) -> None:
        self.document = Document(
            id=text_id(text), text=text, origin=f"{outlet} {published}", capture=text_id(text).removeprefix("sha256:"),
            title=None, outlet=outlet, author=author, published=datetime.date.fromisoformat(published),
            published_granularity=Granularity.DAY,
        )  # fmt: skip
        self.statements: list[Statement] = []

    def span(self, words: str) -> tuple[int, int, str]:
        """Where `words` stand first, as whole words."""
        found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", self.document.text)
        start = found.start() if found else self.document.text.index(words)
        return start, start + len(words), words

    def say(
        self,
        clause: str,
        trigger: str,
        kind: Kind = Kind.REPORT,
        *,
        type_: EventType | None = None,
        mode: str | None = None,
        likelihood: tuple[str, float, float] | None = None,
        source: tuple[str, SourceKind] | None = None,
        actor: str | None = None,
        place: str | None = None,
        country: str | None = "RUS",
        by: str | None = None,
        condition: str | None = None,
        negative: bool = False,
    ) -> "Text":
        """Add a statement."""
        start, end, text = self.span(clause)
        first, last, word = self.span(trigger)

        def named(words: str) -> dict[str, object]:
            a, b, told = self.span(words)
            return {"start": a, "end": b, "text": told}

        self.statements.append(
            Statement(
                document=self.document.id, id=statement_id(self.document.id, first, last), start=start, end=end,
                text=text, trigger=Span(start=first, end=last, text=word), kind=kind,
                polarity=Polarity.NEGATIVE if negative else Polarity.POSITIVE, type=type_, mode=mode,
                sources=(Source(**named(source[0]), source_kind=source[1]),) if source else (),  # type: ignore[arg-type]
                actors=(Participant(**named(actor), name=actor, country="RUS"),) if actor else (),  # type: ignore[arg-type]
                place=Place(**named(place), name=place, country=country, precision=Precision.POINT)  # type: ignore[arg-type]
                if place
                else Place(start=None, end=None, text=None, country=country),
                likelihood=Likelihood(**named(likelihood[0]), low=likelihood[1], high=likelihood[2])  # type: ignore[arg-type]
                if likelihood
                else None,
                time=Time(to=datetime.date.fromisoformat(by), granularity=Granularity.MONTH) if by else None,
                condition=Span(**named(condition)) if condition else None,  # type: ignore[arg-type]
            )
        )  # fmt: skip
        return self

    def entry(self) -> Entry:
        """The document as the line would hand it to the record."""
        content = self.document.text.encode()
        capture = Capture(
            origin=self.document.origin, content=content, sha256=self.document.capture, medium=Medium.TEXT
        )
        statements = tuple(sorted(self.statements, key=lambda one: one.start))
        reading = Reading(document=self.document, statements=statements, model="by hand")
        return Entry(capture, self.document, Verdict(label="usable", reason="by hand"), reading)


JULY = datetime.date(2023, 7, 31)
FORECAST = "A raid on Shebekino is likely before the end of June."
ABSENT = "A raid on Kursk is unlikely before the end of June."


def forecast() -> Text:
    """An op-ed with two forecasts by its author."""
    text = Text(f"{FORECAST} {ABSENT}", "2023-05-01", "Ledger", "Ada Writer")
    text.say(
        FORECAST, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Shebekino", by="2023-06-30",
    )  # fmt: skip
    start = text.document.text.index(ABSENT)
    second = text.document.text.index("raid", start)
    hedge = text.document.text.index("unlikely")
    text.statements.append(
        Statement(
            document=text.document.id, id=statement_id(text.document.id, second, second + 4), start=start,
            end=start + len(ABSENT), text=ABSENT, trigger=Span(start=second, end=second + 4, text="raid"),
            kind=Kind.FORECAST, type=EventType.ASSAULT, mode="x-raid",
            likelihood=Likelihood(start=hedge, end=hedge + 8, text="unlikely", low=0.2, high=0.45),
            place=Place(start=None, end=None, text=None, name="Kursk", country="RUS", precision=Precision.POINT),
            time=Time(to=datetime.date(2023, 6, 30), granularity=Granularity.MONTH),
        )
    )  # fmt: skip
    return text


def op_ed(words: str, trigger: str, **more: object) -> Text:
    """An op-ed of one forecast, made on 1 May 2023."""
    told = {"likelihood": ("will", 0.8, 1.0)} | more
    return Text(words, "2023-05-01", "Ledger", "Ada Writer").say(words, trigger, Kind.FORECAST, **told)  # type: ignore[arg-type]


def report(published: str, outlet: str, words: str, trigger: str, **more: object) -> Text:
    """A report of one sentence."""
    return Text(words, published, outlet).say(words, trigger, **more)  # type: ignore[arg-type]


RAID = "Armed men raided Shebekino on Thursday and left."


def raid() -> Text:
    """What shows the forecast: the raid on Shebekino of the beginning of June 2023."""
    return report("2023-06-02", "First", RAID, "raided", type_=EventType.ASSAULT, mode="x-raid", place="Shebekino")


def keep(record: Record, *texts: Text) -> None:
    """Take texts with their readings into a record."""
    record.keep([text.entry() for text in texts])


def quiet_reports() -> list[Text]:
    """A watched country: three documents a month from three outlets, none of them on raids."""
    return [
        report(
            f"2023-{month:02d}-{day:02d}", outlet, f"Prices rose in Kazan in week {month}{day}.", "rose", place="Kazan"
        )
        for month in (5, 6, 7)
        for day, outlet in ((3, "First"), (12, "Second"), (21, "Third"))
    ]


def foretold(words: str, trigger: str, **more: object) -> Text:
    """An op-ed of one forecast, to come about before the end of June."""
    return op_ed(words, trigger, **({"by": "2023-06-30"} | more))


def outcome(record: Record, *texts: Text, as_of: datetime.date = JULY) -> Outcome:
    """What is proposed of the prediction in the first text."""
    record.keep([text.entry() for text in texts], then=Syndication().take)
    book = Book(record, as_of)
    book.resolve()
    [entry] = book.entries(Wanted(repeats=True))
    return entry.outcome


def reports_of(document: Document, statements: Sequence[Statement]) -> list[Report]:
    """The statements of a document that tell what was."""
    reference = document.reference_date
    return [] if reference is None else Page(document, reference, statements).reports({})


ORG, ROLE, AUTHOR, UNSCORED = (
    ForecasterKind.ORGANISATION, ForecasterKind.ROLE, ForecasterKind.AUTHOR, ForecasterKind.UNSCORED
)  # fmt: skip
CLAUSE = "the bridge will be opened before the end of June"


def forecaster(
    words: str, source: str | None, kind: Kind = Kind.FORECAST, author: str | None = None, clause: str = CLAUSE,
    said_by: SourceKind = SourceKind.PERSON,
) -> tuple[ForecasterKind, str]:  # fmt: skip
    """Whom the one prediction of a text stands under."""
    text = Text(f"Rain fell.\n\n{words}", "2024-01-10", "Ferry Post", author)
    text.say(clause, "will", kind, source=(source, said_by) if source else None)
    [found] = predictions_of(text.document, text.statements)
    return found.forecaster_kind, found.forecaster


TANKS = Criterion(words="tanks in Shebekino")
"""What people ask instead, where any other question will do."""


def held(record: Record, *more: Text) -> str:
    """The id of the forecast that a raid on Shebekino is likely by the end of June 2023, in a record that holds it."""
    record.keep([text.entry() for text in (forecast(), *more)])
    book = Book(record, JULY)
    book.update()
    return next(one.prediction.id for one in book.entries() if one.prediction.text == FORECAST)


def ran(tmp_path: Path, *words: str) -> Result:
    """What `foreshock ledger` says to these words, asked of the record in this folder."""
    return CliRunner().invoke(main, ["ledger", *words, "--record", str(tmp_path / "record.sqlite")])
