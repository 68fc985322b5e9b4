"""Names as a reader sees them."""

import pytest

from foreshock.model.letters import as_it_looks


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Radio Garada", "Radio Garada"),
        ("R\u0430dio Garada", "Radio Garada"),
        ("\u0421apital News", "Capital News"),
        ("Radio\u200b  Gar\u00adada\u202e", "Radio Garada"),
        ("Ада Лунд", "Ада Лунд"),
        ("Радио Garada", "Радио Garada"),
        ("Αθήνα 9.84", "Αθήνα 9.84"),
    ],
)
def test_letters_that_look_alike_are_one_within_a_word(written: str, seen: str) -> None:
    assert as_it_looks(written) == seen
