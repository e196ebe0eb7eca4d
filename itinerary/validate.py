"""Check what was read and say what the user should know: each doubt is an issue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from itinerary.cues import Cue
from itinerary.gazetteer import load
from itinerary.model import Issue, Mention, Span, Stop
from itinerary.publication import weekdays_of
from itinerary.timex import Timex, TimexKind

__all__ = ["check"]

_ENGLISH = re.compile(
    r"\b(?:the|and|of|to|in|will|is|was|for|with|from|on|at|we|he|she|they|then)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_YEARS = 3  # years, or dates, that a doubt lists
_NEAR = 3  # unknown places for which near spellings are looked up


def check(
    text: str,
    published: date | None,
    stops: Sequence[Stop],
    mentions: Sequence[Mention],
    conflicts: Sequence[Issue],
    statements: Sequence[tuple[Cue, bool]],
    timexes: Sequence[Timex],
    published_basis: str = "given",
    published_span: Span | None = None,
) -> tuple[Issue, ...]:
    """List the doubts about an itinerary, the weightiest first.

    Parameters
    ----------
    conflicts : sequence of Issue
        What the schedule could not reconcile.
    statements : sequence of (Cue, bool)
        The order statements and whether each was kept.
    timexes : sequence of Timex
        All dates found; those without days need a publication day.

    Returns
    -------
    tuple of Issue
    """
    issues: list[Issue] = []
    if not stops:
        issues.append(_no_stops(text, mentions))
    if stops:
        if published is None:
            issues += _no_publication_day(text, published_basis, published_span, stops, timexes)
        else:
            issues += _publication(text, published, published_basis, published_span, stops, timexes)
        issues += _unknown_places(stops)
    issues += conflicts
    for cue, kept in statements:
        if not kept:
            issues.append(
                Issue(
                    "order-conflict",
                    f"“{_short(cue.evidence.quote)}” gives an order that contradicts other words of the "
                    "text, so it was not used.",
                    cue.evidence.span,
                )
            )
    issues += [
        Issue("impossible-date", f"“{x.quote}”: the calendar has no such day. It was not used.", x.span)
        for x in timexes
        if x.impossible
    ]
    issues += [
        Issue(
            "weekday-conflict",
            f"“{x.quote}”: the weekday and the date do not agree. The date was used.",
            x.span,
        )
        for x in timexes
        if getattr(x, "conflict", False)
    ]
    return tuple(dict.fromkeys(issues))


def _no_stops(text: str, mentions: Sequence[Mention]) -> Issue:
    """Say that there is no trip, and why that may be."""
    words = len(_WORD.findall(text[:20_000]))
    if words > 20 and len(_ENGLISH.findall(text[:20_000])) < 0.04 * words:
        return Issue(
            "not-english",
            "No trip was found, and the text does not seem to be English. "
            "Only English is read; paste an English text.",
        )
    if mentions:
        return Issue(
            "no-stops",
            f"No trip was found: the text names {_count(len({m.toponym for m in mentions}), 'place')}, "
            "but does not say that anybody goes there. "
            "See the reasons among the places set aside.",
        )
    return Issue(
        "no-places",
        "No trip was found: the text names no place that could be a stop. Paste the text of a trip.",
    )


def _no_publication_day(
    text: str, basis: str, span: Span | None, stops: Sequence[Stop], timexes: Sequence[Timex]
) -> list[Issue]:
    """Say what is known of a publication day that was not given, and what it would help."""
    out = []
    if basis != "unknown":
        out.append(
            Issue(
                "publication-window",
                f"The publication day was not given; the text dates it {basis}. "
                "Enter the day if you know it.",
                span,
            )
        )
    needing = (TimexKind.DAY, TimexKind.WINDOW, TimexKind.INTERVAL)
    open_ = [x for x in timexes if x.earliest is None and x.kind in needing and not x.impossible]
    if not open_ or any(s.arrive_day for s in stops):
        return out
    weekdays = weekdays_of([x for x in timexes if x.earliest is None])
    if weekdays.pairs and len(weekdays.years) > 1 and basis == "unknown":
        first = weekdays.pairs[0][0]
        years = [str(year) for year in weekdays.years]
        listed = _listed(years[-_YEARS:]) + (" and some earlier years" if len(years) > _YEARS else "")
        out.append(
            Issue(
                "years-possible",
                f"“{_short(first.of(text))}” fits {listed}. Give the publication day to date the stops.",
                first,
            )
        )
    elif yearless := [x for x in open_ if x.month is not None and x.day is not None]:
        quote = _short(yearless[0].quote)
        words = f"The text gives days without their year, such as “{quote}”. "
        out.append(
            Issue(
                "no-publication-day",
                words + "Add the publication day to date the stops.",
                yearless[0].span,
            )
        )
    else:
        out.append(
            Issue(
                "no-publication-day",
                f"The text says “{_short(open_[0].quote)}”, but not when it was published. "
                "Add the publication day to date the stops.",
                open_[0].span,
            )
        )
    return out


def _publication(
    text: str,
    published: date,
    basis: str,
    span: Span | None,
    stops: Sequence[Stop],
    timexes: Sequence[Timex],
) -> list[Issue]:
    """Say how the publication day was found, and what speaks against it."""
    out = []
    if basis not in ("given", "unknown"):
        out.append(
            Issue(
                "publication-day-found",
                f"The publication day {published.day} {published:%B %Y} was taken from the text "
                f"({_found_in(basis, span, text)}). "
                "Enter another day if that is wrong.",
                span,
            )
        )
    elif basis == "given":
        out += _against_weekdays(published, text, timexes)
    ends = [w.latest for s in stops for w in (s.arrive, s.depart) if w and w.latest]
    begins = [w.earliest for s in stops for w in (s.arrive, s.depart) if w and w.earliest]
    if ends and published - max(ends) > timedelta(days=366):
        out.append(
            Issue(
                "published-after-trip",
                f"The trip ends on {max(ends).day} {max(ends):%B %Y}, long before the publication day. "
                "Check the publication day.",
            )
        )
    if begins and min(begins) - published > timedelta(days=366 * 2):
        out.append(
            Issue(
                "published-long-before-trip",
                f"The trip begins on {min(begins).day} {min(begins):%B %Y}, years after the publication day. "
                "Check the publication day.",
            )
        )
    return out


def _found_in(basis: str, span: Span | None, text: str) -> str:
    """Say what in the text gave the publication day."""
    return f"“{_short(span.of(text))}”" if basis == "dated text" and span is not None else basis


def _against_weekdays(published: date, text: str, timexes: Sequence[Timex]) -> list[Issue]:
    """Doubt a publication day with which no weekday of the text agrees, if all agree with another year."""
    weekdays = weekdays_of(timexes, dated=True)
    near = range(published.year - 1, published.year + 2)
    if not weekdays.pairs or any(weekdays.fits_any(year) for year in near):
        return []
    fitting = min(weekdays.years, key=lambda year: abs(year - published.year), default=None)
    if fitting is None:
        return []
    quotes = list(dict.fromkeys(_short(span.of(text)) for span, *_ in weekdays.pairs))
    subject = _listed([f"“{quote}”" for quote in quotes[:_YEARS]])
    verb = "falls" if len(quotes) == 1 else "fall"
    return [
        Issue(
            "publication-day-doubtful",
            f"{subject} {verb} so in {fitting}, but not in {published.year}. Check the publication day.",
            weekdays.pairs[0][0],
        )
    ]


def _unknown_places(stops: Sequence[Stop]) -> list[Issue]:
    out = []
    for n, stop in enumerate(s for s in stops if s.place.latitude is None):
        near = load().near_spellings(stop.place.name) if n < _NEAR else ()
        hint = f" Did you mean {_either(near)}?" if near else ""
        span = stop.evidence[0].span if stop.evidence else None
        out.append(
            Issue(
                "unknown-place",
                f"“{stop.place.name}” is in no list of places, so it is not on the map.{hint}",
                span,
            )
        )
    return out


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _short(quote: str, size: int = 60) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= size else quote[: size - 1].rstrip() + "…"
