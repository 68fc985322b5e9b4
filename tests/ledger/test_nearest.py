"""Which reports a closer look reads first."""

from foreshock.ledger.outcomes.matching import match
from foreshock.ledger.outcomes.meaning import Meanings, shipped
from foreshock.ledger.outcomes.nearest import Nearest
from foreshock.ledger.outcomes.senses import senses_in
from foreshock.ledger.outcomes.sought import Sought
from foreshock.ledger.predictions import predictions_of
from foreshock.ledger.words import stem
from foreshock.model.vocabulary import Kind
from tests.ledger.conftest import Text, reports_of

CLAUSE = "the harbour of Ber will be closed by the end of June"


def nearness(day: str, words: str) -> float:
    """How near a report of that day comes to telling what became of the forecast."""
    text = Text(f"Rain fell on the coast.\n\nI think {CLAUSE}.", "2024-01-10", "Wire", "Ada Lund")
    text.say(CLAUSE, "will", Kind.FORECAST)
    [prediction] = predictions_of(text.document, text.statements)
    later = Text(f"{words}\n\nThe market was shut.", day, "Post")
    later.say(words.rstrip("."), words.split()[-1].rstrip("."))
    sought = Sought(prediction)
    [report] = reports_of(later.document, later.statements)
    near = Nearest(prediction, sought, prediction.text, Meanings(shipped(), {}))
    return near.of(match(sought, report))


def test_a_report_around_the_horizon_comes_before_one_of_years_later() -> None:
    words = "No ship has left the harbour of Ber since Monday."
    assert nearness("2024-07-02", words) > nearness("2026-07-02", words)


def test_a_report_in_the_forecasts_words_comes_before_another_of_its_day() -> None:
    assert nearness("2024-07-02", "No ship has left the harbour of Ber.") > nearness("2024-07-02", "Goats were sold.")


def test_who_takes_shelter_takes_no_town() -> None:
    assert "takes" in senses_in("the rebels have taken Nyala")
    assert "takes" not in senses_in("people who had taken shelter under a bridge in Nyala")


def test_a_word_that_tells_nothing_apart_is_none_that_is_sought() -> None:
    clause = "another harbour will be closed further north by the end of June"
    text = Text(f"I think {clause}.", "2024-01-10", "Wire", "Ada Lund")
    text.say(clause, "will", Kind.FORECAST)
    [prediction] = predictions_of(text.document, text.statements)
    assert Sought(prediction).own == {stem(word) for word in ("harbour", "closed", "north")}
