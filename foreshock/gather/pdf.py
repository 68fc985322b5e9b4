"""PDF: the text of its pages, taken apart by PDFium in a process of its own."""

import os
import subprocess
import sys

import msgspec

from foreshock.errors import OversizedItem, UnreadableItem
from foreshock.gather import pdf_child
from foreshock.gather.layout import running_text
from foreshock.gather.pdf_child import LARGEST_TEXT, LEAST_LETTERS, MOST_PAGES
from foreshock.gather.printed import Line
from foreshock.model.capture import Capture

SECONDS = 90
_MADE_BY = ("microsoft word - ", "untitled", "powerpoint presentation")
"""How titles begin that a program gave the file, not a person the report."""


class _Said(msgspec.Struct):
    """What the child process found."""

    problem: str | None
    pages: int = 0
    pictures: int = 0
    lines: list[list[Line]] = []
    title: str | None = None
    author: str | None = None


def pdf_text(capture: Capture) -> tuple[str, dict[str, str | None], tuple[str, ...]]:
    """The running text of a PDF, the title and author that it states, and a note where pages of it are pictures.

    Raises `UnreadableItem` where it is encrypted, damaged or without text, `OversizedItem` where too long.
    """
    said = _said(capture)
    if said.problem == "encrypted":
        raise UnreadableItem(capture.origin, "the PDF is encrypted; save a copy without a password")
    if said.problem == "long":
        raise OversizedItem(capture.origin, f"the PDF has {said.pages} pages, more than {MOST_PAGES}; give its parts")
    if said.problem == "large":
        raise OversizedItem(capture.origin, f"the PDF holds more than {LARGEST_TEXT // 10**6} million characters")
    if said.problem is not None:
        raise UnreadableItem(capture.origin, "not a PDF, or a damaged one")
    text = running_text(said.lines)
    letters = sum(map(str.isalpha, text))
    if letters < LEAST_LETTERS * max(1, said.pages):
        raise UnreadableItem(
            capture.origin,
            "the PDF holds pictures of its pages and no text; have its characters recognised (OCR) first",
        )
    title = (said.title or "").strip()
    own = title and not title.lower().startswith(_MADE_BY)
    pictures = f"{said.pictures} of its {said.pages} pages are pictures; what they say is not read without OCR"
    fields = {"title": title if own else None, "author": (said.author or "").strip() or None}
    return text, fields, (pictures,) if said.pictures else ()


def _said(capture: Capture) -> _Said:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    try:
        child = subprocess.run(
            # With -P, as modules that lie beside the program or in the working folder must not be taken for Python's.
            [sys.executable, "-P", pdf_child.__file__], input=capture.content, capture_output=True, timeout=SECONDS,
            env=environment, check=True,
        )  # fmt: skip
        return msgspec.json.decode(child.stdout, type=_Said)
    except subprocess.TimeoutExpired as error:
        raise UnreadableItem(capture.origin, f"the PDF could not be taken apart within {SECONDS} seconds") from error
    except (subprocess.CalledProcessError, msgspec.DecodeError) as error:
        raise UnreadableItem(
            capture.origin, "taking the PDF apart ended the process that did; it is damaged"
        ) from error
