"""What a statement takes back of what a mention's words alone would mean."""

import pytest

from foreshock.actors.resolve import Registry
from foreshock.model.vocabulary import EventType
from tests.actors.conftest import Told, statements


def test_a_town_that_a_statement_is_about_is_no_person_of_its_name(registry: Registry) -> None:
    text = "The army of the Congo will retake Masisi and Rutshuru before 30 June. It left Masisi in January."
    place = ("Masisi", "COD")
    taken, left = statements(
        text,
        registry,
        Told("retake", ("The army of the Congo",), ("Masisi",), place=place, type=EventType.COERCE),
        Told("left", ("The army of the Congo",), ("Masisi",), type=EventType.RETREAT),
    )
    assert taken.recipients[0].id is None and taken.recipients[0].country is None
    assert left.recipients[0].id is None


def test_a_person_whose_name_a_place_bears_too_stays_one(registry: Registry) -> None:
    text = "Mokgweetsi Masisi left office in Botswana. The voters of Masisi thanked Masisi."
    (thanked,) = statements(text, registry, Told("thanked", (), ("Masisi",), place=("Masisi", "BWA")))
    assert thanked.recipients[0].id == "bwa-mokgweetsi-masisi"


def test_men_who_fight_are_not_taken_for_civilians(registry: Registry) -> None:
    text = "The enemy lost 112 men in Goma. The colonel abandoned his men. Police held men from Goma and young men."
    lost, abandoned, held = statements(
        text,
        registry,
        Told("lost", ("The enemy",), ("men",), type=EventType.ASSAULT),
        Told("abandoned", ("The colonel",), ("his men",)),
        Told("held", ("Police",), ("men from Goma", "young men"), type=EventType.COERCE),
    )
    assert lost.recipients[0].sector is None and abandoned.recipients[0].sector is None
    assert [one.sector for one in held.recipients] == ["CVL", "CVL"]


@pytest.mark.parametrize(
    ("text", "mention", "sector"),
    [
        ("Police freed 59 men. Two officers were hurt.", "Two officers", "COP"),
        ("A gang burned a police station and shot three officers.", "three officers", "COP"),
        # near it, and as they were
        ("Police fled. Rain fell. Two officers were hurt.", "Two officers", "MIL"),
        ("Police and soldiers fled. Two officers were hurt.", "Two officers", "MIL"),
        ("Police fled. Two army officers were hurt.", "Two army officers", "MIL"),
        ("Two officers were hurt. Police fled.", "Two officers", "MIL"),
        ("The officers closed the border.", "The officers", "MIL"),
        ("Soldiers staged a coup. Police stayed in. The officers closed the border.", "The officers", "MIL"),
        ("Police held the plotters of the coup. The officers shot one.", "The officers", "MIL"),
    ],
)
def test_officers_of_whom_only_the_police_is_spoken_are_no_soldiers(
    text: str, mention: str, sector: str, registry: Registry
) -> None:
    trigger = next(word for word in ("hurt", "shot", "closed") if word in text)
    assert statements(text, registry, Told(trigger, (mention,)))[0].actors[0].sector == sector
