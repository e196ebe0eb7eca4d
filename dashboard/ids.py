"""Every id on the page, so that layout, callbacks, styles and tests cannot drift apart.

The style sheet and the scripts in `assets/` use the same names.
"""

from __future__ import annotations

__all__ = [
    "AGAIN",
    "ALL_COUNTRIES",
    "COUNTRY",
    "DESCRIPTION",
    "EXPORT",
    "EXPORT_AS",
    "EXPORT_MENU",
    "EXPORT_STATUS",
    "FAULT",
    "FIGURE",
    "FILE",
    "FILE_BUTTON",
    "FILTER",
    "HIDDEN",
    "MAP",
    "MAP_BOX",
    "MESSAGE",
    "NO_COUNTRIES",
    "PICTURE",
    "PUBLISHED",
    "READ",
    "READER_NOTE",
    "RESULT_BODY",
    "RESULT_HEAD",
    "ROW",
    "SAID",
    "SAMPLE",
    "SAMPLE_MENU",
    "SAVED",
    "SELECTED",
    "SET_ASIDE",
    "STATUS",
    "TABLE",
    "TEXT",
    "TEXT_MARKED",
    "THEME",
    "THEME_BUTTON",
    "TIMELINE",
    "TIMELINE_BOX",
    "TRIP",
    "TRIPS",
    "TRIP_BUTTON",
    "WIDTH",
    "country",
    "figure",
    "row",
    "trip_button",
]

# What the visitor gives
TEXT = "text"
PUBLISHED = "published"
READ = "read"
SAMPLE_MENU = "sample-menu"
MESSAGE = "message"

# What the page answers
STATUS = "status"
FAULT = "fault"
RESULT_HEAD = "result-head"
RESULT_BODY = "result-body"
TRIPS = "trips"
DESCRIPTION = "description"
FILTER = "filter"
MAP_BOX = "map-box"
MAP = "map"
TIMELINE_BOX = "timeline-box"
TIMELINE = "timeline"
TABLE = "table"
READER_NOTE = "notes"
SET_ASIDE = "set-aside"
SAID = "said"
TEXT_MARKED = "text-marked"

# Buttons
ALL_COUNTRIES = "all-countries"
NO_COUNTRIES = "no-countries"
AGAIN = "again"
EXPORT = "export"
EXPORT_MENU = "export-menu"
FILE_BUTTON = "file-button"
EXPORT_STATUS = "export-status"
THEME_BUTTON = "theme-button"

# What the page remembers until it is closed
SAMPLE = "sample"
FILE = "file"
TRIP = "itinerary"
HIDDEN = "hidden"
SELECTED = "selected"
THEME = "theme"
WIDTH = "width"
PICTURE = "picture"
EXPORT_AS = "export-as"
SAVED = "saved"

# Kinds of components of which there are many, or none at first
FIGURE = "figure"
COUNTRY = "country"
ROW = "row"
TRIP_BUTTON = "trip-button"


def country(code: str) -> dict[str, str]:
    """Return the id of the filter button of one country."""
    return {"kind": COUNTRY, "code": code}


def figure(name: str) -> dict[str, str]:
    """Return the id of one of the two figures."""
    return {"kind": FIGURE, "name": name}


def row(stop: int) -> dict[str, str | int]:
    """Return the id of the table row of one stop."""
    return {"kind": ROW, "stop": stop}


def trip_button(number: int) -> dict[str, str | int]:
    """Return the id of the button that shows one trip of several; 0 is the main one."""
    return {"kind": TRIP_BUTTON, "number": number}
