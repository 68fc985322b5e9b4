"""Adding on the screen: a progress bar, and at the end a table of what was taken, skipped and why."""

import sys
import time
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from foreshock.errors import UsageError
from foreshock.gather.captures import untaken
from foreshock.gather.parse import LONGEST_FIELD
from foreshock.gather.supplied import Supplied
from foreshock.line import NOTHING, Summary, add
from foreshock.model.document import Verdict
from foreshock.model.words import counted
from foreshock.record.store import Record
from foreshock.terminal.hints import Hints
from foreshock.terminal.reading import asked_date
from foreshock.terminal.screen import counting
from foreshock.terminal.style import complain, shown

UNDATED = "“Monday” is no day there, and `watch` and `ledger` count it from today, the day it was taken in."
"""What follows from a text's having no date."""
REPLACED_TOO = (
    "What could not be read stands there as �, names among it. To mend it, save the file as UTF-8, `foreshock erase` "
    "what was taken and add it anew"
)
"""What follows from a text's being written in another encoding than it says."""


def asked_supplied(published: str | None, outlet: str | None, author: str | None, anyway: bool) -> Supplied:
    """What the options give. Raises `UsageError` for what is no date, or no name."""
    return Supplied(asked_date(published), _asked_name("--outlet", outlet), _asked_name("--author", author), anyway)


def _asked_name(option: str, given: str | None) -> str | None:
    if given is None:
        return None
    name = given.encode("utf-8", "replace").decode("utf-8").strip()
    if not name or len(name) > LONGEST_FIELD:
        raise UsageError(f"{option}: write a name of at most {LONGEST_FIELD} characters")
    return name


def _named(label: str) -> str:
    """A verdict's label in words: `other_language:fr` as *another language, fr*."""
    kind, _, language = label.partition(":")
    return f"another language, {language}" if language else kind.replace("_", " ")


def add_with_progress(
    inputs: Sequence[str],
    url: str,
    workers: int,
    verbose: bool = False,
    take_erased: bool = False,
    supplied: Supplied = NOTHING,
) -> bool:
    """Run `add`, show how far it is and what came of it; whether every input could be taken.

    On standard error each input that is skipped is named with the reason, with `verbose` each document of folders and
    archives too; and which documents bear no date. What was erased is taken in again only with `take_erased`.
    `supplied` completes what documents do not say of themselves.
    """
    screen = Console(stderr=True)
    began = time.monotonic()
    hints, unnamed, readable = Hints(), 0, False
    besides = untaken(inputs)  # before the record is made, which may well lie in one of the folders
    with Record(url) as record:
        with counting("reading", screen) as bar:
            task = bar.add_task("reading", total=None)

            def name_skipped(origin: str, verdict: Verdict) -> None:
                nonlocal unnamed, readable
                if not verbose and origin not in inputs:
                    unnamed += 1
                    readable = readable or not verdict.foreign
                    return
                screen.print(shown(f"skipped {origin}: {_named(verdict.label)} ({verdict.reason})"), soft_wrap=True)

            def advance(number: int) -> None:
                bar.advance(task, number)

            summary = add(inputs, record, workers, advance, name_skipped, take_erased, supplied, hints.note_kept)
        sizes = record.sizes()
    _report(summary, besides, record.name, sizes, time.monotonic() - began)
    if summary.known and supplied.tells_of_origin:
        complain("what was already in the record keeps the date, outlet and author it has")
    if unnamed:
        insist = "; --anyway reads what is in English" if readable else ""
        complain(f"{unnamed} skipped in folders and archives; --verbose names each, with the reason{insist}")
    if undated := hints.undated():
        complain(f"{undated}: no date of publication. {UNDATED} {_how_to_date(hints)}")
    if replaced := hints.replaced():
        complain(f"{replaced}: not UTF-8. {REPLACED_TOO}")
    for error in summary.errors:
        complain(error)
    return not summary.errors


def _how_to_date(hints: Hints) -> str:
    """What to do so that a text without a date gets one: of several, told of the first."""
    which = "it" if hints.number_undated == 1 else "the first"
    erased = f"`foreshock erase {hints.first_undated} --why …`"
    return f"To date {which}, {erased}, and add it with --take-erased --published DATE"


def _report(summary: Summary, besides: Counter[str], name: str, sizes: dict[str, int], seconds: float) -> None:
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("what became of it")
    table.add_column("documents", justify="right")
    table.add_row("read and recorded", str(summary.kept))
    table.add_row("same text as another, noted", str(summary.same_text))
    table.add_row("already in the record", str(summary.known))
    table.add_row("repeated in the input", str(summary.repeated))
    if summary.erased:
        table.add_row("erased before, not taken again", str(summary.erased))
    for label, number in sorted(summary.skipped.items()):
        table.add_row(f"skipped: {_named(label)}", str(number))
    for suffix, number in sorted(besides.items()):
        table.add_row(shown(f"not a kind that can be read: {suffix}"), str(number))
    for kind, number in sorted(summary.passed_over.items()):
        table.add_row(shown(f"passed over: {kind}"), str(number))
    table.add_row("failed (named below)" if summary.errors else "failed", str(len(summary.errors)))
    console = Console(file=sys.stdout)
    console.print(shown(f"Taken into {name}", "italic"), soft_wrap=True)
    console.print(table)
    new = summary.kept + summary.same_text + sum(summary.skipped.values())
    rate = f" ({new / max(seconds, 0.001):.1f} documents a second)" if new else ""
    console.print(
        f"{summary.statements} new statements in {seconds:.1f} s{rate}. "
        f"The record now holds {counted(sizes['documents'], 'document')} and "
        f"{counted(sizes['statements'], 'statement')}.",
        highlight=False,
    )
