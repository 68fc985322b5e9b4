"""Plots of a backtest as SVG, small enough to be written by hand: calibration, and scores by window."""

import math
from collections.abc import Sequence
from html import escape
from pathlib import Path

import numpy as np

from foreshock.errors import UsageError
from foreshock.forecast import scores
from foreshock.forecast.backtest import POOL, Window, ratio
from foreshock.forecast.fan import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, line, standalone, svg
from foreshock.forecast.report import CHANCE_EDGES


def bars(values: Sequence[float], names: Sequence[str], title: str, even: float) -> str:
    """Bars from zero, with a line where all would stand if `even` held."""
    most = max([*values, even]) * 1.1
    place = (WIDTH - LEFT - RIGHT) / len(values)

    def up(value: float) -> float:
        return HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<rect class="bar" x="{LEFT + number * place + 2:.1f}" y="{up(value):.1f}" width="{place - 4:.1f}" '
        f'height="{HEIGHT - BOTTOM - up(value):.1f}"/><text class="tick" x="{LEFT + (number + 0.5) * place:.1f}" '
        f'y="{HEIGHT - 14}" text-anchor="middle">{escape(name)}</text><text class="tick" '
        f'x="{LEFT + (number + 0.5) * place:.1f}" y="{up(value) - 4:.1f}" text-anchor="middle">{value:.2f}</text>'
        for number, (value, name) in enumerate(zip(values, names, strict=True))
    ]
    parts.append(f'<line class="even" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{up(even):.1f}" y2="{up(even):.1f}"/>')
    return svg("".join(parts), title)


def ratios(windows: Sequence[Window], title: str) -> str:
    """The pool's CRPS ratio in each window with its interval; the line is the benchmark's own."""
    found = [ratio([one]) for one in windows]
    least, most = min([*(one.low for one in found), 1.0]) - 0.05, max([*(one.high for one in found), 1.0]) + 0.05
    place = (WIDTH - LEFT - RIGHT) / len(found)

    def up(value: float) -> float:
        return HEIGHT - BOTTOM - (value - least) / (most - least) * (HEIGHT - TOP - BOTTOM)

    parts = []
    for number, (one, made) in enumerate(zip(windows, found, strict=True)):
        x = LEFT + (number + 0.5) * place
        parts.append(
            f'<line class="whisker" x1="{x:.1f}" x2="{x:.1f}" y1="{up(made.low):.1f}" y2="{up(made.high):.1f}"/>'
            f'<circle class="came" cx="{x:.1f}" cy="{up(made.value):.1f}" r="4"/>'
            f'<text class="tick" x="{x + 10:.1f}" y="{up(made.value) + 4:.1f}">{made.value:.2f}</text>'
            f'<text class="tick" x="{x:.1f}" y="{HEIGHT - 14}" text-anchor="middle">{one.year}</text>'
        )
    parts.append(f'<line class="even" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{up(1):.1f}" y2="{up(1):.1f}"/>')
    parts.append(f'<text class="tick" x="{LEFT - 8}" y="{up(1) + 4:.1f}" text-anchor="end">1.00</text>')
    return svg("".join(parts), title)


def reliability_chart(rows: Sequence[tuple[float, float, int]], title: str) -> str:
    """Share that came true over forecast probability; on the line when calibrated."""
    span = HEIGHT - TOP - BOTTOM

    def at(value: float, other: float) -> tuple[float, float]:
        return LEFT + value * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - other * span

    parts = [line("even", [at(0, 0), at(1, 1)])]
    for said, came, cases in rows:
        x, y = at(said, came)
        parts.append(f'<circle class="came" cx="{x:.1f}" cy="{y:.1f}" r="{2 + math.log10(max(cases, 1)) * 1.5:.1f}"/>')
    for value in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = at(value, value)
        parts.append(f'<text class="tick" x="{x:.1f}" y="{HEIGHT - 14}" text-anchor="middle">{value:.0%}</text>')
        parts.append(f'<text class="tick" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:.0%}</text>')
    return svg("".join(parts), title)


def write_plots(windows: Sequence[Window], folder: Path) -> list[Path]:
    """Plots of a backtest into a folder: ratios by window, PIT, reliability. Raises `UsageError` if it cannot."""
    chance = np.concatenate([one.judged[POOL].chance for one in windows])
    happened = np.concatenate([one.outcome > 0 for one in windows])
    histogram = np.mean([one.histogram for one in windows], axis=0)
    titles = {
        "crps-ratio.svg": "CRPS against conflictology by window, 90 % intervals",
        "pit.svg": "PIT: even when calibrated",
        "reliability.svg": "Probability of any deaths: forecast, came true",
    }
    drawn = {
        "crps-ratio.svg": ratios(windows, titles["crps-ratio.svg"]),
        "pit.svg": bars(histogram.tolist(), [f"{place / 10:.1f}" for place in range(1, 11)], titles["pit.svg"], 1.0),
        "reliability.svg": reliability_chart(
            scores.reliability(chance, happened, CHANCE_EDGES), titles["reliability.svg"]
        ),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, plot in drawn.items():
            (folder / name).write_text(standalone(plot, titles[name]), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror or error}") from error
    return [folder / name for name in drawn]
