"""Classes of words: what is learned of a class holds for its words, and for no others."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from itinerary.visits import Weights
from tests import train, word_classes

KNOWN = {
    "tour": {"noun": ["act"], "verb": ["motion"]},
    "plan": {"verb": ["cognition", "social"], "noun": ["cognition"]},
    "city": {"noun": ["location", "group"]},
    "news": {"noun": ["communication"]},
    "swift": {"adjective": [""]},
}


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("visited", "verb.social"),
        ("toured", "verb.motion"),
        ("sailed", "verb.motion"),
        ("ambassador", "noun.person"),
        ("the", None),
    ],
)
def test_words_have_the_class_of_their_first_sense(word: str, name: str | None) -> None:
    assert word_classes.load().get(word) == name


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("toured", "verb.motion"),
        ("tours", "noun.act"),
        ("planning", "verb.cognition"),
        ("cities", "noun.location"),
        ("news", "noun.communication"),
        ("swift", "adjective"),
        ("swifts", "adjective"),
        ("unheard", ""),
        ("red", ""),
    ],
)
def test_a_form_is_classed_by_its_base(word: str, name: str) -> None:
    assert word_classes.class_of(word, KNOWN) == name


def test_no_word_has_two_classes() -> None:
    lines = [x for x in word_classes.FILE.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    words = [word for line in lines for word in line.partition(": ")[2].split()]
    assert len(words) == len(set(words)) == len(word_classes.load())


def test_the_file_says_where_it_is_from() -> None:
    head = word_classes.FILE.read_text(encoding="utf-8")[:400]
    assert "Open English WordNet (CC BY 4.0" in head
    assert "Princeton WordNet" in head


def test_weights_spread_over_words_decide_as_words_and_classes_do() -> None:
    beside = ("before it:toured", "before it:sailed", "before it:the", "after it:sailed", "with it:sailed")
    learned = Weights(
        -0.3,
        {"before it:toured": 0.4, "class before it:verb.motion": 0.6, "class after it:verb.motion": -0.2},
    )
    spread = word_classes.spread(learned)
    assert not any(f.startswith("class ") for f in spread.weights)
    assert spread.score(beside) == pytest.approx(
        learned.score(dict.fromkeys(beside, 1.0) | word_classes.features(beside))
    )
    assert spread.weights["before it:flew"] == pytest.approx(0.3)  # never seen, but of the same class
    assert "before it:the" not in spread.weights
    assert "with it:sailed" not in spread.weights


def test_words_are_read_from_wordnet_and_texts(tmp_path: Path) -> None:
    (tmp_path / "entries-s.yaml").write_text(
        "Sail:\n  n:\n    sense:\n    - id: 'sail%1:06:00::'\nsail:\n  v:\n    sense:\n"
        "    - id: 'sail%2:38:00::'\n      synset: 1-v\n    - derivation:\n      - x%1:04:00::\n"
        "      id: 'sail%2:38:01::'\n  n:\n    sense:\n    - id: 'sail%1:06:00::'\n"
    )
    (tmp_path / "a.txt").write_text("They sailed; Sail is a name.")
    assert word_classes.read_senses(tmp_path) == {
        "sail": {"verb": ["motion", "motion"], "noun": ["artifact"]}
    }
    assert word_classes.build(tmp_path, [tmp_path]).splitlines()[3:] == ["verb.motion: sailed"]


def test_the_likeliest_mention_of_a_stop_tells_most() -> None:
    text = (
        "The former ambassador to Japan spoke. On Monday she arrived in Japan. Norway is wet, Norway is far."
    )
    analysis = train.reader.analyse(text)
    places = [int(g.place.name == "Japan") for g in analysis.groups]
    sample = train.Sample("own", {}, analysis, [None] * len(analysis.toponyms), places)
    weights = Weights(0.0, {"before it:arrived": 2.0, "before it:ambassador": -1.0})
    assert train._telling(sample, weights) == (train.LEAST_TELLING, 1.0, 1.0, 1.0)
    assert train._telling(sample, Weights(0.0, {"before it:arrived": 0.5}))[0] == pytest.approx(
        0.6065, abs=1e-3
    )
