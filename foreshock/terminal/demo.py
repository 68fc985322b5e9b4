"""The demonstration: the bundled example chronicle through the whole line, then the desk over it."""

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

    Without `record_name` the record is a new file in a folder of its own.
    """
    url = record_name or str(Path(tempfile.mkdtemp(prefix="foreshock-demo-")) / "record.sqlite")
    click.echo("Reading the bundled example chronicle (written for Foreshock; outlets and authors are invented).")
    with as_file(files("foreshock") / "data" / "examples") as folder:
        add_with_progress([str(text) for text in sorted(folder.glob("*.md"))], url, settings.workers())
    click.echo()
    tell_address(f"http://127.0.0.1:{port}")
    serve(url, port=port, seconds=seconds)
