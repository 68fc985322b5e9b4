"""What files and folders give, what they hold besides, and where a bomb is stopped."""

import gzip
import io
import json
import os
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from foreshock.errors import ItemError, MalformedItem, OversizedItem
from foreshock.gather import captures as door
from foreshock.gather.captures import capture_of, captures, untaken
from foreshock.gather.parse import REPLACED, document_of
from foreshock.model.capture import Capture, Medium

REPORT = "The army shelled the town on Monday."


def test_a_name_too_long_for_a_file_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    failed, taken = captures(["x" * 5000 + ".txt", str(tmp_path / "a.txt")])
    assert isinstance(failed, ItemError)
    assert "too long" in str(failed)
    assert len(str(failed)) < 400
    assert isinstance(taken, Capture)


def test_what_a_folder_holds_besides_is_counted(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.txt", "b.odt", "deep/c.ODT", "deep/d.rtf", "README"):
        (tmp_path / name).write_text(REPORT)
    assert untaken([str(tmp_path)]) == Counter({".odt": 2, ".rtf": 1, "no suffix": 1})
    assert untaken([str(tmp_path / "a.txt"), "-", "https://a.example/", "x" * 5000, "none"]) == Counter()


def test_files_left_by_programs_and_links_to_folders_are_counted_and_cost_no_error(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "b.txt").write_text(REPORT)
    (tmp_path / "in" / "more").symlink_to(tmp_path / "out", target_is_directory=True)
    for name in ("~$a.docx", "._a.txt", ".~lock.a.docx#", "a.txt"):
        (tmp_path / "in" / name).write_text(REPORT)
    (taken,) = captures([str(tmp_path / "in")])
    assert isinstance(taken, Capture)
    assert taken.origin.endswith("a.txt") and "._" not in taken.origin
    assert untaken([str(tmp_path / "in")]) == Counter({"left by a program": 3, "link to a folder": 1})


def test_a_folder_with_nothing_to_read_is_named(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.odt").write_bytes(b"PK")
    (tmp_path / "d.rtf").write_bytes(b"{")
    (failed,) = captures([str(tmp_path)])
    assert isinstance(failed, ItemError)
    assert str(failed) == f"{tmp_path}: holds nothing that can be read (3 .odt, 1 .rtf)"
    assert untaken([str(tmp_path)]) == Counter(), "said once, by the error"


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    (failed,) = captures([str(tmp_path)])
    assert str(failed) == f"{tmp_path}: holds nothing that can be read"


def test_a_pipe_in_a_folder_does_not_hold_the_run_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(REPORT)
    (taken,) = captures([str(tmp_path)])
    assert isinstance(taken, Capture)
    assert untaken([str(tmp_path)]) == Counter({".txt": 1})


def test_a_name_that_is_not_utf8_is_shown_with_a_replacement(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "in")
    os.mkdir(folder)
    row = json.dumps({"text": REPORT}).encode()
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{REPORT}".encode()
    about = (
        "WARC/1.0", "WARC-Type: response", "WARC-Record-ID: <urn:uuid:a>", "WARC-Date: 2023-06-01T08:30:00Z",
        "WARC-Target-URI: http://a.example/1.txt", "Content-Type: application/http", f"Content-Length: {len(page)}",
    )  # fmt: skip
    table = io.BytesIO()
    parquet.write_table(pa.table({"text": [REPORT]}), table)
    contents = {
        b"txt": REPORT.encode(), b"jsonl": row, b"jsonl.gz": gzip.compress(row), b"parquet": table.getvalue(),
        b"warc": "\r\n".join((*about, "", "")).encode() + page + b"\r\n\r\n", b"\xe9": b"x",
    }  # fmt: skip
    for suffix, content in contents.items():
        for name, held in ((b"caf\xe9", content), (b"empty\xe9", b"")):
            with open(folder + b"/" + name + b"." + suffix, "wb") as file:
                file.write(held)
    found = list(captures([os.fsdecode(folder), os.fsdecode(folder + b"/none\xe9.txt"), "caf\udce9.odt"]))
    taken = [one for one in found if isinstance(one, Capture)]
    failed = [one for one in found if isinstance(one, ItemError)]
    assert len(taken) == 5
    assert len(failed) == 7
    assert all("caf\ufffd." in one.origin for one in taken)
    assert all("\ufffd." in one.item for one in failed)
    for told in (*(one.origin for one in taken), *map(str, failed), *untaken([os.fsdecode(folder)])):
        told.encode()
    (refused,) = captures(["http://127.0.0.1/caf\udce9"])
    assert "127.0.0.1/caf\ufffd" in str(refused)


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (failed,) = captures([str(tmp_path)])
    assert isinstance(failed, ItemError)
    assert "a.txt" in str(failed)


def test_an_archive_that_unpacks_without_end_is_left_inside_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "LARGEST_ROW", 1000)
    monkeypatch.setattr(door, "LARGEST_ARCHIVE", 100_000)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "' + b"a" * 1_000_000 + b'"}\n' + json.dumps({"text": REPORT}).encode()))
    row, archive = captures([str(path)])
    assert isinstance(row, OversizedItem)
    assert "row 1" in str(row)
    assert isinstance(archive, OversizedItem)
    assert "unpacks to more than" in str(archive)


def test_rows_after_one_too_long_keep_their_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "LARGEST_ROW", 1000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"a" * 5500 + b"\n\n" + json.dumps({"text": REPORT}).encode() + b"\n" + b"b" * 1000 + b"\n")
    assert [getattr(found, "origin", None) or getattr(found, "item", None) for found in captures([str(path)])] == [
        f"{path}: row 1", f"{path}: row 3", f"{path}: row 4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b'{"text": "caf\xe9',
        b'{"text": "caf\xe9", "title": 7}',
        b'{"text": "a", "x": ' + b"[" * 100_000,
        b'{"text": "a\nb"}',
        b'{"text": "a", "published": "' + b"2" * 5000 + b'"}',
        b'{"text": "a", "published": "2023-13-45"}',
        b'{"text": "a", "id": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_row_that_is_wrong_is_named_in_one_line(content: bytes) -> None:
    with pytest.raises(MalformedItem) as caught:
        document_of(capture_of("a.jsonl: row 1", content, Medium.ROW))
    message = str(caught.value)
    assert message.startswith("a.jsonl: row 1: ")
    assert "\n" not in message
    assert len(message) < 400


def test_a_row_behind_a_byte_order_mark_is_read() -> None:
    content = b"\xef\xbb\xbf" + json.dumps({"text": REPORT}).encode()
    assert document_of(capture_of("a.jsonl: row 1", content, Medium.ROW)).text == REPORT


def test_a_whole_row_with_bad_bytes_is_said_and_read() -> None:
    document = document_of(capture_of("a.jsonl: row 1", b'{"text": "The caf\xe9 was shelled."}', Medium.ROW))
    assert document.text == "The caf� was shelled."
    assert document.notes == (REPLACED,)


def test_a_text_and_a_page_of_the_same_bytes_are_one_capture() -> None:
    first = capture_of("a.txt", b"# A", Medium.TEXT)
    second = capture_of("a.md", b"# A", Medium.MARKDOWN)
    assert first.sha256 == second.sha256
