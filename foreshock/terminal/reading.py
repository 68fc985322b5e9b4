"""The newcomer's moment: a reading on the screen, in colour by kind, with who, where, when and which mechanism."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foreshock.errors import ItemError, UsageError
from foreshock.gather.captures import captures
from foreshock.gather.dates import Published, publication_date
from foreshock.line import opened
from foreshock.line import read_all as read_captures
from foreshock.model.day import first_day
from foreshock.model.document import Document
from foreshock.model.statement import Place, Reading, Statement, to_json
from foreshock.model.vocabulary import Kind
from foreshock.read.attribution import is_pronoun
from foreshock.telling import phrases
from foreshock.terminal.screen import tell_by_region, write_json
from foreshock.terminal.style import COLOURS, complain, shown, visible

if TYPE_CHECKING:
    from foreshock.record.query import Hit

WIDEST = 110
"""Columns: longer lines are hard to read, whatever the terminal allows."""


def documents(inputs: Sequence[str], published: str | None) -> Iterator[Document | ItemError]:
    """The documents of the inputs; `published`, where given, always wins over the date that a source gives."""
    date = asked_date(published)
    for found in captures(inputs):
        yield opened(found, date)


def read_all(inputs: Sequence[str], published: str | None, workers: int = 1) -> Iterator[Reading | ItemError]:
    """Readings of everything in the inputs, in order; `published` as in `documents`."""
    return read_captures(captures(inputs), workers, asked_date(published))


def asked_date(published: str | None) -> Published | None:
    """The date that `--published` gives, or null. Raises `UsageError` where it is none, or yet to come."""
    if published is None:
        return None
    try:
        found = publication_date(published)
    except ValueError as error:
        raise UsageError(f"--published: {error}") from error
    # Somewhere it is tomorrow already; a month is known by its last day, and may well run still.
    if first_day(published) > datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1):
        raise UsageError(f"--published: {published} is yet to come")
    return found


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

    def hits(self, hits: Sequence["Hit"], more: bool) -> None:
        """Search results, each with the document it stands in; with `more` that others match, too.

        The table quotes; JSON is made to be passed on, and tells by region what could lead to people who left their
        unit.
        """
        if self.form == "json":
            from foreshock.telling.statement_rows import hit_as_json  # needs the record, which `read` does without

            write_json([hit_as_json(hit) for hit in hits], self.out)
            tell_by_region(sum(hit.guarded for hit in hits))
            if more:
                complain(_first_of(len(hits)))
            return
        for hit in hits:
            self._statement(hit.statement)
            published = phrases.published_iso(hit.published, hit.published_granularity)
            published = published or (f"crawled {hit.crawl_month}" if hit.crawl_month else None)
            title = phrases.title_name(hit.title, hit.origin)
            origin = " · ".join(part for part in (title, hit.outlet, published or "undated") if part)
            self.console.print(Padding(shown(origin, "italic dim"), (0, 0, 1, 4)), width=self.width)
        if not hits:
            self.console.print(
                "Nothing in the record matches. A word is found as it is written; mutin* finds all that begin so."
            )
        elif more:
            self.console.print(_first_of(len(hits)))

    def _heading(self, document: Document) -> None:
        title = document.title or next((line.strip() for line in document.text.splitlines() if line.strip()), "")
        heading = shown(title if len(title) < 160 else title[:157] + "…", "bold")
        published = phrases.published_iso(document.published, document.published_granularity)
        facts = [part for part in (document.outlet, document.author, published) if part]
        facts += list(document.notes)
        self.console.print()
        self.console.print(Padding(heading, (0, 1)), width=self.width)
        if facts:
            self.console.print(Padding(shown(" · ".join(map(str, facts)), "dim"), (0, 1)), width=self.width)
        self.console.print()

    def _statement(self, statement: Statement) -> None:
        colour = COLOURS[statement.kind]
        label = Text("▌ ", style=colour)
        label.append(statement.kind.value, style=f"bold {colour}")
        if act := phrases.act(statement):
            label.append(f"\n  {act.replace(' · ', chr(10) + '  ')}", style="dim")
        if phrases.negative(statement):
            label.append("\n  negative", style=f"bold {colour}")  # what is named above did, does or will not happen
        told = Text.assemble(marked(statement), "\n", _facts(statement, colour))
        if labels := [phrases.label(name) for name in phrases.mechanisms_of(statement)]:
            told.append(f"\n{' · '.join(labels)}", style=f"italic {colour}")
        grid = Table.grid(padding=(0, 2, 1, 1))
        grid.add_column(width=16)
        grid.add_column(ratio=1)
        grid.add_row(label, told)
        self.console.print(grid, width=self.width)
        self.console.print()

    def _closing(self, reading: Reading) -> None:
        found = Counter(statement.kind for statement in reading.statements)
        kinds = {kind: found[kind] for kind in Kind}
        total = sum(kinds.values())
        bar = Text(" ")
        for kind, number in kinds.items():
            bar.append("█" * round(number * (self.width - 4) / max(total, 1)), style=COLOURS[kind])
        self.console.print(bar)
        self.console.print(
            Padding(
                Text(phrases.closing_line({kind.value: number for kind, number in kinds.items()}), style="bold"),
                (0, 1, 1, 1),
            ),
            width=self.width,
        )
        for gap in reading.gaps:
            self.console.print(Padding(shown(f"not read ({gap.stage}): {gap.reason}", "dim"), (0, 1)))


def _first_of(number: int) -> str:
    """That a list ends before all that match."""
    return f"the first {number:,}; more match, and --limit shows more"


def _facts(statement: Statement, colour: str) -> Text:
    """The line under a statement: who says so, who did it to whom, how many, where, when, if what, how likely."""
    facts: list[tuple[str | None, str]] = [("denied by" if phrases.denied(statement) else None, _who(statement))]
    acted = (phrases.who_to_whom(statement), phrases.counts_name(statement.counts))
    facts += [(None, words) for words in acted if words]
    if statement.place is not None:
        facts.append(("at", phrases.place_name(statement.place) + _placed(statement.place)))
    if statement.time is not None and statement.time.text:
        days = phrases.time_name(statement.time)
        facts.append(("when", f"{statement.time.text} ({days})" if days else statement.time.text))
    if statement.condition is not None:
        facts.append(("on condition", f"“{statement.condition.text}”"))
    if statement.likelihood is not None:
        likelihood = statement.likelihood
        facts.append(("likelihood", f"“{likelihood.text}”, {phrases.percent_range(likelihood)}"))
    line = Text(style="dim")
    for mark, words in facts:
        if len(line):
            line.append("  ·  ")
        if mark:
            line.append(f"{mark} ", style=colour)
        line.append(visible(words))
    return line


def _who(statement: Statement) -> str:
    """The attribution chain, outermost first; a pronoun with the name it stands for."""
    links = [
        f"{source.text} ({source.name})" if source.name and is_pronoun(source.text) else source.text
        for source in statement.sources
    ]
    return " › ".join(links) or "the author"


def _placed(place: Place) -> str:
    """What else a reader must know of a place: its units, or why it could not be found."""
    if place.members:
        return ": " + ", ".join(member.name or "?" for member in place.members)
    return f" (not placed: {place.reason})" if place.reason else ""


def marked(statement: Statement) -> Text:
    """The statement's words, its trigger bold, loaded wording underlined."""
    words = shown(statement.text)
    trigger = statement.trigger
    words.stylize("bold", trigger.start - statement.start, trigger.end - statement.start)
    for span in statement.loaded:
        words.stylize("underline italic", span.start - statement.start, span.end - statement.start)
    return words
