"""The closed vocabularies of the codebook: kinds, PLOVER types and modes, contexts, mechanisms.

The tables are the codebook's sections 2 to 8, word for word; `docs/codebook.md` explains them.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from foreshock.errors import UsageError


class Kind(StrEnum):
    """What the text presents a statement as (codebook, section 2)."""

    REPORT = "report"
    JUDGEMENT = "judgement"
    FORECAST = "forecast"
    COMMITMENT = "commitment"
    RECOMMENDATION = "recommendation"


class Polarity(StrEnum):
    """Whether the statement says that it is so, or that it is not."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class SourceKind(StrEnum):
    """What sort of source a statement is attributed to (section 3)."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ROLE = "role"
    DOCUMENT = "document"
    HEARSAY = "hearsay"


class EventType(StrEnum):
    """The sixteen PLOVER 2.0 event types (section 4)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Precision(StrEnum):
    """How precisely a place is known (section 7)."""

    POINT = "point"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    REGION = "region"


class Granularity(StrEnum):
    """How precisely a time is known (section 7)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    OPEN = "open"


_REQUEST_MODES: Final = ("assist", "change", "yield", "meet")

MODES: Final[dict[EventType, tuple[str, ...]]] = {
    EventType.AGREE: (),
    EventType.CONSULT: ("visit", "third-party", "multilateral", "phone"),
    EventType.SUPPORT: (),
    EventType.CONCEDE: (),
    EventType.COOPERATE: (),
    EventType.AID: (),
    EventType.RETREAT: ("withdraw", "release", "disarm", "ceasefire", "access", "resign", "x-desert"),
    EventType.REQUEST: _REQUEST_MODES,
    EventType.REJECT: (*_REQUEST_MODES, "x-secede", "x-defy"),
    EventType.ACCUSE: ("disapprove", "investigate", "allege"),
    EventType.THREATEN: ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    EventType.PROTEST: ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    EventType.SANCTION: ("convict", "expel", "withdraw", "discontinue"),
    EventType.MOBILIZE: ("troops", "weapons", "police", "militia"),
    EventType.COERCE: (
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
        "misinformation", "cyber", "x-coup", "x-mutiny", "x-extort",
    ),
    EventType.ASSAULT: (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
        "x-raid", "x-clash",
    ),
}  # fmt: skip

QUADS: Final[dict[str, tuple[EventType, ...]]] = {
    "verbal cooperation": (EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.CONCEDE),
    "material cooperation": (EventType.COOPERATE, EventType.AID, EventType.RETREAT),
    "verbal conflict": (EventType.REQUEST, EventType.REJECT, EventType.ACCUSE, EventType.THREATEN),
    "material conflict": (
        EventType.PROTEST, EventType.SANCTION, EventType.MOBILIZE, EventType.COERCE, EventType.ASSAULT,
    ),
}  # fmt: skip

MECHANISMS: Final[dict[str, str]] = {
    "instability": "order weakening",
    "armed_resistance": "armed challenge to the state",
    "spillover": "violence spreading",
    "security_vacuum": "security vacuum",
    "defection": "soldiers leaving or changing sides",
    "arms_diffusion": "weapons adrift",
    "elite_rivalry": "rival elites",
    "fragmentation": "state fragmenting",
    "client_unrest": "client state in unrest",
    "proliferation": "weapons of mass destruction",
    "civilian_harm": "harm to civilians",
    "external_response": "outside response",
}
"""The twelve mechanisms of destabilisation with the neutral label shown to people (sections 5 and 10)."""

CONTEXTS: Final[tuple[str, ...]] = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions",
    "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms",
    "repression", "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic",
    "territory", "peacekeeping", "health", "asylum", "migration", "disasters", "natural_resource",
    "environment", "technology", "terrorism", "cbrn", "cyber", "misinformation", "crime", "corruption",
    "illegal_drugs", "trafficking",
    *MECHANISMS,
)  # fmt: skip
"""The 37 PLOVER contexts, then the twelve mechanisms."""

COUNT_NAMES: Final = ("killed", "injured", "casualties", "captured", "displaced", "deserted")
"""The quantities a statement may carry (section 8)."""

SECTORS: Final = (
    "GOV", "MIL", "REB", "PAR", "OPP", "PTY", "JUD", "SPY", "COP", "CVL", "ELI", "BUS", "MED", "IGO", "NGO",
    "LEG", "CRM", "UNK",
)  # fmt: skip
"""The actor sectors of PLOVER 2.0, with PAR for militias and private armies (section 6)."""


def is_mode_of(mode: str, event_type: EventType) -> bool:
    """Whether the codebook lists `mode` under `event_type`."""
    return mode in MODES[event_type]


def check_one_of(value: str | None, allowed: Sequence[str], what: str) -> None:
    """Raise `UsageError` where a value that somebody gave is none of those allowed; null is no value."""
    if value is not None and value not in allowed:
        raise UsageError(f"{value!r} is not a {what}; one of: {', '.join(allowed) or 'none'}")
