"""`foreshock locate`: the places of a text, or of given mentions, as JSON lines or a table."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

import msgspec
from rich.console import Console
from rich.table import Table

from foreshock.errors import ItemError, UsageError
from foreshock.line import guarded
from foreshock.places.rows import locate_rows
from foreshock.terminal.fitting import print_table
from foreshock.terminal.reading import documents
from foreshock.terminal.style import complain, shown

Row = dict[str, object]
COLUMNS = ("text", "name", "admin1", "country", "precision", "role", "score", "reason")


class _Mention(msgspec.Struct):
    start: int
    end: int


class _Mentions(msgspec.Struct):
    """One row of a mentions file, as the contract has it."""

    id: str | int
    text: str
    mentions: list[_Mention]


def locate_inputs(inputs: Sequence[str], form: str, out: TextIO) -> bool:
    """Find and resolve the places of every input; whether all of them could be read."""
    if not inputs:
        raise UsageError("name a file, - for standard input, or --mentions FILE.jsonl")
    complete = True
    for document in documents(inputs, None):
        mentions = (
            document
            if isinstance(document, ItemError)
            else guarded(document.origin, partial(locate_rows, document.text, None))
        )
        if isinstance(document, ItemError) or isinstance(mentions, ItemError):
            complete = False
            complain(mentions)
            continue
        name = document.title or document.origin
        _write({"id": document.external_id or document.id, "mentions": mentions}, form, out, name)
    return complete


def locate_mentions(path: Path, form: str, out: TextIO) -> bool:
    """Resolve the mentions that each row gives; whether every row was well formed."""
    complete = True
    for number, line in _lines(path):
        try:
            row = msgspec.json.decode(line, type=_Mentions)
            spans = [(mention.start, mention.end) for mention in row.mentions]
            wrong = next((span for span in spans if not 0 <= span[0] < span[1] <= len(row.text)), None)
            if wrong is not None:
                raise msgspec.ValidationError(f"the mention {list(wrong)} does not lie in its text")
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            complete = False
            complain(f"{path}: row {number}: {error}")
            continue
        _write({"id": row.id, "mentions": locate_rows(row.text, [{"start": a, "end": b} for a, b in spans])}, form, out)
    return complete


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as handle:
        for number, line in enumerate(handle, 1):
            if line.strip():
                yield number, line


def _write(row: Row, form: str, out: TextIO, name: str = "") -> None:
    """A row of places; a table of them stands under `name`, else under the row's id."""
    if form == "jsonl":
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    table = Table(*COLUMNS, title=shown(name or str(row["id"]), "table.title"), title_justify="left", show_edge=False)
    mentions = row["mentions"]
    assert isinstance(mentions, list)
    for mention in mentions:
        table.add_row(*(shown("" if mention.get(name) is None else str(mention[name])) for name in COLUMNS))
    print_table(table, Console(file=out))
