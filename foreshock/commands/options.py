"""The options of several commands, and how a value that a person gives is checked."""

import getpass
from collections.abc import Callable, Iterable
from typing import TypeVar

import click

from foreshock.model.vocabulary import CONTEXTS, EventType, Kind

Command = TypeVar("Command", bound=Callable[..., object])


def user_name() -> str:
    """The name that the system knows the user by."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for this number, as in a container
        return "unknown"


class _Renamed(click.Option):
    """An option whose earlier names are taken, too, and not shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        names, self.opts = self.opts, self.opts[:1]
        try:
            return super().get_help_record(ctx)
        finally:
            self.opts = names

    def get_error_hint(self, ctx: click.Context | None) -> str:
        return f"'{self.opts[0]}'"


record = click.option(
    "--record", "record_name", metavar="URL", help="The record; else FORESHOCK_RECORD, else your own file."
)


def _form(_: click.Context, __: click.Parameter, value: str) -> str:
    from foreshock.terminal.output import write_for_programs

    write_for_programs(value)
    return value


def form_option(*allowed: str) -> Callable[[Command], Command]:
    """In which of the forms a command writes; the first by default."""
    return click.option(
        "--format", "form", type=click.Choice(allowed), default=allowed[0], show_default=True, callback=_form
    )


form = form_option("table", "json")
who = click.option(
    "--who",
    "--person",
    "who",
    cls=_Renamed,
    envvar="FORESHOCK_ANALYST",
    default=user_name,
    help="Who decides, as it is kept; else FORESHOCK_ANALYST, else the user's name.",
)


def why(told: str, *, required: bool = True) -> Callable[[Command], Command]:
    """Why somebody decides, `told` on the screen; the names that it had before are taken, too."""
    names = ("--why", "--reason", "--note", "why")
    if required:
        return click.option(*names, cls=_Renamed, required=True, help=told)
    return click.option(*names, cls=_Renamed, default="", help=told)


def country_code(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A country's code as the record writes it, in capitals. Raises `UsageError` where no country has it."""
    from foreshock.record.countries import asked_country

    return None if value is None else asked_country(value, f"--{parameter.name}")


def in_any_case(allowed: Iterable[str]) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """A callback that gives the one of `allowed` that a value is but for its case, else the value, to be refused."""
    known = {one.casefold(): str(one) for one in allowed}

    def written(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
        return None if value is None else known.get(value.strip().casefold(), value)

    return written


country = click.option("--country", callback=country_code, help="ISO 3166-1 alpha-3.")
kind = click.option(
    "--kind", callback=in_any_case(Kind), help="report, judgement, forecast, commitment or recommendation."
)
mechanism = click.option(
    "--mechanism", callback=in_any_case(CONTEXTS), help="One of the twelve mechanisms, or a PLOVER context."
)


def event_type(name: str) -> Callable[[Command], Command]:
    """A PLOVER type, handed over under `name`."""
    told = "A PLOVER type: ASSAULT, COERCE, PROTEST, …"
    return click.option("--type", name, callback=in_any_case(EventType), help=told)
