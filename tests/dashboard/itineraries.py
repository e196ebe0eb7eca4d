"""Itineraries made by hand for the page's tests."""

from __future__ import annotations

from datetime import date

from itinerary import (
    DateWindow,
    Evidence,
    Issue,
    Itinerary,
    Kind,
    Mention,
    Place,
    Purpose,
    Reading,
    Role,
    Span,
    Stop,
)

TEXT = (
    "Next week Ada Lind flies from Windhoek to Nairobi for talks with ministers. "
    "She then spends 14 May in <b>Mombasa</b>. A visit to Kigali was postponed."
)
HOME = Place("Windhoek", "NA", -22.56, 17.08, Kind.CITY)
FIRST = Place("Nairobi", "KE", -1.29, 36.82, Kind.CITY)
SECOND = Place("Mombasa", "KE", -4.04, 39.67, Kind.CITY)
LOST = Place("Zzyzx Springs", None, None, None, Kind.CITY)


def proof(words: str, about: str = "place") -> Evidence:
    """Return the first occurrence of some words as evidence."""
    start = TEXT.index(words)
    return Evidence(Span(start, start + len(words)), words, "says so", about)


def mention(place: Place, reading: Reading = Reading.VISIT, reason: str = "the trip goes there") -> Mention:
    """Return a mention of a place by its own name."""
    evidence = proof(place.name)
    return Mention(place.name, evidence.span, place, reading, reason, evidence)


def window(first: str, last: str | None = None) -> DateWindow:
    """Return the window between two days, or one day."""
    return DateWindow(date.fromisoformat(first), date.fromisoformat(last or first))


WEEK = window("2024-05-06", "2024-05-12")
TRIP = Itinerary(
    text=TEXT,
    published=date(2024, 5, 3),
    published_basis="given",
    traveller="Ada Lind",
    stops=(
        Stop(HOME, depart=WEEK, role=Role.ORIGIN, evidence=(proof("from Windhoek"),), mentions=(0,)),
        Stop(
            FIRST,
            arrive=WEEK,
            depart=WEEK,
            purpose=Purpose.BILATERAL,
            title="talks with ministers",
            people=("ministers",),
            evidence=(proof("to Nairobi"), proof("Next week", "arrive")),
            mentions=(1,),
        ),
        Stop(
            SECOND, arrive=window("2024-05-14"), depart=window("2024-05-14"), dwell=1,
            evidence=(proof("spends 14 May in <b>Mombasa"),), mentions=(2,),
        ),
    ),
    mentions=(
        mention(HOME),
        mention(FIRST),
        mention(SECOND),
        mention(Place("Kigali", "RW", -1.95, 30.06, Kind.CITY), Reading.CANCELLED, "“postponed” cancels it"),
    ),
    issues=(Issue("vague", "It is not said when she leaves.", proof("flies").span),),
)  # fmt: skip
NO_TRIP = Itinerary(text="A bell hung in Kigali.", mentions=())
