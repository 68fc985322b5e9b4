"""Printed pages become running text: paragraphs whole, footnotes below them, heads, feet and page numbers gone."""

import time
from pathlib import Path

import pytest

from foreshock.gather.captures import captures
from foreshock.gather.layout import running_text
from foreshock.gather.parse import document_of
from foreshock.gather.printed import Line
from foreshock.model.capture import Capture

Piece = tuple[float, float, float, str]
"""How far to the right and above the page's corner, in what size of type, and what."""


def set_pdf(pages: list[list[Piece]]) -> bytes:
    """A PDF in Courier, each character six tenths as wide as it is high, with these pieces in this order."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"]
    kids = []
    for pieces in pages:
        shown = " ".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET" for x, y, size, words in pieces)
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body = "".join(f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R >>\n%%EOF".encode()


def column(x: float, top: float, lines: list[str], size: float = 10) -> list[Piece]:
    return [(x, top - 12 * size / 10 * number, size, line) for number, line in enumerate(lines)]


def text_of(tmp_path: Path, pages: list[list[Piece]]) -> str:
    path = tmp_path / "a.pdf"
    path.write_bytes(set_pdf(pages))
    (found,) = captures([str(path)])
    assert isinstance(found, Capture), found
    return document_of(found).text


def page_of(lines: list[str]) -> list[Line]:
    """A page as it is set in one column, without indents."""
    return [Line(line, 10.0, 50.0, 50.0 + 6 * len(line), 750.0 - 12 * number) for number, line in enumerate(lines)]


FIRST = ["The army said on Monday that its units near the", "town of Gao had been attacked by men on motor-"]
LAST = ["cycles, who killed twelve soldiers and withdrew.", "Residents spoke of thirty dead."]


def test_a_sentence_that_goes_on_over_the_page_is_not_cut_by_footnotes(tmp_path: Path) -> None:
    marked = [(72.0, 150.0, 10.0, FIRST[0]), (72 + 47 * 6.0, 154.0, 6.0, "7"), (72.0, 138.0, 10.0, FIRST[1])]
    note = [
        (72.0, 103.0, 6.0, "7"),
        *column(76, 100, ["Interview, officer, Bamako, May 2023. See the", "earlier report."]),
    ]
    text = text_of(tmp_path, [[*marked, *note], column(72, 700, LAST)])
    assert text == (
        "The army said on Monday that its units near the town of Gao had been attacked by men on motorcycles, who "
        "killed twelve soldiers and withdrew. Residents spoke of thirty dead.\n\n"
        "Interview, officer, Bamako, May 2023. See the earlier report."
    )


def test_the_mark_of_a_note_at_the_end_of_the_text_goes_and_a_power_stays(tmp_path: Path) -> None:
    words = "The rebels left the town.", "12", "They hold 40 km", "2", "of it."
    page, x = [], 72.0
    for each in words:
        raised = each.isdigit()
        page.append((x, 704.0 if raised else 700.0, 6.0 if raised else 10.0, each))
        x += len(each) * (3.6 if raised else 6) + (0 if each.endswith("km") else 6)
    text = text_of(tmp_path, [page])
    assert "town. They" in text
    assert "km2 of it." in text


def test_columns_are_read_one_after_the_other_and_a_full_line_ends_no_paragraph(tmp_path: Path) -> None:
    left = ["Two officials said that the", "garrison of the town near", "Tillaberi had run short of"] * 4
    right = ["bread since the beginning of", "May. Some soldiers had left."] * 4
    title = (72.0, 760.0, 14.0, "A garrison without bread in the north")
    text = text_of(tmp_path, [[title, *column(72, 700, left), *column(320, 700, right)]])
    assert text == f"{title[3]}\n\n{' '.join(left + right)}"


@pytest.mark.parametrize(("gap", "indent", "size"), [(20, 0, 10), (12, 12, 10), (12, 0, 12)])
def test_a_gap_an_indent_and_another_size_of_type_begin_a_paragraph(
    tmp_path: Path, gap: float, indent: float, size: float
) -> None:
    first = ["The council met on Tuesday and spoke of peace", "for the north, the south, and of the new law.."]
    second = ["Elections will be held", "in June."]
    page = [
        *column(72, 700, first * 3),
        (72 + indent, 700 - 5 * 12 - gap, size, second[0]),
        (72, 700 - 6 * 12 - gap, size, second[1]),
    ]
    text = text_of(tmp_path, [page])
    assert text.endswith("law..\n\nElections will be held in June.")


def test_heads_of_left_and_right_pages_and_of_chapters_are_left_out(tmp_path: Path) -> None:
    pages = []
    for number in range(1, 17):
        head = "The Sahel Review" if number % 2 else f"Chapter on {'Mali' if number < 9 else 'Niger'}"
        district = "ABCDEFGHIJKLMNOP"[number - 1]
        words = [f"The governor of {district} said that the", "road was closed", "to all,", f"from {district} on."]
        pages.append([*column(72, 700, words), (72.0, 760.0, 8.0, head), (300.0, 30.0, 8.0, f"- {number} -")])
    one = "The governor of {0} said that the road was closed to all, from {0} on."
    assert text_of(tmp_path, pages) == "\n\n".join(map(one.format, "ABCDEFGHIJKLMNOP"))


def test_pages_that_are_pictures_are_told_of(tmp_path: Path) -> None:
    pages = [column(72, 700, FIRST + LAST), [], [(72.0, 700.0, 10.0, "3")]]
    shown = "q 600 0 0 700 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID a EI Q"
    before, after = set_pdf(pages).decode().replace("/Length 0", f"/Length {len(shown)}").split("stream\n\nendstream")
    path = tmp_path / "a.pdf"
    path.write_bytes(f"{before}stream\n{shown}\nendstream{after}".encode())
    (found,) = captures([str(path)])
    assert isinstance(found, Capture)
    assert document_of(found).notes == ("1 of its 3 pages are pictures; what they say is not read without OCR",)


def test_running_heads_and_page_numbers_are_left_out() -> None:
    towns = ["Goma", "Bukavu", "Uvira", "Kalemie", "Bunia"]
    pages = [
        page_of(["Early Warning Monthly", f"The road to {town} was closed all", f"day, {town} said.", f"Page {number}"])
        for number, town in enumerate(towns)
    ]
    text = running_text(pages)
    assert "Monthly" not in text
    assert "Page" not in text
    assert text.count(" said.") == 5
    assert text.startswith("The road to Goma was closed all day, Goma said.")


@pytest.mark.slow
def test_a_paragraph_of_a_hundred_thousand_lines_is_put_together_in_seconds() -> None:
    line = "the army shelled the town, and officials said that twelve were killed"
    assert running_text([page_of([line] * 100_000)]) == " ".join([line] * 100_000)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The road was re-", "opened."], "The road was reopened."),
        (["The Secretary-", "General said so."], "The Secretary-General said so."),
        (["Tension between pre-", "and post-war parties."], "Tension between pre- and post-war parties."),
        (["A long-standing feud, a long-", "standing one."], "A long-standing feud, a long-standing one."),
        (["It was face-", "to-face, or face-to-face, he said."], "It was face-to-face, or face-to-face, he said."),
        (["The force had a -", "column."], "The force had a - column."),
    ],
)
def test_words_cut_at_line_ends_are_joined_only_where_they_go_on(lines: list[str], text: str) -> None:
    assert running_text([page_of(lines)]) == text


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        ["\ue0007\ue001 a"] * 20_000,
        ["a\ue0007\ue001", "\ue0007\ue001 b"] * 10_000,
        ["." * 300_000 + "x", "b" * 300_000 + "-", "c" * 300_000],
        ["-" * 300_000, "1" * 300_000],
    ],
)
def test_a_page_made_to_take_long_is_read_in_seconds(lines: list[str]) -> None:
    began = time.process_time()
    running_text([page_of(lines), page_of(lines[::-1])])
    assert time.process_time() - began < 5


def test_the_lines_of_a_table_of_contents_stay_apart() -> None:
    lines = ["II. Mali ......... 4", "III. Niger ....... 9", "The army refused."]
    assert running_text([page_of(lines)]) == "\n\n".join(lines)
