"""What holds for every text: nothing is raised, nothing is misquoted, no window is reversed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from itinerary import InputError, Itinerary, cues, read
from itinerary.sentences import parse

SAMPLES = sorted((Path(__file__).parents[1] / "dashboard" / "samples").glob("*.txt"))
# Put together at random these are texts in which the rules fire.
PIECES = [
    "Astana",
    "New Delhi",
    "Kazakhstan",
    "Georgia",
    "Cordoba",
    "Qwxyzburg",
    "the Indian capital",
    "Uzbek",
    "Jordan Lee",
    "St. Louis",
    "U.S.",
    "Washington, D.C.",
    "Paris, Texas",
    "Trinity College Dublin",
    "Narita Airport",
    "Delhi",
    "Bali, Indonesia",
    "will travel to",
    "flew from",
    "left",
    "arrives in",
    "postponed a visit to",
    "might go on to",
    "met with",
    "had visited",
    "returns home to",
    "before going to",
    "after leaving",
    "via",
    "then",
    "first",
    "finally",
    "by way of",
    "a day trip to",
    "who was born in",
    "the war in",
    "next week",
    "on Monday",
    "Feb. 28",
    "3 May 2024",
    "31 April",
    "12/05/2023",
    "from 2 to 4 May",
    "last year",
    "for three days",
    "Day 2:",
    "two days later",
    "in late March",
    "29 February 2023",
    "the same day",
    "9999",
    "31 December 9999",
    "1 January 0001",
    "overnight",
    "she",
    "we",
    "I",
    "Secretary of State",
    "President",
    "and",
    ",",
    ".",
    ";",
    ":",
    "-",
    "(",
    ")",
    "|",
    "#",
    "1.",
    "* ",
    "—",
    "\n",
    "\n\n",
    "\r\n",
    "“",
    "”",
    "’s",
    "İ",
    "ß",
    "ﬁ",
    "🙂",
    "⟦0⟧",
    "⟪1⟫",
    "\u200b",
    "\x00",
    "\u0301",
    "\t",
]
texts = st.one_of(
    st.text(st.characters(), max_size=120),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map(" ".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join),
)
days = st.none() | st.dates()


def read_or_refuse(text: str, published: date | None) -> Itinerary | None:
    """Read a text; None if it is refused. Anything else that is raised is a fault."""
    try:
        return read(text, published)
    except InputError:
        return None


@given(texts, days)
@example("She met him on 12/05/2023, from 2 to 4 May.", date.max)
@example("The Indian capital,", None)
@example("⟦0⟧ before ⟦1⟧ and Rome before Oslo", None)
@example("Rome on 31 December 9999, then Oslo a week later, for three days.", date.max)
@example("Rome the day before 1 January 0001, Oslo last week.", date.min)
@example("İİİİ Rome, then İstanbul İ.", None)
@settings(max_examples=300)
def test_a_text_is_read_or_refused_and_every_quote_stands_in_it(text: str, published: date | None) -> None:
    trip = read_or_refuse(text, published)
    if trip is None:
        return
    assert trip.text == text
    evidence = [e for stop in trip.stops for e in stop.evidence]
    evidence += [m.evidence for m in trip.mentions] + [p.evidence for p in trip.precedences]
    for e in evidence:
        assert e.quote == text[e.span.start : e.span.end]
    for m in trip.mentions:
        assert m.span.end <= len(text)
    for issue in trip.issues:
        assert issue.span is None or issue.span.end <= len(text)
    assert trip.stops or trip.issues


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join), days)
@settings(max_examples=200)
def test_windows_and_stays_are_never_reversed(text: str, published: date | None) -> None:
    trip = read_or_refuse(text, published)
    for stop in trip.stops if trip else ():
        for window in (stop.arrive, stop.depart):
            if window and window.earliest and window.latest:
                assert window.earliest <= window.latest
        if stop.arrive and stop.depart and stop.arrive.earliest and stop.depart.latest:
            assert stop.arrive.earliest <= stop.depart.latest
        if stop.arrive_day is not None and stop.depart_day is not None:
            assert stop.arrive_day <= stop.depart_day


@given(texts)
def test_words_and_sentences_tile_any_text(text: str) -> None:
    doc = parse(text)
    assert [text[a:b] for a, b in zip(doc.starts, doc.ends, strict=True)] == list(doc.words)
    assert all(b <= c for b, c in zip(doc.ends, doc.starts[1:], strict=False))
    assert "".join(doc.words) == "".join(text.split())
    assert sum(s.last - s.first for s in doc.sentences) == len(doc.words)
    assert all(a.last == b.first for a, b in pairwise(doc.sentences))


@given(texts, days)
def test_reading_twice_gives_the_same(text: str, published: date | None) -> None:
    assert read_or_refuse(text, published) == read_or_refuse(text, published)


@contextmanager
def shuffled(seed: int) -> Iterator[None]:
    """Let the rules stand in another order, and what is kept of their numbers be made anew."""
    rules = list(cues.load_cue_rules())
    Random(seed).shuffle(rules)
    kept = (cues._rules_by_part, cues._rules_of)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cues, "load_cue_rules", lambda: tuple(rules))
        for cache in kept:
            cache.cache_clear()
        yield
    for cache in kept:
        cache.cache_clear()


CONTRADICTIONS = (
    "Elena Marques flew from Rome to Oslo on 3 May 2024 before going to Rome after Oslo.",
    "Elena Marques will visit Oslo after talks in Rome before going to Madrid, and left Madrid for Rome.",
    "After Oslo, the band moves on to Rome. The band flew to Oslo from Rome. The tour ends in Rome.",
)


def stops(trip: Itinerary) -> list[tuple[object, ...]]:
    return [(s.place, s.arrive, s.depart, s.role, s.arrive_day, s.dwell) for s in trip.stops]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_stops_do_not_hang_on_the_order_of_the_rules(path: Path) -> None:
    compare(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", CONTRADICTIONS)
def test_contradictions_are_settled_alike_in_any_order_of_the_rules(text: str) -> None:
    compare(text)


def compare(text: str) -> None:
    wanted = stops(read(text, "2025-01-20"))
    for seed in range(5):
        with shuffled(seed):
            assert stops(read(text, "2025-01-20")) == wanted
