"""Rows of other data sets at the desk: there, told apart, and harmless."""

import datetime

import pytest
from fastapi.testclient import TestClient

from foreshock.exchange.take_in import BATCH, list_imports, take_in
from foreshock.model.occurrence import Occurrence, Site
from foreshock.model.statement import Count
from foreshock.record.store import Record

ROWS = [
    Occurrence(
        id=str(number), dataset="ucdp", label="state-based", since=datetime.date(2023, 2, 1 + number),
        site=Site(name="Ulmezhin", country=country), counts={"killed": Count(low=3, best=4, high=9)}, text=words,
    )
    for number, (country, words) in enumerate((("SDN", "<script>alert(1)</script>"), ("UKR", "=1+1"), ("SDN", "third")))
]  # fmt: skip


def test_imported_rows_are_listed_newest_first_and_escaped(record: Record, desk: TestClient) -> None:
    assert "Nothing was imported" in desk.get("/imported").text
    take_in(record, [*ROWS, Occurrence(id="gone", dataset="ucdp", deleted=True)], "test", "ucdp")
    page = desk.get("/imported").text
    assert "3 rows, 1 taken back" in page and "<script>alert" not in page
    assert page.index("third") < page.index("alert(1)")
    found = desk.get("/imported.json?country=SDN&dataset=ucdp").json()
    assert (found["total"], [row["id"] for row in found["rows"]]) == (2, ["2", "0"])
    assert desk.get("/imported.json?dataset=acled").json()["total"] == 0
    assert desk.get("/imported.json?country=sdn").json()["total"] == 2
    assert desk.get("/imported?country=Sudan").status_code == 400


def test_that_no_row_answers_is_not_that_nothing_was_imported(record: Record, desk: TestClient) -> None:
    assert desk.get("/imported?page=2").status_code == 400
    take_in(record, ROWS, "test", "ucdp")
    for address in ("/imported?country=FRA", "/imported?dataset=acled"):
        page = desk.get(address).text
        assert "No row that was imported answers to that" in page and "Nothing was imported" not in page, address
    assert desk.get("/imported?size=2&page=2").status_code == 200
    answer = desk.get("/imported?size=2&page=3")
    assert answer.status_code == 400 and "there is no page 3: the last is 2" in answer.text


def test_rows_without_a_death_count_or_a_place_are_listed(record: Record, desk: TestClient) -> None:
    bare = Occurrence(id="bare", dataset="polecat", label="a row of few words")
    take_in(record, [bare, Occurrence(id="low", dataset="ucdp", counts={"killed": Count(low=3)})], "test", "polecat")
    for ending in ("", ".json", ".csv"):
        assert desk.get(f"/imported{ending}").status_code == 200
    assert "a row of few words" in desk.get("/imported").text


def test_the_table_starts_no_formula(record: Record, desk: TestClient) -> None:
    take_in(record, ROWS, "test", "ucdp")
    lines = desk.get("/imported.csv").text.splitlines()
    assert len(lines) == 4
    assert not any(",=1" in line for line in lines)


@pytest.mark.slow
def test_the_table_has_every_row_once_and_in_the_order_of_the_list(record: Record, desk: TestClient) -> None:
    days = (datetime.date(2023, 2, 1), None, datetime.date(2023, 1, 31))
    rows = [
        Occurrence(id=f"{number:05}", dataset=("acled", "ucdp")[number % 2], since=days[number % 3])
        for number in range(2 * BATCH + 7)
    ]
    take_in(record, rows, "test", "ucdp")
    told = [tuple(line.split(",")[:2]) for line in desk.get("/imported.csv").text.splitlines()[1:]]
    listed = list_imports(record, None, None, len(rows))[1]
    assert told == [(row.dataset, row.id) for row in listed]
    assert len(set(told)) == len(rows)
    only = desk.get("/imported.csv?dataset=acled").text.splitlines()[1:]
    assert len(only) == sum(row.dataset == "acled" for row in rows)


def test_what_was_imported_is_no_statement(record: Record, desk: TestClient) -> None:
    before = desk.get("/statements.json").json()["total"]
    take_in(record, ROWS, "test", "ucdp")
    assert desk.get("/statements.json").json()["total"] == before


def test_days_places_and_figures_are_told_as_on_other_pages(record: Record, desk: TestClient) -> None:
    row = Occurrence(
        id="a", dataset="ucdp", label="state-based", since=datetime.date(2023, 2, 1), until=datetime.date(2023, 2, 3),
        site=Site(name="Ulmezhin", admin1="Sennar", country="SDN"), counts={"killed": Count(low=3)},
    )  # fmt: skip
    take_in(record, [row, ROWS[0]], "test", "ucdp")
    page = desk.get("/imported").text
    assert "1–3 February 2023" in page and "Ulmezhin, Sennar, Sudan" in page and "at least 3" in page
    assert "1 February 2023" in page and "2023-02" not in page
    assert page.count('<th scope="col"') == 5
