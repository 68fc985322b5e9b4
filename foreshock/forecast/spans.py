"""What a forecast of single months says of all of them together.

Each month is drawn by itself: draw 17 of one month has nothing to do with draw 17 of the next, so that a sum over the
months of one draw is no draw of their sum. Of the chance of any in all of them the months leave an interval.
"""

import numpy as np

from foreshock.forecast.panel import Array


def share_of_draws(chance: float, draws: int) -> str:
    """A chance that was counted in so many draws, in per cent: `12.5 %`.

    Where all of them, or none, have it, no more can be said than that it is over, or under, what one draw is worth:
    `over 99.5 %` of 200, and never `100.0 %`, which would be certainty.
    """
    least = max(100 / draws, 0.1)
    if 100 * chance < least:
        return f"under {least:.2g} %"
    if 100 * chance > 100 - least:
        return f"over {100 - least:.4g} %"
    return f"{100 * chance:.1f} %"


def chance_of_any(chances: Array) -> tuple[Array, Array]:
    """The least and the greatest chance of any count in a span, from those of its months (the last axis).

    Any in the likeliest month is any in the span, whatever joins the months. More than months that have nothing to do
    with each other would give, it is only where a month with some makes the next less likely, and wars do not.
    """
    return chances.max(axis=-1), 1 - np.prod(1 - chances, axis=-1)
