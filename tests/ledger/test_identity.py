"""One forecaster whose name is written in several ways: one score, one selection, one line."""

import datetime
from pathlib import Path

import pytest

from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.scores import scoreboard
from foreshock.ledger.speakers.identity import commonest, identity
from foreshock.model.vocabulary import SourceKind
from foreshock.record.store import Record
from tests.ledger.conftest import Text

LATER = datetime.date(2024, 1, 1)


@pytest.mark.parametrize(
    "name",
    ["The Narew Institute", "NAREW INSTITUTE", "the Narew Institute’s", "Narew Institute (NI)", "Narew Institute, NI"],
)
def test_one_forecaster_is_written_in_several_ways(name: str) -> None:
    assert identity(name) == identity("Narew Institute")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. Ada Lund", "Ada Lund"), ("ADA LUND", "Ada Lund"), ("Élise Coné", "Elise Cone"),
        ("Doctors’ Committee", "Doctor's Committee"), ("Associated Press", "AP"),
    ],
)  # fmt: skip
def test_titles_case_accents_and_possessives_part_nobody(one: str, other: str) -> None:
    assert identity(one) == identity(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Roberts", "Ada Robert"), ("Narew Institute (Minsk)", "Narew Institute"), ("One Nation", "The Nation"),
        ("Ministry of Health of Mali", "Ministry of Health of Chad"), ("Narew Institute", "Narew Institute of Law"),
        ("Sahel Watch SARL", "Sahel Watch"), ("Ada Lund", "Ada B. Lund"),
    ],
)  # fmt: skip
def test_different_forecasters_stay_apart(one: str, other: str) -> None:
    assert identity(one) != identity(other)


def test_the_commonest_spelling_is_shown() -> None:
    assert commonest(["The Sentry", "Sentry", "The Sentry"]) == "The Sentry"
    assert commonest(["The Sentry", "Sentry"]) == "Sentry"


def told(day: str, outlet: str, words: str, source: str | None = None) -> Text:
    """A text that foretells a raid, of an outlet's own or of somebody whom it quotes."""
    clause = "a raid on Shebekino is likely before the end of June"
    text = Text(f"{words} {clause}.", day, outlet)
    return text.say(
        clause, "raid", "forecast", likelihood=("likely", 0.55, 0.8), place="Shebekino", by="2023-06-30",  # type: ignore[arg-type]
        source=(source, SourceKind.ORGANISATION) if source else None,
    )  # fmt: skip


def test_an_outlet_with_an_article_and_the_body_that_others_quote_are_one(tmp_path: Path) -> None:
    own = told("2023-05-01", "The Narew Institute", "From our barges on the Narew we see soldiers at the ford, and")
    quoted = told("2023-05-09", "Ledger", "According to the Narew Institute", "the Narew Institute")
    with Record(str(tmp_path / "a.sqlite")) as record:
        record.keep([own.entry(), quoted.entry()])
        book = Book(record, LATER)
        book.update()
        (entry,) = book.entries()
        board = scoreboard(book.entries(Wanted(repeats=True)), "forecaster", LATER)
        names = {one.prediction.forecaster for one in book.entries(Wanted(repeats=True))}
        assert names == {"The Narew Institute", "Narew Institute"}
        assert (entry.prediction.outlet, entry.repeats) == ("The Narew Institute", 1)
        assert board.waiting == 1
        for name in names:
            assert len(book.entries(Wanted(forecaster_is=name, repeats=True))) == 2
            assert len(book.entries(Wanted(forecaster=name, repeats=True))) == 2
