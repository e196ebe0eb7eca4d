"""The trainer: what is exported decides as what was fitted, and what is said of figures is right."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from itinerary import confidence, purposes, reader, roles, route, visits
from itinerary.visits import Weights
from tests import heldout, train

# Texts, and the places in them that are stops.
TEXTS = (
    (
        "Mara Lindqvist will fly to Oslo on Monday and go on to Bergen on Friday. She spoke of Ukraine.",
        "Oslo Bergen",
    ),
    (
        "We left Lisbon on 3 May 2024, stayed in Porto and went back to Lisbon. It rains in Madrid.",
        "Lisbon Porto",
    ),
    (
        "The minister arrives in Nairobi on Friday. A trip to Kampala was called off after talks with Peru.",
        "Nairobi",
    ),
    (
        "After a night in Hanoi we took the train to Hue. Years ago I saw Bangkok. Then home to Hanoi.",
        "Hanoi Hue",
    ),
    (
        "The band plays in Graz, Linz and Vienna next week. Fans from Hungary and Poland are expected.",
        "Graz Linz Vienna",
    ),
    (
        "She met the ambassador of Peru in Quito and goes to Bogota tomorrow. Oil rose in Norway.",
        "Quito Bogota",
    ),
    (
        "Day 1: Rome. Day 2: Florence. Day 3: back to Rome. Unlike Naples, both have trams.",
        "Rome Florence",
    ),
    (
        "He drove from Cork to Galway on Tuesday, then returned to Cork. His brother lives in Boston.",
        "Cork Galway",
    ),
    (
        "We flew to Turin and on to Parma. In Turin we had eaten well. Parma is small, Turin is not.",
        "Turin Parma",
    ),
)


@pytest.fixture(scope="module")
def samples() -> list[train.Sample]:
    out = []
    for text, stops in TEXTS:
        analysis = reader.analyse(text)
        labels: list[int | None] = [int(g.place.name in stops.split()) for g in analysis.groups]
        mentions: list[int | None] = [None] * len(analysis.toponyms)
        for group, label in zip(analysis.groups, labels, strict=True):
            for k in group.members:
                mentions[k] = label
        out.append(train.Sample("own", {"id": text[:9], "stops": []}, analysis, mentions, labels))
    return out


def rows_of(samples: list[train.Sample], model: str) -> tuple[list[dict[str, float]], list[int]]:
    """Return the rows that a model is fitted on, with labels."""
    if model == "mention":
        return (
            [dict.fromkeys(c.everything, 1.0) for s in samples for c in s.analysis.contexts],
            [label or 0 for s in samples for label in s.mention_labels],
        )
    rows: list[dict[str, float]] = []
    labels: list[int] = []
    weights = visits.load_weights()["mention"]
    for s in samples:
        a = s.analysis
        scores = visits.mention_scores(a.contexts, weights)
        if model == "place":
            found, known = train.rows_of(s, scores)
            rows += found
            labels += known
            continue
        judged = visits.judge(a.groups, a.toponyms, a.contexts, a.inside)
        events = route.stay_events(judged, range(len(a.groups)))
        for i in range(len(events)):
            features = route.return_features(i, events, a.doc, a.toponyms, a.contexts, a.timexes, judged)
            if features is not None:
                rows.append(features)
                labels.append(int("back" in features))
    return rows, labels


@pytest.mark.parametrize(
    ("model", "options"),
    [("mention", train.MENTION), ("place", train.PLACE), ("return", train.RETURN)],
)
def test_exported_weights_decide_as_the_trainer_does(
    samples: list[train.Sample], model: str, options: dict
) -> None:
    rows, labels = rows_of(samples, model)
    assert set(labels) == {0, 1}
    weights, decide = train.fitted(rows, labels, **(options | {"rare": 1, "strength": 1.0}))
    for row in rows:
        ours = weights.score(row)
        assert ours == pytest.approx(decide(row), abs=0.01)
        assert (ours > 0) == (decide(row) > 0)
    assert weights.score({"never seen": 1.0}) == weights.bias
    learned = [int(weights.score(row) > 0) for row in rows]
    assert sum(a == b for a, b in zip(learned, labels, strict=True)) > 0.9 * len(labels)


def test_a_mention_scores_the_same_as_a_list_and_as_a_table(samples: list[train.Sample]) -> None:
    """The program hands over names of features, the trainer a table of ones."""
    weights = visits.load_weights()["mention"]
    for s in samples:
        for context in s.analysis.contexts:
            assert len(set(context.features)) == len(context.features)
            table = dict.fromkeys(context.features, 1.0)
            assert weights.score(context.features) == pytest.approx(weights.score(table))


def test_exported_confidence_decides_as_the_trainer_does(samples: list[train.Sample]) -> None:
    pick = random.Random(8)
    made = [heldout.read(Matcher, s, models_in_use()) for s in samples for _ in range(8)]
    cases = [(features, int(pick.random() < 0.7)) for r in made for features, _ in r.stops]
    weights, decide = train.fitted([f for f, _ in cases], [y for _, y in cases], **heldout.STOP)
    for features, _ in cases:
        wanted = visits.probability(decide(features))
        assert confidence._sure(weights, features) == pytest.approx(wanted, abs=2e-3)


class Matcher:
    """Stands in for the scoring script: stops match by name."""

    @staticmethod
    def ordered_matches(gold: list[dict], pred: list[dict]) -> list[tuple[int, int]]:
        return [(i, j) for i, g in enumerate(gold) for j, p in enumerate(pred) if g["place"] == p["place"]]

    @staticmethod
    def bounds(stop: dict) -> list[int] | None:
        return stop.get("bounds")

    @staticmethod
    def is_numbered(stop: dict) -> bool:
        return bool(stop.get("numbered"))


def models_in_use() -> heldout.Models:
    return heldout.Models(visits.load_weights(), roles.load_role_weights(), purposes._weights())


def test_given_weights_decide_and_are_put_back(samples: list[train.Sample]) -> None:
    never = models_in_use().visits | {"place": Weights(-9.0, {})}
    before = roles.load_role_weights, purposes._weights, reader.rate
    reading = heldout.read(Matcher, samples[0], heldout.Models(never, roles.load_role_weights(), {}))
    assert reading.answer["stops"] == []
    assert (roles.load_role_weights, purposes._weights, reader.rate) == before
    usual = heldout.read(Matcher, samples[0], models_in_use())
    assert [s["place"] for s in usual.answer["stops"]] == ["Oslo", "Bergen"]
    assert {
        s["purpose"]
        for s in heldout.read(
            Matcher, samples[0], heldout.Models(models_in_use().visits, roles.load_role_weights(), {})
        ).answer["stops"]
    } == {"unknown"}


@pytest.mark.parametrize(
    ("gold", "stop", "right"),
    [
        ({"bounds": [1, 2, 3, 4]}, {"bounds": [1, 2, 3, 4]}, True),
        ({"bounds": [1, 2, 3, 4]}, {"bounds": [2, 1, 3, 5]}, True),
        ({"bounds": [1, 2, 3, 4]}, {"bounds": [1, 2, 3, 6]}, False),
        ({"bounds": None}, {"bounds": [1, 2, 3, 4]}, False),
        ({"bounds": [1, 1, 1, 1], "numbered": True}, {"bounds": [1, 1, 1, 1]}, False),
    ],
)
def test_days_are_right_within_a_day(gold: dict, stop: dict, right: bool) -> None:
    assert heldout.near(Matcher, gold, stop) is right


def test_what_was_said_is_compared_with_what_was_right() -> None:
    pairs = [(0.95, 1)] * 9 + [(0.95, 0)] + [(0.75, 1), (0.75, 0)] + [(1.0, 1)] * 0
    bins, error = heldout.reliability(pairs)
    assert [(b.low, b.count) for b in bins] == [(0.7, 2), (0.9, 10)]
    assert [b.right for b in bins] == pytest.approx([0.5, 0.9])
    assert error == pytest.approx((2 * 0.25 + 10 * 0.05) / 12)
    assert heldout.reliability([(1.0, 1)])[0][0].count == 1
    assert heldout.reliability([]) == ([], 0.0)


def test_every_document_is_held_out_once() -> None:
    parts = train.folds(23, 5)
    assert sorted(i for part in parts for i in part) == list(range(23))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
    assert parts == train.folds(23, 5)


def test_texts_of_our_own_are_read_from_lines_of_json(tmp_path: Path) -> None:
    gold = {"id": "o-1", "text": "We fly to Oslo.", "published": "2024-05-03", "stops": [], "not_stops": []}
    (tmp_path / "a.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    phrases = '[names]\ncity = "Rome, Oslo"\n[phrases]\nvisited = "We fly to {+city}."\n'
    (tmp_path / "phrases.toml").write_text(phrases, encoding="utf-8")

    class Score(Matcher):
        @staticmethod
        def read_gold(path: Path) -> list[dict]:
            return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

        @staticmethod
        def fold(name: str) -> str:
            return name.casefold()

        @staticmethod
        def same_place(gold: dict, stop: dict) -> bool:
            return bool(gold["place"] == stop["place"])

    sample, *phrases = train.load_own(Score, tmp_path)
    assert (sample.corpus, sample.place_labels) == ("own", [0])
    assert sample.undated is not None
    assert sample.undated.analysis.published is None
    assert {(p.corpus, *p.place_labels) for p in phrases} == {("phrases", 1)}


def test_saved_weights_are_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = {"stop": Weights(0.5, {"dated": 1.25}), "dates": Weights(-0.5, {"last": -1.0})}
    path = tmp_path / "confidence.json"
    train.save(path, "texts of our own", 3, models)
    monkeypatch.setattr(confidence, "FILE", path)
    found = confidence.load_confidence.__wrapped__()
    assert {n: (w.bias, w.weights) for n, w in found.items()} == {
        n: (w.bias, w.weights) for n, w in models.items()
    }
    assert "tests/train.py" in json.loads(path.read_text(encoding="utf-8"))["about"]


def test_rows_count_by_their_share() -> None:
    rows = [{"here": 1.0}] * 6 + [{"there": 1.0}] * 6
    labels = [1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1]
    options = train.MENTION | {"rare": 1, "strength": 10.0}
    even = train.fit(rows, labels, **options)
    uneven = train.fit(rows, labels, **options, shares=[1.0] * 3 + [0.1] * 3 + [1.0] * 6)
    assert abs(even.score({"here": 1.0})) < 0.05
    assert uneven.score({"here": 1.0}) > 1.0
