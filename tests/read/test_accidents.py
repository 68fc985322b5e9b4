"""Deaths by accident and illness are no assault; an attack in a flood or on a cholera ward stays one."""

import pytest

from foreshock.model.vocabulary import EventType
from foreshock.read.accidents import is_accident
from tests.read.texts import read


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Forty-seven people died in a collision of buses at Rusape on Thursday.", 47),
        ("Eleven people had died of electric shock in Karachi.", 11),
        ("Measles has killed 19 children in Herat since May.", 19),
        ("Two military helicopters collided near Gao, and nine people died.", 9),
        ("Ammonium nitrate stored in the port blew up; at least 190 people died.", 190),
    ],
)
def test_deaths_by_accident_or_illness_have_no_type(text: str, killed: int) -> None:
    statements = read(text).statements
    assert all(one.type is None and one.mode is None for one in statements)
    assert not {"armed_resistance", "terrorism"} & {name for one in statements if one.counts for name in one.contexts}
    assert [one.counts["killed"].low for one in statements if "killed" in one.counts] == [killed]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a cholera hospital in Kasai and killed 12 patients.",
        "Militants attacked a hospital in the cholera-hit region, killing six.",
        "The army bombed the flood defences, and nine people died.",
        "Bandits killed nine people in a valley cut off by floods.",
        "Three soldiers died when their vehicle hit a mine.",
        "The bus was hit by a rocket, and eight passengers died.",
        "A vehicle collided with a checkpoint and exploded, killing nine people in Mogadishu.",
    ],
)
def test_an_attack_stays_an_assault_whatever_stands_beside_it(text: str) -> None:
    assert EventType.ASSAULT in {one.type for one in read(text).statements if "killed" in one.counts}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Six people were killed in the cholera ward overnight.", False),
        ("Six people were killed by cholera.", True),
        ("Nine were killed in the cholera-stricken camp.", False),
        ("Thirty were killed when the bus overturned.", True),
        ("Cholera killed nine. Gunmen killed six.", False),
        ("Nine were killed by the flooding after the dam was blown up.", False),
        ("Fulani herders were killed in Mopti amid cholera and hunger.", False),
        ("Twenty were killed in Mopti as the region was hit by flooding.", False),
    ],
)
def test_what_a_cause_stands_beside_was_not_its_doing(text: str, told: bool) -> None:
    start = text.rindex("killed")
    actors = [(at, at + len("Gunmen"))] if (at := text.find("Gunmen")) >= 0 else []
    assert is_accident(text, (start, start + len("killed")), actors) is told
