"""Days told in a text's head, by which a document without its day of publication is placed."""

import datetime

import pytest

from foreshock.corroborate.events.words import day_named, first_date_in

MARCH_2024 = 12 * 2024 + 3


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("GAO, 12 March 2024 - Gunmen attacked a post.", "2024-03-12"),
        ("March 12, 2024. Gunmen attacked a post.", "2024-03-12"),
        ("BAMAKO, 5 MARCH - Gunmen attacked a post.", "2024-03-05"),
        ("Mar. 12: gunmen attacked a post.", "2024-03-12"),
        ("On the 3rd of April gunmen attacked a post.", "2024-04-03"),
        ("29 Feb. - Gunmen attacked a post.", "2024-02-29"),
        ("2024-03-12. Gunmen attacked a post.", "2024-03-12"),
        ("Gunmen killed 12 marines on 14 March.", "2024-03-14"),
    ],
)
def test_a_day_with_its_month_is_the_day_of_publication(text: str, day: str) -> None:
    assert first_date_in(text, MARCH_2024) == datetime.date.fromisoformat(day).toordinal()


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed 12 marines.",
        "Gunmen robbed 5 markets.",
        "The army shot 10 marchers.",
        "Of those wounded 12 may die.",
        "The general told 10 march organisers to go home.",
    ],
)
def test_a_number_before_a_noun_is_no_day(text: str) -> None:
    for month in range(MARCH_2024, MARCH_2024 + 4):
        assert first_date_in(text, month) is None


def test_nor_in_any_other_month() -> None:
    for number, text in (
        (9, "10 separatists"),
        (12, "2 decades"),
        (5, "5 mayors"),
        (8, "8 augmented"),
        (10, "9 octogenarians"),
    ):
        assert first_date_in(f"Gunmen shot {text} dead.", 12 * 2024 + number) is None


@pytest.mark.parametrize(
    ("expression", "day"),
    [
        ("on the evening of 19 March", 19),
        ("March 19", 19),
        ("on Tuesday, 19 March 2024", 19),
        ("since 19 March", None),
        ("between 5 and 10 March", None),
        ("on March 8 and 9", None),
        ("in late March", None),
        ("on 19 May", None),
    ],
)
def test_the_one_day_of_a_month_that_is_named(expression: str, day: int | None) -> None:
    first, last = (datetime.date(2024, 3, number).toordinal() for number in (1, 31))
    expected = None if day is None else datetime.date(2024, 3, day).toordinal()
    assert day_named(expression, first, last) == expected
