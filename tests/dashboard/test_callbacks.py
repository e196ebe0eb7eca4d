"""What the page's buttons do, called as plain functions."""

from __future__ import annotations

import base64
import json
import logging
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard import callbacks, ids
from itinerary import Itinerary
from itinerary.formats import json as trip_json
from tests.dashboard.itineraries import NO_TRIP, TRIP

STORED = trip_json.to_json(TRIP)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """Replace the reader by one that notes what it was asked."""
    asked: list[tuple[str, object]] = []

    def read(text: str, published: object = None) -> Itinerary:
        asked.append((text, published))
        return TRIP

    monkeypatch.setattr("itinerary.read", read, raising=False)
    return asked


def test_a_text_is_read_with_its_day(reader: list[tuple[str, Any]]) -> None:
    trip, message = callbacks.read("some text", "3 May 2024")
    assert trip == STORED
    assert message == ""
    assert reader[0][0] == "some text"
    assert reader[0][1].isoformat() == "2024-05-03"


def test_a_bad_day_is_answered_before_reading(reader: list[tuple[str, Any]]) -> None:
    trip, message = callbacks.read("some text", "31 February")
    assert trip is None
    assert "no such day" in message
    assert not reader


def test_an_empty_text_is_answered() -> None:
    trip, message = callbacks.read("  ", "")
    assert trip is None
    assert len(message) > 20


def test_samples_come_with_text_day_and_trip(reader: list[tuple[str, Any]]) -> None:
    text, day, trip, message = callbacks.read_sample(0)
    assert (text, message) == (reader[0][0], "")
    assert day == "6 Sep 2024"
    assert trip == STORED


def test_the_trip_survives_the_browser() -> None:
    back = callbacks.unfold(json.loads(json.dumps(STORED)), [], "light")
    assert back.itinerary == TRIP
    assert back.stops == (1, 2, 3)


@pytest.mark.parametrize(
    ("hidden", "stops"), [([], (1, 2, 3)), (["KE"], (1,)), (["NA"], (2, 3)), (["KE", "NA"], ())]
)
def test_the_filter_chooses_stops_and_keeps_colours(hidden: list[str], stops: tuple[int, ...]) -> None:
    it = callbacks.unfold(STORED, hidden, "light")
    assert it.stops == stops
    assert it.colours == callbacks.unfold(STORED, [], "light").colours


def test_an_unknown_theme_is_light() -> None:
    assert callbacks.unfold(STORED, None, "<script>").theme.name == "light"
    assert callbacks.unfold(STORED, None, "dark").theme.name == "dark"


@pytest.mark.parametrize(
    ("hidden", "state", "status"),
    [
        ([], "trip", "Trip with three stops."),
        (["NA"], "trip", "2 of three stops shown."),
        (["KE", "NA"], "empty", "0 of"),
    ],
)
def test_the_state_of_the_page(hidden: list[str], state: str, status: str) -> None:
    shown = callbacks.show(STORED, hidden, "light", None)
    assert shown["state"] == state
    assert shown[ids.STATUS].startswith(status)


def test_no_trip_is_a_state_of_its_own() -> None:
    assert callbacks.show(trip_json.to_json(NO_TRIP), [], "light", None)["state"] == "none"


def test_figures_have_the_measured_width() -> None:
    drawn = callbacks.draw(STORED, [], "light", 2, 840.4)
    assert drawn is not None
    for figure in drawn:
        assert isinstance(figure, go.Figure)
        assert figure.layout.width == 840
        assert figure.layout.height > 60


@pytest.mark.parametrize(("width", "drawn"), [(1, callbacks.NARROWEST), (99_999, callbacks.WIDEST)])
def test_no_width_makes_an_impossible_figure(width: float, drawn: int) -> None:
    figures = callbacks.draw(STORED, [], "light", None, width)
    assert figures is not None
    assert figures[0].layout.width == drawn


def test_nothing_is_drawn_of_nothing() -> None:
    assert callbacks.draw(STORED, ["KE", "NA"], "light", None, 800) is None


def test_countries_are_toggled() -> None:
    kenya = {"kind": ids.COUNTRY, "code": "KE"}
    assert callbacks.choose_countries(kenya, STORED, []) == ["KE"]
    assert callbacks.choose_countries(kenya, STORED, ["NA", "KE"]) == ["NA"]
    assert callbacks.choose_countries(ids.NO_COUNTRIES, STORED, []) == ["NA", "KE"]
    assert callbacks.choose_countries(ids.ALL_COUNTRIES, STORED, ["NA"]) == []
    assert callbacks.choose_countries(ids.AGAIN, STORED, ["NA", "KE"]) == []


@pytest.mark.parametrize(
    ("clicked", "selected", "after"),
    [
        (2, None, 2),
        (2, 2, None),
        (2, 1, 2),
        ({"points": [{"customdata": [3, "3"]}]}, 1, 3),
        ({"points": [{"customdata": [3]}]}, 3, None),
        ({"points": [{}]}, 1, 1),
        ({"points": []}, 1, 1),
        ({"points": [{"customdata": ["x"]}]}, None, None),
        (None, 2, 2),
    ],
)
def test_a_click_selects_and_the_next_lets_go(
    clicked: object, selected: int | None, after: int | None
) -> None:
    assert callbacks.select(clicked, selected) == after


def test_the_picture_is_a_whole_sheet() -> None:
    made = callbacks.picture(STORED, ["NA"], "dark")
    assert made["name"] == "trip-ada-lind-windhoek-nairobi-and-mombasa-2024-05-06.png"
    assert made["width"] >= 1200
    assert made["height"] >= 600
    assert made["figure"]["data"]
    assert made["topojson"].startswith("/assets/")


def test_a_failure_is_logged_and_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told: dict[str, Any] = {}
    monkeypatch.setattr(callbacks, "set_props", lambda name, props: told.update({name: props["children"]}))
    with caplog.at_level(logging.ERROR):
        callbacks.report(RuntimeError("secret"))
    assert told == {ids.FAULT: callbacks.NEUTRAL}
    assert "secret" in caplog.text
    assert "secret" not in callbacks.NEUTRAL


SEVERAL = (
    "Ms. Ana Ruiz flies to Rome on 8 May 2024 and to Oslo on 9 May 2024. "
    "Mr. Holm flew to Warsaw on 6 May 2024."
)


def several() -> dict[str, Any]:
    trip, message = callbacks.read(SEVERAL, "")
    assert trip is not None
    assert message == ""
    return trip


def test_the_main_trip_is_shown_first() -> None:
    assert callbacks.shown_trip(several()).traveller == "Ms. Ana Ruiz"


@pytest.mark.parametrize(("number", "places"), [(0, ["Rome", "Oslo"]), (1, ["Warsaw"])])
def test_everything_shows_the_trip_that_was_chosen(number: int, places: list[str]) -> None:
    chosen = callbacks.choose_trip(several(), number)
    assert list(callbacks.unfold(chosen, [], None).frame["place"]) == places
    words = callbacks.show(chosen, [], None, None)
    assert str(words[ids.TABLE]).count("pick") == len(places)
    assert places[0] in str(callbacks.picture(chosen, [], None)["figure"])
    assert callbacks.picture(chosen, [], None)["name"].count(places[0].lower()) == 1
    other = "Warsaw" if number == 0 else "Rome"
    drawn = callbacks.draw(chosen, [], None, None, 800)
    assert drawn is not None
    assert other not in str(drawn[0]) + str(drawn[1])


@pytest.mark.parametrize("number", [9, -1, "1", None])
def test_a_trip_that_is_not_there_is_the_main_one(number: object) -> None:
    assert callbacks.shown_trip({**several(), "shown": number}).traveller == "Ms. Ana Ruiz"


def test_all_countries_are_those_of_the_trip_shown() -> None:
    chosen = callbacks.choose_trip(several(), 1)
    assert callbacks.choose_countries(ids.NO_COUNTRIES, chosen, []) == ["PL"]


def test_a_file_gives_text_day_and_trip(reader: list[tuple[str, Any]]) -> None:
    mail = (
        b"From: a@example.org\nDate: Wed, 01 May 2024 10:00:00 +0200\nMIME-Version: 1.0\n\nWe fly to Rome.\n"
    )
    given = {"name": "mail.eml", "content": base64.b64encode(mail).decode()}
    trip, document, message = callbacks.open_file(given, "3 May 2023")
    assert document is not None
    assert (trip, document.text.strip(), message) == (STORED, "We fly to Rome.", "")
    assert str(reader[0][1]) == "2024-05-01", "the day of the mail comes before that in the field"


def test_a_file_that_cannot_be_read_leaves_all_as_it_is(reader: list[tuple[str, Any]]) -> None:
    given = {"name": "scan.pdf", "content": base64.b64encode(b"%PDF-1.4 broken").decode()}
    trip, document, message = callbacks.open_file(given, None)
    assert (trip, document) == (None, None)
    assert "scan.pdf is a damaged PDF file" in message
    assert not reader
