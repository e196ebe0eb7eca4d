"""The page as an outline: what stands where before and around a trip."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dashboard import ids, parts, wording
from dashboard.files import FORMATS, SIZES
from dashboard.route_map import MAP_CREDIT
from dashboard.samples import Sample, samples
from dashboard.theme import CONFIG

__all__ = ["NAME", "graph", "page"]

NAME = "Itinerary reader"


def page(sample: Sample, trip: dict[str, Any] | None, fault: str = "") -> html.Div:
    """Return the whole page with one sample in the text box.

    Parameters
    ----------
    sample : Sample
        The text that a first visitor sees.
    trip : mapping or None
        What was read from it, as JSON; None if that failed.
    fault : str
        What to say if reading the sample failed.
    """
    return html.Div(
        [
            html.A("Skip to the trip", href="#trip", className="skip"),
            _header(),
            html.Main([_input(sample), _result(fault), _doubts()], className="grid"),
            _footer(),
            *_memory(trip),
        ],
        className="page",
    )


def _header() -> html.Header:
    return html.Header(
        [
            html.Div(
                [
                    html.H1(NAME),
                    html.P(
                        "Paste a text about a trip, and see its stops in order, "
                        "with their days and the words that prove them."
                    ),
                ]
            ),
            html.Button("Dark mode", id=ids.THEME_BUTTON, type="button", className="quiet"),
        ],
        className="top",
    )


def _input(sample: Sample) -> html.Section:
    """Return the side where the visitor gives a text."""
    options = [html.Option("Choose a sample …", value="")]
    options += [html.Option(s.label, value=str(i)) for i, s in enumerate(samples())]
    return html.Section(
        [
            html.H2("The text", id="text-title"),
            html.Div(
                [
                    html.Label("Samples", htmlFor=ids.SAMPLE_MENU),
                    html.Select(options, id=ids.SAMPLE_MENU),
                ],
                className="field",
            ),
            html.Div(
                [
                    html.Div(
                        [
                            html.Label("Text about a trip, in English", htmlFor=ids.TEXT),
                            html.Button(
                                "Choose a file …",
                                id=ids.FILE_BUTTON,
                                type="button",
                                className="quiet small-button",
                                title="Text, web page, PDF, Word, e-mail, or a trip that was saved here; "
                                "or drop it on the text",
                            ),
                        ],
                        className="labelled",
                    ),
                    dcc.Textarea(id=ids.TEXT, value=sample.text, className="text", spellCheck=False),
                ],
                className="field",
            ),
            html.Div(
                [
                    html.Label("Publication day", htmlFor=ids.PUBLISHED),
                    dcc.Input(
                        id=ids.PUBLISHED,
                        type="text",
                        value=wording.day(sample.published) if sample.published else "",
                        placeholder="such as 24 Feb 2023",
                        autoComplete="off",
                        className="day",
                    ),
                    html.P(
                        "“Next week” and days without a year are counted from it. "
                        "Leave it empty if the text carries its own date.",
                        className="small",
                        id="published-help",
                    ),
                ],
                className="field",
            ),
            html.Div(
                [
                    html.Button("Read the trip", id=ids.READ, type="button", className="primary"),
                    html.Span("or press Ctrl + Enter", className="small"),
                ],
                className="action",
            ),
            html.Div(id=ids.MESSAGE, role="alert", className="message"),
        ],
        className="input",
        **parts.aria(labelledby="text-title"),
    )


def graph(name: str, figure: go.Figure) -> dcc.Graph:
    """Return one of the two figures.

    Graphs come with their first figure and are not part of the first outline: an empty one would be drawn
    for nothing. The figure is built for the measured width, so it does not follow its box as well.
    """
    config: Any = {**CONFIG, "responsive": False}
    return dcc.Graph(id=ids.figure(name), figure=figure, config=config, responsive=False)


def _result(fault: str) -> html.Section:
    """Return the side that shows the trip."""
    return html.Section(
        [
            html.Div(fault, id=ids.FAULT, role="alert", className="message"),
            html.Div(id=ids.TRIPS, className="trips", role="group", **parts.aria(label="Trips in this text")),
            html.Div(id=ids.RESULT_HEAD, className="head"),
            html.P(id=ids.STATUS, role="status", className="unseen"),
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(
                                [
                                    html.Fieldset(id=ids.FILTER, className="filter"),
                                    html.Div(
                                        [
                                            html.Button(
                                                "All", id=ids.ALL_COUNTRIES, type="button", className="quiet"
                                            ),
                                            html.Button(
                                                "Clear", id=ids.NO_COUNTRIES, type="button", className="quiet"
                                            ),
                                        ],
                                        className="both",
                                        role="group",
                                        **parts.aria(label="All countries or none"),
                                    ),
                                ],
                                className="choose",
                            ),
                            html.Div(
                                [
                                    html.Span(id=ids.EXPORT_STATUS, role="status", className="small"),
                                    html.Button(
                                        "Export PNG", id=ids.EXPORT, type="button", className="quiet"
                                    ),
                                    html.Label(
                                        "Save the trip as", htmlFor=ids.EXPORT_MENU, className="unseen"
                                    ),
                                    html.Select(
                                        [
                                            html.Option("Save as …", value=""),
                                            *(
                                                html.Option(f"Picture, {w}×{h}, {use}", value=f"png {w}x{h}")
                                                for w, h, use in SIZES
                                            ),
                                            *(html.Option(f.label, value=f.ending) for f in FORMATS),
                                        ],
                                        id=ids.EXPORT_MENU,
                                    ),
                                ],
                                className="export",
                            ),
                        ],
                        className="bar",
                    ),
                    html.Div(
                        [
                            html.P("No country is chosen, so there is nothing to draw."),
                            html.Button("Show all countries", id=ids.AGAIN, type="button", className="quiet"),
                        ],
                        className="card nothing",
                    ),
                    html.Section(
                        [
                            html.H3("Route", id="map-title"),
                            html.P(id=ids.DESCRIPTION, className="unseen"),
                            html.Div(id=ids.MAP_BOX, className="box"),
                            html.P(MAP_CREDIT, className="credit"),
                        ],
                        className="card figure",
                        **parts.aria(labelledby="map-title", describedby=ids.DESCRIPTION),
                    ),
                    html.Section(
                        [
                            html.H3("Days", id="timeline-title"),
                            html.P(
                                [
                                    html.Span(
                                        [html.Span(className="key solid"), "certain"], className="entry"
                                    ),
                                    html.Span(
                                        [html.Span(className="key hatched"), "possible"], className="entry"
                                    ),
                                ],
                                className="keys",
                            ),
                            html.Div(id=ids.TIMELINE_BOX, className="box"),
                        ],
                        className="card figure",
                        **parts.aria(labelledby="timeline-title"),
                    ),
                    html.Section(
                        [html.H3("Stops", id="table-title"), html.Div(id=ids.TABLE)],
                        className="card stops-card",
                        **parts.aria(labelledby="table-title"),
                    ),
                ],
                id=ids.RESULT_BODY,
            ),
        ],
        id="trip",
        className="result",
        tabIndex=-1,
        **parts.aria(label="The trip"),
    )


def _doubts() -> html.Section:
    """Return what stands beside the trip: notes, places set aside, the text with its proof."""
    return html.Section(
        [
            html.Section(
                [html.H3("Notes", id="notes-title"), html.Div(id=ids.READER_NOTE)],
                className="notes",
                **parts.aria(labelledby="notes-title"),
            ),
            html.Section(
                [
                    html.H3("The text, as it was read", id="marked-title"),
                    html.P(
                        "Stops in colour, days underlined, places set aside dotted. Select one to see why.",
                        id=ids.SAID,
                        role="status",
                        className="small said",
                    ),
                    html.Div(
                        id=ids.TEXT_MARKED,
                        className="marked",
                        tabIndex=0,
                        **parts.aria(labelledby="marked-title"),
                    ),
                ],
                **parts.aria(labelledby="marked-title"),
            ),
            html.Section(
                [
                    html.H3("Set aside", id="aside-title"),
                    html.P("Places that the text names and the trip leaves out.", className="small"),
                    html.Div(id=ids.SET_ASIDE, className="aside"),
                ],
                **parts.aria(labelledby="aside-title"),
            ),
        ],
        className="doubts",
        **parts.aria(label="Notes and places set aside"),
    )


def _footer() -> html.Footer:
    return html.Footer(
        html.P(
            "The text is read by this program alone; nothing is passed on. Place names: GeoNames (CC BY 4.0)."
        )
    )


def _memory(trip: dict[str, Any] | None) -> list[dcc.Store]:
    """Return what the page remembers until it is closed."""
    return [
        dcc.Store(id=ids.TRIP, data=trip),
        dcc.Store(id=ids.SAMPLE),
        dcc.Store(id=ids.FILE),
        dcc.Store(id=ids.HIDDEN, data=[]),
        dcc.Store(id=ids.SELECTED),
        dcc.Store(id=ids.THEME),
        dcc.Store(id=ids.WIDTH),
        dcc.Store(id=ids.PICTURE),
        dcc.Store(id=ids.EXPORT_AS),
        dcc.Store(id=ids.SAVED),
    ]
