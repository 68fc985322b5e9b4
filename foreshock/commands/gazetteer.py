"""`foreshock gazetteer`: the index of places, and a user's own GeoNames dump in it."""

from pathlib import Path

import click

from foreshock.commands import options


@click.group()
def gazetteer() -> None:
    """The index of places: load a GeoNames dump into your own, show it, go back to the shipped one.

    Example:  foreshock gazetteer load SD.zip
    """


@gazetteer.command()
@click.argument("dump", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="DUMP.zip")
def load(dump: Path) -> None:
    """Add every place of a GeoNames dump (allCountries.zip or one country's) to your own index; safe to interrupt.

    The same command again goes on where it stopped. Until it is done, the index in use stays as it was.

    Example:  foreshock gazetteer load allCountries.zip
    """
    from foreshock.terminal.loading import load_with_progress

    load_with_progress(dump)


@gazetteer.command()
@options.form
def show(form: str) -> None:
    """Show which index is in use, how much it holds and which dumps were loaded into it.

    Example:  foreshock gazetteer show
    """
    from foreshock.terminal.loading import show_index

    show_index(form)


@gazetteer.command()
def drop() -> None:
    """Delete your own index; the shipped one is used again.

    Example:  foreshock gazetteer drop
    """
    from foreshock.terminal.loading import drop_index

    drop_index()
