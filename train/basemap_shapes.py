"""Plane geometry for the basemap: rings cut at the antimeridian, areas, and a point well inside.

Coordinates are degrees, x the longitude and y the latitude. Rings may be open or closed.
"""

import itertools
import math
from typing import NamedTuple


class Point(NamedTuple):
    """A place on the plate carrée, in degrees."""

    x: float
    y: float


Ring = list[Point]


def ring_area(ring: Ring) -> float:
    """Signed area in square degrees (shoelace formula)."""
    following = ring[1:] + ring[:1]
    return sum(here.x * there.y - there.x * here.y for here, there in zip(ring, following, strict=True)) / 2


def contains(ring: Ring, point: Point) -> bool:
    """Whether the point lies inside the ring (even-odd rule)."""
    inside = False
    for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
        if (here.y > point.y) != (there.y > point.y):
            crossing = here.x + (point.y - here.y) / (there.y - here.y) * (there.x - here.x)
            inside ^= point.x < crossing
    return inside


def cut(rings: list[Ring]) -> list[list[Ring]]:
    """A polygon (outline, then holes) as polygons that each lie between -180 and 180 degrees."""
    whole = [_unrolled(ring) for ring in rings]
    pieces = []
    for shift in (-360, 0, 360):
        outline = _clipped([Point(point.x + shift, point.y) for point in whole[0]])
        if len(outline) < 3 or math.isclose(ring_area(outline), 0, abs_tol=1e-9):
            continue
        holes = [_clipped([Point(point.x + shift, point.y) for point in hole]) for hole in whole[1:]]
        pieces.append([outline, *(hole for hole in holes if len(hole) >= 3)])
    return pieces


def cut_line(line: list[Point]) -> list[list[Point]]:
    """A line as lines that do not jump across the antimeridian."""
    lines = [[line[0]]]
    for here, there in itertools.pairwise(line):
        if abs(there.x - here.x) > 180:
            lines.append([])
        lines[-1].append(there)
    return [part for part in lines if len(part) > 1]


def _unrolled(ring: Ring) -> Ring:
    """The ring without jumps of a full turn; one that circles a pole is closed over that pole."""
    unrolled = [ring[0]]
    for point in ring[1:]:
        turns = round((unrolled[-1].x - point.x) / 360)
        unrolled.append(Point(point.x + 360 * turns, point.y))
    if abs(unrolled[-1].x - unrolled[0].x) > 180:
        pole = math.copysign(90, unrolled[0].y)
        unrolled += [Point(unrolled[-1].x, pole), Point(unrolled[0].x, pole)]
    return unrolled


def _clipped(ring: Ring) -> Ring:
    """The part of a ring between -180 and 180 degrees (Sutherland and Hodgman's clipping)."""
    for edge, side in ((-180.0, 1), (180.0, -1)):
        kept: Ring = []
        for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
            here_in, there_in = side * (here.x - edge) >= 0, side * (there.x - edge) >= 0
            if here_in:
                kept.append(here)
            if here_in != there_in:
                share = (edge - here.x) / (there.x - here.x)
                kept.append(Point(edge, here.y + share * (there.y - here.y)))
        ring = kept
    return ring


def badge_point(rings: list[Ring], steps: int = 24) -> Point:
    """A point well inside the polygon: of a grid of `steps` × `steps`, the one farthest from every edge."""
    outline = rings[0]
    left, right = min(point.x for point in outline), max(point.x for point in outline)
    low, high = min(point.y for point in outline), max(point.y for point in outline)
    narrowing = math.cos(math.radians((low + high) / 2))
    best, clearance = outline[0], -1.0
    for column in range(1, steps):
        for row in range(1, steps):
            point = Point(left + (right - left) * column / steps, low + (high - low) * row / steps)
            if not contains(outline, point) or any(contains(hole, point) for hole in rings[1:]):
                continue
            room = min(_distance(point, ring, narrowing) for ring in rings)
            if room > clearance:
                best, clearance = point, room
    return best


def _distance(point: Point, ring: Ring, narrowing: float) -> float:
    return min(math.hypot((point.x - corner.x) * narrowing, point.y - corner.y) for corner in ring)
