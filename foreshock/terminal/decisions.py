"""Decisions and grades on the screen."""

import dataclasses
from typing import TextIO

from rich.console import Console
from rich.table import Table

from foreshock.corroborate.credibility.sources import changes_of, sources
from foreshock.corroborate.decisions import decisions
from foreshock.model.decision import Decision
from foreshock.model.words import counted
from foreshock.record.store import Record
from foreshock.telling.event_phrases import RELIABILITY
from foreshock.terminal.fitting import print_table
from foreshock.terminal.reading import WIDEST
from foreshock.terminal.screen import write_json
from foreshock.terminal.style import shown


def show_decisions(record: Record, form: str, out: TextIO) -> None:
    """Every decision in the order in which they were made."""
    with record.begin() as connection:
        found = decisions.read(connection)
    if form == "json":
        write_json(found, out)
        return
    table = _table("", "decision", "about", "who, when, why")
    for one in found:
        style = "" if one.stands else "strike dim"
        told = f"{one.who}, {one.decided_at:%Y-%m-%d %H:%M}: {one.why}"
        if one.undone_at is not None:
            told += f" — undone by {one.undone_by}, {one.undone_at:%Y-%m-%d %H:%M}: {one.undone_why}"
        table.add_row(str(one.number), shown(_decided(one), style), shown(one.subject, style), shown(told))
    _print(table, bool(found), "Nobody has decided anything in this record.", out)


def _decided(one: Decision) -> str:
    values = [str(one.body[name]) for name in ("field", "value", "digit", "letter", "other", "name", "statement")
              if one.body.get(name) is not None]  # fmt: skip
    if not values and one.anchors:
        values = [counted(sum(anchor.side == 1 for anchor in one.anchors) or len(one.anchors), "statement")]
    return " ".join([one.kind.value, *values])


def show_sources(record: Record, form: str, out: TextIO) -> None:
    """Sources with their letters and what their record suggests."""
    with record.begin() as connection:
        found = sources(connection)
    if form == "json":
        write_json([dataclasses.asdict(one) for one in found], out)
        return
    table = _table("", "source", "confirmed", "contradicted", "suggested", "set by")
    for one in found:
        table.add_row(
            shown(f"{one.letter}  {RELIABILITY[one.letter]}", "bold" if one.who else "dim"),
            shown(one.name),
            str(one.confirmed),
            str(one.contradicted),
            one.suggested or "too few items",
            shown(f"{one.who}: {one.why}") if one.who else "nobody",
        )
    _print(table, bool(found), "No document in this record says what outlet it is from.", out)


def show_changes(record: Record, subject: str | None, form: str, out: TextIO) -> None:
    """The log of grades, newest first."""
    with record.begin() as connection:
        found = changes_of(connection, subject)
    if form == "json":
        write_json([dataclasses.asdict(one) for one in found], out)
        return
    table = _table("when", "what", "from", "to", "who", "why")
    for one in found:
        table.add_row(
            f"{one.at:%Y-%m-%d %H:%M}", shown(f"{one.what} {one.subject}"), one.before or "", one.after,
            shown(one.who), shown(one.why),
        )  # fmt: skip
    _print(table, bool(found), "No grade has changed.", out)


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 1), header_style="dim")
    for column in columns:
        table.add_column(column)
    return table


def _print(table: Table, some: bool, otherwise: str, out: TextIO) -> None:
    console = Console(file=out, highlight=False)
    if some:
        print_table(table, console, min(console.width, WIDEST))
    else:
        console.print(otherwise)
