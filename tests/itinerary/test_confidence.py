"""How sure the reader is of a stop and of its days."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

import itinerary
from itinerary import confidence, reader
from itinerary.confidence import Made, date_features, load_confidence, rate, stop_features
from itinerary.errors import LexiconError
from itinerary.model import Stop
from itinerary.visits import Weights


def made(text: str, published: str | None = "2024-05-03") -> Made:
    """Return what the confidence of a text rests on."""
    kept: list[Made] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "rate", lambda what: kept.append(what) or rate(what))
        itinerary.read(text, published)
    return kept[0]


def stop(text: str, place: str, published: str | None = "2024-05-03") -> Stop:
    return next(s for s in itinerary.read(text, published).stops if s.place.name == place)


PLAIN = "Elena Marques will visit Oslo on 6 May 2024 and travel on to Bergen on 8 May 2024."


def test_every_stop_has_a_figure_and_days_have_one_of_their_own() -> None:
    for s in itinerary.read(PLAIN, "2024-05-03").stops:
        assert 0.5 < s.confidence < 1
        assert s.dates_confidence is not None
        assert 0 < s.dates_confidence < 1


def test_without_days_there_is_nothing_to_be_sure_of() -> None:
    assert stop("Elena Marques will visit Oslo.", "Oslo", None).dates_confidence is None


def test_numbered_days_count_as_days() -> None:
    found = stop("Day 1: Rome\nDay 2: Florence\nDay 3: Rome", "Florence", None)
    assert (found.arrive, found.arrive_day) == (None, 2)
    assert found.dates_confidence is not None


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        # dated or not
        ("Elena Marques will visit Oslo on 6 May 2024.", "Elena Marques will visit Oslo."),
        # alone, or one of many stays at the same place
        (
            "Elena Marques will visit Oslo on 6 May 2024.",
            "We went to Oslo. Then to Bergen. Then back to Oslo. Then to Narvik. Then back to Oslo.",
        ),
    ],
)
def test_less_said_is_less_sure(surer: str, less_sure: str) -> None:
    assert stop(surer, "Oslo").confidence > stop(less_sure, "Oslo").confidence


def test_days_that_are_only_inferred_are_less_sure() -> None:
    stated = (
        "Elena Marques will visit Oslo on 6 May 2024. On 8 May 2024 she goes to Bergen. "
        "On 10 May 2024 she reaches Narvik."
    )
    between = stated.replace("On 8 May 2024 she", "Then she")
    assert stop(stated, "Bergen").dates_confidence > stop(between, "Bergen").dates_confidence


def test_features_tell_what_the_text_says() -> None:
    found = made("Elena Marques will visit Bergen on 8 May 2024 after Oslo, where she arrives on 6 May 2024.")
    assert [s.place.name for s in found.stays] == ["Oslo", "Bergen"]
    for features in stop_features(found):
        assert features["stops told in another order"] == pytest.approx(1 / 3)
        assert features["dated"] == 1.0
        assert all(x for x in features.values())
    first, last = date_features(found)
    assert first is not None
    assert last is not None
    assert ("last" in first, "last" in last) == (False, True)
    assert "arrival stated" in first


def test_every_weight_speaks_of_a_feature_that_there_is() -> None:
    """A feature that is renamed would go on as a weight that nothing uses."""
    texts = [
        PLAIN,
        "Day 1: Rome\nDay 2: Florence\nDay 3: Rome",
        "We left Lisbon next week for Porto, changed planes in Madrid, and returned home to Lisbon.",
        "Elena Marques leaves for Kenya in June. She goes to Peru and back to Kenya from 3 to 6 July.",
        "Elena Marques will visit Bergen on 8 May 2024 after Oslo, where she arrives on 6 May 2024.",
        "Elena Marques visits Oslo on Monday, where she will speak of the war in Ukraine.",
        "After Oslo, Elena Marques will visit Bergen from 6 to 8 May 2024 and then Narvik.",
    ]
    seen: dict[str, set[str]] = {"stop": set(), "dates": set()}
    for text in texts:
        for published in ("2024-05-03", None):
            found = made(text, published)
            seen["stop"] |= {f for row in stop_features(found) for f in row}
            seen["dates"] |= {f for row in date_features(found) if row for f in row}
    rare = {
        "stop": {"site", "day trip", "not on the map"},
        "dates": {"days contradict each other", "range pins the ends", "comes back", "only a range"},
    }
    for name, model in load_confidence().items():
        unknown = {f for f in model.weights if not f.startswith("role ")} - seen[name] - rare[name]
        assert not unknown
        assert all(math.isfinite(w) for w in (model.bias, *model.weights.values()))


def test_given_weights_decide() -> None:
    even = {"stop": Weights(0.0, {}), "dates": Weights(math.log(3), {})}
    assert [(s.stop, s.dates) for s in rate(made(PLAIN), even)] == [(0.5, 0.75)] * 2


@pytest.mark.parametrize("content", [None, "{", '{"models": {"stop": {}}}'])
def test_a_faulty_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None) -> None:
    path = tmp_path / "confidence.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(confidence, "FILE", path)
    with pytest.raises(LexiconError, match=r"confidence\.json, whole file: cannot be read"):
        load_confidence.__wrapped__()


def test_the_file_says_how_it_was_made() -> None:
    data = json.loads(confidence.FILE.read_text(encoding="utf-8"))
    assert set(data["models"]) == {"stop", "dates"}
    assert "tests/train.py" in data["about"]
