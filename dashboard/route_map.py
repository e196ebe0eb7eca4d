"""The route on a map: what is where is planned in pixels first, then drawn."""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.labels import Box, Label, Request, boxes_along, place_labels, spread
from dashboard.projection import EARTH_RADIUS, Point, View, fit, great_circle, kilometres
from dashboard.text_width import text_width
from dashboard.theme import Theme, colour_of, escape, halo, mix, template

__all__ = ["MAP_CREDIT", "TOPOJSON", "Plan", "figure", "height_for", "plan", "unplaced"]

MAP_CREDIT = "Outlines: Natural Earth (public domain). Borders shown are no endorsement."

TOPOJSON = Path(__file__).resolve().parent.parent / "assets" / "topojson"

PHONE = 500
"""Below this width in pixels a figure is drawn for a phone."""

_INSET_UP_TO = 3600.0  # km across the window up to which a small globe helps
_MANY = 25  # more places than this, and labels without room are left out, the least important first


@dataclass(frozen=True, slots=True)
class Spot:
    """One place on the map, with all stops there."""

    name: str
    country: str | None
    kind: str
    point: Point
    rows: tuple[int, ...]
    numbers: tuple[int, ...]
    importance: float


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbered disc: where it is drawn, in pixels, and how large."""

    spot: Spot
    x: float
    y: float
    radius: float
    text: str
    moved: bool

    @property
    def box(self) -> Box:
        """The square around the disc."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True, slots=True)
class Way:
    """One leg as drawn: travelled, or a link across stops that are not shown."""

    start: int
    end: int
    travelled: bool
    points: tuple[Point, ...]
    between: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a map shows, with positions in pixels from the left and the top of its box."""

    view: View
    markers: tuple[Marker, ...]
    labels: tuple[Label, ...]
    ways: tuple[Way, ...]
    heads: tuple[tuple[tuple[float, float], ...], ...]
    scale_bar: tuple[float, float, float, int] | None = None
    inset: Box | None = None
    zoom: float = 1.0
    font: float = 13.0
    left_out: tuple[Spot, ...] = field(default=())


def height_for(width: int) -> int:
    """Return a good height for a map of this width, in pixels."""
    if width < PHONE:
        return round(width * 0.98)
    return max(340, min(560, round(width * 0.42)))


def unplaced(frame: pd.DataFrame, shown: Collection[int] | None = None) -> str:
    """Name the stops that the map has to leave out, in one sentence; empty if there are none."""
    rows = _selected(frame, shown)
    names = [str(frame["place"].iloc[i]) for i in rows if pd.isna(frame["latitude"].iloc[i])]
    if not names:
        return ""
    listed = words.series(list(dict.fromkeys(names)))
    return f"Not on the map, because their position is unknown: {listed}."


def figure(
    frame: pd.DataFrame,
    *,
    theme: Theme,
    colours: Mapping[str, str],
    width: int,
    height: int,
    selected: int | None = None,
    shown: Collection[int] | None = None,
) -> go.Figure:
    """Draw the route.

    Parameters
    ----------
    frame : DataFrame
        The whole trip in travel order (`itinerary.to_frame`).
    colours : mapping
        Colour by country code, from `theme.country_colours`.
    width, height : int
        Pixels that the map will have on the page; labels are placed for this size.
    selected : int or None
        Number of the stop to mark.
    shown : collection of int or None
        Numbers of the stops that pass the filter; None shows all.

    Notes
    -----
    A leg is a solid line with an arrow only between neighbours in the whole trip that are both shown and
    both have a position. Between two shown stops with others left out in between there is a thin dotted
    link without arrow: it says what comes next, not that anybody travelled that way.

    Every point of the traces ``stops`` and ``labels`` has ``customdata`` with the number of its first shown
    stop and, as text, the numbers of all shown stops there (``"1,5"``).
    """
    drawn = plan(frame, width=width, height=height, shown=shown)
    result = go.Figure(traces(frame, drawn, theme=theme, colours=colours, selected=selected))
    view = drawn.view
    parts = (view.kind, view.longitude, view.latitude, view.x, view.y, view.scale)
    result.update_layout(
        template=template(theme),
        geo=layout(drawn, theme),
        **({"geo2": inset_layout(drawn, theme)} if drawn.inset else {}),
        paper_bgcolor=theme.sea,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        uirevision=" ".join(p if isinstance(p, str) else f"{p:.3f}" for p in parts),
    )
    return result


# Planning: from the frame to pixels.


def _selected(frame: pd.DataFrame, shown: Collection[int] | None) -> list[int]:
    """Return the positions of the rows to show."""
    stops = frame["stop"].tolist()
    return [i for i, stop in enumerate(stops) if shown is None or stop in shown]


def _spots(frame: pd.DataFrame, rows: Sequence[int]) -> list[Spot]:
    """Gather the stops by place, in order of first visit."""
    groups: dict[Point, list[int]] = {}
    for i in rows:
        lat, lon = frame["latitude"].iloc[i], frame["longitude"].iloc[i]
        if not (pd.isna(lat) or pd.isna(lon)):
            groups.setdefault((round(float(lon), 3), round(float(lat), 3)), []).append(i)
    return [_spot(frame, members, len(frame)) for members in groups.values()]


def _spot(frame: pd.DataFrame, members: list[int], count: int) -> Spot:
    first = members[0]
    country = frame["country"].iloc[first]
    names = list(dict.fromkeys(str(frame["place"].iloc[i]) for i in members))
    nights = frame["nights"].iloc[members].fillna(0).sum()
    ends = any(i in (0, count - 1) for i in members)
    return Spot(
        name=" / ".join(names),
        country=country if isinstance(country, str) else None,
        kind=str(frame["kind"].iloc[first]),
        point=(float(frame["longitude"].iloc[first]), float(frame["latitude"].iloc[first])),
        rows=tuple(members),
        numbers=tuple(int(frame["stop"].iloc[i]) for i in members),
        importance=10.0 * ends + 2.0 * len(members) + min(5.0, float(nights)) * 0.5,
    )


def _links(rows: Sequence[int], spots: Sequence[Spot]) -> list[Way]:
    """List the legs between neighbouring shown stops that have positions, still straight."""
    home = {i: k for k, spot in enumerate(spots) for i in spot.rows}
    placed = [i for i in rows if i in home]
    result = []
    for a, b in itertools.pairwise(placed):
        if home[a] != home[b]:
            points = (spots[home[a]].point, spots[home[b]].point)
            result.append(Way(a, b, b == a + 1, points, b - a - 1))
    return result


def plan(
    frame: pd.DataFrame,
    *,
    width: float,
    height: float,
    shown: Collection[int] | None = None,
    zoom: float = 1.0,
) -> Plan:
    """Decide where everything goes; see `figure`. `zoom` enlarges type and marks for a large sheet."""
    narrow = width < PHONE
    rows = _selected(frame, shown)
    spots = _spots(frame, rows)
    links = _links(rows, spots)
    straight = [great_circle(link.points[0], link.points[-1], 32) for link in links]
    view = _window(spots, straight, width, height, narrow, zoom)
    markers = _markers(spots, view, narrow, zoom)
    ways = _bowed(links, spots, markers, view)
    heads = _heads(ways, spots, markers, view, (6.0 if narrow else 7.0) * zoom)
    bar = _scale_bar(view, narrow, zoom)
    inset = _inset(view, markers, ways, narrow, zoom)
    font = (12.0 if narrow else 13.0) * zoom
    solid = [
        b for b in (inset, bar and Box(bar[0] - 6, bar[1] - 22 * zoom, bar[0] + bar[2] + 6, bar[1] + 8)) if b
    ]
    labels, left_out = _labels(markers, ways, heads, solid, view, font)
    return Plan(
        view=view,
        markers=tuple(markers),
        labels=tuple(labels),
        ways=tuple(ways),
        heads=tuple(heads),
        scale_bar=bar,
        inset=inset,
        zoom=zoom,
        font=font,
        left_out=tuple(left_out),
    )


def _window(
    spots: Sequence[Spot],
    ways: Sequence[Sequence[Point]],
    width: float,
    height: float,
    narrow: bool,
    zoom: float,
) -> View:
    side, top = (44.0, 30.0) if narrow else (min(110.0 * zoom, width * 0.1), 42.0 * zoom)
    least = 30.0
    if len(spots) == 1:
        least = {"country": 3000.0, "region": 1800.0}.get(spots[0].kind, 1100.0)
    elif any(spot.kind in ("country", "region") for spot in spots):
        least = 600.0
    room = (side, top, side, top + 10)
    points = [spot.point for spot in spots]
    return fit(points, width, height, ways=ways, room=room, least=least, allow_world=not narrow)


def number_text(numbers: Sequence[int]) -> str:
    """Write the numbers of the stops at one place as its marker shows them."""
    if len(numbers) <= 2:
        return " · ".join(map(str, numbers))
    return f"{numbers[0]} +{len(numbers) - 1}"


def _markers(spots: Sequence[Spot], view: View, narrow: bool, zoom: float) -> list[Marker]:
    size, least = (10.0, 9.5) if narrow else (11.0 * zoom, 11.5 * zoom)
    texts = [number_text(spot.numbers) for spot in spots]
    radii = [max(least, text_width(text, size, bold=True) / 2 + 4.5) for text in texts]
    wanted = view.pixels([spot.point for spot in spots])
    found = spread(wanted, radii, view.width, view.height)
    result = []
    for spot, text, radius, true, (x, y) in zip(spots, texts, radii, wanted, found, strict=True):
        moved = math.dist(true, (x, y)) > 2.5
        result.append(Marker(spot, x, y, radius, text, moved))
    return result


def _bowed(links: Sequence[Way], spots: Sequence[Spot], markers: Sequence[Marker], view: View) -> list[Way]:
    """Give each leg its line: bowed if it would cover another leg or run through another place."""
    home = {i: k for k, spot in enumerate(spots) for i in spot.rows}
    pairs = Counter(frozenset((home[way.start], home[way.end])) for way in links)
    seen: Counter[tuple[int, int]] = Counter()
    where = [view.point(m.x, m.y) if m.moved else m.spot.point for m in markers]
    result = []
    for way in links:
        a, b = home[way.start], home[way.end]
        seen[a, b] += 1
        length = kilometres(where[a], where[b]) / EARTH_RADIUS * view.scale
        base = 0.0
        if pairs[frozenset((a, b))] > 1:  # from the fourth time on the lines lie on each other
            base = min(18.0, max(6.0, 0.08 * length)) * min(3, seen[a, b])
        others = [m for k, m in enumerate(markers) if k not in (a, b)]
        bow = _clear_bow((where[a], where[b]), base, view, others) if length > 60 else base
        sections = max(12, min(96, round(length / 12)))
        points = great_circle(where[a], where[b], sections, bow=bow / view.scale * EARTH_RADIUS)
        result.append(Way(way.start, way.end, way.travelled, tuple(points), way.between))
    return result


def _clear_bow(ends: tuple[Point, Point], base: float, view: View, others: Sequence[Marker]) -> float:
    """Return the bow nearest to `base`, in pixels, with which a leg runs through the fewest discs."""
    options = [base + step for step in (0, 14, -14, 24, -24, 36, -36) if not base or step >= 0]
    best, fewest = base, len(others) + 1
    for bow in options:
        count = _through(ends, bow, view, others)
        if count < fewest:
            best, fewest = bow, count
        if not fewest:
            break
    return best


def _through(ends: tuple[Point, Point], bow: float, view: View, others: Sequence[Marker]) -> int:
    """Count the discs that a leg would run through."""
    way = np.asarray(view.pixels(great_circle(*ends, 40, bow=bow / view.scale * EARTH_RADIUS)))
    return sum(bool((np.hypot(way[:, 0] - m.x, way[:, 1] - m.y) < m.radius + 3).any()) for m in others)


def _heads(
    ways: Sequence[Way], spots: Sequence[Spot], markers: Sequence[Marker], view: View, size: float
) -> list[tuple[tuple[float, float], ...]]:
    """Make the arrow heads: small polygons in pixels, clockwise on the screen.

    The order matters: plotly takes a ring the other way round for all the world but itself.
    """
    home = {i: k for k, spot in enumerate(spots) for i in spot.rows}
    result: list[tuple[tuple[float, float], ...]] = []
    for way in ways:
        if not way.travelled:
            continue
        line = view.pixels(way.points)
        steps = [_step(p, q, view.width) for p, q in itertools.pairwise(line)]
        ends = markers[home[way.start]], markers[home[way.end]]
        free = sum(steps) - ends[0].radius - ends[1].radius
        if free < size * 2 + 2:
            continue
        shares = (1 / 3, 2 / 3) if free > 420 else (0.5,)
        for share in shares:
            at = _clear_of(line, steps, ends, share, markers)
            if at is not None:
                result.append(_head(*at, size))
    return result


def _clear_of(
    line: Sequence[tuple[float, float]],
    steps: Sequence[float],
    ends: tuple[Marker, Marker],
    share: float,
    markers: Sequence[Marker],
) -> tuple[float, float, float, float] | None:
    """Find a spot near `share` of the way that no disc covers: x, y and direction."""
    start, stop = ends[0].radius, sum(steps) - ends[1].radius
    for shift in (0, 0.06, -0.06, 0.12, -0.12, 0.2, -0.2, 0.3, -0.3):
        if not 0.08 < share + shift < 0.92:
            continue
        at = start + (share + shift) * (stop - start)
        found = _along(line, steps, at)
        if found and all(math.dist(found[:2], (m.x, m.y)) > m.radius + 7 for m in markers if m not in ends):
            return found
    return None


def _along(
    line: Sequence[tuple[float, float]], steps: Sequence[float], at: float
) -> tuple[float, float, float, float] | None:
    for (x, y), (x2, y2), step in zip(line, line[1:], steps, strict=False):
        if at <= step and step > 0:
            share = at / step
            return x + (x2 - x) * share, y + (y2 - y) * share, (x2 - x) / step, (y2 - y) / step
        at -= step
    return None


def _step(start: tuple[float, float], end: tuple[float, float], width: float) -> float:
    """Return the length of a piece of a leg; 0 where it leaves the map and comes back on the other side."""
    length = math.dist(start, end)
    return length if length < width / 3 else 0.0


def _head(x: float, y: float, ux: float, uy: float, size: float) -> tuple[tuple[float, float], ...]:
    outline = ((0.9, 0.0), (-0.8, 0.72), (-0.4, 0.0), (-0.8, -0.72), (0.9, 0.0))
    return tuple((x + (f * ux - s * uy) * size, y + (f * uy + s * ux) * size) for f, s in outline)


def _inset(
    view: View, markers: Sequence[Marker], ways: Sequence[Way], narrow: bool, zoom: float
) -> Box | None:
    """Find a free corner for a small globe, if the map shows so little that readers may lose their way."""
    size = 62.0 if narrow else 96.0 * zoom
    if not markers or view.span[0] > _INSET_UP_TO or min(view.width, view.height) < 3.4 * size:
        return None
    edge = 12.0
    near, far = edge, view.width - edge - size
    top, bottom = edge, view.height - edge - size
    line = [p for way in ways for p in view.pixels(way.points)]
    for left, upper in ((far, bottom), (far, top), (near, top)):
        box = Box(left, upper, left + size, upper + size)
        around = box.grown(10)
        if not any(m.box.overlap(around) for m in markers) and not any(around.holds(p) for p in line):
            return box
    return None


def _scale_bar(view: View, narrow: bool, zoom: float) -> tuple[float, float, float, int] | None:
    """Place a scale bar on maps of a region: x, y, length in pixels, and kilometres."""
    if view.kind == "natural earth" or view.span[0] > 6000:
        return None
    room = view.width * 0.24 if narrow else 150 * zoom
    lengths = [f * 10**n for n in range(4) for f in (1, 2, 5)]
    fitting = [km for km in lengths if km / EARTH_RADIUS * view.scale <= room]
    if not fitting:
        return None
    length = fitting[-1] / EARTH_RADIUS * view.scale
    return 16.0, view.height - 16.0, length, fitting[-1]


def _labels(
    markers: Sequence[Marker],
    ways: Sequence[Way],
    heads: Sequence[Sequence[tuple[float, float]]],
    taken: Sequence[Box],
    view: View,
    font: float,
) -> tuple[list[Label], list[Spot]]:
    requests = [_request(m, font, view.width) for m in markers]
    solid = [*(m.box for m in markers), *taken]
    lines = [view.pixels(way.points) for way in ways]
    soft = [b for head in heads for b in boxes_along(head)]
    labels = place_labels(
        requests, solid, soft, lines, view.width, view.height, may_drop=len(markers) > _MANY
    )
    kept = {label.index for label in labels}
    return labels, [m.spot for i, m in enumerate(markers) if i not in kept]


def _request(marker: Marker, font: float, width: float) -> Request:
    text = marker.spot.name
    if len(marker.spot.numbers) > 2:
        text += f" ({', '.join(map(str, marker.spot.numbers))})"
    lines = words.wrap(text, font, min(15 * font, width * 0.42))
    return Request(tuple(lines), font, marker.x, marker.y, marker.radius, marker.spot.importance)


# Drawing: from pixels to traces.


@cache
def _identifiers(resolution: int) -> Mapping[str, str]:
    """Return the identifiers of country outlines by alpha-2 code."""
    found: dict[str, dict[str, str]] = json.loads((TOPOJSON / "iso.json").read_text("utf-8"))
    return found[str(resolution)]


_FINE = 480.0  # pixels a radian from which on the coarse outlines look coarse


def _resolution(view: View) -> int:
    """Choose the outlines: where a degree is few pixels wide the coarse ones do, and are quicker drawn."""
    return 110 if view.scale < _FINE else 50


def inset_layout(drawn: Plan, theme: Theme, domain: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return ``layout.geo2`` for the small globe; `domain` is where the map stands in its figure."""
    view, box = drawn.view, drawn.inset
    if box is None:
        return {}
    x, y = (domain["x"], domain["y"]) if domain else ([0.0, 1.0], [0.0, 1.0])
    across, down = (x[1] - x[0]) / view.width, (y[1] - y[0]) / view.height
    return view.globe(box.right - box.left) | {
        "domain": {
            "x": [x[0] + box.left * across, x[0] + box.right * across],
            "y": [y[1] - box.bottom * down, y[1] - box.top * down],
        },
        "resolution": 110,
        "showland": True,
        "landcolor": mix(theme.muted, theme.land, 0.28),
        "showocean": True,
        "oceancolor": theme.card,
        "showcountries": False,
        "showcoastlines": False,
        "showlakes": False,
        "showframe": True,
        "framecolor": mix(theme.muted, theme.card, 0.5),
        "framewidth": 1,
        "bgcolor": "rgba(0,0,0,0)",
    }


def layout(drawn: Plan, theme: Theme) -> dict[str, Any]:
    """Return ``layout.geo`` for a planned map."""
    geo = drawn.view.geo()
    step = _graticule(drawn.view.span[0])
    grid = {"showgrid": True, "gridcolor": theme.graticule, "gridwidth": 1, "dtick": step, "tick0": 0}
    geo["lonaxis"] |= grid
    geo["lataxis"] |= grid
    return geo | {
        "domain": {"x": [0, 1], "y": [0, 1]},
        "resolution": _resolution(drawn.view),
        "showland": True,
        "landcolor": theme.land,
        "showcountries": True,
        "countrycolor": theme.border,
        "countrywidth": 0.7,
        "showcoastlines": False,
        "showocean": False,
        "showlakes": False,
        "showrivers": False,
        "showframe": False,
        "bgcolor": theme.sea,
    }


def _graticule(span: float) -> float:
    """Return degrees between lines of the graticule for a window so many km wide."""
    wanted = span / 111 / 6
    steps = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30)
    return next((s for s in steps if s >= wanted), 30)


def traces(
    frame: pd.DataFrame,
    drawn: Plan,
    *,
    theme: Theme,
    colours: Mapping[str, str],
    selected: int | None = None,
) -> list[Any]:
    """Return the traces of a planned map, from the ground up."""
    parts = [
        _tints(drawn, theme, colours),
        _lines(drawn, theme, travelled=False),
        _lines(drawn, theme, travelled=True),
        _directions(drawn, theme),
        _leaders(drawn, theme),
        *_scale(drawn, theme),
        _leg_hover(frame, drawn),
        _stops(frame, drawn, theme, colours, selected),
        *_label_traces(drawn, theme),
        _you_are_here(drawn, theme),
    ]
    return [trace for trace in parts if trace is not None]


def _tints(drawn: Plan, theme: Theme, colours: Mapping[str, str]) -> go.Choropleth | None:
    """Tint the countries that are visited with their colour."""
    known = _identifiers(_resolution(drawn.view))
    codes = [c for c in dict.fromkeys(m.spot.country for m in drawn.markers) if c and c in known]
    if not codes:
        return None
    tints = [mix(colour_of(code, colours, theme), theme.land, 0.14) for code in codes]
    count = len(codes)
    steps = [[share / count, tint] for i, tint in enumerate(tints) for share in (i, i + 1)]
    return go.Choropleth(
        locations=[known[code] for code in codes],
        locationmode="ISO-3",
        z=[i + 0.5 for i in range(count)],
        zmin=0,
        zmax=count,
        colorscale=steps,
        showscale=False,
        marker={"line": {"color": theme.border, "width": 0.7}},
        hoverinfo="skip",
        name="countries",
    )


def _joined(parts: Sequence[Sequence[Point]]) -> tuple[list[float | None], list[float | None]]:
    lon: list[float | None] = []
    lat: list[float | None] = []
    for part in parts:
        lon += [*(p[0] for p in part), None]
        lat += [*(p[1] for p in part), None]
    return lon[:-1], lat[:-1]


def _lines(drawn: Plan, theme: Theme, *, travelled: bool) -> go.Scattergeo | None:
    ways = [way.points for way in drawn.ways if way.travelled is travelled]
    if not ways:
        return None
    lon, lat = _joined(ways)
    solid = {"width": 1.9 * drawn.zoom, "color": theme.line}
    dotted = {"width": 1.2 * drawn.zoom, "color": theme.muted, "dash": "1px,4px"}
    name = "legs" if travelled else "links"
    return go.Scattergeo(
        lon=lon, lat=lat, mode="lines", line=solid if travelled else dotted, hoverinfo="skip", name=name
    )


def _directions(drawn: Plan, theme: Theme) -> go.Scattergeo | None:
    if not drawn.heads:
        return None
    lon, lat = _joined([[drawn.view.point(*corner) for corner in head] for head in drawn.heads])
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        fill="toself",
        fillcolor=theme.line,
        line={"width": 0.5, "color": theme.line},
        hoverinfo="skip",
        name="direction",
    )


def _leaders(drawn: Plan, theme: Theme) -> go.Scattergeo | None:
    """Draw thin lines from moved discs to their true place, and from far labels to their disc."""
    parts = [[m.spot.point, drawn.view.point(m.x, m.y)] for m in drawn.markers if m.moved] + [
        [drawn.view.point(*corner) for corner in label.leader] for label in drawn.labels if label.leader
    ]
    if not parts:
        return None
    lon, lat = _joined(parts)
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="lines",
        line={"width": 0.9, "color": theme.muted},
        hoverinfo="skip",
        name="leaders",
    )


def _scale(drawn: Plan, theme: Theme) -> list[go.Scattergeo]:
    """Draw the scale bar on the map itself, so that it stays right when the reader zooms."""
    if drawn.scale_bar is None:
        return []
    x, y, length, km = drawn.scale_bar
    corners = [(x, y - 4), (x, y), (x + length, y), (x + length, y - 4)]
    lon, lat = _joined([[drawn.view.point(*corner) for corner in corners]])
    middle = drawn.view.point(x + length / 2, y - 10 * drawn.zoom)
    return [
        go.Scattergeo(
            lon=lon,
            lat=lat,
            mode="lines",
            line={"width": 1, "color": theme.muted},
            hoverinfo="skip",
            name="scale",
        ),
        go.Scattergeo(
            lon=[middle[0]],
            lat=[middle[1]],
            mode="text",
            text=[f"{km:,} km"],
            textfont={"size": 11 * drawn.zoom, "color": theme.muted},
            hoverinfo="skip",
            name="scale text",
        ),
    ]


def _you_are_here(drawn: Plan, theme: Theme) -> go.Scattergeo | None:
    """Mark the window on the small globe: its outline, or a dot if that would be too small to see."""
    if drawn.inset is None:
        return None
    view = drawn.view
    lon, lat = view.point(view.width / 2, view.height / 2)
    size = 7.0 * drawn.zoom
    if view.span[0] / EARTH_RADIUS * (drawn.inset.right - drawn.inset.left) / 2 < 2 * size:
        mark: dict[str, Any] = {
            "lon": [lon],
            "lat": [lat],
            "mode": "markers",
            "marker": {"size": size, "color": theme.ink, "opacity": 1, "line": {"width": 0}},
        }
    else:
        w, h = view.width, view.height
        corners = [view.point(x, y) for x, y in ((0, 0), (w, 0), (w, h), (0, h), (0, 0))]
        longitudes, latitudes = _joined([corners])
        mark = {
            "lon": longitudes,
            "lat": latitudes,
            "mode": "lines",
            "line": {"width": 1.5, "color": theme.ink},
        }
    return go.Scattergeo(**mark, geo="geo2", hoverinfo="skip", name="inset")


def _leg_hover(frame: pd.DataFrame, drawn: Plan) -> go.Scattergeo | None:
    """Put invisible points along the legs that tell where they lead and how far."""
    lon, lat, text = [], [], []
    for way in drawn.ways:
        told = words.leg(frame, way.start, way.end)
        for share in (0.25, 0.5, 0.75) if len(way.points) > 20 else (0.5,):
            point = way.points[round(share * (len(way.points) - 1))]
            lon.append(point[0])
            lat.append(point[1])
            text.append(told)
    if not text:
        return None
    return go.Scattergeo(
        lon=lon,
        lat=lat,
        mode="markers",
        marker={"size": 16, "opacity": 0},
        hovertext=text,
        hovertemplate="%{hovertext}<extra></extra>",
        name="leg notes",
    )


def _stops(
    frame: pd.DataFrame, drawn: Plan, theme: Theme, colours: Mapping[str, str], selected: int | None
) -> go.Scattergeo:
    markers = drawn.markers
    tone = [colour_of(m.spot.country, colours, theme) for m in markers]
    hot = [selected is not None and selected in m.spot.numbers for m in markers]
    area = [m.spot.kind in ("country", "region") for m in markers]
    where = [drawn.view.point(m.x, m.y) if m.moved else m.spot.point for m in markers]
    edge = [theme.accent if h else tone[i] if area[i] else theme.card for i, h in enumerate(hot)]
    return go.Scattergeo(
        lon=[p[0] for p in where],
        lat=[p[1] for p in where],
        mode="markers+text",
        text=[m.text for m in markers],
        textfont={
            "size": 11 * drawn.zoom if drawn.font > 12 else 10,
            "weight": 700,
            "color": [tone[i] if area[i] else theme.marker_text for i in range(len(markers))],
        },
        marker={
            "size": [2 * m.radius - (2 if a else 0) for m, a in zip(markers, area, strict=True)],
            "color": [theme.card if a else tone[i] for i, a in enumerate(area)],
            "opacity": 1,
            "line": {
                "color": edge,
                "width": [3.5 if h else 2.2 if a else 1.2 for h, a in zip(hot, area, strict=True)],
            },
        },
        customdata=[[m.spot.numbers[0], ",".join(map(str, m.spot.numbers))] for m in markers],
        hovertext=[words.spot(frame, m.spot.rows) for m in markers],
        hovertemplate="%{hovertext}<extra></extra>",
        name="stops",
    )


def _label_traces(drawn: Plan, theme: Theme) -> list[go.Scattergeo]:
    """Write the names: beside their disc by an invisible disc that keeps the distance, or on a leader."""
    near = [label for label in drawn.labels if not label.leader]
    far = [label for label in drawn.labels if label.leader]
    font = {"size": drawn.font, "color": theme.ink, "weight": 700, "shadow": halo(theme.land)}
    result = []
    if near:
        markers = [drawn.markers[label.index] for label in near]
        where = [drawn.view.point(m.x, m.y) for m in markers]
        result.append(
            go.Scattergeo(
                lon=[p[0] for p in where],
                lat=[p[1] for p in where],
                mode="markers+text",
                marker={"size": [label.keep_away for label in near], "opacity": 0},
                text=[_markup(label) for label in near],
                textposition=[label.position for label in near],
                textfont=font,
                customdata=[[m.spot.numbers[0], ",".join(map(str, m.spot.numbers))] for m in markers],
                hoverinfo="skip",
                name="labels",
            )
        )
    if far:
        where = [
            drawn.view.point((b.left + b.right) / 2, (b.top + b.bottom) / 2) for b in (la.box for la in far)
        ]
        result.append(
            go.Scattergeo(
                lon=[p[0] for p in where],
                lat=[p[1] for p in where],
                mode="text",
                text=[_markup(label) for label in far],
                textfont=font,
                hoverinfo="skip",
                name="far labels",
            )
        )
    return result


def _markup(label: Label) -> str:
    return "<br>".join(escape(line) for line in label.lines)
