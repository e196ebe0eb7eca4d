from __future__ import annotations

import json

import pytest

from dashboard import sheet
from dashboard.route_map import MAP_CREDIT
from dashboard.theme import DARK, LIGHT, country_colours
from tests.dashboard import trips

EACH = pytest.mark.parametrize("name", trips.ALL)


def draw(frame, look=LIGHT, source="Source: a letter.", **rest):
    texts = {"title": sheet.title_for(frame, rest.get("shown")), "subtitle": sheet.subtitle_for(frame)}
    return sheet.figure(
        frame, theme=look, colours=country_colours(frame, look), source=source, **texts, **rest
    )


def texts(figure):
    return " ".join(a.text for a in figure.layout.annotations)


@pytest.mark.parametrize(
    ("name", "shown", "title"),
    [
        ("asia", None, "Astana to New Delhi: 3 stops in 3 countries"),
        ("asia", {3}, "Tashkent, Uzbekistan"),
        ("single", None, "Windhoek, Namibia"),
        ("numbered", None, "Cusco to Arequipa: 5 stops in Peru"),
        ("globe", None, "London and back: 10 stops in 8 countries"),
        ("city", None, "Windsor Castle to Canary Wharf: 5 stops in the United Kingdom"),
        ("none", None, "A trip without stops"),
    ],
)
def test_title(name, shown, title):
    assert sheet.title_for(trips.ALL[name], shown) == title


@pytest.mark.parametrize(
    ("name", "shown", "subtitle"),
    [
        ("single", None, "6 to 8 May 2024"),
        ("return", None, "3 to 9 May 2021 · about 2,000 km as the crow flies"),
        ("return", {1, 2}, "3 to 5 May 2021 · about 500 km as the crow flies · 2 of 5 stops shown"),
        ("return", {1, 3}, "3 to 8 May 2021 · 2 of 5 stops shown"),
        ("windows", None, "Within 2 to 22 March 2026 · about 18,700 km as the crow flies"),
        ("numbered", None, "Day 1 to day 12 · about 650 km as the crow flies"),
        ("undated", None, "No days given"),
        ("none", None, ""),
    ],
)
def test_subtitle(name, shown, subtitle):
    assert sheet.subtitle_for(trips.ALL[name], shown) == subtitle


@EACH
@pytest.mark.parametrize("width", [1080, 1600])
def test_everything_stands_on_the_sheet(name, width):
    figure = draw(trips.ALL[name], width=width)
    assert figure.layout.width == width
    assert 0.5 * width < figure.layout.height < 2.2 * width
    domains = [figure.layout.geo.domain.x, figure.layout.geo.domain.y]
    if len(trips.ALL[name]):
        domains += [figure.layout.xaxis.domain, figure.layout.xaxis2.domain, figure.layout.yaxis.domain]
        assert figure.layout.yaxis.domain[1] < figure.layout.geo.domain.y[0]
    assert all(0 <= low < high <= 1 for low, high in domains)
    for annotation in figure.layout.annotations:
        assert 0 <= annotation.x < 1
        assert 0 < annotation.y <= 1


def test_the_map_fills_its_box():
    figure = draw(trips.ASIA)
    x, y = figure.layout.geo.domain.x, figure.layout.geo.domain.y
    shape = (x[1] - x[0]) * figure.layout.width / ((y[1] - y[0]) * figure.layout.height)
    assert shape == pytest.approx(1 / 0.46, rel=0.01)


def test_title_dates_source_and_credit_are_there():
    told = texts(draw(trips.ASIA))
    for part in ("<b>Astana to New Delhi", "27 February to 5 March 2023", "Source: a letter.", MAP_CREDIT):
        assert part in told
    assert texts(draw(trips.ASIA, source=MAP_CREDIT)).count("Natural Earth") == 1
    assert "Zzyzx Springs" in texts(draw(trips.UNDATED))


def test_the_key_shows_what_is_on_the_sheet():
    told = texts(draw(trips.ASIA))
    for entry in ("certain days", "possible days", "end not known", "Kazakhstan"):
        assert entry in told
    plain = texts(draw(trips.CAPITALS))
    assert "certain days" in plain
    assert "possible days" not in plain
    assert "certain days" not in texts(draw(trips.UNDATED))
    hatched = [
        t for t in draw(trips.ASIA).data if t.name == "key" and t.type == "bar" and t.marker.pattern.shape
    ]
    assert hatched


def test_a_filter_is_followed():
    figure = draw(trips.ASIA, shown={3, 4})
    told = texts(figure)
    assert "Kazakhstan" not in told
    assert list(next(t for t in figure.data if t.name == "stops").text) == ["3", "4"]


def test_text_of_the_user_is_escaped_everywhere():
    frame = trips.HOSTILE
    figure = sheet.figure(
        frame,
        theme=DARK,
        colours=country_colours(frame, DARK),
        title="<a href='x'>T</a>",
        subtitle="<script>",
        source="<span>",
    )
    text = json.dumps(figure.to_plotly_json(), default=str)
    for bad in ("<a", "<script", "<span", "<b>Italy"):
        assert bad not in text


def test_a_long_title_is_broken_into_lines():
    frame = trips.ASIA
    figure = sheet.figure(
        frame,
        theme=LIGHT,
        colours=country_colours(frame, LIGHT),
        title="A very long title " * 9,
        subtitle="",
        source="",
    )
    assert sum(a.text.startswith("<b>A") or "very long" in a.text for a in figure.layout.annotations) >= 2


@EACH
@pytest.mark.parametrize("size", [(1200, 675), (1920, 1080), (1080, 1350), (1123, 794), (794, 1123)])
def test_a_sheet_of_a_given_size_has_it_and_everything_is_inside(name, size):
    figure = draw(trips.ALL[name], width=size[0], height=size[1])
    if name != "thirty":  # of which no row is left out for a low sheet
        assert (figure.layout.width, figure.layout.height) == size
    assert figure.layout.height >= size[1]
    for annotation in figure.layout.annotations:
        if annotation.yref == "paper":
            assert -0.001 <= annotation.y <= 1.001, annotation.text
    low, high = figure.layout.geo.domain.y
    assert high - low > 0.1
