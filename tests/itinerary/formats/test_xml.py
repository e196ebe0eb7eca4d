"""KML and GPX are held against their schemas."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from hypothesis import given

from itinerary.formats import gpx, kml
from itinerary.model import Itinerary, Kind, Place
from tests.strategies import itineraries

KML = "{http://www.opengis.net/kml/2.2}"
GPX = "{http://www.topografix.com/GPX/1/1}"
SCHEMAS = {
    "gpx": xmlschema.XMLSchema(Path(__file__).with_name("gpx.xsd")),
    "kml": xmlschema.XMLSchema(str(files("fastkml") / "schema" / "ogckml22.xsd"), allow="local"),
}
WRITERS = {"gpx": gpx.dumps, "kml": kml.dumps}


@pytest.mark.parametrize("name", WRITERS)
@given(trip=itineraries())
def test_any_trip_keeps_to_the_schema(name: str, trip: Itinerary) -> None:
    SCHEMAS[name].validate(WRITERS[name](trip))


@pytest.mark.parametrize("name", WRITERS)
def test_the_schema_is_strict(name: str, trip: Itinerary) -> None:
    broken = WRITERS[name](trip).replace("<name>", "<nome>").replace("</name>", "</nome>")
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        SCHEMAS[name].validate(broken)


@pytest.mark.parametrize("name", WRITERS)
def test_markup_in_a_name_stays_text(name: str, trip: Itinerary) -> None:
    risky = "]]><script>alert(1)</script>\x00\x1b&amp;"
    stop = replace(trip.stops[0], place=replace(trip.stops[0].place, name=risky))
    root = ET.fromstring(WRITERS[name](replace(trip, stops=(stop,))))
    names = [e.text for e in root.iter() if e.tag.endswith("}name")]
    assert "1. ]]><script>alert(1)</script>&amp;" in names
    assert not [e for e in root.iter() if e.tag.endswith("}script")]


def test_windows_in_kml(trip: Itinerary) -> None:
    first, second = ET.fromstring(kml.dumps(trip)).findall(f".//{KML}Folder[1]/{KML}Placemark")
    assert (first.findtext(f"{KML}TimeSpan/{KML}begin"), first.findtext(f"{KML}TimeSpan/{KML}end")) == (
        "1866-05-03",
        "1866-05-03",
    )
    assert second.findtext(f"{KML}TimeSpan/{KML}begin") == "1866-05-03"
    data = {d.get("name"): d.findtext(f"{KML}value") for d in second.iter(f"{KML}Data")}
    assert (data["arrives"], data["leaves"]) == ("[1866-05-03..1866-05-04]", "[1866-05-04..]")


def test_a_moment_stands_in_gpx_only_where_the_day_is_certain(trip: Itinerary) -> None:
    sure = replace(trip.stops[1], arrive=trip.stops[0].depart)
    root = ET.fromstring(gpx.dumps(replace(trip, stops=(trip.stops[0], trip.stops[1], sure))))
    assert [p.findtext(f"{GPX}time") for p in root.findall(f"{GPX}wpt")] == [
        None,
        None,
        "1866-05-03T00:00:00Z",
    ]


@pytest.mark.parametrize("name", WRITERS)
def test_a_place_without_coordinates_is_named(name: str, trip: Itinerary) -> None:
    lost = replace(trip.stops[0], place=Place("Nowhere", None, None, None, Kind.CITY))
    assert "for no list of places knows them: Nowhere." in WRITERS[name](replace(trip, stops=(lost,)))
