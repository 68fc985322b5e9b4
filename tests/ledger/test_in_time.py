"""What reports make of a prediction by when they come: in its time, early, late, or long after it."""

import datetime

import msgspec
import pytest

from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.outcomes.matching import match
from foreshock.ledger.outcomes.sought import Sought
from foreshock.ledger.outcomes.timing import looks_back, too_late
from foreshock.ledger.predictions import predictions_of
from foreshock.model.prediction import Outcome
from foreshock.model.statement import Time
from foreshock.model.vocabulary import Granularity
from foreshock.record.store import Record
from foreshock.telling.standings import bearing
from tests.ledger.conftest import JULY, Text, foretold, outcome, quiet_reports, report, reports_of


def dated(day: str, outlet: str, words: str, trigger: str, when: str, to: str, **more: object) -> Text:
    """A report that names the last day of what it tells."""
    text = report(day, outlet, words, trigger, **more)
    start, end, told = text.span(when)
    time = Time(start=start, end=end, text=told, to=datetime.date.fromisoformat(to), granularity=Granularity.DAY)
    text.statements[0] = msgspec.structs.replace(text.statements[0], time=time)
    return text


@pytest.mark.parametrize(
    ("day", "when", "to", "told", "expected"),
    [
        ("2023-07-03", "by June", "2023-06-30", "The Orlov column did not enter Lipetsk by June.", True),
        ("2024-07-03", "by June", "2024-06-30", "The Orlov column did not enter Lipetsk by June.", False),
        ("2023-06-20", "on Monday", "2023-06-19", "The Orlov column was not seen on Monday.", True),
        ("2023-06-20", "on Monday", "2023-06-19", "The gates were never closed on Monday.", False),
        ("2023-07-02", "on Monday", "2023-06-26", "The gates were never closed on Monday.", True),
    ],
)
def test_a_no_has_to_be_of_the_horizon_and_an_early_one_of_the_thing(
    day: str, when: str, to: str, told: str, expected: bool
) -> None:
    column = foretold("The Orlov column will enter Lipetsk before the end of June.", "enter", place="Lipetsk")
    [prediction] = predictions_of(column.document, column.statements)
    text = dated(day, "Second", told, told.split()[3], when, to, negative=True)
    [denial] = reports_of(text.document, text.statements)
    assert looks_back(prediction, match(Sought(prediction), denial)) is expected


@pytest.mark.parametrize(
    ("verb", "day", "expected"),
    [
        ("outlast", "2023-05-08", Outcome.PENDING),
        ("outlast", "2023-06-26", Outcome.TRUE),
        ("end", "2023-06-05", Outcome.TRUE),
    ],
)
def test_what_is_to_outlast_a_time_is_not_shown_early(record: Record, verb: str, day: str, expected: Outcome) -> None:
    column = foretold(f"The Orlov column will {verb} the siege of Lipetsk in June.", verb)
    told = report(day, "First", f"The Orlov column has {verb}ed a siege of Lipetsk.", f"{verb}ed", place="Lipetsk")
    assert outcome(record, column, told) is expected


@pytest.mark.parametrize(
    ("words", "verb", "told"),
    [
        ("The Orlov government will survive the vote in Lipetsk in June.", "survive", "survived the vote"),
        ("The Orlov court will order the mine to stay shut in June.", "order", "ordered the mine to stay shut"),
    ],
)
def test_what_is_over_in_a_day_is_shown_however_early(record: Record, words: str, verb: str, told: str) -> None:
    who = words.partition(" will ")[0]
    early = report("2023-06-02", "First", f"{who} {told} in Lipetsk.", told.split()[0], place="Lipetsk")
    assert outcome(record, foretold(words, verb), early) is Outcome.TRUE


@pytest.mark.parametrize(
    ("stated", "day", "when", "to", "expected"),
    [
        (True, "2023-07-04", "On 29 June", "2023-06-29", True),
        (True, "2023-07-04", "On 3 July", "2023-07-03", True),
        (True, "2023-07-04", "On 10 June", "2023-06-10", False),
        (True, "2023-06-29", "On 28 June", "2023-06-28", False),
        (False, "2024-05-05", "On 29 April", "2024-04-29", False),
    ],
)
def test_a_no_about_the_days_on_which_a_stated_horizon_ended_is_of_all_of_it(
    stated: bool, day: str, when: str, to: str, expected: bool
) -> None:
    words = "The Orlov column will enter Lipetsk" + (" before the end of June." if stated else ".")
    column = foretold(words, "enter", place="Lipetsk", by="2023-06-30" if stated else None)
    [prediction] = predictions_of(column.document, column.statements)
    told = f"{when} the Orlov column still stood on the road to Lipetsk."
    text = dated(day, "Second", told, "stood", when, to)
    at = datetime.date.fromisoformat(to)
    time = msgspec.structs.replace(text.statements[0].time, from_=at)
    [later] = reports_of(text.document, [msgspec.structs.replace(text.statements[0], time=time)])
    assert looks_back(prediction, match(Sought(prediction), later)) is expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "trigger", "told", "told_by"),
    [
        (
            "The truce at Lipetsk will remain in force until the end of June.", "remain",
            "The truce at Lipetsk broke down on Friday when the army shelled the market.", "broke",
        ),
        (
            "Lipetsk will vote on 25 June.", "vote",
            "The vote in Lipetsk of 25 June has been put off, the electoral commission says.", "put off",
        ),
        (
            "The general election in Lipetsk will be held on 25 June.", "held",
            "Lipetsk shuts down, election off.", "shuts",
        ),
        (
            "The council of Lipetsk will pass the amnesty bill before the end of June.", "pass",
            "The council of Lipetsk threw out the amnesty bill on Friday by forty votes to two.", "threw out",
        ),
    ],
)  # fmt: skip
def test_what_was_to_last_or_had_a_day_is_denied_by_its_end_however_early(
    record: Record, words: str, trigger: str, told: str, told_by: str
) -> None:
    column = foretold(words, trigger, place="Lipetsk")
    end = report("2023-05-12", "Second", told, told_by, place="Lipetsk")
    assert outcome(record, column, end, *quiet_reports()) is Outcome.FALSE


@pytest.mark.slow
def test_what_ended_only_after_its_horizon_lasted_through_it(record: Record) -> None:
    column = foretold("Governor Orlov will keep his seat in Lipetsk until the end of June.", "keep", place="Lipetsk")
    words = "On 20 July Governor Orlov was removed from his seat in Lipetsk."
    end = dated("2023-07-21", "First", words, "removed", "On 20 July", "2023-07-20", place="Lipetsk")
    assert outcome(record, column, end, *quiet_reports()) is Outcome.TRUE
    book = Book(record, JULY)
    [listed] = book.entries(Wanted(repeats=True))
    entry = book.entry(listed.prediction.id)
    assert entry.proposal is not None
    assert any("it ended only after the horizon" in one.why for one in entry.proposal.evidence)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "trigger", "told", "told_by"),
    [
        (
            "The ruling party will sign the Lipetsk accord before the end of June.", "sign",
            "On 20 July the ruling party walked away from the Lipetsk accord.", "walked",
        ),
        (
            "The last Orlov troops will leave Lipetsk before the end of June.", "leave",
            "On 20 July Orlov refused to pull the last troops out of Lipetsk.", "refused",
        ),
    ],
)  # fmt: skip
def test_what_was_not_to_last_is_not_shown_by_a_later_no(
    record: Record, words: str, trigger: str, told: str, told_by: str
) -> None:
    column = foretold(words, trigger, place="Lipetsk")
    later = dated("2023-07-21", "First", told, told_by, "On 20 July", "2023-07-20", place="Lipetsk")
    assert outcome(record, column, later, *quiet_reports()) is not Outcome.TRUE


def test_an_end_that_is_told_long_after_the_horizon_is_no_denial_of_what_was_to_last_until_then(record: Record) -> None:
    column = foretold("Governor Orlov will keep his seat in Lipetsk until the end of June.", "keep", place="Lipetsk")
    words = "Governor Orlov has been removed from his seat in Lipetsk, the palace said."
    end = report("2023-11-02", "Second", words, "removed", place="Lipetsk")
    assert outcome(record, column, end, *quiet_reports()) is not Outcome.FALSE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "late"),
    [
        ("The bridge at Lipetsk was at last opened.", True),
        ("The bridge at Lipetsk was opened.", False),
        ("The bridge at Lipetsk was opened, the governor said at last week's fair.", False),
        ("The bridge at Lipetsk was opened for the first time in two weeks.", False),
        ("The governor admitted for the first time that the bridge at Lipetsk was opened.", False),
        ("The bridge at Lipetsk, which was finally opened, is jammed with lorries.", False),
    ],
)
def test_what_came_at_last_after_its_horizon_had_not_come_before(record: Record, told: str, late: bool) -> None:
    column = foretold("The bridge at Lipetsk will be opened before the end of June.", "opened", place="Lipetsk")
    text = report("2023-07-25", "First", told, "opened", place="Lipetsk")
    assert outcome(record, column, text, *quiet_reports()) is (Outcome.FALSE if late else Outcome.PENDING)
    book = Book(record, JULY)
    [listed] = book.entries(Wanted(repeats=True))
    proposal = book.entry(listed.prediction.id).proposal
    assert proposal is not None
    assert ("came only after the horizon" in proposal.reason) is late
    told_of = [bearing(listed.prediction, found) for found in proposal.evidence]
    assert told_of == (["tells that it came only after the horizon"] if late else [])


@pytest.mark.parametrize(
    ("how", "expected"),
    [("still keeps", Outcome.TRUE), ("keeps", Outcome.PENDING), ("is back, and still keeps", Outcome.PENDING)],
)
def test_what_was_to_last_is_shown_by_a_later_report_that_it_has_held(
    record: Record, how: str, expected: Outcome
) -> None:
    column = foretold("Governor Orlov will keep his seat in Lipetsk until the end of June.", "keep", place="Lipetsk")
    told = f"Governor Orlov {how} his seat in Lipetsk."
    assert outcome(record, column, report("2023-07-20", "First", told, "keeps", place="Lipetsk")) is expected


@pytest.mark.parametrize(
    ("told", "first", "expected"),
    [
        ("The fair in Lipetsk, which opened on 27 June behind police, closed on 4 July.", "2023-07-04", False),
        ("The fair in Lipetsk, which was to open on 27 June, opened on 4 July.", "2023-07-04", True),
        ("The fair in Lipetsk was opened in the days until 4 July.", "2023-06-04", False),
    ],
)
def test_a_day_after_the_horizon_is_too_late_unless_it_reaches_back(told: str, first: str, expected: bool) -> None:
    column = foretold("The fair will open in Lipetsk before the end of June.", "open", place="Lipetsk")
    [prediction] = predictions_of(column.document, column.statements)
    text = dated("2023-07-12", "First", told, "opened", "4 July", "2023-07-04", place="Lipetsk")
    time = msgspec.structs.replace(text.statements[0].time, from_=datetime.date.fromisoformat(first))
    [later] = reports_of(text.document, [msgspec.structs.replace(text.statements[0], time=time)])
    assert too_late(prediction, match(Sought(prediction), later)) is expected


def test_a_day_that_is_counted_from_one_untold_is_not_too_late() -> None:
    column = foretold("The fair will open in Lipetsk before the end of June.", "open", place="Lipetsk")
    [prediction] = predictions_of(column.document, column.statements)
    told = "The strike came eleven days after the mayor had opened the fair in Lipetsk."
    text = dated("2023-07-12", "First", told, "opened", "eleven days after", "2023-07-01", place="Lipetsk")
    [later] = reports_of(text.document, text.statements)
    assert not too_late(prediction, match(Sought(prediction), later))


@pytest.mark.parametrize("watched", [True, False])
def test_the_watch_over_a_short_horizon_is_that_of_a_quarter_of_a_year(record: Record, watched: bool) -> None:
    column = foretold("The column will enter Lipetsk by Friday.", "enter", place="Lipetsk", by="2023-05-05")
    no = report("2023-05-07", "First", "The column did not enter Lipetsk.", "enter", place="Lipetsk", negative=True)
    quiet = [
        report(f"2023-{month}-{day}", outlet, f"Prices rose in Kazan, week {month}{day}.", "rose", place="Kazan")
        for month in ("02", "03", "04")
        for day, outlet in (("03", "First"), ("12", "Second"))
    ]
    expected = Outcome.FALSE if watched else Outcome.PENDING
    assert outcome(record, column, no, *(quiet if watched else ())) is expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "told", "trigger"),
    [
        ("The council will pass the amnesty in Lipetsk", "rejected reports that the amnesty was lost", "rejected"),
        (
            "The council will repeal the amnesty in Lipetsk",
            "repealed half of the amnesty at its first reading",
            "repealed",
        ),
    ],
)
def test_words_of_a_decision_deny_nothing_where_none_was_made_or_it_was_foretold(
    record: Record, words: str, told: str, trigger: str
) -> None:
    column = foretold(f"{words} before the end of June.", words.split()[3], place="Lipetsk")
    text = report("2023-05-12", "First", f"The council of Lipetsk {told} on Friday.", trigger, place="Lipetsk")
    assert outcome(record, column, text, *quiet_reports()) is not Outcome.FALSE


def test_a_record_that_begins_with_the_forecast_is_judged_from_there(record: Record) -> None:
    column = foretold("The column will enter Lipetsk by 26 May.", "enter", place="Lipetsk", by="2023-05-26")
    no = report("2023-05-28", "First", "The column did not enter Lipetsk.", "enter", place="Lipetsk", negative=True)
    quiet = [one for one in quiet_reports() if one.document.published and one.document.published.month == 5]
    assert outcome(record, column, no, *quiet) is Outcome.FALSE


@pytest.mark.parametrize(
    ("when", "to", "expected"), [("on Monday", "2023-05-01", Outcome.TRUE), ("on Tuesday", "2023-05-02", Outcome.FALSE)]
)
def test_what_is_due_on_the_day_itself_may_come_on_it(record: Record, when: str, to: str, expected: Outcome) -> None:
    column = foretold("The Orlov column will enter Lipetsk tonight.", "enter", place="Lipetsk", by="2023-05-01")
    words = f"The Orlov column entered Lipetsk {when}."
    told = dated("2023-05-03", "First", words, "entered", when, to, place="Lipetsk")
    assert outcome(record, column, told, *quiet_reports()) is expected


@pytest.mark.slow
def test_what_came_before_a_forecast_was_made_meets_no_condition_of_it(record: Record) -> None:
    column = foretold(
        "If Tver falls, the Orlov column will turn back before the end of June.", "turn back", condition="If Tver falls"
    )
    fell = dated("2023-05-20", "First", "Tver fell on 3 March.", "fell", "on 3 March", "2023-03-03", place="Tver")
    outcome(record, column, fell, *quiet_reports())
    [entry] = Book(record, JULY).entries()
    assert entry.proposal is not None
    assert entry.proposal.reason.startswith("waits for its condition")
