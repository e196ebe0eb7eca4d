from __future__ import annotations

import itertools
import json
import math
from functools import cache

import pandas as pd
import pytest

from dashboard import route_map
from dashboard.labels import Box
from dashboard.text_width import text_width
from dashboard.theme import CONFIG, DARK, LIGHT, country_colours
from tests.dashboard import trips

SIZES = {"phone": (360, 353), "middle": (700, 340), "wide": (1300, 546), "sheet": (1510, 695)}
EACH = pytest.mark.parametrize("name", trips.ALL)


@cache
def plan_of(name, size):
    width, height = SIZES[size]
    return route_map.plan(trips.ALL[name], width=width, height=height, zoom=1.25 if size == "sheet" else 1)


def draw(frame, width=1300, height=546, look=LIGHT, **rest):
    return route_map.figure(
        frame, theme=look, colours=country_colours(frame, look), width=width, height=height, **rest
    )


def trace(figure, name):
    return next((t for t in figure.data if t.name == name), None)


def pieces(found):
    """Split a line trace at its gaps."""
    if found is None:
        return []
    groups = itertools.groupby(zip(found.lon, found.lat, strict=True), key=lambda p: p[0] is None)
    return [list(points) for gap, points in groups if not gap]


# Nothing covers anything.


@EACH
@pytest.mark.parametrize("size", SIZES)
def test_nothing_overlaps_and_nothing_leaves_the_frame(name, size):
    width, height = SIZES[size]
    plan = plan_of(name, size)
    frame = Box(0, 0, width, height)
    discs = [(f"disc {m.spot.name}", m) for m in plan.markers]
    for (one, a), (other, b) in itertools.combinations(discs, 2):
        assert math.dist((a.x, a.y), (b.x, b.y)) >= a.radius + b.radius, (one, other)
    boxes = [(one, m.box) for one, m in discs] + [
        ("label " + " ".join(la.lines), la.box) for la in plan.labels
    ]
    boxes += [("inset", plan.inset)] if plan.inset else []
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        if not (one.startswith("disc") or other.startswith("disc")):
            assert a.overlap(b) == 0, (one, other)
    for (one, disc), (other, box) in itertools.product(discs, boxes[len(discs) :]):
        assert box.distance(Box(disc.x, disc.y, disc.x, disc.y)) >= disc.radius - 0.5, (one, other)
    for one, box in boxes:
        assert box.overlap(frame) == pytest.approx((box.right - box.left) * (box.bottom - box.top)), one


@EACH
@pytest.mark.parametrize("size", SIZES)
def test_no_label_is_missing_unless_there_are_very_many(name, size):
    plan = plan_of(name, size)
    if len(plan.markers) <= 25:
        assert len(plan.labels) == len(plan.markers)
        assert plan.left_out == ()
    else:
        kept = [plan.markers[label.index].spot.importance for label in plan.labels]
        assert len(kept) >= 8
        ends = {plan.markers[0].spot.name, plan.markers[-1].spot.name}
        assert len(ends & {spot.name for spot in plan.left_out}) <= 1


@EACH
def test_discs_stay_near_their_place(name):
    plan = plan_of(name, "phone")
    for marker, true in zip(
        plan.markers, plan.view.pixels([m.spot.point for m in plan.markers]), strict=True
    ):
        assert math.dist(true, (marker.x, marker.y)) < 45, marker.spot.name


@pytest.mark.parametrize(
    ("text", "bold", "expected"),
    [("Hello", False, 22.8), ("MMMM", True, 33.3), ("iiii", False, 8.9), ("東京", False, 20)],
)
def test_text_width_at_ten_pixels(text, bold, expected):
    assert text_width(text, 10, bold=bold) == pytest.approx(expected, abs=0.2)


# Legs.


def test_one_leg_between_each_two_neighbours():
    figure = draw(trips.CAPITALS)
    assert len(pieces(trace(figure, "legs"))) == 9
    assert trace(figure, "links") is None


def test_a_leg_across_a_stop_that_is_not_shown_is_not_drawn_as_travelled():
    figure = draw(trips.ASIA, shown={1, 2, 4, 5})
    assert len(pieces(trace(figure, "legs"))) == 2  # Washington-Astana and New Delhi-Washington
    links = pieces(trace(figure, "links"))
    assert len(links) == 1
    assert trace(figure, "links").line.dash
    assert [link[0] for link in links] == [(71.4304, 51.1282)]
    assert len(pieces(trace(figure, "direction"))) == 4  # two heads on each long leg, none on the link


def test_a_stop_without_position_breaks_the_leg_and_is_named():
    figure = draw(trips.UNDATED)
    assert len(pieces(trace(figure, "legs"))) == 1
    assert len(pieces(trace(figure, "links"))) == 1
    assert "Zzyzx Springs" in route_map.unplaced(trips.UNDATED)
    assert route_map.unplaced(trips.UNDATED, {1, 2}) == ""
    assert route_map.unplaced(trips.ASIA) == ""


def test_ways_there_and_back_do_not_cover_each_other():
    plan = route_map.plan(trips.RETURN, width=1300, height=546)
    out, back = plan.ways[0], plan.ways[-1]
    middle = [plan.view.pixels(way.points)[len(way.points) // 2] for way in (out, back)]
    assert math.dist(*middle) > 10


def test_the_date_line_does_not_cut_a_trip_across_the_pacific():
    for size in SIZES:
        plan = plan_of("pacific", size)
        for way in plan.ways:
            line = plan.view.pixels(way.points)
            assert max(map(math.dist, line, line[1:])) < 40


@EACH
def test_arrow_heads_run_clockwise_and_are_small(name):
    """The other way round a head would fill all the world but itself."""
    for head in plan_of(name, "wide").heads:
        area = sum(x * y2 - x2 * y for (x, y), (x2, y2) in itertools.pairwise(head)) / 2
        assert 0 < area < 200  # positive is clockwise where y runs down


def test_heads_point_the_way_of_travel():
    plan = route_map.plan(trips.CAPITALS, width=1300, height=546)
    tip, tail = plan.heads[0][0], plan.heads[0][2]
    start, end = plan.view.pixels([plan.ways[0].points[0], plan.ways[0].points[-1]])
    assert (tip[0] - tail[0]) * (end[0] - start[0]) + (tip[1] - tail[1]) * (end[1] - start[1]) > 0


def test_hovering_a_leg_tells_its_length():
    told = trace(draw(trips.RETURN), "leg notes").hovertext
    assert told[0] == "Lisbon to Madrid: 500 km as the crow flies"
    assert (
        trace(draw(trips.ASIA, shown={2, 4}), "leg notes")
        .hovertext[0]
        .endswith("1 stop in between not shown")
    )


# Stops.


def test_visits_of_one_place_share_a_disc():
    found = trace(draw(trips.ASIA), "stops")
    assert list(found.text) == ["1 · 5", "2", "3", "4"]
    assert [list(data) for data in found.customdata][:2] == [[1, "1,5"], [2, "2"]]
    again = trace(draw(trips.FOUR_TIMES), "stops")
    assert again.text[0] == "1 +3"
    assert "Geneva (1, 3, 6, 8)" in trace(draw(trips.FOUR_TIMES), "labels").text


def test_a_filter_keeps_numbers_and_colours():
    whole, part = trace(draw(trips.ASIA), "stops"), trace(draw(trips.ASIA, shown={3, 4}), "stops")
    assert list(part.text) == ["3", "4"]
    assert list(part.marker.color) == list(whole.marker.color)[2:]
    assert list(trace(draw(trips.ASIA, shown={5}), "stops").text) == ["5"]


def test_the_selected_stop_has_a_ring():
    widths = list(trace(draw(trips.ASIA, selected=5), "stops").marker.line.width)
    assert widths[0] > max(widths[1:])


def test_regions_are_rings():
    found = trace(draw(trips.REGIONS), "stops")
    assert list(found.marker.color)[:2] == [LIGHT.card, LIGHT.card]
    assert found.marker.color[2] != LIGHT.card


def test_hover_says_dates_in_words():
    told = trace(draw(trips.PACIFIC), "stops").hovertext[1]
    assert "<b>2  Honolulu</b>, United States" in told
    assert "leaves between 9 Apr and 11 Apr 2025" in told
    assert "there on 14 Jan 1926" in trace(draw(trips.OLD), "stops").hovertext[0]


def test_text_of_the_user_is_escaped_everywhere():
    text = json.dumps(draw(trips.HOSTILE).to_plotly_json(), default=str)
    for bad in ("<a", "<script", "<span", "<b>Italy"):
        assert bad not in text


def test_no_stops_give_a_calm_map_of_the_world():
    figure = draw(trips.NONE)
    assert len(trace(figure, "stops").lon) == 0
    assert figure.layout.geo.projection.type == "natural earth"
    assert len(trace(draw(trips.ASIA, shown=set()), "stops").lon) == 0


def test_all_stops_without_position():
    frame = trips.ASIA.copy()
    frame[["latitude", "longitude"]] = float("nan")
    assert len(trace(draw(frame), "stops").lon) == 0
    assert route_map.unplaced(frame).count("Washington") == 1


# Outlines.


@pytest.mark.parametrize("resolution", ["110", "50"])
def test_outlines_are_complete_and_known_by_code(resolution):
    data = json.loads((route_map.TOPOJSON / f"world_{resolution}m.json").read_text("utf-8"))
    assert set(data["objects"]) == {"coastlines", "countries", "land", "ocean", "lakes", "rivers", "subunits"}
    ids = {geometry.get("id") for geometry in data["objects"]["countries"]["geometries"]}
    codes = json.loads((route_map.TOPOJSON / "iso.json").read_text("utf-8"))[resolution]
    assert set(codes.values()) <= ids
    assert codes["NA"] == "NAM"
    assert codes["FR"] == "FRA"


def test_only_countries_that_are_outlined_are_tinted():
    found = trace(draw(trips.FOUR_TIMES), "countries")
    assert list(found.locations) == ["CHE", "AUT", "ITA", "VAT"]
    assert "SGP" not in trace(draw(trips.GLOBE, width=360, height=353), "countries").locations


def test_a_trip_of_many_stops_is_planned_quickly():
    frame = pd.concat([trips.THIRTY] * 10, ignore_index=True)
    frame["stop"] = range(1, 301)
    assert len(route_map.plan(frame, width=1300, height=546).markers) == 30


# In a browser.

MEASURE = """() => {
  const gd = document.getElementById('map'), home = gd.getBoundingClientRect();
  const boxes = {};
  gd.querySelectorAll('.geo .scatterlayer text, .geo .scattergeo text').forEach(t => {
    const b = t.getBoundingClientRect();
    const box = [b.left - home.left, b.top - home.top, b.right - home.left, b.bottom - home.top];
    if (t.textContent.trim()) boxes[t.textContent] = box;
  });
  return boxes;
}"""


DRAW = """([data, layout, config, w, h]) => {
  const gd = document.getElementById('map');
  Plotly.purge(gd);
  Object.assign(gd.style, {width: `${w}px`, height: `${h}px`});
  return Plotly.newPlot(gd, JSON.parse(data), JSON.parse(layout), config).then(() => null);
}"""


def measure(page, figure, width, height):
    """Draw a figure in a page without network and return the boxes of its texts."""
    page.set_viewport_size({"width": width, "height": height})
    parts = json.loads(figure.to_json())
    page.evaluate(DRAW, [json.dumps(parts["data"]), json.dumps(parts["layout"]), CONFIG, width, height])
    return page.evaluate(MEASURE)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["capitals", "globe", "antarctica", "city", "four times"])
@pytest.mark.parametrize("size", ["phone", "wide"])
def test_labels_are_drawn_where_they_were_planned(name, size, in_page):
    figure = draw(trips.ALL[name], *SIZES[size], DARK)
    drawn = in_page(measure, figure, *SIZES[size])
    for label in plan_of(name, size).labels:
        left, top, right, bottom = drawn["".join(label.lines)]
        assert left == pytest.approx(label.box.left, abs=4), label.lines
        assert right == pytest.approx(label.box.right, abs=4), label.lines
        middle = (label.box.top + label.box.bottom) / 2
        assert (top + bottom) / 2 == pytest.approx(middle, abs=2.5), label.lines
