"""What a stop is for, in a few words, and who is met."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import itinerary.purposes
from itinerary import purposes
from itinerary.model import Purpose
from itinerary.people import find_names
from itinerary.purposes import Description, describe, features
from itinerary.sentences import parse

PLACES = ("Lima", "Cairo", "Rome", "Oslo", "Riga", "Vienna", "Bern", "Graz", "Lyon", "Turin", "Quito")


def told(text: str, place: str, **options: object) -> Description:
    """Describe the stop at a place of a text."""
    doc = parse(text)
    found = find_names(doc, PLACES.__contains__)
    tokens = [i for i, w in enumerate(doc.words) if w in PLACES]
    mentions = [(i, i + 1) for i in tokens if doc.words[i] == place]
    return describe(doc, mentions, found, places=tokens, **options)  # type: ignore[arg-type]


OFFICIAL = "The Secretary of State will visit three countries next week, the State Department said. "
TOUR = (
    "THE SLOW OWLS on tour, spring dates\n\n01/04 Lima – The Cellar\n03/04 Quito – Blue Hall (sold out)\n"
    "05/04 Bern – Dampf\n06/04 Graz – Orpheum\n09/04 Lyon – Le Rat\n10/04 Turin – Spazio\n"
)
PILGRIMS = (
    "Our parish pilgrimage begins at Rome, with prayers at the tomb of the apostle. From there the pilgrims "
    "go to Turin to see the relics, and end at Lyon with mass in the basilica."
)
HOLIDAY = "Two nights in Lima, at a hostel near the beach. Then I took a bus to Quito and we hiked a week."


@pytest.mark.parametrize(
    ("text", "place", "purpose"),
    [
        (OFFICIAL + "In Cairo, he will meet President Amal Naguib for talks.", "Cairo", Purpose.BILATERAL),
        (OFFICIAL + "He then flies to Rome for the G20 Summit.", "Rome", Purpose.MULTILATERAL),
        (OFFICIAL + "In Oslo he will lay a wreath at the cemetery.", "Oslo", Purpose.CEREMONY),
        (OFFICIAL + "In Riga he will deliver a speech on freedom of the press.", "Riga", Purpose.SPEECH),
        (TOUR, "Graz", Purpose.PERFORMANCE),
        (PILGRIMS, "Turin", Purpose.PILGRIMAGE),
        (HOLIDAY, "Lima", Purpose.LEISURE),
        (HOLIDAY, "Quito", Purpose.LEISURE),
    ],
)
def test_the_purpose(text: str, place: str, purpose: Purpose) -> None:
    assert told(text, place).purpose is purpose


def test_words_about_another_place_do_not_count() -> None:
    text = OFFICIAL + "In Cairo, he will meet President Amal Naguib. In Rome, he will attend the G20 Summit."
    assert told(text, "Cairo").purpose is Purpose.BILATERAL
    assert told(text, "Rome").purpose is Purpose.MULTILATERAL


def test_places_of_one_list_share_what_follows_it() -> None:
    text = OFFICIAL + "He goes to Lima, Quito and Bern for a summit of foreign ministers."
    assert {told(text, p).purpose for p in ("Lima", "Quito", "Bern")} == {Purpose.MULTILATERAL}


def test_a_change_of_planes_is_for_nothing() -> None:
    assert told(HOLIDAY, "Lima", kind="transit").purpose is Purpose.UNKNOWN


@pytest.mark.parametrize(
    ("text", "place", "title"),
    [
        (
            OFFICIAL + "He then flies to Rome for the Nordic Leaders’ Summit.",
            "Rome",
            "Nordic Leaders’ Summit",
        ),
        (
            OFFICIAL + "In Cairo there will be talks with Egyptian officials.",
            "Cairo",
            "talks with Egyptian officials",
        ),
        (TOUR, "Bern", "Dampf"),
        (HOLIDAY, "Lima", "hostel near the beach"),
    ],
)
def test_the_title_is_a_phrase_of_the_text(text: str, place: str, title: str) -> None:
    assert told(text, place).title == title


def test_who_is_met() -> None:
    text = (
        OFFICIAL
        + "In Cairo, he will meet President Amal Naguib and senior Egyptian officials. Carl Otto stays home."
    )
    assert told(text, "Cairo").people == ("President Amal Naguib", "senior Egyptian officials")


def test_nobody_meets_himself() -> None:
    text = "In Cairo, President Carl Otto met with students, and Otto and Ana Ruiz left."
    assert "Otto" not in " ".join(told(text, "Cairo", traveller=frozenset({"otto"})).people)


def test_nothing_is_made_up_where_the_text_is_silent() -> None:
    found = told("He will visit Lima.", "Lima")
    assert (found.title, found.people, found.title_span) == ("", (), None)


@pytest.mark.parametrize(
    "text", [TOUR, PILGRIMS, HOLIDAY, OFFICIAL + "In Cairo he will meet President Amal Naguib."]
)
def test_spans_hold_the_words(text: str) -> None:
    for place in PLACES:
        found = told(text, place)
        if found.title_span is not None:
            assert found.title_span.of(text) == found.title
        assert tuple(s.of(text) for s in found.people_spans) == found.people
        assert len(found.title.split()) <= 10


def test_a_stop_that_is_not_named_is_no_fault() -> None:
    assert isinstance(describe(parse("We went home."), [], ()), Description)
    assert isinstance(describe(parse(""), [], ()), Description)


def test_the_weights_speak_of_known_purposes_and_features() -> None:
    path = Path(itinerary.purposes.__file__).parent / "data" / "purpose_weights.json"
    weights = json.loads(path.read_text(encoding="utf-8"))["weights"]
    assert set(weights) == {p.value for p in Purpose}
    doc = parse(OFFICIAL + "In Cairo he will meet President Amal Naguib.")
    seen = features(doc, [(doc.words.index("Cairo"), doc.words.index("Cairo") + 1)], ())
    assert seen.keys() & weights["bilateral"].keys()


def test_without_a_word_of_it_nobody_plays_sings_or_prays(monkeypatch: pytest.MonkeyPatch) -> None:
    loud = {kind: {"": 5.0 if kind == "sport" else 0.0} for kind in (*Purpose, "unknown")}
    loud["unknown"] = {"": -5.0}
    monkeypatch.setattr(purposes, "_weights", lambda: loud)
    assert purposes._judge({"bias": 1.0}) is not Purpose.SPORT
    assert purposes._judge({"text:sport": 1.0}) is Purpose.SPORT
    assert purposes._judge({"domain:team": 1.0}) is Purpose.SPORT
