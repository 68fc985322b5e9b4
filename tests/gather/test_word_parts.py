"""Word documents: the numbers of lists, footnotes below their paragraphs, and nothing that is shown to nobody."""

import io
import zipfile
from pathlib import Path

from foreshock.gather.captures import captures
from foreshock.gather.parse import document_of
from foreshock.model.capture import Capture

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {SPACE}>
<w:abstractNum w:abstractNumId="4">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%3"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xf0b7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>
</w:numbering>"""
STYLES = f"""<w:styles {SPACE}>
<w:style w:styleId="List"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Own"><w:basedOn w:val="List"/></w:style>
<w:style w:styleId="Round"><w:basedOn w:val="Round"/></w:style></w:styles>"""
NOTES = """<w:{0}s {1}><w:{0} w:type="separator" w:id="0"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:{0}>
<w:{0} w:id="2"><w:p><w:r><w:t>{2}</w:t></w:r></w:p></w:{0}></w:{0}s>"""


def text_of(tmp_path: Path, body: str, main: str = "word/document.xml", **parts: str) -> str:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        relation = f'<Relationship Id="a" Type="{kind}" Target="/{main}"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{space}">{relation}</Relationships>')
        archive.writestr(main, f"<w:document {SPACE}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    path = tmp_path / "a.docx"
    path.write_bytes(out.getvalue())
    (found,) = captures([str(path)])
    assert isinstance(found, Capture), found
    return document_of(found).text


def paragraph(words: str, properties: str = "", run: str = "", after: str = "") -> str:
    shown = f"<w:r><w:rPr>{run}</w:rPr><w:t>{words}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{shown}{after}</w:p>"


def numbered(level: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_the_items_of_lists_have_their_numbers_and_bullets(tmp_path: Path) -> None:
    body = "".join(
        [
            paragraph("To the African Union:"),
            paragraph("Send a mission.", '<w:pStyle w:val="Own"/>'),
            paragraph("None.", f'<w:pStyle w:val="Own"/>{numbered(0, 0)}'),
            paragraph("The army left.", numbered(0)),
            paragraph("By road.", numbered(1)),
            paragraph("By sea.", numbered(1)),
            paragraph("At night.", numbered(2)),
            paragraph("The town fell.", numbered(0)),
            paragraph("In hours.", numbered(1)),
            paragraph("Of a list that nothing tells of.", numbered(0, 77)),
            paragraph("Of a style that is based on itself.", '<w:pStyle w:val="Round"/>'),
        ]
    )
    assert text_of(tmp_path, body, numbering=NUMBERING, styles=STYLES).split("\n\n") == [
        "To the African Union:",
        "• Send a mission.",
        "None.",
        "3. The army left.",
        "(a) By road.",
        "(b) By sea.",
        "3.i At night.",
        "4. The town fell.",
        "(a) In hours.",
        "• Of a list that nothing tells of.",
        "Of a style that is based on itself.",
    ]


def test_footnotes_follow_their_paragraph_and_endnotes_the_text(tmp_path: Path) -> None:
    foot, end = (f'<w:r><w:{name}Reference w:id="2"/></w:r>' for name in ("footnote", "endnote"))
    body = paragraph("The army left.", after=foot) + paragraph("The town fell.", after=end)
    notes = {
        f"{name}s": NOTES.format(name, SPACE, words)
        for name, words in (("footnote", "So he said."), ("endnote", "Yes."))
    }
    assert text_of(tmp_path, body, **notes) == "The army left.\n\nSo he said.\n\nThe town fell.\n\nYes."


def test_hidden_words_are_left_out(tmp_path: Path) -> None:
    body = paragraph("Not for release.", run="<w:vanish/>") + paragraph("Told.", run='<w:vanish w:val="0"/>')
    assert text_of(tmp_path, body) == "Told."


def test_the_text_is_found_where_the_document_says_it_lies(tmp_path: Path) -> None:
    assert text_of(tmp_path, paragraph("The army left."), main="word/document2.xml") == "The army left."
