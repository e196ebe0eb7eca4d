"""The verbs of the clause tell past from plan."""

from __future__ import annotations

import pytest

from itinerary.model import Span
from itinerary.tense import clause_tense, sentence_ends


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Aides said Friday that he will go.", "Friday", "past"),
        ("He will go, aides said Friday.", "Friday", "past"),
        ("Next came Rome. On Friday he is going home.", "Friday", "future"),
        ("Friday: Rome.", "Friday", ""),
        ("The United team, Friday.", "Friday", ""),
        ("The bus set out Monday from Bonn.", "Monday", "past"),
        ("They will set out Monday from Bonn.", "Monday", "future"),
        ("A visit is set for Monday.", "Monday", "future"),
        ("She was asked to come on Monday.", "Monday", "future"),
        ("She went to Bonn on Monday.", "Monday", "past"),
        ("The fair to be held Monday is free.", "Monday", "future"),
        ("The fair held Monday was free.", "Monday", "past"),
    ],
)
def test_clause_tense(text: str, word: str, expected: str) -> None:
    at = text.index(word)
    start = text.rfind(". ", 0, at) + 1
    assert clause_tense(text, Span(start, len(text)), Span(at, at + len(word))) == expected


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = "On Feb. 28 Mr. Ito left. He came home.\n\nNext part"
    assert [text[end:][:4] for end in sentence_ends(text)] == ["He c", "Next"]
