"""Every rule of cues.toml matches its examples and none of its counter-examples."""

from __future__ import annotations

import re
from itertools import count

import pytest

from itinerary.cues import PLACE, PLACES, load_cue_rules
from itinerary.lexicon import Rule
from itinerary.reader import analyse

RULES = load_cue_rules()
SENSES = {
    "order",
    "earlier",
    "here",
    "first",
    "last",
    "cancelled",
    "hypothetical",
    "past",
    "return",
    "transit",
    "origin",
    "day trip",
    "member",
}
_BLANK = re.compile(r"\{places?\}")


def masked(phrase: str) -> str:
    """Fill the blanks of an example the way the reader masks a sentence: numbered, in lower case."""
    places = count()
    return _BLANK.sub(lambda _: f"⟦{next(places)}⟧", phrase.lower())


EXAMPLES = [(rule, phrase) for rule in RULES for phrase in rule.examples]
COUNTER_EXAMPLES = [(rule, phrase) for rule in RULES for phrase in rule.counter_examples]
ORDERS = [(rule, phrase) for rule, phrase in EXAMPLES if rule.sense == "order"]


def named(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)[:30]


@pytest.mark.parametrize(("rule", "phrase"), EXAMPLES, ids=named)
def test_examples_match(rule: Rule, phrase: str) -> None:
    text = masked(phrase)
    match = rule.pattern.search(text)
    assert match, f"“{rule.id}” does not match its example: {phrase}"
    group = "first" if rule.sense == "order" else "x"
    assert re.search(PLACE, match[group] or ""), f"“{rule.id}” finds no place in {phrase}"


@pytest.mark.parametrize(("rule", "phrase"), EXAMPLES, ids=named)
def test_examples_fire_in_a_text(rule: Rule, phrase: str) -> None:
    """A rule that speaks of words which the reader masks as a date would never fire."""
    towns = iter(("Rome", "Madrid", "Nairobi", "Lima"))
    text = _BLANK.sub(lambda _: next(towns), phrase).replace(" rome ", " it ")
    fired = {cue.rule.id for cue in analyse(f"{text[0].upper()}{text[1:]}.").cues}
    assert rule.id in fired, f"only {sorted(fired)} fire on: {text}"


@pytest.mark.parametrize(("rule", "phrase"), COUNTER_EXAMPLES, ids=named)
def test_counter_examples_do_not_match(rule: Rule, phrase: str) -> None:
    match = rule.pattern.search(masked(phrase))
    assert match is None, f"“{rule.id}” matches “{match and match[0]}” of its counter-example: {phrase}"


@pytest.mark.parametrize(("rule", "phrase"), ORDERS, ids=named)
def test_an_order_rule_tells_apart_what_comes_first_and_then(rule: Rule, phrase: str) -> None:
    match = rule.pattern.search(masked(phrase))
    assert match is not None
    first, then = (set(re.findall(r"\d+", match[group])) for group in ("first", "then"))
    assert first
    assert then
    assert not first & then


@pytest.mark.parametrize(("rule", "phrase"), EXAMPLES, ids=named)
def test_no_rule_begins_inside_a_word(rule: Rule, phrase: str) -> None:
    """Else “may” is found in “mayor” and “no” in “casino”."""
    text = masked(phrase)
    match = rule.pattern.search(text)
    assert match is not None
    start = match.start()
    while not text[start].isalpha() and text[start] != "⟦":
        start += 1
    if text[start] == "⟦":
        return
    glued = text[:start] + "q" + text[start:]
    inside = [m for m in rule.pattern.finditer(glued) if m.start() == start + 1]
    assert not inside, f"“{rule.id}” finds “{inside[0][0]}” in “{glued}”"


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("She met the mayor of Rome.", "hypothetical"),
        ("Mayors in Rome were glad.", "hypothetical"),
        ("He slept above the casino in Rome.", "cancelled"),
        ("She played the piano in Rome.", "cancelled"),
        ("The salt on the shelves comes from Rome.", "cancelled"),
        ("He likes trivia about Rome.", "transit"),
        ("They argued against Rome.", "return"),
        ("She attends a meeting in Rome.", "last"),
    ],
)
def test_words_that_hold_a_word_of_a_rule(text: str, sense: str) -> None:
    assert [cue.evidence.quote for cue in analyse(text).cues if cue.rule.sense == sense] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_whole(rule: Rule) -> None:
    assert rule.sense in SENSES, f"nothing reads the sense {rule.sense!r}"
    assert rule.counter_examples, f"“{rule.id}” has no counter-example"
    wanted = {"first", "then"} if rule.sense == "order" else {"x"}
    assert set(rule.pattern.groupindex) == wanted
    for phrase in (*rule.examples, *rule.counter_examples):
        assert set(re.findall(r"\{(.*?)\}", phrase)) <= {"place", "places"}


def test_no_pattern_lists_a_place() -> None:
    """A rule speaks about words around places; the places themselves stand in the gazetteer."""
    for rule in RULES:
        assert not re.search(r"\b(?:london|paris|rome|berlin|china|india|russia)\b", rule.pattern.pattern), (
            rule.id
        )


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("⟦0⟧", True),
        ("⟦0⟧ and ⟦12⟧", True),
        ("⟦0⟧, ⟦1⟧ and then ⟦2⟧", True),
        ("⟦0⟧ but ⟦1⟧", False),
        ("⟦x⟧", False),
    ],
)
def test_masks_of_places(text: str, whole: bool) -> None:
    assert (re.fullmatch(PLACES, text) is not None) is whole
