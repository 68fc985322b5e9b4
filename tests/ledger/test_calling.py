"""Whom a text means that calls somebody again: by a noun, a pronoun, or a part of the name."""

import pytest

from foreshock.ledger.predictions import predictions_of
from foreshock.model.prediction import ForecasterKind
from foreshock.model.vocabulary import Kind, SourceKind
from tests.ledger.conftest import AUTHOR, CLAUSE, ORG, ROLE, UNSCORED, Text, forecaster

WATCH = "The International Crisis Watch said that the vote was in doubt."


@pytest.mark.parametrize(
    ("before", "words", "source", "kind", "name"),
    [
        (
            "The governor of Segou denied that there would be any mutiny.", "“The army will stay loyal,” he said.",
            ("he", SourceKind.PERSON), ForecasterKind.ROLE, "governor of Segou",
        ),
        (
            "", "He will resign, a neighbour of mine says of the colonel.",
            ("a neighbour of mine says of the colonel", SourceKind.PERSON), ForecasterKind.UNSCORED,
            "neighbour of mine",
        ),
        (
            WATCH, "A coup will come, the think tank said.", ("the think tank", SourceKind.ORGANISATION),
            ForecasterKind.ORGANISATION, "International Crisis Watch",
        ),
        (
            "", "A coup will come, the think tank said.", ("the think tank", SourceKind.ORGANISATION),
            ForecasterKind.UNSCORED, "think tank",
        ),
        (
            WATCH, "Its officials warned that a coup will come.", ("Its officials", SourceKind.PERSON),
            ForecasterKind.ORGANISATION, "International Crisis Watch",
        ),
    ],
)  # fmt: skip
def test_a_noun_or_pronoun_stands_for_whom_the_text_named(
    before: str, words: str, source: tuple[str, SourceKind], kind: ForecasterKind, name: str
) -> None:
    text = Text(f"Rain fell.\n\n{before} {words}", "2024-01-10", "Wire")
    if before == WATCH:
        text.say("the vote was in doubt", "doubt", source=("The International Crisis Watch", SourceKind.ORGANISATION))
    text.say(words, "will", Kind.FORECAST, source=source)
    [found] = predictions_of(text.document, text.statements)
    assert (found.forecaster_kind, found.forecaster) == (kind, name)


@pytest.mark.parametrize(
    ("words", "source", "kind", "name"),
    [
        (
            f"The river safety directorate counts forty boats. The directorate said that {CLAUSE}.", "The directorate",
            ORG, "river safety directorate",
        ),
        (
            f"The Harbour Commission met. A statement by the commission said that {CLAUSE}.",
            "A statement by the commission", ORG, "Harbour Commission",
        ),
        (
            f"The Harbour Commission met. In the words of the commission's notice, {CLAUSE}.",
            "the commission's notice", ORG, "Harbour Commission",
        ),
        (
            f"A team of the roads ministry came. Its delegate promised that {CLAUSE}.", "Its delegate",
            ORG, "roads ministry",
        ),
        (
            f"The roads tribunal has met. Its vice-president said that {CLAUSE}.", "Its vice-president",
            ROLE, "vice-president of the roads tribunal",
        ),
        (
            f"The governor of Beni resigned. His office said that {CLAUSE}.", "His office", ORG,
            "governor of Beni's office",
        ),
        (
            f"The governor of Beni resigned. {CLAUSE.capitalize()}, his office said.", "his office", ORG,
            "governor of Beni's office",
        ),
        (
            f"The ministry of river transport has spoken. {CLAUSE.capitalize()}, it told the parties.", "it",
            ORG, "ministry of river transport",
        ),
        (
            f"The roads council published a new calendar on Monday. Under the calendar, {CLAUSE}.", "the calendar",
            ORG, "roads council",
        ),
        (
            f"The World Ferry Agency and the Red Anchor feed them. The two agencies said that {CLAUSE}.",
            "The two agencies", ORG, "World Ferry Agency and Red Anchor",
        ),
        (
            f"In Segou the ministry of river transport has set its dates. The ministry announced that {CLAUSE}.",
            "The ministry", ORG, "ministry of river transport",
        ),
        (
            f"The fair is off, the ministry of trade and crafts said. The same ministry announced that {CLAUSE}.",
            "The same ministry", ORG, "ministry of trade and crafts",
        ),
        (
            f"The health ministry sent doctors. The ministry in Segou was calmer. It said that {CLAUSE}.", "It", ORG,
            "health ministry",
        ),
        (
            f"The Harbour Commission met. {CLAUSE.capitalize()}, says the motion.", "the motion", ORG,
            "Harbour Commission",
        ),
        (
            f"The city was told on Monday. According to the calendar published by the harbour commission, {CLAUSE}.",
            "the calendar", ORG, "harbour commission",
        ),
        (
            f"The roads tribunal has met. Its press secretary's office said that {CLAUSE}.",
            "press secretary's office", ORG, "roads tribunal",
        ),
        (
            f"The roads ministry met the Fund. It said that {CLAUSE}.", "It", ORG, "roads ministry",
        ),
        (
            f"A paper was signed. The signatories said that {CLAUSE}.", "The signatories", ORG,
            "signatories (Ferry Post)",
        ),
    ],
)  # fmt: skip
def test_who_is_called_again_is_whom_the_text_named(words: str, source: str, kind: ForecasterKind, name: str) -> None:
    said_by = SourceKind.ORGANISATION if kind is ORG else SourceKind.PERSON
    clause = CLAUSE.capitalize() if CLAUSE.capitalize() in words else CLAUSE
    assert forecaster(words, source, clause=clause, said_by=said_by) == (kind, name)


@pytest.mark.parametrize(
    ("words", "source", "expected"),
    [
        (
            f"The River Roads Authority said little. In all, {CLAUSE}, the text says.", "the text",
            (ORG, "River Roads Authority"),
        ),
        (f"The roads ministry has set itself another date: {CLAUSE}.", None, (ORG, "roads ministry")),
        (
            f"The River Roads Authority came. Its dredging unit assumes that {CLAUSE}.", "Its dredging unit",
            (ORG, "River Roads Authority"),
        ),
        (
            f"Nobody fights, their embassy says. The harbour minister went further. He holds that {CLAUSE}.", "He",
            (ROLE, "harbour minister"),
        ),
        (
            f"Kronos Ferries, a Beni firm that runs boats, was less cautious. It wrote that {CLAUSE}.", "It",
            (ORG, "Kronos Ferries"),
        ),
        (f"A man sold tea, and his neighbour laughed. I'd say that {CLAUSE}.", "his neighbour", (AUTHOR, "Ada Lund")),
        (f"The roads ministry let it be known that {CLAUSE}.", None, (ORG, "roads ministry")),
        (f"It has been decided that {CLAUSE}.", "It has been decided", (AUTHOR, "Ada Lund")),
    ],
)  # fmt: skip
def test_whom_a_text_calls_in_yet_other_ways(
    words: str, source: str | None, expected: tuple[ForecasterKind, str]
) -> None:
    assert forecaster(words, source, author="Ada Lund") == expected


@pytest.mark.parametrize(
    ("words", "source", "author", "expected"),
    [
        # The agency is the one that the text names, not the one that publishes it.
        (
            f"Food. The World Food Programme stopped the cards on Monday. The agency states that {CLAUSE}.",
            "The agency", None, (ORG, "World Food Programme"),
        ),
        # Who signs a text and is named in it.
        (f"Our analyst Ada Lund thinks that {CLAUSE}.", "Our analyst Ada Lund", "Ada Lund", (AUTHOR, "Ada Lund")),
        (
            f"Ada Lund has revised her view: she now puts at 60 per cent the chance that {CLAUSE}.", "she", "Ada Lund",
            (AUTHOR, "Ada Lund"),
        ),
        (f"The UN refugee office said that {CLAUSE}.", "The UN refugee office", None, (ORG, "UN refugee office")),
        (
            f"The chief electoral officer has sixty companies. With that many, he told reporters, {CLAUSE}.", "he",
            None, (ROLE, "chief electoral officer"),
        ),
        (f"The rectorate of the university said that {CLAUSE}.", "The rectorate of the university", None,
         (ORG, "rectorate of the university")),
        (f"I think {CLAUSE}, whatever the judges might be asked.", "judges might be", "Ada Lund", (AUTHOR, "Ada Lund")),
        (
            f"The traders' chamber of Koundara met. In the chamber's view {CLAUSE}.", "the chamber's", None,
            (ORG, "chamber of Koundara"),
        ),
    ],
)  # fmt: skip
def test_those_whom_a_text_calls_by_a_part_of_their_name(
    words: str, source: str, author: str | None, expected: tuple[ForecasterKind, str]
) -> None:
    assert forecaster(words, source, author=author) == expected


@pytest.mark.parametrize(
    ("words", "source", "author", "expected"),
    [
        (f"The state government said that {CLAUSE}.", "The state government", None, (ORG, "state government")),
        (f"If it rains, {CLAUSE}, the Post's planners say.", "the Post's planners", None, (ORG, "Ferry Post")),
        (f"Our epidemiologist's judgement is that {CLAUSE}.", "Our epidemiologist's", None, (ORG, "Ferry Post")),
        (
            f"The army of Segou made its position known: if the board finds it, {CLAUSE}.", None, None,
            (ORG, "army of Segou"),
        ),
        (f"A diplomat of the bloc was calm. {CLAUSE}, the diplomat said.", "the diplomat", None,
         (UNSCORED, "diplomat")),
        (f"I think {CLAUSE}, whatever visa restrictions Washington announces.", None, "Ada Lund", (AUTHOR, "Ada Lund")),
    ],
)  # fmt: skip
def test_those_whom_a_text_calls_by_a_common_name(
    words: str, source: str | None, author: str | None, expected: tuple[ForecasterKind, str]
) -> None:
    assert forecaster(words, source, author=author) == expected


@pytest.mark.parametrize("subject", ["President Rasolofo", "The president"])
def test_an_office_that_tells_what_its_holder_will_do_is_no_office_named_before(subject: str) -> None:
    words = f"{subject} will address the nation on Sunday"
    before = "They had taken the regional governor's office in Madagascar."
    text = Text(f"{before}\n\n{words}, his office announced.", "2024-01-10", "Wire")
    text.say(words, "will", Kind.FORECAST, source=("his office", SourceKind.ORGANISATION))
    [found] = predictions_of(text.document, text.statements)
    assert found.forecaster_kind is ORG and found.forecaster.casefold().startswith("president")
