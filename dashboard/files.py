"""Files that the visitor gives, and those that the page hands out."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from pathlib import PurePath
from typing import Any, NamedTuple

import itinerary
from dashboard import wording
from itinerary import formats
from itinerary.formats.document import Document, read_document

__all__ = ["FORMATS", "SIZES", "Format", "file_name", "opened", "saved"]

Json = dict[str, Any]


class Format(NamedTuple):
    """A kind of file: the ending of its name, what the menu calls it, and its media type."""

    ending: str
    label: str
    media: str


SIZES = (
    (1200, 675, "for a post"),
    (1920, 1080, "for a screen"),
    (1080, 1350, "upright"),
    (1123, 794, "A4 across"),
    (794, 1123, "A4 upright"),
)
"""Sizes of pictures that the menu offers: width and height in pixels, and what for."""

FORMATS = (
    Format("svg", "Picture, SVG", "image/svg+xml"),
    Format("csv", "Table, CSV", "text/csv"),
    Format("md", "Table, Markdown", "text/markdown"),
    Format("txt", "Plain text", "text/plain"),
    Format("ics", "Calendar, iCalendar", "text/calendar"),
    Format("geojson", "Map data, GeoJSON", "application/geo+json"),
    Format("kml", "Map data, KML", "application/vnd.google-earth.kml+xml"),
    Format("gpx", "Route, GPX", "application/gpx+xml"),
    Format("json", "Everything, JSON", "application/json"),
)


def opened(name: str, content: str) -> tuple[Document, itinerary.Itinerary | None]:
    """Return what is in a file that the visitor gave, and the trip if the file is one that was saved here.

    Parameters
    ----------
    name : str
    content : str
        The bytes of the file in base 64.

    Raises
    ------
    InputError
        If the file cannot be read; the message says why.
    """
    try:
        data = base64.b64decode(content, validate=True)
    except binascii.Error:
        raise itinerary.InputError(f"{name} did not arrive whole. Try again.") from None
    document = read_document(data, name)
    reader = formats.readers.get(PurePath(name).suffix[1:].lower())
    if reader is None:
        return document, None
    trip = reader(document.text)
    return Document(trip.text, document.note, trip.published), trip


def saved(trip: itinerary.Itinerary, ending: str) -> Json:
    """Return a trip as a file: its name, its media type and its text.

    Raises
    ------
    ExportError
        If the format cannot hold this trip; the message says why.
    """
    media = next(f.media for f in FORMATS if f.ending == ending)
    return {"name": file_name(trip, ending), "type": media, "text": formats.writers[ending](trip)}


def file_name(trip: itinerary.Itinerary, ending: str) -> str:
    """Name a file after its trip, in letters that every file system takes."""
    first = next((s.arrive.earliest for s in trip.stops if s.arrive and s.arrive.earliest), None)
    words = f"{wording.headline(trip)} {first or ''}"
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return f"trip-{stem or 'picture'}.{ending}"
