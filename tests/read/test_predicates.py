"""One predicate is one statement: a light verb takes its noun along."""

import pytest

from tests.read.texts import read


def triggers(text: str) -> list[str]:
    """The triggers of the statements found in a text."""
    return [statement.trigger.text for statement in read(text).statements]


@pytest.mark.parametrize(
    "text",
    [
        "Ambazonian separatists imposed a lockdown in Bamenda on Monday.",
        "Local elders brokered a truce on Monday.",
        "The president ordered a probe into the killings.",
        "A curfew has been in force in Dhaka since July 20.",
        "Army columns staged a flag march in Moreh.",
        "Clashes erupted between the militia and the army in Zawiya on Sunday night.",
    ],
)
def test_a_verb_and_its_noun_are_one_statement(text: str) -> None:
    assert len(triggers(text)) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rebels attacked Gao on Sunday and seized the airport.", ["attacked", "seized"]),
        ("The army shelled Garada, killing nine civilians.", ["shelled", "killing"]),
        ("The envoy urged the generals to hold talks.", ["urged", "hold talks"]),
        ("The government imposed a curfew in Gao after soldiers had mutinied.", ["a curfew", "mutinied"]),
    ],
)
def test_two_predicates_of_a_sentence_are_two_statements(text: str, told: list[str]) -> None:
    assert triggers(text) == told


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("The army has found 51 dead of the unit that was ambushed on 17 February near Oursi, in the far north.", 51),
        ("This desk expects deaths to pass one hundred by the end of November.", 100),
    ],
)
def test_of_two_predicates_the_one_that_counts_people_is_kept(text: str, killed: int) -> None:
    statements = read(text).statements
    assert [one.counts["killed"].best for one in statements if "killed" in one.counts] == [killed]
