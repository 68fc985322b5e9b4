"""The program's own alerts and forecasts in the ledger: entered once, in time, and held to what came."""

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from foreshock.cli import main
from foreshock.errors import UsageError
from foreshock.forecast.countries import ids_by_code
from foreshock.forecast.history import History
from foreshock.forecast.run import forecast
from foreshock.forecast.vintages import cells_of, keep_vintage, list_vintages
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.scores import odds, scores
from foreshock.model.alert import Alert, RuleRecord, alert_id
from foreshock.model.board import State, Where
from foreshock.model.day import last_day
from foreshock.model.prediction import ForecasterKind, LedgerEntry, Outcome
from foreshock.model.vocabulary import EventType
from foreshock.record.store import Record
from foreshock.rounds.own_predictions import FORECAST, WATCH, enter_own
from foreshock.watch.outcomes import KINDS_OF_OUTCOMES
from foreshock.watch.store import keep_alerts, keep_rules
from tests.forecast.conftest import world  # noqa: F401 - the forecasts' made-up world, as a fixture
from tests.ledger.conftest import Text
from tests.record.samples import new_record
from tests.watch.samples import months, record_of, report, steady, surge

TODAY = datetime.datetime.now(datetime.UTC).date()


def test_every_kind_of_outcome_that_boards_warn_of_can_be_foretold_in_words() -> None:
    assert set(lexicon().outcomes) == set(KINDS_OF_OUTCOMES)


def _watched(folder: Path) -> str:
    """A record of a year of calm and a surge of mutinies and coups this month, watched from the command line."""
    first = TODAY.replace(day=1)
    begin = f"{first.year - 1}-{first.month:02d}"
    entries = steady(months(begin, 12)) + surge(first, ["mutinied"] * 9 + ["seized power"] * 9)
    record_of(folder, entries).close()
    address = str(folder / "record.sqlite")
    told = CliRunner().invoke(main, ["watch", "--board", "coup", "--record", address])
    assert told.exit_code == 0, told.output
    return address


def _own(record: Record, day: datetime.date) -> list[LedgerEntry]:
    return [
        one for one in Book(record, day).entries(Wanted(repeats=True))
        if one.prediction.forecaster_kind is ForecasterKind.PROGRAM
    ]  # fmt: skip


@pytest.mark.slow
def test_an_alert_is_held_to_what_it_warned_of(tmp_path: Path) -> None:
    address, later = _watched(tmp_path), TODAY + datetime.timedelta(40)
    with Record(address) as record:
        before = _own(record, TODAY)
        assert before and all(one.outcome is Outcome.PENDING for one in before)
        one = before[0].prediction
        assert one.forecaster == WATCH and one.made == TODAY and one.country == "SDN" and "Sudan" in one.text
        assert one.by >= TODAY and (one.low, one.high) == (None, None)
        record.keep([report(TODAY + datetime.timedelta(20), 900 + n, "seized power") for n in range(2)])
        Book(record, later).resolve()
        warned = [entry for entry in _own(record, later) if "coup" in entry.prediction.text]
        assert warned and warned[0].outcome is Outcome.TRUE
        proposal = Book(record, later).entry(warned[0].prediction.id).proposal
        assert proposal is not None and proposal.evidence[0].text == "men seized power"
        assert Book(record, TODAY).entries(Wanted(outcome=Outcome.TRUE)) == []


def test_an_alert_stands_in_the_ledger_as_long_as_a_replay_counts_it(tmp_path: Path) -> None:
    with Record(_watched(tmp_path)) as record:
        (by,) = {one.prediction.by for one in _own(record, TODAY)}
    months_ahead = by.year * 12 + by.month - (TODAY.year * 12 + TODAY.month)
    assert months_ahead == 6 and (by + datetime.timedelta(1)).day == 1


@pytest.mark.parametrize(("documents", "told"), [("5", True), ("6", False)])
def test_an_alert_has_the_odds_of_its_own_rule_replayed_and_none_of_another(
    tmp_path: Path, documents: str, told: bool
) -> None:
    first = TODAY.replace(day=1)
    entries = steady(months(f"{first.year - 1}-{first.month:02d}", 12)) + surge(
        first, ["mutinied"] * 9 + ["seized power"] * 9
    )
    record_of(tmp_path, entries).close()
    address, known = str(tmp_path / "record.sqlite"), tmp_path / "known.yaml"
    known.write_text(
        f"- {{kind: coup, country: SDN, name: a coup, began: {first - datetime.timedelta(900)}, source: x}}\n"
    )
    span = [f"{first.year - 1}-{first.month:02d}", f"{first.year}-{first.month:02d}"]
    replayed = ["watch", "--board", "coup", "--record", address, "--outcomes", str(known), "--replay", *span]
    assert CliRunner().invoke(main, replayed).exit_code == 0
    watched = ["watch", "--board", "coup", "--record", address, "--documents", documents]
    assert CliRunner().invoke(main, watched).exit_code == 0
    with Record(address) as record:
        [one] = [one.prediction for one in _own(record, TODAY)]
    assert (one.low is not None, one.high is not None) == (told, told)


@pytest.mark.slow
def test_an_alert_is_entered_once_and_shown_on_the_desk(tmp_path: Path) -> None:
    from fastapi.testclient import TestClient

    from foreshock.desk.app import create_app

    address = _watched(tmp_path)
    with Record(address) as record:
        number = len(_own(record, TODAY))
        assert enter_own(record) == 0 and len(_own(record, TODAY)) == number
        identity = _own(record, TODAY)[0].prediction.id
        with TestClient(create_app(record)) as desk:
            page = desk.get(f"/ledger/{identity}").text
            told = page.split('href="/alerts/')[1].split('"')[0]
            assert "why it said so" in page and desk.get(f"/alerts/{told}").status_code == 200
            alert, about = desk.get(f"/alerts/{told}").text, desk.get(f"/alerts/{told}.json").json()
            assert f'href="/ledger/{identity}"' in alert and "pending" in alert and "hindsight" not in alert
            assert (about["ledger"], about["ledger_outcome"], about["in_hindsight"]) == (identity, "pending", False)
            listed = desk.get("/alerts.json").json()["alerts"]
            assert {one["alert"]["id"]: one["ledger"] for one in listed}[told] == identity


def test_what_is_raised_after_its_own_horizon_is_hindsight_and_not_entered(tmp_path: Path) -> None:
    entries = steady(months("2022-01", 12)) + surge(datetime.date(2023, 1, 10), ["mutinied"] * 9)
    record_of(tmp_path, entries).close()
    address = str(tmp_path / "record.sqlite")
    assert CliRunner().invoke(main, ["watch", "--board", "coup", "--record", address]).exit_code == 0
    with Record(address) as record:
        assert _own(record, TODAY) == []


def _alert(where: Where, state: State = State.ALARM) -> Alert:
    """An alert of a massacre ahead, of this month."""
    rule, first = "mass-atrocity:crackdown", TODAY.replace(day=1)
    return Alert(
        id=alert_id(rule, where, first), rule=rule, board="mass-atrocity", title="Mass atrocity", where=where,
        period=first, known=last_day(f"{first:%Y-%m}"), state=state, seen=9, usual=1.0, expected=1.0, chance=0.001,
        discovery=0.001, reports=9, outlets=3, war=False, why="nine, where one is usual", signs=(), statements=(),
        under="as it is",
    )  # fmt: skip


def test_an_alert_of_a_region_is_shown_by_nothing_in_another(tmp_path: Path) -> None:
    with new_record(tmp_path / "record.sqlite") as record:
        keep_alerts(record, [_alert(Where("MLI", region)) for region in ("Mopti", "Gao")])
        enter_own(record)
        later = TODAY + datetime.timedelta(20)
        told = "Forty civilians were killed in a massacre in Bandiagara."
        text = Text(told, later.isoformat(), "First").say(
            told, "killed", type_=EventType.ASSAULT, place="Bandiagara", country="MLI"
        )
        place = text.statements[0].place
        assert place is not None
        text.statements[0] = replace(text.statements[0], place=replace(place, admin1="Mopti"))
        record.keep([text.entry()])
        book = Book(record, later)
        book.resolve()
        outcomes = {one.prediction.criterion.place: (one.prediction.text, one.outcome) for one in _own(record, later)}
    assert outcomes == {
        "Mopti": ("civilians are killed in a massacre in Mopti, Mali", Outcome.TRUE),
        "Gao": ("civilians are killed in a massacre in Gao, Mali", Outcome.PENDING),
    }


def test_warnings_and_alerts_of_regions_have_not_the_odds_that_replay_gives_alarms_of_countries(tmp_path: Path) -> None:
    alerts = [_alert(Where("MLI")), _alert(Where("SDN"), State.WARNING), _alert(Where("NER", "Agadez"))]
    fared = RuleRecord(
        rule=alerts[0].rule, first=datetime.date(2015, 1, 1), last=datetime.date(2020, 12, 1), alarms=20, ahead=6,
        at_onset=2, during=0, nothing=12, misses=3, months=900, leads=(), under=alerts[0].under, followed=5,
    )  # fmt: skip
    with new_record(tmp_path / "record.sqlite") as record:
        keep_rules(record, [fared])
        keep_alerts(record, alerts)
        enter_own(record)
        odds = {one.prediction.country: one.prediction.likelihood for one in _own(record, TODAY)}
    assert odds == {"MLI": "5 of 20 alarms in replay were followed by one", "SDN": None, "NER": None}


@pytest.mark.parametrize(
    ("ahead", "at_onset", "followed", "odds"),
    [
        (0, 7, 0, ("0 of 7 alarms in replay were followed by one", 0.0, 0.354)),
        (7, 0, 7, ("7 of 7 alarms in replay were followed by one", 0.646, 1.0)),
        (7, 0, None, (None, None, None)),
    ],
)
def test_an_alarm_s_odds_are_of_what_its_entry_can_score(
    tmp_path: Path, ahead: int, at_onset: int, followed: int | None, odds: tuple[object, ...]
) -> None:
    """What began in the alarm's own month is no hit; a replay kept before this was counted knows of none."""
    alert = _alert(Where("MLI"))
    fared = RuleRecord(
        rule=alert.rule, first=datetime.date(2015, 1, 1), last=datetime.date(2020, 12, 1), alarms=7, ahead=ahead,
        at_onset=at_onset, during=0, nothing=0, misses=0, months=900, leads=(), under=alert.under, followed=followed,
    )  # fmt: skip
    with new_record(tmp_path / "record.sqlite") as record:
        keep_rules(record, [fared])
        keep_alerts(record, [alert])
        enter_own(record)
        (told,) = (one.prediction for one in _own(record, TODAY))
    assert (told.likelihood, told.low, told.high) == odds


@pytest.fixture
def forecasted(tmp_path: Path, world: History) -> Record:  # noqa: F811 - the fixture imported above
    """A record that speaks of Sudan, with a run of forecasts kept in January 2015."""
    record = record_of(tmp_path, [report(datetime.date(2015, 1, 2), 1, "met", "SDN")])
    keep_vintage(
        record, forecast(world, (3, 4, 5), 60), world, "state-based deaths",
        datetime.datetime(2015, 1, 5, 12, tzinfo=datetime.UTC),
    )  # fmt: skip
    return record


def test_a_run_of_forecasts_stands_in_the_ledger_with_its_chance_and_is_scored(forecasted: Record) -> None:
    with forecasted as record:
        assert enter_own(record) == 1
        day = datetime.date(2015, 6, 30)
        (one,) = _own(record, day)
        told = one.prediction
        assert (told.forecaster, told.made, told.by) == (
            FORECAST,
            datetime.date(2015, 1, 5),
            datetime.date(2015, 5, 31),
        )
        assert told.low is not None and told.high is not None
        Book(record, day).overrule(told.id, Outcome.TRUE, "A. Analyst", "the UCDP has it")
        (score,) = scores(_own(record, day), "forecaster", day, "icd203")
        assert score.name == FORECAST and score.n == 1 and score.brier_low is not None
        assert score.brier_low == pytest.approx((1 - told.high) ** 2)
        assert score.brier_high == pytest.approx((1 - told.low) ** 2)


def test_the_odds_of_a_run_lie_between_its_likeliest_month_and_months_that_know_nothing_of_each_other(
    forecasted: Record,
) -> None:
    with forecasted as record:
        enter_own(record)
        (one,) = _own(record, datetime.date(2015, 6, 30))
        (run,) = list_vintages(record)
        chances = [cell.chance for cell in cells_of(record, run.id, ids_by_code()["SDN"])]
    apart = 1 - (1 - chances[0]) * (1 - chances[1]) * (1 - chances[2])
    told = one.prediction
    assert (told.low, told.high) == (round(max(chances), 3), round(apart, 3)) and told.low < told.high
    assert told.likelihood == f"{told.low:.1%} in its likeliest month, {told.high:.1%} if its 3 months were independent"
    assert odds(told) == (told.low, told.high)


def test_months_that_were_over_when_a_run_was_kept_have_no_part_in_its_odds(
    tmp_path: Path,
    world: History,  # noqa: F811
) -> None:
    with record_of(tmp_path, [report(datetime.date(2015, 1, 2), 1, "met", "SDN")]) as record:
        made = datetime.datetime(2015, 5, 10, 12, tzinfo=datetime.UTC)
        keep_vintage(record, forecast(world, (3, 4, 5), 60), world, "state-based deaths", made)
        enter_own(record)
        (run,) = list_vintages(record)
        *_, may = (cell.chance for cell in cells_of(record, run.id, ids_by_code()["SDN"]))
        (one,) = _own(record, datetime.date(2015, 6, 30))
    told = one.prediction
    assert told.low == told.high == round(may, 3) and "for 2015-05 to 2015-05" in told.context
    assert (told.first, told.by) == (None, datetime.date(2015, 5, 31))


def test_a_run_of_one_month_has_that_months_chance(tmp_path: Path, world: History) -> None:  # noqa: F811
    with record_of(tmp_path, [report(datetime.date(2015, 1, 2), 1, "met", "SDN")]) as record:
        made = datetime.datetime(2015, 1, 5, 12, tzinfo=datetime.UTC)
        keep_vintage(record, forecast(world, (3,), 60), world, "state-based deaths", made)
        enter_own(record)
        (one,) = _own(record, datetime.date(2015, 6, 30))
    assert one.prediction.low == one.prediction.high and "of the draws" in (one.prediction.likelihood or "")


@pytest.mark.parametrize(
    ("day", "told", "expected"),
    [
        ("2015-01-20", "Twelve people were killed in fighting in Sudan.", Outcome.PENDING),
        ("2015-02-28", "Twelve people were killed in fighting in Sudan.", Outcome.PENDING),
        ("2015-03-01", "Twelve people were killed in fighting in Sudan.", Outcome.TRUE),
        ("2015-06-20", "Twelve people were killed in fighting in Sudan on 10 February.", Outcome.PENDING),
        ("2015-06-20", "Twelve people were killed in fighting in Sudan on 10 April.", Outcome.TRUE),
    ],
)
def test_a_run_of_forecasts_is_held_to_the_months_it_is_for_and_to_none_before(
    forecasted: Record, day: str, told: str, expected: Outcome
) -> None:
    with forecasted as record:
        enter_own(record)
        text = Text(told, day, "First").say(told, "killed", type_=EventType.ASSAULT, place="Sudan", country="SDN")
        record.keep([text.entry()])
        book = Book(record, datetime.date(2015, 6, 30))
        book.resolve()
        (one,) = _own(record, book.as_of)
        assert (one.prediction.first, one.outcome) == (datetime.date(2015, 3, 1), expected)
        with pytest.raises(UsageError, match="2015-03-01"):
            book.sharpen(one.prediction.id, one.prediction.criterion, datetime.date(2015, 2, 10), "Amal", "")
