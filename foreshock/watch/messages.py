"""An alert in words and as JSON, for whoever is told of it."""

import datetime
from collections.abc import Callable, Iterator, Mapping

import msgspec

from foreshock.model.alert import Alert, Behind, RuleRecord, Scope, alert_path
from foreshock.model.board import Standing
from foreshock.model.words import counted
from foreshock.watch.chances import chance_in_words
from foreshock.watch.lateness import days_late, in_hindsight, stands_until
from foreshock.watch.rates import interval_of, rate_in_words, rate_of, rate_sentence
from foreshock.watch.store import Handled

Written = Callable[[datetime.date], str]
"""How a day is written: on a page otherwise than in a mail, on the command line and in JSON."""
MOST_NAMED, MOST_QUOTED = 5, 3
"""Statements that a message names, or quotes, of those that count for one sign."""
ASSURANCE = "Counts of reports, held against their past. They do not say that it is true, nor that it will happen."


def place_of(alert: Alert) -> str:
    """`Khartoum, SDN`, or `SDN`."""
    return f"{alert.where.admin1}, {alert.where.country}" if alert.where.admin1 else alert.where.country


def subject(one: Handled) -> str:
    """One line: whether it comes in hindsight, state, place, title, period."""
    alert = one.alert
    late = "in hindsight: " if in_hindsight(one) else ""
    period = f"{alert.period.isoformat()} to {alert.known.isoformat()}"
    return f"{late}{alert.state}: {place_of(alert)}: {alert.title} ({period})"


def war_in_words(one: Alert | Standing, written: Written = datetime.date.isoformat) -> str:
    """`war running`, or `at war when last known (2024-12-31)`; nothing where there is none."""
    if one.war_last_known is not None:
        return f"at war when last known ({written(one.war_last_known)})"
    return "war running" if one.war else ""


def raised_in_words(one: Handled, written: Written = datetime.date.isoformat) -> str:
    """When it was raised, how long after its period, and what is left of the time that it warns of."""
    raised, until = written(one.raised_at.date()), written(stands_until(one.alert))
    days = days_late(one)
    late = f", {counted(days, 'day')} after its period had ended" if days else ""
    if in_hindsight(one):
        return f"Raised on {raised}{late}, in hindsight: the time that it warns of ended on {until}. It is no warning."
    return f"Raised on {raised}{late}; the time that it warns of ends on {until}."


def text(
    one: Handled, record: RuleRecord | None, address: str = "", said: Mapping[str, str] | None = None
) -> str:  # fmt: skip
    """The alert as plain text. Its statements are named by their ids, for an alert holds no word of a document; with
    `said`, what they say by their ids, they are quoted."""
    alert = one.alert
    lines = [subject(one), raised_in_words(one), ""]
    for sign in alert.signs:
        lines.append(f"- {sign.name} [{sign.state}]: {sign.why}")
        if (behind := alert.behind_sign(sign.indicator)) is not None:
            lines += _behind_in_words(behind, said)
    if alert.chance is not None and alert.discovery is not None:
        lines.append(
            f"The strongest sign by luck alone: {chance_in_words(alert.chance)}; corrected for all series looked at "
            f"together: {alert.discovery:.2g}."
        )
    names = {sign.indicator: sign.name for sign in alert.signs}
    for meaning in alert.meanings:
        name = names.get(meaning.indicator, meaning.indicator)
        lines.append(f"Why {name} matters: {meaning.why} ({'; '.join(meaning.source)})")
    outlets = counted(alert.outlets, "named outlet")
    named = f"printed by {outlets}" if alert.outlets else "their outlets are not named"
    lines.append(f"Independent reports: {alert.reports:,}, copies of one text counted once; {named}.")
    if alert.escalates:
        lines.append(f"It escalates alert {alert.escalates}, which was raised in the same period and stood lower.")
    if alert.war:
        lines.append(f"{war_in_words(alert)}: this is no early warning of one.".capitalize())
    lines += [rate_sentence(record, alert.under, alert.where.admin1), ""]
    led_to = [f"{address}{alert_path(alert.id)}"] if address else []
    if not alert.behind:
        led_to.append(f"Statements: {', '.join(alert.statements[:10])}")
    return "\n".join([*lines, *led_to, *([""] if led_to else []), ASSURANCE])


def _behind_in_words(behind: Behind, said: Mapping[str, str] | None) -> Iterator[str]:
    """The weightiest statements that count for a sign, and how many more do."""
    if said is None:
        told = behind.statements[:MOST_NAMED]
        more = f" and {behind.number - len(told):,} more" if behind.number > len(told) else ""
        yield f"  Statements: {', '.join(told)}{more}"
        return
    quoted = [said[one] for one in behind.statements if one in said][:MOST_QUOTED]
    yield from (f"  {one}" for one in quoted)
    if behind.number > len(quoted):
        gone = "" if quoted else ", none of those kept with the alert is in the record any more"
        yield f"  {counted(behind.number - len(quoted), 'more statement' if quoted else 'statement')}{gone}"


def timing(one: Handled) -> dict[str, object]:
    """When it was raised against the time that it is about, as fields of JSON."""
    return {
        "raised_at": one.raised_at, "days_late": days_late(one), "stands_until": stands_until(one.alert),
        "in_hindsight": in_hindsight(one),
    }  # fmt: skip


def fared_as_json(record: RuleRecord | None, alert: Alert) -> dict[str, object]:
    """How an alert's rule fared in the last replay, its rate with its 95 % interval where that was of this rule, and in
    words, as fields of JSON."""
    of = (record, alert.under, alert.where.admin1)
    return {
        "rule": record, "rate": rate_of(*of), "rate_interval": interval_of(*of), "rate_in_words": rate_in_words(*of)
    }  # fmt: skip


def scope_name(scope: Scope, alert: Alert, country: Callable[[str], str] = str, ids: bool = False) -> str:
    """What a mute that bears on an alert covers, in words: *“Coup: A palace coup” in SDN*; `country` names a country by
    its code, with `ids` those of rule and board stand beside their names, as the command line takes them."""
    named = alert.title.partition(" (or: ")[0]
    board = named.partition(": ")[0]
    what = " and ".join(
        f"{told}{f' ({name})' if ids else ''}"
        for told, name in ((f"“{named}”", scope.rule), (f"the board “{board}”", scope.board))
        if name is not None
    )
    where = ", ".join(name for name in (scope.admin1, scope.country and country(scope.country)) if name)
    return f"{what or 'everything'} in {where}" if where else f"{what} everywhere"


def decided_as_json(one: Handled) -> dict[str, object]:
    """What people made of an alert, as fields of JSON: the newest decision on it, the mutes that hold, all of them."""
    return {
        "escalated_by": one.escalated_by, "decision": one.decision, "mute": one.mute, "mutes": one.mutes,
        "decisions": one.history,
    }  # fmt: skip


def payload(one: Handled, record: RuleRecord | None) -> bytes:
    """The alert as JSON, keys in a fixed order, so that its signature can be checked."""
    told = {"alert": one.alert, **timing(one), **fared_as_json(record, one.alert)}
    return msgspec.json.encode(told, order="sorted")
