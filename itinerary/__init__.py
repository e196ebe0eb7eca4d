"""Read a text about a trip: ordered stops with dates, roles and the words that prove them.

>>> import itinerary
>>> trip = itinerary.read("On 3 May 2024 she flew from Lisbon to Rome.")
>>> [stop.place.name for stop in trip.stops]
['Lisbon', 'Rome']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from itinerary.errors import ExportError, InputError, ItineraryError, LexiconError
from itinerary.model import (
    Basis,
    DateWindow,
    Evidence,
    Issue,
    Itinerary,
    Kind,
    Leg,
    Mention,
    Place,
    Precedence,
    Purpose,
    Reading,
    Relation,
    Role,
    Span,
    Stop,
)

if TYPE_CHECKING:
    from itinerary.reader import MAX_CHARACTERS, read
    from itinerary.table import from_frame, set_aside_frame, to_frame

__version__ = "0.1.0"

__all__ = [
    "MAX_CHARACTERS",
    "Basis",
    "DateWindow",
    "Evidence",
    "ExportError",
    "InputError",
    "Issue",
    "Itinerary",
    "ItineraryError",
    "Kind",
    "Leg",
    "LexiconError",
    "Mention",
    "Place",
    "Precedence",
    "Purpose",
    "Reading",
    "Relation",
    "Role",
    "Span",
    "Stop",
    "from_frame",
    "read",
    "set_aside_frame",
    "to_frame",
]


_LATER = {
    "MAX_CHARACTERS": "reader",
    "read": "reader",
    "from_frame": "table",
    "set_aside_frame": "table",
    "to_frame": "table",
}


def __getattr__(name: str) -> Any:
    """Import the reader and the table only when they are asked for: pandas is slow to load."""
    if name in _LATER:
        return getattr(import_module(f"itinerary.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
