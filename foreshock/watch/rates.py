"""How often a rule calls alarm for nothing, as it fared in replay: the rate, its interval, and both in words."""

import datetime
import math
from collections.abc import Callable
from functools import cache
from typing import Final

from foreshock.model.alert import RuleRecord

_COUNTRIES = "not measured in regions; in whole countries"
"""Of a region: a replay judges whole countries, and a country has as many regional alarms to come by as regions."""
Written = Callable[[datetime.date], str]
"""How the month of a day is written: on a page otherwise than on the command line, in a mail and in JSON."""
_TAIL: Final = 0.025
_HALVINGS: Final = 60


def rate_of(record: RuleRecord | None, under: str, region: str | None = None) -> float | None:
    """False alarms a country and period of the rule with this fingerprint; null where they were not measured on it, and
    for an alarm of a region."""
    return record.rate if record is not None and record.is_of(under) and region is None else None


def interval_of(record: RuleRecord | None, under: str, region: str | None = None) -> tuple[float, float] | None:
    """The 95 % interval of that rate; null where there is none."""
    return rate_interval(record) if record is not None and rate_of(record, under, region) is not None else None


def rate_interval(record: RuleRecord) -> tuple[float, float]:
    """The 95 % interval of a rule's rate, by the exact one of a Poisson count (Garwood 1936): that a short replay saw
    no false alarm does not mean that there are none. Alarms count as if each came by itself."""
    low, high = _poisson_interval(record.nothing)
    return low / max(record.months, 1), high / max(record.months, 1)


@cache
def _poisson_interval(count: int) -> tuple[float, float]:
    """The means under which as many as this, or as few, come with a chance of 2.5 %."""
    top = count + 5 * math.sqrt(count + 1) + 5
    low = _mean_where(lambda mean: 1 - _at_most(count - 1, mean) > _TAIL, top) if count else 0.0
    return low, _mean_where(lambda mean: _at_most(count, mean) < _TAIL, top)


def _mean_where(is_reached: Callable[[float], bool], top: float) -> float:
    """The mean from which on something is so, between 0 and `top`."""
    low, high = 0.0, top
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_reached(middle) else (middle, high)
    return high


def _at_most(count: int, mean: float) -> float:
    """The chance of no more than so many, the mean above 0."""
    return math.fsum(math.exp(one * math.log(mean) - mean - math.lgamma(one + 1)) for one in range(count + 1))


def rate_beside(record: RuleRecord | None, under: str, region: str | None = None) -> str:
    """How often a rule calls alarm for nothing in a country, in the few words that stand beside it in a table, with the
    rate's 95 % interval; of a region it is told whose rate that is."""
    if record is None or record.rate is None:
        return "not measured yet"
    if not record.is_of(under):
        return f"measured under {_settings(record)}"
    lasting = f"; in alarm in {record.alarmed}" if _lasts(record) else ""
    low, high = rate_interval(record)
    told = f"{record.rate:.2f} a {record.period} [{low:.2f}–{high:.2f}] ({record.nothing} in {record.months}{lasting})"
    return told if region is None else f"{_COUNTRIES} {told}"


def _iso_month(day: datetime.date) -> str:
    return day.isoformat()[:7]


def rate_in_words(
    record: RuleRecord | None, under: str, region: str | None = None, written: Written = _iso_month
) -> str:
    """The same in full: the months that were replayed, or how to measure it."""
    if record is None or record.rate is None:
        return "false alarms of this rule: not measured yet (foreshock watch --replay FROM TO)"
    replayed = f"{written(record.first)} to {written(record.last)}"
    if not record.is_of(under):
        again = "foreshock watch --replay FROM TO measures again"
        return f"false alarms of this rule: measured under {_settings(record)} ({replayed}); {again}"
    lasting = f"; it stood in alarm in {record.alarmed:,} of these country-{record.period}s" if _lasts(record) else ""
    where = "" if region is None else f": {_COUNTRIES}"
    low, high = rate_interval(record)
    return (
        f"false alarms of this rule{where}, at the state alarm: {record.nothing} in {record.months} "
        f"country-{record.period}s replayed ({replayed}), {record.rate:.2f} a country and {record.period} "
        f"(95 % interval {low:.2f} to {high:.2f}){lasting}"
    )


def rate_sentence(
    record: RuleRecord | None, under: str, region: str | None = None, written: Written = _iso_month
) -> str:
    """The same as a sentence of its own."""
    told = rate_in_words(record, under, region, written)
    return f"{told[:1].upper()}{told[1:]}."


def _lasts(record: RuleRecord) -> bool:
    """Whether the rule stood in alarm, with no outcome near, for longer than its alarms to nothing tell."""
    return (record.alarmed or 0) > record.nothing


def _settings(record: RuleRecord) -> str:
    return "other settings" if record.under else "settings that were not kept"
