"""`foreshock regroup`: copies and events formed anew from what the record holds."""

import click

from foreshock import settings
from foreshock.commands import options


@click.command()
@options.record
def regroup(record_name: str | None) -> None:
    """Form the groups of copies, and events, anew: for a record made before there were any, or after a new version.

    Example:  foreshock regroup --record sudan.sqlite
    """
    from foreshock.corroborate.copies.syndication import Syndication, not_grouped
    from foreshock.corroborate.events import events
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        with record.begin(writing=True) as connection:
            Syndication().recompute(connection, not_grouped(connection))
        done = events.recompute(record)
    click.echo(f"{done.documents} documents grouped anew, {done.events} events formed")
