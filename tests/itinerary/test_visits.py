"""Is a place visited? The linear model, the groups and the learned weights."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from itinerary import visits
from itinerary.errors import LexiconError
from itinerary.model import Kind, Place
from itinerary.reader import Analysis, analyse
from itinerary.toponyms import Toponym
from itinerary.visits import (
    Judgement,
    Weights,
    group_mentions,
    judge,
    load_weights,
    probability,
)

MODEL = Weights(-1.0, {"near": 2.0, "far": -0.5})


@pytest.mark.parametrize(
    ("features", "score"),
    [
        ((), -1.0),
        (("near",), 1.0),
        (("near", "far", "unheard of"), 0.5),
        ({"near": 0.5}, 0.0),
        ({"near": 1.0, "far": 2.0, "unheard of": 9.0}, 0.0),
    ],
)
def test_a_score_is_the_sum_of_what_is_known(features: object, score: float) -> None:
    assert MODEL.score(features) == pytest.approx(score)  # type: ignore[arg-type]


def test_reasons_are_the_heaviest_first_and_only_those_known() -> None:
    assert MODEL.reasons(("far", "near", "unheard of")) == (("near", 2.0), ("far", -0.5))
    assert MODEL.reasons({"far": 10.0, "near": 1.0}, limit=1) == (("far", -5.0),)


@pytest.mark.parametrize(("score", "wanted"), [(0.0, 0.5), (math.log(3), 0.75), (-math.log(3), 0.25)])
def test_log_odds_as_probability(score: float, wanted: float) -> None:
    assert probability(score) == pytest.approx(wanted)


@pytest.mark.parametrize("score", [1e6, -1e6, math.inf, -math.inf])
def test_probabilities_stay_within_bounds(score: float) -> None:
    assert 0 <= probability(score) <= 1


def test_the_learned_models_are_there_and_say_no_by_default() -> None:
    models = load_weights()
    assert set(models) == {"mention", "place", "return"}
    assert all(0 < m.threshold < 1 and m.weights for m in models.values())
    assert probability(models["place"].score({})) < 0.5
    assert all(math.isfinite(w) for m in models.values() for w in m.weights.values())


@pytest.mark.parametrize("content", [None, "{", "{}", '{"models": {"mention": {"bias": 0}}}'])
def test_faulty_weights_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    path = tmp_path / "weights.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(visits, "FILE", path)
    with pytest.raises(LexiconError, match=r"weights\.json, whole file: cannot be read"):
        load_weights.__wrapped__()


def test_the_weights_file_says_how_it_was_made() -> None:
    data = json.loads(visits.FILE.read_text(encoding="utf-8"))
    assert "tests/train.py" in data["about"]


def toponym(name: str, form: str = "name") -> Toponym:
    return Toponym(0, 1, name, (), form=form)


def at(
    name: str, latitude: float = 10.0, longitude: float = 20.0, kind: Kind = Kind.CITY, source: str = ""
) -> Place:
    return Place(name, "IN", latitude, longitude, kind, source or f"test:{name}")


def grouped(*places: Place | None, form: str = "name") -> list[tuple[str, tuple[int, ...]]]:
    toponyms = [toponym(p.name if p else "x", form) for p in places]
    return [(g.place.name, g.members) for g in group_mentions(toponyms, places)]


def test_mentions_of_one_place_are_one_group_in_order_of_first_mention() -> None:
    a, b = at("Agra"), at("Pune", 40)
    assert grouped(b, a, b, None, a) == [("Pune", (0, 2)), ("Agra", (1, 4))]


def test_adjectives_are_no_mentions_of_a_stay() -> None:
    assert grouped(at("India", kind=Kind.COUNTRY), form="people") == []


@pytest.mark.parametrize(
    ("a", "b", "groups"),
    [
        (at("Delhi"), at("New Delhi", 10.1), 1),
        (at("Mexico City"), at("Mexico", 10.1), 1),
        (at("Delhi"), at("New Delhi", 30), 2),  # far away
        (at("Delhi"), at("Delhi", 10.1, kind=Kind.REGION, source="test:r"), 2),  # not a city
        (at("East Delhi"), at("West Delhi"), 2),
        (at("York"), at("Newyork"), 2),  # no word of its own
    ],
)
def test_names_of_one_city_are_one_group(a: Place, b: Place, groups: int) -> None:
    found = grouped(a, b)
    assert len(found) == groups
    if groups == 1:
        assert found == [(max(a.name, b.name, key=len), (0, 1))]


def judged(text: str) -> tuple[Analysis, dict[str, Judgement]]:
    analysis = analyse(text)
    judgements = judge(analysis.groups, analysis.toponyms, analysis.contexts, analysis.inside)
    assert [j.group for j in judgements] == list(analysis.groups)
    return analysis, {j.group.place.name: j for j in judgements}


@pytest.mark.parametrize(
    ("text", "visited"),
    [
        ("On 3 May 2024 she flew to Rome and stayed two nights.", {"Rome": True}),
        (
            "Elena Marques will travel to Kenya and Peru before going to India.",
            {"Kenya": True, "Peru": True, "India": True},
        ),
        (
            "The price of oil rose in Norway because of the war in Ukraine.",
            {"Norway": False, "Ukraine": False},
        ),
        (
            "She arrives in Oslo on 3 May 2024. She cancelled her visit to Rome.",
            {"Oslo": True, "Rome": False},
        ),
    ],
)
def test_judgements(text: str, visited: dict[str, bool]) -> None:
    assert {name: j.visited for name, j in judged(text)[1].items()} == visited


@pytest.mark.parametrize(
    ("text", "place", "feature"),
    [
        ("She visited Oslo last week. She will fly to Rome and Lima.", "Oslo", "past, and others to come"),
        ("She visited Rome and flew to Lima. She will go to Oslo.", "Oslo", "to come, and others past"),
        ("She visited Oslo. She flew to Rome and Lima.", "Oslo", ""),
    ],
)
def test_the_tense_of_a_place_is_compared_with_that_of_others(text: str, place: str, feature: str) -> None:
    a = analyse(text)
    scores = [1.0] * len(a.toponyms)
    n = next(n for n, g in enumerate(a.groups) if g.place.name == place)
    found = visits.place_features(
        n, a.groups, scores, visits.best_scores(a.groups, scores), a.toponyms, a.contexts, a.inside
    )
    told = {f for f in found if "others" in f and ("past" in f or "to come" in f)}
    assert told == ({feature} if feature else set())


def test_the_threshold_decides() -> None:
    analysis, _ = judged("Elena Marques will visit Kenya and hold talks in Peru and India.")
    arguments = (analysis.groups, analysis.toponyms, analysis.contexts, analysis.inside)
    models = dict(load_weights())
    models["place"] = Weights(0.0, {}, threshold=0.5)
    assert all(j.visited for j in judge(*arguments, models))
    models["place"] = Weights(-0.01, {}, threshold=0.5)
    assert not any(j.visited for j in judge(*arguments, models))


def test_a_country_that_is_announced_is_kept_as_its_town() -> None:
    models = dict(load_weights())
    models["place"] = Weights(-1.0, {}, threshold=0.5)  # which by itself keeps nothing

    def kept(text: str) -> list[str]:
        analysis, _ = judged(text)
        arguments = (analysis.groups, analysis.toponyms, analysis.contexts, analysis.inside)
        return [j.group.place.name for j in judge(*arguments, models) if j.visited]

    start = "Elena Marques will begin in Quito. "
    assert kept(start + "She will then fly to Peru. The meeting opens in Lima.") == ["Lima"]
    assert kept(start + "She will then fly to Peru.") == ["Peru"]
    assert kept(start + "She will not fly to Peru. The meeting opens in Lima.") == []
    assert kept(start + "Her deputy will fly to Peru. The meeting opens in Lima.") == []


def test_a_country_knows_the_places_in_it() -> None:
    analysis, _ = judged("She will visit Kazakhstan. In Astana she will meet students.")
    names = [g.place.name for g in analysis.groups]
    assert analysis.inside == {names.index("Kazakhstan"): [names.index("Astana")]}
