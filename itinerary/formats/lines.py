"""Ways between stops as lines that other programs draw right: along great circles, cut at the date line."""

from __future__ import annotations

import math
from itertools import pairwise

from itinerary.model import Leg

__all__ = ["Point", "line"]

Point = tuple[float, float]  # degrees east and north, WGS 84

_STEP = 200_000.0  # metres between two points of a line: maps draw straight lines between them


def line(leg: Leg) -> list[list[Point]]:
    """Return the shortest way of a leg as one or more lines.

    Returns
    -------
    list of list of (float, float)
        Degrees east and north, WGS 84. Two lines where the way crosses the date line, as RFC 7946 asks in
        section 3.1.9; none if a point is unknown or both are the same.

    Source: geodesics on the ellipsoid, by geographiclib.
    """
    a, b = leg.start.place, leg.end.place
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return []
    if (a.latitude, a.longitude) == (b.latitude, b.longitude):
        return []
    return _cut(_points((a.longitude, a.latitude), (b.longitude, b.latitude)))


def _points(start: Point, end: Point) -> list[Point]:
    from geographiclib.geodesic import Geodesic

    way = Geodesic.WGS84.InverseLine(start[1], start[0], end[1], end[0])
    steps = max(1, math.ceil(way.s13 / _STEP))
    between = [way.Position(way.s13 * k / steps) for k in range(1, steps)]
    return [start, *((round(p["lon2"], 5), round(p["lat2"], 5)) for p in between), end]


def _cut(points: list[Point]) -> list[list[Point]]:
    """Cut a line where it jumps from 180 degrees east to 180 degrees west or back."""
    lines = [[points[0]]]
    for (x, y), (u, v) in pairwise(points):
        if abs(u - x) > 180:
            edge = math.copysign(180.0, x)
            far = u + math.copysign(360.0, x)  # the next point, as if the degrees went on
            share = (edge - x) / (far - x) if far != x else 0.0
            middle = round(y + share * (v - y), 5)
            lines[-1].append((edge, middle))
            lines.append([(-edge, middle)])
        lines[-1].append((u, v))
    return [parts for part in lines if len(parts := _distinct(part)) > 1]


def _distinct(points: list[Point]) -> list[Point]:
    """Leave out points that repeat the one before."""
    return [p for k, p in enumerate(points) if not k or p != points[k - 1]]
