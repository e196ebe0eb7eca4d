"""Find room for markers and labels: plotly draws them where it is told, one on the other."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.text_width import text_width

__all__ = ["Box", "Label", "Request", "boxes_along", "place_labels", "spread"]

LINE_SPACING = 1.3
"""Plotly's distance between lines of text, in font sizes."""

_GAP = 3.0  # pixels between a disc and its label
_EDGE = 4.0  # pixels between a label and the edge of the map
_SIDES = {
    "middle right": (1, 0),
    "middle left": (-1, 0),
    "top right": (1, -1),
    "bottom right": (1, 1),
    "top left": (-1, -1),
    "bottom left": (-1, 1),
    "top center": (0, -1),
    "bottom center": (0, 1),
}
_FORBIDDEN = 1000.0
_DOUBTFUL = 22.0
_LEADERS_FROM = (
    700.0  # width in pixels from which on leaders help; on a crowded small map they add to the clutter
)

Pixel = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Return the shared area in square pixels."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0

    def distance(self, other: Box) -> float:
        """Return the pixels between the two; 0 if they touch."""
        across = max(other.left - self.right, self.left - other.right, 0.0)
        return math.hypot(across, max(other.top - self.bottom, self.top - other.bottom, 0.0))

    def grown(self, by: float) -> Box:
        """Return the box with a margin around it."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, point: Pixel) -> bool:
        """Tell whether a point lies inside."""
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom


Choice = dict[int, tuple[float, "Label"]]
"""Price and place of the labels chosen so far, by request."""


@dataclass(frozen=True, slots=True)
class Request:
    """A label that wants a place beside the disc at x, y."""

    lines: tuple[str, ...]
    font: float
    x: float
    y: float
    radius: float
    importance: float = 0.0

    @property
    def size(self) -> Pixel:
        """Width and height of the text in pixels."""
        width = max(text_width(line, self.font, bold=True) for line in self.lines)
        return width + 2, ((len(self.lines) - 1) * LINE_SPACING + 1) * self.font


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its place.

    Parameters
    ----------
    index : int
        Which request it answers.
    position : str
        Plotly's ``textposition``.
    keep_away : float
        Size of the invisible marker that makes plotly keep the distance.
    box : Box
        What the text covers.
    leader : tuple of pixels
        Ends of the line to its disc, if it stands apart; else empty.
    """

    index: int
    lines: tuple[str, ...]
    position: str
    keep_away: float
    box: Box
    leader: tuple[Pixel, ...] = ()


def boxes_along(polygon: Sequence[Pixel]) -> list[Box]:
    """Return the box around a polygon, as a list of one."""
    xs, ys = zip(*polygon, strict=True)
    return [Box(min(xs), min(ys), max(xs), max(ys))]


def spread(wanted: Sequence[Pixel], radii: Sequence[float], width: float, height: float) -> list[Pixel]:
    """Push discs apart until none covers another, each as near to its wanted place as that allows.

    Returns
    -------
    list of pixels
        Centres, inside the frame.
    """
    places = [list(p) for p in wanted]
    count = len(places)
    for turn in range(400):
        moved = False
        for i in range(count):
            for j in range(i + 1, count):
                moved |= _push(places[i], places[j], radii[i] + radii[j] + 1.5, i + j)
        for place, radius in zip(places, radii, strict=True):
            place[0] = max(radius + 2, min(width - radius - 2, place[0]))
            place[1] = max(radius + 2, min(height - radius - 2, place[1]))
        if not moved and turn:
            break
    return [(p[0], p[1]) for p in places]


def _push(a: list[float], b: list[float], apart: float, seed: int) -> bool:
    dx, dy = b[0] - a[0], b[1] - a[1]
    distance = math.hypot(dx, dy)
    if distance >= apart - 0.05:
        return False
    if distance < 1e-6:
        dx, dy, distance = math.cos(seed), math.sin(seed), 1.0
        step = apart / 2
    else:
        step = (apart - distance) / 2 + 0.05
    a[0] -= dx / distance * step
    a[1] -= dy / distance * step
    b[0] += dx / distance * step
    b[1] += dy / distance * step
    return True


def _beside(index: int, request: Request, extra: float, name: str) -> Label:
    across, down = _SIDES[name]
    width, height = request.size
    away = request.radius + _GAP + extra
    if across and down:
        away = request.radius * 0.72 + 1 + extra
    elif down:
        away = request.radius + 1.5 + extra
    left = (
        request.x + away if across > 0 else request.x - away - width if across < 0 else request.x - width / 2
    )
    top = request.y + away if down > 0 else request.y - away - height if down < 0 else request.y - height / 2
    box = Box(left, top, left + width, top + height)
    return Label(index, request.lines, name, 2 * 0.8 * (away - 1), box)


def _apart(index: int, request: Request, distance: float, angle: float) -> Label:
    width, height = request.size
    ux, uy = math.cos(angle), math.sin(angle)
    reach = request.radius + distance
    x = request.x + ux * (reach + width / 2 * abs(ux))
    y = request.y + uy * (reach + height / 2)
    box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    near = (max(box.left, min(box.right, request.x)), max(box.top, min(box.bottom, request.y)))
    length = math.dist(near, (request.x, request.y)) or 1.0
    start = (
        request.x + (near[0] - request.x) / length * request.radius,
        request.y + (near[1] - request.y) / length * request.radius,
    )
    return Label(index, request.lines, "middle center", 0.0, box, (start, near))


def _near(index: int, request: Request) -> Iterator[tuple[float, Label]]:
    for extra, price in ((0.0, 0.0), (4.0, 3.0), (9.0, 8.0)):
        for rank, name in enumerate(_SIDES):
            yield price + 0.8 * rank, _beside(index, request, extra, name)


def _far(index: int, request: Request) -> Iterator[tuple[float, Label]]:
    for distance in (20.0, 34.0, 50.0, 70.0, 95.0, 125.0, 160.0):
        for step in range(16):
            yield 30.0 + distance / 3, _apart(index, request, distance, step * math.pi / 8)


class _Ground:
    """What labels must not cover, and what they had better not."""

    def __init__(
        self,
        solid: Sequence[Box],
        soft: Sequence[Box],
        lines: Sequence[Sequence[Pixel]],
        size: Pixel,
        discs: int,
    ) -> None:
        self.solid = [box.grown(1) for box in solid]
        self.discs = self.solid[:discs]
        self.soft = list(soft)
        points = [p for line in lines for p in _dense(line)]
        self.points = np.asarray(points, dtype=float).reshape(-1, 2)
        self.frame = Box(_EDGE, _EDGE, size[0] - _EDGE, size[1] - _EDGE)

    def cost(self, label: Label, own: int) -> float:
        """Price a place without regard to other labels."""
        box, frame = label.box, self.frame
        price = 0.0
        outside = max(
            frame.left - box.left, frame.top - box.top, box.right - frame.right, box.bottom - frame.bottom
        )
        if outside > 0:
            return _FORBIDDEN + 10 * outside
        price += sum(_FORBIDDEN for i, other in enumerate(self.solid) if i != own and box.overlap(other))
        if self.solid[own].grown(-2).overlap(box):
            price += _FORBIDDEN
        if price >= _FORBIDDEN:
            return price
        price += sum(14 for other in self.soft if box.overlap(other))
        x, y = self.points[:, 0], self.points[:, 1]
        inside = (x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)
        price += 1.6 * float(np.count_nonzero(inside))
        if label.leader:
            return price + self._leader_cost(label.leader, own)
        doubt = self._doubt(box, own)
        return price + (doubt / 4 if label.position.startswith("middle") else doubt)

    def _doubt(self, box: Box, own: int) -> float:
        """Price a label that readers may take for that of another disc."""
        away = box.distance(self.discs[own])
        return sum(
            _DOUBTFUL for i, disc in enumerate(self.discs) if i != own and box.distance(disc) < away + 7
        )

    def _leader_cost(self, leader: Sequence[Pixel], own: int) -> float:
        points = _dense(leader, 4)
        return sum(200 for i, b in enumerate(self.solid) if i != own and any(b.holds(p) for p in points))


def _dense(line: Sequence[Pixel], step: float = 6.0) -> list[Pixel]:
    result: list[Pixel] = []
    for (x, y), (x2, y2) in itertools.pairwise(line):
        length = math.hypot(x2 - x, y2 - y)
        if length > 400:
            continue
        count = max(1, math.ceil(length / step))
        result += [(x + (x2 - x) * k / count, y + (y2 - y) * k / count) for k in range(count)]
    return result


def place_labels(
    requests: Sequence[Request],
    solid: Sequence[Box],
    soft: Sequence[Box],
    lines: Sequence[Sequence[Pixel]],
    width: float,
    height: float,
    *,
    may_drop: bool = False,
) -> list[Label]:
    """Choose a place for each label.

    Parameters
    ----------
    requests : sequence of Request
        One for each disc, in the order of `solid`.
    solid : sequence of Box
        Discs first, then whatever else must not be covered.
    soft : sequence of Box
        Arrow heads, better not covered.
    lines : sequence of pixel sequences
        Legs, better not covered.
    may_drop : bool
        Leave out labels that find no room, the least important first.

    Returns
    -------
    list of Label
        In the order of the requests.
    """
    ground = _Ground(solid, soft, lines, (width, height), len(requests))
    options = [_priced(_near(i, request), ground, i) for i, request in enumerate(requests)]
    order = sorted(range(len(requests)), key=lambda i: (-requests[i].importance, -options[i][0][0]))
    if may_drop and width < _LEADERS_FROM:
        return _in_order(_thinned(_chosen(options, order), order, _DOUBTFUL))
    order.sort(key=lambda i: -options[i][min(8, len(options[i]) - 1)][0])
    chosen = _chosen(options, order)
    stuck = [i for i in order if chosen[i][0] + _clashes(chosen[i][1], chosen, i) > 2 * _DOUBTFUL]
    if stuck:
        for i in stuck:
            options[i] = sorted(
                options[i] + _priced(_far(i, requests[i]), ground, i), key=lambda pair: pair[0]
            )
        chosen = _chosen(options, order)
    return _in_order(_thinned(chosen, order, 150.0) if may_drop else chosen)


def _in_order(chosen: Choice) -> list[Label]:
    return [chosen[i][1] for i in sorted(chosen)]


def _priced(
    candidates: Iterable[tuple[float, Label]], ground: _Ground, own: int
) -> list[tuple[float, Label]]:
    priced = [(price + ground.cost(label, own), label) for price, label in candidates]
    return sorted(priced, key=lambda pair: pair[0])


def _chosen(options: Sequence[Sequence[tuple[float, Label]]], order: Sequence[int]) -> Choice:
    """Choose one after the other, then let each choose again while that helps."""
    chosen: Choice = {}
    for _ in range(7):
        before = dict(chosen)
        for i in order:
            chosen[i] = _best(options[i], chosen, i)
        if before == chosen:
            break
    return chosen


def _best(options: Sequence[tuple[float, Label]], chosen: Choice, own: int) -> tuple[float, Label]:
    best, least = options[0], math.inf
    for price, label in options:
        if price >= least:
            break  # sorted: no later one can be cheaper
        total = price + _clashes(label, chosen, own)
        if total < least:
            best, least = (price, label), total
    return best


def _clashes(label: Label, chosen: Choice, own: int) -> float:
    price = 0.0
    box = label.box.grown(1.5)
    for i, (_, other) in chosen.items():
        if i == own:
            continue
        if box.overlap(other.box):
            price += _FORBIDDEN
        if label.leader and any(other.box.holds(p) for p in _dense(label.leader, 4)):
            price += 200
        if other.leader and any(label.box.holds(p) for p in _dense(other.leader, 4)):
            price += 200
    return price


def _thinned(chosen: Choice, order: Sequence[int], limit: float) -> Choice:
    """Leave out the labels that cost more than `limit`, or that clash with one more important."""
    kept: Choice = {}
    for i in order:
        price, label = chosen[i]
        if price < limit and _clashes(label, kept, i) < 200:
            kept[i] = price, label
    return kept
