from __future__ import annotations

import itertools

import pytest

from dashboard.theme import CONFIG, DARK, LIGHT, contrast, country_colours, escape, mix, theme
from tests.dashboard import trips

THEMES = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)


@THEMES
def test_there_are_enough_colours_and_no_two_are_alike(look):
    assert len(set(look.countries)) == len(look.countries) >= 12
    for one, other in itertools.combinations(look.countries, 2):
        apart = sum(abs(int(one[i : i + 2], 16) - int(other[i : i + 2], 16)) for i in (1, 3, 5))
        assert apart >= 40, (one, other)


@THEMES
def test_numbers_are_readable_on_every_country(look):
    for colour in (*look.countries, look.no_country):
        assert contrast(look.marker_text, colour) >= 4.5, colour


@THEMES
def test_bars_stand_out_from_their_ground(look):
    for colour in (*look.countries, look.no_country):
        for ground in (look.card, look.band, look.land, look.sea):
            assert contrast(colour, ground) >= 3, (colour, ground)


@THEMES
def test_text_is_readable_on_every_ground(look):
    tints = [mix(colour, look.land, 0.14) for colour in look.countries]
    for ground in (look.card, look.page, look.sea, look.land, look.band, *tints):
        assert contrast(look.ink, ground) >= 4.5, ground
        assert contrast(look.muted, ground) >= 4.5, ground


@THEMES
def test_legs_and_arrows_stand_out(look):
    for ground in (look.sea, look.land):
        assert contrast(look.line, ground) >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#ffffff", "#000000", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48)],
)
def test_contrast(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_colours_follow_first_appearance():
    colours = country_colours(trips.ASIA, LIGHT)
    assert list(colours) == ["US", "KZ", "UZ", "IN", ""]
    assert [colours[c] for c in ("US", "KZ", "UZ", "IN")] == list(LIGHT.countries[:4])


def test_namibia_and_no_country_have_colours_of_their_own():
    colours = country_colours(trips.SINGLE, LIGHT)
    assert colours == {"NA": LIGHT.countries[0], "": LIGHT.no_country}
    assert country_colours(trips.NONE, LIGHT) == {"": LIGHT.no_country}


def test_after_the_last_colour_the_first_comes_again():
    colours = country_colours(trips.THIRTY, DARK)
    assert len(colours) == 31
    assert set(colours.values()) == {*DARK.countries, DARK.no_country}


def test_theme_by_name():
    assert theme("dark") is DARK
    with pytest.raises(ValueError, match="sepia"):
        theme("sepia")


def test_nothing_leaves_the_machine():
    assert CONFIG["topojsonURL"].startswith("/")
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["displaylogo"] is False


def test_escape_leaves_nothing_that_plotly_reads():
    assert escape('<a href="x">L\'Aquila & co</a>') == (
        "&lt;a href=&#34;x&#34;&gt;L&#x27;Aquila &amp; co&lt;/a&gt;"
    )
