"""The example that the project began with, if the folder of examples lies beside the project."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import itinerary
from itinerary import DateWindow, Itinerary, Reading

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "seed"
STEM = "blinken-2023"

pytestmark = pytest.mark.skipif(
    not (FOLDER / f"{STEM}.txt").exists(), reason="the folder of examples does not lie beside the project"
)


@pytest.fixture(scope="module")
def text() -> str:
    return (FOLDER / f"{STEM}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    return json.loads((FOLDER / f"{STEM}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def trip(text: str, gold: dict[str, Any]) -> Itinerary:
    return itinerary.read(text, gold["published"])


@pytest.fixture(scope="module")
def undated(text: str) -> Itinerary:
    return itinerary.read(text)


def route(trip: Itinerary) -> list[tuple[str, str | None]]:
    return [(stop.place.name, stop.place.country) for stop in trip.stops]


def readings(trip: Itinerary) -> dict[str, Reading]:
    return {m.place.name if m.place else m.toponym: m.reading for m in trip.set_aside}


def days(window: DateWindow | None) -> list[str] | None:
    if window is None or window.earliest is None or window.latest is None:
        return None
    return [window.earliest.isoformat(), window.latest.isoformat()]


def test_stops_in_travel_order(trip: Itinerary, gold: dict[str, Any]) -> None:
    assert route(trip) == [(stop["place"], stop["country"]) for stop in gold["stops"]]


def test_traveller(trip: Itinerary, gold: dict[str, Any]) -> None:
    assert trip.traveller is not None
    assert trip.traveller.split()[-2:] == gold["traveller"].split()


@pytest.mark.parametrize("n", range(3))
def test_stop(trip: Itinerary, gold: dict[str, Any], n: int) -> None:
    stop, wanted = trip.stops[n], gold["stops"][n]
    assert stop.place.kind == wanted["granularity"]
    assert stop.place.latitude == pytest.approx(wanted["lat"], abs=0.1)
    assert stop.place.longitude == pytest.approx(wanted["lon"], abs=0.1)
    assert (days(stop.arrive), days(stop.depart)) == (wanted["arrive"], wanted["depart"])
    assert stop.role == wanted["role"]
    assert stop.purpose == wanted["purpose"]


def test_what_is_no_stop_is_set_aside_or_the_area_of_a_stop(trip: Itinerary, gold: dict[str, Any]) -> None:
    assert not {stop.place.name for stop in trip.stops} & set(gold["not_stops"])
    assert set(gold["not_stops"]) <= set(readings(trip))


def test_places_set_aside_have_the_right_reason(trip: Itinerary) -> None:
    found = readings(trip)
    assert found["Beijing"] is Reading.CANCELLED
    assert found["Bali"] is Reading.PAST
    assert found["Munich"] in (Reading.PAST, Reading.ATTRIBUTIVE)


def test_dated_well_there_is_nothing_to_doubt(trip: Itinerary) -> None:
    assert trip.issues == ()
    assert (trip.published, trip.published_basis) == (date(2023, 2, 24), "given")


def test_without_publication_day_the_route_is_the_same(trip: Itinerary, undated: Itinerary) -> None:
    assert route(undated) == route(trip)


def test_without_publication_day_there_are_no_days(undated: Itinerary) -> None:
    assert undated.published is None
    assert [(stop.arrive, stop.depart) for stop in undated.stops] == [(None, None)] * 3


def test_without_publication_day_there_is_one_note(undated: Itinerary) -> None:
    assert [issue.code for issue in undated.issues] == ["no-publication-day"]
