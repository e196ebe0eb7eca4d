from __future__ import annotations

import json

import pandas as pd
import pytest

from dashboard import timeline
from dashboard.theme import DARK, LIGHT, country_colours
from tests.dashboard import trips

EACH = pytest.mark.parametrize("name", trips.ALL)
DAY = 86_400_000


def draw(frame, width=1300, look=LIGHT, **rest):
    return timeline.figure(frame, theme=look, colours=country_colours(frame, look), width=width, **rest)


def trace(figure, name):
    return next((t for t in figure.data if t.name == name), None)


def bars(figure, name):
    """Return first and last day of each bar by stop."""
    found = trace(figure, name)
    result = {}
    for y, base, length in zip(found.y, found.base, found.x, strict=True):
        first = pd.Timestamp(base)
        last = first + pd.Timedelta(milliseconds=float(length)) - pd.Timedelta(days=1)
        result[y] = (f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}")
    return result


def one(arrive, depart):
    """Make a trip whose first stop has these windows."""
    return trips.frame(
        [
            ("Porto", "PT", 41.15, -8.61, arrive, depart),
            ("Braga", "PT", 41.55, -8.42, "2024-05-01", "2024-05-09"),
        ]
    )


@pytest.mark.parametrize(
    ("arrive", "depart", "possible", "certain"),
    [
        ("2024-05-02", "2024-05-02", ("2024-05-02", "2024-05-02"), ("2024-05-02", "2024-05-02")),
        ("2024-05-02", "2024-05-04", ("2024-05-02", "2024-05-04"), ("2024-05-02", "2024-05-04")),
        (
            "2024-05-02..2024-05-03", "2024-05-05..2024-05-06",
            ("2024-05-02", "2024-05-06"), ("2024-05-03", "2024-05-05"),
        ),
        ("2024-05-02..2024-05-05", "2024-05-03..2024-05-06", ("2024-05-02", "2024-05-06"), None),
        (
            "2024-05-02..2024-05-03", "2024-05-03..2024-05-04",
            ("2024-05-02", "2024-05-04"), ("2024-05-03", "2024-05-03"),
        ),
        ("2024-05-02", "", ("2024-05-02",) * 2, ("2024-05-02",) * 2),
        ("", "2024-05-04", ("2024-05-04",) * 2, ("2024-05-04",) * 2),
        ("2024-05-02..", "", ("2024-05-02",) * 2, None),
        ("", "..2024-05-04", ("2024-05-04",) * 2, None),
        ("2024-05-02..2024-05-04", "", ("2024-05-02", "2024-05-04"), None),
    ],
)  # fmt: skip
def test_solid_is_certain_and_hatched_is_possible(arrive, depart, possible, certain):
    figure = draw(one(arrive, depart))
    assert bars(figure, "possible")["1"] == possible
    assert bars(figure, "certain").get("1") == certain


def test_an_end_that_the_text_does_not_give_fades():
    faded = trace(draw(one("2024-05-02..", "")), "open")
    assert list(faded.marker.opacity) == sorted(faded.marker.opacity, reverse=True)
    assert pd.Timestamp(faded.base[0]) == pd.Timestamp("2024-05-03")
    assert trace(draw(one("2024-05-02", "2024-05-03")), "open") is None


@EACH
def test_no_bar_is_negative_or_shorter_than_a_day(name):
    unit = 1 if name == "numbered" else DAY
    for found in draw(trips.ALL[name]).data:
        if found.name in ("possible", "certain"):
            assert all(float(length) >= unit for length in found.x), found.name


@EACH
def test_one_row_for_each_stop_in_order(name):
    frame = trips.ALL[name]
    axis = draw(frame).layout.yaxis
    assert list(axis.tickvals) == [str(n) for n in frame["stop"]]
    assert axis.type == "category"
    assert axis.fixedrange is True
    assert axis.range[0] > axis.range[1]  # the first stop is on top
    if name == "asia":
        assert axis.ticktext[2] == "3  Tashkent"


@EACH
@pytest.mark.parametrize("width", [360, 700, 1300])
def test_bars_keep_most_of_the_room(name, width):
    figure = draw(trips.ALL[name], width)
    left, right = figure.layout.xaxis.domain
    if trace(figure, "possible"):
        assert (right - left) * width > 0.48 * width
    assert figure.layout.height == timeline.height_for(trips.ALL[name], None, width < 500)


def test_a_filter_keeps_numbers_and_leaves_rows_out():
    figure = draw(trips.ASIA, shown={2, 4})
    assert list(figure.layout.yaxis.tickvals) == ["2", "4"]
    whole, part = trace(draw(trips.ASIA), "names"), trace(figure, "names")
    assert part.marker.color[0] == whole.marker.color[1]
    assert timeline.height_for(trips.ASIA, {2, 4}, False) < timeline.height_for(trips.ASIA, None, False)


def test_day_numbers_are_whole_days():
    figure = draw(trips.NUMBERED)
    found = trace(figure, "certain")
    assert list(zip(found.base, found.x, strict=True))[:3] == [(0.5, 3.0), (2.5, 2.0), (3.5, 1.0)]
    assert figure.layout.xaxis.tickprefix == "Day "
    assert figure.layout.xaxis.dtick == int(figure.layout.xaxis.dtick)


def test_a_trip_without_days_shows_order_and_says_why():
    figure = draw(trips.UNDATED)
    assert trace(figure, "possible") is None
    assert figure.layout.xaxis.visible is False
    assert "gives no days" in figure.layout.annotations[0].text.replace("<br>", " ")
    given = draw(trips.UNDATED, no_dates="Nothing <b>known</b>")
    assert given.layout.annotations[0].text == "Nothing &lt;b&gt;known&lt;/b&gt;"


def test_a_stop_without_days_says_so():
    notes = trace(draw(trips.WINDOWS), "days")
    assert dict(zip(notes.y, notes.text, strict=True))["5"] == "no date"
    assert "5" not in trace(draw(trips.WINDOWS), "possible").y


def test_hover_speaks_in_words():
    told = trace(draw(trips.ASIA), "possible").hovertext
    assert "arrives between 28 Feb and 1 Mar 2023" in told[2]
    assert "leaves on 1 Mar 2023" in told[2]
    assert "arrives not before 9 Mar 2026" in trace(draw(trips.WINDOWS), "possible").hovertext[2]
    assert "no known date" in trace(draw(trips.UNDATED), "names").hovertext[0]
    assert "day 1 to day 3" in trace(draw(trips.NUMBERED), "names").hovertext[0]


@pytest.mark.parametrize(
    ("name", "width", "steps"),
    [
        ("single", 1300, {DAY}),
        ("asia", 1300, {DAY}),
        ("asia", 360, {DAY, 2 * DAY, 3 * DAY}),
        ("old", 1300, {"M1"}),
        ("life", 1300, {"M12", "M24"}),
        ("life", 360, {"M60", "M120"}),
    ],
)
def test_ticks_are_days_months_or_years(name, width, steps):
    assert draw(trips.ALL[name], width).layout.xaxis.dtick in steps


def test_every_point_tells_its_stop():
    for found in draw(trips.WINDOWS).data:
        for data, y in zip(found.customdata, found.y, strict=True):
            assert str(data[0]) == y


def test_the_selected_row_is_marked():
    figure = draw(trips.ASIA, selected=3)
    assert trace(figure, "names").marker.line.width[2] > 0
    assert any(shape.y0 == 1.5 and shape.y1 == 2.5 for shape in figure.layout.shapes)


def test_text_of_the_user_is_escaped_everywhere():
    text = json.dumps(draw(trips.HOSTILE).to_plotly_json(), default=str)
    for bad in ("<a", "<script", "<span", "<b>Italy"):
        assert bad not in text


def test_long_names_are_cut_on_the_phone_only():
    frame = trips.frame([("Llanfairpwllgwyngyllgogerych", "GB", 53.22, -4.2, "2024-05-01", "2024-05-02")])
    assert trace(draw(frame, 360), "names").text[1].endswith("…")
    assert trace(draw(frame, 1300), "names").text[1] == "Llanfairpwllgwyngyllgogerych"


def test_no_stops_draw_an_empty_chart():
    figure = draw(trips.NONE, look=DARK)
    assert [t.name for t in figure.data] == ["names"]
    assert not figure.layout.annotations


def test_thousands_of_stops_are_drawn():
    frame = pd.concat([trips.THIRTY] * 40, ignore_index=True)
    frame["stop"] = range(1, 1201)
    assert len(trace(draw(frame), "possible").y) == 1200
