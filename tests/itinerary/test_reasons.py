"""The words that say why a mention is a stop or not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from itinerary.model import Reading
from itinerary.reader import analyse
from itinerary.reasons import (
    VERDICTS,
    explain_mention,
    feature_words,
    place_words,
    return_words,
    set_aside_reason,
    strength_words,
)
from itinerary.visits import VETOES, Weights, load_weights


def why_not(text: str, place: str) -> tuple[Reading, str]:
    a = analyse(text)
    k = next(k for k, t in enumerate(a.toponyms) if place in t.name)
    return set_aside_reason(a.toponyms[k], a.contexts[k])


@pytest.mark.parametrize(
    ("text", "place", "reading"),
    [
        ("She met Jordan Lee in Oslo.", "Jordan", Reading.ATTRIBUTIVE),
        ("She met Uzbek officials.", "Uzbek", Reading.ATTRIBUTIVE),
        ("Norway’s minister spoke.", "Norway", Reading.ATTRIBUTIVE),
        ("She postponed a trip to Rome.", "Rome", Reading.CANCELLED),
        ("She will not visit Rome.", "Rome", Reading.CANCELLED),
        ("She had visited Rome.", "Rome", Reading.PAST),
        ("She might visit Rome.", "Rome", Reading.HYPOTHETICAL),
        ("ROME, 3 May 2024 — Nobody said a word.", "ROME", Reading.BACKGROUND),
        ("The war in Ukraine goes on.", "Ukraine", Reading.BACKGROUND),
        (
            "Elena Marques flies to Oslo on Monday. Her deputy, Tom Okafor, will travel to Ottawa.",
            "Ottawa",
            Reading.OTHER_TRAVELLER,
        ),
        ("Last year she was in Rome.", "Rome", Reading.PAST),
    ],
)
def test_readings(text: str, place: str, reading: Reading) -> None:
    assert why_not(text, place)[0] is reading


def test_a_part_of_a_name_is_shown_with_the_name() -> None:
    assert why_not("She met Jordan Lee in Oslo.", "Jordan")[1] == "part of a person’s name: Jordan Lee"


def test_a_topic_is_shown_with_its_word() -> None:
    assert why_not("The war in Ukraine goes on.", "Ukraine")[1] == "a topic: “war”"


@pytest.mark.parametrize(
    "text",
    [
        "She met Jordan Lee, Uzbek officials and Norway’s king. She had visited Rome and might go to Pisa.",
        "ROME, 3 May 2024 — The war in Ukraine goes on, and so does rain in Peru, Lima.",
    ],
)
def test_every_place_has_a_reason_in_words(text: str) -> None:
    a = analyse(text)
    for t, context in zip(a.toponyms, a.contexts, strict=True):
        reading, reason = set_aside_reason(t, context)
        assert reading is not Reading.VISIT
        assert reason.strip() == reason != ""
        assert not reason.endswith(".")


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("dateline", "stands in the dateline"),
        ("opens the item", "opens its line"),
        ("rule:cancelled", "called off"),
        ("prep:to", "“to” before it"),
        ("prep:none+town", "no “in” or “to” before the name of a town"),
        ("verb:go+future", "the clause speaks of going, to come"),
        ("verb:go+to", "the clause speaks of going, with “to” before it"),
        ("subject:other+meet", "somebody else acts, and the clause speaks of meeting or attending"),
        ("next:noun event", "a word for an event behind it"),
        ("next:verb event", "a word for beginning or ending behind it"),
        ("head:noun event", "a word for an event leads to it"),
        ("before it:back", "“back” shortly before it"),
        ("after it:(name)", "a name shortly behind it"),
        ("with it:war", "“war” in its sentence"),
        ("next:’s", "“’s” behind it"),
        ("word:fly", "the word “fly” leads to it"),
        ("date:day, day to come", "beside a day: the day is to come"),
        ("size:large", "a city of more than a million"),
        ("never heard of", ""),
        ("", ""),
    ],
)
def test_features_in_words(feature: str, words: str) -> None:
    assert feature_words(feature) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She visited Rome.", "“visit”: visits it"),
        ("She left Rome.", "“leave”: leaves it"),
        ("The summit in Rome begins.", "“summit” there"),
    ],
)
def test_a_visit_is_explained_by_its_verb(text: str, words: str) -> None:
    (context,) = analyse(text).contexts
    assert explain_mention(context, load_weights()["mention"], True).startswith(words)


def test_only_features_of_the_side_argued_for_are_named() -> None:
    (context,) = analyse("She might visit Rome on 3 May 2024.").contexts
    model = Weights(0.0, {"modal": -2.0, "date at hand": 1.0})
    assert "a date stands by it" in explain_mention(context, model, True)
    assert "only possible" not in explain_mention(context, model, True)
    assert "only possible" in explain_mention(context, model, False)


def test_without_any_sign_the_reason_is_still_words() -> None:
    (context,) = analyse("Rome").contexts
    assert explain_mention(context, Weights(0.0, {}), True) == "named as part of the trip"


@pytest.mark.parametrize(
    ("model", "words"), [("mention", feature_words), ("place", place_words), ("return", return_words)]
)
def test_every_feature_with_a_weight_has_words(model: str, words: Callable[[str], str]) -> None:
    """A new feature needs words in itinerary/reasons.py, or a pattern that fits it."""
    weights = load_weights()[model].weights
    assert [feature for feature in weights if not words(feature)] == []
    jargon = re.compile(r"[\w ]:\w|\+|log-odds|toponym|timex|feature|preposition|admin1", re.IGNORECASE)
    told = {words(feature) for feature in weights}
    assert [line for line in told if jargon.search(re.sub("“.*?”", "", line))] == []
    assert all(line == line.strip() and not line.endswith(".") for line in told)


def test_what_no_weight_overrules_has_words() -> None:
    assert all(map(feature_words, VETOES))


def test_every_verdict_has_words() -> None:
    assert set(VERDICTS) == set(Reading)


@pytest.mark.parametrize(
    ("feature", "value", "words"),
    [
        ("best mention", 0.4, "its best mention is that of a stop"),
        ("best mention", -0.4, "even its best mention is not that of a stop"),
        ("best prep:to", 1.0, "best mention: “to” before it"),
        ("first mention", -1.0, "its first mention is not that of a stop"),
        ("rule:past", 1.0, "an earlier time"),
        ("kind city", 1.0, "a town"),
        ("best never heard of", 1.0, ""),
    ],
)
def test_features_of_a_place_in_words(feature: str, value: float, words: str) -> None:
    assert place_words(feature, value) == words


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("a later day", "a later day than before"),
        ("places between 1", "another place named since"),
        ("was prep:from", "before: “from” before it"),
        ("with home", "“home” by it"),
        ("prep:to", "“to” before it"),
        ("was never heard of", ""),
    ],
)
def test_features_of_a_place_named_again_in_words(feature: str, words: str) -> None:
    assert return_words(feature) == words


@pytest.mark.parametrize(
    ("score", "words"),
    [(2.5, "strongly for"), (1.0, "clearly for"), (0.0, "slightly for"), (-3.0, "strongly against")],
)
def test_how_clearly(score: float, words: str) -> None:
    assert strength_words(score) == words
