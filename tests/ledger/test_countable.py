"""Forecasts that nothing could settle: which are void, and which only sound so."""

import datetime
from pathlib import Path

import pytest

from foreshock.errors import ModelError
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.outcomes import meaning
from foreshock.ledger.outcomes.countable import read_table
from foreshock.model.prediction import Criterion, Outcome
from foreshock.record.store import Record
from tests.ledger.conftest import Text, op_ed, quiet_reports

AS_OF = datetime.date(2024, 7, 31)


def resolved(record: Record, *texts: Text) -> Book:
    """The ledger with an outcome proposed."""
    record.keep([text.entry() for text in texts])
    book = Book(record, AS_OF)
    book.resolve()
    return book


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "trigger", "more", "expected"),
    [
        ("This people will rediscover its soul.", "rediscover", {}, Outcome.VOID),
        ("History will judge them harshly.", "judge", {}, Outcome.VOID),
        (
            "This people will rediscover its soul by 30 June.",
            "rediscover",
            {"by": "2023-06-30"},
            Outcome.PENDING,
        ),
        ("The guns will fall silent along the river at Kazan.", "fall", {}, Outcome.PENDING),
        ("The old guard will be swept from the palace in Kazan.", "swept", {}, Outcome.PENDING),
        ("The governor of Kazan will resign.", "resign", {}, Outcome.PENDING),
    ],
)
def test_what_nothing_could_settle_is_void_and_says_so(
    record: Record, words: str, trigger: str, more: dict[str, object], expected: Outcome
) -> None:
    [entry] = resolved(record, op_ed(words, trigger, **more), *quiet_reports()).entries(Wanted(repeats=True))
    assert entry.outcome is expected
    assert entry.proposal is not None
    assert ("figure of speech" in entry.proposal.reason) is (expected is Outcome.VOID)


@pytest.mark.slow
def test_what_a_person_makes_more_exact_is_void_no_longer(record: Record) -> None:
    book = resolved(record, op_ed("This people will rediscover its soul.", "rediscover"), *quiet_reports())
    [entry] = book.entries()
    book.sharpen(entry.prediction.id, Criterion(words="the mosque of Kazan is rebuilt"), None, "A. Analyst", "")
    book.resolve()
    [entry] = book.entries()
    assert entry.outcome is Outcome.PENDING


@pytest.mark.parametrize("body", ["", "{}", '{"encoder": "meaning-0", "weights": [0.1], "base": 0.0}'])
def test_a_damaged_table_is_told(tmp_path: Path, body: str) -> None:
    path = tmp_path / "countable.json"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(ModelError, match=r"countable\.json"):
        read_table(path, meaning.shipped().version)
