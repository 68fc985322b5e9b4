"""Names as words tell them."""

import pytest

from foreshock.ledger.outcomes.senses import names_of
from foreshock.ledger.words import countries_named, places_and_peoples, spelt, stems


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("talks with Zagreb failed", {"zagreb"}),
        ("talks with Šibenik failed", {"šibenik"}),
        ("talks with Łódź failed", {"łódź"}),
        ("talks with İzmir failed", {"i̇zmir"}),
        ("talks with Đặng failed", {"đặng"}),
        ("talks with Чернівці failed", {"чернівці"}),
        ("talks with the šibenik traders failed", set()),
        ("talks with 3×four men failed", set()),
    ],
)
def test_a_name_begins_with_a_capital_of_any_alphabet(words: str, names: set[str]) -> None:
    assert names_of(words) == names


@pytest.mark.parametrize(
    ("words", "countries"),
    [
        ("The United States will withdraw.", {"USA"}),
        ("The South Sudan army will withdraw.", {"SSD"}),
        ("South Sudan's army, not Sudan’s, will withdraw.", {"SSD", "SDN"}),
        ("They met in the Central African Republic.", {"CAF"}),
        ("They met in the Democratic Republic of the Congo.", {"COD"}),
        ("They met in the Netherlands; Malian troops watched.", {"NLD", "MLI"}),
        ("They met in Guinea-Bissau.", {"GNB"}),
        ("They ate turkey in the united states of bliss.", set()),
        ("Mali-backed men chad; the Turkey-Iran road", set()),
    ],
)
def test_the_countries_that_words_name(words: str, countries: set[str]) -> None:
    assert countries_named(words) == countries


def test_a_country_is_named_as_a_place_or_otherwise() -> None:
    told = places_and_peoples("The United States will fight in South Sudan, Russians in Mali")
    assert told == ({"SSD", "MLI"}, {"USA", "RUS"})


def test_what_a_report_shares_is_told_in_its_own_words_and_not_in_stems() -> None:
    told = "Rapid Support Forces forced the governors out; the Forces stayed."
    words = spelt(told)
    assert [words[stem] for stem in stems("The rapid support forces will oust a governor.") if stem in words] == [
        "Rapid", "Support", "Forces", "governors",
    ]  # fmt: skip
