"""What bears on a prediction only nearly: an earlier time, a part, the act of others, an end that was foretold."""

import pytest

from foreshock.ledger.outcomes.bearing import told_in_part
from foreshock.ledger.outcomes.matching import match
from foreshock.ledger.outcomes.sought import Sought
from foreshock.ledger.outcomes.timing import in_time
from foreshock.ledger.predictions import predictions_of
from foreshock.model.prediction import Outcome
from foreshock.record.store import Record
from tests.ledger.conftest import Text, foretold, outcome, report, reports_of


def _held_against(words: str, trigger: str, by: str, told: Text) -> bool:
    """Whether a report speaks in time for what is foretold."""
    column = foretold(words, trigger, place="Lipetsk", by=by)
    [prediction] = predictions_of(column.document, column.statements)
    [later] = reports_of(told.document, told.statements)
    return in_time(prediction, match(Sought(prediction), later))


@pytest.mark.parametrize(
    ("words", "by", "day", "expected"),
    [
        ("Lipetsk will vote on 25 June.", "2023-06-25", "2023-05-20", False),
        ("Lipetsk will vote on 25 June.", "2023-06-25", "2023-06-22", True),
        ("Lipetsk will vote in June.", "2023-06-30", "2023-05-20", False),
        ("Lipetsk will vote in June.", "2023-06-30", "2023-05-30", True),
        ("Lipetsk will vote by 25 June.", "2023-06-25", "2023-05-20", True),
        ("Lipetsk will vote before the fair on 25 June.", "2023-06-25", "2023-05-20", True),
        ("Lipetsk will vote once the list closes on 25 June.", "2023-06-25", "2023-05-20", True),
    ],
)
def test_what_is_foretold_for_a_day_is_not_shown_by_what_came_long_before_it(
    words: str, by: str, day: str, expected: bool
) -> None:
    told = report(day, "First", "Lipetsk has voted.", "voted", place="Lipetsk")
    assert _held_against(words, "vote", by, told) is expected


def test_an_earlier_vote_does_not_show_the_one_that_has_a_day(record: Record) -> None:
    column = foretold("The Orlov party will elect its leader in Lipetsk on 25 June.", "elect", place="Lipetsk")
    early = report("2023-05-09", "First", "The Orlov party elected its leader in Lipetsk.", "elected", place="Lipetsk")
    assert outcome(record, column, early) is Outcome.PENDING


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The fund had taken in 2.9 million roubles out of 12.7 million.", True),
        ("He was paid for two bridges out of four.", True),
        ("The army withdrew 600 of the 1,200 soldiers.", True),
        ("Half of the schools are open.", True),
        ("The army withdrew 1,200 soldiers, the last of the 1,200.", False),
        ("The first of three bridges is open.", False),
        ("All of the schools are open.", False),
    ],
)
def test_so_many_of_so_many_are_a_part(told: str, expected: bool) -> None:
    assert told_in_part(told) is expected


@pytest.mark.parametrize(("foreseen", "expected"), [("All soldiers", Outcome.PENDING), ("Some soldiers", Outcome.TRUE)])
def test_a_part_does_not_show_the_whole(record: Record, foreseen: str, expected: Outcome) -> None:
    column = foretold(
        f"{foreseen} will leave the Orlov camp at Lipetsk before the end of June.", "leave", place="Lipetsk"
    )
    words = "Half of the soldiers left the Orlov camp at Lipetsk."
    assert outcome(record, column, report("2023-06-09", "First", words, "left", place="Lipetsk")) is expected


@pytest.mark.parametrize(
    ("told", "negative", "expected"),
    [
        ("The sanctions on the port of Lipetsk were lifted.", False, Outcome.TRUE),
        ("The sanctions on the port of Lipetsk were not lifted.", True, Outcome.PENDING),
    ],
)
def test_an_end_that_was_foretold_is_no_denial_of_it(
    record: Record, told: str, negative: bool, expected: Outcome
) -> None:
    column = foretold(
        "The sanctions on the port of Lipetsk will be lifted before the end of June.", "lifted", place="Lipetsk"
    )
    text = report("2023-06-09", "First", told, "lifted", place="Lipetsk", negative=negative)
    assert outcome(record, column, text) is expected


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("Visa restrictions on Georgian politicians will follow before the end of June.", set()),
        ("Georgian politicians will follow before the end of June.", {"GEO"}),
        ("On Friday Georgian politicians will follow.", {"GEO"}),
        ("According to the plan Georgian politicians will follow before the end of June.", {"GEO"}),
        ("The mission will keep its posts on the Syrian side before the end of June.", set()),
        ("The posts will be kept by Syrian soldiers until the end of June.", {"SYR"}),
    ],
)
def test_whom_an_act_is_done_to_does_not_do_it(words: str, whose: set[str]) -> None:
    column = foretold(words, "follow" if "follow" in words else "ke" + ("pt" if "kept" in words else "ep"))
    [prediction] = predictions_of(column.document, column.statements)
    assert Sought(prediction).whose == whose
