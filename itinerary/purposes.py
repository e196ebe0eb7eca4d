"""Say what a stop is for: its purpose, a short title and whom the traveller meets there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from itinerary.model import Purpose, Span
from itinerary.people import Name
from itinerary.sentences import Document

__all__ = ["Description", "describe"]


@dataclass(frozen=True, slots=True)
class Description:
    """What the text says about one stop.

    Parameters
    ----------
    purpose : Purpose
    title : str
        What happens there, in words of the text; empty if the text says nothing.
    people : tuple of str
        Whom the traveller meets there, in words of the text.
    purpose_span, title_span : Span or None
        The words that prove purpose and title.
    people_spans : tuple of Span
        One for each of `people`.
    """

    purpose: Purpose = Purpose.UNKNOWN
    title: str = ""
    people: tuple[str, ...] = ()
    purpose_span: Span | None = None
    title_span: Span | None = None
    people_spans: tuple[Span, ...] = ()


def describe(
    doc: Document, mentions: Sequence[tuple[int, int]], names: Sequence[Name], *, kind: str = ""
) -> Description:
    """Say what the stop that `mentions` name is for."""
    return Description()
