"""The words that say why a mention is a stop or not."""

from __future__ import annotations

import pytest

from itinerary.model import Reading
from itinerary.reader import analyse
from itinerary.reasons import explain_mention, feature_words, set_aside_reason
from itinerary.visits import Weights, load_weights


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
        ("prep:to", ""),
        ("size:large", ""),
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
