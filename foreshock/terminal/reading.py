"""The newcomer's moment: a reading on the screen, in colour by kind, with who, where, when and which mechanism."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from foreshock.errors import ItemError, UsageError
from foreshock.gather.captures import captures
from foreshock.gather.dates import publication_date
from foreshock.gather.parse import document_of
from foreshock.line import read_one
from foreshock.model.document import Document
from foreshock.model.statement import Reading, Statement, to_json
from foreshock.model.vocabulary import Kind
from foreshock.terminal.style import COLOURS, chance, closing_line, mechanisms, what, when, where, who

if TYPE_CHECKING:
    from foreshock.record.query import Hit

WIDEST = 110
"""Columns: longer lines are hard to read, whatever the terminal allows."""


def documents(inputs: Sequence[str], published: str | None) -> Iterator[Document | ItemError]:
    """The documents of the inputs; `published` says when, where the source does not."""
    date = None
    if published is not None:
        try:
            date = publication_date(published)
        except ValueError as error:
            raise UsageError(f"--published: {error}") from error
    for found in captures(inputs):
        if isinstance(found, ItemError):
            yield found
            continue
        try:
            document = document_of(found)
        except ItemError as error:
            yield error
            continue
        if date is not None:
            document = msgspec.structs.replace(document, published=date[0], published_granularity=date[1])
        yield document


def read_all(inputs: Sequence[str], published: str | None) -> Iterator[Reading | ItemError]:
    """Readings of everything in the inputs, in order."""
    for document in documents(inputs, published):
        yield document if isinstance(document, ItemError) else read_one(document)


class Printer:
    """Writes readings and search results as a table for people or as JSON lines."""

    def __init__(self, form: str, out: TextIO) -> None:
        self.form = form
        self.out = out
        self.console = Console(file=out, highlight=False, soft_wrap=False)
        self.width = min(self.console.width, WIDEST)

    def show(self, reading: Reading) -> None:
        """One reading."""
        if self.form == "jsonl":
            for statement in reading.statements:
                self.out.write(to_json(statement) + "\n")
            self.out.flush()
            return
        self._heading(reading.document)
        for statement in reading.statements:
            self._statement(statement)
        self._closing(reading)

    def hits(self, hits: Sequence["Hit"]) -> None:
        """Search results, each with the document it stands in."""
        if self.form == "json":
            rows = [
                {
                    "title": hit.title,
                    "outlet": hit.outlet,
                    "published": str(hit.published) if hit.published else None,
                    "statement": json.loads(to_json(hit.statement)),
                }
                for hit in hits
            ]
            self.out.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
            return
        for hit in hits:
            self._statement(hit.statement)
            origin = " · ".join(str(part) for part in (hit.title, hit.outlet, hit.published) if part)
            self.console.print(Padding(Text(origin, style="italic dim"), (0, 0, 1, 4)), width=self.width)
        if not hits:
            self.console.print("Nothing in the record matches.")

    def _heading(self, document: Document) -> None:
        title = document.title or next(
            (line.strip() for line in document.text.splitlines() if line.strip()), ""
        )
        shown = Text(title if len(title) < 160 else title[:157] + "…", style="bold")
        facts = [part for part in (document.outlet, document.author, document.published) if part]
        facts += list(document.notes)
        self.console.print()
        self.console.print(Padding(shown, (0, 1)), width=self.width)
        if facts:
            self.console.print(
                Padding(Text(" · ".join(map(str, facts)), style="dim"), (0, 1)), width=self.width
            )
        self.console.print()

    def _statement(self, statement: Statement) -> None:
        colour = COLOURS[statement.kind]
        label = Text(f" ▌{statement.kind.value}", style=f"bold {colour}")
        if act := what(statement):
            label.append(f"  {act}", style=f"{colour} dim")
        self.console.print(label)
        self.console.print(Padding(_marked(statement), (0, 1, 0, 4)), width=self.width)
        facts = Text(style="dim")
        for mark, words in _facts(statement):
            if len(facts):
                facts.append("   ")
            facts.append(f"{mark} ", style=colour)
            facts.append(words)
        self.console.print(Padding(facts, (0, 1, 1, 4)), width=self.width)

    def _closing(self, reading: Reading) -> None:
        found = Counter(statement.kind for statement in reading.statements)
        kinds = {kind: found[kind] for kind in Kind}
        total = sum(kinds.values())
        bar = Text(" ")
        for kind, number in kinds.items():
            bar.append("█" * round(number * (self.width - 4) / max(total, 1)), style=COLOURS[kind])
        self.console.print(bar)
        self.console.print(Padding(Text(closing_line(kinds), style="bold"), (0, 1, 1, 1)), width=self.width)
        for gap in reading.gaps:
            self.console.print(Padding(Text(f"not read ({gap.stage}): {gap.reason}", style="dim"), (0, 1)))


def _facts(statement: Statement) -> Iterator[tuple[str, str]]:
    """The line under a statement: a mark and words for who, where, when, how likely, and what it bears on."""
    yield "says", who(statement.sources)
    if statement.place is not None:
        yield "where", where(statement.place)
    if statement.time is not None and (told := when(statement.time)):
        yield "when", told
    if statement.condition is not None:
        yield "if", statement.condition.text
    if statement.likelihood is not None:
        yield "likelihood", chance(statement.likelihood)
    if labels := mechanisms(statement):
        yield "bears on", ", ".join(labels)


def _marked(statement: Statement) -> Text:
    """The statement's words, its trigger bold, loaded wording underlined."""
    words = Text(statement.text.replace("\n", " "))
    trigger = statement.trigger
    words.stylize("bold", trigger.start - statement.start, trigger.end - statement.start)
    for span in statement.loaded:
        words.stylize("underline italic", span.start - statement.start, span.end - statement.start)
    return words
