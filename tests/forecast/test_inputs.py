"""News is used only where it is measured to help; regions add up; the record's own counts make a history."""

import csv
from pathlib import Path

import numpy as np
import pytest

from foreshock.errors import MalformedItem, RecordError, UsageError
from foreshock.forecast.files import Sample
from foreshock.forecast.history import History
from foreshock.forecast.months import month_id
from foreshock.forecast.news import assess
from foreshock.forecast.regions import UNPLACED, part_among, read_ged
from foreshock.forecast.series import series_of
from foreshock.record.store import Record

STEPS = (1, 2, 3)
COUNTRIES = (57, 58, 62, 69, 79, 92, 99, 124, 136, 245, 13, 14, 29, 70)


def worlds(telling: bool) -> tuple[History, History]:
    """Fourteen countries with rare deaths, announced by news three months before, or by news that tells nothing."""
    rng = np.random.default_rng(5)
    months = 132
    risk = np.repeat(rng.random((len(COUNTRIES), months // 3)) < 0.15, 3, axis=1)
    deaths = np.where(risk, rng.poisson(2.0, risk.shape), 0).astype(float)
    announced = np.roll(risk, -3, axis=1) if telling else rng.random(risk.shape) < 0.15
    news = rng.poisson(np.where(announced, 20.0, 0.5)).astype(float)
    first = month_id(2005, 1)
    return History(COUNTRIES, first, deaths), History(COUNTRIES, first, news)


def test_news_that_tells_is_used_and_news_that_does_not_is_dropped() -> None:
    history, news = worlds(telling=True)
    found = assess(history, news, STEPS, 0)
    assert found.use and found.gained is not None and found.gained > 0.01
    assert (found.coefficient or 0) > 0
    history, noise = worlds(telling=False)
    dropped = assess(history, noise, STEPS, 0)
    assert not dropped.use and "dropped" in dropped.reason


def test_too_little_news_is_called_insufficient_data() -> None:
    history, news = worlds(telling=True)
    few = History(news.countries[:3], news.first_month, news.counts[:3])
    found = assess(history, few, STEPS, 0)
    assert not found.use and found.gained is None
    assert found.reason.startswith("insufficient data") and "news of 3 countries" in found.reason


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
            event("Amhara", "many"), event("Nowhere", 1, country=9999)]  # fmt: skip
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
    with pytest.raises(UsageError, match="events from before it"):
        part_among(Sample((57,), (400,), np.ones((1, 1, 5))), regions, 3)
    means = dict(zip(names, parted.mean(axis=(1, 2)), strict=True))
    assert means[57, "Tigray"] > means[57, "Oromia"] > 0


def test_an_event_file_without_its_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("1,2,3\n4,5,6\n")
    with pytest.raises(MalformedItem, match="carry a header"):
        read_ged(path)


def test_the_candidate_events_are_read(shared_data: Path) -> None:
    regions = read_ged(shared_data / "ucdp" / "GEDEvent_v23_0_10.csv.gz")
    assert regions.first_month >= month_id(2023, 1) and len(regions.names) > 50
    assert regions.counts.sum() > 1000


def test_an_empty_record_is_insufficient_data(tmp_path: Path) -> None:
    with Record(str(tmp_path / "record.sqlite")) as record, pytest.raises(RecordError, match="insufficient data"):
        series_of(record, "statements", "defection")
