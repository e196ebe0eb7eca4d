"""The days of a trip as a whole, and what lists of days say."""

from __future__ import annotations

import pytest

from itinerary import read
from itinerary.model import DateWindow, Itinerary


def days(window: DateWindow | None) -> str:
    """Write a window as ``MM-DD`` or ``MM-DD/MM-DD``; empty if unknown."""
    if window is None:
        return ""
    first, last = (d.strftime("%m-%d") if d else ".." for d in (window.earliest, window.latest))
    return first if first == last else f"{first}/{last}"


def stays(trip: Itinerary) -> dict[str, tuple[str, str]]:
    return {stop.place.name: (days(stop.arrive), days(stop.depart)) for stop in trip.stops}


TRIPS = [
    # the day of leaving and a length
    (
        "2024-03-04",
        (
            "The minister leaves Friday for a five-day trip to Peru and Chile. She will meet port managers "
            "in Lima and Valparaíso."
        ),
        dict.fromkeys(("Lima", "Valparaíso"), ("03-08/03-13", "03-08/03-13")),
    ),
    # the day of coming home and a length
    (
        "2024-03-06",
        (
            "On Monday the senator returned from a week-long trip to Norway and Sweden. She visited Oslo and "
            "Stockholm."
        ),
        dict.fromkeys(("Oslo", "Stockholm"), ("02-26/03-04", "02-26/03-04")),
    ),
    # the days on which a tour begins and ends bound what lies between
    (
        "2024-03-08",
        (
            "The choir will begin its tour on 4 April in Lyon. It sings in Nancy. The tour ends on 9 April "
            "in Lille."
        ),
        {"Lyon": ("04-04", "04-04/04-09"), "Nancy": ("04-04/04-09", "04-04/04-09"), "Lille": ("04-09", "")},
    ),
    # a range beside the name of the area of all stops is that of the trip
    (
        "2024-03-08",
        (
            "Ms Berg will visit the Baltic states from 3 to 6 April. She begins her visit in Tallinn, goes "
            "on to Riga and ends it in Vilnius."
        ),
        {"Tallinn": ("04-03", "04-03/04-06"), "Riga": ("04-03/04-06", ""), "Vilnius": ("", "04-06")},
    ),
    # what is told as past was over by the day of publication
    (
        "2024-03-07",
        "During the week of March 4, Ms Berg led a delegation to Oslo.",
        {"Oslo": ("03-04/03-07", "03-04/03-07")},
    ),
    # a journey told long after
    (
        "2019-05-22",
        (
            "In the summer of 2017 I left on a trip across Norway. We saw Oslo and Bergen and then drove to "
            "Trondheim."
        ),
        dict.fromkeys(("Oslo", "Bergen", "Trondheim"), ("06-01/08-31", "06-01/08-31")),
    ),
    # what is said on the way is said on the day of travel
    (
        "2024-03-06",
        (
            "MS. BERG: Good morning. We are on our way to Bergen, where the minister will see the port. "
            "Tomorrow she goes to Oslo."
        ),
        {"Bergen": ("03-06", "03-07"), "Oslo": ("03-07", "")},
    ),
]


@pytest.mark.parametrize(("published", "text", "expected"), TRIPS)
def test_days_of_the_whole_trip(published: str, text: str, expected: dict[str, tuple[str, str]]) -> None:
    found = stays(read(text, published))
    for place, (arrive, depart) in expected.items():
        assert place in found
        assert not arrive or found[place][0] == arrive, place
        assert not depart or found[place][1] == depart, place


def test_a_list_of_days_ends_the_stay_whose_next_line_names_another_place() -> None:
    text = "Log\n\n3 June 2022\nLisbon\n\n5 June 2022\nby car to Coimbra\n\n9 June 2022\nPorto\n"
    assert stays(read(text))["Lisbon"] == ("06-03", "06-03/06-05")


def test_numbered_days_become_dates_where_one_of_them_is_dated() -> None:
    text = "Day 1\n4 June 2022\nLisbon\n\nDay 2\n5 June 2022\nÉvora\n\nDay 4\nPorto\n"
    trip = read(text)
    assert all(stop.arrive_day is None for stop in trip.stops)
    assert stays(trip)["Porto"][0] == "06-07"


def test_numbered_days_without_any_date_stay_numbers() -> None:
    trip = read("Day 1: Lisbon\nDay 2: Évora\nDay 4: Porto\n")
    assert [stop.arrive_day for stop in trip.stops] == [1, 2, 4]
