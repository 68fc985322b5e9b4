"""Scores against figures worked out by hand, and the yardsticks."""

import datetime
import io
import json
import math
from importlib.resources import files

import msgspec
import pytest
import yaml

from foreshock.errors import UsageError
from foreshock.ledger.predictions import predictions_of
from foreshock.ledger.scores import LEAST_RANKED, brier, log_score, odds, score, scoreboard, scores, wilson
from foreshock.ledger.yardsticks import named, of_criterion
from foreshock.model.document import Document, text_id
from foreshock.model.prediction import Criterion, ForecasterKind, LedgerEntry, Outcome, Prediction, Proposal, Ruling
from foreshock.model.vocabulary import Kind
from foreshock.model.words import counted
from foreshock.read import reader
from foreshock.read.likelihood import interval_of
from foreshock.terminal.ledger import View
from foreshock.terminal.ledger_scores import show_scores

DAY = datetime.date(2024, 1, 1)


def interval(phrase: str, told: tuple[float, float], yardstick: str) -> tuple[float, float]:
    """The odds by a yardstick; the reader's where it does not name the phrase."""
    return named(phrase, yardstick) or told


def entry(
    number: int,
    low: float | None,
    high: float | None,
    outcome: Outcome,
    who: str = "A",
    negated: bool = False,
    kind: Kind = Kind.FORECAST,
) -> LedgerEntry:
    """A resolved prediction."""
    identity = f"{number:012d}"
    prediction = Prediction(
        id=identity, statement="s", document="d", start=0, end=1, text="t", kind=kind.value,
        forecaster_kind=ForecasterKind.AUTHOR, forecaster=who, outlet=None, made=DAY, criterion=Criterion(words="t"),
        by=DAY, default_horizon=False, negated=negated, likelihood=None, low=low, high=high, condition=None, topic=None,
        country=None, countries=(), group=identity, line=identity,
    )  # fmt: skip
    return LedgerEntry(
        prediction=prediction, proposal=Proposal(prediction=identity, outcome=outcome, reason="", as_of=DAY)
    )


def test_brier_and_log_are_ranges_where_the_text_gave_one() -> None:
    assert brier(0.55, 0.8, True) == pytest.approx((0.04, 0.2025))
    assert brier(0.55, 0.8, False) == pytest.approx((0.3025, 0.64))
    assert brier(0.25, 0.25, True) == pytest.approx((0.5625, 0.5625))
    assert log_score(0.5, 0.8, True) == pytest.approx((-math.log(0.8), -math.log(0.5)))
    assert log_score(1.0, 1.0, False)[1] == pytest.approx(-math.log(0.01))


def test_wilson_is_the_published_interval() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)


def test_discrimination_and_n_stand_beside_every_score() -> None:
    found = score("all", [
        entry(1, 0.8, 0.8, Outcome.TRUE), entry(2, 0.6, 0.6, Outcome.TRUE), entry(3, 0.7, 0.7, Outcome.FALSE),
        entry(4, 0.5, 0.5, Outcome.PENDING), entry(5, None, None, Outcome.TRUE, kind=Kind.COMMITMENT),
        entry(6, 0.1, 0.2, Outcome.VOID),
    ], DAY)  # fmt: skip
    assert (found.n, found.pending, found.void, found.kept) == (3, 1, 1, 1)
    assert found.discrimination == pytest.approx(0.5)
    assert found.void_rate == pytest.approx(1 / 5)
    assert sum(one.n for one in found.calibration) == 3


def graded(came: int, missed: int, apart: bool) -> list[LedgerEntry]:
    """So many that came and that did not; `apart`, every one that came was given better odds."""
    low = 0.2 if apart else 0.8
    yes = [entry(n, 0.7, 0.7, Outcome.TRUE) for n in range(came)]
    return yes + [entry(100 + n, low if n else 0.2, low if n else 0.2, Outcome.FALSE) for n in range(missed)]


@pytest.mark.parametrize(("came", "missed", "apart"), [(2, 2, True), (9, 9, True), (4, 9, False), (9, 4, False)])
def test_discrimination_has_no_error_where_the_formula_says_nothing(came: int, missed: int, apart: bool) -> None:
    found = score("all", graded(came, missed, apart), DAY)
    assert found.discrimination is not None
    assert found.discrimination_error is None


def test_discrimination_has_its_error_where_there_is_enough_of_either() -> None:
    found = score("all", graded(5, 5, False), DAY)
    assert found.discrimination == pytest.approx(0.2)
    # Hanley and McNeil: q1 = 1/9, q2 = 1/15, variance = (0.16 + 4 (1/9 - 0.04) + 4 (1/15 - 0.04)) / 25
    assert found.discrimination_error == pytest.approx(
        math.sqrt((0.16 + 4 * (1 / 9 - 0.04) + 4 * (1 / 15 - 0.04)) / 25)
    )


def test_there_is_no_resolution_where_nothing_could_be_told_apart() -> None:
    assert score("all", graded(3, 0, True), DAY).resolution is None
    assert score("all", graded(0, 3, True), DAY).resolution is None
    assert score("all", graded(3, 3, True), DAY).resolution == pytest.approx(0.25)


def test_unranked_names_stand_in_the_order_of_the_alphabet_whatever_their_case() -> None:
    board = scoreboard([entry(n, 0.7, 0.7, Outcome.TRUE, who) for n, who in enumerate(("Bea", "army", "Cai"))],
                       "forecaster", DAY)  # fmt: skip
    assert [one.name for one in board.rows] == ["army", "Bea", "Cai"]


def test_the_table_tells_the_share_of_void_ones_and_the_curve_of_all() -> None:
    entries = [*graded(3, 3, True), entry(200, 0.7, 0.7, Outcome.VOID), entry(201, 0.7, 0.7, Outcome.VOID, "Bea")]
    out = io.StringIO()
    show_scores(scoreboard(entries, "forecaster", DAY), "forecaster", View("icd203", DAY, "table", out))
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    (first,) = [line for line in lines if line.startswith("A ")]
    assert first.startswith("A 6 0 0 1, 14 % 0, 0 ")
    assert "1.00" in first
    assert "±" not in first
    assert any(line.startswith("Bea 0 0 0 1, 100 % ") for line in lines)
    assert any(line.startswith("all 6 0 0 2, 25 % ") for line in lines)
    assert "20–40 % 3 0 20 % 0 % 0–56 %" in lines
    assert "60–80 % 3 0 70 % 100 % 44–100 %" in lines


def test_what_is_over_and_undecided_stands_beside_the_scores_it_is_left_out_of() -> None:
    open_still = entry(9, 0.7, 0.7, Outcome.PENDING)
    later = msgspec.structs.replace(open_still.prediction, by=DAY + datetime.timedelta(days=1))
    entries = [
        *graded(3, 3, True), entry(7, 0.7, 0.7, Outcome.PENDING), entry(8, None, None, Outcome.PENDING),
        msgspec.structs.replace(open_still, prediction=later),
    ]  # fmt: skip
    board = scoreboard(entries, "forecaster", DAY)
    assert (board.whole.n, board.whole.pending, board.whole.undecided) == (6, 3, 1)
    assert [(one.n, one.undecided, one.came, one.came_least) for one in board.whole.calibration] == [
        (3, 0, 0.0, 0.0), (3, 1, 1.0, 0.75),
    ]  # fmt: skip
    out = io.StringIO()
    show_scores(board, "forecaster", View("icd203", DAY, "table", out))
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert any(line.startswith("A 6 3 1 0, 0 % 0, 0 ") for line in lines)
    assert "60–80 % 3 1 70 % 75–100 % 44–100 %" in lines
    assert scoreboard(entries, "forecaster", DAY + datetime.timedelta(days=1)).whole.undecided == 2
    assert scoreboard(entries, "forecaster", DAY - datetime.timedelta(days=1)).whole.undecided == 0


def test_what_no_row_counts_is_told_beside_the_whole() -> None:
    """Of five resolved one has no country: the rows of a board by country come to four."""
    replace = msgspec.structs.replace
    placed = [replace(one, prediction=replace(one.prediction, country="RUS")) for one in graded(2, 2, True)]
    board = scoreboard([*placed, entry(300, 0.7, 0.7, Outcome.TRUE)], "country", DAY)
    assert board.whole.n == sum(one.n for one in board.rows) + board.nameless and board.nameless == 1
    out = io.StringIO()
    show_scores(board, "country", View("icd203", DAY, "table", out))
    assert f"{counted(board.nameless, 'prediction')} of no country: on the last line alone" in " ".join(
        out.getvalue().split()
    )


def test_scores_as_json_have_no_error_where_there_is_none() -> None:
    out = io.StringIO()
    show_scores(scoreboard(graded(2, 2, True), "forecaster", DAY), "forecaster", View("icd203", DAY, "json", out))
    (told,) = json.loads(out.getvalue())["scores"]
    assert (told["discrimination"], told["discrimination_error"], told["void_rate"]) == (1.0, None, 0.0)


def test_a_denying_pledge_is_kept_when_the_thing_did_not_happen() -> None:
    found = score("all", [entry(1, None, None, Outcome.FALSE, negated=True, kind=Kind.COMMITMENT)], DAY)
    assert (found.kept, found.broken) == (1, 0)


def test_a_forecast_without_odds_is_no_pledge() -> None:
    forecasts = [entry(1, None, None, Outcome.TRUE), entry(2, None, None, Outcome.FALSE, "Bea")]
    found = score("all", [*forecasts, entry(3, None, None, Outcome.VOID)], DAY)
    assert (found.n, found.kept, found.broken, found.without_odds) == (0, 0, 0, 2)
    assert found.void_rate == pytest.approx(1 / 3)
    out = io.StringIO()
    show_scores(scoreboard(forecasts, "forecaster", DAY), "forecaster", View("icd203", DAY, "table", out))
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert any(line.startswith("Bea 0 0 0 0, 0 % 0, 0 1 ") for line in lines)


def test_nobody_is_ranked_on_few_and_the_few_stand_by_name() -> None:
    many = [entry(n, 0.9, 0.9, Outcome.FALSE, "Zoe") for n in range(LEAST_RANKED)]
    few = [entry(100, 0.9, 0.9, Outcome.TRUE, "Bea"), entry(101, 0.9, 0.9, Outcome.FALSE, "Ann")]
    found = scores([*few, *many], "forecaster", DAY)
    assert [(one.name, one.ranked) for one in found] == [("Zoe", True), ("Ann", False), ("Bea", False)]


def test_the_scoreboard_shows_who_has_pledges_only_and_counts_who_only_waits() -> None:
    unscored = entry(5, 0.9, 0.9, Outcome.FALSE, "a resident")
    unnamed = msgspec.structs.replace(unscored.prediction, forecaster_kind=ForecasterKind.UNSCORED)
    board = scoreboard(
        [
            entry(1, 0.9, 0.9, Outcome.TRUE, "Ann"), entry(2, None, None, Outcome.FALSE, "Bea", kind=Kind.COMMITMENT),
            entry(3, 0.9, 0.9, Outcome.PENDING, "Cid"), entry(4, 0.9, 0.9, Outcome.VOID, "Dan"),
            msgspec.structs.replace(unscored, prediction=unnamed),
        ],
        "forecaster", DAY,
    )  # fmt: skip
    assert [(one.name, one.n, one.broken, one.void) for one in board.rows] == [
        ("Ann", 1, 0, 0), ("Bea", 0, 1, 0), ("Dan", 0, 0, 1),
    ]  # fmt: skip
    assert (board.whole.n, board.whole.pending, board.whole.void, board.whole.broken) == (1, 1, 1, 1)
    assert board.waiting == 1


def test_what_no_person_decided_is_pending_where_only_decisions_are_asked_for() -> None:
    ruling = Ruling(
        number=1, prediction=f"{1:012d}", action="confirm", outcome=Outcome.TRUE, criterion=None, by=None,
        person="Amal", reason="", at=datetime.datetime(2024, 2, 1, tzinfo=datetime.UTC),
    )  # fmt: skip
    decided = msgspec.structs.replace(entry(1, 0.9, 0.9, Outcome.TRUE, "Ann"), rulings=(ruling,))
    entries = [decided, entry(2, 0.9, 0.9, Outcome.VOID, "Ann"), entry(3, 0.9, 0.9, Outcome.FALSE, "Bea")]
    board = scoreboard(entries, "forecaster", DAY, confirmed=True)
    assert [(one.name, one.n, one.pending, one.void, one.void_rate) for one in board.rows] == [("Ann", 1, 1, 0, 0.0)]
    assert (board.whole.n, board.whole.pending, board.whole.void, board.waiting) == (1, 2, 0, 1)


def test_yardsticks_differ_where_they_should_and_figures_stand_for_themselves() -> None:
    assert interval("likely", (0.55, 0.8), "phia") == (0.55, 0.75)
    assert interval("highly unlikely", (0.05, 0.2), "nato") == (0.0, 0.1)
    assert interval("one chance in five", (0.2, 0.2), "nato") == (0.2, 0.2)
    assert interval("may", (0.2, 0.6), "phia") == (0.2, 0.6)
    with pytest.raises(UsageError, match="yardstick"):
        interval("likely", (0.55, 0.8), "sherman")


@pytest.mark.parametrize(
    ("phrase", "told", "icd203", "phia", "nato"),
    [
        ("very probably", (0.55, 0.8), (0.8, 0.95), (0.8, 0.9), (0.9, 1.0)),
        ("will probably", (0.6, 0.85), (0.55, 0.8), (0.55, 0.75), (0.6, 0.9)),
        ("It seems likely\nthat", (0.6, 0.85), (0.55, 0.8), (0.55, 0.75), (0.6, 0.9)),
        ("more likely than not", (0.55, 0.8), (0.55, 0.8), (0.55, 0.75), (0.6, 0.9)),
        ("is more likely than not to", (0.55, 0.8), (0.55, 0.8), (0.55, 0.75), (0.6, 0.9)),
        ("will probably not", (0.15, 0.4), (0.2, 0.45), (0.25, 0.45), (0.1, 0.4)),
        ("only a remote chance", (0.01, 0.05), (0.01, 0.05), (0.0, 0.05), (0.0, 0.1)),
        ("perhaps an even chance", (0.45, 0.55), (0.45, 0.55), (0.4, 0.5), (0.4, 0.6)),
    ],
)
def test_every_yardstick_gives_the_interval_that_its_table_names(
    phrase: str,
    told: tuple[float, float],
    icd203: tuple[float, float],
    phia: tuple[float, float],
    nato: tuple[float, float],
) -> None:
    assert [interval(phrase, told, name) for name in ("icd203", "phia", "nato")] == [icd203, phia, nato]


@pytest.mark.parametrize("yardstick", ["icd203", "phia", "nato"])
@pytest.mark.parametrize(
    "phrase",
    [
        "less likely", "far less likely", "most likely", "will most likely", "extremely unlikely", "most unlikely",
        "not likely", "not unlikely", "not very likely", "hardly likely", "do not think it likely",
        "likely, though not certain", "likely or very likely", "an even chance, say 60 per cent", "will", "",
    ],
)  # fmt: skip
def test_a_phrase_with_a_word_that_may_turn_it_keeps_what_the_reader_gave(phrase: str, yardstick: str) -> None:
    assert interval(phrase, (0.11, 0.22), yardstick) == (0.11, 0.22)


def test_odds_on_a_denial_are_turned_by_the_table_of_the_default_too() -> None:
    told = msgspec.structs.replace(
        entry(1, 0.15, 0.4, Outcome.TRUE, negated=True).prediction, likelihood="would probably"
    )
    assert odds(told, "icd203") == (0.2, 0.45)
    assert odds(msgspec.structs.replace(told, likelihood="will probably not"), "icd203") == (0.2, 0.45)
    open_ = msgspec.structs.replace(told, likelihood="there is a realistic possibility")
    assert odds(open_, "phia") == (0.5, 0.6)


def test_a_denial_is_turned_round_but_will_not_is_low_already() -> None:
    assert of_criterion(0.6, 0.85, True) == (0.15, 0.4)
    assert of_criterion(0.0, 0.09, True) == (0.0, 0.09)
    assert of_criterion(0.6, 0.85, False) == (0.6, 0.85)


@pytest.mark.parametrize("phrase", ["will not", "won't", "would not", "wouldn’t", "will never"])
def test_what_one_hopes_will_not_come_stands_as_the_reader_puts_it(phrase: str) -> None:
    assert of_criterion(0.4, 0.85, True, phrase) == (0.4, 0.85)


@pytest.mark.parametrize(
    ("phrase", "told", "turned"),
    [
        ("one in four", (0.25, 0.25), (0.75, 0.75)),
        ("25 per cent", (0.25, 0.25), (0.75, 0.75)),
        ("less than one in ten", (0.0, 0.1), (0.9, 1.0)),
        ("may", (0.2, 0.6), (0.4, 0.8)),
        ("might not", (0.15, 0.6), (0.4, 0.85)),
        ("could", (0.15, 0.6), (0.4, 0.85)),
        ("could not", (0.0, 0.09), (0.0, 0.09)),
        ("risk that it will not hold is low", (0.05, 0.25), (0.75, 0.95)),
        ("risk of a coup is low", (0.05, 0.25), (0.05, 0.25)),
        ("a low risk", (0.05, 0.25), (0.75, 0.95)),
        ("remote possibility", (0.01, 0.05), (0.95, 0.99)),
        ("little prospect", (0.05, 0.2), (0.05, 0.2)),
    ],
)
def test_low_odds_on_a_denial_are_turned_round_too(
    phrase: str, told: tuple[float, float], turned: tuple[float, float]
) -> None:
    assert of_criterion(*told, True, phrase) == turned
    assert of_criterion(*told, False, phrase) == told


@pytest.mark.parametrize(
    "phrase", ["will not", "won't", "unlikely", "no chance", "hardly", "doubt", "do not think", "cannot be ruled out"]
)
def test_words_that_deny_by_themselves_stay_as_they_are(phrase: str) -> None:
    assert of_criterion(0.05, 0.4, True, phrase) == (0.05, 0.4)


@pytest.mark.parametrize(
    ("phrase", "turned"),
    [
        ("isn't likely", (0.2, 0.45)),
        ("No party is likely", (0.2, 0.45)),
        ("not at all certain", (0.05, 0.3)),
        ("not unlikely", (0.55, 0.8)),
        ("not at all unlikely", (0.55, 0.8)),
        ("isn't unlikely", (0.55, 0.8)),
        ("not out of the question", (0.2, 0.6)),
        ("likely", (0.2, 0.45)),
        ("likely, though not certain", (0.2, 0.45)),
        ("more likely than not", (0.2, 0.45)),
        ("no doubt", (0.0, 0.09)),
        ("not more than a 20 per cent chance", (0.8, 1.0)),
    ],
)
def test_a_phrase_with_its_denial_in_it_is_not_turned_once_more(phrase: str, turned: tuple[float, float]) -> None:
    told = interval_of(phrase)
    assert told is not None
    assert of_criterion(*told, True, phrase) == turned


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("A coup isn't likely before June.", 0.2, 0.45),
        ("No party is likely to win the election in June.", 0.2, 0.45),
        ("A ceasefire by June is not at all unlikely.", 0.55, 0.8),
        ("It is likely that the army will not attack Gao in June.", 0.2, 0.45),
        ("There is less than a 20 per cent chance that the truce will hold until June.", 0.0, 0.2),
    ],
)
def test_what_the_reader_takes_from_a_text_is_held_to_odds_turned_once(text: str, low: float, high: float) -> None:
    document = Document(id=text_id(text), text=text, origin="test", capture="0", published=datetime.date(2024, 5, 15))
    [found] = predictions_of(document, reader.shipped().read(document).statements)
    assert (found.low, found.high) == (low, high)


def test_even_odds_on_a_denial_are_turned_by_the_chosen_yardstick() -> None:
    told = entry(1, 0.2, 0.75, Outcome.TRUE, negated=True).prediction
    denial = msgspec.structs.replace(told, likelihood="a realistic possibility")
    assert odds(denial, "icd203") == (0.2, 0.75)
    assert odds(denial, "phia") == (0.5, 0.6)


def test_the_reader_and_the_ledger_give_icd_203_s_words_the_same_odds() -> None:
    read = yaml.safe_load((files("foreshock") / "data" / "likelihood.yaml").read_text(encoding="utf-8"))
    scored = yaml.safe_load((files("foreshock") / "data" / "yardsticks.yaml").read_text(encoding="utf-8"))
    phrases = [one for part in read.values() for told in part.values() for one in told]
    terms = [one for told in scored["yardsticks"]["icd203"]["terms"].values() for one in told]
    for phrase in [*phrases, *terms, *(f"will {term}" for term in terms), *(f"it is {term} to" for term in terms)]:
        by_yardstick = named(phrase, "icd203")
        assert by_yardstick in (None, interval_of(phrase)), phrase
