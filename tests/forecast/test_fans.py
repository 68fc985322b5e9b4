"""Fan charts: what is drawn, what is said where shapes cannot, and that a file stands on its own."""

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from click.testing import CliRunner, Result

from foreshock.cli import main
from foreshock.forecast.fan import Fan, fan_chart, standalone
from foreshock.forecast.files import Sample, write_sample
from tests.forecast.conftest import COUNTRIES, FIRST, MONTHS, made_counts, rows_of, write


def fan(past: float = 20.0, high: float = 60.0, came: tuple[float, ...] = ()) -> Fan:
    quantiles = ((0.0, high / 6, high / 3, high / 2, high),) * 3
    return Fan(FIRST, (past,) * 24, (FIRST + 26, FIRST + 27, FIRST + 28), quantiles, (0.004, 0.005, 0.006), came)


def test_what_came_far_above_does_not_flatten_the_forecast_and_is_named() -> None:
    near, far = fan_chart(fan(came=(1.0, 70.0)), "x"), fan_chart(fan(came=(1.0, 113_554.0)), "x")
    assert near.count("<circle") == 2 and "off the scale" not in near
    assert far.count("<circle") == 1 and "off the scale: 113,554" in far
    assert re.findall(r'class="band" points="[^"]*"', far) == re.findall(
        r'class="band" points="[^"]*"', fan_chart(fan(came=(1.0,)), "x")
    )


def test_bands_on_zero_are_told_with_the_chance_of_any() -> None:
    assert "both bands lie on zero; chance of any 0.4 to 0.6 % a month" in fan_chart(fan(0.0, 0.0), "x")
    assert "both bands" not in fan_chart(fan(), "x")


def test_what_is_written_in_the_chart_lies_over_no_line_and_no_band() -> None:
    for drawn in (fan_chart(fan(came=(1.0, 113_554.0)), "x"), fan_chart(fan(0.0, 0.0), "x")):
        shapes = re.findall(r'class="(?:past|middle|band)" points="([^"]*)"', drawn)
        highest = min(float(place.split(",")[1]) for shape in shapes for place in shape.split())
        notes = [float(y) for y in re.findall(r'class="note" x="[^"]*" y="(\d+)"', drawn)]
        assert len(notes) == 2 and max(notes) < highest


def test_beside_a_short_past_what_is_written_stays_inside_the_chart() -> None:
    drawn = fan_chart(Fan(FIRST, (0.0,) * 3, (FIRST + 3, FIRST + 14), ((0.0,) * 5,) * 2, (0.004, 0.006)), "x")
    assert 'text-anchor="end">known' not in drawn and 'text-anchor="start">both bands' in drawn


def test_a_file_of_its_own_shows_title_and_style_and_escapes() -> None:
    whole = standalone(fan_chart(fan(), "a & <b>"), "a & <b>", "bands")
    ElementTree.fromstring(whole)
    assert "<b>" not in whole and ">a &amp; &lt;b&gt;</text>" in whole and ".band {" in whole


def call(*words: object) -> Result:
    return CliRunner().invoke(main, ["forecast", *map(str, words)])


def test_the_command_draws_countries_from_the_origin_of_their_draws(world_file: Path, tmp_path: Path) -> None:
    draws, fans = tmp_path / "draws.parquet", tmp_path / "fans"
    run = call("run", "--history", world_file, "--origin", "2013-10", "--steps", "3:6", "--draws", 40, "--out", draws)
    assert run.exit_code == 0
    done = call("fan", draws, "--history", world_file, "--country", "Ethiopia", "--country", 58, "--out", fans)
    assert done.exit_code == 0, done.output
    drawn = (fans / "ETH.svg").read_text()
    assert len(list(fans.iterdir())) == 2 and "known to 2013-10" in drawn
    assert drawn.count('<circle class="came"') + drawn.count('<polygon class="came"') == 6
    assert call("fan", draws, "--history", world_file, "--country", "France", "--out", fans).exit_code == 2


def test_draws_written_by_a_replay_or_a_backtest_are_drawn_from_their_origin(world_file: Path, tmp_path: Path) -> None:
    record, draws, again = tmp_path / "r.sqlite", tmp_path / "draws.parquet", tmp_path / "again.parquet"
    asked = ("--history", world_file, "--origin", "2013-09", "--steps", "4:6", "--draws", 40, "--out", draws)
    assert call("run", *asked, "--record", record).exit_code == 0
    assert call("replay", "--record", record, "--out", again).exit_code == 0
    tested = ("--history", world_file, "--windows", "2014", "--draws", 20, "--out", tmp_path / "tested")
    assert call("backtest", *tested).exit_code == 0
    for path, known in ((draws, "2013-09"), (again, "2013-09"), (tmp_path / "tested", "2013-10")):
        assert call("fan", path, "--history", world_file, "--country", "ETH", "--out", tmp_path).exit_code == 0
        assert f"known to {known}" in (tmp_path / "ETH.svg").read_text()


def test_a_month_that_nobody_counted_has_no_point_and_no_later_month_fills_the_past(tmp_path: Path) -> None:
    counts = made_counts()
    whole = write(rows_of(counts), tmp_path / "whole.parquet")
    counts[0, [MONTHS - 16, MONTHS - 13]] = np.nan  # September and December 2013
    counts[0, MONTHS - 15] = 1e6
    spoilt = write(rows_of(counts), tmp_path / "spoilt.parquet")
    draws = tmp_path / "draws.parquet"
    assert call("run", "--history", whole, "--origin", "2013-09", "--steps", "1:6", "--out", draws).exit_code == 0
    assert call("fan", draws, "--history", spoilt, "--country", "ETH", "--out", tmp_path).exit_code == 0
    drawn = (tmp_path / "ETH.svg").read_text()
    assert drawn.count('<circle class="came"') + drawn.count('<polygon class="came"') == 5
    [past] = re.findall(r'class="past" points="([^"]*)"', drawn)
    august, september = (one.split(",")[1] for one in past.split()[-2:])
    assert august == september


def test_draws_from_before_the_history_are_refused(world_file: Path, tmp_path: Path) -> None:
    draws = tmp_path / "early.parquet"
    write_sample(Sample(COUNTRIES, (100,), np.ones((10, 1, 20))), draws, {})
    done = call("fan", draws, "--history", world_file, "--country", "ETH", "--out", tmp_path)
    assert done.exit_code == 2 and "does not hold" in done.stderr
