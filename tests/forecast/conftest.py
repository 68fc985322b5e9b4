"""A small made-up world: ten real country ids, ten years, from steady war to lasting peace."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from foreshock.forecast.history import History
from foreshock.forecast.months import month_id

COUNTRIES = (57, 58, 62, 69, 79, 92, 99, 124, 136, 245)
FIRST = month_id(2005, 1)
MONTHS = 120
RATES = (300.0, 40.0, 5.0, 1.0, 0.3, 0.0, 0.0, 80.0, 0.05, 12.0)


def made_counts() -> np.ndarray:
    rng = np.random.default_rng(11)
    rates = np.asarray(RATES)[:, None] * rng.gamma(1.0, 1.0, (len(RATES), MONTHS))
    return rng.poisson(rates).astype(float)


def rows_of(counts: np.ndarray) -> dict[str, list[float]]:
    countries, months = counts.shape
    return {
        "country_id": np.repeat(np.asarray(COUNTRIES), months).tolist(),
        "month_id": np.tile(np.arange(months) + FIRST, countries).tolist(),
        "deaths": counts.ravel().tolist(),
    }


def write(rows: dict[str, list[float]], path: Path) -> Path:
    pq.write_table(pa.table(rows), path)
    return path


@pytest.fixture(scope="session")
def world() -> History:
    return History(COUNTRIES, FIRST, made_counts())


@pytest.fixture
def world_file(tmp_path: Path) -> Path:
    return write(rows_of(made_counts()), tmp_path / "history.parquet")
