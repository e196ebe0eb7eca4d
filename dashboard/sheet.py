"""Map and timeline on one sheet, ready to be published: title, dates, key, source and credit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import route_map, timeline, words
from dashboard.projection import kilometres
from dashboard.text_width import text_width
from dashboard.theme import Theme, colour_of, escape, template

__all__ = ["NO_DATES", "figure", "subtitle_for", "title_for"]

NO_DATES = "The text gives no days: this is the order of the stops."
"""What the sheet says if no stop has a day; the page gives advice instead."""

_BASE = 1280.0  # width in pixels at which type has the size it has on the page
_LEAST_HEIGHT = 780.0  # pixels of a sheet of given height below which type gets smaller
_LEAST_MAP = 0.24  # height of the map beside its width on a sheet of given height
_LEAST_ROW = 17.0  # pixels between two rows, as on a sheet of the width above


def title_for(frame: pd.DataFrame, shown: Collection[int] | None = None) -> str:
    """Make a title: ``Astana to New Delhi: 3 stops in 3 countries``.

    Start and end of the trip do not count as stops if there is anything between them.
    """
    part = _shown(frame, shown)
    core = part[~part["role"].isin(["origin", "return", "transit"])]
    core = core if len(core) else part
    if not len(core):
        return "A trip without stops"
    names = [str(name) for name in core["place"]]
    first, last = names[0], names[-1]
    countries = core["country_name"].dropna().unique().tolist()
    count = f"{len(core)} stop{'' if len(core) == 1 else 's'}"
    if len(core) == 1:
        country = str(countries[0]) if countries else ""
        return first if country in ("", first) else f"{first}, {country}"
    way = f"{first} and back" if first == last and len(set(names)) > 1 else f"{first} to {last}"
    way = first if len(set(names)) == 1 else way
    where = (
        f" in {words.in_country(str(countries[0]))}"
        if len(countries) == 1
        else f" in {len(countries)} countries"
        if countries
        else ""
    )
    return f"{way}: {count}{where}"


def subtitle_for(frame: pd.DataFrame, shown: Collection[int] | None = None) -> str:
    """Say when, how far, and whether a filter leaves anything out."""
    part = _shown(frame, shown)
    told = [text for text in (_when(part), _how_far(frame, shown)) if text]
    if len(part) < len(frame):
        told.append(f"{len(part)} of {len(frame)} stops shown")
    return " · ".join(told)


def _shown(frame: pd.DataFrame, shown: Collection[int] | None) -> pd.DataFrame:
    return frame if shown is None else frame[frame["stop"].isin(list(shown))]


def _when(part: pd.DataFrame) -> str:
    """Say from when to when; "within" where the first or the last of these days is only possible."""
    dates = part[["arrive_earliest", "arrive_latest", "depart_earliest", "depart_latest"]]
    if dates.notna().any(axis=None):
        first, last = dates.min().min(), dates.max().max()
        sure = (part["arrive_latest"] == first).any() and (part["depart_earliest"] == last).any()
        told = words.span(first, last, long=True)
        return told if sure else f"Within {told}"
    days = part[["arrive_day", "depart_day"]]
    if days.notna().any(axis=None):
        return words.days(days.min().min(), days.max().max()).capitalize()
    return "No days given" if len(part) else ""


def _how_far(frame: pd.DataFrame, shown: Collection[int] | None) -> str:
    """Add up the legs that are drawn; nothing if a position is missing."""
    points = list(zip(frame["longitude"].tolist(), frame["latitude"].tolist(), strict=True))
    keep = [shown is None or stop in shown for stop in frame["stop"]]
    total = 0.0
    for i in range(len(points) - 1):
        if not (keep[i] and keep[i + 1]):
            continue
        if pd.isna(points[i][0]) or pd.isna(points[i + 1][0]):
            return ""
        total += kilometres(points[i], points[i + 1])
    digits = 100 if total >= 1000 else 10 if total >= 100 else 1
    rounded = round(total / digits) * digits
    return f"about {rounded:,} km as the crow flies" if rounded else ""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where everything stands on the sheet, in pixels from its top; widths are those inside the margin."""

    width: int
    height: int
    zoom: float
    margin: float
    title: list[str]
    subtitle: list[str]
    map_top: float
    map_height: float
    key_top: float
    key_rows: list[list[tuple[str, str, float]]]
    rows_top: float
    rows_height: float
    foot: list[str]

    @property
    def inner(self) -> float:
        return self.width - 2 * self.margin


def figure(
    frame: pd.DataFrame,
    *,
    theme: Theme,
    colours: Mapping[str, str],
    title: str,
    subtitle: str,
    source: str,
    width: int = 1600,
    height: int | None = None,
    shown: Collection[int] | None = None,
    no_dates: str = NO_DATES,
) -> go.Figure:
    """Draw the sheet; ``layout.width`` and ``layout.height`` tell its size.

    Parameters
    ----------
    frame : DataFrame
        The whole trip in travel order (`itinerary.to_frame`).
    title, subtitle, source : str
        Plain text; `title_for` and `subtitle_for` make the first two.
    width : int
        Pixels.
    height : int or None
        Pixels; by default it follows from the map and the number of stops. A sheet of a given height gets a
        smaller map and closer rows, but never one that leaves out stops: with very many it is higher.
    shown : collection of int or None
        Numbers of the stops that pass the filter; None shows all.
    """
    chart = timeline.chart(frame, shown)
    grid = _grid(frame, chart, theme, colours, (title, subtitle, source), (width, height))
    drawn = route_map.plan(frame, width=grid.inner, height=grid.map_height, shown=shown, zoom=grid.zoom)
    domain = _domain(grid, grid.margin, grid.map_top, grid.inner, grid.map_height)
    layout = {"geo": route_map.layout(drawn, theme) | {"domain": domain}}
    if drawn.inset:
        layout["geo2"] = route_map.inset_layout(drawn, theme, domain)
    result = go.Figure(route_map.traces(frame, drawn, theme=theme, colours=colours))
    result.update_layout(
        template=template(theme),
        width=grid.width,
        height=grid.height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor=theme.card,
        **layout,
    )
    if chart.rows:
        place = timeline.Frame(
            grid.margin, grid.rows_top, grid.inner, grid.rows_height, grid.width, grid.height
        )
        timeline.add(
            result, frame, chart, place, theme=theme, colours=colours, no_dates=no_dates, size=13 * grid.zoom
        )
    for annotation in _texts(grid, theme):
        result.add_annotation(annotation)
    _add_key(result, grid, theme)
    return result


def _grid(
    frame: pd.DataFrame,
    chart: timeline.Chart,
    theme: Theme,
    colours: Mapping[str, str],
    texts: tuple[str, str, str],
    size: tuple[int, int | None],
) -> _Grid:
    width = size[0]
    zoom = max(0.85, min(1.6, width / _BASE))
    if size[1] is not None:  # a low sheet has smaller type
        zoom = max(0.7, min(zoom, size[1] / _LEAST_HEIGHT))
    margin = round(36 * zoom)
    inner = width - 2 * margin
    title = words.lines(texts[0], 27 * zoom, inner, bold=True) if texts[0] else []
    subtitle = words.lines(texts[1], 15 * zoom, inner) if texts[1] else []
    map_top = margin + len(title) * 33 * zoom + len(subtitle) * 21 * zoom + 12 * zoom
    map_height = round(inner * (0.46 if inner > 900 else 0.62))
    keys = _keys(frame, chart, theme, colours, inner, zoom)
    axis, row = (
        (26 * zoom, 0.0) if not chart.rows else (44 * zoom, (34 if len(chart.rows) <= 24 else 27) * zoom)
    )
    missing = route_map.unplaced(frame, [row.number for row in chart.rows])
    remarks = dict.fromkeys((missing, texts[2], route_map.MAP_CREDIT))
    foot = [line for text in remarks if text for line in words.lines(text, 12 * zoom, inner)]
    around = len(keys) * 24 * zoom + axis + (38 + len(foot) * 17) * zoom + margin * 0.75
    if size[1] is not None:
        room = size[1] - map_top - around
        if chart.rows:
            row = max(_LEAST_ROW * zoom, min(row, (room - _LEAST_MAP * inner) / len(chart.rows)))
        map_height = round(max(_LEAST_MAP * inner, room - row * len(chart.rows)))
    rows_height = row * len(chart.rows)
    key_top = map_top + map_height + 18 * zoom
    rows_top = key_top + len(keys) * 24 * zoom + axis
    height = round(map_top + map_height + rows_height + around)
    if size[1] is not None and height <= size[1] + 1:
        height = size[1]
    return _Grid(
        width=width,
        height=height,
        zoom=zoom,
        margin=margin,
        title=title,
        subtitle=subtitle,
        map_top=map_top,
        map_height=map_height,
        key_top=key_top,
        key_rows=keys,
        rows_top=rows_top,
        rows_height=rows_height,
        foot=foot,
    )


def _keys(
    frame: pd.DataFrame,
    chart: timeline.Chart,
    theme: Theme,
    colours: Mapping[str, str],
    room: float,
    zoom: float,
) -> list[list[tuple[str, str, float]]]:
    """Arrange the key in rows of (kind or colour, text, pixels from the left)."""
    entries = []
    if any(row.certain for row in chart.rows):
        entries.append(("certain", "certain days"))
    if chart.kind == "dates" and _any_possible(chart):
        entries.append(("possible", "possible days"))
    if any(row.open_left or row.open_right for row in chart.rows):
        entries.append(("open", "end not known"))
    part = frame.iloc[[row.index for row in chart.rows]]
    known = part.dropna(subset=["country"]).drop_duplicates("country")
    if 1 < len(known) <= 16:
        entries += [(colour_of(r.country, colours, theme), str(r.country_name)) for r in known.itertuples()]
    rows: list[list[tuple[str, str, float]]] = [[]]
    left = 0.0
    for kind, text in entries:
        swatch = 16 if kind.startswith("#") else 42
        need = (swatch + 24) * zoom + text_width(text, 12.5 * zoom)
        if rows[-1] and left + need - 18 * zoom > room:
            rows.append([])
            left = 0.0
        rows[-1].append((kind, text, left))
        left += need
    return rows if rows[0] else []


def _any_possible(chart: timeline.Chart) -> bool:
    return any(row.possible and row.possible != row.certain for row in chart.rows)


def _domain(grid: _Grid, left: float, top: float, width: float, height: float) -> dict[str, list[float]]:
    """Turn pixels into plotly's shares of the sheet."""
    return {
        "x": [left / grid.width, (left + width) / grid.width],
        "y": [1 - (top + height) / grid.height, 1 - top / grid.height],
    }


def _text(grid: _Grid, text: str, left: float, top: float, size: float, colour: str) -> dict[str, Any]:
    """Return an annotation that stands exactly there: `text` is escaped already."""
    return {
        "text": text, "xref": "paper", "yref": "paper", "x": left / grid.width, "y": 1 - top / grid.height,
        "xanchor": "left", "yanchor": "top", "showarrow": False, "align": "left", "borderpad": 0,
        "font": {"size": size, "color": colour},
    }  # fmt: skip


def _texts(grid: _Grid, theme: Theme) -> Iterator[dict[str, Any]]:
    zoom = grid.zoom
    top = grid.margin - 8 * zoom
    for line in grid.title:
        yield _text(grid, f"<b>{escape(line)}</b>", grid.margin, top, 27 * zoom, theme.ink)
        top += 33 * zoom
    for line in grid.subtitle:
        yield _text(grid, escape(line), grid.margin, top + 3 * zoom, 15 * zoom, theme.muted)
        top += 21 * zoom
    top = grid.rows_top + grid.rows_height + 20 * zoom
    for line in grid.foot:
        yield _text(grid, escape(line), grid.margin, top, 12 * zoom, theme.muted)
        top += 17 * zoom


def _add_key(result: go.Figure, grid: _Grid, theme: Theme) -> None:
    """Draw the key with real bars: nothing else in plotly can be hatched."""
    zoom, rows = grid.zoom, len(grid.key_rows)
    if not rows:
        return
    for k, row in enumerate(grid.key_rows):
        middle = grid.key_top + (k + 0.5) * 24 * zoom
        for kind, text, left in row:
            swatch = (16 if kind.startswith("#") else 42) * zoom
            annotation = _text(
                grid, escape(text), grid.margin + left + swatch, middle, 12.5 * zoom, theme.ink
            )
            result.add_annotation(annotation | {"yanchor": "middle"})
    entries = [(k, *entry) for k, row in enumerate(grid.key_rows) for entry in row]
    tone = theme.muted
    for k, kind, _, left in entries:
        if kind.startswith("#"):
            continue
        for trace in timeline.swatch(kind, tone, theme, left, k, 34 * zoom):
            result.add_trace(trace)
    dots = [(k, kind, left) for k, kind, _, left in entries if kind.startswith("#")]
    result.add_trace(
        go.Scatter(
            x=[left + 6 * zoom for _, _, left in dots],
            y=[k for k, _, _ in dots],
            xaxis="x3",
            yaxis="y3",
            mode="markers",
            marker={"size": 11 * zoom, "color": [kind for _, kind, _ in dots], "opacity": 1},
            hoverinfo="skip",
            cliponaxis=False,
            name="key",
        )
    )
    domain = _domain(grid, grid.margin, grid.key_top, grid.inner, rows * 24 * zoom)
    bare = {"visible": False, "fixedrange": True}
    result.update_layout(
        xaxis3=bare | {"domain": domain["x"], "range": [0, grid.inner], "anchor": "y3"},
        yaxis3=bare | {"domain": domain["y"], "range": [rows - 0.5, -0.5], "anchor": "x3"},
    )
