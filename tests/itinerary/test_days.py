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
        ("Mothering Sunday", 2025, "2025-03-30"),
        ("Shrove Tuesday", 1914, "1914-02-24"),
        ("Whit Sunday", 1851, "1851-06-08"),
        ("Trinity Sunday", 2024, "2024-05-26"),
        ("Advent Sunday", 2025, "2025-11-30"),
        ("Remembrance Sunday", 2024, "2024-11-10"),
        ("Election Day", 2024, "2024-11-05"),
        ("Victoria Day", 2025, "2025-05-19"),
        ("August bank holiday", 2025, "2025-08-25"),
        ("Orthodox Easter", 2024, "2024-05-05"),
        ("Orthodox Easter", 1917, "1917-04-15"),
        ("Michaelmas", 1740, "1740-09-29"),
        ("Chinese New Year", 2024, "2024-02-10"),
        ("Diwali", 2023, "2023-11-12"),
        ("Rosh Hashanah", 2025, "2025-09-23"),
        ("Yom Kippur", 1973, "1973-10-06"),
        ("Eid al-Fitr", 2024, "2024-04-10"),
        ("Ramadan", 2024, "2024-03-11"),
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


@pytest.mark.parametrize(
    ("year", "month", "weekday", "n", "expected"),
    [
        (2026, 5, 0, 1, "2026-05-04"),
        (2026, 6, 1, 2, "2026-06-09"),
        (2026, 2, 6, 5, "2026-02-22"),
        (2026, 5, 6, 5, "2026-05-31"),
    ],
)
def test_counted_weekdays_of_a_month(year: int, month: int, weekday: int, n: int, expected: str) -> None:
    assert days.nth_weekday(year, month, weekday, n) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Easter weekend 2026", "2026-04-03 2026-04-06"),
        ("Thanksgiving weekend 2026", "2026-11-26 2026-11-29"),
        ("Labor Day weekend 2026", "2026-09-05 2026-09-07"),
        ("Christmas week 2026", "2026-12-21 2026-12-27"),
        ("Holy Week 2026", "2026-03-29 2026-04-04"),
        ("Passover 2026", "2026-04-02 2026-04-09"),
    ],
)
def test_feasts_of_several_days(name: str, expected: str) -> None:
    (found,) = find_timexes(name, None)
    assert f"{found.earliest} {found.latest}" == expected


def test_feasts_beyond_the_table_have_no_day() -> None:
    assert days.feast(9100, 1800) is None
    assert days.feast(5000, 1400) is None


def test_months_are_added_across_years() -> None:
    assert days.add_months(2023, 11, 3) == (2024, 2)
    assert days.add_months(2024, 1, -1) == (2023, 12)
