"""Whose the items of a list are."""

import pytest

from foreshock.model.statement import Statement
from tests.read.texts import by_trigger

COMMUNIQUE = """The Peace and Security Council of the African Union,

Acting under Article 7 of its Protocol, Council:

1. Strongly condemns the abduction of women and children in Jonglei;
2. Calls upon the Transitional Government to complete the unification of forces before December;
3. Requests the Chairperson to submit a report within three months;
4. Decides to dispatch a field mission to Juba in September.

The rebels attacked Malakal on Sunday."""
RECOMMENDATIONS = """Recommendations

To the Transitional Government of Chad:
1. Close the airfield of Amdjarass to military cargo flights.
2. Deploy mixed border patrols and refrain from arming community militias.

To the United Arab Emirates:
3. Cease all transfers of weapons to the parties to the conflict in Sudan.

To the African Union and the UN Security Council:
4. Appoint a high-level envoy for Chad by January.

The rebels attacked Adré on Sunday."""


def actors(one: Statement) -> list[str]:
    return [actor.text for actor in one.actors]


@pytest.mark.parametrize("trigger", ["condemns", "Calls upon", "dispatch"])
def test_a_body_does_what_its_items_begin_with(trigger: str) -> None:
    one = by_trigger(COMMUNIQUE)[trigger]
    assert actors(one) == ["Council"]
    assert one.sources == ()


def test_a_body_asks_what_its_items_ask_of_others() -> None:
    one = by_trigger(COMMUNIQUE)["complete"]
    assert [source.text for source in one.sources] == ["Council"]
    assert actors(one) == ["the Transitional Government"]


def test_the_act_of_one_item_is_not_who_asks_in_the_next() -> None:
    text = """Communiqué of the 1200th meeting of the Peace and Security Council

The Peace and Security Council of the African Union (AU), at its 1200th meeting, on the situation in Sudan:

Acting under Article 7 of its Protocol, Council:

1. Condemns in the strongest terms the killing of 40 civilians in El Fasher by the RSF on 15 March;
2. Demands that the Rapid Support Forces lift the siege of El Fasher;
3. Notes with concern that the Sudanese army bombed a market in Nyala;
4. Commends Chad for having opened its border to refugees;
5. Requests the Chairperson of the Commission to send an envoy to Port Sudan;
6. Decides to impose sanctions on the leaders of the RSF."""
    assert [source.text for source in by_trigger(text)["lift"].sources] == ["Council"]


def test_what_stands_below_a_list_is_not_the_bodys() -> None:
    assert actors(by_trigger(COMMUNIQUE)["attacked"]) == ["The rebels"]
    assert by_trigger(COMMUNIQUE)["attacked"].sources == ()


@pytest.mark.parametrize(
    ("trigger", "addressed"),
    [
        ("Deploy", ["Transitional Government of Chad"]),
        ("arming", ["Transitional Government of Chad"]),
        ("Cease", ["United Arab Emirates"]),
        ("attacked", ["The rebels"]),
    ],
)
def test_a_recommendation_is_for_whom_the_line_above_addresses(trigger: str, addressed: list[str]) -> None:
    assert actors(by_trigger(RECOMMENDATIONS)[trigger]) == addressed


@pytest.mark.parametrize(
    "text",
    [
        "Rebels in the Sahel:\n\n- Gunmen attacked a village near Tera.\n- The army killed nine men in Gao.",
        "Garada:\n\n1. Clashes erupted in the port on Sunday.\n2. Orders came from the capital to shell the town.",
        "To be sure, the army is strong.\n\n1. Rebels attacked Gao.\n2. The police arrested a colonel.",
    ],
)
def test_other_lists_have_no_body_above_them(text: str) -> None:
    start = text.index("\n")
    for one in by_trigger(text).values():
        assert not one.sources
        assert all(actor.start > start for actor in one.actors if one.trigger.start > start)
