"""The label sets of the encoder's heads, in the order of its outputs."""

from typing import Final

from foreshock.model.vocabulary import MODES, EventType

TYPE_LABELS: Final[tuple[str | None, ...]] = (None, *(event_type.value for event_type in EventType))
"""Label 0 is *no type*."""

MODE_LABELS: Final[tuple[str | None, ...]] = (
    None,
    *(f"{event_type} {mode}" for event_type, modes in MODES.items() for mode in modes),
)
"""Label 0 is *no mode*; the others name type and mode, as some modes stand under two types."""

CONDITIONED_SPANS: Final = (
    "clause", "source", "outer_source", "cue", "place", "time", "condition", "likelihood",
)  # fmt: skip
"""Roles that a trigger has at most once: the first and last piece are pointed at, `[CLS]` means none."""

PARTICIPANT_ROLES: Final = ("actors", "recipients")
"""Roles that a trigger may have several times: every piece is outside, begins or continues one."""
