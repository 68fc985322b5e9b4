"""Sentences that state their odds outright, in which the reader found nothing: how likely, and of which side."""

import pytest

from foreshock.ledger.outright import odds_in, outright_in
from foreshock.read.segment import sentences


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("There is a 70 per cent chance that the truce will collapse before June.", 0.7, 0.7),
        ("There is at least a 70 per cent chance that the truce will collapse before June.", 0.7, 1.0),
        ("There is a 60-70 per cent chance that the truce will collapse before June.", 0.6, 0.7),
        ("There is a chance of 60 to 70 per cent that the truce will collapse before June.", 0.6, 0.7),
        ("There is less than a 20 per cent chance that the truce will hold until June.", 0.0, 0.2),
        ("There is a 7.5 per cent chance that the truce will hold until June.", 0.075, 0.075),
        ("I put it at no better than one in four that the truce will hold until June.", 0.0, 0.25),
        ("We put the probability that the truce will collapse by June at between 60 and 70 per cent.", 0.6, 0.7),
        ("We put the chance that more than 5,000 people will flee before June at 60 per cent.", 0.6, 0.6),
        ("There is a better than even chance that the truce will hold until June.", 0.55, 0.8),
        ("The truce is as likely as not to hold until June.", 0.45, 0.55),
    ],
)
def test_odds_are_taken_with_what_bounds_them(words: str, low: float, high: float) -> None:
    [found] = outright_in(words, sentences(words), [])
    assert (found.odds.low, found.odds.high, found.odds.negated) == (low, high, False)


@pytest.mark.parametrize(
    ("words", "low", "high", "negated"),
    [
        ("There is at least a 70 per cent chance that the truce will not hold until June.", 0.0, 0.3, True),
        ("There is no more than a 10 per cent chance that the truce will not hold until June.", 0.9, 1.0, True),
        ("There is not less than a 70 per cent chance that the truce will hold until June.", 0.7, 1.0, False),
        ("We put the chance that the truce will not hold until June at 20 per cent.", 0.8, 0.8, True),
    ],
)
def test_odds_of_a_denial_are_turned_round_and_no_bound_is_one(
    words: str, low: float, high: float, negated: bool
) -> None:
    [found] = outright_in(words, sentences(words), [])
    assert (found.odds.low, found.odds.high, found.odds.negated) == (low, high, negated)


def test_a_year_or_a_number_of_something_else_is_no_odds() -> None:
    words = "The force will grow by 5 in 2024, and the convoy of three in the north is likely to turn back before June."
    [found] = outright_in(words, sentences(words), [])
    assert found.odds.words == "likely"


@pytest.mark.parametrize(
    "words",
    [
        "One in ten wanted to drive a bus, and next year four of the women want to be nurses.",
        "Two in three will stay where there is no road before the rains.",
    ],
)
def test_how_many_they_are_of_all_is_not_how_likely_it_is(words: str) -> None:
    assert odds_in(words) is None
