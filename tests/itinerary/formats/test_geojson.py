from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from itinerary.errors import InputError
from itinerary.formats.geojson import dumps, loads
from itinerary.model import Itinerary, Kind, Place, Stop
from tests.strategies import itineraries


def check(document: str) -> list[dict[str, Any]]:
    """Hold a document against RFC 7946; return its features."""
    data = json.loads(document, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert data["type"] == "FeatureCollection"
    assert "crs" not in data
    for feature in data["features"]:
        assert feature["type"] == "Feature"
        assert {"geometry", "properties"} <= set(feature)
        assert not {"coordinates", "geometries", "features"} & set(feature)
        geometry = feature["geometry"]
        if geometry is None:
            continue
        assert set(geometry) == {"type", "coordinates"}
        lines = {
            "Point": lambda c: [[c]],
            "LineString": lambda c: [c],
            "MultiLineString": lambda c: c,
        }[geometry["type"]](geometry["coordinates"])
        for line in lines:
            assert geometry["type"] == "Point" or len(line) >= 2
            assert all(len(p) == 2 and -180 <= p[0] <= 180 and -90 <= p[1] <= 90 for p in line)
            # A line does not go across the date line but is cut there.
            assert all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(line))
    return data["features"]  # type: ignore[no-any-return]


@given(itineraries())
def test_any_trip_keeps_to_the_standard_and_comes_back(itinerary: Itinerary) -> None:
    document = dumps(itinerary)
    check(document)
    assert loads(document) == itinerary


def test_nothing_is_lost(trip: Itinerary) -> None:
    document = dumps(trip)
    check(document)
    assert loads(document) == trip


def test_points_are_east_then_north(trip: Itinerary) -> None:
    first, second, leg = check(dumps(trip))
    assert first["geometry"] == {"type": "Point", "coordinates": [17.08323, -22.55941]}
    assert first["properties"]["name"] == "1. Windhoek"
    assert second["properties"]["arrive_window"]["edtf"] == "[1866-05-03..1866-05-04]"
    assert leg["geometry"]["coordinates"][0] == [17.08323, -22.55941]
    assert leg["geometry"]["coordinates"][-1] == [-21.89541, 64.13548]
    assert len(leg["geometry"]["coordinates"]) > 40, "others draw straight lines between the points"


@pytest.mark.parametrize(("start", "end"), [(139.7, -157.9), (-157.9, 139.7)])
def test_a_way_over_the_date_line_is_cut_there(start: float, end: float) -> None:
    stops = tuple(Stop(Place(f"at {x}", None, 21.0, x, Kind.CITY)) for x in (start, end))
    way = check(dumps(Itinerary("", stops=stops)))[-1]
    assert way["geometry"]["type"] == "MultiLineString"
    first, second = way["geometry"]["coordinates"]
    assert first[-1][0] == -second[0][0]
    assert abs(first[-1][0]) == 180
    assert first[-1][1] == second[0][1]


def test_a_place_without_coordinates_stays_a_feature(trip: Itinerary) -> None:
    lost = replace(trip.stops[0], place=Place("Nowhere", None, None, None, Kind.CITY))
    features = check(dumps(replace(trip, stops=(lost, trip.stops[1]))))
    assert [f["geometry"] is None for f in features] == [True, False]


def test_points_of_others_are_read_in_their_order() -> None:
    point = {"type": "Point", "coordinates": [10.75, 59.91, 20.0]}
    area = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    features = [
        {"type": "Feature", "geometry": area, "properties": {"name": "somewhere"}},
        {"type": "Feature", "geometry": point, "properties": {"name": "Oslo", "fill": "red"}},
        {"type": "Feature", "geometry": point, "properties": None},
    ]
    (stop,) = loads(json.dumps({"type": "FeatureCollection", "features": features})).stops
    assert (stop.place.name, stop.place.latitude, stop.place.longitude) == ("Oslo", 59.91, 10.75)


FAULTY = """{"type": "FeatureCollection", "features": [
    {"properties": {"name": "X"}, "geometry": {"type": "Point", "coordinates": ["a", 2]}}]}"""


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("[", "not JSON"),
        ("[]", "FeatureCollection"),
        ('{"type": "FeatureCollection"}', "“features” must be a list"),
        (FAULTY, "stops[0].lon must be a number"),
    ],
)
def test_what_is_wrong_is_said(document: str, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("[", r"\[")):
        loads(document)
