"""Other trips in a text: those of other travellers, and earlier ones."""

from __future__ import annotations

import pytest

import itinerary
from itinerary import Itinerary, Reading, Relation
from itinerary.sentences import parse
from itinerary.trips import masked

DEPUTY = (
    "Foreign Minister Ana Ruiz will travel to Rome on Monday and to Oslo on Tuesday. "
    "Her deputy, Marten Holl, flies to Lima on Wednesday. He then goes on to Santiago on Friday "
    "and is back in Madrid on Saturday. Ms. Ruiz returns home on Thursday."
)
Trips = list[tuple[str, str | None, list[str]]]


def read(text: str, traveller: str | None = None) -> Itinerary:
    return itinerary.read(text, "2024-05-06", traveller=traveller)


def others(text: str) -> Trips:
    """Return relation, traveller and places of each other trip."""
    return [(str(t.relation), t.traveller, [s.place.name for s in t.stops]) for t in read(text).others]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (DEPUTY, [("other traveller", "Marten Holl", ["Lima", "Santiago", "Madrid"])]),
        (
            (
                "The foreign minister, Hina Marovic, will visit Berlin and Paris next week; meanwhile her "
                "deputy travels to Ankara and Cairo on Friday."
            ),
            [("other traveller", "Hina Marovic’s deputy", ["Ankara", "Cairo"])],
        ),
        (
            (
                "President Ana Ruiz arrives in Rome on Monday while Prime Minister Carl Otto flies to Tokyo "
                "on 8 May. She leaves for Oslo on Thursday."
            ),
            [("other traveller", "Prime Minister Carl Otto", ["Tokyo"])],
        ),
        (
            (
                "President Ana Ruiz will travel to Rome on Monday. There she will meet Mr. Holm, who flew to "
                "Warsaw last week."
            ),
            [("other traveller", "Mr. Holm", ["Warsaw"])],
        ),
        (
            (
                "President Ana Ruiz arrives in Rome on 8 May. On 9 May she goes to Oslo. Last October she "
                "visited Lima and Quito. In March 2019 her tour took her to Cairo."
            ),
            [
                ("earlier", "President Ana Ruiz", ["Lima", "Quito"]),
                ("earlier", "President Ana Ruiz", ["Cairo"]),
            ],
        ),
    ],
)
def test_each_trip_is_read_on_its_own(text: str, found: Trips) -> None:
    assert others(text) == found


@pytest.mark.parametrize(
    "text",
    [
        # Whoever comes along, is met or is written to makes no trip of his own.
        "President Ana Ruiz and Prime Minister Carl Otto will travel to Rome on Monday.",
        "President Ana Ruiz, joined by Minister Carl Otto, will travel to Rome on Monday.",
        (
            "President Ana Ruiz will travel to Rome on Monday. Minister Carl Otto travels to Rome with her "
            "and joins the talks."
        ),
        "President Ana Ruiz met Prime Minister Carl Otto and visited Rome on Monday.",
        # Not asserted: called off, possible, denied; a speaker; things and people in general.
        "President Ana Ruiz arrives in Rome on Monday. Mr. Holm cancelled a visit to Warsaw.",
        "President Ana Ruiz arrives in Rome on Monday. Mr. Holm might travel to Warsaw.",
        "President Ana Ruiz arrives in Rome on Monday. Mr. Holm did not fly to Warsaw.",
        "President Ana Ruiz arrives in Rome on Monday. Mr. Holm said Warsaw was ready.",
        "President Ana Ruiz arrives in Rome on Monday. Troops left Warsaw.",
        # The same journey, told of looking back.
        "President Ana Ruiz arrived in Rome on 2 May. On 3 May she went to Oslo.",
        "I flew to Rome on Monday. My friend Carl Otto drove us to Naples on Tuesday.",
    ],
)
def test_where_there_is_one_trip_no_other_is_found(text: str) -> None:
    assert others(text) == []


def test_the_main_trip_holds_no_stop_of_the_other() -> None:
    trip = read(DEPUTY)
    assert [s.place.name for s in trip.stops] == ["Rome", "Oslo"]
    aside = {m.toponym: (m.reading, m.reason) for m in trip.set_aside}
    assert aside["Lima"] == (Reading.OTHER_TRAVELLER, "a stop of another trip: that of Marten Holl")


def test_days_of_one_trip_are_none_of_the_other() -> None:
    trip = read(DEPUTY)
    days = [[str(s.arrive.edtf) for s in t.stops if s.arrive] for t in trip.trips]
    assert days == [["2024-05-06", "2024-05-07"], ["2024-05-08", "2024-05-10", "2024-05-11"]]


def test_an_earlier_trip_keeps_its_days_though_they_are_far() -> None:
    (past,) = read(
        "President Ana Ruiz arrives in Rome on 8 May. In March 2019 she visited Cairo with aides."
    ).others
    assert past.relation is Relation.EARLIER
    assert [s.arrive.edtf for s in past.stops if s.arrive] == ["[2019-03-01..2019-03-31]"]


def test_whose_trip_is_wanted_may_be_said() -> None:
    trip = read(DEPUTY, traveller="Marten Holl")
    assert [s.place.name for s in trip.stops][:2] == ["Lima", "Santiago"]
    assert [(t.traveller, [s.place.name for s in t.stops]) for t in trip.others] == [
        ("Foreign Minister Ana Ruiz", ["Rome", "Oslo"])
    ]


def test_other_trips_quote_the_whole_text() -> None:
    for trip in read(DEPUTY).trips:
        assert trip.text == DEPUTY
        proofs = [e for s in trip.stops for e in s.evidence] + [m.evidence for m in trip.mentions]
        assert proofs
        assert all(e.quote == e.span.of(DEPUTY) for e in proofs)


def test_other_trips_have_none_of_their_own() -> None:
    trip = read(DEPUTY)
    assert trip.relation is Relation.MAIN
    assert trip.trips == (trip, *trip.others)
    assert all(other.others == () for other in trip.others)


def test_a_mask_moves_nothing() -> None:
    doc = parse("One two.\n\nThree four five.")
    assert masked(doc, [(1, 3), (4, 5)]) == "    two.\n\n      four      "
    assert masked(doc, []) == "        \n\n                "
