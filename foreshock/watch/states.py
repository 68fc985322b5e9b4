"""From counts and chances to states: which threshold a sign reaches, and how high a board stands."""

from collections.abc import Sequence

from foreshock.model.board import STATE_AT, Indicator, Level, Levels, Outlook, State
from foreshock.watch.chances import chance_in_words
from foreshock.watch.rules import WatchRules


def state_reached(
    rules: WatchRules, given: Levels, seen: int, chance: float, usual: float, discovery: float
) -> State:  # fmt: skip
    """The highest threshold reached: *alarm* by chance only as a discovery, and by the shipped thresholds more than
    *watch* only past the guard."""
    levels = given if given != Levels() else rules.levels
    reached = State.QUIET
    for state, level in ((State.WATCH, levels.watch), (State.WARNING, levels.warning), (State.ALARM, levels.alarm)):
        by_luck = state is State.ALARM and discovery > rules.discovery
        if level is not None and _is_reached(level, seen, chance) and not (by_luck and level.chance is not None):
            reached = state
    if given == Levels() and usual <= rules.guard.average and seen <= rules.guard.latest:
        reached = STATE_AT[min(reached.height, State.WATCH.height)]
    return reached


def _is_reached(level: Level, seen: int, chance: float) -> bool:
    return seen >= level.least and (level.chance is None or chance <= level.chance)


def highest(looks: Sequence[Outlook]) -> State:
    """A board's state at a place: of its highest scenario. Not collected where none could be told, or where nothing
    shows and fewer than half could: those that are dark are not quiet."""
    reached = STATE_AT[max(look.state.height for look in looks)]
    told = sum(look.state is not State.NOT_COLLECTED for look in looks)
    return State.NOT_COLLECTED if reached is State.QUIET and 2 * told < len(looks) else reached


def why_reached(indicator: Indicator, seen: int, expected: float, chance: float) -> str:
    """What a sign's state rests on, in words."""
    unit = indicator.count if seen != 1 else indicator.count.removesuffix("s")
    return f"{seen} {unit} where {expected:.1f} would be usual; by luck {chance_in_words(chance)}"
