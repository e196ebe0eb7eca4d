"""The words of the reader and their forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from itinerary import vocabulary
from itinerary.errors import LexiconError
from itinerary.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("word", "group", "lemma", "form"),
    [
        ("travels", "go", "travel", "s"),
        ("travelling", "go", "travel", "ing"),
        ("traveling", "go", "travel", "ing"),
        ("travelled", "go", "travel", "past"),
        ("flew", "go", "fly", "past"),
        ("flown", "go", "fly", "participle"),
        ("flies", "go", "fly", "s"),
        ("arriving", "arrive", "arrive", "ing"),
        ("reaches", "arrive", "reach", "s"),
        ("stopped", "visit", "stop", "past"),
        ("stayed", "stay", "stay", "past"),
        ("cancelled", "cancel", "cancel", "past"),
        ("canceled", "cancel", "cancel", "past"),
        ("postponing", "cancel", "postpone", "ing"),
        ("were", "be", "be", "past"),
        ("being", "be", "be", "ing"),
    ],
)
def test_verbs(word: str, group: str, lemma: str, form: str) -> None:
    tag = load_vocabulary().verbs[word]
    assert (tag.part, tag.group, tag.lemma, tag.form) == ("verb", group, lemma, form)


@pytest.mark.parametrize(
    ("word", "group", "lemma"),
    [
        ("visits", "trip", "visit"),
        ("journeys", "trip", "journey"),
        ("ferries", "trip", "ferry"),
        ("speeches", "event", "speech"),
        ("ministries", None, None),
        ("cities", "place", "city"),
        ("coaches", None, None),
    ],
)
def test_nouns(word: str, group: str | None, lemma: str | None) -> None:
    tag = load_vocabulary().nouns.get(word)
    assert (tag and tag.group, tag and tag.lemma) == (group, lemma)


@pytest.mark.parametrize("wrong", ["goed", "travelledd", "flyed", "leaveing", "meeted"])
def test_no_form_is_made_up(wrong: str) -> None:
    assert wrong not in load_vocabulary().verbs


def test_all_words_are_in_lower_case() -> None:
    held = load_vocabulary()
    for words in (held.verbs, held.nouns, *held.words.values()):
        assert [w for w in words if w != w.lower()] == []


@pytest.mark.parametrize(
    "content", [None, "not toml =", '[verbs]\ngo = "go"', "[verbs]\ngo = 3\n[nouns]\n[irregular]\n[words]\n"]
)
def test_a_faulty_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None) -> None:
    path = tmp_path / "vocabulary.toml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(vocabulary, "FILE", path)
    with pytest.raises(LexiconError, match=r"vocabulary\.toml, whole file: cannot be read"):
        load_vocabulary.__wrapped__()
