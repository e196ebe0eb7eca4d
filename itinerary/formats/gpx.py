"""The trip as GPX 1.1: a way point for each stop, and a route through all of them.

GPX knows moments and no days, so a time is written only where the day of arrival is certain, as midnight UTC
of that day; the description of each point says when in words, and that of the file what was left out.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from itinerary.formats.text import heading
from itinerary.formats.xml import add, degrees, described, document
from itinerary.model import Itinerary, Stop

__all__ = ["dumps"]

_NAMESPACE = "http://www.topografix.com/GPX/1/1"


def dumps(itinerary: Itinerary) -> str:
    """Return the GPX document of an itinerary, with a newline at its end."""
    root = ET.Element("gpx", {"xmlns": _NAMESPACE, "version": "1.1", "creator": "Itinerary reader"})
    about = add(root, "metadata")
    add(about, "name", heading(itinerary))
    add(about, "desc", _remarks(itinerary))
    placed = [(n, stop) for n, stop in enumerate(itinerary.stops, 1) if stop.place.latitude is not None]
    for number, stop in placed:
        _add_point(root, "wpt", stop, number)
    if len(placed) > 1:
        route = add(root, "rte")
        add(route, "name", heading(itinerary))
        for number, stop in placed:
            _add_point(route, "rtept", stop, number)
    return document(root)


def _remarks(itinerary: Itinerary) -> str:
    remarks = ["Times are days: midnight UTC stands for the whole day of arrival, where it is certain."]
    if missing := [stop.place.name for stop in itinerary.stops if stop.place.latitude is None]:
        remarks.append(f"Left out, for no list of places knows them: {', '.join(missing)}.")
    return " ".join(remarks)


def _add_point(parent: ET.Element, name: str, stop: Stop, number: int) -> None:
    latitude, longitude = degrees(stop.place.latitude or 0.0), degrees(stop.place.longitude or 0.0)
    # The standard leaves out 180 degrees east, which is 180 degrees west.
    where = {"lat": latitude, "lon": "-180" if longitude == "180" else longitude}
    point = add(parent, name, attributes=where)
    if stop.arrive and stop.arrive.is_day and stop.arrive.earliest:
        add(point, "time", f"{stop.arrive.earliest.isoformat()}T00:00:00Z")
    add(point, "name", f"{number}. {stop.place.name}")
    add(point, "desc", described(stop))
    add(point, "type", stop.role.value)
