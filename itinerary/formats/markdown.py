"""The trip as Markdown: a table of its stops, the places set aside, and the notes.

Names and quotes come from somebody's text, so whatever Markdown or HTML would make of them is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from itinerary.formats.text import heading, name_of, other_heading, place_of, what_for, when
from itinerary.model import Itinerary, Mention, Stop
from itinerary.table import country_name

__all__ = ["dumps"]

_INLINE = re.compile(r"[\\`*_\[\]|~@$]|(?<=:)//|(?<=www)\.", re.IGNORECASE)
_LEADING = re.compile(r"^(?:[#>+=-]|\d+(?=[.)]))")  # what would begin a heading, a quotation or a list
_HTML = {"&": "&amp;", "<": "&lt;"}


def dumps(itinerary: Itinerary) -> str:
    """Return the trip, then each other trip of the text, as a Markdown document."""
    lines: list[str] = []
    for trip in itinerary.trips:
        title = other_heading(trip) if trip is not itinerary else heading(trip)
        lines += [f"{'#' if trip is itinerary else '##'} {_plain(title)}", "", *_stops(trip.stops)]
        lines += _set_aside(trip.set_aside)
        if trip.issues:
            lines += ["", "**Notes**", "", *(f"- {_plain(issue.message)}" for issue in trip.issues)]
        lines.append("")
    return "\n".join(lines)


def _stops(stops: Sequence[Stop]) -> Iterator[str]:
    if not stops:
        yield "No stop of a trip was found in the text."
        return
    yield "| No. | Place | Country | When | What | Proof |"
    yield "|---:|---|---|---|---|---|"
    for number, stop in enumerate(stops, 1):
        proof = next((e.quote for e in stop.evidence if e.about == "place"), "")
        cells = (
            place_of(stop),
            country_name(stop.place.country) or "",
            when(stop),
            what_for(stop),
            f"“{proof}”" if proof else "",
        )
        yield f"| {number} | {' | '.join(map(_plain, cells))} |"


def _set_aside(mentions: Sequence[Mention]) -> Iterator[str]:
    if mentions:
        yield from ("", "**Set aside**", "")
        for mention in mentions:
            reason = mention.reason or mention.reading.value
            yield f"- {_plain(name_of(mention))}: {_plain(reason)} – “{_plain(mention.evidence.quote)}”"


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    line = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    line = _LEADING.sub(_escaped, _INLINE.sub(_escaped, line))
    return "".join(_HTML.get(c, c) for c in line)


def _escaped(found: re.Match[str]) -> str:
    """Put a backslash before a mark; a digit cannot have one, so the mark behind it gets it."""
    return f"{found[0]}\\" if found[0].isdigit() else "".join(f"\\{c}" for c in found[0])
