"""Names as words tell them."""

import pytest

from foreshock.ledger.outcomes.reports import names_of


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
