"""What stands between one pair of quotation marks is said by one."""

import pytest

from tests.read.texts import by_trigger

APPEAL = (
    "The prime minister cut short a visit to Wellington. In a televised address he said that a curfew might be imposed."
    " “I ask all our people to stay home tonight. The clans will not be divided.”\n\nThe bishop called for calm."
)
"""The network lays the second sentence between the marks to the bishop, or to nobody."""


@pytest.mark.parametrize("marks", ["“”", '""'])
def test_the_whole_of_a_quotation_is_said_by_one(marks: str) -> None:
    text = APPEAL.replace("“", marks[0]).replace("”", marks[1])
    assert [source.text for source in by_trigger(text)["divided"].sources] == ["he"]


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_one() -> None:
    text = (
        "“The council sold the mine,” said Joseph Phiri, a trader in Ndolo. “The lorries left in May.\n\n"
        "“The soldiers have gone home. The miners burned the gate.”\n\nThe army denied it."
    )
    assert [source.text for source in by_trigger(text)["burned"].sources] == ["Joseph Phiri"]


def test_who_is_quoted_in_a_quotation_stands_behind_who_speaks() -> None:
    text = (
        "“The governor’s people promised us that they would post forty policemen. So the men who attacked us came,”"
        " Sanusi Labbo said.\n\nThe police rejected this."
    )
    assert by_trigger(text)["post"].sources[0].text == "Sanusi Labbo"
