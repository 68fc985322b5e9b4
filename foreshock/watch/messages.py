"""An alert in words and as JSON, for whoever is told of it."""

import msgspec

from foreshock.model.alert import Alert, RuleRecord, alert_path
from foreshock.model.board import Standing
from foreshock.watch.baselines import chance_in_words
from foreshock.watch.lateness import days_late, in_hindsight, stands_until
from foreshock.watch.store import Handled

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


_COUNTRIES = "not measured in regions; in whole countries"
"""Of a region: a replay judges whole countries, and a country has as many regional alarms to come by as regions."""


def rate_of(record: RuleRecord | None, under: str, region: str | None = None) -> float | None:
    """False alarms a country and period of the rule with this fingerprint; null where they were not measured on it, and
    for an alarm of a region."""
    return record.rate if record is not None and record.is_of(under) and region is None else None


def rate_beside(record: RuleRecord | None, under: str, region: str | None = None) -> str:
    """How often a rule calls alarm for nothing in a country, in the few words that stand beside it in a table; of a
    region it is told whose rate that is."""
    if record is None or record.rate is None:
        return "not measured yet"
    if not record.is_of(under):
        return f"measured under {_settings(record)}"
    lasting = f"; in alarm in {record.alarmed}" if _lasts(record) else ""
    told = f"{record.rate:.2f} a {record.every} ({record.nothing} in {record.months}{lasting})"
    return told if region is None else f"{_COUNTRIES} {told}"


def rate_in_words(record: RuleRecord | None, under: str, region: str | None = None) -> str:
    """The same in full: the months that were replayed, or how to measure it."""
    if record is None or record.rate is None:
        return "false alarms of this rule: not measured yet (foreshock watch --replay FROM TO)"
    replayed = f"{record.first.isoformat()[:7]} to {record.last.isoformat()[:7]}"
    if not record.is_of(under):
        again = "foreshock watch --replay FROM TO measures again"
        return f"false alarms of this rule: measured under {_settings(record)} ({replayed}); {again}"
    lasting = f"; it stood in alarm in {record.alarmed:,} of these country-{record.every}s" if _lasts(record) else ""
    where = "" if region is None else f": {_COUNTRIES}"
    return (
        f"false alarms of this rule{where}, at the state alarm: {record.nothing} in {record.months} "
        f"country-{record.every}s replayed ({replayed}), {record.rate:.2f} a country and {record.every}{lasting}"
    )


def rate_sentence(record: RuleRecord | None, under: str, region: str | None = None) -> str:
    """The same as a sentence of its own."""
    told = rate_in_words(record, under, region)
    return f"{told[:1].upper()}{told[1:]}."


def _lasts(record: RuleRecord) -> bool:
    """Whether the rule stood in alarm, with no outcome near, for longer than its alarms to nothing tell."""
    return (record.alarmed or 0) > record.nothing


def _settings(record: RuleRecord) -> str:
    return "other settings" if record.under else "settings that were not kept"


def war_in_words(one: Alert | Standing) -> str:
    """`war running`, or `at war when last known (2024-12-31)`; nothing where there is none."""
    if one.war_last_known is not None:
        return f"at war when last known ({one.war_last_known})"
    return "war running" if one.war else ""


def raised_in_words(one: Handled) -> str:
    """When it was raised, how long after its period, and what is left of the time that it warns of."""
    raised, until = one.raised_at.date(), stands_until(one.alert)
    days = days_late(one)
    late = f", {days:,} day{'' if days == 1 else 's'} after its period had ended" if days else ""
    if in_hindsight(one):
        return f"Raised on {raised}{late}, in hindsight: the time that it warns of ended on {until}. It is no warning."
    return f"Raised on {raised}{late}; the time that it warns of ends on {until}."


def text(one: Handled, record: RuleRecord | None, address: str = "") -> str:
    """The alert as plain text."""
    alert = one.alert
    lines = [subject(one), raised_in_words(one), ""]
    for sign in alert.signs:
        lines.append(f"- {sign.name} [{sign.state}]: {sign.why}")
    if alert.chance is not None and alert.discovery is not None:
        lines.append(
            f"The strongest sign by luck alone: {chance_in_words(alert.chance)}; corrected for all series looked at "
            f"together: {alert.discovery:.2g}."
        )
    names = {sign.indicator: sign.name for sign in alert.signs}
    for meaning in alert.meanings:
        name = names.get(meaning.indicator, meaning.indicator)
        lines.append(f"Why {name} matters: {meaning.why} ({'; '.join(meaning.source)})")
    named = f", {alert.outlets} named outlets among them" if alert.outlets else "; their outlets are not named"
    lines.append(f"Independent reports: {alert.reports}{named}.")
    if alert.escalates:
        lines.append(f"It escalates alert {alert.escalates}, which was raised in the same period and stood lower.")
    if alert.war:
        lines.append(f"{war_in_words(alert)}: this is no early warning of one.".capitalize())
    lines += [rate_sentence(record, alert.under, alert.where.admin1), ""]
    if address:
        lines.append(f"{address}{alert_path(alert.id)}")
    lines += [f"Statements: {', '.join(alert.statements[:10])}", "", ASSURANCE]
    return "\n".join(lines)


def timing(one: Handled) -> dict[str, object]:
    """When it was raised against the time that it is about, as fields of JSON."""
    return {
        "raised_at": one.raised_at, "days_late": days_late(one), "stands_until": stands_until(one.alert),
        "in_hindsight": in_hindsight(one),
    }  # fmt: skip


def fared_as_json(record: RuleRecord | None, alert: Alert) -> dict[str, object]:
    """How an alert's rule fared in the last replay, its rate where that was of this rule, and in words, as fields of
    JSON."""
    of = (record, alert.under, alert.where.admin1)
    return {"rule": record, "rate": rate_of(*of), "rate_in_words": rate_in_words(*of)}


def payload(one: Handled, record: RuleRecord | None) -> bytes:
    """The alert as JSON, keys in a fixed order, so that its signature can be checked."""
    told = {"alert": one.alert, **timing(one), **fared_as_json(record, one.alert)}
    return msgspec.json.encode(told, order="sorted")
