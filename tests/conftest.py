"""What several tests share: itineraries made by hand, and itineraries of any kind."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import settings

from itinerary.model import (
    Basis,
    DateWindow,
    Evidence,
    Issue,
    Itinerary,
    Kind,
    Mention,
    Place,
    Precedence,
    Purpose,
    Reading,
    Role,
    Span,
    Stop,
)

# The same cases everywhere and no deadline: a busy machine is no reason for a test to fail.
settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("steady")

TEXT = "Ana flew from Windhoek to Reykjavík on 3 May 1866. Last year she had been in Lima."


def evidence(quote: str, about: str = "place", text: str = TEXT) -> Evidence:
    """Prove something by the first place of these words in the text."""
    start = text.index(quote)
    return Evidence(Span(start, start + len(quote)), quote, f"a rule for {about}", about)


def _mention(name: str, reading: Reading, place: Place | None, reason: str) -> Mention:
    proof = evidence(name)
    return Mention(name, proof.span, place, reading, reason, proof)


@pytest.fixture
def trip() -> Itinerary:
    """A trip with something in every field, and a place set aside."""
    windhoek = Place("Windhoek", "NA", -22.55941, 17.08323, Kind.CITY, "geonames:3352136")
    reykjavik = Place("Reykjavík", "IS", 64.13548, -21.89541, Kind.CITY)
    return Itinerary(
        text=TEXT,
        published=date(1866, 5, 1),
        published_basis="given",
        traveller="Ana",
        stops=(
            Stop(
                windhoek,
                depart=DateWindow(date(1866, 5, 3), date(1866, 5, 3)),
                role=Role.ORIGIN,
                evidence=(evidence("Windhoek"), evidence("flew from", "role")),
                mentions=(0,),
            ),
            Stop(
                reykjavik,
                arrive=DateWindow(date(1866, 5, 3), date(1866, 5, 4), Basis.RELATIVE),
                depart=DateWindow(date(1866, 5, 4), None),
                dwell=2,
                purpose=Purpose.LEISURE,
                title="=SUM(A1)",
                people=("the mayor; and his wife", "Jón\\Páll"),
                evidence=(evidence("Reykjavík"),),
                confidence=0.875,
                mentions=(1,),
            ),
        ),
        mentions=(
            _mention("Windhoek", Reading.VISIT, windhoek, ""),
            _mention("Reykjavík", Reading.VISIT, reykjavik, ""),
            _mention(
                "Lima", Reading.PAST, Place("Lima", "PE", -12.04318, -77.02824, Kind.CITY), "an earlier trip"
            ),
        ),
        issues=(Issue("odd", "Something is odd."), Issue("odder", "Look here.", Span(0, 3))),
        precedences=(Precedence(0, 1, evidence("from Windhoek to Reykjavík", "order")),),
    )
