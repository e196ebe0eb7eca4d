"""The text with what was made of it: stops in the colours of their countries, days, and places set aside.

Whatever is marked can be selected, with a pointer or by keyboard, and then says what it was taken for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from dash import html

from dashboard import wording
from dashboard.theme import Theme, colour_of
from itinerary import DateWindow, Itinerary, Reading, Stop

__all__ = ["MOST_MARKED", "Marked", "marked_text", "marks"]

MOST_MARKED = 30_000
"""Characters of the text that are shown with its proof marked."""

_EDGES = {"arrive": "arrives", "depart": "leaves"}


@dataclass(frozen=True, slots=True, order=True)
class Marked:
    """A stretch of the text and what it was taken for.

    Parameters
    ----------
    start, end : int
        Code points of the text, half-open.
    kind : str
        ``stop``, ``days`` or ``aside``.
    stops : tuple of int
        Numbers of the stops that it speaks of.
    said : str
        What it was taken for, as a sentence.
    """

    start: int
    end: int
    kind: str
    stops: tuple[int, ...]
    said: str


def marked_text(
    itinerary: Itinerary,
    frame: pd.DataFrame,
    shown: Collection[int],
    colours: Mapping[str, str],
    theme: Theme,
) -> list[Any]:
    """Return the text with everything marked that was read in it."""
    text = itinerary.text[:MOST_MARKED]
    children: list[Any] = []
    at = 0
    for mark in marks(itinerary, frame, shown):
        if mark.start < at or mark.end > len(text) or mark.start == mark.end:
            continue
        children.append(text[at : mark.start])
        words = text[mark.start : mark.end]
        if mark.kind == "stop":
            colour = colour_of(frame["country"].iloc[mark.stops[0] - 1], colours, theme)
            number = html.Sup(str(mark.stops[0]))
            children.append(html.Mark([words, number], style={"--country": colour}, **_said(mark)))
        else:
            children.append(html.Span(words, **_said(mark)))
        at = mark.end
    children.append(text[at:])
    if len(itinerary.text) > len(text):
        children.append(f"\n\n… (the first {len(text):,} of {len(itinerary.text):,} characters are shown)")
    return children


def _said(mark: Marked) -> dict[str, Any]:
    """Return what the page needs to tell of a mark when it is selected."""
    return {
        "className": f"told {mark.kind}",
        "role": "button",
        "tabIndex": 0,
        "title": mark.said,
        "data-said": mark.said,
        "data-stop": str(mark.stops[0]) if len(mark.stops) == 1 else "",
    }


def marks(itinerary: Itinerary, frame: pd.DataFrame, shown: Collection[int]) -> list[Marked]:
    """List what is marked, in text order; where two overlap, what a stop is comes first."""
    chosen: list[Marked] = []
    taken: set[int] = set()
    for mark in (*_stops(itinerary, frame, shown), *_days(itinerary, shown), *_aside(itinerary)):
        if taken.isdisjoint(range(mark.start, mark.end)):
            taken.update(range(mark.start, mark.end))
            chosen.append(mark)
    return sorted(chosen)


def _stops(itinerary: Itinerary, frame: pd.DataFrame, shown: Collection[int]) -> Iterator[Marked]:
    """Mark the words that name each shown stop; a place of several stops is marked as the first."""
    done = set()
    countries = frame["country_name"].tolist()
    for number, stop in enumerate(itinerary.stops, start=1):
        if number not in shown:
            continue
        country = countries[number - 1]
        names = [stop.place.name, *([country] if isinstance(country, str) else [])]
        said = f"Stop {number}: {', '.join(dict.fromkeys(names))}."
        spans = [itinerary.mentions[i].span for i in stop.mentions if i < len(itinerary.mentions)]
        for span in spans or [e.span for e in stop.evidence if e.about == "place"]:
            if span not in done:
                done.add(span)
                yield Marked(span.start, span.end, "stop", (number,), said)


def _days(itinerary: Itinerary, shown: Collection[int]) -> Iterator[Marked]:
    """Mark the words that gave a day, with the windows that they gave."""
    found: dict[tuple[int, int], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for number, stop in enumerate(itinerary.stops, start=1):
        if number not in shown:
            continue
        for evidence in stop.evidence:
            if evidence.about in _EDGES:
                edge = f"{_EDGES[evidence.about]} {_window(stop, evidence.about)}"
                edges = found[evidence.span.start, evidence.span.end][number]
                if edge not in edges:
                    edges.append(edge)
    for (start, end), by_stop in found.items():
        said = "; ".join(
            f"stop {number}, {itinerary.stops[number - 1].place.name}, {' and '.join(edges)}"
            for number, edges in by_stop.items()
        )
        yield Marked(start, end, "days", tuple(by_stop), f"Days: {said}.")


def _window(stop: Stop, edge: str) -> str:
    """Write the window of arriving or leaving: "9 to 15 Sep 2024, one day of these"."""
    window: DateWindow | None = getattr(stop, edge)
    number: int | None = getattr(stop, f"{edge}_day")
    low: date | None = window.earliest if window else None
    high: date | None = window.latest if window else None
    words, remark = wording.window(low, high, number)
    return f"{words}, {remark}" if remark else words


def _aside(itinerary: Itinerary) -> Iterator[Marked]:
    """Mark every mention of a place that is set aside, with the reason."""
    visited = {i for stop in itinerary.stops for i in stop.mentions}
    for i, mention in enumerate(itinerary.mentions):
        if i in visited or mention.reading is Reading.VISIT or not mention.reason:
            continue
        said = f"{mention.place.name if mention.place else mention.toponym}: {mention.reason}."
        yield Marked(mention.span.start, mention.span.end, "aside", (), f"Set aside. {said}")
