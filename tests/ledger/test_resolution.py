"""What later reports make of a prediction: which of them bear on it, and which one is believed."""

import datetime

import msgspec
import pytest

from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.outcomes.matching import match
from foreshock.ledger.outcomes.sought import Sought
from foreshock.ledger.outcomes.timing import named_day
from foreshock.ledger.predictions import predictions_of
from foreshock.model.prediction import Outcome
from foreshock.model.statement import Time
from foreshock.model.vocabulary import EventType, Granularity, Kind
from foreshock.record.store import Record
from foreshock.telling.standings import bearing
from tests.ledger.conftest import JULY, Text, foretold, outcome, quiet_reports, report, reports_of


def test_whoever_speaks_more_nearly_of_the_thing_is_believed(record: Record) -> None:
    column = foretold("The Orlov column will enter Lipetsk before the end of June.", "enter", place="Lipetsk")
    beside = report("2023-06-10", "First", "The Orlov column crossed the border near Kursk.", "crossed", place="Kursk")
    denials = [
        report(day, outlet, words, "enter", place="Lipetsk", negative=True)
        for day, outlet, words in (
            ("2023-07-02", "Second", "The Orlov column did not enter Lipetsk in June."),
            ("2023-07-05", "Third", "A paper wrote that the Orlov column did not enter Lipetsk."),
        )
    ]
    assert outcome(record, column, beside, *denials, *quiet_reports()) is Outcome.FALSE


@pytest.mark.slow
@pytest.mark.parametrize(("whose", "expected"), [("Orlov", Outcome.FALSE), ("Sidorov", Outcome.PENDING)])
def test_the_end_of_a_state_settles_it_whenever_it_comes(record: Record, whose: str, expected: Outcome) -> None:
    words = "Governor Orlov will keep his seat in Lipetsk until the end of June."
    removals = [
        report(day, outlet, told, "removed", type_=EventType.COERCE, place="Lipetsk")
        for day, outlet, told in (
            ("2023-05-09", "First", f"Governor {whose} was removed in Lipetsk."),
            ("2023-05-10", "Second", f"In Lipetsk, {whose} has been removed, a paper wrote."),
        )
    ]
    column = foretold(words, "keep", place="Lipetsk")
    assert outcome(record, column, *removals, *quiet_reports()) is expected


def test_what_a_site_prints_under_every_report_makes_none_alike(record: Record) -> None:
    notice = (
        "This tidings sheet is printed by volunteers of the Samovar cooperative, whose kiosks sell almanacs, "
        "gramophone records and honey to the pensioners of the embankment on weekdays."
    )

    def under(text: Text) -> Text:
        whole = Text(f"{text.document.text}\n\n{notice}", str(text.document.published), text.document.outlet or "")
        for one in text.statements:
            whole.say(one.text, one.trigger.text, one.kind, place="Lipetsk" if one.kind is Kind.REPORT else None)
        return whole

    words = "The governor will fall before the end of June."
    beside = "Bribes at customs, a quarrel over quarries, two nephews and an unpaid choir have cost him every friend."
    column = Text(f"{words} {beside}\n\n{notice}", "2023-05-01", "Ledger", "Ada Writer")
    column.say(words, "fall", Kind.FORECAST, by="2023-06-30", likelihood=("will", 0.8, 1.0))
    others = [
        under(report(f"2023-{month:02d}-{day:02d}", "Sheet", f"Rain fell on Lipetsk for {day + month} days.", "fell"))
        for month in (1, 2, 3, 4, 5, 6)
        for day in (5, 15, 25)
    ]
    assert outcome(record, column, *others) is Outcome.PENDING


def test_a_condition_that_is_a_not_holds_unless_its_contrary_is_told_in_its_time(record: Record) -> None:
    told = "If Tver does not fall within a week, the Orlov column will turn back before the end of June."
    column = foretold(told, "turn back", condition="If Tver does not fall within a week")
    back = report("2023-06-02", "First", "The Orlov column turned back on Thursday.", "turned back")
    fallen = report("2023-06-09", "Second", "By Friday Tver had fallen.", "fallen", place="Tver")
    assert outcome(record, column, back, fallen) is Outcome.TRUE


@pytest.mark.parametrize(
    "condition",
    [
        "If Tver does not fall within a week",
        "If Tver cannot fall within a week",
        "If Tver fails to fall within a week",
        "Unless Tver falls within a week",
    ],
)
def test_a_condition_whose_contrary_is_told_says_so_and_shows_it(record: Record, condition: str) -> None:
    told = f"{condition}, the Orlov column will turn back before the end of June."
    column = foretold(told, "turn back", condition=condition)
    fallen = report("2023-05-04", "Second", "Tver has fallen.", "fallen", place="Tver")
    back = report("2023-06-02", "First", "The Orlov column turned back on Thursday.", "turned back")
    assert outcome(record, column, fallen, back) is Outcome.PENDING
    [listed] = Book(record, JULY).entries()
    proposal = Book(record, JULY).entry(listed.prediction.id).proposal
    assert proposal is not None and proposal.reason == "a report tells the contrary of its condition: a person decides"
    [evidence] = proposal.evidence
    assert (evidence.text, evidence.shows) == ("Tver has fallen.", False) and evidence.score > 0.5
    assert bearing(listed.prediction, evidence) == "tells the contrary of its condition"


@pytest.mark.slow
@pytest.mark.parametrize(("back", "expected"), [("2023-06-25", Outcome.TRUE), ("2023-07-28", Outcome.PENDING)])
def test_a_stretch_of_time_counts_from_when_the_condition_is_met(record: Record, back: str, expected: Outcome) -> None:
    told = "If Tver falls, the Orlov column will turn back within two weeks."
    column = foretold(told, "turn back", condition="If Tver falls", by=None)
    fallen = report("2023-06-19", "First", "Tver has fallen.", "fallen", place="Tver")
    turned = report(back, "Second", "The Orlov column turned back at dawn.", "turned back")
    assert outcome(record, column, fallen, turned, *quiet_reports()) is expected


@pytest.mark.parametrize(("number", "expected"), [("900", Outcome.PENDING), ("12,000", Outcome.TRUE)])
def test_figures_below_the_one_foretold_show_nothing(record: Record, number: str, expected: Outcome) -> None:
    column = foretold("More than 10,000 men will desert in Lipetsk before the end of June.", "desert", place="Lipetsk")
    told = report("2023-06-10", "First", f"By June {number} men had deserted in Lipetsk.", "deserted", place="Lipetsk")
    assert outcome(record, column, told) is expected


def test_a_denial_of_the_month_that_is_named_reaches_back_far_enough(record: Record) -> None:
    column = Text("The Orlov clubs will march in Lipetsk in June.", "2023-04-01", "Ledger", "Ada Writer")
    words = column.document.text
    column.say(words, "march", Kind.FORECAST, by="2023-06-30", likelihood=("will", 0.8, 1.0), place="Lipetsk")
    denials = [
        report(day, outlet, told, "march", place="Lipetsk", negative=True)
        for day, outlet, told in (
            ("2023-06-29", "Second", "The march of the Orlov clubs in Lipetsk did not take place this month."),
            ("2023-06-30", "Third", "No march of the Orlov clubs was seen in Lipetsk this month."),
        )
    ]
    for text in denials:
        start, end, when = text.span("this month")
        time = Time(
            start=start, end=end, text=when, from_=datetime.date(2023, 6, 1), to=text.document.published,
            granularity=Granularity.MONTH,
        )  # fmt: skip
        text.statements[0] = msgspec.structs.replace(text.statements[0], time=time)
    april = report("2023-04-20", "First", "Prices fell in Kazan in April.", "fell", place="Kazan")
    assert outcome(record, column, *denials, *quiet_reports(), april) is Outcome.FALSE


POSTPONED = "The council has postponed the Lipetsk election indefinitely."


@pytest.mark.parametrize(
    ("words", "trigger", "expected"),
    [
        ("Lipetsk will hold an election in June.", "election", {Outcome.FALSE, Outcome.PENDING}),
        ("The council will postpone the Lipetsk election.", "postpone", {Outcome.TRUE}),
    ],
)
def test_what_is_postponed_was_not_held(record: Record, words: str, trigger: str, expected: set[Outcome]) -> None:
    column = foretold(words, trigger, place="Lipetsk")
    told = report("2023-05-20", "First", POSTPONED, "postponed", place="Lipetsk")
    assert outcome(record, column, told) in expected


_ENTER = "The Orlov column will enter Lipetsk before the end of June."
_SUSPEND = "The court will suspend the law on the press in Lipetsk before the end of June."
_TURNED_BACK = ("The Orlov column set out to enter Lipetsk and was turned back at the bridge.", "enter")
_UPHELD = ("The court upheld the law on the press in Lipetsk.", "upheld")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "trigger", "reports", "expected"),
    [
        (_ENTER, "enter", [_TURNED_BACK], Outcome.PENDING),
        (_SUSPEND, "suspend", [_UPHELD], Outcome.PENDING),
        (_ENTER, "enter", [("The Orlov column entered Lipetsk on Friday.", "entered")], Outcome.TRUE),
        (_SUSPEND, "suspend", [("The court suspended the law on the press in Lipetsk.", "suspended")], Outcome.TRUE),
        (_ENTER, "enter", [_TURNED_BACK, ("The Orlov column entered Lipetsk on Friday.", "entered")], Outcome.TRUE),
    ],
)
def test_what_the_model_rather_hears_as_a_no_shows_nothing_alone(
    record: Record, words: str, trigger: str, reports: list[tuple[str, str]], expected: Outcome
) -> None:
    told = [
        report(f"2023-06-1{number}", "First", words, trigger, place="Lipetsk")
        for number, (words, trigger) in enumerate(reports)
    ]
    assert outcome(record, foretold(words, trigger, place="Lipetsk"), *told, *quiet_reports()) is expected


CAMPS = "the air force will bomb their camps"


@pytest.mark.slow
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("words", "condition"),
    [
        (f"If the rebels attack Lipetsk again, {CAMPS} before the end of June.", "If the rebels attack Lipetsk again"),
        (f"Should the rebels attack Lipetsk, {CAMPS} before the end of June.", "Should the rebels attack Lipetsk"),
        (f"Before the end of June {CAMPS} if the rebels attack Lipetsk.", "if the rebels attack Lipetsk"),
    ],
)
def test_a_condition_that_comes_about_shows_nothing(record: Record, words: str, condition: str, named: bool) -> None:
    column = foretold(words, "bomb", place="Lipetsk", condition=condition if named else None)
    attacked = report(
        "2023-06-02", "First", "Rebels attacked Lipetsk on Saturday night.", "attacked",
        type_=EventType.ASSAULT, place="Lipetsk",
    )  # fmt: skip
    fired = report("2023-06-04", "Second", "Soldiers in Tver fired into the air.", "fired", type_=EventType.ASSAULT)
    assert outcome(record, column, attacked, fired) is Outcome.PENDING


def test_a_condition_outside_the_clause_is_the_prediction_s(record: Record) -> None:
    whole = f"If the rebels attack Lipetsk, {CAMPS} before the end of June."
    column = Text(whole, "2023-05-01", "Ledger", "Ada Writer")
    column.say(CAMPS, "bomb", Kind.FORECAST, by="2023-06-30", likelihood=("will", 0.8, 1.0))
    bombed = report("2023-06-02", "First", "The air force bombed the rebels' camps.", "bombed")
    assert outcome(record, column, bombed) is Outcome.PENDING
    [entry] = Book(record, JULY).entries(Wanted(repeats=True))
    assert entry.prediction.condition == "If the rebels attack Lipetsk"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "trigger", "day", "told", "told_by", "expected"),
    [
        (
            "The premier will be out of office before the end of June.", "out", "2023-06-12",
            "By evening the premier had handed over his seal, and a civil servant from Lipetsk sat at his desk.", "sat",
            Outcome.TRUE,
        ),
        (
            "The governor will be gone before the end of June.", "gone", "2023-06-20",
            "The governor, whose successor moved into the residence at Lipetsk, has been seen at the airport.",
            "has been seen", Outcome.TRUE,
        ),
        (
            "The Orlov column will enter Lipetsk before the end of June.", "enter", "2023-07-05",
            "The Orlov column spent all of June in the hills, forty kilometres from Lipetsk.", "spent", Outcome.FALSE,
        ),
    ],
)  # fmt: skip
def test_a_closer_look_settles_what_is_told_in_other_words(
    record: Record, words: str, trigger: str, day: str, told: str, told_by: str, expected: Outcome
) -> None:
    column = foretold(words, trigger, place="Lipetsk" if "Lipetsk" in words else None)
    assert outcome(record, column, report(day, "First", told, told_by, place="Lipetsk"), *quiet_reports()) is expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ("Deserters of the Orlov column entered Lipetsk and gave up their rifles.", Outcome.FALSE),
        ("The Orlov column entered Lipetsk on Sunday.", Outcome.TRUE),
    ],
)
def test_a_no_that_is_read_outright_goes_before_words_that_only_sound_like_it(
    record: Record, near: str, expected: Outcome
) -> None:
    column = foretold("The Orlov column will enter Lipetsk before the end of June.", "enter", place="Lipetsk")
    hills = "The Orlov column spent all of June in the hills, forty kilometres from Lipetsk."
    reports = (
        report("2023-06-12", "First", near, "entered", place="Lipetsk"),
        report("2023-07-03", "Second", hills, "spent", place="Lipetsk"),
    )
    assert outcome(record, column, *reports, *quiet_reports()) is expected


@pytest.mark.slow
def test_a_no_that_is_older_does_not_go_before_them(record: Record) -> None:
    column = foretold("The Orlov column will enter Lipetsk before the end of June.", "enter", place="Lipetsk")
    hills = "The Orlov column has spent all of June in the hills, forty kilometres from Lipetsk."
    near = "Deserters of the Orlov column entered Lipetsk and gave up their rifles."
    reports = (
        report("2023-06-24", "Second", hills, "spent", place="Lipetsk"),
        report("2023-06-29", "First", near, "entered", place="Lipetsk"),
    )
    assert outcome(record, column, *reports, *quiet_reports()) is Outcome.TRUE


@pytest.mark.parametrize(
    ("words", "day"),
    [("since the first of the month", None), ("now", None), ("each spring", None), ("on 11 July", 11)],
)
def test_a_time_that_lasts_or_recurs_names_no_day(words: str, day: int | None) -> None:
    told = report("2023-07-11", "First", f"The column holds Lipetsk {words}.", "holds", place="Lipetsk")
    start, end, text = told.span(words)
    at = datetime.date(2023, 7, 11)
    time = Time(start=start, end=end, text=text, from_=at, to=at, granularity=Granularity.DAY)
    [statement] = told.statements
    told.statements[0] = msgspec.structs.replace(statement, time=time)
    column = foretold("The Orlov column will enter Lipetsk before the end of June.", "enter", place="Lipetsk")
    [prediction] = predictions_of(column.document, column.statements)
    found = match(Sought(prediction), reports_of(told.document, told.statements)[0])
    assert named_day(found) == (at if day else None)


@pytest.mark.parametrize(
    ("told", "trigger", "expected"),
    [
        ("RIGA, 13 May — The president has removed his minister, the palace said.", "removed", True),
        ("The president has removed his minister, the palace said.", "removed", False),
        ("RIGA, 13 May — The president has removed four ministers since March.", "removed", False),
        ("RIGA, 13 May — The president removed his minister.", "removed", False),
        ("RIGA, 13 May — The president removed his minister, who has children in exile.", "removed", False),
        ("RIGA, 13 May — The minister has been dismissed for theft.", "dismissed", True),
    ],
)
def test_what_a_dateline_tells_in_the_perfect_is_news_of_its_day(told: str, trigger: str, expected: bool) -> None:
    words = "The minister will keep his post until the end of March."
    column = foretold(words, "keep", by="2024-03-31")
    [prediction] = predictions_of(column.document, column.statements)
    later = report("2024-05-13", "First", told, trigger)
    [one] = reports_of(later.document, later.statements)
    assert named_day(match(Sought(prediction), one)) == (datetime.date(2024, 5, 13) if expected else None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "trigger", "place"),
    [
        ("Shells fell in the east of Lipetsk on Sunday.", "fell", "Lipetsk"),
        ("The Orlov column took the town of Gryazi, east of Lipetsk, on Sunday.", "took", "Gryazi"),
    ],
)
def test_a_town_does_not_fall_with_shells_or_with_another(record: Record, told: str, trigger: str, place: str) -> None:
    column = foretold("Lipetsk will fall to the Orlov column before the end of June.", "fall", place="Lipetsk")
    later = report("2023-06-12", "First", told, trigger, place=place)
    assert outcome(record, column, later, *quiet_reports()) is Outcome.PENDING


@pytest.mark.parametrize(
    ("words", "first", "since"),
    [("since last summer", "2023-06-01", "2023-08-31"), ("since September", "2023-09-01", "2023-09-01")],
)
def test_none_since_a_season_is_since_it_was_over(words: str, first: str, since: str) -> None:
    told = f"No raid on Lipetsk has been seen {words}, and the trenches are being lined."
    later = report("2024-01-26", "First", told, "raid", place="Lipetsk", negative=True)
    start, end, when = later.span(words)
    time = Time(
        start=start, end=end, text=when, from_=datetime.date.fromisoformat(first), to=datetime.date(2024, 1, 26),
        granularity=Granularity.MONTH,
    )  # fmt: skip
    [one] = reports_of(later.document, [msgspec.structs.replace(later.statements[0], time=time)])
    assert one.since == datetime.date.fromisoformat(since)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("In May the president removed his minister.", True),
        ("The president removed his minister before the May election.", True),
        ("The president removed his minister in mid-May.", True),
        ("The president may have removed his minister.", False),
    ],
)
def test_the_month_of_may_is_no_hedge(words: str, told: bool) -> None:
    text = report("2024-06-13", "First", words, "removed")
    assert bool(reports_of(text.document, text.statements)) is told


def test_odds_on_a_thing_are_no_report_of_it() -> None:
    told = report(
        "2023-06-12", "First", "The institute puts at 60 per cent the probability that Lipetsk falls.", "falls"
    )
    assert reports_of(told.document, told.statements) == []
