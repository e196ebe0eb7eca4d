"""Documents in, itineraries out.

`writers` tells by the ending of a file's name how to write it: a new format is one line more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from itinerary.formats import csv, document, files, geojson, gpx, ical, json, kml, markdown, text
from itinerary.model import Itinerary

__all__ = [
    "csv",
    "document",
    "files",
    "geojson",
    "gpx",
    "ical",
    "json",
    "kml",
    "markdown",
    "readers",
    "text",
    "write",
    "writers",
]

writers: Mapping[str, Callable[[Itinerary], str]] = {
    "csv": csv.dumps,
    "geojson": geojson.dumps,
    "gpx": gpx.dumps,
    "ics": ical.dumps,
    "json": json.dumps,
    "kml": kml.dumps,
    "md": markdown.dumps,
    "txt": text.dumps,
}
"""Ending of a file's name, in lower case and without the dot, to what writes such a text."""

readers: Mapping[str, Callable[[str], Itinerary]] = {
    "csv": csv.loads,
    "geojson": geojson.loads,
    "json": json.loads,
}
"""Ending to what reads back a trip that was written so: it is taken as it is, and no text is read."""


def write(itinerary: Itinerary, path: str | Path) -> None:
    """Write an itinerary to a file in the format of its ending, whole or not at all.

    Raises
    ------
    ValueError
        If no writer knows the ending.
    OSError
        If the file cannot be written.
    """
    path = Path(path)
    writer = writers.get(path.suffix[1:].lower())
    if writer is None:
        raise ValueError(f"no format for “{path.name}”: the endings are {', '.join(sorted(writers))}")
    files.write_text(path, writer(itinerary))
