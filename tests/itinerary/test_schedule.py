"""Windows are the smallest that the statements allow, and contradictions are told, not raised."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itinerary.model import Basis, DateWindow
from itinerary.schedule import Visit, solve

FIRST = date(2031, 5, 1)
DAYS = 7


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def window(low: int | None, high: int | None, basis: Basis = Basis.STATED) -> DateWindow:
    return DateWindow(None if low is None else day(low), None if high is None else day(high), basis)


def on(n: int) -> DateWindow:
    return window(n, n)


def shape(windows: tuple[tuple[DateWindow | None, DateWindow | None], ...]) -> list[tuple[int | None, ...]]:
    """Write windows as day numbers: (arrive low, arrive high, depart low, depart high)."""
    found = []
    for pair in windows:
        row: list[int | None] = []
        for side in pair:
            ends = (side.earliest, side.latest) if side else (None, None)
            row += [(end - FIRST).days if end else None for end in ends]
        found.append(tuple(row))
    return found


# ------------------------------------------------------------------------------------------ small cases, told


def test_slack_between_two_dated_stops_belongs_to_the_departure() -> None:
    solution = solve([Visit(arrive=on(0)), Visit(arrive=on(2))], window(0, 4), pin_ends=True)
    assert shape(solution.windows) == [(0, 0, 0, 2), (2, 2, 4, 4)]
    assert solution.conflicts == ()


def test_an_undated_stop_between_dated_ones_gets_the_days_between() -> None:
    solution = solve([Visit(arrive=on(0), depart=window(1, None)), Visit(), Visit(arrive=on(5))])
    assert shape(solution.windows)[1] == (1, 5, 1, 5)


def test_a_trip_wide_range_bounds_every_stop_and_pins_the_ends() -> None:
    visits = [Visit(), Visit(), Visit()]
    assert shape(solve(visits, window(2, 6)).windows) == [(2, 6, 2, 6)] * 3
    pinned = shape(solve(visits, window(2, 6), pin_ends=True).windows)
    assert pinned == [(2, 2, 2, 6), (2, 6, 2, 6), (2, 6, 6, 6)]


def test_an_end_with_a_day_of_its_own_is_not_pinned() -> None:
    solution = solve([Visit(arrive=on(3)), Visit()], window(2, 6), pin_ends=True)
    assert shape(solution.windows)[0][:2] == (3, 3)


def test_an_end_whose_departure_is_open_is_pinned() -> None:
    stays = [Visit(), Visit(arrive=on(3), depart=window(3, None))]
    solution = solve(stays, window(2, 6), pin_ends=True)
    assert shape(solution.windows)[1] == (3, 3, 6, 6)


def test_a_length_of_stay_yields_to_days() -> None:
    solution = solve([Visit(arrive=on(0), nights=(5, 5)), Visit(arrive=on(2))])
    assert [conflict.dropped for conflict in solution.conflicts] == ["length of stay at stop 1 (5 nights)"]
    assert shape(solution.windows)[1][:2] == (2, 2)


def test_nights_are_chained_from_one_dated_start() -> None:
    visits = [
        Visit(arrive=on(0), nights=(2, 2)),
        Visit(nights=(3, 3)),
        Visit(arrive=window(None, 5), nights=(1, 1)),
    ]
    assert shape(solve(visits).windows) == [(0, 0, 2, 2), (2, 2, 5, 5), (5, 5, 6, 6)]


def test_a_night_on_the_way_lets_the_next_arrival_be_a_day_later() -> None:
    visits = [Visit(arrive=on(0), depart=on(2)), Visit(overnight=(0, 1))]
    assert shape(solve(visits).windows)[1][:2] == (2, 3)


def test_a_day_trip_stays_within_its_base_and_the_next_stop_follows_the_base() -> None:
    visits = [
        Visit(arrive=on(1), depart=on(5)),
        Visit(inside=0, nights=(0, 0)),
        Visit(inside=0, arrive=on(3)),
        Visit(),
    ]
    rows = shape(solve(visits).windows)
    assert rows[1] == (1, 3, 1, 3)
    assert rows[2] == (3, 3, 3, 5)
    assert rows[3] == (5, None, 5, None)


def test_a_base_that_is_itself_a_day_trip_or_later_counts_as_none() -> None:
    visits = [Visit(arrive=on(0), depart=on(4)), Visit(inside=0), Visit(inside=1), Visit(inside=3)]
    assert solve(visits).conflicts == ()


def test_sides_that_nothing_bounds_stay_open() -> None:
    rows = solve([Visit(), Visit(arrive=on(3)), Visit()]).windows
    assert rows[0][0] == DateWindow(None, day(3), Basis.INFERRED)
    assert rows[2][1] == DateWindow(day(3), None, Basis.INFERRED)
    assert solve([Visit(), Visit()]).windows == ((None, None), (None, None))


def test_nothing_to_solve_is_no_failure() -> None:
    assert solve([]).windows == ()


def test_a_window_says_whether_it_is_stated_or_inferred() -> None:
    (first, second) = solve([Visit(arrive=window(0, 0, Basis.RELATIVE)), Visit(arrive=on(2))]).windows
    assert first[0].basis is Basis.RELATIVE
    assert first[1].basis is Basis.INFERRED
    assert second[0].basis is Basis.STATED


# ---------------------------------------------------------------------------------------------- contradiction


def test_the_least_trusted_statement_goes() -> None:
    visits = [
        Visit(arrive=on(4)),
        Visit(arrive=window(1, 1, Basis.INFERRED)),
        Visit(arrive=window(6, 6, Basis.RELATIVE)),
    ]
    solution = solve(visits)
    assert [conflict.index for conflict in solution.conflicts] == [1]
    assert shape(solution.windows) == [(4, 4, 4, 6), (4, 6, 4, 6), (6, 6, 6, None)]


def test_the_day_that_contradicts_most_others_goes() -> None:
    solution = solve([Visit(arrive=on(0)), Visit(arrive=on(9)), Visit(arrive=on(2)), Visit(arrive=on(3))])
    (conflict,) = solution.conflicts
    assert conflict.index == 1
    assert conflict.dropped == "arrival at stop 2 (2031-05-10)"
    assert conflict.message.startswith("The arrival at stop 2 (2031-05-10) contradicts the arrival at stop")


def test_a_length_that_contradicts_itself_is_told() -> None:
    solution = solve([Visit(nights=(3, 2))])
    assert [conflict.index for conflict in solution.conflicts] == [0]


def test_a_day_outside_the_trip_is_told_once() -> None:
    solution = solve([Visit(arrive=on(0)), Visit(arrive=on(9)), Visit()], window(0, 5), pin_ends=True)
    assert len(solution.conflicts) == 1


def test_ten_thousand_stops_are_solved() -> None:
    visits = [Visit(arrive=on(0))] + [Visit(nights=(0, 1)) for _ in range(9999)]
    solution = solve(visits, window(0, 3000))
    assert len(solution.windows) == 10000
    assert shape(solution.windows)[-1] == (0, 3000, 0, 3000)


def test_thousands_of_contradictions_end() -> None:
    visits = [
        Visit(arrive=on((i * 37) % 501), nights=(2, 2), inside=i - 1 if i % 5 == 4 else None)
        for i in range(2000)
    ]
    solution = solve(visits, window(100, 200), pin_ends=True)
    assert solution.conflicts
    assert len(solution.windows) == 2000


# ------------------------------------------------------------------------------------------------ brute force


def brute(visits: list[Visit], trip: DateWindow | None, days: range) -> list[tuple[int, ...]] | None:  # noqa: C901
    """Try every day for every arrival and departure; None if no choice fits."""
    count = len(visits)
    seen: list[set[int]] = [set() for _ in range(2 * count)]
    chosen = [0] * (2 * count)

    def fits(n: int, limits: DateWindow | None) -> bool:
        when = day(n)
        return limits is None or not (
            (limits.earliest and when < limits.earliest) or (limits.latest and when > limits.latest)
        )

    def place(i: int, stay: int | None, trips: dict[int, int]) -> bool:
        if i == count:
            return True
        visit, any_fit = visits[i], False
        base = visit.inside
        for arrive, depart in itertools.product(days, days):
            if depart < arrive or not (fits(arrive, visit.arrive) and fits(depart, visit.depart)):
                continue
            if not (fits(arrive, trip) and fits(depart, trip)):
                continue
            least, most = visit.nights
            if depart - arrive < (least or 0) or (most is not None and depart - arrive > most):
                continue
            if base is not None:
                begin = chosen[2 * trips[base] + 1] if base in trips else chosen[2 * base]
                if arrive < begin or depart > chosen[2 * base + 1]:
                    continue
            elif stay is not None:
                gap = arrive - chosen[2 * stay + 1]
                low, high = visit.overnight
                if gap < (low or 0) or (high is not None and gap > high):
                    continue
            chosen[2 * i], chosen[2 * i + 1] = arrive, depart
            after = {**trips, base: i} if base is not None else trips
            if place(i + 1, stay if base is not None else i, after):
                any_fit = True
                seen[2 * i].add(arrive)
                seen[2 * i + 1].add(depart)
        return any_fit

    if not place(0, None, {}):
        return None
    return [(min(a), max(a), min(d), max(d)) for a, d in zip(seen[::2], seen[1::2], strict=True)]


bound = st.none() | st.integers(0, DAYS)


@st.composite
def windows(draw: st.DrawFn) -> DateWindow | None:
    low, high = draw(bound), draw(bound)
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        low, high = high, low
    return window(low, high)


@st.composite
def journeys(draw: st.DrawFn) -> list[Visit]:
    visits: list[Visit] = []
    for i in range(draw(st.integers(1, 4))):
        lengths = sorted(draw(st.lists(st.integers(0, 4), min_size=2, max_size=2)))
        nights = draw(
            st.sampled_from([(None, None), (lengths[0], lengths[1]), (lengths[0], None), (None, lengths[1])])
        )
        bases = [None, *[j for j in range(i) if visits[j].inside is None][-1:]]
        inside = draw(st.sampled_from(bases))
        overnight = (
            draw(st.sampled_from([(None, None), (None, None), (0, 1), (1, 1)]))
            if inside is None
            else (None, None)
        )
        visits.append(Visit(draw(windows()), draw(windows()), nights, inside, overnight))
    return visits


@settings(max_examples=120, deadline=None)
@given(journeys(), st.booleans())
def test_every_bound_equals_brute_force(visits: list[Visit], tight: bool) -> None:
    trip = window(0, 5 if tight else DAYS)
    expected = brute(visits, trip, range(DAYS + 1))
    solution = solve(visits, trip)
    if expected is None:
        assert solution.conflicts
    else:
        assert solution.conflicts == ()
        assert shape(solution.windows) == expected
    for pair in solution.windows:
        assert all(
            side is None or side.earliest is None or side.latest is None or side.earliest <= side.latest
            for side in pair
        )


@settings(max_examples=60, deadline=None)
@given(journeys())
def test_open_sides_are_open_and_others_tight(visits: list[Visit]) -> None:
    """Without a trip the days reach far beyond: a side is open exactly if the far end can be reached."""
    solution = solve(visits)
    wide = range(-8, DAYS + 9)
    if len(visits) > 2 or solution.conflicts:
        return
    expected = brute(visits, None, wide)
    assert expected is not None
    for found, true in zip(shape(solution.windows), expected, strict=True):
        for n in (0, 2):
            assert found[n] == true[n] if found[n] is not None else true[n] <= 0
        for n in (1, 3):
            assert found[n] == true[n] if found[n] is not None else true[n] >= DAYS


@pytest.mark.parametrize("pin", [True, False])
def test_solving_does_not_depend_on_when(pin: bool) -> None:
    visits = [Visit(arrive=window(1, 3)), Visit(nights=(1, 2)), Visit(depart=on(6))]
    assert solve(visits, window(0, 7), pin_ends=pin) == solve(tuple(visits), window(0, 7), pin_ends=pin)
