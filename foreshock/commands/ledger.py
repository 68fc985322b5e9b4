"""`foreshock ledger`: predictions, what became of them, and how well each forecaster did."""

import sys
from typing import TYPE_CHECKING

import click

from foreshock import settings
from foreshock.commands import options
from foreshock.commands.options import Command
from foreshock.model.day import asked_day, known_day

if TYPE_CHECKING:
    from foreshock.ledger.finding import Wanted
    from foreshock.model.prediction import LedgerEntry

_as_of = click.option("--as-of", metavar="DATE", help="As known on that day; today by default.")
_yardstick = click.option(
    "--yardstick", type=click.Choice(["icd203", "phia", "nato"]), default="icd203", show_default=True,
    help="What words of likelihood stand for.",
)  # fmt: skip
_OUTCOMES = click.Choice(["true", "false", "pending", "void"])


@click.group()
def ledger() -> None:
    """Hold forecasters to what they said: predictions, outcomes, scores.

    Example:  foreshock ledger list --outcome pending
    """


def _selection(command: Command) -> Command:
    """Which predictions a list or a score is of: the same filters as on the desk's pages."""
    chosen = (
        click.option("--words", help="Words of the prediction, of what would count or of its condition."),
        click.option("--forecaster", help="A part of the name."),
        click.option("--outlet", help="Who published it; the whole name."),
        options.country,
        click.option("--topic", help="A mechanism or PLOVER context, a PLOVER type, or what alerts warn of."),
    )
    for option in reversed(chosen):
        command = option(command)
    return command


def _wanted(
    words: str | None,
    forecaster: str | None,
    outlet: str | None,
    country: str | None,
    topic: str | None,
    outcome: str | None = None,
) -> "Wanted":
    from foreshock.ledger.finding import Wanted, asked_topic
    from foreshock.model.prediction import Outcome

    return Wanted(
        words=words,
        forecaster=forecaster,
        outlet=outlet,
        country=country,
        topic=None if topic is None else asked_topic(topic),
        outcome=Outcome(outcome) if outcome else None,
    )


def _ruled_on(asked: str, entry: "LedgerEntry") -> str:
    """The id that a ruling stands on; where another was asked for, that this one repeats it."""
    name = entry.prediction.id
    return name if name.startswith(asked) else f"{asked} says again what {name} says, and counts with it: {name}"


@ledger.command("list")
@_selection
@click.option("--outcome", type=_OUTCOMES)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@_yardstick
@_as_of
@options.record
@options.form
def list_(
    limit: int, yardstick: str, as_of: str | None, record_name: str | None, form: str, **named: str | None
) -> None:
    """List predictions, newest first: who, what, by when, how likely, and what became of it.

    Example:  foreshock ledger list --forecaster Reinvald
    """
    from foreshock.ledger.book import Book
    from foreshock.record.store import Record
    from foreshock.telling.passed_on import guarded_predictions
    from foreshock.terminal.ledger import View, show_entries, stranded_told, take_where_writable, undated_left_out

    wanted = _wanted(**named)
    with Record(settings.record_url(record_name), create=False) as record:
        book = Book(record, known_day(as_of, "--as-of"))
        take_where_writable(book)
        found, number = book.newest(wanted, limit)
        guarded = guarded_predictions(record, found)
        show_entries(found, number, View(yardstick, book.as_of, form, sys.stdout), guarded)
        if later := book.undated_later():
            click.echo(undated_left_out(later), err=True)
        if stranded := book.stranded():
            click.echo(stranded_told(len(stranded)), err=True)


@ledger.command()
@click.argument("prediction")
@_yardstick
@_as_of
@options.record
@options.form
def show(prediction: str, yardstick: str, as_of: str | None, record_name: str | None, form: str) -> None:
    """Show one prediction in full: its words, what would count, evidence, rulings, and the forecaster's line.

    PREDICTION is its id, or how that begins.

    Example:  foreshock ledger show 3f9a
    """
    from foreshock.ledger.book import Book
    from foreshock.record.store import Record
    from foreshock.terminal.ledger import View, show_entry, take_where_writable

    with Record(settings.record_url(record_name), create=False) as record:
        book = Book(record, known_day(as_of, "--as-of"))
        take_where_writable(book)
        entry = book.entry(prediction)
        show_entry(entry, book.line(entry.prediction.line), View(yardstick, book.as_of, form, sys.stdout))


@ledger.command()
@_as_of
@options.record
@options.form
def resolve(as_of: str | None, record_name: str | None, form: str) -> None:
    """Propose outcomes from what had been published by a day. Proposals wait for a person.

    The program's own alerts and kept forecasts are entered first, under the same rules as everybody's.

    Example:  foreshock ledger resolve --as-of 2024-06-30
    """
    from foreshock.ledger.book import Book
    from foreshock.record.store import Record
    from foreshock.rounds.own_predictions import enter_own
    from foreshock.terminal.ledger import resolve_with_progress, show_counts, stranded_told, undated_left_out

    day = known_day(as_of, "--as-of")
    with Record(settings.record_url(record_name), create=False) as record:
        enter_own(record)
        book = Book(record, day)
        show_counts(resolve_with_progress(book), book.repeats(), book.as_of, form, sys.stdout)
        if later := book.undated_later():
            click.echo(undated_left_out(later), err=True)
        if stranded := book.stranded():
            click.echo(stranded_told(len(stranded)), err=True)


@ledger.command()
@click.argument("prediction")
@click.option("--words", help="What exactly would count, in your words.")
@click.option("--type", "event_type", help="A PLOVER type.")
@click.option("--mode", help="One of the type's modes; with another type the old one goes.")
@click.option("--mechanism", "mechanisms", multiple=True, help="A mechanism; more than once for several.")
@click.option("--actor", "actors", multiple=True, help="Who does it, or to whom; more than once for several.")
@click.option("--country", help="ISO 3166-1 alpha-3.")
@click.option("--admin1", help="The first-level region's name; it goes with another place or country.")
@click.option("--place", help="The place's name.")
@click.option("--by", "horizon", metavar="DATE", help="The last day on which it counts.")
@options.why("Why.", required=False)
@options.who
@_as_of
@options.record
def sharpen(
    prediction: str,
    words: str | None,
    event_type: str | None,
    mode: str | None,
    mechanisms: tuple[str, ...],
    actors: tuple[str, ...],
    country: str | None,
    admin1: str | None,
    place: str | None,
    horizon: str | None,
    why: str,
    who: str,
    as_of: str | None,
    record_name: str | None,
) -> None:
    """Say more exactly what would count, or by when. The text's own words stay beside it.

    What is not given stays as it is; an empty value ("") takes away what stood there. It belongs to the day it is made
    as of, and is held against the reports of that day or later.

    Example:  foreshock ledger sharpen 3f9a --by 2023-12-31 --type ASSAULT --mode x-raid --who "A. Analyst"
    """
    from foreshock.ledger.book import Book
    from foreshock.ledger.sharpening import Sharper, sharper_criterion
    from foreshock.record.store import Record

    given = Sharper(
        words=words,
        type=event_type,
        mode=mode,
        mechanisms=mechanisms or None,
        actors=actors or None,
        place=place,
        country=country,
        admin1=admin1,
    )
    day = asked_day(horizon, "--by")
    with Record(settings.record_url(record_name), create=False) as record:
        book = Book(record, known_day(as_of, "--as-of"))
        book.update()
        new = sharper_criterion(book.head(prediction).sharpened.criterion, given)
        entry = book.sharpen(prediction, new, day, who, why)
    again = f" --as-of {as_of}" if as_of else ""
    click.echo(
        f"{_ruled_on(prediction, entry)} sharpened; run foreshock ledger resolve{again} to have it looked at anew"
    )


@ledger.command()
@click.argument("prediction")
@options.why("Why, if there is anything to say.", required=False)
@options.who
@_as_of
@options.record
def confirm(prediction: str, why: str, who: str, as_of: str | None, record_name: str | None) -> None:
    """Agree with the proposed outcome. It counts for the day it is made as of, and later ones.

    Example:  foreshock ledger confirm 3f9a --who "A. Analyst"
    """
    from foreshock.ledger.book import Book
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        entry = Book(record, known_day(as_of, "--as-of")).confirm(prediction, who, why)
    click.echo(f"{_ruled_on(prediction, entry)} confirmed: {entry.outcome.value}")


@ledger.command()
@click.argument("prediction")
@click.argument("outcome", type=_OUTCOMES)
@options.why("Why; it stands beside the proposal.")
@options.who
@_as_of
@options.record
def overrule(prediction: str, outcome: str, why: str, who: str, as_of: str | None, record_name: str | None) -> None:
    """Decide otherwise than is proposed. Both are kept. It counts for the day it is made as of, and later ones.

    Example:  foreshock ledger overrule 3f9a false --why "the raid was in another region" --who "A. Analyst"
    """
    from foreshock.ledger.book import Book
    from foreshock.model.prediction import Outcome
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        entry = Book(record, known_day(as_of, "--as-of")).overrule(prediction, Outcome(outcome), who, why)
    click.echo(f"{_ruled_on(prediction, entry)} overruled: {entry.outcome.value}")


@ledger.command()
@_as_of
@options.record
@options.form
def stranded(as_of: str | None, record_name: str | None, form: str) -> None:
    """List rulings on predictions that a newer reading of their text no longer finds. They count for nothing.

    Example:  foreshock ledger stranded
    """
    from foreshock.ledger.book import Book
    from foreshock.record.store import Record
    from foreshock.terminal.ledger import show_stranded, take_where_writable

    with Record(settings.record_url(record_name), create=False) as record:
        book = Book(record, known_day(as_of, "--as-of"))
        take_where_writable(book)
        show_stranded(book.stranded(), form, sys.stdout)


@ledger.command()
@click.option(
    "--by", "what", type=click.Choice(["forecaster", "outlet", "topic", "country"]), default="forecaster",
    show_default=True,
)  # fmt: skip
@click.option(
    "--confirmed", is_flag=True, help="Only outcomes that a person confirmed or decided; the rest is pending."
)
@_selection
@_yardstick
@_as_of
@options.record
@options.form
def scores(
    what: str,
    confirmed: bool,
    yardstick: str,
    as_of: str | None,
    record_name: str | None,
    form: str,
    **named: str | None,
) -> None:
    """Score forecasters, outlets, topics or countries. Nobody is ranked on fewer than 20 resolved predictions.

    Example:  foreshock ledger scores --by outlet --as-of 2024-06-30
    """
    from foreshock.ledger.book import Book
    from foreshock.ledger.scores import scoreboard
    from foreshock.record.store import Record
    from foreshock.terminal.ledger import View, take_where_writable
    from foreshock.terminal.ledger_scores import show_scores

    wanted = _wanted(**named)
    with Record(settings.record_url(record_name), create=False) as record:
        book = Book(record, known_day(as_of, "--as-of"))
        take_where_writable(book)
        entries = book.entries(wanted)
    board = scoreboard(entries, what, book.as_of, yardstick, confirmed)
    show_scores(board, what, View(yardstick, book.as_of, form, sys.stdout))
