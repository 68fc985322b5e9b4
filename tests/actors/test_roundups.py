"""Whose *the army* is in a round-up by country: of the one whose label it stands under."""

import pytest

from foreshock.actors.resolve import Registry
from tests.actors.conftest import Told, statements

PROSE = "Sudan burned, and Sudan's towns fell in Sudan.\n\n"


def countries(text: str, registry: Registry, *told: Told) -> list[str | None]:
    return [one.actors[0].country for one in statements(text, registry, *told)]


@pytest.mark.parametrize(
    "text",
    [
        "* KENYA - Police shot six. It rained.\n* UGANDA - The army denied that.\n* TANZANIA - The president wept.",
        "Kenya: Police shot six. It rained.\nUganda: The army denied that.\nTanzania: The president wept.",
        "▪ KENYA — Police shot six.\n\n▪ UGANDA — The army denied that.\n\n▪ TANZANIA — The president wept.",
        "Kenya. Police shot six people.\nUganda. The army denied that.\nTanzania. The president wept.",
        "## KENYA\n\nPolice shot six people.\n\n## UGANDA\n\nIt rained.\n\nThe army denied that.\n\n"
        "## TANZANIA\n\nThe president wept.",
        "Kenya | Deteriorated\nPolice shot six.\n\nUganda | Unchanged\nThe army denied that.\n\n"
        "Tanzania | Unchanged\nThe president wept.",
        "**Kenya**\nPolice shot six people.\n**Uganda**\nThe army denied that.\n**Tanzania**\nThe president wept.",
        "1. Kenya (Africa): Police shot six.\n2. Uganda (Africa): The army denied it.\n"
        "3. Tanzania (Africa): The president wept.",
    ],
)
def test_in_a_round_up_the_army_is_that_of_the_country_under_whose_label_it_stands(
    text: str, registry: Registry
) -> None:
    told = [Told("shot", ("Police",)), Told("denied", ("The army",)), Told("wept", ("The president",))]
    assert countries(text, registry, *told) == ["KEN", "UGA", "TZA"]


def test_a_place_that_opens_its_sentence_and_a_noun_with_its_state_go_before_a_label(registry: Registry) -> None:
    text = "Kenya: It rained. In Kampala, Uganda, the army denied it.\nUganda: Kenya's army wept, and the army slept.\n"
    told = [Told("denied", ("the army",), place=("Kampala", "UGA")), Told("slept", ("the army",))]
    assert countries(text, registry, *told) == ["UGA", "KEN"]


@pytest.mark.parametrize(
    "text",
    [
        PROSE + "Chad: 300,000 people fled there.\nEgypt: 500,000 people came.\n\nThe army denied it.",
        PROSE + "Chad: 300,000 people fled there. The army denied it.",
        "Home\nEgypt\nSudan\nChad\n\n" + PROSE + "The army denied it.",
        PROSE + "Many of them had gone over the long border with its neighbour to the west in\nChad. Others went to"
        " the north of the country, to the long border with its neighbour in\nEgypt. The army denied it.",
        PROSE + "Chad and Egypt wept.\nChad won. Egypt lost.\nEgypt and Chad slept.\nThe army denied it.",
    ],
)
def test_a_list_a_menu_and_a_wrapped_line_label_nothing_that_follows(text: str, registry: Registry) -> None:
    assert countries(text, registry, Told("denied", ("The army",))) == ["SDN"]


@pytest.mark.parametrize(
    ("who", "left"),
    [
        (("UGANDA", "Police"), ["Police"]),
        # near it, and as they were: the label alone, and a country that is none
        (("UGANDA",), ["UGANDA"]),
        (("Police", "Chad"), ["Police", "Chad"]),
    ],
)
def test_a_label_does_not_act_beside_another(who: tuple[str, ...], left: list[str], registry: Registry) -> None:
    text = "* KENYA - Parliament met again.\n* UGANDA - Police and Chad arrested six people."
    (told,) = statements(text, registry, Told("arrested", who))
    assert [one.text for one in told.actors] == left
