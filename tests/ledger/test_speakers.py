"""Under whose name a prediction stands, where the text tells it by a noun or a pronoun."""

import pytest

from foreshock.ledger.predictions import predictions_of
from foreshock.model.prediction import ForecasterKind
from foreshock.model.vocabulary import Kind, SourceKind
from tests.ledger.conftest import Text

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
