"""An alert: what crossed its threshold, where, why it is no accident, and what people made of it."""

import datetime
import hashlib
from enum import StrEnum

import msgspec

from foreshock.model.board import Every, Sign, State, Where


class Action(StrEnum):
    """What a person may do with alerts."""

    ACKNOWLEDGE = "acknowledge"
    DISMISS = "dismiss"
    MUTE = "mute"
    UNMUTE = "unmute"


class RuleRecord(msgspec.Struct, frozen=True, kw_only=True):
    """How a rule fared on history: alarms that came before an outcome, with it, in it and to nothing; outcomes missed.

    `months` are the country-months (by week, as `period` says, country-weeks) that it was evaluated in with no outcome
    near; `rate` is false alarms for each of them. In `alarmed` of them it stood in alarm, which the rate does not tell:
    an alarm that never ends is one, and may have come before an outcome. `followed` of the alarms had an outcome begin
    within their horizon after their *first* period, when the alert is raised: an alarm that came ahead may have stood
    for long before. Both are null in records kept before they were counted.
    All of it holds for the rule as it was replayed (`is_of`): with another threshold it would be another.
    """

    rule: str
    first: datetime.date
    last: datetime.date
    alarms: int
    ahead: int
    at_onset: int
    during: int
    nothing: int
    misses: int
    months: int
    leads: tuple[float, ...]
    unknown: int = 0
    """Alarms of which nobody knows yet what came of them: the outcomes are not known to the end of their time."""
    under: str = ""
    """The fingerprint of the rule that was replayed; empty in records kept before it was."""
    every: Every | None = None
    """What was replayed, months or weeks; null in records kept before it was kept."""
    alarmed: int | None = None
    followed: int | None = None

    def is_of(self, under: str) -> bool:
        """Whether it was measured on the rule with this fingerprint: under the same settings."""
        return bool(under) and self.under == under

    @property
    def period(self) -> Every:
        """What was replayed; where that was not kept, by what began on the first day of the replay and ended on its
        last."""
        if self.every is not None:
            return self.every
        whole = self.first.day == 1 and (self.last + datetime.timedelta(days=1)).day == 1
        return "month" if whole else "week"

    @property
    def rate(self) -> float | None:
        """False alarms per country and month; null where no month could show one."""
        return self.nothing / self.months if self.months else None


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """Why a sign of an alert matters and who showed it, as its board had it when the alert was raised."""

    indicator: str
    why: str
    source: tuple[str, ...]


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """What counts for one sign of an alert, as it was when the alert was raised.

    `statements` are those of the alert's that count for this sign, the weightiest first; `number` says how many count
    in all, `reports` in how many texts (copies once), `outlets` of how many named outlets. What counts for two signs
    stands behind both.
    """

    indicator: str
    number: int
    reports: int
    outlets: int
    statements: tuple[str, ...]


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """Why it fired: the count against its baseline, the chance of it by luck, the statements, how many sources.

    `period` is the first day of the period, `known` the last: what was published until then is all it rests on.
    `seen`, `usual` and `expected` are of the first of its `signs`, the strongest. `reports` counts the texts behind all
    of them, copies once; `outlets` those that are named. `statements` are at most 50, taken of the signs in turn, of
    each every report's before a second of any; `behind` says of each sign, in the order of `signs`, which they are.
    `rule` is `board:scenario`, or `change/mechanism` (by week `change/week/mechanism`). `escalates` is the id of the
    milder alert of the same rule, place and period that was raised before, where there was one. `meanings` are
    empty for a change, which is on no board, and in alerts kept before they were, as `behind` is.
    """

    id: str
    rule: str
    board: str | None
    title: str
    where: Where
    period: datetime.date
    known: datetime.date
    state: State
    seen: int
    usual: float | None
    expected: float | None
    chance: float | None
    discovery: float | None
    reports: int
    outlets: int
    war: bool
    """Whether a war was already running there: by what was reported, or, for all that is known, by the outcomes."""
    why: str
    signs: tuple[Sign, ...]
    statements: tuple[str, ...]
    escalates: str | None = None
    meanings: tuple[Meaning, ...] = ()
    war_last_known: datetime.date | None = None
    """The day on which that war was last known to go on, where neither reports nor the outcomes tell of it since."""
    under: str = ""
    """The fingerprint of the rule as it was evaluated; empty in alerts kept before it was."""
    behind: tuple[Behind, ...] = ()

    def behind_sign(self, indicator: str) -> Behind | None:
        """What counts for one of its signs; null where that was not kept."""
        return next((one for one in self.behind if one.indicator == indicator), None)


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What a mute covers: every field given must fit."""

    rule: str | None = None
    board: str | None = None
    country: str | None = None
    admin1: str | None = None

    def covers(self, alert: Alert) -> bool:
        """Whether the alert falls under it."""
        return self.holds(alert.rule, alert.board, alert.where)

    def holds(self, rule: str, board: str | None, where: Where) -> bool:
        """Whether an alert of this rule and board at this place falls under it."""
        pairs = ((self.rule, rule), (self.board, board), (self.country, where.country), (self.admin1, where.admin1))
        return all(wanted is None or wanted == found for wanted, found in pairs)


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did: with one alert, or with all of a scope until a day. Kept for good; the newest holds."""

    number: int
    action: Action
    alert: str | None
    scope: Scope | None
    until: datetime.date | None
    who: str
    why: str
    at: datetime.datetime


def alert_id(rule: str, where: Where, period: datetime.date) -> str:
    """The alert's id: 16 hex digits of a hash over rule, place and period, so that one alert is raised once."""
    named = f"{rule}\0{where.country}\0{where.admin1 or ''}\0{period.isoformat()}"
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def alert_path(identity: str) -> str:
    """The permanent path of an alert on the desk; what the ledger's entry of it is named by."""
    return f"/alerts/{identity}"


def escalation_of(alert: Alert) -> Alert:
    """The alert under an id of its own, for it stands higher than one that was raised in the same period before."""
    identity = hashlib.sha256(f"{alert.id}\0{alert.state}".encode()).hexdigest()[:16]
    return msgspec.structs.replace(alert, id=identity, escalates=alert.id)
