"""What a text recalls is not the news that it brings: an older act, or a sum of years, is no part of today's event."""

import datetime
from pathlib import Path

import pytest

from foreshock.model.event import Event
from foreshock.model.statement import Count
from tests.corroborate.made import Said, event_of, report, taken
from tests.record.samples import new_record

GUARDS = ("guards of the mill", "sdn-mill-guards")
COLUMN = ("Orvesh Column", "sdn-orvesh")
NEWS = Said("The Orvesh Column killed 10 villagers at the ford of Varnost, the hospital said", "killed", town="Varnost",
            killed=10, actor=COLUMN)  # fmt: skip
TOLD_AGAIN = Said("Ten villagers were killed by the Orvesh Column at the ford of Varnost", "killed", town="Varnost",
                  killed=10, actor=COLUMN)  # fmt: skip
DECEMBER = Said("It stormed the barracks of Varnost in December 2021, killing 15 soldiers", "killing", town="Varnost",
                killed=15, words_of_time="in December 2021", since=datetime.date(2021, 12, 1),
                day=datetime.date(2021, 12, 31))  # fmt: skip
SUM = Said("It is blamed for more than 700 deaths in the district of Varnost since 2018", "deaths", town="Varnost",
           killed=Count(low=700), words_of_time="since 2018", since=datetime.date(2018, 1, 1),
           day=datetime.date(2023, 5, 31))  # fmt: skip
TAILS = (
    "The market stays shut for the rest of the week, and the road to the river is closed to carts.",
    "Families slept in the school. The governor promised a post of soldiers at the ford before the harvest.",
)


def told_by_two(folder: Path, first: list[Said], second: list[Said]) -> Event:
    """The event of the first statement, told on two crawled pages of which only the month is known."""
    pages = [
        report(title, said, outlet, None, tail=tail, crawl_month="2023-05")
        for title, said, outlet, tail in (
            ("Ten killed in Varnost", first, "Morning Sheet", TAILS[0]),
            ("Villagers of Varnost killed", second, "Evening Post", TAILS[1]),
        )
    ]
    with new_record(folder / "record.sqlite") as record:
        taken(record, pages)
        return event_of(record, pages[0])


@pytest.mark.parametrize("recalled", [DECEMBER, SUM])
def test_what_is_recalled_beside_the_news_is_no_part_of_it(tmp_path: Path, recalled: Said) -> None:
    event = told_by_two(tmp_path, [NEWS, recalled], [TOLD_AGAIN])
    assert (event.independent, len(event.statements), event.disputes) == (2, 2, ())
    assert (event.counts["killed"].low, event.counts["killed"].high) == (10, 10)


def test_an_act_that_two_recall_is_one(tmp_path: Path) -> None:
    event = told_by_two(tmp_path, [DECEMBER, NEWS], [DECEMBER])
    assert (len(event.reports), event.counts["killed"].best) == (2, 15)


def test_what_one_sentence_tells_of_an_older_act_stays_with_it(tmp_path: Path) -> None:
    """*In which …* names no time of its own: it was when the sentence says, and not this month."""
    wounded = Said(", an attack in which two guards of the mill were wounded", "wounded", town=None, recipient=GUARDS)
    attack = Said("In December 2021 the Orvesh Column attacked the guards of the mill in Varnost", "attacked",
                  town="Varnost", actor=COLUMN, recipient=GUARDS, words_of_time="In December 2021",
                  since=datetime.date(2021, 12, 1), day=datetime.date(2021, 12, 31))  # fmt: skip
    event = told_by_two(tmp_path, [attack, wounded], [NEWS])
    assert len(event.statements) == 2


@pytest.mark.parametrize(("day", "reports"), [("3", 2), ("19", 1)])
def test_a_day_that_is_named_counts_where_only_the_month_of_a_text_is_known(
    tmp_path: Path, day: str, reports: int
) -> None:
    """The reader keeps *on 3 May* as May, as nothing tells of which year's; two days of that month are two raids."""
    first, second = (
        Said(clause, word, town="Varnost", words_of_time=f"on {number} May", since=datetime.date(2023, 5, 1),
             day=datetime.date(2023, 5, 31))
        for clause, word, number in (
            ("Men of the Orvesh Column raided the cattle market of Varnost on 3 May", "raided", "3"),
            (f"Raiders of the Orvesh Column burned the cattle market of Varnost on {day} May", "burned", day),
        )
    )  # fmt: skip
    assert len(told_by_two(tmp_path, [first], [second]).reports) == reports
