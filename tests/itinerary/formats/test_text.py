from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itinerary.formats.text import dumps, when, width
from itinerary.model import DateWindow, Itinerary, Kind, Place, Relation, Stop
from tests.strategies import itineraries

OSLO = Place("Oslo", "NO", 59.9, 10.7, Kind.CITY)


def window(low: str | None, high: str | None) -> DateWindow:
    return DateWindow(date.fromisoformat(low) if low else None, date.fromisoformat(high) if high else None)


def on(day: str) -> DateWindow:
    return window(day, day)


WEEK = window("2023-02-27", "2023-03-05")


@pytest.mark.parametrize(
    ("arrive", "depart", "words"),
    [
        (on("2023-02-28"), on("2023-03-03"), "28 Feb – 3 Mar 2023"),
        (on("2023-03-01"), on("2023-03-03"), "1–3 Mar 2023"),
        (on("2022-12-30"), on("2023-01-02"), "30 Dec 2022 – 2 Jan 2023"),
        (on("1492-08-03"), on("1492-08-03"), "3 Aug 1492"),
        (WEEK, WEEK, "between 27 Feb and 5 Mar 2023"),
        (window("2023-03-01", "2023-03-02"), window("2023-03-01", "2023-03-02"), "between 1 and 2 Mar 2023"),
        (
            on("2015-05-02"),
            window("2015-05-02", "2015-05-03"),
            "arrives 2 May 2015, leaves between 2 and 3 May 2015",
        ),
        (on("2015-05-02"), None, "arrives 2 May 2015"),
        (None, on("2015-05-02"), "leaves 2 May 2015"),
        (window("2015-05-02", None), None, "arrives not before 2 May 2015"),
        (on("2015-05-02"), window("2015-05-02", None), "arrives 2 May 2015"),
        (on("2015-05-02"), window("2015-05-04", None), "arrives 2 May 2015, leaves not before 4 May 2015"),
        (window(None, "2015-05-02"), on("2015-05-02"), "leaves 2 May 2015"),
        (None, window(None, "2015-05-02"), "leaves by 2 May 2015"),
        (None, None, "no known date"),
        (DateWindow(None, None), None, "no known date"),
    ],
)
def test_a_stay_and_a_window_read_differently(
    arrive: DateWindow | None, depart: DateWindow | None, words: str
) -> None:
    assert when(Stop(OSLO, arrive, depart)) == words


@pytest.mark.parametrize(
    ("arrive_day", "depart_day", "nights", "words"),
    [
        (1, 3, None, "day 1 to day 3"),
        (2, 2, None, "day 2"),
        (None, 4, None, "day 4"),
        (2, None, 1, "day 2, 1 night"),
        (None, None, 2, "2 nights"),
    ],
)
def test_day_numbers_and_nights(
    arrive_day: int | None, depart_day: int | None, nights: int | None, words: str
) -> None:
    assert when(Stop(OSLO, arrive_day=arrive_day, depart_day=depart_day, dwell=nights)) == words


def test_the_whole_table(trip: Itinerary) -> None:
    dates = "arrives between 3 and 4 May 1866, leaves not before 4 May 1866, 2 nights"
    assert dumps(trip).splitlines() == [
        "Trip of Ana · text of 1 May 1866 (as given)",
        "",
        f"#  Place                   Country  {'When':{len(dates)}}  What",
        "1  Windhoek (starts here)  Namibia  leaves 3 May 1866",
        f"2  Reykjavík               Iceland  {dates}  leisure: =SUM(A1)",
        "",
        "Set aside",
        "  Lima, Peru  an earlier trip  “Lima”",
        "",
        "Notes",
        "  Something is odd.",
        "  Look here.",
    ]


def test_a_text_without_a_trip_says_so() -> None:
    assert "No stop of a trip was found" in dumps(Itinerary("Nothing happened."))
    assert "day of publication unknown" in dumps(Itinerary("Nothing happened."))


@pytest.mark.parametrize(
    ("text", "columns"),
    [("Oslo", 4), ("東京", 4), ("Reykjavík", 9), ("Reykjavi\u0301k", 9), ("🗼", 2), ("\u200dA", 1)],
)
def test_width_in_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


def test_columns_are_aligned_with_wide_characters() -> None:
    stops = tuple(
        Stop(replace(OSLO, name=name), on("2020-01-01")) for name in ("東京", "Oslo", "Malmo\u0308")
    )
    lines = dumps(Itinerary("", stops=stops)).splitlines()[3:6]
    assert len({width(line[: line.index("Norway")]) for line in lines}) == 1


@given(itineraries(), st.integers(20, 120))
def test_no_line_is_wider_than_the_screen_and_nothing_steers_the_terminal(
    trip: Itinerary, columns: int
) -> None:
    shown = dumps(trip, columns)
    assert all(width(line) <= columns for line in shown.split("\n"))
    assert all(character == "\n" or character.isprintable() or width(character) == 0 for character in shown)


def test_control_sequences_are_taken_away(trip: Itinerary) -> None:
    nasty = replace(trip, traveller="Ana\x1b[2J\x07\u202eliar\nBo")
    assert dumps(nasty).startswith("Trip of Ana[2Jliar Bo ·")


def test_other_trips_follow_under_headings_of_their_own(trip: Itinerary) -> None:
    other = Itinerary(
        trip.text, traveller="Mr. Holm", stops=trip.stops[:1], relation=Relation.OTHER_TRAVELLER
    )
    earlier = Itinerary(trip.text, stops=trip.stops[1:], relation=Relation.EARLIER)
    alone = dumps(trip)
    text = dumps(replace(trip, others=(other, earlier)))
    assert text.startswith(alone)
    lines = text[len(alone) :].splitlines()
    assert lines[:2] == ["", "Another trip: Mr. Holm"]
    assert "Earlier trip" in lines
    assert sum("Windhoek" in line for line in lines) == 1
