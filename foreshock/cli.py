"""The command line: thin, one function a command; the work is done by the line, the record and the desk."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

import foreshock
from foreshock import settings
from foreshock.commands import options
from foreshock.commands.custody import erase, reread, verify
from foreshock.commands.events import decide, events, grade
from foreshock.commands.exchange import export, import_
from foreshock.commands.forecast import forecast
from foreshock.commands.gazetteer import gazetteer
from foreshock.commands.ledger import ledger
from foreshock.commands.regroup import regroup
from foreshock.commands.watch import alerts, watch
from foreshock.errors import ItemError, MistakenFile, RunError, UsageError
from foreshock.model.day import asked_day
from foreshock.terminal.ending import ended_in_good_order
from foreshock.terminal.output import (
    NO_ROOM,
    SHORT,
    give_up_output,
    open_closed_streams,
    take_any_text,
    write_for_programs,
)
from foreshock.terminal.style import complain

EXIT_SOME_FAILED, EXIT_WRONG_USE = 1, 2
SHORT_OF = "the run was stopped, as the system gives it no more of"
SPARE = "end other programs, raise its limits (ulimit) or take fewer --workers, then run it again"


class _Group(click.Group):
    """Turns errors into one line on standard error, one a mistake of a file, and the contract's exit codes."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's own
        open_closed_streams()
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> object:
        take_any_text(sys.stdout, sys.stderr)
        try:
            with ended_in_good_order():
                return self._written(ctx)
        except MistakenFile as error:
            for mistake in error.mistakes:
                complain(mistake)
            ctx.exit(EXIT_WRONG_USE)
        except UsageError as error:
            complain(error)
            ctx.exit(EXIT_WRONG_USE)
        except (RunError, ItemError) as error:
            complain(error)
            ctx.exit(EXIT_SOME_FAILED)
        except MemoryError:
            complain(f"{SHORT_OF} memory; {SPARE}")
            ctx.exit(EXIT_SOME_FAILED)
        except OSError as error:
            if error.errno in SHORT:
                complain(f"{SHORT_OF} what it needs ({error.strerror}); {SPARE}")
                ctx.exit(EXIT_SOME_FAILED)
            if error.errno not in NO_ROOM:
                raise
            where = f"{error.filename}" if error.filename else "the output"
            complain(f"{where}: cannot be written ({error.strerror}); make room, or write it elsewhere")
            give_up_output()
            ctx.exit(EXIT_SOME_FAILED)

    def _written(self, ctx: click.Context) -> object:
        """The command, and all that it has to say written, while it can still be told that it cannot be."""
        try:
            return super().invoke(ctx)
        finally:
            sys.stdout.flush()


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(foreshock.__version__, prog_name="foreshock")
def main() -> None:
    """Early warning of states coming apart, from open reporting.

    Start with:  foreshock read article.txt
    """


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL|- ...")
@options.form_option("table", "jsonl")
@click.option(
    "--published", metavar="DATE", help="When it was published, whatever the source says: YYYY-MM-DD or YYYY-MM."
)
@click.option("--workers", type=click.IntRange(1, 256), help="Processes; one a core by default.")
def read(inputs: tuple[str, ...], form: str, published: str | None, workers: int | None) -> None:
    """Read documents without recording them; show every statement, who says it, where and when.

    Example:  foreshock read article.txt --published 2023-06-20
    """
    from foreshock.terminal.hints import Hints
    from foreshock.terminal.reading import Printer, read_all

    failed, hints = False, Hints()
    printer = Printer(form, sys.stdout)
    for result in read_all(inputs, published, settings.workers(workers)):
        if isinstance(result, ItemError):
            failed = True
            complain(result)
        else:
            printer.show(result)
            for note in result.document.notes:
                complain(f"{result.document.origin}: {note}")
            if form == "table":
                hints.note(result.document)
    for hint in hints.lines():
        complain(hint)
    if failed:
        sys.exit(EXIT_SOME_FAILED)


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL|- ...")
@options.record
@click.option("--workers", type=click.IntRange(1, 256), help="Processes; one a core by default.")
@click.option(
    "--verbose", is_flag=True, help="Name each document that is skipped, also of folders and archives, with the reason."
)
@click.option("--take-erased", is_flag=True, help="Take in again what was erased from the record.")
@click.option(
    "--published", metavar="DATE", help="When what gives no date of its own was published: YYYY-MM-DD or YYYY-MM."
)
@click.option("--outlet", metavar="NAME", help="Who published what names no outlet of its own.")
@click.option("--author", metavar="NAME", help="Who wrote what names no author of its own.")
@click.option("--anyway", is_flag=True, help="Read also what is skipped else, but for other languages than English.")
def add(
    inputs: tuple[str, ...],
    record_name: str | None,
    workers: int | None,
    verbose: bool,
    take_erased: bool,
    published: str | None,
    outlet: str | None,
    author: str | None,
    anyway: bool,
) -> None:
    """Take files, folders and web addresses through the whole line into the record; safe to repeat and interrupt.

    Example:  foreshock add reports/ --record sudan.sqlite
    """
    from foreshock.terminal.adding import add_with_progress, asked_supplied

    supplied = asked_supplied(published, outlet, author, anyway)
    url = settings.record_url(record_name)
    if not add_with_progress(inputs, url, settings.workers(workers), verbose, take_erased, supplied):
        sys.exit(EXIT_SOME_FAILED)


@main.command()
@click.argument("words", nargs=-1)
@options.record
@options.kind
@options.event_type("type")
@options.mechanism
@options.country
@click.option("--admin1", help="A first-level region, as the gazetteer names it, or words of that.")
@click.option("--place", help="A place, as the gazetteer or else the text names it, or words of that.")
@click.option("--actor", help="An actor's or recipient's id, or words of a name; no private person's.")
@click.option("--source", help="Whom it is attributed to, by words of a name; no private person's.")
@click.option("--since", metavar="DATE", help="Published and told of on this day or later.")
@click.option("--until", metavar="DATE", help="Published by this day; texts of no known day are left out.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@options.form
def search(
    words: tuple[str, ...],
    record_name: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    form: str,
    **named: str | None,
) -> None:
    """Find statements in the record by words and filters, newest first; every word must occur, "phrases" as they are,
    and mutin* is every word that begins so.

    Example:  foreshock search "nuclear weapons" --kind forecast --since 2023-01-01
    """
    from foreshock.record.query import Filter, find_statements
    from foreshock.record.store import Record
    from foreshock.terminal.reading import Printer

    days = {"since": asked_day(since, "--since"), "until": asked_day(until, "--until")}
    wanted = Filter(clause_words=" ".join(words) or None, **days, **named)  # type: ignore[arg-type]
    with Record(settings.record_url(record_name), create=False) as record:
        found = find_statements(record, wanted, limit)
        more = len(found) == limit and bool(find_statements(record, wanted, 1, limit))
        Printer(form, sys.stdout).hits(found, more)


@main.command()
@click.argument("inputs", nargs=-1, metavar="[PATH|-]")
@click.option(
    "--mentions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSONL rows with given spans.",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), help="A table on a screen, else JSON lines by default."
)
def locate(inputs: tuple[str, ...], mentions: Path | None, form: str | None) -> None:
    """Find and resolve the places of a text, or of given mentions.

    Example:  foreshock locate article.txt
    """
    from foreshock.terminal.locating import locate_inputs, locate_mentions

    form = form or ("table" if sys.stdout.isatty() else "jsonl")
    write_for_programs(form)
    complete = locate_mentions(mentions, form, sys.stdout) if mentions else locate_inputs(inputs, form, sys.stdout)
    if not complete:
        sys.exit(EXIT_SOME_FAILED)


@main.command()
@options.record
@click.option("--host", default="127.0.0.1", show_default=True, help="The address or name to serve it on.")
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="NAME",
    help="Another name that it answers to, beside addresses in figures, localhost, --host and this machine's name.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--root-path", default="", metavar="PATH", help="The path under which a proxy shows it, such as /desk.")
@click.option("--seconds", type=click.FloatRange(min=0), help="Serve for so long, then stop.")
def serve(
    record_name: str | None, host: str, allowed: tuple[str, ...], port: int, root_path: str, seconds: float | None
) -> None:
    """Serve the desk over the record.

    Example:  foreshock serve --record sudan.sqlite
    """
    from foreshock.desk.serve import serve as serve_desk
    from foreshock.terminal.style import tell_address

    serve_desk(settings.record_url(record_name), host, port, seconds, tell_address, allowed, root_path)


@main.command()
@click.option("--record", "record_name", metavar="URL", help="Where to put the fresh record.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--seconds", type=click.FloatRange(min=0), envvar="DEMO_SECONDS", help="Serve for so long, then stop.")
def demo(record_name: str | None, port: int, seconds: float | None) -> None:
    """Read the bundled example reports into a fresh record and serve the desk over it.

    Example:  foreshock demo --seconds 5
    """
    from foreshock.desk.serve import serve as serve_desk
    from foreshock.terminal.demo import run_demo

    run_demo(record_name, port, partial(serve_desk, port=port, seconds=seconds))


main.add_command(forecast)
main.add_command(gazetteer)
main.add_command(verify)
main.add_command(erase)
main.add_command(reread)
main.add_command(regroup)
main.add_command(events)
main.add_command(export)
main.add_command(import_)
main.add_command(decide)
main.add_command(grade)
main.add_command(ledger)
main.add_command(watch)
main.add_command(alerts)
