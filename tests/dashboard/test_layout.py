"""The outline of the page and the pieces that show a trip, compared as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from dash import html
from dash.development.base_component import Component

from dashboard import ids, layout, parts
from dashboard.samples import samples
from dashboard.theme import LIGHT, country_colours
from itinerary import Relation, to_frame
from tests.dashboard.itineraries import NO_TRIP, TRIP

FRAME = to_frame(TRIP)
COLOURS = country_colours(FRAME, LIGHT)


def walk(piece: Any) -> Iterator[Any]:
    """Go through a piece of the page and everything in it, in reading order."""
    if isinstance(piece, list | tuple):
        for part in piece:
            yield from walk(part)
        return
    yield piece
    if isinstance(piece, Component):
        yield from walk(getattr(piece, "children", None) or [])


def text(piece: Any) -> str:
    return " ".join(part for part in walk(piece) if isinstance(part, str))


def find(piece: Any, kind: type[Component]) -> list[Any]:
    return [part for part in walk(piece) if isinstance(part, kind)]


def page() -> html.Div:
    return layout.page(samples()[0], None)


def test_every_id_is_on_the_page_once() -> None:
    found = [part.id for part in walk(page()) if isinstance(part, Component) and getattr(part, "id", None)]
    assert len(found) == len(set(found))
    lazy = {ids.MAP, ids.TIMELINE, ids.COUNTRY, ids.ROW, ids.FIGURE, ids.TRIP_BUTTON}
    names = {getattr(ids, name) for name in ids.__all__ if name.isupper()}
    assert names - lazy <= set(found)


def test_fields_have_labels_and_headings_are_in_order() -> None:
    whole = page()
    labelled = {label.htmlFor for label in find(whole, html.Label)}
    assert labelled == {ids.TEXT, ids.PUBLISHED, ids.SAMPLE_MENU, ids.EXPORT_MENU}
    assert len(find(whole, html.H1)) == 1
    for landmark in (html.Header, html.Main, html.Footer):
        assert len(find(whole, landmark)) == 1
    menu = next(part for part in find(whole, html.Select) if part.id == ids.SAMPLE_MENU)
    assert len(find(menu, html.Option)) == len(samples()) + 1


def test_buttons_never_send_a_form() -> None:
    assert all(button.type == "button" for button in find(page(), html.Button))


def test_the_head_says_which_day_was_used_and_why() -> None:
    head = text(parts.head(TRIP, FRAME, (1, 2, 3)))
    assert "Ada Lind" in head
    assert "Publication day: 3 May 2024, as you gave it." in head


def test_the_head_says_what_is_known_of_a_day_that_was_not_given() -> None:
    basis = "between 3 May 2024 and 6 May 2024, by “3 May 2024”"
    trip = replace(TRIP, published=None, published_basis=basis)
    assert f"Publication day: {basis}." in text(parts.head(trip, FRAME, (1, 2, 3)))


def test_a_text_without_a_trip_is_explained() -> None:
    head = text(parts.head(NO_TRIP, to_frame(NO_TRIP), ()))
    assert "No trip found in this text" in head
    assert "who goes where" in head


def test_the_filter_is_the_colour_key() -> None:
    buttons = find(parts.filter_bar(FRAME, COLOURS, LIGHT, ["KE"]), html.Button)
    assert [b.id["code"] for b in buttons] == ["NA", "KE"]
    assert [getattr(b, "aria-pressed") for b in buttons] == ["true", "false"]
    assert [find(b, html.Span)[0].style["--country"] for b in buttons] == [COLOURS["NA"], COLOURS["KE"]]
    assert "Namibia" in text(buttons[0])


def test_the_table_shows_words_windows_and_proof() -> None:
    table = parts.table(TRIP, FRAME, (2, 3), COLOURS, LIGHT, 3)
    body = find(table, html.Tbody)[0].children
    assert [row.id["stop"] for row in body] == [2, 3]
    assert [row.className for row in body] == ["row", "row selected"]
    first = text(body[0])
    assert "6 to 12 May 2024" in first
    assert "one day of these" in first
    assert "talks with ministers" in first
    assert "to Nairobi" in first
    assert "dates from “Next week”" in first
    assert "1 night" in text(body[1])
    assert [th.scope for th in find(table, html.Th)] == ["col"] * len(parts.COLUMNS)


def test_text_of_the_visitor_stays_text() -> None:
    body = text(parts.table(TRIP, FRAME, (3,), COLOURS, LIGHT, None))
    assert "<b>Mombasa" in body


def test_a_long_trip_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_ROWS", 2)
    table = parts.table(TRIP, FRAME, (1, 2, 3), COLOURS, LIGHT, None)
    assert "first 2 of 3 stops" in text(table)


def test_places_set_aside_come_with_reason_and_quote() -> None:
    aside = text(parts.set_aside(TRIP.set_aside))
    assert "Kigali" in aside
    assert "cancelled or postponed" in aside
    assert "“postponed” cancels it" in aside
    assert "names no other place" in text(parts.set_aside(()))


def test_notes_quote_the_words_concerned() -> None:
    assert "when she leaves" in text(parts.notes(TRIP.issues, TRIP.text))
    assert "flies" in text(parts.notes(TRIP.issues, TRIP.text))
    assert "Nothing" in text(parts.notes((), ""))


def test_one_trip_needs_no_switch() -> None:
    assert parts.trip_switch(TRIP) == []


def test_several_trips_have_a_button_each_and_the_main_one_is_pressed() -> None:
    other = replace(TRIP, stops=TRIP.stops[:1], traveller="the deputy", relation=Relation.EARLIER)
    buttons = parts.trip_switch(replace(TRIP, others=(other,)))
    pressed = [getattr(b, "aria-pressed") for b in buttons]
    assert [b.id["number"] for b in buttons] == [0, 1]
    assert pressed == ["true", "false"]
    assert text(buttons[1]) == "Trip 2 of 2: The deputy, earlier · 1 stop"
    assert text(buttons[0]).startswith("Trip 1 of 2: ")
