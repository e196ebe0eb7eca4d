"""The trip as an iCalendar file (RFC 5545): an all-day event for each stop that has a day.

A calendar has no windows. A stop whose days are certain is an event of these days; any other covers all its
possible days, is ``TENTATIVE`` and says so. The windows stand in ``X-EDTF-ARRIVE`` and ``X-EDTF-DEPART``.
Ends are exclusive, as the standard has it. Reading one text twice gives events with the same UIDs.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from itinerary.errors import ExportError
from itinerary.formats.text import heading
from itinerary.formats.xml import described
from itinerary.model import Itinerary, Stop

if TYPE_CHECKING:
    from icalendar import Event

__all__ = ["dumps"]

_KEPT = "\n\u200c\u200d"  # emoji and some scripts need the joiners
_ROUNDED = "The text gives no exact days, so the event covers all days that are possible."


def dumps(itinerary: Itinerary) -> str:
    r"""Return the iCalendar document of an itinerary; lines end with ``\r\n``.

    Raises
    ------
    ExportError
        If no stop has a day: a calendar must hold an event.
    """
    from icalendar import Calendar, vText

    dated = [(number, stop, *days) for number, stop in enumerate(itinerary.stops, 1) if (days := _days(stop))]
    if not dated:
        raise ExportError(
            "No stop of this trip has a day, so there is nothing to put into a calendar. "
            "Give the day the text was published, or a text with dates."
        )
    calendar = Calendar()
    calendar.add("prodid", "-//Itinerary reader//EN")
    calendar.add("version", "2.0")
    for name in ("name", "x-wr-calname"):  # the newer name of it, and the one that calendars know
        calendar.add(name, vText(_plain(heading(itinerary))))
    if left_out := [s.place.name for s in itinerary.stops if not _days(s)]:
        calendar.add("description", _plain(f"Left out, for they have no day: {', '.join(left_out)}."))
    stamp = datetime.combine(itinerary.published or min(d[2] for d in dated), time(), UTC)
    for number, stop, first, last, certain in dated:
        calendar.add_component(_event(itinerary, stop, number, (first, last), certain=certain, stamp=stamp))
    return str(calendar.to_ical().decode("utf-8"))


def _plain(text: str) -> str:
    """Return a text without the controls that a calendar cannot hold."""
    return "".join(c for c in text if c.isprintable() or c in _KEPT)


def _days(stop: Stop) -> tuple[date, date, bool] | None:
    """Return the first and last day of an event, and whether they are certain; None without a day."""
    windows = [w for w in (stop.arrive, stop.depart) if w is not None]
    known = [day for w in windows for day in (w.earliest, w.latest) if day is not None]
    if not known:
        return None
    return min(known), max(known), len(windows) == 2 and all(w.is_day for w in windows)


def _event(
    trip: Itinerary,
    stop: Stop,
    number: int,
    days: tuple[date, date],
    *,
    certain: bool,
    stamp: datetime,
) -> Event:
    from icalendar import Event

    event = Event()
    name = _plain(stop.place.name)
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'{trip.text}|{trip.traveller}|{number}|{name}')}")
    event.add("dtstamp", stamp)
    event.add("dtstart", days[0])
    if days[1] < date.max:  # without an end an all-day event lasts its day
        event.add("dtend", days[1] + timedelta(days=1))
    event.add("summary", name if certain else f"{name} (possible days)")
    event.add("location", name)
    event.add("description", _plain(described(stop) + ("" if certain else f"\n{_ROUNDED}")))
    event.add("status", "CONFIRMED" if certain else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    if stop.place.latitude is not None and stop.place.longitude is not None:
        # To ten metres: the library writes smaller numbers as powers of ten, which the standard forbids.
        event.add("geo", (round(stop.place.latitude, 4), round(stop.place.longitude, 4)))
    for key, window in (("x-edtf-arrive", stop.arrive), ("x-edtf-depart", stop.depart)):
        if window and window.edtf:
            event.add(key, window.edtf)
    return event
