"""Colours, type and settings that every figure shares: one light theme, one dark."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

__all__ = [
    "CONFIG",
    "DARK",
    "FONT_FAMILY",
    "LIGHT",
    "NO_COUNTRY",
    "Theme",
    "colour_of",
    "contrast",
    "country_colours",
    "escape",
    "halo",
    "mix",
    "template",
    "theme",
]

FONT_FAMILY = 'Arial, Helvetica, "Liberation Sans", "DejaVu Sans", sans-serif'
"""No web font: a browser leaves them out of an exported picture, and measured labels would no longer fit."""

NO_COUNTRY = ""
"""Key of the colour for stops that lie in no country."""

CONFIG: dict[str, Any] = {
    "topojsonURL": "/assets/topojson/",
    "displaylogo": False,
    "showSendToCloud": False,
    "showEditInChartStudio": False,
    "responsive": True,
    "scrollZoom": False,
    "displayModeBar": "hover",
    "modeBarButtonsToRemove": [
        "toImage",
        "select2d",
        "lasso2d",
        "autoScale2d",
        "pan2d",
        "zoom2d",
        "pan",
        "hoverClosestGeo",
        "hoverClosestCartesian",
        "hoverCompareCartesian",
        "toggleSpikelines",
    ],
}
"""What `dcc.Graph` gets: outlines from our own server, nothing uploaded, zoom and reset only."""

# Ordered so that the first few differ most, also in lightness, for readers who see few hues.
_LIGHT_COUNTRIES = (
    "#1f5f8b",
    "#b5451b",
    "#4d2f86",
    "#2b7d4c",
    "#b0306e",
    "#8a6700",
    "#16364f",
    "#8658bd",
    "#6d3f1f",
    "#0d7a78",
    "#861a3a",
    "#5f6b12",
    "#56677a",
    "#0f4636",
    "#4a5bb8",
    "#85526e",
)
_DARK_COUNTRIES = (
    "#76b4e5",
    "#ff9e7d",
    "#a48de3",
    "#7dcd97",
    "#f695bb",
    "#dab563",
    "#7395b3",
    "#cdabff",
    "#cb9674",
    "#6fcac7",
    "#e47f91",
    "#aebd6a",
    "#a4b7cc",
    "#70a491",
    "#9cb0fd",
    "#daa0bf",
)


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, as ``#rrggbb``.

    Parameters
    ----------
    name : str
        ``light`` or ``dark``.
    ink, muted : str
        Text, and text of second rank; both are readable on `card`, `page`, `sea` and `land`.
    land, sea, border, graticule : str
        The map's ground.
    grid, band : str
        Lines of the timeline, and the ground of its weekends.
    card, page : str
        What figures stand on, and what cards stand on.
    line : str
        Legs of the route.
    accent : str
        The ring around a selected stop.
    marker_text : str
        Numbers on a country colour.
    no_country : str
        Colour of stops in no country.
    countries : tuple of str
        Colours of countries, the most distinct first.
    """

    name: str
    ink: str
    muted: str
    land: str
    sea: str
    border: str
    graticule: str
    grid: str
    band: str
    card: str
    page: str
    line: str
    accent: str
    marker_text: str
    no_country: str
    countries: tuple[str, ...]


LIGHT = Theme(
    name="light",
    ink="#1a2026",
    muted="#4c555d",
    land="#ebe7de",
    sea="#f7f9fa",
    border="#c9c2b4",
    graticule="#e9edf0",
    grid="#dfe2e4",
    band="#f5f5f2",
    card="#ffffff",
    page="#f4f3f0",
    line="#3c474f",
    accent="#1a2026",
    marker_text="#ffffff",
    no_country="#5b5f63",
    countries=_LIGHT_COUNTRIES,
)

DARK = Theme(
    name="dark",
    ink="#eceff1",
    muted="#b7c1c9",
    land="#303a42",
    sea="#182026",
    border="#4b5761",
    graticule="#202a31",
    grid="#333e46",
    band="#1f282f",
    card="#182026",
    page="#10161a",
    line="#c3ccd3",
    accent="#ffffff",
    marker_text="#10161a",
    no_country="#a9aeb2",
    countries=_DARK_COUNTRIES,
)

_THEMES = {LIGHT.name: LIGHT, DARK.name: DARK}


def theme(name: str) -> Theme:
    """Return the theme of this name.

    Raises
    ------
    ValueError
        If there is none.
    """
    if name not in _THEMES:
        raise ValueError(f"no theme is called {name!r}; there are {', '.join(_THEMES)}")
    return _THEMES[name]


def country_colours(frame: pd.DataFrame, theme: Theme) -> dict[str, str]:
    """Give each country of the trip its colour.

    Call it with the whole trip: colours follow the order in which countries first appear, so that
    a filter never changes a colour. After the last colour the first comes again.

    Returns
    -------
    dict
        Colour by alpha-2 code; ``""`` holds the colour of stops without a country.
    """
    codes = [c for c in dict.fromkeys(frame["country"].dropna()) if c]
    palette = theme.countries
    colours = {str(code): palette[i % len(palette)] for i, code in enumerate(codes)}
    return {**colours, NO_COUNTRY: theme.no_country}


def colour_of(country: object, colours: Mapping[str, str], theme: Theme) -> str:
    """Return the colour of one country, also for a missing one."""
    code = country if isinstance(country, str) else NO_COUNTRY
    return colours.get(code, theme.no_country)


def escape(text: object) -> str:
    """Make text safe for a figure: plotly reads a little HTML, and that could reach the network."""
    return html.escape(str(text), quote=True).replace("&quot;", "&#34;")  # plotly knows no &quot;


def halo(ground: str) -> str:
    """Return the ``textfont.shadow`` that keeps text readable across lines."""
    return ", ".join([f"0 0 2px {ground}"] * 4)


def _channels(colour: str) -> tuple[float, float, float]:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def mix(colour: str, ground: str, share: float) -> str:
    """Mix two colours; `share` (0 to 1) is that of the first."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(255 * (a * share + b * (1 - share))):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours after WCAG 2.2, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def template(theme: Theme) -> go.layout.Template:
    """Return what all figures of a theme have in common."""
    return go.layout.Template(
        layout={
            "font": {"family": FONT_FAMILY, "size": 13, "color": theme.ink},
            "paper_bgcolor": theme.card,
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "barmode": "overlay",
            "hovermode": "closest",
            "clickmode": "event",
            "dragmode": "pan",
            "hoverlabel": {
                "bgcolor": theme.card,
                "bordercolor": theme.muted,
                "font": {"family": FONT_FAMILY, "size": 13, "color": theme.ink},
                "align": "left",
            },
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": theme.muted, "activecolor": theme.ink},
        }
    )
