"""Every line is held against the grammar of RFC 5545, not against a lenient reader."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from itinerary.errors import ExportError
from itinerary.formats.ical import dumps
from itinerary.model import DateWindow, Itinerary
from tests.strategies import itineraries

_NAME = r"[A-Z0-9-]+"
_VALUE = r"[^\x00-\x08\x0a-\x1f\x7f]*"
_PARAM = rf';{_NAME}=(?:"[^"\x00-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*)'
LINE = re.compile(rf"(?P<name>{_NAME})(?P<params>(?:{_PARAM})*):(?P<value>{_VALUE})")
# A TEXT value: no bare comma, semicolon or backslash.
TEXT = re.compile(r"(?:[^\\,;\x00-\x08\x0a-\x1f\x7f]|\\[\\;,nN])*")
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME"}
FORMS = {
    "DTSTAMP": re.compile(r"\d{8}T\d{6}Z"),
    "GEO": re.compile(r"-?\d+(?:\.\d+)?;-?\d+(?:\.\d+)?"),
    "STATUS": re.compile("TENTATIVE|CONFIRMED"),
    "TRANSP": re.compile("TRANSPARENT"),
    "VERSION": re.compile(r"2\.0"),
}
ONCE = {"UID", "DTSTAMP", "DTSTART", "SUMMARY"}

Line = tuple[str, str, str]


def check(document: str) -> list[dict[str, str]]:
    """Hold a document against the grammar; return the events as name to value."""
    assert document.endswith("\r\n")
    assert "\n" not in document.replace("\r\n", "")
    physical = document.split("\r\n")[:-1]
    assert all(len(line.encode()) <= 75 for line in physical)
    lines = [read(line) for line in re.sub("\r\n[ \t]", "", document).split("\r\n")[:-1]]
    assert lines[0] == ("BEGIN", "", "VCALENDAR")
    assert lines[-1] == ("END", "", "VCALENDAR")
    starts = [n for n, line in enumerate(lines) if line == ("BEGIN", "", "VEVENT")]
    assert starts, "a calendar must hold a component"
    names = [name for name, _, _ in lines[: starts[0]]]
    assert names.count("PRODID") == names.count("VERSION") == 1
    return [event(lines[n + 1 : lines.index(("END", "", "VEVENT"), n)]) for n in starts]


def read(line: str) -> Line:
    found = LINE.fullmatch(line)
    assert found, f"no content line: {line!r}"
    name, params, value = found["name"], found["params"], found["value"]
    if name in TEXTS:
        assert TEXT.fullmatch(value), f"{name} is not escaped: {value!r}"
    if name in FORMS:
        assert FORMS[name].fullmatch(value), line
    if name in ("DTSTART", "DTEND"):
        assert params == ";VALUE=DATE"
        date.fromisoformat(value)
    return name, params, value


def event(lines: list[Line]) -> dict[str, str]:
    names = [name for name, _, _ in lines]
    assert len(names) == len(set(names)), "no property of ours may stand twice"
    assert set(names) >= ONCE
    found = {name: value for name, _, value in lines}
    if "DTEND" in found:
        assert found["DTEND"] > found["DTSTART"], "the end is exclusive"
    return found


@given(itineraries())
def test_any_trip_keeps_to_the_grammar(itinerary: Itinerary) -> None:
    dated = [s for s in itinerary.stops if any(w and w.edtf for w in (s.arrive, s.depart))]
    if not dated:
        with pytest.raises(ExportError, match="No stop of this trip has a day"):
            dumps(itinerary)
        return
    events = check(dumps(itinerary))
    assert len(events) == len(dated)
    assert len({e["UID"] for e in events}) == len(events)


def test_certain_days_are_confirmed_and_possible_ones_are_not(trip: Itinerary) -> None:
    sure = replace(
        trip.stops[1],
        arrive=DateWindow(date(1866, 5, 4), date(1866, 5, 4)),
        depart=DateWindow(date(1866, 5, 6), date(1866, 5, 6)),
    )
    possible, certain = check(dumps(replace(trip, stops=(trip.stops[1], sure))))
    assert (certain["DTSTART"], certain["DTEND"], certain["STATUS"]) == ("18660504", "18660507", "CONFIRMED")
    assert (possible["DTSTART"], possible["DTEND"], possible["STATUS"]) == (
        "18660503",
        "18660505",
        "TENTATIVE",
    )
    assert possible["SUMMARY"] == "Reykjavík (possible days)"
    assert "covers all days that are possible" in possible["DESCRIPTION"]
    assert possible["X-EDTF-ARRIVE"] == "[1866-05-03..1866-05-04]"


def test_uids_are_stable(trip: Itinerary) -> None:
    assert dumps(trip) == dumps(trip)


def test_a_line_break_in_a_name_makes_no_new_line(trip: Itinerary) -> None:
    risky = "Oslo\r\nATTACH:http://example.org/x\x00;,\\ " + "ø" * 80
    stop = replace(trip.stops[0], place=replace(trip.stops[0].place, name=risky))
    (found,) = check(dumps(replace(trip, stops=(stop,))))
    assert "ATTACH" not in found
    assert "ø" * 80 in found["LOCATION"]
