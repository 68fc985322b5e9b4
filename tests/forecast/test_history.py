"""Bad input is named, and repaired by the stated rule or refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from foreshock.errors import ItemError, MalformedItem, UnreadableItem, UsageError
from foreshock.forecast.history import History, read_history, read_observed
from tests.forecast.conftest import COUNTRIES, FIRST, MONTHS, made_counts, rows_of, write

LAST = FIRST + MONTHS - 1
Rows = dict[str, list[float]]


def drop(rows: Rows, country: int, months: range) -> Rows:
    kept = [
        place
        for place, (one, month) in enumerate(zip(rows["country_id"], rows["month_id"], strict=True))
        if not (one == country and month in months)
    ]
    return {name: [values[place] for place in kept] for name, values in rows.items()}


def changed(rows: Rows, country: int, month: int, value: float) -> Rows:
    deaths = [
        value if (one, at) == (country, month) else old
        for one, at, old in zip(rows["country_id"], rows["month_id"], rows["deaths"], strict=True)
    ]
    return {**rows, "deaths": deaths}


def added(rows: Rows, country: float, month: float, value: float) -> Rows:
    return {name: [*rows[name], new] for name, new in zip(rows, (country, month, value), strict=True)}


def told(history: History, country: int | None) -> str:
    return " | ".join(str(note) for note in history.notes if note.country == country)


def read(rows: Rows, folder: Path) -> History:
    return read_history(write(rows, folder / "history.parquet"), LAST)


def test_a_clean_history_comes_out_as_it_is(world_file: Path) -> None:
    history = read_history(world_file, LAST)
    assert history.countries == COUNTRIES
    assert np.array_equal(history.counts, made_counts())
    assert not history.notes


def test_observed_counts_are_known_at_a_month_as_a_run_reads_them_there(tmp_path: Path) -> None:
    rows = drop(rows_of(made_counts()), 57, range(LAST - 21, LAST - 18))
    path = write(drop(rows, 58, range(LAST - 50, LAST - 40)), tmp_path / "history.parquet")
    observed = read_observed(path)
    for month in (LAST - 45, LAST - 30, LAST - 19, LAST - 18, LAST):
        read, known = read_history(path, month), observed.as_known(month)
        assert (known.countries, known.first_month) == (read.countries, read.first_month)
        assert np.array_equal(known.counts, read.counts, equal_nan=True)
    with pytest.raises(MalformedItem, match="has no series that can be forecast from 2005-05"):
        observed.as_known(FIRST + 4)


@pytest.mark.parametrize(
    ("spoil", "words", "refused"),
    [
        (lambda rows: drop(rows, 57, range(LAST - 20, LAST - 18)), "filled between their neighbours", False),
        (lambda rows: drop(rows, 57, range(LAST - 40, LAST - 30)), "the series begins after it", False),
        (lambda rows: drop(rows, 57, range(LAST - 1, LAST + 1)), "repeat the last known", False),
        (lambda rows: drop(rows, 57, range(LAST - 11, LAST + 1)), "too long before the origin", True),
        (lambda rows: drop(rows, 57, range(FIRST, LAST - 6)), "12 are needed", True),
        (lambda rows: drop(rows, 57, range(FIRST, LAST - 20)), "longer memories take what there is", False),
        (lambda rows: added(rows, 57, LAST, rows["deaths"][MONTHS - 1]), "taken once", False),
        (lambda rows: added(rows, 57, LAST, 99999), "different counts", True),
        (lambda rows: changed(rows, 57, LAST - 5, -3), "negative", False),
        (lambda rows: changed(rows, 57, LAST - 5, float("nan")), "absent", False),
        (lambda rows: changed(rows, 57, LAST - 5, 2.5), "rounded", False),
    ],
)
def test_a_spoilt_series_is_named_and_repaired_or_left_out(
    tmp_path: Path, spoil: Callable[[Rows], Rows], words: str, refused: bool
) -> None:
    history = read(spoil(rows_of(made_counts())), tmp_path)
    assert words in told(history, 57) and "Ethiopia (57)" in told(history, 57)
    assert (57 not in history.countries) == refused
    assert set(COUNTRIES) - {57} <= set(history.countries)
    begun = ~np.isnan(history.counts)
    assert begun[:, -1].all() and (np.diff(begun.astype(int), axis=1) >= 0).all()


def test_repairs_do_what_they_say(tmp_path: Path) -> None:
    rows = changed(rows_of(made_counts()), 57, LAST - 5, 2.5)
    rows = changed(changed(changed(rows, 57, LAST - 10, 10), 57, LAST - 8, 20), 57, LAST - 9, -1)
    series = read(rows, tmp_path).counts[0]
    assert series[-6] == 3
    assert series[-10] == 15


def test_an_unknown_country_is_forecast_without_neighbours(tmp_path: Path) -> None:
    rows = rows_of(made_counts())
    rows["country_id"] = [9999 if one == 57 else one for one in rows["country_id"]]
    history = read(rows, tmp_path)
    assert 9999 in history.countries and "not in the key" in told(history, 9999)
    assert history.panel().borders[history.countries.index(9999)].sum() == 0


def test_rows_without_a_country_or_month_are_counted_and_left_out(tmp_path: Path) -> None:
    rows = added(added(rows_of(made_counts()), 57.5, LAST, 1), 57, -4, 1)
    history = read(rows, tmp_path)
    assert "2 rows" in told(history, None)
    assert np.array_equal(history.counts, made_counts())


def test_whole_numbers_too_large_to_be_a_count_or_a_country_are_told_as_such(tmp_path: Path) -> None:
    rows = rows_of(made_counts())
    whole = {name: [int(value) for value in column] for name, column in rows.items()}
    whole["deaths"][3] = 2**60 + 1
    whole["country_id"][-1] = 2**60 + 1
    history = read(whole, tmp_path)
    assert "impossible counts" in told(history, COUNTRIES[0]) and "1 rows" in told(history, None)


def test_months_after_the_origin_are_not_looked_at(tmp_path: Path) -> None:
    origin = LAST - 24
    whole = rows_of(made_counts())
    spoilt = {**whole, "deaths": [-7.5 if month > origin else value for month, value in
                                  zip(whole["month_id"], whole["deaths"], strict=True)]}  # fmt: skip
    one = read_history(write(whole, tmp_path / "a.parquet"), origin)
    other = read_history(write(spoilt, tmp_path / "b.parquet"), origin)
    assert one.digest == other.digest and not other.notes


def test_a_file_that_cannot_be_used_is_refused_whole(tmp_path: Path) -> None:
    nothing = tmp_path / "no.parquet"
    with pytest.raises(UsageError, match="no such file"):
        read_history(nothing)
    nothing.write_text("hello")
    with pytest.raises(UnreadableItem):
        read_history(nothing)
    with pytest.raises(MalformedItem, match="no column deaths"):
        read_history(write({"country_id": [1], "month_id": [1]}, nothing))
    with pytest.raises(MalformedItem, match="not numbers"):
        read_history(write({"country_id": [1], "month_id": [1], "deaths": ["x"]}, nothing))
    names = ["country_id", "month_id", "deaths", "deaths"]
    pq.write_table(pa.Table.from_arrays([pa.array([1])] * 4, names), nothing)
    with pytest.raises(MalformedItem, match="has the column deaths twice"):
        read_history(nothing)
    with pytest.raises(ItemError, match="no series that can be forecast"):
        read_history(write({"country_id": [1, 1], "month_id": [300, 301], "deaths": [0, 0]}, nothing))
    with pytest.raises(UsageError, match="ends in 2014-12, before the origin 2015-06"):
        read_history(write(rows_of(made_counts()), nothing), LAST + 6)
