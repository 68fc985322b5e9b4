"""News is used only where it is measured to help; it moves the forecast then, and is kept with the run."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from foreshock.cli import main
from foreshock.forecast.backtest import window
from foreshock.forecast.history import History, read_news
from foreshock.forecast.months import month_id
from foreshock.forecast.news import Worth, assess, cases_of, covered, known_news, together
from foreshock.forecast.pool import MODEL_VERSION, shifted
from foreshock.forecast.run import forecast
from foreshock.forecast.vintages import list_vintages, news_of
from foreshock.record.store import Record
from tests.watch.samples import months, record_of, steady

STEPS = (1, 2, 3)
COUNTRIES = (57, 58, 62, 69, 79, 92, 99, 124, 136, 245, 13, 14, 29, 70)
FIRST = month_id(2005, 1)


def worlds(telling: bool) -> tuple[History, History]:
    """Fourteen countries with rare deaths, announced by news three months before, or by news that tells nothing."""
    rng = np.random.default_rng(5)
    length = 132
    risk = np.repeat(rng.random((len(COUNTRIES), length // 3)) < 0.15, 3, axis=1)
    deaths = np.where(risk, rng.poisson(2.0, risk.shape), 0).astype(float)
    announced = np.roll(risk, -3, axis=1) if telling else rng.random(risk.shape) < 0.15
    news = rng.poisson(np.where(announced, 20.0, 0.5)).astype(float)
    return History(COUNTRIES, FIRST, deaths), History(COUNTRIES, FIRST, news)


@pytest.fixture(scope="module")
def judged() -> dict[str, Worth]:
    """News that tells among sixty kinds that tell nothing."""
    history, telling = worlds(telling=True)
    rng = np.random.default_rng(7)
    noises = {
        str(number): History(
            COUNTRIES, FIRST, rng.poisson(np.where(rng.random(telling.counts.shape) < 0.15, 20.0, 0.5))
        )
        for number in range(60)
    }
    return assess(history, {"telling": telling, **noises}, STEPS, 0)


@pytest.mark.slow
def test_news_that_tells_is_used_and_of_sixty_kinds_that_do_not_none_is(judged: dict[str, Worth]) -> None:
    told = judged["telling"].any
    assert told.use and told.gained is not None and told.gained > 0.01
    assert (told.coefficient or 0) > 0
    noises = [one for name, one in judged.items() if name != "telling"]
    assert not any(one.any.use or one.onsets.use for one in noises)
    assert "does not help and is dropped" in noises[0].any.reason
    lucky = [one.any.gained > 2 * one.any.error for one in noises if one.any.gained and one.any.error]
    assert len(lucky) == 60 and sum(lucky) <= 5


def test_the_more_kinds_of_news_are_tried_the_more_each_must_gain(judged: dict[str, Worth]) -> None:
    history, telling = worlds(telling=True)
    alone = assess(history, {"one": telling}, STEPS, 0)["one"].any.reason
    assert "2.0 of them are to be gained" in alone
    assert "3.3 of them are to be gained" in judged["telling"].any.reason


def test_too_little_news_is_called_insufficient_data() -> None:
    history, news = worlds(telling=True)
    few = History(news.countries[:3], news.first_month, news.counts[:3])
    found = assess(history, {"few": few}, STEPS, 0)["few"].any
    assert not found.use and found.gained is None
    assert found.reason.startswith("insufficient data") and "3 countries at" in found.reason


def test_news_is_known_only_from_the_month_it_was_published_in() -> None:
    counts = np.zeros((1, 12))
    counts[0, 6] = 9
    news = History((57,), FIRST, counts)
    known = [float(known_news(news, FIRST + month, (57,))[0]) for month in range(3, 12)]
    assert known == pytest.approx([0, 0, 0, np.log(10), np.log(10), np.log(10), 0, 0, 0])
    later = counts.copy()
    later[0, 9:] = 99
    assert known_news(History((57,), FIRST, later), FIRST + 8, (57,)) == known_news(news, FIRST + 8, (57,))
    counts[0, 8] = np.nan
    assert np.isnan(known_news(History((57,), FIRST, counts), FIRST + 9, (57,)))[0]
    assert np.isnan(known_news(news, FIRST + 40, (57, 58))).all()


def test_a_country_that_is_only_mentioned_is_not_covered_and_records_add_up() -> None:
    everything = History((57, 58), FIRST, np.array([[5.0, 4, np.nan, 6], [0, 1, np.nan, 0]]))
    mutinies = History((58,), FIRST, np.array([[0.0, 1, np.nan, 0]]))
    kept = covered(mutinies, everything)
    assert kept.countries == (57,)
    assert np.array_equal(kept.counts, [[0, 0, np.nan, 0]], equal_nan=True)
    both = together([everything, History((57, 62), FIRST + 2, np.array([[7.0, 1.0], [2.0, np.nan]]))])
    assert both.countries == (57, 58, 62)
    assert np.array_equal(both.counts[0], [5, 4, 7, 7])
    assert np.array_equal(both.counts[2], [np.nan, np.nan, 2, np.nan], equal_nan=True)


@pytest.mark.slow
def test_helpful_news_moves_the_chance_of_deaths_and_useless_news_moves_nothing() -> None:
    history, telling = worlds(telling=True)
    plain = forecast(history, STEPS, 200)
    moved = forecast(history, STEPS, 200, news=telling)
    assert moved.model.startswith(f"{MODEL_VERSION} news ") and len(moved.model) <= 40
    chance = [(made.outcome > 0).mean(axis=(1, 2)) for made in (plain, moved)]
    recent = known_news(telling, history.last_month, history.countries)
    loud, still = recent > np.log(20), recent < np.log(4)
    assert (chance[1][loud] > chance[0][loud] + 0.05).all()
    assert (chance[1][still] < chance[0][still]).all()
    nothing = History(COUNTRIES, FIRST, np.ones_like(telling.counts))
    useless = forecast(history, STEPS, 200, news=nothing)
    assert useless.worth is not None and not useless.worth.any.use
    assert np.array_equal(useless.outcome, plain.outcome) and useless.model == MODEL_VERSION


def test_a_shift_keeps_sizes_and_what_is_certain() -> None:
    part = np.array([[[0.0, 0, 0, 0, 0, 0, 1, 5]], [[0.0] * 8], [[2.0] * 8], [[0.0] * 4 + [3.0] * 4]])
    found = shifted(part, np.array([np.log(3), 2.0, 2.0, 0.0]))
    assert found[0, 0].tolist() == [0, 0, 0, 0, 1, 1, 5, 5]
    assert np.array_equal(found[1:], part[1:])


def call(*words: object) -> Result:
    return CliRunner().invoke(main, ["forecast", *map(str, words)])


def write(history: History, path: Path, column: str) -> Path:
    countries, length = history.counts.shape
    rows = {
        "country_id": np.repeat(np.asarray(history.countries), length),
        "month_id": np.tile(np.arange(length) + history.first_month, countries),
        column: history.counts.ravel(),
    }
    pq.write_table(pa.table(rows), path)
    return path


@pytest.mark.slow
def test_a_run_with_news_is_kept_with_it_and_made_again_from_it(tmp_path: Path) -> None:
    history, telling = worlds(telling=True)
    deaths, news = (
        write(history, tmp_path / "deaths.parquet", "deaths"),
        write(telling, tmp_path / "n.parquet", "count"),
    )
    record, out = tmp_path / "r.sqlite", tmp_path / "draws.parquet"
    done = call("run", "--history", deaths, "--origin", "2015-12", "--steps", "1:3", "--draws", 40, "--out", out,
                "--news", news, "--record", record)  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "the news helps with any deaths" in done.stderr
    replayed = call("replay", "--record", record, "--out", tmp_path / "again.parquet", "--check")
    assert replayed.exit_code == 0 and "every draw is the same" in replayed.stderr
    listed = json.loads(call("list", "--record", record, "--format", "json").stdout)
    assert listed[0]["model"].startswith(f"{MODEL_VERSION} news ")


def test_a_past_origin_knows_no_more_than_a_run_did_and_what_nobody_counted_is_no_outcome() -> None:
    counts = worlds(telling=True)[0].counts
    origin = FIRST + 66
    counts[0, 64:67] = np.nan  # the origin and the two months before it
    counts[1, 68] = np.nan
    calm, war = counts.copy(), counts.copy()
    calm[0, 67], war[0, 67] = 0, 9000
    found = [cases_of(History(COUNTRIES, FIRST, one), COUNTRIES, origin, origin, STEPS, 0) for one in (calm, war)]
    assert np.array_equal(found[0].odds, found[1].odds)
    ahead = {int(one): [] for one in COUNTRIES}
    for country, happened in zip(found[1].country, found[1].happened, strict=True):
        ahead[int(country)].append(int(happened))
    assert ahead[COUNTRIES[0]][0] == 1
    assert {country for country, months in ahead.items() if len(months) != 3} == {COUNTRIES[1]}


@pytest.mark.slow
def test_news_judged_by_counts_with_gaps_is_made_again_from_what_was_kept(tmp_path: Path) -> None:
    history, telling = worlds(telling=True)
    history.counts[0, 100:102] = np.nan
    history.counts[3, 40] = np.nan
    deaths, news = write(history, tmp_path / "d.parquet", "deaths"), write(telling, tmp_path / "n.parquet", "count")
    record = tmp_path / "r.sqlite"
    done = call("run", "--history", deaths, "--origin", "2015-12", "--steps", "1:3", "--draws", 40, "--news", news,
                "--out", tmp_path / "draws.parquet", "--record", record)  # fmt: skip
    assert "the news helps with any deaths" in done.stderr, done.output
    with Record(str(record)) as kept:
        (vintage,) = list_vintages(kept)
        observed = news_of(kept, vintage)[1]
    assert observed is not None and np.isnan(observed.counts).sum() == 3
    replayed = call("replay", "--record", record, "--out", tmp_path / "again.parquet", "--check")
    assert replayed.exit_code == 0 and "every draw is the same" in replayed.stderr


def test_what_a_record_offers_is_judged_and_too_little_is_said(tmp_path: Path) -> None:
    deaths = write(worlds(telling=True)[0], tmp_path / "deaths.parquet", "deaths")
    with record_of(tmp_path, steady(months("2014-01", 15), each=4)):
        pass
    told = call("news", "--history", deaths, "--record", tmp_path / "record.sqlite")
    assert told.exit_code == 0, told.output
    assert "instability: insufficient data for any deaths: the news (2014-01 to 2015-03) gives" in told.stdout
    assert "insufficient data for onsets" in told.stdout
    assert "predictions: " in told.stderr and "of such counts there are none" in told.stderr
    assert call("news", "--history", deaths).exit_code == 2


def test_two_files_of_news_of_one_name_are_judged_both(tmp_path: Path) -> None:
    deaths, telling = worlds(telling=True)
    history = write(deaths, tmp_path / "deaths.parquet", "deaths")
    files = [write(telling, _folder(tmp_path / name) / "news.parquet", "count") for name in ("one", "other")]
    told = call("news", "--history", history, "--news", files[0], "--news", files[1], "--format", "json")
    assert sorted(json.loads(told.stdout)) == [str(path) for path in files]


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def test_a_file_of_news_keeps_its_gaps(tmp_path: Path) -> None:
    counts = np.array([[1.0, 2, 3, 4]])
    path = write(History((57,), FIRST, counts), tmp_path / "news.parquet", "count")
    table = pq.read_table(path)
    pq.write_table(table.filter(np.asarray(table["month_id"]) != FIRST + 1), path)
    assert np.array_equal(read_news(path).counts, [[1, np.nan, 3, 4]], equal_nan=True)


@pytest.mark.slow
def test_a_backtest_scores_the_pool_with_news_beside_the_pool_without() -> None:
    history, telling = worlds(telling=True)
    then = history.until(month_id(2014, 10))
    window_with = window(then, history, 60, news=telling)
    plain, told = window_with.judged["pool"], window_with.judged["pool with news"]
    assert told.chance.shape == plain.chance.shape
    short = History(telling.countries[:3], telling.first_month, telling.counts[:3])
    unmoved = window(then, history, 60, news=short).judged
    assert np.array_equal(unmoved["pool with news"].crps, unmoved["pool"].crps)
