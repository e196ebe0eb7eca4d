"""The table of a trip: one row per stop, and back.

`COLUMNS` is the whole contract between the reader and whoever shows or stores its table.
pandas is loaded only when a frame is made, so that the command line starts quickly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from itinerary import gazetteer
from itinerary.errors import InputError
from itinerary.model import (
    Basis,
    DateWindow,
    Evidence,
    Itinerary,
    Kind,
    Place,
    Purpose,
    Role,
    Span,
    Stop,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "COLUMNS",
    "SET_ASIDE_COLUMNS",
    "Column",
    "country_name",
    "from_frame",
    "join_people",
    "rows",
    "set_aside_frame",
    "set_aside_rows",
    "split_people",
    "to_frame",
]

Row = dict[str, Any]
E = TypeVar("E", bound=StrEnum)


class Column(NamedTuple):
    """What one column holds: its pandas dtype and its meaning."""

    dtype: str
    meaning: str


COLUMNS: Mapping[str, Column] = {
    "stop": Column("int64", "number of the stop in travel order, from 1"),
    "place": Column("str", "name of the place"),
    "country": Column("str", "ISO 3166-1 alpha-2 code (NA is Namibia); missing on the high seas"),
    "country_name": Column("str", "English name of the country; missing with the code"),
    "kind": Column("str", "city, country, region or site"),
    "latitude": Column("float64", "degrees north, WGS 84; NaN if unknown"),
    "longitude": Column("float64", "degrees east, WGS 84; NaN if unknown"),
    "arrive_earliest": Column("datetime64[s]", "first day on which the arrival can be; NaT if unknown"),
    "arrive_latest": Column("datetime64[s]", "last such day, inclusive; NaT if unknown"),
    "depart_earliest": Column("datetime64[s]", "first day on which the departure can be; NaT if unknown"),
    "depart_latest": Column("datetime64[s]", "last such day, inclusive; NaT if unknown"),
    "arrive_day": Column("Int64", "day number of the arrival where days are only numbered (1 is the first)"),
    "depart_day": Column("Int64", "day number of the departure, likewise"),
    "nights": Column("Int64", "length of the stay in nights, if the text states it"),
    "role": Column("str", "origin, stop, transit or return"),
    "purpose": Column("str", "what the stop is for, such as bilateral, leisure or unknown"),
    "title": Column("str", "what happens there, in a few words of the text; may be empty"),
    "people": Column("object", "whom the traveller meets there: a tuple of str"),
    "basis": Column(
        "str", "where the arrival comes from (else the departure): stated, relative, inferred or empty"
    ),
    "quote": Column("str", "the words of the text that prove the place; may be empty"),
    "quote_start": Column("Int64", "where the quote starts: code points of the text, from 0"),
    "quote_end": Column("Int64", "where it ends, exclusive"),
    "confidence": Column("float64", "0 to 1: how sure the reader is that this is a stop"),
    "dates_confidence": Column(
        "float64", "0 to 1: how sure it is that the bounds of the days are right to a day; NaN without days"
    ),
}
"""Column name to dtype and meaning of the table of stops, in order."""

SET_ASIDE_COLUMNS: Mapping[str, Column] = {
    "place": Column("str", "name of the place, or the words of the text if no gazetteer knows it"),
    "country": COLUMNS["country"],
    "country_name": COLUMNS["country_name"],
    "reading": Column("str", "what the text says of it: past, cancelled, background ..."),
    "reason": Column("str", "why it is no stop, in plain words"),
    "quote": Column("str", "the words of the text that say so"),
    "quote_start": COLUMNS["quote_start"],
    "quote_end": COLUMNS["quote_end"],
}
"""Column name to dtype and meaning of the table of places set aside, in order."""

_WINDOWS = ("arrive", "depart")


def country_name(code: str | None) -> str | None:
    """Return the English name of a country by its ISO alpha-2 code.

    An unknown code is returned as it is; None stays None.
    """
    return None if code is None else gazetteer.load().country_name(code) or code


def rows(itinerary: Itinerary) -> list[Row]:
    """Return one plain dict per stop with the keys of `COLUMNS`; None where a value is missing."""
    return [_row(number, stop) for number, stop in enumerate(itinerary.stops, 1)]


def _row(number: int, stop: Stop) -> Row:
    place, proof = stop.place, _place_evidence(stop)
    row: Row = {
        "stop": number,
        "place": place.name,
        "country": place.country,
        "country_name": country_name(place.country),
        "kind": place.kind.value,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "arrive_day": stop.arrive_day,
        "depart_day": stop.depart_day,
        "nights": stop.dwell,
        "role": stop.role.value,
        "purpose": stop.purpose.value,
        "title": stop.title,
        "people": stop.people,
        "basis": _basis(stop),
        "quote": proof.quote if proof else "",
        "quote_start": proof.span.start if proof else None,
        "quote_end": proof.span.end if proof else None,
        "confidence": stop.confidence,
        "dates_confidence": stop.dates_confidence,
    }
    for name, window in zip(_WINDOWS, (stop.arrive, stop.depart), strict=True):
        row[f"{name}_earliest"] = window.earliest if window else None
        row[f"{name}_latest"] = window.latest if window else None
    return {name: row[name] for name in COLUMNS}


def _place_evidence(stop: Stop) -> Evidence | None:
    return next((e for e in stop.evidence if e.about == "place"), None)


def _basis(stop: Stop) -> str:
    for window in (stop.arrive, stop.depart):
        if window and (window.earliest or window.latest):
            return window.basis.value
    return ""


def set_aside_rows(itinerary: Itinerary) -> list[Row]:
    """Return one plain dict per place set aside with the keys of `SET_ASIDE_COLUMNS`."""
    return [
        {
            "place": mention.place.name if mention.place else mention.toponym,
            "country": mention.place.country if mention.place else None,
            "country_name": country_name(mention.place.country) if mention.place else None,
            "reading": mention.reading.value,
            "reason": mention.reason,
            "quote": mention.evidence.quote,
            "quote_start": mention.evidence.span.start,
            "quote_end": mention.evidence.span.end,
        }
        for mention in itinerary.set_aside
    ]


def to_frame(itinerary: Itinerary) -> pd.DataFrame:
    """Return the table of stops: one row per stop in travel order.

    Returns
    -------
    pandas.DataFrame
        The columns and dtypes of `COLUMNS`, always all of them; a RangeIndex. A trip without
        stops gives no rows.
    """
    return _frame(rows(itinerary), COLUMNS)


def set_aside_frame(itinerary: Itinerary) -> pd.DataFrame:
    """Return the table of places that the text names and the trip leaves out, in text order.

    Returns
    -------
    pandas.DataFrame
        The columns and dtypes of `SET_ASIDE_COLUMNS`; a RangeIndex.
    """
    return _frame(set_aside_rows(itinerary), SET_ASIDE_COLUMNS)


def _frame(table: Sequence[Row], columns: Mapping[str, Column]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {name: _series([row[name] for row in table], column.dtype) for name, column in columns.items()},
        index=pd.RangeIndex(len(table)),
    )


def _series(values: list[Any], dtype: str) -> pd.Series[Any]:
    import numpy as np
    import pandas as pd

    if dtype == "datetime64[s]":
        # By way of ISO text: pandas would take dates for nanoseconds, which end in the year 1677.
        return pd.Series(np.array([v.isoformat() if v else "NaT" for v in values], dtype=dtype), dtype=dtype)
    return pd.Series(values, dtype=dtype)


def from_frame(
    frame: pd.DataFrame,
    text: str = "",
    published: date | None = None,
    traveller: str | None = None,
) -> Itinerary:
    """Return the itinerary that a table of stops describes: the inverse of `to_frame`.

    Mentions, issues and all evidence but that for the places have no column and are empty.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per stop in travel order. Only the column ``place`` must be there; columns that
        are missing take their defaults, others than those of `COLUMNS` are ignored. The column
        ``stop`` is not read: the order of the rows counts, so a filtered table is numbered anew.
    text : str
        The text that the quotes are from; if it is given, they must be in it.
    published : date or None
    traveller : str or None

    Raises
    ------
    InputError
        If a value cannot be what its column says; the message names row and column.
    """
    if "place" not in frame.columns:
        raise InputError("The table has no column “place”. Add one with the name of each stop.")
    columns = {
        name: _values(frame, name, column.dtype) for name, column in COLUMNS.items() if name in frame.columns
    }
    stops = []
    for index in range(len(frame)):
        row = {name: values[index] for name, values in columns.items()}
        stops.append(_stop(row, index + 1, text))
    return Itinerary(
        text=text,
        published=published,
        published_basis="given" if published else "unknown",
        traveller=traveller,
        stops=tuple(stops),
    )


def _values(frame: pd.DataFrame, name: str, dtype: Any) -> list[Any]:
    """Return a column as plain Python values, None where one is missing."""
    series = frame[name]
    if dtype == "object":
        return [_people(value) for value in series]
    try:
        series = series.astype(dtype) if dtype != "int64" else series.astype("Int64")
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError(f"Column “{name}” of the table cannot be read: {error}.") from None
    if dtype == "datetime64[s]":
        days = series.to_numpy("datetime64[D]").astype(object)
        return [_day(day, name) for day in days]
    present = series.notna().tolist()
    return [value if there else None for value, there in zip(series.tolist(), present, strict=True)]


def _day(value: object, name: str) -> date | None:
    if value is None or isinstance(value, date):
        return value
    raise InputError(f"Column “{name}” of the table holds a day outside the years 1 to 9999.")


def _people(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return split_people(value)
    return tuple(str(name) for name in value) if isinstance(value, Iterable) else ()


def _stop(row: Row, number: int, text: str) -> Stop:
    try:
        return Stop(
            place=Place(
                name=row["place"] or "",
                country=row.get("country") or None,
                latitude=row.get("latitude"),
                longitude=row.get("longitude"),
                kind=_member(Kind, row.get("kind"), Kind.CITY),
            ),
            arrive=_window(row, "arrive"),
            depart=_window(row, "depart"),
            arrive_day=row.get("arrive_day"),
            depart_day=row.get("depart_day"),
            dwell=row.get("nights"),
            role=_member(Role, row.get("role"), Role.STOP),
            purpose=_member(Purpose, row.get("purpose"), Purpose.UNKNOWN),
            title=row.get("title") or "",
            people=row.get("people") or (),
            evidence=_evidence(row, text),
            confidence=1.0 if row.get("confidence") is None else row["confidence"],
            dates_confidence=row.get("dates_confidence"),
        )
    except ValueError as error:
        raise InputError(f"Row {number} of the table cannot be read: {error}.") from None


def _member(kind: type[E], value: str | None, default: E) -> E:
    if not value:
        return default
    if value not in list(kind):
        raise ValueError(f"“{value}” is not one of {', '.join(kind)}")
    return kind(value)


def _window(row: Row, name: str) -> DateWindow | None:
    earliest, latest = row.get(f"{name}_earliest"), row.get(f"{name}_latest")
    if earliest is None and latest is None:
        return None
    return DateWindow(earliest, latest, _member(Basis, row.get("basis"), Basis.STATED))


def _evidence(row: Row, text: str) -> tuple[Evidence, ...]:
    start, end = row.get("quote_start"), row.get("quote_end")
    if start is None or end is None:
        return ()
    span, quote = Span(start, end), row.get("quote") or ""
    if text and span.of(text) != quote:
        raise ValueError(f"the words “{quote}” do not stand in the text at {start} to {end}")
    return (Evidence(span, quote, "from the table"),)


def join_people(people: Iterable[str]) -> str:
    """Write names in one cell: ``Ana Ruiz; the mayor``; a semicolon in a name gets a backslash."""
    return "; ".join(re.sub(r"([\\;])", r"\\\1", name) for name in people)


def split_people(cell: str) -> tuple[str, ...]:
    """Return the names in one cell: the inverse of `join_people`."""
    names = re.findall(r"(?:[^\\;]|\\.)+", cell, re.DOTALL)
    tidy = (name[1:] if number and name.startswith(" ") else name for number, name in enumerate(names))
    return tuple(re.sub(r"\\(.)", r"\1", name, flags=re.DOTALL) for name in tidy)
