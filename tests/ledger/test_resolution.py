"""What later reports make of a prediction: which of them bear on it, and which one is believed."""

import datetime

import msgspec
import pytest

from foreshock.corroborate.syndication import Syndication
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.matching import match
from foreshock.ledger.predictions import predictions_of
from foreshock.ledger.sought import Sought
from foreshock.ledger.timing import looks_back, named_day, too_late
from foreshock.model.prediction import Outcome
from foreshock.model.statement import Time
from foreshock.model.vocabulary import EventType, Granularity, Kind
from foreshock.record.store import Record
from tests.ledger.conftest import Text, op_ed, quiet_reports, report, reports_of

JULY = datetime.date(2023, 7, 31)


def foretold(words: str, trigger: str, **more: object) -> Text:
    """An op-ed of one forecast, to come about before the end of June."""
    return op_ed(words, trigger, **({"by": "2023-06-30"} | more))


def outcome(record: Record, *texts: Text, as_of: datetime.date = JULY) -> Outcome:
    """What is proposed of the prediction in the first text."""
    record.keep([text.entry() for text in texts], then=Syndication().take)
    book = Book(record, as_of)
    book.resolve()
    [entry] = book.entries(Wanted(repeats=True))
    return entry.outcome


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


CAMPS = "the air force will bomb their camps"


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


def test_odds_on_a_thing_are_no_report_of_it() -> None:
    told = report(
        "2023-06-12", "First", "The institute puts at 60 per cent the probability that Lipetsk falls.", "falls"
    )
    assert reports_of(told.document, told.statements) == []


def test_an_end_that_is_told_long_after_the_horizon_is_no_denial_of_what_was_to_last_until_then(record: Record) -> None:
    column = foretold("Governor Orlov will keep his seat in Lipetsk until the end of June.", "keep", place="Lipetsk")
    words = "Governor Orlov has been removed from his seat in Lipetsk, the palace said."
    end = report("2023-11-02", "Second", words, "removed", place="Lipetsk")
    assert outcome(record, column, end, *quiet_reports()) is not Outcome.FALSE


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
