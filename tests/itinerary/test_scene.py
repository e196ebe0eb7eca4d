"""Which dates can date a stay, and which places can hold one."""

from __future__ import annotations

import pytest

from itinerary import read

ASIDE = [
    # when something was said
    "Officials disclosed late Thursday that Ms Berg will visit Oslo on 5 April 2024.",
    "Ms Berg will visit Oslo on 5 April 2024, as her office mentioned yesterday.",
    # an ordinal that counts something else
    "Ms Berg will travel to Oslo on 5 April 2024 for the opening of the 26th Conference on Ports.",
    # lengths that are distances in time
    "Ms Berg will visit Oslo on 5 April 2024. We have a week ahead of us before that.",
    # the day of a dateline, the agency in brackets behind it
    "BERGEN, March 8 (Newswire) Ms Berg will visit Oslo on 5 April 2024.",
    # a window that the days of the stay contradict
    "Ms Berg will visit Oslo on 5 April 2024. A Norwegian ferry was sold in February.",
]


@pytest.mark.parametrize("text", ASIDE)
def test_such_dates_say_nothing_of_the_stay(text: str) -> None:
    (stop,) = [s for s in read(text, "2024-03-08").stops if s.place.name == "Oslo"]
    assert stop.arrive is not None
    assert stop.arrive.edtf == "2024-04-05"
    assert stop.dwell is None


def test_a_date_passes_by_a_country_that_only_qualifies_a_word() -> None:
    text = (
        "Ms Berg will travel to Oslo, where she will meet the Spanish Ambassador and Norway Ports "
        "directors on 5 April 2024."
    )
    (stop,) = [s for s in read(text, "2024-03-08").stops if s.place.name == "Oslo"]
    assert stop.arrive is not None
    assert stop.arrive.edtf == "2024-04-05"


def test_chat_lines_are_no_days_of_the_trip() -> None:
    text = (
        "[02/03/2024, 19:02] Jo: we fly to Oslo on 5 April 2024\n"
        "[02/03/2024, 19:04] Al: and Bergen?\n"
        "[02/03/2024, 19:05] Jo: to Bergen on 8 April\n"
    )
    found = {s.place.name: s.arrive.edtf for s in read(text).stops if s.arrive}
    assert found == {"Oslo": "2024-04-05", "Bergen": "2024-04-08"}
