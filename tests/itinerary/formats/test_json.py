from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

import itinerary
from itinerary.errors import InputError
from itinerary.formats.json import brief, dumps, from_json, loads, to_json
from itinerary.model import Itinerary
from tests.strategies import itineraries


def test_nothing_is_lost(trip: Itinerary) -> None:
    assert from_json(to_json(trip)) == trip
    assert loads(dumps(trip)) == trip


@given(itineraries())
def test_nothing_is_lost_of_any_trip(itinerary: Itinerary) -> None:
    assert loads(dumps(itinerary)) == itinerary


def test_stop_fields(trip: Itinerary) -> None:
    first, second = to_json(trip)["stops"]
    assert first["country"] == "NA"
    assert (first["arrive"], first["depart"]) == (None, ["1866-05-03", "1866-05-03"])
    assert second["arrive"] == ["1866-05-03", "1866-05-04"]
    assert second["depart"] is None, "one end is open"
    assert second["depart_window"] == {
        "earliest": "1866-05-04",
        "latest": None,
        "basis": "stated",
        "edtf": "[1866-05-04..]",
    }
    assert "arrive_day" not in second
    assert second["with"] == ["the mayor; and his wife", "Jón\\Páll"]
    assert (second["granularity"], second["nights"], second["confidence"]) == ("city", 2, 0.875)
    proof = first["evidence"][0]
    assert proof == {
        "start": 14,
        "end": 22,
        "quote": "Windhoek",
        "rule": "a rule for place",
        "about": "place",
    }


def test_day_numbers_stand_only_where_days_are_numbered(trip: Itinerary) -> None:
    numbered = replace(trip, stops=(replace(trip.stops[0], depart=None, arrive_day=1, depart_day=3),))
    (stop,) = to_json(numbered)["stops"]
    assert (stop["arrive_day"], stop["depart_day"], stop["arrive"], stop["depart"]) == (1, 3, None, None)


def test_top_fields(trip: Itinerary) -> None:
    document = to_json(trip)
    assert document["published"] == "1866-05-01"
    assert document["set_aside"] == [
        {
            "place": "Lima",
            "country": "PE",
            "reading": "past",
            "reason": "an earlier trip",
            "quote": "Lima",
            "start": 77,
            "end": 81,
        }
    ]
    assert document["issues"] == [
        {"code": "odd", "message": "Something is odd.", "start": None, "end": None},
        {"code": "odder", "message": "Look here.", "start": 0, "end": 3},
    ]


def test_the_brief_form_reads_back_without_the_text(trip: Itinerary) -> None:
    back = from_json(brief(trip))
    assert "text" not in brief(trip)
    assert back.text == ""
    assert back.stops == tuple(replace(stop, mentions=()) for stop in trip.stops)


def test_a_bare_gold_stop_is_enough() -> None:
    document = {"stops": [{"place": "Oslo", "arrive": ["2020-01-01", "2020-01-02"]}]}
    (stop,) = from_json(document).stops
    assert stop.arrive is not None
    assert (stop.arrive.earliest, stop.arrive.latest) == (date(2020, 1, 1), date(2020, 1, 2))


FAULTS: list[tuple[list[Any], Any, str]] = [
    # path in the document, what to put there, words of the message
    (["stops"], None, "it has no “stops”"),
    (["stops"], "Oslo", "stops must be a list"),
    (["stops", 1], 7, r"stops\[1\] must be an object"),
    (["stops", 1, "place"], "", r"stops\[1\] has no “place”"),
    (["stops", 1, "place"], 5, r"stops\[1\].place must be text"),
    (["stops", 0, "lat"], "north", r"stops\[0\].lat must be a number"),
    (["stops", 0, "lat"], float("nan"), r"stops\[0\].lat must be a finite number"),
    (["stops", 0, "lat"], 91, r"stops\[0\]: not on the globe"),
    (["stops", 0, "role"], "halt", r"stops\[0\].role: \"halt\" is not one of origin"),
    (["stops", 0, "depart_window", "earliest"], "2023-02-30", r"stops\[0\].depart: .* is not a day"),
    (["stops", 0, "depart_window", "earliest"], "1900-01-01", r"stops\[0\].depart: window reversed"),
    (["stops", 0, "nights"], 1.5, r"stops\[0\].nights must be a whole number"),
    (["stops", 0, "arrive_day"], True, r"stops\[0\].arrive_day must be a whole number"),
    (["stops", 0, "mentions"], [99], r"stops\[0\].mentions must number one of the 3 mentions"),
    (
        ["stops", 0, "evidence", 0, "quote"],
        "Winthuk!",
        r"stops\[0\].evidence\[0\]: the words .* do not stand",
    ),
    (["stops", 0, "evidence", 0, "start"], None, r"stops\[0\].evidence\[0\] needs “start” and “end”"),
    (["stops", 0, "evidence", 0, "start"], -1, r"stops\[0\].evidence\[0\]: not a span"),
    (["mentions", 2, "reading"], "maybe", r"mentions\[2\].reading"),
    (["precedences", 0, "before"], None, r"precedences\[0\].before"),
    (["published"], 2023, "published"),
    (["text"], ["a"], "the document.text must be text"),
]


@pytest.mark.parametrize(("path", "value", "words"), FAULTS)
def test_faults_are_named_with_their_place(trip: Itinerary, path: list[Any], value: Any, words: str) -> None:
    document = copy.deepcopy(to_json(trip))
    inner: Any = document
    for key in path[:-1]:
        inner = inner[key]
    if path == ["stops"] and value is None:
        del document["stops"]
    else:
        inner[path[-1]] = value
    with pytest.raises(InputError, match=f"not the JSON of an itinerary: .*{words}"):
        from_json(document)


@pytest.mark.parametrize("document", ["", "{", "\ufeff{", b"\xff\xfe\x00", "[" * 100_000])
def test_what_is_no_json(document: str | bytes) -> None:
    with pytest.raises(InputError, match="This is not"):
        loads(document)


def test_half_a_surrogate_pair_survives(trip: Itinerary) -> None:
    odd = replace(trip, traveller="A\ud83d")
    assert json.loads(dumps(odd).encode("utf-8", "backslashreplace"))["traveller"] == "A\ud83d"


def test_other_trips_go_there_and_back() -> None:
    text = "Ms. Ana Ruiz flies to Rome on 8 May 2024. Mr. Holm flew to Warsaw on 6 May 2024."
    trip = itinerary.read(text)
    (other,) = to_json(trip)["other_trips"]
    assert other["relation"] == "other traveller"
    assert other["traveller"] == "Mr. Holm"
    assert [stop["place"] for stop in other["stops"]] == ["Warsaw"]
    assert "text" not in other
    assert "other_trips" not in other
    assert loads(dumps(trip)) == trip


def test_other_trips_are_brief_too() -> None:
    text = "Ms. Ana Ruiz flies to Rome on 8 May 2024. Mr. Holm flew to Warsaw on 6 May 2024."
    (other,) = brief(itinerary.read(text))["other_trips"]
    assert {"relation", "traveller", "stops", "set_aside", "issues"} <= set(other)
    assert "mentions" not in {*other, *other["stops"][0]}
