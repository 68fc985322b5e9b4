"""A fan chart as SVG: the past as a line, the forecast as bands; and what all plots share.

Shapes carry classes only; the desk styles them, and a file of its own carries the same style within.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from foreshock.forecast.months import month_name

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 36

STYLE = """
svg { background: #fffefb; font: 12px system-ui, sans-serif; }
.axis { stroke: #c9c2b4; } .tick { fill: #625c53; } .past { fill: none; stroke: #24211d; stroke-width: 1.5; }
.band { fill: #7340b0; fill-opacity: .16; } .middle { fill: none; stroke: #7340b0; stroke-width: 2; }
.came { fill: #8a3b1e; } .bar { fill: #7340b0; fill-opacity: .55; } .even { stroke: #8a3b1e; stroke-dasharray: 4 3; }
.origin { stroke: #8a3b1e; stroke-dasharray: 2 3; } .whisker { stroke: #24211d; stroke-width: 1.5; }
"""


@dataclass(frozen=True)
class Fan:
    """What a fan chart shows: past counts by month, and for each forecast month the quantiles in `QUANTILES`."""

    first_month: int
    past: tuple[float, ...]
    months: tuple[int, ...]
    quantiles: tuple[tuple[float, ...], ...]


QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def fan_chart(fan: Fan, title: str) -> str:
    """The past as a line, the forecast as bands that hold 50 and 90 %, on a scale of square roots.

    A square root shows tens and thousands side by side and still begins at zero.
    """
    most = max([*fan.past, *(row[-1] for row in fan.quantiles), 4.0])
    first, last = fan.first_month, fan.months[-1]

    def across(month: float) -> float:
        return LEFT + (month - first) / max(last - first, 1) * (WIDTH - LEFT - RIGHT)

    def up(value: float) -> float:
        return HEIGHT - BOTTOM - math.sqrt(max(value, 0.0) / most) * (HEIGHT - TOP - BOTTOM)

    parts = [_axis(up, _ticks(most)), _months(across, first, last)]
    parts.append(line("past", [(across(first + place), up(value)) for place, value in enumerate(fan.past)]))
    for low, high in ((0, 4), (1, 3)):
        upper = [(across(month), up(row[high])) for month, row in zip(fan.months, fan.quantiles, strict=True)]
        lower = [(across(month), up(row[low])) for month, row in zip(fan.months, fan.quantiles, strict=True)]
        parts.append(f'<polygon class="band" points="{_points(upper + lower[::-1])}"/>')
    middle = [(across(month), up(row[2])) for month, row in zip(fan.months, fan.quantiles, strict=True)]
    parts.append(line("middle", middle))
    origin = across(first + len(fan.past) - 1)
    parts.append(f'<line class="origin" x1="{origin:.1f}" x2="{origin:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
    return svg("".join(parts), title)


def _ticks(most: float) -> list[float]:
    """Round values up to the largest, spaced for a square-root scale."""
    step = 10 ** math.floor(math.log10(most))
    top = math.floor(most / step) * step
    wanted = [0.0, top / 20, top / 4, top / 2, top]
    return sorted({float(round(value)) for value in wanted})


def _axis(up: Callable[[float], float], ticks: Sequence[float]) -> str:
    return "".join(
        f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{up(tick):.1f}" y2="{up(tick):.1f}"/>'
        f'<text class="tick" x="{LEFT - 8}" y="{up(tick) + 4:.1f}" text-anchor="end">{tick:,.0f}</text>'
        for tick in ticks
    )


def _months(across: Callable[[float], float], first: int, last: int) -> str:
    januaries = [month for month in range(first, last + 1) if (month - 1) % 12 == 0]
    return "".join(
        f'<text class="tick" x="{across(month):.1f}" y="{HEIGHT - 12}" text-anchor="middle">'
        f"{month_name(month)[:4]}</text>"
        for month in januaries
    )


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def line(name: str, places: Sequence[tuple[float, float]]) -> str:
    return f'<polyline class="{name}" points="{_points(places)}"/>'


def svg(content: str, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>{content}</svg>'
    )


def standalone(drawn: str) -> str:
    """The SVG as a file of its own, its style within."""
    return drawn.replace("</title>", f"</title><style>{STYLE}</style>", 1) + "\n"
