"""What shares a word with a prediction, or an act, and is another matter."""

import pytest

from foreshock.ledger.outcomes.matching import Match, match
from foreshock.ledger.outcomes.sought import Sought, Source
from foreshock.ledger.predictions import predictions_of
from foreshock.model.vocabulary import EventType
from tests.ledger.conftest import Text, foretold, report, reports_of


def held_against(column: Text, told: Text) -> Match:
    """What a report says of what is foretold."""
    [prediction] = predictions_of(column.document, column.statements)
    [later] = reports_of(told.document, told.statements)
    return match(Sought(prediction), later)


WORK = ("The miners' union will call a general strike in Kazan.", EventType.PROTEST, "strike")
AIR = ("An air strike on Kazan will follow.", EventType.ASSAULT, "aerial")


@pytest.mark.parametrize(
    ("column", "words", "trigger", "type_", "mode", "expected"),
    [
        (WORK, "Armed men attacked a depot in Kazan.", "attacked", EventType.ASSAULT, None, False),
        (WORK, "A drone strike hit a depot in Kazan.", "strike", EventType.ASSAULT, "drone", False),
        (WORK, "Teachers in Kazan are on strike.", "strike", EventType.PROTEST, "strike", True),
        (WORK, "The strike in Kazan went into its third day.", "strike", None, None, True),
        (AIR, "Teachers in Kazan are on strike.", "strike", EventType.PROTEST, "strike", False),
        (AIR, "Strikes on Kazan killed nine.", "Strikes", EventType.ASSAULT, "aerial", True),
        (AIR, "A missile hit a depot in Kazan.", "hit", EventType.ASSAULT, "heavy-weapons", True),
    ],
)
def test_a_strike_of_workers_is_no_strike_on_a_town(
    column: tuple[str, EventType, str],
    words: str,
    trigger: str,
    type_: EventType | None,
    mode: str | None,
    expected: bool,
) -> None:
    text, act, how = column
    foretelling = foretold(text, "strike", type_=act, mode=how, place="Kazan")
    told = report("2023-06-10", "First", words, trigger, type_=type_, mode=mode, place="Kazan")
    same = any(why.startswith("tells of the same act") for why in held_against(foretelling, told).why)
    assert same is expected


@pytest.mark.parametrize(("where", "expected"), [("MLI", True), ("RUS", False)])
def test_a_report_without_a_place_is_of_the_country_that_its_text_is_about(where: str, expected: bool) -> None:
    column = foretold("Armed men will attack Kazan.", "attack", place="Kazan")
    speaks_of_both = Source({}, frozenset({"RUS", "MLI"}), column.document.text)
    told = Text("Bandits attacked a market in Mopti. They had attacked it twice.", "2023-06-10", "First")
    told.say("Bandits attacked a market in Mopti", "attacked", place="Mopti", country=where)
    told.say("They had attacked it twice", "had attacked", country=None)
    [prediction] = predictions_of(column.document, column.statements)
    later = reports_of(told.document, told.statements)[-1]
    found = match(Sought(prediction, source=speaks_of_both), later)
    assert found.features["elsewhere"] == float(expected)
