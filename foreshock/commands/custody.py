"""`foreshock verify`, `erase`, `reread`: what is done to a record as a whole."""

import sys

import click

from foreshock import settings
from foreshock.commands import options

EXIT_SOME_FAILED = 1


@click.command()
@options.record
@click.option("--head", metavar="HASH", help="The hash that an earlier verify ended with: it must still be there.")
@options.form
def verify(record_name: str | None, head: str | None, form: str) -> None:
    """Check everything in the record against its log; name what was changed, is missing or was put in.

    Ends with exit code 1 where anything is found. Note the log's last hash down elsewhere: with --head, a record
    that was cut short or made anew as a whole is found out as well.

    Example:  foreshock verify --record sudan.sqlite
    """
    from foreshock.record.store import Record
    from foreshock.terminal.custody import show_findings

    with Record(settings.record_url(record_name), create=False) as record:
        sound = show_findings(record, head, form, sys.stdout)
    if not sound:
        sys.exit(EXIT_SOME_FAILED)


@click.command()
@click.argument("document")
@options.record
@options.why("Why, as it is to stand in the log; name no person in it.")
@options.who
@options.form
def erase(document: str, record_name: str | None, why: str, who: str, form: str) -> None:
    """Erase a document everywhere it went; a tombstone stays in the log: who, when, why, and digests.

    DOCUMENT is its id, or a capture's, or the first eight digits or more. It is not taken in again unless
    add is given --take-erased.

    Example:  foreshock erase sha256:1b2c3d4e5f --why "order of a court" --record sudan.sqlite
    """
    from foreshock.corroborate.copies.syndication import Syndication
    from foreshock.corroborate.events import events
    from foreshock.record.erasure import erase as erase_document
    from foreshock.record.store import Record
    from foreshock.terminal.custody import show_erased

    with Record(settings.record_url(record_name), create=False) as record:
        erased = erase_document(record, document, why, who, Syndication().forget)
        events.catch_up(record)
        show_erased(erased, form, sys.stdout)


@click.command()
@options.record
@click.option("--workers", type=click.IntRange(1, 256), help="Processes; one a core by default.")
@click.option("--all", "everything", is_flag=True, help="Read every document again, whatever the version.")
def reread(record_name: str | None, workers: int | None, everything: bool) -> None:
    """Read again what an older version of the model has read; safe to interrupt and to repeat.

    Statements whose trigger is where it was keep their ids, and those that did not change stay as they are.

    Example:  foreshock reread --record sudan.sqlite
    """
    from foreshock.terminal.custody import reread_with_progress

    if not reread_with_progress(settings.record_url(record_name), settings.workers(workers), everything):
        sys.exit(EXIT_SOME_FAILED)
