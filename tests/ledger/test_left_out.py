"""What the reader takes for a prediction and the ledger does not enter, and how repeats are told."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from foreshock.cli import main
from foreshock.ledger.predictions import predictions_of
from foreshock.ledger.sifting import left_out
from foreshock.model.prediction import ForecasterKind
from foreshock.model.vocabulary import EventType, Kind, SourceKind
from foreshock.record.store import Record
from tests.ledger.conftest import FORECAST, Text, forecast


@pytest.mark.parametrize(
    ("words", "trigger", "reason"),
    [
        ("What to expect of Mali this year", "expect", "a heading, not a forecast"),
        ("Five things to watch in Mali this year", "watch", "a heading, not a forecast"),
        ("We will eat this column", "eat", "a speaker's own small doings"),
    ],
)
def test_what_is_left_out_has_its_reason(words: str, trigger: str, reason: str) -> None:
    text = Text(words, "2024-02-15", "Desert Post", "Paul Renner")
    text.say(words, trigger, Kind.FORECAST, actor="We" if words.startswith("We") else None)
    assert predictions_of(text.document, text.statements) == []
    assert list(left_out(text.document.text, text.statements).values()) == [reason]


@pytest.mark.parametrize(
    ("words", "kind", "told", "odds"),
    [
        ("A miller feared that the army would go.", Kind.FORECAST, ("would", 0.25, 0.8), (0.25, 0.8)),
        ("A miller says that the army would go.", Kind.FORECAST, ("would", 0.15, 0.6), (0.91, 1.0)),
        ("A miller said that the army would go.", Kind.FORECAST, ("would", 0.91, 1.0), (0.91, 1.0)),
        ("A miller said that the army would not go.", Kind.FORECAST, ("would not", 0.0, 0.09), (0.0, 0.09)),
        ("A miller hoped that the army would not go.", Kind.FORECAST, ("would not", 0.4, 0.85), (0.4, 0.85)),
        ("A miller said that the army would not go.", Kind.COMMITMENT, ("would not", 0.0, 0.09), (None, None)),
        ("A miller said that the army will not go.", Kind.COMMITMENT, ("will not", 0.0, 0.09), (None, None)),
        ("A miller said that the army won’t go.", Kind.COMMITMENT, ("won’t", 0.0, 0.09), (None, None)),
        (
            "A miller said that none of the army will go.",
            Kind.COMMITMENT,
            ("none of the army will", 0, 0.09),
            (None,) * 2,
        ),
        ("A miller said that the army is to go.", Kind.COMMITMENT, ("is to", 0.75, 0.95), (None, None)),
        ("A miller said that the army will not go.", Kind.FORECAST, ("will not", 0.0, 0.09), (0.0, 0.09)),
        (
            "A miller said that the army probably will not go.",
            Kind.COMMITMENT,
            ("probably will not", 0.2, 0.45),
            (0.2, 0.45),
        ),
        ("A miller said that the army may not go.", Kind.COMMITMENT, ("may not", 0.4, 0.8), (0.4, 0.8)),
    ],
)
def test_a_would_that_is_feared_or_pledged_is_no_will(
    words: str, kind: Kind, told: tuple[str, float, float], odds: tuple[float | None, float | None]
) -> None:
    text = Text(words, "2024-02-15", "Desert Post", "Paul Renner")
    clause = words.partition(" that ")[2].rstrip(".")
    text.say(
        clause,
        "go",
        kind,
        likelihood=told,
        source=("A miller", SourceKind.PERSON),
        negative=told[0] in ("would not", "will not", "won’t"),
    )
    [found] = predictions_of(text.document, text.statements)
    assert (found.low, found.high) == odds


@pytest.mark.parametrize(
    ("words", "clause", "asked"),
    [
        ("“Will the army go back before June?” asked a teacher.", "the army go back before June", True),
        ("Once it rains, will the army go?", "will the army go", True),
        ("So the army will go before June?", "the army will go before June", True),
        ("The board has not said whether the army will go.", "the army will go", True),
        ("Nobody has been told when the army will go.", "the army will go", True),
        ("A miller asked how the army would go.", "the army would go", True),
        ("It is doubtful whether the army will go.", "the army will go", False),
        ("The army will go before June, but who will pay it?", "The army will go before June", False),
        ("Whether or not it rains, the army will go.", "the army will go", False),
        ("The army, which nobody told of it, will go.", "The army, which nobody told of it, will go", False),
        ("Did the board not say that the army would go?", "the army would go", False),
        ("Who is to pay it? The army will go.", "The army will go", False),
        ("The vote on whether to leave Gao will go ahead.", "The vote on whether to leave Gao will go ahead", False),
        ("The board has not said whether to go.", "to go", True),
        (
            "Will the soldiers who were sent to the north of the\ncountry in January and who have not been paid since\n"
            "they left their barracks go before June?",
            "they left their barracks go before June",
            True,
        ),
    ],
)
def test_a_question_foretells_nothing(words: str, clause: str, asked: bool) -> None:
    text = Text(words, "2024-02-15", "Desert Post", "Paul Renner")
    text.say(clause, "go", Kind.FORECAST)
    assert list(left_out(text.document.text, text.statements).values()) == ["a question"] * asked
    assert len(predictions_of(text.document, text.statements)) == 1 - asked


@pytest.mark.parametrize(
    ("words", "clause", "entered"),
    [
        ("In January we wrote that the army would go before June. It did not.", "the army would go before June", False),
        ("I wrote here last April that the army would go.", "the army would go", False),
        ("Two months ago this institute thought the army would go.", "the army would go", False),
        ("He had said in May that he thought the army would go.", "he thought the army would go", False),
        ("The army, which was to go in May, sits in its barracks.", "which was to go in May", False),
        ("The council’s men, which are to go in May, sit in their tents.", "which are to go in May", True),
        ("Last March I did not think that the army would go.", "the army would go", False),
        ("In the spring we didn’t believe the army would go.", "the army would go", False),
        ("A year ago few expected that the army would go.", "the army would go", False),
        ("Nobody thought a month ago that the army would go.", "the army would go", False),
        ("A year ago nobody thought of this, but the army could go.", "the army could go", True),
        ("Few believed on Tuesday that the army would go.", "the army would go", True),
        ("Last March I did not think so, but now I do not expect that the army would go.", "the army would go", True),
        ("I do not think the men sent in the spring will go.", "the men sent in the spring will go", True),
        ("In January we wrote that the army will go before June.", "the army will go before June", True),
        ("I wrote last April, and I repeat, that the army would go.", "the army would go", True),
        ("I wrote last April that the army would go; nothing has happened to alter that.", "the army would go", True),
        ("In January I wrote that the army would go, and I stand by it.", "the army would go", True),
        ("In January I wrote that the army would go, and nothing came of it.", "the army would go", False),
        ("The minister, who had said in May that he would stay, will go.", "The minister will go", True),
        ("I thought that in May the army would go.", "in May the army would go", True),
    ],
)
def test_what_was_foretold_long_since_is_not_foretold_today(words: str, clause: str, entered: bool) -> None:
    text = Text(words, "2024-02-15", "Desert Post", "Paul Renner")
    text.say(clause if clause in words else words, "go", Kind.FORECAST)
    assert len(predictions_of(text.document, text.statements)) == entered


def test_a_pledge_that_is_told_long_after_is_still_one() -> None:
    words = "The council had said in May that it would go."
    text = Text(words, "2024-02-15", "Desert Post", "Paul Renner").say("it would go", "go", Kind.COMMITMENT)
    assert len(predictions_of(text.document, text.statements)) == 1


@pytest.mark.parametrize(
    ("words", "clause", "odds", "entered"),
    [
        ("Banks are open, and nobody may cross the bridge.", "nobody may cross the bridge", "may", False),
        ("No party may cross half of the seats.", "No party may cross half of the seats", "may", False),
        ("One may cross the bridge on foot.", "One may cross the bridge on foot", "may", False),
        ("A truce was called so that lorries could cross.", "lorries could cross", "could", False),
        ("The lorries can cross at Rzhev.", "The lorries can cross at Rzhev", "can", False),
        ("Lorries can cross led by him.", "Lorries can cross led by him", "can", False),
        (
            "The siege can cross into a second year before May.",
            "The siege can cross into a second year before May",
            "can",
            True,
        ),
        ("One army may cross the bridge.", "One army may cross the bridge", "may", True),
        ("The rebels may cross the bridge.", "The rebels may cross the bridge", "may", True),
        ("They said that lorries could cross.", "lorries could cross", "could", True),
        ("The war can cross into Chad this year.", "The war can cross into Chad this year", "can", True),
        ("Rebels can cross in the coming weeks.", "Rebels can cross in the coming weeks", "can", True),
        ("Nobody may well cross it.", "Nobody may well cross it", "may well", True),
    ],
)
def test_what_is_allowed_or_possible_is_not_foretold(words: str, clause: str, odds: str, entered: bool) -> None:
    text = Text(words, "2024-02-15", "Desert Post", "Paul Renner")
    text.say(clause, "cross", Kind.FORECAST, likelihood=(odds, 0.2, 0.6))
    assert len(predictions_of(text.document, text.statements)) == entered


@pytest.mark.parametrize(("verb", "entered"), [("survive", True), ("win", True), ("enter", False)])
def test_what_no_rule_can_forbid_is_foretold_of_nobody(verb: str, entered: bool) -> None:
    words = f"Neither side may {verb} the war."
    text = Text(words, "2024-02-15", "Desert Post", "Paul Renner")
    text.say(words, verb, Kind.FORECAST, likelihood=("may", 0.2, 0.6))
    assert len(predictions_of(text.document, text.statements)) == entered


@pytest.mark.parametrize(
    ("words", "trigger", "entered"),
    [
        ("Augustin Kabeya follows elections at the Tumaini Institute.", "elections", False),
        ("The party keeps its majority.", "keeps", False),
        ("It meets on Thursdays.", "meets", False),
        ("The council meets on 5 May.", "meets", True),
        ("The party keeps its majority next year.", "keeps", True),
        ("The party is going.", "going", True),
        ("Angola to send a battalion.", "send", True),
        ("Nor do I think that a judge sits there.", "sits", True),
        ("Sudan heads for famine.", "heads", True),
        ("The country is on the brink of civil war.", "brink", True),
    ],
)
def test_a_sentence_that_does_not_look_ahead_foretells_nothing(words: str, trigger: str, entered: bool) -> None:
    text = Text(words, "2024-02-15", "Desert Post", "Paul Renner").say(words, trigger, Kind.FORECAST)
    assert len(predictions_of(text.document, text.statements)) == entered


@pytest.mark.parametrize(
    ("words", "found"), [("A coup is likely before June.", 1), ("Is a coup likely before June, or next year?", 0)]
)
def test_odds_that_are_asked_for_are_none(words: str, found: int) -> None:
    assert len(predictions_of(Text(words, "2024-02-15", "Desert Post", "Paul Renner").document, [])) == found


def test_what_a_speaker_gives_odds_in_a_figure_is_entered() -> None:
    words = "I would put a ceasefire before Easter at one in four"
    text = Text(words, "2024-02-15", "Desert Post", "Paul Renner")
    text.say(words, "ceasefire", Kind.FORECAST, actor="I", likelihood=("one in four", 0.25, 0.25))
    [found] = predictions_of(text.document, text.statements)
    assert (found.forecaster, found.low, found.high) == ("Paul Renner", 0.25, 0.25)


def test_what_a_fighter_foretells_of_us_is_entered_unscored() -> None:
    text = Text("“We’ll be in Gao by Christmas,” one fighter said.", "2024-02-15", "Desert Post", "Paul Renner")
    text.say("We’ll be in Gao by Christmas", "be", Kind.FORECAST, actor="We", source=("one fighter", SourceKind.PERSON))
    [found] = predictions_of(text.document, text.statements)
    assert found.forecaster_kind is ForecasterKind.UNSCORED
    assert left_out(text.document.text, text.statements) == {}


def test_resolve_says_how_many_are_said_again(record: Record, tmp_path: Path) -> None:
    reprint = Text(f"{FORECAST} I say it again.", "2023-05-03", "Ledger", "Ada Writer").say(
        FORECAST, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Shebekino", by="2023-06-30",
    )  # fmt: skip
    record.keep([forecast().entry(), reprint.entry()])
    asked = ["ledger", "resolve", "--as-of", "2023-06-01", "--record", str(tmp_path / "record.sqlite")]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    assert "3 pending, 0 void (of these 1 said again" in done.output


@pytest.mark.parametrize(
    ("words", "chance"),
    [
        ("We put at 70 per cent the chance of a second round on 15 December.", 0.7),
        ("The chance of a turnout above half has shrunk, in my judgment, to one in ten.", 0.1),
    ],
)
def test_a_chance_of_something_foretells_it(words: str, chance: float) -> None:
    [found] = predictions_of(Text(words, "2024-02-15", "Desert Post", "Paul Renner").document, [])
    assert (found.low, found.high) == (chance, chance)


@pytest.mark.parametrize(("words", "entered"), [
    ("I put the chance of a vote by 2 August at one in five", True),
    ("I had put the chance of a vote at one in five", False),
    ("In May we gave a vote by the end of June one in five", False),
    ("In May we will know, and we give a vote by the end of June one in five", True),
    ("We gave a vote by the end of June one in five", True),
])  # fmt: skip
def test_what_is_put_at_a_chance_today_looks_ahead(words: str, entered: bool) -> None:
    text = Text(words, "2024-02-15", "Desert Post", "Paul Renner")
    text.say(words, "vote", Kind.FORECAST, likelihood=("one in five", 0.2, 0.2))
    assert bool(predictions_of(text.document, text.statements)) is entered
