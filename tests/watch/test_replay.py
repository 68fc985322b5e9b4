"""Replays: what an alarm came before, what it missed, and how often it was for nothing, by a history made by hand."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from foreshock.errors import UsageError
from foreshock.model.alert import RuleRecord
from foreshock.model.board import Level, Levels
from foreshock.watch.boards import named_boards
from foreshock.watch.evaluate import Watch
from foreshock.watch.outcomes import Outcome, Outcomes, outcomes, read_outcomes
from foreshock.watch.periods import named_period, shown_period
from foreshock.watch.rates import rate_beside, rate_in_words, rate_interval
from foreshock.watch.replay import Replay, replay
from foreshock.watch.sightings import sightings
from tests.watch.samples import months, record_of, report, steady, surge

COUP = Outcome(kind="coup", country="SDN", name="a coup", began=datetime.date(2023, 4, 11), source="by hand")
FALSE = datetime.date(2023, 11, 10)


def replayed(
    folder: Path, known: tuple[Outcome, ...] = (COUP,), last: str = "2024-06", until: datetime.date | None = None
) -> Replay:
    """Two years: a surge in January 2023, a coup in April, another surge in November that came to nothing."""
    days = months("2022-01", 30)
    first = datetime.date(2023, 1, 10)
    calm = [day for day in days if day not in (first, FALSE)]
    entries = steady(calm) + surge(first, ["mutinied"] * 9) + surge(FALSE, ["mutinied"] * 11)
    with record_of(folder, entries) as record:
        watch = Watch(sightings(record), named_boards(["coup"]))
    return replay(watch, named_period("2022-07", "month"), named_period(last, "month"), Outcomes(known, until))


def rule(found: Replay, name: str) -> RuleRecord:
    return next(one for one in found.records if one.rule == name)


def test_an_alarm_before_the_outcome_is_ahead_and_one_without_is_false(tmp_path: Path) -> None:
    found = replayed(tmp_path)
    refusal = rule(found, "coup/refusal")
    assert (refusal.alarms, refusal.ahead, refusal.nothing, refusal.misses) == (2, 1, 1, 0)
    assert refusal.leads == (3.0,)
    # 24 months, less the six before the coup and the coup's own.
    assert refusal.months == 24 - 7
    assert refusal.rate == pytest.approx(1 / 17)
    assert {(one.first, one.verdict) for one in found.episodes if one.rule == "coup/refusal"} == {
        (named_period("2023-01", "month"), "ahead"),
        (named_period("2023-11", "month"), "nothing"),
    }


def test_a_rule_that_is_always_in_alarm_is_told_as_one(tmp_path: Path) -> None:
    """Its one alarm came before the coup and never ended, so that none came to nothing."""
    always = Levels(alarm=Level(least=1))
    (board,) = named_boards(["coup"])
    board = replace(board, indicators=tuple(replace(one, levels=always) for one in board.indicators))
    with record_of(tmp_path, [one for day in months("2022-01", 30) for one in surge(day, ["mutinied"])]) as record:
        watch = Watch(sightings(record), [board])
    found = replay(watch, named_period("2022-07", "month"), named_period("2024-06", "month"), Outcomes((COUP,)))
    refusal = rule(found, "coup/refusal")
    assert (refusal.alarms, refusal.ahead, refusal.nothing, refusal.rate) == (1, 1, 0, 0.0)
    assert (refusal.alarmed, refusal.months) == (17, 17)
    assert rate_beside(refusal, refusal.under) == "0.00 a month [0.00–0.22] (0 in 17; in alarm in 17)"
    assert "it stood in alarm in 17 of these country-months" in rate_in_words(refusal, refusal.under)
    assert rule(replayed(tmp_path / "rare"), "coup/refusal").alarmed == 1
    weekly = replace(refusal, every="week")
    assert rate_beside(weekly, weekly.under).startswith("0.00 a week")
    assert "0 in 17 country-weeks" in rate_in_words(weekly, weekly.under)


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [("2022-07-01", "2024-06-30", "month"), ("2022-07-04", "2024-06-30", "week"), ("2022-08-01", "2024-06-16", "week")],
)
def test_a_rate_kept_before_its_period_was_is_told_by_what_was_replayed(first: str, last: str, period: str) -> None:
    old = RuleRecord(
        rule="coup/refusal", first=datetime.date.fromisoformat(first), last=datetime.date.fromisoformat(last),
        alarms=1, ahead=0, at_onset=0, during=0, nothing=1, misses=0, months=20, leads=(), under="f",
    )  # fmt: skip
    assert rate_beside(old, "f") == f"0.05 a {period} [0.00–0.28] (1 in 20)"
    assert f"1 in 20 country-{period}s" in rate_in_words(old, "f")


@pytest.mark.parametrize(
    ("nothing", "months", "low", "high"),
    # Half the 2.5 and 97.5 % quantiles of chi-square with 2n and 2n + 2 degrees of freedom, by the months.
    [(0, 11, 0.0, 0.33535), (1, 20, 0.0012659, 0.27858), (3, 60, 0.010311, 0.14612), (400, 5000, 0.072352, 0.088237)],
)
def test_the_interval_of_a_rate_is_poisson_s(nothing: int, months: int, low: float, high: float) -> None:
    """So that a short replay without a false alarm does not look as if there were none."""
    fared = RuleRecord(
        rule="coup/refusal", first=datetime.date(2022, 7, 1), last=datetime.date(2022, 12, 31), alarms=nothing, ahead=0,
        at_onset=0, during=0, nothing=nothing, misses=0, months=months, leads=(), under="f",
    )  # fmt: skip
    assert rate_interval(fared) == pytest.approx((low, high), rel=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("began", "ahead", "followed"),
    [
        (datetime.date(2023, 1, 20), 0, 0),  # in the month of the alarm itself
        (datetime.date(2023, 2, 1), 1, 1),
        (datetime.date(2023, 7, 31), 1, 1),
        (datetime.date(2023, 8, 1), 0, 0),
    ],
)
def test_what_followed_an_alarm_began_after_its_month(
    tmp_path: Path, began: datetime.date, ahead: int, followed: int
) -> None:
    fared = rule(replayed(tmp_path, (replace(COUP, began=began),)), "coup/refusal")
    assert (fared.ahead, fared.followed) == (ahead, followed)


def test_what_came_long_after_an_alarm_rose_did_not_follow_its_rise(tmp_path: Path) -> None:
    """A rule that is in alarm from July 2022 on: the coup of April 2023 is ahead, and beyond what the alert told."""
    always = Levels(alarm=Level(least=1))
    (board,) = named_boards(["coup"])
    board = replace(board, indicators=tuple(replace(one, levels=always) for one in board.indicators))
    with record_of(tmp_path, [one for day in months("2022-01", 30) for one in surge(day, ["mutinied"])]) as record:
        watch = Watch(sightings(record), [board])
    found = replay(watch, named_period("2022-07", "month"), named_period("2024-06", "month"), Outcomes((COUP,)))
    assert (rule(found, "coup/refusal").ahead, rule(found, "coup/refusal").followed) == (1, 0)


def test_an_outcome_without_an_alarm_is_a_miss(tmp_path: Path) -> None:
    later = Outcome(kind="coup", country="SDN", name="unforeseen", began=datetime.date(2022, 12, 1), source="by hand")
    found = replayed(tmp_path, (later,))
    assert rule(found, "coup/refusal").misses == 1
    assert next(one for one in found.warned if one.outcome == later).leads["coup/refusal"] is None


def test_outcomes_of_another_kind_do_not_count(tmp_path: Path) -> None:
    war = Outcome(kind="war", country="SDN", name="a war", began=datetime.date(2023, 4, 11), source="by hand")
    assert rule(replayed(tmp_path, (war,)), "coup/refusal").ahead == 0


def test_countries_of_which_nothing_is_known_are_not_judged(tmp_path: Path) -> None:
    elsewhere = Outcome(kind="coup", country="MLI", name="elsewhere", began=datetime.date(2023, 4, 1), source="by hand")
    found = replayed(tmp_path, (elsewhere,))
    assert found.set_apart == ("SDN",)
    assert rule(found, "coup/refusal").alarms == 0


def test_what_comes_after_the_replay_changes_nothing_in_it(tmp_path: Path) -> None:
    short, long = replayed(tmp_path / "a", last="2023-06"), replayed(tmp_path / "b")
    till = named_period("2023-06", "month")
    assert [one for one in long.episodes if one.first <= till] == list(short.episodes)


def test_a_time_without_documents_is_told(tmp_path: Path) -> None:
    with record_of(tmp_path, steady(months("2022-01", 8))) as record:
        watch = Watch(sightings(record), named_boards(["coup"]))
    with pytest.raises(UsageError, match="2022-01 to 2022-08"):
        replay(watch, named_period("2010-01", "month"), named_period("2010-12", "month"), Outcomes((COUP,)))


def test_an_alarm_is_not_held_for_false_before_it_is_known_what_came_of_it(tmp_path: Path) -> None:
    """The surge of November stands until May: what came of it is known in the end of May, and not before."""
    for until, unknown in ((datetime.date(2024, 5, 30), 1), (datetime.date(2024, 5, 31), 0)):
        found = replayed(tmp_path / str(unknown), until=until)
        refusal = rule(found, "coup/refusal")
        assert (refusal.alarms, refusal.ahead, refusal.unknown, refusal.nothing) == (2, 1, unknown, 1 - unknown)
        # From July 2022 on, less the six months before the coup and its own, as far as all six ahead are known.
        assert refusal.months == (3 + 7 - unknown)
        assert found.known_until == until


def test_a_country_at_war_when_last_known_does_not_count_as_peaceful_afterwards(tmp_path: Path) -> None:
    war = replace(COUP, name="going on", began=datetime.date(2023, 9, 1), ongoing=True)
    found = replayed(tmp_path, (war,), until=datetime.date(2023, 9, 30))
    late = next(one for one in found.episodes if one.rule == "coup/refusal" and one.verdict == "not known")
    assert (late.first, late.outcome) == (named_period("2023-11", "month"), war)
    fared = rule(found, "coup/refusal")  # the surge of January came to nothing within six months
    assert (fared.nothing, fared.unknown, fared.months) == (1, 1, 8)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("known_until: 2999-01-01\noutcomes: []", "known_until 2999-01-01 lies ahead"),
        ("- {kind: war, country: SDN, name: x, began: 2023-04-15, ongoing: true, source: y}", "say with known_until"),
        (
            "known_until: 2024-12-31\noutcomes:\n- {kind: war, country: SDN, name: x, began: 2023-04-15, "
            "ended: 2023-05-01, ongoing: true, source: y}",
            "'x' ends and is ongoing",
        ),
        (
            "known_until: 2024-12-31\noutcomes:\n- {kind: war, country: SDN, name: x, began: 2025-04-15, source: y}",
            "of a day after known_until, 2024-12-31",
        ),
        ("known_til: 2024-12-31\noutcomes: []", "known_til"),
    ],
)
def test_outcomes_that_do_not_fit_until_when_they_are_known_are_refused(written: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_outcomes(written.encode(), "mine.yaml")


def test_the_shipped_outcomes_are_sound() -> None:
    assert {"SDN", "RUS", "BLR"} <= {one.country for one in outcomes().outcomes}


def test_a_wrong_outcome_is_named() -> None:
    with pytest.raises(UsageError, match="no kind of outcome"):
        read_outcomes(b"- {kind: riot, country: SDN, name: x, began: 2020-01-01, source: y}", "mine.yaml")


def test_what_began_after_the_replay_was_not_missed(tmp_path: Path) -> None:
    later = Outcome(kind="coup", country="SDN", name="later", began=datetime.date(2022, 12, 1), source="by hand")
    found = replayed(tmp_path, (later,), last="2022-10")
    assert rule(found, "coup/refusal").misses == 0
    assert found.warned == ()


def test_a_replay_that_ends_before_it_begins_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="turn FROM and TO round"):
        replayed(tmp_path, last="2022-01")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{kind: coup, country: SDN, name: x, began: 2019-02-30, source: y}", "mine.yaml"),
        ("{kind: coup, country: Sudan, name: x, began: 2019-02-20, source: y}", "Sudan is SDN"),
    ],
)
def test_an_outcome_of_no_day_or_no_country_is_refused(row: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_outcomes(f"- {row}".encode(), "mine.yaml")


def test_an_outcome_s_country_may_be_in_any_case() -> None:
    [one] = read_outcomes(b"- {kind: coup, country: sdn, name: x, began: 2020-01-01, source: y}", "mine.yaml").outcomes
    assert one.country == "SDN"


def test_a_place_never_read_of_is_not_told_as_read_of(tmp_path: Path) -> None:
    (board,) = named_boards(["coup"])
    with record_of(tmp_path, steady(months("2022-01", 14))) as record:
        watch = Watch(sightings(record), [replace(board, places=("SDN", "TCD"))])
    found = replay(watch, named_period("2022-07", "month"), named_period("2023-01", "month"), Outcomes((COUP,)))
    assert (found.countries, found.set_apart) == (("SDN",), ())


@pytest.mark.parametrize(
    ("month", "from_", "to"), [("2018-06", "2018-05-28", "2018-06-18"), ("2019-04", "2019-04-01", "2019-04-22")]
)
def test_a_month_of_weeks_is_all_that_end_in_it(month: str, from_: str, to: str) -> None:
    """What is known at the end of a month is not the whole week that goes on into the next, and a replay from a month
    on does not begin in its last week."""
    begin, end = named_period(month, "week", begins=True), named_period(month, "week")
    assert (shown_period(begin, "week"), shown_period(end, "week")) == (from_, to)


def test_an_alarm_goes_on_over_a_month_that_was_not_collected(tmp_path: Path) -> None:
    """One surge, a month of a single document, the surge again: one alarm, which one coup followed."""
    days = months("2022-01", 18)
    entries = steady(day for day in days if day not in days[12:15])
    entries += [*surge(days[12], ["mutinied"] * 9), report(days[13], 0), *surge(days[14], ["mutinied"] * 9)]
    with record_of(tmp_path, entries) as record:
        watch = Watch(sightings(record), named_boards(["coup"]))
    found = replay(watch, named_period("2022-07", "month"), watch.span.last, Outcomes((COUP,), None))
    spans = [(one.first, one.last, one.verdict) for one in found.episodes if one.rule == "coup/refusal"]
    assert spans == [(named_period("2023-01", "month"), named_period("2023-03", "month"), "ahead")]
    assert rule(found, "coup/refusal").alarms == 1
