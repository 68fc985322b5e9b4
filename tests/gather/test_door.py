"""What comes in through the door, good and bad; a bad one is named, and the rest goes on."""

import gzip
import json
from pathlib import Path

import pytest

from foreshock.errors import ItemError, MalformedItem, OversizedItem, UnreadableItem, UsageError
from foreshock.gather.captures import LARGEST_FILE, LARGEST_ROW, captures
from foreshock.gather.parse import REPLACED, document_of
from foreshock.model.capture import Capture
from foreshock.model.document import Document
from foreshock.model.vocabulary import Granularity

REPORT = "The army shelled the town on Monday. Officials said that twelve people were killed."


def parsed(*paths: Path) -> list[Document | ItemError]:
    """Everything the paths hold, as documents or as the errors that name what is wrong."""
    found: list[Document | ItemError] = []
    for capture in captures([str(path) for path in paths]):
        if isinstance(capture, Capture):
            try:
                found.append(document_of(capture))
            except ItemError as error:
                found.append(error)
        else:
            found.append(capture)
    return found


def only(*paths: Path) -> Document:
    (found,) = parsed(*paths)
    assert isinstance(found, Document), found
    return found


def failure(*paths: Path) -> ItemError:
    (found,) = parsed(*paths)
    assert isinstance(found, ItemError), found
    return found


def test_a_text_is_kept_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffFirst line\r\nsecond, with ’ and 😀\r\n".encode())
    document = only(path)
    assert document.text == "\ufeffFirst line\r\nsecond, with ’ and 😀\r\n"
    assert document.id.startswith("sha256:")
    assert document.published is None
    assert document.outlet is None


def test_markdown_front_matter_becomes_facts(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: A title\noutlet: Meridian Wire\npublished: 2023-06-25\n---\n\n# A title\n\n*By X.* See [here](http://a).\n"
    )
    document = only(path)
    assert (document.title, document.outlet, str(document.published)) == ("A title", "Meridian Wire", "2023-06-25")
    assert document.text == "A title\n\nBy X. See here.\n"


def test_a_page_gives_its_article_and_not_its_menu(tmp_path: Path) -> None:
    body = "".join(f"<p>{REPORT} Paragraph {n} of the report follows here.</p>" for n in range(6))
    page = (
        "<html><head><title>Town shelled</title><meta property='og:site_name' content='Steppe Courier'></head>"
        f"<body><nav><a>Home</a><a>Subscribe now</a></nav><article><h1>Town shelled</h1>{body}</article></body></html>"
    )
    path = tmp_path / "a.html"
    path.write_text(page)
    document = only(path)
    assert "shelled the town" in document.text
    assert "Subscribe" not in document.text
    assert document.title == "Town shelled"
    assert document.outlet == "Steppe Courier"


def test_rows_keep_what_they_say_of_themselves(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    rows = [
        {"id": 7, "text": REPORT, "title": "Town shelled", "month": "2019-02"},
        {"text": REPORT, "published": "2019-02", "outlet": "X", "author": "Y", "url": "http://x"},
    ]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    first, second = parsed(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.external_id == "7"
    assert first.text == f"Town shelled\n\n{REPORT}"
    assert first.crawl_month == "2019-02"
    assert first.published is None
    assert first.reference_date is not None
    assert first.reference_date[1] is Granularity.MONTH
    assert str(second.published) == "2019-02-28"
    assert second.published_granularity is Granularity.MONTH


def test_folders_are_opened_and_other_files_left_alone(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_text(REPORT + " More.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert [isinstance(found, Document) for found in parsed(tmp_path)] == [True, True]


def test_bad_files_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a-empty.txt").write_bytes(b"")
    (tmp_path / "b-binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "c-good.txt").write_text(REPORT)
    empty, binary, good = parsed(tmp_path)
    assert isinstance(empty, UnreadableItem)
    assert "a-empty.txt: the file is empty" in str(empty)
    assert isinstance(binary, UnreadableItem)
    assert "b-binary.txt: not a text" in str(binary)
    assert isinstance(good, Document)


def test_broken_utf8_is_said_and_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"The governor of C\xf3rdoba resigned on Friday after protests in the city.")
    document = only(path)
    assert "C�rdoba" in document.text
    assert document.notes == (REPLACED,)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_text_in_wide_characters_is_read_as_any_other(tmp_path: Path, encoding: str, name: str) -> None:
    text = f"<html><body><p>{REPORT} Šibenik.</p></body></html>" if name == "a.html" else f"{REPORT} Šibenik."
    (tmp_path / name).write_bytes(text.encode(encoding))
    document = only(tmp_path)
    assert document.text.startswith(REPORT[:40]) and document.text.rstrip().endswith(" Šibenik.")
    assert not document.notes


@pytest.mark.parametrize("content", [b"\xff\xfe\x00" + bytes(range(256)) * 8, b"\xff\xfe" + b"\1\0\0\0" * 400])
def test_what_only_begins_as_wide_characters_do_is_no_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    assert "not a text" in str(failure(tmp_path / "a.txt"))


def test_a_cut_archive_gives_its_rows_and_then_the_error(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(json.dumps({"text": f"{REPORT} {n}"}).encode() + b"\n" for n in range(3000)))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    found = parsed(path)
    assert isinstance(found[0], Document)
    assert isinstance(found[-1], UnreadableItem)
    assert "cut short" in str(found[-1])


def test_not_a_gzip_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_text("plain")
    assert "not a gzip file" in str(failure(path))


def test_a_bad_row_among_good_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": REPORT})
    path.write_text(f'{good}\n{{"text": broken\n{json.dumps({"title": "no text"})}\n[1, 2]\n{good}\n')
    found = parsed(path)
    assert [isinstance(each, Document) for each in found] == [True, False, False, False, True]
    assert "row 2" in str(found[1])
    assert all(isinstance(each, MalformedItem) for each in found[1:4])


@pytest.mark.parametrize("time", ["2023-06-20T22:40:11Z", "2023-06-20 22:40", "2023-06-20T23:40:11.123-08:00"])
def test_a_time_of_publication_is_the_day_that_it_names(tmp_path: Path, time: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": REPORT, "published": time, "author": ["A. Moro", "B. Diop"]}))
    document = only(path)
    assert (str(document.published), document.author) == ("2023-06-20", "A. Moro, B. Diop")


@pytest.mark.parametrize("date", ["2023-02-31", "yesterday", "2023", "31.12.2023", "2023-06-20 or 21"])
def test_a_wrong_date_is_an_error_and_not_a_guess(tmp_path: Path, date: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": REPORT, "published": date}))
    error = failure(path)
    assert isinstance(error, MalformedItem)
    assert date in str(error) or "range" in str(error)


def test_a_page_too_large_to_be_a_report(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<p>" + b"a " * (LARGEST_FILE // 2 + 10))
    assert isinstance(failure(path), OversizedItem)


def test_a_row_too_long_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * (LARGEST_ROW + 100) + b'"}\n' + json.dumps({"text": REPORT}).encode())
    found = parsed(path)
    assert isinstance(found[0], OversizedItem)
    assert isinstance(found[1], Document)


def test_a_bomb_of_nested_tags_does_not_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * 200_000 + REPORT)
    (tmp_path / "b.txt").write_text(REPORT)
    found = parsed(tmp_path)
    assert isinstance(found[-1], Document)


def test_what_is_not_there_and_what_is_no_text(tmp_path: Path) -> None:
    other = tmp_path / "a.odt"
    other.write_bytes(b"PK")
    missing, unknown = parsed(tmp_path / "none.txt", other)
    assert "no such file" in str(missing)
    assert "not a kind of file" in str(unknown) and str(unknown).endswith("save it as .docx, .pdf or .txt")


@pytest.mark.parametrize(
    ("name", "way"), [("sheet.csv", "write its rows as .jsonl"), ("letter.eml", "save the message as .txt")]
)
def test_a_kind_of_file_that_is_often_given_and_not_taken_is_told_the_way_out(
    tmp_path: Path, name: str, way: str
) -> None:
    (tmp_path / name).write_text(REPORT)
    (refused,) = parsed(tmp_path / name)
    assert way in str(refused)


def test_nothing_named_is_wrong_use() -> None:
    with pytest.raises(UsageError):
        list(captures([]))
