"""Load and check rule files.

A rule file is TOML. `[values.NAME]` maps words to numbers, `[words]` names lists of words, `[parts]` names
pieces of patterns, and each `[[rule]]` has an id in plain words, a sense, a pattern, examples and
counter-examples. In a pattern `{name}` stands for any word of the list or table of that name, or for the
part. Loading checks everything and stops at the first fault with file, rule and reason.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from itinerary.errors import LexiconError

__all__ = ["Rule", "Rules", "load_rules"]

_PLACEHOLDER = re.compile(r"\{([a-z_][a-z_0-9]*)\}")
_OWN_KEYS = {"id", "sense", "pattern", "examples", "counter_examples", "reason", "match_case"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a rule file.

    Parameters
    ----------
    id : str
        What the rule is about, in plain words; unique in its file.
    sense : str
        What a match means: a name that the module reading the file knows.
    pattern : re.Pattern
        Made from the template in the file; ignores case unless the rule says ``match_case = true``.
    examples, counter_examples : tuple
        Phrases, or tables with a phrase and what to expect of it, that must and must not match.
    reason : str
        Why the rule is as it is, if that is not plain.
    extra : mapping
        Whatever else the rule's table holds.
    """

    id: str
    sense: str
    pattern: re.Pattern[str]
    examples: tuple[Any, ...]
    counter_examples: tuple[Any, ...] = ()
    reason: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """The contents of a rule file: its word lists, its tables of values and its rules in file order."""

    file: str
    words: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, int]]
    rules: tuple[Rule, ...]
    parts: Mapping[str, str] = field(default_factory=dict)

    def compile(self, template: str, name: str = "pattern", match_case: bool = False) -> re.Pattern[str]:
        """Make a regular expression from a template that uses this file's words and parts.

        Raises
        ------
        LexiconError
            If a name is unknown or the pattern is faulty.
        """
        return _compile(self.file, name, template, self.parts, match_case)


def load_rules(
    path: Path | str, parts: Mapping[str, str] | None = None, *, match_case: bool = False
) -> Rules:
    """Read a rule file and check all of it.

    Parameters
    ----------
    path : path
        A TOML file.
    parts : mapping of str to str, optional
        Further named pieces of patterns, given by the caller; they win over those in the file.
    match_case : bool, optional
        True if all rules mind the case, for words that are in lower case anyway: that is faster.

    Raises
    ------
    LexiconError
        At the first fault: names the file, the rule and the reason.
    """
    file = Path(path).name
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(file, "whole file", f"cannot be read: {error}") from error
    values = {
        name: _checked_values(file, name, table) for name, table in _table(file, data, "values").items()
    }
    words = {name: _checked_words(file, name, listed) for name, listed in _table(file, data, "words").items()}
    known = {name: _alternation(listed) for name, listed in words.items()}
    known.update({name: _alternation(table) for name, table in values.items()})
    for name, template in {**_table(file, data, "parts"), **(parts or {})}.items():
        given = parts is not None and name in parts
        known[name] = template if given else _fill(file, f"part {name}", template, known)
    rules: list[Rule] = []
    for table in data.get("rule", []):
        rule = _rule(file, table, known, match_case)
        if any(rule.id == other.id for other in rules):
            raise LexiconError(file, rule.id, "this id is used twice")
        rules.append(rule)
    return Rules(
        file, MappingProxyType(words), MappingProxyType(values), tuple(rules), MappingProxyType(known)
    )


def _table(file: str, data: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise LexiconError(file, name, "must be a table")
    return table


def _checked_words(file: str, name: str, listed: Any) -> tuple[str, ...]:
    if not isinstance(listed, list) or not listed:
        raise LexiconError(file, f"words {name}", "must be a list with at least one word")
    if not all(isinstance(word, str) and word.strip() == word != "" for word in listed):
        raise LexiconError(file, f"words {name}", "every word must be text without blanks around it")
    twice = (
        sorted({word for word in listed if listed.count(word) > 1}) if len(set(listed)) < len(listed) else []
    )
    if twice:
        raise LexiconError(file, f"words {name}", f"listed twice: {', '.join(twice)}")
    return tuple(listed)


def _checked_values(file: str, name: str, table: Any) -> Mapping[str, int]:
    if not isinstance(table, dict) or not table:
        raise LexiconError(file, f"values {name}", "must be a table with at least one word")
    for word, value in table.items():
        if not isinstance(value, int) or word != word.lower():
            raise LexiconError(
                file, f"values {name}", f"{word!r} must be lower case and stand for a whole number"
            )
    return MappingProxyType(table)


def _alternation(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return (
        "(?:"
        + "|".join(re.escape(word).replace("\\ ", r"\s").replace("\\-", "-") for word in longest_first)
        + ")"
    )


def _fill(file: str, name: str, template: Any, known: Mapping[str, str]) -> str:
    if not isinstance(template, str) or not template:
        raise LexiconError(file, name, "the pattern must be text")

    def piece(match: re.Match[str]) -> str:
        if match[1] not in known:
            raise LexiconError(file, name, f"no word list or part is called {match[1]!r}")
        return known[match[1]]

    return _PLACEHOLDER.sub(piece, template)


def _compile(
    file: str, name: str, template: Any, known: Mapping[str, str], match_case: bool
) -> re.Pattern[str]:
    try:
        pattern = re.compile(_fill(file, name, template, known), 0 if match_case else re.IGNORECASE)
    except re.error as error:
        raise LexiconError(file, name, f"the pattern is faulty: {error}") from error
    if pattern.match("") is not None:
        raise LexiconError(file, name, "the pattern matches nothing at all, so it would match everywhere")
    return pattern


def _rule(file: str, table: Any, known: Mapping[str, str], match_case: bool) -> Rule:
    if not isinstance(table, dict) or not isinstance(table.get("id"), str) or not table["id"].strip():
        raise LexiconError(file, "a rule without a name", "every rule needs an id in plain words")
    name = table["id"]
    for key in ("sense", "pattern"):
        if not isinstance(table.get(key), str) or not table[key]:
            raise LexiconError(file, name, f"the rule needs a {key}")
    for key in ("examples", "counter_examples"):
        if not isinstance(table.get(key, []), list):
            raise LexiconError(file, name, f"{key} must be a list")
    if not table.get("examples"):
        raise LexiconError(file, name, "the rule needs at least one example")
    return Rule(
        id=name,
        sense=table["sense"],
        pattern=_compile(file, name, table["pattern"], known, match_case or bool(table.get("match_case"))),
        examples=tuple(table["examples"]),
        counter_examples=tuple(table.get("counter_examples", ())),
        reason=str(table.get("reason", "")),
        extra=MappingProxyType({key: value for key, value in table.items() if key not in _OWN_KEYS}),
    )
