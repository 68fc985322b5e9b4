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
.note { fill: #625c53; paint-order: stroke; stroke: #fffefb; stroke-width: 4px; }
.head { fill: #24211d; font-size: 15px; font-weight: 600; }
.origin { stroke: #8a3b1e; stroke-dasharray: 2 3; } .whisker { stroke: #24211d; stroke-width: 1.5; }
"""


@dataclass(frozen=True)
class Fan:
    """What a fan chart shows.

    `past` are the counts by month up to the origin; for each forecast month `quantiles` holds those in `QUANTILES`,
    `chance` the probability of any. `came` are the counts from the month after the origin on, as far as they are known;
    NaN is a month that nobody counted.
    """

    first_month: int
    past: tuple[float, ...]
    months: tuple[int, ...]
    quantiles: tuple[tuple[float, ...], ...]
    chance: tuple[float, ...]
    came: tuple[float, ...] = ()


QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)

PAST_MONTHS = 60
"""Months of the past that a fan chart shows."""

MOST_ABOVE = 2.0
"""What came sets the scale up to so many times the largest past count or band; beyond, it is marked at the top edge."""

LEAST_APART = 0.12
"""How near two lines of the scale may be, as a share of its height."""

NOTES = 36
"""Room above the largest count for what is written there, two lines, so that it lies over no line and no band."""

LETTER = 6.4
"""The width of a letter of a note, about, in the picture's units."""

HEAD = 46
"""Room for the title and the legend of a chart in a file of its own."""

FAN_LEGEND = (
    "line: known counts, then the median; bands hold 50 % and 90 %; points: what came; the scale grows as a square root"
)


def fan_chart(fan: Fan, title: str, written: Callable[[int], str] = month_name) -> str:
    """The past as a line, the forecast as bands that hold 50 and 90 %, on a scale of square roots.

    A square root shows tens and thousands side by side and still begins at zero. `written` names a month.
    """
    most = max([*fan.past, *(row[-1] for row in fan.quantiles), 4.0])
    most = max([most, *(value for value in fan.came if value <= MOST_ABOVE * most)])
    first, last = fan.first_month, fan.months[-1]

    def across(month: float) -> float:
        return LEFT + (month - first) / max(last - first, 1) * (WIDTH - LEFT - RIGHT)

    def up(value: float) -> float:
        return HEIGHT - BOTTOM - math.sqrt(max(value, 0.0) / most) * (HEIGHT - TOP - NOTES - BOTTOM)

    parts = [_axis(up, _ticks(most)), _months(across, first, last)]
    parts.append(line("past", [(across(first + place), up(value)) for place, value in enumerate(fan.past)]))
    for low, high in ((0, 4), (1, 3)):
        upper = [(across(month), up(row[high])) for month, row in zip(fan.months, fan.quantiles, strict=True)]
        lower = [(across(month), up(row[low])) for month, row in zip(fan.months, fan.quantiles, strict=True)]
        parts.append(f'<polygon class="band" points="{_points(upper + lower[::-1])}"/>')
    middle = [(across(month), up(row[2])) for month, row in zip(fan.months, fan.quantiles, strict=True)]
    parts.append(line("middle", middle))
    for place, value in enumerate(fan.came):
        x = across(first + len(fan.past) + place)
        if math.isnan(value):
            continue
        if value <= most:
            parts.append(f'<circle class="came" cx="{x:.1f}" cy="{up(value):.1f}" r="3"/>')
        else:
            top = TOP + NOTES
            parts.append(f'<polygon class="came" points="{x - 4:.1f},{top} {x + 4:.1f},{top} {x:.1f},{top - 8}"/>')
    origin = across(first + len(fan.past) - 1)
    parts.append(f'<line class="origin" x1="{origin:.1f}" x2="{origin:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
    parts += _notes(fan, origin, most, written)
    return svg("".join(parts), title)


def _notes(fan: Fan, origin: float, most: float, written: Callable[[int], str]) -> list[str]:
    """What the shapes cannot say: where knowledge ends, what lies off the scale, the chance of any where the bands lie
    on zero."""
    notes = [f"known to {written(fan.first_month + len(fan.past) - 1)}"]
    above = [value for value in fan.came if value > most]
    if above:
        notes.append(f"▲ off the scale: {min(above):,.0f} to {max(above):,.0f}" if len(above) > 1 else
                     f"▲ off the scale: {above[0]:,.0f}")  # fmt: skip
    if max(row[-1] for row in fan.quantiles) == 0:
        low, high = (f"{100 * value:.2g}" for value in (min(fan.chance), max(fan.chance)))
        notes.append(f"both bands lie on zero; chance of any {low if low == high else f'{low} to {high}'} % a month")
    # Beside the line at which knowledge ends, unless so little past is shown that there is no room for it.
    beside = origin - 6 - LETTER * max(map(len, notes)) >= 0
    x, anchor = (origin - 6, "end") if beside else (LEFT, "start")
    return [
        f'<text class="note" x="{x:.1f}" y="{TOP + 8 + 16 * place}" text-anchor="{anchor}">{told}</text>'
        for place, told in enumerate(notes)
    ]


def _ticks(most: float) -> list[float]:
    """Round values up to the largest (1, 2, 5, 10 …), not too near each other on a square-root scale."""
    powers = range(math.floor(math.log10(most)) + 1)
    kept: list[float] = []
    for value in sorted((10.0**power * first for power in powers for first in (1, 2, 5)), reverse=True):
        height = math.sqrt(value / most)
        if height <= 1 and height >= LEAST_APART and (not kept or math.sqrt(kept[-1] / most) - height >= LEAST_APART):
            kept.append(value)
    return [0.0, *reversed(kept)]


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
    """A line of the class `name` through places (x, y), in the picture's units."""
    return f'<polyline class="{name}" points="{_points(places)}"/>'


def svg(content: str, title: str) -> str:
    """The picture around its shapes, which are SVG already; the title is escaped here."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>{content}</svg>'
    )


def standalone(drawn: str, title: str, legend: str = "") -> str:
    """The SVG as a file of its own: its style within, title and legend above."""
    head = f'<text class="head" x="12" y="-24">{escape(title)}</text>'
    head += f'<text class="tick" x="12" y="-6">{escape(legend)}</text>'
    drawn = drawn.replace(f'viewBox="0 0 {WIDTH} {HEIGHT}"', f'viewBox="0 {-HEAD} {WIDTH} {HEIGHT + HEAD}"', 1)
    return drawn.replace("</title>", f"</title><style>{STYLE}</style>{head}", 1) + "\n"
