"""The page's sentences about days, windows, totals and the route; and the day that a visitor types.

Nothing here knows of Dash. Month names are spelled here because the locale of the machine
must not change what the page says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import pandas as pd

from dashboard.theme import NO_COUNTRY
from itinerary import InputError, Itinerary, Relation

__all__ = [
    "BASIS",
    "MONTHS",
    "ROLES",
    "about",
    "between",
    "countries",
    "country_key",
    "day",
    "describe",
    "distance",
    "headline",
    "parse_day",
    "plural",
    "span_of_days",
    "totals",
    "window",
]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ROLES = {"origin": "start", "stop": "stop", "transit": "on the way", "return": "return"}
BASIS = {
    "given": "as you gave it",
    "dateline": "found in the dateline of the text",
    "header": "found in the header of the text",
    "dated text": "found in the text",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_FORMS = tuple(
    re.compile(_WEEKDAY + form)
    for form in (
        rf"{_YEAR}[-/.](?P<number>\d{{1,2}})[-/.](?P<day>\d{{1,2}})",
        rf"{_DAY}\s*(?:of\s+)?{_MONTH}(?:,?\s*{_YEAR})?",
        rf"{_MONTH}\s*{_DAY}(?:,?\s*{_YEAR})?",
    )
)
_TWO_WAYS = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_HOW = "Write it as 2023-02-24 or 24 Feb 2023, or leave the field empty."


def plural(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun, small counts as words: ``three stops``."""
    number = NUMBERS[count] if 0 <= count < len(NUMBERS) else f"{count:,}"
    return f"{number} {one if count == 1 else many or one + 's'}"


def parse_day(text: str | None) -> date | None:
    """Read the day that a visitor typed.

    Parameters
    ----------
    text : str or None
        ``2023-02-24``, ``24 Feb 2023``, ``February 24, 2023``, with or without a weekday.

    Returns
    -------
    date or None
        None if nothing was typed.

    Raises
    ------
    InputError
        If the day does not exist, lacks its year or can be read in two ways.
    """
    typed = " ".join((text or "").split())
    if not typed:
        return None
    shown = typed if len(typed) <= 40 else typed[:39] + "…"
    for form in _FORMS:
        found = form.fullmatch(typed.lower())
        month = _month(found.groupdict()) if found else None
        if found and month is not None:
            return _calendar_day(shown, found["year"], month, int(found["day"]))
    if _TWO_WAYS.fullmatch(typed):
        raise InputError(f"The publication day “{shown}” can be read in more than one way. {_HOW}")
    raise InputError(f"The publication day “{shown}” is not a day that can be read here. {_HOW}")


def _month(parts: dict[str, str | None]) -> int | None:
    """Return the number of the month of a match, None if the word is no month."""
    if number := parts.get("number"):
        return int(number)
    word = parts.get("month") or ""
    fitting = [n for n, name in enumerate(_LONG_MONTHS, start=1) if name.startswith(word)]
    if word == "sept":
        return 9
    return fitting[0] if len(fitting) == 1 else None


def _calendar_day(shown: str, year: str | None, month: int, number: int) -> date:
    """Build the day, or say why there is none."""
    try:
        # 2000 is a leap year: without a year, 29 February may exist.
        built = date(int(year) if year else 2000, month, number)
    except ValueError:
        raise InputError(f"There is no such day as “{shown}”. Check the publication day. {_HOW}") from None
    if not year:
        raise InputError(f"The publication day “{shown}” lacks its year. {_HOW}")
    return built


def day(value: date) -> str:
    """Write a day: ``24 Feb 2023``."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def between(first: date, last: date) -> str:
    """Write a range without saying month or year twice: ``27 Feb to 5 Mar 2023``."""
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {day(last)}"
    return f"{first.day} to {day(last)}"


def window(low: date | None, high: date | None, number: int | None = None) -> tuple[str, str]:
    """Say honestly when something falls.

    Parameters
    ----------
    low, high : date or None
        Earliest and latest day; None if open.
    number : int or None
        Day number, where the text only numbers its days.

    Returns
    -------
    tuple of str
        What is known, and what has to be added: a window is one unknown day, not a stay.
    """
    if low is None and high is None:
        return (f"Day {number}", "") if number is not None else ("not stated", "")
    if low is None or high is None:
        return (day(low), "or later") if low else (day(high), "or earlier") if high else ("not stated", "")
    return between(low, high), "" if low == high else "one day of these"


def country_key(code: object) -> str:
    """Return the filter's key of a country code of the frame, which may be missing."""
    return code if isinstance(code, str) else NO_COUNTRY


def countries(frame: pd.DataFrame) -> list[tuple[str, str, int]]:
    """List key, name and number of stops of each country, in the order of the trip."""
    found: dict[str, tuple[str, int]] = {}
    for code, name in zip(frame["country"], frame["country_name"], strict=True):
        key = country_key(code)
        label = name if isinstance(name, str) else "No country"
        found[key] = (label, found.get(key, (label, 0))[1] + 1)
    return [(key, label, count) for key, (label, count) in found.items()]


def distance(itinerary: Itinerary, shown: Collection[int]) -> tuple[float, bool]:
    """Add up the legs between neighbouring stops that are both shown.

    Returns
    -------
    tuple of float and bool
        Great-circle kilometres, and whether a leg is missing because a point is unknown.
    """
    kilometres, gap = 0.0, False
    for number, leg in enumerate(itinerary.legs, start=1):
        if number in shown and number + 1 in shown:
            length = leg.kilometres
            gap = gap or length is None
            kilometres += length or 0.0
    return kilometres, gap


def about(kilometres: float) -> str:
    """Write a length no more exactly than great circles between town centres are: ``6,700 km``."""
    digits = 100 if kilometres >= 1000 else 10 if kilometres >= 100 else 1
    return f"{round(kilometres / digits) * digits:,} km"


def _edges(frame: pd.DataFrame) -> tuple[list[date | None], list[date | None]]:
    """Return the windows of the first and of the last day of these stops."""

    def edge(columns: tuple[str, ...], pick: str) -> date | None:
        values = pd.concat([frame[column] for column in columns]).dropna()
        return getattr(values, pick)().date() if len(values) else None

    early, late = ("arrive_earliest", "depart_earliest"), ("arrive_latest", "depart_latest")
    return [edge(early, "min"), edge(late, "min")], [edge(early, "max"), edge(late, "max")]


def span_of_days(frame: pd.DataFrame) -> tuple[str, str]:
    """Say how long these stops take, and when: ``("8 days", "12 to 19 May 2025")``.

    The number of days is given only if first and last day are certain; otherwise the window
    is given and that it is one.
    """
    first, last = _edges(frame)
    numbers = pd.concat([frame["arrive_day"], frame["depart_day"]]).dropna()
    if not any(first + last):
        if len(numbers):
            count = int(numbers.max() - numbers.min()) + 1
            return f"{count:,} {'day' if count == 1 else 'days'}", "days numbered, not dated"
        return "not stated", "no dates in the text"
    if not first[0] or not last[1]:
        return window(first[0], last[1])
    count = (last[1] - first[0]).days + 1
    words = between(first[0], last[1])
    if first[0] == first[1] and last[0] == last[1]:
        return f"{count:,} {'day' if count == 1 else 'days'}", words
    return f"at most {count:,} days", f"within {words}"


def totals(itinerary: Itinerary, frame: pd.DataFrame, shown: Collection[int]) -> list[tuple[str, str, str]]:
    """List label, value and remark of each total of the stops that pass the filter."""
    part = frame[frame["stop"].isin(list(shown))]
    kilometres, gap = distance(itinerary, shown)
    length, when = span_of_days(part) if len(part) else ("–", "")
    of_all = f"of {len(frame):,}" if len(part) < len(frame) else ""
    far = about(kilometres) if kilometres else "–"
    return [
        ("Stops", f"{len(part):,}", of_all),
        ("Countries", f"{part['country'].nunique():,}", ""),
        ("Time", length, when),
        (
            "Distance",
            far,
            "at least; one place is not known" if gap else "as the crow flies" if kilometres else "",
        ),
    ]


def headline(itinerary: Itinerary) -> str:
    """Name the trip: whose it is and where it goes."""
    names = [stop.place.name for stop in itinerary.stops]
    if not names:
        return "No trip found in this text"
    if len(names) == 1:
        route = names[0]
    elif len(names) <= 4:
        route = ", ".join(names[:-1]) + " and " + names[-1]
    elif names[0] == names[-1]:
        route = f"a round trip from {names[0]}"
    else:
        route = f"{names[0]} to {names[-1]}"
    title = f"{itinerary.traveller}: {route}" if itinerary.traveller else route
    return title[0].upper() + title[1:]


def trip_label(itinerary: Itinerary, number: int, total: int) -> str:
    """Name one trip of several: "Trip 2 of 3: Ana Ruiz, earlier · 2 stops"."""
    earlier = itinerary.relation is Relation.EARLIER
    who = itinerary.traveller or ""
    who = who[:1].upper() + who[1:]
    named = ", ".join(part for part in (who, "earlier" if earlier else "") if part)
    count = len(itinerary.stops)
    stops = f"{count:,} stop{'' if count == 1 else 's'}"
    return f"Trip {number + 1} of {total}: " + " · ".join(part for part in (named, stops) if part)


def describe(itinerary: Itinerary, frame: pd.DataFrame, shown: Collection[int]) -> str:
    """Tell the route in words, for whoever cannot see the figures."""
    part = frame[frame["stop"].isin(list(shown))]
    if not len(part):
        return "No stops are shown."
    kinds = part["country"].nunique()
    parts = [f"{plural(len(part), 'stop')} in {plural(kinds, 'country', 'countries')}, in travel order:"]
    parts[0] = parts[0][0].upper() + parts[0][1:]
    parts += [_stop_words(row) for row in part.head(60).to_dict("records")]
    if len(part) > 60:
        parts.append(f"and {len(part) - 60:,} more.")
    kilometres, _ = distance(itinerary, shown)
    tail = f" About {about(kilometres)} as the crow flies." if kilometres >= 1 else ""
    return parts[0] + " " + "; ".join(parts[1:]) + "." + tail


def _stop_words(row: Mapping[Any, Any]) -> str:
    """Tell one stop: number, place, country, window."""
    country = f", {row['country_name']}" if isinstance(row["country_name"], str) else ""
    low, high = (_date(row[name]) for name in ("arrive_earliest", "depart_latest"))
    when = f", {between(low, high)}" if low and high and low <= high else ""
    return f"{row['stop']}, {row['place']}{country}{when}"


def _date(value: object) -> date | None:
    """Return a cell of the frame as a day, None if it is missing."""
    return value.date() if isinstance(value, pd.Timestamp) and not pd.isna(value) else None
