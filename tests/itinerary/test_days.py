"""Arithmetic with days, checked against calendars in print."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itinerary import days
from itinerary.timex import find_timexes


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("Easter", 1982, "1982-04-11"),
        ("Easter", 2000, "2000-04-23"),
        ("Easter", 2008, "2008-03-23"),
        ("Easter", 2038, "2038-04-25"),
        ("Good Friday", 2015, "2015-04-03"),
        ("Ascension Day", 2024, "2024-05-09"),
        ("Whit Monday", 2025, "2025-06-09"),
        ("Thanksgiving", 2021, "2021-11-25"),
        ("Labor Day", 2025, "2025-09-01"),
        ("Memorial Day", 2006, "2006-05-29"),
        ("Columbus Day", 2024, "2024-10-14"),
        ("Martin Luther King Day", 2023, "2023-01-16"),
    ],
)
def test_movable_feasts(name: str, year: int, expected: str) -> None:
    (found,) = find_timexes(f"{name} {year}", None)
    assert found.earliest == date.fromisoformat(expected)


@given(st.dates(), st.integers(0, 6))
def test_the_nearest_weekdays(day: date, weekday: int) -> None:
    after, before = days.on_or_after(day, weekday), days.on_or_before(day, weekday)
    if date(1, 1, 8) < day < date(9999, 12, 24):
        assert after.weekday() == before.weekday() == weekday
        assert 0 <= (after - day).days < 7
        assert 0 <= (day - before).days < 7


@given(st.dates(), st.integers(-4000000, 4000000))
def test_beyond_the_calendar_there_is_no_day(day: date, steps: int) -> None:
    found = days.shift(day, steps)
    assert found is None or found.toordinal() == day.toordinal() + steps


@pytest.mark.parametrize(
    ("part", "expected"),
    [("early", (1, 10)), ("mid", (11, 20)), ("late", (21, 0)), ("the last week of", (-6, 0)), ("", (1, 0))],
)
def test_parts_of_a_month(part: str, expected: tuple[int, int]) -> None:
    assert days.part_of_month(part) == expected


def test_months_are_added_across_years() -> None:
    assert days.add_months(2023, 11, 3) == (2024, 2)
    assert days.add_months(2024, 1, -1) == (2023, 12)
