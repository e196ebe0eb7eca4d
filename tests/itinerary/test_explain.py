"""The reasons for a whole text, for a reader and as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

import itinerary
from itinerary.errors import InputError
from itinerary.explain import Explanation, dumps, explain, to_json
from itinerary.reasons import feature_words
from itinerary.visits import load_weights
from tests.strategies import words

OFFICIAL = (
    "Foreign Minister Ines Duarte leaves for Central Europe on Monday. She will hold talks in Vienna on "
    "Tuesday and travel on to Prague before going to Graz from 10 to 12 May. A stop in Budapest was "
    "cancelled. Last year she was in Rome."
)
HOME = (
    "We left Lisbon on 3 March 2024, stayed two nights in Porto, and drove to Braga. Before going to Vigo we "
    "saw Guimarães. We flew back home to Lisbon on 14 March 2024."
)


@pytest.fixture(scope="module")
def official() -> Explanation:
    return explain(OFFICIAL, "2024-05-03")


@pytest.fixture(scope="module")
def home() -> Explanation:
    return explain(HOME)


def test_every_place_named_is_told_in_the_order_of_the_text(official: Explanation) -> None:
    spans = [note.mention.span for note in official.places]
    assert spans == sorted(spans)
    assert [note.mention.toponym for note in official.places] == [
        "Central Europe",
        "Vienna",
        "Prague",
        "Graz",
        "Budapest",
        "Rome",
    ]
    assert [note.stops for note in official.places] == [(), (1,), (2,), (3,), (), ()]


def test_the_itinerary_is_the_one_that_is_read(official: Explanation) -> None:
    assert official.itinerary == itinerary.read(OFFICIAL, "2024-05-03")


def test_signs_add_up_to_the_judgement(official: Explanation) -> None:
    """Whatever decided is shown: nothing is weighed behind the reader's back."""
    models = load_weights()
    for note in official.places:
        if note.whole_score is not None:
            whole = models["place"].bias + sum(sign.weight for sign in note.whole)
            assert whole == pytest.approx(note.whole_score)
        listed = sum("in a list" in sign.features for sign in note.here)
        if not listed:
            own = models["mention"].bias + sum(sign.weight for sign in note.here)
            assert own == pytest.approx(note.score)


def test_what_reads_alike_is_one_sign(official: Explanation) -> None:
    for note in official.places:
        told = [sign.words for sign in note.here]
        assert len(told) == len(set(told))
        assert [abs(s.weight) for s in note.here] == sorted((abs(s.weight) for s in note.here), reverse=True)


def test_a_place_called_off_says_so(official: Explanation) -> None:
    (budapest,) = [n for n in official.places if n.mention.toponym == "Budapest"]
    against = [sign.words for sign in budapest.here if sign.weight < 0]
    assert "called off" in against
    assert budapest.mention.reason == "called off, put off or left out"


@pytest.mark.parametrize(
    ("quote", "value", "use"),
    [
        ("Tuesday", "7 May 2024", "the days of stop 1, Vienna"),
        ("from 10 to 12 May", "10 May 2024 to 12 May 2024", "the days of stop 3, Graz"),
        ("Last year", "one or more days from 1 Jan 2023 to 31 Dec 2023", "no stop"),
    ],
)
def test_dates_of_an_announcement(official: Explanation, quote: str, value: str, use: str) -> None:
    (note,) = [n for n in official.dates if n.timex.quote in quote]
    assert (note.value, note.use) == (value, use)


@pytest.mark.parametrize(
    ("quote", "value", "use"),
    [
        ("3 March 2024", "3 Mar 2024", "the last day of stop 1, Lisbon"),
        ("two nights", "2 nights", "the length of stop 2, Porto"),
    ],
)
def test_dates_of_a_journey(home: Explanation, quote: str, value: str, use: str) -> None:
    (note,) = [n for n in home.dates if n.timex.quote == quote]
    assert (note.value, note.use) == (value, use)


def test_dates_that_nothing_resolves_are_told_as_such() -> None:
    (note,) = explain("She flies to Oslo on Tuesday.").dates
    assert (note.value, note.use) == ("not known", "no stop")


def test_numbered_days() -> None:
    notes = explain("Day 1: Rome\nDay 2: Florence\nDay 3: Siena").dates
    assert [(n.value, n.use) for n in notes][1] == ("day 2", "the days of stop 2, Florence")


def test_the_order_names_the_words_that_gave_it(home: Explanation) -> None:
    names = [stop.place.name for stop in home.itinerary.stops]
    assert names.index("Guimarães") < names.index("Vigo")
    stated = [note for note in home.order if note.quote]
    assert ("Guimarães", "Vigo") in [(names[n.before - 1], names[n.after - 1]) for n in stated]
    assert any("Before going to Vigo" in note.quote for note in stated)
    pairs = [(note.before, note.after) for note in home.order]
    assert {(n, n + 1) for n in range(1, len(names))} <= set(pairs)


def test_stops_told_in_order_need_no_words() -> None:
    found = explain("We went to Oslo and then to Bergen.")
    assert [n.why for n in found.order if not n.quote] in (["as the text tells them"], [])


def test_days_give_the_order() -> None:
    found = explain("She visits Bergen on 8 May 2024. She visits Oslo on 6 May 2024.")
    assert [s.place.name for s in found.itinerary.stops] == ["Oslo", "Bergen"]
    assert [n.why for n in found.order] == ["by their days"]


def test_a_place_named_again_is_told_to_be_a_new_stay(home: Explanation) -> None:
    first, last = (n for n in home.places if n.mention.toponym == "Lisbon")
    assert (first.again_score, last.first) == (None, 0)
    assert last.again_score is not None
    assert last.again_score > 0
    assert last.again
    assert first.stops != last.stops


@pytest.mark.parametrize(
    ("text", "published", "told"),
    [
        ("She flies to Oslo.", "2024-05-03", "3 May 2024, as given"),
        ("She flies to Oslo.", None, "unknown: dates that need it stay open"),
        ("OSLO, 3 May 2024 — She flew to Rome.", None, "3 May 2024, found in the dateline: “3 May 2024”"),
    ],
)
def test_the_day_of_publication_and_its_basis(text: str, published: str | None, told: str) -> None:
    assert explain(text, published).published == told


def test_what_overrules_all_weights_is_told() -> None:
    text = "WASHINGTON, 3 May 2024 — The minister will visit Oslo and Bergen next week."
    found = explain(text, "2024-05-03")
    assert found.places[0].vetoes == (feature_words("dateline of the writer"),)
    assert f"but never a stop of this trip: {found.places[0].vetoes[0]}" in " ".join(dumps(found).split())


@pytest.mark.parametrize(
    "text",
    [
        "She is in Oslo on 6 May 2024. She stays two nights in Bergen. She is in Narvik on 7 May 2024.",
        "From Oslo she goes to Bergen. She leaves Bergen for Oslo before going to Bergen.",
    ],
)
def test_contradictions_are_told(text: str) -> None:
    found = explain(text)
    assert any("contradicts" in message for message in found.unused)
    shown = " ".join(dumps(found).split())
    assert all(message in shown for message in found.unused)


@pytest.mark.parametrize("columns", [60, 100])
def test_no_line_is_too_long_and_no_word_is_jargon(
    home: Explanation, official: Explanation, columns: int
) -> None:
    for found in (home, official):
        lines = dumps(found, columns).splitlines()
        assert max(map(len, lines)) <= columns
        shown = "\n".join(lines)
        for word in ("log-odds", "toponym", "timex", "feature", "rule:", "prep:", "score"):
            assert word not in shown


def test_the_page_and_the_explanation_use_the_same_words(official: Explanation) -> None:
    shown = " ".join(dumps(official).split())
    for mention in official.itinerary.mentions:
        assert mention.reason in shown


def test_json_holds_the_features_and_what_they_weigh(official: Explanation) -> None:
    found = json.loads(json.dumps(to_json(official)))
    vienna = found["places"][1]
    assert (vienna["toponym"], vienna["country"], vienna["stops"]) == ("Vienna", "AT", [1])
    assert OFFICIAL[vienna["start"] : vienna["end"]] == "Vienna"
    weights = load_weights()["mention"].weights
    for sign in vienna["signs"]:
        assert sign["log_odds"] == pytest.approx(sum(weights[f] for f in sign["features"]), abs=1e-3)
    assert [stop["place"] for stop in found["stops"]] == ["Vienna", "Prague", "Graz"]
    assert found["dates"][1]["earliest"] == "2024-05-07"
    assert (found["published"], found["published_basis"]) == ("2024-05-03", "given")


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in dumps(explain("She flew to \x1b[31mOslo on 3 May 2024 and on to Rome."))


def test_other_trips_are_told_with_their_days() -> None:
    found = explain(
        "Elena Marques flies to Oslo on Monday and to Bergen on Tuesday. Her deputy, Tom Okafor, will "
        "travel to Ottawa on Wednesday.",
        "2024-05-03",
    )
    assert [note.use for note in found.dates] == [
        "the days of stop 1, Oslo",
        "the days of stop 2, Bergen",
        "another trip, that of Tom Okafor: the days of stop 1, Ottawa",
    ]
    assert "Another trip, that of Tom Okafor: 1 Ottawa: " in " ".join(dumps(found).split())
    assert [trip["traveller"] for trip in to_json(found)["other_trips"]] == ["Tom Okafor"]


def test_a_text_without_places() -> None:
    found = explain("Nothing happened.")
    assert (found.places, found.dates, found.order) == ((), (), ())
    assert "No stop of a trip was found in the text." in dumps(found)


@settings(max_examples=30, deadline=None)
@given(words)
def test_any_text_is_explained(text: str) -> None:
    try:
        assert dumps(explain(text))
    except InputError:
        assert not text.strip() or not text.isprintable()
