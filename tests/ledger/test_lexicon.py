"""The ledger's word lists: an act is known by every form of its word."""

import pytest

from foreshock.ledger.outcomes.senses import senses_in


@pytest.mark.parametrize(
    ("words", "sense"),
    [
        ("The governor defied the order.", "refuses"),
        ("The army occupies the town.", "takes"),
        ("Two diplomats were expelled.", "punishes"),
        ("The parliament ratifies the text.", "adopts"),
        ("The guns were shipped on Monday.", "moves"),
        ("Thousands held rallies.", "protests"),
        ("The town was shelled.", "strikes"),
        ("They are banning marches.", "bans"),
    ],
)
def test_an_act_is_told_by_every_form_of_its_word(words: str, sense: str) -> None:
    assert sense in senses_in(words)
