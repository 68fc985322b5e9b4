"""Adding on the screen: a progress bar, and at the end a table of what was taken, skipped and why."""

import sys
import time
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

from foreshock.line import Summary, add
from foreshock.record.store import Record

ERRORS_SHOWN = 20


def add_with_progress(inputs: Sequence[str], url: str, workers: int) -> bool:
    """Run `add`, show how far it is and what came of it; whether every input could be taken."""
    screen = Console(stderr=True)
    began = time.monotonic()
    with Record(url) as record:
        columns = (
            SpinnerColumn(), TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        )  # fmt: skip
        with Progress(*columns, console=screen, transient=True) as bar:
            task = bar.add_task("reading", total=None)
            summary = add(inputs, record, workers, lambda number: bar.advance(task, number))
        sizes = record.sizes()
    _report(summary, url, sizes, time.monotonic() - began)
    for error in summary.errors[:ERRORS_SHOWN]:
        screen.print(f"foreshock: {error}", markup=False, highlight=False, soft_wrap=True)
    if len(summary.errors) > ERRORS_SHOWN:
        screen.print(f"foreshock: … and {len(summary.errors) - ERRORS_SHOWN} more", markup=False)
    return not summary.errors


def _report(summary: Summary, url: str, sizes: dict[str, int], seconds: float) -> None:
    table = Table(title=f"Taken into {url}", title_justify="left", show_edge=False, pad_edge=False)
    table.add_column("what became of it")
    table.add_column("documents", justify="right")
    table.add_row("read and recorded", str(summary.kept))
    table.add_row("already in the record", str(summary.known))
    for label, number in sorted(summary.skipped.items()):
        table.add_row(f"skipped: {label.replace('_', ' ')}", str(number))
    table.add_row("failed (named below)" if summary.errors else "failed", str(len(summary.errors)))
    console = Console(file=sys.stdout)
    console.print(table)
    done = summary.kept + sum(summary.skipped.values()) + len(summary.errors)
    console.print(
        f"{summary.statements} statements in {seconds:.1f} s ({done / max(seconds, 0.001):.1f} documents a second). "
        f"The record now holds {sizes['documents']} documents and {sizes['statements']} statements.",
        highlight=False,
    )
