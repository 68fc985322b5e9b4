"""Under whose name a prediction stands where a noun alone (*the police*) was taken for another state's body."""

import pytest

from foreshock.actors.resolve import resolved, shipped
from foreshock.ledger.predictions import predictions_of
from foreshock.ledger.speakers.homes import Homes
from foreshock.model.statement import Reading
from foreshock.model.vocabulary import Kind, SourceKind
from tests.ledger.conftest import CLAUSE, Text

KENYAN = Homes.of([("Ferry Post", f"d{number}", "KEN", 3) for number in range(8)])


def forecaster(words: str, source: str, places: dict[str, str]) -> str:
    """The forecaster's name in a text of an outlet that mostly writes about Kenya; `places` with their countries."""
    text = Text(f"Rain fell in {', '.join(places)}.\n\n{words}", "2024-01-10", "Ferry Post")
    for place, country in places.items():
        text.say(f"Rain fell in {', '.join(places)}", place, place=place, country=country)
    text.say(CLAUSE, "will", Kind.FORECAST, source=(source, SourceKind.ORGANISATION))
    reading = resolved(Reading(document=text.document, statements=tuple(text.statements), model="test"), shipped())
    [found] = predictions_of(reading.document, reading.statements, homes=KENYAN)
    return found.forecaster


@pytest.mark.parametrize(
    ("words", "source", "places", "name"),
    [
        (f"The police said that {CLAUSE}.", "The police", {"Kibo": "TZA"}, "police (Ferry Post)"),
        (f"The president said that {CLAUSE}.", "The president", {"Kibo": "TZA"}, "President of Kenya"),
        (
            f"The police said that {CLAUSE}.", "The police", {"Kibo": "TZA", "Mawe": "TZA"}, "police (Ferry Post)",
        ),
        # near it, and as they were
        (
            f"The police said that {CLAUSE}.",
            "The police", {"Moshi": "TZA", "Tanga": "TZA", "Mwanza": "TZA"}, "Police of Tanzania",
        ),
        (f"The police said that {CLAUSE}.", "The police", {"Kakamega": "KEN"}, "Police of Kenya"),
        (f"Tanzania's police said that {CLAUSE}.", "Tanzania's police", {"Kibo": "TZA"}, "Police of Tanzania"),
        (
            f"Tanzania waited. The police said that {CLAUSE}.",
            "The police", {"Kibo": "TZA", "Mawe": "TZA", "Ziwa": "TZA"}, "Police of Tanzania",
        ),
    ],
)  # fmt: skip
def test_a_noun_alone_is_no_body_of_a_state_that_the_text_does_not_name(
    words: str, source: str, places: dict[str, str], name: str
) -> None:
    assert forecaster(words, source, places) == name
