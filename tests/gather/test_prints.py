"""PDF and Word: running text from printed pages; what has none, is locked or is a trap gets its own words."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from foreshock.errors import ItemError, OversizedItem, UnreadableItem
from foreshock.gather import pdf, pdf_child, word
from foreshock.gather.captures import captures
from foreshock.gather.parse import document_of
from foreshock.model.capture import Capture
from foreshock.model.document import Document

LINES = [
    "The army shelled the town on Monday, and officials said that twelve",
    "people were killed. Witnesses in the west of the town spoke of a much",
    "higher number. The governor denied it.",
    "Two days later the rebels withdrew to the hills and the road was re-",
    "opened, according to a witness.",
]


def pdf_of(pages: list[list[str]], title: str = "", extra: str = "") -> bytes:
    """A plain PDF with these lines on its pages; `extra` goes into the trailer."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 11 Tf 50 750 Td {shown} ET" if lines else ""
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({title}) /Author (A. Moro) >>")
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"<< /Size {size} /Root 1 0 R /Info {len(objects)} 0 R {extra} >>"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(out)}\n%%EOF".encode()


def docx_of(body: str, core: str = "", head: str = "") -> bytes:
    out = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}<w:document {space}><w:body>{body}</w:body></w:document>")
        if core:
            archive.writestr("docProps/core.xml", core)
    return out.getvalue()


def taken(path: Path, content: bytes) -> Document | ItemError:
    path.write_bytes(content)
    (found,) = captures([str(path)])
    if isinstance(found, Capture):
        try:
            return document_of(found)
        except ItemError as error:
            return error
    return found


def test_the_lines_of_a_pdf_become_paragraphs(tmp_path: Path) -> None:
    found = taken(tmp_path / "a.pdf", pdf_of([["Town shelled", *LINES]], "Report on the town"))
    assert isinstance(found, Document), found
    assert (found.title, found.author, found.published) == ("Report on the town", "A. Moro", None)
    assert "twelve people were killed. Witnesses in the west of the town spoke of a much higher number." in found.text
    assert "the road was reopened, according" in found.text
    assert found.text.startswith("Town shelled\n\nThe army")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf_of([[], ["7"]]), "holds pictures of its pages and no text"),
        (pdf_of([LINES], extra="/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32
                + "> >> /ID [<41><41>]"), "the PDF is encrypted"),
        (b"%PDF-1.7 and then nothing of the kind", "not a PDF, or a damaged one"),
        (b" \n", "the file is empty"),
    ],
)  # fmt: skip
def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, words: str) -> None:
    found = taken(tmp_path / "a.pdf", content)
    assert isinstance(found, UnreadableItem)
    assert words in str(found)


def test_a_pdf_of_too_many_pages(tmp_path: Path) -> None:
    found = taken(tmp_path / "a.pdf", pdf_of([["x"]] * 2001))
    assert isinstance(found, OversizedItem)
    assert "2001 pages" in str(found)


def test_a_pdf_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.001)
    assert "could not be taken apart within" in str(taken(tmp_path / "a.pdf", pdf_of([LINES])))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that the one above it has ended")
def test_nothing_goes_on_taking_a_pdf_apart_for_a_run_that_was_killed() -> None:
    starts = "import subprocess, sys; run = subprocess.Popen(sys.argv[1:]); print(run.pid, flush=True); run.wait()"
    run = [sys.executable, "-c", starts, sys.executable, "-P", pdf_child.__file__]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as above:
        assert above.stdout is not None
        limits = Path(f"/proc/{above.stdout.readline().strip()}/limits")
        while str(pdf_child.MEMORY) not in limits.read_text():
            pass
        above.kill()
        assert above.stdout.read() == "", "whoever still holds the other end of this pipe has ended, too"


def test_modules_that_lie_in_the_working_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "pypdfium2", "foreshock"):
        (tmp_path / f"{name}.py").write_text("import pathlib\npathlib.Path('ran').touch()\nraise ImportError\n")
    monkeypatch.chdir(tmp_path)
    assert isinstance(taken(tmp_path / "a.pdf", pdf_of([LINES])), Document)
    assert not (tmp_path / "ran").exists()


def test_a_text_in_word_with_title_and_tables_and_without_what_was_deleted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>The army </w:t></w:r><w:r><w:t>shelled the town.</w:t></w:r>"
        "<w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del></w:p><w:p/>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Goma</w:t><w:tab/><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    core = (
        '<c:coreProperties xmlns:c="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A title</dc:title>'
        "<dc:creator>A. Moro</dc:creator></c:coreProperties>"
    )
    found = taken(tmp_path / "a.docx", docx_of(body, core))
    assert isinstance(found, Document), found
    assert found.text == "The army shelled the town.\n\nGoma 12"
    assert (found.title, found.author) == ("A title", "A. Moro")


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (docx_of("<w:p/>"), "holds no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "encrypted, or an old .doc"),
        (zipped("a.docx"), "a ZIP archive, not a Word document; unpack it"),
        (b"PK\x03\x04 and no more", "not a Word document, or a damaged one"),
        (docx_of("<w:p><w:t>"), "a damaged Word document"),
        (docx_of("&a;", head='<!DOCTYPE x [<!ENTITY a "boom">]>'), "defines entities"),
    ],
)
def test_a_word_document_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, words: str) -> None:
    found = taken(tmp_path / "a.docx", content)
    assert isinstance(found, UnreadableItem)
    assert words in str(found)


def test_a_word_document_that_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "LARGEST_PART", 1_000_000)
    found = taken(tmp_path / "a.docx", docx_of("<w:p><w:r><w:t>" + "a" * 3_000_000 + "</w:t></w:r></w:p>"))
    assert isinstance(found, OversizedItem)
    assert "unpacks to more than" in str(found)
