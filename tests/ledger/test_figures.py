"""Figures: what a text counts, what a clause sets as a bound, and what a report's figure says of it."""

import datetime
import time

import pytest

from foreshock.ledger.book import Book
from foreshock.ledger.outcomes.amounts import PER_CENT, amounts
from foreshock.ledger.outcomes.figures import bound_in, told_of
from foreshock.model.prediction import LedgerEntry, Outcome
from foreshock.model.vocabulary import Kind
from foreshock.record.store import Record
from tests.ledger.conftest import Text, quiet_reports, report


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("Output is 92,000 barrels a day.", [92_000]),
        ("Some 1.38 million people fled, and half a million came back.", [1_380_000, 500_000]),
        ("Two and a half million are in need, a hundred and forty of them here.", [2_500_000, 140]),
        ("Seven voters in ten came, and a third of the seats went to women.", [70, 100 / 3]),
        ("It cost $40 on Friday.", [40]),
        ("On 30 June 2023 the road at Mile 17 was shut for three weeks; Brief 26 told so in 2022.", []),
        ("Each of them got 30 per cent.", [30]),
        ("He gives it a 30 per cent chance.", []),
        ("It ended 3-1 on 12/5, the F-16 flew, 9-11 per cent, 9,5 per cent, a 45-year-old.", []),
        ("$1.2bn, 62 000 lorries, two-thirds of the seats", [1.2e9, 62_000, 200 / 3]),
    ],
)
def test_figures_are_read_and_days_names_and_odds_are_none(words: str, values: list[float]) -> None:
    assert [one.value for one in amounts(words)] == pytest.approx(values)


def test_shares_are_of_one_unit() -> None:
    assert all(one.unit == {PER_CENT} for one in amounts("Half of them, two thirds of us, 40 per cent, one in five"))


@pytest.mark.parametrize(
    ("foretold", "told", "holds"),
    [
        ("Output will sink below 100,000 barrels a day", "Output is 92,000 barrels a day.", True),
        ("Output will sink below 100,000 barrels a day", "Output is 112,000 barrels a day.", False),
        ("A dollar will cost more than 110 soms", "On Friday a dollar cost 79.5 soms.", False),
        ("A dollar will cost more than 110 soms", "On Friday a dollar cost 114 soms.", True),
        ("Turnout will stay below half of the electorate", "Turnout was 27.4 per cent.", True),
        ("Turnout will not reach 40 per cent", "Turnout was put at 30.5 per cent.", False),
        ("Inflation will come in at 9.5 per cent or lower", "Inflation stood at 9.5 per cent.", True),
        ("Suspected cases will exceed 10,000", "The ministry counts 17,600 suspected cases.", True),
        ("The garrison will be reduced to 2,500 soldiers", "2,500 soldiers remain in the garrison.", True),
        ("The shilling will come back under 65", "He gives 63 shillings for a dollar.", True),
        ("The lira will fall below 30 to the dollar", "The lira fell to 32 to the dollar.", True),
        ("Reserves will fall below $3 billion", "Reserves stood at $4.1bn.", False),
        ("Vanilla will fall below 40 dollars a kilo", "Vanilla sold at 55 dollars, little changed since May.", False),
        ("More than 50,000 refugees will cross into Chad", "Some 62 000 refugees have crossed into Chad.", True),
    ],
)
def test_a_figure_of_the_same_thing_is_on_one_side_of_the_bound(foretold: str, told: str, holds: bool) -> None:
    bound = bound_in(foretold)
    assert bound is not None and told_of(bound, told) is holds


@pytest.mark.parametrize(
    ("foretold", "told"),
    [
        ("A dollar will cost more than 110 soms", "A ticket costs 114 soms."),
        ("A dollar will cost more than 110 soms", "He paid 120 dollars for the goat."),
        ("The official dollar will pass 140 gourdes", "In the street a dollar is at 150 gourdes."),
        ("Output will sink below 100,000 barrels a day", "Output will be 92,000 barrels a day by May."),
        ("Inflation will pass 40 per cent", "The 40 per cent inflation that some foresaw was never reached."),
        ("Inflation will pass 40 per cent", "Exports rose by 44 per cent."),
        ("Suspected cases will exceed 10,000", "Suspected cases fell from 17,600."),
        ("The party will take at least sixty of the seventy seats", "At Mile 17 a third seat is sold on every bench."),
        ("Inflation will fall below 10 percent", "Inflation fell by 4 percent."),
        ("Oil will rise above $100 a barrel", "Oil rose $3 a barrel."),
        ("The deficit will exceed 5 percent of GDP", "The deficit was 12 percent of spending."),
        ("Inflation will exceed 20 percent", "The governor, who fought inflation, cut the rate to 11 percent."),
        ("Turnout will be below 40 percent", "Turnout at noon was 18 percent."),
        ("Turnout will be below 40 percent", "Turnout was 62 percent abroad."),
        ("Maize will cost more than 60,000 kwacha a bag", "Maize costs 1,200 kwacha a kilo."),
        ("Petrol will cost more than 700 naira a litre", "A driver paid 9,000 naira for petrol."),
        ("More than 200 people will be killed in the earthquake", "The earthquake killed at least 120 people."),
        ("Unemployment will rise above 10 percent", "Unemployment was between 9 and 11 percent."),
        ("Unemployment will rise above 10 percent", "The bank denied that unemployment was 12 percent."),
        ("The party will win at least 40 seats in parliament", "The party lost 44 seats in parliament."),
        ("The naira will fall past 1,500 to the dollar", "The naira traded at 1,600 to the euro."),
    ],
)
def test_a_figure_of_another_thing_says_nothing(foretold: str, told: str) -> None:
    bound = bound_in(foretold)
    assert bound is not None and told_of(bound, told) is None


@pytest.mark.parametrize(
    "words",
    [
        "Three towns will fall",
        "It will rise from 30 to more than 40, or less than 20",
        "Prices will fall by more than 10 percent",
        "No more than 20 deputies will vote against the budget",
    ],
)
def test_a_clause_without_one_bound_sets_none(words: str) -> None:
    assert bound_in(words) is None


def column() -> Text:
    """An op-ed that foretells a figure before the end of June."""
    words = "Output of the Lipetsk mill will sink below 100,000 tonnes before the end of June."
    text = Text(words, "2023-05-01", "Ledger", "Ada Writer")
    return text.say(words, "sink", Kind.FORECAST, by="2023-06-30", likelihood=("will", 0.8, 1.0), place="Lipetsk")


def resolved(record: Record, *texts: Text) -> LedgerEntry:
    record.keep([text.entry() for text in texts])
    book = Book(record, datetime.date(2023, 7, 31))
    book.resolve()
    [entry] = book.entries()
    return book.entry(entry.prediction.id)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("day", "figure", "expected"),
    [
        ("2023-06-20", "92,000", Outcome.TRUE),
        ("2023-06-20", "131,000", Outcome.PENDING),
        ("2023-07-02", "131,000", Outcome.FALSE),
    ],
)
def test_a_figure_in_a_sentence_without_a_statement_settles_it(
    record: Record, day: str, figure: str, expected: Outcome
) -> None:
    beside = f"Output of the mill is {figure} tonnes."
    shut = "Lipetsk shut a road."
    told = Text(f"{shut} {beside}", day, "First").say(shut, "shut", place="Lipetsk")
    entry = resolved(record, column(), told, *quiet_reports())
    assert entry.outcome is expected
    if expected is not Outcome.PENDING:
        assert entry.proposal is not None
        [found] = [one for one in entry.proposal.evidence if one.text == beside]
        assert found.event is None and "by its figure" in found.why


def test_a_figure_beyond_those_the_model_reads_counts_too(record: Record) -> None:
    others = [
        report(
            f"2023-06-{day:02}",
            "First",
            f"The Lipetsk mill hired {day} men to tend its output.",
            "hired",
            place="Lipetsk",
        )
        for day in range(10, 24)
    ]
    told = report(
        "2023-06-24", "Second", "The mill in Lipetsk cut its output to 92,000 tonnes.", "cut", place="Lipetsk"
    )
    assert resolved(record, column(), told, *others, *quiet_reports()).outcome is Outcome.TRUE


def test_a_figure_of_another_year_or_country_says_nothing() -> None:
    bound = bound_in("Inflation will exceed 20 percent")
    assert bound is not None
    for told in ("Inflation was 61 percent in 1998.", "Inflation in Turkey was 61 percent."):
        assert told_of(bound, told, years=range(2023, 2025), countries={"EGY"}) is None
    assert told_of(bound, "Inflation was 61 percent in 2023.", years=range(2023, 2025), countries={"EGY"}) is True


def test_a_table_in_one_line_takes_no_time() -> None:
    bound = bound_in("Inflation will exceed 20 percent")
    assert bound is not None
    for piece in ("5% ", "1 ", "one in ", "down 5 ", "one-", "half a "):
        begun = time.perf_counter()
        assert told_of(bound, f"Inflation {piece * 5_000}") is None
        assert bound_in(piece * 5_000) is None
        assert time.perf_counter() - begun < 5
