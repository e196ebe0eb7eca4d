"""What the page does when something is pressed: plain functions, wired to the page at the foot.

The trip travels as JSON in the page's own memory, so the server keeps nothing between two requests.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, no_update, set_props

import itinerary
from dashboard import files, ids, layout, marked, parts, route_map, sheet, timeline, wording
from dashboard.samples import samples
from dashboard.theme import CONFIG, Theme, country_colours, theme
from itinerary.formats import json as trip_json
from itinerary.formats.document import Document

__all__ = [
    "NEUTRAL",
    "Shown",
    "choose_countries",
    "choose_trip",
    "draw",
    "open_file",
    "picture",
    "read",
    "read_sample",
    "register",
    "report",
    "select",
    "show",
    "shown_trip",
    "unfold",
]

NEUTRAL = (
    "Something went wrong here; the fault is in the program, not in what you did. "
    "Your text is still in the box. Try again, or try a shorter part of the text."
)
NARROWEST, WIDEST, PHONE = 240, 2400, 500

Json = dict[str, Any]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """A trip as it is shown: all of it, and which stops pass the filter."""

    itinerary: itinerary.Itinerary
    frame: pd.DataFrame
    stops: tuple[int, ...]
    theme: Theme
    colours: Mapping[str, str]


def unfold(trip: Json, hidden: Collection[str] | None, theme_name: str | None) -> Shown:
    """Unpack the page's memory; an unknown theme is the light one."""
    read = shown_trip(trip)
    frame = itinerary.to_frame(read)
    keys = [wording.country_key(code) for code in frame["country"]]
    stops = tuple(
        int(number) for number, key in zip(frame["stop"], keys, strict=True) if key not in set(hidden or ())
    )
    chosen = theme("dark" if theme_name == "dark" else "light")
    return Shown(read, frame, stops, chosen, country_colours(frame, chosen))


def shown_trip(trip: Json) -> itinerary.Itinerary:
    """Return the trip of the page's memory that is shown: the main one until another is chosen."""
    trips = trip_json.from_json(trip).trips
    number = trip.get("shown")
    return trips[number if isinstance(number, int) and 0 <= number < len(trips) else 0]


def choose_trip(trip: Json, number: int) -> Json:
    """Return the page's memory with another of its trips shown."""
    return {**trip, "shown": number}


def read(text: str | None, published: str | None) -> tuple[Json | None, str]:
    """Read a trip as the visitor gave it.

    Returns
    -------
    dict or None
        The trip; None if the text or the day cannot be read.
    str
        What to say beside the text box; empty if all went well.
    """
    try:
        day = wording.parse_day(published)
        return trip_json.to_json(itinerary.read(text or "", day)), ""
    except itinerary.InputError as error:
        return None, str(error)


def read_sample(number: int) -> tuple[str, str, Json | None, str]:
    """Return text, publication day, trip and message of one sample."""
    sample = samples()[number]
    day = wording.day(sample.published) if sample.published else ""
    return sample.text, day, *read(sample.text, day)


def show(trip: Json, hidden: Collection[str] | None, theme_name: str | None, selected: int | None) -> Json:
    """Return everything on the page that is words, by the id it belongs to."""
    it = unfold(trip, hidden, theme_name)
    read, frame = it.itinerary, it.frame
    missing = route_map.unplaced(frame)
    doubts = parts.notes(read.issues, read.text)
    if missing and not any(issue.code.startswith("unknown-place") for issue in read.issues):
        doubts.append(parts.remark(missing))
    return {
        ids.RESULT_HEAD: parts.head(read, frame, it.stops),
        ids.FILTER: parts.filter_bar(frame, it.colours, it.theme, hidden or ()),
        ids.TABLE: parts.table(read, frame, it.stops, it.colours, it.theme, selected),
        ids.READER_NOTE: doubts,
        ids.SET_ASIDE: parts.set_aside(read.set_aside, whole=read.relation is itinerary.Relation.MAIN),
        ids.TEXT_MARKED: marked.marked_text(read, frame, it.stops, it.colours, it.theme),
        ids.DESCRIPTION: wording.describe(read, frame, it.stops),
        ids.STATUS: status(it),
        "state": "none" if not len(frame) else "empty" if not it.stops else "trip",
    }


def status(it: Shown) -> str:
    """Say in a sentence what the page shows now, for screen readers."""
    if not len(it.frame):
        return "No trip found in this text."
    total = wording.plural(len(it.frame), "stop")
    if len(it.stops) == len(it.frame):
        return f"Trip with {total}."
    return f"{len(it.stops):,} of {total} shown."


def draw(
    trip: Json,
    hidden: Collection[str] | None,
    theme_name: str | None,
    selected: int | None,
    width: float,
) -> tuple[go.Figure, go.Figure] | None:
    """Build map and timeline for cards of the measured width in pixels; None if no stop is shown."""
    it = unfold(trip, hidden, theme_name)
    if not it.stops:
        return None
    wide = int(min(max(width, NARROWEST), WIDEST))
    common: Json = {
        "theme": it.theme, "colours": it.colours, "width": wide, "selected": selected, "shown": it.stops,
    }  # fmt: skip
    tall = timeline.height_for(it.frame, it.stops, wide < PHONE)
    high = route_map.height_for(wide)
    on_map = route_map.figure(it.frame, height=high, **common)
    on_timeline = timeline.figure(it.frame, height=tall, **common)
    on_map.update_layout(width=wide, height=high, autosize=False)
    on_timeline.update_layout(width=wide, height=tall, autosize=False)
    return on_map, on_timeline


def choose_countries(pressed: object, trip: Json | None, hidden: Sequence[str] | None) -> list[str]:
    """Return the countries to hide after one of the filter's buttons was pressed.

    Parameters
    ----------
    pressed : str or dict
        Id of the button: one country's, all, none, or the way back from an empty result.
    """
    now = list(hidden or ())
    if isinstance(pressed, dict):
        code = str(pressed.get("code", ""))
        return [c for c in now if c != code] if code in now else [*now, code]
    if pressed == ids.NO_COUNTRIES and trip:
        frame = itinerary.to_frame(shown_trip(trip))
        return [key for key, _, _ in wording.countries(frame)]
    return []


def select(clicked: object, selected: int | None) -> int | None:
    """Return the stop that is selected after a click on `clicked`; the same stop again lets go.

    Parameters
    ----------
    clicked : int or mapping
        Number of a stop, or what a figure reports of a click.
    """
    number = clicked if isinstance(clicked, int) else _clicked_stop(clicked)
    if number is None:
        return selected
    return None if number == selected else number


def _clicked_stop(report: object) -> int | None:
    """Find the stop's number in a figure's report; None if the click met something else."""
    try:
        return int(report["points"][0]["customdata"][0])  # type: ignore[index]
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def picture(
    trip: Json,
    hidden: Collection[str] | None,
    theme_name: str | None,
    size: tuple[int, int | None] = (1600, None),
) -> Json:
    """Build the sheet with map and timeline that the browser turns into a picture.

    `size` is its width and height in pixels; without a height the picture is as high as it needs to be, and
    twice as sharp.
    """
    it = unfold(trip, hidden, theme_name)
    figure = sheet.figure(
        it.frame,
        theme=it.theme,
        colours=it.colours,
        title=wording.headline(it.itinerary),
        subtitle=sheet.subtitle_for(it.frame, it.stops),
        source=route_map.MAP_CREDIT,
        width=size[0],
        height=size[1],
        shown=it.stops,
    )
    return {
        "scale": 2 if size[1] is None else 1,
        "figure": figure.to_plotly_json(),
        "width": int(figure.layout.width),
        "height": int(figure.layout.height),
        "name": files.file_name(it.itinerary, "png"),
        "topojson": CONFIG["topojsonURL"],
    }


def open_file(given: Mapping[str, Any], published: str | None) -> tuple[Json | None, Document | None, str]:
    """Read a trip from a file that the visitor gave.

    Parameters
    ----------
    given : mapping
        ``name`` and ``content``, the bytes in base 64.
    published : str or None
        The day in the field; the file's own, if it has one, comes before it.

    Returns
    -------
    dict or None
        The trip; None if there is none to be had.
    Document or None
        What the file holds; None if it cannot be read.
    str
        What to say beside the text box; empty if all went well.
    """
    try:
        document, trip = files.opened(str(given.get("name", "the file")), str(given.get("content", "")))
    except itinerary.InputError as error:
        return None, None, str(error)
    if trip is not None:
        return trip_json.to_json(trip), document, document.note
    day = wording.day(document.published) if document.published else published
    found, message = read(document.text, day)
    return found, document, message or document.note


def report(error: Exception) -> None:
    """Log an unforeseen failure and say one neutral sentence; everything on the page stays."""
    log.error("a callback failed", exc_info=error)
    set_props(ids.FAULT, {"children": NEUTRAL})


# What Dash calls -----------------------------------------------------------------------------


def _on_read(
    clicks: int | None,
    sample: Json | None,
    given: Json | None,
    text: str | None,
    published: str | None,
    before: Json | None,
) -> tuple[Any, ...]:
    if ctx.triggered_id == ids.FILE and given:
        return _of_file(given, published, before)
    if ctx.triggered_id == ids.SAMPLE and sample:
        text, day, trip, message = read_sample(int(sample["number"]))
        return trip or no_update, message, "", text, day, [], None
    if not clicks:
        return (no_update,) * 7
    trip, message = read(text, published)
    if trip is None:
        message += " The trip shown is still the one before." if before else ""
        return no_update, message, "", no_update, no_update, no_update, no_update
    return trip, "", "", no_update, no_update, [], None


def _of_file(given: Json, published: str | None, before: Json | None) -> tuple[Any, ...]:
    trip, document, message = open_file(given, published)
    if document is None:  # what stands in the box stays there
        message += " The trip shown is still the one before." if before else ""
        return no_update, message, "", no_update, no_update, no_update, no_update
    day = wording.day(document.published) if document.published else no_update
    return trip or no_update, message, "", document.text, day, [], None


_WORDS = (
    ids.RESULT_HEAD, ids.FILTER, ids.TABLE, ids.READER_NOTE, ids.SET_ASIDE, ids.TEXT_MARKED, ids.DESCRIPTION,
    ids.STATUS,
)  # fmt: skip


def _on_show(
    trip: Json | None, hidden: list[str] | None, theme_name: str | None, selected: int | None
) -> Any:
    if not trip:
        return [*(no_update for _ in _WORDS), "trip none"]
    shown = show(trip, hidden, theme_name, selected)
    if set(ctx.triggered_prop_ids) == {f"{ids.HIDDEN}.data"}:
        # New buttons would take the focus away from the one just pressed.
        shown[ids.FILTER] = no_update
    return [*(shown[name] for name in _WORDS), f"trip {shown['state']}"]


def _on_trips(trip: Json | None) -> Any:
    # New buttons would take the focus away from the one just pressed.
    if not trip or "shown" in trip:
        return no_update
    return parts.trip_switch(trip_json.from_json(trip))


def _on_trip(clicks: list[int | None], trip: Json | None) -> Any:
    pressed: Any = ctx.triggered_id
    if not trip or not pressed or not ctx.triggered[0]["value"]:
        return no_update, no_update, no_update, [no_update] * len(clicks)
    number = int(pressed["number"])
    states = [str(n == number).lower() for n in range(len(clicks))]
    return choose_trip(trip, number), [], None, states


def _on_draw(
    trip: Json | None,
    hidden: list[str] | None,
    theme_name: str | None,
    selected: int | None,
    width: float | None,
) -> Any:
    if not trip or not width:
        return no_update, no_update
    drawn = draw(trip, hidden, theme_name, selected, width)
    if drawn is None:
        return no_update, no_update
    return layout.graph(ids.MAP, drawn[0]), layout.graph(ids.TIMELINE, drawn[1])


def _on_countries(*values: Any) -> Any:
    trip, hidden = values[-2:]
    # New buttons arrive with no click; that is no press.
    if not ctx.triggered or not ctx.triggered[0]["value"]:
        return no_update
    pressed: Any = ctx.triggered_id
    return choose_countries(pressed if isinstance(pressed, str) else dict(pressed), trip, hidden)


def _on_select(on_figures: list[Any], _on_rows: list[Any], selected: int | None) -> Any:
    value = ctx.triggered[0]["value"] if ctx.triggered else None
    if not value:
        return no_update, [no_update] * len(on_figures)
    source: Any = ctx.triggered_id
    clicked = int(source["stop"]) if source["kind"] == ids.ROW else value
    # A figure reports the same click only once, so its report is taken away after use.
    return select(clicked, selected), [None] * len(on_figures)


def _on_export(
    clicks: int | None, trip: Json | None, hidden: list[str] | None, theme_name: str | None
) -> Any:
    if not clicks or not trip:
        return no_update
    return picture(trip, hidden, theme_name) | {"click": clicks}


def _on_save(wanted: Json | None, trip: Json | None, hidden: list[str] | None, theme_name: str | None) -> Any:
    """Make the file that was chosen: of the whole trip, or as a picture of what the filter lets through."""
    if not wanted or not trip:
        return no_update, no_update, no_update
    ending = str(wanted.get("ending", ""))
    if size := next(((w, h) for w, h, _ in files.SIZES if ending == f"png {w}x{h}"), None):
        return no_update, picture(trip, hidden, theme_name, size) | {"at": wanted.get("at")}, ""
    if ending == "svg":
        return no_update, picture(trip, hidden, theme_name) | {"format": "svg", "at": wanted.get("at")}, ""
    try:
        return files.saved(shown_trip(trip), ending) | {"at": wanted.get("at")}, no_update, ""
    except itinerary.ExportError as error:
        return no_update, no_update, str(error)


def register(app: Dash) -> None:
    """Wire the functions above, and those of `assets/page.js` and `assets/export.js`, to the page."""
    _register_server(app.callback)
    _register_browser(app)


def _register_server(callback: Callable[..., Any]) -> None:
    callback(
        Output(ids.TRIP, "data"),
        Output(ids.MESSAGE, "children"),
        Output(ids.FAULT, "children"),
        Output(ids.TEXT, "value"),
        Output(ids.PUBLISHED, "value"),
        Output(ids.HIDDEN, "data", allow_duplicate=True),
        Output(ids.SELECTED, "data", allow_duplicate=True),
        Input(ids.READ, "n_clicks"),
        Input(ids.SAMPLE, "data"),
        Input(ids.FILE, "data"),
        State(ids.TEXT, "value"),
        State(ids.PUBLISHED, "value"),
        State(ids.TRIP, "data"),
        running=[(Output(ids.READ, "className"), "primary busy", "primary")],
        prevent_initial_call=True,
    )(_on_read)
    callback(
        *(Output(name, "children") for name in _WORDS),
        Output(ids.RESULT_BODY, "className"),
        Input(ids.TRIP, "data"),
        Input(ids.HIDDEN, "data"),
        Input(ids.THEME, "data"),
        State(ids.SELECTED, "data"),
    )(_on_show)
    callback(Output(ids.TRIPS, "children"), Input(ids.TRIP, "data"))(_on_trips)
    callback(
        Output(ids.TRIP, "data", allow_duplicate=True),
        Output(ids.HIDDEN, "data", allow_duplicate=True),
        Output(ids.SELECTED, "data", allow_duplicate=True),
        Output({"kind": ids.TRIP_BUTTON, "number": ALL}, "aria-pressed"),
        Input({"kind": ids.TRIP_BUTTON, "number": ALL}, "n_clicks"),
        State(ids.TRIP, "data"),
        prevent_initial_call=True,
    )(_on_trip)
    callback(
        Output(ids.MAP_BOX, "children"),
        Output(ids.TIMELINE_BOX, "children"),
        Input(ids.TRIP, "data"),
        Input(ids.HIDDEN, "data"),
        Input(ids.THEME, "data"),
        Input(ids.SELECTED, "data"),
        Input(ids.WIDTH, "data"),
    )(_on_draw)
    callback(
        Output(ids.HIDDEN, "data"),
        Input({"kind": ids.COUNTRY, "code": ALL}, "n_clicks"),
        Input(ids.ALL_COUNTRIES, "n_clicks"),
        Input(ids.NO_COUNTRIES, "n_clicks"),
        Input(ids.AGAIN, "n_clicks"),
        State(ids.TRIP, "data"),
        State(ids.HIDDEN, "data"),
        prevent_initial_call=True,
    )(_on_countries)
    callback(
        Output(ids.SELECTED, "data"),
        Output({"kind": ids.FIGURE, "name": ALL}, "clickData"),
        Input({"kind": ids.FIGURE, "name": ALL}, "clickData"),
        Input({"kind": ids.ROW, "stop": ALL}, "n_clicks"),
        State(ids.SELECTED, "data"),
        prevent_initial_call=True,
    )(_on_select)
    callback(
        Output(ids.PICTURE, "data"),
        Input(ids.EXPORT, "n_clicks"),
        State(ids.TRIP, "data"),
        State(ids.HIDDEN, "data"),
        State(ids.THEME, "data"),
        running=[(Output(ids.EXPORT, "className"), "quiet busy", "quiet")],
        prevent_initial_call=True,
    )(_on_export)

    callback(
        Output(ids.SAVED, "data"),
        Output(ids.PICTURE, "data", allow_duplicate=True),
        Output(ids.EXPORT_STATUS, "children", allow_duplicate=True),
        Input(ids.EXPORT_AS, "data"),
        State(ids.TRIP, "data"),
        State(ids.HIDDEN, "data"),
        State(ids.THEME, "data"),
        prevent_initial_call=True,
    )(_on_save)


def _register_browser(app: Dash) -> None:
    in_browser: Callable[..., Any] = app.clientside_callback
    in_browser(
        ClientsideFunction("page", "theme"),
        Output(ids.THEME, "data"),
        Output(ids.THEME_BUTTON, "children"),
        Input(ids.THEME_BUTTON, "n_clicks"),
    )
    in_browser(
        ClientsideFunction("page", "start"),
        Output(ids.WIDTH, "data"),
        Input(ids.MAP_BOX, "id"),
    )
    in_browser(
        ClientsideFunction("page", "press"),
        Output({"kind": ids.COUNTRY, "code": ALL}, "aria-pressed"),
        Input(ids.HIDDEN, "data"),
        State({"kind": ids.COUNTRY, "code": ALL}, "id"),
        prevent_initial_call=True,
    )
    in_browser(
        ClientsideFunction("page", "mark"),
        Output({"kind": ids.ROW, "stop": ALL}, "className"),
        Input(ids.SELECTED, "data"),
        State({"kind": ids.ROW, "stop": ALL}, "id"),
        prevent_initial_call=True,
    )
    in_browser(
        ClientsideFunction("picture", "save"),
        Output(ids.EXPORT_STATUS, "children"),
        Input(ids.PICTURE, "data"),
        prevent_initial_call=True,
    )
    in_browser(
        ClientsideFunction("picture", "keep"),
        Output(ids.EXPORT_STATUS, "children", allow_duplicate=True),
        Input(ids.SAVED, "data"),
        prevent_initial_call=True,
    )
