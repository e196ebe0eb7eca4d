"""Which stop gets which day, and what kind of bound it is."""

from __future__ import annotations

import time
from datetime import date

import pytest

from itinerary import read
from itinerary.model import DateWindow, Itinerary

FRIDAY = "2024-03-08"  # a Friday


def days(window: DateWindow | None) -> str:
    """Write a window as ``MM-DD`` or ``MM-DD/MM-DD``; empty if unknown."""
    if window is None:
        return ""
    first, last = (d.strftime("%m-%d") if d else ".." for d in (window.earliest, window.latest))
    return first if first == last else f"{first}/{last}"


def stays(trip: Itinerary) -> dict[str, tuple[str, str]]:
    return {stop.place.name: (days(stop.arrive), days(stop.depart)) for stop in trip.stops}


WINDOWS = [
    # a date goes to the place it stands beside
    (
        "Ana flew to Lisbon on 3 May 2022, to Porto on 6 May and to Madrid on 9 May.",
        {"Lisbon": ("05-03", "05-06"), "Porto": ("05-06", "05-09")},
    ),
    (
        "We arrived in Lisbon on 3 May 2022. On 6 May we flew from Lisbon to Porto, and on 9 May to Madrid.",
        {"Lisbon": ("05-03", "05-06"), "Porto": ("05-06", "05-09")},
    ),
    # an arrival says nothing of the day on which the stop before was left
    (
        "The minister will arrive in Oslo on 3 May 2022 and in Helsinki on 6 May 2022.",
        {"Oslo": ("05-03", "05-03/05-06")},
    ),
    # leaving one place for another
    (
        "She flew to Oslo on 3 May 2022. She left Oslo for Bergen on 7 May and stayed there until 9 May.",
        {"Oslo": ("05-03", "05-07"), "Bergen": ("05-07", "05-09")},
    ),
    # a day that the calendar does not have: no other day takes its place
    (
        "I fly to Rome on 31 June 2026 and on to Paris on 2 July 2026.",
        {"Rome": ("../07-02", "07-02"), "Paris": ("07-02", "")},
    ),
    (
        "We were in Oslo on 30 February 2024 and in Bergen on 2 March 2024.",
        {"Oslo": ("../03-02", "../03-02"), "Bergen": ("03-02", "")},
    ),
    # ranges: a stay, or the days of an event
    (
        "We stayed in Lisbon from 3 to 6 May 2022 and in Porto from 8 to 9 May 2022.",
        {"Lisbon": ("05-03", "05-06"), "Porto": ("05-08", "05-09")},
    ),
    (
        (
            "He landed in Lisbon on 6 March 2024, reached Lagos, Portugal, on 8 March and took the bus to "
            "Seville on 10 March."
        ),
        {"Lisbon": ("03-06", ""), "Lagos": ("03-08", "03-10"), "Seville": ("03-10", "")},
    ),
    # who made the trip tells of the days spent, and the nights between too; somebody else does not
    (
        "I went to Porto on 3 May 2022 with my sister. We saw Braga on 4 May. We liked Vigo on 5 May.",
        {"Porto": ("05-03", "05-04"), "Braga": ("05-04", "05-05"), "Vigo": ("05-05", "")},
    ),
    (
        "The minister was in Porto on 3 May 2022. She saw Braga on 4 May 2022 and Vigo on 6 May 2022.",
        {"Porto": ("05-03", "05-03/05-04"), "Braga": ("05-04", "05-04/05-06")},
    ),
    # the places of a list stand on the lines of their dates
    (
        (
            "The clocks travel\n\nMuseum of Clocks, Ithaca, New York, USA: 14 May to 4 September 2022\n"
            "Museum of Maps, Austin, Texas, USA: 2 October 2022 to 15 January 2023\n"
            "Gallery of Art, Perth, Scotland: 24 June to 29 October 2023\n"
        ),
        {"Ithaca": ("05-14", "09-04"), "Austin": ("10-02", "01-15"), "Perth": ("06-24", "10-29")},
    ),
    # entries of a diary that only the first gives its month
    (
        (
            "2 July 1898. Bergen at last.\n\n4. Crossed to Bodø at breakfast.\n\n6-8. Tromsø. Rain.\n\n"
            "10. Hammerfest. More rain.\n"
        ),
        {
            "Bergen": ("07-02", ""),
            "Bodø": ("07-04", ""),
            "Tromsø": ("07-06", ""),
            "Hammerfest": ("07-10", ""),
        },
    ),
    # a day after that of leaving speaks of something else
    (
        (
            "She arrives in Oslo on 5 May 2022 and leaves Oslo for Bergen on 7 May. "
            "Oslo will vote on 16 May. She flies from Bergen to Molde on 9 May."
        ),
        {"Oslo": ("05-05", "05-07"), "Bergen": ("05-07", "05-09"), "Molde": ("05-09", "")},
    ),
    # a night that is spent there, and one that is not
    (
        "On 3 May 2022 she went to Porto, slept at Braga, and on 4 May 2022 she was in Vigo.",
        {"Braga": ("05-03", "05-04")},
    ),
    (
        "On 3 May 2022 she went to Porto, did not sleep at Braga, and on 4 May 2022 she was in Vigo.",
        {"Braga": ("05-03", "05-03/05-04")},
    ),
    (
        (
            "We pick up the van in Lisbon on 3 February 2027 and do not sleep there. Two nights in Porto; "
            "three nights in Braga."
        ),
        {"Lisbon": ("02-03", "02-03"), "Porto": ("02-03", "02-05"), "Braga": ("02-05", "02-08")},
    ),
    # the way there by another place takes no more than a night
    (
        "After changing planes in Frankfurt, she reaches Oslo on 3 May 2022. On 6 May 2022 she left.",
        {"Frankfurt": ("05-02/05-03", "05-02/05-03"), "Oslo": ("05-03", "")},
    ),
    # lengths, also one after the other
    (
        (
            "We start in Lisbon on 3 May 2025 and stay three nights. Then Porto, two nights. Next, Braga "
            "for one night, Madrid, four nights."
        ),
        {
            "Lisbon": ("05-03", "05-06"),
            "Porto": ("05-06", "05-08"),
            "Braga": ("05-08", "05-09"),
            "Madrid": ("05-09", "05-13"),
        },
    ),
    (
        "Mr Smith spent three nights in Rome from May 3, 2022 and then two days in Florence.",
        {"Rome": ("05-03", "05-06"), "Florence": ("05-06", "05-07/05-08")},
    ),
    # "then" after a stay of a stated length is not the same day
    (
        "I got to Oslo on 3 May 2022 and stayed three nights. Then I went to Bergen.",
        {"Oslo": ("05-03", "05-06"), "Bergen": ("05-06/..", "")},
    ),
    # the day of arrival told after that of writing
    (
        "Oslo, Saturday 16 July 2022. Got here on the 14th. On the 20th I fly to Bergen.",
        {"Oslo": ("07-14", "07-20"), "Bergen": ("07-20", "")},
    ),
    # lines
    (
        "Plan\n\n3 May 2025: Lisbon\n5 May 2025: Porto, 08:00–17:00\n6 May 2025: Vigo\n",
        {"Porto": ("05-05", "05-05"), "Vigo": ("05-06", "")},
    ),
    (
        "Our tour\n\nMonday 5 May 2025\nLisbon\nSintra\n\nTuesday 6 May 2025\nPorto\nBraga\n",
        {"Lisbon": ("05-05", "05-05"), "Sintra": ("05-05", "05-05/05-06"), "Porto": ("05-06", "05-06")},
    ),
    # what is called off does not end the stay before it
    (
        (
            "Tour\n\n3 May 2025: Lisbon, Rock Club\n5 May 2025: Porto, Arena, cancelled\n"
            "7 May 2025: Vigo, Hall\n9 May 2025: Braga, Theatre\n"
        ),
        {"Lisbon": ("05-03", "05-03/05-07"), "Vigo": ("05-07", "05-07/05-09")},
    ),
    # a length at the head of a sentence is that of the stay before
    (
        "We flew to Oslo on 3 May 2022. Two nights, and on the 5th we took the train to Bergen.",
        {"Oslo": ("05-03", "05-05"), "Bergen": ("05-05", "")},
    ),
    # a place passed takes no night
    (
        (
            "We start at Rome on 3 May 2022 and stay three nights. We change trains in Bologna. Then Venice "
            "for two nights."
        ),
        {"Rome": ("05-03", "05-06"), "Bologna": ("05-06", "05-06"), "Venice": ("05-06", "05-08")},
    ),
    # the night of the day told of
    (
        (
            "On 3 May 2022 we left Oslo and had lunch in Hamar. We slept in Lillehammer. On 5 May we were in "
            "Bergen."
        ),
        {"Lillehammer": ("05-03", ""), "Bergen": ("05-05", "")},
    ),
    # from a day trip one is back at the stay told of before
    (
        (
            "We are in Oslo from 3 May 2022 until 8 May. On Wednesday 4 May we make a day trip to Hamar. "
            "On Thursday we rest."
        ),
        {"Oslo": ("05-03", "05-08"), "Hamar": ("05-04", "05-04")},
    ),
    # neither parentheses nor a place that is not meant part a place from its date
    (
        "She left Boston (Logan, Terminal E) on 3 May 2022 and landed in Oslo on the 4th.",
        {"Boston": ("05-03", "05-03"), "Oslo": ("05-04", "")},
    ),
    (
        "I flew from Oslo to Santiago, not Compostela, on 1 October 2024.",
        {"Santiago": ("10-01", "")},
    ),
    # the day of leaving stands behind the verb
    (
        "They came to Bari on 3 May 2022, sailed on 5 May and Corfu received them on 6 May.",
        {"Bari": ("05-03", "05-05"), "Corfu": ("05-06", "")},
    ),
    # letters give the day at their head
    (
        (
            "Letters\n\nOslo, 16 July 2022. I came here yesterday. Tomorrow I go to Bergen.\n\n"
            "Bergen, 20 July 2022. The day after tomorrow I go to Turku."
        ),
        {"Oslo": ("07-15", "07-17"), "Bergen": ("07-17", "07-22")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), WINDOWS)
def test_days_of_stops(text: str, expected: dict[str, tuple[str, str]]) -> None:
    found = stays(read(text))
    for place, (arrive, depart) in expected.items():
        assert place in found
        assert found[place][0] == arrive, place
        assert not depart or found[place][1] == depart, place


PUBLISHED = [
    (
        (
            "He arrived in Paris on Monday, went to Lyon on Tuesday and left for Geneva on Thursday, where "
            "he is until Saturday."
        ),
        {"Paris": ("03-04", "03-05"), "Lyon": ("03-05", "03-07"), "Geneva": ("03-07", "03-09")},
    ),
    (
        "The minister will visit Oslo, Stockholm and Helsinki next week, her office said on Friday.",
        dict.fromkeys(("Oslo", "Stockholm", "Helsinki"), ("03-11/03-17", "03-11/03-17")),
    ),
    (
        (
            "The foreign minister leaves next week for Kenya and Uganda. In Nairobi he will meet the "
            "president. From there he goes on to Kampala."
        ),
        {"Nairobi": ("03-11/03-17", "03-11/03-17"), "Kampala": ("03-11/03-17", "03-11/03-17")},
    ),
    (
        (
            "The minister will travel to Lima, Cusco and Arequipa from 4 to 9 April 2024. In Cusco she opens "
            "a school on 6 April."
        ),
        {"Lima": ("04-04", "04-04/04-06"), "Cusco": ("04-06", ""), "Arequipa": ("", "04-09")},
    ),
    # the day on which something was said is no day of the trip
    (
        "The ministry announced on Thursday that Ms Berg will travel to Oslo on Monday.",
        {"Oslo": ("03-11", "")},
    ),
    # a stay that ends on a stated day is followed by the next on that day
    (
        "She flies to Oslo on Monday, stays there until Wednesday and then goes to Bergen.",
        {"Oslo": ("03-11", "03-13"), "Bergen": ("03-13", "")},
    ),
    # a day at the head of a sentence without a place holds for the next
    (
        "On Tuesday there will be a lecture. He will then visit Bergen. On Friday he goes to Oslo.",
        {"Bergen": ("03-12", "03-15"), "Oslo": ("03-15", "")},
    ),
    # a stay over the weekend may begin before it
    (
        "He flies to Bergen on Friday, where he will remain over the weekend. On Monday he flies to Oslo.",
        {"Bergen": ("", "03-10/03-11"), "Oslo": ("03-11", "")},
    ),
    # "travels to" may start anywhere, "flies on to" starts at the stop before
    (
        "On Tuesday he will travel to Bergen. On Friday he will travel to Oslo. On Monday he flies to Turku.",
        {"Bergen": ("03-12", "03-12/03-15"), "Oslo": ("03-15", "03-18")},
    ),
    # the ends of the journey
    (
        "A delegation will travel to Kenya and Uganda. It will leave on 3 April and return on 9 April.",
        {"Kenya": ("04-03/04-04", ""), "Uganda": ("", "04-08/04-09")},
    ),
    # who has arrived in a country is at the first place there that is named
    (
        "The minister has arrived in Norway. On Sunday she will travel from Oslo to Bergen.",
        {"Oslo": ("03-08", "03-10"), "Bergen": ("03-10", "")},
    ),
    # the day of writing bounds a visit that is over, but not a stay, and what is still to come
    ("Mr Smith visited Lima on Tuesday.", {"Lima": ("03-05", "03-05/03-08")}),
    ("Mr Smith arrived in Lima on Tuesday.", {"Lima": ("03-05", "03-05/..")}),
    ("Ms Berg will fly to Oslo before 20 March.", {"Oslo": ("03-08/03-19", "03-08/03-19")}),
    # a visit of so many days
    (
        "During a one-day visit to Rome on Tuesday the minister met the mayor.",
        {"Rome": ("03-05", "03-05/03-06")},
    ),
    (
        "The minister came to Rome on Tuesday for a three-day visit.",
        {"Rome": ("03-05", "03-07/03-08")},
    ),
    # the last of the days named ends the last stay
    ("The minister will visit Rome on Monday and Tuesday.", {"Rome": ("03-11", "03-12")}),
]


@pytest.mark.parametrize(("text", "expected"), PUBLISHED)
def test_days_counted_from_the_publication_day(text: str, expected: dict[str, tuple[str, str]]) -> None:
    found = stays(read(text, FRIDAY))
    for place, (arrive, depart) in expected.items():
        assert place in found
        assert not arrive or found[place][0] == arrive, place
        assert not depart or found[place][1] == depart, place


@pytest.mark.parametrize(
    "text",
    [
        "D1 Arrive in Hanoi by air.\nD2-3 Hue. Walk round the citadel.\nD4 Hoi An by bus.\n",
        "Four days by van\n\n1 Hanoi. Arrival.\n2-3 Hue. Walk round the citadel.\n4 Hoi An by bus.\n",
        "- **d1** Arrive in Hanoi by air.\n- **d2-3** Hue. Walk.\n- **d4** Bus to Hoi An.\n",
    ],
)
def test_lines_numbered_by_days(text: str) -> None:
    numbers = {stop.place.name: stop.arrive_day for stop in read(text).stops}
    assert numbers == {"Hanoi": 1, "Hue": 2, "Hoi An": 4}


def test_numbered_days_end_where_the_next_stop_begins() -> None:
    trip = read("Day 1: Fly to Cairo.\nDay 2: Drive to Luxor.\nDay 3: Luxor, the temples.\nDay 4: Aswan.")
    numbers = {s.place.name: (s.arrive_day, s.depart_day) for s in trip.stops}
    assert numbers == {"Cairo": (1, 2), "Luxor": (2, 4), "Aswan": (4, 4)}
    assert all(s.arrive is None and s.depart is None for s in trip.stops)


def test_days_far_from_the_trip_are_no_days_of_it() -> None:
    text = (
        "Ms Berg will visit Oslo on 4 April 2024, Bergen on 5 April and Malmö on 6 April. "
        "In Oslo she opened a school on 1 September 2023."
    )
    found = stays(read(text, FRIDAY))
    assert found["Oslo"][0] == "04-04"


@pytest.mark.parametrize("text", [text for text, _ in (*WINDOWS, *PUBLISHED)])
def test_evidence_of_days_quotes_the_text(text: str) -> None:
    for stop in read(text, FRIDAY).stops:
        for evidence in stop.evidence:
            assert evidence.span.of(text) == evidence.quote


def test_nothing_is_dated_without_dates() -> None:
    trip = read("We went from Lisbon to Porto and then by train to Madrid.", date(2024, 3, 8))
    assert all(s.arrive is None and s.depart is None for s in trip.stops)


def test_many_days_take_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        lines = [
            f"{1 + n % 28} May {1900 + n // 28}: we drove to Lisbon and on to Porto." for n in range(count)
        ]
        start = time.process_time()
        read("\n".join(lines))
        return time.process_time() - start

    seconds(10)
    assert seconds(400) < 12 * max(seconds(100), 0.05)
