"""The trip in time: one row per stop, solid for certain days, hatched for possible ones."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.text_width import shorten, text_width
from dashboard.theme import Theme, colour_of, escape, halo, template

__all__ = ["NO_DATES", "Chart", "Row", "chart", "figure", "height_for", "swatch"]

NO_DATES = (
    "The text gives no days, so this shows the order only. "
    "Dates such as “next Tuesday” need the day the text was published: add it, and read again."
)

PHONE = 500
"""Below this width in pixels a figure is drawn for a phone."""

_DATES = ["arrive_earliest", "arrive_latest", "depart_earliest", "depart_latest"]
_DAY = 86_400_000.0  # milliseconds, plotly's unit of time
_BAR = 0.56  # of a row's height
_FADE = 4  # steps in which a bar without an end fades
_EDGE = 14  # pixels on the right
_YEARS_FROM = 1500  # days from which on the axis tells years only
_ROW, _NARROW_ROW = 34, 32
_STEPS: tuple[tuple[float, float | str, str, int, float, float], ...] = (
    # length in days, plotly's step and origin, pixels that a label needs, from and up to so many days
    (1, _DAY, "2000-01-01", 26, 0, 60),
    (2, 2 * _DAY, "2000-01-01", 26, 0, 60),
    (3, 3 * _DAY, "2000-01-01", 26, 0, 60),
    (7, 7 * _DAY, "2000-01-03", 30, 0, 100),
    (14, 14 * _DAY, "2000-01-03", 30, 0, 75),
    (30.4, "M1", "2000-01-01", 32, 50, _YEARS_FROM),
    (91, "M3", "2000-01-01", 32, 50, _YEARS_FROM),
    (182, "M6", "2000-01-01", 32, 50, _YEARS_FROM),
    (365, "M12", "2000-01-01", 40, 400, 1e9),
    (730, "M24", "2000-01-01", 40, 400, 1e9),
    (1826, "M60", "2000-01-01", 40, 400, 1e9),
    (3652, "M120", "2000-01-01", 40, 400, 1e9),
)
_HATCH = {"shape": "/", "size": 6, "solidity": 0.24}


@dataclass(frozen=True, slots=True)
class Row:
    """One stop on the axis, in days since the axis began; None where nothing is known.

    Parameters
    ----------
    number : int
        Number of the stop.
    possible : tuple of float or None
        First possible day and the end of the last.
    certain : tuple of float or None
        First certain day and the end of the last.
    open_left, open_right : bool
        True if the text does not say how much earlier or later it may be.
    """

    index: int
    number: int
    possible: tuple[float, float] | None
    certain: tuple[float, float] | None
    open_left: bool = False
    open_right: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """The rows and what their axis counts.

    Parameters
    ----------
    kind : str
        ``dates``, ``days`` (numbered) or ``order``.
    start : Timestamp or None
        Day 0 of the axis, for dates.
    low, high : float
        Ends of the axis in days.
    pad : float
        Length in days of the part that fades of a bar without an end.
    """

    kind: str
    rows: tuple[Row, ...]
    start: pd.Timestamp | None
    low: float
    high: float
    pad: float = 0.0


def height_for(frame: pd.DataFrame, shown: Collection[int] | None, narrow: bool) -> int:
    """Return the height in pixels that the timeline needs."""
    drawn = chart(frame, shown)
    top, bottom = _margins(drawn, narrow)
    return top + bottom + max(2, len(drawn.rows)) * (_NARROW_ROW if narrow else _ROW)


def _margins(drawn: Chart, narrow: bool) -> tuple[int, int]:
    """Return the pixels above the rows, for the axis or the remark, and below them."""
    if drawn.kind == "order":
        return (64 if narrow else 44), 10
    one_line = drawn.kind == "days" or drawn.high - drawn.low > _YEARS_FROM
    return (26 if one_line else 40), 10


# From the frame to rows.


def _kind(frame: pd.DataFrame, rows: Sequence[int]) -> str:
    part = frame.iloc[list(rows)]
    if part[_DATES].notna().any(axis=None):
        return "dates"
    return "days" if part[["arrive_day", "depart_day"]].notna().any(axis=None) else "order"


def chart(frame: pd.DataFrame, shown: Collection[int] | None = None) -> Chart:
    """Work out the bars of the shown stops."""
    rows = [i for i, stop in enumerate(frame["stop"]) if shown is None or stop in shown]
    kind = _kind(frame, rows)
    numbers = [int(frame["stop"].iloc[i]) for i in rows]
    if kind == "order":
        plain = tuple(Row(i, n, None, None) for i, n in zip(rows, numbers, strict=True))
        return Chart(kind, plain, None, 0.0, 1.0)
    start = _start(frame, rows) if kind == "dates" else None
    bounds = [_bounds(frame, i, start) for i in rows]
    made = [_row(i, n, b) for i, n, b in zip(rows, numbers, bounds, strict=True)]
    known = [x for row in made for bar in (row.possible, row.certain) if bar for x in bar]
    pad = float(math.ceil((max(known) - min(known)) * 0.05))
    made = _opened(made, pad)
    known = [x for row in made if row.possible for x in row.possible]
    return Chart(kind, tuple(made), start, min(known), max(known), pad)


def _start(frame: pd.DataFrame, rows: Sequence[int]) -> pd.Timestamp:
    return pd.Timestamp(frame.iloc[list(rows)][_DATES].min().min())


Bounds = tuple[float | None, float | None, float | None, float | None]


def _bounds(frame: pd.DataFrame, i: int, start: pd.Timestamp | None) -> Bounds:
    """Return arrive earliest and latest, depart earliest and latest in days."""
    row = frame.iloc[i]
    if start is None:
        arrive, depart = (None if pd.isna(v) else float(v) for v in (row["arrive_day"], row["depart_day"]))
        if arrive is None:
            return depart, depart, depart, depart
        depart = arrive if depart is None else max(arrive, depart)
        return arrive, arrive, depart, depart
    days = [None if pd.isna(row[n]) else float((pd.Timestamp(row[n]) - start).days) for n in _DATES]
    return days[0], days[1], days[2], days[3]


def _row(index: int, number: int, bounds: Bounds) -> Row:
    """Turn bounds into bars; a day counts whole, so an end is the start of the next day."""
    arrive, arrive_by, depart_from, depart = bounds
    known = [b for b in bounds if b is not None]
    if not known:
        return Row(index, number, None, None)
    certain = None
    if arrive_by is not None and depart_from is not None and arrive_by <= depart_from:
        certain = (arrive_by, depart_from + 1)
    elif arrive is not None and arrive == arrive_by and depart_from is None:
        certain = (arrive, arrive + 1)
    elif depart is not None and depart == depart_from and arrive_by is None:
        certain = (depart, depart + 1)
    low = arrive if arrive is not None else min(known)
    high = (depart if depart is not None else max(known)) + 1
    return Row(index, number, (low, max(high, low + 1)), certain, arrive is None, depart is None)


def _opened(rows: Sequence[Row], pad: float) -> list[Row]:
    """Let bars without an end run on for a little, so that the end can fade."""
    result = []
    for row in rows:
        if row.possible is None:
            result.append(row)
            continue
        low, high = row.possible
        low -= pad if row.open_left else 0
        high += pad if row.open_right else 0
        result.append(Row(row.index, row.number, (low, high), row.certain, row.open_left, row.open_right))
    return result


# Drawing.


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the timeline stands inside its figure, in pixels, and which axes it uses.

    Parameters
    ----------
    left, top, width, height : float
        The box of the rows: names on the left, bars on the right of it.
    total_width, total_height : float
        Size of the whole figure, whose margins must be 0.
    total_width, total_height : float
        Size of the whole figure, whose margins must be 0.
    """

    left: float
    top: float
    width: float
    height: float
    total_width: float
    total_height: float


def figure(
    frame: pd.DataFrame,
    *,
    theme: Theme,
    colours: Mapping[str, str],
    width: int,
    height: int | None = None,
    selected: int | None = None,
    shown: Collection[int] | None = None,
    no_dates: str = NO_DATES,
) -> go.Figure:
    """Draw the timeline.

    Parameters
    ----------
    frame : DataFrame
        The whole trip in travel order (`itinerary.to_frame`).
    colours : mapping
        Colour by country code, from `theme.country_colours`.
    width : int
        Pixels that the timeline will have on the page.
    height : int or None
        Height in pixels; None takes `height_for`.
    selected : int or None
        Number of the stop to mark.
    shown : collection of int or None
        Numbers of the stops that pass the filter; None shows all.
    no_dates : str
        What to say if no stop has a day.

    Notes
    -----
    A solid bar covers the days on which the traveller is certainly there, a hatched one those on which
    he may be. A bar without an end in the text fades out. The category on the y axis is the number of the
    stop, and so is ``customdata[0]`` of every point.
    """
    narrow = width < PHONE
    height = height or height_for(frame, shown, narrow)
    drawn = chart(frame, shown)
    top, bottom = _margins(drawn, narrow)
    place = Frame(10, top, width - 10 - _EDGE, max(40, height - top - bottom), width, height)
    result = go.Figure(layout={"template": template(theme)})
    add(result, frame, drawn, place, theme=theme, colours=colours, selected=selected, no_dates=no_dates)
    numbers = "-".join(str(row.number) for row in drawn.rows)
    result.update_layout(
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        uirevision=f"{drawn.kind} {drawn.start} {drawn.low:.0f} {drawn.high:.0f} {numbers}",
    )
    return result


def add(
    result: go.Figure,
    frame: pd.DataFrame,
    drawn: Chart,
    place: Frame,
    *,
    theme: Theme,
    colours: Mapping[str, str],
    selected: int | None = None,
    no_dates: str = NO_DATES,
    size: float = 13.0,
) -> None:
    """Add the timeline to a figure without margins, into the box `place`."""
    narrow = place.total_width < PHONE
    gutter = _gutter(frame, drawn, place, narrow, size)
    tone = [colour_of(frame["country"].iloc[row.index], colours, theme) for row in drawn.rows]
    hover = [words.stop(row) for row in frame.iloc[[row.index for row in drawn.rows]].itertuples()]
    scene = _Scene(frame, drawn, place, theme, tone, hover, gutter, size)
    for trace in scene.traces(selected):
        result.add_trace(trace)
    result.update_layout(scene.layout())
    for annotation in scene.annotations(no_dates):
        result.add_annotation(annotation)
    for shape in scene.shapes(selected):
        result.add_shape(shape)


def _gutter(frame: pd.DataFrame, drawn: Chart, place: Frame, narrow: bool, size: float) -> float:
    """Return how many pixels the names need."""
    if drawn.kind == "order":
        return place.width
    widest = max((text_width(str(frame["place"].iloc[r.index]), size) for r in drawn.rows), default=60.0)
    most = place.width * (0.36 if narrow else 0.26)
    return 34 * size / 13 + min(widest + 14, most if narrow else max(most, 150))


@dataclass(frozen=True, slots=True)
class _Scene:
    frame: pd.DataFrame
    drawn: Chart
    place: Frame
    theme: Theme
    tone: list[str]
    hover: list[str]
    gutter: float
    size: float

    # Time is counted in days from the chart's start; plotly wants dates or plain numbers.

    def _at(self, day: float) -> Any:
        if self.drawn.start is None:
            return day - 0.5
        return (self.drawn.start + pd.Timedelta(days=day)).isoformat()

    def _long(self, days: float) -> float:
        return days if self.drawn.start is None else days * _DAY

    @property
    def _pixels_per_day(self) -> float:
        low, high = self._range()
        return (self.place.width - self.gutter) / (high - low)

    def _range(self) -> tuple[float, float]:
        """Return the ends of the axis in days: a little air, and never less than a few days."""
        low, high = self.drawn.low, self.drawn.high
        if high - low < 4:
            low, high = low - (4 - high + low) / 2, high + (4 - high + low) / 2
        air = (high - low) * 0.012
        return low - air, high + air

    def traces(self, selected: int | None) -> Iterator[Any]:
        """Yield the bars, then names and numbers."""
        if self.drawn.kind != "order":
            yield from self._bars()
            yield self._notes()
        yield self._names(selected)

    def _bars(self) -> Iterator[go.Bar]:
        rows = [(k, row) for k, row in enumerate(self.drawn.rows) if row.possible]
        for k, row in rows:
            yield from self._faded(k, row)
        whole = [(k, row, *self._closed(row)) for k, row in rows]
        yield self._bar([k for k, *_ in whole], [(a, b) for *_, a, b in whole], hatched=True)
        sure = [(k, row.certain) for k, row in rows if row.certain]
        yield self._bar([k for k, _ in sure], [bar for _, bar in sure if bar], hatched=False)

    def _closed(self, row: Row) -> tuple[float, float]:
        """Return the part of the possible days that does not fade."""
        low, high = row.possible or (0.0, 0.0)
        pad = self.drawn.pad
        return low + (pad if row.open_left else 0), high - (pad if row.open_right else 0)

    def _bar(self, which: Sequence[int], bars: Sequence[tuple[float, float]], *, hatched: bool) -> go.Bar:
        tone = [self.tone[k] for k in which]
        marker: dict[str, Any] = {"color": tone, "line": {"color": tone, "width": 1}}
        if hatched:
            ground = self.theme.card
            marker["color"] = ground  # one for all: plotly hatches in a colour that is given bar by bar
            marker["pattern"] = _HATCH | {"fgcolor": tone, "bgcolor": ground}
        return go.Bar(
            base=[self._at(a) for a, _ in bars],
            x=[self._long(b - a) for a, b in bars],
            y=[str(self.drawn.rows[k].number) for k in which],
            orientation="h",
            width=_BAR,
            marker=marker,
            customdata=[[self.drawn.rows[k].number] for k in which],
            hovertext=[self.hover[k] for k in which],
            hovertemplate="%{hovertext}<extra></extra>",
            textposition="none",
            name="possible" if hatched else "certain",
        )

    def _faded(self, k: int, row: Row) -> Iterator[go.Bar]:
        """Draw the open ends of one bar, in steps that fade."""
        if not (row.possible and (row.open_left or row.open_right)):
            return
        low, high = self._closed(row)
        pieces = []
        for step in range(_FADE):
            share = self.drawn.pad / _FADE
            if row.open_right:
                pieces.append((high + step * share, high + (step + 1) * share, step))
            if row.open_left:
                pieces.append((low - (step + 1) * share, low - step * share, step))
        number, tone = str(row.number), self.tone[k]
        yield go.Bar(
            base=[self._at(a) for a, _, _ in pieces],
            x=[self._long(b - a) for a, b, _ in pieces],
            y=[number] * len(pieces),
            orientation="h",
            width=_BAR,
            marker={
                "color": self.theme.card,
                "line": {"width": 0},
                "pattern": _HATCH | {"fgcolor": tone, "bgcolor": self.theme.card},
                "opacity": [0.8 - 0.2 * step for _, _, step in pieces],
            },
            customdata=[[row.number]] * len(pieces),
            hovertext=[self.hover[k]] * len(pieces),
            hovertemplate="%{hovertext}<extra></extra>",
            textposition="none",
            name="open",
        )

    def _notes(self) -> go.Scatter:
        """Write the days beside each bar where there is room, and say so where there are none."""
        x, y, text, side = [], [], [], []
        low, high = self._range()
        size = self.size - 2
        for row in self.drawn.rows:
            if row.possible is None:
                x.append(self._at(low + 4 / self._pixels_per_day))
                side.append("middle right")
                text.append("no date")
            else:
                told = self._told(row)
                need = (text_width(told, size) + 10) / self._pixels_per_day
                if row.possible[1] + need <= high:
                    x.append(self._at(row.possible[1] + 5 / self._pixels_per_day))
                    side.append("middle right")
                elif row.possible[0] - need >= low:
                    x.append(self._at(row.possible[0] - 5 / self._pixels_per_day))
                    side.append("middle left")
                else:
                    continue
                text.append(told)
            y.append(str(row.number))
        return go.Scatter(
            x=x,
            y=y,
            mode="text",
            text=text,
            textposition=side,
            textfont={"size": size, "color": self.theme.muted, "shadow": halo(self.theme.card)},
            customdata=[[int(number)] for number in y],
            hoverinfo="skip",
            cliponaxis=False,
            name="days",
        )

    def _told(self, row: Row) -> str:
        """Say the bar in a few characters."""
        if self.drawn.start is None:
            low, high = row.possible or (0.0, 1.0)
            last = int(high - 1)
            return f"day {int(low)}" if last <= int(low) else f"days {int(low)}–{last}"
        source = self.frame.iloc[row.index]
        known = [source[name] for name in _DATES if not pd.isna(source[name])]
        year = self._years() > 1
        if row.open_left and row.open_right:
            return words.span(min(known), max(known), year=year)
        if row.open_right:
            return f"from {words.day(known[0], year=year)}"
        if row.open_left:
            return f"until {words.day(known[-1], year=year)}"
        return words.span(known[0], known[-1], year=year)

    def _years(self) -> int:
        """Count the calendar years of the chart: within one, notes need not repeat it."""
        if self.drawn.start is None:
            return 1
        last = self.drawn.start + pd.Timedelta(days=self.drawn.high - 1)
        return int(last.year - self.drawn.start.year + 1)

    def _names(self, selected: int | None) -> go.Scatter:
        """Write number and name of each stop on the left, on an axis of pixels."""
        rows = self.drawn.rows
        room, unit = self.gutter - 34 * self.size / 13, self.size / 13
        hot = [row.number == selected for row in rows]
        return go.Scatter(
            x=[11.0 * unit] * len(rows) + [27.0 * unit] * len(rows),
            y=[str(row.number) for row in rows] * 2,
            xaxis="x2",
            mode="markers+text",
            marker={
                "size": [self.size + 8] * len(rows) + [0.1] * len(rows),
                "color": self.tone * 2,
                "opacity": [1] * len(rows) + [0] * len(rows),
                "line": {
                    "color": [self.theme.accent if h else self.theme.card for h in hot] * 2,
                    "width": [2.5 if h else 0 for h in hot] + [0] * len(rows),
                },
            },
            text=[f"<b>{row.number}</b>" for row in rows]
            + [escape(shorten(str(self.frame["place"].iloc[r.index]), self.size, room)) for r in rows],
            textposition=["middle center"] * len(rows) + ["middle right"] * len(rows),
            textfont={
                "size": [self.size - 2.5] * len(rows) + [self.size] * len(rows),
                "color": [self.theme.marker_text] * len(rows) + [self.theme.ink] * len(rows),
            },
            customdata=[[row.number] for row in rows] * 2,
            hovertext=self.hover * 2,
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
            name="names",
        )

    # Axes, ground and remarks.

    def layout(self) -> dict[str, Any]:
        """Return the axes."""
        place, rows = self.place, self.drawn.rows
        left = place.left / place.total_width
        split = (place.left + self.gutter) / place.total_width
        right = (place.left + place.width) / place.total_width
        bottom = 1 - (place.top + place.height) / place.total_height
        numbers = [str(row.number) for row in rows]
        labels = [f"{row.number}  {escape(self.frame['place'].iloc[row.index])}" for row in rows]
        bare = {"showgrid": False, "zeroline": False, "showticklabels": False, "ticks": "", "showline": False}
        low, high = self._range()
        return {
            "yaxis": bare
            | {
                "type": "category",
                "categoryorder": "array",
                "categoryarray": numbers,
                "tickvals": numbers,
                "ticktext": labels,
                "range": [max(2, len(rows)) - 0.5, -0.5],
                "domain": [bottom, 1 - place.top / place.total_height],
                "fixedrange": True,
            },
            "xaxis2": bare
            | {"domain": [left, split], "range": [0, self.gutter], "fixedrange": True, "anchor": "y"},
            "xaxis": self._axis()
            | {
                "domain": [min(split, right - 0.001), right],
                "range": [self._at(low), self._at(high)],
                "anchor": "y",
            },
        }

    def _axis(self) -> dict[str, Any]:
        if self.drawn.kind == "order":
            return {"visible": False, "fixedrange": True}
        common = {
            "side": "top",
            "showgrid": True,
            "gridcolor": self.theme.grid,
            "zeroline": False,
            "ticks": "",
            "showline": False,
            "tickfont": {"color": self.theme.muted, "size": self.size - 1.5},
            "layer": "below traces",
            "tickangle": 0,
        }
        low, high = self._range()
        room = self.place.width - self.gutter
        if self.drawn.start is None:
            step = next((s for s in (1, 2, 5, 7, 10, 14, 30, 50, 100) if room / (high - low) * s >= 48), 365)
            return common | {
                "type": "linear",
                "tick0": 1 if step == 1 else 0,
                "dtick": step,
                "tickprefix": "Day ",
            }
        return common | {"type": "date", "hoverformat": "%-d %b %Y"} | self._ticks(high - low, room)

    def _ticks(self, days: float, room: float) -> dict[str, Any]:
        """Choose ticks that are days, months or years, never hours."""
        formats = [
            {"dtickrange": [None, 14 * _DAY], "value": "%-d\n%b %Y"},
            {"dtickrange": ["M1", "M6"], "value": "%b\n%Y"},
            {"dtickrange": ["M12", None], "value": "%Y"},
        ]
        for length, dtick, tick0, need, least, most in _STEPS:
            if least <= days <= most and length * room / days >= need:
                mode = "period" if length == 1 else "instant"
                return {"tickformatstops": formats, "dtick": dtick, "tick0": tick0, "ticklabelmode": mode}
        return {"tickformatstops": formats, "dtick": "M240", "tick0": "2000-01-01"}

    def shapes(self, selected: int | None) -> Iterator[dict[str, Any]]:
        """Yield weekends, month and year starts, lines between rows, and the selected row."""
        below = {"layer": "below", "line": {"width": 0}}
        left, right = self.place.left / self.place.total_width, 1 - _EDGE / 2 / self.place.total_width
        for k, row in enumerate(self.drawn.rows):
            if row.number == selected:
                yield below | {
                    "type": "rect", "xref": "paper", "x0": left / 2, "x1": right, "yref": "y", "y0": k - 0.5,
                    "y1": k + 0.5, "fillcolor": self.theme.band,
                }  # fmt: skip
        if self.drawn.kind == "order" and len(self.drawn.rows) > 1:
            middle = 11 * self.size / 13
            yield {
                "type": "line", "layer": "below", "xref": "x2", "x0": middle, "x1": middle, "yref": "y",
                "y0": 0, "y1": len(self.drawn.rows) - 1, "line": {"width": 1.5, "color": self.theme.grid},
            }  # fmt: skip
        if self.drawn.start is None:
            return
        low, high = self._range()
        if high - low <= 46:
            for day in _weekends(self.drawn.start, low, high):
                ends = self._at(max(low, day)), self._at(min(high, day + 2))
                yield below | {
                    "type": "rect", "xref": "x", "x0": ends[0], "x1": ends[1], "yref": "y domain", "y0": 0,
                    "y1": 1, "fillcolor": self.theme.band,
                }  # fmt: skip
        if high - low <= 130:
            for month in pd.date_range(self._stamp(low), self._stamp(high), freq="MS"):
                at = month.isoformat()
                yield {
                    "type": "line", "layer": "below", "xref": "x", "x0": at, "x1": at, "yref": "y domain",
                    "y0": 0, "y1": 1, "line": {"width": 1, "color": self.theme.muted}, "opacity": 0.45,
                }  # fmt: skip

    def _stamp(self, day: float) -> pd.Timestamp:
        return pd.Timestamp(self._at(day)).normalize() + pd.Timedelta(days=1)

    def annotations(self, no_dates: str) -> Iterator[dict[str, Any]]:
        """Yield the remark that explains a chart without dates."""
        if self.drawn.kind != "order" or not self.drawn.rows:
            return
        room = self.place.width - 8
        yield {
            "text": "<br>".join(escape(line) for line in words.lines(no_dates, self.size - 1, room)),
            "xref": "paper", "yref": "paper", "x": self.place.left / self.place.total_width,
            "y": 1 - self.place.top / self.place.total_height, "xanchor": "left", "yanchor": "bottom",
            "yshift": 4, "showarrow": False, "align": "left",
            "font": {"size": self.size - 1, "color": self.theme.muted},
        }  # fmt: skip


def _weekends(start: pd.Timestamp, low: float, high: float) -> Iterator[float]:
    """Yield the Saturdays whose weekends touch the axis, in days since `start`."""
    first = int(low) - 3
    first += (5 - (start + pd.Timedelta(days=first)).weekday()) % 7
    yield from (float(day) for day in range(first, int(high) + 1, 7) if day + 2 > low and day < high)


def swatch(kind: str, tone: str, theme: Theme, left: float, row: float, length: float) -> list[go.Bar]:
    """Return a sample bar for a key, on the axes x3 and y3: ``certain``, ``possible`` or ``open``."""
    hatched = _HATCH | {"fgcolor": tone, "bgcolor": theme.card}
    base = {"y": [row], "orientation": "h", "width": _BAR, "xaxis": "x3", "yaxis": "y3", "hoverinfo": "skip"}
    if kind == "certain":
        solid = {"color": tone, "line": {"color": tone, "width": 1}}
        return [go.Bar(**base, base=[left], x=[length], marker=solid, name="key")]
    if kind == "possible":
        marker = {"color": theme.card, "line": {"color": tone, "width": 1}, "pattern": hatched}
        return [go.Bar(**base, base=[left], x=[length], marker=marker, name="key")]
    step = length / _FADE
    return [
        go.Bar(
            **base,
            base=[left + k * step],
            x=[step],
            marker={"color": theme.card, "line": {"width": 0}, "pattern": hatched, "opacity": 0.8 - 0.2 * k},
            name="key",
        )
        for k in range(_FADE)
    ]
