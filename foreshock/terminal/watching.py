"""Boards, alerts and replays on the screen."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from foreshock.model.alert import Action, Alert, Decision, RuleRecord
from foreshock.model.board import Board, Every, Outlook, Standing, State, Where
from foreshock.model.countries import country_name
from foreshock.model.words import counted
from foreshock.record.store import Record
from foreshock.terminal.fitting import print_table
from foreshock.terminal.screen import tell_left_out, write_json
from foreshock.terminal.style import shown
from foreshock.watch.coverage import why_dark
from foreshock.watch.deliver import KNOWN, STILL_UNSURE, Delivered
from foreshock.watch.deliveries import deliveries_of
from foreshock.watch.lateness import every_of, in_hindsight, since_in_words
from foreshock.watch.messages import decided_as_json, fared_as_json, scope_name, text, timing, war_in_words
from foreshock.watch.periods import first_day_of, last_day_of, shown_first, shown_period
from foreshock.watch.rates import rate_beside, rate_interval
from foreshock.watch.replay import Replay, todays_grades
from foreshock.watch.scenarios import tells_apart
from foreshock.watch.store import Handled, rule_records
from foreshock.watch.wars import set_apart

STYLES = {
    State.ALARM: "bold #e5484d", State.WARNING: "bold #e0a53f", State.WATCH: "#5b9bd5", State.QUIET: "",
    State.NOT_COLLECTED: "italic dim",
}  # fmt: skip
ORDER = ("ahead", "at onset", "during", "nothing", "not known")
_WIDTH = 150
_MOST_DARK, _MOST_COUNTRIES = 10, 8


def _console(out: TextIO) -> Console:
    """The screen; a file or a pipe has no width of its own and gets one that tables fit in."""
    return Console(file=out) if out.isatty() else Console(file=out, width=_WIDTH)


def place_name(where: Where) -> str:
    """`Khartoum, Sudan`, or `Sudan`."""
    country = country_name(where.country)
    return f"{where.admin1}, {country}" if where.admin1 else country


def state_text(state: State) -> Text:
    """A state in its colour; the word always stands there."""
    return Text(state.value, style=STYLES[state])


def show_boards(boards: Sequence[Board], form: str, out: TextIO) -> None:
    """What boards that were read without an error hold, and which indicators tell nothing apart."""
    if form == "json":
        told = [
            {
                "board": board.id, "indicators": [one.id for one in board.indicators],
                "scenarios": [one.id for one in board.scenarios],
                "tell_nothing_apart": [name for name, tells in tells_apart(board).items() if not tells],
            }
            for board in boards
        ]  # fmt: skip
        write_json(told, out)
        return
    for board in boards:
        parts = f"{counted(len(board.indicators), 'indicator')}, {counted(len(board.scenarios), 'scenario')}"
        out.write(f"{board.id}: {parts}\n")
        blunt = [name for name, tells in tells_apart(board).items() if not tells]
        if blunt:
            out.write(f"  in every scenario, so they tell none from another: {', '.join(blunt)}\n")


def show_standings(
    standings: Sequence[Standing], rates: Mapping[str, RuleRecord], prevention: bool, form: str, out: TextIO,
    today: datetime.date | None = None,
) -> None:  # fmt: skip
    """Boards with the places they stand high at; then, not coloured, where too little was read, and why.

    With `today` boards are marked of which whole periods are over since the one that they stand for. JSON is the list
    of the standings; for prevention that and the places set apart, as the desk's twin has them.
    """
    if form == "json":
        told = {"standings": [one for one in standings if not one.war], "set_apart": set_apart(standings)}
        out.write(msgspec.json.encode(told if prevention else list(standings)).decode("utf-8") + "\n")
        return
    console = _console(out)
    shown_ones = [one for one in standings if not (prevention and one.war)]
    for board in dict.fromkeys(one.board for one in standings):
        mine = [one for one in shown_ones if one.board == board]
        lit = [one for one in mine if one.state.height > 0]
        table = Table(title=board, title_justify="left", show_edge=False, pad_edge=False, expand=False)
        for name in ("place", "state", "before", "scenario", "signs", "false alarms"):
            table.add_column(name)
        for one in sorted(lit, key=lambda one: (-one.state.height, one.where.country, one.where.admin1 or "")):
            look = one.highest
            table.add_row(
                shown(place_name(one.where) + _remarks(one)), state_text(one.state),
                Text(one.before.value if one.before else ""), shown(_scenario(look)),
                shown("; ".join(f"{sign.name}: {sign.why}" for sign in look.signs if sign.state.height > 0)),
                shown(rate_beside(rates.get(look.rule), look.under, one.where.admin1)),
            )  # fmt: skip
        if lit:
            print_table(table, console)
        quiet = sum(one.state is State.QUIET for one in mine)
        dark = sum(one.state is State.NOT_COLLECTED for one in mine)
        apart = [_apart(one) for one in standings if prevention and one.war and one.board == board]
        newest = max((one for one in standings if one.board == board), key=lambda one: one.period)
        counts = f"{counted(len(lit), 'place')} above quiet, {quiet} quiet, {dark} not collected"
        old = since_in_words(newest.period, newest.every, today) if today else ""
        console.print(
            shown(
                f"{board}, {shown_first(newest.period, newest.every)}: {counts}"
                + (f", {len(apart)} set apart as wars already running: {', '.join(apart)}" if apart else "")
                + (f"; {old}" if old else "")
            )
        )
        console.print()
    _show_so_far([one for one in shown_ones if one.so_far], console)
    _show_dark([one for one in shown_ones if one.state is State.NOT_COLLECTED], console)


def _remarks(one: Standing) -> str:
    """That a war is running at a place, and that it stands as it did the period before; nothing where neither is so."""
    remarks = [war_in_words(one)] if one.war else []
    if one.so_far:
        remarks.append(f"as in {shown_first(one.period, one.every)}")
    return f" ({'; '.join(remarks)})" if remarks else ""


def _apart(one: Standing) -> str:
    return place_name(one.where) + (f" ({war_in_words(one)})" if one.war_last_known else "")


def _show_dark(dark: Sequence[Standing], console: Console) -> None:
    """Where nothing can be said, and why: a line for each reason, those of the places most read of first.

    A place stands in it once, whatever the number of boards.
    """
    _show_reasons(
        "not collected", dark, [f"{shown_first(one.period, one.every)}: {why_dark(one)}" for one in dark], console
    )


def _show_so_far(before: Sequence[Standing], console: Console) -> None:
    """The same of places of which nothing can be said yet, so that they stand as they did the period before."""
    why = [f"{one.so_far}; standing as in {shown_first(one.period, one.every)}" for one in before]
    _show_reasons("not told yet", before, why, console)


def _show_reasons(what: str, standings: Sequence[Standing], why: Sequence[str], console: Console) -> None:
    pairs = zip(standings, why, strict=True)
    reasons: dict[str, dict[Where, None]] = {}
    for one, reason in sorted(pairs, key=lambda pair: (-pair[0].coverage.documents, pair[0].where.order)):
        reasons.setdefault(reason, {})[one.where] = None
    for reason, places in list(reasons.items())[:_MOST_DARK]:
        console.print(shown(f"{what}: {_together(places)}, {reason}", "dim"), soft_wrap=True)
    if len(reasons) > _MOST_DARK:
        left = len({where for places in list(reasons.values())[_MOST_DARK:] for where in places})
        words = f"{what}: {counted(left, 'place')} more for other reasons, all of them with --format json"
        console.print(shown(words, "dim"))
    if standings:
        console.print()


def _together(places: Iterable[Where]) -> str:
    """Places by country: *Belarus with 2 regions; 3 regions of Russia; Kidal, Mali*."""
    regions: dict[str, list[Where]] = {}
    whole = set()
    for where in places:
        found = regions.setdefault(where.country, [])
        if where.admin1:
            found.append(where)
        else:
            whole.add(where.country)
    parts = []
    for country, inside in regions.items():
        name, number = country_name(country), counted(len(inside), "region")
        if country in whole:
            parts.append(f"{name} with {number}" if inside else name)
        else:
            parts.append(place_name(inside[0]) if len(inside) == 1 else f"{number} of {name}")
    more = len(parts) - _MOST_COUNTRIES
    return "; ".join(parts[:_MOST_COUNTRIES]) + (f"; {more} more" if more > 0 else "")


def _scenario(look: Outlook) -> str:
    if not look.alike:
        return look.name
    parting = f" (would part them: {', '.join(look.apart)})" if look.apart else ""
    return f"{look.name}; the evidence does not tell it from: {', '.join(look.alike)}{parting}"


def show_alerts(
    handled: Sequence[Handled], total: int, rates: Mapping[str, RuleRecord], form: str, out: TextIO
) -> None:  # fmt: skip
    """The inbox: these, of `total` that answer."""
    if form == "json":
        rows = [
            {
                "alert": one.alert, "status": one.status, **timing(one), **decided_as_json(one),
                **fared_as_json(rates.get(one.alert.rule), one.alert),
            }
            for one in handled
        ]  # fmt: skip
        out.write(msgspec.json.encode(rows).decode("utf-8") + "\n")
        tell_left_out(len(handled), total)
        return
    table = Table(show_edge=False, pad_edge=False)
    for name in ("id", "period", "state", "place", "alert", "reports", "false alarms", "status"):
        table.add_column(name)
    for one in handled:
        alert = one.alert
        table.add_row(
            alert.id[:8], shown_first(alert.period, every_of(alert)), state_text(alert.state) + _hindsight(one),
            shown(place_name(alert.where)),
            shown(alert.title), str(alert.reports),
            rate_beside(rates.get(alert.rule), alert.under, alert.where.admin1), one.status,
        )  # fmt: skip
    console = _console(out)
    if not handled:
        console.print("No alert.")
    else:
        print_table(table, console)
        console.print(f"{len(handled):,} of {counted(total, 'alert')}.")


def _hindsight(one: Handled) -> str:
    return " (in hindsight)" if in_hindsight(one) else ""


def show_alert(record: Record, one: Handled, form: str, out: TextIO) -> None:
    """One alert with why it fired, in the words of the weightiest statements, what was decided and where it was sent;
    as JSON also what its page leads to."""
    from foreshock.telling.alert_evidence import said_of
    rate, deliveries = rule_records(record).get(one.alert.rule), deliveries_of(record, one.alert.id)
    if form == "json":
        from foreshock.telling.alert_links import (  # loads the ledger: only where it is told
            links_as_json,
            with_meanings,
        )

        row = {
            "alert": with_meanings(one.alert), "status": one.status, **timing(one), **decided_as_json(one),
            **fared_as_json(rate, one.alert), **links_as_json(record, one), "deliveries": deliveries,
        }  # fmt: skip
        out.write(msgspec.json.encode(row).decode("utf-8") + "\n")
        return
    console = _console(out)
    for line in text(one, rate, said=said_of(record, one.alert)).splitlines():
        console.print(shown(line), soft_wrap=True)
    console.print(shown(f"Status: {one.status}", "bold"))
    if one.escalated_by:
        console.print(shown(f"Escalated by alert {one.escalated_by}, which stands higher."))
    for decided in reversed(one.history):
        console.print(shown(_decided(decided, one.alert)), soft_wrap=True)
    for sent in deliveries:
        told = f"{sent.state} to channel {sent.channel[:8]}, {sent.at:%Y-%m-%d %H:%M} UTC: {sent.why}"
        console.print(shown(told.removesuffix(": ")), soft_wrap=True)


def _decided(one: Decision, alert: Alert) -> str:
    """What somebody did, with whose alerts where it is of a scope, until when, and why."""
    scope = f", {scope_name(one.scope, alert, ids=True)}" if one.scope else ""
    until = f", {f'until {one.until}' if one.until else 'for good'}" if one.action is Action.MUTE else ""
    return f"{one.action} by {one.who}, {one.at:%Y-%m-%d %H:%M} UTC{scope}{until}{f': {one.why}' if one.why else ''}"


def show_replay(found: Replay, every: Every, form: str, out: TextIO) -> None:
    """What each rule did in a replay: alarms and what came of them, outcomes and who warned of them."""
    if form == "json":
        out.write(msgspec.json.encode(_dated(found, every)).decode("utf-8") + "\n")
        return
    console = _console(out)
    table = Table(title="Rules", title_justify="left", show_edge=False, pad_edge=False)
    for name in ("rule", "alarms", *ORDER, "missed", f"false alarms a {every}", "in alarm", "lead"):
        table.add_column(name, justify="left" if name == "rule" else "right")
    for one in found.records:
        if one.alarms or one.misses:
            leads = ", ".join(f"{lead:g}" for lead in one.leads)
            low, high = rate_interval(one)
            rate = "–" if one.rate is None else f"{one.rate:.3f} [{low:.2f}–{high:.2f}] ({one.nothing}/{one.months})"
            numbers = (one.alarms, one.ahead, one.at_onset, one.during, one.nothing, one.unknown, one.misses)
            stood = f"{one.alarmed}/{one.months}" if one.months else "–"
            table.add_row(one.rule, *(str(number) for number in numbers), rate, stood, leads)
    print_table(table, console)
    console.print()
    alarms = Table(title="Alarms", title_justify="left", show_edge=False, pad_edge=False)
    for name in ("from", "to", "country", "rule", "came before"):
        alarms.add_column(name)
    for episode in found.episodes:
        outcome = f"{episode.verdict}: {episode.outcome.name}" if episode.outcome else episode.verdict
        if episode.outcome and episode.verdict == "not known":
            outcome += f", going on when last known ({found.known_until})"
        first, last = (shown_period(at, every) for at in (episode.first, episode.last))
        alarms.add_row(first, last, episode.country, episode.rule, shown(outcome))
    print_table(alarms, console)
    console.print()
    for warned in found.warned:
        one_outcome = warned.outcome
        ahead = sorted(((lead, rule) for rule, lead in warned.leads.items() if lead), reverse=True)
        if ahead:
            told = ", ".join(f"{rule} {lead} {every}s ahead" for lead, rule in ahead)
        elif any(lead == 0 for lead in warned.leads.values()):
            told = "no alarm before it; first in the period itself"
        else:
            told = "no alarm"
        console.print(shown(f"{one_outcome.began} {one_outcome.kind}, {one_outcome.name}: {told}"), soft_wrap=True)
    if any(one.unknown for one in found.records):
        words = f"Outcomes are known until {found.known_until}: no alarm is held for false that stands for longer."
        console.print(shown(words), soft_wrap=True)
    if found.by_todays_grades:
        console.print(shown(todays_grades(found.by_todays_grades)), soft_wrap=True)
    if found.set_apart:
        console.print(shown(f"Read of, but no outcome known, so not judged: {', '.join(found.set_apart)}"))


def _dated(found: Replay, every: Every) -> dict[str, Any]:
    """A replay as JSON has it: each alarm from the first day of its first period to the last day of its last, as the
    spans of the rules' records are told."""
    told: dict[str, Any] = msgspec.to_builtins(found)
    for written, episode in zip(told["episodes"], found.episodes, strict=True):
        written.update(first=first_day_of(episode.first, every), last=last_day_of(episode.last, every))
    return told


def show_deliveries(delivered: Sequence[Delivered], out: TextIO) -> None:
    """What went where, one line each; what an earlier run left unsure, one line a channel."""
    console = _console(out)
    unsure: dict[str, list[str]] = {}
    for one in delivered:
        if one.state == STILL_UNSURE:
            unsure.setdefault(one.channel, []).append(one.alert[:8])
        elif one.state != KNOWN:
            what = f"alert {one.alert[:8]} " if one.alert else ""
            console.print(shown(f"{one.channel}: {what}{one.state} {one.why}".rstrip()), soft_wrap=True)
    for channel, names in unsure.items():
        told = f"{channel}: {counted(len(names), 'alert')} of earlier runs may not have arrived: {', '.join(names)}"
        console.print(shown(f"{told} (foreshock alerts resend, or acknowledge)"), soft_wrap=True)
