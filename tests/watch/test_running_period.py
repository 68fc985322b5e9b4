"""The month that runs: too little of it was read as yet, and that puts out no alarm of the month before."""

import csv
import datetime
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from foreshock.cli import main
from foreshock.desk.app import create_app
from foreshock.model.entry import Entry
from foreshock.record.store import Record
from foreshock.telling.phrases import day_name
from foreshock.watch.periods import first_day_of, period_of, shown_period
from tests.watch.samples import record_of, report, steady, surge

NOW = period_of(datetime.datetime.now(datetime.UTC).date().isoformat(), "month")
THIS, LAST = shown_period(NOW, "month"), shown_period(NOW - 1, "month")


def day(back: int) -> datetime.date:
    """The first day of the month so many before the one that runs."""
    return first_day_of(NOW - back, "month")


def history(until: int = 1) -> list[Entry]:
    """Eight usual months of Sudan, one of mutinies and protests, the last so many months ago, and Chad beside it."""
    calm = [day(until + back) for back in range(8, 0, -1)]
    return [
        *steady(calm), *surge(day(until), ["mutinied"] * 9 + ["protested"] * 9),
        *steady([*calm, day(until)], country="TCD", start=500),
    ]  # fmt: skip


def watched(folder: Path, entries: list[Entry], *more: str) -> tuple[str, dict[str, dict[str, object]]]:
    """What `foreshock watch` says of the board of coups, and the standing of each country."""
    record_of(folder, entries).close()
    words = ["watch", "--record", str(folder / "record.sqlite"), "--board", "coup", *more]
    told = CliRunner().invoke(main, words).output
    listed = json.loads(CliRunner().invoke(main, [*words, "--format", "json"]).stdout)
    return told, {one["where"]["country"]: one for one in listed}


@pytest.mark.slow
def test_a_month_just_begun_leaves_the_one_before_standing_and_says_so(tmp_path: Path) -> None:
    begun = [report(day(0), 900 + at) for at in range(3)]
    told, found = watched(tmp_path, history() + begun)
    assert (found["SDN"]["state"], found["SDN"]["period"]) == ("alarm", day(1).isoformat())
    assert found["SDN"]["so_far"] == f"{THIS}: 3 documents; 5 are needed"
    assert f"as in {LAST})" in told.split("not told yet")[0]
    assert f"not told yet: Sudan, {THIS}: 3 documents; 5 are needed; standing as in {LAST}" in told
    assert f"not told yet: Chad, {THIS}: 0 documents; 5 are needed; standing as in {LAST}" in told


@pytest.mark.slow
def test_a_month_of_which_enough_was_read_stands_for_itself(tmp_path: Path) -> None:
    """Sudan was read of, and is quiet; of Chad nothing was: it stands as in the month before."""
    told, found = watched(tmp_path, history() + [report(day(0), 900 + at) for at in range(12)])
    assert (found["SDN"]["state"], found["SDN"]["before"], found["SDN"]["so_far"]) == ("quiet", "alarm", "")
    assert (found["TCD"]["state"], found["TCD"]["period"]) == ("quiet", day(1).isoformat())
    assert f"coup, {THIS}: 0 places above quiet, 2 quiet, 0 not collected" in told


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), ("--as-of", shown_period(NOW - 1, "month"))])
def test_a_month_that_is_over_is_not_made_up_for_by_the_one_before(tmp_path: Path, more: tuple[str, ...]) -> None:
    over = [report(day(1), 900 + at) for at in range(3)]
    told, found = watched(tmp_path, history(until=2) + over, *more)
    assert (found["SDN"]["state"], found["SDN"]["period"]) == ("not collected", day(1).isoformat())
    assert "not told yet" not in told and f"not collected: Sudan, {LAST}: 3 documents; 5 are needed" in told


@pytest.mark.slow
def test_of_what_was_dark_before_nothing_can_be_said_still(tmp_path: Path) -> None:
    dark = [report(day(back), 800 + back) for back in (0, 1)]
    _, found = watched(tmp_path, history(until=2) + dark)
    assert (found["SDN"]["state"], found["SDN"]["period"]) == ("not collected", day(0).isoformat())


@pytest.mark.slow
def test_as_of_the_month_that_runs_it_stands_for_itself(tmp_path: Path) -> None:
    begun = [report(day(0), 900 + at) for at in range(3)]
    _, found = watched(tmp_path, history() + begun, "--as-of", THIS)
    assert (found["SDN"]["state"], found["SDN"]["so_far"]) == ("not collected", "")


@pytest.mark.slow
def test_the_desk_says_of_which_month_a_place_stands(tmp_path: Path) -> None:
    watched(tmp_path, history() + [report(day(0), 900 + at) for at in range(12)])
    with Record(str(tmp_path / "record.sqlite")) as record, TestClient(create_app(record)) as desk:
        page = desk.get("/watch").text
        assert f"in the period from {day_name(day(0))}" in page and f"as in the period from {day_name(day(1))}" in page
        chad = desk.get("/watch/coup?country=TCD").text
        assert f"Nothing can be said yet of {THIS}: 0 documents; 5 are needed." in chad
        assert "Nothing can be said yet" not in desk.get("/watch/coup?country=SDN").text
        rows = {row["country"]: row for row in csv.DictReader(io.StringIO(desk.get("/watch.csv").text))}
        assert rows["TCD"]["so_far"] == f"{THIS}: 0 documents; 5 are needed" and not rows["SDN"]["so_far"]
        assert desk.get("/watch.json").json()["evaluated"]["coup"]["period"] == day(0).isoformat()
