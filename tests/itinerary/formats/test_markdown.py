"""What is written is parsed as Markdown: nothing of somebody's text may become markup."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from itinerary.formats.markdown import dumps
from itinerary.model import Evidence, Itinerary, Kind, Mention, Place, Reading, Span
from tests.strategies import itineraries

PLAIN = {"h1", "h2", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "strong", "p"}


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []
        self.rows: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append(0)
        if tag in ("td", "th"):
            self.rows[-1] += 1
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


def page(document: str) -> Page:
    found = Page()
    found.feed(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(document))
    return found


@given(itineraries())
def test_nothing_in_a_trip_becomes_markup(itinerary: Itinerary) -> None:
    found = page(dumps(itinerary))
    assert found.tags <= PLAIN
    assert all(cells == 6 for cells in found.rows)
    assert len(found.rows) == (len(itinerary.stops) + 1 if itinerary.stops else 0)


@pytest.mark.parametrize(
    "name",
    [
        "a | b",
        "**bold** _it_ `code` ~~gone~~",
        "<script>alert(1)</script>",
        "![x](http://example.org/x.png)",
        "&lt;b&gt; & co",
        "# 1. - + > x",
        "\\| back",
    ],
)
def test_a_name_is_shown_as_it_is(name: str, trip: Itinerary) -> None:
    stop = replace(trip.stops[0], place=Place(name, None, None, None, Kind.CITY))
    document = dumps(replace(trip, stops=(stop,), mentions=()))
    assert page(document).cells[7].strip() == f"{name} (starts here)"


@given(st.text(st.sampled_from("ab #>-+=1.)*_`|[]<&~\\\n"), max_size=12))
def test_any_reason_stays_one_item_of_the_list(words: str) -> None:
    mention = Mention(
        words or "x", Span(0, 0), None, Reading.BACKGROUND, words, Evidence(Span(0, 0), "", "r")
    )
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(
        dumps(Itinerary("", mentions=(mention,)))
    )
    assert html.count("<li>") == html.count("<ul>") == 1
    assert "<ol" not in html
    assert unescape(html)
