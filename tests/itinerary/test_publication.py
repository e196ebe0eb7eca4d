"""What a text without a given publication day says of it."""

from __future__ import annotations

from datetime import date

import pytest

from itinerary import publication, read
from itinerary.explain import explain
from itinerary.formats import text
from itinerary.publication import find_publication, read_dates, weekdays_of
from itinerary.timex import find_timexes

WINDOWS = [
    # a date beside a word that is counted from the day of writing
    ("Tomorrow, 9 May 2024, she flies to Oslo.", "2024-05-08", "2024-05-08"),
    ("Yesterday (9 May 2024) she flew to Oslo.", "2024-05-10", "2024-05-10"),
    ("On 9 May 2024, today, she flies to Oslo.", "2024-05-09", "2024-05-09"),
    ("This Friday, 10 May 2024, she flies to Oslo.", "2024-05-04", "2024-05-10"),
    ("Next week, on 9 May 2024, she flies to Oslo.", "2024-04-29", "2024-05-05"),
    ("Last week, on 9 May 2024, she flew to Oslo.", "2024-05-13", "2024-05-19"),
    ("Earlier this month, on 9 May 2024, she flew to Oslo.", "2024-05-09", "2024-05-31"),
    ("Last month, on 31 January 2024, she flew to Oslo.", "2024-02-01", "2024-02-29"),
    # between what is past and what is to come
    ("She arrived in Oslo on 9 May 2024. She will leave on 14 May 2024.", "2024-05-09", "2024-05-14"),
    ("She arrived in Oslo on 9 May 2021. She will leave on 14 May 2024.", None, None),
    ("She arrived in Oslo on 9 May 2024.", None, None),
    # a year named as past, and a weekday that falls so in that year or the next only
    ("The summit of 2022 was fine. On Saturday 15 October we fly to Oslo.", "2022-08-16", "2022-12-14"),
    ("The summit of 2021 was fine. On Saturday 15 October we fly to Oslo.", "2022-08-16", "2022-12-14"),
    ("The summit of 2018 was fine. On Saturday 15 October we fly to Oslo.", None, None),
    ("We flew to Oslo on Tuesday 15 October, as people did in the 1980s.", "1985-10-15", "1985-12-14"),
    ("We flew to Oslo on Tuesday 15 October, as people did in the 1990s.", None, None),
    # a header says it all
    ("Date: 8 May 2024\n\nTomorrow, 9 May 2023, she flies to Oslo.", "2024-05-08", "2024-05-08"),
    ("She will fly to Oslo on Friday.", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "first", "last"), WINDOWS)
def test_windows(text: str, first: str | None, last: str | None) -> None:
    found = find_publication(text)
    window = tuple(day.isoformat() for day in found.window) if found else (None, None)
    assert window == (first, last)


def test_a_year_of_copyright_closes_an_open_side() -> None:
    found = find_publication("She arrived in Oslo on 9 October 2024.\n\n© 2019–2024 Oslo Weekly")
    assert found is not None
    assert found.window == (date(2024, 10, 9), date(2024, 12, 31))


def test_the_words_quote_what_narrows_the_day() -> None:
    text = "She arrived in Oslo on 9 May 2024. She will leave on 14 May 2024."
    found = find_publication(text)
    assert found is not None
    assert found.words(text) == "between 9 May 2024 and 14 May 2024, by “9 May 2024” and “14 May 2024”"


def test_open_days_are_resolved_only_where_all_days_of_the_window_agree() -> None:
    text = (
        "She arrived in Oslo on 6 May 2024 and will fly home on 10 May 2024. Next week she speaks in Rome. "
        "The day after tomorrow she speaks in Bonn."
    )
    timexes, found = read_dates(text, None)
    days = {x.quote: (x.earliest, x.latest) for x in timexes}
    assert found is not None
    assert found.window == (date(2024, 5, 6), date(2024, 5, 10))
    assert days["Next week"] == (date(2024, 5, 13), date(2024, 5, 19))
    assert days["The day after tomorrow"] == (None, None)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "On Saturday 15 October to Oslo, on Tuesday, 18 October to Rome.",
            ["Saturday 15 October", "Tuesday, 18 October"],
        ),
        ("This Friday, 12 May, to Oslo.", ["This Friday, 12 May"]),
        ("On Saturday 15 October 2022 to Oslo, on 18 October to Rome.", []),
        ("On Friday to Oslo. On 18 October to Rome.", []),
    ],
)
def test_weekdays_without_a_year(text: str, quotes: list[str]) -> None:
    assert [span.of(text) for span, *_ in weekdays_of(find_timexes(text, None)).pairs] == quotes


def issues(text: str, published: str | None = None) -> dict[str, str]:
    return {issue.code: issue.message for issue in read(text, published).issues}


def test_the_years_that_would_fit_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publication, "_this_year", lambda: 2024)
    found = issues("On Saturday 15 October we fly to Oslo.")
    assert found["years-possible"] == (
        "“Saturday 15 October” fits 2011, 2016 and 2022 and some earlier years. "
        "Give the publication day to date the stops."
    )
    assert "no-publication-day" not in found


def test_a_publication_day_against_all_weekdays_is_doubted() -> None:
    text = "We fly to Oslo on Saturday 15 October, then to Rome on Tuesday 18 October."
    assert issues(text, "2019-10-01")["publication-day-doubtful"] == (
        "“Saturday 15 October” and “Tuesday 18 October” fall so in 2016, but not in 2019. "
        "Check the publication day."
    )
    assert "publication-day-doubtful" not in issues(text, "2022-10-01")
    # one weekday that fits is enough
    text = "We fly to Oslo on Saturday 15 October, then to Rome on Friday 18 October."
    assert "publication-day-doubtful" not in issues(text, "2019-10-01")


def test_a_window_is_said_and_the_day_stays_open() -> None:
    trip = read("She arrived in Oslo on 9 May 2024 and will fly on to Rome on 14 May 2024.")
    assert trip.published is None
    assert trip.published_basis == "between 9 May 2024 and 14 May 2024, by “9 May 2024” and “14 May 2024”"
    assert [issue.code for issue in trip.issues] == ["publication-window"]
    assert trip.published_basis in explain(trip.text).published
    assert f"published {trip.published_basis}" in " ".join(text.dumps(trip, 400).split())


def test_a_day_found_beside_a_word_is_quoted() -> None:
    trip = read("Tomorrow, 9 May 2024, she flies to Oslo and on Friday to Rome.")
    assert (trip.published, trip.published_basis) == (date(2024, 5, 8), "dated text")
    assert [str(stop.arrive.earliest) for stop in trip.stops if stop.arrive] == ["2024-05-09", "2024-05-10"]
    assert "“Tomorrow, 9 May 2024”" in trip.issues[0].message


def test_days_without_a_year_are_told() -> None:
    found = issues("We reach Oslo at Easter, and on the 3rd of July we come to Rome.")
    assert found["no-publication-day"] == (
        "The text gives days without their year, such as “the 3rd of July”. "
        "Add the publication day to date the stops."
    )
    assert "“next week”" in issues("We fly to Oslo next week.")["no-publication-day"]
