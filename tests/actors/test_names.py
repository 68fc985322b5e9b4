"""Names that people write in many ways."""

import pytest

from foreshock.actors.names import alike, key, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yevgeny Prigozhin", "yevgeny  PRIGOZHIN"),
        ("Hemeti’s", "Hemeti"),
        ("Vučić", "Vucic"),
        ("People's Army", "Peoples Army"),
        ("U.S. Congress", "US Congress"),
        ("al-Shabaab", "Al Shabaab"),
        ("Лукашенко", "Lukashenko"),
    ],
)
def test_ways_to_write_one_name_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_the_pronoun_us_is_not_the_country() -> None:
    assert key("us") != key("US") == key("U.S.")


@pytest.mark.parametrize(
    ("one", "other"),
    [("lukahsenko", "lukashenko"), ("prigojin", "prigozhin"), ("qadhafi", "gaddafi"), ("chisekedi", "tshisekedi")],
)
def test_transliterations_sound_alike(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_a_slip_is_nearer_than_a_namesake() -> None:
    assert alike("evgeniy prigozhyn", "yevgeny prigozhin") > 0.85
    assert alike("ahmed burhan", "abdel burhan") < 0.8
    assert alike("hassan sheikh idris", "hassan sheikh") < 0.8
