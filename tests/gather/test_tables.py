"""Parquet: a table's rows are read as JSONL rows are."""

import datetime
import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from foreshock.errors import ItemError, MalformedItem, OversizedItem, UnreadableItem
from foreshock.gather import tables
from foreshock.gather.captures import capture_of, captures, untaken
from foreshock.gather.parse import document_of
from foreshock.model.capture import Capture, Medium

REPORT = "The army shelled the town on Monday. Officials said that twelve people were killed."


def written(path: Path, **columns: object) -> Path:
    parquet.write_table(pa.table(columns), path)
    return path


def test_a_row_says_of_itself_what_its_columns_say(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.parquet", id=[7, 8], text=[REPORT, "Two."], title=["Town shelled", None],
        published=[datetime.date(2023, 6, 1), None], month=[None, "2019-02"], other=[1, 2],
    )  # fmt: skip
    first, second = captures([str(path)])
    assert isinstance(first, Capture)
    assert isinstance(second, Capture)
    document = document_of(first)
    assert (document.external_id, document.title, str(document.published)) == ("7", "Town shelled", "2023-06-01")
    assert document.text == f"Town shelled\n\n{REPORT}"
    assert first.origin == f"{path}: row 1"
    assert document_of(second).crawl_month == "2019-02"


def test_a_time_of_publication_is_its_day_in_utc(tmp_path: Path) -> None:
    zone = datetime.timezone(datetime.timedelta(hours=-5))
    path = written(tmp_path / "a.parquet", text=[REPORT], published=[datetime.datetime(2023, 6, 1, 22, tzinfo=zone)])
    (row,) = captures([str(path)])
    assert isinstance(row, Capture)
    assert str(document_of(row).published) == "2023-06-02"


def test_a_column_as_programs_write_it_costs_no_row(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.parquet", text=[REPORT.encode(), b"Two.", b"caf\xe9"], id=[7.0, float("nan"), 8.0],
        author=[["A. Moro", "B. Diop"], None, None],
    )  # fmt: skip
    first, second, third = captures([str(path)])
    assert isinstance(first, Capture) and isinstance(second, Capture)
    document = document_of(first)
    assert (document.text, document.external_id, document.author) == (REPORT, "7", "A. Moro, B. Diop")
    assert (document_of(second).text, document_of(second).external_id) == ("Two.", None)
    assert isinstance(third, MalformedItem)


def test_the_same_row_is_one_capture_wherever_its_other_columns_differ(tmp_path: Path) -> None:
    found = []
    for name, extra in (("a", 1), ("b", 2)):
        (row,) = captures([str(written(tmp_path / f"{name}.parquet", text=[REPORT], other=[extra]))])
        assert isinstance(row, Capture)
        found.append(row.sha256)
    assert found[0] == found[1] == capture_of("x", json.dumps({"text": REPORT}).replace('": "', '":"').encode(),
                                              Medium.ROW).sha256  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PAR1 and no more", "not a Parquet file"), (b"PARE" + b"x" * 50, "encrypted"), (b"", "not a Parquet file")],
)
def test_a_file_that_is_no_table_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    (found,) = captures([str(tmp_path / "a.parquet")])
    assert isinstance(found, UnreadableItem)
    assert words in str(found)


def test_a_table_without_a_text_is_named(tmp_path: Path) -> None:
    (found,) = captures([str(written(tmp_path / "a.parquet", title=["x"]))])
    assert isinstance(found, MalformedItem)
    assert "no column text" in str(found)


def test_an_empty_table_is_named(tmp_path: Path) -> None:
    (found,) = captures([str(written(tmp_path / "a.parquet", text=pa.array([], pa.string())))])
    assert "the table is empty" in str(found)


def test_rows_that_cannot_be_read_are_named_and_the_rest_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LARGEST_ROW", 1000)
    path = written(tmp_path / "a.parquet", text=["a" * 2000, None, REPORT], title=["", "no text", ""])
    found = list(captures([str(path)]))
    assert isinstance(found[0], OversizedItem)
    assert isinstance(found[1], Capture)
    with pytest.raises(MalformedItem, match="row 2: not a row with a text"):
        document_of(found[1])
    assert isinstance(found[2], Capture)


@pytest.mark.parametrize(
    "days",
    [
        pa.array([2**30, 19_500], pa.date32()),
        pa.array([2**61, 10**15], pa.timestamp("us", "UTC")),
        pa.array([-(2**60), 10**12], pa.timestamp("ms")),
    ],
)
def test_a_day_that_no_calendar_has_costs_only_its_row(tmp_path: Path, days: pa.Array) -> None:
    bad, good = captures([str(written(tmp_path / "a.parquet", text=[REPORT, REPORT], published=days))])
    assert isinstance(bad, MalformedItem)
    assert "row 1: not a row with a text" in str(bad)
    assert isinstance(good, Capture)
    assert document_of(good).published is not None


def test_a_table_that_unpacks_to_too_much_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LARGEST_GROUP", 10_000)
    path = written(tmp_path / "a.parquet", text=[f"{REPORT} {number}" for number in range(500)])
    (found,) = captures([str(path)])
    assert isinstance(found, OversizedItem)
    assert "row group" in str(found)


def test_tables_in_a_folder_are_taken(tmp_path: Path) -> None:
    written(tmp_path / "a.parquet", text=[REPORT])
    assert not any(isinstance(found, ItemError) for found in captures([str(tmp_path)]))
    assert not untaken([str(tmp_path)])
