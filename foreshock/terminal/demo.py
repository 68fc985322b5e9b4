"""The demonstration: the bundled example chronicle through the whole line, then the desk over it."""

import hashlib
import shlex
import tempfile
from collections.abc import Callable, Sequence
from importlib.resources import as_file, files
from pathlib import Path

import click
from sqlalchemy import select

from foreshock import settings
from foreshock.errors import UsageError
from foreshock.record.store import Record
from foreshock.record.tables import captures
from foreshock.terminal.adding import add_with_progress
from foreshock.terminal.style import tell_address


def run_demo(record_name: str | None, port: int, serve: Callable[[str], object]) -> None:
    """Read the examples into a fresh record, print what was found, and `serve` the desk over it, at `port`.

    Without `record_name` the record is a new file that goes when the desk is stopped. Raises `UsageError` for a record
    that holds other documents: what is invented would stand among them.
    """
    click.echo("Reading the bundled example chronicle (written for Foreshock; outlets and authors are invented).")
    if record_name:
        _read_and_serve(record_name, port, serve)
        return
    with tempfile.TemporaryDirectory(prefix="foreshock-demo-") as folder:
        url = str(Path(folder) / "record.sqlite")
        _read_and_serve(url, port, serve, "; it goes when the desk is stopped (--record FILE keeps one)")


def _read_and_serve(url: str, port: int, serve: Callable[[str], object], fate: str = "") -> None:
    with as_file(files("foreshock") / "data" / "examples") as folder:
        texts = sorted(folder.glob("*.md"))
        _check_fresh(url, texts)
        add_with_progress([str(text) for text in texts], url, settings.workers())
    click.echo()
    click.echo(f"The record is {url}{fate}.")
    click.echo(
        "No outcome is proposed yet for the forecasts in it. In another terminal, some minutes:\n"
        f"  foreshock ledger resolve --record {shlex.quote(url)}"
    )
    tell_address(f"http://127.0.0.1:{port}")
    serve(url)


def _check_fresh(url: str, examples: Sequence[Path]) -> None:
    """Raises `UsageError` where the record at `url` holds documents that are none of the examples."""
    bundled = {hashlib.sha256(text.read_bytes()).hexdigest() for text in examples}
    with Record(url) as record, record.begin() as connection:
        held = connection.scalars(select(captures.c.capture).where(captures.c.document.is_not(None)))
        if any(one not in bundled for one in held):
            raise UsageError(
                f"{record.name} holds documents of its own, and the example chronicle is invented: name a file that is "
                "not there yet, or foreshock serve to see what it holds"
            )
