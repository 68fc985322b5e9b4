"""How what stands now stood when it was last told of: periods that were not collected are gone back over."""

from collections.abc import Callable, Mapping, Sequence

from foreshock.model.board import State, Where
from foreshock.watch.evaluate import Watch
from foreshock.watch.lateness import HORIZON


class Before:
    """The states of rules before a period of a watch.

    A period that was not collected says nothing: it neither ends an alarm nor begins a new one. Gone back is over as
    many periods as an alarm stands for; one that is heard of again only then is new.
    """

    def __init__(self, watch: Watch, period: int) -> None:
        self.watch = watch
        self.earlier = range(period - 1, max(watch.span.first, period - HORIZON[watch.seen.every]) - 1, -1)
        self._scenarios: dict[int, Mapping[tuple[str, Where], State]] = {}

    def of_scenario(self, rule: str, where: Where) -> State:
        """How a scenario last stood at a place; not collected where nothing could be told in that time."""
        return self._last(where, lambda period: self._at(period).get((rule, where), State.NOT_COLLECTED))

    def of_change(self, rule: str, where: Where) -> State:
        """How a change last stood at a place; not collected likewise."""
        return self._last(where, lambda period: self.watch.sign_at(rule, where, period).state)

    def _last(self, where: Where, state_at: Callable[[int], State]) -> State:
        # Evaluating a period takes long, and of one in which hardly anything was read it tells nothing.
        states = (state_at(period) for period in self.earlier if self.watch.enough_read(where, period))
        return next((one for one in states if one is not State.NOT_COLLECTED), State.NOT_COLLECTED)

    def _at(self, period: int) -> Mapping[tuple[str, Where], State]:
        if period not in self._scenarios:
            self._scenarios[period] = {
                (look.rule, standing.where): look.state
                for standing in self.watch.at(period).standings
                for look in standing.outlooks
            }
        return self._scenarios[period]


def alarms_of(heights: Sequence[int], level: int, most: int) -> list[tuple[int, int]]:
    """Alarms among the heights of a rule, a period after another, as (first, last): periods at a level or above it that
    follow one another, or have nothing between but what was not collected, the next within `most` periods."""
    found: list[tuple[int, int]] = []
    for at in (at for at, height in enumerate(heights) if height >= level):
        if found and _goes_on(heights, found[-1][1], at, most):
            found[-1] = found[-1][0], at
        else:
            found.append((at, at))
    return found


def _goes_on(heights: Sequence[int], last: int, at: int, most: int) -> bool:
    between = heights[last + 1 : at]
    return not between or (at - last <= most and all(one == State.NOT_COLLECTED.height for one in between))
