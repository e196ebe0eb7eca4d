"""The readable table of a trip, for the terminal.

Columns stay aligned with wide (East Asian, emoji) and combining characters; nothing in the text of
a user reaches the terminal as a control sequence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from itinerary.model import DateWindow, Issue, Itinerary, Mention, Purpose, Relation, Role, Stop
from itinerary.table import country_name

__all__ = [
    "day",
    "dumps",
    "heading",
    "name_of",
    "other_heading",
    "place_of",
    "what_for",
    "when",
    "width",
]

NO_DATE = "no known date"
_JOINERS = "\u200c\u200d"  # letters of some scripts and emoji need them
QUOTE = 72  # columns of a quote beside a place set aside; the rest is cut

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_ROLES = {Role.ORIGIN: "starts here", Role.TRANSIT: "changes here", Role.RETURN: "ends here", Role.STOP: ""}


def dumps(itinerary: Itinerary, columns: int | None = None) -> str:
    """Return the trip as text: its stops, the places set aside and the notes; then each other trip.

    Parameters
    ----------
    itinerary : Itinerary
    columns : int or None
        Width of the screen: longer lines are cut with an ellipsis. None cuts nothing.
    """
    blocks = [[heading(itinerary)], *_parts(itinerary)]
    for other in itinerary.others:
        blocks += [[other_heading(other)], *_parts(other)]
    lines = [line for block in blocks if block for line in ("", *block)][1:]
    return "".join(f"{_cut(line, columns) if columns else line}\n" for line in lines)


def _parts(itinerary: Itinerary) -> list[list[str]]:
    return [
        list(_stops(itinerary.stops)),
        list(_set_aside(itinerary.set_aside)),
        list(_notes(itinerary.issues)),
    ]


def other_heading(itinerary: Itinerary) -> str:
    """Say what a trip is to the main one, and whose."""
    kind = "Earlier trip" if itinerary.relation is Relation.EARLIER else "Another trip"
    return f"{kind}: {_clean(itinerary.traveller)}" if itinerary.traveller else kind


def heading(itinerary: Itinerary) -> str:
    """Say whose trip it is, and which day its text was taken to be of."""
    parts = [f"Trip of {_clean(itinerary.traveller)}" if itinerary.traveller else "Trip"]
    if itinerary.published:
        basis = "as given" if itinerary.published_basis == "given" else f"by its {itinerary.published_basis}"
        parts.append(f"text of {day(itinerary.published)} ({basis})")
    elif itinerary.published_basis != "unknown":
        parts.append(f"published {_clean(itinerary.published_basis)}")
    else:
        parts.append("day of publication unknown")
    return " · ".join(parts)


def _stops(stops: Sequence[Stop]) -> Iterator[str]:
    if not stops:
        yield "No stop of a trip was found in the text."
        return
    table = [("#", "Place", "Country", "When", "What")]
    table += [
        (str(number), place_of(stop), _clean(_country(stop)), when(stop), what_for(stop))
        for number, stop in enumerate(stops, 1)
    ]
    yield from _aligned(table, right=1)


def place_of(stop: Stop) -> str:
    """Name the place of a stop, with its role if that is none of a plain stop."""
    role = _ROLES[stop.role]
    return _clean(stop.place.name) + (f" ({role})" if role else "")


def _country(stop: Stop) -> str:
    name = country_name(stop.place.country) or ""
    return "" if name == stop.place.name else name


def what_for(stop: Stop) -> str:
    """Say what a stop is for; empty if nothing tells."""
    purpose = "" if stop.purpose is Purpose.UNKNOWN else stop.purpose.value
    return ": ".join(part for part in (purpose, _clean(stop.title)) if part)


def _set_aside(mentions: Sequence[Mention]) -> Iterator[str]:
    if not mentions:
        return
    yield "Set aside"
    yield from _aligned(
        [
            (
                "",
                _clean(name_of(m)),
                _clean(m.reason or m.reading.value),
                f"“{_cut(_clean(m.evidence.quote), QUOTE)}”",
            )
            for m in mentions
        ]
    )


def name_of(mention: Mention) -> str:
    """Name the place of a mention, with its country."""
    if mention.place is None:
        return mention.toponym
    country = country_name(mention.place.country)
    return mention.place.name if country in (None, mention.place.name) else f"{mention.place.name}, {country}"


def _notes(issues: Sequence[Issue]) -> Iterator[str]:
    if issues:
        yield "Notes"
        yield from (f"  {_clean(issue.message)}" for issue in issues)


# When ------------------------------------------------------------------------------------------


def when(stop: Stop) -> str:
    """Say when a stop is, and no more than is known.

    A stay has a dash, ``28 Feb – 3 Mar 2023``; a window in which a stay falls has words,
    ``between 27 Feb and 5 Mar 2023``.
    """
    dates = _when_dated(stop.arrive, stop.depart) or _when_numbered(stop.arrive_day, stop.depart_day)
    nights = "" if stop.dwell is None else f"{stop.dwell} night{'' if stop.dwell == 1 else 's'}"
    return ", ".join(part for part in (dates, nights) if part) or NO_DATE


def _when_dated(arrive: DateWindow | None, depart: DateWindow | None) -> str:
    start, end = _bounds(arrive), _bounds(depart)
    if start == end:
        return _within(start)
    if arrive and depart and arrive.is_day and depart.is_day and start[0] and end[0]:
        return _span(start[0], end[0])
    # An open end that only says that nobody leaves before arriving says nothing.
    if end[1] is None and end[0] and start[0] and end[0] <= start[0]:
        end = (None, None)
    if start[0] is None and start[1] and end[1] and start[1] >= end[1]:
        start = (None, None)
    parts = (("arrives", _within(start)), ("leaves", _within(end)))
    return ", ".join(f"{verb} {text}" for verb, text in parts if text)


def _bounds(window: DateWindow | None) -> tuple[date | None, date | None]:
    return (window.earliest, window.latest) if window else (None, None)


def _within(bounds: tuple[date | None, date | None]) -> str:
    low, high = bounds
    if low is None or high is None:
        return f"not before {day(low)}" if low else f"by {day(high)}" if high else ""
    if low == high:
        return day(low)
    if (low.year, low.month) == (high.year, high.month):
        return f"between {low.day} and {day(high)}"
    return f"between {day(low, year=low.year != high.year)} and {day(high)}"


def _span(low: date, high: date) -> str:
    if low.year != high.year:
        return f"{day(low)} – {day(high)}"
    if low.month != high.month:
        return f"{day(low, year=False)} – {day(high)}"
    return f"{low.day}–{day(high)}"


def _when_numbered(arrive: int | None, depart: int | None) -> str:
    if arrive is None or depart is None or arrive == depart:
        number = depart if arrive is None else arrive
        return "" if number is None else f"day {number}"
    return f"day {arrive} to day {depart}"


def day(date_: date, *, year: bool = True) -> str:
    """Write a day the same way in every locale: ``5 Mar 2023``."""
    return f"{date_.day} {_MONTHS[date_.month - 1]}" + (f" {date_.year}" if year else "")


# Columns ---------------------------------------------------------------------------------------


def _aligned(table: Sequence[Sequence[str]], right: int = 0) -> Iterator[str]:
    """Give the lines of a table; the first `right` columns are flush right, empty ones left out."""
    used = [index for index in range(len(table[0])) if index == 0 or any(row[index] for row in table)]
    widths = {index: max(width(row[index]) for row in table) for index in used}
    for row in table:
        cells = []
        for index in used:
            gap = " " * (widths[index] - width(row[index]))
            cells.append(gap + row[index] if index < right else row[index] + gap)
        yield "  ".join(cells).rstrip()


def width(text: str) -> int:
    """Return the columns that a text takes in a terminal."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    room = columns - 1
    kept = []
    for character in text:
        room -= _columns(character)
        if room < 0:
            break
        kept.append(character)
    return f"{''.join(kept).rstrip()}…"


def _clean(text: str) -> str:
    """Put a text on one line and take away what would steer a terminal."""
    return "".join(_visible(text)).strip()


def _visible(text: Iterable[str]) -> Iterator[str]:
    for character in " ".join("".join(text).split()):
        if character.isprintable() or character in _JOINERS:
            yield character
