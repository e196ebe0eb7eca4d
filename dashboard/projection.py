"""Geometry of the map: great circles, two projections, and the window that plotly is to show.

Plotly gives no say in pixels, so a `View` fixes its projection completely. With it every label and marker
can be measured before anything is drawn.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["EARTH_RADIUS", "Point", "View", "fit", "great_circle", "kilometres", "middle_longitude"]

EARTH_RADIUS = 6371.0
"""Mean radius in km; one unit of the projected plane is as long at the centre of the map."""

AZIMUTHAL = "azimuthal equal area"
WORLD = "natural earth"

Point = tuple[float, float]
"""Longitude and latitude in degrees."""

Room = tuple[float, float, float, float]
"""Pixels on the left, top, right and bottom."""

Floats = NDArray[np.float64]

_CLIP = 1e-3  # plotly makes every range box smaller by this much on each side, in degrees
_WORLD_HALF = (2.7354, 1.4224)  # half the size of the natural earth projection
_WIDEST_REGION = (
    1.25  # half diagonal of the window, in Earth radii, up to which the azimuthal map looks right
)

_WORLD_FROM = 95.0  # degrees of longitude from which on a map of the world is what readers expect


def _vectors(points: Sequence[Point]) -> Floats:
    lon, lat = np.radians(np.asarray(points, dtype=float).reshape(-1, 2)).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _points(vectors: Floats) -> list[Point]:
    lon = np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0]))
    lat = np.degrees(np.arctan2(vectors[:, 2], np.hypot(vectors[:, 0], vectors[:, 1])))
    return list(zip(lon.tolist(), lat.tolist(), strict=True))


def kilometres(start: Point, end: Point) -> float:
    """Return the great-circle distance in km."""
    a, b = _vectors([start, end])
    return EARTH_RADIUS * math.atan2(float(np.linalg.norm(np.cross(a, b))), float(a @ b))


def great_circle(start: Point, end: Point, count: int = 64, bow: float = 0.0) -> list[Point]:
    """Return points along the shortest way, both ends included.

    Parameters
    ----------
    count : int
        Number of sections.
    bow : float
        How far the middle is moved to the right of the direction of travel, in km. It tells
        apart ways there and back, which share a great circle.
    """
    a, b = _vectors([start, end])
    angle = math.atan2(float(np.linalg.norm(np.cross(a, b))), float(a @ b))
    if angle < 1e-9:
        return [start, end]
    if math.pi - angle < 1e-6:  # antipodes: every way is shortest; take one that is defined
        b = _vectors([(end[0], end[1] + (1e-3 if end[1] < 0 else -1e-3))])[0]
        angle = math.acos(max(-1.0, min(1.0, float(a @ b))))
    share = np.linspace(0, 1, count + 1)[:, None]
    way = (np.sin((1 - share) * angle) * a + np.sin(share * angle) * b) / math.sin(angle)
    if bow:
        right = np.cross(b, a)
        right /= np.linalg.norm(right)
        aside = np.sin(share * math.pi) * (bow / EARTH_RADIUS)
        way = way * np.cos(aside) + right * np.sin(aside)
    result = _points(way)
    return [start, *result[1:-1], end]


def middle_longitude(longitudes: Sequence[float], ways: Sequence[Sequence[Point]] = ()) -> float:
    """Return the meridian to put in the middle, so that the map's edge cuts as little as possible.

    It lies opposite a gap between longitudes: the gap that fewest ways cross, then the widest.
    """
    rounded = sorted({round(lon % 360, 6) for lon in longitudes})
    if not rounded:
        return 0.0
    choices = []
    for i, lon in enumerate(rounded):
        gap = (rounded[(i + 1) % len(rounded)] - lon) % 360 or 360.0
        edge = lon + gap / 2
        choices.append((sum(_crosses(way, edge) for way in ways), -gap, edge))
    edge = min(choices)[2]
    return (edge + 360) % 360 - 180


def _crosses(way: Sequence[Point], meridian: float) -> bool:
    sides = [(lon - meridian + 180) % 360 - 180 for lon, _ in way]
    return any((a < 0) != (b < 0) and abs(a - b) < 180 for a, b in itertools.pairwise(sides))


def _natural_earth(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    squared = lat * lat
    fourth = squared * squared
    x = lon * (
        0.8707 - 0.131979 * squared + fourth * (-0.013791 + fourth * (0.003971 * squared - 0.001529 * fourth))
    )
    y = lat * (
        1.007226 + squared * (0.015085 + fourth * (-0.044475 + 0.028874 * squared - 0.005916 * fourth))
    )
    return x, y


def _natural_earth_inverse(x: float, y: float) -> tuple[float, float]:
    low, high = -math.pi / 2, math.pi / 2
    for _ in range(48):
        lat = (low + high) / 2
        if float(_natural_earth(np.float64(0), np.float64(lat))[1]) < y:  # type: ignore[arg-type]
            low = lat
        else:
            high = lat
    unit = float(_natural_earth(np.float64(1), np.float64(lat))[0])  # type: ignore[arg-type]
    return x / unit, lat


@dataclass(frozen=True, slots=True)
class View:
    """A window on the world: which part of the map fills a box of so many pixels.

    Parameters
    ----------
    kind : str
        Plotly's name of the projection: ``azimuthal equal area`` or ``natural earth``.
    longitude, latitude : float
        Where the projection is centred, in degrees; latitude is 0 for ``natural earth``.
    x, y : float
        Middle of the window in the projected plane, in Earth radii.
    scale : float
        Pixels for one Earth radius at the centre.
    width, height : float
        Size of the box in pixels.
    """

    kind: str
    longitude: float
    latitude: float
    x: float
    y: float
    scale: float
    width: float
    height: float

    def plane(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
        """Project degrees to the plane, in Earth radii, y upwards."""
        turned = (np.asarray(lon, dtype=float) - self.longitude + 180) % 360 - 180
        lam, phi = np.radians(turned), np.radians(np.asarray(lat, dtype=float))
        if self.kind == WORLD:
            return _natural_earth(lam, phi)
        centre = math.radians(self.latitude)
        cosine = math.sin(centre) * np.sin(phi) + math.cos(centre) * np.cos(phi) * np.cos(lam)
        factor = np.sqrt(2 / np.maximum(1e-12, 1 + cosine))
        x = factor * np.cos(phi) * np.sin(lam)
        y = factor * (math.cos(centre) * np.sin(phi) - math.sin(centre) * np.cos(phi) * np.cos(lam))
        return x, y

    def pixels(self, points: Sequence[Point]) -> list[tuple[float, float]]:
        """Return where points are drawn, in pixels from the left and the top of the box."""
        if not len(points):
            return []
        lon, lat = np.asarray(points, dtype=float).T
        x, y = self.plane(lon, lat)
        across = self.width / 2 + (x - self.x) * self.scale
        down = self.height / 2 - (y - self.y) * self.scale
        return list(zip(across.tolist(), down.tolist(), strict=True))

    def point(self, across: float, down: float) -> Point:
        """Return what is drawn at a pixel; beyond the edge of the world, the nearest point inside."""
        x = self.x + (across - self.width / 2) / self.scale
        y = self.y - (down - self.height / 2) / self.scale
        if self.kind == WORLD:
            lam, phi = _natural_earth_inverse(x, y)
            lam = max(-math.pi, min(math.pi, lam))
        else:
            lam, phi = self._azimuthal_inverse(x, y)
        lon = (math.degrees(lam) + self.longitude + 180) % 360 - 180
        return lon, math.degrees(phi)

    def _azimuthal_inverse(self, x: float, y: float) -> tuple[float, float]:
        radius = math.hypot(x, y)
        if radius < 1e-12:
            return 0.0, math.radians(self.latitude)
        angle = 2 * math.asin(min(1.0, radius / 2))
        centre = math.radians(self.latitude)
        sine = math.cos(angle) * math.sin(centre) + y * math.sin(angle) * math.cos(centre) / radius
        down = radius * math.cos(centre) * math.cos(angle) - y * math.sin(centre) * math.sin(angle)
        return math.atan2(x * math.sin(angle), down), math.asin(max(-1.0, min(1.0, sine)))

    @property
    def span(self) -> tuple[float, float]:
        """Width and height of the window in km, as measured at its centre."""
        return self.width / self.scale * EARTH_RADIUS, self.height / self.scale * EARTH_RADIUS

    def geo(self) -> dict[str, Any]:
        """Return the part of ``layout.geo`` that shows exactly this window.

        Plotly first fits a box of degrees into the card, cuts the map there, and only then applies
        scale and centre. So a small box of the card's shape is given, and a scale that undoes its size.
        """
        lon_range, lat_range, fitted = self._range_box()
        lon, lat = self._centre()
        return {
            "projection": {
                "type": self.kind,
                "rotation": {"lon": self.longitude, "lat": self.latitude, "roll": 0},
                "scale": self.scale / fitted,
            },
            "lonaxis": {"range": lon_range},
            "lataxis": {"range": lat_range},
            "center": {"lon": lon, "lat": lat},
            "fitbounds": False,
        }

    def globe(self, size: float) -> dict[str, Any]:
        """Return ``layout.geo`` for a globe of `size` pixels that has the middle of this window in front."""
        lon, lat = self.point(self.width / 2, self.height / 2)
        small = View(AZIMUTHAL, lon, lat, 0.0, 0.0, size / 2 - 1, size, size).geo()
        scale = small["projection"]["scale"]
        limits = {"type": "orthographic", "minscale": scale, "maxscale": scale}
        return small | {"projection": small["projection"] | limits}

    def _centre(self) -> Point:
        """Return `layout.geo.center`: plotly measures it in degrees of the turned globe."""
        untilted = View(self.kind, 0.0, 0.0, self.x, self.y, 1.0, 0.0, 0.0)
        lon, lat = untilted.point(0.0, 0.0)
        return lon + self.longitude, lat + self.latitude

    def _range_box(self) -> tuple[list[float], list[float], float]:
        half = 0.2
        middle = max(-75.0, min(75.0, self.latitude))
        across = half
        for _ in range(6):  # width grows with the box almost in proportion
            size = self._box_size(across, middle, half)
            across = min(40.0, across * self.width / self.height * size[1] / size[0])
        size = self._box_size(across, middle, half)
        lon = [self.longitude - across - _CLIP, self.longitude + across + _CLIP]
        lat = [middle - half - _CLIP, middle + half + _CLIP]
        return lon, lat, self.width / size[0]

    def _box_size(self, across: float, middle: float, half: float) -> tuple[float, float]:
        corners = [self.longitude + across * f for f in (-1, -0.5, 0, 0.5, 1)]
        edges: list[Point] = []
        for lat in (middle - half, middle + half):
            for a, b in itertools.pairwise(corners):
                edges += great_circle((a, lat), (b, lat), 6)
        x, y = self.plane(*np.asarray(edges).T)
        return float(x.max() - x.min()), float(y.max() - y.min())


def fit(
    points: Sequence[Point],
    width: float,
    height: float,
    *,
    ways: Sequence[Sequence[Point]] = (),
    room: Room = (60, 40, 60, 40),
    least: float = 90.0,
    allow_world: bool = True,
) -> View:
    """Choose the window that shows all points and ways as large as possible.

    Parameters
    ----------
    points : sequence of Point
        What must be inside; none gives the whole world.
    width, height : float
        Size of the box in pixels.
    ways : sequence of sequences of Point
        Lines that must be inside as well.
    room : tuple of float
        Pixels to keep free on the left, top, right and bottom.
    least : float
        Smallest height or width of the window in km, whichever is smaller.
    allow_world : bool
        Whether a wide trip may get the world map; a phone is too narrow for it.
    """
    if not points:
        return _world(
            [(-170.0, 0.0), (170.0, 0.0), (0.0, 75.0), (0.0, -55.0)], 10.0, width, height, (0, 0, 0, 0)
        )
    everything = [*points, *(point for way in ways for point in way)]
    view = _region(everything, width, height, room, least)
    far = math.hypot(width, height) / 2 / view.scale > _WIDEST_REGION
    if allow_world and (far or _reaches_round(points)):
        return _world(everything, middle_longitude([p[0] for p in points], ways), width, height, room)
    return view


def _reaches_round(points: Sequence[Point]) -> bool:
    """Tell whether readers would expect a map of the world: far east and west, away from the poles."""
    lons = sorted(p[0] % 360 for p in points)
    gaps = [(b - a) % 360 for a, b in zip(lons, [*lons[1:], lons[0] + 360], strict=True)]
    polar = sum(abs(p[1]) > 60 for p in points) * 2 > len(points)
    return len(points) > 1 and 360 - max(gaps) > _WORLD_FROM and not polar


def _inside(
    x: Floats, y: Floats, width: float, height: float, room: Room
) -> tuple[float, tuple[float, float]]:
    """Return scale and middle of the window for what spans x and y."""
    across, down = float(x.max() - x.min()), float(y.max() - y.min())
    scale = min(
        (width - room[0] - room[2]) / max(across, 1e-9), (height - room[1] - room[3]) / max(down, 1e-9)
    )
    middle_x = float(x.max() + x.min()) / 2 + (room[2] - room[0]) / 2 / scale
    middle_y = float(y.max() + y.min()) / 2 + (room[1] - room[3]) / 2 / scale
    return scale, (middle_x, middle_y)


def _region(points: Sequence[Point], width: float, height: float, room: Room, least: float) -> View:
    mean = _vectors(points).mean(axis=0)
    if float(np.linalg.norm(mean)) < 1e-6:
        mean = _vectors(points[:1])[0]
    lon, lat = _points(mean[None, :])[0]
    lons, lats = np.asarray(points, dtype=float).T
    for _ in range(4):
        view = View(AZIMUTHAL, lon, lat, 0.0, 0.0, 1.0, width, height)
        scale, middle = _inside(*view.plane(lons, lats), width, height, room)
        scale = min(scale, min(width, height) / least * EARTH_RADIUS)
        x, y = view.plane(lons, lats)
        middle = (float(x.max() + x.min()) / 2, float(y.max() + y.min()) / 2)
        view = View(AZIMUTHAL, lon, lat, *middle, scale, width, height)
        lon, lat = view.point(width / 2, height / 2)
    aside = ((room[2] - room[0]) / 2 / scale, (room[1] - room[3]) / 2 / scale)
    x, y = View(AZIMUTHAL, lon, lat, 0.0, 0.0, 1.0, width, height).plane(lons, lats)
    middle = (float(x.max() + x.min()) / 2 + aside[0], float(y.max() + y.min()) / 2 + aside[1])
    return View(AZIMUTHAL, lon, lat, *middle, scale, width, height)


def _world(points: Sequence[Point], longitude: float, width: float, height: float, room: Room) -> View:
    flat = View(WORLD, longitude, 0.0, 0.0, 0.0, 1.0, width, height)
    lons, lats = np.asarray(points, dtype=float).T
    scale, middle = _inside(*flat.plane(lons, lats), width, height, room)
    return View(
        WORLD,
        longitude,
        0.0,
        _keep_inside(middle[0], width / 2 / scale, _WORLD_HALF[0]),
        _keep_inside(middle[1], height / 2 / scale, _WORLD_HALF[1]),
        scale,
        width,
        height,
    )


def _keep_inside(middle: float, half: float, edge: float) -> float:
    """Move a window so that it does not look past the edge of the world, or centre it if it must."""
    slack = edge - half
    return max(-slack, min(slack, middle)) if slack > 0 else 0.0
