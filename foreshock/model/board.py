"""What is watched: queries over statements, indicators with their thresholds, scenarios, boards, and their states."""

import datetime
from enum import StrEnum
from typing import Literal

import msgspec

from foreshock.model.vocabulary import EventType, Kind, Polarity


class State(StrEnum):
    """What an indicator or a scenario says of a place. `NOT_COLLECTED` is no calm: too little was read to say."""

    QUIET = "quiet"
    WATCH = "watch"
    WARNING = "warning"
    ALARM = "alarm"
    NOT_COLLECTED = "not collected"

    @property
    def height(self) -> int:
        """0 quiet to 3 alarm; −1 where it was not collected."""
        return HEIGHTS[self]


HEIGHTS: dict[State, int] = {
    State.NOT_COLLECTED: -1,
    State.QUIET: 0,
    State.WATCH: 1,
    State.WARNING: 2,
    State.ALARM: 3,
}
STATE_AT: dict[int, State] = {height: state for state, height in HEIGHTS.items()}

Every = Literal["month", "week"]


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who acts or is acted on: by PLOVER sector, by side (`data/watch.yaml`), or as of another country."""

    sector: tuple[str, ...] = ()
    side: str | None = None
    foreign: bool | None = None


class Alternative(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which statements one of several alternatives means. Every field given must hold; of several values in one field,
    any; a field left out does not restrict.

    `border` is `crosses` (parties or places of two countries) or `at` (in a first-level region on a land border).
    `credibility` is the worst digit (1–6) of its event that still counts, `reliability` the worst letter (A–F) of
    its outlet; ungraded items do not pass either. `killed` is the least number told.
    """

    kind: tuple[Kind, ...] = ()
    type: tuple[EventType, ...] = ()
    mode: tuple[str, ...] = ()
    mechanism: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    actor: Party | None = None
    recipient: Party | None = None
    country: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    border: Literal["crosses", "at"] | None = None
    credibility: int | None = None
    reliability: str | None = None
    killed: int | None = None


class Query(Alternative, frozen=True, forbid_unknown_fields=True):
    """Which statements count as a sign: reports that tell what was, unless `kind`, `polarity` and `past` say otherwise.
    Of the alternatives in `any` at least one must hold, too."""

    kind: tuple[Kind, ...] = (Kind.REPORT,)
    polarity: Polarity = Polarity.POSITIVE
    past: bool = False
    any: tuple[Alternative, ...] = ()


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What it takes to reach a state: at least so many, and, where `chance` is given, no likelier than that by luck."""

    least: int
    chance: float | None = None


class Levels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The three thresholds of an indicator; a null one is never reached."""

    watch: Level | None = None
    warning: Level | None = None
    alarm: Level | None = None


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One observable sign: the query, what is counted, the thresholds, why it matters and who found that out."""

    id: str
    name: str
    why: str
    source: tuple[str, ...]
    query: Query
    count: Literal["reports", "events", "statements"] = "reports"
    levels: Levels = Levels()


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way things may go, the indicators that would be seen on it, and the outcomes it warns of."""

    id: str
    name: str
    about: str
    indicators: tuple[str, ...]
    warns_of: tuple[str, ...] = ()


class Board(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Indicators grouped into scenarios. `places` are ISO 3166-1 alpha-3 codes; empty means every place read of."""

    id: str
    name: str
    about: str
    indicators: tuple[Indicator, ...]
    scenarios: tuple[Scenario, ...]
    places: tuple[str, ...] = ()
    every: Every = "month"
    regions: bool = False


class Where(msgspec.Struct, frozen=True):
    """A place that is watched: a country, or one of its first-level regions by name."""

    country: str
    admin1: str | None = None

    @property
    def order(self) -> tuple[str, str]:
        """What places are put in order by: a country before its regions."""
        return self.country, self.admin1 or ""


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """What one indicator says of one place in one period.

    `seen` is the count, `expected` the baseline's mean for as many documents, `chance` the probability of seeing as
    many or more by luck (0–1), `discovery` the same corrected for all series looked at together (Benjamini and
    Hochberg's q). `usual` is the mean of the periods before, not corrected. Nulls: no baseline to speak of.
    """

    rule: str
    indicator: str
    name: str
    state: State
    seen: int
    usual: float | None
    expected: float | None
    chance: float | None
    discovery: float | None
    why: str
    past: tuple[int, ...] = ()
    under: str = ""
    """The fingerprint of the rule as it was evaluated; empty in what was kept before it was."""


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """What one scenario of a board looks like at one place, and the signs behind it."""

    rule: str
    scenario: str
    name: str
    state: State
    signs: tuple[Sign, ...]
    alike: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    """Names of scenarios the evidence does not tell this one from, and of indicators that would."""
    leaning: tuple[str, ...] = ()
    """Names of signs that are so high only by statements which count for another sign: they count for less."""
    under: str = ""
    """The fingerprint of the rule as it was evaluated; empty in what was kept before it was."""

    @property
    def rank(self) -> tuple[int, int]:
        """What scenarios are put in order by: their state, then the states of all their signs."""
        return self.state.height, sum(sign.state.height for sign in self.signs)


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of a place in a period, and whether that is enough to say anything.

    `usual` is the median of documents a period in the year before, over those in which any was read; `outlets` are
    those of the usual ones of the country that spoke, of whatever place, `silent` those that did not; `unread` is the
    share in languages not read.
    """

    documents: int
    usual: float
    outlets: int
    silent: tuple[str, ...]
    unread: float
    enough: bool
    why: str


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A board at one place in one period: its state is its highest scenario's, or that nothing can be said."""

    board: str
    where: Where
    period: datetime.date
    every: Every
    state: State
    before: State | None
    coverage: Coverage
    war: bool
    outlooks: tuple[Outlook, ...]
    name: str = ""
    """The board's name; empty in standings kept before names were."""
    war_last_known: datetime.date | None = None
    """The day on which the war was last known to go on, where neither reports nor the outcomes tell of it since."""
    so_far: str = ""
    """Why nothing can be said yet of the period that runs, where this is the standing of the one before; else empty."""

    @property
    def highest(self) -> Outlook:
        """The scenario that gives the board its state."""
        return max(self.outlooks, key=lambda one: one.rank)
