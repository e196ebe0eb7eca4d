"""What the page says about days, and the day that a visitor types."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import wording
from itinerary import InputError, Itinerary, Relation, to_frame
from tests.dashboard.itineraries import NO_TRIP, TRIP


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", None),
        (None, None),
        ("   ", None),
        ("2023-02-24", date(2023, 2, 24)),
        ("2023/2/4", date(2023, 2, 4)),
        ("24 Feb 2023", date(2023, 2, 24)),
        ("  24  february   2023 ", date(2023, 2, 24)),
        ("Friday, 24 Feb 2023", date(2023, 2, 24)),
        ("Fri 24th of February, 2023", date(2023, 2, 24)),
        ("February 24, 2023", date(2023, 2, 24)),
        ("Sept. 3 1926", date(1926, 9, 3)),
        ("29 Feb 2024", date(2024, 2, 29)),
    ],
)
def test_days_are_read(typed: str | None, expected: date | None) -> None:
    assert wording.parse_day(typed) == expected


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31 February", "no such day"),
        ("29 Feb 2023", "no such day"),
        ("2023-13-01", "no such day"),
        ("0000-01-01", "no such day"),
        ("24 Feb", "lacks its year"),
        ("02/03/2023", "more than one way"),
        ("3.4.23", "more than one way"),
        ("soon", "not a day"),
        ("24 Ju 2023", "not a day"),
        ("x" * 500, "…"),
    ],
)
def test_other_days_are_refused_with_the_reason(typed: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        wording.parse_day(typed)
    assert words in str(error.value)
    assert len(str(error.value)) < 250


def test_windows_are_told_honestly() -> None:
    low, high = date(2023, 2, 27), date(2023, 3, 5)
    assert wording.window(low, high) == ("27 Feb to 5 Mar 2023", "one day of these")
    assert wording.window(low, low) == ("27 Feb 2023", "")
    assert wording.window(low, None) == ("27 Feb 2023", "or later")
    assert wording.window(None, high) == ("5 Mar 2023", "or earlier")
    assert wording.window(None, None) == ("not stated", "")
    assert wording.window(None, None, 3) == ("Day 3", "")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2023, 4, 3), date(2023, 4, 5), "3 to 5 Apr 2023"),
        (date(2023, 2, 27), date(2023, 3, 5), "27 Feb to 5 Mar 2023"),
        (date(2023, 12, 28), date(2024, 1, 3), "28 Dec 2023 to 3 Jan 2024"),
    ],
)
def test_ranges_say_nothing_twice(first: date, last: date, words: str) -> None:
    assert wording.between(first, last) == words


def test_countries_are_counted_in_the_order_of_the_trip() -> None:
    assert wording.countries(to_frame(TRIP)) == [("NA", "Namibia", 1), ("KE", "Kenya", 2)]


def test_totals_follow_the_filter() -> None:
    frame = to_frame(TRIP)
    whole = {label: (value, remark) for label, value, remark in wording.totals(TRIP, frame, (1, 2, 3))}
    assert whole["Stops"] == ("3", "")
    assert whole["Countries"] == ("2", "")
    assert whole["Time"] == ("at most 9 days", "within 6 to 14 May 2024")
    part = {label: (value, remark) for label, value, remark in wording.totals(TRIP, frame, (2, 3))}
    assert part["Stops"] == ("2", "of 3")
    assert part["Countries"][0] == "1"
    assert 400 < float(part["Distance"][0].removesuffix(" km")) < 480


def test_a_leg_over_a_hidden_stop_is_not_travelled() -> None:
    assert wording.distance(TRIP, (1, 3)) == (0.0, False)


def test_no_distance_is_no_number() -> None:
    frame = to_frame(TRIP)
    assert wording.totals(TRIP, frame, (3,))[3][1] == "–"


def test_the_route_is_told_in_words() -> None:
    words = wording.describe(TRIP, to_frame(TRIP), (1, 2, 3))
    assert words.startswith("Three stops in two countries")
    assert words.index("Windhoek") < words.index("Nairobi") < words.index("Mombasa")
    assert "14 May 2024" in words
    assert wording.describe(TRIP, to_frame(TRIP), ()) == "No stops are shown."


def test_headlines() -> None:
    assert wording.headline(TRIP) == "Ada Lind: Windhoek, Nairobi and Mombasa"
    assert wording.headline(NO_TRIP) == "No trip found in this text"


@pytest.mark.parametrize(
    ("traveller", "relation", "label"),
    [
        ("Ana Ruiz", Relation.MAIN, "Trip 1 of 3: Ana Ruiz · 0 stops"),
        (None, Relation.MAIN, "Trip 1 of 3: 0 stops"),
        ("the band", Relation.OTHER_TRAVELLER, "Trip 1 of 3: The band · 0 stops"),
        (None, Relation.EARLIER, "Trip 1 of 3: earlier · 0 stops"),
    ],
)
def test_trips_have_plain_labels(traveller: str | None, relation: Relation, label: str) -> None:
    trip = Itinerary("", traveller=traveller, relation=relation)
    assert wording.trip_label(trip, 0, 3) == label
