"""The records check what they are given."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

import itinerary
from itinerary import model
from itinerary.model import (
    DateWindow,
    Evidence,
    Itinerary,
    Kind,
    Leg,
    Mention,
    Place,
    Reading,
    Span,
    Stop,
)

DAY, LATER = date(2024, 2, 28), date(2024, 3, 1)
OSLO = Place("Oslo", "NO", 59.91, 10.75, Kind.CITY)
LIMA = Place("Lima", "PE", -12.04, -77.03, Kind.CITY)
NOWHERE = Place("Utopia", None, None, None, Kind.REGION)


@pytest.mark.parametrize("record", [c for c in vars(model).values() if dataclasses.is_dataclass(c)])
def test_records_are_frozen_and_have_slots(record: type) -> None:
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(record)


def test_every_public_record_is_exported_by_the_package() -> None:
    assert set(model.__all__) <= set(itinerary.__all__)
    assert all(getattr(itinerary, name) is getattr(model, name) for name in model.__all__)


def test_every_public_name_can_be_had() -> None:
    assert all(getattr(itinerary, name) is not None for name in itinerary.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = itinerary.nonsense


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1), (-3, -2)])
def test_no_span_is_negative_or_reversed(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [((0, 3), (2, 5), True), ((0, 3), (3, 5), False), ((0, 9), (4, 5), True)],
)
def test_spans_overlap_if_they_share_a_character(a: tuple[int, int], b: tuple[int, int], share: bool) -> None:
    assert Span(*a).overlaps(Span(*b)) is Span(*b).overlaps(Span(*a)) is share


def test_a_quote_is_as_long_as_its_span() -> None:
    assert Evidence(Span(3, 7), "Oslo", "rule").about == "place"
    with pytest.raises(ValueError, match="not as long as its span"):
        Evidence(Span(3, 8), "Oslo", "rule")


@pytest.mark.parametrize(
    ("latitude", "longitude", "match"),
    [
        (1.0, None, "go together"),
        (None, 1.0, "go together"),
        (90.1, 0.0, "not on the globe"),
        (0.0, -180.1, "not on the globe"),
        (float("nan"), 0.0, "not on the globe"),
    ],
)
def test_a_place_lies_on_the_globe(latitude: float | None, longitude: float | None, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        Place("X", "NO", latitude, longitude, Kind.CITY)


@pytest.mark.parametrize(
    ("earliest", "latest", "edtf", "is_day"),
    [
        (DAY, DAY, "2024-02-28", True),
        (DAY, LATER, "[2024-02-28..2024-03-01]", False),
        (DAY, None, "[2024-02-28..]", False),
        (None, LATER, "[..2024-03-01]", False),
        (None, None, "", False),
    ],
)
def test_a_window_as_edtf(earliest: date | None, latest: date | None, edtf: str, is_day: bool) -> None:
    window = DateWindow(earliest, latest)
    assert window.edtf == edtf
    assert window.is_day is is_day


def test_no_window_is_reversed() -> None:
    with pytest.raises(ValueError, match="window reversed"):
        DateWindow(LATER, DAY)


def test_legs_join_neighbours_and_know_their_length() -> None:
    trip = Itinerary("", stops=(Stop(OSLO), Stop(LIMA), Stop(NOWHERE)))
    assert [(leg.start.place.name, leg.end.place.name) for leg in trip.legs] == [
        ("Oslo", "Lima"),
        ("Lima", "Utopia"),
    ]
    assert trip.legs[0].kilometres == pytest.approx(11_050, abs=100)
    assert trip.legs[1].kilometres is None
    assert Itinerary("", stops=(Stop(OSLO),)).legs == ()


def test_a_leg_over_the_date_line_is_the_short_way() -> None:
    fiji, samoa = (Place(n, None, -15.0, x, Kind.CITY) for n, x in (("Fiji", 179.0), ("Samoa", -179.0)))
    assert Leg(Stop(fiji), Stop(samoa)).kilometres == pytest.approx(215, abs=2)


def mention(place: Place | None, reading: Reading, at: int, name: str = "") -> Mention:
    toponym = name or (place.name if place else "")
    span = Span(at, at + len(toponym))
    return Mention(toponym, span, place, reading, "", Evidence(span, toponym, ""))


def test_set_aside_names_each_place_once_and_no_stop() -> None:
    trip = Itinerary(
        "",
        stops=(Stop(OSLO, mentions=(0,)),),
        mentions=(
            mention(OSLO, Reading.VISIT, 0),
            mention(LIMA, Reading.BACKGROUND, 10),
            mention(OSLO, Reading.PAST, 20),  # another word on a stop
            mention(LIMA, Reading.CANCELLED, 30),
            mention(LIMA, Reading.PAST, 40),
            mention(None, Reading.BACKGROUND, 50, "Elsewhere"),
        ),
    )
    found = [(m.toponym, m.reading, m.span.start) for m in trip.set_aside]
    assert found == [("Lima", Reading.CANCELLED, 30), ("Elsewhere", Reading.BACKGROUND, 50)]


def test_namesakes_in_two_countries_are_two_places() -> None:
    here, there = (Place("Cordoba", code, None, None, Kind.CITY) for code in ("ES", "AR"))
    trip = Itinerary("", stops=(Stop(here),), mentions=(mention(there, Reading.PAST, 0),))
    assert [m.place for m in trip.set_aside] == [there]
