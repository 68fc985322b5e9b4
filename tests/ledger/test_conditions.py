"""What a forecast hangs on, told by its words."""

import pytest

from foreshock.ledger.conditions import (
    bare_condition,
    condition_of,
    hangs_on_absence,
    is_conditional,
    without_conditions,
)


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("If the pay stops, they will mutiny.", "If the pay stops"),
        ("Should the pay stop, they will mutiny.", "Should the pay stop"),
        ("They will mutiny unless the arrears are paid.", "unless the arrears are paid"),
        ("They will mutiny should the pay stop.", "should the pay stop"),
        ("He said that if the pay stops, they will mutiny.", "if the pay stops"),
        ("They will mutiny as long as six months from now.", None),
        ("I would be surprised if the soldiers were to mutiny.", None),
        ("They will mutiny even if the pay comes.", None),
        ("If the pay stops, he will go; they will mutiny.", None),
    ],
)
def test_the_sentence_tells_its_condition(sentence: str, condition: str | None) -> None:
    assert condition_of(sentence, sentence.index("mutiny"), len(sentence) - 1) == condition


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("If the rebels attack, the army will strike", "the army will strike"),
        ("the army will strike unless the rebels leave", "the army will strike"),
        ("the army will strike even if the rebels leave", "the army will strike"),
        ("I would be surprised if the soldiers were paid", "I would be surprised if the soldiers were paid"),
    ],
)
def test_only_what_is_foretold_is_left(words: str, left: str) -> None:
    assert without_conditions(words).strip(" ,") == left


@pytest.mark.parametrize(
    ("condition", "absent"),
    [
        ("If the two sides do not agree", True),
        ("If the two sides cannot agree", True),
        ("If neither side agrees", True),
        ("If none of the sides agrees", True),
        ("If nothing is agreed", True),
        ("If the two sides fail to agree", True),
        ("Unless the two sides agree", True),
        ("If the two sides agree", False),
        ("If the two sides agree no later than May", False),
        ("If not only the army but the rebels agree", False),
        ("If the talks come to nothing", False),
        ("If the talks fail", False),
    ],
)
def test_a_condition_is_met_by_what_comes_or_as_long_as_it_does_not(condition: str, absent: bool) -> None:
    assert hangs_on_absence(condition) is absent


@pytest.mark.parametrize(
    ("condition", "bare"),
    [
        ("If the pay stops", "the pay stops"),
        ("in the event that the pay stops", "the pay stops"),
        ("provided that the pay stops", "the pay stops"),
        ("on condition that the pay lasts", "the pay lasts"),
        ("but only if the pay stops", "the pay stops"),
    ],
)
def test_every_word_that_opens_a_condition_makes_a_forecast_wait_for_it(condition: str, bare: str) -> None:
    assert (is_conditional(condition), bare_condition(condition)) == (True, bare)


@pytest.mark.parametrize(
    "words",
    [
        "even if the pay stops", "so long as nobody is tried", "when the exercise is over", "before he signs",
        "if only to be photographed", "if not sooner", "if at all", "if necessary",
    ],
)  # fmt: skip
def test_what_makes_no_difference_and_a_time_are_no_conditions(words: str) -> None:
    assert not is_conditional(words)
