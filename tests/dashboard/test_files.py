"""Files in and out of the page."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from dashboard import files
from itinerary import ExportError, InputError, Itinerary, formats
from tests.dashboard.itineraries import TRIP


def given(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_the_menu_offers_what_can_be_written_and_each_once() -> None:
    endings = [f.ending for f in files.FORMATS]
    assert len(endings) == len(set(endings))
    assert set(endings) == {*formats.writers, "svg"}, "a picture is drawn in the browser"


@pytest.mark.parametrize("ending", sorted(formats.readers))
def test_a_trip_that_was_saved_comes_back(ending: str) -> None:
    document, trip = files.opened(f"trip.{ending}", given(str(files.saved(TRIP, ending)["text"])))
    assert trip is not None
    assert [s.place.name for s in trip.stops] == [s.place.name for s in TRIP.stops]
    assert document.text == trip.text
    if ending != "csv":  # which holds the table alone
        assert trip == TRIP


def test_other_json_is_no_trip_and_is_told_so() -> None:
    with pytest.raises(InputError, match="not the JSON of an itinerary"):
        files.opened("a.json", given("[1]"))


def test_what_did_not_arrive_whole() -> None:
    with pytest.raises(InputError, match="did not arrive whole"):
        files.opened("a.txt", "%%%")


def test_a_calendar_needs_a_day() -> None:
    undated = replace(TRIP, stops=tuple(replace(s, arrive=None, depart=None) for s in TRIP.stops))
    with pytest.raises(ExportError, match="No stop of this trip has a day"):
        files.saved(undated, "ics")


def test_file_names_are_safe() -> None:
    odd = Itinerary(text="x", traveller="../../Ünï <b>:|?* " + "y" * 300)
    name = files.file_name(odd, "kml")
    assert name.startswith("trip-")
    assert name.endswith(".kml")
    assert len(name) < 80
    assert not set(name) & set("/\\<>:|?* ")
