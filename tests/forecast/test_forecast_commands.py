"""The commands as a user calls them: files in, files out, exit codes, what is named on standard error."""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from foreshock.cli import main
from foreshock.forecast import scores
from foreshock.forecast.files import read_sample
from tests.forecast.conftest import MONTHS, made_counts, rows_of, write


def call(*words: object) -> Result:
    return CliRunner().invoke(main, ["forecast", *map(str, words)])


def test_run_writes_the_challenges_columns_and_score_reads_them(world_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "draws.parquet"
    done = call("run", "--history", world_file, "--origin", "2013-10", "--steps", "3:14", "--draws", 50, "--out", out)
    assert done.exit_code == 0, done.output
    assert "A month of 2014-01 to 2014-12, most expected first" in done.stderr and "any in a month" in done.stderr
    table = pq.read_table(out)
    assert table.column_names == ["country_id", "month_id", "draw", "outcome"]
    assert table.num_rows == 10 * 12 * 50
    assert min(table["month_id"].to_pylist()) == 409 and set(table["draw"].to_pylist()) == set(range(50))
    scored = json.loads(call("score", out, "--history", world_file, "--format", "json").stdout)
    assert scored[0]["cases"] == 120 and 0 < scored[0]["crps"] < 200


def test_a_forecast_that_is_not_over_is_refused_with_its_months_and_those_of_the_history(
    world_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "draws.parquet"
    call("run", "--history", world_file, "--origin", "2014-06", "--steps", "3:14", "--draws", 20, "--out", out)
    refused = call("score", out, "--history", world_file)
    assert refused.exit_code == 2
    assert "to 2014-12, and" in refused.stderr and "forecasts 2014-09 to 2015-08" in refused.stderr


def test_what_all_draws_have_is_not_told_as_certain(world_file: Path, tmp_path: Path) -> None:
    words = ["run", "--history", world_file, "--origin", "2013-10", "--steps", "3:4", "--draws", 50, "--out"]
    told = call(*words, tmp_path / "draws.parquet").stderr
    assert "over 99 %" in told and "100" not in told.split("most expected first")[1]


def test_no_forecast_is_as_of_a_day_to_come(world_file: Path, tmp_path: Path) -> None:
    record, out = tmp_path / "record.sqlite", tmp_path / "draws.parquet"
    asked = ["--origin", "2013-10", "--steps", "3:4", "--draws", 20, "--record", record, "--out", out]
    call("run", "--history", world_file, *asked)
    refused = call("replay", "--record", record, "--out", out, "--as-of", "2999-01-01")
    assert refused.exit_code == 2 and "2999-01-01 is yet to come" in refused.stderr


def test_counts_of_another_column_are_not_kept_as_deaths(tmp_path: Path) -> None:
    rows = {"count" if name == "deaths" else name: values for name, values in rows_of(made_counts()).items()}
    path, record = write(rows, tmp_path / "counts.parquet"), tmp_path / "record.sqlite"
    asked = ["run", "--history", path, "--column", "count", "--steps", "1", "--draws", 20, "--record", record]
    for origin, series in (("2014-10", []), ("2014-11", ["--series", "events"])):
        assert call(*asked, "--origin", origin, "--out", tmp_path / "d.parquet", *series).exit_code == 0
    listed = json.loads(call("list", "--record", record, "--format", "json").stdout)
    assert [one["series"] for one in listed] == ["events", "count"]


def test_months_without_a_count_are_not_scored_and_are_named(tmp_path: Path) -> None:
    counts = made_counts()
    whole, out = write(rows_of(counts), tmp_path / "whole.parquet"), tmp_path / "draws.parquet"
    call("run", "--history", whole, "--origin", "2013-09", "--steps", "3:14", "--draws", 50, "--out", out)
    last = np.arange(12) + MONTHS - 13  # December 2013 to November 2014
    spoilt = counts.copy()
    spoilt[1, MONTHS - 8 : MONTHS - 2] = np.nan
    spoilt[2, -3:] = np.nan
    path = write(rows_of(spoilt), tmp_path / "spoilt.parquet")
    done = call("score", out, "--history", path, "--against", out, "--format", "json")
    row = json.loads(done.stdout)[0]
    known = ~np.isnan(spoilt[:, last])
    sample = read_sample(out)
    assert row["cases"] == 120 - 6 - 2
    assert row["crps"] == pytest.approx(scores.crps(sample.outcome, counts[:, last])[known].mean())
    assert row["auc_any"] == pytest.approx(
        scores.auc((sample.outcome > 0).mean(axis=-1)[known], counts[:, last][known] > 0)
    )
    assert row["crps_ratio"] == pytest.approx(1)
    assert "2 months that have no count are not scored (2014-10, 2014-11)" in done.stderr
    assert "6 months that have no count are not scored (2014-05, 2014-06, 2014-07, 2014-08 …)" in done.stderr


def test_a_month_with_two_counts_is_not_scored(world_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "draws.parquet"
    call("run", "--history", world_file, "--origin", "2013-09", "--steps", "3:14", "--draws", 50, "--out", out)
    rows = {name: [*values, new] for (name, values), new in zip(rows_of(made_counts()).items(), (57, 412, 9e5),
                                                               strict=True)}  # fmt: skip
    done = call("score", out, "--history", write(rows, tmp_path / "twice.parquet"), "--format", "json")
    assert json.loads(done.stdout)[0]["cases"] == 119
    assert "different counts for the same month: a gap (2014-04)" in done.stderr


def test_a_sample_of_months_that_nobody_counted_is_refused(tmp_path: Path) -> None:
    counts = made_counts()
    whole, out = write(rows_of(counts), tmp_path / "whole.parquet"), tmp_path / "draws.parquet"
    call("run", "--history", whole, "--origin", "2013-09", "--steps", "3:4", "--draws", 50, "--out", out)
    counts[:, -13:-11] = np.nan
    done = call("score", out, "--history", write(rows_of(counts), tmp_path / "spoilt.parquet"))
    assert done.exit_code != 0 and "no count of any month" in done.stderr


def test_a_country_that_is_left_out_is_named_and_the_rest_is_forecast(tmp_path: Path) -> None:
    rows = {
        name: [*values, new] for (name, values), new in zip(rows_of(made_counts()).items(), (57, 400, 9e5), strict=True)
    }
    path, out = write(rows, tmp_path / "history.parquet"), tmp_path / "draws.parquet"
    done = call("run", "--history", path, "--origin", "2014-12", "--steps", "1", "--draws", 20, "--out", out)
    assert done.exit_code == 1
    assert "Ethiopia (57): different counts for the same month (2013-04); left out" in done.stderr
    assert len(read_sample(out).countries) == 9


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--origin", "2020-10"), "before the origin 2020-10"),
        (("--origin", "last year"), "--origin: 'last year' is no month: write it as YYYY-MM"),
        (("--origin", "2013-10", "--steps", "0:99"), "--steps: '0:99' are no steps"),
    ],
)
def test_wrong_use_is_said_in_a_line(world_file: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = call("run", "--history", world_file, "--out", tmp_path / "x.parquet", *words)
    assert done.exit_code == 2
    assert said in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_draws_are_not_written_under_the_name_of_another_format(world_file: Path, tmp_path: Path) -> None:
    run = ["run", "--history", world_file, "--origin", "2013-10", "--steps", "1", "--draws", 20, "--out"]
    series = ["series", "--record", tmp_path / "none.sqlite", "--out"]
    for words in (run, series):
        refused = call(*words, tmp_path / "d.csv")
        assert refused.exit_code == 2 and f"name it {tmp_path / 'd.parquet'}" in refused.stderr
    tested = call("backtest", "--history", world_file, "--windows", "2013:2014", "--out", tmp_path / "d.parquet")
    assert tested.exit_code == 2 and "go into a folder" in tested.stderr
    assert list(tmp_path.iterdir()) == [world_file], "nothing was written"
    assert call(*run, tmp_path / "v1.0").exit_code == 0 and (tmp_path / "v1.0" / "window=Y2013").is_dir()


def test_backtest_shows_the_pool_beside_the_benchmarks_and_plots(world_file: Path, tmp_path: Path) -> None:
    plots, draws = tmp_path / "plots", tmp_path / "draws"
    done = call("backtest", "--history", world_file, "--windows", "2014", "--draws", 50, "--plots", plots,
                "--out", draws, "--format", "json")  # fmt: skip
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert set(told["windows"][0]["forecasters"]) == {"pool", "conflictology", "last", "zero"}
    assert told["windows"][0]["forecasters"]["conflictology"]["crps_ratio"] == 1
    assert sorted(path.name for path in plots.iterdir()) == ["crps-ratio.svg", "pit.svg", "reliability.svg"]
    assert read_sample(draws / "window=Y2014").outcome.shape == (10, 12, 50)
    tables = call("backtest", "--history", world_file, "--windows", "2014", "--draws", 50).stdout
    assert "Onsets" in tables and "Africa" in tables and "geometric mean" in tables


def test_a_backtest_sees_no_more_at_its_origin_than_a_run_did_and_scores_what_was_counted(tmp_path: Path) -> None:
    counts = made_counts()
    counts[0, MONTHS - 14] = 9000  # November 2013, the first month after the origin
    counts[0, MONTHS - 16 : MONTHS - 14] = np.nan
    counts[1, -3:] = np.nan
    counts[2, -12:] = np.nan
    path = write(rows_of(counts), tmp_path / "gaps.parquet")
    run = call("run", "--history", path, "--origin", "2013-10", "--draws", 50, "--out", tmp_path / "run.parquet")
    done = call("backtest", "--history", path, "--windows", "2014", "--draws", 50, "--out", tmp_path / "tested",
                "--format", "json")  # fmt: skip
    assert (run.exit_code, done.exit_code) == (0, 0), done.output
    asked, tested = read_sample(tmp_path / "run.parquet"), read_sample(tmp_path / "tested" / "window=Y2014")
    assert np.array_equal(asked.outcome, tested.outcome)
    told = json.loads(done.stdout)["windows"][0]
    scored = json.loads(call("score", tmp_path / "run.parquet", "--history", path, "--format", "json").stdout)[0]
    assert (told["countries"], told["cases"]) == (9, 12 * 9 - 3) and told["cases"] == scored["cases"]
    assert told["forecasters"]["pool"]["crps"] == pytest.approx(scored["crps"])
    assert "Ethiopia (57): missing months repeat the last known (2013-09, 2013-10)" in done.stderr
    assert "12 months that have no count are not scored (2014-01, 2014-02, 2014-03, 2014-04 …)" in done.stderr
    assert "no count" in call("backtest", "--history", _none_in_2014(tmp_path), "--windows", "2014").stderr


def _none_in_2014(folder: Path) -> Path:
    counts = made_counts()
    counts[:, -12:] = np.nan
    return write(rows_of(counts), folder / "none.parquet")


def test_a_country_that_a_window_leaves_out_is_named_with_the_window(tmp_path: Path) -> None:
    counts = made_counts()
    counts[0, MONTHS - 30 : MONTHS - 14] = np.nan
    path = write(rows_of(counts), tmp_path / "late.parquet")
    done = call("backtest", "--history", path, "--windows", "2012:2014", "--draws", 20, "--format", "json")
    assert [one["countries"] for one in json.loads(done.stdout)["windows"]] == [10, 9, 9]
    assert "Ethiopia (57): window 2013: ends in 2012-06, too long before the origin; left out" in done.stderr


@pytest.mark.slow
def test_a_kept_run_is_listed_replayed_checked_and_explained(world_file: Path, tmp_path: Path) -> None:
    record, out, again = tmp_path / "r.sqlite", tmp_path / "d.parquet", tmp_path / "a.parquet"
    for origin in ("2014-06", "2014-09"):
        run = call("run", "--history", world_file, "--origin", origin, "--steps", "1:3", "--draws", 40, "--out", out,
                   "--record", record)  # fmt: skip
        assert run.exit_code == 0, run.output
    listed = json.loads(call("list", "--record", record, "--format", "json").stdout)
    assert len(listed) == 2
    replayed = call("replay", "--record", record, "--out", again, "--check")
    assert replayed.exit_code == 0 and "every draw is the same" in replayed.stderr
    assert np.array_equal(read_sample(out).outcome, read_sample(again).outcome)
    early = call("replay", "--record", record, "--out", again, "--as-of", "2001-01-01")
    assert early.exit_code == 2 and "no forecast was kept by 2001-01-01" in early.stderr
    explained = call("explain", "eth", "--record", record).stdout
    assert explained.startswith("Ethiopia:") and "like " in explained


def test_a_run_that_left_a_country_out_tells_nothing_of_what_moved_it(tmp_path: Path) -> None:
    counts, record, out = made_counts(), tmp_path / "r.sqlite", tmp_path / "d.parquet"
    whole = write(rows_of(counts), tmp_path / "whole.parquet")
    counts[0] = np.nan
    without = write(rows_of(counts), tmp_path / "without.parquet")
    for history, origin in ((without, "2014-09"), (whole, "2014-10")):
        call("run", "--history", history, "--origin", origin, "--steps", "1", "--draws", 20, "--out", out,
             "--record", record)  # fmt: skip
    told = call("explain", "ETH", "--record", record).stdout
    assert "no earlier run of it to compare with" in told and "up from" not in told
    assert json.loads(call("explain", "ETH", "--record", record, "--format", "json").stdout)["before"] is None
