"""Reads one PDF from standard input and writes what it says as JSON; started by `foreshock.gather.pdf`.

A process of its own: what a hostile file does to the C++ library that takes it apart ends here, and its time
and memory have limits that hold whatever it does.
"""

import contextlib
import json
import re
import sys

MOST_PAGES = 2000
LARGEST_TEXT = 20_000_000
"""Characters."""
MEMORY, PROCESSOR_SECONDS = 4_000_000_000, 60

_PROBLEMS = {4: "encrypted", 5: "encrypted"}
"""PDFium's FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY."""


def _limit() -> None:
    with contextlib.suppress(ImportError):  # not on Windows; the parent's clock still holds there
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))


def _read(content: bytes) -> dict[str, object]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        found = re.search(r"\((\d)\)", str(error))
        code = getattr(error, "err_code", None) or (int(found.group(1)) if found else 0)
        return {"problem": _PROBLEMS.get(code, "damaged")}
    if len(document) > MOST_PAGES:
        return {"problem": "long", "pages": len(document)}
    pages: list[str] = []
    size = 0
    for page in document:
        pages.append(page.get_textpage().get_text_bounded())
        size += len(pages[-1])
        page.close()
        if size > LARGEST_TEXT:
            return {"problem": "large"}
    said = document.get_metadata_dict()
    return {"problem": None, "texts": pages, "title": said.get("Title"), "author": said.get("Author")}


def main() -> None:
    """Read, and write one line."""
    _limit()
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
