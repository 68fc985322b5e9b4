"""Questions state nothing, whatever kind of act they ask after."""

import datetime

import pytest

from tests.read.texts import read


def triggers(text: str) -> list[str]:
    """The triggers of the statements found in a text published on 20 May 2024."""
    return [statement.trigger.text for statement in read(text, datetime.date(2024, 5, 20)).statements]


@pytest.mark.parametrize(
    "question",
    [
        "Did soldiers kill 40 civilians in Bor on Sunday?",
        "Could rebels seize Goma by June?",
        "“Will the army withdraw from Gao?”",
        "Why did the government arrest the opposition leader?",
        "When will the army attack the rebels in Kidal?",
        "How many soldiers did the rebels kill at Djibo?",
        "And won’t the generals depose the president?",
        "Q: Is the army losing control of Myawaddy?",
        "IR: Will the independence movement split?",
        "MODERATOR: Ms Espinoza, will the referendum be held?",
        "[00:00:14] HOST: Tamta, will the party pass the law in May?",
        "- Have gunmen attacked the convoy?",
    ],
)
def test_what_a_question_asks_after_is_no_statement(question: str) -> None:
    assert triggers(question) == []
    assert triggers(f"{question}\n\nRebels attacked Kidal on Sunday.") == ["attacked"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Will the army return after rebels killed 40 soldiers in Kidal on Sunday?", ["killed"]),
        ("Should the general, who seized power in July, be received?", ["seized power"]),
        ("Who will stop the militias that killed 60 people in Ituri on Sunday?", ["killed"]),
        ("Who can forget the 800,000 people whom the militias killed in Rwanda?", ["killed"]),
        ("Were they terrorists when they signed the accord in 1994?", ["signed"]),
        ("Rebels seized Goma on Sunday, but who will govern it?", ["seized"]),
        ("Rebels seized Goma on Sunday. Will the army come back?", ["seized"]),
        ("Will the army withdraw? Rebels seized Goma on Sunday.", ["seized"]),
        ("When the army left Gao on Sunday, rebels seized the town.", ["left", "seized"]),
        ("May rebels seized Goma on Sunday.", ["seized"]),
    ],
)
def test_what_a_question_takes_for_granted_or_stands_beside_one_is_told(text: str, told: list[str]) -> None:
    assert triggers(text) == told


@pytest.mark.parametrize(
    ("text", "open_still"),
    [
        ("Gunmen killed eight people in Musanze. Police did not say whether tourists were among the dead.", "dead"),
        ("It is not known whether the rebels attacked Kidal on Sunday.", "attacked"),
        ("The ministry didn’t confirm whether soldiers were killed in the blast at Gao on Sunday.", "killed in"),
    ],
)
def test_what_nobody_says_is_neither_told_nor_denied(text: str, open_still: str) -> None:
    found = read(text, datetime.date(2024, 5, 20)).statements
    assert not [one for one in found if one.trigger.start <= text.rindex(open_still) + 1 < one.trigger.end]


def test_what_holds_whether_something_else_is_known_is_told() -> None:
    assert "fire" in triggers("Soldiers did not fire on Sunday, whether or not rebels attacked Kidal.")
    assert "attacked" in triggers("It is unclear whether rebels, who attacked Kidal on Sunday, hold the town.")
