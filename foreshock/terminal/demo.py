"""The demonstration: the bundled example chronicle through the whole line, then the desk over it."""

import shlex
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

import click

from foreshock import settings
from foreshock.desk.serve import serve
from foreshock.terminal.adding import add_with_progress
from foreshock.terminal.style import tell_address


def run_demo(record_name: str | None, port: int, seconds: float | None) -> None:
    """Read the examples into a fresh record, print what was found, and serve the desk.

    Without `record_name` the record is a new file that goes when the desk is stopped.
    """
    click.echo("Reading the bundled example chronicle (written for Foreshock; outlets and authors are invented).")
    if record_name:
        _read_and_serve(record_name, port, seconds)
        return
    with tempfile.TemporaryDirectory(prefix="foreshock-demo-") as folder:
        url = str(Path(folder) / "record.sqlite")
        _read_and_serve(url, port, seconds, "; it goes when the desk is stopped (--record FILE keeps one)")


def _read_and_serve(url: str, port: int, seconds: float | None, fate: str = "") -> None:
    with as_file(files("foreshock") / "data" / "examples") as folder:
        add_with_progress([str(text) for text in sorted(folder.glob("*.md"))], url, settings.workers())
    click.echo()
    click.echo(f"The record is {url}{fate}.")
    click.echo(
        "No outcome is proposed yet for the forecasts in it. In another terminal, some minutes:\n"
        f"  foreshock ledger resolve --record {shlex.quote(url)}"
    )
    tell_address(f"http://127.0.0.1:{port}")
    serve(url, port=port, seconds=seconds)
