"""Whose word a pledge is, and what a body says in a notice of its own."""

import time

import msgspec
import pytest

from foreshock.ledger.predictions import predictions_of
from foreshock.model.prediction import ForecasterKind
from foreshock.model.vocabulary import Kind, SourceKind
from tests.ledger.conftest import AUTHOR, CLAUSE, ORG, UNSCORED, Text, forecaster

NEWS = (
    "Fighting went on around the town for a third day on Monday, and shops stayed shut while people waited for news.",
    "Aid workers said that roads were cut.",
    "The Ministry of Roads announces that boats run again from June.",
    f"In short, {CLAUSE}.",
)
NOTICE = (
    "BENI, 9 January (Ferry Post)",
    "The Ministry of Roads informs the public of the province of what follows, on the word of its engineers.",
    f"In short, {CLAUSE}.",
)
BROKEN = (
    "The Ministry of Roads informs the public of the province\nof what follows, on the word of its engineers\nthere.\n"
    f"In short, {CLAUSE}."
)


def test_a_pledge_of_a_bodys_own_act_is_the_bodys() -> None:
    clause = "The roads ministry will rebuild the bridge"
    assert forecaster(f"{clause}.", None, Kind.COMMITMENT, "Ada Lund", clause) == (ORG, "roads ministry")


def test_a_pledge_of_what_it_will_do_is_the_bodys_named_before() -> None:
    clause = "It will rebuild the bridge"
    text = Text(f"The River Roads Authority came. {clause}.", "2024-01-10", "Ferry Post")
    text.say(clause, "will", Kind.COMMITMENT)
    [found] = predictions_of(text.document, text.statements)
    assert (found.forecaster_kind, found.forecaster) == (ORG, "River Roads Authority")


def test_a_pledge_of_it_that_an_official_tells_is_the_bodys_named_before() -> None:
    clause = "It will issue cards to the boatmen before the end of March"
    words = f"The River Roads Authority offered something else. {clause}, a joint secretary told reporters."
    assert forecaster(words, "a joint secretary", clause=clause) == (ORG, "River Roads Authority")


def test_a_pledge_with_a_condition_before_it_is_still_the_bodys_own() -> None:
    clause = "If the siege is lifted, the harbour desk will reopen its four posts"
    assert forecaster(f"{clause}.", None, Kind.COMMITMENT, "Ada Lund", clause) == (ORG, "harbour desk")


@pytest.mark.parametrize(("author", "name"), [(None, (ORG, "Ministry of Roads")), ("Ada Lund", (AUTHOR, "Ada Lund"))])
def test_a_notice_is_the_word_of_who_gives_it(author: str | None, name: tuple[ForecasterKind, str]) -> None:
    opening = "BENI, 9 January (Ferry Post) — The Ministry of Roads informs the public of what follows. Boats are idle."
    text = Text(f"{opening}\n\nIn short, {CLAUSE}.", "2024-01-10", "Ferry Post", author)
    text.say(CLAUSE, "will", Kind.FORECAST)
    [found] = predictions_of(text.document, text.statements)
    assert (found.forecaster_kind, found.forecaster) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("\n\n".join(NEWS), "Ferry Post"),
        ("\n".join(NEWS), "Ferry Post"),
        ("\n \n".join(NEWS), "Ferry Post"),
        (" ".join(NEWS[:2]) + " " + "Rain fell. " * 60 + " ".join(NEWS[2:]), "Ferry Post"),
        ("\n\n".join(NOTICE), "Ministry of Roads"),
        ("\n".join(NOTICE), "Ministry of Roads"),
        (BROKEN, "Ministry of Roads"),
    ],
)
def test_whose_notice_a_text_is_does_not_hang_on_its_line_breaks(words: str, name: str) -> None:
    text = Text(words, "2024-01-10", "Ferry Post").say(CLAUSE, "will", Kind.FORECAST)
    [found] = [one for one in predictions_of(text.document, text.statements) if one.text == CLAUSE]
    assert (found.forecaster_kind, found.forecaster) == (ORG, name)


def test_a_long_text_of_one_paragraph_is_no_notice_and_takes_no_time() -> None:
    text = Text(f"{'Abc def ' * 20000}\n{CLAUSE}.", "2024-01-10", "Ferry Post").say(CLAUSE, "will", Kind.FORECAST)
    began = time.process_time()
    assert [one.forecaster for one in predictions_of(text.document, text.statements)] == ["Ferry Post"]
    assert time.process_time() - began < 3


def test_what_others_will_do_is_foretold_by_who_signs() -> None:
    clause = "the river lords will send no boats before the end of March"
    words = f"If the assembly rejects it, {clause}."
    assert forecaster(words, None, Kind.COMMITMENT, "Ada Lund", clause) == (AUTHOR, "Ada Lund")


def test_a_pledge_in_our_view_is_the_house_s() -> None:
    clause = "they will not be home before winter"
    assert forecaster(f"{clause}, in our view.", None, Kind.COMMITMENT, clause=clause) == (ORG, "Ferry Post")


@pytest.mark.parametrize(
    ("paper", "identity", "expected"),
    [
        ("the text", "usa-government", (ORG, "Government of United States")),
        ("the peace agreement", "usa", (ORG, "United States")),
        ("the joint statement", "usa", (ORG, "United States")),
        ("the agreement", None, (UNSCORED, "agreement")),  # an actor that the registry does not know
        ("the report", "usa", (UNSCORED, "report")),
    ],
)
def test_what_a_pact_tells_that_a_state_will_do_is_that_states(
    paper: str, identity: str | None, expected: tuple[ForecasterKind, str]
) -> None:
    words = "Washington will halve its force by June"
    text = Text(f"Rain fell. Under {paper}, {words}.", "2024-01-10", "Ferry Post")
    text.say(words, "halve", Kind.COMMITMENT, source=(paper, SourceKind.DOCUMENT), actor="Washington")
    [told] = text.statements
    signatory = msgspec.structs.replace(told.actors[0], id=identity)
    [found] = predictions_of(text.document, [msgspec.structs.replace(told, actors=(signatory,))])
    assert (found.forecaster_kind, found.forecaster) == expected
