"""The pieces of the page that show one trip: head, filter, table, notes, set aside, marked text.

Plain functions from records to Dash components, so that tests compare them as data.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from dash import html

from dashboard import ids, wording
from dashboard.theme import Theme, colour_of
from itinerary import Evidence, Issue, Itinerary, Mention, Reading, Stop

__all__ = [
    "aria",
    "filter_bar",
    "head",
    "notes",
    "remark",
    "row_class",
    "set_aside",
    "table",
    "trip_switch",
]

MOST_ROWS = 500
"""Rows of the table and of the list of places set aside; a browser grows slow with thousands."""

COLUMNS = ("No.", "Place", "Country", "Arrives", "Leaves", "Role", "What for", "Proof in the text")

_READINGS = {
    Reading.VISIT: "visited",
    Reading.PAST: "an earlier trip",
    Reading.CANCELLED: "cancelled or postponed",
    Reading.HYPOTHETICAL: "only possible",
    Reading.OTHER_TRAVELLER: "somebody else’s trip",
    Reading.ATTRIBUTIVE: "describes something else",
    Reading.BACKGROUND: "only mentioned",
}


def aria(**values: str) -> dict[str, Any]:
    """Return attributes for screen readers, for components that take them by name."""
    return {f"aria-{name}": value for name, value in values.items()}


def _style(colour: str) -> dict[str, str]:
    """Hand a country's colour to the style sheet."""
    return {"--country": colour}


def head(itinerary: Itinerary, frame: pd.DataFrame, shown: Collection[int]) -> list[Any]:
    """Return the trip's headline, what was taken as publication day, and the totals."""
    children: list[Any] = [
        html.Div(
            [html.H2(wording.headline(itinerary)), html.P(_standfirst(itinerary), className="standfirst")],
            className="headline",
        )
    ]
    if itinerary.stops:
        children.append(
            html.Dl(
                [
                    html.Div([html.Dt(label), html.Dd([value, html.Span(remark, className="remark")])])
                    for label, value, remark in wording.totals(itinerary, frame, shown)
                ],
                className="totals",
            )
        )
    return children


def _standfirst(itinerary: Itinerary) -> str:
    """Say which day dates were counted from, or why there is none; or that there is no trip."""
    if itinerary.published:
        basis = wording.BASIS.get(itinerary.published_basis, "found in the text")
        published = f"Publication day: {wording.day(itinerary.published)}, {basis}."
    elif itinerary.published_basis != "unknown":
        published = f"Publication day: {itinerary.published_basis}."
    else:
        published = "Publication day: none given and none found in the text."
    if itinerary.stops:
        return published
    named = len(itinerary.set_aside)
    if named:
        listed = "It is" if named == 1 else "They are"
        found = (
            f"The text names {wording.plural(named, 'place')} but does not say that anybody travels there. "
            f"{listed} listed under “Set aside”, with the reason."
        )
    else:
        found = "The text names no place that this program knows."
    return f"{found} To see a trip, give a text in English that says who goes where."


def trip_switch(itinerary: Itinerary) -> list[Any]:
    """Return one button per trip of a text that tells of several; nothing for one trip."""
    trips = itinerary.trips
    if len(trips) == 1:
        return []
    return [
        html.Button(
            wording.trip_label(trip, number, len(trips)),
            id=ids.trip_button(number),
            type="button",
            className="trip-choice",
            **aria(pressed=str(number == 0).lower()),
        )
        for number, trip in enumerate(trips)
    ]


def filter_bar(
    frame: pd.DataFrame, colours: Mapping[str, str], theme: Theme, hidden: Collection[str]
) -> list[Any]:
    """Return one button per country, which is the colour key as well, and the two for all and none."""
    entries = wording.countries(frame)
    chips = [
        html.Button(
            [
                html.Span(className="swatch", style=_style(colour_of(key or None, colours, theme))),
                html.Span(label, className="name"),
                html.Span(f"{count:,}", className="count"),
                html.Span(" stop" if count == 1 else " stops", className="unseen"),
            ],
            id=ids.country(key),
            type="button",
            className="chip",
            **aria(pressed="false" if key in hidden else "true"),
        )
        for key, label, count in entries
    ]
    return [html.Legend("Countries"), html.Div(chips, className="chips")]


def row_class(selected: bool) -> str:
    """Return the class of a table row."""
    return "row selected" if selected else "row"


def table(
    itinerary: Itinerary,
    frame: pd.DataFrame,
    shown: Collection[int],
    colours: Mapping[str, str],
    theme: Theme,
    selected: int | None,
) -> list[Any]:
    """Return the table of the stops that pass the filter."""
    records = frame[frame["stop"].isin(list(shown))].head(MOST_ROWS).to_dict("records")
    rows = [
        _row(
            record,
            itinerary.stops[record["stop"] - 1],
            colour_of(record["country"], colours, theme),
            selected,
        )
        for record in records
    ]
    children: list[Any] = [
        html.Table(
            [
                html.Caption("Stops in travel order", className="unseen"),
                html.Thead(
                    html.Tr(
                        [html.Th(name, scope="col", role="columnheader") for name in COLUMNS],
                        role="row",
                    ),
                    role="rowgroup",
                ),
                html.Tbody(rows, role="rowgroup"),
            ],
            className="stops",
            role="table",
        )
    ]
    if len(shown) > len(rows):
        children.append(
            html.P(f"The table shows the first {len(rows):,} of {len(shown):,} stops.", className="small")
        )
    return children


def _row(record: Mapping[Any, Any], stop: Stop, colour: str, selected: int | None) -> html.Tr:
    """Return one row: the button in it is for the keyboard, the whole row for the pointer."""
    number = int(record["stop"])
    chosen = number == selected
    country = record["country_name"] if isinstance(record["country_name"], str) else "–"
    cells: list[Any] = [
        html.Span(str(number), className="number", style=_style(colour)),
        html.Button(record["place"], type="button", className="pick", **aria(pressed=str(chosen).lower())),
        country,
        _when(record, "arrive"),
        _when(record, "depart"),
        wording.ROLES.get(str(record["role"]), str(record["role"])),
        _what(record),
        _proof(stop),
    ]
    classes = ("num", "place", "country", "when", "when", "role", "what", "proof")
    return html.Tr(
        [
            html.Td(cell, className=name, role="cell", **_label(label))
            for cell, name, label in zip(cells, classes, COLUMNS, strict=True)
        ],
        id=ids.row(number),
        className=row_class(chosen),
        role="row",
    )


def _label(name: str) -> dict[str, Any]:
    """Repeat a column's name in its cell: on a phone each row stands alone."""
    return {"data-label": name}


def _day(value: object) -> date | None:
    return value.date() if isinstance(value, pd.Timestamp) and not pd.isna(value) else None


def _when(record: Mapping[Any, Any], edge: str) -> list[Any]:
    """Return the window of arriving or leaving in words, with what makes it uncertain below."""
    number = record[f"{edge}_day"]
    words, remark = wording.window(
        _day(record[f"{edge}_earliest"]),
        _day(record[f"{edge}_latest"]),
        None if pd.isna(number) else int(number),
    )
    nights = record["nights"]
    if edge == "depart" and not pd.isna(nights):
        stay = f"{int(nights)} {'night' if int(nights) == 1 else 'nights'}"
        remark = f"{remark}; {stay}" if remark else stay
    known = words != "not stated"
    return [
        html.Span(words, className="" if known else "unknown"),
        *([html.Span(remark, className="remark")] if remark else []),
    ]


def _what(record: Mapping[Any, Any]) -> list[Any]:
    """Return purpose, title and people of a stop."""
    purpose, title, people = str(record["purpose"]), record["title"], tuple(record["people"] or ())
    children: list[Any] = []
    if isinstance(title, str) and title:
        children.append(html.Span(title))
    if people:
        children.append(html.Span("with " + ", ".join(people), className="remark"))
    if purpose != "unknown":
        children.append(html.Span(purpose, className="remark purpose"))
    return children or [html.Span("not stated", className="unknown")]


def _quoted(evidence: Evidence, most: int = 220) -> str:
    """Return the words in quotation marks, on one line."""
    words = " ".join(evidence.quote.split())
    return f"“{words if len(words) <= most else words[: most - 1] + '…'}”"


def _proof(stop: Stop) -> list[Any]:
    """Return the quote that proves the place, and the one that proves the dates if it is another."""
    place = next((e for e in stop.evidence if e.about == "place"), None)
    dates = [e for e in stop.evidence if e.about in ("arrive", "depart")]
    children: list[Any] = (
        [html.Q(_quoted(place)[1:-1])] if place else [html.Span("none", className="unknown")]
    )
    other = list(dict.fromkeys(_quoted(e, 80) for e in dates if not place or e.quote != place.quote))
    if other:
        children.append(html.Span("dates from " + " and ".join(other[:2]), className="remark"))
    return children


def notes(issues: Iterable[Issue], text: str) -> list[Any]:
    """Return the doubts, each with the words concerned."""
    issues = list(issues)
    if not issues:
        return [html.P("Nothing in the reading is in doubt.", className="small")]
    items = []
    for issue in issues[:MOST_ROWS]:
        quote = " ".join(issue.span.of(text).split()) if issue.span else ""
        # A message that quotes the words itself must not repeat them.
        extra = [html.Q(quote[:160])] if quote and quote not in issue.message else []
        items.append(html.Li([html.Span(issue.message), *extra]))
    return [html.Ul(items)]


def remark(sentence: str) -> html.P:
    """Return one sentence that belongs to the notes but comes from the drawing."""
    return html.P(sentence)


def set_aside(mentions: Collection[Mention], *, whole: bool = True) -> list[Any]:
    """Return each place that the text names and the trip leaves out, with reason and quote.

    `whole` is false for a trip of which only a part of the text tells.
    """
    if not mentions:
        where = "The text names" if whole else "The words on this trip name"
        return [html.P(f"{where} no other place.", className="small")]
    items = [_aside(mention) for mention in list(mentions)[:MOST_ROWS]]
    children: list[Any] = [html.Ul(items)]
    if len(mentions) > len(items):
        children.append(
            html.P(f"The list shows the first {len(items)} of {len(mentions):,} places.", className="small")
        )
    return children


def _aside(mention: Mention) -> html.Li:
    name = mention.place.name if mention.place else mention.toponym
    return html.Li(
        [
            html.Strong(name),
            html.Span(_READINGS[mention.reading], className="tag"),
            html.Span(mention.reason, className="reason"),
            html.Q(_quoted(mention.evidence)[1:-1]),
        ]
    )
