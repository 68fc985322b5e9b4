"""What the line makes of one capture, ready for the record."""

from dataclasses import dataclass

from foreshock.model.capture import Capture
from foreshock.model.document import Document, Verdict
from foreshock.model.statement import Reading


@dataclass(frozen=True)
class Entry:
    """A capture, the document in it, the verdict on it, and a reading where it was worth reading."""

    capture: Capture
    document: Document
    verdict: Verdict
    reading: Reading | None
