"""What people rule in the ledger: what is refused, what counts on which day and for which question, what is kept."""

import datetime
import json
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine

from foreshock.errors import UsageError
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.model.prediction import Criterion, Outcome
from foreshock.model.vocabulary import EventType, Kind
from foreshock.record.ledger_tables import prediction_rulings
from foreshock.record.store import Record, migration_config
from tests.ledger.conftest import FORECAST, JULY, TANKS, Text, held, raid, ran

MAY = datetime.date(2023, 5, 20)


@pytest.mark.slow
def test_a_ruling_counts_from_the_day_of_its_view_on(record: Record, tmp_path: Path) -> None:
    identity = held(record, raid())
    Book(record, JULY).resolve()
    later = datetime.date(2023, 12, 31)
    assert Book(record, later).confirm(identity, "Amal").ruling is not None
    assert Book(record, JULY).entry(identity).rulings == ()
    scored = ran(tmp_path, "scores", "--confirmed", "--as-of", "2023-07-31", "--format", "json")
    assert json.loads(scored.stdout)["scores"] == []
    done = ran(tmp_path, "confirm", identity, "--as-of", "2023-07-31", "--person", "Bora")
    assert done.exit_code == 0
    seen = Book(record, JULY).entry(identity).ruling
    assert seen is not None and (seen.person, seen.as_of) == ("Bora", JULY)
    assert [one.person for one in Book(record, later).entry(identity).rulings] == ["Amal", "Bora"]


def test_nobody_rules_as_of_a_day_yet_to_come(record: Record) -> None:
    identity = held(record)
    Book(record, datetime.date(9999, 12, 31)).overrule(identity, Outcome.VOID, "Amal", "a film")
    assert Book(record).entry(identity).outcome is Outcome.VOID


def test_a_ruling_from_before_its_day_was_kept_counts_in_every_view(record: Record) -> None:
    identity = held(record)
    Book(record).overrule(identity, Outcome.VOID, "Amal", "a film")
    with record.begin(writing=True) as connection:
        connection.execute(prediction_rulings.update().values(as_of=None, proposed=None))
    assert Book(record, MAY).entry(identity).outcome is Outcome.VOID


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [("show",), ("confirm", "--person", "A"), ("overrule", "void", "--reason", "x", "--person", "A"),
              ("sharpen", "--words", "x", "--person", "A")],
)  # fmt: skip
def test_what_was_foretold_after_the_day_is_not_known(record: Record, tmp_path: Path, words: tuple[str, ...]) -> None:
    identity = held(record)
    done = ran(tmp_path, words[0], identity, *words[1:], "--as-of", "2023-04-30")
    assert done.exit_code == 2 and "made on 2023-05-01" in done.output
    assert Book(record).entry(identity).rulings == ()


def test_what_is_pending_is_not_confirmed_so_that_a_later_proposal_counts(record: Record) -> None:
    identity = held(record)
    book = Book(record, MAY)
    book.resolve()
    with pytest.raises(UsageError, match="settles nothing"):
        book.confirm(identity, "Amal")
    record.keep([raid().entry()])
    later = Book(record, JULY)
    later.resolve()
    assert later.entry(identity).outcome is Outcome.TRUE


def test_a_confirmed_pending_from_before_settles_nothing(record: Record) -> None:
    identity = held(record, raid())
    book = Book(record, JULY)
    book.resolve()
    book.confirm(identity, "Amal")
    with record.begin(writing=True) as connection:
        connection.execute(prediction_rulings.update().values(outcome="pending"))
    entry = book.entry(identity)
    assert entry.ruling is None and entry.outcome is Outcome.TRUE and len(entry.rulings) == 1


@pytest.mark.slow
def test_what_was_proposed_is_kept_with_the_ruling_and_shown(record: Record, tmp_path: Path) -> None:
    identity = held(record, raid())
    book = Book(record, JULY)
    book.resolve()
    proposal = book.entry(identity).proposal
    assert proposal is not None
    book.overrule(identity, Outcome.FALSE, "Amal", "it was another village")
    book.sharpen(identity, TANKS, datetime.date(2023, 5, 31), "Bora", "")
    book.resolve()
    entry = book.entry(identity)
    assert entry.proposal is not None and entry.proposal.outcome is not proposal.outcome
    told = entry.rulings[0].proposed
    assert told is not None
    assert (told.outcome, told.reason, told.as_of) == (proposal.outcome, proposal.reason, JULY)
    shown = ran(tmp_path, "show", identity, "--as-of", "2023-07-31").output
    assert f"proposed then: true, as of 2023-07-31: {proposal.reason}" in shown
    assert "false, Amal" in shown


@pytest.mark.slow
def test_a_ruling_on_what_says_it_again_stands_on_the_first(record: Record, tmp_path: Path) -> None:
    again = Text(f"Once more. {FORECAST}", "2023-05-08", "Ledger", "Ada Writer").say(
        FORECAST, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Shebekino", by="2023-06-30",
    )  # fmt: skip
    identity = held(record, again, raid())
    book = Book(record, JULY)
    book.resolve()
    repeat = next(one.prediction for one in book.entries(Wanted(repeats=True)) if one.prediction.made.day == 8)
    assert book.entry(repeat.id).says_again == identity and book.entry(identity).says_again is None
    where = ("--person", "Amal", "--as-of", "2023-07-31")
    done = ran(tmp_path, "confirm", repeat.id, *where)
    assert f"{repeat.id} says again what {identity} says" in done.output and "confirmed: true" in done.output
    done = ran(tmp_path, "overrule", repeat.id, "void", "--reason", "a film", *where)
    assert f"{identity} overruled: void" in done.output
    assert [one.outcome for one in book.entries() if one.prediction.text == FORECAST] == [Outcome.VOID]
    assert {one.prediction for one in book.entry(repeat.id).rulings} == {identity}
    assert identity in ran(tmp_path, "show", repeat.id, "--as-of", "2023-07-31").output


@pytest.mark.parametrize(
    ("person", "reason", "why"),
    [("Amal", "\udcff", "no text"), ("\udcff", "x", "no text"), ("Amal", "a\0b", "no text"),
     ("A" * 2001, "x", "2000"), ("Amal", "x" * 2001, "2000")],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(record: Record, person: str, reason: str, why: str) -> None:
    identity = held(record)
    book = Book(record)
    with pytest.raises(UsageError, match=why):
        book.overrule(identity, Outcome.VOID, person, reason)
    with pytest.raises(UsageError, match=why):
        book.sharpen(identity, TANKS, None, person, reason)
    with pytest.raises(UsageError, match="no text"):
        book.sharpen(identity, Criterion(words="\udcff"), None, "Amal", "")
    assert book.entry(identity).rulings == ()
    assert book.overrule(identity, Outcome.VOID, "A" * 2000, "é" * 2000).outcome is Outcome.VOID


def test_a_record_from_before_keeps_its_rulings_and_knows_what_its_proposals_answer(
    record: Record, tmp_path: Path
) -> None:
    identity = held(record, raid())
    book = Book(record, JULY)
    book.sharpen(identity, TANKS, None, "Amal", "")
    book.resolve()
    book.overrule(identity, Outcome.VOID, "Bora", "a film")
    record.close()
    config = migration_config()
    engine = create_engine(f"sqlite:///{tmp_path / 'record.sqlite'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0011")
    engine.dispose()
    with Record(str(tmp_path / "record.sqlite")) as migrated:
        entry = Book(migrated, JULY).entry(identity)
        assert [(one.action, one.as_of, one.proposed) for one in entry.rulings] == [
            ("sharpen", None, None), ("overrule", None, None),
        ]  # fmt: skip
        assert entry.outcome is Outcome.VOID and not entry.lapsed
        assert entry.proposal is not None and entry.proposal.sharpening == entry.rulings[0].number


def test_a_name_that_is_no_text_names_no_prediction(record: Record) -> None:
    held(record)
    with pytest.raises(UsageError, match="no prediction's id"):
        Book(record).entry("\udcff")
