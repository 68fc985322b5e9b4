"""`foreshock watch`, `alerts`: boards over the record, replays of history, the inbox, and what is sent."""

import sys
from typing import TYPE_CHECKING

import click

from foreshock import settings
from foreshock.commands import options
from foreshock.errors import UsageError
from foreshock.model.day import asked_day

if TYPE_CHECKING:
    from foreshock.watch.columns import By

EXIT_SOME_FAILED = 1
_MUTE_HELP = """Mute a rule, a board, a country or a region: alerts are still kept, but not shown as new nor sent.

A board, rule or region that nothing could come under is refused, and so is a day that is over.

Example:  foreshock alerts mute --board coup --until YYYY-MM-DD --why "known" --record my.sqlite
"""


@click.command()
@options.record
@click.option("--board", "names", multiple=True, metavar="ID|FILE", help="A shipped board or a file; all by default.")
@click.option("--as-of", metavar="DATE", help="Evaluate as it was known at the end of YYYY-MM, or of a day's period.")
@click.option("--replay", "span", nargs=2, metavar="FROM TO", help="Run history again and judge every rule by it.")
@click.option(
    "--outcomes",
    "outcomes_file",
    metavar="FILE",
    help="What came to pass, wars already running among it; the shipped list by default.",
)
@click.option("--level", type=click.Choice(["watch", "warning", "alarm"]),
              help="From which state a replay counts an alarm; alarm by default.")  # fmt: skip
@click.option("--horizon", type=click.IntRange(1, 60), help="Periods an alarm stands for; 6 months or 26 weeks.")
@click.option(
    "--documents", type=click.IntRange(1, 1000), help="How many a month on a country are enough; 5 by default."
)
@click.option("--prevention", is_flag=True, help="Set wars that are already running apart.")
@click.option("--by", type=click.Choice(["published", "captured"]), default="published", show_default=True,
              help="What says when a document was known.")  # fmt: skip
@click.option("--deliver", "channels_file", metavar="FILE", help="Send new alerts to the channels of a YAML file.")
@click.option("--desk", "address", default="", metavar="URL", help="The desk's address, for links in what is sent.")
@click.option("--check", is_flag=True, help="Check the boards and do nothing else.")
@options.form
def watch(
    record_name: str | None,
    names: tuple[str, ...],
    as_of: str | None,
    span: tuple[str, str] | None,
    outcomes_file: str | None,
    level: str | None,
    horizon: int | None,
    documents: int | None,
    prevention: bool,
    by: "By",
    channels_file: str | None,
    address: str,
    check: bool,
    form: str,
) -> None:
    """Hold what was read against its past, board by board; raise alerts, or replay history.

    Without --replay the standings and new alerts are kept in the record, for the desk and `foreshock alerts`.

    Example:  foreshock watch --replay 2018-06 2019-12 --record sudan.sqlite
    """
    from foreshock.model.board import State
    from foreshock.record.store import Record
    from foreshock.rounds.watching import Asked, evaluated, replayed
    from foreshock.terminal.style import complain
    from foreshock.terminal.watching import show_alerts, show_boards, show_deliveries, show_replay, show_standings
    from foreshock.watch.boards import named_boards
    from foreshock.watch.channels import channels
    from foreshock.watch.deliver import deliver
    from foreshock.watch.outcomes import outcomes
    from foreshock.watch.periods import now_utc
    from foreshock.watch.store import alerts as listed
    from foreshock.watch.store import count_alerts, rule_records

    boards = named_boards(names)
    if check:
        show_boards(boards, form, sys.stdout)
        return
    if span and (as_of or channels_file):
        raise UsageError("--replay goes without --as-of and --deliver: nothing of the past is sent")
    if not span and (horizon or level):
        raise UsageError("--level and --horizon are for a replay: name its time with --replay FROM TO")
    asked = Asked(boards, by, documents, outcomes(outcomes_file))
    configured = channels(channels_file) if channels_file else ()
    with Record(settings.record_url(record_name), create=False) as record:
        if span:
            for every, found in replayed(record, asked, *span, State(level or State.ALARM), horizon, complain):
                show_replay(found, every, form, sys.stdout)
            return
        standings = evaluated(record, asked, as_of, complain)
        rates = rule_records(record)
        show_standings(standings, rates, prevention, form, sys.stdout, None if as_of else now_utc().date())
        if form == "table":
            number = count_alerts(record).get("new", 0)
            show_alerts(listed(record, "new", limit=20), number, rates, form, sys.stdout)
        everything = listed(record, limit=None)
        delivered = deliver(record, everything, rates, configured, address.rstrip("/")) if configured else []
    show_deliveries(delivered, sys.stderr)
    if not all(one.arrived for one in delivered):
        sys.exit(EXIT_SOME_FAILED)


@click.group(invoke_without_command=True)
@options.record
@click.option("--status", type=click.Choice(["new", "acknowledged", "dismissed", "muted"]))
@options.country
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@options.form
@click.pass_context
def alerts(
    context: click.Context, record_name: str | None, status: str | None, country: str | None, limit: int, form: str
) -> None:
    """List alerts, or see, acknowledge, dismiss and mute them.

    Example:  foreshock alerts --status new --record sudan.sqlite
    """
    if context.invoked_subcommand is not None:
        _hand_on(context, context.invoked_subcommand)
        return
    from foreshock.record.store import Record
    from foreshock.terminal.watching import show_alerts
    from foreshock.watch.store import alerts as listed
    from foreshock.watch.store import count_alerts, rule_records

    with Record(settings.record_url(record_name), create=False) as record:
        counts = count_alerts(record, country)
        total = counts.get(status, 0) if status else sum(counts.values())
        show_alerts(listed(record, status, country, limit=limit), total, rule_records(record), form, sys.stdout)


def _hand_on(context: click.Context, verb: str) -> None:
    """What was given before the verb holds for it, as if it stood behind: above all which record is meant. Raises
    `UsageError` for an option that the verb does not have, which would be passed over in silence."""
    assert isinstance(context.command, click.Group)
    command = context.command.commands[verb]
    taken = {one.name for one in command.params}
    given = [one for one in context.command.params if one.name and _is_given(context, one.name)]
    for option in given:
        if option.name not in taken:
            raise UsageError(f"{option.opts[0]} is for the list of alerts; leave it out with {verb}")
    context.default_map = {verb: {str(one.name): context.params[str(one.name)] for one in given}}


def _is_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


@alerts.command()
@click.argument("alert")
@options.record
@options.form
def show(alert: str, record_name: str | None, form: str) -> None:
    """Show one alert: why it fired, the statements, the rule's false alarms, what was decided, where it was sent.

    Example:  foreshock alerts show 1b2c3d4e --record sudan.sqlite
    """
    from foreshock.record.store import Record
    from foreshock.terminal.watching import show_alert
    from foreshock.watch.store import alert_with

    with Record(settings.record_url(record_name), create=False) as record:
        found = alert_with(record, alert)
        if found is None:
            raise UsageError(f"the record holds no alert {alert!r}")
        show_alert(record, found, form, sys.stdout)


def _decide(record_name: str | None, action: str, alert: str, who: str, why: str) -> None:
    from foreshock.model.alert import Action
    from foreshock.record.store import Record
    from foreshock.watch.decided import decide
    from foreshock.watch.store import alert_with

    with Record(settings.record_url(record_name), create=False) as record:
        found = alert_with(record, alert)
        if found is None:
            raise UsageError(f"the record holds no alert {alert!r}")
        decide(record, Action(action), who, why, alert=found.alert.id)
    click.echo(f"{found.alert.id}: {action}d" if action == "acknowledge" else f"{found.alert.id}: dismissed")


@alerts.command()
@click.argument("alert")
@options.record
@options.who
@options.why("What you make of it.", required=False)
def acknowledge(alert: str, record_name: str | None, who: str, why: str) -> None:
    """Note that an alert was seen and is taken up.

    Example:  foreshock alerts acknowledge 1b2c3d4e --record sudan.sqlite
    """
    _decide(record_name, "acknowledge", alert, who, why)


@alerts.command()
@click.argument("alert")
@options.record
@options.why("Why it means nothing.")
@options.who
def dismiss(alert: str, record_name: str | None, why: str, who: str) -> None:
    """Dismiss an alert, with the reason.

    Example:  foreshock alerts dismiss 1b2c3d4e --why "an anniversary" --record sudan.sqlite
    """
    _decide(record_name, "dismiss", alert, who, why)


@alerts.command()
@click.argument("names", metavar="ALERT...", nargs=-1, required=True)
@options.record
@options.who
def resend(names: tuple[str, ...], record_name: str | None, who: str) -> None:
    """Have alerts that may not have arrived, or were too old, sent by the next `foreshock watch --deliver`.

    Example:  foreshock alerts resend 1b2c3d4e --record sudan.sqlite
    """
    from foreshock.record.store import Record
    from foreshock.watch.deliveries import send_again
    from foreshock.watch.store import alert_with

    with Record(settings.record_url(record_name), create=False) as record:
        for name in names:
            found = alert_with(record, name)
            if found is None:
                raise UsageError(f"the record holds no alert {name!r}")
            if found.status != "new":
                raise UsageError(f"{found.alert.id} is {found.status}; only what nobody handled yet is sent")
            number = send_again(record, found.alert.id, who)
            if not number:
                raise UsageError(
                    f"no delivery of {found.alert.id} is unsure or too old, so there is none to send again"
                )
            click.echo(f"{found.alert.id}: foreshock watch --deliver sends it again ({number} of its deliveries)")


@alerts.command(help=_MUTE_HELP)
@options.record
@click.option("--rule", help="As in the list: board:scenario, or change/mechanism (by week change/week/mechanism).")
@click.option("--board", help="A board's id.")
@options.country
@click.option("--region", help="A first-level region by name.")
@click.option("--until", metavar="DATE", help="YYYY-MM-DD; for good by default.")
@options.why("Why nobody is to be told.")
@options.who
@click.option("--lift", is_flag=True, help="Lift a mute of exactly this scope.")
def mute(
    record_name: str | None,
    rule: str | None,
    board: str | None,
    country: str | None,
    region: str | None,
    until: str | None,
    why: str,
    who: str,
    lift: bool,
) -> None:
    """Mute alerts, or lift a mute."""
    from foreshock.model.alert import Action, Scope
    from foreshock.record.store import Record
    from foreshock.watch.decided import decide
    from foreshock.watch.muting import check_mute
    from foreshock.watch.periods import now_utc

    day = asked_day(until or None, "--until")
    scope = Scope(rule=rule, board=board, country=country, admin1=region)
    with Record(settings.record_url(record_name), create=False) as record:
        action = Action.UNMUTE if lift else Action.MUTE
        if not lift:
            check_mute(record, scope, day, now_utc().date())
        decide(record, action, who, why, scope=scope, until=day)
    click.echo("the mute is lifted" if lift else "muted")
