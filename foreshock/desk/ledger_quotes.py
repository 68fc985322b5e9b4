"""Where a prediction stands in its text, and the sentence around a piece of evidence.

That sentence often holds the words that the clause alone lacks.
"""

from dataclasses import dataclass

from foreshock.desk.pages import document_path, statement_path
from foreshock.desk.text import paragraph_at
from foreshock.model.prediction import Evidence, Prediction
from foreshock.read.segment import sentences
from foreshock.record.query import statement_with
from foreshock.record.store import Record

_LONGEST = 700
"""Characters beyond which a sentence is no help to who looks for the clause in it."""


@dataclass(frozen=True)
class Quote:
    """The words of a piece of evidence, with the rest of their sentence before and after."""

    before: str
    words: str
    after: str


def quote_of(record: Record, found: Evidence) -> Quote:
    """Evidence in its sentence, where the record has the text; the words alone where not, or where it is too long."""
    alone = Quote("", found.text, "")
    statement, document = statement_with(record, found.statement), record.document(found.document)
    # What was told beside its statement is quoted in the statement's place: it is a whole sentence already.
    if statement is None or document is None or statement.text != found.text:
        return alone
    around = [span for span in sentences(document.text) if span[0] < statement.end and statement.start < span[1]]
    if not around:
        return alone
    first, last = min(around[0][0], statement.start), max(around[-1][1], statement.end)
    if last - first > _LONGEST:
        return alone
    text = document.text
    before, after = text[first : statement.start], text[statement.end : last]
    if not any(map(str.isalnum, before + after)):
        return Quote("", text[first:last], "")
    return Quote(before, text[statement.start : statement.end], after)


def stands_at(record: Record, one: Prediction) -> str:
    """The path of a prediction in its text: of the reader's statement, else of its paragraph, for a sentence may be
    taken in which the reader found none."""
    document = record.document(one.document)
    if document is None or statement_with(record, one.statement) is not None:
        return statement_path(one.document, one.statement)
    return f"{document_path(one.document)}#p-{paragraph_at(document.text, one.start)}"
