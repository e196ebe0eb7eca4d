from __future__ import annotations

from pathlib import Path

import pytest

from itinerary.formats import write, writers
from itinerary.formats.json import loads
from itinerary.model import Itinerary


@pytest.mark.parametrize("ending", sorted(writers))
def test_every_ending_writes_a_file(trip: Itinerary, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"trip.{ending.upper()}"
    write(trip, path)
    assert path.read_bytes().decode() == writers[ending](trip)


def test_json_reads_back(trip: Itinerary, tmp_path: Path) -> None:
    write(trip, tmp_path / "trip.json")
    assert loads((tmp_path / "trip.json").read_bytes()) == trip


@pytest.mark.parametrize("name", ["trip.doc", "trip", ".json"])
def test_an_unknown_ending_names_those_there_are(trip: Itinerary, name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="csv, geojson, gpx, ics, json, kml, md, txt"):
        write(trip, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
