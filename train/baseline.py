"""A trivial reader to stand beside the real one: word endings and modals, no learning.

Every word in *-ed* is a report's trigger; the word after *will, may, could* a forecast's, after *should, must* a
recommendation's; a capitalised name before *said* in the sentence is the source of all of it.
"""

import re
from collections.abc import Iterable

from foreshock.model.document import text_id
from foreshock.read.segment import sentences
from train.annotated import Annotated
from train.score import Row

_modal = re.compile(r"\b(?P<modal>will|may|might|could|should|must)\s+(?:not\s+|be\s+)?(?P<verb>[a-z]{3,})")
_past = re.compile(r"\b(?P<verb>[a-z]{3,}ed)\b")
_source = re.compile(r"(?P<name>[A-Z][\w’-]+(?: [A-Z][\w’-]+){0,3})[^.]{0,20}? (?P<cue>said|told|says|according to)")
KINDS = {"should": "recommendation", "must": "recommendation"}


def _span(text: str, start: int, end: int) -> Row:
    return {"start": start, "end": end, "text": text[start:end]}


def baseline_rows(documents: Iterable[Annotated]) -> list[Row]:
    """Statements by word endings alone, as rows like the gold ones."""
    rows = []
    for document in documents:
        for start, end in sentences(document.text):
            sentence = document.text[start:end]
            speaker = _source.search(sentence)
            sources = []
            if speaker:
                span = _span(document.text, start + speaker.start("name"), start + speaker.end("name"))
                sources = [{**span, "source_kind": "person"}]
            found = [(m, KINDS.get(m["modal"], "forecast")) for m in _modal.finditer(sentence)]
            taken = {m.span("verb") for m, _ in found}
            found += [(m, "report") for m in _past.finditer(sentence) if m.span("verb") not in taken]
            for match, kind in found:
                rows.append(
                    {
                        "document": text_id(document.text),
                        **_span(document.text, start, end),
                        "trigger": _span(document.text, start + match.start("verb"), start + match.end("verb")),
                        "kind": kind,
                        "sources": sources,
                    }
                )
    return rows
