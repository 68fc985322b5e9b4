"""Sentences with a bare *will* that the reader passed over: taken where they say by when, under who says them."""

import datetime

import pytest

from foreshock.ledger.predictions import predictions_of
from foreshock.model.prediction import ForecasterKind
from foreshock.model.vocabulary import Kind
from tests.ledger.conftest import Text

MADE = "2024-02-15"


@pytest.mark.parametrize(
    ("words", "kind", "name", "text", "by"),
    [
        (
            "The vote in the two regions will take place on 30 September, the electoral board announced instead.",
            ForecasterKind.ORGANISATION, "electoral board",
            "The vote in the two regions will take place on 30 September", "2024-09-30",
        ),
        (
            "The interim president pledged in Addis Ababa the same day that the vote would be held before 31 July.",
            ForecasterKind.ROLE, "interim president", "the vote would be held before 31 July.", "2024-07-31",
        ),
        (
            "A share costs five shillings; it will be under that before Christmas.", ForecasterKind.AUTHOR, "Ada Lund",
            "it will be under that before Christmas.", "2024-12-25",
        ),
    ],
)  # fmt: skip
def test_it_is_taken_with_its_day_under_who_says_it(
    words: str, kind: ForecasterKind, name: str, text: str, by: str
) -> None:
    [found] = predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, [])
    assert (found.forecaster_kind, found.forecaster, found.text) == (kind, name, text)
    assert found.by == datetime.date.fromisoformat(by)
    assert not found.default_horizon and found.low is not None and found.low > 0.5


@pytest.mark.parametrize(
    "words",
    [
        "There will be another night like that.",  # no day
        "Will the court sit before 31 July?",
        "I will say it before Easter.",
        "Nobody will know before Easter who took them.",
        "The judge who will hear the case before 31 July was in Paris.",
        "A commission that would sit until 31 July was formed.",
    ],
)
def test_what_says_no_day_or_tells_of_something_else_is_not(words: str) -> None:
    assert predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, []) == []


def test_what_the_reader_read_is_left_to_it() -> None:
    words = "The court will sit before 31 July."
    text = Text(words, MADE, "Ferry Post", "Ada Lund").say(words, "sit", Kind.REPORT)
    assert predictions_of(text.document, text.statements) == []


def test_a_denial_turns_its_odds_round() -> None:
    [found] = predictions_of(
        Text("The court will not sit before 31 July.", MADE, "Ferry Post", "Ada Lund").document, []
    )
    assert found.negated and found.high is not None and found.high < 0.5
