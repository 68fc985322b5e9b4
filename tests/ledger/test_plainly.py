"""Sentences with a bare *will* that the reader passed over: taken where they say by when, under who says them."""

import datetime
import time

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
        "What will happen before 31 July?!",
        "He signed a will before his trial on 30 September.",
        "We will be back with another column before Easter.",
        "Last year the board promised that the bridge would be open before Christmas.",
        "The bridge the minister promised will be opened before 31 July.",
        "The army, the minister said, will be gone before 31 July.",
        "The minister who announced the plan will be dismissed by 1 March.",
        "The company announced the price last year and the first engines will be there by 1 March.",
        "Those who said the bridge was safe will be tried by 1 March.",
        "I'll be back before 1 March.",
        "The song “We'll meet again” was played on 1 March.",
    ],
)
def test_what_says_no_day_or_tells_of_something_else_is_not(words: str) -> None:
    assert predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, []) == []


def test_what_the_reader_read_is_left_to_it() -> None:
    words = "The court will sit before 31 July."
    text = Text(words, MADE, "Ferry Post", "Ada Lund").say(words, "sit", Kind.REPORT)
    assert predictions_of(text.document, text.statements) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Every district will have a clinic by the end of June.", 1),
        ("He won’t see Easter in that chair.", 1),
        ("There’ll be another night like that before Easter.", 1),
        ("The flag is going to be there at the end of May.", 1),
        ("Every district will have been counted by the end of June.", 0),
        ("He will see that it is done before Easter.", 0),
        ("The minister is going to Paris before Easter.", 0),
        ("The minister is going to the fair before Easter.", 0),
    ],
)
def test_what_will_be_had_seen_or_there_is_foretold(words: str, found: int) -> None:
    assert len(predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, [])) == found


@pytest.mark.parametrize(
    ("words", "odds"),
    [
        ("Remittances are likely to be a fifth lower than a year ago.", "likely"),
        ("Remittances are unlikely to grow.", "unlikely"),
        ("I would say 40 per cent that they sign by the end of May.", "40 per cent"),
        ("I would say 40 per cent of them sign by the end of May.", None),
        ("Remittances were likely to be lower.", None),
        ("Violence in the week after the vote is unlikely.", "unlikely"),
        ("Violence in the week after the vote is of a kind unlikely in the north.", None),
        ("It is unlikely.", None),
        ("It is unlikely that he knew of it.", None),
        ("Such violence was unlikely.", None),
        ("The ministry expects fewer than a hundred cases a month by May.", "expects"),
        ("The ministry expects cases by may trees.", None),
        ("The ministry expects its clerks to be polite.", None),
    ],
)
def test_a_likelihood_in_the_plural_or_of_what_follows_is_one(words: str, odds: str | None) -> None:
    found = predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, [])
    assert [one.likelihood for one in found] == ([odds] if odds else [])


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("The court will not sit before 31 July.", True),
        ("A government will therefore not be formed before 31 July.", True),
        ("Nobody will be tried before 31 July.", True),
        ("No party to the war will be tried before 31 July.", True),
        ("No doubt the clerks will be tried before 31 July.", False),
        ("No fewer than 40 clerks will be tried before 31 July.", False),
        ("As nobody has been paid, the clerks will strike before 31 July.", False),
        ("The clerks who were not paid will be in the streets before 31 July.", False),
    ],
)
def test_a_denial_turns_its_odds_round(words: str, denied: bool) -> None:
    [found] = predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, [])
    assert found.negated is denied and found.high is not None
    assert (found.high < 0.5) is denied


@pytest.mark.parametrize(
    ("words", "odds"),
    [
        ("The election board let it be known that both seats would be filled before October.", (0.91, 1.0)),
        ("It is a pity, and both seats would be filled before October.", (0.15, 0.6)),
    ],
)
def test_would_of_whoever_is_found_to_speak_is_their_will(words: str, odds: tuple[float, float]) -> None:
    text = Text(words, MADE, "Ferry Post", "Ada Lund")
    text.say("both seats would be filled before October", "filled", Kind.FORECAST, likelihood=("would", 0.15, 0.6))
    [found] = predictions_of(text.document, text.statements)
    assert (found.low, found.high) == odds


def test_white_space_without_end_costs_no_time() -> None:
    words = "It will go, " + " " * 20_000 + "on 31 July."
    started = time.monotonic()
    predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, [])
    assert time.monotonic() - started < 2


def test_what_a_body_plans_by_a_day_is_its_pledge_without_odds() -> None:
    words = "The roof is down. The town hall undertakes to have the new one finished before 1 September."
    [found] = predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, [])
    assert (found.kind, found.forecaster_kind, found.forecaster) == (
        "commitment", ForecasterKind.ORGANISATION, "town hall",
    )  # fmt: skip
    assert found.by == datetime.date(2024, 9, 1) and found.low is None


@pytest.mark.parametrize(
    "words",
    [
        "The town hall plans to mend the roof.",  # no day
        "Everybody plans to be home before 1 September.",
        "He meant it: it is to be done before 1 September.",
        "Nobody knows how the bank plans to pay its creditors before 1 September.",
        "The union no longer plans to strike before 1 September.",
        "The ministry that the army intends to close before 1 September is empty.",
        "The government plans to cut subsidies by 1 September have angered the union.",
        "The opposition party plans to march on 1 September, the police said.",
        "The commission intends to publish the report by 1 September?",
    ],
)
def test_what_nobody_or_no_day_holds_to_is_no_pledge(words: str) -> None:
    assert predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, []) == []


def test_a_clause_that_hangs_on_another_does_not_hide_it() -> None:
    text = Text("It will be above 35,000 by the end of May, when the laterite turns to soup.", MADE, "Post", "Ada Lund")
    text.say("when the laterite turns to soup", "turns", Kind.FORECAST)
    first, _ = predictions_of(text.document, text.statements)
    assert first.text == "It will be above 35,000 by the end of May"


def test_it_is_taken_behind_a_verb_of_speech_without_that() -> None:
    words = "The railway company said the first of the engines will be in Bulawayo before 31 July."
    [found] = predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, [])
    assert (found.forecaster, found.text) == (
        "railway company", "the first of the engines will be in Bulawayo before 31 July.",
    )  # fmt: skip


def test_what_a_body_has_undertaken_is_its_own_pledge() -> None:
    words = "The Water Development Board has undertaken to close the breach by 15 June."
    [found] = predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, [])
    assert (found.forecaster_kind, found.forecaster) == (ForecasterKind.ORGANISATION, "Water Development Board")


@pytest.mark.parametrize(
    ("words", "entered"),
    [
        ("I do not expect the truce of Sunday to live out the week.", True),
        ("We still do not expect the truce to hold.", True),
        ("The people here do not expect him to be on time.", False),
        ("I did not expect the truce to hold.", False),
        ("I do not expect you.", False),
    ],
)
def test_what_who_writes_does_not_expect_looks_ahead(words: str, entered: bool) -> None:
    assert bool(predictions_of(Text(words, MADE, "Ferry Post", "Ada Lund").document, [])) is entered
