"""Itineraries as JSON: everything that was read, and back without loss.

The stop fields are those of the batch line (``place``, ``country``, ``granularity``, ``lat``,
``lon``, ``arrive``, ``depart``, ``role``, ``purpose``, ``title``, ``with``); windows in full,
evidence and confidence come with them. ``other_trips`` holds the other trips of the text with the same
fields and their ``relation`` to the main one. Days are ISO 8601, positions code points of the text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from itinerary.errors import InputError
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
    Relation,
    Role,
    Span,
    Stop,
)

__all__ = ["brief", "dumps", "from_json", "loads", "to_json"]

Json = dict[str, Any]
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_BULKY = ("text", "mentions", "precedences")


# Out ------------------------------------------------------------------------------------------


def to_json(itinerary: Itinerary) -> Json:
    """Return everything in an itinerary as plain dicts, lists, strings and numbers."""
    return _trip_out(itinerary) | {
        "other_trips": [{"relation": other.relation.value} | _trip_out(other) for other in itinerary.others],
        "text": itinerary.text,
    }


def _trip_out(itinerary: Itinerary) -> Json:
    """Return one trip without its text."""
    return {
        "traveller": itinerary.traveller,
        "published": _iso(itinerary.published),
        "published_basis": itinerary.published_basis,
        "stops": [_stop_out(stop) for stop in itinerary.stops],
        "set_aside": [_set_aside_out(mention) for mention in itinerary.set_aside],
        "issues": [_issue_out(issue) for issue in itinerary.issues],
        "mentions": [_mention_out(mention) for mention in itinerary.mentions],
        "precedences": [
            {"before": p.before, "after": p.after, "evidence": _evidence_out(p.evidence)}
            for p in itinerary.precedences
        ],
    }


def brief(itinerary: Itinerary) -> Json:
    """Return what `to_json` does without the text and what only makes sense beside it."""
    full = _shortened(to_json(itinerary))
    full["other_trips"] = [_shortened(trip) for trip in full["other_trips"]]
    return full


def _shortened(trip: Json) -> Json:
    short = {key: value for key, value in trip.items() if key not in _BULKY}
    for stop in short["stops"]:
        del stop["mentions"]
    return short


def dumps(itinerary: Itinerary) -> str:
    """Return the JSON document of an itinerary, indented, with a newline at its end."""
    return json.dumps(to_json(itinerary), ensure_ascii=False, indent=1) + "\n"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _stop_out(stop: Stop) -> Json:
    out: Json = _place_out(stop.place) | {"arrive": _pair(stop.arrive), "depart": _pair(stop.depart)}
    if stop.arrive_day is not None or stop.depart_day is not None:
        out |= {"arrive_day": stop.arrive_day, "depart_day": stop.depart_day}
    return out | {
        "role": stop.role.value,
        "purpose": stop.purpose.value,
        "title": stop.title,
        "with": list(stop.people),
        "nights": stop.dwell,
        "confidence": stop.confidence,
        "dates_confidence": stop.dates_confidence,
        "arrive_window": _window_out(stop.arrive),
        "depart_window": _window_out(stop.depart),
        "evidence": [_evidence_out(evidence) for evidence in stop.evidence],
        "mentions": list(stop.mentions),
    }


def _place_out(place: Place) -> Json:
    return {
        "place": place.name,
        "country": place.country,
        "granularity": place.kind.value,
        "lat": place.latitude,
        "lon": place.longitude,
        "source_id": place.source_id,
    }


def _pair(window: DateWindow | None) -> list[str] | None:
    if window is None or window.earliest is None or window.latest is None:
        return None
    return [window.earliest.isoformat(), window.latest.isoformat()]


def _window_out(window: DateWindow | None) -> Json | None:
    if window is None:
        return None
    return {
        "earliest": _iso(window.earliest),
        "latest": _iso(window.latest),
        "basis": window.basis.value,
        "edtf": window.edtf,
    }


def _span_out(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _evidence_out(evidence: Evidence) -> Json:
    return _span_out(evidence.span) | {
        "quote": evidence.quote,
        "rule": evidence.rule,
        "about": evidence.about,
    }


def _mention_out(mention: Mention) -> Json:
    return _span_out(mention.span) | {
        "toponym": mention.toponym,
        "place": _place_out(mention.place) if mention.place else None,
        "reading": mention.reading.value,
        "reason": mention.reason,
        "evidence": _evidence_out(mention.evidence),
    }


def _set_aside_out(mention: Mention) -> Json:
    return {
        "place": mention.place.name if mention.place else mention.toponym,
        "country": mention.place.country if mention.place else None,
        "reading": mention.reading.value,
        "reason": mention.reason,
        "quote": mention.evidence.quote,
        "start": mention.evidence.span.start,
        "end": mention.evidence.span.end,
    }


def _issue_out(issue: Issue) -> Json:
    span = _span_out(issue.span) if issue.span else {"start": None, "end": None}
    return {"code": issue.code, "message": issue.message} | span


# In -------------------------------------------------------------------------------------------


class _FaultError(ValueError):
    """Something in the document is not as it must be; carries where."""


def loads(document: str | bytes) -> Itinerary:
    """Return the itinerary in a JSON document.

    Raises
    ------
    InputError
        If it is no JSON or not the JSON of an itinerary.
    """
    try:
        return from_json(json.loads(document))
    except RecursionError:
        raise InputError("This is not the JSON of an itinerary: it is nested too deeply.") from None
    except ValueError as error:
        raise InputError(f"This is not JSON: {error}.") from None


def from_json(document: object) -> Itinerary:
    """Return the itinerary that `to_json` (or `brief`) made this document of.

    Only ``stops`` must be there, and a ``place`` in each; other keys have defaults. ``set_aside``
    is not read, for it follows from ``mentions``.

    Raises
    ------
    InputError
        If something in it is missing or not what it should be; the message says where.
    """
    try:
        return _itinerary_in(_table(document, "the document"))
    except _FaultError as fault:
        raise InputError(f"This is not the JSON of an itinerary: {fault}.") from None


def _itinerary_in(doc: Json) -> Itinerary:
    text = _text(doc, "text", "the document")
    others = _each(doc, "other_trips", "other_trips", lambda item, _at: _trip_in(item, text))
    return replace(_trip_in(doc, text), others=others)


def _trip_in(doc: Json, text: str) -> Itinerary:
    if "stops" not in doc:
        raise _FaultError("it has no “stops”")
    mentions = _each(doc, "mentions", "mentions", lambda item, at: _mention_in(item, at, text))
    return Itinerary(
        text=text,
        published=_day(doc.get("published"), "published"),
        published_basis=_text(doc, "published_basis", "the document") or "unknown",
        traveller=_text(doc, "traveller", "the document") or None,
        stops=_each(doc, "stops", "stops", lambda item, at: _stop_in(item, at, text, len(mentions))),
        mentions=mentions,
        issues=_each(doc, "issues", "issues", _issue_in),
        precedences=_each(
            doc, "precedences", "precedences", lambda item, at: _precedence_in(item, at, text, len(mentions))
        ),
        relation=_member(Relation, doc.get("relation"), "relation", Relation.MAIN),
    )


def _stop_in(item: Json, at: str, text: str, mentions: int) -> Stop:
    confidence = _number(item.get("confidence"), f"{at}.confidence")
    return Stop(
        place=_place_in(item, at),
        arrive=_window_in(item, "arrive", at),
        depart=_window_in(item, "depart", at),
        arrive_day=_whole(item.get("arrive_day"), f"{at}.arrive_day"),
        depart_day=_whole(item.get("depart_day"), f"{at}.depart_day"),
        dwell=_whole(item.get("nights"), f"{at}.nights"),
        role=_member(Role, item.get("role"), f"{at}.role", Role.STOP),
        purpose=_member(Purpose, item.get("purpose"), f"{at}.purpose", Purpose.UNKNOWN),
        title=_text(item, "title", at),
        people=tuple(_name(name, f"{at}.with") for name in _list(item.get("with"), f"{at}.with")),
        evidence=_each(item, "evidence", f"{at}.evidence", lambda e, where: _evidence_in(e, where, text)),
        confidence=1.0 if confidence is None else confidence,
        dates_confidence=_number(item.get("dates_confidence"), f"{at}.dates_confidence"),
        mentions=tuple(
            _index(number, f"{at}.mentions", mentions)
            for number in _list(item.get("mentions"), f"{at}.mentions")
        ),
    )


def _place_in(item: Json, at: str) -> Place:
    name = _text(item, "place", at)
    if not name:
        raise _FaultError(f"{at} has no “place”")
    return _build(
        at,
        lambda: Place(
            name=name,
            country=_text(item, "country", at) or None,
            latitude=_number(item.get("lat"), f"{at}.lat"),
            longitude=_number(item.get("lon"), f"{at}.lon"),
            kind=_member(Kind, item.get("granularity"), f"{at}.granularity", Kind.CITY),
            source_id=_text(item, "source_id", at) or None,
        ),
    )


def _window_in(item: Json, name: str, at: str) -> DateWindow | None:
    full, pair = item.get(f"{name}_window"), item.get(name)
    where = f"{at}.{name}"
    if full is None and pair is not None:
        days = _list(pair, where)
        if len(days) != 2:
            raise _FaultError(f"{where} must be [earliest, latest] or null")
        full = {"earliest": days[0], "latest": days[1]}
    if full is None:
        return None
    table = _table(full, f"{where}_window")
    return _build(
        where,
        lambda: DateWindow(
            _day(table.get("earliest"), where),
            _day(table.get("latest"), where),
            _member(Basis, table.get("basis"), f"{where}_window.basis", Basis.STATED),
        ),
    )


def _span_in(item: Json, at: str) -> Span:
    start, end = _whole(item.get("start"), f"{at}.start"), _whole(item.get("end"), f"{at}.end")
    if start is None or end is None:
        raise _FaultError(f"{at} needs “start” and “end”")
    return _build(at, lambda: Span(start, end))


def _evidence_in(item: Json, at: str, text: str) -> Evidence:
    span, quote = _span_in(item, at), _text(item, "quote", at)
    if text and span.of(text) != quote:
        raise _FaultError(f"{at}: the words “{quote}” do not stand in the text at {span.start} to {span.end}")
    rule, about = _text(item, "rule", at), _text(item, "about", at) or "place"
    return _build(at, lambda: Evidence(span, quote, rule, about))


def _mention_in(item: Json, at: str, text: str) -> Mention:
    place = item.get("place")
    return Mention(
        toponym=_text(item, "toponym", at),
        span=_span_in(item, at),
        place=None if place is None else _place_in(_table(place, f"{at}.place"), f"{at}.place"),
        reading=_member(Reading, item.get("reading"), f"{at}.reading", Reading.BACKGROUND),
        reason=_text(item, "reason", at),
        evidence=_evidence_in(_table(item.get("evidence"), f"{at}.evidence"), f"{at}.evidence", text),
    )


def _issue_in(item: Json, at: str) -> Issue:
    span = None if item.get("start") is None else _span_in(item, at)
    return Issue(_text(item, "code", at), _text(item, "message", at), span)


def _precedence_in(item: Json, at: str, text: str, mentions: int) -> Precedence:
    return Precedence(
        before=_index(item.get("before"), f"{at}.before", mentions),
        after=_index(item.get("after"), f"{at}.after", mentions),
        evidence=_evidence_in(_table(item.get("evidence"), f"{at}.evidence"), f"{at}.evidence", text),
    )


# Values ---------------------------------------------------------------------------------------


def _build(at: str, make: Callable[[], T]) -> T:
    """Call a constructor; what it refuses becomes a fault with its place in the document."""
    try:
        return make()
    except _FaultError:
        raise
    except ValueError as error:
        raise _FaultError(f"{at}: {error}") from None


def _each(doc: Json, key: str, at: str, read: Callable[[Json, str], T]) -> tuple[T, ...]:
    items = _list(doc.get(key), at)
    return tuple(read(_table(item, f"{at}[{n}]"), f"{at}[{n}]") for n, item in enumerate(items))


def _table(value: object, at: str) -> Json:
    if not isinstance(value, Mapping):
        raise _FaultError(f"{at} must be an object")
    return dict(value)


def _list(value: object, at: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise _FaultError(f"{at} must be a list")
    return list(value)


def _text(table: Json, key: str, at: str) -> str:
    value = table.get(key)
    return "" if value is None else _name(value, f"{at}.{key}")


def _name(value: object, at: str) -> str:
    if not isinstance(value, str):
        raise _FaultError(f"{at} must be text, not {json.dumps(value, default=str)[:40]}")
    return value


def _number(value: object, at: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _FaultError(f"{at} must be a number")
    if not abs(value) <= 1e300:  # also false for NaN
        raise _FaultError(f"{at} must be a finite number")
    return float(value)


def _whole(value: object, at: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise _FaultError(f"{at} must be a whole number")
    return value


def _index(value: object, at: str, size: int) -> int:
    number = _whole(value, at)
    if number is None or not 0 <= number < size:
        raise _FaultError(f"{at} must number one of the {size} mentions, from 0")
    return number


def _day(value: object, at: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(_name(value, at))
    except ValueError:
        raise _FaultError(
            f"{at}: {json.dumps(value, default=str)[:40]} is not a day such as 2023-02-28"
        ) from None


def _member(kind: type[E], value: object, at: str, default: E) -> E:
    if value is None:
        return default
    if value not in list(kind):
        raise _FaultError(f"{at}: {json.dumps(value, default=str)[:40]} is not one of {', '.join(kind)}")
    return kind(str(value))
