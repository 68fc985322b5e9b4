"""What a person decided: who, when, why, and what about; undone at most, never changed."""

import datetime
from enum import StrEnum
from typing import Final

import msgspec

from foreshock.errors import UsageError

LONGEST_WORDS: Final = 2000
"""Characters of a reason or a name."""


def said_by(who: str, why: str, *, needs_why: bool = True) -> tuple[str, str]:
    """Who decides and why, without the space around. Raises `UsageError` where either is missing or too long."""
    who, why = who.strip(), why.strip()
    if not who or (needs_why and not why):
        raise UsageError("a decision needs who decides it and why; give both" if needs_why else "say who decides")
    if max(len(who), len(why)) > LONGEST_WORDS:
        raise UsageError(f"who and why may have {LONGEST_WORDS:,} characters each")
    return who, why


class DecisionKind(StrEnum):
    """What can be decided."""

    MERGE = "merge"
    SPLIT = "split"
    GRADE = "grade"
    DISMISS = "dismiss"
    CORRECT = "correct"
    SAME = "same"
    DIFFERENT = "different"
    RENAME = "rename"


class Anchor(msgspec.Struct, frozen=True):
    """A statement that a decision names, with its trigger's span, by which a newer reading is found again.

    `side` is 0 for what is decided about, 1 for what is merged in or split off.
    """

    statement: str
    document: str
    start: int
    end: int
    side: int = 0


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision. `subject` is a statement of the event, `source:` and a name, or an entity's id."""

    number: int
    kind: DecisionKind
    subject: str
    body: dict[str, str | int | None]
    who: str
    why: str
    decided_at: datetime.datetime
    undone_by: str | None
    undone_why: str | None
    undone_at: datetime.datetime | None
    anchors: tuple[Anchor, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether nobody has undone it."""
        return self.undone_at is None
