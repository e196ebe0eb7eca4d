"""What the text says of itself when its words are selected."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from dash import html

from dashboard.marked import marked_text, marks
from dashboard.theme import DARK, LIGHT, Theme, country_colours
from itinerary import read, to_frame
from tests.dashboard.itineraries import TRIP

FRAME = to_frame(TRIP)

TEXT = (
    "On Monday the minister flies to Oslo for talks. She goes on to Bergen two days later. "
    "A visit to Malmö was cancelled."
)


def told(shown: tuple[int, ...] = (1, 2)) -> dict[str, tuple[str, str]]:
    trip = read(TEXT, "2024-05-03")
    return {TEXT[m.start : m.end]: (m.kind, m.said) for m in marks(trip, to_frame(trip), shown)}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_marked_text_is_the_text(theme: Theme) -> None:
    marked = marked_text(TRIP, FRAME, (1, 2, 3), country_colours(FRAME, theme), theme)
    found = [part for part in marked if isinstance(part, html.Mark)]
    assert [mark.children[0] for mark in found] == ["Windhoek", "Nairobi", "Mombasa"]
    assert "".join(map(words, marked)) == TRIP.text


def words(part: Any) -> str:
    if isinstance(part, str):
        return part
    return part.children if isinstance(part.children, str) else part.children[0]


def test_each_mark_says_what_it_was_taken_for() -> None:
    found = told()
    assert found["Oslo"] == ("stop", "Stop 1: Oslo, Norway.")
    assert found["Bergen"] == ("stop", "Stop 2: Bergen, Norway.")
    kind, said = found["Monday"]
    assert kind == "days"
    assert said.startswith("Days: stop 1, Oslo, arrives 6 May 2024")
    kind, said = found["Malmö"]
    assert kind == "aside"
    assert said == "Set aside. Malmö: called off, put off or left out."


def test_a_stop_that_the_filter_hides_is_not_marked() -> None:
    found = told((2,))
    assert "Oslo" not in found
    assert "Monday" not in found
    assert "Bergen" in found


def test_marks_do_not_overlap() -> None:
    trip = read(TEXT, "2024-05-03")
    listed = marks(trip, to_frame(trip), (1, 2))
    assert all(a.end <= b.start for a, b in pairwise(listed))
