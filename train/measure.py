"""Run any backend over annotated documents and score it, by the same decoder and layers that ship."""

import json
from collections.abc import Iterable, Sequence

from tokenizers import Tokenizer

from foreshock.model.document import Document, text_id
from foreshock.model.statement import to_json
from foreshock.read.decode import Settings
from foreshock.read.encoder import Backend
from foreshock.read.reader import Reader
from train.annotated import Annotated
from train.score import Row, Score, score


def as_document(annotated: Annotated) -> Document:
    """The annotated text as a document to read."""
    return Document(id=text_id(annotated.text), text=annotated.text, origin=annotated.name, capture="")


def predicted_rows(documents: Iterable[Annotated], reader: Reader) -> list[Row]:
    """What `reader` finds, as rows like the gold ones."""
    return [
        json.loads(to_json(statement))
        for document in documents
        for statement in reader.read(as_document(document)).statements
    ]


def measured(documents: Sequence[Annotated], backend: Backend, tokenizer: Tokenizer, settings: Settings) -> Score:
    """The score of a backend with these settings."""
    reader = Reader(backend, tokenizer, settings, "measured")
    gold = [row for document in documents for row in document.statements]
    return score(gold, predicted_rows(documents, reader))
