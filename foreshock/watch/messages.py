"""An alert in words and as JSON, for whoever is told of it."""

import msgspec

from foreshock.model.alert import Alert, RuleRecord, alert_path
from foreshock.watch.baselines import chance_in_words

ASSURANCE = "Counts of reports, held against their past. They do not say that it is true, nor that it will happen."


def place_of(alert: Alert) -> str:
    """`Khartoum, SDN`, or `SDN`."""
    return f"{alert.where.admin1}, {alert.where.country}" if alert.where.admin1 else alert.where.country


def subject(alert: Alert) -> str:
    """One line: state, place, title, period."""
    return f"{alert.state}: {place_of(alert)}: {alert.title} ({alert.period.isoformat()} to {alert.known.isoformat()})"


def rate_in_words(record: RuleRecord | None) -> str:
    """How often a rule calls alarm for nothing, as far as it was measured."""
    if record is None or record.rate is None:
        return "false alarms of this rule: not measured yet (foreshock watch --replay)"
    return (
        f"false alarms of this rule, at the state alarm: {record.nothing} in {record.months} place-months replayed "
        f"({record.first.isoformat()[:7]} to {record.last.isoformat()[:7]}), {record.rate:.2f} a place and month"
    )


def text(alert: Alert, record: RuleRecord | None, address: str = "") -> str:
    """The alert as plain text."""
    lines = [subject(alert), ""]
    for sign in alert.signs:
        lines.append(f"- {sign.name} [{sign.state}]: {sign.why}")
    if alert.chance is not None and alert.discovery is not None:
        lines.append(
            f"The strongest sign by luck alone: {chance_in_words(alert.chance)}; corrected for all series looked at "
            f"together: {alert.discovery:.2g}."
        )
    for one in alert.meanings:
        names = {sign.indicator: sign.name for sign in alert.signs}
        lines.append(f"Why {names.get(one.indicator, one.indicator)} matters: {one.why} ({'; '.join(one.source)})")
    named = f", {alert.outlets} named outlets among them" if alert.outlets else "; their outlets are not named"
    lines.append(f"Independent reports: {alert.reports}{named}.")
    if alert.escalates:
        lines.append(f"It escalates alert {alert.escalates}, which was raised in the same period and stood lower.")
    if alert.war:
        lines.append("A war was already running there: this is no early warning of one.")
    lines += [f"{rate_in_words(record)[:1].upper()}{rate_in_words(record)[1:]}.", ""]
    if address:
        lines.append(f"{address}{alert_path(alert.id)}")
    lines += [f"Statements: {', '.join(alert.statements[:10])}", "", ASSURANCE]
    return "\n".join(lines)


def payload(alert: Alert, record: RuleRecord | None) -> bytes:
    """The alert as JSON, keys in a fixed order, so that its signature can be checked."""
    rate = record.rate if record else None
    return msgspec.json.encode({"alert": alert, "rule": record, "rate": rate}, order="sorted")
