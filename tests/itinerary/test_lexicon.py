"""Rule files are checked in full when they are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from itinerary.errors import LexiconError
from itinerary.lexicon import load_rules

GOOD = """
[words]
verb = ["go", "go on", "fly"]
[values.number]
one = 1
two = 2
[parts]
trip = '{verb}\\s+to'
[[rule]]
id = "travel"
sense = "visit"
pattern = '\\b{trip}\\b'
examples = ["they fly to Rome"]
counter_examples = ["they fly"]
reason = "plain"
weight = 3
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_gives_words_values_and_compiled_rules(tmp_path: Path) -> None:
    rules = load_rules(_write(tmp_path, GOOD))
    assert rules.words["verb"] == ("go", "go on", "fly")
    assert rules.values["number"]["two"] == 2
    (rule,) = rules.rules
    assert (rule.id, rule.sense, rule.reason, rule.extra["weight"]) == ("travel", "visit", "plain", 3)
    assert rule.pattern.search("They GO ON to Rome")[0] == "GO ON to"
    assert rule.pattern.search("they fly") is None


def test_the_longest_word_wins_whatever_the_order(tmp_path: Path) -> None:
    text = GOOD.replace('["go", "go on", "fly"]', '["fly", "go on", "go"]')
    for given in (GOOD, text):
        assert load_rules(_write(tmp_path, given)).rules[0].pattern.search("go on to")[0] == "go on to"


def test_the_caller_can_supply_parts(tmp_path: Path) -> None:
    text = GOOD.replace("{trip}", "{trip}\\\\s{place}").replace("fly to Rome", "fly to @")
    text = text.replace("\\\\s{place}", "\\s{place}").replace("\\b'", "'")
    with pytest.raises(LexiconError, match="place"):
        load_rules(_write(tmp_path, text))
    rules = load_rules(_write(tmp_path, text), parts={"place": "@"})
    assert rules.rules[0].pattern.search("fly to @")


def test_case_counts_only_if_the_rule_says_so(tmp_path: Path) -> None:
    text = GOOD.replace("weight = 3", "match_case = true")
    assert load_rules(_write(tmp_path, text)).rules[0].pattern.search("GO to") is None


@pytest.mark.parametrize(
    ("change", "rule", "reason"),
    [
        (("[words]", "[words"), "whole file", "cannot be read"),
        (("{trip}", "{trap}"), "travel", "'trap'"),
        (("'\\b{trip}\\b'", "'(('"), "travel", "faulty"),
        (("'\\b{trip}\\b'", "'(x)?'"), "travel", "matches nothing"),
        (('id = "travel"', 'id = ""'), "without a name", "needs an id"),
        (('sense = "visit"', ""), "travel", "needs a sense"),
        (('examples = ["they fly to Rome"]\n', ""), "travel", "at least one example"),
        (('counter_examples = ["they fly"]', 'counter_examples = "they fly"'), "travel", "must be a list"),
        (('["go", "go on", "fly"]', "[]"), "words verb", "at least one word"),
        (('["go", "go on", "fly"]', '["go", "go"]'), "words verb", "listed twice: go"),
        (('["go", "go on", "fly"]', '["go "]'), "words verb", "blanks"),
        (("two = 2", 'Two = "2"'), "values number", "lower case"),
    ],
)
def test_a_fault_is_named_with_file_rule_and_reason(
    tmp_path: Path, change: tuple[str, str], rule: str, reason: str
) -> None:
    assert change[0] in GOOD
    with pytest.raises(LexiconError) as caught:
        load_rules(_write(tmp_path, GOOD.replace(*change, 1)))
    assert caught.value.file == "rules.toml"
    assert rule in caught.value.rule
    assert reason in caught.value.reason


def test_an_id_is_used_once(tmp_path: Path) -> None:
    again = GOOD[GOOD.index("[[rule]]") :]
    with pytest.raises(LexiconError, match="used twice"):
        load_rules(_write(tmp_path, GOOD + again))


def test_a_missing_file_is_a_lexicon_error(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"nothing\.toml"):
        load_rules(tmp_path / "nothing.toml")
