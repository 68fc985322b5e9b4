"""The kind that grammar settles."""

import pytest

from foreshock.model.vocabulary import Kind
from foreshock.read.decode import CharSpan
from foreshock.read.kinds import settled
from tests.read.texts import read


def _span(text: str, words: str) -> CharSpan:
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("This will set a precedent.", "set"),
        ("The move will unavoidably set a precedent.", "set"),
        ("The army won’t be ready by June.", "ready"),
        ("It'll sooner or later come apart.", "come"),
        ("The next hotbed will be the eastern hills.", "eastern hills"),
        ("The vote will almost surely be held.", "held"),
        ("The council will soon have handed over the town.", "handed"),
        ("Mobile data will stay suspended until Friday.", "suspended"),
        ("The army will have to feed ten million people.", "feed"),
        ("Both camps will probably need gunmen.", "need"),
        ("He will found a party.", "found"),
        ("What was lost will not come back.", "come back"),
    ],
)
def test_what_will_governs_is_no_judgement(text: str, trigger: str) -> None:
    assert settled(text, (0, len(text)), _span(text, trigger), Kind.JUDGEMENT, 0.6)[0] is Kind.FORECAST


@pytest.mark.parametrize(
    ("text", "clause", "trigger", "kind"),
    [
        ("We will defend the bridge.", "We will defend the bridge", "defend", Kind.COMMITMENT),
        ("The will of the people is clear.", "The will of the people is clear", "clear", Kind.JUDGEMENT),
        ("He who will not answer says the plan failed.", "the plan failed", "failed", Kind.REPORT),
        (
            "The candidate who will face Odo was arrested.",
            "The candidate who will face Odo was arrested",
            "arrested",
            Kind.REPORT,
        ),
        ("An airbase they will share is shelled.", "An airbase they will share is shelled", "shelled", Kind.REPORT),
        ("The force that will go has lost men.", "The force that will go has lost men", "lost", Kind.REPORT),
        (
            "The men who will guard it have moved in.",
            "The men who will guard it have moved in",
            "moved in",
            Kind.REPORT,
        ),
        ("Those who will decide met in Odo.", "Those who will decide met in Odo", "met", Kind.REPORT),
        ("The general who will lead it arrived.", "The general who will lead it arrived", "arrived", Kind.REPORT),
        ("Fears that it will fall drove them out.", "Fears that it will fall drove them out", "drove", Kind.JUDGEMENT),
    ],
)
def test_what_will_does_not_govern_is_left_as_it_was_read(text: str, clause: str, trigger: str, kind: Kind) -> None:
    assert settled(text, _span(text, clause), _span(text, trigger), kind, 0.6) == (kind, 0.6)


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("Sanctions may have helped the junta.", "helped", Kind.JUDGEMENT),
        ("The army might well have been warned of the raid.", "warned", Kind.JUDGEMENT),
        ("The army may have to leave the town.", "leave", Kind.FORECAST),
        ("By June the rebels may have taken Goma.", "taken", Kind.FORECAST),
        ("In two years the junta may have lost power.", "lost power", Kind.FORECAST),
        ("In the coming weeks Russian forces may have exhausted their reserves.", "exhausted", Kind.FORECAST),
        ("The rebels may have drones.", "have", Kind.FORECAST),
        ("The rebels may take the town that they have besieged.", "take", Kind.FORECAST),
    ],
)
def test_what_may_have_been_is_not_foretold(text: str, trigger: str, kind: Kind) -> None:
    assert settled(text, (0, len(text)), _span(text, trigger), Kind.FORECAST, 0.6)[0] is kind


@pytest.mark.parametrize("kind", [Kind.REPORT, Kind.RECOMMENDATION])
@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("ECOWAS should have come in October.", "come"),
        ("The vote should never have been held.", "held"),
        ("The state ought to have quietly sent teachers.", "sent"),
        ("They shouldn’t have fled.", "fled"),
    ],
)
def test_what_should_have_been_done_is_judged(text: str, trigger: str, kind: Kind) -> None:
    assert settled(text, (0, len(text)), _span(text, trigger), kind, 0.6)[0] is Kind.JUDGEMENT


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The border should have peacekeepers.", "peacekeepers"),
        ("Refugees should have seeds.", "seeds"),
        ("By June the troops should have left.", "left"),
        ("The council should hold a vote.", "hold"),
    ],
)
def test_what_should_be_is_urged(text: str, trigger: str) -> None:
    assert settled(text, (0, len(text)), _span(text, trigger), Kind.RECOMMENDATION, 0.6)[0] is Kind.RECOMMENDATION


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("It is high time Bogotá sent teachers.", "sent"),
        ("It’s time that the African Union spoke to both.", "spoke"),
        ("It is about time the junta released him.", "released"),
    ],
)
def test_what_it_is_time_for_is_urged(text: str, trigger: str) -> None:
    assert settled(text, (0, len(text)), _span(text, trigger), Kind.REPORT, 0.6)[0] is Kind.RECOMMENDATION


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("It is the first time rebels entered the town.", "entered"),
        ("It was time. The army left.", "left"),
        ("It is the third time this year that police raided it.", "raided"),
    ],
)
def test_a_time_at_which_it_happened_is_told(text: str, trigger: str) -> None:
    assert settled(text, (0, len(text)), _span(text, trigger), Kind.REPORT, 0.6)[0] is Kind.REPORT


@pytest.mark.parametrize(
    ("line", "trigger"),
    [
        ("- Most likely (60%): the state responds with arrests.", "responds"),
        ("Scenario 2 (worst case): Russia withdraws its advisers and the capital falls.", "falls"),
        ("3. The most likely scenario: the junta clings on.", "clings on"),
    ],
)
def test_what_a_scenario_tells_in_the_present_is_foretold(line: str, trigger: str) -> None:
    text = f"OUTLOOK\n\n{line}"
    assert settled(text, _span(text, line), _span(text, trigger), Kind.REPORT, 0.7)[0] is Kind.FORECAST


@pytest.mark.parametrize(
    ("line", "trigger"),
    [
        ("Worst case: the army, which has lost three towns, breaks.", "lost"),
        ("Likely targets: markets. Gunmen attack the market daily.", "attack"),
        ("Possible: Togo joins the alliance, which was founded in 2023.", "founded"),
    ],
)
def test_what_is_over_or_below_another_label_is_told(line: str, trigger: str) -> None:
    assert settled(line, (0, len(line)), _span(line, trigger), Kind.REPORT, 0.7)[0] is Kind.REPORT


def test_a_scenario_is_as_likely_as_its_label_says() -> None:
    text = "OUTLOOK\n\nScenario 1 (most likely): The junta clings on.\n\nUnlikely: the capital falls.\n"
    told = {one.trigger.text.split()[0]: one.likelihood for one in read(text).statements}
    assert {trigger: odds and odds.text for trigger, odds in told.items()} == {
        "clings": "most likely",
        "falls": "Unlikely",
    }
