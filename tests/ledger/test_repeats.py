"""What counts as said again, and what as another prediction in like words: over a real record."""

import datetime
import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from foreshock.corroborate.copies.syndication import Syndication
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.own import Said, own_prediction
from foreshock.ledger.parts import Odds
from foreshock.model.prediction import Criterion, ForecasterKind, Prediction
from foreshock.model.vocabulary import Kind
from foreshock.record.store import Record
from tests.ledger.conftest import Text

LATER = datetime.date(2026, 1, 1)
TAKEN = "the rebels will capture the town of Tver"
LIKELY, UNLIKELY = ("likely", 0.55, 0.8), ("unlikely", 0.2, 0.45)
COLUMN = (
    "Grain barges wait at the lock above the mill, the ferry has not run since the ice came and the brickworks has "
    "sent its men home. Two captains of the garrison were seen at the notary’s, the baker counts his sacks every "
    "evening, and the schoolmaster, who never forecast anything but rain, has buried his silver under the pear tree."
)


def _filler(day: str) -> str:
    """Words that make the column of a day no copy of another's."""
    words = [word.strip(",.").casefold() for word in COLUMN.split()]
    return " ".join(random.Random(day).sample(words, 40)).capitalize()


def _told(
    day: str, clause: str, odds: tuple[str, float, float] | None = None, kind: Kind = Kind.FORECAST, **more: object
) -> Text:
    """A column of Ada Writer's of one day that foretells one thing."""
    hedge = f" That is {odds[0]}." if odds else ""
    text = Text(f"{_filler(day)}. It is the view here that {clause}.{hedge}", day, "Ledger", "Ada Writer")
    return text.say(clause, "will", kind, likelihood=odds, **more)  # type: ignore[arg-type]


def _found(record: Record, *texts: Text) -> list[tuple[str, int]]:
    """The day and the number of repeats of each prediction that counts, oldest first."""
    record.keep([text.entry() for text in texts], then=Syndication().take)
    book = Book(record, LATER)
    book.update()
    return [(one.prediction.made.isoformat(), one.repeats) for one in book.entries()[::-1]]


def _line(record: Record) -> list[tuple[float | None, bool]]:
    """The lower odds and the side of all that stand in the line of the first prediction, oldest first."""
    book = Book(record, LATER)
    [*_, first] = book.entries()
    return [(one.prediction.low, one.prediction.negated) for one in book.line(first.prediction.line)]


def test_the_same_in_like_words_counts_once(record: Record) -> None:
    texts = [_told(day, TAKEN, LIKELY, by="2023-12-31") for day in ("2023-01-01", "2023-02-01", "2023-03-01")]
    assert _found(record, *texts) == [("2023-01-01", 2)]


@pytest.mark.parametrize(
    ("clause", "other"),
    [
        ("inflation will exceed 10 per cent", "inflation will exceed 20 per cent"),
        ("two in five shops in the old market will close", "three in five shops in the old market will close"),
        (
            "the levy of the grain harvest in the delta will be above ten per cent",
            "the levy of the grain harvest in the delta will be below ten per cent",
        ),
        ("the northern brigade will muster 10-15 men", "the northern brigade will muster 20-25 men"),
    ],
)
def test_other_figures_are_another_prediction(record: Record, clause: str, other: str) -> None:
    texts = [_told("2023-01-01", clause, LIKELY, by="2023-12-31"), _told("2023-02-01", other, LIKELY, by="2023-12-31")]
    assert _found(record, *texts) == [("2023-01-01", 0), ("2023-02-01", 0)]
    assert len(_line(record)) == 2


def test_the_figures_of_the_odds_are_not_those_of_what_is_foretold(record: Record) -> None:
    texts = []
    for day, words in (
        ("2023-01-01", f"there is a 60 per cent chance that {TAKEN}"),
        ("2023-02-01", f"there is a 30 per cent chance that {TAKEN}"),
        ("2023-03-01", f"there is a three in ten chance that {TAKEN}"),
    ):
        odds = words.removeprefix("there is a ").split(" chance")[0]
        share = 0.6 if odds.startswith("60") else 0.3
        told = Text(f"{_filler(day)}. Still {words}.", day, "Ledger", "Ada Writer")
        texts.append(told.say(words, "will", Kind.FORECAST, likelihood=(odds, share, share), by="2023-12-31"))
    assert _found(record, *texts) == [("2023-01-01", 0), ("2023-02-01", 1)]


def test_a_pledge_and_its_reversal_are_two_in_one_line(record: Record) -> None:
    pledge = "the government will send troops to the border of Belarus"
    reversal = "the government will not send troops to the border of Belarus"
    found = _found(
        record,
        _told("2023-01-01", pledge, kind=Kind.COMMITMENT),
        _told("2023-03-01", reversal, kind=Kind.COMMITMENT, negative=True),
        _told("2023-04-01", reversal, kind=Kind.COMMITMENT, negative=True),
    )
    assert found == [("2023-01-01", 0), ("2023-03-01", 1)]
    assert _line(record) == [(None, False), (None, True)]


@pytest.mark.parametrize(
    ("first", "second", "repeats"),
    [
        (("2020-01-01", None), ("2020-11-01", None), 1),
        (("2020-01-01", None), ("2024-01-01", None), 0),
        (("2023-01-01", "2023-06-30"), ("2023-05-01", None), 1),
        (("2023-01-01", "2023-06-30"), ("2024-01-01", None), 0),
        (("2023-01-01", None), ("2023-02-01", "2023-06-30"), 0),
        (("2023-01-01", "2023-06-30"), ("2023-02-01", "2023-12-31"), 0),
    ],
)
def test_only_what_is_still_open_is_said_again(
    record: Record, first: tuple[str, str | None], second: tuple[str, str | None], repeats: int
) -> None:
    found = _found(record, *(_told(day, TAKEN, LIKELY, by=by) for day, by in (first, second)))
    assert found == ([(first[0], 1)] if repeats else [(first[0], 0), (second[0], 0)])


def test_what_is_said_each_half_year_is_open_for_as_long_as_the_first_was(record: Record) -> None:
    days = ("2020-01-01", "2020-07-01", "2021-01-02", "2021-07-01")
    assert _found(record, *(_told(day, TAKEN, LIKELY) for day in days)) == [("2020-01-01", 1), ("2021-01-02", 1)]


@pytest.mark.parametrize(
    "other",
    [
        None,
        "if the bridge at Rzhev is blown up",
        "if the siege does not hold",
        "if the siege cannot hold",
        "if the siege fails to hold",
        "unless the siege holds",
    ],
)
def test_another_condition_makes_another_prediction(record: Record, other: str | None) -> None:
    def told(day: str, condition: str | None) -> Text:
        clause = f"{condition}, {TAKEN}" if condition else TAKEN
        return _told(day, clause, LIKELY, by="2023-12-31", condition=condition)

    holds = "if the siege holds"
    texts = told("2023-01-01", holds), told("2023-02-01", other), told("2023-03-01", holds)
    assert _found(record, *texts) == [("2023-01-01", 1), ("2023-02-01", 0)]


@pytest.mark.parametrize(
    ("clause", "other", "lines"),
    [
        ("the garrison of Tver will starve before it is relieved", "Tver will have a famine", 2),
        ("the plums will ripen, they’ll be ripe", "they’ll be received with forms, and that will do", 2),
        ("there will be another clash at Tver", "the general will be given another term", 2),
        ("nobody will go to Tver", "nobody will pay", 2),
        ("Tver will fall to the rebels this year", "the rebels will not take Tver, which will not fall", 1),
        (
            "the delayed vote for the seats of Tver will be held in October",
            "the vote for Tver will be put off again",
            1,
        ),
        ("turnout will be high in Tver", "turnout will be low", 1),
        ("Wagner and the army will shoot at each other", "this will end with shooting", 1),
    ],
)
def test_a_line_shares_more_than_names_and_words_for_anything(
    record: Record, clause: str, other: str, lines: int
) -> None:
    _found(record, _told("2023-01-01", clause, LIKELY), _told("2023-02-01", other, UNLIKELY))
    assert len({one.prediction.line for one in Book(record, LATER).entries()}) == lines


def test_nobody_changes_their_mind_within_one_text(record: Record) -> None:
    before = _told("2023-01-01", TAKEN, UNLIKELY, by="2023-04-30")
    later = f"{TAKEN.replace('will', 'shall')} before 2025"
    words = f"{_filler('2023-02-01')}. It is likely that {TAKEN} before June, and unlikely that {later}."
    again = Text(words, "2023-02-01", "Ledger", "Ada Writer")
    again.say(f"{TAKEN} before June", "will", Kind.FORECAST, likelihood=LIKELY, by="2023-05-31")
    again.say(later, "shall", Kind.FORECAST, likelihood=UNLIKELY, by="2024-12-31")
    _found(record, before, again)
    found = [(one.prediction.by.isoformat(), one.prediction.line) for one in Book(record, LATER).entries()]
    lines = dict(found)
    assert len(found) == 3 and lines["2023-04-30"] == lines["2023-05-31"] != lines["2024-12-31"]


def test_another_country_makes_another_prediction_and_another_line(record: Record) -> None:
    resigns = "the president will resign"
    texts = _told("2023-01-01", resigns, country="RUS"), _told("2023-02-01", resigns, country="MLI")
    assert _found(record, *texts) == [("2023-01-01", 0), ("2023-02-01", 0)]
    assert len(_line(record)) == 1


def test_another_town_makes_another_prediction_in_however_many_like_words(record: Record) -> None:
    words = (
        "the mutinous border guards and the deserters of the northern artillery brigade will plunder the granaries, "
        "the distillery, the tannery and the customs depot of"
    )
    texts = [
        _told(day, f"{words} {town}", LIKELY, place=town, by="2023-12-31")
        for day, town in (("2023-01-01", "Tver"), ("2023-02-01", "Kursk"), ("2023-03-01", "Tver"))
    ]
    assert _found(record, *texts) == [("2023-01-01", 1), ("2023-02-01", 0)]


def test_a_second_opinion_said_again_is_not_another(record: Record) -> None:
    odds = {"2023-01-01": LIKELY, "2023-02-01": UNLIKELY, "2023-03-01": UNLIKELY, "2023-04-01": UNLIKELY}
    texts = [_told(day, TAKEN, told, by="2023-12-31") for day, told in odds.items()]
    assert _found(record, *texts) == [("2023-01-01", 0), ("2023-02-01", 2)]
    assert _line(record) == [(0.55, False), (0.2, False)]


def test_a_return_to_an_earlier_opinion_is_a_change_of_mind(record: Record) -> None:
    odds = {"2023-01-01": LIKELY, "2023-02-01": UNLIKELY, "2023-03-01": LIKELY, "2023-04-01": LIKELY}
    texts = [_told(day, TAKEN, told, by="2023-12-31") for day, told in odds.items()]
    assert _found(record, *texts) == [("2023-01-01", 0), ("2023-02-01", 0), ("2023-03-01", 1)]
    assert _line(record) == [(0.55, False), (0.2, False), (0.55, False)]


def test_it_does_not_matter_whether_texts_come_one_by_one(record: Record) -> None:
    odds = {"2023-01-01": LIKELY, "2023-02-01": UNLIKELY, "2023-03-01": UNLIKELY, "2023-04-01": LIKELY}
    for day, told in odds.items():
        found = _found(record, _told(day, TAKEN, told, by="2023-12-31"))
    assert found == [("2023-01-01", 0), ("2023-02-01", 1), ("2023-04-01", 0)]


def test_a_text_taken_late_has_its_place_in_time(record: Record) -> None:
    for day, told in (
        ("2023-01-01", LIKELY),
        ("2023-04-01", UNLIKELY),
        ("2023-02-01", LIKELY),
        ("2023-03-01", UNLIKELY),
    ):
        found = _found(record, _told(day, TAKEN, told, by="2023-12-31"))
    assert found == [("2023-01-01", 1), ("2023-03-01", 1)]


def _reprint(day: str, outlet: str, tail: str, *told: tuple[str, dict[str, Any]], author: str | None = None) -> Text:
    """A copy of one agency's text in some paper, under the paper's own name unless an author is named."""
    body = " ".join(f"In this column’s view {clause}." for clause, _ in told)
    text = Text(f"{COLUMN} {body} {tail}", day, outlet, author)
    for clause, more in told:
        odds = more.get("likelihood")
        text.say(clause, clause.split()[-1], Kind.FORECAST, **more)
        assert odds is None or odds[0] in clause
    return text


def test_a_reprint_folds_whoever_stands_over_it_though_its_horizon_is_counted_from_its_own_day(record: Record) -> None:
    clause = "it is likely that the rebels will capture the town of Tver within two weeks"
    papers = [
        _reprint(day, outlet, tail, (clause, {"likelihood": LIKELY}))
        for day, outlet, tail in (
            ("2023-01-10", "First Paper", "The end."), ("2023-01-11", "Second Paper", "From our agency."),
            ("2023-01-16", "Third Paper", "First printed elsewhere."),
        )
    ]  # fmt: skip
    assert _found(record, *papers) == [("2023-01-10", 2)]
    horizons = {one.prediction.by for one in Book(record, LATER).entries(Wanted(repeats=True))}
    assert len(horizons) == 3


IN_JUNE = ("it is likely that the rebels will capture the town of Tver before the end of June", {"likelihood": LIKELY})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wanted", "listed"),
    [
        (Wanted(), 1),
        (Wanted(outlet="Ledger"), 1),
        (Wanted(outlet="Second Paper"), 0),
        (Wanted(forecaster="Ada"), 1),
        (Wanted(forecaster_is="Ada Writer"), 1),
        (Wanted(forecaster="Second"), 0),
        (Wanted(forecaster_is="Second Paper"), 0),
        (Wanted(outlet="Second Paper", repeats=True), 1),
        (Wanted(repeats=True), 2),
    ],
)
def test_whoever_reprints_a_prediction_has_it_under_no_filter(record: Record, wanted: Wanted, listed: int) -> None:
    first = _reprint("2023-01-10", "Ledger", "The end.", IN_JUNE, author="Ada Writer")
    _found(record, first, _reprint("2023-01-11", "Second Paper", "From our agency.", IN_JUNE))
    found = Book(record, LATER).entries(wanted)
    assert [one.repeats for one in found] == [1] * listed


@pytest.mark.parametrize("papers_first", [True, False])
@pytest.mark.parametrize("together", [True, False])
def test_of_one_day_the_text_that_names_its_author_is_the_first(
    record: Record, papers_first: bool, together: bool
) -> None:
    before = _told("2023-01-01", TAKEN, UNLIKELY, by="2023-06-30")
    signed = _reprint("2023-01-10", "Ledger", "The end.", IN_JUNE, author="Ada Writer")
    papers = (_reprint("2023-01-10", "Second Paper", f"Page {page}.", IN_JUNE) for page in range(100))
    paper = next(one for one in papers if (one.document.id < signed.document.id) is papers_first)
    for texts in [(before, signed, paper)] if together else [(before,), (paper,), (signed,)]:
        _found(record, *texts)
    book = Book(record, LATER)
    [entry, old] = book.entries()
    assert (entry.prediction.forecaster, entry.repeats) == ("Ada Writer", 1)
    assert not together or entry.prediction.line == old.prediction.line
    assert book.head(entry.prediction.id).prediction == entry.prediction


def test_what_nobody_stands_under_is_first_only_where_nobody_else_says_it(record: Record) -> None:
    unsigned = _reprint("2023-01-10", "Ledger", "The end.", IN_JUNE)
    unsigned.document = msgspec.structs.replace(unsigned.document, outlet=None)
    paper = _reprint("2023-01-11", "Second Paper", "From our agency.", IN_JUNE)
    _found(record, unsigned, paper)
    [entry] = Book(record, LATER).entries()
    assert (entry.prediction.forecaster, entry.repeats) == ("Second Paper", 1)
    [entry] = Book(record, datetime.date(2023, 1, 10)).entries()
    assert (entry.prediction.forecaster_kind, entry.repeats) == (ForecasterKind.UNSCORED, 0)


@pytest.mark.parametrize(("day", "repeats"), [("2020-12-01", [1]), ("2024-01-01", [0, 0])])
def test_like_texts_of_other_years_are_no_reprints(record: Record, day: str, repeats: list[int]) -> None:
    clause = f"it is likely that {TAKEN}"
    papers = [
        _reprint(printed, "First Paper", f"Printed on {printed}.", (clause, {"likelihood": LIKELY}))
        for printed in ("2020-01-01", day)
    ]
    assert [number for _, number in _found(record, *papers)] == repeats


def test_a_reprint_keeps_apart_what_its_text_keeps_apart(record: Record) -> None:
    june = "it is likely that the rebels will capture the town of Tver before the end of June"
    autumn = "it is unlikely that the rebels will capture the town of Tver before the end of October"
    both = ((june, {"likelihood": LIKELY}), (autumn, {"likelihood": UNLIKELY}))
    papers = _reprint("2023-01-10", "First Paper", "The end.", *both), _reprint("2023-01-11", "Second", "Ours.", *both)
    assert _found(record, *papers) == [("2023-01-10", 1), ("2023-01-10", 1)]
    apart = [one.prediction.by.month for one in Book(record, LATER).entries()]
    assert sorted(apart) == [6, 10]


def test_a_reprint_is_no_return_to_an_earlier_opinion(record: Record) -> None:
    clause = f"it is likely that {TAKEN}"
    changed = f"it is unlikely that {TAKEN}"
    first = _reprint("2023-01-10", "Ledger", "The end.", (clause, {"likelihood": LIKELY, "by": "2023-12-31"}))
    copy = _reprint("2023-03-10", "Ledger", "Once more.", (clause, {"likelihood": LIKELY, "by": "2023-12-31"}))
    texts = [first]
    for day in ("2023-02-01", "2023-04-01"):
        text = Text(f"{_filler(day)}. Now {changed}.", day, "Ledger")
        texts.append(text.say(changed, "will", Kind.FORECAST, likelihood=UNLIKELY, by="2023-12-31"))
    assert _found(record, *texts, copy) == [("2023-01-10", 1), ("2023-02-01", 1)]


def _run(number: int, made: str, chance: float, country: str = "Mali", by: str = "2024-08-31") -> Prediction:
    words = f"people are killed in fighting in {country}"
    said = Said(f"/forecasts/{country}#{number}", words, "Foreshock’s forecasts", datetime.date.fromisoformat(made), "")
    criterion = Criterion(words=words, type="ASSAULT", country="MLI" if country == "Mali" else "SDN")
    return own_prediction(said, criterion, "ASSAULT", Odds("", chance, chance), datetime.date.fromisoformat(by))


def _alert(number: int, made: str, where: str) -> Prediction:
    words = "armed groups attack or raid across a border in"
    said = Said(f"/alerts/{number}", f"{words} {where}", "Foreshock’s watch", datetime.date.fromisoformat(made), "")
    criterion = Criterion(words=f"{words} Mali", type="ASSAULT", country="MLI", admin1=where.partition(",")[0])
    return own_prediction(said, criterion, "ASSAULT", Odds(), datetime.date(2024, 8, 31))


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    ("own", "counted"),
    [
        ([_run(1, "2024-05-20", 0.97), _run(2, "2024-05-20", 0.97), _run(3, "2024-05-21", 0.97)], [2]),
        ([_run(1, "2024-05-20", 0.97), _run(2, "2024-05-20", 0.91), _run(3, "2024-05-21", 0.91)], [0, 1]),
        ([_run(1, "2024-05-20", 0.97), _run(2, "2024-05-20", 0.97, by="2024-09-30")], [0, 0]),
        ([_run(1, "2024-05-20", 0.97), _run(2, "2024-05-20", 0.97, country="Sudan")], [0, 0]),
        ([_alert(1, "2024-05-20", "Gao, Mali"), _alert(2, "2024-05-21", "North, Mali")], [0, 0]),
        ([_alert(1, "2024-05-20", "North, Mali"), _alert(2, "2024-05-21", "North, Mali")], [1]),
    ],
)
def test_the_program_s_own_fold_like_anybody_s(
    record: Record, own: Sequence[Prediction], counted: Sequence[int], together: bool
) -> None:
    book = Book(record, LATER)
    entered = book.enter(own) if together else sum(book.enter([one]) for one in own)
    assert entered == len(own) and book.enter(own) == 0
    assert sorted(one.repeats for one in book.entries()) == sorted(counted)
    if len({one.text for one in own}) == 1:
        assert len({one.prediction.line for one in book.entries()}) == 1
