"""A dump's way into the index on the screen: a progress bar, and what came of it."""

import json
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from foreshock.places import loading
from foreshock.places.gazetteer import Gazetteer
from foreshock.terminal.style import shown


def load_with_progress(dump: Path) -> None:
    """Load a dump into the user's index and say what it brought. Raises as `loading.load`."""
    began = time.monotonic()
    columns = SpinnerColumn(), TextColumn("loading"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("loading", total=None)
        loaded = loading.load(dump, progress=lambda read, size: bar.update(task, completed=read, total=size))
    console = Console(file=sys.stdout)
    console.print(
        f"{loaded.places:,} places of {loaded.lines:,} lines taken, {loaded.fresh:,} of them new, "
        f"with {loaded.names:,} names, in {time.monotonic() - began:.0f} s.",
        highlight=False,
    )
    if loaded.wrong:
        console.print(f"{loaded.wrong:,} lines were left out: they are no rows of a dump.", highlight=False)
    console.print(shown(f"Looked up from now on: {loading.own_index()}"), soft_wrap=True)


def show_index(form: str) -> None:
    """Print the index in use, its size and its loads."""
    path = loading.in_use()
    facts = Gazetteer(path).facts()
    row = {"index": str(path), "own": path == loading.own_index(), **facts}
    if form == "json":
        sys.stdout.write(json.dumps(row) + "\n")
        return
    table = Table(show_edge=False, pad_edge=False, show_header=False)
    table.add_row("index", shown(str(path)))
    table.add_row("whose", "your own" if row["own"] else "the shipped one")
    table.add_row("places", f"{facts['places']:,}")
    table.add_row("names", f"{facts['names']:,}")
    for dump in facts["loads"]:
        table.add_row("loaded", shown(dump))
    Console(file=sys.stdout).print(table)


def drop_index() -> None:
    """Delete the user's index, and say what is used now."""
    own = loading.own_index()
    there = own.is_file()
    for path in loading.parts(own):
        path.unlink(missing_ok=True)
    sys.stdout.write("Your own index is deleted.\n" if there else "There is no index of your own.\n")
