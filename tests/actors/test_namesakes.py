"""A private person with the name of somebody known is nobody's entry; who is known stays known."""

import datetime

import pytest

from foreshock.actors.context import context_of
from foreshock.actors.resolve import Registry


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("William Ruto Kiprono, a pupil from Eldoret in Kenya, was shot by police.", "William Ruto Kiprono"),
        ("Ibrahim Traoré, 41, a taxi driver in Bamako, was hurt. Traoré lost two teeth.", "Ibrahim Traoré"),
        ("Ibrahim Traoré, 41, a taxi driver in Bamako, was hurt. Traoré lost two teeth.", "Traoré"),
        ("A teacher named Paul Biya was arrested in Douala, Cameroon.", "Paul Biya"),
        ("The farmer Paul Biya was arrested in Douala, Cameroon.", "Paul Biya"),
    ],
)
def test_one_with_a_trade_is_not_the_president_of_that_name(text: str, mention: str, registry: Registry) -> None:
    context = context_of(text, datetime.date(2024, 5, 15), registry.sought)
    assert registry.resolve(mention, context) is None


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Ibrahim Traoré, a captain, seized power in Burkina Faso.", "Ibrahim Traoré", "Ibrahim Traoré"),
        ("William Ruto, a former teacher, dismissed Kenya's cabinet.", "William Ruto", "William Ruto"),
        ("Hemedti, a camel trader, leads the RSF. Mohamed Hamdan Dagalo, a trader, commands 9,000 men.",
         "Mohamed Hamdan Dagalo", "Mohamed Hamdan Dagalo"),
        ("Paul Biya, a teacher and politician, rules Cameroon.", "Paul Biya", "Paul Biya"),
        ("Pedro Castillo, a rural teacher, dissolved Peru's Congress.", "Pedro Castillo", "Pedro Castillo"),
        ("A student, Mahrang Baloch, was arrested in Pakistan.", "Mahrang Baloch", "Mahrang Baloch"),
        ("President Paul Biya spoke in Cameroon. Paul Biya, a farmer, was hurt.", "President Paul Biya", "Paul Biya"),
        ("Paul Biya met a teacher, Ahmadou Bello, in Cameroon.", "Paul Biya", "Paul Biya"),
        ("Teachers said Paul Biya of Cameroon, a friend of the driver, had lied.", "Paul Biya", "Paul Biya"),
        ("A taxi driver, Ibrahim Traoré, was hurt. Burkina Faso wept.", "the president of Burkina Faso",
         "Ibrahim Traoré"),
    ],
)  # fmt: skip
def test_one_of_public_name_stays_known_beside_a_trade(text: str, mention: str, name: str, registry: Registry) -> None:
    match = registry.resolve(mention, context_of(text, datetime.date(2024, 5, 15), registry.sought))
    assert match is not None and match.actor.name == name
