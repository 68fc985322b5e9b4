"""Plots of the reader's accuracy, as SVG: the reliability of its scores, and its growth with the corpus."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from foreshock.forecast.drawing import reliability_chart
from foreshock.forecast.fan import BOTTOM, HEIGHT, LEFT, RIGHT, STYLE, TOP, WIDTH, line, svg
from train.calibrate import Outcomes, calibration_error, reliability

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
HEAD = 34
"""Room above each chart for its title."""
COLOURS = ("#7340b0", "#8a3b1e", "#24211d", "#3f7d5a", "#b08a2e", "#4a6fa5")


def side_by_side(charts: Sequence[tuple[str, str]], title: str, columns: int = 2) -> str:
    """Titled charts in rows of `columns`, as one picture that carries its own style."""
    rows = math.ceil(len(charts) / columns)
    size = f"0 0 {columns * WIDTH} {rows * (HEIGHT + HEAD)}"
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img"><title>{escape(title)}</title>']
    parts.append(f"<style>{STYLE}</style>")
    for number, (name, chart) in enumerate(charts):
        x, y = number % columns * WIDTH, number // columns * (HEIGHT + HEAD)
        placed = chart.replace("<svg ", f'<svg x="{x}" y="{y + HEAD}" width="{WIDTH}" height="{HEIGHT}" ', 1)
        parts.append(f'<text class="head" x="{x + 12}" y="{y + 22}">{escape(name)}</text>{placed}')
    return "".join(parts) + "</svg>\n"


def reliability_plot(found: Outcomes, title: str) -> str:
    """For each field the share right over the mean score, a point's size its number; on the line if calibrated."""
    charts = [
        (
            f"{field}: calibration error {100 * calibration_error(pairs):.1f}",
            reliability_chart(reliability(pairs), field),
        )
        for field, pairs in found.items()
    ]
    return side_by_side(charts, title)


def growth_plot(rows: Sequence[tuple[int, Mapping[str, float]]], names: Sequence[str], title: str) -> str:
    """F1 of each of `names` over the number of training statements, which is laid out by its logarithm."""
    first, last = math.log(rows[0][0]), math.log(rows[-1][0])
    low = min(figures[name] for _, figures in rows for name in names) // 10 * 10
    right = WIDTH - RIGHT - 150

    def at(count: int, value: float) -> tuple[float, float]:
        across = LEFT + 10 + (math.log(count) - first) / (last - first) * (right - LEFT - 20)
        return across, HEIGHT - BOTTOM - (value - low) / (100 - low) * (HEIGHT - TOP - BOTTOM)

    parts = []
    for tick in range(int(low), 101, 10):
        y = at(rows[0][0], tick)[1]
        parts.append(f'<line class="axis" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick}</text>')
    for count, _ in rows:
        x = at(count, low)[0]
        parts.append(f'<text class="tick" x="{x:.1f}" y="{HEIGHT - 14}" text-anchor="middle">{count:,}</text>')
    ends = sorted(names, key=lambda name: -rows[-1][1][name])
    beside = -math.inf
    for name, colour in zip(ends, COLOURS, strict=False):
        points = [at(count, figures[name]) for count, figures in rows]
        parts.append(line("middle", points).replace("<polyline ", f'<polyline style="stroke:{colour}" ', 1))
        beside = max(points[-1][1] + 4, beside + 15)
        label = f"{name} {rows[-1][1][name]:.1f}"
        parts.append(f'<text x="{right + 8}" y="{beside:.1f}" fill="{colour}">{escape(label)}</text>')
    return side_by_side([(title, svg("".join(parts), title))], title, columns=1)
