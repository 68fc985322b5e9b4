"""Verifying, erasing and re-reading on the screen."""

import dataclasses
import datetime
import json
import sys
from collections import Counter
from typing import TextIO

from rich.console import Console
from rich.table import Table

from foreshock.line import reread
from foreshock.read import reader
from foreshock.record.erasure import Erased
from foreshock.record.reread import count_outdated
from foreshock.record.store import Record
from foreshock.record.verify import head_of, verify
from foreshock.terminal.screen import counting
from foreshock.terminal.style import complain, shown, visible


def show_findings(record: Record, head: str | None, form: str, out: TextIO) -> bool:
    """Verify, write what is found, one a line, then the sum; whether all is well."""
    found: Counter[str] = Counter()
    rows: list[dict[str, str]] = []
    for finding in verify(record, head):
        found[finding.verdict] += 1
        if form == "json":
            rows.append(dataclasses.asdict(finding))
        else:
            out.write(visible(f"{finding.verdict} {finding.what} {finding.item}: {finding.how}") + "\n")
    number, last = head_of(record) if not found else (0, "")
    if form == "json":
        sizes = record.sizes()
        told = {"sound": not found, "findings": rows, "entries": number or None, "head": last or None, **sizes}
        out.write(json.dumps(told, indent=1) + "\n")
        return not found
    sizes = record.sizes()
    held = f"{sizes['captures']} captures, {sizes['documents']} documents, {sizes['statements']} statements"
    if found:
        told_of = ", ".join(f"{count} {verdict}" for verdict, count in sorted(found.items()))
        out.write(f"{held}: {told_of}.\n")
    else:
        out.write(f"{held}: all as logged. The log's {number} entries end with {last}\n")
    return not found


def show_erased(erased: Erased, form: str, out: TextIO) -> None:
    """What an erasure took."""
    if form == "json":
        out.write(json.dumps(dataclasses.asdict(erased), indent=1) + "\n")
    else:
        rows = ", ".join(f"{number} in {table.replace('_', ' ')}" for table, number in erased.removed.items())
        out.write(f"Erased {erased.document or erased.captures[0]}: {rows}.\n")
        if erased.taken_back:
            proposed = f"{erased.taken_back} of the ledger's proposed outcomes rested on it"
            out.write(f"{proposed}: foreshock ledger resolve looks at them anew.\n")
    if not erased.scrubbed:
        complain("its bytes may stay in the database's free space until other programs close it and it is vacuumed")


def reread_with_progress(url: str, workers: int, everything: bool) -> bool:
    """Run `reread`, show how far it is and what came of it; whether every document could be read."""
    version = reader.shipped().version
    with Record(url, create=False) as record:
        before = datetime.datetime.now(datetime.UTC) if everything else None
        with counting("reading", Console(stderr=True)) as bar:
            task = bar.add_task("reading", total=count_outdated(record, version, before))
            difference, errors = reread(record, workers, lambda number: bar.advance(task, number), everything)
        name = record.name
    table = Table(show_edge=False, pad_edge=False)
    table.add_column(f"read by {version}")
    table.add_column("number", justify="right")
    for what, number in (
        ("documents read again", difference.documents),
        ("statements as they were", difference.same),
        ("statements changed, their ids kept", difference.changed),
        ("statements new", difference.new),
        ("statements no longer found", difference.gone),
        ("documents failed (named below)" if errors else "documents failed", len(errors)),
    ):
        table.add_row(what, str(number))
    console = Console(file=sys.stdout)
    console.print(shown(name, "italic"), soft_wrap=True)
    console.print(table)
    for error in errors:
        complain(error)
    return not errors
