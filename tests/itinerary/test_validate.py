"""What the user is told about an itinerary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import itinerary
from itinerary.cues import Cue
from itinerary.lexicon import Rule
from itinerary.model import DateWindow, Evidence, Issue, Kind, Mention, Place, Reading, Span, Stop
from itinerary.timex import find_timexes
from itinerary.validate import check

TEXT = "She will fly to Oslo next week. Before Rome she sees Oslo."
GERMAN = (
    "Der Minister reist kommende Woche nach Astana, um dort mehrere Gespräche zu führen, und fliegt danach "
    "weiter über Taschkent nach Neu-Delhi, wo sich die Außenminister treffen sollen."
)
FRENCH = (
    "Le ministre se rendra la semaine prochaine à Astana pour une réunion avec ses homologues, puis il "
    "partira pour Tachkent où il doit rencontrer plusieurs responsables."
)
OSLO = Stop(Place("Oslo", "NO", 59.9, 10.7, Kind.CITY))
ROME = Mention("Rome", Span(39, 43), None, Reading.BACKGROUND, "", Evidence(Span(39, 43), "Rome", ""))


def stop(arrive: date | None, depart: date | None = None) -> Stop:
    def window(day: date | None) -> DateWindow | None:
        return DateWindow(day, day) if day else None

    return replace(OSLO, arrive=window(arrive), depart=window(depart or arrive))


def codes(**given: Any) -> list[str]:
    return [issue.code for issue in issues(**given)]


def issues(
    text: str = TEXT,
    published: date | None = date(2024, 5, 3),
    stops: Sequence[Stop] = (OSLO,),
    mentions: Sequence[Mention] = (),
    conflicts: Sequence[Issue] = (),
    statements: Sequence[tuple[Cue, bool]] = (),
    dates: str = "",
    basis: str = "given",
    span: Span | None = None,
) -> tuple[Issue, ...]:
    timexes = find_timexes(dates, published)
    return check(text, published, stops, mentions, conflicts, statements, timexes, basis, span)


def test_nothing_to_doubt() -> None:
    assert codes() == []


def test_a_day_that_the_calendar_does_not_have_is_no_open_date() -> None:
    for published, basis in ((None, "unknown"), (date(2024, 5, 3), "given")):
        found = issues(published=published, basis=basis, dates="She flies to Oslo on 31 June 2026.")
        assert [issue.code for issue in found] == ["impossible-date"]
        assert found[0].message == "“31 June 2026”: the calendar has no such day. It was not used."
        assert found[0].span == Span(21, 33)


@pytest.mark.parametrize(
    ("text", "mentions", "code"),
    [
        ("It rained all day and we stayed in bed with a book.", (), "no-places"),
        ("The price of fish in Rome rose.", (ROME,), "no-stops"),
        (GERMAN, (ROME,), "not-english"),
        (FRENCH, (), "not-english"),
    ],
)
def test_a_text_without_a_trip_says_why(text: str, mentions: tuple[Mention, ...], code: str) -> None:
    assert codes(text=text, mentions=mentions, stops=()) == [code]


@pytest.mark.parametrize(
    ("dates", "wanted"), [("next week", ["no-publication-day"]), ("on 3 May 2024", []), ("", [])]
)
def test_the_publication_day_is_missed_only_if_a_date_needs_it(dates: str, wanted: list[str]) -> None:
    assert codes(published=None, dates=dates, basis="unknown") == wanted


def test_a_missing_publication_day_points_to_the_words_that_need_it() -> None:
    (issue,) = issues(published=None, dates="She flies next week.", basis="unknown")
    assert issue.span == Span(10, 19)
    assert "“next week”" in issue.message
    assert "Add the publication day" in issue.message


def test_a_publication_day_found_in_the_text_is_told() -> None:
    (issue,) = issues(basis="dateline", span=Span(0, 3))
    assert (issue.code, issue.span) == ("publication-day-found", Span(0, 3))
    assert "3 May 2024" in issue.message
    assert "dateline" in issue.message


@pytest.mark.parametrize(
    ("arrive", "wanted"),
    [
        (date(2024, 5, 9), []),
        (date(2023, 5, 4), []),
        (date(2022, 5, 1), ["published-after-trip"]),
        (date(2026, 5, 2), []),
        (date(2027, 5, 9), ["published-long-before-trip"]),
    ],
)
def test_a_publication_day_far_from_the_trip_is_told(arrive: date, wanted: list[str]) -> None:
    assert codes(stops=(stop(arrive),)) == wanted


def test_an_unknown_place_is_told_with_near_spellings() -> None:
    proof = Evidence(Span(0, 3), "She", "")
    unknown = replace(OSLO, place=Place("Tashkennt", None, None, None, Kind.CITY), evidence=(proof,))
    (issue,) = issues(stops=(unknown,))
    assert (issue.code, issue.span) == ("unknown-place", Span(0, 3))
    assert "“Tashkennt” is in no list of places" in issue.message
    assert "Tashkent?" in issue.message


def test_an_order_that_was_not_used_is_told() -> None:
    rule = Rule("made for the test", "order", re.compile("x"), ())
    used, unused = (
        Cue(rule, (0,), (1,), Evidence(Span(a, b), TEXT[a:b], rule.id, "order"))
        for a, b in ((0, 8), (32, 43))
    )
    (issue,) = issues(statements=((used, True), (unused, False)))
    assert (issue.code, issue.span) == ("order-conflict", Span(32, 43))
    assert "“Before Rome”" in issue.message


def test_conflicts_of_the_schedule_are_handed_on_and_nothing_is_told_twice() -> None:
    conflict = Issue("date-conflict", "Two days contradict each other.")
    assert issues(conflicts=(conflict, conflict)) == (conflict,)


@pytest.mark.parametrize(
    ("dates", "wanted"), [("Friday 3 May 2024", []), ("Monday 3 May 2024", ["weekday-conflict"])]
)
def test_a_wrong_weekday_is_told(dates: str, wanted: list[str]) -> None:
    assert codes(dates=dates) == wanted


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("She flies to Oslo next week and to Qwxyzburg later.", None),
        ("BERLIN, 3 May 2024 — The minister will travel to Oslo on Monday.", None),
        ("Nothing at all.", None),
        ("On Monday 3 May 2024 I fly from Oslo to Rome. I fly from Rome to Oslo first.", "2020-01-01"),
    ],
)
def test_messages_are_sentences_and_point_into_the_text(text: str, published: str | None) -> None:
    found = itinerary.read(text, published).issues
    assert found
    for issue in found:
        assert issue.message[0].isupper() or issue.message[0] == "“"
        assert issue.message.endswith((".", "?"))
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", issue.code)
        assert issue.span is None or issue.span.end <= len(text)
