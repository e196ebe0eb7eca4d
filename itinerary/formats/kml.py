"""The trip as KML 2.2: a placemark for each stop, a line for each leg.

``TimeSpan`` runs from the first possible day of arriving to the last possible one of leaving. The windows
themselves stand in ``ExtendedData`` as EDTF. Places without coordinates are named in the description of the
document.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from itinerary.formats.lines import Point, line
from itinerary.formats.text import heading
from itinerary.formats.xml import add, degrees, described, document
from itinerary.model import Itinerary, Leg, Stop
from itinerary.table import country_name

__all__ = ["dumps"]

_NAMESPACE = "http://www.opengis.net/kml/2.2"


def dumps(itinerary: Itinerary) -> str:
    """Return the KML document of an itinerary, with a newline at its end."""
    root = ET.Element("kml", {"xmlns": _NAMESPACE})
    top = add(root, "Document")
    add(top, "name", heading(itinerary))
    if missing := [stop.place.name for stop in itinerary.stops if stop.place.latitude is None]:
        add(top, "description", f"Not on the map, for no list of places knows them: {', '.join(missing)}.")
    folder = add(top, "Folder")
    add(folder, "name", "Stops")
    for number, stop in enumerate(itinerary.stops, 1):
        _add_stop(folder, stop, number)
    ways = [(leg, parts) for leg in itinerary.legs if (parts := line(leg))]
    if ways:
        folder = add(top, "Folder")
        add(folder, "name", "Legs")
        for leg, parts in ways:
            _add_leg(folder, leg, parts)
    return document(root)


def _add_stop(folder: ET.Element, stop: Stop, number: int) -> None:
    place = stop.place
    mark = add(folder, "Placemark")
    add(mark, "name", f"{number}. {place.name}")
    add(mark, "description", described(stop))
    _add_time(mark, stop)
    data = add(mark, "ExtendedData")
    values = {
        "country": country_name(place.country),
        "arrives": stop.arrive.edtf if stop.arrive else "",
        "leaves": stop.depart.edtf if stop.depart else "",
        "role": stop.role.value,
        "purpose": stop.purpose.value,
        "confidence": f"{stop.confidence:.2f}",
    }
    for name, value in values.items():
        if value:
            add(add(data, "Data", attributes={"name": name}), "value", value)
    if place.latitude is not None and place.longitude is not None:
        add(add(mark, "Point"), "coordinates", _coordinates([(place.longitude, place.latitude)]))


def _add_time(mark: ET.Element, stop: Stop) -> None:
    begin = next((w.earliest for w in (stop.arrive, stop.depart) if w and w.earliest), None)
    end = next((w.latest for w in (stop.depart, stop.arrive) if w and w.latest), None)
    if begin is None and end is None:
        return
    span = add(mark, "TimeSpan")
    if begin is not None:
        add(span, "begin", begin.isoformat())
    if end is not None:
        add(span, "end", end.isoformat())


def _add_leg(folder: ET.Element, leg: Leg, parts: list[list[Point]]) -> None:
    mark = add(folder, "Placemark")
    add(mark, "name", f"{leg.start.place.name} to {leg.end.place.name}")
    if leg.kilometres is not None:
        add(mark, "description", f"{leg.kilometres:,.0f} km as the crow flies")
    shape = mark if len(parts) == 1 else add(mark, "MultiGeometry")
    for part in parts:
        drawn = add(shape, "LineString")
        add(drawn, "tessellate", "1")
        add(drawn, "coordinates", _coordinates(part))


def _coordinates(points: list[Point]) -> str:
    return " ".join(f"{degrees(x)},{degrees(y)}" for x, y in points)
