"""Itineraries of any kind, for tests of properties."""

from __future__ import annotations

from hypothesis import strategies as st

from itinerary.model import Basis, DateWindow, Evidence, Itinerary, Kind, Place, Purpose, Role, Span, Stop

# Half surrogate pairs can be in no file; everything else can.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Draw a place, with coordinates or without."""
    point = draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
    latitude, longitude = point or (None, None)
    country = draw(st.sampled_from([None, "NA", "NO", "KZ", "GB"]))
    return Place(draw(names), country, latitude, longitude, draw(st.sampled_from(Kind)))


@st.composite
def windows(draw: st.DrawFn, basis: Basis) -> DateWindow | None:
    """Draw a window with at least one end, or none."""
    ends = draw(st.none() | st.tuples(st.dates(), st.dates()))
    if ends is None:
        return None
    opened = draw(st.sampled_from(["no", "left", "right"]))
    low, high = min(ends), max(ends)
    return DateWindow(None if opened == "left" else low, None if opened == "right" else high, basis)


@st.composite
def stops(draw: st.DrawFn, text: str) -> Stop:
    """Draw a stop with at most a proof of its place: what the table of stops can hold."""
    start, end = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    proof = Evidence(Span(start, end), text[start:end], "from the table")
    basis = draw(st.sampled_from(Basis))
    day_numbers = st.none() | st.integers(1, 400)
    return Stop(
        draw(places()),
        arrive=draw(windows(basis)),
        depart=draw(windows(basis)),
        arrive_day=draw(day_numbers),
        depart_day=draw(day_numbers),
        dwell=draw(day_numbers),
        role=draw(st.sampled_from(Role)),
        purpose=draw(st.sampled_from(Purpose)),
        title=draw(words),
        people=tuple(draw(st.lists(names, max_size=3))),
        evidence=draw(st.sampled_from([(), (proof,)])),
        confidence=draw(st.floats(0, 1)),
        dates_confidence=draw(st.none() | st.floats(0, 1)),
    )


@st.composite
def itineraries(draw: st.DrawFn) -> Itinerary:
    """Draw an itinerary that the table of stops can hold without loss."""
    text = draw(words)
    published = draw(st.none() | st.dates())
    return Itinerary(
        text=text,
        published=published,
        published_basis="given" if published else "unknown",
        traveller=draw(st.none() | names),
        stops=tuple(draw(st.lists(stops(text), max_size=4))),
    )
