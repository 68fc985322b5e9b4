"""`foreshock export`, `import`: the record in the formats that users of conflict data expect, out and in."""

import datetime
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from foreshock import settings
from foreshock.commands import options
from foreshock.errors import UsageError
from foreshock.exchange.names import READ, WRITTEN
from foreshock.gather.wording import named
from foreshock.model.day import asked_day
from foreshock.model.whole import whole_file
from foreshock.terminal.style import complain

EXIT_SOME_FAILED = 1

_out = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")


def _day(_: click.Context, parameter: click.Parameter, value: str | None) -> datetime.date | None:
    return asked_day(value or None, f"--{parameter.name}")


def _choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that `export statements` and `export events` share."""
    shared = (
        options.record,
        _out,
        click.option("--format", "form", type=click.Choice(WRITTEN), default="jsonl", show_default=True),
        options.country,
        options.event_type("event_type"),
        options.mechanism,
        click.option("--since", callback=_day, metavar="DATE", help="Published on this day or later."),
        click.option(
            "--until",
            callback=_day,
            metavar="DATE",
            help="Published on this day or earlier; what has no known day is left out.",
        ),
        click.option(
            "--precise",
            is_flag=True,
            help="Lift the protection of deserters: for who is named in FORESHOCK_MAY_LIFT, with --who, --why.",
        ),
        click.option("--who", envvar="FORESHOCK_ANALYST", help="Who lifts it; else FORESHOCK_ANALYST."),
        click.option("--why", help="Why it is lifted, as it is to stand in the log."),
    )
    for option in reversed(shared):
        command = option(command)
    return command


def _check_writable(*paths: Path) -> None:
    """Raise `UsageError` where a file cannot be written; one that is there stays as it is, and none is left behind."""
    for path in paths:
        try:
            if path.is_fifo() or path.is_char_device():
                continue
            new = not os.path.lexists(path)
            path.open("ab").close()
            if new:
                path.unlink()
        except OSError as error:
            problem = error.strerror or str(error)
            raise UsageError(f"{named(path)}: cannot be written ({problem}); name another file") from error


@click.group(name="export")
def export() -> None:
    """Write groups, statements or events of the record in a format that others read.

    Example:  foreshock export events --format acled --country SDN --out sudan.csv
    """


@export.command()
@options.record
@_out
@click.option("--format", "form", type=click.Choice(["json"]), default="json", show_default=True)
def groups(record_name: str | None, out: Path | None, form: str) -> None:
    """Write which documents copy one text, which report one event, and the verdict on each, by external id.

    Example:  foreshock export groups --format json --record sudan.sqlite
    """
    from foreshock.exchange.groups import groups_in, to_json
    from foreshock.record.store import Record

    if out is not None:
        _check_writable(out)
    with Record(settings.record_url(record_name), create=False) as record:
        content = to_json(groups_in(record)) + b"\n"
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        with whole_file(out) as file:
            file.write(content)


@export.command()
@_choosing
@options.kind
def statements(kind: str | None, **given: Any) -> None:  # noqa: ANN401 - the options above, by name
    """Write statements, one row each.

    Example:  foreshock export statements --format parquet --country COD --out congo.parquet
    """
    _export("statements", kind, **given)


@export.command()
@_choosing
def events(**given: Any) -> None:  # noqa: ANN401 - the options above, by name
    """Write events, one row each, with their independent reports and the range of every count.

    Example:  foreshock export events --format polecat --out events.tsv
    """
    _export("events", None, **given)


def _export(
    what: str,
    kind: str | None,
    record_name: str | None,
    out: Path | None,
    form: str,
    country: str | None,
    event_type: str | None,
    mechanism: str | None,
    since: datetime.date | None,
    until: datetime.date | None,
    precise: bool,
    who: str | None,
    why: str | None,
) -> None:
    from foreshock.exchange.choose import Choice
    from foreshock.exchange.citation import to_json
    from foreshock.exchange.protect import Protection, lift
    from foreshock.exchange.send_out import beside, check_kind, send_out
    from foreshock.record.store import Record

    check_kind(form, kind)
    if out is not None:
        _check_writable(out, beside(out))
    wanted = Choice(country, event_type, kind, mechanism, since, until)
    with Record(settings.record_url(record_name), create=False) as record:
        told = {"what": what, "format": form, **wanted.told()}
        done = lift(record, who or "", why or "", told) if precise else Protection()
        if out is None:
            about = send_out(record, what, wanted, form, done, sys.stdout.buffer)
        else:
            with whole_file(beside(out)) as told_beside, whole_file(out) as file:
                about = send_out(record, what, wanted, form, done, file)
                told_beside.write(to_json(about))
                told_beside.flush()
    for note in (about.citation, *(f"not held: {one}" for one in about.not_held), *about.protection):
        complain(note)


@click.command(name="import")
@click.argument("inputs", nargs=-1, required=True, metavar="FILE ...", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(READ), required=True)
@options.record
def import_(inputs: tuple[Path, ...], form: str, record_name: str | None) -> None:
    """Take in rows of another data set, kept apart from what was read; rows that it took back become tombstones.

    Example:  foreshock import GEDEvent_v23_0_10.csv.gz --format ucdp
    """
    from foreshock.exchange.formats import reader
    from foreshock.exchange.take_in import take_in
    from foreshock.record.store import Record

    failed, taken = False, False
    with Record(settings.record_url(record_name)) as record:
        for path in inputs:
            done = take_in(record, reader(form)(path), str(path), form)
            for error in done.errors:
                complain(error)
            failed |= bool(done.errors)
            taken |= bool(done.datasets)
            rows = ", ".join(f"{number} of {name}" for name, number in sorted(done.datasets.items())) or "none"
            click.echo(f"{named(path)}: rows taken in: {rows}; taken back: {done.deleted}; failed: {len(done.errors)}")
    if taken:
        click.echo(
            "Kept apart from what was read: `foreshock serve` lists them under /imported, and nothing counts them."
        )
    if failed:
        sys.exit(EXIT_SOME_FAILED)
