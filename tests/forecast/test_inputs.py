"""Regions add up to their country; the record's own counts make a history."""

import csv
import datetime
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from foreshock.cli import main
from foreshock.errors import MalformedItem, RecordError, UnreadableItem, UsageError
from foreshock.exchange import ucdp
from foreshock.forecast.countries import ids_by_code
from foreshock.forecast.files import Sample, read_sample, write_sample
from foreshock.forecast.months import month_id
from foreshock.forecast.regions import UNPLACED, Regions, country_history, part_among, read_ged, regions_of
from foreshock.forecast.series import series_of
from foreshock.model.occurrence import Occurrence
from foreshock.model.ucdp import COLUMNS
from foreshock.record.events_tables import events
from foreshock.record.store import Record
from tests.watch.samples import months, record_of, report, steady


def ged(path: Path, rows: list[dict[str, object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["id", "type_of_violence", "country_id", "adm_1", "date_end", "best"])
        writer.writeheader()
        writer.writerows(rows)
    return path


def event(adm_1: str, best: object, day: str = "2015-03-02", kind: int = 1, country: int = 530) -> dict[str, object]:
    return {"id": 1, "type_of_violence": kind, "country_id": country, "adm_1": adm_1, "date_end": day, "best": best}


def test_regions_add_up_to_their_country_in_every_draw(tmp_path: Path) -> None:
    rows = [event("Tigray", 90), event("Oromia", 10), event("", 2), event("Tigray", 5, kind=3),
            event("Amhara", "many"), event("Afar", "1e999"), event("Nowhere", 1, country=9999)]  # fmt: skip
    regions = read_ged(ged(tmp_path / "events.csv", rows))
    assert set(regions.names) == {(57, "Tigray"), (57, "Oromia"), (57, UNPLACED)}
    assert regions.counts.sum() == 102
    assert len(regions.notes) == 2
    rng = np.random.default_rng(1)
    sample = Sample((57, 99), (430, 431), rng.poisson(50, (2, 2, 300)).astype(float))
    names, parted = part_among(sample, regions, 3)
    assert names[-1] == (99, UNPLACED)
    assert np.array_equal(parted[:3].sum(axis=0), sample.outcome[0])
    assert np.array_equal(parted[3], sample.outcome[1])
    with pytest.raises(UsageError, match="counts from before it"):
        part_among(Sample((57,), (400,), np.ones((1, 1, 5))), regions, 3)
    with pytest.raises(UsageError, match="not all whole numbers"):
        part_among(Sample((57,), (430,), np.full((1, 1, 5), 2.7)), regions, 3)
    means = dict(zip(names, parted.mean(axis=(1, 2)), strict=True))
    assert means[57, "Tigray"] > means[57, "Oromia"] > 0


def test_no_later_month_parts_a_forecast_and_a_year_of_regions_is_forecast_by_the_pool() -> None:
    rng = np.random.default_rng(2)
    names = ((57, "Amhara"), (57, "Oromia"), (57, "Tigray"))
    counts = rng.poisson(np.array([[1.0], [8.0], [30.0]]), (3, 24)).astype(float)
    later = np.concatenate([counts, np.array([[9000.0], [0.0], [0.0]])], axis=1)
    sample = Sample((57,), (424, 425), np.full((1, 2, 400), 40.0))
    parted = [part_among(sample, Regions(names, 400, each, ()), 3)[1] for each in (counts, later)]
    assert np.array_equal(*parted)
    assert np.array_equal(parted[0].sum(axis=0), sample.outcome[0])
    means = parted[0].mean(axis=(1, 2))
    assert means[2] > 20 > means[1] > 4 > means[0]
    gap = later.copy()
    gap[:, 23] = np.nan
    with pytest.raises(UsageError, match="no counts of regions right before"):
        part_among(sample, Regions(names, 400, gap, ()), 3)


def test_regions_of_the_real_events_add_up_to_their_countries(shared_data: Path, tmp_path: Path) -> None:
    events_file = shared_data / "ucdp" / "GEDEvent_v23_0_10.csv.gz"
    history = country_history(read_ged(events_file))
    assert history.counts.sum() == read_ged(events_file).counts.sum() and len(history.countries) == 191
    rng = np.random.default_rng(3)
    outcome = rng.poisson(np.maximum(history.counts[:, :1, None], 0.2), (191, 2, 60)).astype(float)
    draws, out = tmp_path / "draws.parquet", tmp_path / "regions.parquet"
    write_sample(Sample(history.countries, (528, 529), outcome), draws, {})
    asked = ["forecast", "regions", str(draws), "--ucdp", str(events_file), "--out", str(out)]
    assert CliRunner().invoke(main, asked).exit_code == 0
    keys = ["country_id", "month_id", "draw"]
    whole, parts = pq.read_table(draws), pq.read_table(out).group_by(keys).aggregate([("outcome", "sum")])
    order = [(key, "ascending") for key in keys]
    assert whole.sort_by(order)["outcome"].to_pylist() == parts.sort_by(order)["outcome_sum"].to_pylist()


def test_a_records_regions_part_its_countries(told: Path, tmp_path: Path) -> None:
    with Record(str(told)) as record:
        regions = regions_of(record, "statements", "instability")
        assert set(regions.names) == {(country, UNPLACED) for country in series_of(record, "statements").countries}
        with pytest.raises(RecordError, match="there are none"):
            regions_of(record, "statements", "fragmentation")
    out = tmp_path / "regions.parquet"
    words = ["forecast", "series", "--record", str(told), "--regions", "--out", str(out)]
    assert CliRunner().invoke(main, words).exit_code == 0
    table = pq.read_table(out)
    assert table.column_names == ["country_id", "adm_1", "month_id", "count"] and table.num_rows == 2 * 14


def test_a_file_that_is_no_event_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("1,2,3\n4,5,6\n")
    with pytest.raises(MalformedItem, match="not a table of this kind: it lacks country_id"):
        read_ged(path)
    packed = tmp_path / "events.csv.gz"
    packed.write_bytes(b"no gzip at all")
    with pytest.raises(UnreadableItem, match="the file is damaged"):
        read_ged(packed)
    with pytest.raises(UsageError, match="no such file"):
        read_ged(tmp_path / "none.csv")


def test_an_event_file_is_read_as_it_is_imported(tmp_path: Path) -> None:
    """Without a header, in the order of UCDP's columns; with a byte that is no UTF-8; with a row cut short."""
    row = dict.fromkeys(COLUMNS, "") | {
        "id": "1", "type_of_violence": "1", "country": "Ethiopia", "country_id": "530", "adm_1": "Tigray",
        "date_start": "2015-03-01", "date_end": "2015-03-02", "best": "90", "low": "90", "high": "90",
    }  # fmt: skip
    told = ",".join(row.values())
    lines = [told, told.replace("Tigray", "Bénishangul"), told[:40], told.replace(",1,", ",3,", 1)]
    bare = tmp_path / "bare.csv"
    bare.write_bytes("\n".join(lines).encode("latin-1"))
    regions = read_ged(bare)
    assert [int(one) for one in regions.counts.sum(axis=1)] == [90, 90] and (57, "Tigray") in regions.names
    assert regions.notes == (f"{bare}: 1 rows of another width, or without a usable date, count or country",)
    imported = list(ucdp.read(bare))
    assert [type(one) for one in imported] == [Occurrence, Occurrence, MalformedItem, Occurrence]
    assert sum(one.label == "state-based" for one in imported if isinstance(one, Occurrence)) == 2


def test_the_candidate_events_are_read(shared_data: Path) -> None:
    regions = read_ged(shared_data / "ucdp" / "GEDEvent_v23_0_10.csv.gz")
    assert regions.first_month >= month_id(2023, 1) and len(regions.names) > 50
    assert regions.counts.sum() > 1000


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A record of a year and a half with a gap of half a year, in which the Sudan's soldiers mutiny once."""
    days = months("2021-01", 8) + months("2022-03", 6)
    entries = steady(days, each=3) + steady(days, each=1, country="TCD", start=50)
    entries += [report(days[9], 90 + number, "mutinied") for number in range(2)]
    with record_of(tmp_path, entries):
        return tmp_path / "record.sqlite"


def test_statements_count_where_and_when_they_became_known_and_months_without_documents_are_gaps(told: Path) -> None:
    with Record(str(told)) as record:
        history = series_of(record, "statements", "defection")
        everything = series_of(record, "statements")
    assert history.countries == (ids_by_code()["SDN"],)
    assert history.first_month == month_id(2021, 1) and history.counts.shape[1] == 20
    assert np.isnan(history.counts[0, 8:14]).all() and not np.isnan(history.counts[0, [7, 14]]).any()
    assert history.counts[0, 15] == 2 and np.nansum(history.counts) == 2
    assert "no document of 2021-09 to 2022-02: gaps, not zero" in str(history.notes[0])
    assert np.nansum(everything.counts) == 14 * 4 + 2


def test_events_count_in_the_month_of_their_first_report(told: Path) -> None:
    assert CliRunner().invoke(main, ["regroup", "--record", str(told)]).exit_code == 0
    with Record(str(told)) as record:
        history = series_of(record, "events")
        with record.begin() as connection:
            listed = connection.scalar(select(func.count()).where(events.c.country.is_not(None)))
    assert 0 < np.nansum(history.counts) == listed
    assert np.isnan(history.counts[:, 8:14]).all()


def test_a_series_of_the_record_is_forecast_by_the_same_command(tmp_path: Path) -> None:
    with record_of(tmp_path, steady(months("2021-01", 15), each=4) + steady(months("2021-01", 15), 1, "TCD", 50)):
        pass
    counts, draws = tmp_path / "counts.parquet", tmp_path / "draws.parquet"
    asked = ["series", "--record", str(tmp_path / "record.sqlite"), "--mechanism", "instability", "--out", str(counts)]
    made = CliRunner().invoke(main, ["forecast", *asked])
    assert made.exit_code == 0 and "2 countries, 2021-01 to 2022-03, 30 statements" in made.stderr
    asked = ["run", "--history", str(counts), "--column", "count", "--origin", "2022-03", "--steps", "1:3"]
    done = CliRunner().invoke(main, ["forecast", *asked, "--out", str(draws)])
    assert done.exit_code == 0, done.output
    assert read_sample(draws).outcome[:, :, :].mean() == pytest.approx(1, abs=0.5)


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date(1975, 3, 1), datetime.date.max])
def test_what_is_dated_long_ago_or_in_time_to_come_is_left_out_and_told(tmp_path: Path, day: datetime.date) -> None:
    odd = report(day, 999, "protested", admin1="Khartoum")
    with record_of(tmp_path, [*steady(months("2021-01", 14), each=2), odd]) as record:
        history, regions = series_of(record, "statements"), regions_of(record, "statements")
    assert (history.first_month, history.counts.shape) == (month_id(2021, 1), (1, 14))
    assert np.nansum(history.counts) == 28 == regions.counts.sum()
    for notes in (history.notes, regions.notes):
        assert [f"documents dated {day.isoformat()[:7]} left out" in str(one) for one in notes] == [True]


def test_countries_are_not_chosen_where_they_cannot_be(tmp_path: Path) -> None:
    events = ged(tmp_path / "events.csv", [event("Tigray", 90)])
    out = ["--covered", "--out", str(tmp_path / "o.parquet")]
    for more in (["--ucdp", str(events)], ["--regions"]):
        refused = CliRunner().invoke(main, ["forecast", "series", *more, *out])
        assert refused.exit_code == 2 and "--covered" in refused.stderr


def test_an_empty_record_is_insufficient_data(tmp_path: Path) -> None:
    with Record(str(tmp_path / "record.sqlite")) as record, pytest.raises(RecordError, match="insufficient data"):
        series_of(record, "statements", "defection")
