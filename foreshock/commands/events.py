"""`foreshock events`, `decide`, `grade`: what several texts report as one, and what people decide about it."""

import sys

import click

from foreshock import settings
from foreshock.commands import options
from foreshock.errors import UsageError
from foreshock.terminal.style import complain

_why = options.why("Why, as it is to stand beside the decision.")


@click.command()
@click.argument("event", required=False)
@options.record
@options.country
@options.event_type("kind")
@click.option("--corroborated", is_flag=True, help="Only those that two independent texts or more tell of.")
@click.option("--disputed", is_flag=True, help="Only those that texts do not agree on.")
@click.option("--dismissed", is_flag=True, help="Dismissed ones, too.")
@click.option("--explain", is_flag=True, help="Of one event: why its statements were joined, feature by feature.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@options.form
def events(
    event: str | None,
    record_name: str | None,
    country: str | None,
    kind: str | None,
    corroborated: bool,
    disputed: bool,
    dismissed: bool,
    explain: bool,
    limit: int,
    form: str,
) -> None:
    """List events, most independent reports first; or show one, named by any of its statements or eight digits of one.

    Example:  foreshock events --country SDN
    """
    from foreshock.corroborate.views.lists import CORROBORATED, Wanted
    from foreshock.record.store import Record
    from foreshock.terminal.events import Shower

    narrowed = (country, kind, corroborated, disputed, dismissed)
    if event is None and explain:
        raise UsageError("--explain is of one event: name it, foreshock events lists them")
    if event is not None and any(narrowed):
        raise UsageError("--country, --type, --corroborated, --disputed, --dismissed narrow the list: leave EVENT out")
    shower = Shower(form, sys.stdout)
    with Record(settings.record_url(record_name), create=False) as record:
        if event is None:
            least = CORROBORATED if corroborated else 1
            shower.several(record, Wanted(country, kind, disputed, dismissed, least), limit)
        else:
            shower.one(record, event, explain)


@click.group()
def decide() -> None:
    """Decide about events, actors and places: who, when and why are kept, and everything can be undone.

    Example:  foreshock decide merge 9f02ab… 77c1d0… --why "the same raid" --who "A. Analyst"
    """


@decide.command()
@click.argument("event")
@click.argument("other")
@options.who
@_why
@options.record
def merge(event: str, other: str, who: str, why: str, record_name: str | None) -> None:
    """Say that two events are one.

    Example:  foreshock decide merge 9f02ab… 77c1d0… --why "the same raid"
    """
    from foreshock.corroborate.decisions import deciding
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        _done(deciding.merge(record, event, other, who, why))


@decide.command()
@click.argument("event")
@click.argument("statements", nargs=-1, required=True)
@options.who
@_why
@options.record
def split(event: str, statements: tuple[str, ...], who: str, why: str, record_name: str | None) -> None:
    """Say that some statements of an event tell of another one.

    Example:  foreshock decide split 9f02ab… 77c1d0… --why "the attack of the day before"
    """
    from foreshock.corroborate.decisions import deciding
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        _done(deciding.split(record, event, statements, who, why))


@decide.command()
@click.argument("event")
@options.who
@_why
@options.record
def dismiss(event: str, who: str, why: str, record_name: str | None) -> None:
    """Take an event out of lists: no event at all, or none that matters.

    Example:  foreshock decide dismiss 9f02ab… --why "a film, not an attack"
    """
    from foreshock.corroborate.decisions import deciding
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        _done(deciding.dismiss(record, event, who, why))


@decide.command()
@click.argument("event")
@click.argument("field")
@click.argument("value")
@options.who
@_why
@options.record
def correct(event: str, field: str, value: str, who: str, why: str, record_name: str | None) -> None:
    """Correct one field of an event: type, mode, place, country, admin1, from, to, killed, injured, …

    Example:  foreshock decide correct 9f02ab… killed 12 --why "the ministry's later figure"
    """
    from foreshock.corroborate.decisions import deciding
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        _done(deciding.correct(record, event, field, value, who, why))


@decide.command()
@click.argument("entity")
@click.argument("other")
@options.who
@_why
@options.record
def same(entity: str, other: str, who: str, why: str, record_name: str | None) -> None:
    """Say that two actors, or two places (place: and a GeoNames id), are one, to go by the first one's name.

    Example:  foreshock decide same sdn-rapid-support-forces sdn-janjaweed --why "one chain of command"
    """
    from foreshock.corroborate.decisions import deciding
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        number = deciding.same(record, entity, other, who, why)
        idle = deciding.stranger(record, other)
    _done(number, other if idle else None)


@decide.command()
@click.argument("statement")
@click.argument("entity")
@options.who
@_why
@options.record
def different(statement: str, entity: str, who: str, why: str, record_name: str | None) -> None:
    """Say that what a statement names is not this actor or place.

    Example:  foreshock decide different 77c1d0… place:379252 --why "the other town of the name"
    """
    from foreshock.corroborate.decisions import deciding
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        _done(deciding.different(record, statement, entity, who, why))


@decide.command()
@click.argument("entity")
@click.argument("name")
@options.who
@_why
@options.record
def rename(entity: str, name: str, who: str, why: str, record_name: str | None) -> None:
    """Give an actor or a place another name in what is shown.

    Example:  foreshock decide rename place:379252 "El Fasher" --why "our house style"
    """
    from foreshock.corroborate.decisions import deciding
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        number = deciding.rename(record, entity, name, who, why)
        idle = deciding.stranger(record, entity)
    _done(number, entity if idle else None)


@decide.command()
@click.argument("number", type=click.IntRange(1, 2**63 - 1))
@options.who
@_why
@options.record
def undo(number: int, who: str, why: str, record_name: str | None) -> None:
    """Undo a decision; it stays in the list, with who undid it and why.

    Example:  foreshock decide undo 12 --why "two raids after all"
    """
    from foreshock.corroborate.decisions import deciding
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        deciding.undo(record, number, who, why)
    click.echo(f"Decision {number} is undone.")


@decide.command("list")
@options.record
@options.form
def list_decisions(record_name: str | None, form: str) -> None:
    """Every decision, newest last, undone ones too.

    Example:  foreshock decide list --format json
    """
    from foreshock.record.store import Record
    from foreshock.terminal.decisions import show_decisions

    with Record(settings.record_url(record_name), create=False) as record:
        show_decisions(record, form, sys.stdout)


@click.group()
def grade() -> None:
    """Grade sources A–F and events 1–6 (Admiralty code); every change is logged with who, when and why.

    Example:  foreshock grade source "Radio Dabanga" B --why "two years' record" --who "A. Analyst"
    """


@grade.command("source")
@click.argument("name")
@click.argument("letter", type=click.Choice(list("ABCDEF")))
@options.who
@_why
@options.record
def grade_source(name: str, letter: str, who: str, why: str, record_name: str | None) -> None:
    """Set how reliable a source is, A (completely) to E (unreliable); F cannot be judged.

    Example:  foreshock grade source "Radio Dabanga" B --why "two years' record"
    """
    from foreshock.corroborate.decisions import deciding
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        _done(deciding.grade(record, name, letter, who, why))


@grade.command("event")
@click.argument("event")
@click.argument("digit", type=click.IntRange(1, 6))
@options.who
@_why
@options.record
def grade_event(event: str, digit: int, who: str, why: str, record_name: str | None) -> None:
    """Set how credible an event is, 1 (confirmed) to 5 (improbable); 6 cannot be judged.

    Example:  foreshock grade event 9f02ab… 2 --why "seen on satellite images"
    """
    from foreshock.corroborate.decisions import deciding
    from foreshock.record.store import Record

    with Record(settings.record_url(record_name), create=False) as record:
        _done(deciding.grade_event(record, event, digit, who, why))


@grade.command("list")
@options.record
@options.form
def list_grades(record_name: str | None, form: str) -> None:
    """Sources with their letters, what of theirs was confirmed or contradicted, and the letter that suggests.

    Example:  foreshock grade list
    """
    from foreshock.record.store import Record
    from foreshock.terminal.decisions import show_sources

    with Record(settings.record_url(record_name), create=False) as record:
        show_sources(record, form, sys.stdout)


@grade.command("log")
@click.argument("subject", required=False)
@options.record
@options.form
def log_grades(subject: str | None, record_name: str | None, form: str) -> None:
    """Changes of grades, newest first; of one source or event, or all.

    Example:  foreshock grade log "Radio Dabanga"
    """
    from foreshock.record.store import Record
    from foreshock.terminal.decisions import show_changes

    with Record(settings.record_url(record_name), create=False) as record:
        show_changes(record, subject, form, sys.stdout)


def _done(number: int, stranger: str | None = None) -> None:
    """Say that a decision is kept, and that it moves nothing as yet where nothing goes by the id of a `stranger`."""
    click.echo(f"Decision {number} is kept. `foreshock decide undo {number}` takes it back.")
    if stranger is not None:
        complain(
            f"nothing in the record goes by {stranger[:80]!r} as yet, so that it moves nothing; ids of actors and "
            "places stand in `foreshock search --format json`"
        )
