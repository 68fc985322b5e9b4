"""Adding on the screen: a progress bar, and at the end a table of what was taken, skipped and why."""

import sys
import time
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from foreshock.gather.captures import untaken
from foreshock.line import Summary, add
from foreshock.model.document import Verdict
from foreshock.record.store import Record
from foreshock.terminal.style import complain, shown


def add_with_progress(
    inputs: Sequence[str], url: str, workers: int, verbose: bool = False, take_erased: bool = False
) -> bool:
    """Run `add`, show how far it is and what came of it; whether every input could be taken.

    With `verbose` each document that is skipped is named on standard error, with the reason. What was erased
    is taken in again only with `take_erased`.
    """
    screen = Console(stderr=True)
    began = time.monotonic()
    besides = untaken(inputs)  # before the record is made, which may well lie in one of the folders
    with Record(url) as record:
        columns = (
            SpinnerColumn(), TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        )  # fmt: skip
        with Progress(*columns, console=screen, transient=True) as bar:
            task = bar.add_task("reading", total=None)

            def name_skipped(origin: str, verdict: Verdict) -> None:
                label = verdict.label.replace("_", " ")
                screen.print(shown(f"skipped {origin}: {label} ({verdict.reason})"), soft_wrap=True)

            def advance(number: int) -> None:
                bar.advance(task, number)

            summary = add(inputs, record, workers, advance, name_skipped if verbose else None, take_erased)
        sizes = record.sizes()
    _report(summary, besides, record.name, sizes, time.monotonic() - began)
    for error in summary.errors:
        complain(error)
    return not summary.errors


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
        table.add_row(f"skipped: {label.replace('_', ' ')}", str(number))
    for suffix, number in sorted(besides.items()):
        table.add_row(shown(f"no kind that is read: {suffix}"), str(number))
    for kind, number in sorted(summary.passed_over.items()):
        table.add_row(shown(f"passed over: {kind}"), str(number))
    table.add_row("failed (named below)" if summary.errors else "failed", str(len(summary.errors)))
    console = Console(file=sys.stdout)
    console.print(shown(f"Taken into {name}", "italic"), soft_wrap=True)
    console.print(table)
    done = summary.kept + summary.same_text + sum(summary.skipped.values()) + len(summary.errors)
    console.print(
        f"{summary.statements} statements in {seconds:.1f} s ({done / max(seconds, 0.001):.1f} documents a second). "
        f"The record now holds {sizes['documents']} documents and {sizes['statements']} statements.",
        highlight=False,
    )
