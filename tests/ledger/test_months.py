"""Texts of which only the month is known: neither what they foretell nor what they report is told as of a day."""

import datetime
import json
from pathlib import Path

import msgspec
import pytest
from alembic import command
from sqlalchemy import select

from foreshock.ledger.book import Book
from foreshock.model.day import last_day
from foreshock.model.document import Document
from foreshock.model.prediction import Outcome, Prediction
from foreshock.model.vocabulary import EventType, Granularity
from foreshock.record.ledger_tables import predictions
from foreshock.record.store import Record, migration_config
from tests.ledger.conftest import Text, keep, op_ed, outcome, quiet_reports, ran, report
from tests.record.samples import new_record

SAID = "The army will take Kazan by Monday."


def of_month(text: Text, month: str, crawled: bool = False) -> Text:
    """The same text, of which only the month is known in which it was published, or found."""
    known: dict[str, object] = {"published": last_day(month), "published_granularity": Granularity.MONTH}
    if crawled:
        known = {"published": None, "published_granularity": None, "crawl_month": month}
    text.document = msgspec.structs.replace(text.document, **known)
    return text


def foretold(record: Record) -> Prediction:
    """The one prediction of a record."""
    book = Book(record, datetime.date(2024, 1, 1))
    book.update()
    [entry] = book.entries()
    return entry.prediction


@pytest.mark.parametrize("crawled", [False, True])
def test_a_forecast_of_a_month_is_told_of_that_month(tmp_path: Path, crawled: bool) -> None:
    with new_record(tmp_path / "record.sqlite") as record:
        keep(record, of_month(op_ed(SAID, "take", place="Kazan"), "2023-05", crawled))
        one = foretold(record)
    assert (one.made, one.made_granularity) == (datetime.date(2023, 5, 31), Granularity.MONTH)
    # Which Monday that is nobody knows: no horizon is told, and twelve months count from the month's last day.
    assert one.default_horizon and one.by == datetime.date(2024, 5, 31)
    asked = ("--as-of", "2024-01-01")
    assert "2023-05-31" not in ran(tmp_path, "list", *asked).stdout
    assert "2023-05 " in ran(tmp_path, "list", *asked).stdout
    assert "2023-05 in Ledger" in ran(tmp_path, "show", one.id, *asked).stdout
    [told] = json.loads(ran(tmp_path, "list", "--format", "json", *asked).stdout)
    assert (told["made"], told["made_granularity"]) == ("2023-05-31", "month")


@pytest.mark.slow
def test_a_report_that_may_be_older_than_a_forecast_does_not_show_it(tmp_path: Path) -> None:
    """Of the month in which it was foretold, and of the next one."""
    for month, found in (("2023-05", Outcome.PENDING), ("2023-06", Outcome.TRUE)):
        said = op_ed(
            "A raid on Shebekino is likely before the end of July.", "raid", type_=EventType.ASSAULT, mode="x-raid",
            place="Shebekino", by="2023-07-31", likelihood=("likely", 0.55, 0.8),
        )  # fmt: skip
        raided = report(
            "2023-06-02", "First", "Armed men raided Shebekino and left.", "raided", type_=EventType.ASSAULT,
            mode="x-raid", place="Shebekino",
        )  # fmt: skip
        said.document = msgspec.structs.replace(said.document, published=datetime.date(2023, 5, 20))
        with new_record(tmp_path / f"{month}.sqlite") as record:
            quiet = quiet_reports()
            assert outcome(record, said, of_month(raided, month), *quiet, as_of=datetime.date(2023, 9, 1)) is found


def test_predictions_taken_before_say_so_after_migration(tmp_path: Path) -> None:
    with new_record(tmp_path / "record.sqlite") as record:
        keep(record, of_month(op_ed(SAID, "take", place="Kazan"), "2023-05"))
        one = foretold(record)
        with record.begin(writing=True) as connection:
            config = migration_config()
            config.attributes["connection"] = connection
            command.downgrade(config, "0014")
            assert "made_granularity" not in str(connection.scalar(select(predictions.c.body)))
    with Record(str(tmp_path / "record.sqlite")) as again:
        assert foretold(again) == one


def test_a_month_that_a_document_bears_is_no_day_of_its_own_reading() -> None:
    document = Document(id="d", text="", origin="", capture="", crawl_month="2023-05")
    assert document.dated is None and document.reference_date == (datetime.date(2023, 5, 31), Granularity.MONTH)
