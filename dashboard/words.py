"""Say dates, stays and legs in words, for hover texts and titles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.projection import kilometres
from dashboard.text_width import text_width
from dashboard.theme import escape

__all__ = [
    "between",
    "day",
    "days",
    "in_country",
    "leg",
    "lines",
    "series",
    "span",
    "spot",
    "stay",
    "stop",
    "wrap",
]


_ARTICLE_BEFORE = (
    "United ",
    "Netherlands",
    "Philippines",
    "Bahamas",
    "Gambia",
    "Maldives",
    "Comoros",
    "Vatican",
)
_ARTICLE_IF = ("Republic", "Islands", "Territory", "Territories", "Emirates", "Congo")


def in_country(name: str) -> str:
    """Put the article before the names of countries that take one: ``the Netherlands``."""
    return f"the {name}" if name.startswith(_ARTICLE_BEFORE) or name.endswith(_ARTICLE_IF) else name


def series(names: Sequence[str]) -> str:
    """Join names as a sentence would: ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def day(value: Any, *, year: bool = True, long: bool = False) -> str:
    """Write a day: ``5 Mar 2023``, or ``5 March 2023``."""
    stamp = pd.Timestamp(value)
    text = f"{stamp.day} {stamp.strftime('%B' if long else '%b')}"
    return f"{text} {stamp.year}" if year else text


def span(start: Any, end: Any, *, long: bool = False, year: bool = True) -> str:
    """Write two days without saying month and year twice: ``27 Feb – 5 Mar 2023``."""
    a, b = pd.Timestamp(start), pd.Timestamp(end)
    last = day(b, long=long, year=year)
    if a == b:
        return last
    joint = " to " if long else " – "
    if a.year != b.year:
        return f"{day(a, long=long)}{joint}{day(b, long=long)}"
    if a.month != b.month:
        return f"{day(a, year=False, long=long)}{joint}{last}"
    return f"{a.day}{' to ' if long else '–'}{last}"


def between(early: Any, late: Any) -> str:
    """Say when something falls: on a day, between two, not before one, by one; empty if unknown."""
    if pd.isna(early) and pd.isna(late):
        return ""
    if pd.isna(early):
        return f"by {day(late)}"
    if pd.isna(late):
        return f"not before {day(early)}"
    a, b = pd.Timestamp(early), pd.Timestamp(late)
    if a == b:
        return f"on {day(a)}"
    return f"between {day(a, year=a.year != b.year)} and {day(b)}"


def days(arrive: Any, depart: Any) -> str:
    """Say day numbers: ``day 2 to day 4``; empty if there are none."""
    if pd.isna(arrive) and pd.isna(depart):
        return ""
    if pd.isna(arrive) or pd.isna(depart) or int(arrive) == int(depart):
        return f"day {int(depart if pd.isna(arrive) else arrive)}"
    return f"day {int(arrive)} to day {int(depart)}"


def stay(row: Any) -> list[str]:
    """Say when the traveller arrives and leaves, a line for each."""
    arrive = between(row.arrive_earliest, row.arrive_latest)
    depart = between(row.depart_earliest, row.depart_latest)
    if arrive and arrive == depart and arrive.startswith("on "):
        return [f"there {arrive}"]
    lines = [f"{verb} {when}" for verb, when in (("arrives", arrive), ("leaves", depart)) if when]
    if not lines:
        numbered = days(row.arrive_day, row.depart_day)
        lines = [numbered] if numbered else ["no known date"]
    return lines


def stop(row: Any) -> str:
    """Describe one stop as hover text, escaped."""
    country = row.country_name if isinstance(row.country_name, str) and row.country_name != row.place else ""
    head = f"<b>{int(row.stop)}  {escape(row.place)}</b>" + (f", {escape(country)}" if country else "")
    lines = [head]
    role = {"origin": "starting point", "transit": "changes here", "return": "journey’s end"}.get(
        str(row.role), ""
    )
    if role:
        lines.append(role)
    lines += stay(row)
    if not pd.isna(row.nights):
        nights = int(row.nights)
        lines.append(f"stays {nights} night{'' if nights == 1 else 's'}")
    if isinstance(row.title, str) and row.title:
        lines.append(escape(row.title if len(row.title) < 70 else row.title[:67].rstrip() + "…"))
    return "<br>".join(lines)


def spot(frame: pd.DataFrame, rows: Sequence[int]) -> str:
    """Describe all stops at one place."""
    found = list(frame.iloc[list(rows)].itertuples())
    shown = "<br><br>".join(stop(row) for row in found[:5])
    return shown + (f"<br><br>and {len(found) - 5} more stops" if len(found) > 5 else "")


def leg(frame: pd.DataFrame, start: int, end: int) -> str:
    """Describe the way between two rows: names, distance, and what is left out."""
    a, b = frame.iloc[start], frame.iloc[end]
    km = kilometres((a["longitude"], a["latitude"]), (b["longitude"], b["latitude"]))
    digits = 10 if km >= 100 else 1
    text = (
        f"{escape(a['place'])} to {escape(b['place'])}: {round(km / digits) * digits:,} km as the crow flies"
    )
    left_out = end - start - 1
    if left_out:
        text += f"<br>{left_out} stop{'' if left_out == 1 else 's'} in between not shown"
    return text


def wrap(text: str, size: float, room: float) -> list[str]:
    """Break a long name into two lines at the space nearest the middle."""
    if text_width(text, size, bold=True) <= room or " " not in text:
        return [text]
    spaces = [i for i, character in enumerate(text) if character == " "]
    middle = min(spaces, key=lambda i: abs(i - len(text) / 2))
    return [text[:middle], text[middle + 1 :]]


def lines(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break running text into lines of at most `room` pixels."""
    result = [""]
    for word in text.split():
        longer = f"{result[-1]} {word}".strip()
        if result[-1] and text_width(longer, size, bold=bold) > room:
            result.append(word)
        else:
            result[-1] = longer
    return result
