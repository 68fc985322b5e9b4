"""What people rule in the ledger: what is refused, what counts on which day and for which question, what is kept."""

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foreshock.cli import main
from foreshock.errors import UsageError
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.model.prediction import Criterion, Outcome
from foreshock.model.vocabulary import EventType
from foreshock.record.ledger_tables import prediction_rulings
from foreshock.record.store import Record
from tests.ledger.conftest import FORECAST, Text, forecast, report

MAY = datetime.date(2023, 5, 20)
JULY = datetime.date(2023, 7, 31)
TANKS = Criterion(words="tanks in Shebekino")


def _raid() -> Text:
    words = "Armed men raided Shebekino on Thursday and left."
    return report("2023-06-02", "First", words, "raided", type_=EventType.ASSAULT, mode="x-raid", place="Shebekino")


def _held(record: Record, *more: Text) -> str:
    """The id of the forecast that a raid on Shebekino is likely by the end of June 2023, in a record that holds it."""
    record.keep([text.entry() for text in (forecast(), *more)])
    book = Book(record, JULY)
    book.update()
    return next(one.prediction.id for one in book.entries() if one.prediction.text == FORECAST)


def _ran(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["ledger", *words, "--record", str(tmp_path / "record.sqlite")])


@pytest.mark.parametrize(
    ("by", "why"), [("9999-12-31", "fifty years"), ("2073-05-02", "fifty"), ("2023-04-30", "before")]
)
def test_a_horizon_too_far_off_or_before_the_prediction_is_refused(
    record: Record, tmp_path: Path, by: str, why: str
) -> None:
    identity = _held(record)
    done = _ran(tmp_path, "sharpen", identity, "--by", by, "--person", "Amal")
    assert done.exit_code == 2 and why in done.output
    assert Book(record, JULY).entry(identity).rulings == ()
    assert _ran(tmp_path, "sharpen", identity, "--by", "2073-04-30", "--person", "Amal").exit_code == 0


def test_a_horizon_kept_from_before_such_were_refused_does_not_stop_resolving(record: Record) -> None:
    identity = _held(record, _raid())
    book = Book(record, JULY)
    book.sharpen(identity, TANKS, datetime.date(2073, 4, 30), "Amal", "")
    with record.begin(writing=True) as connection:
        connection.execute(prediction_rulings.update().values(by=datetime.date.max))
    book.resolve()
    assert book.entry(identity).proposal is not None
    assert book.entry(identity).sharpened.by == datetime.date(2073, 5, 1)
