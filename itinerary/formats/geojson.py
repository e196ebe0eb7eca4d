"""The trip as GeoJSON (RFC 7946): a point for each stop, a line for each leg, and back without loss.

A stop's properties are the fields of our JSON without its coordinates, which are the geometry; a stop
whose place is unknown has none. Whatever else was read (the text, the places set aside, notes) stands
beside the features under ``itinerary``, as the standard allows; other programs pass it over.
"""

from __future__ import annotations

import json
from typing import Any

from itinerary.errors import InputError
from itinerary.formats.json import from_json, to_json
from itinerary.formats.lines import line
from itinerary.model import Itinerary, Leg

__all__ = ["dumps", "loads"]

Json = dict[str, Any]

_KIND = "stop"


def dumps(itinerary: Itinerary) -> str:
    """Return the GeoJSON document of an itinerary, with a newline at its end."""
    rest = to_json(itinerary)
    stops = [_stop(stop, number) for number, stop in enumerate(rest.pop("stops"), 1)]
    ways = [
        feature for number, leg in enumerate(itinerary.legs, 1) if (feature := _leg(leg, number)) is not None
    ]
    document = {"type": "FeatureCollection", "features": [*stops, *ways], "itinerary": rest}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def loads(document: str | bytes) -> Itinerary:
    """Return the itinerary in a GeoJSON document that `dumps` made, or of any points in travel order.

    Features without a point or without a ``place`` (else ``name``) are passed over, unless `dumps` made them.

    Raises
    ------
    InputError
        If it is no such document.
    """
    try:
        data = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise InputError(f"This is not JSON: {error}.") from None
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise InputError("This is not GeoJSON: it must be a “FeatureCollection”.")
    features, rest = data.get("features"), data.get("itinerary")
    if not isinstance(features, list):
        raise InputError("This is not GeoJSON: “features” must be a list.")
    stops = [stop for feature in features if (stop := _stop_of(feature)) is not None]
    return from_json((rest if isinstance(rest, dict) else {}) | {"stops": stops})


def _stop(stop: Json, number: int) -> Json:
    latitude, longitude = stop.pop("lat"), stop.pop("lon")
    known = latitude is not None
    return {
        "type": "Feature",
        "id": number,
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]} if known else None,
        "properties": {"feature": _KIND, "number": number, "name": f"{number}. {stop['place']}"} | stop,
    }


def _leg(leg: Leg, number: int) -> Json | None:
    parts = line(leg)
    if not parts:
        return None
    kilometres = leg.kilometres
    return {
        "type": "Feature",
        "id": f"leg-{number}",
        "geometry": {"type": "LineString", "coordinates": parts[0]}
        if len(parts) == 1
        else {"type": "MultiLineString", "coordinates": parts},
        "properties": {
            "feature": "leg",
            "name": f"{leg.start.place.name} to {leg.end.place.name}",
            "from": number,
            "to": number + 1,
            "kilometres": None if kilometres is None else round(kilometres),
        },
    }


def _stop_of(feature: object) -> Json | None:
    """Return the stop in a feature, as our JSON has it; None if it is no stop."""
    if not isinstance(feature, dict):
        return None
    properties, geometry = feature.get("properties"), feature.get("geometry")
    if not isinstance(properties, dict):
        return None
    point = geometry if isinstance(geometry, dict) and geometry.get("type") == "Point" else {}
    position = point.get("coordinates")
    placed = isinstance(position, list) and len(position) >= 2
    if not placed and properties.get("feature") != _KIND:
        return None
    place = properties.get("place") or properties.get("name")
    if not place:
        return None
    longitude, latitude = position[:2] if isinstance(position, list) and placed else (None, None)
    return properties | {"place": place, "lat": latitude, "lon": longitude}
