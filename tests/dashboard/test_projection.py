from __future__ import annotations

import itertools
import math

import pytest
from geopy.distance import great_circle as geopy_distance

from dashboard.projection import View, fit, great_circle, kilometres, middle_longitude

LONDON, TOKYO, SYDNEY, LIMA = (-0.13, 51.5), (139.7, 35.7), (151.2, -33.9), (-77.0, -12.0)


@pytest.mark.parametrize(("a", "b"), [(LONDON, TOKYO), (SYDNEY, LIMA), (LONDON, LONDON)])
def test_distance_agrees_with_geopy(a, b):
    assert kilometres(a, b) == pytest.approx(geopy_distance(a[::-1], b[::-1]).km, rel=1e-4, abs=1e-3)


def test_great_circle_keeps_its_ends_and_is_shortest():
    way = great_circle(LONDON, TOKYO, 50)
    assert (way[0], way[-1]) == (LONDON, TOKYO)
    assert sum(map(kilometres, way, way[1:])) == pytest.approx(kilometres(LONDON, TOKYO), rel=1e-6)
    assert max(lat for _, lat in way) > 65  # it runs far north of both


@pytest.mark.parametrize(("start", "end"), [((0, 0), (20, 0)), ((20, 0), (0, 0)), ((0, 0), (0, 20))])
def test_a_bow_lies_to_the_right_of_travel(start, end):
    middle = great_circle(start, end, 10, bow=200)[5]
    straight = great_circle(start, end, 10)[5]
    assert kilometres(middle, straight) == pytest.approx(200, rel=1e-3)
    right = ((end[1] - start[1]), -(end[0] - start[0]))
    assert (middle[0] - straight[0]) * right[0] + (middle[1] - straight[1]) * right[1] > 0


def test_antipodes_have_a_way():
    way = great_circle((0, 0), (180, 0), 20)
    assert all(math.isfinite(value) for point in way for value in point)


@pytest.mark.parametrize(
    ("longitudes", "expected"),
    [([139.7, -157.9, -118.2, 174.8], -169), ([0, 20], 10), ([-170, 170], 180), ([25], 25), ([], 0)],
)
def test_middle_longitude_is_that_of_the_smallest_arc(longitudes, expected):
    found = middle_longitude(longitudes)
    assert min(abs(found - expected), 360 - abs(found - expected)) < 1


def test_the_edge_of_the_map_cuts_as_few_ways_as_possible():
    far = great_circle((-100, 40), (100, 40))
    ways = [far, far[::-1], great_circle((-100, 0), (0, 0))]
    edge = middle_longitude([-100, 0, 100], ways) + 180
    assert (edge % 360) == pytest.approx(50, abs=1)  # the gap that no way crosses, though another is as wide


@pytest.mark.parametrize("kind", ["azimuthal equal area", "natural earth"])
@pytest.mark.parametrize("point", [LONDON, TOKYO, (179.5, 10.0), (-179.5, -70.0)])
def test_pixels_and_back(kind, point):
    view = View(kind, 120.0, 20.0 if kind.startswith("azi") else 0.0, 0.1, 0.2, 300.0, 900, 400)
    assert view.point(*view.pixels([point])[0]) == pytest.approx(point, abs=1e-5)


@pytest.mark.parametrize("size", [(1300, 546), (360, 353), (700, 340)])
@pytest.mark.parametrize(
    "points",
    [
        [LONDON],
        [LONDON, (-0.2, 51.6)],
        [LONDON, TOKYO, SYDNEY, LIMA],
        [(179.0, -17.0), (-172.0, -13.0)],
        [(0.0, -90.0), (-68.0, -54.8)],
        [(15.6, 78.2), (-166.0, 71.0)],
    ],
)
def test_everything_is_inside_with_room_around(points, size):
    ways = [great_circle(a, b) for a, b in itertools.pairwise(points)]
    view = fit(points, *size, ways=ways, room=(50, 30, 50, 30), allow_world=size[0] >= 500)
    for x, y in view.pixels([p for way in ways for p in way] or points):
        assert 49 <= x <= size[0] - 49
        assert 25 <= y <= size[1] - 25


def test_a_small_trip_fills_the_card_as_a_wide_one_does():
    for spread in (0.5, 5, 50):
        points = [(10.0, 45.0), (10.0 + spread, 45.0)]
        left, right = fit(points, 1200, 400, room=(60, 30, 60, 30), least=1).pixels(points)
        assert right[0] - left[0] == pytest.approx(1080, abs=1)


def test_one_point_is_in_the_middle_of_a_region():
    view = fit([LONDON], 800, 400, least=1000, room=(40, 40, 40, 40))
    assert view.pixels([LONDON])[0] == pytest.approx((400, 200))
    assert min(view.span) == pytest.approx(1000)


def test_no_points_show_the_world():
    assert fit([], 1000, 500).kind == "natural earth"
